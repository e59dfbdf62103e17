// SPDX-License-Identifier: Apache-2.0
// The canonical form, by example.
#include <gtest/gtest.h>

#include "parsed.h"

namespace casus::syntax {
namespace {

std::string formatted(const std::string& text, const std::string& path = "test.casus") {
  const Parsed p(text, path);
  EXPECT_EQ(p.shown(), "");
  return p.formatted();
}

TEST(Format, OneConstructALine) {
  EXPECT_EQ(formatted("kind a;kind   b is a ;event e( by:a,on :a )\"E\";"), R"(kind a;
kind b is a;
event e(by: a, on: a) "E";
)");
}

TEST(Format, SpacesBetweenTokens) {
  EXPECT_EQ(formatted("derived d( ) when f ( x,y:z )and - a . b+2*(c-1)<=10 %of members or r in 1..2;"),
            "derived d() when f(x, y: z) and -a.b + 2 * (c - 1) <= 10 % of members or r in 1 .. 2;\n");
  EXPECT_EQ(formatted("claim s . 1 by A(B  C)passage 1 .. 2:not f ;"),
            "claim s.1 by A (B C) passage 1..2: not f;\n");
  EXPECT_EQ(formatted("A shall take one of{a,b} (c:d);"), "A shall take one of { a, b }(c: d);\n");
  EXPECT_EQ(formatted("group G={A,B};group N={ };"), "group G = { A, B };\ngroup N = {};\n");
}

TEST(Format, BlocksAreIndented) {
  EXPECT_EQ(
      formatted(
          "instrument I \"T\"{party A;article 27 ( 3 ) \"X\"{A may go;}article 28{}body C{members party;}}"),
      R"(instrument I "T" {
  party A;

  article 27(3) "X" {
    A may go;
  }

  article 28 {}

  body C {
    members party;
  }
}
)");
}

TEST(Format, ShortBlocksStayOnALine) {
  EXPECT_EQ(formatted("state A \"A\"{\n iso \"AA\";\n\n cow 2; }"), "state A \"A\" { iso \"AA\"; cow 2; }\n");
  EXPECT_EQ(formatted("category c { first_of_the_values \"A long title for it\"; second_of_the_values "
                      "\"Yet another long title\"; }"),
            R"(category c {
  first_of_the_values "A long title for it";
  second_of_the_values "Yet another long title";
}
)");
}

TEST(Format, ClauseHeads) {
  EXPECT_EQ(formatted("when e(by: party p) as x where f(x) each party shall go(x) within 3 d promptly;"),
            R"(when e(by: party p) as x where f(x)
  each party shall go(x) within 3 d promptly;
)");
  EXPECT_EQ(formatted("while c(x) each party shall not go;"), "while c(x), each party shall not go;\n");
  EXPECT_EQ(formatted("once x = 1 NATO is terminated;"), "once x = 1\n  NATO is terminated;\n");
}

TEST(Format, LongClausesBreakAtTheirParts) {
  EXPECT_EQ(
      formatted(
          "when armed_attack(on: party the_victim, at: area the_area) as the_attack where the_area within "
          "TreatyArea and f(x) each party ally except the_victim shall assist(to: the_victim) as it deems "
          "necessary until UNSC has decided measures(on: the_attack);"),
      R"(when armed_attack(on: party the_victim, at: area the_area) as the_attack
    where the_area within TreatyArea and f(x)
  each party ally except the_victim shall assist(to: the_victim)
    as it deems necessary
    until UNSC has decided measures(on: the_attack);
)");
}

TEST(Format, LongConditionsBreakBeforeAnd) {
  EXPECT_EQ(formatted("A may go where first_condition(one, two) and second_condition(three, four) and "
                      "third_condition(five) "
                      "or fourth_condition(six);"),
            R"(A may go
  where first_condition(one, two) and second_condition(three, four) and third_condition(five)
      or fourth_condition(six);
)");
}

TEST(Format, LongListsBreakAfterCommas) {
  EXPECT_EQ(formatted("instrument I { party Alpha_State, Bravo_State, Charlie_State, Delta_State, "
                      "Echo_State, Foxtrot, Golf; }"),
            R"(instrument I {
  party Alpha_State, Bravo_State, Charlie_State, Delta_State, Echo_State, Foxtrot, Golf;
}
)");
  EXPECT_EQ(formatted("group G = { Alpha_State, Bravo_State, Charlie_State, Delta_State, Echo_State, "
                      "Foxtrot_State, Golf_State };"),
            R"(group G = { Alpha_State, Bravo_State, Charlie_State, Delta_State, Echo_State, Foxtrot_State,
    Golf_State };
)");
}

TEST(Format, CommentsStayWhereTheyAre) {
  EXPECT_EQ(formatted("  // first\nkind a;   // trailing  \n\n\n   // own\nkind b; instrument I {// "
                      "head\nparty A;\n// last\n}"),
            R"(// first
kind a; // trailing

// own
kind b;

instrument I { // head
  party A;
  // last
}
)");
}

TEST(Format, AtMostOneBlankLine) {
  EXPECT_EQ(formatted("\n\nkind a;\n\n\n\nkind b;\nkind c;\n\n\n"), "kind a;\n\nkind b;\nkind c;\n");
}

TEST(Format, LiterateProseIsUntouched) {
  const std::string text = R"(
#  Title  

kind prose;
```casus
instrument   I {

   party A;

```

More prose // here

~~~ casus
 article 1{ A may go ; }
}
~~~

)";
  const std::string canonical = R"(
#  Title  

kind prose;
```casus
instrument I {
  party A;
```

More prose // here

~~~ casus
  article 1 {
    A may go;
  }
}
~~~

)";
  EXPECT_EQ(formatted(text, "test.casus.md"), canonical);
  EXPECT_EQ(formatted("Only prose", "test.casus.md"), "Only prose");
}

TEST(Format, LineEndsAreKept) {
  EXPECT_EQ(formatted("kind a ;\r\n\r\nkind b;\r\n"), "kind a;\r\n\r\nkind b;\r\n");
  EXPECT_EQ(formatted("\xEF\xBB\xBFkind a ;"), "\xEF\xBB\xBFkind a;\n");
  EXPECT_EQ(formatted(""), "");
}

}  // namespace
}  // namespace casus::syntax
