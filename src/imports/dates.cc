// SPDX-License-Identifier: Apache-2.0
#include "imports/dates.h"

#include <fmt/format.h>

namespace casus::imports {

namespace {

constexpr int64_t first_year = 1500, last_year = 2999;

bool leap(int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int64_t days_in(int64_t year, int64_t month) {
  if (month == 2) return leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

struct Parts {
  int64_t year = 0, month = 0, day = 0;  // 0: missing
};

int64_t part(Rows& rows, size_t column, int64_t most) {
  const int64_t value = rows.number(column, false).value_or(0);
  if (value <= most) return value;
  rows.wrong(column, fmt::format("{} is not in 1 to {}", value, most));
  return 0;
}

Parts parts(Rows& rows, DateColumns c) {
  Parts p{part(rows, c.year, last_year), part(rows, c.month, 12), part(rows, c.day, 31)};
  if (p.year == 0) return p;
  if (p.year < first_year) {
    rows.wrong(c.year, fmt::format("{} is not in {} to {}", p.year, first_year, last_year));
    p.year = first_year;
  }
  if (p.month == 0) {
    rows.met(Trap::month_missing, c.month);
    p.day = 0;
  } else if (p.day == 0) {
    rows.met(Trap::day_missing, c.day);
  } else if (p.day > days_in(p.year, p.month)) {
    rows.met(Trap::day_clamped, c.day);
    p.day = days_in(p.year, p.month);
  }
  return p;
}

}  // namespace

Instant first_of(int64_t year, int64_t month, int64_t day) {
  return from_civil({static_cast<int>(year), static_cast<unsigned>(month), static_cast<unsigned>(day)});
}

Instant month_after(Instant first) { return add(first, {1, 0}); }

std::string day_words(Instant t) { return format_iso(t, Precision::day); }

int year_of(Instant t) { return civil_date(t).year; }

Instant beginning_of(Rows& rows, DateColumns c) {
  const Parts p = parts(rows, c);
  if (p.year == 0) {
    rows.wrong(c.year, "a beginning needs a year");
    return Instant{0};
  }
  return first_of(p.year, std::max<int64_t>(p.month, 1), std::max<int64_t>(p.day, 1));
}

Instant end_of(Rows& rows, DateColumns c, bool last_day) {
  const Parts p = parts(rows, c);
  if (p.year == 0) return Instant::far_future();
  if (p.month == 0) return first_of(p.year + 1, 1, 1);
  if (p.day == 0) return month_after(first_of(p.year, p.month, 1));
  return add(first_of(p.year, p.month, p.day), {0, last_day ? ms_per_day : 0});
}

}  // namespace casus::imports
