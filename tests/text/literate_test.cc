// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "base/rng.h"
#include "text/source.h"

namespace casus {
namespace {

// The code that is left, without what was blanked.
std::string code_of(std::string_view markdown) {
  const std::string code = blank_prose(markdown);
  EXPECT_EQ(code.size(), markdown.size());
  std::string out;
  size_t begin = 0;
  while (begin <= code.size()) {
    const size_t end = std::min(code.find('\n', begin), code.size());
    const std::string line = code.substr(begin, end - begin);
    if (line.find_first_not_of(' ') != std::string::npos) out += line + "\n";
    begin = end + 1;
  }
  return out;
}

TEST(Literate, KeepsOffsets) {
  EXPECT_EQ(blank_prose("# Title\n\n```casus\nkind a;\n```\nend"), "       \n\n        \nkind a;\n   \n   ");
  EXPECT_EQ(blank_prose(""), "");
  EXPECT_EQ(blank_prose("\r\n"), " \n");
}

TEST(Literate, OnlyTheInfoStringsFirstWordDecides) {
  EXPECT_EQ(code_of("```casus\na\n```\n"), "a\n");
  EXPECT_EQ(code_of("```  casus  title=x\na\n```\n"), "a\n");
  EXPECT_EQ(code_of("```\tcasus\na\n```\n"), "a\n");
  EXPECT_EQ(code_of("```casus\r\na\r\n```\r\nb\r\n"), "a\r\n");
  EXPECT_EQ(code_of("```casusx\na\n```\n"), "");
  EXPECT_EQ(code_of("```Casus\na\n```\n"), "");
  EXPECT_EQ(code_of("```not casus\na\n```\n"), "");
  EXPECT_EQ(code_of("```\na\n```\n"), "");
}

TEST(Literate, TildesFenceToo) {
  EXPECT_EQ(code_of("~~~casus\na\n```\nb\n~~~\nc\n"), "a\n```\nb\n");
  EXPECT_EQ(code_of("~~~casus a`b\na\n~~~\n"), "a\n");
}

TEST(Literate, AClosingFenceIsAsLongAndBare) {
  EXPECT_EQ(code_of("````casus\na\n```\nb\n````\nc\n"), "a\n```\nb\n");
  EXPECT_EQ(code_of("```casus\na\n`````  \nc\n"), "a\n");
  EXPECT_EQ(code_of("```casus\na\n``` x\nb\n```\nc\n"), "a\n``` x\nb\n");
  EXPECT_EQ(code_of("```casus\na\n    ```\nb\n   ```\nc\n"), "a\n    ```\nb\n");
}

TEST(Literate, IndentationUpToThreeSpacesIsAFence) {
  EXPECT_EQ(code_of("1. item\n\n   ```casus\n   a\n   ```\n   b\n"), "   a\n");
  EXPECT_EQ(code_of("- item\n  ```casus\n  a\n  ```\n"), "  a\n");
  EXPECT_EQ(code_of("    ```casus\n    a\n    ```\n"), "");
  EXPECT_EQ(code_of("\t```casus\n\ta\n\t```\n"), "");
  EXPECT_EQ(code_of("- ```casus\n  a\n"), "");
  EXPECT_EQ(code_of("> ```casus\n> a\n> ```\n"), "");
}

TEST(Literate, AFenceInsideAnotherLanguagesBlockIsItsText) {
  EXPECT_EQ(code_of("````markdown\n```casus\na\n```\n````\n```casus\nb\n```\n"), "b\n");
  EXPECT_EQ(code_of("~~~\n```casus\na\n```\n~~~\n"), "");
  EXPECT_EQ(code_of("```casus\na\n```casus\nb\n```\n"), "a\n```casus\nb\n");
}

TEST(Literate, InlineCodeAndShortRunsAreNoFences) {
  EXPECT_EQ(code_of("```casus``` is inline\nprose\n"), "");
  EXPECT_EQ(code_of("``casus\nprose\n``\n"), "");
  EXPECT_EQ(code_of("``~casus\nprose\n"), "");
}

TEST(Literate, SeveralBlocksAndAByteOrderMark) {
  EXPECT_EQ(code_of("```casus\na\n```\nprose\n```casus\nb\n```\n"), "a\nb\n");
  EXPECT_EQ(code_of("\xEF\xBB\xBF```casus\na\n```\n"), "a\n");
}

TEST(Literate, AnUnclosedBlockRunsToTheEndAndIsTold) {
  const std::string text = "prose\n  ```casus\na\n\nmore";
  EXPECT_EQ(code_of(text), "a\nmore\n");
  uint32_t at = 0;
  EXPECT_TRUE(has_unclosed_casus_fence(text, &at));
  EXPECT_EQ(at, 8u);
  EXPECT_TRUE(has_unclosed_casus_fence("```casus", nullptr));
  EXPECT_TRUE(has_unclosed_casus_fence("```casus\n~~~\n``\n", nullptr));
}

TEST(Literate, AClosedBlockOrAnotherLanguagesIsNotTold) {
  uint32_t at = 77;
  EXPECT_FALSE(has_unclosed_casus_fence("```casus\na\n```", &at));
  EXPECT_FALSE(has_unclosed_casus_fence("```json\n{", &at));
  EXPECT_FALSE(has_unclosed_casus_fence("", &at));
  EXPECT_EQ(at, 77u);
}

TEST(Literate, AnyBytesKeepLengthAndNewlines) {
  constexpr std::string_view pieces[] = {"```", "~~~", "casus", "\n",   "\n", " ",
                                         "a",   "\r",  "\t",    "\xFF", "`"};
  Rng rng(13);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (uint64_t n = rng.below(30); n > 0; --n) text += pieces[rng.below(std::size(pieces))];
    const std::string code = blank_prose(text);
    ASSERT_EQ(code.size(), text.size());
    for (size_t i = 0; i < text.size(); ++i) {
      ASSERT_TRUE(code[i] == text[i] || code[i] == ' ');
      ASSERT_EQ(code[i] == '\n', text[i] == '\n');
    }
  }
}

}  // namespace
}  // namespace casus
