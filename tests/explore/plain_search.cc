// SPDX-License-Identifier: Apache-2.0
#include "explore/plain_search.h"

#include <set>

namespace casus::explore::test {

namespace {

using Truths = std::vector<bool>;
using State = std::pair<Truths, TimingId>;

class Plain {
 public:
  Plain(const NetProblem& p, uint64_t most) : p_(p), most_(most), timings_(p.net, p.groups, p.span) {
    out.decided.resize(p.asked.size());
  }

  // False: to be done again with `split` taken apart.
  bool run() {
    std::vector<State> layer{{p_.net.initial, Timings::beginning()}};
    seen_.insert(layer[0]);
    for (size_t i = 0; i < p_.asked.size(); ++i) {
      if (p_.asked[i].at_first) out.decided[i] = 0;
    }
    ask(layer[0], 0, true);
    for (uint32_t events = 0; good_; ++events) {
      for (size_t i = 0; i < layer.size() && good_; ++i) expand(State(layer[i]), false, events, layer);
      std::vector<State> next;
      if (p_.at_most && events == *p_.at_most) break;
      for (size_t i = 0; i < layer.size() && good_; ++i) expand(layer[i], true, events + 1, next);
      if (next.empty()) break;
      layer = std::move(next);
    }
    out.states = seen_.size();
    if (timings_.overdue()) out.beyond = "a date that may have passed";
    return split.empty();
  }

  PlainOutcome out;
  std::set<uint32_t> split;

 private:
  bool holds(Literal l) const { return Circuit::value(l, values_); }
  void decide(size_t asked, uint32_t events) {
    if (!out.decided[asked] || *out.decided[asked] > events) out.decided[asked] = events;
  }
  void ask(const State& s, uint32_t events, bool first) {
    std::vector<uint8_t> values;
    p_.net.circuit.evaluate(s.first, values);
    for (size_t i = 0; i < p_.asked.size(); ++i) {
      const NetAsked& a = p_.asked[i];
      if (!Circuit::value(a.state, values)) continue;
      if (timings_.may_end(s.second) || (!a.at_the_end && !first && timings_.lasts(s.second)))
        decide(i, events);
    }
  }
  void expand(const State& s, bool by_event, uint32_t events, std::vector<State>& into) {
    p_.net.circuit.evaluate(s.first, values_);
    for (uint32_t r = 0; r < p_.net.rules.size(); ++r) {
      const Rule& rule = p_.net.rules[r];
      const RuleTiming& time = p_.groups.rules[r];
      if (rule.is_timer == by_event) continue;
      if (!holds(time.enabled)) continue;
      uint64_t signature = 0;
      size_t bit = 0;
      for (const GroupStart& g : time.starts) signature |= uint64_t{holds(g.starts)} << bit++;
      for (const GroupAfter& g : time.after) signature |= uint64_t{holds(g.runs)} << bit++;
      const auto timing = timings_.after(s.second, r, signature);
      if (!timing) continue;
      for (const Beyond& b : rule.reasons) {
        if (holds(b.when)) out.beyond = b.why;
      }
      for (const GroupApart& g : time.apart) {
        if (holds(g.when)) split.insert(p_.groups.name(g.group));
      }
      if (!out.beyond.empty() || !split.empty()) {
        good_ = false;
        return;
      }
      for (size_t i = 0; i < p_.asked.size(); ++i) {
        if (!p_.asked[i].by.empty() && holds(p_.asked[i].by[r])) decide(i, events);
      }
      State next{s.first, *timing};
      for (const Write& w : rule.writes) next.first[w.bit] = holds(w.next);
      if (!seen_.insert(next).second) continue;
      ask(next, events, false);
      if (seen_.size() > most_) {
        out.too_many = true;
        good_ = false;
      }
      into.push_back(std::move(next));
    }
  }

  const NetProblem& p_;
  uint64_t most_;
  Timings timings_;
  std::set<State> seen_;
  std::vector<uint8_t> values_;
  bool good_ = true;
};

}  // namespace

PlainOutcome plain_search(NetProblem& problem, uint64_t most_states) {
  std::set<uint32_t> split;
  for (size_t splits = 0;; ++splits) {
    Plain plain(problem, most_states);
    if (plain.run()) {
      plain.out.splits = splits;
      return plain.out;
    }
    split.insert(plain.split.begin(), plain.split.end());
    problem.split(split);
  }
}

}  // namespace casus::explore::test
