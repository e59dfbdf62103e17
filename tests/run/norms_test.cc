// SPDX-License-Identifier: Apache-2.0
// Duties from birth to end: docs/semantics.md §3, §6.
#include "run/harness.h"

namespace casus::run::test {
namespace {

template <class On>
class Norms : public ::testing::Test {};
TYPED_TEST_SUITE(Norms, Engines);

// One pact between three of the four, with the given clauses; then the given events.
std::string pact(std::string_view clauses, std::string_view events, std::string_view more = {}) {
  return "instrument Pact { in force from 2020-01-01; party ALFA, BRAVO, CHARLIE; article 1 {" +
         std::string(clauses) + "} " + std::string(more) +
         "} scenario \"story\" { under Pact; from 2023-01-01; until 2023-12-31; " + std::string(events) + "}";
}

constexpr const char* mutual_help =
    "when attack(on: party victim) each party ally except victim shall help(to: victim) within 24 h;";

TYPED_TEST(Norms, an_act_at_the_very_instant_of_the_deadline_is_in_time) {
  EXPECT_EQ(records<TypeParam>(pact(mutual_help, R"(
    2023-01-10T06:00Z attack(by: DELTA, on: ALFA);
    2023-01-11T06:00Z help(by: BRAVO, to: ALFA);
    2023-01-11T06:01Z help(by: CHARLIE, to: ALFA);
  )")),
            R"(
2023-01-10T06:00Z born BRAVO Pact.1 #0 @0 due 2023-01-11T06:00Z
2023-01-10T06:00Z born CHARLIE Pact.1 #0 @0 due 2023-01-11T06:00Z
2023-01-11T06:00Z fulfilled BRAVO Pact.1 #0 @1
2023-01-11T06:00Z breach CHARLIE Pact.1 #0
)");
}

TYPED_TEST(Norms, a_month_after_the_31st_is_the_months_last_day) {
  EXPECT_EQ(records<TypeParam>(pact("when ask(by: party p) p shall report within 1 month;",
                                    "2023-01-31T10:00Z ask(by: ALFA);")),
            R"(
2023-01-31T10:00Z born ALFA Pact.1 #0 @0 due 2023-02-28T10:00Z
2023-02-28T10:00Z breach ALFA Pact.1 #0
)");
}

TYPED_TEST(Norms, one_act_performs_every_duty_that_it_fits) {
  EXPECT_EQ(
      records<TypeParam>(pact("when ask(by: party p) each party q except p shall pay(to: p) within 10 d;", R"(
    2023-01-01T00:00Z ask(by: ALFA);
    2023-01-02T00:00Z ask(by: ALFA);
    2023-01-03T00:00Z pay(by: BRAVO, to: ALFA);
    2023-01-04T00:00Z pay(by: CHARLIE, to: BRAVO);
  )")),
      R"(
2023-01-01T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-11T00:00Z
2023-01-01T00:00Z born CHARLIE Pact.1 #0 @0 due 2023-01-11T00:00Z
2023-01-02T00:00Z born BRAVO Pact.1 #1 @1 due 2023-01-12T00:00Z
2023-01-02T00:00Z born CHARLIE Pact.1 #1 @1 due 2023-01-12T00:00Z
2023-01-03T00:00Z fulfilled BRAVO Pact.1 #0 @2
2023-01-03T00:00Z fulfilled BRAVO Pact.1 #1 @2
2023-01-11T00:00Z breach CHARLIE Pact.1 #0
2023-01-12T00:00Z breach CHARLIE Pact.1 #1
)");
}

TYPED_TEST(Norms, termination_releases_what_is_pending_and_leaves_breaches) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    when ask(by: party p) each party q except p shall pay(to: p) within 10 d;
    when wreck(by: party) then Pact is terminated;)",
                                    R"(
    2023-01-01T00:00Z ask(by: ALFA);
    2023-01-05T00:00Z ask(by: BRAVO);
    2023-01-12T00:00Z wreck(by: CHARLIE);
    2023-01-13T00:00Z ask(by: ALFA);
  )")),
            R"(
2023-01-01T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-11T00:00Z
2023-01-01T00:00Z born CHARLIE Pact.1 #0 @0 due 2023-01-11T00:00Z
2023-01-05T00:00Z born ALFA Pact.1 #1 @1 due 2023-01-15T00:00Z
2023-01-05T00:00Z born CHARLIE Pact.1 #1 @1 due 2023-01-15T00:00Z
2023-01-11T00:00Z breach BRAVO Pact.1 #0
2023-01-11T00:00Z breach CHARLIE Pact.1 #0
2023-01-12T00:00Z begins terminated(Pact)
2023-01-12T00:00Z ends in_force(Pact)
2023-01-12T00:00Z released ALFA Pact.1 #1 terminated
2023-01-12T00:00Z released CHARLIE Pact.1 #1 terminated
)");
}

