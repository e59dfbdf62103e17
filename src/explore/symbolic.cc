// SPDX-License-Identifier: Apache-2.0
#include "explore/symbolic.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <set>
#include <string>

#include "explore/symbolic_layers.h"

namespace casus::explore {

namespace {

constexpr size_t little_bytes = size_t{192} << 20;
constexpr size_t most_bits = 4000;  // a diagram is as deep as a recursion on it

// All that may be reached, in no order: rule after rule on what is there already.
class Everything {
 public:
  Everything(SymbolicSpace& space, const std::function<void(const Progress&)>& progress)
      : s_(space), progress_(progress), decided_(space.problem.asked.size()) {}

  // False: it came to no end.
  bool run() {
    set_at(reached_, 0) = s_.moves.state(s_.problem.net.initial);
    waiting_.insert(0);
    // Round after round from the earlier timings to the later, so that much has come together where it is gone on from.
    for (TimingId timing = 0; !waiting_.empty(); ++timing) {
      const auto next = waiting_.lower_bound(timing);
      timing = next != waiting_.end() ? *next : *waiting_.begin();
      waiting_.erase(timing);
      if (progress_) progress_({0, waiting_.size(), 0, s_.full()});
      if (!from(timing)) return false;
    }
    for (size_t i = 0; i < decided_.size(); ++i) {
      for (TimingId t = 0; t < reached_.size() && !decided_[i]; ++t)
        decided_[i] = !s_.deciding(t, reached_[t], i, false).is_false();
    }
    return s_.goes_on();
  }
  const SymbolicSets& reached() const { return reached_; }
  // By property. What is so in the first state counts: it may come about again.
  const std::vector<uint8_t>& decided() const { return decided_; }

 private:
  bool from(TimingId timing) {
    const std::vector<SymbolicMove>& moves = s_.moves.all();
    std::vector<SymbolicSpace::Part> parts;
    for (size_t m = 0; m < moves.size(); ++m) {
      if (!s_.goes_on()) return false;
      if (done_.size() <= timing) done_.resize(timing + 1, SymbolicSets(moves.size()));
      if (done_[timing][m] == reached_[timing]) continue;
      done_[timing][m] = reached_[timing];
      parts.clear();
      s_.divide(moves[m], timing, reached_[timing], parts);
      for (const SymbolicSpace::Part& part : parts) {
        for (size_t i = 0; i < decided_.size(); ++i)
          decided_[i] = decided_[i] || !s_.deciding(part, i).is_false();
        Diagram& there = set_at(reached_, part.after);
        Diagram all = s_.diagrams.either(there, s_.moves.after(moves[m], part.from));
        if (all == there) continue;
        there = std::move(all);
        waiting_.insert(part.after);
      }
    }
    return true;
  }

  SymbolicSpace& s_;
  const std::function<void(const Progress&)>& progress_;
  SymbolicSets reached_;
  std::vector<SymbolicSets> done_;  // by timing and move: what it has been made from
  std::vector<uint8_t> decided_;
  std::set<TimingId> waiting_;  // of which something is new
};

void say(const SymbolicSpace& space, const SymbolicSets& reached, NetOutcome& out) {
  const Natural states = space.count(reached);
  out.states = states.fits() ? states.small() : UINT64_MAX;
  if (!states.fits()) out.states_written = states.decimal();
  out.bits = static_cast<uint32_t>(space.problem.net.bits.size()) +
             static_cast<uint32_t>(std::bit_width(space.timings() - 1));
}

// One attempt. `in_order`: in breadth only.
NetOutcome attempt(SymbolicSpace& space, bool in_order,
                   const std::function<void(const Progress&)>& progress) {
  NetOutcome out;
  const std::vector<NetAsked>& asked = space.problem.asked;
  std::vector<uint8_t> open(asked.size(), 1);
  Everything everything(space, progress);
  if (!in_order) {
    const bool all = everything.run();
    say(space, everything.reached(), out);
    open = everything.decided();
    if (!all) open.assign(open.size(), 0);
  }
  out.stories.resize(asked.size());
  for (size_t i = 0; i < asked.size(); ++i) {
    if (!asked[i].at_first) continue;
    out.stories[i].emplace();
    open[i] = 0;
  }
  const bool looks = std::any_of(open.begin(), open.end(), [](uint8_t o) { return o != 0; });
  if (in_order || looks) {
    SymbolicLayers layers(space, open);
    const Ended how = layers.run(space.problem.at_most, progress);
    if (in_order) say(space, layers.reached(), out);
    if (in_order) space.ended = how;
    out.events = layers.events();
    for (size_t i = 0; i < asked.size(); ++i) {
      if (const auto& story = layers.stories()[i]) out.stories[i] = story;
    }
  }
  out.ended = space.ended;
  out.bytes = space.bytes;
  out.beyond = space.beyond;
  return out;
}

// In the order of the bits in which the moves find room in a little memory; if there is none, in all that may be used.
// `orders`: that are tried; those in which there was none are left out from then on.
std::unique_ptr<SymbolicSpace> space_of(NetProblem& problem, const Limits& limits, bool with_time,
                                        std::vector<BitOrder>& orders) {
  std::unique_ptr<SymbolicSpace> out;
  while (!orders.empty()) {
    const BitOrder order = orders.front();
    const size_t little = std::min(little_bytes, limits.bytes);
    out = std::make_unique<SymbolicSpace>(problem, limits, with_time, order, little);
    if (!out->diagrams.exhausted()) {
      out->diagrams.allow(limits.bytes);
      return out;
    }
    out.reset();  // before the next one: one at a time
    if (limits.stop && limits.stop->load()) break;
    orders.erase(orders.begin());
  }
  return std::make_unique<SymbolicSpace>(problem, limits, with_time, BitOrder::party, limits.bytes);
}

}  // namespace

NetOutcome explore_symbolically(NetProblem& problem, const Limits& limits,
                                const std::function<void(const Progress&)>& progress, bool with_time) {
  NetOutcome out;
  out.stories.resize(problem.asked.size());
  if (problem.net.bits.size() > most_bits) {
    out.beyond = "a state takes " + std::to_string(problem.net.bits.size()) + " bits";
    return out;
  }
  bool in_order = problem.at_most.has_value();
  std::vector<BitOrder> orders{BitOrder::party, BitOrder::thing};
  for (std::set<uint32_t> split;;) {
    {
      const std::unique_ptr<SymbolicSpace> space = space_of(problem, limits, with_time, orders);
      out = attempt(*space, in_order, progress);
      split.insert(space->split.begin(), space->split.end());
      if (space->split.empty()) {
        if (out.ended != Ended::memory) return out;
        if (orders.size() > 1) {
          orders.erase(orders.begin());
        } else if (!in_order) {
          in_order = true;  // what can be found near the beginning
        } else {
          return out;
        }
        continue;
      }
    }
    problem.split(split);
  }
}

}  // namespace casus::explore
