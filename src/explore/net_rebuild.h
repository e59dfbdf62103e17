// SPDX-License-Identifier: Apache-2.0
// A net made again out of another: literals with something else in place of the inputs, and less of what does not matter.
#pragma once

#include <span>
#include <vector>

#include "explore/net.h"

namespace casus::explore {

// Literals of one circuit as literals of another, each input replaced. Cost: linear in the gates asked for, each once until `with`.
class Substitution {
 public:
  Substitution(const Circuit& from, Circuit& to)
      : from_(from), to_(to), made_(from.size()), when_(from.size()) {}
  // What stands for the inputs, by number, from here on. Not copied.
  void with(const std::vector<Literal>& inputs) {
    inputs_ = &inputs;
    ++round_;
  }
  Literal operator()(Literal l) {
    if (l.node() == 0) return l;
    make(l.node());
    return made(l);
  }

 private:
  void make(uint32_t node);
  void add_up(uint32_t node, const Sum& sum);
  bool is_made(uint32_t node) const { return node == 0 || when_[node] == round_; }
  Literal made(Literal l) const {
    const Literal m = made_[l.node()];
    return l.negated() ? !m : m;
  }
  const Circuit& from_;
  Circuit& to_;
  const std::vector<Literal>* inputs_ = nullptr;
  std::vector<Literal> made_;
  std::vector<uint32_t> when_;
  uint32_t round_ = 0;
  std::vector<uint32_t> stack_;
};

template <class F>
void each_literal(Rule& r, F f) {
  f(r.enabled);
  f(r.beyond);
  for (Write& w : r.writes) f(w.next);
  for (TimerStart& t : r.timers) f(t.starts);
  for (Observation& o : r.records) f(o.when);
  for (Beyond& b : r.reasons) f(b.when);
}

// The same with these bits and these timers only, in this order, and with the gates that they need. In place of the other bits stands what they
// are at first. Rules of events keep their places. `others`: literals over the net that are made literals over the new one.
Net rebuilt(const Net& net, const std::vector<bool>& bits, const std::vector<uint32_t>& timers,
            std::span<Literal* const> others = {});

}  // namespace casus::explore
