// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>

#include "base/rng.h"

namespace casus {
namespace {

Instant at(std::string_view text) {
  const auto w = parse_instant(text);
  EXPECT_TRUE(w.has_value()) << text;
  return w ? w->at : Instant{};
}

std::string plus(std::string_view text, Duration d) { return format_iso(add(at(text), d)); }

TEST(Calendar, AgreesWithTheStandardLibraryOnEveryDayOfTheLanguage) {
  using namespace std::chrono;
  const sys_days first = year{1} / January / 1;
  const sys_days last = year{9999} / December / 31;
  for (sys_days day = first; day <= last; day += days{1}) {
    const year_month_day expected{day};
    const Instant noon{day.time_since_epoch().count() * ms_per_day + ms_per_day / 2};
    const CivilDate got = civil_date(noon);
    ASSERT_EQ(got.year, static_cast<int>(expected.year()));
    ASSERT_EQ(got.month, static_cast<unsigned>(expected.month()));
    ASSERT_EQ(got.day, static_cast<unsigned>(expected.day()));
    ASSERT_EQ(from_civil(got).ms, noon.ms - ms_per_day / 2);
  }
}

TEST(Calendar, InstantsBeforeTheEpochBelongToTheEarlierDay) {
  const CivilDate d = civil_date(Instant{-1});
  EXPECT_EQ(d.year, 1969);
  EXPECT_EQ(d.month, 12u);
  EXPECT_EQ(d.day, 31u);
}

TEST(Calendar, HoldsForEveryInstantThatSixtyFourBitsHold) {
  for (const int64_t ms : {std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max()}) {
    const CivilDate d = civil_date(Instant{ms});
    EXPECT_TRUE(d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= 31);
    EXPECT_EQ(d.year < 0, ms < 0);
  }
}

TEST(Calendar, FromCivilSaturates) {
  EXPECT_EQ(from_civil({std::numeric_limits<int>::max(), 1, 1}), Instant::far_future());
  EXPECT_EQ(from_civil({std::numeric_limits<int>::min(), 2, 29}), Instant::far_past());
}

TEST(CalendarDeathTest, FromCivilRefusesDaysThatDoNotExist) {
  EXPECT_EXIT(from_civil({2023, 2, 29}), testing::ExitedWithCode(70), "a day lies in its month");
  EXPECT_EXIT(from_civil({2023, 13, 1}), testing::ExitedWithCode(70), "a month is 1 to 12");
  EXPECT_EXIT(from_civil({2023, 4, 0}), testing::ExitedWithCode(70), "a day lies in its month");
}

TEST(Add, MonthsClampToTheMonthsLastDay) {
  EXPECT_EQ(plus("2023-01-31", {1, 0}), "2023-02-28T00:00:00Z");
  EXPECT_EQ(plus("2024-01-31", {1, 0}), "2024-02-29T00:00:00Z");
  EXPECT_EQ(plus("2024-02-29", {12, 0}), "2025-02-28T00:00:00Z");
  EXPECT_EQ(plus("2024-02-29", {48, 0}), "2028-02-29T00:00:00Z");
  EXPECT_EQ(plus("1896-02-29", {48, 0}), "1900-02-28T00:00:00Z");
  EXPECT_EQ(plus("2023-03-31", {6, 0}), "2023-09-30T00:00:00Z");
  EXPECT_EQ(plus("2023-11-30", {3, 0}), "2024-02-29T00:00:00Z");
  EXPECT_EQ(plus("2023-12-31", {1, 0}), "2024-01-31T00:00:00Z");
}

TEST(Add, MonthsGoBackwardsToo) {
  EXPECT_EQ(plus("2024-03-31", {-1, 0}), "2024-02-29T00:00:00Z");
  EXPECT_EQ(plus("2024-01-15", {-1, 0}), "2023-12-15T00:00:00Z");
  EXPECT_EQ(plus("2024-01-15", {-12 * 2000, 0}), "0024-01-15T00:00:00Z");
}

TEST(Add, KeepsTheTimeOfDayAndAddsTheExactPartLast) {
  EXPECT_EQ(plus("1969-12-31T23:59:59.999Z", {2, 0}), "1970-02-28T23:59:59.999Z");
  // One month from 31 January is 28 February, and a day later it is March; the other order would give 1 March
  // too early.
  EXPECT_EQ(plus("2023-01-31T06:00Z", {1, ms_per_day}), "2023-03-01T06:00:00Z");
  EXPECT_EQ(plus("2023-01-30", {1, ms_per_day}), "2023-03-01T00:00:00Z");
  EXPECT_EQ(plus("2023-01-10T09:00Z", {0, 24 * ms_per_hour}), "2023-01-11T09:00:00Z");
}

TEST(Add, Saturates) {
  constexpr int64_t most = std::numeric_limits<int64_t>::max();
  constexpr int64_t least = std::numeric_limits<int64_t>::min();
  constexpr int32_t most_months = std::numeric_limits<int32_t>::max();
  constexpr int32_t least_months = std::numeric_limits<int32_t>::min();
  const Instant t = at("2022-02-24");
  EXPECT_EQ(add(t, {0, most}), Instant::far_future());
  EXPECT_EQ(add(t, {0, least}), Instant::far_past());
  EXPECT_EQ(add(t, {most_months, most}), Instant::far_future());
  EXPECT_EQ(add(t, {least_months, least}), Instant::far_past());
  EXPECT_EQ(add(t, {most_months, 0}), Instant::far_future());
  EXPECT_EQ(add(t, {least_months, 0}), Instant::far_past());
  EXPECT_EQ(add(Instant{Instant::far_future().ms - 1}, {0, 2}), Instant::far_future());
}

TEST(Add, NeverStaysNever) {
  EXPECT_EQ(add(Instant::far_future(), {-1, -1}), Instant::far_future());
  EXPECT_EQ(add(Instant::far_past(), {1, 1}), Instant::far_past());
  EXPECT_EQ(add(Instant{std::numeric_limits<int64_t>::max()}, {0, 1}), Instant::far_future());
}

TEST(Parse, ReadsEachPrecision) {
  const auto day = parse_instant("2022-02-24");
  ASSERT_TRUE(day);
  EXPECT_EQ(day->at.ms, INT64_C(1'645'660'800'000));
  EXPECT_EQ(day->precision, Precision::day);
  EXPECT_EQ(parse_instant("2022-02-24T06:00Z")->precision, Precision::minute);
  EXPECT_EQ(parse_instant("2022-02-24T06:00:30Z")->precision, Precision::second);
  const auto fine = parse_instant("2022-02-24T06:01:30.250Z");
  EXPECT_EQ(fine->precision, Precision::millisecond);
  EXPECT_EQ(fine->at.ms - day->at.ms, 6 * ms_per_hour + 90'250);
}

TEST(Parse, OffsetsAreAheadOfUtc) {
  EXPECT_EQ(format_iso(at("2022-02-24T05:00+02:00")), "2022-02-24T03:00:00Z");
  EXPECT_EQ(format_iso(at("2022-02-24T01:00+02:00")), "2022-02-23T23:00:00Z");
  EXPECT_EQ(format_iso(at("2022-12-31T20:00:00-05:30")), "2023-01-01T01:30:00Z");
  EXPECT_EQ(at("2022-02-24T00:00+00:00"), at("2022-02-24"));
}

TEST(Parse, ReachesFromYearOneToYear9999) {
  EXPECT_EQ(format_iso(at("0001-01-01")), "0001-01-01T00:00:00Z");
  EXPECT_EQ(format_iso(at("9999-12-31T23:59:59.999Z")), "9999-12-31T23:59:59.999Z");
  EXPECT_LT(at("9999-12-31"), Instant::far_future());
  EXPECT_GT(at("0001-01-01"), Instant::far_past());
}

TEST(Parse, KnowsLeapYears) {
  EXPECT_TRUE(parse_instant("2024-02-29"));
  EXPECT_TRUE(parse_instant("2000-02-29"));
  EXPECT_FALSE(parse_instant("1900-02-29"));
  EXPECT_FALSE(parse_instant("2023-02-29"));
}

TEST(Parse, RefusesWhatIsNotExactlyOneInstant) {
  for (const std::string_view text : {"",
                                      "2022",
                                      "2022-02",
                                      "2022-2-24",
                                      "22-02-24",
                                      "2022/02/24",
                                      "2022-00-10",
                                      "2022-13-10",
                                      "2022-01-00",
                                      "2022-01-32",
                                      "2022-04-31",
                                      "0000-01-01",
                                      "+2022-01-01",
                                      "-022-01-01",
                                      "12022-01-01",
                                      "2022-02-24 ",
                                      " 2022-02-24",
                                      "2022-02-24Z",
                                      "2022-02-24T",
                                      "2022-02-24T06",
                                      "2022-02-24T06Z",
                                      "2022-02-24T06:00",
                                      "2022-02-24t06:00Z",
                                      "2022-02-24T06:00z",
                                      "2022-02-24 06:00Z",
                                      "2022-02-24T24:00Z",
                                      "2022-02-24T23:60Z",
                                      "2022-02-24T23:59:60Z",
                                      "2022-02-24T6:00Z",
                                      "2022-02-24T06:00:30",
                                      "2022-02-24T06:00:30.Z",
                                      "2022-02-24T06:00:30.25Z",
                                      "2022-02-24T06:00:30.2500Z",
                                      "2022-02-24T06:00.250Z",
                                      "2022-02-24T06:00:30,250Z",
                                      "2022-02-24T06:00ZZ",
                                      "2022-02-24T06:00+02",
                                      "2022-02-24T06:00+0200",
                                      "2022-02-24T06:00+24:00",
                                      "2022-02-24T06:00+02:60",
                                      "2022-02-24T06:00+-2:00",
                                      "2022-02-24T06:00Z+02:00",
                                      "0001-01-01T00:00+02:00",
                                      "9999-12-31T23:00-02:00",
                                      "２０２２-02-24"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
  EXPECT_FALSE(parse_instant(std::string_view("2022-02-24\0", 11)));
}

TEST(Parse, EveryPrefixAndEveryOtherByteIsRefusedOrReadWhole) {
  const std::string whole = "2022-02-24T06:00:30.250+02:00";
  for (size_t n = 0; n < whole.size(); ++n) {
    EXPECT_EQ(parse_instant(std::string_view(whole).substr(0, n)).has_value(), n == 10) << n;
  }
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = '\xC3';
    EXPECT_FALSE(parse_instant(changed)) << i;
  }
}

TEST(Format, RoundTripsOverRandomInstants) {
  Rng rng(7);
  const int64_t first = at("0001-01-01").ms;
  const auto range = static_cast<uint64_t>(at("9999-12-31").ms - first);
  for (int i = 0; i < 100'000; ++i) {
    const Instant t{first + static_cast<int64_t>(rng.below(range))};
    const std::string text = format_iso(t);
    const auto back = parse_instant(text);
    ASSERT_TRUE(back) << text;
    ASSERT_EQ(back->at, t) << text;
    ASSERT_EQ(format_iso(back->at, back->precision), text);
  }
}

TEST(Format, IsoShowsWhatThePrecisionHolds) {
  const Instant t = at("2022-02-24T06:07:08.009Z");
  EXPECT_EQ(format_iso(t, Precision::day), "2022-02-24");
  EXPECT_EQ(format_iso(t, Precision::minute), "2022-02-24T06:07Z");
  EXPECT_EQ(format_iso(t, Precision::second), "2022-02-24T06:07:08Z");
  EXPECT_EQ(format_iso(t, Precision::millisecond), "2022-02-24T06:07:08.009Z");
  EXPECT_EQ(format_iso(t), "2022-02-24T06:07:08.009Z");
}

TEST(Format, IsoHasASignOutsideFourDigits) {
  EXPECT_EQ(format_iso(Instant{at("9999-12-31").ms + ms_per_day}), "+010000-01-01T00:00:00Z");
  EXPECT_EQ(format_iso(Instant{at("0001-01-01").ms - 1}), "0000-12-31T23:59:59.999Z");
  EXPECT_EQ(format_iso(add(at("0001-01-01"), {-24, 0})), "-000001-01-01T00:00:00Z");
}

TEST(Format, ShortShowsNoMoreThanThereIs) {
  EXPECT_EQ(format_short(at("2022-02-24")), "24 Feb 2022");
  EXPECT_EQ(format_short(at("2022-02-04T06:00Z")), "4 Feb 2022 06:00");
  EXPECT_EQ(format_short(at("2022-02-24T00:00:05Z")), "24 Feb 2022 00:00:05");
  EXPECT_EQ(format_short(last_of(*parse_instant("2022-12-24"))), "24 Dec 2022 23:59:59.999");
}

TEST(LastOf, OnlyADayReachesToItsEnd) {
  EXPECT_EQ(format_iso(last_of(*parse_instant("2022-02-24"))), "2022-02-24T23:59:59.999Z");
  EXPECT_EQ(format_iso(last_of(*parse_instant("2022-02-24T00:00Z"))), "2022-02-24T00:00:00Z");
}

TEST(Format, Durations) {
  EXPECT_EQ(format_duration({}), "0 h");
  EXPECT_EQ(format_duration({0, 24 * ms_per_hour}), "24 h");
  EXPECT_EQ(format_duration({0, 72 * ms_per_hour}), "72 h");
  EXPECT_EQ(format_duration({0, 73 * ms_per_hour}), "3 d 1 h");
  EXPECT_EQ(format_duration({0, 30 * ms_per_day}), "30 d");
  EXPECT_EQ(format_duration({6, 0}), "6 months");
  EXPECT_EQ(format_duration({12, 0}), "1 year");
  EXPECT_EQ(format_duration({25, 0}), "2 years 1 month");
  EXPECT_EQ(format_duration({12, 3 * ms_per_day}), "1 year 3 d");
  EXPECT_EQ(format_duration({0, 90 * 60'000}), "1 h 30 min");
  EXPECT_EQ(format_duration({0, 1'250}), "1 s 250 ms");
  EXPECT_EQ(format_duration({-6, 0}), "-6 months");
  EXPECT_EQ(format_duration({0, -90 * 60'000}), "-1 h 30 min");
  EXPECT_EQ(format_duration({std::numeric_limits<int32_t>::min(), std::numeric_limits<int64_t>::min()}),
            "-178956970 years 8 months -106751991167 d 7 h 12 min 55 s 808 ms");
}

}  // namespace
}  // namespace casus
