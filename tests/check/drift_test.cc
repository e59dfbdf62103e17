// SPDX-License-Identifier: Apache-2.0
// CAS0919: numbers in prose, titles and remarks against the clauses beside them.
#include "check/lint.h"
#include "check/stated.h"

namespace casus::check::test {
namespace {

using ::testing::HasSubstr;

std::string drift(std::string_view text) { return lint(text, "test.casus.md").only("CAS0919"); }

// One article under a heading; the prose is line 4.
std::string article(const std::string& said, const std::string& clause) {
  return "# Head\nSigned after nine months.\n## Help\n" + said +
         "\n```casus\ninstrument One { party ALFA; article 1 { " + clause + " } }\n```\n";
}
// A body of five; the prose is line 2.
std::string council(const std::string& said, const std::string& rule) {
  return "# Head\n" + said +
         "\n```casus\ninstrument One { party ALFA, BRAVO, CHARLIE, DELTA, ECHO; body B { members party; rule "
         "r: " +
         rule + "; decides measures(on: attack a) by r; } }\n```\n";
}
constexpr const char* within_day = "when attack each party shall help(to: ECHO) within 1 day;";

TEST(Drift, DurationsOfTheProse) {
  EXPECT_EQ(drift(article("Help must come within 72 hours.", within_day)),
            "4: the prose says 72 h, and the clause 24 h\n");
  EXPECT_EQ(drift(article("Help must come within twenty-four hours.", within_day)), "");
  EXPECT_EQ(drift(article("A 24-hour limit, or 1 day.", within_day)), "");
  EXPECT_EQ(drift(article("Within 72 hours, and talks within 7 days.", within_day)), "");  // which is meant?
  EXPECT_EQ(drift(article("A review after six months.", within_day)), "");                 // another family
  EXPECT_EQ(drift(article("Within ninety days.", "each party shall help within 9 days;")),
            "4: the prose says 90 d, and the clause 9 d\n");
}

// Two numbers on either side: one agrees, so that the others are each other's.
TEST(Drift, OneOfSeveralDurations) {
  const std::string clauses =
      "when attack each party shall help(to: ECHO) within 1 day; when attack each party shall pay(to: ECHO) "
      "within 3 "
      "days;";
  EXPECT_EQ(drift(article("Help within 24 hours, money within 90 hours.", clauses)),
            "4: the prose says 3 d 18 h, and the clause 72 h\n");
  EXPECT_EQ(drift(article("Help within 24 hours, money within 72 hours.", clauses)), "");
  EXPECT_EQ(drift(article("Help within 20 hours, money within 70 hours.", clauses)), "");  // which is which?
}

TEST(Drift, TheClauseThatHasTheOtherNumberIsShown) {
  const Found f = lint(article("Help within 24 hours, money within 90 hours.",
                               "\neach party shall help within 1 day;\neach party shall pay within 3 days;"),
                       "test.casus.md");
  EXPECT_EQ(f.beside("CAS0919"), "8 ");
}

// A block with several articles: one number may be of either, two that mostly agree are of both.
TEST(Drift, SeveralArticlesInOneBlock) {
  const auto text = [](const std::string& said) {
    return "# Head\n" + said +
           "\n```casus\ninstrument One { party ALFA;\narticle 1 { each party shall help within 1 day; "
           "}\narticle 2 { "
           "each party shall pay within 3 days; } }\n```\n";
  };
  EXPECT_EQ(drift(text("Help within one day, money within five.")), "");
  EXPECT_EQ(drift(text("Help within one day, money within five days.")),
            "2: the prose says 5 d, and the clause 72 h\n");
}

TEST(Drift, ThresholdsOfTheProse) {
  EXPECT_EQ(drift(council("It takes three of the five.", "yes >= 4 and no from party = 0")),
            "2: the prose says 3 votes, and the clause 4 votes\n");
  EXPECT_EQ(drift(council("It takes three of the five.", "yes >= 3 and no from party = 0")), "");
  EXPECT_EQ(drift(council("It takes at least 3 affirmative votes.", "yes >= 4")),
            "2: the prose says 3 votes, and the clause 4 votes\n");
  EXPECT_EQ(drift(council("At least 55 % agree.", "yes >= 65 % of members")),
            "2: the prose says 55 %, and the clause 65 %\n");
  EXPECT_EQ(drift(council("At least 65 per cent agree.", "yes >= 65 % of members")), "");
  EXPECT_EQ(drift(council("Two thirds agree.", "3 * yes >= 2 * voting")), "");
  EXPECT_EQ(drift(council("Three-quarters agree.", "3 * yes >= 2 * voting")),
            "2: the prose says 75 %, and the clause 2/3\n");
}

TEST(Drift, AMajorityIsMoreThanATie) {
  for (const char* rule : {"yes >= no", "2 * yes >= members", "2 * yes >= voting"})
    EXPECT_EQ(drift(council("A simple majority decides.", rule)),
              "2: the prose says a majority, and the clause lets half of the votes adopt\n")
        << rule;
  EXPECT_NE(drift(council("More than half decides.", "yes >= no")), "");
  EXPECT_EQ(drift(council("A simple majority decides.", "yes > no")), "");
  EXPECT_EQ(drift(council("A simple majority decides.", "yes >= no and yes >= 1")),
            "");  // another part decides
  for (const char* words :
       {"A qualified majority decides.", "A two-thirds majority.", "A majority of three of the five."})
    EXPECT_THAT(drift(council(words, "yes >= no")), Not(HasSubstr("a majority")));
}

TEST(Drift, MembersOfTheBody) {
  EXPECT_EQ(drift(council("It takes three of the six.", "yes >= 3")),
            "2: the prose says 6 members, and the body has 5\n");
  EXPECT_EQ(drift(council("Each does one of the four things.", "no = 0")), "");  // no number decides
}

TEST(Drift, MembersOfABodyThatGrew) {
  EXPECT_EQ(
      drift(
          "# Head\nThree of the six.\n```casus\ngroup Seats = { ALFA, BRAVO, CHARLIE, DELTA from 2000-01-01, "
          "ECHO from 2001-01-01 };\ninstrument One { party ALFA; body B { members Seats; rule r: yes >= 3; "
          "decides measures(on: attack a) by r; } }\n```\n"),
      "");
}

TEST(Drift, Titles) {
  const auto text = [](const std::string& title) {
    return "instrument One { party ALFA; article 13 \"" + title +
           "\" { each party shall help(to: ECHO) within 1 year; } }";
  };
  EXPECT_EQ(lint_only("CAS0919", text("Notice of six months")),
            "1: the title says 6 months, and the clause 1 year\n");
  EXPECT_EQ(lint_only("CAS0919", text("Notice of one year")), "");
  EXPECT_EQ(lint_only("CAS0919", text("Notice")), "");
}

TEST(Drift, RemarksBesideAndAbove) {
  const auto text = [](const std::string& above, const std::string& beside) {
    return "instrument One { party ALFA;\n  article 1 {\n    " + above +
           "\n    each party shall help within 1 day;  " + beside +
           "\n    each party shall pay within 90 days;\n  }\n}\n";
  };
  EXPECT_EQ(lint_only("CAS0919", text("", "// within 36 hours")),
            "4: the remark says 36 h, and the clause 24 h\n");
  EXPECT_EQ(lint_only("CAS0919", text("", "// within 24 hours, not 90 days after")), "");
  EXPECT_EQ(lint_only("CAS0919", text("// At once:\n    // thirty-six hours at most.", "")),
            "4: the remark says 36 h, and the clause 24 h\n");
  EXPECT_EQ(lint_only("CAS0919", text("// One day.", "")), "");
  EXPECT_EQ(lint_only("CAS0919", text("// https://example.org/36-hours", "")),
            "3: the remark says 36 h, and the clause 24 h\n");
}

// Above an article: all of it.
TEST(Drift, RemarkAboveAnArticle) {
  const auto text = [](const std::string& remark) {
    return remark + "\ninstrument One { party ALFA;\n  " + remark +
           "\n  article 1 { each party shall help within 1 day; each party shall pay within 90 days; }\n"
           "  article 2 { each party shall help within 30 days; } }\n";
  };
  EXPECT_EQ(lint_only("CAS0919", text("// Help in a day: 24 hours. Money in 60 days.")),
            "3: the remark says 60 d, and the clause 90 d\n");
  EXPECT_EQ(lint_only("CAS0919", text("// 24 hours, and 90 days")), "");
}

TEST(Drift, RemarksAtRulesAndDecisions) {
  const auto text = [](const std::string& rule, const std::string& decision) {
    return "instrument One { party ALFA, BRAVO, CHARLIE, DELTA, ECHO;\n  body B {\n    members party;\n    " +
           rule + "\n    rule r: yes >= 4;\n    " + decision +
           "\n    decides measures(on: attack a) by r within 3 days of a;\n  }\n}\n";
  };
  EXPECT_EQ(lint_only("CAS0919", text("// three of five", "// four votes within 72 hours")),
            "4: the remark says 3 votes, and the clause 4 votes\n");
  EXPECT_EQ(
      lint_only("CAS0919", text("// four of five", "// 3 of the five, within 48 h")),
      "6: the remark says 48 h, and the clause 72 h\n6: the remark says 3 votes, and the clause 4 votes\n");
  EXPECT_EQ(lint_only("CAS0919", text("// two thirds", "// within three days")), "");  // a share is no count
}

// A string may hold what looks like a remark.
TEST(Drift, NoRemarkInAString) {
  EXPECT_EQ(lint_only("CAS0919",
                      "instrument One { party ALFA; cite \"https://x/ 36 hours\";\n  article 1 { each party "
                      "shall help within 1 day; } }\n"),
            "");
}

constexpr const char* exercise =
    "quantity distance { m; km = 1000 m; }\nevent drill(by: actor, troops: count, tanks: count, range: "
    "distance) "
    "\"Drill\";\n";

TEST(Drift, NumbersOfWhatTheClauseCallsSo) {
  const auto text = [](const std::string& said) {
    return std::string("# Head\n") + said + "\n```casus\n" + exercise +
           "instrument One { party ALFA; article 1 { each party shall not drill(troops: count n, tanks: "
           "count t) where n "
           ">= 9_000 or t >= 250; } }\n```\n";
  };
  EXPECT_EQ(drift(text("From 9,000 troops or 250 tanks.")), "");
  EXPECT_EQ(drift(text("From 8,000 combat troops or 250 tanks.")),
            "2: the prose says 8000 troops, and the clause 9000 troops\n");
  EXPECT_EQ(drift(text("From nine thousand troops or 300 tanks, since 2011.")),
            "2: the prose says 300 tanks, and the clause 250 tanks\n");
  EXPECT_EQ(drift(text("From nine thousand troops or two hundred and fifty tanks.")), "");
  EXPECT_EQ(drift(text("From 9_000 troops; there were 12 parties.")), "");
}

TEST(Drift, QuantitiesInAnyUnit) {
  const auto text = [](const std::string& said) {
    return std::string("# Head\n") + said + "\n```casus\n" + exercise +
           "instrument One { party ALFA; article 1 { each party shall not drill(range: distance d) where d "
           ">= 500 km and "
           "d <= 5500 km; } }\n```\n";
  };
  EXPECT_EQ(drift(text("Of 500 to 5,500 km.")), "");
  EXPECT_EQ(drift(text("Of 500–5,500 km.")), "");
  EXPECT_EQ(drift(text("Of 500,000 m and more, up to 5,500,000 m.")), "");
  EXPECT_EQ(drift(text("Of 500 to 5,000 km.")), "2: the prose says 5000 km, and the clause 5500 km\n");
}

TEST(Drift, DerivedFacts) {
  const auto text = [](const std::string& remark) {
    return std::string(exercise) + remark +
           "\nderived large(troops: count) when troops >= 9_000;\ninstrument One { party ALFA; article 1 { "
           "each party "
           "shall not drill(troops: count n) where large(n); } }\n";
  };
  EXPECT_EQ(lint_only("CAS0919", text("// from 13,000 troops")),
            "3: the remark says 13000 troops, and the clause 9000 troops\n");
  EXPECT_EQ(lint_only("CAS0919", text("// from 9,000 troops")), "");
}

// Each of several rules of one fact has its own remark, above it or beside it.
TEST(Drift, RulesOfOneDerivedFact) {
  const auto text = [](const std::string& second, const std::string& beside) {
    return std::string(exercise) +
           "// from 9,000 troops\nderived large(troops: count) when troops >= 9_000;\n" + second +
           "\nderived large(troops: count) when troops >= 250 and troops < 300; " + beside +
           "\ninstrument One { party ALFA; article 1 { each party shall not drill(troops: count n) where "
           "large(n); } }\n";
  };
  EXPECT_EQ(lint_only("CAS0919", text("// 250 troops, below 300 troops", "")), "");
  EXPECT_EQ(lint_only("CAS0919", text("// 250 troops, below 400 troops", "")),
            "5: the remark says 400 troops, and the clause 300 troops\n");
  EXPECT_EQ(lint_only("CAS0919", text("", "// 200 troops or 300 troops")),
            "6: the remark says 200 troops, and the clause 250 troops\n");
}

TEST(Drift, DeadlinesThatAPackageSettles) {
  const auto text = [](const std::string& said) {
    return "# Head\n" + said +
           "\n```casus\nchoice c { x(days: 1 .. 9); y; }\ninstrument One { party ALFA; article 1 when c = x "
           "{ each party "
           "shall help within c.days days; } }\n```\n";
  };
  EXPECT_EQ(drift(text("From 1 day to 9 days.")), "");
  EXPECT_EQ(drift(text("From 1 day to 7 days.")), "2: the prose says 7 d, and the clause 9 d\n");
}

TEST(Stated, WhatIsNoNumber) {
  for (const char* const text :
       {"article 27(3) days", "in 2.5 hours", "a day", "day one", "one of them", "two of one", "24",
        "1,00 days", "12,3456 days", "99999999999999999999 days", "2000000 years", ""}) {
    const Stated s = stated_in(text);
    EXPECT_TRUE(s.durations.empty() && s.thresholds.empty() && s.members.empty()) << text;
  }
  const Stated s = stated_in("1,000 days");
  ASSERT_EQ(s.durations.size(), 1u);
  EXPECT_EQ(s.durations[0].value.ms, 1000 * ms_per_day);
  EXPECT_EQ(s.durations[0].end, 10u);
}

TEST(Stated, AnyBytes) {
  for (const std::string& text :
       {std::string(100'000, '1'), std::string(100'000, ','), std::string("\xE2\x80"),
        std::string("1\xE2\x80\x93"), std::string("1,234,"), std::string("1 to"), std::string("1 of"),
        std::string("1 of the"), std::string("one\0two", 7)})
    EXPECT_TRUE(stated_in(text).durations.empty());
}

}  // namespace
}  // namespace casus::check::test
