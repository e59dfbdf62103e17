// SPDX-License-Identifier: Apache-2.0
// Outcomes of duties and consequences (docs/semantics.md §10.1, §10.2, §10.6), in the order of src/run/engine_norms.cc. An effect whose arguments depend
// on the state is one effect for each tuple that they may be, each under its guard.
#include "explore/net_compile.h"

namespace casus::explore {

using model::ClauseKind;
using model::no_value;
using program::no_node;

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
