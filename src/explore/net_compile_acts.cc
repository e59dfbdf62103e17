// SPDX-License-Identifier: Apache-2.0
// An occurrence under a guard: power, prohibitions, performance, triggers, effects, history (docs/semantics.md §5), in the order of
// src/run/engine_acts.cc. An act that is void in some states is void under a guard; what follows goes on without it.
#include <algorithm>

#include "explore/net_compile.h"
#include "explore/net_reasons.h"

namespace casus::explore {

using model::ClauseKind;
using model::no_value;
using program::ActUse;
using program::EventPlan;
using program::Program;

// In the first place that is free: in each state it is one of them, so these are branches of one step. A proposal that is void has a place of its own.
void NetCompiler::take(const Occurrence& o, ClauseId by, bool authorised, Literal guard) {
  const Value first = number_of(o, 0);
  if (!told_apart(first)) return take_as(first, o, by, authorised, guard);
  std::vector<std::pair<Value, Literal>> taken;
  const auto put = [&](uint32_t place, Literal when) {
    const Value name = placed(first, place);
    const Literal used = when == never ? never : in_use(name), here = without(when, used);
    if (here != never) taken.emplace_back(name, here);
    return both(when, used);
  };
  const bool proposal = o.event == model::event_propose;
  const Literal opens = proposal ? both(guard, proposal_accepted(o)) : guard;
  Literal left = opens;
  for (uint32_t place = 0; place < limits_.capacity; ++place) left = put(place, left);
  left = either(left, put(limits_.capacity, without(guard, opens)));
  beyond(left, ClauseId(), proposal ? too_many_motions : occurs_again);
  for (const auto& [name, here] : taken) take_as(name, o, by, authorised, here);
}

void NetCompiler::take_as(Value name, const Occurrence& o, ClauseId by, bool authorised, Literal guard) {
  record(RecordKind::occurred, by, EntityId(), guard, {}, name);
  number_ = name;
  now_last(name, guard);
  for (const Bit& b : std::vector<Bit>(users_[name])) {
    if (b.kind == BitKind::fact || b.kind == BitKind::happened)
      beyond(both(guard, read(b)), ClauseId(), occurs_again);
  }
  const EventPlan& e = p_.events[o.event.index()];
  const Value actor = e.by >= 0 ? o.args[static_cast<size_t>(e.by)] : no_value;
  const uint32_t bit = bit_of(actor);
  const bool procedure = o.event.value <= model::event_close.value;

  Literal good = always;
  std::vector<Delay> delays{{always, {}}};
  if (o.event == model::event_propose) {
    const size_t motion = static_cast<size_t>(name - first_motion);
    const bool opens = name < first_content && names_[motion].place < limits_.capacity;
    good = opens ? always : never;  // take() has seen to it
  } else if (procedure) {
    good = accepted(o, bit);
  } else if (e.institutional && !authorised) {
    delays.clear();
    good = bit == Program::no_bit ? never : power(e, o, bit, delays);
  }
  const EntityId who = actor == no_value ? EntityId() : EntityId(static_cast<size_t>(actor));
  record(RecordKind::void_act, ClauseId(), who, without(guard, good), o.event);
  if (bit != Program::no_bit) prohibitions(e, o, bit, guard);
  guard = both(guard, good);
  if (guard == never) return;
  perform(e, o, bit, guard);
  triggers(e, o, delays, guard);
  if (o.event == model::event_propose)
    propose(o, guard);
  else if (procedure)
    vote_or_close(o, bit, guard);
  run_effects();
  history(e, o, guard);
}

// ---- powers and what covers an act ----

// A norm without trigger that gives, forbids or asks this act of the actor. What it captures is in the frame.
Literal NetCompiler::standing_covers(ActUse use, const Occurrence& o, uint32_t actor, Frame& frame) {
  at_ = use.clause;
  const ClausePlan& c = plan(use.clause);
  const program::ActPlan& act = c.acts[use.act];
  const Value who = p_.actors[actor].value;
  Literal out = instrument_on(c);
  if (out == never) return never;
  if (c.bearer_kind == model::BearerKind::one) {
    Literal is = never;
    for (const Choice& one : choices(c.bearer, frame)) {
      if (one.value == who) is = either(is, one.when);
    }
    out = both(out, is);
  } else {
    out = both(out, in_domain(c.domain, who));
  }
  if (out == never) return never;
  frame[c.bearer_var] = who;
  out = both(out, match(act.pattern, o, number_, frame));
  if (out == never) return never;
  out = both(out, eligible(c, who, frame, true));
  return out == never ? never : both(out, holds(c.act_where, frame));
}

// Whether the act's arguments are those that were fixed at the duty's birth.
bool NetCompiler::keys_meet(const program::ActPlan& act, const Slot& slot, const Occurrence& o) {
  for (size_t i = 0; i < act.key_params.size(); ++i) {
    const Value given = o.args[act.key_params[i]];
    const Value kept = slot.frame[p_.nodes[act.key_values[i]].a];
    if (given == no_value || kept == no_value) return false;
    if (is_instant(given) || is_instant(kept)) {
      refuse("it compares instants that are past");
      return false;
    }
    tell_apart(given, kept);
    if (given != kept) return false;
  }
  return true;
}

Literal NetCompiler::instance_covers(ActUse use, uint32_t slot, const Occurrence& o, uint32_t actor,
                                     Frame& frame) {
  at_ = use.clause;
  const ClausePlan& c = plan(use.clause);
  const program::ActPlan& act = c.acts[use.act];
  Literal out = read(hold(slot, BitKind::pending, actor));
  if (out == never || !keys_meet(act, slots_[slot], o)) return never;
  frame = slots_[slot].frame;
  frame[c.bearer_var] = p_.actors[actor].value;
  out = both(out, match(act.pattern, o, number_, frame));
  return out == never ? never : both(out, holds(c.act_where, frame));
}

Literal NetCompiler::covers(ActUse use, const Occurrence& o, uint32_t actor) {
  Frame frame;
  frame.fill(no_value);
  const ClausePlan& c = plan(use.clause);
  if (c.standing() && !c.is_duty()) return standing_covers(use, o, actor, frame);
  Literal out = never;
  for (const uint32_t slot : std::vector<uint32_t>(slots_of_[use.clause.index()]))
    out = either(out, instance_covers(use, slot, o, actor, frame));
  return out;
}

// The first that covers the act is the one that is used, with its delay.
Literal NetCompiler::power(const EventPlan& e, const Occurrence& o, uint32_t actor,
                           std::vector<Delay>& delays) {
  Literal any = never;
  for (const ActUse& use : e.powers) {
    const Literal used = without(covers(use, o, actor), any);
    if (used == never) continue;
    delays.push_back({used, plan(use.clause).takes_effect});
    any = either(any, used);
  }
  return any;
}

// ---- prohibitions ----

void NetCompiler::prohibitions(const EventPlan& e, const Occurrence& o, uint32_t actor, Literal guard) {
  for (const ActUse& use : e.prohibitions) {
    Frame frame;
    frame.fill(no_value);
    if (plan(use.clause).standing()) {
      const Literal meets = both(guard, standing_covers(use, o, actor, frame));
      if (meets != never) violated(use.clause, e, o, actor, meets, frame);
      continue;
    }
    const uint32_t batch = open_batch();
    for (const uint32_t slot : std::vector<uint32_t>(slots_of_[use.clause.index()])) {
      const Literal meets = both(guard, instance_covers(use, slot, o, actor, frame));
      if (meets == never) continue;
      strand(batch, slot);
      violated(use.clause, e, o, actor, meets, frame);
      no_strand();
    }
  }
}

void NetCompiler::violated(ClauseId id, const EventPlan& e, const Occurrence& o, uint32_t actor,
                           Literal guard, const Frame& frame) {
  Literal defeated = never, covered = never;
  for (const ActUse& use : e.covering) {
    const Literal by = covers(use, o, actor);
    if (by == never) continue;
    const auto& over = plan(use.clause).prevails_over;
    Literal& which = std::binary_search(over.begin(), over.end(), id) ? defeated : covered;
    which = either(which, by);
  }
  const EntityId who = p_.actors[actor];
  record(RecordKind::defeated, id, who, both(guard, defeated));
  guard = without(guard, defeated);
  record(RecordKind::clash, id, who, both(guard, covered));
  record(RecordKind::breach, id, who, guard);
  outcome(model::OutcomeKind::breach, id, who, &frame, guard);
}

// ---- performance ----

// By clause, place and act: the order of birth is not known, so each duty is a strand of its own.
void NetCompiler::perform(const EventPlan& e, const Occurrence& o, uint32_t actor, Literal guard) {
  const uint32_t batch = open_batch();
  for (size_t i = 0; i < e.duties.size();) {
    size_t end = i;
    while (end < e.duties.size() && e.duties[end].clause == e.duties[i].clause) ++end;
    at_ = e.duties[i].clause;
    for (const uint32_t slot : std::vector<uint32_t>(slots_of_[at_.index()])) {
      for (size_t k = i; k < end; ++k) {
        if (keys_meet(plan(e.duties[k].clause).acts[e.duties[k].act], slots_[slot], o))
          perform_act(batch, slot, e.duties[k].act, o, actor, guard);
      }
    }
    i = end;
  }
  no_strand();
}

void NetCompiler::perform_act(uint32_t batch, uint32_t slot, uint32_t act, const Occurrence& o,
                              uint32_t actor, Literal guard) {
  const ClausePlan& c = plan(slots_[slot].clause);
  const program::ActPlan& asked = c.acts[act];
  if (asked.by >= 0 && actor == Program::no_bit) return;
  const uint32_t first = asked.by >= 0 ? actor : 0;
  const uint32_t last = asked.by >= 0 ? actor + 1 : static_cast<uint32_t>(p_.actors.size());
  for (uint32_t b = first; b < last; ++b) {
    Literal g = both(guard, live(slot, b));
    if (g == never) continue;
    Frame frame = slots_[slot].frame;
    frame[c.bearer_var] = p_.actors[b].value;
    g = both(g, match(asked.pattern, o, number_, frame));
    if (g != never) g = both(g, holds(c.act_where, frame));
    if (g == never) continue;
    strand(batch, slots_[slot].shared ? slot : uint64_t{b + 1} << 32 | slot);
    performed(slot, b, act, g);
  }
}

void NetCompiler::performed(uint32_t slot, uint32_t actor, uint32_t act, Literal guard) {
  const ClauseId id = slots_[slot].clause;
  const ClausePlan& c = plan(id);
  const bool together = c.bearer_kind == model::BearerKind::together;
  if (c.at_least > 1) {
    Bit done;
    done.kind = BitKind::done;
    done.slot = slot;
    if (!together) done.party = p_.actors[actor];
    std::vector<Literal> all;
    for (uint32_t k = 0; k < c.acts.size(); ++k) {
      done.value = k;
      if (k == act) set(done, guard);
      all.push_back(read(done));
    }
    guard = both(guard, circuit_.at_least(c.at_least, all));
    if (guard == never) return;
  }
  const auto for_one = [&](uint32_t b, Literal g) {
    const Literal late = read(hold(slot, BitKind::breached, b));
    record(RecordKind::late, id, p_.actors[b], both(g, late));
    record(RecordKind::fulfilled, id, p_.actors[b], without(g, late));
    strike(slot, b, g);
    outcome(model::OutcomeKind::performance, id, p_.actors[b], nullptr, g);
  };
  if (!together) return for_one(actor, guard);
  for (uint32_t b = 0; b < p_.actors.size(); ++b) {
    const Literal g = both(guard, live(slot, b));
    if (g != never) for_one(b, g);
  }
}

// ---- triggers, history ----

void NetCompiler::triggers(const EventPlan& e, const Occurrence& o, const std::vector<Delay>& delays,
                           Literal guard) {
  const std::vector<Delay> at_once{{always, {}}};
  for (const ClauseId id : e.triggers) {
    at_ = id;
    const ClausePlan& c = plan(id);
    Literal met = both(guard, instrument_on(c));
    if (met == never) continue;
    Frame frame;
    frame.fill(no_value);
    met = both(met, match(c.trigger, o, number_, frame));
    if (met != never) met = both(met, holds(c.where, frame));
    if (met != never) clause_met(id, frame, c.of_event ? delays : at_once, met);
  }
}

// Whoever rests on a `happened` pattern that the occurrence meets is asked again, once for the occurrence.
void NetCompiler::history(const EventPlan& e, const Occurrence& o, Literal guard) {
  std::vector<ClauseId> duties, births, moments;
  for (const uint32_t h : e.histories) {
    const program::HistoryPlan& plan = p_.histories[h];
    if (plan.pattern.decided && !o.decided) continue;
    if (plan.pattern.decided_by &&
        (e.by < 0 || o.args[static_cast<size_t>(e.by)] != Value{plan.pattern.decided_by.value}))
      continue;
    Bit b;
    b.kind = BitKind::happened;
    b.slot = h;
    b.args.fill(no_value);
    bool given = true;
    for (size_t i = 0; i < plan.key_params.size(); ++i) {
      b.args[i] = o.args[plan.key_params[i]];
      given &= b.args[i] != no_value;
    }
    if (!given) continue;
    if (asked_.count(key_of(b)) != 0) {
      set(b, guard);
      remember(b, guard);
    }
    duties.insert(duties.end(), plan.watch.duties.begin(), plan.watch.duties.end());
    births.insert(births.end(), plan.watch.births.begin(), plan.watch.births.end());
    moments.insert(moments.end(), plan.watch.moments.begin(), plan.watch.moments.end());
  }
  for (auto* list : {&duties, &births, &moments}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  ask_again(duties, births, guard);
  enter_triggers(moments, {}, nullptr, guard);
}

// A `happened within` is over when its time is, and nobody is asked again.
void NetCompiler::remember(const Bit& b, Literal guard) {
  const uint32_t bit = find(b);
  if (bit == none) return;
  for (const program::ExprNode& n : p_.nodes) {
    if (n.op != program::NodeOp::happened || n.a != b.slot || n.value == no_value) continue;
    Due due;
    due.after.ms = n.value + 1;
    start_timer(timer(TimerKind::forget, bit, ClauseId()), guard, due);
    return;
  }
}

}  // namespace casus::explore
