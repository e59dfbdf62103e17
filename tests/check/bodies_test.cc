// SPDX-License-Identifier: Apache-2.0
// Bodies: who blocks, what waits for a decision, votes at the last instant.
#include "check/lint.h"

namespace casus::check::test {
namespace {

using ::testing::HasSubstr;

std::string council(const std::string& rule, const std::string& rest = {}) {
  return "group Great = { ALFA, BRAVO };\ninstrument One { party ALFA, BRAVO, CHARLIE, DELTA, ECHO;\n"
         "  body Council { members party; rule r: " +
         rule + "; decides measures(on: attack a) by r; }\n  " + rest + "\n}\n";
}

TEST(Blocking, AnyMemberSomeMembersNobody) {
  EXPECT_EQ(lint_only("CAS0903", council("no = 0")),
            "3: one member alone, whoever it is, can block `measures`\n");
  EXPECT_EQ(lint_only("CAS0903", council("yes >= 3 and no from Great = 0")),
            "3: each of these alone can block `measures`: Great (ALFA, BRAVO)\n");
  EXPECT_EQ(lint_only("CAS0903", council("yes >= 3 and no from Great <= 1")),
            "3: no member alone can block `measures`\n");
  EXPECT_EQ(lint_only("CAS0903", council("yes >= 4")), "3: no member alone can block `measures`\n");
  EXPECT_EQ(lint_only("CAS0903", council("not (yes < 5)")),
            "3: one member alone, whoever it is, can block `measures`\n");
}

TEST(Blocking, StayingAway) {
  EXPECT_THAT(lint(council("yes = members")).notes("CAS0903"),
              HasSubstr("staying away from the vote is enough"));
  EXPECT_THAT(lint(council("no = 0")).notes("CAS0903"), Not(HasSubstr("staying away")));
}

TEST(Blocking, Weights) {
  const char* const sizes =
      "given size(ALFA) = 60; given size(BRAVO) = 10; given size(CHARLIE) = 10; given size(DELTA) = 10; "
      "given size(ECHO) = 10;\n";
  EXPECT_EQ(lint_only("CAS0903", sizes + council("size of yes >= 65 % of size of members")),
            "4: one member alone can block `measures`: ALFA\n");
}

TEST(Blocking, TheInstantWithMostMembers) {
  EXPECT_EQ(lint_only("CAS0903",
                      R"(group Seats = { ALFA, BRAVO, CHARLIE from 2000-01-01 until 2001-01-01,
  DELTA from 2001-01-01 until 2002-01-01 };
instrument One { party ALFA;
  body Council { members Seats; decides measures(on: attack a) by unanimity; } })"),
            "4: one member alone, whoever it is, can block `measures`\n");
}

// The successor sits where its predecessor sat; who left sits no more.
TEST(Blocking, SuccessionAndWithdrawal) {
  const auto text = [](const std::string& parties) {
    return "group Great = { ALFA until 1995-01-01, DELTA from 1995-01-01 };\ninstrument One { in force from "
           "1990-01-01; " +
           parties +
           " body Council { members party; rule r: yes >= 2 and no from Great = 0; decides measures by r; } "
           "}";
  };
  EXPECT_EQ(lint_only("CAS0903",
                      text("party ALFA, BRAVO, CHARLIE; party DELTA from 1995-01-01 as successor of ALFA;")),
            "2: one member alone can block `measures`: Great (DELTA)\n");
  EXPECT_EQ(lint_only("CAS0903",
                      text("party ALFA until 1994-01-01; party BRAVO, CHARLIE; party ECHO from 1994-01-01;")),
            "2: no member alone can block `measures`\n");
}

TEST(Blocking, DutiesThatWaitUnderADeadline) {
  const Found f = lint(R"(instrument One { role guarantor: ALFA, BRAVO;
  body Council { members guarantor; decides measures(on: attack a) by consensus within 72 h of a; }
  article 2 { when decided measures(on: attack a) each guarantor except a.by
    shall help(to: ECHO) within 24 h; } })");
  EXPECT_THAT(f.notes("CAS0903"), HasSubstr("it must be decided within 72 h"));
  EXPECT_THAT(f.notes("CAS0903"),
              HasSubstr("without it nothing is owed under One.2 (to be done within 24 h)"));
}

TEST(NeverAdopted, MoreVotesThanMembers) {
  EXPECT_EQ(lint_only("CAS0904", council("yes >= 6")),
            "3: `Council` can not adopt `measures` even when all of its 5 members agree\n");
  EXPECT_EQ(lint_only("CAS0904", council("yes >= 5")), "");
}

TEST(VetoOfActor, TheAttackerSitsInTheBody) {
  const std::string duty =
      "article 1 { when decided measures(on: attack a) each party except a.by shall help(to: ECHO) within 1 "
      "day; }";
  EXPECT_EQ(
      lint_only("CAS0906", council("yes >= 3 and no from Great = 0", duty)),
      "4: this arises only when `Council` decides, and whoever acted may be a member that can block it\n");
  EXPECT_EQ(lint_only("CAS0906", council("yes >= 3", duty)), "");
  EXPECT_EQ(lint_only("CAS0906", R"(instrument One { party ALFA, BRAVO;
  body Council { members party; decides measures(on: attack a) by consensus recused v where v = a.by; }
  article 1 { when decided measures(on: attack a) each party shall help(to: ECHO) within 1 day; } })"),
            "");
}

