// SPDX-License-Identifier: Apache-2.0
// Corners where rules meet that are tested one by one elsewhere: docs/semantics.md §3.2, §6.2, §8.
#include "run/harness.h"

namespace casus::run::test {
namespace {

template <class On>
class Corners : public ::testing::Test {};
TYPED_TEST_SUITE(Corners, Engines);

TYPED_TEST(Corners, two_contradictory_acts_at_one_instant_are_both_taken_in_the_order_of_the_file) {
  const std::string pact = R"(
    when mend(by: state s) then begins disarmed(s);
    when wreck(by: state s) then ends disarmed(s);
    when ask(by: state s) where disarmed(s) s shall report promptly;
    scenario "s" { from 2023-01-01; until 2023-12-31; )";
  constexpr const char* mended = "2023-01-02T06:00Z mend(by: ALFA); ";
  constexpr const char* wrecked = "2023-01-02T06:00Z wreck(by: ALFA); ";
  constexpr const char* asked = "2023-01-02T06:00Z ask(by: ALFA); ";
  EXPECT_EQ(records<TypeParam>(pact + mended + wrecked + asked + "}"), R"(
2023-01-02T06:00Z begins disarmed(ALFA)
2023-01-02T06:00Z ends disarmed(ALFA)
)");
  EXPECT_EQ(records<TypeParam>(pact + wrecked + mended + asked + "}"), R"(
2023-01-02T06:00Z begins disarmed(ALFA)
2023-01-02T06:00Z born ALFA rule 3 #0 @2
)");
}

// Months and years keep the day where the calendar has it, and are counted from the trigger in one step.
TYPED_TEST(Corners, months_end_on_their_last_day) {
  EXPECT_EQ(records<TypeParam>(R"(
    when ask(by: state s) s shall report within 1 month;
    when leave(by: state s) s shall report within 2 months;
    when enter(by: state s) s shall report within 1 year;
    scenario "s" { from 2023-12-01; until 2024-03-15;
      2023-12-31T10:00Z ask(by: ALFA);
      2023-12-31T10:00Z leave(by: ALFA);
      2024-01-30T10:00Z ask(by: BRAVO);
      2024-01-31T10:00Z ask(by: CHARLIE);
      2024-02-29T10:00Z enter(by: DELTA);
      2024-02-29T10:00Z report(by: BRAVO); })"),
            R"(
2023-12-31T10:00Z born ALFA rule 1 #0 @0 due 2024-01-31T10:00Z
2023-12-31T10:00Z born ALFA rule 2 #1 @1 due 2024-02-29T10:00Z
2024-01-30T10:00Z born BRAVO rule 1 #2 @2 due 2024-02-29T10:00Z
2024-01-31T10:00Z born CHARLIE rule 1 #3 @3 due 2024-02-29T10:00Z
2024-01-31T10:00Z breach ALFA rule 1 #0
2024-02-29T10:00Z born DELTA rule 3 #4 @4 due 2025-02-28T10:00Z
2024-02-29T10:00Z fulfilled BRAVO rule 1 #2 @5
2024-02-29T10:00Z breach ALFA rule 2 #1
2024-02-29T10:00Z breach CHARLIE rule 1 #3
)");
}

// Five members, two of them with a veto; whom the motion is about is a member, and takes no part.
TYPED_TEST(Corners, veto_abstention_absence_and_a_party_to_the_dispute_in_one_vote) {
  const std::string vote = R"(
    group Big = { ALFA, BRAVO };
    instrument Pact { in force from 2020-01-01; party ALFA, BRAVO, CHARLIE, DELTA, ECHO;
      body Council { members party;
        rule ours: yes >= 2 and no from Big = 0;
        decides censure(on: state s) by ours within 24 h recused v where v = s; } }
    scenario "s" { under Pact; from 2023-01-01; until 2023-12-31;
      2023-01-02T00:00Z propose(by: ALFA, in: Council, motion: censure(on: ECHO)) as m;
      2023-01-02T01:00Z vote(by: ALFA, on: m, as: abstain);
      2023-01-02T02:00Z vote(by: CHARLIE, on: m, as: yes);
      2023-01-02T03:00Z vote(by: ECHO, on: m, as: no); )";
  const std::string begun = R"(
2023-01-02T00:00Z motion_opened Council @0 due 2023-01-03T00:00Z
2023-01-02T01:00Z vote_counted ALFA @1 abstain
2023-01-02T02:00Z vote_counted CHARLIE @2 yes
2023-01-02T03:00Z void ECHO @3 recused
)";
  // BRAVO could still object, so that it is open until the deadline: then an absence is no veto.
  EXPECT_EQ(records<TypeParam>(vote + "2023-01-02T04:00Z vote(by: DELTA, on: m, as: yes); }"),
            begun + R"(2023-01-02T04:00Z vote_counted DELTA @4 yes
2023-01-03T00:00Z adopted Council @0
2023-01-03T00:00Z occurred @5 censure(by: Council, on: ECHO) because @0
)");
  // A nay without a veto leaves it open too: BRAVO's aye decides.
  EXPECT_EQ(records<TypeParam>(vote + R"(
      2023-01-02T04:00Z vote(by: DELTA, on: m, as: no);
      2023-01-02T05:00Z vote(by: BRAVO, on: m, as: yes); })"),
            begun + R"(2023-01-02T04:00Z vote_counted DELTA @4 no
2023-01-02T05:00Z vote_counted BRAVO @5 yes
2023-01-02T05:00Z adopted Council @0
2023-01-02T05:00Z occurred @6 censure(by: Council, on: ECHO) because @0
)");
  EXPECT_EQ(records<TypeParam>(vote + R"(
      2023-01-02T04:00Z vote(by: DELTA, on: m, as: yes);
      2023-01-03T00:00Z vote(by: BRAVO, on: m, as: no); })"),
            begun + R"(2023-01-02T04:00Z vote_counted DELTA @4 yes
2023-01-03T00:00Z vote_counted BRAVO @5 no
2023-01-03T00:00Z rejected Council @0
)");
  // An abstention and two absences are no second aye.
  EXPECT_EQ(records<TypeParam>(vote + "}"), begun + R"(2023-01-03T00:00Z rejected Council @0
)");
}

}  // namespace
}  // namespace casus::run::test
