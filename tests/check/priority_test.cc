// SPDX-License-Identifier: Apache-2.0
// Across instruments: CAS0901, CAS0902 held apart by time, membership, succession, choices; CAS0925, the rule that says
// which prevails, and the rule of the later treaty.
#include "check/lint.h"

namespace casus::check::test {
namespace {

using ::testing::HasSubstr;

// A duty of One, of 1990, and a ban of Two, of 2000, with these parties.
std::string two(const std::string& one, const std::string& other, const std::string& duty = "",
                const std::string& ban = "", const std::string& rest = "") {
  return "instrument One { signed 1990-01-01; " + one +
         "\n  article 1 { when attack(on: state v) each party shall help(to: v) within 1 day " + duty +
         "; } }\ninstrument Two { signed 2000-01-01; " + other +
         "\n  article 7 { each party shall not help " + ban + "; } }\n" + rest;
}

TEST(Priority, WordsOfTheTextAreNamed) {
  const Found f = lint(two("party ALFA;", "party ALFA, BRAVO;", "prevails over Two.7"));
  EXPECT_EQ(f.only("CAS0901"), "");
  EXPECT_EQ(f.only("CAS0925"), "2: One.1 and Two.7 meet in `help`, and One.1 prevails\n");
  EXPECT_EQ(f.notes("CAS0925"), "the rule: `prevails over Two.7` stands in it\n");
  const Found other = lint(two("party ALFA;", "party ALFA, BRAVO;", "", "prevails over One"));
  EXPECT_EQ(other.only("CAS0925"), "2: One.1 and Two.7 meet in `help`, and Two.7 prevails\n");
}

TEST(Priority, AnInstrumentOverAllOthers) {
  const Found f = lint(two("party ALFA; prevails over all other instruments;", "party ALFA, BRAVO;"));
  EXPECT_EQ(f.only("CAS0901"), "");
  EXPECT_THAT(f.notes("CAS0925"), HasSubstr("the rule: `One` prevails over all other instruments"));
}

TEST(Priority, NothingMeetsNothingIsNamed) {
  EXPECT_EQ(lint_only("CAS0925", two("party ALFA;", "party BRAVO;", "prevails over Two.7")), "");
}

TEST(Priority, APermissionSavedByAnother) {
  const Found f = lint(R"(instrument One { party ALFA, BRAVO;
  article 1 { each party shall not help; }
  article 2 { each party may help; }
  article 3 { each party may help notwithstanding article 1; } })");
  EXPECT_EQ(f.only("CAS0902"), "");
  EXPECT_THAT(f.only("CAS0925"), HasSubstr("One.2 and One.1 meet in `help`, and One.3 prevails"));
  EXPECT_THAT(f.notes("CAS0925"),
              HasSubstr("it permits the same act, and `prevails over One.1` stands in it"));
}

TEST(LaterTreaty, BetweenTheSameParties) {
  const Found f = lint(two("party ALFA, BRAVO;", "party ALFA, BRAVO, CHARLIE;"));
  EXPECT_EQ(f.only("CAS0901"), "");
  EXPECT_EQ(f.only("CAS0925"), "2: One.1 and Two.7 meet in `help`, and Two.7 prevails\n");
  EXPECT_THAT(f.notes("CAS0925"),
              HasSubstr("Article 30(3)): everybody bound by `One` is bound by the later `Two`"));
  EXPECT_THAT(f.notes("CAS0925"),
              HasSubstr("write `prevails over One.1` for it"));  // the engines know no such rule
}

TEST(LaterTreaty, WordsOfTheTextGoFirst) {
  const Found f = lint(two("party ALFA, BRAVO;", "party ALFA, BRAVO;", "prevails over Two"));
  EXPECT_EQ(f.only("CAS0925"), "2: One.1 and Two.7 meet in `help`, and One.1 prevails\n");
  EXPECT_THAT(f.notes("CAS0925"), Not(HasSubstr("later")));
}

TEST(LaterTreaty, InPart) {
  const Found f = lint(two("party ALFA, BRAVO, DELTA;", "party ALFA, BRAVO, CHARLIE;"));
  EXPECT_NE(f.only("CAS0901"), "");
  EXPECT_THAT(f.notes("CAS0901"), HasSubstr("Article 30(4)) governs in part: `Two` between ALFA, BRAVO; "
                                            "toward DELTA they stay bound by `One`"));
}

TEST(LaterTreaty, OneAloneIsBoundByBoth) {
  const Found f = lint(two("party ALFA, DELTA;", "party ALFA, CHARLIE;"));
  EXPECT_THAT(f.notes("CAS0901"), HasSubstr("30(4)(b)) decides nothing: ALFA alone is bound by both"));
}

TEST(LaterTreaty, NotOfDraftsPoliticsOrDates) {
  const std::string parties = "party ALFA, BRAVO;";
  for (const auto& [one, other] : std::initializer_list<std::pair<std::string, std::string>>{
           {"binding politics; ", ""}, {"", "binding politics; "}, {"", "draft since 2000-01-01; "}}) {
    std::string text = two(one + parties, other + parties);
    if (other.starts_with("draft")) text.erase(text.find("signed 2000-01-01;"), 18);
    const Found f = lint(text);
    EXPECT_NE(f.only("CAS0901"), "") << one << other;
    EXPECT_THAT(f.notes("CAS0901"), Not(HasSubstr("later treaty"))) << one << other;
  }
  std::string same = two(parties, parties);
  same.replace(same.find("2000-01-01"), 10, "1990-01-01");
  EXPECT_NE(lint(same).only("CAS0901"), "");
}

// Who left before the later was made counts no more, and a successor stands for its predecessor.
TEST(LaterTreaty, ThoseWhoLeftAndThoseWhoSucceeded) {
  EXPECT_EQ(
      lint(two("party ALFA, BRAVO; party DELTA until 1995-01-01;", "party ALFA, BRAVO;")).only("CAS0901"),
      "");
  EXPECT_EQ(
      lint(two("party ALFA, DELTA; party BRAVO from 1995-01-01 as successor of DELTA;", "party ALFA, BRAVO;"))
          .only("CAS0901"),
      "");
}

TEST(Apart, WhoLeftOneBeforeEnteringTheOther) {
  EXPECT_EQ(
      lint(two("party ALFA until 1995-01-01;", "party ALFA from 2000-01-01; party BRAVO;")).only("CAS0901"),
      "");
  EXPECT_NE(
      lint(two("party ALFA until 2001-01-01;", "party ALFA from 2000-01-01; party BRAVO;")).only("CAS0901"),
      "");
  EXPECT_EQ(lint(two("party ALFA until 1995-01-01; party ALFA from 2010-01-01;",
                     "party ALFA from 2000-01-01 until 2005-01-01; party BRAVO;"))
                .only("CAS0901"),
            "");
}

TEST(Apart, AFixedBearerWhoIsThereLater) {
  const auto text = [](const std::string& until) {
    return "instrument One { party ALFA until " + until +
           "; party BRAVO; article 1 { each party p shall help(to: ECHO) within 1 day where p = ALFA; } }\n"
           "instrument Two { party ALFA from 2000-01-01; party BRAVO; article 7 { each party shall not help; "
           "} }\n";
  };
  EXPECT_EQ(lint_only("CAS0901", text("1999-01-01")), "");
  EXPECT_NE(lint_only("CAS0901", text("2001-01-01")), "");
}

TEST(Apart, AnInstrumentThatEndedBefore) {
  const std::string ended = "in force from 1990-01-01 until 1999-01-01; party ALFA;",
                    later = "in force from 2000-01-01; party ALFA, BRAVO;";
  EXPECT_EQ(lint(two(ended, later)).only("CAS0901"), "");
  EXPECT_NE(lint(two("in force from 1990-01-01 until 2005-01-01; party ALFA;", later)).only("CAS0901"), "");
}

TEST(Apart, ASuccessorComesUnderWhatThePredecessorOwed) {
  EXPECT_NE(
      lint_only("CAS0901", R"(instrument One { party ALFA; party BRAVO from 1995-01-01 as successor of ALFA;
  article 1 { each party p shall help(to: ECHO) within 1 day where p = BRAVO; } }
instrument Two { party BRAVO, CHARLIE; article 7 { each party shall not help; } })"),
      "");
}

