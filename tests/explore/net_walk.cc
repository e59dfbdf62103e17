// SPDX-License-Identifier: Apache-2.0
#include "explore/net_walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/rng.h"

namespace casus::explore::test {

using model::no_value;
using run::LiveDuty;

// ---- the net's side ----

NetState::NetState(const Net& net, int64_t now) : net_(net), state_(net.initial), now_(now) {
  net.circuit.evaluate(state_, values_);
  start(net.running_at_first);
}

void NetState::start(const std::vector<TimerStart>& starts) {
  for (const TimerStart& s : starts) {
    if (!holds(s.starts)) continue;
    std::erase_if(agenda_, [&](const Entry& e) { return e.timer == s.timer; });
    const int64_t at = s.due.absolute ? s.due.at : add(Instant{now_}, s.due.after).ms;
    agenda_.push_back({at, order_++, s.timer});
  }
}

bool NetState::take(const Rule& rule) {
  if (holds(rule.beyond)) {
    for (const Beyond& b : rule.reasons) {
      if (holds(b.when)) why_ = b.why;
    }
    return false;
  }
  for (const Observation& o : rule.records) {
    if (holds(o.when)) ++seen[{o.kind, o.clause.value, o.bearer.value}];
  }
  start(rule.timers);
  for (const Write& w : rule.writes) state_[w.bit] = holds(w.next);
  net_.circuit.evaluate(state_, values_);
  std::erase_if(agenda_, [&](const Entry& e) { return !holds(net_.timers[e.timer].running); });
  return true;
}

int NetState::rank(const Entry& e) const {
  const TimerKind k = net_.timers[e.timer].kind;
  return k < TimerKind::change ? 0 : k == TimerKind::change ? 1 : 2;
}

int64_t NetState::next_due() const {
  int64_t out = INT64_MAX;
  for (const Entry& e : agenda_) out = std::min(out, e.at);
  return out;
}

bool NetState::go_to(int64_t t, bool all_at_t) {
  for (size_t passed = 0;; ++passed) {
    const Entry* first = nullptr;
    const auto key = [&](const Entry& e) { return std::tuple(e.at, rank(e), e.order); };
    for (const Entry& e : agenda_) {
      if (e.at > t || (e.at == t && rank(e) == 2 && !all_at_t)) continue;
      if (first == nullptr || key(e) < key(*first)) first = &e;
    }
    if (first == nullptr) break;
    if (passed > 5000) {
      why_ = "it goes on by itself";
      return false;
    }
    const Entry taken = *first;
    std::erase_if(agenda_, [&](const Entry& e) { return e.timer == taken.timer; });
    now_ = std::max(now_, taken.at);
    const auto rule = std::find_if(net_.rules.begin(), net_.rules.end(),
                                   [&](const Rule& r) { return r.is_timer && r.index == taken.timer; });
    if (!take(*rule)) return false;
  }
  now_ = std::max(now_, t);
  return true;
}

// ---- the engine's side ----

namespace {

using Motions = std::map<std::vector<Value>, std::map<uint32_t, Value>>;  // by name: who voted what
using Live = std::multiset<std::tuple<uint32_t, uint32_t, int, std::vector<Value>>>;

std::vector<Value> key_of(const MotionName& n) {
  std::vector<Value> out{Value{n.in.value}, Value{n.content.value}};
  out.insert(out.end(), n.args.begin(), n.args.end());
  return out;
}

class Watcher final : public run::Sink {
 public:
  NetState::Seen seen;
  std::map<std::pair<uint32_t, std::array<Value, model::max_fact_params>>, Value> facts;  // that have changed
  Motions open;
  std::map<std::vector<Value>, Value> last_proposal;

  void occurred(run::OccurrenceNo n, const run::Occurrence& o) override { occurrences_[n] = o; }
  void fact_changed(uint32_t index, const run::FactChange& c) override { changes_[index] = c; }
  void record(std::span<const run::Record> some) override {
    for (const run::Record& r : some) one(r);
  }
  std::vector<Value> name_of(uint32_t proposal) const {
    const run::Occurrence& o = occurrences_.at(proposal);
    return key_of({EntityId(static_cast<size_t>(o.args[1])), o.content, o.content_args});
  }

 private:
  void one(const run::Record& r) {
    switch (r.kind) {
      case RecordKind::contradictory:
      case RecordKind::race:
      case RecordKind::transferred:
        return;
      case RecordKind::fact_begins:
      case RecordKind::fact_ends: {
        const run::FactChange& c = changes_.at(r.occurrence);
        facts[{c.fact.value, c.args}] = r.kind == RecordKind::fact_begins ? c.value : no_value;
        break;
      }
      case RecordKind::motion_opened:
        open[name_of(r.occurrence)].clear();
        last_proposal[name_of(r.occurrence)] = r.occurrence;
        break;
      case RecordKind::adopted:
      case RecordKind::rejected:
        open.erase(name_of(r.occurrence));
        break;
      case RecordKind::vote_counted:
        open[name_of(static_cast<uint32_t>(occurrences_.at(r.occurrence).args[1]))][r.bearer.value] = r.extra;
        break;
      default:
        break;
    }
    ++seen[{r.kind, r.clause.value, r.bearer.value}];
  }
  std::map<uint32_t, run::Occurrence> occurrences_;
  std::map<uint32_t, run::FactChange> changes_;
};

class Comparison {
 public:
  Comparison(const program::Program& program, const Net& net) : p_(program), net_(net) {}

