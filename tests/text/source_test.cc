// SPDX-License-Identifier: Apache-2.0
#include "text/source.h"

#include <gtest/gtest.h>

#include "base/rng.h"

namespace casus {
namespace {

TEST(Sources, KeepEveryByte) {
  Sources sources;
  const std::string text = "\xEF\xBB\xBFkind a;\r\n\tkind b;\n\n";
  const SourceId id = sources.add("a.casus", text);
  EXPECT_EQ(sources[id].text, text);
  EXPECT_EQ(sources[id].code, text);
  EXPECT_FALSE(sources[id].literate);
  EXPECT_EQ(sources[id].path, "a.casus");
  EXPECT_EQ(sources.size(), 1u);
}

TEST(Sources, LiterateFilesAreBlanked) {
  Sources sources;
  for (const char* path : {"a.casus.md", "a.md"}) {
    const SourceId id = sources.add(path, "Prose\n```casus\nkind a;\n```\n");
    EXPECT_TRUE(sources[id].literate);
    EXPECT_EQ(sources[id].code, "     \n        \nkind a;\n   \n");
    EXPECT_EQ(sources[id].text, "Prose\n```casus\nkind a;\n```\n");
  }
}

TEST(Sources, LinesLoseTheirEnds) {
  Sources sources;
  const SourceId id = sources.add("a", "one\r\ntwo\n\nfour");
  EXPECT_EQ(sources.line_text(id, 1), "one");
  EXPECT_EQ(sources.line_text(id, 2), "two");
  EXPECT_EQ(sources.line_text(id, 3), "");
  EXPECT_EQ(sources.line_text(id, 4), "four");
  const SourceId ends = sources.add("b", "one\n");
  EXPECT_EQ(sources.line_text(ends, 2), "");
  const SourceId empty = sources.add("c", "");
  EXPECT_EQ(sources.line_text(empty, 1), "");
}

TEST(SourcesDeathTest, PlacesOutsideAFileAreBugs) {
  Sources sources;
  const SourceId id = sources.add("a", "one\n");
  EXPECT_EXIT(sources.line_text(id, 0), testing::ExitedWithCode(70), "the file has this line");
  EXPECT_EXIT(sources.line_text(id, 3), testing::ExitedWithCode(70), "the file has this line");
  EXPECT_EXIT(sources.slice({id, 2, 9}), testing::ExitedWithCode(70), "a span lies in its file");
  EXPECT_EXIT(sources.slice({id, 3, 2}), testing::ExitedWithCode(70), "a span lies in its file");
}

TEST(Sources, SlicesAreTheSpansBytes) {
  Sources sources;
  const SourceId id = sources.add("a", "kind state;");
  EXPECT_EQ(sources.slice({id, 5, 10}), "state");
  EXPECT_EQ(sources.slice({id, 11, 11}), "");
  EXPECT_EQ(sources.slice({}), "");
}

void expect_place(const Sources& sources, SourceId id, uint32_t offset, uint32_t line, uint32_t column) {
  const LineColumn at = sources.locate(id, offset);
  EXPECT_EQ(at.line, line) << offset;
  EXPECT_EQ(at.column, column) << offset;
}

TEST(Locate, CountsLinesFromOneAndColumnsInCodePoints) {
  Sources sources;
  const SourceId id = sources.add("a", "Київ b\n北c\n");  // К и ї в take 2 bytes each, 北 takes 3
  expect_place(sources, id, 0, 1, 1);
  expect_place(sources, id, 2, 1, 2);
  expect_place(sources, id, 3, 1, 2);  // inside и
  expect_place(sources, id, 9, 1, 6);
  expect_place(sources, id, 10, 1, 7);  // the newline is the end of its line
  expect_place(sources, id, 11, 2, 1);
  expect_place(sources, id, 13, 2, 1);
  expect_place(sources, id, 14, 2, 2);
  expect_place(sources, id, 16, 3, 1);
  expect_place(sources, id, 4'000'000'000, 3, 1);  // beyond the end is the end
}

TEST(Locate, AgreesWithCountingFromTheStart) {
  Rng rng(9);
  for (int round = 0; round < 200; ++round) {
    std::string text(rng.below(60), 'a');
    for (char& c : text) c = rng.chance(1, 6) ? '\n' : 'a';
    Sources sources;
    const SourceId id = sources.add("a", text);
    uint32_t line = 1, column = 1;
    for (uint32_t i = 0; i <= text.size(); ++i) {
      expect_place(sources, id, i, line, column);
      if (i < text.size() && text[i] == '\n') {
        ++line;
        column = 1;
      } else {
        ++column;
      }
    }
  }
}

}  // namespace
}  // namespace casus
