// SPDX-License-Identifier: Apache-2.0
#include "explore/net_fold.h"

#include <algorithm>
#include <tuple>

#include "explore/net_reasons.h"
#include "explore/net_rebuild.h"
#include "explore/net_run.h"

namespace casus::explore {

namespace {

constexpr int most_at_once = 100;  // timers that pass within one move

int rank(TimerKind k) { return k < TimerKind::change ? 0 : k == TimerKind::change ? 1 : 2; }

class Folder {
 public:
  Folder(const Net& net, const std::atomic<bool>* stop)
      : net_(net),
        stop_(stop),
        substitute_(net.circuit, out_.circuit),
        varies_(net.bits.size()),
        runs_(net.timers.size()) {
    rule_of_.resize(net.timers.size());
    for (const Rule& r : net.rules) {
      if (r.is_timer) rule_of_[r.index] = &r;
    }
  }
  Compiled run();

 private:
  struct Entry {
    uint32_t timer = 0;
    Literal when;  // it has been started, and runs still
    Due due;
    uint32_t order = 0;
  };
  void pass();
  Rule folded(const Rule& rule);
  void apply(const Rule& rule, Literal guard, Rule& into);
  std::vector<Entry>::iterator next();
  void beyond(Rule& rule, ClauseId clause, const std::string& why, Literal when);

  bool stopped() const { return stop_ && stop_->load(std::memory_order_relaxed); }

