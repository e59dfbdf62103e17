// SPDX-License-Identifier: Apache-2.0
// What a slice of a net finds, the whole net finds, after as few events.
#include "explore/net_slice.h"

#include <gtest/gtest.h>

#include "explore/draft_net.h"
#include "explore/net_fold.h"
#include "explore/net_invariants.h"
#include "explore/nets.h"
#include "explore/plain_search.h"

namespace casus::explore::test {
namespace {

using model::Verdict;

// A few of all that can be asked, by seed.
std::vector<model::Property> some(const model::Model& m, uint64_t seed) {
  constexpr Verdict all[] = {Verdict::breach, Verdict::fulfilled, Verdict::unperformed, Verdict::released,
                             Verdict::lapsed, Verdict::late,      Verdict::void_act,    Verdict::adopted,
                             Verdict::duty,   Verdict::pending,   Verdict::suspended};
  constexpr const char* bearers[] = {"", "A", "B", "C"};
  std::vector<model::Property> out;
  for (uint64_t i = 0; i < 5; ++i) {
    const Verdict v = all[(seed + 5 * i) % std::size(all)];
    const char* bearer = bearers[(seed / 3 + i) % 4];
    const bool state = v == Verdict::duty || v == Verdict::pending || v == Verdict::suspended;
    out.push_back(possible(v, *bearer ? m.find_entity(bearer) : EntityId(), state && i % 2 == 0));
  }
  return out;
}

NetProblem one_asked(const NetProblem& of, size_t which) {
  NetProblem out = of;
  out.asked = {of.asked[which]};
  return out;
}

TEST(Slice, of_random_drafts_finds_the_same_after_as_few_events) {
  constexpr uint64_t few_states = 400;
  size_t compared = 0, decided = 0, smaller = 0, bits = 0, bits_kept = 0, states = 0, states_kept = 0,
         with_gap = 0;
  for (uint64_t seed = 1; seed <= 120; ++seed) {
    const int64_t gap = seed % 4 == 0 ? 1 : 0;
    const auto draft = draft_net(seed, some, gap);
    if (!draft) continue;
    if (seed % 2 == 0) {
      drop_impossible(draft->net->net);
      draft->net->split({});
    }
    NetProblem whole = *draft->net;
    const PlainOutcome of_whole = plain_search(whole, few_states);
    if (of_whole.too_many) continue;
    for (size_t i = 0; i < draft->net->asked.size(); ++i) {
      NetProblem part = slice(one_asked(*draft->net, i));
      const PlainOutcome of_part = plain_search(part, few_states);
      ASSERT_EQ(of_part.beyond.empty(), of_whole.beyond.empty()) << "seed " << seed << ", question " << i;
      if (!of_whole.beyond.empty()) continue;
      ASSERT_EQ(of_part.decided[0], of_whole.decided[i]) << "seed " << seed << ", question " << i;
      ++compared;
      decided += of_part.decided[0].has_value();
      smaller += of_part.states < of_whole.states;
      with_gap += gap != 0 && of_part.states < of_whole.states;
      bits += whole.net.bits.size();
      bits_kept += part.net.bits.size();
      states += of_whole.states;
      states_kept += of_part.states;
    }
  }
  std::cout << compared << " compared, " << decided << " decided, " << smaller << " smaller, " << bits_kept
            << " of " << bits << " bits, " << states_kept << " of " << states << " states\n";
  EXPECT_GT(compared, 150u);
  EXPECT_GT(decided, 20u);
  EXPECT_GT(smaller, 100u);
  EXPECT_GT(with_gap, 10u);
}

TEST(Slice, of_a_council_keeps_what_is_asked_about) {
  Net net = fold(council_net(2)).net.value();
  drop_impossible(net);
  NetProblem council = problem_of(std::move(net), 10);
  const auto asked = [&](const std::string& bit) {
    NetProblem p = council;
    p.asked.emplace_back().state = bit_of(p.net, bit);
    NetProblem part = slice(p);
    const PlainOutcome of_whole = plain_search(p), of_part = plain_search(part);
    EXPECT_EQ(of_whole.decided, of_part.decided) << bit;
    EXPECT_TRUE(of_part.decided[0]);
    std::cout << bit << ": " << part.net.bits.size() << " of " << p.net.bits.size() << " bits, "
              << of_part.states << " of " << of_whole.states << " states\n";
    return part;
  };
  const NetProblem one = asked("blockaded()");
  EXPECT_EQ(one.net.bits.size(), 5u);  // whether there is power to, while somebody is attacked
  EXPECT_TRUE(one.net.timers.empty());
  EXPECT_EQ(one.net.rules.size(), council.net.rules.size() - council.net.timers.size());
  EXPECT_EQ(asked("attacked(S1)").net.bits.size(), 1u);
  const NetProblem most = asked("mobilised()");
  EXPECT_EQ(most.net.timers.size(), 1u);  // the council's, not that of the aid that is due
  EXPECT_LT(most.net.bits.size(), council.net.bits.size() - 3);
}

}  // namespace
}  // namespace casus::explore::test
