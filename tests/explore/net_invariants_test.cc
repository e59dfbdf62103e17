// SPDX-License-Identifier: Apache-2.0
#include "explore/net_invariants.h"

#include <gtest/gtest.h>

#include "explore/draft_net.h"
#include "explore/net_fold.h"
#include "explore/nets.h"
#include "explore/set_search.h"

namespace casus::explore::test {
namespace {

size_t reasons(const Net& net) {
  size_t out = 0;
  for (const Rule& r : net.rules) out += r.enabled == never ? 0 : r.reasons.size();
  return out;
}

TEST(Invariants, leave_a_council_room_for_everything) {
  for (const int parties : {3, 6, 15}) {
    Net net = fold(council_net(parties)).net.value();
    const size_t before = reasons(net);
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(drop_impossible(net), before);
    std::cout << parties << ": " << before << " reasons, " << reasons(net) << " left, "
              << std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count() << " s\n";
    EXPECT_GT(before, 5u);
    EXPECT_EQ(reasons(net), 0u);

  }
}

// Whether a rule is taken, in some course, where it was beyond.
bool has_no_room(const Net& net, const std::vector<Literal>& beyond) {
  const SetSearched found = search({.net = net, .goals = {{never, beyond}}, .states = 20'000});
  return found.goals[0].has_value();
}

TEST(Invariants, take_out_only_what_does_not_come_about) {
  size_t nets = 0, before = 0, after = 0;
  const auto check = [&](Net net, uint64_t seed) {
    const Net first = net;
    ++nets;
    before += reasons(net);
    drop_impossible(net);
    after += reasons(net);
    std::vector<Literal> gone;  // by rule: it was beyond, and is not now
    for (size_t r = 0; r < net.rules.size(); ++r)
      gone.push_back(net.circuit.land(first.rules[r].beyond, !net.rules[r].beyond));
    ASSERT_FALSE(has_no_room(net, gone)) << "seed " << seed;
  };
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    const auto draft =
        draft_net(seed, [](const model::Model&, uint64_t) { return std::vector<model::Property>(); });
    if (draft) check(draft->net->net, seed);
  }
  std::cout << nets << " nets, " << before << " reasons, " << after << " left\n";
  EXPECT_GT(before, after + 100);
}

}  // namespace
}  // namespace casus::explore::test