TYPED_TEST(Norms, a_reparation_counts_from_the_missed_deadline_and_may_end_in_a_breach_of_its_own) {
  EXPECT_EQ(
      records<TypeParam>(pact(
          "when ask(by: party p) BRAVO shall pay(to: p) within 2 d otherwise BRAVO shall report within 3 d;",
          R"(
    2023-01-01T00:00Z ask(by: ALFA);
    2023-01-04T00:00Z pay(by: BRAVO, to: ALFA);
  )")),
      R"(
2023-01-01T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-03T00:00Z
2023-01-03T00:00Z breach BRAVO Pact.1 #0
2023-01-03T00:00Z born BRAVO Pact.1 (2) #1 due 2023-01-06T00:00Z
2023-01-06T00:00Z breach BRAVO Pact.1 (2) #1
)");
}

TYPED_TEST(Norms, the_reparation_of_each_is_owed_by_the_one_who_failed) {
  EXPECT_EQ(records<TypeParam>(pact("when ask(by: party p) each party q except p shall pay(to: p) within 2 d "
                                    "otherwise q shall report within 1 d;",
                                    R"(
    2023-01-01T00:00Z ask(by: ALFA);
    2023-01-02T00:00Z pay(by: BRAVO, to: ALFA);
    2023-01-03T12:00Z report(by: CHARLIE);
  )")),
            R"(
2023-01-01T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-03T00:00Z
2023-01-01T00:00Z born CHARLIE Pact.1 #0 @0 due 2023-01-03T00:00Z
2023-01-02T00:00Z fulfilled BRAVO Pact.1 #0 @1
2023-01-03T00:00Z breach CHARLIE Pact.1 #0
2023-01-03T00:00Z born CHARLIE Pact.1 (2) #1 due 2023-01-04T00:00Z
2023-01-03T12:00Z fulfilled CHARLIE Pact.1 (2) #1 @2
)");
}

TYPED_TEST(Norms, a_duty_may_be_released_and_triggered_again) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    when ask(by: party p) BRAVO shall pay(to: p) within 10 d until exempt(BRAVO);
    when leave(by: state s) then begins exempt(s);
    when enter(by: state s) then ends exempt(s);)",
                                    R"(
    2023-01-01T00:00Z ask(by: ALFA);
    2023-01-02T00:00Z leave(by: BRAVO);
    2023-01-03T00:00Z ask(by: ALFA);
    2023-01-04T00:00Z enter(by: BRAVO);
    2023-01-05T00:00Z ask(by: ALFA);
    2023-01-06T00:00Z pay(by: BRAVO, to: ALFA);
  )")),
            R"(
2023-01-01T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-11T00:00Z
2023-01-02T00:00Z begins exempt(BRAVO)
2023-01-02T00:00Z released BRAVO Pact.1 #0 condition_met
2023-01-04T00:00Z ends exempt(BRAVO)
2023-01-05T00:00Z born BRAVO Pact.1 #1 @4 due 2023-01-15T00:00Z
2023-01-06T00:00Z fulfilled BRAVO Pact.1 #1 @5
)");
}

