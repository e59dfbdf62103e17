// SPDX-License-Identifier: Apache-2.0
// The explicit search on nets that are made of nothing but what is hard on it: events that turn one another's bits back and forth, time limits that
// fall due together and start one another, states of several words, more events than there are labels. Against a plain search.
#include <gtest/gtest.h>

#include <string>

#include "base/many_models.h"
#include "base/rng.h"
#include "base/time.h"
#include "explore/nets.h"
#include "explore/packed.h"
#include "explore/plain_search.h"

namespace casus::explore::test {
namespace {

struct Shape {
  uint32_t bits = 0, used = 0;  // the used ones lie anywhere among them; the others never change
  uint32_t events = 0, timers = 0;
  std::optional<uint32_t> at_most;
};

class Maker {
 public:
  Maker(const Shape& shape, uint64_t seed) : shape_(shape), rng_(seed, 7) {}

  NetProblem make() {
    Net& net = p_.net;
    net.bits.resize(shape_.bits);
    for (uint32_t b = 0; b < shape_.bits; ++b) {
      inputs_.push_back(net.circuit.input());
      net.initial.push_back(rng_.chance(1, 2));
    }
    // The first of the used ones are the timers': set while these run.
    std::vector<uint32_t> all(shape_.bits);
    for (uint32_t b = 0; b < shape_.bits; ++b) std::swap(all[b] = b, all[rng_.below(b + 1)]);
    used_.assign(all.begin(), all.begin() + shape_.used);
    constexpr TimerKind kinds[] = {TimerKind::deadline, TimerKind::deadline, TimerKind::motion,
                                   TimerKind::change,   TimerKind::forget,   TimerKind::expiry};
    for (uint32_t t = 0; t < shape_.timers; ++t) {
      net.timers.push_back({kinds[rng_.below(std::size(kinds))], t, {}, inputs_[used_[t]], "limit"});
      net.initial[used_[t]] = rng_.chance(1, 3);
      if (net.initial[used_[t]])
        net.running_at_first.push_back(
            {t, always, {true, {}, hours(static_cast<int64_t>(rng_.below(3)) + 1)}});
    }
    for (uint32_t e = 0; e < shape_.events; ++e) event(e);
    for (uint32_t t = 0; t < shape_.timers; ++t) {
      Rule rule{true, t, inputs_[used_[t]], {}, {}, {}, never, {}};
      writes_.assign(1, {used_[t], never});
      if (rng_.chance(1, 2)) change(rule, inputs_[used_[t]], t);
      rule.writes = writes_;
      net.rules.push_back(rule);
    }
    ask();
    p_.span = {0, hours(5), rng_.chance(1, 4) ? 1 : 0};
    p_.at_most = shape_.at_most;
    p_.split({});
    return std::move(p_);
  }

 private:
  static int64_t hours(int64_t n) { return n * ms_per_hour; }
  Literal some() {
    const Literal l = inputs_[used_[rng_.below(shape_.used)]];
    return rng_.chance(1, 2) ? l : !l;
  }
  // Another bit of the state, or a time limit that begins or ends.
  void change(Rule& rule, Literal enabled, uint32_t not_this) {
    Circuit& c = p_.net.circuit;
    const auto at = static_cast<uint32_t>(rng_.below(shape_.used));
    const uint32_t bit = used_[at];
    if (at == not_this) return;
    for (const Write& w : writes_) {
      if (w.bit == bit) return;
    }
    const Literal now = inputs_[bit];
    if (at >= shape_.timers) {
      const Literal next[] = {!now, always, never, c.lxor(now, some()), c.lor(now, some()), some()};
      writes_.push_back({bit, next[rng_.below(std::size(next))]});
    } else if (rng_.chance(1, 3)) {
      writes_.push_back({bit, c.land(now, some())});
    } else {  // often the same hour, so that several are due at once
      const Literal starts = c.land(enabled, rng_.chance(1, 2) ? always : some());
      const Due due{rng_.chance(1, 5), {0, hours(1 + static_cast<int64_t>(rng_.below(2)))}, hours(5)};
      rule.timers.push_back({at, starts, due});
      writes_.push_back({bit, c.lor(now, starts)});
    }
  }
  void event(uint32_t number) {
    Circuit& c = p_.net.circuit;
    Rule rule{false, number, some(), {}, {}, {}, never, {}};
    if (rng_.chance(1, 2)) rule.enabled = c.lor(rule.enabled, some());
    writes_.clear();
    for (uint64_t n = 1 + rng_.below(2); n-- > 0;) change(rule, rule.enabled, UINT32_MAX);
    rule.writes = writes_;
    p_.net.rules.push_back(rule);
  }
  void ask() {
    Circuit& c = p_.net.circuit;
    std::vector<uint8_t> values;
    for (int i = 0; i < 8; ++i) {
      NetAsked& a = p_.asked.emplace_back();
      a.at_the_end = i % 3 == 1;
      if (i % 2 == 0) {
        a.state = c.land(c.land(some(), some()), c.land(some(), some()));
        c.evaluate(p_.net.initial, values);
        a.at_first = !a.at_the_end && Circuit::value(a.state, values);
      } else {
        for (const Rule& r : p_.net.rules)
          a.by.push_back(rng_.chance(1, 4) ? c.land(r.enabled, c.land(some(), some())) : never);
      }
    }
    p_.asked.emplace_back();  // what is never so, that the search does not end before
  }

