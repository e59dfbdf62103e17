// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/check.h"

namespace casus {
namespace {

constexpr int64_t ms_per_minute = 60'000;
constexpr int64_t days_per_400_years = 146'097;
constexpr int64_t days_per_100_years = 36'524;
constexpr int64_t days_per_4_years = 1'461;
constexpr int64_t epoch_day = 719'162;  // days from 0001-01-01 to 1970-01-01

// Far outside far_past() and far_future(), and far inside what 64 bits of milliseconds hold.
constexpr int64_t last_year = 1'000'000;

constexpr int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

constexpr bool is_leap(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr unsigned days_before_month(int64_t year, unsigned month) {
  constexpr std::array<unsigned, 13> before = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
  return before[month - 1] + (month > 2 && is_leap(year) ? 1 : 0);
}

constexpr unsigned days_in_month(int64_t year, unsigned month) {
  return days_before_month(year, month + 1) - days_before_month(year, month);
}

// `year` may lie outside the dates of the language, but not outside what 64 bits hold.
constexpr int64_t ms_of_date(int64_t year, unsigned month, unsigned day) {
  const int64_t full = year - 1;
  const int64_t days = full * 365 + floor_div(full, 4) - floor_div(full, 100) + floor_div(full, 400) +
                       days_before_month(year, month) + (day - 1);
  return (days - epoch_day) * ms_per_day;
}

Instant clamp(int64_t ms) { return {std::clamp(ms, Instant::far_past().ms, Instant::far_future().ms)}; }

// Reads the text from left to right; after a mismatch `ok` is false and stays so.
struct Reader {
  std::string_view rest;
  bool ok = true;

  int digits(size_t count, int low, int high) {
    int value = 0;
    if (rest.size() < count) ok = false;
    for (size_t i = 0; ok && i < count; ++i) {
      const char c = rest[i];
      if (c < '0' || c > '9') ok = false;
      value = value * 10 + (c - '0');
    }
    if (!ok || value < low || value > high) {
      ok = false;
      return low;
    }
    rest.remove_prefix(count);
    return value;
  }
  bool take(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  void need(char c) { ok = ok && take(c); }
};

// "Z" or "+02:00"; how far the local clock is ahead of UTC.
int64_t read_offset_ms(Reader& in) {
  if (in.take('Z')) return 0;
  const bool behind = in.take('-');
  if (!behind) in.need('+');
  const int hours = in.digits(2, 0, 23);
  in.need(':');
  const int minutes = in.digits(2, 0, 59);
  const int64_t ms = hours * ms_per_hour + minutes * ms_per_minute;
  return behind ? -ms : ms;
}

std::string iso_date(CivilDate d) {
  // ISO 8601 wants a sign and more digits outside 0000 to 9999.
  if (d.year < 0 || d.year > 9999) return fmt::format("{:+07}-{:02}-{:02}", d.year, d.month, d.day);
  return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day);
}

struct Clock {
  int64_t hour, minute, second, ms;
};

Clock clock_of(Instant t) {
  const int64_t ms = t.ms - floor_div(t.ms, ms_per_day) * ms_per_day;
  return {ms / ms_per_hour, ms / ms_per_minute % 60, ms / ms_per_second % 60, ms % ms_per_second};
}

struct Unit {
  uint64_t size;
  std::string_view one;
  std::string_view many;
};

// Appends " 1 year 3 months" for the amount; nothing when it is zero. The sign stands before the first unit.
template <size_t n>
void append_units(std::string& out, uint64_t amount, bool negative, const std::array<Unit, n>& units) {
  for (const Unit& unit : units) {
    const uint64_t count = amount / unit.size;
    amount %= unit.size;
    if (count == 0) continue;
    if (!out.empty()) out += ' ';
    if (negative) out += '-';
    negative = false;
    out += fmt::format("{} {}", count, count == 1 ? unit.one : unit.many);
  }
}

uint64_t magnitude(int64_t v) { return v < 0 ? 0 - static_cast<uint64_t>(v) : static_cast<uint64_t>(v); }

}  // namespace

CivilDate civil_date(Instant t) {
  int64_t days = floor_div(t.ms, ms_per_day) + epoch_day;
  const int64_t cycles = floor_div(days, days_per_400_years);
  days -= cycles * days_per_400_years;
  // The last century of a cycle and the last year of four are a day longer; `min` keeps that day in them.
  const int64_t centuries = std::min<int64_t>(days / days_per_100_years, 3);
  days -= centuries * days_per_100_years;
  const int64_t fours = days / days_per_4_years;
  days -= fours * days_per_4_years;
  const int64_t years = std::min<int64_t>(days / 365, 3);
  days -= years * 365;

  const int64_t year = cycles * 400 + centuries * 100 + fours * 4 + years + 1;
  const auto day_of_year = static_cast<unsigned>(days);
  unsigned month = day_of_year / 31 + 1;  // right, or one too low
  if (month < 12 && day_of_year >= days_before_month(year, month + 1)) ++month;
  return {static_cast<int>(year), month, day_of_year - days_before_month(year, month) + 1};
}

Instant from_civil(CivilDate d) {
  CASUS_CHECK(d.month >= 1 && d.month <= 12, "a month is 1 to 12");
  CASUS_CHECK(d.day >= 1 && d.day <= days_in_month(d.year, d.month), "a day lies in its month");
  const int64_t year = std::clamp<int64_t>(d.year, -last_year, last_year);
  return clamp(ms_of_date(year, d.month, d.day));
}

Instant add(Instant t, Duration d) {
  if (t >= Instant::far_future()) return Instant::far_future();
  if (t <= Instant::far_past()) return Instant::far_past();
  int64_t ms = t.ms;
  if (d.months != 0) {
    const CivilDate date = civil_date(t);
    const int64_t months = int64_t{date.year} * 12 + date.month - 1 + d.months;
    const int64_t year = floor_div(months, 12);
    const auto month = static_cast<unsigned>(months - year * 12 + 1);
    const unsigned day = std::min(date.day, days_in_month(year, month));
    const int64_t time_of_day = t.ms - floor_div(t.ms, ms_per_day) * ms_per_day;
    ms = ms_of_date(year, month, day) + time_of_day;
  }
  int64_t sum = 0;
  if (__builtin_add_overflow(ms, d.ms, &sum)) return d.ms > 0 ? Instant::far_future() : Instant::far_past();
  return clamp(sum);
}

std::optional<WrittenInstant> parse_instant(std::string_view text) {
  Reader in{text};
  const int year = in.digits(4, 1, 9999);
  in.need('-');
  const auto month = static_cast<unsigned>(in.digits(2, 1, 12));
  in.need('-');
  const auto day = static_cast<unsigned>(in.digits(2, 1, static_cast<int>(days_in_month(year, month))));
  if (!in.ok) return std::nullopt;
  WrittenInstant w{{ms_of_date(year, month, day)}, Precision::day};
  if (in.rest.empty()) return w;

  in.need('T');
  w.precision = Precision::minute;
  w.at.ms += in.digits(2, 0, 23) * ms_per_hour;
  in.need(':');
  w.at.ms += in.digits(2, 0, 59) * ms_per_minute;
  if (in.take(':')) {
    w.precision = Precision::second;
    w.at.ms += in.digits(2, 0, 59) * ms_per_second;
    if (in.take('.')) {
      w.precision = Precision::millisecond;
      w.at.ms += in.digits(3, 0, 999);
    }
  }
  w.at.ms -= read_offset_ms(in);
  if (!in.ok || !in.rest.empty()) return std::nullopt;
  // An offset may carry the first or last hours of the calendar out of it, where UTC has no way to write
  // them.
  if (w.at.ms < ms_of_date(1, 1, 1) || w.at.ms >= ms_of_date(10'000, 1, 1)) return std::nullopt;
  return w;
}

Instant last_of(WrittenInstant w) {
  return w.precision == Precision::day ? Instant{w.at.ms + ms_per_day - 1} : w.at;
}

std::string format_iso(Instant t) {
  return format_iso(t, clock_of(t).ms != 0 ? Precision::millisecond : Precision::second);
}

std::string format_iso(Instant t, Precision p) {
  std::string out = iso_date(civil_date(t));
  if (p == Precision::day) return out;
  const Clock c = clock_of(t);
  out += fmt::format("T{:02}:{:02}", c.hour, c.minute);
  if (p >= Precision::second) out += fmt::format(":{:02}", c.second);
  if (p == Precision::millisecond) out += fmt::format(".{:03}", c.ms);
  return out + 'Z';
}

std::string format_short(Instant t) {
  constexpr std::array<std::string_view, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const CivilDate d = civil_date(t);
  const Clock c = clock_of(t);
  std::string out = fmt::format("{} {} {}", d.day, names[d.month - 1], d.year);
  if (c.hour == 0 && c.minute == 0 && c.second == 0 && c.ms == 0) return out;
  out += fmt::format(" {:02}:{:02}", c.hour, c.minute);
  if (c.second != 0 || c.ms != 0) out += fmt::format(":{:02}", c.second);
  if (c.ms != 0) out += fmt::format(".{:03}", c.ms);
  return out;
}

std::string format_duration(Duration d) {
  constexpr std::array<Unit, 2> calendar = {{{12, "year", "years"}, {1, "month", "months"}}};
  constexpr std::array<Unit, 5> exact = {{{ms_per_day, "d", "d"},
                                          {ms_per_hour, "h", "h"},
                                          {ms_per_minute, "min", "min"},
                                          {ms_per_second, "s", "s"},
                                          {1, "ms", "ms"}}};
  constexpr std::array<Unit, 4> without_days = {{exact[1], exact[2], exact[3], exact[4]}};
  if (d.zero()) return "0 h";
  std::string out;
  append_units(out, magnitude(d.months), d.months < 0, calendar);
  // Texts write "within 72 hours", not days; beyond that, or after months, days read better.
  const uint64_t ms = magnitude(d.ms);
  if (d.months == 0 && ms <= 3 * ms_per_day) {
    append_units(out, ms, d.ms < 0, without_days);
  } else {
    append_units(out, ms, d.ms < 0, exact);
  }
  return out;
}

}  // namespace casus
