// SPDX-License-Identifier: Apache-2.0
// Whom a clause binds, births, the check after a change, outcomes, consequences (docs/semantics.md §6, §10), in the order of
// src/run/engine_norms.cc. A live duty has a place that its clause and stored values name, with three bits for each bearer.
// Duties that share nothing but these values may share a place, as long as no bearer has two of them; where a deadline is one for all
// bearers, or they bear it together, a place holds one duty.
#include <algorithm>

#include "explore/net_compile.h"

namespace casus::explore {

using model::BearerKind;
using model::ClauseKind;
using model::no_value;
using program::no_node;
using program::Program;

// ---- whom a clause binds ----

Literal NetCompiler::in_force(const ClausePlan& c) {
  return c.instrument ? stored(model::fact_in_force.value, &c.instrument_entity) : always;
}

Literal NetCompiler::instrument_on(const ClausePlan& c) {
  if (!c.instrument) return always;
  const Literal force = in_force(c);
  const Literal on = c.kind == ClauseKind::consequence
                         ? without(force, suspended(c.instrument, c.instrument_entity))
                         : force;
  if (!c.final_clause) return on;
  return either(on, both(!force, !stored(model::fact_terminated.value, &c.instrument_entity)));
}

Literal NetCompiler::suspended(model::InstrumentId instrument, Value who) {
  if (!instrument) return never;
  const Value entity = p_.model->instruments[instrument.index()].entity.value;
  const Value all[2] = {entity, entity}, one[2] = {entity, who};
  return either(stored(model::fact_suspended.value, all), stored(model::fact_suspended.value, one));
}

Literal NetCompiler::reserved(const ClausePlan& c, Value who) {
  Literal out = never;
  for (const uint32_t r : c.reservations) {
    const program::ReservationPlan& plan = p_.reservations[r];
    if (Value{plan.party.value} == who) out = either(out, without(reached(plan.from), reached(plan.until)));
  }
  return out;
}

// In the domain already; the rest of what birth, or an act under a standing norm, asks. `frame` holds all but the bearer.
Literal NetCompiler::eligible(const ClausePlan& c, Value who, Frame& frame, bool ask_suspension) {
  Literal out = both(instrument_on(c), !reserved(c, who));
  if (out == never) return never;
  if (c.from != INT64_MIN) out = both(out, reached(c.from));
  if (c.until_instant != INT64_MAX) out = without(out, reached(c.until_instant + 1));
  if (ask_suspension) out = without(out, suspended(c.instrument, who));
  frame[c.bearer_var] = who;
  for (const Node except : c.except) {
    for (const Choice& one : choices(except, frame)) {
      if (one.value == who) out = without(out, one.when);
    }
  }
  if (out == never) return never;
  out = both(out, holds(c.while_, frame));
  if (c.unless != no_node && out != never) out = without(out, truth(c.unless, frame));
  if (c.until != no_node && out != never) out = without(out, truth(c.until, frame));
  return out;
}

NetCompiler::Bearers NetCompiler::bearers(const ClausePlan& c, Frame& frame, bool ask_suspension) {
  Bearers out;
  const auto ask = [&](const Choice& who) {
    const uint32_t b = bit_of(who.value);
    if (b == Program::no_bit || who.when == never) return;
    const Literal when = both(who.when, eligible(c, who.value, frame, ask_suspension));
    if (when != never) out.push_back({b, when});
  };
  if (c.bearer_kind == BearerKind::one) {
    for (const Choice& who : choices(c.bearer, frame)) ask(who);
  } else if (instrument_on(c) != never) {
    for (const Choice& who : members(c.domain)) ask(who);
  }
  std::sort(out.begin(), out.end(), [](const Bearer& a, const Bearer& b) { return a.actor < b.actor; });
  return out;
}

// ---- places of duties ----

bool NetCompiler::timed(const ClausePlan& c) const {
  const bool due = (c.kind == ClauseKind::obligation || c.kind == ClauseKind::bring_about) &&
                   (c.deadline == model::DeadlineKind::within || c.deadline == model::DeadlineKind::by);
  return due || c.until_instant != INT64_MAX;
}

uint32_t NetCompiler::slot_of(ClauseId id, const Frame& frame, uint32_t place) {
  const ClausePlan& c = plan(id);
  std::vector<Value> key{Value{id.value}, Value{place}};
  for (const program::VarIndex v : c.stored)
    key.push_back(frame[v] == present_instant ? past_instant : frame[v]);
  const auto [it, fresh] = slot_index_.try_emplace(key, static_cast<uint32_t>(slots_.size()));
  if (!fresh) return it->second;
  Slot s;
  s.clause = id;
  s.place = place;
  s.stored.assign(key.begin() + 2, key.end());
  s.shared = timed(c) || c.bearer_kind == BearerKind::together;
  s.frame.fill(no_value);
  for (size_t i = 0; i < c.stored.size(); ++i) s.frame[c.stored[i]] = s.stored[i];
  slots_of_[id.index()].push_back(it->second);
  slots_.push_back(std::move(s));
  return it->second;
}

Bit NetCompiler::hold(uint32_t slot, BitKind kind, uint32_t actor) const {
  Bit b;
  b.kind = kind;
  b.slot = slot;
  b.party = p_.actors[actor];
  return b;
}

Literal NetCompiler::live(uint32_t slot, uint32_t actor) {
  return either(
      read(hold(slot, BitKind::pending, actor)),
      either(read(hold(slot, BitKind::suspended, actor)), read(hold(slot, BitKind::breached, actor))));
}

Literal NetCompiler::any_live(uint32_t slot) {
  std::vector<Literal> all;
  for (uint32_t b = 0; b < p_.actors.size(); ++b) all.push_back(live(slot, b));
  return circuit_.any_of(all);
}

void NetCompiler::strike(uint32_t slot, uint32_t actor, Literal guard) {
  for (const BitKind kind : {BitKind::pending, BitKind::suspended, BitKind::breached})
    clear(hold(slot, kind, actor), guard);
}

// ---- birth ----

// When it is due, and whether there is anything to be said against that.
bool NetCompiler::due_of(const ClausePlan& c, Frame& frame, std::optional<int64_t> instant,
                         std::optional<Due>& due) {
  if (c.kind != ClauseKind::obligation && c.kind != ClauseKind::bring_about) return true;
  if (c.deadline == model::DeadlineKind::by) due = Due{true, {}, c.by};
  if (c.deadline != model::DeadlineKind::within) return true;
  Value base = present_instant;
  if (c.anchor != no_node) {
    const Choices anchors = choices(c.anchor, frame);
    if (anchors.size() != 1 || anchors[0].value == no_value || anchors[0].value == past_instant) {
      refuse("its time runs from an instant that is not kept");
      return false;
    }
    base = anchors[0].value;
  } else if (instant) {
    base = *instant;
  }
  if (base == present_instant)
    due = Due{false, c.within, 0};
  else
    due = Due{true, {}, add(Instant{base}, c.within).ms};
  return true;
}

void NetCompiler::birth(ClauseId id, Frame& frame, Literal guard) {
  at_ = id;
  Bearers who = bearers(plan(id), frame, true);
  for (Bearer& b : who) b.when = both(guard, b.when);
  std::erase_if(who, [](const Bearer& b) { return b.when == never; });
  if (!who.empty()) birth_of(id, frame, who, 0);
}

// One duty is born, of all for whom it is: in the first place from `first_place` on that is free, one of as many as there is room for.
void NetCompiler::birth_of(ClauseId id, Frame& frame, const Bearers& bearers, uint32_t first_place,
                           std::optional<int64_t> instant) {
  at_ = id;
  std::optional<Due> due;
  if (!due_of(plan(id), frame, instant, due)) return;
  Bearers left = bearers;
  if (due && due->absolute) {
    const Literal late = reached(due->at + 1);
    for (Bearer& b : left) b.when = without(b.when, late);
  }
  for (uint32_t k = 0; k < limits_.capacity; ++k) {
    const uint32_t slot = slot_of(id, frame, first_place + k);
    const Literal taken = slots_[slot].shared ? any_live(slot) : never;
    Bearers here;
    for (Bearer& b : left) {
      const Literal full = slots_[slot].shared ? taken : live(slot, b.actor);
      const Literal born = without(b.when, full);
      if (born != never) here.push_back({b.actor, born});
      b.when = both(b.when, full);
    }
    if (!here.empty()) birth_in(slot, frame, here, due);
  }
  for (const Bearer& b : left) beyond(b.when, id, "two of its duties about the same would be live at once");
}

void NetCompiler::birth_in(uint32_t slot, Frame& frame, const Bearers& who, const std::optional<Due>& due) {
  const ClauseId id = slots_[slot].clause;
  const ClausePlan& c = plan(id);
  Literal any = never;
  for (const Bearer& b : who) {
    any = either(any, b.when);
    set(hold(slot, BitKind::pending, b.actor), b.when);
    record(RecordKind::born, id, p_.actors[b.actor], b.when);
  }
  for (uint32_t act = 0; c.at_least > 1 && act < c.acts.size(); ++act) {
    Bit done;
    done.kind = BitKind::done;
    done.slot = slot;
    done.value = act;
    if (c.bearer_kind == BearerKind::together) {
      clear(done, any);
      continue;
    }
    for (const Bearer& b : who) {
      done.party = p_.actors[b.actor];
      clear(done, b.when);
    }
  }
  if (due) start_timer(timer(TimerKind::deadline, slot, id), any, *due);
  if (c.until_instant != INT64_MAX)
    start_timer(timer(TimerKind::expiry, slot, id), any, Due{true, {}, c.until_instant});
  if (c.condition != no_node) after_birth(slot, frame, who);
}

// A condition that already holds performs a `bring about`; one that does not breaches an `ensure`.
void NetCompiler::after_birth(uint32_t slot, Frame& frame, const Bearers& who) {
  const ClausePlan& c = plan(slots_[slot].clause);
  for (const Bearer& b : who) {
    const Literal pending = both(b.when, read(hold(slot, BitKind::pending, b.actor)));
    if (pending == never) continue;
    frame[c.bearer_var] = p_.actors[b.actor].value;
    const Literal met = holds(c.condition, frame);
    if (c.kind == ClauseKind::bring_about)
      performed(slot, b.actor, 0, both(pending, met));
    else
      breach_of_condition(slot, b.actor, frame, without(pending, met));
  }
}

void NetCompiler::breach_of_condition(uint32_t slot, uint32_t actor, const Frame& frame, Literal guard) {
  if (guard == never) return;
  clear(hold(slot, BitKind::pending, actor), guard);
  set(hold(slot, BitKind::breached, actor), guard);
  record(RecordKind::breach, slots_[slot].clause, p_.actors[actor], guard);
  outcome(model::OutcomeKind::breach, slots_[slot].clause, p_.actors[actor], &frame, guard);
}

// ---- the check after a change ----

void NetCompiler::check_duties(const std::vector<ClauseId>& clauses, Literal guard) {
  const uint32_t batch = open_batch();
  for (const ClauseId id : clauses) {
    for (const uint32_t slot : std::vector<uint32_t>(slots_of_[id.index()])) {
      Frame frame = slots_[slot].frame;
      for (uint32_t b = 0; b < p_.actors.size() && spend(); ++b) {
        const Literal g = both(guard, live(slot, b));
        if (g == never) continue;
        at_ = id;
        strand(batch, slots_[slot].shared ? slot : uint64_t{b + 1} << 32 | slot);
        check_bearer(slot, b, frame, g);
      }
    }
  }
  no_strand();
}

void NetCompiler::check_bearer(uint32_t slot, uint32_t actor, Frame& frame, Literal guard) {
  const ClauseId id = slots_[slot].clause;
  const ClausePlan& c = plan(id);
  const EntityId who = p_.actors[actor];
  frame[c.bearer_var] = who.value;
  // What comes first ends it, and the rest is not asked.
  const auto ends = [&](RecordKind kind, Literal when) {
    const Literal g = both(guard, when);
    if (g == never) return;
    strike(slot, actor, g);
    record(kind, id, who, g);
    outcome(model::OutcomeKind::release, id, who, &frame, g);
    guard = without(guard, when);
  };
  ends(RecordKind::released, !in_force(c));
  if (c.bearer_kind != BearerKind::one) ends(RecordKind::released, !in_domain(c.domain, who.value));
  if (c.until != no_node) ends(RecordKind::released, truth(c.until, frame));
  if (c.while_ != no_node) ends(RecordKind::lapsed, !truth(c.while_, frame));
  if (guard == never) return;
  const Literal off = check_suspension(slot, actor, guard);
  if (c.condition == no_node) return;
  const Literal met = holds(c.condition, frame);
  if (c.kind == ClauseKind::bring_about) {
    performed(slot, actor, 0, both(guard, met));
    return;
  }
  const Literal breached = both(guard, read(hold(slot, BitKind::breached, actor)));
  breach_of_condition(slot, actor, frame,
                      both(guard, without(read(hold(slot, BitKind::pending, actor)), met)));
  const Literal again = both(breached, without(met, off));
  clear(hold(slot, BitKind::breached, actor), again);
  set(hold(slot, BitKind::pending, actor), again);
  record(RecordKind::restored, id, who, again);
}

// Suspends it or lets it go on. A deadline that stands still is beyond what a net's timers can do.
Literal NetCompiler::check_suspension(uint32_t slot, uint32_t actor, Literal guard) {
  const ClauseId id = slots_[slot].clause;
  const ClausePlan& c = plan(id);
  const EntityId who = p_.actors[actor];
  const Literal off = suspended(c.instrument, who.value);
  const Bit pending = hold(slot, BitKind::pending, actor),
            standing_still = hold(slot, BitKind::suspended, actor);
  const Literal stops = both(guard, both(off, read(pending)));
  const Literal goes_on = both(guard, without(read(standing_still), off));
  if (timer_index_.count({TimerKind::deadline, slot}) != 0)
    beyond(stops, id, "its deadline would stand still");
  clear(pending, stops);
  set(standing_still, stops);
  record(RecordKind::suspended, id, who, stops);
  clear(standing_still, goes_on);
  set(pending, goes_on);
  record(RecordKind::resumed, id, who, goes_on);
  return off;
}

// ---- standing duties ----

// Whoever is newly bound alone has a place of its own; several at once have one in common.
void NetCompiler::standing_birth(ClauseId id, Literal guard) {
  if (guard == never || !spend()) return;
  at_ = id;
  const ClausePlan& c = plan(id);
  Frame frame;
  frame.fill(no_value);
  const Bearers apart = bearers(c, frame, false), with = bearers(c, frame, true);
  Bearers born;
  Bit mark;
  mark.kind = BitKind::born_for;
  mark.slot = id.value;
  for (uint32_t b = 0; b < p_.actors.size(); ++b) {
    const auto among = [&](const Bearers& all) {
      const auto it = std::find_if(all.begin(), all.end(), [&](const Bearer& one) { return one.actor == b; });
      return it == all.end() ? never : it->when;
    };
    mark.party = p_.actors[b];
    const Literal was = both(read(mark), among(apart)), is = without(among(with), was);
    write(mark, guard, either(was, is));
    if (const Literal g = both(guard, is); g != never) born.push_back({b, g});
  }
  if (born.empty()) return;
  if (!timed(c) && c.bearer_kind != BearerKind::together) return birth_of(id, frame, born, 0);
  std::vector<Literal> all;
  for (const Bearer& b : born) all.push_back(b.when);
  const Literal several = circuit_.at_least(2, all);
  Bearers in_common;
  for (const Bearer& b : born) {
    if (const Literal g = both(b.when, several); g != never) in_common.push_back({b.actor, g});
  }
  if (!in_common.empty()) birth_of(id, frame, in_common, 0);
  for (const Bearer& b : born) {
    if (const Literal g = without(b.when, several); g != never)
      birth_of(id, frame, {{b.actor, g}}, (b.actor + 1) * limits_.capacity);
  }
}

// ---- outcomes and consequences ----

void NetCompiler::outcome(model::OutcomeKind kind, ClauseId id, EntityId bearer, const Frame* frame,
                          Literal guard) {
  const ClausePlan& c = plan(id);
  const bool reparation = kind == model::OutcomeKind::breach && c.otherwise && frame != nullptr;
  if ((c.heard >> static_cast<uint32_t>(kind) & 1) == 0 && !reparation) return;
  Item item;
  item.kind = ItemKind::outcome;
  item.outcome = kind;
  item.clause = id;
  item.bearer = bearer;
  item.guard = guard;
  item.has_frame = reparation;
  if (reparation) item.frame = *frame;
  enter(std::move(item));
}

void NetCompiler::run_outcome(const Item& item) {
  const ClausePlan& c = plan(item.clause);
  if (item.has_frame && plan(c.otherwise).active) {
    Frame frame = item.frame;
    if (plan(c.otherwise).kind == ClauseKind::consequence)
      clause_met(c.otherwise, frame, {{always, {}}}, item.guard);
    else
      birth(c.otherwise, frame, item.guard);
  }
  for (const ClauseId id : p_.outcome_triggers[item.clause.index()]) {
    const ClausePlan& t = plan(id);
    if (t.outcome != item.outcome) continue;
    at_ = id;
    Frame frame;
    frame.fill(no_value);
    const Value bearer = item.bearer.value;
    Literal g = both(item.guard, instrument_on(t));
    if (t.outcome_var != model::no_var) frame[t.outcome_var] = bearer;
    if (g != never) g = both(g, match_steps(t.outcome_steps, &bearer, frame));
    if (g != never) g = both(g, holds(t.where, frame));
    if (g != never) clause_met(id, frame, {{always, {}}}, g);
  }
  run_effects();
}

// The trigger is met: births at once; effects are evaluated now, and carried out by run_effects(), or later when the text says `after`.
void NetCompiler::clause_met(ClauseId id, Frame& frame, const std::vector<Delay>& delays, Literal guard) {
  at_ = id;
  const ClausePlan& c = plan(id);
  if (c.kind != ClauseKind::consequence) return birth(id, frame, guard);
  for (const program::EffectPlan& e : c.effects) {
    for (const Delay& d : delays) {
      const Literal g = both(guard, d.when);
      if (g != never) ready(id, e, frame, d.delay.zero() ? c.after : d.delay, g);
    }
  }
}

// One for each tuple of arguments that it may have.
void NetCompiler::ready(ClauseId id, const program::EffectPlan& e, Frame& frame, Duration delay,
                        Literal guard) {
  std::vector<Node> nodes;
  std::vector<size_t> at;
  for (size_t i = 0; i < e.args.size(); ++i) {
    if (e.args[i] == no_node) continue;
    nodes.push_back(e.args[i]);
    at.push_back(i);
  }
  if (e.value != no_node) nodes.push_back(e.value);
  if (nodes.size() > model::max_event_params) return refuse("an effect with very many arguments");
  for_each_tuple(nodes, frame, [&](const Args& values, Literal when) {
    ReadyEffect r;
    r.kind = e.kind;
    r.event = e.event;
    r.slot = e.slot;
    r.clause = id;
    r.args.fill(no_value);
    bool complete = true;
    for (size_t i = 0; i < at.size(); ++i) {
      r.args[at[i]] = values[i];
      complete = complete && values[i] != no_value;
    }
    r.value = e.value == no_node ? 1 : values[at.size()];
    r.guard = both(guard, when);
    if (!complete || r.guard == never) return;
    if (delay.zero()) {
      ready_.push_back(r);
      return;
    }
    Change change;
    change.kind = ChangeKind::effect;
    change.effect = r;
    change.clause = id;
    schedule(change, delay, r.guard);
  });
}

void NetCompiler::run_effects() {
  std::vector<ReadyEffect> all;
  all.swap(ready_);
  for (const ReadyEffect& e : all) run_effect(e);
}

void NetCompiler::run_effect(const ReadyEffect& e) {
  at_ = e.clause;
  switch (e.kind) {
    case model::EffectKind::counts_as: {
      Item item;
      item.kind = ItemKind::occurrence;
      item.clause = e.clause;
      item.guard = e.guard;
      item.occurrence.event = e.event;
      item.occurrence.args = e.args;
      item.occurrence.content_args.fill(no_value);
      return enter(std::move(item));
    }
    case model::EffectKind::begin_fact:
      return change_fact(e.slot, e.args.data(), 1, e.guard);
    case model::EffectKind::end_fact:
      return change_fact(e.slot, e.args.data(), p_.facts[e.slot].relation ? 0 : no_value, e.guard);
    case model::EffectKind::set_fact:
      return change_fact(e.slot, e.args.data(), e.value, e.guard);
    case model::EffectKind::enters_into_force:
      return change_fact(model::fact_in_force.value, e.args.data(), 1, e.guard);
    case model::EffectKind::terminated:
      change_fact(model::fact_terminated.value, e.args.data(), 1, e.guard);
      return change_fact(model::fact_in_force.value, e.args.data(), 0, e.guard);
    case model::EffectKind::suspended:
    case model::EffectKind::resumes: {
      const Value args[2] = {e.args[0], e.args[1] == no_value ? e.args[0] : e.args[1]};
      return change_fact(model::fact_suspended.value, args, e.kind == model::EffectKind::suspended, e.guard);
    }
    case model::EffectKind::succeeds:
      return succeed(e.args[0], e.args[1], e.args[2], e.guard);
  }
}

}  // namespace casus::explore