  const Shape shape_;
  Rng rng_;
  NetProblem p_;
  std::vector<Literal> inputs_;
  std::vector<uint32_t> used_;
  std::vector<Write> writes_;
};

// Empty: states, and fewest events of all that is asked, are the plain search's, with and without moves left out.
std::string difference(NetProblem& problem, size_t& left_out, size_t& counted) {
  const PlainOutcome plain = plain_search(problem, 6000);
  if (plain.too_many || !plain.beyond.empty()) return "";
  ++counted;
  std::string out;
  for (const bool order : {false, true}) {
    Limits limits;
    limits.reductions = {false, false, order, 0};
    const NetOutcome packed = explore_packed(problem, limits);
    left_out += packed.moves_left_out;
    if (packed.states != plain.states || !packed.beyond.empty())
      out += std::to_string(packed.states) + " states, not " + std::to_string(plain.states) + " " +
             packed.beyond + "\n";
    for (size_t i = 0; i < plain.decided.size(); ++i) {
      const auto& found = packed.stories[i];
      if (found.has_value() != plain.decided[i].has_value() || (found && found->size() != *plain.decided[i]))
        out += "question " + std::to_string(i) + (order ? " in some order\n" : " in every order\n");
    }
  }
  return out;
}

void all_come_to_the_same(const Shape& shape, uint64_t nets) {
  const auto [first, count] = casus::test::many_models(nets);
  size_t left_out = 0, counted = 0;
  for (uint64_t seed = first; seed < first + count && !testing::Test::HasFailure(); ++seed) {
    NetProblem problem = Maker(shape, seed).make();
    EXPECT_EQ(difference(problem, left_out, counted), "") << "seed " << seed;
  }
  printf("%zu of %zu nets compared, %zu moves left out\n", counted, static_cast<size_t>(count), left_out);
  EXPECT_GT(counted * 2, count);
  EXPECT_GT(left_out, counted);
}

TEST(PackedNets, events_that_turn_one_another_back) { all_come_to_the_same({9, 9, 8, 0, {}}, 150); }
TEST(PackedNets, limits_that_fall_due_together) { all_come_to_the_same({9, 9, 7, 3, 3}, 150); }
TEST(PackedNets, limits_without_an_end_of_events) { all_come_to_the_same({7, 7, 6, 1, {}}, 100); }
TEST(PackedNets, states_of_two_words) { all_come_to_the_same({70, 9, 8, 2, 4}, 60); }
TEST(PackedNets, states_of_three_words_and_of_four) {
  all_come_to_the_same({150, 9, 8, 2, 4}, 30);
  all_come_to_the_same({230, 9, 8, 2, 4}, 30);
}
// The timing has no room beside the last bits, or all of a word.
TEST(PackedNets, states_that_fill_their_words) {
  for (const uint32_t bits : {56u, 57u, 64u, 120u, 128u}) all_come_to_the_same({bits, 9, 8, 2, 4}, 10);
}
TEST(PackedNets, states_of_sixteen_words) { all_come_to_the_same({1000, 9, 8, 2, 4}, 10); }
TEST(PackedNets, more_events_than_labels) { all_come_to_the_same({70, 9, 300, 0, {}}, 4); }

}  // namespace
}  // namespace casus::explore::test
