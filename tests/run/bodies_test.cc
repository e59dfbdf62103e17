// SPDX-License-Identifier: Apache-2.0
// Motions, votes and decisions: docs/semantics.md §8.
#include "run/harness.h"

namespace casus::run::test {
namespace {

template <class On>
class Bodies : public ::testing::Test {};
TYPED_TEST_SUITE(Bodies, Engines);

// A council of the four parties that may censure by the given rule.
std::string council(std::string_view body, std::string_view events, std::string_view clauses = {}) {
  return "group Big = { ALFA, BRAVO }; instrument Pact { in force from 2020-01-01; party ALFA, BRAVO, "
         "CHARLIE, DELTA; "
         "body Council { members party; " +
         std::string(body) + "} " + std::string(clauses) +
         "} scenario \"story\" { under Pact; from 2023-01-01; until 2023-12-31; " + std::string(events) + "}";
}

constexpr const char* proposal =
    "2023-01-02T00:00Z propose(by: ALFA, in: Council, motion: censure(on: ECHO)) as m; ";

TYPED_TEST(
    Bodies,
    a_motion_is_decided_at_the_first_instant_after_which_no_vote_could_change_it_and_a_later_one_is_void) {
  EXPECT_EQ(
      records<TypeParam>(council("decides censure by absolute_majority;", std::string(proposal) + R"(
    2023-01-02T01:00Z vote(by: ALFA, on: m, as: yes);
    2023-01-02T02:00Z vote(by: BRAVO, on: m, as: yes);
    2023-01-02T02:30Z vote(by: ECHO, on: m, as: yes);
    2023-01-02T03:00Z vote(by: CHARLIE, on: m, as: yes);
    2023-01-02T03:00Z vote(by: DELTA, on: m, as: no);
    2023-01-02T04:00Z vote(by: DELTA, on: m, as: no);)",
                                 "article 1 { when decided censure(on: state s) then begins disarmed(s); }")),
      R"(
2023-01-02T00:00Z motion_opened Council @0
2023-01-02T01:00Z vote_counted ALFA @1 yes
2023-01-02T02:00Z vote_counted BRAVO @2 yes
2023-01-02T02:30Z void ECHO @3 not_a_member
2023-01-02T03:00Z vote_counted CHARLIE @4 yes
2023-01-02T03:00Z vote_counted DELTA @5 no
2023-01-02T03:00Z adopted Council @0
2023-01-02T03:00Z occurred @6 censure(by: Council, on: ECHO) because @0
2023-01-02T03:00Z begins disarmed(ECHO)
2023-01-02T04:00Z void DELTA @7 motion_not_open
)");
}

TYPED_TEST(Bodies, a_vote_after_the_closing_at_one_instant_is_a_race) {
  EXPECT_EQ(records<TypeParam>(
                council("decides censure by simple_majority; chair DELTA;", std::string(proposal) + R"(
    2023-01-02T01:00Z vote(by: ALFA, on: m, as: yes);
    2023-01-02T02:00Z close(by: DELTA, on: m);
    2023-01-02T02:00Z vote(by: BRAVO, on: m, as: no);
  )")),
            R"(
2023-01-02T00:00Z motion_opened Council @0
2023-01-02T01:00Z vote_counted ALFA @1 yes
2023-01-02T02:00Z adopted Council @0
2023-01-02T02:00Z occurred @3 censure(by: Council, on: ECHO) because @0
2023-01-02T02:00Z void BRAVO @4 motion_not_open
2023-01-02T02:00Z race BRAVO @4
)");
}

TYPED_TEST(Bodies, a_vote_at_the_closing_instant_counts_and_then_the_missing_are_absent) {
  EXPECT_EQ(
      records<TypeParam>(council("decides censure by two_thirds within 24 h;", std::string(proposal) + R"(
    2023-01-02T01:00Z vote(by: ALFA, on: m, as: yes);
    2023-01-03T00:00Z vote(by: BRAVO, on: m, as: yes);
    2023-01-03T00:01Z vote(by: DELTA, on: m, as: no);
  )")),
      R"(
2023-01-02T00:00Z motion_opened Council @0 due 2023-01-03T00:00Z
2023-01-02T01:00Z vote_counted ALFA @1 yes
2023-01-03T00:00Z vote_counted BRAVO @2 yes
2023-01-03T00:00Z adopted Council @0
2023-01-03T00:00Z occurred @3 censure(by: Council, on: ECHO) because @0
2023-01-03T00:01Z void DELTA @4 motion_not_open
)");
}

TYPED_TEST(Bodies, two_different_votes_of_one_member_at_one_instant_are_reported) {
  EXPECT_EQ(records<TypeParam>(council("decides censure by absolute_majority;", std::string(proposal) + R"(
    2023-01-02T01:00Z vote(by: ALFA, on: m, as: yes);
    2023-01-02T01:00Z vote(by: ALFA, on: m, as: no);
    2023-01-02T02:00Z vote(by: ALFA, on: m, as: no);
  )")),
            R"(
2023-01-02T00:00Z motion_opened Council @0
2023-01-02T01:00Z vote_counted ALFA @1 yes
2023-01-02T01:00Z void ALFA @2 already_voted
2023-01-02T01:00Z contradictory ALFA @2
2023-01-02T02:00Z void ALFA @3 already_voted
)");
}

TYPED_TEST(Bodies, where_votes_may_change_the_last_one_counts) {
  EXPECT_EQ(records<TypeParam>(council("decides censure by simple_majority; votes may change; chair DELTA;",
                                       std::string(proposal) + R"(
    2023-01-02T01:00Z vote(by: ALFA, on: m, as: yes);
    2023-01-02T01:00Z vote(by: ALFA, on: m, as: no);
    2023-01-02T02:00Z vote(by: BRAVO, on: m, as: abstain);
    2023-01-02T03:00Z close(by: ALFA, on: m);
    2023-01-02T04:00Z close(by: DELTA, on: m);
    2023-01-02T05:00Z close(by: DELTA, on: m);
  )")),
            R"(
2023-01-02T00:00Z motion_opened Council @0
2023-01-02T01:00Z vote_counted ALFA @1 yes
2023-01-02T01:00Z contradictory ALFA @2
2023-01-02T01:00Z vote_counted ALFA @2 no
2023-01-02T02:00Z vote_counted BRAVO @3 abstain
2023-01-02T03:00Z void ALFA @4 not_the_chair
2023-01-02T04:00Z rejected Council @0
2023-01-02T05:00Z void DELTA @6 motion_not_open
)");
}

TYPED_TEST(Bodies, silence_may_be_broken_at_the_last_instant) {
  constexpr const char* body = "decides censure by consensus within 24 h;";
  EXPECT_EQ(records<TypeParam>(council(body, proposal)), R"(
2023-01-02T00:00Z motion_opened Council @0 due 2023-01-03T00:00Z
2023-01-03T00:00Z adopted Council @0
2023-01-03T00:00Z occurred @1 censure(by: Council, on: ECHO) because @0
)");
  EXPECT_EQ(records<TypeParam>(
                council(body, std::string(proposal) + "2023-01-03T00:00Z vote(by: DELTA, on: m, as: no);",
                        "article 1 { when rejected censure(by: Council, on: state s) each party shall "
                        "attack(on: s) promptly; }")),
            R"(
2023-01-02T00:00Z motion_opened Council @0 due 2023-01-03T00:00Z
2023-01-03T00:00Z vote_counted DELTA @1 no
2023-01-03T00:00Z rejected Council @0
2023-01-03T00:00Z born ALFA Pact.1 #0 @0
2023-01-03T00:00Z born BRAVO Pact.1 #0 @0
2023-01-03T00:00Z born CHARLIE Pact.1 #0 @0
2023-01-03T00:00Z born DELTA Pact.1 #0 @0
)");
}

TYPED_TEST(Bodies, veto_abstention_absence_and_a_recused_member_in_one_vote) {
  // Two ayes are needed, and no nay of the big ones; whom the motion is about takes no part.
  constexpr const char* body =
      "rule ours: yes >= 2 and no from Big = 0; decides censure(on: state s) by ours within 24 h recused v "
      "where v = s;";
  EXPECT_EQ(records<TypeParam>(council(body, R"(
    2023-01-02T00:00Z propose(by: ALFA, in: Council, motion: censure(on: BRAVO)) as m;
    2023-01-02T01:00Z vote(by: BRAVO, on: m, as: no);
    2023-01-02T02:00Z vote(by: CHARLIE, on: m, as: yes);
    2023-01-02T03:00Z vote(by: ALFA, on: m, as: abstain);
    2023-01-02T04:00Z vote(by: DELTA, on: m, as: yes);
  )")),
            R"(
2023-01-02T00:00Z motion_opened Council @0 due 2023-01-03T00:00Z
2023-01-02T01:00Z void BRAVO @1 recused
2023-01-02T02:00Z vote_counted CHARLIE @2 yes
2023-01-02T03:00Z vote_counted ALFA @3 abstain
2023-01-02T04:00Z vote_counted DELTA @4 yes
2023-01-02T04:00Z adopted Council @0
2023-01-02T04:00Z occurred @5 censure(by: Council, on: BRAVO) because @0
)");
  EXPECT_EQ(records<TypeParam>(council(body, std::string(proposal) + R"(
    2023-01-02T01:00Z vote(by: CHARLIE, on: m, as: yes);
    2023-01-02T02:00Z vote(by: DELTA, on: m, as: yes);
    2023-01-02T03:00Z vote(by: ALFA, on: m, as: no);
  )")),
            R"(
2023-01-02T00:00Z motion_opened Council @0 due 2023-01-03T00:00Z
2023-01-02T01:00Z vote_counted CHARLIE @1 yes
2023-01-02T02:00Z vote_counted DELTA @2 yes
2023-01-02T03:00Z vote_counted ALFA @3 no
2023-01-02T03:00Z rejected Council @0
)");
}

TYPED_TEST(Bodies, what_is_owed_for_a_vote_is_born_before_the_vote_counts) {
  EXPECT_EQ(records<TypeParam>(council("decides censure by absolute_majority;", std::string(proposal) + R"(
    2023-01-02T01:00Z vote(by: ALFA, on: m, as: yes);)",
                                       "article 1 { when vote(by: state v) v shall report within 24 h; "
                                       "when vote(by: state v) then begins exempt(v); }")),
            R"(
2023-01-02T00:00Z motion_opened Council @0
2023-01-02T01:00Z born ALFA Pact.1 #0 @1 due 2023-01-03T01:00Z
2023-01-02T01:00Z vote_counted ALFA @1 yes
2023-01-02T01:00Z begins exempt(ALFA)
2023-01-03T01:00Z breach ALFA Pact.1 #0
)");
}

// A hundred times the largest number is more than 64 bits hold.
TYPED_TEST(Bodies, weights_are_added_up_exactly_however_large) {
  std::string sizes;
  for (const char* who : {"ALFA", "BRAVO", "CHARLIE", "DELTA"})
    sizes += "given size(" + std::string(who) + ") = 900000000000000000; ";
  EXPECT_EQ(
      records<TypeParam>(
          sizes + council("rule heavy: size of yes >= 65 % of size of members; decides censure by heavy;",
                          std::string(proposal) + R"(
    2023-01-02T01:00Z vote(by: ALFA, on: m, as: yes);
    2023-01-02T02:00Z vote(by: BRAVO, on: m, as: yes);
    2023-01-02T03:00Z vote(by: CHARLIE, on: m, as: yes);)")),
      R"(
2023-01-02T00:00Z motion_opened Council @0
2023-01-02T01:00Z vote_counted ALFA @1 yes
2023-01-02T02:00Z vote_counted BRAVO @2 yes
2023-01-02T03:00Z vote_counted CHARLIE @3 yes
2023-01-02T03:00Z adopted Council @0
2023-01-02T03:00Z occurred @4 censure(by: Council, on: ECHO) because @0
)");
}

TYPED_TEST(Bodies, a_double_majority_of_members_and_of_their_weights) {
  const std::string sizes =
      "given size(ALFA) = 60; given size(BRAVO) = 20; given size(CHARLIE) = 15; given size(DELTA) = 5; ";
  constexpr const char* body =
      "rule double: yes >= 55 % of members and size of yes >= 65 % of size of members; decides censure by "
      "double within 24 h;";
  EXPECT_EQ(records<TypeParam>(sizes + council(body, std::string(proposal) + R"(
    2023-01-02T01:00Z vote(by: BRAVO, on: m, as: yes);
    2023-01-02T02:00Z vote(by: CHARLIE, on: m, as: yes);
    2023-01-02T03:00Z vote(by: DELTA, on: m, as: yes);
    2023-01-02T04:00Z vote(by: ALFA, on: m, as: no);
  )")),
            R"(
2023-01-02T00:00Z motion_opened Council @0 due 2023-01-03T00:00Z
2023-01-02T01:00Z vote_counted BRAVO @1 yes
2023-01-02T02:00Z vote_counted CHARLIE @2 yes
2023-01-02T03:00Z vote_counted DELTA @3 yes
2023-01-02T04:00Z vote_counted ALFA @4 no
2023-01-02T04:00Z rejected Council @0
)");
  EXPECT_EQ(records<TypeParam>(sizes + council(body, std::string(proposal) + R"(
    2023-01-02T01:00Z vote(by: ALFA, on: m, as: yes);
    2023-01-02T02:00Z vote(by: DELTA, on: m, as: yes);
    2023-01-02T03:00Z vote(by: CHARLIE, on: m, as: yes);
  )")),
            R"(
2023-01-02T00:00Z motion_opened Council @0 due 2023-01-03T00:00Z
2023-01-02T01:00Z vote_counted ALFA @1 yes
2023-01-02T02:00Z vote_counted DELTA @2 yes
2023-01-02T03:00Z vote_counted CHARLIE @3 yes
2023-01-02T03:00Z adopted Council @0
2023-01-02T03:00Z occurred @4 censure(by: Council, on: ECHO) because @0
)");
}

TYPED_TEST(Bodies, a_proposal_beyond_the_bodys_powers_or_before_its_instrument_is_void) {
  EXPECT_EQ(records<TypeParam>(council("decides censure(on: ECHO) by simple_majority;", R"(
    2023-01-02T00:00Z propose(by: ALFA, in: Council, motion: denounce());
    2023-01-02T01:00Z propose(by: ALFA, in: Council, motion: censure(on: BRAVO));
    2023-01-03T00:00Z wreck(by: ALFA);
    2023-01-04T00:00Z propose(by: ALFA, in: Council, motion: censure(on: ECHO));)",
                                       "article 1 { when wreck(by: party) then Pact is terminated; }")),
            R"(
2023-01-02T00:00Z void ALFA @0 body_lacks_power
2023-01-02T01:00Z void ALFA @1 body_lacks_power
2023-01-03T00:00Z begins terminated(Pact)
2023-01-03T00:00Z ends in_force(Pact)
2023-01-04T00:00Z void ALFA @3 body_not_in_force
)");
}

TYPED_TEST(Bodies, an_article_may_give_a_body_a_power_with_a_condition) {
  EXPECT_EQ(records<TypeParam>(council("", R"(
    2023-01-02T00:00Z propose(by: ALFA, in: Council, motion: censure(on: BRAVO));
    2023-01-02T01:00Z propose(by: ALFA, in: Council, motion: censure(on: ECHO));)",
                                       "article 1 { Council may censure(on: state s) by consensus within 1 d "
                                       "where not party(s); }")),
            R"(
2023-01-02T00:00Z void ALFA @0 body_lacks_power
2023-01-02T01:00Z motion_opened Council @1 due 2023-01-03T01:00Z
2023-01-03T01:00Z adopted Council @1
2023-01-03T01:00Z occurred @2 censure(by: Council, on: ECHO) because @1
)");
}

TYPED_TEST(Bodies, the_electorate_are_the_members_at_the_proposal) {
  EXPECT_EQ(records<TypeParam>(council("decides censure by unanimity;", std::string(proposal) + R"(
    2023-01-02T01:00Z enter(by: ECHO);
    2023-01-02T02:00Z vote(by: ECHO, on: m, as: no);
    2023-01-02T03:00Z vote(by: ALFA, on: m, as: yes);
    2023-01-02T04:00Z vote(by: BRAVO, on: m, as: yes);
    2023-01-02T05:00Z vote(by: CHARLIE, on: m, as: yes);
    2023-01-02T06:00Z vote(by: DELTA, on: m, as: yes);)",
                                       "article 1 { when enter(by: state s) then s becomes party; }")),
            R"(
2023-01-02T00:00Z motion_opened Council @0
2023-01-02T01:00Z begins party(ECHO, Pact)
2023-01-02T02:00Z void ECHO @2 not_a_member
2023-01-02T03:00Z vote_counted ALFA @3 yes
2023-01-02T04:00Z vote_counted BRAVO @4 yes
2023-01-02T05:00Z vote_counted CHARLIE @5 yes
2023-01-02T06:00Z vote_counted DELTA @6 yes
2023-01-02T06:00Z adopted Council @0
2023-01-02T06:00Z occurred @7 censure(by: Council, on: ECHO) because @0
)");
}

TYPED_TEST(Bodies, a_duty_may_last_until_a_body_has_decided) {
  EXPECT_EQ(records<TypeParam>(council("decides censure by consensus within 1 d;", R"(
    2023-01-01T00:00Z attack(by: ECHO, on: ALFA);
    2023-01-02T00:00Z propose(by: ALFA, in: Council, motion: censure(on: ECHO));)",
                                       "article 1 { when attack(by: state a, on: party v) v shall help(to: "
                                       "v) until Council has decided censure(on: a); }")),
            R"(
2023-01-01T00:00Z born ALFA Pact.1 #0 @0
2023-01-02T00:00Z motion_opened Council @1 due 2023-01-03T00:00Z
2023-01-03T00:00Z adopted Council @1
2023-01-03T00:00Z occurred @2 censure(by: Council, on: ECHO) because @1
2023-01-03T00:00Z released ALFA Pact.1 #0 condition_met
)");
}

}  // namespace
}  // namespace casus::run::test
