// SPDX-License-Identifier: Apache-2.0
#include "syntax/lexer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/unicode.h"
#include "syntax/lexer_class.h"

namespace casus::syntax {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_hidden(char c) { return c == '\0' || static_cast<unsigned char>(c) >= 0x80; }

struct Remedy {
  std::string_view label = "take it out";
  std::string_view replacement;
};

Remedy remedy(std::string_view run) {
  struct Known {
    std::string_view run;
    Remedy remedy;
  };
  if (run.starts_with("\u00A0")) return {"it looks like a blank and is none: write a blank", " "};
  static constexpr auto table = std::to_array<Known>({
      {"&&", {"write `and`", "and"}},
      {"&", {"write `and`", "and"}},
      {"||", {"write `or`", "or"}},
      {"|", {"write `or`", "or"}},
      {"!", {"write `not`", "not "}},
      {"≤", {"write `<=`", "<="}},
      {"≥", {"write `>=`", ">="}},
      {"≠", {"write `!=`", "!="}},
      {"–", {"write `-`, or `..` for a range", {}}},
      {"§", {"write `article`", "article"}},
      {"…", {"write `..`", ".."}},
      {"“", {"write the quote `\"`", "\""}},
      {"'", {"write the quote `\"`", "\""}},
  });
  const auto* known = std::find_if(table.begin(), table.end(), [&](const Known& k) { return k.run == run; });
  return known == table.end() ? Remedy{} : known->remedy;
}

}  // namespace

Lexer::Lexer(SourceId source, const Sources& sources, const ParseLimits& limits, Diagnostics& diagnostics)
    : source_(source),
      file_(sources[source]),
      code_(file_.code),
      limits_(limits),
      diagnostics_(diagnostics) {}

