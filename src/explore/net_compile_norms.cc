// SPDX-License-Identifier: Apache-2.0
// Whom a clause binds, and births (docs/semantics.md §6, §10), in the order of
// src/run/engine_norms.cc. A live duty has a place that its clause and stored values name, with three bits for each bearer.
// Duties that share nothing but these values may share a place, as long as no bearer has two of them; where a deadline is one for all
// bearers, or they bear it together, a place holds one duty.
#include <algorithm>

#include "explore/net_compile.h"
#include "explore/net_reasons.h"

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
  Bit any;
  any.kind = BitKind::pending;
  any.slot = it->second;
  for (const Value v : s.stored) uses(v, any);
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
  for (const Bearer& b : left) beyond(b.when, id, too_many_alike);
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

}  // namespace casus::explore
