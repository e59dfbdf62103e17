// SPDX-License-Identifier: Apache-2.0
#include "evidence/acceptance.h"

#include <gtest/gtest.h>

#include "small_model.h"

namespace casus::evidence {
namespace {

using model::GivenFact;
using model::Value;

constexpr model::ViewpointId kyiv{0u};

struct World {
  model::Model m = small_model();
  model::EntityId rus = m.find_entity("RUS"), ukr = m.find_entity("UKR"), usa = m.find_entity("USA"),
                  crimea = m.find_entity("Crimea"), kharkiv = m.find_entity("Kharkiv");
  World() {
    m.viewpoints.emplace_back();
    m.viewpoints[0].name = "Kyiv";
    m.viewpoints[0].accepts = {ukr, usa};
  }

  GivenFact fact(model::FactId id, model::EntityId a, model::EntityId b,
                 int64_t from = Instant::far_past().ms, int64_t until = Instant::far_future().ms,
                 Value value = 1) const {
    GivenFact f;
    f.fact = id;
    f.args[0] = a.value;
    if (b) f.args[1] = b.value;
    f.value = value;
    f.from = {from};
    f.until = {until};
    return f;
  }

  std::string show(const std::vector<GivenFact>& facts) const {
    std::string out;
    for (const GivenFact& f : facts) {
      out += m[f.fact].name + "(" + m.entities[static_cast<size_t>(f.args[0])].name;
      if (f.args[1] != model::no_value) out += ", " + m.entities[static_cast<size_t>(f.args[1])].name;
      out += ")";
      if (f.value != 1) out += " = " + std::to_string(f.value);
      if (f.from != Instant::far_past()) out += " from " + std::to_string(f.from.ms);
      if (f.until != Instant::far_future()) out += " until " + std::to_string(f.until.ms);
      out += "; ";
    }
    return out;
  }
};

// Who asserts and who denies: nobody, somebody whom the viewpoint does not accept, somebody whom it accepts, both.
TEST(Acceptance, TheWholeTable) {
  const World w;
  const std::vector<std::vector<model::EntityId>> who = {{}, {w.rus}, {w.ukr}, {w.rus, w.ukr}};
  using enum Acceptance;
  constexpr Acceptance with_view[4][4] = {
      // denied by: nobody, stranger, accepted, both
      {accepted, undecided, rejected, rejected},   // asserted by nobody
      {accepted, undecided, rejected, rejected},   // by a stranger
      {accepted, accepted, undecided, undecided},  // by one whom it accepts
      {accepted, accepted, undecided, undecided},  // by both
  };
  for (size_t a = 0; a < 4; ++a) {
    for (size_t d = 0; d < 4; ++d) {
      const model::Assertion assertion{.asserted_by = who[a], .denied_by = who[d], .known = {}, .source = {}};
      EXPECT_EQ(accept(assertion, w.m, kyiv, {}), with_view[a][d]) << a << " " << d;
      EXPECT_EQ(accept(assertion, w.m, {}, {}), d == 0 ? accepted : undecided) << a << " " << d;
    }
  }
}

TEST(Acceptance, WhatBecameKnownLaterIsLeftOut) {
  const World w;
  model::Assertion a;
  a.denied_by = {w.ukr};
  EXPECT_EQ(accept(a, w.m, kyiv, Instant{10}), Acceptance::rejected);
  a.known = Instant{10};
  EXPECT_EQ(accept(a, w.m, kyiv, {}), Acceptance::rejected);
  EXPECT_EQ(accept(a, w.m, kyiv, Instant{9}), Acceptance::not_yet_known);
  EXPECT_EQ(accept(a, w.m, kyiv, Instant{10}), Acceptance::rejected);
}

TEST(Sift, KeepsTheModelsFactsThenTheScenariosAndSortsThemByAcceptance) {
  World w;
  w.m.givens = {w.fact(fact_ally, w.usa, w.ukr), w.fact(fact_ally, w.rus, w.ukr),
                w.fact(fact_ally, w.rus, w.usa)};
  w.m.givens[1].assertion.denied_by = {w.ukr};
  w.m.givens[2].assertion.known = Instant{100};
  model::Scenario s;
  s.givens = {w.fact(fact_ally, w.ukr, w.usa), w.fact(fact_ally, w.usa, w.rus)};
  s.givens[1].assertion.denied_by = {w.rus};
  const SiftedFacts sifted = sift(w.m, &s, kyiv, Instant{99});
  EXPECT_EQ(w.show(sifted.accepted), "ally(USA, UKR); ally(UKR, USA); ");
  EXPECT_EQ(w.show(sifted.rejected), "ally(RUS, UKR); ");
  EXPECT_EQ(w.show(sifted.undecided), "ally(USA, RUS); ");
  EXPECT_EQ(w.show(sift(w.m, nullptr, {}, {}).accepted), "ally(USA, UKR); ally(RUS, USA); ");
}

TEST(Sift, WhatTheViewpointHoldsReplacesWhatIsGivenOverItsInterval) {
  World w;
  w.m.givens = {w.fact(fact_population, w.ukr, {}, 0, 100, 44),
                w.fact(fact_population, w.rus, {}, 0, 100, 144)};
  w.m.viewpoints[0].holds = {w.fact(fact_population, w.ukr, {}, 40, 60, 41)};
  EXPECT_EQ(w.show(sift(w.m, nullptr, kyiv, {}).accepted),
            "population(UKR) = 44 from 0 until 40; population(UKR) = 44 from 60 until 100; "
            "population(RUS) = 144 from 0 until 100; population(UKR) = 41 from 40 until 60; ");
  EXPECT_EQ(w.show(sift(w.m, nullptr, {}, {}).accepted),
            "population(UKR) = 44 from 0 until 100; population(RUS) = 144 from 0 until 100; ");
}

TEST(Sift, IntervalsThatOnlyTouchAreNotCut) {
  World w;
  w.m.givens = {
      w.fact(fact_population, w.ukr, {}, 0, 40, 44), w.fact(fact_population, w.ukr, {}, 60, 100, 43),
      w.fact(fact_population, w.ukr, {}, 41, 59, 42), w.fact(fact_population, w.ukr, {}, 0, 50, 40)};
  w.m.viewpoints[0].holds = {w.fact(fact_population, w.ukr, {}, 40, 60, 41)};
  EXPECT_EQ(w.show(sift(w.m, nullptr, kyiv, {}).accepted),
            "population(UKR) = 44 from 0 until 40; population(UKR) = 43 from 60 until 100; "
            "population(UKR) = 40 from 0 until 40; population(UKR) = 41 from 40 until 60; ");
}

TEST(Sift, OneAnswerToAContestedQuestionReplacesTheOthers) {
  World w;
  w.m.givens = {w.fact(fact_sovereign, w.crimea, w.rus, 14), w.fact(fact_sovereign, w.kharkiv, w.rus)};
  w.m.viewpoints[0].holds = {w.fact(fact_sovereign, w.crimea, w.ukr, 0)};
  EXPECT_EQ(w.show(sift(w.m, nullptr, kyiv, {}).accepted),
            "sovereign(Kharkiv, RUS); sovereign(Crimea, UKR) from 0; ");
}

TEST(Sift, AnUncontestedRelationIsReplacedByTheSameTupleOnly) {
  World w;
  w.m.givens = {w.fact(fact_ally, w.ukr, w.usa, 0), w.fact(fact_ally, w.ukr, w.rus, 0)};
  w.m.viewpoints[0].holds = {w.fact(fact_ally, w.ukr, w.usa, 5, 10)};
  EXPECT_EQ(w.show(sift(w.m, nullptr, kyiv, {}).accepted),
            "ally(UKR, USA) from 0 until 5; ally(UKR, USA) from 10; ally(UKR, RUS) from 0; ally(UKR, USA) "
            "from 5 until 10; ");
}

TEST(Sift, HoldingThatSomethingIsNotSoTakesAwayThatOnly) {
  World w;
  w.m.givens = {w.fact(fact_sovereign, w.crimea, w.rus), w.fact(fact_sovereign, w.crimea, w.ukr)};
  w.m.viewpoints[0].holds = {w.fact(fact_sovereign, w.crimea, w.rus, 14, Instant::far_future().ms, 0)};
  EXPECT_EQ(w.show(sift(w.m, nullptr, kyiv, {}).accepted),
            "sovereign(Crimea, RUS) until 14; sovereign(Crimea, UKR); ");
}

TEST(Sift, WhatTheViewpointHoldsIsNotUndecidedForIt) {
  World w;
  w.m.givens = {w.fact(fact_sovereign, w.crimea, w.rus, 0, 20)};
  w.m.givens[0].assertion.denied_by = {w.rus};
  w.m.viewpoints[0].holds = {w.fact(fact_sovereign, w.crimea, w.ukr, 10)};
  const SiftedFacts sifted = sift(w.m, nullptr, kyiv, {});
  EXPECT_EQ(w.show(sifted.undecided), "sovereign(Crimea, RUS) from 0 until 10; ");
  EXPECT_EQ(w.show(sifted.accepted), "sovereign(Crimea, UKR) from 10; ");
}

}  // namespace
}  // namespace casus::evidence
