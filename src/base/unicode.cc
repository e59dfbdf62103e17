// SPDX-License-Identifier: Apache-2.0
#include "base/unicode.h"

#include <utf8proc.h>

#include <algorithm>

#include "base/check.h"

namespace casus {
namespace {

constexpr std::string_view dot = "·";
constexpr std::string_view ellipsis = "…";

// Length and code point of the first character; 0 when the bytes are not UTF-8.
size_t decode(std::string_view text, utf8proc_int32_t& code) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto size = static_cast<utf8proc_ssize_t>(std::min<size_t>(text.size(), 4));
  const utf8proc_ssize_t used = utf8proc_iterate(bytes, size, &code);
  return used > 0 ? static_cast<size_t>(used) : 0;
}

// What would move the cursor, start an escape sequence, or show the text in another order than it is read in.
bool is_unsafe(utf8proc_int32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || code == 0x200E || code == 0x200F ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

// The prefix that fits into `width` columns, made printable; `text` is left with the rest.
std::string take_columns(std::string_view& text, size_t width) {
  std::string out;
  size_t used = 0;
  while (!text.empty()) {
    const Glyph g = first_glyph(text);
    if (used + g.width > width) break;
    used += g.width;
    out += g.shown;
    text.remove_prefix(g.bytes);
  }
  return out;
}

}  // namespace

Glyph first_glyph(std::string_view text) {
  CASUS_CHECK(!text.empty(), "first_glyph of an empty text");
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead >= 0x20 && lead < 0x7F) return {text.substr(0, 1), 1, 1};
  if (lead == '\t' || lead == '\n') return {" ", 1, 1};
  utf8proc_int32_t code = 0;
  const size_t bytes = decode(text, code);
  if (bytes == 0) return {dot, 1, 1};
  if (is_unsafe(code)) return {dot, bytes, 1};
  return {text.substr(0, bytes), bytes, static_cast<size_t>(std::max(utf8proc_charwidth(code), 0))};
}

size_t utf8_prefix(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    utf8proc_int32_t code = 0;
    const size_t bytes = static_cast<unsigned char>(text[at]) < 0x80 ? 1 : decode(text.substr(at), code);
    if (bytes == 0) break;
    at += bytes;
  }
  return at;
}

bool is_valid_utf8(std::string_view text) { return utf8_prefix(text) == text.size(); }

bool begins_in_word(std::string_view text) {
  utf8proc_int32_t code = 0;
  if (decode(text, code) == 0) return false;
  const utf8proc_category_t category = utf8proc_category(code);
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ND;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Glyph g = first_glyph(text);
    out += g.shown;
    text.remove_prefix(g.bytes);
  }
  return out;
}

size_t display_width(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    const Glyph g = first_glyph(text);
    width += g.width;
    text.remove_prefix(g.bytes);
  }
  return width;
}

std::string truncate_to_width(std::string_view text, size_t width) {
  std::string_view rest = text;
  std::string whole = take_columns(rest, width);
  if (rest.empty()) return whole;
  if (width == 0) return {};
  return take_columns(text, width - 1).append(ellipsis);
}

std::string pad_to_width(std::string_view text, size_t width) {
  std::string out = printable(text);
  const size_t used = display_width(out);
  if (used < width) out.append(width - used, ' ');
  return out;
}

std::vector<std::string> wrap_to_width(std::string_view text, size_t width) {
  width = std::max<size_t>(width, 1);
  std::vector<std::string> lines(1);
  size_t used = 0;  // columns of the last line
  const std::string clean = printable(text);
  std::string_view rest = clean;
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (rest.empty()) return lines;
    std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size());
    const size_t word_width = display_width(word);
    if (used != 0 && used + 1 + word_width <= width) {
      lines.back().append(1, ' ').append(word);
      used += 1 + word_width;
      continue;
    }
    if (!lines.back().empty()) lines.emplace_back();
    for (used = word_width; used > width;) {
      std::string piece = take_columns(word, width);
      if (piece.empty()) piece = take_columns(word, 2);  // a wide character in a column too narrow for it
      used -= display_width(piece);
      lines.back() = std::move(piece);
      if (!word.empty()) lines.emplace_back();
    }
    lines.back().append(word);
  }
}

}  // namespace casus
