// SPDX-License-Identifier: Apache-2.0
// The lexer's own header: one class, whose parts lie in lexer*.cc by topic.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/lexer.h"
#include "text/words.h"

namespace casus::syntax {

class Lexer {
 public:
  Lexer(SourceId source, const Sources& sources, const ParseLimits& limits, Diagnostics& diagnostics);
  std::vector<Token> run();

 private:
  // lexer.cc
  char peek(size_t ahead = 0) const { return at_ + ahead < code_.size() ? code_[at_ + ahead] : '\0'; }
  void push(TokenKind kind, size_t begin, size_t end);
  void report(Diag kind, size_t begin, size_t end, std::string message, std::string label,
              std::string replacement = {});
  bool check_whole_file();
  bool skip_trivia();
  void next();
  size_t letter(size_t at) const;
  void name();
  bool foreign_remark();
  size_t punctuation(size_t at) const;
  void unknown();

  // lexer_numbers.cc
  size_t digits(size_t from, size_t most) const;
  bool instant();
  void time_of_day();
  void bad_instant(std::string_view text, size_t begin);
  bool date_by_points();
  void number();

  // lexer_strings.cc
  void string();
  bool runs_into_another();
  bool line_ends_quoted();
  void unclosed_string(size_t begin);
  bool curly_string();

  SourceId source_;
  const SourceFile& file_;
  const std::string& code_;
  const ParseLimits& limits_;
  Diagnostics& diagnostics_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  std::set<std::string> foreign_names_;  // said already
  bool encoding_reported_ = false;
  size_t quotes_counted_to_ = 0;  // the end of the line at hand, once its quotes are counted,
  bool ends_quoted_ = false;      // and whether it ends inside one
};

inline bool is_blank(char c) { return std::string_view(" \t\r\n\f\v").find(c) != std::string_view::npos; }

}  // namespace casus::syntax
