// SPDX-License-Identifier: Apache-2.0
#include "report/card.h"

#include <gtest/gtest.h>

#include <sstream>

#include "base/unicode.h"
#include "report/card_builder.h"
#include "report/world.h"

namespace casus::report {
namespace {

class CardTest : public ::testing::Test {
 protected:
  void SetUp() override { test::load_pact(world_); }
  std::string show(const std::string& name, size_t width) {
    return cards_text(cards(world_.model(), world_.sources, name), {width, false, {}});
  }
  test::World world_;
};

TEST_F(CardTest, Golden) {
  std::string all;
  for (const char* name : {"Pact",  "Pact.1", "Pact.2(1)", "Board",   "ALFA",   "DELTA", "Coast", "attack",
                           "expel", "owns",   "in_area",   "people",  "keeper", "Great", "East",  "scope",
                           "paper", "war",    "state",     "weather", "mass",   "party"}) {
    all += "$ casus show pact.casus.md " + std::string(name) + "\n" + show(name, 80) + "\n";
  }
  test::expect_golden(all, "show_80.txt");
  test::expect_golden(show("Pact", 120) + "\n" + show("Pact.1", 120), "show_120.txt");
}

TEST_F(CardTest, EveryCardStaysInItsWidth) {
  for (const std::string& name : card_names(world_.model())) {
    for (size_t width : {40u, 80u, 120u}) {
      std::istringstream lines(show(name, width));
      for (std::string line; std::getline(lines, line);)
        EXPECT_LE(display_width(line), width) << name << ": " << line;
    }
  }
}

TEST_F(CardTest, NamesAndTitlesAreFound) {
  const auto sorts = [&](const char* name) {
    std::string out;
    for (const Card& c : cards(world_.model(), world_.sources, name)) out += c.sort + " " + c.name + ";";
    return out;
  };
  EXPECT_EQ(sorts("Pact"), "instrument Pact;");
  EXPECT_EQ(sorts("Pact of Mutual Help"), "instrument Pact;");
  EXPECT_EQ(sorts("Pact.Board"), "body Board;");
  EXPECT_EQ(sorts("Pact.keeper"), "role Pact.keeper;");
  EXPECT_EQ(sorts("keeper"), "role Pact.keeper;");
  EXPECT_EQ(sorts("ALFA"), "state ALFA;");
  EXPECT_EQ(sorts("A war in the Region"), "scenario war;");
  EXPECT_EQ(sorts("nothing"), "");
  EXPECT_EQ(sorts(""), "");
}

// Who can block, by the rule: (most) two in favour, and none of the great ones against.
TEST_F(CardTest, SaysWhoCanBlock) {
  EXPECT_NE(show("Board", 120).find("ALFA, BRAVO, each by a single no"), std::string::npos);
  test::World w;
  test::load(w, "b.casus", R"(
kind state is actor;
state A; state B; state C; state D; state E;
event act(by: actor);
event plan(by: actor);
event never_done(by: actor);
instrument I "I" {
  in force from 2000-01-01;
  party A, B, C, D, E;
  body Council { members party;
    rule three: yes >= 3;
    rule six: yes >= 6;
    decides act by three;
    decides plan by unanimity;
    decides never_done by six;
  }
}
)");
  const std::string text = cards_text(cards(w.model(), w.sources, "Council"), {120, false, {}});
  EXPECT_NE(text.find("no member alone; any 3 of the 5 members of 2000-01-01, by their no"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("any one of the 5 members of 2000-01-01, by a single no"), std::string::npos) << text;
  EXPECT_NE(text.find("itself: even if all of the 5 members of 2000-01-01 vote yes it is not adopted"),
            std::string::npos)
      << text;
}

TEST_F(CardTest, SourceIsDedentedWithoutProse) {
  Sources sources;
  const SourceId id =
      sources.add("a.casus.md", "```casus\n    one {\n      two;\n```\nprose\n```casus\n    }\n```\n");
  const SourceFile& file = sources[id];
  const auto begin = static_cast<uint32_t>(file.text.find("one")),
             end = static_cast<uint32_t>(file.text.find('}') + 1);
  EXPECT_EQ(dedented(file, begin, end), "one {\n  two;\n}");
  const SourceId plain = sources.add("b.casus", "x one\r\n      two\r\n    three");
  const auto length = static_cast<uint32_t>(sources[plain].text.size());
  EXPECT_EQ(dedented(sources[plain], 2, length), "one\n  two\nthree");
}

// Titles come from strangers; a terminal obeys escape sequences.
TEST_F(CardTest, ControlCharactersDoNotReachTheTerminal) {
  test::World w;
  test::load(w, "c.casus",
             "instrument I \"\x1b[31mred\" { cite \"\x1b]0;x\x07\"; article 1 \"\x1b[2J\" { } }\n");
  const std::string text = cards_text(cards(w.model(), w.sources, "I"), {80, false, {}});
  EXPECT_FALSE(text.empty());
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace casus::report