TYPED_TEST(Norms, who_accedes_after_the_trigger_is_not_bound_by_it_and_who_withdraws_is_released) {
  EXPECT_EQ(records<TypeParam>(pact(std::string(mutual_help) + R"(
    when enter(by: state s) then s becomes party;
    when leave(by: state s) then s ceases to be party;)",
                                    R"(
    2023-01-10T06:00Z attack(by: ECHO, on: ALFA);
    2023-01-10T07:00Z enter(by: DELTA);
    2023-01-10T08:00Z leave(by: BRAVO);
    2023-01-10T09:00Z attack(by: ECHO, on: ALFA);
    2023-01-10T10:00Z help(by: CHARLIE, to: ALFA);
    2023-01-10T11:00Z help(by: DELTA, to: ALFA);
  )")),
            R"(
2023-01-10T06:00Z born BRAVO Pact.1 #0 @0 due 2023-01-11T06:00Z
2023-01-10T06:00Z born CHARLIE Pact.1 #0 @0 due 2023-01-11T06:00Z
2023-01-10T07:00Z begins party(DELTA, Pact)
2023-01-10T08:00Z ends party(BRAVO, Pact)
2023-01-10T08:00Z released BRAVO Pact.1 #0 no_longer_bound
2023-01-10T09:00Z born CHARLIE Pact.1 #1 @3 due 2023-01-11T09:00Z
2023-01-10T09:00Z born DELTA Pact.1 #1 @3 due 2023-01-11T09:00Z
2023-01-10T10:00Z fulfilled CHARLIE Pact.1 #0 @4
2023-01-10T10:00Z fulfilled CHARLIE Pact.1 #1 @4
2023-01-10T11:00Z fulfilled DELTA Pact.1 #1 @5
)");
}

TYPED_TEST(Norms, late_performance_is_recorded_where_the_text_waits_for_it) {
  EXPECT_EQ(
      records<TypeParam>(pact("when ask(by: party p) BRAVO shall pay(to: p) within 2 d even if late;", R"(
    2023-01-01T00:00Z ask(by: ALFA);
    2023-01-04T00:00Z pay(by: BRAVO, to: ALFA);
    2023-01-05T00:00Z pay(by: BRAVO, to: ALFA);
  )")),
      R"(
2023-01-01T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-03T00:00Z
2023-01-03T00:00Z breach BRAVO Pact.1 #0
2023-01-04T00:00Z late BRAVO Pact.1 #0 @1
)");
}

TYPED_TEST(Norms, a_duty_at_discretion_is_never_breached) {
  EXPECT_EQ(records<TypeParam>(pact("when ask(by: party p) BRAVO shall pay(to: p) within 2 d as it deems "
                                    "necessary otherwise BRAVO shall report;",
                                    "2023-01-01T00:00Z ask(by: ALFA);")),
            R"(
2023-01-01T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-03T00:00Z
2023-01-03T00:00Z unperformed BRAVO Pact.1 #0
)");
}

TYPED_TEST(Norms, one_of_several_acts_is_enough_and_two_must_differ) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    when ask(by: party p) BRAVO shall take one of { pay, help }(to: p) within 2 d;
    when ask(by: party p) CHARLIE shall take at least 2 of { pay, help }(to: p) within 2 d;)",
                                    R"(
    2023-01-01T00:00Z ask(by: ALFA);
    2023-01-01T01:00Z help(by: BRAVO, to: ALFA);
    2023-01-01T02:00Z pay(by: CHARLIE, to: ALFA);
    2023-01-01T03:00Z pay(by: CHARLIE, to: ALFA);
    2023-01-01T04:00Z help(by: CHARLIE, to: BRAVO);
    2023-01-01T05:00Z help(by: CHARLIE, to: ALFA);
  )")),
            R"(
2023-01-01T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-03T00:00Z
2023-01-01T00:00Z born CHARLIE Pact.1 (2) #1 @0 due 2023-01-03T00:00Z
2023-01-01T01:00Z fulfilled BRAVO Pact.1 #0 @1
2023-01-01T05:00Z fulfilled CHARLIE Pact.1 (2) #1 @5
)");
}

TYPED_TEST(Norms, a_duty_borne_together_is_performed_by_any_and_missed_by_all) {
  EXPECT_EQ(
      records<TypeParam>(pact("when ask(by: state p) the party together shall pay(to: p) within 2 d;", R"(
    2023-01-01T00:00Z ask(by: DELTA);
    2023-01-02T00:00Z pay(by: BRAVO, to: DELTA);
    2023-01-03T00:00Z ask(by: ECHO);
  )")),
      R"(
2023-01-01T00:00Z born ALFA Pact.1 #0 @0 due 2023-01-03T00:00Z
2023-01-01T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-03T00:00Z
2023-01-01T00:00Z born CHARLIE Pact.1 #0 @0 due 2023-01-03T00:00Z
2023-01-02T00:00Z fulfilled ALFA Pact.1 #0 @1
2023-01-02T00:00Z fulfilled BRAVO Pact.1 #0 @1
2023-01-02T00:00Z fulfilled CHARLIE Pact.1 #0 @1
2023-01-03T00:00Z born ALFA Pact.1 #1 @2 due 2023-01-05T00:00Z
2023-01-03T00:00Z born BRAVO Pact.1 #1 @2 due 2023-01-05T00:00Z
2023-01-03T00:00Z born CHARLIE Pact.1 #1 @2 due 2023-01-05T00:00Z
2023-01-05T00:00Z breach ALFA Pact.1 #1
2023-01-05T00:00Z breach BRAVO Pact.1 #1
2023-01-05T00:00Z breach CHARLIE Pact.1 #1
)");
}

TYPED_TEST(Norms, a_condition_to_be_maintained_is_breached_and_restored) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    BRAVO shall ensure disarmed(BRAVO) otherwise BRAVO shall report within 1 d;
    when mend(by: state s) then begins disarmed(s);
    when wreck(by: state s) then ends disarmed(s);)",
                                    R"(
    2023-01-02T00:00Z mend(by: BRAVO);
    2023-01-03T00:00Z report(by: BRAVO);
    2023-01-05T00:00Z wreck(by: BRAVO);
    2023-01-05T12:00Z report(by: BRAVO);
  )")),
            R"(
