// SPDX-License-Identifier: Apache-2.0
// Effects of consequences (docs/semantics.md §5.5, §10 "Effects") and changes of facts (§7).
#include <algorithm>
#include <utility>

#include "run/reference.h"

namespace casus::run {

using model::EffectKind;
using model::no_value;
using model::TriggerKind;

// ---- effects ----

// The clause's effects with their arguments as they are now. One that lacks an argument is left out.
std::vector<Reference::Effect> Reference::ready(const Met& m, uint32_t cause) const {
  std::vector<Effect> out;
  for (const model::Effect& effect : model_[m.clause].effects) {
    Effect e;
    e.effect = &effect;
    e.clause = m.clause;
    e.cause = cause;
    bool complete = true;
    for (model::ExprId arg : effect.args) {
      e.args.push_back(arg ? eval(arg, m.vars) : no_value);
      complete = complete && (!arg || e.args.back() != no_value);
    }
    if (effect.value) e.value = eval(effect.value, m.vars);
    if (complete) out.push_back(std::move(e));
  }
  return out;
}

void Reference::run(const Effect& e) {
  const bool relation = !e.effect->fact || model_[e.effect->fact].result.kind == model::TypeKind::truth;
  switch (e.effect->kind) {
    case EffectKind::counts_as: {
      Occurrence o;
      o.at = now_;
      o.event = e.effect->event;
      o.args.fill(no_value);
      o.content_args.fill(no_value);
      std::copy(e.args.begin(), e.args.end(), o.args.begin());
      enter([this, o, e] { take(o, e.clause, e.cause, true); });
      return;
    }
    case EffectKind::begin_fact:
      change(e.effect->fact, e.args, 1);
      return;
    case EffectKind::end_fact:
      change(e.effect->fact, e.args, relation ? 0 : no_value);
      return;
    case EffectKind::set_fact:
      change(e.effect->fact, e.args, e.value);
      return;
    case EffectKind::enters_into_force:
      change(model::fact_in_force, e.args, 1);
      return;
    case EffectKind::terminated:
      change(model::fact_terminated, e.args, 1);
      change(model::fact_in_force, e.args, 0);
      return;
    case EffectKind::suspended:
    case EffectKind::resumes: {
      const bool for_one = e.args.size() > 1 && e.args[1] != no_value;
      change(model::fact_suspended, {e.args[0], for_one ? e.args[1] : e.args[0]},
             e.effect->kind == EffectKind::suspended);
      return;
    }
    case EffectKind::succeeds:
      succeed(e.args[0], e.args[1], e.args[2]);
      return;
  }
}

// §6.9, §10: duties pass first; then all changes are made, and then what follows from each is done.
void Reference::succeed(Value successor, Value predecessor, Value instrument) {
  const InstrumentId id = model_[EntityId(static_cast<size_t>(instrument))].instrument;
  if (!id || !is_actor(successor) || !is_actor(predecessor) || successor == predecessor) return;
  pass_duties(id, successor, predecessor);
  std::vector<FactId> roles;
  for (FactId role : model_[id].roles) {
    if (stored(role, {predecessor}) == 1) roles.push_back(role);
  }
  std::vector<Changed> changes;
  put(model::fact_party, {successor, instrument}, 1, changes);
  for (FactId role : roles) put(role, {successor}, 1, changes);
  put(model::fact_party, {predecessor, instrument}, 0, changes);
  for (FactId role : roles) put(role, {predecessor}, 0, changes);
  for (const Changed& changed : changes) follow(changed);
}

void Reference::pass_duties(InstrumentId instrument, Value successor, Value predecessor) {
  for (auto& [clause, bound] : bound_) {
    if (model_[clause].instrument == instrument && bound.erase(predecessor) != 0) bound.insert(successor);
  }
  for (auto& [number, duty] : duties_) {
    const auto part = duty.bearers.find(predecessor);
    if (model_[duty.clause].instrument != instrument || part == duty.bearers.end()) continue;
    duty.bearers.emplace(successor, part->second);
    duty.bearers.erase(predecessor);
    write(RecordKind::transferred, number, duty.clause, successor, no_number, predecessor);
  }
}

// ---- changes of facts: §7 ----

void Reference::change(FactId fact, const Args& args, Value value) {
  std::vector<Changed> changes;
  const Value old = stored(fact, args);
  if (model_[fact].result.kind != model::TypeKind::truth && old != no_value && value != no_value &&
      old != value) {
    change(fact, args, no_value);  // a function leaves its old value before it takes the new one
  }
  put(fact, args, value, changes);
  for (const Changed& changed : changes) follow(changed);
}

// Makes the change and records it in the ledger and in `changes`, before the start silently; what follows
// from it is the caller's. False when it changes nothing.
bool Reference::put(FactId fact, const Args& args, Value value, std::vector<Changed>& changes) {
  const Value none = model_[fact].result.kind == model::TypeKind::truth ? 0 : no_value;
  const Value old = stored(fact, args);
  if (old == value) return false;
  if (value == none)
    facts_[fact].erase(args);
  else
    facts_[fact][args] = value;
  if (silent_) return true;
  Changed changed;
  changed.fact = fact;
  changed.args = args;
  changed.begins = value != none;
  changed.value = changed.begins ? value : old;
  FactChange shown;
  shown.fact = fact;
  shown.args.fill(no_value);
  std::copy(args.begin(), args.end(), shown.args.begin());
  shown.value = changed.value;
  sink_.fact_changed(fact_changes_, shown);
  write(changed.begins ? RecordKind::fact_begins : RecordKind::fact_ends, no_number, ClauseId(), no_value,
        fact_changes_, changed.value);
  ++fact_changes_;
  changes.push_back(std::move(changed));
  return true;
}

// Live duties in the order of birth, standing duties in clause order, then triggers and moments in clause
// order.
void Reference::follow(const Changed& changed) {
  check_duties(changed);
  for (const auto& [clause, reads] : birth_reads_) {
    if (concerned(clause, reads, changed)) standing_birth(clause);
  }
  for (ClauseId clause : clauses_) notice(clause, changed);
}

// A trigger by this change of a fact, or the moment at which the clause's condition became true.
void Reference::notice(ClauseId id, const Changed& changed) {
  const model::Clause& c = model_[id];
  Met m;
  m.clause = id;
  m.vars.fill(no_value);
  if (c.trigger.kind == TriggerKind::becomes_true) {
    if (!rests_on(moment_reads_.at(id), changed)) return;
    const bool before = std::exchange(moments_[id], met(c.trigger.condition, m.vars));
    if (before || !moments_[id]) return;
  } else {
    const TriggerKind kind = changed.begins ? TriggerKind::fact_begins : TriggerKind::fact_ends;
    if (changed.occurrence || c.trigger.kind != kind || c.trigger.fact_pattern.fact != changed.fact) return;
    bind(c.trigger.fact_pattern.args, changed.args, m.vars);
    if (!fits(c.trigger.fact_pattern.args, changed.args, m.vars)) return;
  }
  if (!met(c.where, m.vars)) return;
  enter([this, m] {
    if (applies(model_[m.clause])) carry_out({m}, no_number);
  });
}

}  // namespace casus::run
