// SPDX-License-Identifier: Apache-2.0
// What comes too late, never, or in a circle, and norms that nobody bears: CAS0929 to CAS0931, CAS0935 to CAS0941.
#include "check/lint.h"

namespace casus::check::test {
namespace {

using ::testing::HasSubstr;

// ---- one member can stop what must be decided soon ----

std::string council(const std::string& rule, const std::string& within, const std::string& rest) {
  return "instrument One { party ALFA, BRAVO, CHARLIE;\n  body C { members party; decides measures(on: "
         "attack a) by " +
         rule + " " + within + "; }\n  article 1 { " + rest + " } }\n";
}
constexpr const char* waits =
    "when decided measures(on: attack a) each party shall help(to: ECHO) within 9 days;";

TEST(OneCanStop, AShortTimeAndAVeto) {
  const Found f = lint(council("consensus", "within 72 h of a", waits));
  EXPECT_EQ(f.only("CAS0929"), "2: `measures` must be decided within 72 h, and any one member can stop it\n");
  EXPECT_THAT(f.notes("CAS0929"), HasSubstr("without it nothing is owed under One.1"));
}

TEST(OneCanStop, NearMisses) {
  EXPECT_EQ(lint_only("CAS0929", council("absolute_majority", "within 72 h of a", waits)), "");
  EXPECT_EQ(lint_only("CAS0929", council("consensus", "within 8 days of a", waits)), "");
  EXPECT_EQ(lint_only("CAS0929", council("consensus", "", waits)), "");
  EXPECT_EQ(lint_only("CAS0929", council("consensus", "within 72 h of a", "each party shall not attack;")),
            "");
}

TEST(OneCanStop, SomeMembersAndAnotherInstrument) {
  EXPECT_EQ(
      lint_only("CAS0929",
                "group Great = { ALFA };\ninstrument One { party ALFA, BRAVO, CHARLIE;\n  body C { members "
                "party; rule r: yes >= 2 and no from Great = 0; decides measures(on: attack a) by r within "
                "24 h of a; } }\ninstrument Two { party BRAVO, DELTA; article 1 { " +
                    std::string(waits) + " } }"),
      "3: `measures` must be decided within 24 h, and ALFA alone can stop it\n");
}

// The shapes of a coding scheme owe nothing.
TEST(OneCanStop, ShapesDoNotCount) {
  EXPECT_EQ(lint_only("CAS0929", council("consensus", "within 72 h of a", "each party shall not attack;") +
                                     "instrument Scheme { binding none; article 1 { " + waits + " } }"),
            "");
}

// ---- overdue as it arises; waiting for what comes too late ----

TEST(Overdue, TheTimeRunsFromAnEarlierEvent) {
  const auto text = [](const std::string& clause) {
    return "event call_on(by: actor, about: event attack) \"Call\";\ninstrument One { party ALFA, BRAVO; "
           "article 1 {\n" +
           clause + " } }";
  };
  EXPECT_EQ(
      lint_only("CAS0930",
                text("when call_on(about: attack a) each party shall help(to: ECHO) within 3 days of a;")),
      "3: this is due within 72 h of `attack`, and `call_on`, from which it arises, may come later than "
      "that\n");
  EXPECT_EQ(lint_only("CAS0930",
                      text("when call_on(about: attack a) each party shall help(to: ECHO) within 3 days;")),
            "");
  EXPECT_EQ(
      lint_only("CAS0930",
                text("when call_on(about: attack a) as c each party shall help(to: ECHO) within 3 days of "
                     "c;")),
      "");
  EXPECT_EQ(
      lint_only("CAS0930",
                text("when call_on(about: attack a) where happened attack() within 1 day each party shall "
                     "help(to: ECHO) within 3 days of a;")),
      "");
}

std::string race(const std::string& own, const std::string& waited, const std::string& condition,
                 const std::string& head = {}) {
  return head + "instrument One { party ALFA, BRAVO;\n  article 1 { when attack() as a where " + condition +
         " each party shall help(to: ECHO) within " + own +
         "; }\n  article 2 { when attack() as a each party shall ask(about: "
         "a) within " +
         waited + "; } }\n";
}

TEST(DeadlineRace, WhatItWaitsForMayComeLater) {
  EXPECT_EQ(lint_only("CAS0931", race("48 h", "72 h", "happened ask()")),
            "2: the time for this is 48 h from `attack`, and `ask`, for which it waits, may take 72 h\n");
  EXPECT_EQ(lint_only("CAS0931", race("96 h", "72 h", "happened ask()")), "");
  EXPECT_EQ(lint_only("CAS0931", race("48 h", "72 h", "happened tell()")), "");
  EXPECT_EQ(lint_only("CAS0931", race("48 h", "72 h", "not happened ask()")), "");
}

TEST(DeadlineRace, BehindADerivedFactAndInADecision) {
  EXPECT_NE(lint_only("CAS0931", race("48 h", "72 h", "consulted(ALFA)",
                                      "derived consulted(who: state) when happened ask();\n")),
            "");
  EXPECT_EQ(
      lint_only("CAS0931", race("48 h", "72 h", "consulted(ALFA)",
                                "derived consulted(who: state) when happened ask() or disarmed(who);\n")),
      "");
  EXPECT_THAT(lint_only("CAS0931", R"(instrument One { party ALFA, BRAVO, CHARLIE; body C { members party; }
  article 1 { C may measures(on: attack a) by absolute_majority within 48 h of a where happened ask(about: a); }
  article 2 { when attack() as a each party shall ask(about: a) within 72 h; } })"),
              HasSubstr("the time for this is 48 h from `attack`, and `ask`"));
}

// ---- what can never come about ----

constexpr const char* powers =
    "institutional event call_up(by: actor) \"Call up\";\ninstitutional event stand_down(by: actor) "
    "\"Stand down\";\n";

std::string dead(const std::string& clauses, const std::string& head = {}) {
  return lint_only("CAS0935",
                   powers + head +
                       "instrument One { party ALFA, BRAVO; body C { members party; }\n  article 1 { " +
                       clauses + " } }\n");
}

TEST(NeverArises, NobodyHasThePower) {
  EXPECT_EQ(dead("when call_up(by: party p) each party except p shall help(to: ECHO) within 1 day;"),
            "4: nothing can ever set this clause going: nobody has the power to `call_up`\n");
  EXPECT_EQ(dead("when call_up(by: party p) each party except p shall help(to: ECHO) within 1 day; each "
                 "party may call_up;"),
            "");
  EXPECT_EQ(dead("when call_up(by: party p) each party except p shall help(to: ECHO) within 1 day;\n"
                 "when pay(by: party p) counts as call_up(by: p);"),
            "");
}

TEST(NeverArises, ItAsksForWhatNobodyCanDo) {
  EXPECT_THAT(dead("when attack() where happened call_up() each party shall help(to: ECHO) within 1 day;"),
              HasSubstr("nobody has the power to `call_up`, which it asks for"));
  EXPECT_THAT(dead("each party may help where happened call_up();"), HasSubstr("which it asks for"));
  EXPECT_THAT(dead("while happened call_up(), each party shall not attack;"), HasSubstr("which it asks for"));
  EXPECT_EQ(dead("when attack() where not happened call_up() each party shall help(to: ECHO) within 1 day;"),
            "");
}

TEST(NeverArises, TwoThatWaitForEachOther) {
  const std::string one = "each party may call_up where happened stand_down();",
                    other = "each party may stand_down where happened call_up();";
  EXPECT_EQ(
      dead(one + "\n" + other),
      "4: nothing can ever set this clause going: nobody has the power to `stand_down`, which it asks for\n");
  EXPECT_EQ(dead(one + "each party may stand_down;"), "");
}

TEST(NeverArises, BehindADerivedFact) {
  const std::string clause = "when attack() where ready(ALFA) each party shall help(to: ECHO) within 1 day;";
  EXPECT_EQ(dead(clause, "derived ready(who: state) when happened call_up() and disarmed(who);\n"),
            "5: nothing can ever set this clause going: `ready`, which it asks for, can never hold\n");
  EXPECT_EQ(dead(clause,
                 "derived ready(who: state) when happened call_up();\nderived ready(who: state) when "
                 "disarmed(who);\n"),
            "");
  EXPECT_EQ(dead(clause, "derived ready(who: state) when not happened call_up();\n"), "");
  EXPECT_THAT(
      dead(clause,
           "derived ready(who: state) when some state s where trained(s);\nderived trained(who: state) when "
           "happened call_up();\n"),
      HasSubstr("`ready`, which it asks for, can never hold"));
}

// One cause, one message: what rests on a dead clause is named beside it.
TEST(NeverArises, WhatRestsOnADeadClause) {
  const Found f = lint(powers + std::string(R"(instrument One { party ALFA, BRAVO;
  article 1 { when call_up(by: party p) each party except p shall help(to: ECHO) within 1 day; }
  article 2 { when breach of article 1 by party p p shall pay(to: ECHO) within 1 day; }
  article 3 { when breach of article 2 by party p p shall tell within 1 day; } })"));
  EXPECT_EQ(f.only("CAS0935"),
            "4: nothing can ever set this clause going: nobody has the power to `call_up`\n");
  EXPECT_THAT(f.notes("CAS0935"), HasSubstr("for want of it One.2, One.3 never begin either"));
}

TEST(NeverArises, ConditionsThatExcludeEachOther) {
  EXPECT_EQ(dead("while disarmed(ALFA), each party shall not attack unless disarmed(ALFA);"),
            "4: nothing can ever set this clause going: two of its conditions exclude each other\n");
  EXPECT_EQ(dead("while disarmed(ALFA), each party shall not attack unless disarmed(BRAVO);"), "");
}

// What no body decides is told once, as that.
TEST(NeverArises, WhatNobodyDecidesIsToldElsewhere) {
  const std::string text =
      powers + std::string(
                   "instrument One { party ALFA; derived ready() when happened call_up(); article "
                   "1 { when decided call_up() each party shall help(to: ECHO) within 1 day; when "
                   "attack() where ready() each party shall pay(to: ECHO) within 1 day; } }");
  const std::string flat =
      std::string(text).replace(text.find(" derived ready() when happened call_up();"), 41, "") +
      "\nderived ready() when happened call_up();";
  EXPECT_EQ(lint_only("CAS0935", flat), "");
  EXPECT_NE(lint_only("CAS0908", flat), "");
}

// A chain of a thousand, in either order, is settled.
TEST(NeverArises, LongChains) {
  for (const bool down : {false, true}) {
    std::string text, clauses;
    for (int i = 0; i < 1000; ++i)
      text += "institutional event e" + std::to_string(i) + "(by: actor) \"E\";\n";
    for (int k = 0; k < 999; ++k) {
      const int i = down ? 998 - k : k;
      clauses +=
          "each party may e" + std::to_string(i + 1) + " where happened e" + std::to_string(i) + "();\n";
    }
    const Found none = lint(text + "instrument One { party ALFA; article 1 {\n" + clauses + "} }");
    EXPECT_EQ(none.only("CAS0935"),
              (down ? std::string("2000") : std::string("1002")) +
                  ": nothing can ever set this clause going: nobody has the power to `e0`, which "
                  "it asks for\n");
    EXPECT_THAT(none.notes("CAS0935"), HasSubstr("and 993 more never begin either"));
    const Found all =
        lint(text + "instrument One { party ALFA; article 1 {\n" + clauses + "each party may e0; } }");
    EXPECT_EQ(all.only("CAS0935") + all.only("CAS0999"), "");
  }
}

TEST(NeverDecided, ItNeedsWhatCanNotHappenOrHold) {
  const auto text = [](const std::string& where, const std::string& rest = {}) {
    return powers +
           std::string(
               "derived ready(who: state) when happened call_up();\ninstrument One { party ALFA, BRAVO; body "
               "C { "
               "members party; }\n  article 2 { C may measures by absolute_majority where ") +
           where + "; " + rest + " } }";
  };
  EXPECT_EQ(lint_only("CAS0936", text("happened call_up()")),
            "5: `C` can never adopt `measures`: `call_up`, which it needs, can never happen\n");
  EXPECT_EQ(lint_only("CAS0936", text("ready(ALFA)")),
            "5: `C` can never adopt `measures`: `ready`, which it needs, can never hold\n");
  EXPECT_EQ(lint_only("CAS0936", text("happened call_up()", "each party may call_up;")), "");
  EXPECT_EQ(lint_only("CAS0936", text("disarmed(ALFA)")), "");
}

TEST(NeverDecided, BeforeItsInstrumentIsInForce) {
  const auto text = [](const std::string& from) {
    return "instrument One { in force from " + from +
           "; party ALFA, BRAVO; body C { members party; } article 2 { C may measures by absolute_majority "
           "by "
           "2000-01-01; } }";
  };
  EXPECT_THAT(lint_only("CAS0936", text("2001-01-01")),
              HasSubstr("it must do so by 2000-01-01, and is there from 2001-01-01"));
  EXPECT_EQ(lint_only("CAS0936", text("1999-01-01")), "");
}

// ---- ties ----

TEST(Tie, AsManyForAsAgainst) {
  const auto text = [](const std::string& parties, const std::string& rule) {
    return "instrument One { party " + parties + "; body C { members party; rule r: " + rule +
           "; decides measures(on: attack a) by r; } }";
  };
  EXPECT_EQ(lint_only("CAS0937", text("ALFA, BRAVO", "yes > no")),
            "1: when all 2 members vote, 1 to 1 rejects `measures`\n");
  EXPECT_EQ(lint_only("CAS0937", text("ALFA, BRAVO, CHARLIE, DELTA", "yes >= no")),
            "1: when all 4 members vote, 2 to 2 adopts `measures`\n");
  EXPECT_EQ(lint_only("CAS0937", text("ALFA, BRAVO, CHARLIE, DELTA", "2 * yes > members")),
            "1: when all 4 members vote, 2 to 2 rejects `measures`\n");
  EXPECT_EQ(lint_only("CAS0937", text("ALFA, BRAVO, CHARLIE", "yes > no")), "");
  EXPECT_EQ(lint_only("CAS0937", text("ALFA, BRAVO, CHARLIE, DELTA", "3 * yes >= 2 * voting")), "");
  EXPECT_EQ(lint_only("CAS0937", text("ALFA, BRAVO, CHARLIE, DELTA", "yes >= 2")), "");  // a number, no tie
  EXPECT_EQ(lint_only("CAS0937", text("ALFA, BRAVO, CHARLIE, DELTA", "yes > no and no from party = 0")),
            "");  // a veto decides
}

// The members of the instant at which there are most: four from 2001 on.
TEST(Tie, AtTheFullest) {
  EXPECT_EQ(
      lint_only(
          "CAS0937",
          "group Seats = { ALFA, BRAVO, CHARLIE, DELTA from 2001-01-01 };\ninstrument One { party ALFA; "
          "body C { members Seats; decides measures by simple_majority; } }"),
      "2: when all 4 members vote, 2 to 2 rejects `measures`\n");
}

// ---- circles of duties ----

std::string waiting(const std::string& one, const std::string& other, const std::string& rest = {},
                    const std::string& head = {}) {
  return lint_only(
      "CAS0938",
      head +
          "instrument One { party ALFA, BRAVO; body C { members party; }\n  article 1 { when attack() "
          "where " +
          one + " ALFA shall help(to: BRAVO) within 9 days; }\n  article 2 { when attack() where " + other +
          " BRAVO shall pay(to: ALFA) within 9 days; }\n" + rest + " }\n");
}

TEST(WaitingCircle, EachWaitsForTheOther) {
  EXPECT_EQ(waiting("happened pay(by: BRAVO)", "happened help(by: ALFA)"),
            "2: these wait for each other, and nobody has to begin: One.1 → One.2 → One.1\n");
  EXPECT_EQ(waiting("happened pay(by: BRAVO)", "not happened help(by: ALFA)"), "");
  EXPECT_EQ(waiting("happened pay(by: BRAVO)", "happened tell()"), "");
}

TEST(WaitingCircle, ADutyOutsideBegins) {
  EXPECT_EQ(waiting("happened pay(by: BRAVO)", "happened help(by: ALFA)",
                    "  article 3 { BRAVO shall pay(to: ALFA) within 1 year; }"),
            "");
}

TEST(WaitingCircle, BehindADerivedFact) {
  EXPECT_NE(waiting("paid()", "happened help(by: ALFA)", "",
                    "derived paid() when some state s where happened pay(by: s);\n"),
            "");
  EXPECT_EQ(waiting("paid()", "happened help(by: ALFA)", "",
                    "derived paid() when happened pay() or disarmed(ALFA);\n"),
            "");
}

TEST(WaitingCircle, ByWayOfADecision) {
  const auto text = [](const std::string& where) {
    return lint_only(
        "CAS0938",
        "instrument One { party ALFA, BRAVO, CHARLIE; body C { members party; }\n  article 1 { C may "
        "measures(on: attack a) by absolute_majority" +
            where +
            "; }\n  article 2 { when decided measures(on: attack a) each party shall ask(about: a) "
            "within 9 days; } }\n");
  };
  EXPECT_EQ(text(" where happened ask(about: a)"),
            "3: these wait for each other, and nobody has to begin: One.2 → One.2\n");
  EXPECT_EQ(text(""), "");
  EXPECT_EQ(text(" where happened tell()"), "");
}

// ---- words that nothing gives a meaning ----

// Other words of the tests' vocabulary have no title either.
std::string undefined(const std::string& word, const std::string& text) {
  const std::string all = lint_only("CAS0939", text),
                    message = ": `" + word + "` is used, and nothing says what it is\n";
  const size_t at = all.find(message);
  return at == std::string::npos ? std::string() : all.substr(all.rfind('\n', at) + 1, message.size() + 1);
}

TEST(UndefinedTerm, AnEventOfWhichTheReaderHasTheNameAlone) {
  const auto text = [](const std::string& event, const std::string& rest = {}) {
    return undefined(
        "salute",
        "event salute(by: actor)" + event +
            "\ninstrument One { party ALFA, BRAVO; article 1 { each party shall salute within 1 day; " +
            rest + " } }");
  };
  EXPECT_EQ(text(";"), "1: `salute` is used, and nothing says what it is\n");
  EXPECT_EQ(text(" \"Salute the flag\";"), "");
  EXPECT_EQ(text(";", "when pay(by: party p) counts as salute(by: p);"), "");
  EXPECT_EQ(text(";", "when salute(by: party p) p shall help(to: ECHO) within 1 day;"), "");
}

TEST(UndefinedTerm, AFact) {
  const auto text = [](const std::string& fact, const std::string& rest) {
    return undefined(
        "calm", fact + "\n" + rest +
                    "instrument One { party ALFA; article 1 { each party shall not help(to: state s) where "
                    "calm(s); } }");
  };
  EXPECT_NE(text("fact calm(who: state);", ""), "");
  EXPECT_EQ(text("fact calm(who: state) \"is calm\";", ""), "");
  EXPECT_EQ(text("fact calm(who: state);", "given calm(ECHO);\n"), "");
  EXPECT_EQ(text("derived calm(who: state) when disarmed(who);", ""), "");
}

TEST(UndefinedTerm, TheProseSpeaksOfIt) {
  const auto text = [](const std::string& prose) {
    return lint(prose +
                    "\n```casus\nevent grand_salute(by: actor);\ninstrument One { party ALFA, BRAVO; article "
                    "1 { each "
                    "party shall grand_salute within 1 day; } }\n```\n",
                "test.casus.md")
        .only("CAS0939");
  };
  EXPECT_EQ(text("A grand salute is seven guns."), "");
  EXPECT_EQ(text("`grand_salute`: seven guns."), "");
  EXPECT_NE(text("A salute is grand."), "");
}

// ---- norms without a bearer, and without anybody to claim ----

TEST(NobodyBears, TheConditionLeavesNobody) {
  const auto text = [](const std::string& elders, const std::string& kind) {
    return lint_only("CAS0940", "group Elders = { " + elders +
                                    " };\ninstrument One { party ALFA, BRAVO; role guest: CHARLIE;\n  "
                                    "article 1 { each " +
                                    kind + " p shall not attack where p in Elders; } }");
  };
  EXPECT_EQ(text("DELTA", "party"),
            "3: nobody can ever come under this: its bearers and its conditions leave nobody\n");
  EXPECT_EQ(text("BRAVO", "party"), "");
  EXPECT_NE(text("BRAVO", "guest"), "");
}

TEST(NobodyBears, WhoLeavesBeforeTheOthersEnter) {
  const auto text = [](const std::string& until) {
    return lint_only("CAS0940",
                     "group Elders = { ALFA from 2000-01-01 };\ninstrument One { party ALFA until " + until +
                         "; party BRAVO; article 1 { each party p shall not attack where p in Elders; } }");
  };
  EXPECT_NE(text("1999-01-01"), "");
  EXPECT_EQ(text("2001-01-01"), "");
}

TEST(NobodyBears, OpenSetsAndDerivedFactsAreNotGuessed) {
  EXPECT_EQ(
      lint_only(
          "CAS0940",
          "derived elder(who: state) when disarmed(who);\ninstrument One { party ALFA; article 1 { each "
          "party p shall not attack where elder(p); } }"),
      "");
  EXPECT_EQ(
      lint_only("CAS0940",
                "group Elders = { DELTA };\ninstrument One { party ALFA; article 1 { each party p shall not "
                "attack where p in Elders; } article 2 { when pay(by: state s) s becomes party; } }"),
      "");
}

TEST(NobodyClaims, TheBearerAlone) {
  const auto text = [](const std::string& parties, const std::string& owed = "") {
    return lint_only("CAS0941", "instrument One { party " + parties +
                                    ";\n  article 1 { ALFA shall help(to: ECHO) within 1 day " + owed +
                                    "; } }");
  };
  EXPECT_EQ(text("ALFA"), "2: nobody can claim a breach of this: ALFA is the only party\n");
  EXPECT_EQ(text("ALFA, BRAVO"), "");
  EXPECT_EQ(text("ALFA", "owed to ECHO"), "");
  EXPECT_EQ(text("ALFA, BRAVO", "owed to ALFA"),
            "2: nobody can claim a breach of this: it is owed to the bearer alone\n");
  EXPECT_EQ(text("ALFA; role ward: ECHO"), "");
}

TEST(NobodyClaims, OthersMayCome) {
  EXPECT_EQ(
      lint_only(
          "CAS0941",
          "instrument One { party ALFA; article 1 { ALFA shall help(to: ECHO) within 1 day; } article 2 { "
          "when pay(by: state s) s becomes party; } }"),
      "");
  EXPECT_EQ(
      lint_only(
          "CAS0941",
          "instrument One { party ALFA; party BRAVO from 2000-01-01 as successor of ALFA; article 1 { ALFA "
          "shall help(to: ECHO) within 1 day; } }"),
      "");
}

}  // namespace
}  // namespace casus::check::test
