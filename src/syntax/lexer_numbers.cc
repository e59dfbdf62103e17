// SPDX-License-Identifier: Apache-2.0
// Numbers, dates and times.
#include <algorithm>

#include "base/time.h"
#include "syntax/lexer_class.h"

namespace casus::syntax {
namespace {

constexpr size_t most_digits = 18;  // of a whole part: what 64 bits hold

// 2022-2-4 → 2022-02-04
std::string pad_date(std::string_view text) {
  std::string padded(text);
  if (padded[6] == '-') padded.insert(5, "0");
  if (padded.size() == 9) padded.insert(8, "0");
  return padded;
}

}  // namespace

// The number of digits from `from` on, at most `most`.
size_t Lexer::digits(size_t from, size_t most) const {
  size_t n = 0;
  while (n < most && from + n < code_.size() && is_digit(code_[from + n])) ++n;
  return n;
}

// A date, or something so like one (2022-2-24, 2022-02-30) that it was meant as one.
bool Lexer::instant() {
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

void Lexer::time_of_day() {
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

void Lexer::bad_instant(std::string_view text, size_t begin) {
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

// 24.2.2022: no number has two points, so that a date is meant.
bool Lexer::date_by_points() {
  const size_t day = digits(at_, 3), month = digits(at_ + day + 1, 3),
               year = digits(at_ + day + month + 2, 5);
  if (day < 1 || day > 2 || month < 1 || month > 2 || year != 4) return false;
  if (peek(day) != '.' || peek(day + month + 1) != '.') return false;
  const size_t begin = at_;
  at_ += day + month + year + 2;
  push(TokenKind::instant, begin, at_);
  const std::string date = code_.substr(begin, at_ - begin);
  const std::string iso =
      pad_date(date.substr(day + month + 2) + "-" + date.substr(day + 1, month) + "-" + date.substr(0, day));
  const bool known = parse_instant(iso).has_value();
  report(Diag::bad_instant, begin, at_, "a date has the year first, then the month and the day",
         known ? "write " + quoted(iso) : "as in `2022-02-24`", known ? iso : "");
  return true;
}

void Lexer::number() {
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

}  // namespace casus::syntax
