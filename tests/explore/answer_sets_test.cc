// SPDX-License-Identifier: Apache-2.0
// Answer sets and a plain search find as many states within as many moves, and the same fewest moves to what is looked for.
#include "explore/answer_sets.h"

#include <gtest/gtest.h>

#include "explore/net_fold.h"
#include "explore/nets.h"

namespace casus::explore::test {
namespace {

struct Agreed {
  size_t states = 0, reached = 0, not_reached = 0;
};

// What is looked for: that a condition of the net holds; that a bit is what it was not at first; a record.
std::vector<Goal> goals_of(const Net& net, size_t most) {
  std::vector<Goal> out;
  for (const Literal l : net.conditions) out.push_back({l, {}});
  for (uint32_t b = 0; b < net.bits.size(); ++b) {
    const Literal l = bit_of(net, net.bits[b].name);
    out.push_back({net.initial[b] ? !l : l, {}});
  }
  for (size_t r = 0; r < net.rules.size(); ++r) {
    for (const Observation& o : net.rules[r].records) {
      if (o.kind != RecordKind::breach && o.kind != RecordKind::adopted && o.kind != RecordKind::lapsed)
        continue;
      Goal& g = out.emplace_back();
      g.taking.assign(r + 1, never);
      g.taking[r] = o.when;
    }
  }
  for (size_t i = 0; out.size() > most; ++i)
    out.erase(out.begin() + static_cast<std::ptrdiff_t>(i * 7 % out.size()));
  return out;
}

// With time: `timed` and a table of its timings.
void agree(SetSearch asked, const TimeTable* table, Agreed& agreed) {
  const auto program = [&](const std::optional<Goal>& goal) {
    return table ? answer_set_program(*asked.timed, *table, goal) : answer_set_program(asked.net, goal);
  };
  const SetSearched searched = search(asked);
  const auto all = ask_answer_sets(program({}), asked.moves, true);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->states, searched.states);
  agreed.states += searched.states;
  for (size_t g = 0; g < asked.goals.size(); ++g) {
    const uint32_t fewest = searched.goals[g].value_or(asked.moves + 1);
    ++(fewest <= asked.moves ? agreed.reached : agreed.not_reached);
    if (fewest > 0) {
      const auto before = ask_answer_sets(program(asked.goals[g]), fewest - 1, false);
      ASSERT_TRUE(before);
      EXPECT_FALSE(before->any);
    }
    if (fewest > asked.moves) continue;
    const auto then = ask_answer_sets(program(asked.goals[g]), fewest, false);
    ASSERT_TRUE(then);
    EXPECT_TRUE(then->any);
  }
}

constexpr size_t few_states = 300, few_gates = 1000;

bool is_small(SetSearch asked) {
  asked.states = few_states;
  return asked.net.circuit.size() <= few_gates && search(asked).whole;
}

std::optional<Net> random_folded_net(uint64_t seed) {
  const std::optional<Net> raw = random_net(seed);
  return raw ? fold(*raw).net : std::nullopt;
}

TEST(AnswerSets, are_the_courses_of_random_models) {
  if (!have_answer_set_programs()) GTEST_SKIP() << "gringo and clasp are not installed";
  Agreed agreed;
  size_t nets = 0;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    const std::optional<Net> net = random_folded_net(seed);
    if (!net) continue;
    const SetSearch asked{
        .net = *net, .goals = goals_of(*net, 2), .moves = 2 + static_cast<uint32_t>(seed % 2)};
    if (!is_small(asked)) continue;
    agree(asked, nullptr, agreed);
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
    ++nets;
  }
  std::cout << nets << " nets, " << agreed.states << " states, " << agreed.reached << " reached, "
            << agreed.not_reached << " not\n";
  EXPECT_GT(nets, 40u);
  EXPECT_GT(agreed.reached, 40u);
  EXPECT_GT(agreed.not_reached, 20u);
}

TEST(AnswerSets, keep_time_on_random_models) {
  if (!have_answer_set_programs()) GTEST_SKIP() << "gringo and clasp are not installed";
  Agreed agreed;
  size_t nets = 0, timings_met = 0;
  for (uint64_t seed = 1; seed <= 200; seed += 2) {
    std::optional<Net> net = random_folded_net(seed);
    if (!net || net->timers.empty()) continue;
    const NetProblem problem = problem_of(std::move(*net), 20);
    Timings timings(problem.net, problem.groups, problem.span);
    const SetSearch asked{.net = problem.net,
                          .goals = goals_of(problem.net, 1),
                          .timed = &problem,
                          .timings = &timings,
                          .moves = 2 + static_cast<uint32_t>(seed / 2 % 2)};
    if (!is_small(asked)) continue;
    const auto table = time_table(problem, timings, asked.moves);
    if (!table) continue;
    agree(asked, &*table, agreed);
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
    ++nets;
    timings_met += timings.size();
  }
  std::cout << nets << " nets, " << agreed.states << " states, " << timings_met << " timings, "
            << agreed.reached << " reached, " << agreed.not_reached << " not\n";
  EXPECT_GT(nets, 30u);
}

TEST(AnswerSets, are_the_courses_of_councils) {
  if (!have_answer_set_programs()) GTEST_SKIP() << "gringo and clasp are not installed";
  Agreed agreed;
  for (const int parties : {2, 3}) {
    const NetProblem problem = problem_of(fold(council_net(parties)).net.value(), 40);
    Timings timings(problem.net, problem.groups, problem.span);
    SetSearch asked{.net = problem.net, .goals = goals_of(problem.net, 4), .moves = parties == 2 ? 5u : 4u};
    agree(asked, nullptr, agreed);
    asked.timed = &problem;
    asked.timings = &timings;
    const auto table = time_table(problem, timings, asked.moves);
    ASSERT_TRUE(table);
    agree(asked, &*table, agreed);
  }
  std::cout << agreed.states << " states, " << agreed.reached << " reached, " << agreed.not_reached
            << " not\n";
  EXPECT_GT(agreed.states, 400u);
  EXPECT_GT(agreed.reached, 3u);
}

}  // namespace
}  // namespace casus::explore::test
