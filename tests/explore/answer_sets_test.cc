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

void agree(const Net& net, uint32_t moves, size_t looked_for, Agreed& agreed) {
  const std::vector<Goal> goals = goals_of(net, looked_for);
  const Searched searched = plain_search(net, goals, {.moves = moves});
  const auto all = ask_answer_sets(answer_set_program(net), moves, true);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->states, searched.states);
  agreed.states += searched.states;
  for (size_t g = 0; g < goals.size(); ++g) {
    const std::string program = answer_set_program(net, goals[g]);
    const uint32_t fewest = searched.goals[g].value_or(moves + 1);
    ++(fewest <= moves ? agreed.reached : agreed.not_reached);
    if (fewest > 0) {
      const auto before = ask_answer_sets(program, fewest - 1, false);
      ASSERT_TRUE(before);
      EXPECT_FALSE(before->any);
    }
    if (fewest > moves) continue;
    const auto then = ask_answer_sets(program, fewest, false);
    ASSERT_TRUE(then);
    EXPECT_TRUE(then->any);
  }
}

TEST(AnswerSets, are_the_courses_of_random_models) {
  if (!have_answer_set_programs()) GTEST_SKIP() << "gringo and clasp are not installed";
  constexpr size_t few_states = 300, few_gates = 1000;
  Agreed agreed;
  size_t nets = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    const std::optional<Net> raw = random_net(seed);
    if (!raw) continue;
    const Compiled folded = fold(*raw);
    ASSERT_TRUE(folded.net);
    const Net& net = *folded.net;
    const uint32_t moves = 2 + static_cast<uint32_t>(seed % 2);
    if (net.circuit.size() > few_gates ||
        !plain_search(net, {}, {.states = few_states, .moves = moves}).whole)
      continue;
    agree(net, moves, 2, agreed);
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
    ++nets;
  }
  std::cout << nets << " nets, " << agreed.states << " states, " << agreed.reached << " reached, "
            << agreed.not_reached << " not\n";
  EXPECT_GT(nets, 60u);
  EXPECT_GT(agreed.reached, 50u);
  EXPECT_GT(agreed.not_reached, 30u);
}

TEST(AnswerSets, are_the_courses_of_councils) {
  if (!have_answer_set_programs()) GTEST_SKIP() << "gringo and clasp are not installed";
  Agreed agreed;
  agree(fold(council_net(2)).net.value(), 5, 4, agreed);
  agree(fold(council_net(3)).net.value(), 4, 4, agreed);
  std::cout << agreed.states << " states, " << agreed.reached << " reached, " << agreed.not_reached
            << " not\n";
  EXPECT_GT(agreed.states, 400u);
  EXPECT_GT(agreed.reached, 3u);
}

}  // namespace
}  // namespace casus::explore::test
