// SPDX-License-Identifier: Apache-2.0
// What lies between two tokens, line by line.
#include <algorithm>

#include "syntax/format.h"

namespace casus::syntax {
namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";

std::string_view trim(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

struct Line {
  Trivia trivia;
  size_t begin = 0;  // in the file
  size_t end = 0;    // after its newline
};

// Prose runs from one line that the fences exclude to another with nothing but blank lines between; at the
// ends of the file blank lines are prose too.
std::vector<Trivia> join_prose(const std::vector<Line>& lines, std::string_view text, bool file_start,
                               bool file_end) {
  std::vector<Trivia> joined;
  for (size_t i = 0; i < lines.size(); ++i) {
    size_t last = i;
    bool prose = lines[i].trivia.kind == Trivia::Kind::prose || (file_start && i == 0);
    if (prose && lines[i].trivia.kind == Trivia::Kind::comment) prose = false;
    for (size_t j = i; prose && j < lines.size(); ++j) {
      const Trivia::Kind kind = lines[j].trivia.kind;
      if (kind != Trivia::Kind::prose && kind != Trivia::Kind::blank) break;
      if (kind == Trivia::Kind::prose || (file_end && j + 1 == lines.size())) last = j;
    }
    if (!prose) {
      joined.push_back(lines[i].trivia);
      continue;
    }
    joined.push_back({Trivia::Kind::prose, text.substr(lines[i].begin, lines[last].end - lines[i].begin)});
    i = last;
  }
  return joined;
}

}  // namespace

std::vector<Trivia> trivia_before(const Tree& tree, const SourceFile& file, size_t token) {
  const std::string_view code = file.code;
  const size_t start = code.starts_with("\xEF\xBB\xBF") ? 3 : 0;  // a byte order mark is on no line
  size_t at = token == 0 ? start : tree.tokens[token - 1].end;
  const size_t end = tree.tokens[token].begin;
  const bool at_end = tree.tokens[token].kind == TokenKind::end;
  std::vector<Line> lines;
  for (bool first = token != 0; at < end; first = false) {
    const size_t newline = code.substr(0, end).find('\n', at);
    const size_t line_end = std::min(newline, end);
    const std::string_view line = trim(code.substr(at, line_end - at));
    const size_t next = newline == std::string_view::npos ? end : newline + 1;
    // The rest of the line of the token before, and the token's own indentation, are not lines of their own.
    const bool partial = newline == std::string_view::npos && !at_end;
    const bool prose = file.literate && !trim(std::string_view(file.text).substr(at, line_end - at)).empty();
    if (line.starts_with("//")) {
      lines.push_back({{first ? Trivia::Kind::trailing : Trivia::Kind::comment, line}, at, next});
    } else if (!first && !partial) {
      lines.push_back({{prose ? Trivia::Kind::prose : Trivia::Kind::blank, {}}, at, next});
    }
    at = next;
  }
  if (!file.literate) {
    std::vector<Trivia> plain;
    for (const Line& line : lines) plain.push_back(line.trivia);
    return plain;
  }
  return join_prose(lines, file.text, token == 0, at_end);
}

}  // namespace casus::syntax
