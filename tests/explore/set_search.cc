// SPDX-License-Identifier: Apache-2.0
#include "explore/set_search.h"

#include <unordered_set>

namespace casus::explore::test {

namespace {

struct Hash {
  size_t operator()(const SetState& s) const {
    return std::hash<std::vector<bool>>()(s.bits) * 31 + s.timing;
  }
};

class Searching {
 public:
  explicit Searching(const SetSearch& asked) : q_(asked) { out_.goals.resize(asked.goals.size()); }

  SetSearched run() {
    add({q_.net.initial});
    for (moves_ = 0; !next_.empty(); ++moves_) {
      layer_.swap(next_);
      next_.clear();
      out_.by_moves.push_back(layer_.size());
      for (const SetState& s : layer_) expand(s);
    }
    out_.states = known_.size();
    return out_;
  }

 private:
  bool holds(Literal l) const { return Circuit::value(l, values_); }
  void met(size_t goal, uint32_t moves) {
    if (!out_.goals[goal]) out_.goals[goal] = moves;
  }

  void add(SetState state) {
    if (q_.canonical) q_.canonical(state);
    if (known_.size() >= q_.states) {
      out_.whole = known_.contains(state) && out_.whole;
    } else if (known_.insert(state).second) {
      next_.push_back(std::move(state));
    }
  }

  void expand(const SetState& state) {
    q_.net.circuit.evaluate(state.bits, values_);
    for (size_t g = 0; g < q_.goals.size(); ++g) {
      if (holds(q_.goals[g].state)) met(g, moves_);
    }
    if (moves_ >= q_.moves) return;
    may_.clear();
    after_.assign(q_.net.rules.size(), Timings::beginning());
    for (uint32_t r = 0; r < q_.net.rules.size(); ++r) {
      if (may_be_taken(state, r)) may_.push_back(r);
    }
    if (q_.which) q_.which(state, values_, may_);
    for (const uint32_t r : may_) take(state, r);
  }

  bool may_be_taken(const SetState& state, uint32_t r) {
    const Rule& rule = q_.net.rules[r];
    if (holds(rule.beyond) || !holds(rule.enabled)) return false;
    if (q_.timed == nullptr) return true;
    const RuleTiming& time = q_.timed->groups.rules[r];
    if (!holds(time.enabled)) return false;
    const auto after = q_.timings->after(state.timing, r, signature_of(time, values_));
    if (!after) return false;
    after_[r] = *after;
    for (const GroupApart& a : time.apart) {
      if (holds(a.when)) out_.apart.insert(q_.timed->groups.name(a.group));
    }
    return true;
  }

  void take(const SetState& state, uint32_t r) {
    for (size_t g = 0; g < q_.goals.size(); ++g) {
      if (r < q_.goals[g].taking.size() && holds(q_.goals[g].taking[r])) met(g, moves_ + 1);
    }
    SetState next{state.bits, after_[r]};
    for (const Write& w : q_.net.rules[r].writes) next.bits[w.bit] = holds(w.next);
    add(std::move(next));
  }

  const SetSearch& q_;
  SetSearched out_;
  std::unordered_set<SetState, Hash> known_;
  std::vector<SetState> layer_, next_;
  uint32_t moves_ = 0;
  std::vector<uint8_t> values_;
  std::vector<uint32_t> may_;
  std::vector<TimingId> after_;  // by rule
};

}  // namespace

SetSearched search(const SetSearch& asked) { return Searching(asked).run(); }

uint64_t signature_of(const RuleTiming& rule, const std::vector<uint8_t>& values) {
  uint64_t out = 0;
  size_t bit = 0;
  for (const GroupStart& g : rule.starts) out |= uint64_t{Circuit::value(g.starts, values)} << bit++;
  for (const GroupAfter& g : rule.after) out |= uint64_t{Circuit::value(g.runs, values)} << bit++;
  return out;
}

}  // namespace casus::explore::test
