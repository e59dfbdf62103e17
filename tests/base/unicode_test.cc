// SPDX-License-Identifier: Apache-2.0
#include "base/unicode.h"

#include <gtest/gtest.h>

#include "base/rng.h"

namespace casus {
namespace {

TEST(Utf8, AcceptsWhatIsUtf8) {
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8("Київ, 北京, Łódź, 🕊"));
  EXPECT_TRUE(is_valid_utf8(std::string_view("\0", 1)));
}

TEST(Utf8, RefusesWhatIsNotAndSaysWhere) {
  for (const std::string_view bad : {"\x80", "\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80",
                                     "\xF4\x90\x80\x80", "\xF0\x9F\x95", "\xFF", "\xC3("}) {
    EXPECT_FALSE(is_valid_utf8(bad));
    EXPECT_EQ(utf8_prefix("Łódź" + std::string(bad) + "x"), 7u);
  }
}

TEST(Width, CountsColumns) {
  EXPECT_EQ(display_width(""), 0u);
  EXPECT_EQ(display_width("UKR"), 3u);
  EXPECT_EQ(display_width("Київ"), 4u);
  EXPECT_EQ(display_width("北京"), 4u);
  EXPECT_EQ(display_width("e\u0301"), 1u);  // a combining accent
  EXPECT_EQ(display_width("…·┌─│"), 5u);
}

TEST(Printable, LeavesNothingThatMovesTheCursor) {
  EXPECT_EQ(printable("a\tb\nc"), "a b c");
  EXPECT_EQ(printable("\x1b[31mred\x07\x7f\r"), "·[31mred···");
  EXPECT_EQ(printable("\u009b31m"), "·31m");                  // the one-byte form of the escape sequence
  EXPECT_EQ(printable("a\u202Eb\u2066c\u2028d"), "a·b·c·d");  // reorders or breaks the line
  EXPECT_EQ(printable("\xFFz\xC3"), "·z·");
  EXPECT_EQ(printable(std::string_view("\0", 1)), "·");
}

TEST(Printable, OfRandomBytesIsUtf8OfTheSameWidthAndStable) {
  Rng rng(11);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes(rng.below(12), ' ');
    for (char& c : bytes) c = static_cast<char>(rng.below(256));
    const std::string shown = printable(bytes);
    ASSERT_TRUE(is_valid_utf8(shown));
    ASSERT_EQ(printable(shown), shown);
    ASSERT_EQ(display_width(shown), display_width(bytes));
    for (const char c : shown) ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
  }
}

TEST(Truncate, CutsWithAnEllipsis) {
  EXPECT_EQ(truncate_to_width("armed attack", 12), "armed attack");
  EXPECT_EQ(truncate_to_width("armed attack", 11), "armed atta…");
  EXPECT_EQ(truncate_to_width("armed attack", 1), "…");
  EXPECT_EQ(truncate_to_width("armed attack", 0), "");
  EXPECT_EQ(truncate_to_width("", 0), "");
  EXPECT_EQ(truncate_to_width("北京市", 5), "北京…");
  EXPECT_EQ(truncate_to_width("北京市", 4), "北…");  // a wide character is not halved
  EXPECT_EQ(truncate_to_width("cafe\u0301", 4), "cafe\u0301");
}

TEST(Pad, FillsColumnsNotBytes) {
  EXPECT_EQ(pad_to_width("Київ", 6), "Київ  ");
  EXPECT_EQ(pad_to_width("北京", 5), "北京 ");
  EXPECT_EQ(pad_to_width("longer", 3), "longer");
}

TEST(Wrap, BreaksAtSpaces) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(wrap_to_width("did you mean armed_attack", 12), (Lines{"did you mean", "armed_attack"}));
  EXPECT_EQ(wrap_to_width("  a   b  ", 10), (Lines{"a b"}));
  EXPECT_EQ(wrap_to_width("", 10), (Lines{""}));
  EXPECT_EQ(wrap_to_width("a\nb", 1), (Lines{"a", "b"}));
}

TEST(Wrap, BreaksAWordThatIsTooLong) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(wrap_to_width("ab cdefghij k", 4), (Lines{"ab", "cdef", "ghij", "k"}));
  EXPECT_EQ(wrap_to_width("abcdef k", 4), (Lines{"abcd", "ef k"}));
  EXPECT_EQ(wrap_to_width("北京 x", 1), (Lines{"北", "京", "x"}));
  EXPECT_EQ(wrap_to_width("ab", 0), (Lines{"a", "b"}));
}

TEST(Wrap, LosesNoWordAndKeepsTheWidth) {
  Rng rng(5);
  for (int i = 0; i < 5'000; ++i) {
    std::string text;
    for (uint64_t n = rng.below(40); n > 0; --n)
      text += rng.chance(1, 4) ? " " : rng.chance(1, 5) ? "京" : "a";
    const size_t width = 2 + rng.below(9);
    std::string joined;
    for (const std::string& line : wrap_to_width(text, width)) {
      ASSERT_LE(display_width(line), width) << text;
      joined += line;
    }
    std::erase(text, ' ');
    std::erase(joined, ' ');
    ASSERT_EQ(joined, text);
  }
}

}  // namespace
}  // namespace casus