  std::string differs(run::Engine& engine, Watcher& watcher, NetState& state, Walked& walked) {
    engine.flush();
    for (const auto& [what, times] : watcher.seen) walked.recorded[std::get<0>(what)] += times;
    std::string out = records(watcher.seen, state.seen);
    watcher.seen.clear();
    state.seen.clear();
    out += facts(watcher, state);
    if (live(engine) != live(state))
      out += "the live duties\n" + shown(live(engine)) + "against\n" + shown(live(state));
    if (watcher.open != motions(state)) out += "the open motions or their votes\n";
    for (uint32_t q = 0; q < net_.conditions.size(); ++q) {
      if ((engine.ask(q) == 1) != state.holds(net_.conditions[q])) out += fmt::format("condition {}\n", q);
    }
    return out;
  }

 private:
  std::string records(const NetState::Seen& engine, const NetState::Seen& net) const {
    if (engine == net) return "";
    std::string out;
    for (const auto* side : {&engine, &net}) {
      out += side == &engine ? "records of the engine:" : "of the net:";
      for (const auto& [what, times] : *side) {
        const auto& [kind, clause, bearer] = what;
        out += fmt::format(" [{} {} {} x{}]", static_cast<int>(kind),
                           clause == ClauseId().value ? "" : p_.model->cite(ClauseId(clause)),
                           bearer == EntityId().value ? "" : p_.model->entities[bearer].name, times);
      }
      out += "\n";
    }
    return out;
  }

  std::string facts(const Watcher& w, const NetState& state) const {
    std::string out;
    std::set<std::pair<uint32_t, std::array<Value, model::max_fact_params>>> holding;
    for (uint32_t i = 0; i < net_.bits.size(); ++i) {
      const Bit& b = net_.bits[i];
      if (b.kind != BitKind::fact) continue;
      std::array<Value, model::max_fact_params> args{};
      std::copy_n(b.args.begin(), args.size(), args.begin());
      if (state.is(i)) holding.insert({b.fact.value, args});
      const auto it = w.facts.find({b.fact.value, args});
      const bool is = it == w.facts.end() ? net_.initial[i] : it->second == b.value;
      if (is != state.is(i)) out += "the fact " + b.name + "\n";
    }
    for (const auto& [fact, value] : w.facts) {
      if (value != no_value && holding.count(fact) == 0) out += "a fact that has no bit\n";
    }
    return out;
  }

  Live live(const run::Engine& engine) const {
    Live out;
    for (LiveDuty l : engine.live()) {
      const model::Clause& c = p_.model->clauses[l.clause.index()];
      for (size_t v = 0; v < l.vars.size(); ++v) {
        if (c.var_types[v].kind == model::TypeKind::event) l.vars[v] = no_value;
      }
      out.insert({l.clause.value, l.bearer.value, static_cast<int>(l.state), l.vars});
    }
    return out;
  }

  Live live(const NetState& state) const {
    Live out;
    const auto add = [&](const Bit& b) {
      if (b.kind < BitKind::pending || b.kind > BitKind::breached) return;
      const DutySlot& d = net_.duties[b.slot];
      const program::ClausePlan& c = p_.clauses[d.clause.index()];
      std::vector<Value> vars(c.model_vars, no_value);
      for (size_t i = 0; i < c.stored.size(); ++i) {
        if (c.stored[i] < c.model_vars) vars[c.stored[i]] = d.stored[i];
      }
      const LiveDuty::State s = b.kind == BitKind::pending     ? LiveDuty::State::pending
                                : b.kind == BitKind::suspended ? LiveDuty::State::suspended
                                                               : LiveDuty::State::breached;
      out.insert({d.clause.value, b.party.value, static_cast<int>(s), vars});
    };
    for (uint32_t i = 0; i < net_.bits.size(); ++i) {
      if (state.is(i)) add(net_.bits[i]);
    }
    for (const Bit& b : net_.always_so) add(b);
    return out;
  }

  std::string shown(const Live& all) const {
    std::string out;
    for (const auto& [clause, bearer, state, vars] : all) {
      out +=
          fmt::format("  {} {} {}", p_.model->cite(ClauseId(clause)), p_.model->entities[bearer].name, state);
      for (const Value v : vars) out += v == no_value ? " -" : fmt::format(" {}", v);
      out += "\n";
    }
    return out;
  }