TEST(Apart, RolesAndGroups) {
  const auto text = [](const std::string& helper, const std::string& neutral) {
    return "group Neutral = { " + neutral + " };\ninstrument One { role helper: " + helper +
           "; article 1 { each helper shall help(to: ECHO) within 1 day; } }\n"
           "instrument Two { party ALFA, BRAVO, CHARLIE; article 7 { each party p shall not help where p in "
           "Neutral; } }\n";
  };
  EXPECT_NE(lint_only("CAS0901", text("ALFA, BRAVO", "BRAVO")), "");
  EXPECT_EQ(lint_only("CAS0901", text("ALFA", "BRAVO, CHARLIE")), "");
}

// The ban is about those who are no members, and who is named is one all the time.
TEST(Apart, WhatTheActIsAboutIsAMember) {
  const auto text = [](const std::string& member) {
    return "instrument One { in force from 2000-01-01; party ALFA, BRAVO;\n  article 1 { ALFA may help(to: "
           "BRAVO); } }\n"
           "instrument Two { party ALFA" +
           member + "; article 7 { each party shall not help(to: state s) where not party(s, Two); } }\n";
  };
  EXPECT_EQ(lint_only("CAS0902", text(", BRAVO")), "");
  EXPECT_EQ(lint_only("CAS0902", text("; party BRAVO from 1999-01-01")), "");
  EXPECT_NE(lint_only("CAS0902", text("; party BRAVO from 2001-01-01")), "");
  EXPECT_NE(lint_only("CAS0902", text("; party BRAVO from 1999-01-01 until 2010-01-01")), "");
  EXPECT_NE(lint_only("CAS0902", text("")), "");
}