2023-01-01T00:00Z born BRAVO Pact.1 #0
2023-01-01T00:00Z breach BRAVO Pact.1 #0
2023-01-01T00:00Z born BRAVO Pact.1 (2) #1 due 2023-01-02T00:00Z
2023-01-02T00:00Z begins disarmed(BRAVO)
2023-01-02T00:00Z restored BRAVO Pact.1 #0
2023-01-02T00:00Z breach BRAVO Pact.1 (2) #1
2023-01-05T00:00Z ends disarmed(BRAVO)
2023-01-05T00:00Z breach BRAVO Pact.1 #0
2023-01-05T00:00Z born BRAVO Pact.1 (2) #2 due 2023-01-06T00:00Z
2023-01-05T12:00Z fulfilled BRAVO Pact.1 (2) #2 @3
)");
}

TYPED_TEST(Norms, something_to_be_brought_about_is_done_whoever_brings_it_about) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    when ask(by: state) each party shall bring about disarmed(BRAVO) within 5 d;
    when mend(by: state) then begins disarmed(BRAVO);)",
                                    R"(
    2023-01-02T00:00Z ask(by: DELTA);
    2023-01-03T00:00Z mend(by: DELTA);
    2023-01-04T00:00Z ask(by: DELTA);
  )")),
            R"(
2023-01-02T00:00Z born ALFA Pact.1 #0 @0 due 2023-01-07T00:00Z
2023-01-02T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-07T00:00Z
2023-01-02T00:00Z born CHARLIE Pact.1 #0 @0 due 2023-01-07T00:00Z
2023-01-03T00:00Z begins disarmed(BRAVO)
2023-01-03T00:00Z fulfilled ALFA Pact.1 #0
2023-01-03T00:00Z fulfilled BRAVO Pact.1 #0
2023-01-03T00:00Z fulfilled CHARLIE Pact.1 #0
2023-01-04T00:00Z born ALFA Pact.1 #1 @2 due 2023-01-09T00:00Z
2023-01-04T00:00Z born BRAVO Pact.1 #1 @2 due 2023-01-09T00:00Z
2023-01-04T00:00Z born CHARLIE Pact.1 #1 @2 due 2023-01-09T00:00Z
2023-01-04T00:00Z fulfilled ALFA Pact.1 #1
2023-01-04T00:00Z fulfilled BRAVO Pact.1 #1
2023-01-04T00:00Z fulfilled CHARLIE Pact.1 #1
)");
}

TYPED_TEST(Norms, a_reservation_excludes_its_article_for_its_party_until_its_end) {
  EXPECT_EQ(records<TypeParam>(pact("when ask(by: state) each party except ALFA shall report promptly;", R"(
    2023-01-10T00:00Z ask(by: DELTA);
    2023-02-01T00:00Z ask(by: DELTA);)",
                                    "reservation by BRAVO to article 1 until 2023-02-01;")),
            R"(
2023-01-10T00:00Z born CHARLIE Pact.1 #0 @0
2023-02-01T00:00Z born BRAVO Pact.1 #1 @1
2023-02-01T00:00Z born CHARLIE Pact.1 #1 @1
)");
}

