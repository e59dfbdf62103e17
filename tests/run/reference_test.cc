// SPDX-License-Identifier: Apache-2.0
// What only the reference interpreter offers: evaluation in the present state.
#include "run/reference.h"

#include "run/harness.h"

namespace casus::run::test {
namespace {

struct Asked {
  model::Model model;
  Ledger ledger;
  std::unique_ptr<Reference> engine;
  // The condition of the scenario's i-th expectation.
  Value operator[](size_t i) const {
    return engine->evaluate(model.scenarios.front().expectations.at(i).condition, {});
  }
};

std::unique_ptr<Asked> ask(std::string_view text) {
  auto out = std::make_unique<Asked>();
  out->model = model_of(text);
  if (out->model.scenarios.empty()) return nullptr;
  out->engine = std::make_unique<Reference>(out->model, case_of(out->model), out->ledger);
  out->engine->start();
  out->engine->finish();
  return out;
}

TEST(Evaluation, a_value_that_is_missing_compares_as_false_and_makes_sums_missing) {
  const auto a = ask(R"(
    given size(ALFA) = 7; given size(BRAVO) = 0;
    scenario "s" { from 2023-01-01; until 2023-01-02;
      expect holds ALFA.size = 7;
      expect holds CHARLIE.size = 7;
      expect holds CHARLIE.size != 7;
      expect holds not CHARLIE.size = 7;
      expect holds CHARLIE.size + 1 >= 0;
      expect holds ALFA.size / BRAVO.size = ALFA.size / BRAVO.size;
      expect holds ALFA.size / 2 = 3;
      expect holds -ALFA.size / 2 = -3;
      expect holds ALFA.size * 900_000_000_000_000_000 * 2 > 0;
    })");
  ASSERT_NE(a, nullptr);
  const std::vector<Value> expected{1, 0, 0, 1, 0, 0, 1, 1, 0};
  for (size_t i = 0; i < expected.size(); ++i) EXPECT_EQ((*a)[i], expected[i]) << i;
}

TEST(Evaluation, quantifiers_range_over_kinds_groups_and_parties) {
  const auto a = ask(R"(
    group Pair = { ALFA, BRAVO };
    given exempt(ALFA); given exempt(BRAVO); given exempt(CHARLIE);
    scenario "s" { from 2023-01-01; until 2023-01-02;
      expect holds every Pair p has exempt(p);
      expect holds every state p has exempt(p);
      expect holds every state p where not disarmed(p) and p in Pair has exempt(p);
      expect holds some state p where exempt(p) and not p in Pair;
      expect holds no state p where disarmed(p);
      expect holds 3 = count of state p where exempt(p);
    })");
  ASSERT_NE(a, nullptr);
  const std::vector<Value> expected{1, 0, 1, 1, 1, 1};
  for (size_t i = 0; i < expected.size(); ++i) EXPECT_EQ((*a)[i], expected[i]) << i;
}

TEST(Evaluation, facts_can_be_asked_one_by_one) {
  const auto a = ask(R"(
    derived free(who: state) when not exempt(who);
    given size(ALFA) = 7; given exempt(ALFA) from 2023-01-02;
    scenario "s" { from 2023-01-01; until 2023-01-01; })");
  ASSERT_NE(a, nullptr);
  const auto fact = [&](std::string_view name) {
    for (size_t i = 0; i < a->model.facts.size(); ++i) {
      if (a->model.facts[i].name == name) return FactId(i);
    }
    return FactId();
  };
  const std::vector<Value> alfa{a->model.find_entity("ALFA").value},
      bravo{a->model.find_entity("BRAVO").value};
  EXPECT_EQ(a->engine->value_of(fact("size"), alfa), 7);
  EXPECT_EQ(a->engine->value_of(fact("size"), bravo), model::no_value);
  EXPECT_FALSE(a->engine->holds(fact("exempt"), alfa));
  EXPECT_TRUE(a->engine->holds(fact("free"), alfa));
  a->engine->advance(a->engine->now() + ms_per_day);
  EXPECT_TRUE(a->engine->holds(fact("exempt"), alfa));
  EXPECT_FALSE(a->engine->holds(fact("free"), alfa));
}

}  // namespace
}  // namespace casus::run::test