  const Net& net_;
  const std::atomic<bool>* stop_;
  Net out_;
  Substitution substitute_;
  std::vector<const Rule*> rule_of_;     // by timer
  std::vector<bool> varies_, runs_;      // bits and timers, as far as is known; both grow
  bool more_ = false;                    // something was found that changes
  std::vector<Literal> before_, state_;  // the bits before the move, and now
  std::vector<Entry> agenda_;
};

Compiled Folder::run() {
  NetRun beginning(net_);
  if (!beginning.go_to(net_.from, true))
    return {std::nullopt, {beginning.beyond().clause, beginning.beyond().why}};
  out_.from = net_.from;
  out_.bits = net_.bits;
  out_.initial = beginning.state();
  out_.running_at_first = beginning.agenda();
  for (const TimerStart& s : out_.running_at_first) runs_[s.timer] = true;
  // Bits are constants until a rule is seen to change them, and then everything is done again.
  do {
    pass();
    if (stopped()) return {std::nullopt, {ClauseId(), interrupted}};
    if (out_.circuit.size() > NetLimits().gates) return {std::nullopt, {ClauseId(), "it is too large"}};
  } while (more_);
  substitute_.with(before_);
  out_.timers = net_.timers;
  for (Timer& t : out_.timers) t.running = substitute_(t.running);
  out_.conditions = net_.conditions;
  for (Literal& l : out_.conditions) l = substitute_(l);
  out_.always_so = net_.always_so;
  for (uint32_t b = 0; b < net_.bits.size(); ++b) {
    if (!varies_[b] && out_.initial[b]) out_.always_so.push_back(net_.bits[b]);
  }
  out_.duties = net_.duties;
  out_.motions = net_.motions;
  out_.names = net_.names;
  std::vector<uint32_t> timers;
  for (uint32_t t = 0; t < runs_.size(); ++t) {
    if (runs_[t]) timers.push_back(t);
  }
  return {rebuilt(out_, varies_, timers), {}};
}

void Folder::pass() {
  more_ = false;
  out_.circuit.clear();
  out_.rules.clear();
  before_.clear();
  for (uint32_t b = 0; b < net_.bits.size(); ++b) {
    const Literal input = out_.circuit.input();
    before_.push_back(varies_[b] ? input : out_.initial[b] ? always : never);
  }
  for (const Rule& r : net_.rules) {
    if (!r.is_timer || runs_[r.index]) out_.rules.push_back(folded(r));
    if (out_.circuit.size() > NetLimits().gates || stopped()) return;
  }
}

Rule Folder::folded(const Rule& rule) {
  Rule out;
  out.is_timer = rule.is_timer;
  out.index = rule.index;
  agenda_.clear();
  state_ = before_;
  substitute_.with(state_);
  out.enabled = substitute_(rule.enabled);
  if (out.enabled == never) return out;
  apply(rule, always, out);
  for (int passed = 0;; ++passed) {
    const auto first = next();
    if (first == agenda_.end()) break;
    if (passed == most_at_once) {
      for (const Entry& e : agenda_) {
        if (at_once(net_, e.due))
          beyond(out, net_.timers[e.timer].clause, "very much would follow from it at once", e.when);
      }
      std::erase_if(agenda_, [&](const Entry& e) { return at_once(net_, e.due); });
      break;
    }
    const Entry passing = *first;
    agenda_.erase(first);
    apply(*rule_of_[passing.timer], passing.when, out);
  }
  for (const Entry& e : agenda_) {
    out.timers.push_back({e.timer, e.when, e.due});
    if (!runs_[e.timer]) runs_[e.timer] = more_ = true;
  }
  for (uint32_t b = 0; b < state_.size(); ++b) {
    if (state_[b] == before_[b]) continue;
    out.writes.push_back({b, state_[b]});
    if (!varies_[b]) varies_[b] = more_ = true;
  }
  std::vector<Literal> any;
  for (const Beyond& b : out.reasons) any.push_back(b.when);
  out.beyond = out_.circuit.any_of(any);
  return out;
}

// The rule is taken where the guard holds.
void Folder::apply(const Rule& rule, Literal guard, Rule& into) {
  Circuit& c = out_.circuit;
  const auto here = [&](Literal l) { return c.land(guard, substitute_(l)); };
  for (const Beyond& b : rule.reasons) beyond(into, b.clause, b.why, here(b.when));
  for (const Observation& o : rule.records) {
    if (const Literal when = here(o.when); when != never)
      into.records.push_back({o.kind, o.clause, o.bearer, when, o.what, o.name});
  }
  uint32_t order = agenda_.empty() ? 0 : agenda_.back().order + 1;
  for (const TimerStart& s : rule.timers) {
    const Literal when = here(s.starts);
    for (Entry& e : agenda_) {
      if (e.timer == s.timer) e.when = c.land(e.when, !when);
    }
    agenda_.push_back({s.timer, when, s.due, order++});
  }
  std::vector<Literal> next;
  for (const Write& w : rule.writes) next.push_back(c.ite(guard, substitute_(w.next), state_[w.bit]));
  for (size_t i = 0; i < next.size(); ++i) state_[rule.writes[i].bit] = next[i];
  substitute_.with(state_);
  for (Entry& e : agenda_) {
    if (e.when != never) e.when = c.land(e.when, substitute_(net_.timers[e.timer].running));
  }
  std::erase_if(agenda_, [](const Entry& e) { return e.when == never; });
}

// What passes first of what is due at once, in the order of NetRun: what was due before the first state, then by rank and order of entry.
std::vector<Folder::Entry>::iterator Folder::next() {
  const auto key = [&](const Entry& e) {
    return std::tuple(e.due.absolute ? e.due.at : INT64_MAX, rank(net_.timers[e.timer].kind), e.order);
  };
  auto first = agenda_.end();
  for (auto e = agenda_.begin(); e != agenda_.end(); ++e) {
    if (at_once(net_, e->due) && (first == agenda_.end() || key(*e) < key(*first))) first = e;
  }
  return first;
}

void Folder::beyond(Rule& rule, ClauseId clause, const std::string& why, Literal when) {
  if (when == never) return;
  for (Beyond& b : rule.reasons) {
    if (b.clause == clause && b.why == why) {
      b.when = out_.circuit.lor(b.when, when);
      return;
    }
  }
  rule.reasons.push_back({clause, why, when});
}

}  // namespace

Compiled fold(const Net& net, const std::atomic<bool>* stop) {
  Folder folder(net, stop);
  return folder.run();
}

}  // namespace casus::explore