TEST(NobodyDecides, ADecisionThatNoBodyTakes) {
  const std::string duty =
      "article 1 { when decided admit(who: state s) each party shall help(to: s) within 1 day; }";
  EXPECT_EQ(lint_only("CAS0908", council("yes >= 3", duty)),
            "4: no body decides `admit`, so this never comes about\n");
  EXPECT_EQ(
      lint_only("CAS0908", council("yes >= 3", duty + " article 2 { Council may admit(state s) by r; }")),
      "");
  EXPECT_EQ(
      lint_only(
          "CAS0908",
          council("yes >= 3",
                  "article 1 { each party shall not help until Council has decided admit(who: ECHO); }")),
      "4: `Council` does not decide `admit`, so this never comes about\n");
}

TEST(DecisionTooLate, TheDutyIsDueBefore) {
  const auto text = [](const std::string& decided, const std::string& due) {
    return "instrument One { role guarantor: ALFA, BRAVO; body Council { members guarantor;\n  decides "
           "measures(on: attack a) by consensus within " +
           decided +
           " of a; }\n  article 2 { when decided measures(on: attack b) each guarantor shall help(to: ECHO) "
           "within " +
           due + "; } }";
  };
  EXPECT_EQ(lint_only("CAS0924", text("72 h", "48 h of b")),
            "3: this is due within 48 h, and the decision that it waits for may fall within 72 h, which "
            "leaves no time\n");
  EXPECT_NE(lint_only("CAS0924", text("31 days", "1 month of b")), "");
  EXPECT_EQ(lint_only("CAS0924", text("30 days", "1 month of b")), "");
  EXPECT_EQ(lint_only("CAS0924", text("24 h", "48 h of b")), "");
  EXPECT_EQ(lint_only("CAS0924", text("72 h", "48 h")), "");  // from the decision itself
}

std::string scenario(const std::string& votes, const std::string& within = "",
                     const std::string& rule = "no = 0") {
  return "instrument One { in force from 2000-01-01; party ALFA, BRAVO, CHARLIE; body Council { members "
         "party; rule r: " +
         rule + ";\n  decides measures(on: attack a) by r " + within +
         "; } }\nscenario \"Votes\" { under One;\n"
         "2001-01-01 attack(by: DELTA, on: ECHO) as war;\n2001-01-02 propose(by: ALFA, in: Council, motion: "
         "measures(on: war)) as draft;\n" +
         votes + "}\n";
}

TEST(Race, AtTheDeadline) {
  EXPECT_EQ(
      lint_only("CAS0920", scenario("2001-01-05 vote(by: ALFA, on: draft, as: yes);\n", "within 3 days")),
      "6: this vote falls on the instant of the motion's deadline\n");
  EXPECT_EQ(lint_only("CAS0920",
                      scenario("2001-01-04 vote(by: ALFA, on: draft, as: yes);\n", "within 3 days of a")),
            "6: this vote falls on the instant of the motion's deadline\n");
  EXPECT_EQ(
      lint_only("CAS0920", scenario("2001-01-04 vote(by: ALFA, on: draft, as: yes);\n", "within 3 days")),
      "");
}

TEST(Race, AtTheClosing) {
  EXPECT_EQ(
      lint_only(
          "CAS0920",
          scenario(
              "2001-01-05 vote(by: ALFA, on: draft, as: yes);\n2001-01-05 close(by: ALFA, on: draft);\n")),
      "6: this vote falls on the instant at which the motion is closed\n");
  EXPECT_EQ(
      lint_only(
          "CAS0920",
          scenario(
              "2001-01-04 vote(by: ALFA, on: draft, as: yes);\n2001-01-05 close(by: ALFA, on: draft);\n")),
      "");
}

TEST(Race, AfterTheDecidingVote) {
  const std::string first = "2001-01-05 vote(by: ALFA, on: draft, as: no);\n";
  EXPECT_EQ(lint_only("CAS0920", scenario(first + "2001-01-05 vote(by: BRAVO, on: draft, as: yes);\n")),
            "7: this vote falls on the instant at which the votes before it settle the motion\n");
  EXPECT_EQ(lint_only("CAS0920",
                      scenario(first + "2001-01-05 vote(by: BRAVO, on: draft, as: yes);\n", "", "yes >= 2")),
            "");
}

TEST(ContradictoryVotes, TwoBallotsAtOneInstant) {
  const std::string first = "2001-01-05 vote(by: ALFA, on: draft, as: yes);\n";
  EXPECT_EQ(lint_only("CAS0921", scenario(first + "2001-01-05 vote(by: ALFA, on: draft, as: no);\n")),
            "7: ALFA votes two ways on one motion at 5 Jan 2001\n");
  EXPECT_EQ(lint_only("CAS0921", scenario(first + "2001-01-06 vote(by: ALFA, on: draft, as: no);\n")), "");
  EXPECT_EQ(lint_only("CAS0921", scenario(first + first)), "");
}

}  // namespace
}  // namespace casus::check::test
