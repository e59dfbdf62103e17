// SPDX-License-Identifier: Apache-2.0
// An occurrence, step by step: docs/semantics.md §5. Steps 1 to 4 read the state before its own effects.
#include <algorithm>

#include "run/reference.h"

namespace casus::run {

using model::ClauseKind;
using model::no_value;
using model::TriggerKind;

OccurrenceNo Reference::take(const Occurrence& o, ClauseId by, uint32_t cause, bool authorised) {
  const OccurrenceNo number = next_occurrence();
  occurrences_.push_back(o);
  sink_.occurred(number, o);
  write(RecordKind::occurred, no_number, by, no_value, number, cause);
  const model::EventType& type = model_[o.event];
  const Value named = type.by == 0xFF ? no_value : o.args[type.by];
  const Act a{occurrences_.back(), number, is_actor(named) ? named : no_value};
  const bool built_in = o.event <= model::event_close;

  // 0 and 1
  Reason refused = Reason::none;
  Duration delay;
  if (built_in) {
    refused = refusal(a);
  } else if (type.institutional && !authorised) {
    const ClauseId power = power_for(a);
    if (power)
      delay = model_[power].takes_effect;
    else
      refused = Reason::no_power;
  }
  if (refused != Reason::none) write(RecordKind::void_act, no_number, ClauseId(), named, number, 0, refused);
  if (o.event == model::event_vote) report_vote(a);
  ask_prohibitions(a);  // 2
  if (refused != Reason::none) return number;
  ask_performance(a);                                    // 3
  const std::vector<Met> triggered = find_triggered(a);  // 4
  const std::vector<Effect> effects = carry_out_births(triggered, number, delay);
  if (built_in) body_act(a);  // 5
  for (const Effect& e : effects) run(e);
  enter_history(a);  // 6
  return number;
}

// ---- 1. power ----

// Whether the norm covers the act: by itself when it stands, else by this instance. `vars` are then those
// of the act.
bool Reference::covers(ClauseId id, model::PatternId act, const Act& a, const Duty* instance,
                       Vars& vars) const {
  const model::Clause& c = model_[id];
  if (a.actor == no_value) return false;
  if (instance) {
    const auto part = instance->bearers.find(a.actor);
    if (part == instance->bearers.end() || part->second.state != State::pending) return false;
    vars = instance->vars;
  } else {
    vars.fill(no_value);
    const bool in = c.bearer.kind == model::BearerKind::one ? eval(c.bearer.entity, vars) == a.actor
                                                            : in_domain(c.bearer.domain, a.actor);
    if (!in || !eligible(c, a.actor, vars, true)) return false;
  }
  vars[c.bearer.var] = a.actor;
  return matches(act, a.occurrence, a.number, vars) && met(c.act_where, vars);
}

// Of a permission, power or obligation: standing permissions and powers are asked themselves, all others by
// their instances.
bool Reference::norm_covers(ClauseId id, const Act& a) const {
  const model::Clause& c = model_[id];
  Vars vars;
  for (model::PatternId act : c.acts) {
    if (c.trigger.kind == TriggerKind::none && c.kind != ClauseKind::obligation) {
      if (covers(id, act, a, nullptr, vars)) return true;
      continue;
    }
    for (const auto& [number, duty] : duties_) {
      if (duty.clause == id && covers(id, act, a, &duty, vars)) return true;
    }
  }
  return false;
}

ClauseId Reference::power_for(const Act& a) const {
  for (ClauseId id : clauses_) {
    if (model_[id].kind == ClauseKind::power && norm_covers(id, a)) return id;
  }
  return ClauseId();
}

// ---- 2. prohibitions ----

void Reference::ask_prohibitions(const Act& a) {
  Vars vars;
  for (ClauseId id : clauses_) {
    const model::Clause& c = model_[id];
    if (c.kind != ClauseKind::prohibition) continue;
    for (model::PatternId act : c.acts) {
      if (c.trigger.kind == TriggerKind::none) {
        if (covers(id, act, a, nullptr, vars)) violate(id, no_number, a, vars);
        continue;
      }
      for (const auto& [number, duty] : duties_) {
        if (duty.clause == id && covers(id, act, a, &duty, vars)) violate(id, number, a, vars);
      }
    }
  }
}

void Reference::violate(ClauseId prohibition, uint32_t duty, const Act& a, const Vars& vars) {
  ClauseId first;
  for (ClauseId id : clauses_) {
    const ClauseKind kind = model_[id].kind;
    if (kind != ClauseKind::permission && kind != ClauseKind::power && kind != ClauseKind::obligation)
      continue;
    if (!norm_covers(id, a)) continue;
    if (prevails(id, prohibition)) {
      write(RecordKind::defeated, duty, prohibition, a.actor, a.number, id.value);
      return;
    }
    if (!first) first = id;
  }
  if (first) write(RecordKind::clash, duty, prohibition, a.actor, a.number, first.value);
  write(RecordKind::breach, duty, prohibition, a.actor, a.number, now_);
  outcome(model::OutcomeKind::breach, prohibition, a.actor, now_, a.number, vars);
}

bool Reference::prevails(ClauseId norm, ClauseId prohibition) const {
  const model::Clause& c = model_[norm];
  const model::Clause& over = model_[prohibition];
  const bool over_all = c.instrument && model_[c.instrument].prevails_over_all;
  if (over_all && over.instrument && over.instrument != c.instrument) return true;
  return std::any_of(c.prevails_over.begin(), c.prevails_over.end(), [&](const model::ClauseRef& ref) {
    return ref.instrument == over.instrument && (!ref.article || ref.article == over.article);
  });
}

// ---- 3. performance ----

void Reference::ask_performance(const Act& a) {
  struct Candidate {
    DutyNo duty;
    Value bearer;
    uint32_t act;
  };
  std::vector<Candidate> candidates;
  for (const auto& [number, duty] : duties_) {
    const model::Clause& c = model_[duty.clause];
    if (c.kind != ClauseKind::obligation) continue;
    for (uint32_t act = 0; act < c.acts.size(); ++act) {
      for (const auto& [bearer, part] : duty.bearers) {
        Vars vars = vars_of(number, bearer);
        if (!matches(c.acts[act], a.occurrence, a.number, vars) || !met(c.act_where, vars)) continue;
        candidates.push_back({number, bearer, act});
      }
    }
  }
  for (const Candidate& c : candidates) {
    if (duties_.contains(c.duty) && duties_.at(c.duty).bearers.contains(c.bearer))
      perform(c.duty, c.bearer, c.act, a.number);
  }
}

// The act is counted; when enough are done the duty is performed, for all of them when it is borne together.
void Reference::perform(DutyNo number, Value bearer, uint32_t act, uint32_t occurrence) {
  Duty& duty = duties_.at(number);
  const ClauseId id = duty.clause;
  const model::Clause& c = model_[id];
  const bool together = c.bearer.kind == model::BearerKind::together;
  std::set<uint32_t>& done = together ? duty.done_together : duty.bearers.at(bearer).done;
  done.insert(act);
  if (done.size() < c.at_least) return;
  Entities whom;
  if (together) {
    for (const auto& [who, part] : duty.bearers) whom.insert(who);
  } else {
    whom.insert(bearer);
  }
  for (Value who : whom) {
    const bool late = duties_.at(number).bearers.at(who).state == State::breached;
    const Vars vars = vars_of(number, who);
    write(late ? RecordKind::late : RecordKind::fulfilled, number, id, who, occurrence);
    strike(number, who);
    outcome(model::OutcomeKind::performance, id, who, now_, occurrence, vars);
  }
}

// ---- 4. triggers ----

std::vector<Reference::Met> Reference::find_triggered(const Act& a) const {
  std::vector<Met> out;
  for (ClauseId id : clauses_) {
    const model::Clause& c = model_[id];
    if (c.trigger.kind != TriggerKind::event || !applies(c)) continue;
    Met m;
    m.clause = id;
    m.vars.fill(no_value);
    if (matches(c.trigger.pattern, a.occurrence, a.number, m.vars) && met(c.where, m.vars)) out.push_back(m);
  }
  return out;
}

// ---- 6. history ----

void Reference::enter_history(const Act& a) {
  history_.push_back(a.number);
  Changed changed;
  changed.occurrence = &a.occurrence;
  follow(changed);
}

}  // namespace casus::run
