// SPDX-License-Identifier: Apache-2.0
// Drafts as families: what is open, every package, what one package makes of the model.
#include <gtest/gtest.h>

#include "model/choose.h"
#include "model/resolved.h"

namespace casus::model {
namespace {

std::string family() {
  return vocabulary + R"(
choice path "further accession" { open; pause(years: 10 .. 20 step 5, members: 1 .. 2); ban; }
choice unasked { a; b; }
derived slow() when path.years > 12;
instrument Draft {
  party USA, GBR;
  choice rule { everyone; most; }
  body Board { members party; decides activate(any) by consensus when rule = everyone; decides invite(any) by two_thirds; }
  article 1 when path = ban { each party shall not supply(to: UKR); Board may activate(about: any) by consensus; }
  article 2 when not (path = ban) and (path = pause or path = open) {
    when request(by: actor x) each party except x shall supply(to: UKR)
      within path.years days otherwise each party shall assist(to: UKR) within path.members months;
  }
  article 3 { each party shall not supply(to: UKR) unless slow(); }
}
instrument Other { party USA; each party shall not invite(whom: any) unless path.years > 15; }
instrument Plain { party USA; each party shall not invite(whom: any); }
)";
}

Package package_of(const Model& m, const std::string& with) {
  const Resolved r = resolved(family() + "scenario \"S\" { with " + with + "; }");
  EXPECT_EQ(r.messages(), "");
  EXPECT_EQ(m.choices.size(), r.model().choices.size());
  return r.model().scenarios.front().with;
}

const Clause& clause(const Model& m, const std::string& citation) {
  for (const Clause& c : m.clauses) {
    if (m.cite(ClauseId(static_cast<size_t>(&c - m.clauses.data()))) == citation) return c;
  }
  ADD_FAILURE() << citation;
  return m.clauses.front();
}

std::vector<std::string> names(const Model& m, const std::vector<ChoiceId>& choices) {
  std::vector<std::string> out;
  for (ChoiceId c : choices) out.push_back(m[c].name);
  return out;
}

class Choices : public testing::Test {
 protected:
  Resolved r = resolved(family());
  const Model& m = r.model();
  std::vector<ChoiceId> open(std::initializer_list<std::string_view> instruments) const {
    std::vector<InstrumentId> ids;
    for (std::string_view i : instruments) ids.push_back(m.find_instrument(i));
    return open_choices(m, ids);
  }
};

TEST_F(Choices, AreOpenWhereTheInstrumentsAskAboutThem) {
  ASSERT_EQ(r.messages(), "");
  EXPECT_EQ(names(m, open({"Draft"})), (std::vector<std::string>{"path", "rule"}));
  EXPECT_EQ(names(m, open({"Other"})), std::vector<std::string>{"path"});
  EXPECT_TRUE(open({"Plain"}).empty());
  EXPECT_TRUE(open({}).empty());
}

TEST_F(Choices, ADerivedFactIsAskedAboutThroughWhatAsksForIt) {
  const Resolved only =
      resolved(vocabulary +
               "choice path { open; pause(years: 1 .. 2); } derived slow() when path.years > 1;"
               "instrument I { party USA; each party shall not supply(to: UKR) unless slow(); }"
               "instrument J { party USA; each party shall not supply(to: UKR); }");
  const Model& o = only.model();
  const InstrumentId i[] = {o.find_instrument("I")}, j[] = {o.find_instrument("J")};
  EXPECT_EQ(open_choices(o, i).size(), 1u);
  EXPECT_TRUE(open_choices(o, j).empty());
}

TEST_F(Choices, EveryPackageTheLastChoiceFastest) {
  const Packages all = packages(m, open({"Draft"}), {}, 100);
  EXPECT_FALSE(all.more);
  std::vector<std::string> said;
  for (const Package& p : all.list) said.push_back(words(m, p));
  EXPECT_EQ(said, (std::vector<std::string>{"path = open, rule = everyone", "path = open, rule = most",
                                            "path = pause(years: 10, members: 1), rule = everyone",
                                            "path = pause(years: 10, members: 1), rule = most",
                                            "path = pause(years: 10, members: 2), rule = everyone",
                                            "path = pause(years: 10, members: 2), rule = most",
                                            "path = pause(years: 15, members: 1), rule = everyone",
                                            "path = pause(years: 15, members: 1), rule = most",
                                            "path = pause(years: 15, members: 2), rule = everyone",
                                            "path = pause(years: 15, members: 2), rule = most",
                                            "path = pause(years: 20, members: 1), rule = everyone",
                                            "path = pause(years: 20, members: 1), rule = most",
                                            "path = pause(years: 20, members: 2), rule = everyone",
                                            "path = pause(years: 20, members: 2), rule = most",
                                            "path = ban, rule = everyone", "path = ban, rule = most"}));
}

TEST_F(Choices, WhatIsFixedStaysAndWhatItLeavesUnsaidRanges) {
  const auto asked = open({"Draft"});
  EXPECT_EQ(packages(m, asked, package_of(m, "path = ban"), 100).list.size(), 2u);
  const Packages paused = packages(m, asked, package_of(m, "path = pause, rule = most"), 100);
  ASSERT_EQ(paused.list.size(), 6u);
  EXPECT_EQ(words(m, paused.list.back()), "path = pause(years: 20, members: 2), rule = most");
  EXPECT_EQ(
      packages(m, asked, package_of(m, "path = pause(years: 15, members: 1), rule = most"), 100).list.size(),
      1u);
}

TEST_F(Choices, TheLimitIsTold) {
  const auto asked = open({"Draft"});
  const Packages some = packages(m, asked, {}, 5);
  EXPECT_EQ(some.list.size(), 5u);
  EXPECT_TRUE(some.more);
  EXPECT_FALSE(packages(m, asked, {}, 16).more);
  const Packages none = packages(m, {}, {}, 5);
  ASSERT_EQ(none.list.size(), 1u);
  EXPECT_TRUE(none.list.front().empty());
}

TEST_F(Choices, APackageLeavesOutWhatItDoesNotHold) {
  const Model ban = choose(m, package_of(m, "path = ban, rule = most"));
  EXPECT_FALSE(clause(ban, "Draft.1").left_out);
  EXPECT_TRUE(clause(ban, "Draft.2").left_out);
  EXPECT_TRUE(clause(ban, "Draft.2 (2)").left_out);  // its reparation
  EXPECT_FALSE(clause(ban, "Draft.3").left_out);
  const auto& decisions = ban.bodies.front().decisions;
  ASSERT_EQ(decisions.size(), 3u);
  EXPECT_TRUE(decisions[0].left_out);
  EXPECT_FALSE(decisions[1].left_out);
  EXPECT_FALSE(decisions[2].left_out);
  EXPECT_TRUE(choose(m, package_of(m, "path = open, rule = everyone")).bodies.front().decisions[2].left_out);
}

TEST_F(Choices, WhatAPackageIsSilentAboutStaysOpen) {
  const Model half = choose(m, package_of(m, "rule = most"));
  EXPECT_FALSE(clause(half, "Draft.1").left_out);
  EXPECT_TRUE(clause(half, "Draft.2").deadline.open.has_value());
  size_t still_open = 0;
  for (const Expr& e : half.exprs) still_open += e.op == Op::chosen || e.op == Op::choice_parameter ? 1 : 0;
  EXPECT_GT(still_open, 0u);
  const Model unsaid = choose(m, package_of(m, "path = pause, rule = most"));
  EXPECT_TRUE(clause(unsaid, "Draft.1").left_out);
  EXPECT_TRUE(clause(unsaid, "Draft.2").deadline.open.has_value());
}

TEST_F(Choices, DeadlinesAndNumbersAreReckoned) {
  const Model paused = choose(m, package_of(m, "path = pause(years: 15, members: 2), rule = most"));
  EXPECT_EQ(clause(paused, "Draft.2").deadline.within.ms, 15 * ms_per_day);
  EXPECT_FALSE(clause(paused, "Draft.2").deadline.open.has_value());
  EXPECT_EQ(clause(paused, "Draft.2 (2)").deadline.within.months, 2);
  for (const Expr& e : paused.exprs) EXPECT_TRUE(e.op != Op::chosen && e.op != Op::choice_parameter);
  const auto slow = [](const Model& of) {
    for (const Fact& f : of.facts) {
      if (f.name == "slow") return of[of[f.rules.front().condition].args[0]];
    }
    return Expr();
  };
  EXPECT_EQ(slow(paused).op, Op::constant);
  EXPECT_EQ(slow(paused).value, 15);
  EXPECT_EQ(slow(choose(m, package_of(m, "path = open, rule = most"))).value, no_value);
}

TEST_F(Choices, GuardsThatNoPackageHoldsTogetherExcludeEachOther) {
  const ExprId one = clause(m, "Draft.1").only_if, two = clause(m, "Draft.2").only_if;
  EXPECT_TRUE(exclude_each_other(m, one, two));
  EXPECT_FALSE(exclude_each_other(m, one, one));
  EXPECT_FALSE(exclude_each_other(m, one, ExprId()));
  EXPECT_FALSE(exclude_each_other(m, one, m.bodies.front().decisions[0].only_if));
}

TEST(ChoiceNames, OfTwoInstrumentsAreToldApart) {
  const Resolved r = resolved(vocabulary +
                              "instrument A { choice c { x; y; } article 1 when c = x { } }"
                              "instrument B { choice c { y; z; } article 1 when c = z { } }"
                              "derived d() when A.c = y and B.c != y;"
                              "scenario \"S\" { with B.c = z, A.c = y; }");
  ASSERT_EQ(r.messages(), "");
  EXPECT_EQ(words(r.model(), r.model().scenarios.front().with), "A.c = y, B.c = z");
}

}  // namespace
}  // namespace casus::model
