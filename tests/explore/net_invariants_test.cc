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

// A net of a counter that takes very long to come to its end, by hand.
struct Counter {
  Net net;
  std::vector<Literal> bits;
  explicit Counter(uint32_t digits) {
    for (uint32_t b = 0; b < digits + 3; ++b) {
      net.bits.emplace_back();
      net.initial.push_back(false);
      bits.push_back(net.circuit.input());
    }
    Rule tick;
    tick.enabled = always;
    Literal carry = always;
    for (uint32_t b = 0; b < digits; ++b) {
      tick.writes.push_back({b, net.circuit.lxor(bits[b], carry)});
      carry = net.circuit.land(carry, bits[b]);
    }
    tick.writes.push_back({digits, net.circuit.lor(bits[digits], carry)});  // it has come to its end
    Rule one, other;                                                        // either of two, never both
    one.enabled = other.enabled = always;
    one.writes = {{digits + 1, always}, {digits + 2, never}};
    other.writes = {{digits + 1, never}, {digits + 2, always}};
    net.rules = {tick, one, other};
  }
  void beyond(const std::string& why, Literal when) {
    net.rules[1].reasons.push_back({ClauseId(), why, when});
    std::vector<Literal> any;
    for (const Beyond& b : net.rules[1].reasons) any.push_back(b.when);
    net.rules[1].beyond = net.circuit.any_of(any);
  }
};

// That it was not seen is not that it does not come about.
TEST(Invariants, are_shown_and_not_only_seen) {
  Counter counter(14);
  counter.beyond("both", counter.net.circuit.land(counter.bits[15], counter.bits[16]));
  counter.beyond("the end", counter.bits[14]);
  EXPECT_EQ(drop_impossible(counter.net), 1u);
  ASSERT_EQ(counter.net.rules[1].reasons.size(), 1u);
  EXPECT_EQ(counter.net.rules[1].reasons[0].why, "the end");
  EXPECT_EQ(counter.net.rules[1].beyond, counter.bits[14]);
}

TEST(Invariants, take_out_only_what_does_not_come_about) {
  size_t before = 0, after = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    const auto draft =
        draft_net(seed, [](const model::Model&, uint64_t) { return std::vector<model::Property>(); });
    if (!draft) continue;
    Net net = draft->net->net;
    drop_impossible(net);
    std::vector<Literal> gone;  // by rule: it was beyond, and is not now
    for (size_t r = 0; r < net.rules.size(); ++r)
      gone.push_back(net.circuit.land(draft->net->net.rules[r].beyond, !net.rules[r].beyond));
    const SetSearched found = search({.net = net, .goals = {{never, gone}}, .states = 1'000});
    ASSERT_FALSE(found.goals[0]) << "seed " << seed;
    before += reasons(draft->net->net);
    after += reasons(net);
  }
  std::cout << before << " reasons, " << after << " left\n";
  EXPECT_GT(before, after + 10);
}

}  // namespace
}  // namespace casus::explore::test
