// SPDX-License-Identifier: Apache-2.0
// What sides read or see differently: CAS0932, CAS0942; and one act by two words, CAS0934.
#include "check/lint.h"

namespace casus::check::test {
namespace {

using ::testing::HasSubstr;

constexpr const char* readings =
    "reading r { wide; strict; }\nviewpoint West { reading r = wide; }\nviewpoint East { reading r = strict; "
    "}\n";

TEST(OneViewpoint, TheClauseExistsInOnePairOfEyes) {
  const std::string clause =
      "instrument One { party ALFA; article 1 { under reading r = wide each party shall not attack; } }";
  const Found f = lint(readings + clause);
  EXPECT_EQ(f.only("CAS0942"),
            "4: West alone holds the reading `r = wide`, under which this clause exists\n");
  EXPECT_EQ(f.notes("CAS0942"), "`strict` is held by East\n");
  EXPECT_EQ(lint_only("CAS0942", std::string(readings) + "viewpoint North { reading r = wide; }\n" + clause),
            "");
  EXPECT_EQ(
      lint_only("CAS0942", "reading r { wide; strict; }\nviewpoint West { reading r = wide; }\n" + clause),
      "");
}

TEST(OneViewpoint, AConditionAsksForTheReading) {
  const auto text = [](const std::string& clause) {
    return std::string(readings) + "instrument One { party ALFA; article 1 { " + clause + " } }";
  };
  EXPECT_EQ(
      lint_only("CAS0942",
                text("each party shall not help(to: state s) where disarmed(s) or reading r = strict;")),
      "4: East alone holds the reading `r = strict`, which this clause asks about\n");
  EXPECT_EQ(
      lint_only("CAS0942", text("each party shall help(to: ECHO) within 1 day unless reading r = wide;")),
      "4: West alone holds the reading `r = wide`, which this clause asks about\n");
  EXPECT_EQ(lint_only("CAS0942", text("each party shall not help(to: state s) where disarmed(s);")), "");
}

// ---- a permission that rests on what is disputed ----

std::string exception(const std::string& condition, const std::string& head = {}) {
  return head +
         "instrument One { party ALFA, BRAVO;\n  article 1 { each party shall not attack; }\n"
         "  article 2 { each party p may attack(on: state s) where " +
         condition + " prevails over article 1; } }\n";
}

TEST(ContestedException, ADisputedFact) {
  const std::string head =
      "fact owns(who: state, what: state) contested;\ngiven owns(ALFA, BRAVO) asserted by ALFA denied by "
      "BRAVO;\n";
  const Found f = lint(exception("owns(p, s)", head));
  EXPECT_EQ(f.only("CAS0932"),
            "5: whether One.2 permits `attack`, which One.1 forbids, rests on what the sides dispute\n");
  EXPECT_EQ(f.notes("CAS0932"), "that `owns(ALFA, BRAVO)` is asserted by ALFA and denied by BRAVO\n");
  EXPECT_EQ(lint_only("CAS0932", exception("disarmed(s)", head)), "");
}

TEST(ContestedException, NotWhereOneSideAloneSpeaks) {
  EXPECT_EQ(lint_only("CAS0932", exception("owns(p, s)",
                                           "fact owns(who: state, what: state) contested;\ngiven owns(ALFA, "
                                           "BRAVO) asserted by ALFA;\n")),
            "");
}

// The dispute must be about those whom the clause means: through a derived fact, too.
TEST(ContestedException, AboutThoseWhomItMeans) {
  const auto head = [](const std::string& one, const std::string& other) {
    return "fact war(one: state, other: state) contested;\nderived fights(who: state) when some state o "
           "where war(who, o) or "
           "war(o, who);\ngiven war(" +
           one + ", " + other + ") asserted by " + one + " denied by " + other + ";\n";
  };
  const std::string own = exception("fights(p) and p = ALFA"), any = exception("fights(p)");
  EXPECT_EQ(lint_only("CAS0932", head("CHARLIE", "DELTA") + own), "");
  EXPECT_NE(lint_only("CAS0932", head("ALFA", "DELTA") + own), "");
  EXPECT_NE(lint_only("CAS0932", head("CHARLIE", "ALFA") + own), "");
  EXPECT_NE(lint_only("CAS0932", head("CHARLIE", "DELTA") + any), "");
}

TEST(ContestedException, ADisputedReading) {
  const Found f = lint(exception("reading r = wide", readings));
  EXPECT_THAT(f.only("CAS0932"), HasSubstr("whether One.2 permits `attack`"));
  EXPECT_EQ(f.notes("CAS0932"), "the reading `r = wide` is held by West; `strict` is held by East\n");
}

TEST(ContestedException, NothingIsForbidden) {
  const std::string head =
      "fact owns(who: state, what: state) contested;\ngiven owns(ALFA, BRAVO) asserted by ALFA denied by "
      "BRAVO;\n";
  EXPECT_EQ(
      lint_only("CAS0932",
                head + "instrument One { party ALFA; article 1 { each party shall not help; } article 2 { "
                       "each party p may attack(on: state s) where owns(p, s) prevails over article 1; } }"),
      "");
}

// ---- two words for one act ----

std::string words(const std::string& one, const std::string& other, const std::string& rest = {}) {
  return "event visit(" + one + ") \"Visit\"; event hold(" + other +
         ") \"Hold\";\ninstrument One { party ALFA, BRAVO; article 1 {\n  each party may visit;\n  each "
         "party shall not "
         "hold;\n" +
         rest + " } }";
}

TEST(TwoWords, OneFormOnePermittedOneForbidden) {
  EXPECT_EQ(lint_only("CAS0934",
                      words("by: actor, to: state, troops: count", "by: actor, to: state, troops: count")),
            "3: the same actor may `visit` and shall not `hold`, and no rule tells the two apart\n");
}

TEST(TwoWords, NearMisses) {
  EXPECT_EQ(lint_only("CAS0934",
                      words("by: actor, to: state, troops: count", "by: actor, to: state, tanks: count")),
            "");
  EXPECT_EQ(lint_only("CAS0934", words("by: actor, to: state", "by: actor, to: state")),
            "");  // too little to compare
  EXPECT_EQ(lint_only("CAS0934",
                      words("by: actor, to: state, troops: count", "by: actor, to: state, troops: count",
                            "when visit(by: party p, to: state s, troops: count n) where n > 1_000 counts as "
                            "hold(by: p, to: s, troops: n);")),
            "");
}

TEST(TwoWords, OtherActorsOtherArticles) {
  const std::string head =
      "event visit(by: actor, to: state, troops: count) \"Visit\"; event hold(by: actor, to: state, "
      "troops: count) \"Hold\";\ninstrument One { party ALFA, BRAVO; ";
  EXPECT_EQ(lint_only("CAS0934", head + "article 1 { ALFA may visit; BRAVO shall not hold; } }"), "");
  EXPECT_EQ(
      lint_only("CAS0934",
                head + "article 1 { each party may visit; } article 2 { each party shall not hold; } }"),
      "");
}

}  // namespace
}  // namespace casus::check::test
