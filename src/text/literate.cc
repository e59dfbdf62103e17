// SPDX-License-Identifier: Apache-2.0
// Fenced code blocks of Markdown, by the rules of CommonMark 0.31 section 4.5: a fence is three or more '`'
// or '~' after at most three spaces; a fence of the same character, at least as long and with nothing after
// it, closes; the end of the file closes too. Any fence opens a block, so that a block of another language
// may show casus fences as its text. Containers are not followed: a fence deeper in a list, or in a
// quotation, is prose, so that what is code can be told from each line's own start.
#include <algorithm>
#include <optional>

#include "text/source.h"

namespace casus {
namespace {

struct Fence {
  char mark = '`';
  size_t length = 0;
  size_t at = 0;  // offset of the first mark
  bool casus = false;
};

constexpr std::string_view blanks = " \t\r";

struct Marks {
  size_t indent = 0;
  size_t length = 0;
  std::string_view after;
};
// The run of three or more marks that the line starts with, if it does.
std::optional<Marks> marks_of(std::string_view line) {
  const size_t indent = line.find_first_not_of(' ');
  if (indent == std::string_view::npos || indent > 3) return std::nullopt;
  const char mark = line[indent];
  if (mark != '`' && mark != '~') return std::nullopt;
  const size_t end = std::min(line.find_first_not_of(mark, indent), line.size());
  if (end - indent < 3) return std::nullopt;
  return Marks{indent, end - indent, line.substr(end)};
}

std::optional<Fence> opened_by(std::string_view line, size_t offset) {
  const std::optional<Marks> marks = marks_of(line);
  if (!marks) return std::nullopt;
  const char mark = line[marks->indent];
  // "``` a ``` b" is inline code and opens nothing.
  if (mark == '`' && marks->after.find('`') != std::string_view::npos) return std::nullopt;
  std::string_view info = marks->after;
  info.remove_prefix(std::min(info.find_first_not_of(blanks), info.size()));
  const std::string_view word = info.substr(0, info.find_first_of(blanks));
  return Fence{mark, marks->length, offset + marks->indent, word == "casus"};
}

bool closes(std::string_view line, const Fence& fence) {
  const std::optional<Marks> marks = marks_of(line);
  return marks && line[marks->indent] == fence.mark && marks->length >= fence.length &&
         marks->after.find_first_not_of(blanks) == std::string_view::npos;
}

// Copies the lines inside casus blocks to `code`, if given, and returns the block that is open at the end.
std::optional<Fence> scan(std::string_view markdown, std::string* code) {
  std::optional<Fence> open;
  // A byte order mark is not part of the first line.
  size_t begin = markdown.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (begin < markdown.size()) {
    const size_t end = std::min(markdown.find('\n', begin), markdown.size());
    const std::string_view line = markdown.substr(begin, end - begin);
    if (!open) {
      open = opened_by(line, begin);
    } else if (closes(line, *open)) {
      open.reset();
    } else if (open->casus && code != nullptr) {
      std::copy(line.begin(), line.end(), code->begin() + static_cast<std::ptrdiff_t>(begin));
    }
    begin = end + 1;
  }
  return open;
}

}  // namespace

std::string blank_prose(std::string_view markdown) {
  std::string code(markdown.size(), ' ');
  for (size_t at = markdown.find('\n'); at != std::string_view::npos; at = markdown.find('\n', at + 1)) {
    code[at] = '\n';
  }
  scan(markdown, &code);
  return code;
}

bool has_unclosed_casus_fence(std::string_view markdown, uint32_t* at) {
  const std::optional<Fence> open = scan(markdown, nullptr);
  if (!open || !open->casus) return false;
  if (at != nullptr) *at = static_cast<uint32_t>(open->at);
  return true;
}

}  // namespace casus
