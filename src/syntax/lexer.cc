// SPDX-License-Identifier: Apache-2.0
#include "syntax/lexer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/time.h"
#include "base/unicode.h"

namespace casus::syntax {
namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr size_t most_digits = 18;  // of a whole part: what 64 bits hold

bool is_blank(char c) { return blanks.find(c) != std::string_view::npos; }
// For messages: a name or number may be as long as the file.
std::string quoted(std::string_view text) { return "`" + truncate_to_width(text, 40) + "`"; }
bool is_hidden(char c) { return c == '\0' || static_cast<unsigned char>(c) >= 0x80; }

class Lexer {
 public:
  Lexer(SourceId source, const Sources& sources, const ParseLimits& limits, Diagnostics& diagnostics)
      : source_(source),
        file_(sources[source]),
        code_(file_.code),
        limits_(limits),
        diagnostics_(diagnostics) {}

  std::vector<Token> run() {
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

 private:
  char peek(size_t ahead = 0) const { return at_ + ahead < code_.size() ? code_[at_ + ahead] : '\0'; }
  // The number of digits from `from` on, at most `most`.
  size_t digits(size_t from, size_t most) const {
    size_t n = 0;
    while (n < most && from + n < code_.size() && is_digit(code_[from + n])) ++n;
    return n;
  }

  void push(TokenKind kind, size_t begin, size_t end) {
    tokens_.push_back({kind, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }
  void report(Diag kind, size_t begin, size_t end, std::string message, std::string label,
              std::string replacement = {}) {
    Diagnostic d;
    d.kind = kind;
    d.span = {source_, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    d.message = std::move(message);
    d.label = std::move(label);
    d.replacement = std::move(replacement);
    diagnostics_.add(std::move(d));
  }

  // False when the file is beyond the limits and nothing of it is read.
  bool check_whole_file() {
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
  bool skip_trivia() {
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

  void next() {
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
  size_t letter(size_t at) const {
    const std::string_view two = std::string_view(code_).substr(std::min(at, code_.size()), 2);
    if (encoding_reported_ || two < "\xC3\x80" || two >= "\xD4\xB0" || two == "×" || two == "÷") return 0;
    return 2;
  }

  // A word with letters beyond ASCII is said once, wherever it stands, and is a name like others then.
  void name() {
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
  bool foreign_remark() {
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

  size_t punctuation(size_t at) const {
    const std::string_view rest = std::string_view(code_).substr(at);
    for (const std::string_view two : {"..", "!=", "<=", ">="}) {
      if (rest.starts_with(two)) return 2;
    }
    return std::string_view("{}(),;:.=<>+-*/%").find(rest[0]) == std::string_view::npos ? 0 : 1;
  }

  // A date, or something so like one (2022-2-24, 2022-02-30) that it was meant as one.
  bool instant() {
    if (digits(at_, 5) != 4 || peek(4) != '-') return false;
    const size_t month = digits(at_ + 5, 3);
    if (month < 1 || month > 2 || peek(5 + month) != '-') return false;
    const size_t day = digits(at_ + 6 + month, 3);
    if (day < 1 || day > 2) return false;
    const size_t begin = at_;
    at_ += 6 + month + day;
    if (peek() == 'T' && is_digit(peek(1))) time_of_day();
    while (continues_name(peek())) ++at_;
    push(TokenKind::instant, begin, at_);
    const std::string_view text = std::string_view(code_).substr(begin, at_ - begin);
    if (!parse_instant(text)) bad_instant(text, begin);
    return true;
  }

  void time_of_day() {
    ++at_;
    const auto clock = [this] {
      while (is_digit(peek()) || (peek() == ':' && is_digit(peek(1)))) ++at_;
    };
    clock();
    if (peek() == '.' && is_digit(peek(1))) {
      ++at_;
      clock();
    }
    if (peek() == '+' || peek() == '-') {
      ++at_;
      clock();
    }
  }

  void bad_instant(std::string_view text, size_t begin) {
    std::string with_zone = std::string(text) + "Z";
    if (parse_instant(with_zone)) {
      report(Diag::bad_instant, begin, at_, "the time " + quoted(text) + " has no time zone",
             "write `Z` for UTC or an offset such as `+02:00`", std::move(with_zone));
      return;
    }
    const std::string padded = pad_date(text);
    if (parse_instant(padded)) {
      report(Diag::bad_instant, begin, at_, "the month and the day of a date have two digits",
             "write `" + padded + "`", padded);
      return;
    }
    report(Diag::bad_instant, begin, at_, quoted(text) + " is not a date or time of the calendar",
           "write `2022-02-24` or `2022-02-24T06:00Z`");
  }

  // 2022-2-4 → 2022-02-04
  static std::string pad_date(std::string_view text) {
    std::string padded(text);
    if (padded[6] == '-') padded.insert(5, "0");
    if (padded.size() == 9) padded.insert(8, "0");
    return padded;
  }

  // 24.2.2022: no number has two points, so that a date is meant.
  bool date_by_points() {
    const size_t day = digits(at_, 3), month = digits(at_ + day + 1, 3),
                 year = digits(at_ + day + month + 2, 5);
    if (day < 1 || day > 2 || month < 1 || month > 2 || year != 4) return false;
    if (peek(day) != '.' || peek(day + month + 1) != '.') return false;
    const size_t begin = at_;
    at_ += day + month + year + 2;
    push(TokenKind::instant, begin, at_);
    const std::string date = code_.substr(begin, at_ - begin);
    const std::string iso = pad_date(date.substr(day + month + 2) + "-" + date.substr(day + 1, month) + "-" +
                                     date.substr(0, day));
    const bool known = parse_instant(iso).has_value();
    report(Diag::bad_instant, begin, at_, "a date has the year first, then the month and the day",
           known ? "write " + quoted(iso) : "as in `2022-02-24`", known ? iso : "");
    return true;
  }

  void number() {
    const size_t begin = at_;
    const auto run = [this] {
      while (is_digit(peek()) || peek() == '_') ++at_;
    };
    run();
    const size_t whole_end = at_;
    if (peek() == '.' && is_digit(peek(1))) {
      ++at_;
      run();
    }
    const size_t end = at_;
    while (continues_name(peek())) ++at_;
    push(TokenKind::number, begin, at_);
    const std::string text = code_.substr(begin, end - begin);
    if (end != at_) {
      std::string apart = text + " " + code_.substr(end, at_ - end);
      report(Diag::bad_number, begin, at_,
             quoted(code_.substr(begin, at_ - begin)) + " is neither a number nor a name",
             "put a space after the number: " + quoted(apart), apart);
      return;
    }
    if (text.find("__") != std::string::npos || text.back() == '_' || text.find("_.") != std::string::npos) {
      report(Diag::bad_number, begin, at_, "`_` stands only between the digits of a number",
             "write it as in `1_000_000`");
      return;
    }
    const size_t dashes = static_cast<size_t>(
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(whole_end - begin), '_'));
    if (whole_end - begin - dashes > most_digits) {
      report(Diag::bad_number, begin, at_,
             "a number has at most " + std::to_string(most_digits) + " digits before the point", "");
    }
  }

  void string() {
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
  bool runs_into_another() {
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

  bool line_ends_quoted() {
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
  void unclosed_string(size_t begin) {
    const auto trim = [&] {
      while (at_ > begin + 1 && is_blank(code_[at_ - 1])) --at_;
    };
    trim();
    if (at_ > begin + 1 && (code_[at_ - 1] == ';' || code_[at_ - 1] == '{')) {
      --at_;
      trim();
    }
    push(TokenKind::string, begin, at_);
    report(Diag::unclosed_string, begin, at_, "the quoted text is not closed on its line",
           "close it with `\"`", code_.substr(begin, at_ - begin) + "\"");
  }

  void unknown() {
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
    report(Diag::unexpected_character, begin, at_,
           "no word or sign of the language starts with " + quoted(run), std::string(label),
           std::string(replacement));
  }

  // A text in typographic quotes is one string token, so that the words in it are not read as code.
  bool curly_string() {
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

  struct Remedy {
    std::string_view label = "take it out";
    std::string_view replacement;
  };
  static Remedy remedy(std::string_view run) {
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
    const auto* known =
        std::find_if(table.begin(), table.end(), [&](const Known& k) { return k.run == run; });
    return known == table.end() ? Remedy{} : known->remedy;
  }

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

}  // namespace

std::vector<Token> lex(SourceId source, const Sources& sources, const ParseLimits& limits,
                       Diagnostics& diagnostics) {
  return Lexer(source, sources, limits, diagnostics).run();
}

}  // namespace casus::syntax
