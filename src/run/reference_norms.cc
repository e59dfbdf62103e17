// SPDX-License-Identifier: Apache-2.0
// Norms (docs/semantics.md §6): whom they bind, the birth of duties, the check after a change, standing
// duties, outcomes.
#include <algorithm>

#include "run/reference.h"

namespace casus::run {

using model::BearerKind;
using model::ClauseKind;
using model::no_value;
using model::OutcomeKind;
using model::TriggerKind;

// ---- §6.1 whom a clause binds ----

bool Reference::in_force(InstrumentId i) const {
  return !i || stored(model::fact_in_force, {entity_of(i)}) == 1;
}

bool Reference::suspended(InstrumentId i, Value whom) const {
  if (!i) return false;
  return stored(model::fact_suspended, {entity_of(i), entity_of(i)}) == 1 ||
         stored(model::fact_suspended, {entity_of(i), whom}) == 1;
}

bool Reference::reserved(const model::Clause& c, Value who) const {
  if (!c.instrument) return false;
  const auto& all = model_[c.instrument].reservations;
  return std::any_of(all.begin(), all.end(), [&](const model::Reservation& r) {
    const bool article = std::find(r.articles.begin(), r.articles.end(), c.article) != r.articles.end();
    return article && Value{r.party.value} == who && r.from.ms <= now_ && now_ < r.until.ms;
  });
}

// Its effects only bring the clause's own instrument into force, or give somebody a place in it (§10
// "Consequences").
bool Reference::is_final_clause(const model::Clause& c) const {
  const auto is_this = [&](model::ExprId e) {
    return model_[e].op == model::Op::constant && model_[e].value == entity_of(c.instrument);
  };
  return c.kind == ClauseKind::consequence &&
         std::all_of(c.effects.begin(), c.effects.end(), [&](const model::Effect& e) {
           if (e.kind == model::EffectKind::enters_into_force) return is_this(e.args[0]);
           if (e.kind != model::EffectKind::begin_fact) return false;
           return e.fact == model::fact_party ? is_this(e.args[1])
                                              : model_[e.fact].role == model::FactRole::role &&
                                                    model_[e.fact].instrument == c.instrument;
         });
}

// Whether a met trigger is heeded at all. A norm of a suspended instrument finds no bearers; a consequence
// is asked here.
bool Reference::applies(const model::Clause& c) const {
  if (!in_force(c.instrument)) {
    return is_final_clause(c) && stored(model::fact_terminated, {entity_of(c.instrument)}) != 1;
  }
  return c.kind != ClauseKind::consequence || !c.instrument ||
         !suspended(c.instrument, entity_of(c.instrument));
}

// ---- §6.2 birth ----

// Somebody in the clause's domain. `vars`: all but the bearer.
bool Reference::eligible(const model::Clause& c, Value who, Vars vars, bool suspension_bars) const {
  if (!is_actor(who) || !in_force(c.instrument) || reserved(c, who)) return false;
  if (suspension_bars && suspended(c.instrument, who)) return false;
  if (c.from && now_ < c.from->ms) return false;
  if (c.until_instant && now_ > c.until_instant->ms) return false;
  vars[c.bearer.var] = who;
  for (model::ExprId except : c.bearer.except) {
    if (eval(except, vars) == who) return false;
  }
  return met(c.while_, vars) && !surely(c.unless, vars) && !surely(c.until, vars);
}

Reference::Entities Reference::bearers(const model::Clause& c, const Vars& vars, bool suspension_bars) const {
  Entities candidates, out;
  if (c.bearer.kind == BearerKind::one)
    candidates.insert(eval(c.bearer.entity, vars));
  else
    candidates = members(c.bearer.domain);
  for (Value who : candidates) {
    if (eligible(c, who, vars, suspension_bars)) out.insert(who);
  }
  return out;
}

int64_t Reference::deadline(const model::Clause& c, const Vars& vars, int64_t instant) const {
  if (c.kind != ClauseKind::obligation && c.kind != ClauseKind::bring_about) return no_value;
  if (c.deadline.kind == model::DeadlineKind::by) return c.deadline.by.ms;
  if (c.deadline.kind != model::DeadlineKind::within) return no_value;
  const int64_t anchor = c.deadline.anchor ? eval(c.deadline.anchor, vars) : instant;
  return anchor == no_value ? no_value : add(Instant{anchor}, c.deadline.within).ms;
}

void Reference::birth(ClauseId id, const Vars& vars, uint32_t trigger, int64_t instant,
                      const Entities& whom) {
  const model::Clause& c = model_[id];
  const int64_t due = deadline(c, vars, instant);
  if (whom.empty() || (due != no_value && due < now_)) return;
  const DutyNo number = next_duty_++;
  Duty duty;
  duty.clause = id;
  duty.vars = vars;
  duty.trigger = trigger;
  duty.born = now_;
  for (Value who : whom) duty.bearers[who].deadline = due;
  duties_[number] = duty;
  for (Value who : whom) write(RecordKind::born, number, id, who, trigger, due);
  if (due != no_value) put_on_agenda(deadlines_, due, [this, number, due] { run_deadline(number, due); });
  if (c.until_instant) put_on_agenda(deadlines_, c.until_instant->ms, [this, number] { run_expiry(number); });
  first_look(number);
}

// What follows at birth: a `bring about` may be done already, an `ensure` breached (§6.2, §6.5).
void Reference::first_look(DutyNo number) {
  if (!clause_of(number).condition) return;
  Entities whom;
  for (const auto& [who, part] : duties_.at(number).bearers) whom.insert(who);
  for (Value who : whom) {
    if (duties_.contains(number) && duties_.at(number).bearers.contains(who)) check_condition(number, who);
  }
}

// ---- changes of one bearer's part ----

Reference::Vars Reference::vars_of(DutyNo number, Value bearer) const {
  Vars vars = duties_.at(number).vars;
  vars[clause_of(number).bearer.var] = bearer;
  return vars;
}

// Takes the bearer out, and the duty with its last one.
void Reference::strike(DutyNo number, Value bearer) {
  Duty& duty = duties_.at(number);
  duty.bearers.erase(bearer);
  if (duty.bearers.empty()) duties_.erase(number);
}

void Reference::end(DutyNo number, Value bearer, RecordKind how, Reason why) {
  const ClauseId id = duties_.at(number).clause;
  const Vars vars = vars_of(number, bearer);
  write(how, number, id, bearer, no_number, 0, why);
  strike(number, bearer);
  outcome(OutcomeKind::release, id, bearer, now_, no_number, vars);
}

// Breaks it; it goes on as breached when it `stays`. `missed`: the deadline, which is the reparation's
// anchor (§6.4); none for a maintenance.
void Reference::breach(DutyNo number, Value bearer, int64_t missed, bool stays) {
  const ClauseId id = duties_.at(number).clause;
  const Vars vars = vars_of(number, bearer);
  write(RecordKind::breach, number, id, bearer, no_number, missed);
  if (stays)
    duties_.at(number).bearers.at(bearer).state = State::breached;
  else
    strike(number, bearer);
  outcome(OutcomeKind::breach, id, bearer, missed == no_value ? now_ : missed, no_number, vars);
}

// ---- §6.5 to §6.7, §10 "Duty check" ----

void Reference::check_duties(const Changed& changed) {
  std::vector<std::pair<DutyNo, Value>> asked;
  for (const auto& [number, duty] : duties_) {
    if (!concerned(duty.clause, duty_reads_.at(duty.clause), changed)) continue;
    for (const auto& [who, part] : duty.bearers) asked.emplace_back(number, who);
  }
  for (auto [number, who] : asked) {
    if (duties_.contains(number) && duties_.at(number).bearers.contains(who)) check(number, who);
  }
}

void Reference::check(DutyNo number, Value bearer) {
  if (check_end(number, bearer)) return;
  check_suspension(number, bearer);
  if (clause_of(number).condition) check_condition(number, bearer);
}

bool Reference::check_end(DutyNo number, Value bearer) {
  const model::Clause& c = clause_of(number);
  const Vars vars = vars_of(number, bearer);
  if (!in_force(c.instrument)) {
    const bool terminated = stored(model::fact_terminated, {entity_of(c.instrument)}) == 1;
    end(number, bearer, RecordKind::released, terminated ? Reason::terminated : Reason::not_in_force);
  } else if (c.bearer.kind != BearerKind::one && !in_domain(c.bearer.domain, bearer)) {
    end(number, bearer, RecordKind::released, Reason::no_longer_bound);
  } else if (surely(c.until, vars)) {
    end(number, bearer, RecordKind::released, Reason::condition_met);
  } else if (!met(c.while_, vars)) {
    end(number, bearer, RecordKind::lapsed, Reason::condition_failed);
  } else {
    return false;
  }
  return true;
}

// The deadline stands still while the instrument is suspended.
void Reference::check_suspension(DutyNo number, Value bearer) {
  const ClauseId id = duties_.at(number).clause;
  Part& part = duties_.at(number).bearers.at(bearer);
  const bool off = suspended(model_[id].instrument, bearer);
  if (off && part.state == State::pending) {
    part.state = State::suspended;
    if (part.deadline != no_value) part.deadline -= now_;
    write(RecordKind::suspended, number, id, bearer, no_number);
  } else if (!off && part.state == State::suspended) {
    part.state = State::pending;
    if (part.deadline != no_value) part.deadline += now_;
    const int64_t due = part.deadline;
    write(RecordKind::resumed, number, id, bearer, no_number, due);
    if (due != no_value) put_on_agenda(deadlines_, due, [this, number, due] { run_deadline(number, due); });
  }
}

// `bring about` is done when its condition holds, also while suspended; `ensure` is breached and restored.
void Reference::check_condition(DutyNo number, Value bearer) {
  const ClauseId id = duties_.at(number).clause;
  const model::Clause& c = model_[id];
  const State state = duties_.at(number).bearers.at(bearer).state;
  const bool is_met = met(c.condition, vars_of(number, bearer));
  if (c.kind == ClauseKind::bring_about) {
    if (is_met) perform(number, bearer, 0, no_number);
  } else if (state == State::pending && !is_met) {
    breach(number, bearer, no_value, true);
  } else if (state == State::breached && is_met && !suspended(c.instrument, bearer)) {
    duties_.at(number).bearers.at(bearer).state = State::pending;
    write(RecordKind::restored, number, id, bearer, no_number);
  }
}

// ---- §6.3, §10 "Standing births" ----

void Reference::standing_birth(ClauseId id) {
  const model::Clause& c = model_[id];
  Vars vars;
  vars.fill(no_value);
  Entities& bound = bound_[id];
  const Entities eligible_apart_from_suspension = bearers(c, vars, false);
  std::erase_if(bound, [&](Value who) { return !eligible_apart_from_suspension.contains(who); });
  Entities fresh = bearers(c, vars, true);
  std::erase_if(fresh, [&](Value who) { return bound.contains(who); });
  bound.insert(fresh.begin(), fresh.end());
  birth(id, vars, no_number, now_, fresh);
}

// One duty for each instant at which the clause began to bind somebody.
void Reference::births_at_start(ClauseId id) {
  const model::Clause& c = model_[id];
  Vars vars;
  vars.fill(no_value);
  bound_[id] = bearers(c, vars, true);
  std::map<int64_t, Entities> by_instant;
  for (Value who : bound_[id]) by_instant[began_to_bind(c, who)].insert(who);
  for (const auto& [instant, whom] : by_instant) birth(id, vars, no_number, instant, whom);
}

// The later of the instrument's entry into force and the bearer's entry into the domain; the start where
// neither is dated.
int64_t Reference::began_to_bind(const model::Clause& c, Value who) const {
  int64_t began = no_value;
  const auto look = [&](FactId fact, const Args& args) {
    const auto dates = since_.find(fact);
    if (dates == since_.end()) return;
    const auto date = dates->second.find(args);
    if (date == dates->second.end() || date->second == Instant::far_past().ms) return;
    began = std::max(began, date->second);
  };
  if (c.instrument) look(model::fact_in_force, {entity_of(c.instrument)});
  const model::Domain& d = c.bearer.domain;
  if (c.bearer.kind != BearerKind::one && d.fact == model::fact_party)
    look(d.fact, {who, d.second.value});
  else if (c.bearer.kind != BearerKind::one && d.fact)
    look(d.fact, {who});
  return began == no_value ? now_ : began;
}

// ---- §6.4, §10 "Outcomes" ----

void Reference::outcome(OutcomeKind kind, ClauseId id, Value bearer, int64_t anchor, uint32_t cause,
                        const Vars& vars) {
  enter([=, this] { handle_outcome(kind, id, bearer, anchor, cause, vars); });
}

// First the reparation, its clock anchored at the missed deadline or at the act; then the clauses that wait
// for this outcome.
void Reference::handle_outcome(OutcomeKind kind, ClauseId id, Value bearer, int64_t anchor, uint32_t cause,
                               const Vars& vars) {
  const ClauseId reparation = model_[id].otherwise;
  if (kind == OutcomeKind::breach && reparation && in_case(reparation)) {
    birth(reparation, vars, cause, anchor, bearers(model_[reparation], vars, true));
  }
  std::vector<Met> all;
  for (ClauseId heard : clauses_) {
    const model::Clause& c = model_[heard];
    const model::Trigger& t = c.trigger;
    if (t.kind != TriggerKind::outcome || t.outcome != kind || !applies(c)) continue;
    if (std::find(t.targets.begin(), t.targets.end(), id) == t.targets.end()) continue;
    Met m;
    m.clause = heard;
    m.vars.fill(no_value);
    const std::span<const model::PatternArg> args(&t.outcome_bearer, 1);
    bind(args, std::span(&bearer, 1), m.vars);
    if (fits(args, std::span(&bearer, 1), m.vars) && met(c.where, m.vars)) all.push_back(m);
  }
  carry_out(all, cause);
}

// Triggers that were met, in clause order: first the births, then the effects, which were evaluated before
// any of them. `delay`: of the power that was used, for what an event's own declaration says.
void Reference::carry_out(const std::vector<Met>& all, uint32_t trigger) {
  for (const Effect& e : carry_out_births(all, trigger, {})) run(e);
}

std::vector<Reference::Effect> Reference::carry_out_births(const std::vector<Met>& all, uint32_t trigger,
                                                           Duration delay) {
  std::vector<Effect> effects;
  for (const Met& m : all) {
    const model::Clause& c = model_[m.clause];
    if (c.kind != ClauseKind::consequence) {
      birth(m.clause, m.vars, trigger, now_, bearers(c, m.vars, true));
      continue;
    }
    const Duration wait = c.of_event && !delay.zero() ? delay : c.after;
    for (const Effect& e : ready(m, trigger)) {
      if (wait.zero())
        effects.push_back(e);
      else
        put_on_agenda(changes_, add(Instant{now_}, wait).ms, [this, e] { run(e); });
    }
  }
  return effects;
}

}  // namespace casus::run
