// SPDX-License-Identifier: Apache-2.0
// Instants and durations. All time is UTC; an instant is milliseconds since 1970-01-01T00:00:00Z (proleptic
// Gregorian, no leap seconds). `h`, `d` and their like are exact; `month` and `year` are calendar durations.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casus {

struct Instant {
  int64_t ms = 0;
  friend constexpr auto operator<=>(const Instant&, const Instant&) = default;
  // Beyond every date that the language can write; "no end", "never".
  static constexpr Instant far_future() { return {INT64_C(9'000'000'000'000'000)}; }
  static constexpr Instant far_past() { return {-INT64_C(9'000'000'000'000'000)}; }
};

// A length of time as a text states it: calendar months first, then exact milliseconds.
struct Duration {
  int32_t months = 0;
  int64_t ms = 0;
  friend constexpr bool operator==(const Duration&, const Duration&) = default;
  constexpr bool zero() const { return months == 0 && ms == 0; }
};

inline constexpr int64_t ms_per_second = 1000;
inline constexpr int64_t ms_per_hour = 3'600'000;
inline constexpr int64_t ms_per_day = 86'400'000;

// The whole seconds up to an instant in milliseconds, also before 1970.
inline int64_t seconds_of(int64_t ms) { return ms / ms_per_second - (ms % ms_per_second < 0 ? 1 : 0); }

// t + d. Months are added first on the calendar (day clamped to the month's last: 31 January + 1 month is 28
// or 29 February; 29 February + 1 year is 28 February), then the exact part. Saturates at
// far_future() and far_past(), which stay what they are whatever is added.
Instant add(Instant t, Duration d);

enum class Precision : uint8_t { day, minute, second, millisecond };

struct WrittenInstant {
  Instant at;  // for a day: its first instant
  Precision precision = Precision::day;
};

// Parses "2022-02-24", "2022-02-24T06:00Z", "2022-02-24T06:00:30Z", "…:30.250Z", and offsets "+02:00".
// Years 0001 to 9999. std::nullopt when the text is not exactly one such instant. Cost: linear, no
// allocation.
std::optional<WrittenInstant> parse_instant(std::string_view text);

// The last instant that a date written as a day includes (23:59:59.999); a finer instant is itself.
Instant last_of(WrittenInstant w);

std::string format_iso(Instant t);               // "2022-02-24T06:00:00Z"; ".250" only if there are ms
std::string format_iso(Instant t, Precision p);  // "2022-02-24" for a day
std::string format_short(Instant t);             // "24 Feb 2022 06:00", "24 Feb 2022" at midnight
std::string format_duration(Duration d);         // "24 h", "6 months", "1 year 3 d"

struct CivilDate {
  int year = 1970;
  unsigned month = 1;
  unsigned day = 1;
};
CivilDate civil_date(Instant t);
Instant from_civil(CivilDate d);

}  // namespace casus
