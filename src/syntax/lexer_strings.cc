// SPDX-License-Identifier: Apache-2.0
// Quoted texts, also those whose quotes are wrong or missing.
#include <algorithm>
#include <optional>

#include "syntax/lexer_class.h"

namespace casus::syntax {

void Lexer::string() {
  const size_t begin = at_;
  if (runs_into_another()) return;
  ++at_;
  std::optional<size_t> escape;
  while (at_ < code_.size() && peek() != '"' && peek() != '\n') {
    if (peek() == '\\' && peek(1) != '\n') {
      if (std::string_view("\"\\nt").find(peek(1)) == std::string_view::npos && !escape) escape = at_;
      ++at_;
    }
    ++at_;
  }
  at_ = std::min(at_, code_.size());
  if (peek() == '"') {
    push(TokenKind::string, begin, ++at_);
    if (escape) {
      report(Diag::bad_escape, *escape, *escape + 1,
             "a backslash in a quoted text stands before `\"`, `\\`, `n` or `t`",
             "write `\\\\` for a backslash");
    }
    return;
  }
  unclosed_string(begin);
}

// On a line that ends inside a quotation the first text with a `;` or `{` in it most likely ends before that.
bool Lexer::runs_into_another() {
  if (!line_ends_quoted()) return false;
  const size_t close = std::min(code_.find('"', at_ + 1), code_.size());
  const size_t cut = code_.find_first_of(";{\n", at_ + 1);
  if (cut >= close || code_[cut] == '\n') return false;
  const size_t begin = at_;
  at_ = cut + 1;
  unclosed_string(begin);
  quotes_counted_to_ = 0;  // the rest of the line is another now
  return true;
}

bool Lexer::line_ends_quoted() {
  if (at_ < quotes_counted_to_) return ends_quoted_;
  ends_quoted_ = false;
  size_t i = at_;
  for (; i < code_.size() && code_[i] != '\n'; ++i) {
    if (code_[i] == '"') ends_quoted_ = !ends_quoted_;
    if (ends_quoted_ && code_[i] == '\\' && i + 1 < code_.size() && code_[i + 1] != '\n') ++i;
    if (!ends_quoted_ && code_.compare(i, 2, "//") == 0) break;
  }
  quotes_counted_to_ = std::min(code_.find('\n', i), code_.size());
  return ends_quoted_;
}

// The quotation ends before the line's last `;` or `{`, which most likely belongs to the construct.
void Lexer::unclosed_string(size_t begin) {
  const auto trim = [&] {
    while (at_ > begin + 1 && is_blank(code_[at_ - 1])) --at_;
  };
  trim();
  if (at_ > begin + 1 && (code_[at_ - 1] == ';' || code_[at_ - 1] == '{')) {
    --at_;
    trim();
  }
  push(TokenKind::string, begin, at_);
  report(Diag::unclosed_string, begin, at_, "the quoted text is not closed on its line", "close it with `\"`",
         code_.substr(begin, at_ - begin) + "\"");
}

// A text in typographic quotes is one string token, so that the words in it are not read as code.
bool Lexer::curly_string() {
  const std::string_view line = std::string_view(code_).substr(at_, code_.find('\n', at_) - at_);
  const auto quote = [](std::string_view s) {
    for (const std::string_view q : {"“", "”", "„", "«", "»", "‘", "’", "'"}) {
      if (s.starts_with(q)) return q.size();
    }
    return size_t{0};
  };
  const size_t opening = quote(line);
  if (opening == 0) return false;
  for (size_t i = opening; i < line.size(); ++i) {
    const size_t closing = quote(line.substr(i));
    if (closing == 0) continue;
    push(TokenKind::string, at_, at_ + i + closing);
    report(Diag::unexpected_character, at_, at_ + i + closing, "texts stand in straight quotes",
           "write `\"` at both ends", "\"" + std::string(line.substr(opening, i - opening)) + "\"");
    at_ += i + closing;
    return true;
  }
  return false;
}

}  // namespace casus::syntax
