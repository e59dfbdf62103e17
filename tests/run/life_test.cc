// SPDX-License-Identifier: Apache-2.0
// Facts, derived facts, moments and the life of instruments: docs/semantics.md §2, §3, §6.9, §7.
#include "run/harness.h"

namespace casus::run::test {
namespace {

template <class On>
class Life : public ::testing::Test {};
TYPED_TEST_SUITE(Life, Engines);

constexpr const char* interval = " from 2023-01-01; until 2023-12-31; ";

TYPED_TEST(Life, the_first_instant_of_a_fact_is_no_exception) {
  EXPECT_EQ(records<TypeParam>(std::string(R"(
    given exempt(BRAVO) from 2023-01-10T06:00Z until 2023-01-11;
    instrument Pact { in force from 2023-01-09T06:00Z; party BRAVO; article 1 { when ask(by: state) BRAVO shall report promptly unless exempt(BRAVO); } }
    scenario "s" { under Pact;)") +
                               interval + R"(
      2023-01-09T05:59Z ask(by: ALFA);
      2023-01-09T06:00Z ask(by: ALFA);
      2023-01-10T06:00Z ask(by: ALFA);
      2023-01-11T00:00Z ask(by: ALFA); })"),
            R"(
2023-01-09T06:00Z begins in_force(Pact)
2023-01-09T06:00Z begins party(BRAVO, Pact)
2023-01-09T06:00Z born BRAVO Pact.1 #0 @1
2023-01-10T06:00Z begins exempt(BRAVO)
2023-01-11T00:00Z ends exempt(BRAVO)
2023-01-11T00:00Z born BRAVO Pact.1 #1 @3
)");
}

TYPED_TEST(Life, moments_begin_and_end_triggers_come_in_clause_order) {
  EXPECT_EQ(records<TypeParam>(std::string(R"(
    given size(ALFA) = 1; given size(ALFA) = 5 from 2023-02-01; given size(ALFA) = 6 from 2023-03-01;
    once ALFA.size >= 5 then begins exempt(ALFA);
    when begins exempt(state s) then begins disarmed(s);
    when begins exempt(state s) where not disarmed(s) s shall report within 1 d;
    when ends disarmed(state s) s shall report within 2 d;
    when mend(by: state s) then ends disarmed(s);
    scenario "s" {)") + interval +
                               "2023-04-01T00:00Z mend(by: ALFA); }"),
            R"(
2023-02-01T00:00Z ends size(ALFA) = 1
2023-02-01T00:00Z begins size(ALFA) = 5
2023-02-01T00:00Z begins exempt(ALFA)
2023-02-01T00:00Z begins disarmed(ALFA)
2023-02-01T00:00Z born ALFA rule 3 #0 due 2023-02-02T00:00Z
2023-02-02T00:00Z breach ALFA rule 3 #0
2023-03-01T00:00Z ends size(ALFA) = 5
2023-03-01T00:00Z begins size(ALFA) = 6
2023-04-01T00:00Z ends disarmed(ALFA)
2023-04-01T00:00Z born ALFA rule 4 #1 due 2023-04-03T00:00Z
2023-04-03T00:00Z breach ALFA rule 4 #1
)");
}

TYPED_TEST(Life, a_derived_fact_may_be_recursive_and_negated_above) {
  EXPECT_EQ(records<TypeParam>(std::string(R"(
    fact linked(a: state, b: state);
    derived reaches(a: state, b: state) when linked(a, b) or some state c where linked(a, c) and reaches(c, b);
    derived apart(a: state, b: state) when not reaches(a, b) and some state c where linked(a, c);
    derived far(a: state, b: state) when apart(a, b) or some state c where linked(c, a) and far(c, b);
    given linked(ALFA, BRAVO); given linked(BRAVO, CHARLIE); given linked(CHARLIE, ALFA); given linked(CHARLIE, DELTA) from 2023-02-01 until 2023-03-01;
    once reaches(ALFA, DELTA) ALFA shall report within 1 d;
    once not reaches(ALFA, DELTA) BRAVO shall report within 1 d;
    when ask(by: state s) where far(s, DELTA) s shall report promptly;
    scenario "s" {)") + interval +
                               R"(
      2023-01-02T00:00Z ask(by: ALFA);
      2023-01-03T00:00Z ask(by: DELTA);
      2023-02-02T00:00Z ask(by: BRAVO); })"),
            R"(
2023-01-02T00:00Z born ALFA rule 3 #0 @0
2023-02-01T00:00Z begins linked(CHARLIE, DELTA)
2023-02-01T00:00Z born ALFA rule 1 #1 due 2023-02-02T00:00Z
2023-02-02T00:00Z breach ALFA rule 1 #1
2023-03-01T00:00Z ends linked(CHARLIE, DELTA)
2023-03-01T00:00Z born BRAVO rule 2 #2 due 2023-03-02T00:00Z
2023-03-02T00:00Z breach BRAVO rule 2 #2
)");
}

// BRAVO reaches DELTA only by ALFA, and ALFA is being asked about when BRAVO is: what is not known yet must not be negated.
TYPED_TEST(Life, what_is_negated_is_known_completely_before) {
  EXPECT_EQ(records<TypeParam>(std::string(R"(
    fact linked(a: state, b: state);
    derived reaches(a: state, b: state) when linked(a, b) or some state c where linked(a, c) and reaches(c, b);
    derived apart(a: state, b: state) when not reaches(a, b);
    derived far(a: state, b: state) when apart(a, b) or some state c where linked(c, a) and far(c, b);
    given linked(ALFA, BRAVO); given linked(BRAVO, ALFA); given linked(ALFA, CHARLIE); given linked(CHARLIE, DELTA);
    when ask(by: state s) where far(s, DELTA) s shall report promptly;
    scenario "s" {)") + interval +
                               R"(
      2023-01-02T00:00Z ask(by: ALFA);
      2023-01-03T00:00Z ask(by: DELTA); })"),
            R"(
2023-01-03T00:00Z born DELTA rule 1 #0 @1
)");
}

TYPED_TEST(Life, a_successor_takes_the_place_with_what_is_pending) {
  EXPECT_EQ(records<TypeParam>(std::string(R"(
    instrument Pact {
      in force from 2022-12-01; party ALFA, BRAVO; party CHARLIE from 2023-01-20 as successor of BRAVO;
      role keeper: BRAVO;
      article 1 { each party shall report within 3 months; }
      article 2 { when ask(by: party p) each party q except p shall pay(to: p) within 30 d; }
      article 3 { when ask(by: party) each keeper shall help(to: ALFA) within 30 d; }
    }
    scenario "s" { under Pact;)") +
                               interval + R"(
      2023-01-10T00:00Z ask(by: ALFA);
      2023-01-21T00:00Z pay(by: CHARLIE, to: ALFA);
      2023-01-22T00:00Z help(by: CHARLIE, to: ALFA); })"),
            R"(
2023-01-01T00:00Z born ALFA Pact.1 #0 due 2023-03-01T00:00Z
2023-01-01T00:00Z born BRAVO Pact.1 #0 due 2023-03-01T00:00Z
2023-01-10T00:00Z born BRAVO Pact.2 #1 @0 due 2023-02-09T00:00Z
2023-01-10T00:00Z born BRAVO Pact.3 #2 @0 due 2023-02-09T00:00Z
2023-01-20T00:00Z transferred CHARLIE Pact.1 #0 from BRAVO
2023-01-20T00:00Z transferred CHARLIE Pact.2 #1 from BRAVO
2023-01-20T00:00Z transferred CHARLIE Pact.3 #2 from BRAVO
2023-01-20T00:00Z begins party(CHARLIE, Pact)
2023-01-20T00:00Z begins keeper(CHARLIE)
2023-01-20T00:00Z ends party(BRAVO, Pact)
2023-01-20T00:00Z ends keeper(BRAVO)
2023-01-21T00:00Z fulfilled CHARLIE Pact.2 #1 @1
2023-01-22T00:00Z fulfilled CHARLIE Pact.3 #2 @2
2023-03-01T00:00Z breach ALFA Pact.1 #0
2023-03-01T00:00Z breach CHARLIE Pact.1 #0
)");
}

TYPED_TEST(Life, a_draft_binds_only_as_if_it_were_in_force_and_nothing_outside_the_case_exists) {
  const std::string drafts = R"(
    instrument Draft { draft since 2022-01-01; party ALFA; role helper: BRAVO; article 1 { when ask(by: state) each helper shall report promptly; } }
    instrument Other { in force from 2000-01-01; party ALFA; article 1 { when ask(by: state) each party shall report promptly; } }
    scenario "s" { under Draft)";
  const std::string rest =
      std::string(";") + interval + "2023-01-02T00:00Z ask(by: DELTA); 2023-02-01T00:00Z ask(by: DELTA); }";
  EXPECT_EQ(records<TypeParam>(drafts + rest), "\n");
  EXPECT_EQ(records<TypeParam>(drafts + " as if in force from 2023-01-15" + rest), R"(
2023-01-15T00:00Z begins party(ALFA, Draft)
2023-01-15T00:00Z begins helper(BRAVO)
2023-01-15T00:00Z begins in_force(Draft)
2023-02-01T00:00Z born BRAVO Draft.1 #0 @1
)");
}

TYPED_TEST(Life, whose_place_ended_before_the_as_if_date_has_none) {
  EXPECT_EQ(records<TypeParam>(std::string(R"(
    instrument Draft {
      draft since 2022-01-01;
      party ALFA until 2023-01-10;
      party BRAVO until 2023-01-15;
      party CHARLIE until 2023-01-20;
      party DELTA from 2023-01-02 until 2023-01-03;
      role helper: ALFA until 2023-01-10;
      role keeper: CHARLIE until 2023-01-20;
    }
    scenario "s" { under Draft as if in force from 2023-01-15;)") +
                               interval + "}"),
            R"(
2023-01-02T00:00Z begins party(DELTA, Draft)
2023-01-03T00:00Z ends party(DELTA, Draft)
2023-01-15T00:00Z begins party(CHARLIE, Draft)
2023-01-15T00:00Z begins keeper(CHARLIE)
2023-01-15T00:00Z begins in_force(Draft)
2023-01-20T00:00Z ends party(CHARLIE, Draft)
2023-01-20T00:00Z ends keeper(CHARLIE)
)");
}

TYPED_TEST(Life, what_has_happened_is_remembered_and_may_grow_old) {
  EXPECT_EQ(records<TypeParam>(std::string(R"(
    when ask(by: state s) where happened attack(on: s) s shall report promptly;
    when ask(by: state s) where happened attack(on: s) within 10 d s shall leave promptly;
    ALFA shall mend promptly until happened attack(by: ALFA);
    scenario "s" {)") + interval +
                               R"(
      2023-01-02T00:00Z ask(by: BRAVO);
      2023-01-03T00:00Z attack(by: ALFA, on: BRAVO);
      2023-01-13T00:00Z ask(by: BRAVO);
      2023-01-13T00:01Z ask(by: BRAVO); })"),
            R"(
2023-01-01T00:00Z born ALFA rule 3 #0
2023-01-03T00:00Z released ALFA rule 3 #0 condition_met
2023-01-13T00:00Z born BRAVO rule 1 #1 @2
2023-01-13T00:00Z born BRAVO rule 2 #2 @2
2023-01-13T00:01Z born BRAVO rule 1 #3 @3
)");
}

TYPED_TEST(Life, entry_into_force_and_end_may_hang_on_conditions) {
  EXPECT_EQ(records<TypeParam>(std::string(R"(
    institutional event ratify(by: state) { begins exempt(by); }
    each state may ratify;
    instrument Pact {
      party ALFA; in force once (count of state s where exempt(s)) >= 2 after 30 d; ends once disarmed(ALFA);
      article 1 { each party shall report promptly; }
    }
    when mend(by: state s) then begins disarmed(s);
    scenario "s" { under Pact;)") +
                               interval + R"(
      2023-01-02T00:00Z ratify(by: ALFA);
      2023-01-03T00:00Z ratify(by: BRAVO);
      2023-02-03T00:00Z mend(by: ALFA); })"),
            R"(
2023-01-02T00:00Z begins exempt(ALFA)
2023-01-03T00:00Z begins exempt(BRAVO)
2023-02-02T00:00Z begins in_force(Pact)
2023-02-02T00:00Z born ALFA Pact.1 #0
2023-02-03T00:00Z begins disarmed(ALFA)
2023-02-03T00:00Z begins terminated(Pact)
2023-02-03T00:00Z ends in_force(Pact)
2023-02-03T00:00Z released ALFA Pact.1 #0 terminated
)");
}

}  // namespace
}  // namespace casus::run::test
