// SPDX-License-Identifier: Apache-2.0
#include "explore/net_walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/rng.h"

namespace casus::explore::test {

using model::no_value;
using run::LiveDuty;

namespace {

using Votes = std::map<uint32_t, Value>;                 // who voted what
using Motions = std::multiset<std::pair<Value, Votes>>;  // what was proposed
using Live = std::multiset<std::tuple<uint32_t, uint32_t, int, std::vector<Value>>>;

// Occurrences are known by what they were; a number for each that is the same on both sides.
class Contents {
 public:
  explicit Contents(const model::Model& m) : m_(m) {}
  // Of an occurrence whose arguments that are occurrences are known already, by `known`.
  template <class Known>
  Value of(const run::Occurrence& o, Known known) {
    run::Occurrence named = o;
    name(o.event, named.args, known);
    if (o.content) name(o.content, named.content_args, known);
    std::vector<Value> key{Value{o.event.value}, Value{o.content.value}};
    if (o.event == model::event_propose) named.args[0] = no_value;  // by whomever
    key.insert(key.end(), named.args.begin(), named.args.end());
    key.insert(key.end(), named.content_args.begin(), named.content_args.end());
    return numbers_.try_emplace(key, static_cast<Value>(numbers_.size())).first->second;
  }

 private:
  template <class Known>
  void name(EventTypeId type, std::array<Value, model::max_event_params>& args, Known known) const {
    for (size_t k = 0; k < m_[type].params.size(); ++k) {
      if (m_[type].params[k].type.kind == model::TypeKind::event && args[k] != no_value)
        args[k] = known(args[k]);
    }
  }
  const model::Model& m_;
  std::map<std::vector<Value>, Value> numbers_;
};

run::Occurrence proposal_of(const MotionName& n) {
  run::Occurrence o;
  o.event = model::event_propose;
  o.content = n.content;
  o.args.fill(no_value);
  o.args[1] = n.in.value;
  o.content_args = n.args;
  return o;
}

class Watcher final : public run::Sink {
 public:
  NetRun::Seen seen;
  std::map<std::pair<uint32_t, std::array<Value, model::max_fact_params>>, Value> facts;  // that have changed
  std::map<Value, Votes> open;                                                            // by number
  std::vector<Value> fresh;  // numbers of occurrences that have just been told
  Contents contents;

  explicit Watcher(const model::Model& m) : contents(m), m_(m) {}
  void occurred(run::OccurrenceNo n, const run::Occurrence& o) override {
    occurrences_[n] = o;
    const Value what = contents.of(o, [&](Value number) { return was(number); });
    what_[n] = what;
    fresh.push_back(n);
  }
  void fact_changed(uint32_t index, const run::FactChange& c) override {
    const auto& params = m_[c.fact].params;
    run::FactChange& kept = changes_[index] = c;
    for (size_t i = 0; i < params.size(); ++i) {
      if (params[i].type.kind == model::TypeKind::event) kept.args[i] = was(c.args[i]);
    }
  }
  // What an occurrence was, by number; less than 0: nothing.
  Value was(Value number) const {
    const auto it = what_.find(number);
    return it == what_.end() ? -1 : it->second;
  }
  // What a value of the net that stands for an occurrence was.
  Value was(Value name, const Net& net) {
    return contents.of(net.names.at(name).occurrence, [&](Value inner) { return was(inner, net); });
  }
  Motions motions() const {
    Motions out;
    for (const auto& [number, votes] : open) out.emplace(was(number), votes);
    return out;
  }
  void record(std::span<const run::Record> some) override {
    for (const run::Record& r : some) one(r);
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
        open[r.occurrence].clear();
        break;
      case RecordKind::adopted:
      case RecordKind::rejected:
        open.erase(r.occurrence);
        break;
      case RecordKind::vote_counted:
        open[occurrences_.at(r.occurrence).args[1]][r.bearer.value] = r.extra;
        break;
      default:
        break;
    }
    ++seen[{r.kind, r.clause.value, r.bearer.value}];
  }
  const model::Model& m_;
  std::map<uint32_t, run::Occurrence> occurrences_;
  std::map<Value, Value> what_;  // was occurrence so and so
  std::map<uint32_t, run::FactChange> changes_;
};

class Comparison {
 public:
  Comparison(const program::Program& program, const Net& net) : p_(program), net_(net) {}