TYPED_TEST(Norms, a_standing_duty_counts_from_the_moment_at_which_it_began_to_bind) {
  EXPECT_EQ(records<TypeParam>(R"(
    instrument Pact {
      in force from 2022-12-01;
      party ALFA;  party BRAVO from 2022-12-15;  party CHARLIE from 2023-01-10;
      article 1 { each party shall report within 2 months; when enter(by: state s) then s becomes party; }
    }
    scenario "s" { under Pact; from 2023-01-01; until 2023-12-31;
      2023-01-05T00:00Z enter(by: DELTA);
      2023-02-10T00:00Z report(by: BRAVO);
      2023-02-11T00:00Z report(by: CHARLIE);
    })"),
            R"(
2023-01-01T00:00Z born ALFA Pact.1 #0 due 2023-02-01T00:00Z
2023-01-01T00:00Z born BRAVO Pact.1 #1 due 2023-02-15T00:00Z
2023-01-05T00:00Z begins party(DELTA, Pact)
2023-01-05T00:00Z born DELTA Pact.1 #2 due 2023-03-05T00:00Z
2023-01-10T00:00Z begins party(CHARLIE, Pact)
2023-01-10T00:00Z born CHARLIE Pact.1 #3 due 2023-03-10T00:00Z
2023-02-01T00:00Z breach ALFA Pact.1 #0
2023-02-10T00:00Z fulfilled BRAVO Pact.1 #1 @1
2023-02-11T00:00Z fulfilled CHARLIE Pact.1 #3 @2
2023-03-05T00:00Z breach DELTA Pact.1 #2
)");
}

TYPED_TEST(Norms, a_membership_given_twice_counts_from_its_first_beginning) {
  EXPECT_EQ(records<TypeParam>(R"(
    instrument Pact { in force from 2022-12-01; party ALFA from 2022-12-10; party ALFA from 2022-12-20; article 1 { each party shall report within 2 months; } }
    scenario "s" { under Pact; from 2023-01-01; until 2023-01-31; })"),
            R"(
2023-01-01T00:00Z born ALFA Pact.1 #0 due 2023-02-10T00:00Z
)");
}

TYPED_TEST(Norms, a_duty_lapses_when_its_while_fails_or_its_last_day_is_over) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    when ask(by: state) BRAVO shall report while not exempt(BRAVO);
    when ask(by: state) CHARLIE shall report until 2023-01-20T12:00Z;
    when leave(by: state s) then begins exempt(s);)",
                                    R"(
    2023-01-02T00:00Z ask(by: DELTA);
    2023-01-03T00:00Z leave(by: BRAVO);
    2023-01-21T00:00Z ask(by: DELTA);
  )")),
            R"(
2023-01-02T00:00Z born BRAVO Pact.1 #0 @0
2023-01-02T00:00Z born CHARLIE Pact.1 (2) #1 @0
2023-01-03T00:00Z begins exempt(BRAVO)
2023-01-03T00:00Z lapsed BRAVO Pact.1 #0 condition_failed
2023-01-20T12:00Z lapsed CHARLIE Pact.1 (2) #1 date_passed
)");
}

TYPED_TEST(Norms, suspension_stops_the_clock_and_resumption_gives_back_the_time_that_was_left) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    when ask(by: party p) each party q except p shall pay(to: p) within 10 d;
    when wreck(by: state) then Pact is suspended;
    when leave(by: state s) then Pact is suspended for s;
    when mend(by: state) then Pact resumes;)",
                                    R"(
    2023-01-01T00:00Z ask(by: ALFA);
    2023-01-04T00:00Z wreck(by: DELTA);
    2023-01-05T00:00Z pay(by: CHARLIE, to: ALFA);
    2023-02-01T00:00Z ask(by: ALFA);
  )")),
            R"(
