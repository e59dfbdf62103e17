// SPDX-License-Identifier: Apache-2.0
// States, disputes, wars and capabilities become models and events.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "imports/cow.h"
#include "imports/models.h"

namespace casus::imports {
namespace {

using test::csv;
using test::data;
using test::Rejected;
using test::World;
using ::testing::HasSubstr;
using ::testing::Not;

class Cow : public ::testing::Test {
 protected:
  States known() {
    const std::string text =
        test::states({"stateabb=ALF ccode=2 statenme=Alfa styear=1816 stmonth=1 stday=1 endyear=2016 "
                      "endmonth=12 endday=31",
                      "stateabb=BRA ccode=20 statenme=Bravo styear=1816 stmonth=1 stday=1 endyear=1940 "
                      "endmonth=6 endday=22",
                      "stateabb=BRA ccode=20 statenme=Bravo styear=1945 stmonth=5 stday=8 endyear=2016 "
                      "endmonth=12 endday=31",
                      "stateabb=CHA ccode=200 statenme=Charlie styear=1816 stmonth=1 stday=1 endyear=2016 "
                      "endmonth=12 endday=31",
                      "stateabb=DEL ccode=300 statenme=Delta styear=1900 stmonth=1 stday=1 endyear=0 "
                      "endmonth=0 endday=0"});
    return read_states(data("states.csv", text), report, rejected, failure);
  }
  Conflicts disputes(const std::vector<std::string>& rows, const std::vector<std::string>& pairs) {
    const std::string one = csv("dispnum styear stmon maxdur", rows);
    const std::string two =
        csv("dispnum ccode1 ccode2 year sidea1 sidea2 hostlev1 hostlev2 orig1 orig2", pairs);
    return read_disputes(data("disps.csv", one), data("pairs.csv", two), known(), report, rejected, failure);
  }
  Conflicts wars(const std::vector<std::string>& rows, const Conflicts& dated = {}) {
    const std::string text = csv("warnum ccode1 ccode2 year sidea1 sidea2 initiator1 initiator2", rows);
    return read_wars(data("wars.csv", text), dated, known(), report, rejected, failure);
  }
  uint64_t times(Trap t) const { return report.of(t).count; }