std::vector<Token> Lexer::run() {
  if (check_whole_file()) {
    if (code_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
    while (skip_trivia()) {
      if (tokens_.size() >= limits_.max_tokens) {
        report(Diag::file_too_large, at_, at_,
               "the file has more words and signs than the limit of " + std::to_string(limits_.max_tokens),
               "split it into modules, and name them with `use`");
        tokens_.clear();
        break;
      }
      next();
    }
  }
  push(TokenKind::end, code_.size(), code_.size());
  return std::move(tokens_);
}

void Lexer::push(TokenKind kind, size_t begin, size_t end) {
  tokens_.push_back({kind, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
}

void Lexer::report(Diag kind, size_t begin, size_t end, std::string message, std::string label,
                   std::string replacement) {
  Diagnostic d;
  d.kind = kind;
  d.span = {source_, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
  d.message = std::move(message);
  d.label = std::move(label);
  d.replacement = std::move(replacement);
  diagnostics_.add(std::move(d));
}

// False when the file is beyond the limits and nothing of it is read.
bool Lexer::check_whole_file() {
  const std::string_view text = file_.text;
  if (text.size() > limits_.max_bytes) {
    report(Diag::file_too_large, 0, 0,
           "the file is larger than the limit of " + std::to_string(limits_.max_bytes) + " bytes",
           "split it into modules, and name them with `use`");
    return false;
  }
  const size_t prefix = utf8_prefix(text);
  if (prefix < text.size()) {
    encoding_reported_ = true;
    report(Diag::not_utf8, prefix, prefix + 1, "the file is not UTF-8 from here on",
           "save the file as UTF-8");
  }
  const size_t nul = text.find('\0');
  if (nul != std::string_view::npos) {
    encoding_reported_ = true;
    report(Diag::nul_byte, nul, nul + 1, "the file holds a NUL byte", "save the file as UTF-8 text");
  }
  uint32_t fence = 0;
  if (file_.literate && has_unclosed_casus_fence(text, &fence)) {
    report(Diag::unclosed_fence, fence, fence + 3, "this casus block runs to the end of the file",
           "close it with a line of the same marks");
  }
  return true;
}

// To the next token; false at the end of the file.
bool Lexer::skip_trivia() {
  while (at_ < code_.size()) {
    if (is_blank(peek())) {
      ++at_;
    } else if (peek() == '/' && peek(1) == '/') {
      at_ = std::min(code_.find('\n', at_), code_.size());
    } else {
      return true;
    }
  }
  return false;
}

void Lexer::next() {
  const char c = peek();
  if (starts_name(c) || letter(at_)) {
    name();
  } else if (foreign_remark()) {
    return;
  } else if (is_digit(c)) {
    if (!instant() && !date_by_points()) number();
  } else if (c == '"') {
    string();
  } else if (const size_t length = punctuation(at_)) {
    push(TokenKind::punctuation, at_, at_ + length);
    at_ += length;
  } else {
    unknown();
  }
}

// The length of a letter beyond ASCII (Latin, Greek, Cyrillic and accents, U+00C0 to U+052F); 0 for other
// signs.
size_t Lexer::letter(size_t at) const {
  const std::string_view two = std::string_view(code_).substr(std::min(at, code_.size()), 2);
  if (encoding_reported_ || two < "\xC3\x80" || two >= "\xD4\xB0" || two == "×" || two == "÷") return 0;
  return 2;
}

// A word with letters beyond ASCII is said once, wherever it stands, and is a name like others then.
void Lexer::name() {
  const size_t begin = at_;
  bool plain = true;
  while (at_ < code_.size()) {
    const size_t length = continues_name(peek()) ? 1 : letter(at_);
    if (length == 0) break;
    plain = plain && length == 1;
    at_ += length;
  }
  push(TokenKind::name, begin, at_);
  const std::string word = code_.substr(begin, at_ - begin);
  if (plain || !foreign_names_.insert(word).second) return;
  report(Diag::unexpected_character, begin, at_,
         quoted(word) + " is no name: names are made of A to Z, digits and `_`",
         "titles, in quotes, may have any letters");
}

// `# …` on a line of its own, `/* … */`: remarks of other languages.
bool Lexer::foreign_remark() {
  const std::string_view rest = std::string_view(code_).substr(at_);
  const bool block = rest.starts_with("/*");
  const bool line = peek() == '#' && (tokens_.empty() || code_.find('\n', tokens_.back().end) < at_);
  if (!block && !line) return false;
  const size_t close = block ? rest.find("*/") : rest.find('\n');
  const size_t end = close == std::string_view::npos ? code_.size() : at_ + close + (block ? 2 : 0);
  push(TokenKind::error, at_, end);
  report(Diag::unexpected_character, at_, at_ + (block ? 2 : 1), "a remark begins with `//`",
         "write `//` on each of its lines", block ? "" : "//");
  at_ = end;
  return true;
}

size_t Lexer::punctuation(size_t at) const {
  const std::string_view rest = std::string_view(code_).substr(at);
  for (const std::string_view two : {"..", "!=", "<=", ">="}) {
    if (rest.starts_with(two)) return 2;
  }
  return std::string_view("{}(),;:.=<>+-*/%").find(rest[0]) == std::string_view::npos ? 0 : 1;
}

void Lexer::unknown() {
  const size_t begin = at_;
  if (curly_string()) return;
  bool only_hidden = true;
  while (at_ < code_.size() && !is_blank(peek()) && !continues_name(peek()) && peek() != '"' &&
         !punctuation(at_)) {
    only_hidden = only_hidden && is_hidden(peek());
    ++at_;
  }
  push(TokenKind::error, begin, at_);
  if (encoding_reported_ && only_hidden) return;
  const std::string run = code_.substr(begin, at_ - begin);
  const auto [label, replacement] = remedy(run);
  report(Diag::unexpected_character, begin, at_, "no word or sign of the language starts with " + quoted(run),
         std::string(label), std::string(replacement));
}

std::vector<Token> lex(SourceId source, const Sources& sources, const ParseLimits& limits,
                       Diagnostics& diagnostics) {
  return Lexer(source, sources, limits, diagnostics).run();
}

}  // namespace casus::syntax
