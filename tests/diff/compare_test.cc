// SPDX-License-Identifier: Apache-2.0
// What is the same, what is not, and for whom: from the text of two drafts.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "diff/drafts.h"

namespace casus::diff {
namespace {

using test::pact;
using test::Two;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string article(const std::string& clause) { return "  article 1 \"Help\" {\n    " + clause + "\n  }\n"; }

struct Change {
  const char* before;
  const char* after;
  Part part;
  Weight weight;
  // So that a test is named by its number, and not by where its texts lie.
  friend void PrintTo(const Change& c, std::ostream* out) { *out << c.before << " → " << c.after; }
};

class Changes : public ::testing::TestWithParam<Change> {};

TEST_P(Changes, OnePartIsToldWithItsWeight) {
  const Change& c = GetParam();
  const Two d(pact(article(c.before)), pact(article(c.after)));
  const ClausePair* pair = d.changed();
  ASSERT_NE(pair, nullptr);
  ASSERT_TRUE(pair->before && pair->after);
  ASSERT_EQ(pair->parts.size(), 1u);
  EXPECT_EQ(pair->parts[0].part, c.part);
  EXPECT_EQ(pair->parts[0].weight, c.weight);
}

// The mirror: what is harder one way is softer the other.
TEST_P(Changes, TheOtherWayRoundTheWeightTurns) {
  const Change& c = GetParam();
  const Two d(pact(article(c.after)), pact(article(c.before)));
  const ClausePair* pair = d.changed();
  ASSERT_NE(pair, nullptr);
  ASSERT_EQ(pair->parts.size(), 1u);
  EXPECT_EQ(pair->parts[0].part, c.part);
  const Weight turned = c.weight == Weight::harder   ? Weight::softer
                        : c.weight == Weight::softer ? Weight::harder
                                                     : c.weight;
  EXPECT_EQ(pair->parts[0].weight, turned);
}

#define WHEN "when attack(by: actor a, on: party v) "
INSTANTIATE_TEST_SUITE_P(
    Parts, Changes,
    ::testing::Values(
        Change{WHEN "each party shall help(to: v) within 24 h;",
               WHEN "each party shall help(to: v) within 72 h;", Part::deadline, Weight::softer},
        Change{WHEN "each party shall help(to: v) within 1 month;",
               WHEN "each party shall help(to: v) within 3 days;", Part::deadline, Weight::harder},
        Change{WHEN "each party shall help(to: v) promptly;",
               WHEN "each party shall help(to: v) within 72 h;", Part::deadline, Weight::harder},
        Change{WHEN "each party shall help(to: v);", WHEN "each party except v shall help(to: v);", Part::who,
               Weight::softer},
        Change{WHEN "each party shall help(to: v);", WHEN "each helper shall help(to: v);", Part::who,
               Weight::other},
        Change{WHEN "each party shall help(to: v);",
               WHEN "each party shall help(to: v) as it deems necessary;", Part::discretion, Weight::softer},
        Change{WHEN "each party p shall help(to: v);", WHEN "each party p shall help(to: v) unless armed(p);",
               Part::unless, Weight::softer},
        Change{WHEN "each party shall help(to: v);", WHEN "where armed(a) each party shall help(to: v);",
               Part::where, Weight::softer},
        Change{WHEN "where armed(a) each party shall help(to: v);",
               WHEN "where armed(a) and armed(v) each party shall help(to: v);", Part::where, Weight::softer},
        Change{WHEN "each party shall help(to: v);",
               "when attack(by: party a, on: party v) each party shall help(to: v);", Part::trigger,
               Weight::softer},
        Change{WHEN "each party shall help(to: v);",
               WHEN "each party shall take one of { help, pay }(to: v);", Part::what, Weight::softer},
        Change{WHEN "each party shall help(to: v);",
               WHEN "each party shall help(to: v) otherwise breach material;", Part::otherwise,
               Weight::harder},
        Change{WHEN "each party shall help(to: v) owed to v;",
               WHEN "each party shall help(to: v) owed to all parties;", Part::owed_to, Weight::other},
        Change{WHEN "each party shall help(to: v);", WHEN "each party shall help(to: v) from 2030-01-01;",
               Part::dates, Weight::softer},
        Change{"each party shall not enter;", "each party may enter;", Part::kind, Weight::softer},
        Change{"each party may quit;", "each party may quit takes effect 3 months after notice;",
               Part::notice, Weight::harder},
        Change{"each party p shall not pay(to: actor x);",
               "each party p shall not pay(to: actor x) where armed(x);", Part::act_where, Weight::softer}));
#undef WHEN

TEST(Same, WhiteSpaceCommentsOrderAndNamesOfVariablesAreNoChange) {
  const std::string a = pact(
      "  article 1 { when attack(by: actor a, on: party v) as it_all where armed(a) and armed(v)\n"
      "    each party p except v, a shall help(to: v) within 24 h; each party may quit; }\n"
      "  article 2 { each party shall not enter; }\n");
  const std::string b = pact(
      "  // a comment\n  article 2 { each party shall not enter; }\n"
      "  article 1 { each party may quit; when attack(by: actor who, on: party whom)\n   where armed(whom) "
      "and armed(who)\n"
      "    each party x except who, whom shall help(to: whom) within 24 h; }\n");
  EXPECT_TRUE(Two(a, b).difference.same());
}

// Who attacks whom is not the same, though the same words stand there.
TEST(Same, AVariableInAnotherPlaceIsAChange) {
  const Two d(
      pact(article(
          "when attack(by: actor a, on: party v) where some state x where some state y where attack_of(x, y)"
          " each party shall help(to: v);")) +
          "fact attack_of(one: actor, other: actor);\n",
      pact(article(
          "when attack(by: actor a, on: party v) where some state x where some state y where attack_of(y, x)"
          " each party shall help(to: v);")) +
          "fact attack_of(one: actor, other: actor);\n");
  ASSERT_NE(d.changed(), nullptr);
  EXPECT_EQ(d.changed()->parts[0].part, Part::where);
}

TEST(Renumbering, ReferencesFollowTheirArticle) {
  const std::string a = pact(
      "  article 1 \"Help\" { when attack(on: party v) each party except v shall help(to: v) within 24 h; }\n"
      "  article 2 \"Payment\" { when breach of article 1 by party x x shall pay(to: ALD) within 10 days; "
      "}\n");
  const std::string b = pact(
      "  article 5 \"Help\" { when attack(on: party v) each party except v shall help(to: v) within 24 h; }\n"
      "  article 6 \"Payment\" { when breach of article 5 by party x x shall pay(to: ALD) within 10 days; "
      "}\n");
  const Two d(a, b);
  EXPECT_FALSE(d.difference.same());
  EXPECT_THAT(d.pact().duties, IsEmpty());
  for (const ArticlePair& p : d.pact().articles) {
    if (!p.before && !p.after) continue;
    EXPECT_TRUE(p.renumbered && !p.changed());
  }
}

// A new article in the midst: the rest moves by one, and nothing else is told of it.
TEST(Renumbering, AnArticleThatIsPutBetweenMovesTheRest) {
  const std::string one = "each party shall not enter;", two = "each party may quit;",
                    three = "each party shall pay(to: ALD);";
  const Two d(pact("article 1 { " + one + " } article 2 { " + two + " }"),
              pact("article 1 { " + three + " } article 2 { " + one + " } article 3 { " + two + " }"));
  ASSERT_EQ(d.pact().articles.size(), 4u);  // with what stands outside articles
  EXPECT_FALSE(d.pact().articles[1].before.valid());
  EXPECT_TRUE(d.pact().articles[2].renumbered && !d.pact().articles[2].changed());
  EXPECT_TRUE(d.pact().articles[3].renumbered && !d.pact().articles[3].changed());
}

TEST(Duties, APartyThatTakesAnothersPlaceTakesItsDuties) {
  std::string after = pact(article("each helper shall not enter;"));
  after.replace(after.find("helper: BRE"), 11, "helper: ALD");
  const Two d(pact(article("each helper shall not enter;")), after);
  ASSERT_EQ(d.pact().duties.size(), 2u);
  EXPECT_EQ(d.pact().duties[0].weight, Weight::vanishes);
  EXPECT_THAT(d.pact().duties[0].who, ElementsAre("BRE"));
  EXPECT_EQ(d.pact().duties[1].weight, Weight::appears);
  EXPECT_THAT(d.pact().duties[1].who, ElementsAre("ALD"));
  ASSERT_EQ(d.pact().life.size(), 1u);
  EXPECT_THAT(d.pact().life[0].joined, ElementsAre("ALD"));
  EXPECT_THAT(d.pact().life[0].left, ElementsAre("BRE"));
}

TEST(Duties, WhoIsNamedAsAnExceptionDoesNotOweIt) {
  const Two d(pact(article("each party shall not enter;")),
              pact(article("each party except DEL shall not enter;")));
  ASSERT_EQ(d.pact().duties.size(), 1u);
  EXPECT_EQ(d.pact().duties[0].weight, Weight::vanishes);
  EXPECT_THAT(d.pact().duties[0].who, ElementsAre("DEL"));
}

std::string council(const std::string& rule) {
  return pact("  body Council { members party; rule own: " + rule +
              "; decides activate(about: attack a) by own within 72 h; }\n");
}

TEST(Blocking, AloneAndTogether) {
  const Two d(council("no = 0"), council("yes >= 3"));
  ASSERT_EQ(d.pact().blocking.size(), 1u);
  const BlockingChange& c = d.pact().blocking[0];
  ASSERT_TRUE(c.before && c.after);
  EXPECT_THAT(c.before->alone, ElementsAre("ALD", "BRE", "COR", "DEL"));
  EXPECT_THAT(c.after->alone, IsEmpty());
  EXPECT_EQ(c.after->together, 2u);
}

// One of the helpers and somebody else: groups are counted where members do not weigh the same.
TEST(Blocking, GroupsAreCounted) {
  const Two d(council("no = 0"), council("yes >= 3 and yes from helper >= 1"));
  const BlockingChange& c = d.pact().blocking[0];
  EXPECT_EQ(c.after->together, 2u);
  EXPECT_EQ(c.after->groups, 6u);
}

TEST(Words, WhatADraftDefinesItself) {
  const Two d(pact("") + "derived ready(who: actor) when armed(who);\nevent leave(by: actor);\n",
              pact("") + "derived ready(who: actor) when not armed(who);\nevent part(by: actor);\n");
  std::vector<std::string> what;
  for (const LineChange& l : d.difference.words) what.push_back(l.what);
  EXPECT_THAT(what, ElementsAre("event leave", "fact ready", "event part"));
}

TEST(Words, RulesOutsideInstruments) {
  const Two d(pact("") + "when attack(on: state v) counts as pay(by: v, to: ALD);\n",
              pact("") + "when attack(on: state v) counts as pay(by: v, to: BRE);\n");
  ASSERT_EQ(d.difference.instruments.size(), 2u);
  EXPECT_FALSE(d.difference.instruments[1].before.valid());
  ASSERT_NE(d.changed(), nullptr);
  EXPECT_EQ(d.changed()->parts[0].part, Part::effects);
}

TEST(Names, AnInstrumentUnderAnotherNameIsTheSame) {
  const std::string body =
      "  body Council { members party; decides activate(about: attack a) by unanimity; }\n" +
      article("each party may quit;");
  EXPECT_TRUE(Two(pact(body), pact(body, "Treaty")).difference.same());
}

// ---- laws on the library ----

struct Library {
  test::One one;
  std::vector<std::string> files;