  Report report;
  Rejected rejected;
  std::optional<Failure> failure;
};

TEST_F(Cow, states_have_their_time_in_the_system_and_the_files_last_day_is_no_end) {
  const States states = known();
  EXPECT_EQ(times(Trap::coverage_ends), 3u);
  EXPECT_EQ(times(Trap::year_zero), 1u);
  const auto text =
      states_model(states, {{20, {first_of(1820, 1, 1), Instant::far_future()}}, {999, {}}}, report);
  ASSERT_TRUE(text.ok());
  EXPECT_THAT(text.value(), HasSubstr("given in_state_system(cow_20) from 1816-01-01 until 1940-06-23;"));
  EXPECT_THAT(text.value(), HasSubstr("given in_state_system(cow_20) from 1945-05-08;"));
  EXPECT_THAT(text.value(), HasSubstr("given major_power(cow_20) from 1820-01-01;"));
  EXPECT_EQ(times(Trap::actor_not_listed), 1u);
  const World world({{"cow_states", text.value()}});
  EXPECT_EQ(world.model().entities.size(), 4u);
}

TEST_F(Cow, capabilities_tell_what_is_known_and_nothing_of_what_is_missing) {
  const auto states = states_model(known(), {}, report);
  const std::string text =
      csv("ccode year milex milper irst pec tpop upop cinc",
          {"ccode=2 year=1900 milex=-9 milper=NA irst=0 pec=2e+05 tpop=10.5 upop=1 cinc=0.25"});
  const auto made = capabilities_model(data("nmc.csv", text), known(), report, rejected);
  ASSERT_TRUE(made.ok());
  EXPECT_THAT(made.value(), Not(HasSubstr("military_")));
  EXPECT_THAT(made.value(), HasSubstr("given iron_and_steel(cow_2) = 0 from 1900-01-01 until 1901-01-01;"));
  EXPECT_THAT(made.value(), HasSubstr("given energy_consumption(cow_2) = 200000 from"));
  EXPECT_THAT(made.value(), HasSubstr("given total_population(cow_2) = 11 from"));
  EXPECT_THAT(made.value(), HasSubstr("given capability_share(cow_2) = 250000 from"));
  EXPECT_EQ(times(Trap::minus_nine), 1u);
  EXPECT_EQ(times(Trap::blank), 1u);
  EXPECT_EQ(times(Trap::zero_may_be_missing), 1u);
  EXPECT_EQ(times(Trap::fraction), 1u);
  const World world({{"cow_states", states.value()}, {"cow_capabilities", made.value()}});
}

TEST_F(Cow, a_dispute_is_told_once_for_each_pair_from_the_side_that_began) {
  const Conflicts c =
      disputes({"dispnum=5 styear=1914 stmon=7 maxdur=40"},
               {"dispnum=5 ccode1=20 ccode2=2 year=1914 sidea2=1 hostlev1=3 hostlev2=4 orig1=1 orig2=1",
                "dispnum=5 ccode1=2 ccode2=20 year=1914 sidea1=1 hostlev1=4 hostlev2=3 orig1=1 orig2=1",
                "dispnum=5 ccode1=2 ccode2=200 year=1915 sidea1=1 hostlev1=4 hostlev2=5 orig1=1",
                "dispnum=5 ccode1=200 ccode2=2 year=1915 sidea2=1 hostlev2=4 hostlev1=5 orig2=1"});
  ASSERT_EQ(c.confrontations.size(), 2u);
  const Confrontation& first = c.confrontations[0];
  EXPECT_EQ(day_words(first.at), "1914-07-01");
  EXPECT_EQ(first.dated, "month");
  EXPECT_EQ(std::tuple(first.by, first.on, first.level, first.answer, first.late, first.opponents),
            std::tuple(2, 20, 4, 3, false, 1));
  const Confrontation& late = c.confrontations[1];
  EXPECT_EQ(day_words(late.at), "1915-01-01");
  EXPECT_EQ(late.dated, "year");
  EXPECT_TRUE(late.late);
  ASSERT_EQ(c.ends.size(), 1u);
  EXPECT_EQ(day_words(c.ends[0].at), "1916-01-01");  // the pair of 1915 outlasts the days that are coded
  EXPECT_EQ(times(Trap::one_direction), 0u);
}

TEST_F(Cow, who_used_force_first_is_told_in_the_other_direction_too) {
  const Conflicts c =
      disputes({"dispnum=5 styear=1914 stmon=7 maxdur=1"},
               {"dispnum=5 ccode1=2 ccode2=20 year=1914 sidea1=1 hostlev1=2 hostlev2=4 orig1=1 orig2=1"});
  ASSERT_EQ(c.confrontations.size(), 2u);
  EXPECT_EQ(std::tuple(c.confrontations[1].by, c.confrontations[1].on, c.confrontations[1].level),
            std::tuple(20, 2, 4));
  EXPECT_EQ(times(Trap::first_force_by_target), 1u);
  EXPECT_EQ(times(Trap::one_direction), 1u);
  EXPECT_EQ(day_words(c.ends[0].at), "1914-08-02");
}

TEST_F(Cow, odd_disputes_are_reported) {
  disputes(
      {"dispnum=5 styear=1950 stmon=NA maxdur=-9", "dispnum=6 styear=1914 stmon=7 maxdur=1"},
      {"dispnum=5 ccode1=2 ccode2=20 year=1914 sidea1=1 hostlev1=4 orig1=1 orig2=1",
       "dispnum=5 ccode1=20 ccode2=2 year=1914 sidea2=1 hostlev2=4 orig1=1 orig2=1",
       "dispnum=7 ccode1=2 ccode2=200 year=1914 hostlev1=4",
       "dispnum=8 ccode1=20 ccode2=2 year=1942 sidea1=1", "dispnum=8 ccode1=2 ccode2=777 year=1942 sidea1=1",
       "dispnum=8 ccode1=2 ccode2=2 year=1942 sidea1=1"});
  EXPECT_EQ(times(Trap::before_its_dispute), 1u);
  EXPECT_EQ(times(Trap::no_pairs), 1u);
  EXPECT_EQ(times(Trap::same_side), 1u);
  EXPECT_EQ(times(Trap::no_dispute_row), 1u);
  EXPECT_EQ(times(Trap::not_in_system), 1u);
  EXPECT_EQ(times(Trap::actor_not_listed), 1u);
  EXPECT_EQ(rejected.reasons, (std::vector<std::string>{"ccode2: a state has a dispute with itself"}));
}

TEST_F(Cow, a_war_takes_the_month_of_its_dispute) {
  const Conflicts dated =
      disputes({"dispnum=5 styear=1914 stmon=7 maxdur=40"},
               {"dispnum=5 ccode1=2 ccode2=20 year=1914 sidea1=1 hostlev1=5 hostlev2=5 orig1=1 orig2=1"});
  const Conflicts c = wars({"warnum=1 ccode1=20 ccode2=2 year=1914 sidea1=2 sidea2=1 initiator2=1",
                            "warnum=1 ccode1=2 ccode2=20 year=1914 sidea1=1 sidea2=2 initiator1=1",
                            "warnum=1 ccode1=200 ccode2=2 year=1914 sidea1=2 sidea2=1",
                            "warnum=1 ccode1=2 ccode2=300 year=1917 sidea1=1 sidea2=2"},
                           dated);
  ASSERT_EQ(c.confrontations.size(), 3u);
  EXPECT_EQ(std::pair(day_words(c.confrontations[0].at), c.confrontations[0].dated),
            std::pair(std::string("1914-07-01"), std::string_view("month")));
  EXPECT_EQ(std::pair(day_words(c.confrontations[1].at), c.confrontations[1].dated),
            std::pair(std::string("1914-07-01"), std::string_view("year")));
  EXPECT_EQ(std::pair(day_words(c.confrontations[2].at), c.confrontations[2].late),
            std::pair(std::string("1917-01-01"), true));
  for (const auto& x : c.confrontations) EXPECT_EQ(x.by, 2);
  EXPECT_EQ(c.confrontations[2].opponents, 1);
  EXPECT_EQ(day_words(c.ends[0].at), "1918-01-01");
  EXPECT_EQ(times(Trap::war_dated_by_dispute), 1u);
  EXPECT_EQ(times(Trap::war_dated_by_another), 1u);
}

TEST_F(Cow, without_an_initiator_side_1_is_taken) {
  const Conflicts c = wars({"warnum=1 ccode1=20 ccode2=2 year=1914 sidea1=1 sidea2=2"});
  ASSERT_EQ(c.confrontations.size(), 1u);
  EXPECT_EQ(c.confrontations[0].by, 20);
  EXPECT_EQ(times(Trap::initiator_unclear), 1u);
}

TEST_F(Cow, events_come_in_order_of_time) {
  const Conflicts d =
      disputes({"dispnum=5 styear=1914 stmon=7 maxdur=1"},
               {"dispnum=5 ccode1=2 ccode2=20 year=1914 sidea1=1 hostlev1=5 hostlev2=5 orig1=1 orig2=1"});
  const Conflicts w = wars({"warnum=1 ccode1=20 ccode2=2 year=1900 sidea1=1 sidea2=2 initiator1=1"});
  const std::string out = events_ndjson({&d, &w}, report);
  EXPECT_EQ(out,
            "{\"at\":\"1900-01-01\",\"event\":\"confronts\",\"id\":\"war1_20_2\",\"args\":{\"by\":\"cow_20\","
            "\"on\":\"cow_2\",\"conflict\":\"war.1\","
            "\"level\":5,\"answer\":5,\"opponents\":1,\"late\":false,\"dated\":\"year\"}}\n"
            "{\"at\":\"1901-01-01\",\"event\":\"conflict_ends\",\"args\":{\"conflict\":\"war.1\",\"dated\":"
            "\"year\"}}\n"
            "{\"at\":\"1914-07-01\",\"event\":\"confronts\",\"id\":\"mid5_2_20\",\"args\":{\"by\":\"cow_2\","
            "\"on\":\"cow_20\",\"conflict\":\"mid.5\","
            "\"level\":5,\"answer\":5,\"opponents\":1,\"late\":false,\"dated\":\"month\"}}\n"
            "{\"at\":\"1914-08-02\",\"event\":\"conflict_ends\",\"args\":{\"conflict\":\"mid.5\",\"dated\":"
            "\"month\"}}\n");
}

}  // namespace
}  // namespace casus::imports