2023-01-01T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-11T00:00Z
2023-01-01T00:00Z born CHARLIE Pact.1 #0 @0 due 2023-01-11T00:00Z
2023-01-04T00:00Z begins suspended(Pact, Pact)
2023-01-04T00:00Z suspended BRAVO Pact.1 #0
2023-01-04T00:00Z suspended CHARLIE Pact.1 #0
2023-01-05T00:00Z fulfilled CHARLIE Pact.1 #0 @2
)");
  // A rule outside the instrument can resume it: the instrument's own consequences are suspended too.
  EXPECT_EQ(records<TypeParam>("when mend(by: state) then Pact resumes;" + pact(R"(
    when ask(by: party p) each party q except p shall pay(to: p) within 10 d;
    when wreck(by: state) then Pact is suspended;)",
                                                                                R"(
    2023-01-01T00:00Z ask(by: ALFA);
    2023-01-04T00:00Z wreck(by: DELTA);
    2023-02-01T00:00Z mend(by: DELTA);
    2023-02-03T00:00Z pay(by: BRAVO, to: ALFA);
  )")),
            R"(
2023-01-01T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-11T00:00Z
2023-01-01T00:00Z born CHARLIE Pact.1 #0 @0 due 2023-01-11T00:00Z
2023-01-04T00:00Z begins suspended(Pact, Pact)
2023-01-04T00:00Z suspended BRAVO Pact.1 #0
2023-01-04T00:00Z suspended CHARLIE Pact.1 #0
2023-02-01T00:00Z ends suspended(Pact, Pact)
2023-02-01T00:00Z resumed BRAVO Pact.1 #0 due 2023-02-08T00:00Z
2023-02-01T00:00Z resumed CHARLIE Pact.1 #0 due 2023-02-08T00:00Z
2023-02-03T00:00Z fulfilled BRAVO Pact.1 #0 @3
2023-02-08T00:00Z breach CHARLIE Pact.1 #0
)");
}

TYPED_TEST(Norms, suspended_for_one_the_others_go_on) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    when ask(by: party p) each party q except p shall pay(to: p) within 10 d;
    when leave(by: state s) then Pact is suspended for s;)",
                                    R"(
    2023-01-01T00:00Z ask(by: ALFA);
    2023-01-04T00:00Z leave(by: BRAVO);
    2023-02-01T00:00Z ask(by: ALFA);
  )")),
            R"(
2023-01-01T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-11T00:00Z
2023-01-01T00:00Z born CHARLIE Pact.1 #0 @0 due 2023-01-11T00:00Z
2023-01-04T00:00Z begins suspended(Pact, BRAVO)
2023-01-04T00:00Z suspended BRAVO Pact.1 #0
2023-01-11T00:00Z breach CHARLIE Pact.1 #0
2023-02-01T00:00Z born CHARLIE Pact.1 #1 @2 due 2023-02-11T00:00Z
2023-02-11T00:00Z breach CHARLIE Pact.1 #1
)");
}

TYPED_TEST(Norms, outcomes_trigger_clauses_and_what_is_live_at_the_end_is_listed) {
  const model::Model model = model_of(pact(R"(
    when ask(by: party p) BRAVO shall pay(to: p) within 2 d;
    when attack(on: party v) each party q except v shall help(to: v) promptly;)",
                                           R"(
    2023-01-01T00:00Z ask(by: ALFA);
    2023-01-05T00:00Z attack(by: DELTA, on: ALFA);
    2023-01-06T00:00Z help(by: BRAVO, to: ALFA);)",
                                           R"(
    article 2 {
      when breach of article 1 by party who CHARLIE shall pay(to: who) within 1 d;
      when performance of article 1 by party who then begins exempt(who);
    })"));
  ASSERT_EQ(model.scenarios.size(), 1u);
  const Replayed out = replay<TypeParam>(model);
  EXPECT_EQ(out.records, R"(
2023-01-01T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-03T00:00Z
2023-01-03T00:00Z breach BRAVO Pact.1 #0
2023-01-03T00:00Z born CHARLIE Pact.2 #1 due 2023-01-04T00:00Z
2023-01-04T00:00Z breach CHARLIE Pact.2 #1
2023-01-05T00:00Z born BRAVO Pact.1 (2) #2 @1
2023-01-05T00:00Z born CHARLIE Pact.1 (2) #2 @1
2023-01-06T00:00Z fulfilled BRAVO Pact.1 (2) #2 @2
2023-01-06T00:00Z begins exempt(BRAVO)
)");
  ASSERT_EQ(out.live.size(), 1u);
  const LiveDuty& l = out.live.front();
  EXPECT_EQ(model[l.bearer].name, "CHARLIE");
  EXPECT_EQ(model.cite(l.clause), "Pact.1 (2)");
  EXPECT_EQ(l.duty, 2u);
  EXPECT_EQ(l.trigger, 1u);
  EXPECT_EQ(l.state, LiveDuty::State::pending);
  EXPECT_EQ(l.deadline, model::no_value);
  ASSERT_EQ(l.vars.size(), 1u);
  EXPECT_EQ(l.vars[0], Value{model.find_entity("ALFA").value});
}

}  // namespace
}  // namespace casus::run::test