  std::string differs(run::Engine& engine, Watcher& watcher, NetRun& state, Walked& walked) {
    engine.flush();
    for (const auto& [what, times] : watcher.seen) walked.recorded[std::get<0>(what)] += times;
    std::string out = records(watcher.seen, state.seen);
    watcher.seen.clear();
    state.seen.clear();
    out += facts(watcher, state);
    const Live of_engine = live(engine, watcher), of_net = live(state, watcher);
    if (of_engine != of_net) out += "the live duties\n" + shown(of_engine) + "against\n" + shown(of_net);
    if (watcher.motions() != motions(state, watcher)) out += "the open motions or their votes\n";
    for (uint32_t q = 0; q < net_.conditions.size(); ++q) {
      if ((engine.ask(q) == 1) != state.holds(net_.conditions[q])) out += fmt::format("condition {}\n", q);
    }
    return out;
  }

 private:
  std::string records(const NetRun::Seen& engine, const NetRun::Seen& net) const {
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

  std::string facts(Watcher& w, const NetRun& state) const {
    std::string out;
    std::set<std::pair<uint32_t, std::array<Value, model::max_fact_params>>> holding;
    // `first`: what it is where the engine has not changed it.
    const auto ask = [&](const Bit& b, bool first, bool is) {
      if (b.kind != BitKind::fact) return;
      std::array<Value, model::max_fact_params> args{};
      std::copy_n(b.args.begin(), args.size(), args.begin());
      const auto& params = p_.model->facts[b.fact.index()].params;
      for (size_t k = 0; k < params.size(); ++k) {
        if (params[k].type.kind == model::TypeKind::event) args[k] = was(args[k], w);
      }
      if (is) holding.insert({b.fact.value, args});
      const auto it = w.facts.find({b.fact.value, args});
      if ((it == w.facts.end() ? first : it->second == b.value) != is) out += "the fact " + b.name + "\n";
    };
    for (uint32_t i = 0; i < net_.bits.size(); ++i) ask(net_.bits[i], net_.initial[i], state.is(i));
    for (const Bit& b : net_.always_so) ask(b, true, true);
    for (const auto& [fact, value] : w.facts) {
      if (value != no_value && holding.count(fact) == 0) out += "a fact that has no bit\n";
    }
    return out;
  }

  Value was(Value name, Watcher& w) const { return w.was(name, net_); }

  Live live(const run::Engine& engine, const Watcher& w) const {
    Live out;
    for (LiveDuty l : engine.live()) {
      const model::Clause& c = p_.model->clauses[l.clause.index()];
      for (size_t v = 0; v < l.vars.size(); ++v) {
        if (c.var_types[v].kind == model::TypeKind::event && l.vars[v] != no_value)
          l.vars[v] = w.was(l.vars[v]);
      }
      out.insert({l.clause.value, l.bearer.value, static_cast<int>(l.state), l.vars});
    }
    return out;
  }

  Live live(const NetRun& state, Watcher& w) const {
    Live out;
    const auto add = [&](const Bit& b) {
      if (b.kind < BitKind::pending || b.kind > BitKind::breached) return;
      const DutySlot& d = net_.duties[b.slot];
      const program::ClausePlan& c = p_.clauses[d.clause.index()];
      std::vector<Value> vars(c.model_vars, no_value);
      for (size_t i = 0; i < c.stored.size(); ++i) {
        if (c.stored[i] >= c.model_vars) continue;
        const bool is_event =
            p_.model->clauses[d.clause.index()].var_types[c.stored[i]].kind == model::TypeKind::event;
        vars[c.stored[i]] = is_event && d.stored[i] != no_value ? was(d.stored[i], w) : d.stored[i];
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

  Value motion(uint32_t slot, Watcher& w) const {
    return w.contents.of(proposal_of(net_.motions[slot].name), [&](Value inner) { return was(inner, w); });
  }

  Motions motions(const NetRun& state, Watcher& w) const {
    std::map<uint32_t, Votes> by_slot;
    const auto ask = [&](const Bit& b) {
      if (b.kind == BitKind::open) by_slot[b.slot];
      if (b.kind == BitKind::yes || b.kind == BitKind::no || b.kind == BitKind::abstain)
        by_slot[b.slot][b.party.value] = static_cast<Value>(b.kind) - static_cast<Value>(BitKind::yes);
    };
    for (uint32_t i = 0; i < net_.bits.size(); ++i) {
      if (state.is(i)) ask(net_.bits[i]);
    }
    for (const Bit& b : net_.always_so) ask(b);
    Motions out;
    for (const auto& [slot, votes] : by_slot) out.emplace(motion(slot, w), votes);
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

constexpr Value nothing_yet = 4'000'000'000;

// The number of the occurrence that has a place, by what it is and the place.
class Numbers {
 public:
  // The net has taken a step, and the engine has told of as many occurrences.
  void step(const Net& net, NetRun& state, Watcher& w) {
    for (const Value name : state.named) {
      const auto same = std::find_if(w.fresh.begin(), w.fresh.end(),
                                     [&](Value number) { return w.was(number) == w.was(name, net); });
      if (same == w.fresh.end()) continue;
      numbers_[{w.was(*same), net.names.at(name).place}] = *same;
      w.fresh.erase(same);
    }
    state.named.clear();
    w.fresh.clear();
  }
  // Before there is a net to ask: the first place. False: there are several of a kind.
  bool told(Watcher& w) {
    bool one_each = true;
    for (const Value number : w.fresh)
      one_each = numbers_.insert_or_assign({w.was(number), 0}, number).second && one_each;
    w.fresh.clear();
    return one_each;
  }
  Value of(Value what, uint32_t place) const {
    const auto it = numbers_.find({what, place});
    return it == numbers_.end() ? nothing_yet : it->second;
  }

 private:
  std::map<std::pair<Value, uint32_t>, Value> numbers_;
};

// Puts numbers of occurrences where the events name one another.
void refer(const model::Model& m, const std::vector<MayOccur>& events, const std::vector<Value>& what,
           uint32_t which, const Numbers& numbers, Watcher& w, run::Occurrence& o) {
  const auto number = [&](EventTypeId type, std::array<Value, model::max_event_params>& args) {
    for (size_t k = 0; k < m[type].params.size(); ++k) {
      if (m[type].params[k].type.kind == model::TypeKind::event && args[k] != no_value)
        args[k] = numbers.of(what.at(event_of(args[k])), place_of(args[k]));
    }
  };
  number(o.event, o.args);
  if (o.content) number(o.content, o.content_args);
  if (!events[which].motion) return;
  const Value motion =
      w.contents.of(proposal_of(*events[which].motion), [&](Value i) { return what.at(event_of(i)); });
  o.args[1] = numbers.of(motion, events[which].motion->place);
}

}  // namespace

Walked walk(const program::Program& program, const run::Case& c, const Events& given, const Net& net,
            uint64_t seed, size_t steps, uint64_t hours) {
  const std::vector<MayOccur>& events = given.may;
  Walked out;
  Rng rng(seed);
  Watcher watcher(*program.model);
  std::vector<Value> what;  // each event is
  for (const MayOccur& e : events)
    what.push_back(watcher.contents.of(e.occurrence, [&](Value i) { return what.at(event_of(i)); }));
  run::Engine engine(program, c, watcher);
  if (engine.start() != run::RunStatus::done) {
    out.differs = "the engine does not start";
    return out;
  }
  watcher.facts.clear();
  int64_t now = c.from.ms;
  Numbers numbers;
  bool clear = true;  // which occurrence has which place
  if (given.story) {
    for (const Told& t : given.story->events) {
      run::Occurrence o = events[t.event].occurrence;
      o.at = t.at;
      refer(*program.model, events, what, t.event, numbers, watcher, o);
      if (engine.step(o).status != run::RunStatus::done) return out;
      engine.flush();
      clear = numbers.told(watcher) && clear;
    }
    if (engine.advance(now = given.story->until) != run::RunStatus::done) return out;
  }
  engine.flush();
  clear = numbers.told(watcher) && clear;
  if (!clear) return out;
  watcher.seen.clear();
  NetRun state(net);
  Comparison comparison(program, net);
  out.differs = comparison.differs(engine, watcher, state, out);
  while (out.steps < steps && out.differs.empty() && !events.empty()) {
    const int64_t t = later(rng, now, state.next_due(), hours);
    while (state.next_due() < t && out.differs.empty()) {
      now = std::max(now, state.next_due());
      out.course.push_back(format_iso(Instant{now}, Precision::millisecond) + " passes");
      const run::RunStatus status = engine.advance(now);
      if (!state.go_to(now, true) || status != run::RunStatus::done) {
        out.beyond = status == run::RunStatus::done ? state.beyond().why : "the engine stops";
        return out;
      }
      out.differs = comparison.differs(engine, watcher, state, out);
      numbers.step(net, state, watcher);
    }
    if (!out.differs.empty()) break;
    now = t;
    uint32_t which = 0;
    bool room = state.go_to(t, false);
    for (int tries = 0; room; ++tries) {  // what there is no room for does not happen
      which = static_cast<uint32_t>(rng.below(events.size()));
      const Rule& rule = net.rules[which];
      if (state.holds(rule.enabled) && !state.holds(rule.beyond)) break;
      room = tries < 20;
    }
    run::Occurrence o = events[which].occurrence;
    o.at = t;
    engine.flush();
    numbers.step(net, state, watcher);
    refer(*program.model, events, what, which, numbers, watcher, o);
    out.course.push_back(fmt::format("{} event {}", format_iso(Instant{t}, Precision::millisecond), which));
    ++out.steps;
    const run::Stepped stepped = engine.step(o);
    if (!room || !state.take(net.rules[which]) || stepped.status != run::RunStatus::done) {
      out.beyond = stepped.status == run::RunStatus::done ? state.beyond().why : "the engine stops";
      return out;
    }
    out.differs = comparison.differs(engine, watcher, state, out);
    numbers.step(net, state, watcher);
  }
  return out;
}

namespace {

// What names something may name each of several that are alike.
void add_places(const model::Model& m, uint32_t places, std::vector<MayOccur>& events) {
  for (size_t i = 0, count = events.size(); i < count; ++i) {
    for (uint32_t place = 1; place < places; ++place) {
      MayOccur other = events[i];
      if (other.motion) other.motion->place = place;
      bool names = other.motion.has_value();
      const auto put = [&](EventTypeId type, std::array<Value, model::max_event_params>& args) {
        for (size_t k = 0; type && k < m[type].params.size(); ++k) {
          if (m[type].params[k].type.kind != model::TypeKind::event || args[k] == no_value) continue;
          args[k] = earlier(event_of(args[k]), place);
          names = true;
        }
      };
      put(other.occurrence.event, other.occurrence.args);
      put(other.occurrence.content, other.occurrence.content_args);
      if (names) events.push_back(std::move(other));
    }
  }
}

}  // namespace

Events events_of(const model::Model& m, size_t told, uint32_t places) {
  Events all;
  all.places = places;
  std::vector<MayOccur>& out = all.may;
  if (m.scenarios.empty()) return all;
  std::vector<Value> at;  // of each of the scenario's events, in `out`
  const auto refer = [&](EventTypeId type, std::array<Value, model::max_event_params>& args) {
    for (size_t i = 0; i < m[type].params.size(); ++i) {
      if (m[type].params[i].type.kind == model::TypeKind::event && args[i] != no_value)
        args[i] = at.at(static_cast<size_t>(args[i]));
    }
  };
  const auto& events = m.scenarios.front().events;
  for (const model::ScenarioEvent& e : events) {
    MayOccur may;
    may.occurrence.event = e.event;
    may.occurrence.content = e.content;
    may.occurrence.args = e.args;
    may.occurrence.content_args = e.content_args;
    if (e.event == model::event_vote || e.event == model::event_close) {
      const model::ScenarioEvent& on = events.at(static_cast<size_t>(e.args[1]));
      may.motion = MotionName{EntityId(static_cast<size_t>(on.args[1])), on.content, on.content_args};
      refer(on.content, may.motion->args);
      may.occurrence.args[1] = no_value;
    }
    refer(e.event, may.occurrence.args);
    if (e.content) refer(e.content, may.occurrence.content_args);
    const auto same = std::find_if(out.begin(), out.end(), [&](const MayOccur& o) {
      return o.occurrence == may.occurrence && o.motion == may.motion;
    });
    at.push_back(same - out.begin());
    if (same == out.end()) out.push_back(may);
    if (at.size() > told) continue;
    if (!all.story) all.story.emplace();
    all.story->events.push_back({static_cast<uint32_t>(at.back()), e.at.at.ms});
    all.story->until = e.at.at.ms;
  }
  add_places(m, places, out);
  return all;
}

}  // namespace casus::explore::test