  Library() {
    std::vector<model::ModuleText> roots;
    for (const auto& entry : std::filesystem::directory_iterator(CASUS_SOURCE_DIR "/library")) {
      if (!entry.is_regular_file()) continue;
      std::ostringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      roots.push_back({entry.path().string(), text.str()});
    }
    std::sort(roots.begin(), roots.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    for (const auto& r : roots) files.push_back(r.path);
    const model::ReadModule none = [](const std::string&, const std::string&) { return std::nullopt; };
    one.loaded = model::load(roots, none, one.sources, one.diagnostics);
    EXPECT_FALSE(one.diagnostics.has_errors());
  }
  Draft draft() const { return {&one.loaded.model, &one.sources, files, {}}; }
  const Model& model() const { return one.loaded.model; }
};

TEST(LibraryLaws, EveryInstrumentSaysWhatItSays) {
  const Library a, b;
  const Draft one = a.draft(), other = b.draft();
  ASSERT_GE(a.model().instruments.size(), 39u);
  const Difference d = compare(one, other, pair_instruments(one, other));
  EXPECT_TRUE(d.same());
  EXPECT_TRUE(d.words.empty());
  for (const InstrumentPair& p : d.instruments) EXPECT_TRUE(p.same()) << a.model()[p.before].name;
  EXPECT_TRUE(tell_stories(one, other, d).of.empty());
}

// Any two instruments: what one way is new is gone the other way, and what is harder is softer.
TEST(LibraryLaws, TheComparisonMirrors) {
  const Library a;
  const Draft one = a.draft();
  const size_t n = a.model().instruments.size();
  for (size_t i = 0; i + 1 < n; i += 2) {
    const Difference there = compare(one, one, {{InstrumentId(i), InstrumentId(i + 1)}});
    const Difference back = compare(one, one, {{InstrumentId(i + 1), InstrumentId(i)}});
    std::multiset<std::tuple<uint32_t, uint32_t, int, std::string>> left, right;
    const auto weight = [](Weight w, bool mirror) {
      if (!mirror) return static_cast<int>(w);
      switch (w) {
        case Weight::appears:
          return static_cast<int>(Weight::vanishes);
        case Weight::vanishes:
          return static_cast<int>(Weight::appears);
        case Weight::harder:
          return static_cast<int>(Weight::softer);
        case Weight::softer:
          return static_cast<int>(Weight::harder);
        default:
          return static_cast<int>(w);
      }
    };
    const auto names = [](const DutyChange& c) {
      std::string out = c.others;
      for (const std::string& w : c.who) out += " " + w;
      return out;
    };
    for (const DutyChange& c : there.instruments[0].duties)
      left.emplace(c.before.value, c.after.value, weight(c.weight, false), names(c));
    for (const DutyChange& c : back.instruments[0].duties)
      right.emplace(c.after.value, c.before.value, weight(c.weight, true), names(c));
    EXPECT_EQ(left, right) << a.model().instruments[i].name << " and " << a.model().instruments[i + 1].name;
  }
}

}  // namespace
}  // namespace casus::diff
