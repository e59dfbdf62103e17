// SPDX-License-Identifier: Apache-2.0
#include "explore/net_symmetry.h"

#include <gtest/gtest.h>

#include "explore/council.h"
#include "explore/draft_net.h"
#include "explore/net_fold.h"
#include "explore/nets.h"
#include "explore/set_search.h"
#include "run/harness.h"

namespace casus::explore::test {
namespace {

std::function<void(SetState&)> canonical_of(const Symmetry& symmetry) {
  return [&symmetry](SetState& s) {
    std::vector<uint64_t> words((s.bits.size() + 63) / 64);
    for (size_t b = 0; b < s.bits.size(); ++b) words[b / 64] |= uint64_t{s.bits[b]} << (b % 64);
    symmetry.canonical(words);
    for (size_t b = 0; b < s.bits.size(); ++b) s.bits[b] = (words[b / 64] >> (b % 64) & 1) != 0;
  };
}

std::string shown(const Symmetry& symmetry, const model::Model& m) {
  std::string out;
  for (const auto& parties : symmetry.parties) {
    out += "[";
    for (const EntityId party : parties) out += " " + m[party].name;
    out += " ]";
  }
  return out;
}

// With and without: as many states as there are classes of states, and the same fewest moves to whatever is asked. Nothing: too many states.
struct Compared {
  size_t all = 0, kept = 0, reached = 0;
};
std::optional<Compared> compare(const NetProblem& problem, const Symmetry& symmetry, bool timed,
                                size_t states) {
  Timings timings(problem.net, problem.groups, problem.span);
  SetSearch asked{.net = problem.net, .states = states};
  if (timed) {
    asked.timed = &problem;
    asked.timings = &timings;
  }
  for (const NetAsked& a : problem.asked) asked.goals.push_back({a.state, a.by});
  const auto canonical = canonical_of(symmetry);
  std::set<std::pair<std::vector<bool>, TimingId>> classes;
  asked.which = [&](const SetState& s, const std::vector<uint8_t>&, std::vector<uint32_t>&) {
    SetState kept = s;
    canonical(kept);
    classes.emplace(kept.bits, kept.timing);
  };
  const SetSearched plain = search(asked);
  if (!plain.whole) return std::nullopt;
  asked.which = {};
  asked.canonical = canonical;
  const SetSearched reduced = search(asked);
  EXPECT_EQ(reduced.states, classes.size());
  EXPECT_EQ(reduced.goals, plain.goals);
  size_t reached = 0;
  for (const auto& g : plain.goals) reached += g.has_value();
  return Compared{plain.states, reduced.states, reached};
}

void ask(NetProblem& problem, Literal state) { problem.asked.emplace_back().state = state; }

struct Council {
  model::Model model;
  NetProblem problem;
  explicit Council(int parties, int days = 60)
      : model(modelled(parties)), problem(problem_of(fold(council_net(parties)).net.value(), days)) {}
  static model::Model modelled(int parties) {
    std::string messages;
    return run::test::resolved(council_model(parties, 2), messages).value();
  }
  std::string found() const { return shown(find_symmetry(problem, model), model); }
};

TEST(Symmetry, most_parties_of_a_council_are_as_good_as_another) {
  for (const int parties : {4, 15}) {
    Council council(parties);
    const auto begun = std::chrono::steady_clock::now();
    const Symmetry symmetry = find_symmetry(council.problem, council.model);
    std::cout << parties << ": " << shown(symmetry, council.model) << ", "
              << std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count() << " s\n";
    ASSERT_EQ(symmetry.classes.size(), 2u);
    EXPECT_EQ(symmetry.classes[0].size(), 2u);  // those who have a veto and are exposed
    EXPECT_EQ(symmetry.classes[1].size(), static_cast<size_t>(parties - 2));
  }
}

TEST(Symmetry, what_is_asked_of_one_party_tells_it_apart) {
  Council council(5);
  EXPECT_EQ(council.found(), "[ S1 S2 ][ S3 S4 S5 ]");
  ask(council.problem, bit_of(council.problem.net, "mobilised()"));
  EXPECT_EQ(council.found(), "[ S1 S2 ][ S3 S4 S5 ]");
  ask(council.problem, bit_of(council.problem.net, "pending S4 Pact.2"));
  EXPECT_EQ(council.found(), "[ S1 S2 ][ S3 S5 ]");
  council.problem.asked.back().by.resize(council.problem.net.rules.size());
  council.problem.asked.back().state = never;
  EXPECT_EQ(council.found(), "[ S1 S2 ][ S3 S4 S5 ]");
  council.problem.asked.back().by[20] = always;  // an event of S3
  EXPECT_EQ(council.found(), "[ S1 S2 ][ S4 S5 ]");
  council.problem.net.initial[0].flip();
  EXPECT_EQ(council.found(), "[ S4 S5 ]");
}

TEST(Symmetry, of_councils_as_many_states_as_classes_and_the_same_answers) {
  for (const bool timed : {false, true}) {
    for (const int parties : {3, 4}) {
      if (timed && parties == 4) continue;
      Council council(parties, timed ? 8 : 60);
      Net& net = council.problem.net;
      ask(council.problem, bit_of(net, "mobilised()"));
      std::vector<Literal> aid;
      for (int i = 1; i <= parties; ++i)
        aid.push_back(bit_of(net, "pending S" + std::to_string(i) + " Pact.2"));
      ask(council.problem, net.circuit.all_of(aid));
      ask(council.problem, net.circuit.land(net.circuit.any_of(aid), !bit_of(net, "mobilised()")));
      const Symmetry symmetry = find_symmetry(council.problem, council.model);
      const auto compared = compare(council.problem, symmetry, timed, 400'000);
      ASSERT_TRUE(compared);
      std::cout << parties << (timed ? " with time" : "") << ": " << compared->all << " states, "
                << compared->kept << " kept\n";
      EXPECT_EQ(compared->reached, 2u);
      EXPECT_LT(compared->kept * 3, compared->all * 2);
    }
  }
}

std::vector<model::Property> of_anybody(const model::Model&, uint64_t) {
  std::vector<model::Property> out;
  for (const model::Verdict v : {model::Verdict::breach, model::Verdict::fulfilled, model::Verdict::pending,
                                 model::Verdict::adopted, model::Verdict::void_act})
    out.push_back(possible(v));
  return out;
}

TEST(Symmetry, of_random_drafts_as_many_states_as_classes_and_the_same_answers) {
  size_t nets = 0, symmetric = 0, compared_with = 0, all = 0, kept = 0, reached = 0;
  for (uint64_t seed = 1; seed <= 1000; ++seed) {
    const auto draft = draft_net(seed, of_anybody);
    if (!draft) continue;
    ++nets;
    const Symmetry symmetry = find_symmetry(*draft->net, draft->model);
    if (symmetry.classes.empty()) continue;
    ++symmetric;
    for (const bool timed : {false, true}) {
      const auto compared = compare(*draft->net, symmetry, timed, 5'000);
      ASSERT_FALSE(HasFailure()) << "seed " << seed;
      if (!compared) continue;
      ++compared_with;
      all += compared->all;
      kept += compared->kept;
      reached += compared->reached;
    }
  }
  std::cout << nets << " nets, " << symmetric << " symmetric, " << compared_with << " compared, " << all
            << " states, " << kept << " kept, " << reached << " reached\n";
}

}  // namespace
}  // namespace casus::explore::test