  Motions motions(const NetState& state) const {
    Motions out;
    for (uint32_t i = 0; i < net_.bits.size(); ++i) {
      const Bit& b = net_.bits[i];
      if (!state.is(i)) continue;
      if (b.kind == BitKind::open) out[key_of(net_.motions[b.slot].name)];
      if (b.kind == BitKind::yes || b.kind == BitKind::no || b.kind == BitKind::abstain)
        out[key_of(net_.motions[b.slot].name)][b.party.value] =
            static_cast<Value>(b.kind) - static_cast<Value>(BitKind::yes);
    }
    return out;
  }

  const program::Program& p_;
  const Net& net_;
};

// Often at, just before or just after something that is due; sometimes at the same instant as before.
int64_t later(Rng& rng, int64_t now, int64_t due, uint64_t hours) {
  const uint64_t draw = rng.below(8);
  if (draw < 2) return now;
  if (draw < 5 && due != INT64_MAX && due - now < 100 * ms_per_day) {
    const int64_t at = due + static_cast<int64_t>(rng.below(3)) - 1;
    if (at >= now) return at;
  }
  return now + static_cast<int64_t>(rng.below(draw == 7 ? 10 * hours : hours)) * ms_per_hour;
}

}  // namespace

Walked walk(const program::Program& program, const run::Case& c, const std::vector<MayOccur>& events,
            const Net& net, uint64_t seed, size_t steps, uint64_t hours) {
  Walked out;
  Rng rng(seed);
  Watcher watcher;
  run::Engine engine(program, c, watcher);
  if (engine.start() != run::RunStatus::done) {
    out.differs = "the engine does not start";
    return out;
  }
  watcher.seen.clear();
  watcher.facts.clear();
  NetState state(net, c.from.ms);
  Comparison comparison(program, net);
  out.differs = comparison.differs(engine, watcher, state, out);
  int64_t now = c.from.ms;
  while (out.steps < steps && out.differs.empty() && !events.empty()) {
    const int64_t t = later(rng, now, state.next_due(), hours);
    while (state.next_due() < t && out.differs.empty()) {
      now = std::max(now, state.next_due());
      out.course.push_back(format_iso(Instant{now}, Precision::millisecond) + " passes");
      const run::RunStatus status = engine.advance(now);
      if (!state.go_to(now, true) || status != run::RunStatus::done) {
        out.beyond = status == run::RunStatus::done ? state.why_beyond() : "the engine stops";
        return out;
      }
      out.differs = comparison.differs(engine, watcher, state, out);
    }
    if (!out.differs.empty()) break;
    now = t;
    uint32_t which = 0;
    bool room = state.go_to(t, false);
    for (int tries = 0; room; ++tries) {  // what there is no room for does not happen
      which = static_cast<uint32_t>(rng.below(events.size()));
      if (!state.holds(net.rules[which].beyond)) break;
      room = tries < 5;
    }
    run::Occurrence o = events[which].occurrence;
    o.at = t;
    if (events[which].motion) {
      const auto last = watcher.last_proposal.find(key_of(*events[which].motion));
      o.args[1] = last == watcher.last_proposal.end() ? Value{4'000'000'000} : last->second;
    }
    out.course.push_back(fmt::format("{} event {}", format_iso(Instant{t}, Precision::millisecond), which));
    ++out.steps;
    const run::Stepped stepped = engine.step(o);
    if (!room || !state.take(net.rules[which]) || stepped.status != run::RunStatus::done) {
      out.beyond = stepped.status == run::RunStatus::done ? state.why_beyond() : "the engine stops";
      return out;
    }
    out.differs = comparison.differs(engine, watcher, state, out);
  }
  return out;
}

std::vector<MayOccur> events_of(const model::Model& m) {
  std::vector<MayOccur> out;
  if (m.scenarios.empty()) return out;
  const auto blank = [&](EventTypeId type, std::array<Value, model::max_event_params>& args) {
    for (size_t i = 0; i < m[type].params.size(); ++i) {
      if (m[type].params[i].type.kind == model::TypeKind::event) args[i] = no_value;
    }
  };
  const auto& events = m.scenarios.front().events;
  for (const model::ScenarioEvent& e : events) {
    MayOccur may;
    may.occurrence.event = e.event;
    may.occurrence.content = e.content;
    may.occurrence.args = e.args;
    may.occurrence.content_args = e.content_args;
    blank(e.event, may.occurrence.args);
    if (e.content) blank(e.content, may.occurrence.content_args);
    if (e.event == model::event_vote || e.event == model::event_close) {
      const model::ScenarioEvent& on = events.at(static_cast<size_t>(e.args[1]));
      MotionName name{EntityId(static_cast<size_t>(on.args[1])), on.content, on.content_args};
      blank(on.content, name.args);
      may.motion = name;
    }
    const auto same = [&](const MayOccur& o) {
      return o.occurrence == may.occurrence && o.motion == may.motion;
    };
    if (std::none_of(out.begin(), out.end(), same)) out.push_back(may);
  }
  return out;
}

}  // namespace casus::explore::test