// A derived fact says nothing by itself: the lint does not guess.
TEST(Apart, DerivedFactsAreTakenAsPossible) {
  EXPECT_NE(lint_only("CAS0902", R"(derived friend(who: state) when not disarmed(who);
instrument One { party ALFA; article 1 { each party may help(to: BRAVO); } }
instrument Two { party ALFA; article 7 { each party shall not help(to: state s) where friend(s); } })"),
            "");
}

// ---- two deadlines for one act ----

std::string deadlines(const std::string& one, const std::string& other, const std::string& head = {}) {
  return head + "instrument One { party ALFA, BRAVO; article 1 { " + one +
         " } }\ninstrument Two { party BRAVO, CHARLIE; article 2 { " + other + " } }\n";
}
constexpr const char* day = "when attack(on: ECHO) as a each party shall ask(about: a) within 1 day;";

TEST(DeadlinesDiffer, TheSameActAfterTheSameAttack) {
  const Found f =
      lint(deadlines(day, "when attack(on: ECHO) as a each party shall ask(about: a) within 3 days;"));
  EXPECT_EQ(f.only("CAS0928"),
            "2: Two.2 leaves 72 h for `ask`, and One.1 asks the same actor for it within 24 h\n");
  EXPECT_THAT(f.notes("CAS0928"), HasSubstr("for example BRAVO may come under both"));
}

TEST(DeadlinesDiffer, NearMisses) {
  for (const char* const other :
       {"when attack(on: ECHO) as a each party shall ask(about: a) within 24 h;",     // the same
        "when attack(on: DELTA) as a each party shall ask(about: a) within 3 days;",  // another attack
        "when attack(on: ECHO) as a each party shall pay(to: ECHO) within 3 days;",   // another act
        "when attack(on: ECHO) as a CHARLIE shall ask(about: a) within 3 days;",      // another actor
        "when attack(on: ECHO) as a each party shall ask(about: a) promptly;",
        "when attack(on: ECHO) as a each party shall ask(about: a) within 3 days as it deems necessary;"})
    EXPECT_EQ(lint_only("CAS0928", deadlines(day, other)), "") << other;
}

TEST(DeadlinesDiffer, AfterAnEventThatFallsOnNobody) {
  const auto text = [](const std::string& who) {
    return deadlines("when pay(to: ECHO) as p each party shall tell(of: p) within 1 day;",
                     "when pay(to: " + who + ") as p each party shall tell(of: p) within 3 days;");
  };
  EXPECT_NE(lint_only("CAS0928", text("ECHO")), "");
  EXPECT_EQ(lint_only("CAS0928", text("DELTA")), "");
}

TEST(DeadlinesDiffer, HeldApartByReadingsAndChoices) {
  const std::string longer = "when attack(on: ECHO) as a each party shall ask(about: a) within 3 days;";
  const auto under = [](const std::string& clause, const std::string& reading) {
    return std::string(clause).insert(clause.find(" each"), " under reading r = " + reading);
  };
  const std::string head = "reading r { wide; strict; }\n";
  EXPECT_EQ(lint_only("CAS0928", deadlines(under(day, "wide"), under(longer, "strict"), head)), "");
  EXPECT_NE(lint_only("CAS0928", deadlines(under(day, "wide"), under(longer, "wide"), head)), "");
  EXPECT_EQ(lint_only("CAS0928", "choice c { x; y; }\ninstrument One { party ALFA; article 1 when c = x { " +
                                     std::string(day) + " } article 2 when c = y { " + longer + " } }"),
            "");
}

TEST(DeadlinesDiffer, OnePrevails) {
  const Found f = lint(deadlines(
      day, "when attack(on: ECHO) as a each party shall ask(about: a) within 3 days prevails over One.1;"));
  EXPECT_EQ(f.only("CAS0928"), "");
  EXPECT_EQ(f.only("CAS0925"),
            "2: Two.2 and One.1 ask for `ask` by different deadlines, and Two.2 prevails\n");
}

TEST(DeadlinesDiffer, MonthsOfAnyLength) {
  const auto text = [](const std::string& within) {
    return deadlines("when attack(on: ECHO) as a each party shall ask(about: a) within 1 month;",
                     "when attack(on: ECHO) as a each party shall ask(about: a) within " + within + ";");
  };
  EXPECT_THAT(lint_only("CAS0928", text("27 days")), HasSubstr("One.1 leaves 1 month"));
  EXPECT_THAT(lint_only("CAS0928", text("32 days")), HasSubstr("Two.2 leaves 32 d"));
}

}  // namespace
}  // namespace casus::check::test
