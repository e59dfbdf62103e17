// SPDX-License-Identifier: Apache-2.0
// Text on a terminal. Widths are in columns; a character is what printable() shows of it: a tab or newline is
// one space, and a control character, a bidirectional override or a byte that is not UTF-8 is one '·' (texts
// come from strangers, and a terminal obeys escape sequences). All functions accept any bytes; cost is
// linear.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

struct Glyph {
  std::string_view shown;  // into the text, or a constant
  size_t bytes = 0;        // how many bytes of the text it stands for; at least 1
  size_t width = 0;        // 0 for combining marks, 2 for wide characters
};
// The first character of `text`, which is not empty.
Glyph first_glyph(std::string_view text);

// The length of the longest prefix that is UTF-8 (no surrogates, no overlong forms).
size_t utf8_prefix(std::string_view text);
bool is_valid_utf8(std::string_view text);

// Whether the text begins within a word: with a letter, a mark on one, or a digit. False for what is not UTF-8.
bool begins_in_word(std::string_view text);

std::string printable(std::string_view text);
size_t display_width(std::string_view text);

// The text made printable and, if it is wider than `width`, cut with '…' as its last character.
std::string truncate_to_width(std::string_view text, size_t width);
// The text made printable, then spaces up to `width`; a wider text is not cut.
std::string pad_to_width(std::string_view text, size_t width);
// The text made printable and broken at spaces into lines of at most `width` (at least 1) columns; a longer
// word is broken anywhere. At least one line.
std::vector<std::string> wrap_to_width(std::string_view text, size_t width);

}  // namespace casus
