// SPDX-License-Identifier: Apache-2.0
// Norms: whom they bind, birth, the check after a change, outcomes, consequences (docs/semantics.md §6, §10).
#include <algorithm>
#include <map>

#include "run/engine.h"

namespace casus::run {

using model::BearerKind;
using model::ClauseKind;
using model::no_value;
using program::no_node;

// ---- whom a clause binds ----

bool Engine::instrument_on(const ClausePlan& c) const {
  if (!c.instrument) return true;
  const Value entity = c.instrument_entity;
  if (!facts_.has(model::fact_in_force.value, entity)) {
    return c.final_clause && !facts_.has(model::fact_terminated.value, entity);
  }
  return c.kind != ClauseKind::consequence || !suspended(c.instrument, entity);
}

bool Engine::suspended(InstrumentId instrument, Value who) const {
  constexpr uint32_t slot = model::fact_suspended.value;
  if (!instrument || facts_.version(slot) == 0) return false;
  const Value entity = p_.model->instruments[instrument.index()].entity.value;
  const Value all[2] = {entity, entity}, one[2] = {entity, who};
  return facts_.get(slot, all) == 1 || facts_.get(slot, one) == 1;
}

bool Engine::reserved(const ClausePlan& c, Value who) const {
  for (uint32_t r : c.reservations) {
    const program::ReservationPlan& plan = p_.reservations[r];
    if (Value{plan.party.value} == who && plan.from <= now_ && now_ < plan.until) return true;
  }
  return false;
}

bool Engine::binds(const ClausePlan& c, Value who) const { return instrument_on(c) && !reserved(c, who); }

// In the domain already; the rest of what birth, or an act under a standing norm, asks. `frame` holds all but the bearer.
bool Engine::eligible(const ClausePlan& c, Value who, Value* frame, bool ask_suspension) {
  if (!binds(c, who) || now_ < c.from || now_ > c.until_instant) return false;
  if (ask_suspension && suspended(c.instrument, who)) return false;
  frame[c.bearer_var] = who;
  for (Node except : c.except) {
    if (eval(except, frame) == who) return false;
  }
  return holds(c.while_, frame) && (c.unless == no_node || eval(c.unless, frame) != 1) &&
         (c.until == no_node || eval(c.until, frame) != 1);
}

void Engine::bearers(const ClausePlan& c, Value* frame, bool ask_suspension, std::vector<uint64_t>& out) {
  out.assign(p_.actor_words, 0);
  if (c.alike && (!ask_suspension || facts_.version(model::fact_suspended.value) == 0)) {
    if (!instrument_on(c) || now_ < c.from || now_ > c.until_instant) return;
    for_each_member(c.domain, [&](Value who) {
      const uint32_t b = bit_of(who);
      if (b != program::Program::no_bit) out[b / 64] |= uint64_t{1} << (b % 64);
    });
    for (Node except : c.except) {
      const uint32_t b = bit_of(eval(except, frame));
      if (b != program::Program::no_bit) out[b / 64] &= ~(uint64_t{1} << (b % 64));
    }
    return;
  }
  const auto ask = [&](Value who) {
    const uint32_t b = bit_of(who);
    if (b != program::Program::no_bit && eligible(c, who, frame, ask_suspension))
      out[b / 64] |= uint64_t{1} << (b % 64);
  };
  if (c.bearer_kind == BearerKind::one)
    ask(eval(c.bearer, frame));
  else if (instrument_on(c))
    for_each_member(c.domain, ask);
}

// ---- birth ----

int64_t Engine::deadline_of(const ClausePlan& c, const Value* frame, int64_t instant) {
  if (c.deadline == model::DeadlineKind::by) return c.by;
  if (c.deadline != model::DeadlineKind::within) return no_value;
  const int64_t base = c.anchor == no_node ? instant : eval(c.anchor, frame);
  return base == no_value ? no_value : add(Instant{base}, c.within).ms;
}

void Engine::birth(ClauseId id, Value* frame, uint32_t trigger, int64_t instant,
                   const std::vector<uint64_t>* given) {
  const ClausePlan& c = plan(id);
  if (!given) {
    bearers(c, frame, true, scratch_);
    given = &scratch_;
  }
  if (std::all_of(given->begin(), given->end(), [](uint64_t w) { return w == 0; })) return;
  const bool timed = c.kind == ClauseKind::obligation || c.kind == ClauseKind::bring_about;
  const int64_t deadline = timed ? deadline_of(c, frame, instant) : no_value;
  if (deadline != no_value && deadline < now_) return;

  DutyPool& duties = pool(id);
  const uint32_t at = duties.make(next_duty_++);
  Duty& d = duties.duty(at);
  d.trigger = trigger;
  d.born = now_;
  d.deadline = deadline;
  d.together = c.bearer_kind == BearerKind::together;
  Value keys[model::max_event_params * 8];
  size_t n = 0;
  for (const auto& act : c.acts) {
    for (Node key : act.key_values) keys[n++] = eval(key, frame);
  }
  duties.enter(at, frame, keys);
  std::copy(given->begin(), given->end(), duties.set(at, Hold::pending));
  ++live_;
  for_each_bit(given->data(), p_.actor_words,
               [&](uint32_t b) { write(RecordKind::born, d.number, id, p_.actors[b], trigger, deadline); });
  if (deadline != no_value) put_deadline(deadline, DueKind::deadline, at, d.number, id);
  if (c.until_instant != INT64_MAX) put_deadline(c.until_instant, DueKind::expiry, at, d.number, id);
  if (c.condition != no_node) after_birth(id, at, frame);
}

// A condition that already holds performs a `bring about`; one that does not breaches an `ensure`.
void Engine::after_birth(ClauseId id, uint32_t at, Value* frame) {
  const ClausePlan& c = plan(id);
  DutyPool& duties = pool(id);
  const uint32_t number = duties.duty(at).number;
  const std::vector<uint64_t> born(duties.set(at, Hold::pending),
                                   duties.set(at, Hold::pending) + p_.actor_words);
  for_each_bit(born.data(), p_.actor_words, [&](uint32_t b) {
    if (!duties.is(at, number) || !duties.has(at, Hold::pending, b)) return;
    frame[c.bearer_var] = p_.actors[b].value;
    const bool met = holds(c.condition, frame);
    if (c.kind == ClauseKind::bring_about && met) {
      performed(id, at, b, 0, no_number);
    } else if (c.kind == ClauseKind::maintenance && !met) {
      duties.take(at, Hold::pending, b);
      duties.put(at, Hold::breached, b);
      write(RecordKind::breach, number, id, p_.actors[b], no_number, no_value);
      outcome(model::OutcomeKind::breach, id, number, p_.actors[b], now_, no_number, frame);
    }
  });
}

int64_t Engine::bearer_deadline(ClauseId id, uint32_t at, uint32_t bit) const {
  const Duty& d = pools_[id.index()].duty(at);
  if (d.odd) {
    const auto it = odd_.find(uint64_t{d.number} << 32 | bit);
    if (it != odd_.end()) return it->second;
  }
  return d.deadline;
}

void Engine::end(ClauseId id, uint32_t at) {
  DutyPool& duties = pool(id);
  const Duty& d = duties.duty(at);
  if (d.odd) {
    for (uint32_t b = 0; b < p_.actors.size(); ++b) odd_.erase(uint64_t{d.number} << 32 | b);
  }
  duties.drop(at);
  --live_;
  deadlines_.ended(id.value, duties.live(), [this](const Due& due) { return dead(due); });
}

// ---- the check after a change ----

void Engine::check_duties(const std::vector<ClauseId>& clauses) {
  std::vector<Candidate> live;
  for (ClauseId id : clauses) {
    const DutyPool& duties = pool(id);
    for (uint32_t at = duties.first(); at != nowhere; at = duties.duty(at).next) {
      live.push_back({duties.duty(at).number, id.value, 0, at});
    }
  }
  std::sort(live.begin(), live.end(),
            [](const Candidate& a, const Candidate& b) { return a.number < b.number; });
  for (const Candidate& c : live) {
    if (pool(ClauseId(c.clause)).is(c.at, c.number)) check_duty(ClauseId(c.clause), c.at);
  }
}

void Engine::check_duty(ClauseId id, uint32_t at) {
  DutyPool& duties = pool(id);
  const uint32_t number = duties.duty(at).number;
  Value frame[frame_size];
  std::fill_n(frame, frame_size, no_value);
  duties.load(at, frame);
  for (uint32_t w = 0; w < p_.actor_words; ++w) {
    uint64_t rest = duties.set(at, Hold::pending)[w] | duties.set(at, Hold::suspended)[w] |
                    duties.set(at, Hold::breached)[w];
    for (; rest != 0; rest &= rest - 1) {
      const uint32_t b = w * 64 + static_cast<uint32_t>(std::countr_zero(rest));
      if (!duties.bears(at, b)) continue;  // performed together with one before it
      if (check_bearer(id, at, b, frame) && !duties.is(at, number)) return;
    }
  }
}

// True when the duty may have ended.
bool Engine::check_bearer(ClauseId id, uint32_t at, uint32_t b, Value* frame) {
  const ClausePlan& c = plan(id);
  DutyPool& duties = pool(id);
  const uint32_t number = duties.duty(at).number;
  const EntityId who = p_.actors[b];
  frame[c.bearer_var] = who.value;
  const auto ends = [&](RecordKind kind, Reason reason) {
    duties.strike(at, b);
    write(kind, number, id, who, no_number, 0, reason);
    outcome(model::OutcomeKind::release, id, number, who, now_, no_number, frame);
    end_if_empty(id, at);
    return true;
  };
  if (c.instrument) {
    const Value entity = c.instrument_entity;
    if (!facts_.has(model::fact_in_force.value, entity)) {
      return ends(RecordKind::released, facts_.has(model::fact_terminated.value, entity)
                                            ? Reason::terminated
                                            : Reason::not_in_force);
    }
  }
  if (c.bearer_kind != BearerKind::one && !in_domain(c.domain, who.value)) {
    return ends(RecordKind::released, Reason::no_longer_bound);
  }
  if (c.until != no_node && eval(c.until, frame) == 1)
    return ends(RecordKind::released, Reason::condition_met);
  if (!holds(c.while_, frame)) return ends(RecordKind::lapsed, Reason::condition_failed);

  const bool off = suspended(c.instrument, who.value);
  if (off && duties.has(at, Hold::pending, b)) {
    const int64_t deadline = bearer_deadline(id, at, b);
    duties.take(at, Hold::pending, b);
    duties.put(at, Hold::suspended, b);
    duties.duty(at).odd = true;
    odd_[uint64_t{number} << 32 | b] = deadline == no_value ? no_value : deadline - now_;
    write(RecordKind::suspended, number, id, who, no_number);
  } else if (!off && duties.has(at, Hold::suspended, b)) {
    int64_t& left = odd_[uint64_t{number} << 32 | b];
    if (left != no_value) left += now_;
    duties.take(at, Hold::suspended, b);
    duties.put(at, Hold::pending, b);
    write(RecordKind::resumed, number, id, who, no_number, left);
    if (left != no_value) put_deadline(left, DueKind::deadline, at, number, id);
  }
  if (c.condition == no_node) return false;
  const bool met = holds(c.condition, frame);
  if (c.kind == ClauseKind::bring_about) {
    if (met) performed(id, at, b, 0, no_number);
    return met;
  }
  if (duties.has(at, Hold::pending, b) && !met) {
    duties.take(at, Hold::pending, b);
    duties.put(at, Hold::breached, b);
    write(RecordKind::breach, number, id, who, no_number, no_value);
    outcome(model::OutcomeKind::breach, id, number, who, now_, no_number, frame);
  } else if (duties.has(at, Hold::breached, b) && met && !off) {
    duties.take(at, Hold::breached, b);
    duties.put(at, Hold::pending, b);
    write(RecordKind::restored, number, id, who, no_number);
  }
  return false;
}

// ---- standing duties ----

void Engine::standing_births(const std::vector<ClauseId>& clauses) {
  for (ClauseId id : clauses) standing_birth(id);
}

void Engine::standing_birth(ClauseId id) {
  const ClausePlan& c = plan(id);
  std::vector<uint64_t>& born_for = standing_[id.index()];
  Value frame[frame_size];
  std::vector<uint64_t> apart, with;
  bearers(c, frame, false, apart);
  bearers(c, frame, true, with);
  bool any = false;
  for (uint32_t w = 0; w < p_.actor_words; ++w) {
    born_for[w] &= apart[w];
    with[w] &= ~born_for[w];
    born_for[w] |= with[w];
    any |= with[w] != 0;
  }
  if (any) birth(id, frame, no_number, now_, &with);
}

// ---- outcomes and consequences ----

void Engine::enter_outcome(model::OutcomeKind kind, ClauseId id, uint32_t duty, EntityId bearer,
                           int64_t anchor, uint32_t cause, const Value* frame) {
  const bool reparation = kind == model::OutcomeKind::breach && plan(id).otherwise && frame;
  Item item;
  item.kind = ItemKind::outcome;
  item.outcome = kind;
  item.clause = id;
  item.duty = duty;
  item.bearer = bearer;
  item.anchor = anchor;
  item.cause = cause;
  if (reparation) item.frame = keep_frame(frame);
  enter(item);
}

void Engine::run_outcome(const Item& item) {
  const ClausePlan& c = plan(item.clause);
  Value frame[frame_size];
  if (item.frame != 0xFFFFFFFFu && plan(c.otherwise).active) {
    std::copy_n(frames_.begin() + static_cast<ptrdiff_t>(item.frame), frame_size, frame);
    const ClausePlan& reparation = plan(c.otherwise);
    if (reparation.kind == ClauseKind::consequence)
      clause_met(c.otherwise, frame, item.cause, {});
    else
      birth(c.otherwise, frame, item.cause, item.anchor);
  }
  for (ClauseId id : p_.outcome_triggers[item.clause.index()]) {
    const ClausePlan& t = plan(id);
    if (t.outcome != item.outcome || !instrument_on(t)) continue;
    const Value bearer = item.bearer.value;
    if (t.outcome_var != model::no_var) frame[t.outcome_var] = bearer;
    if (!match_steps(t.outcome_steps, &bearer, frame) || !holds(t.where, frame)) continue;
    clause_met(id, frame, item.cause, {});
  }
  run_effects();
}

// The trigger is met: births at once; effects are evaluated now, and carried out by run_effects(), or later when the text says `after`.
void Engine::clause_met(ClauseId id, Value* frame, uint32_t trigger, Duration delay) {
  const ClausePlan& c = plan(id);
  if (c.kind != ClauseKind::consequence) {
    birth(id, frame, trigger, now_);
    return;
  }
  if (delay.zero()) delay = c.after;
  for (const program::EffectPlan& e : c.effects) {
    ReadyEffect r;
    r.kind = e.kind;
    r.event = e.event;
    r.slot = e.slot;
    r.clause = id;
    r.cause = trigger;
    r.args.fill(no_value);
    bool complete = true;
    for (size_t i = 0; i < e.args.size(); ++i) {
      if (e.args[i] == no_node) continue;
      r.args[i] = eval(e.args[i], frame);
      complete = complete && r.args[i] != no_value;
    }
    r.value = e.value == no_node ? 1 : eval(e.value, frame);
    if (!complete) continue;
    if (delay.zero()) {
      ready_.push_back(r);
    } else {
      Change change;
      change.kind = ChangeKind::effect;
      change.effect = r;
      schedule(add(Instant{now_}, delay).ms, change);
    }
  }
}

void Engine::run_all_effects() {
  for (size_t i = 0; i < ready_.size(); ++i) run_effect(ready_[i]);
  ready_.clear();
}

void Engine::run_effect(const ReadyEffect& given) {
  const ReadyEffect e = given;  // ready_ may grow
  switch (e.kind) {
    case model::EffectKind::counts_as: {
      Occurrence o;
      o.at = now_;
      o.event = e.event;
      o.args = e.args;
      o.content_args.fill(no_value);
      Item item;
      item.kind = ItemKind::occurrence;
      item.clause = e.clause;
      item.cause = e.cause;
      item.occurrence = static_cast<uint32_t>(queued_.size());
      queued_.push_back(o);
      enter(item);
      return;
    }
    case model::EffectKind::begin_fact:
      change_fact(e.slot, e.args.data(), 1);
      return;
    case model::EffectKind::end_fact:
      change_fact(e.slot, e.args.data(), p_.facts[e.slot].relation ? 0 : no_value);
      return;
    case model::EffectKind::set_fact:
      change_fact(e.slot, e.args.data(), e.value);
      return;
    case model::EffectKind::enters_into_force:
      change_fact(model::fact_in_force.value, e.args.data(), 1);
      return;
    case model::EffectKind::terminated:
      change_fact(model::fact_terminated.value, e.args.data(), 1);
      change_fact(model::fact_in_force.value, e.args.data(), 0);
      return;
    case model::EffectKind::suspended:
    case model::EffectKind::resumes: {
      const Value args[2] = {e.args[0], e.args[1] == no_value ? e.args[0] : e.args[1]};
      change_fact(model::fact_suspended.value, args, e.kind == model::EffectKind::suspended);
      return;
    }
    case model::EffectKind::succeeds:
      succeed(e.args[0], e.args[1], e.args[2]);
      return;
  }
}

void Engine::succeed(Value successor, Value predecessor, Value entity) {
  const InstrumentId instrument = p_.model->entities[static_cast<size_t>(entity)].instrument;
  const uint32_t to = bit_of(successor), from = bit_of(predecessor);
  if (!instrument || to == program::Program::no_bit || from == program::Program::no_bit || to == from) return;
  std::vector<Candidate> live;
  for (ClauseId id : p_.model->instruments[instrument.index()].clauses) {
    const DutyPool& duties = pool(id);
    for (uint32_t at = duties.first(); at != nowhere; at = duties.duty(at).next) {
      live.push_back({duties.duty(at).number, id.value, 0, at});
    }
    auto& born_for = standing_[id.index()];
    if (born_for.empty() || (born_for[from / 64] >> (from % 64) & 1) == 0) continue;
    born_for[from / 64] &= ~(uint64_t{1} << (from % 64));
    born_for[to / 64] |= uint64_t{1} << (to % 64);
  }
  std::sort(live.begin(), live.end(),
            [](const Candidate& a, const Candidate& b) { return a.number < b.number; });
  for (const Candidate& c : live) {
    DutyPool& duties = pool(ClauseId(c.clause));
    const bool already = duties.bears(c.at, to);
    for (Hold hold : {Hold::pending, Hold::suspended, Hold::breached}) {
      if (!duties.has(c.at, hold, from)) continue;
      duties.take(c.at, hold, from);
      write(RecordKind::transferred, c.number, ClauseId(c.clause), EntityId(static_cast<size_t>(successor)),
            no_number, predecessor);
      if (already) continue;
      duties.put(c.at, hold, to);
      if (plan(ClauseId(c.clause)).at_least > 1) duties.done(c.at, to) = duties.done(c.at, from);
      if (duties.duty(c.at).odd) {
        const auto it = odd_.find(uint64_t{c.number} << 32 | from);
        if (it != odd_.end())
          odd_[uint64_t{c.number} << 32 | to] = it->second;
        else
          odd_.erase(uint64_t{c.number} << 32 | to);  // of a part that it bore before
      }
    }
  }
  const Value party[2] = {successor, entity}, before[2] = {predecessor, entity};
  std::vector<uint32_t> held;
  for (FactId role : p_.model->instruments[instrument.index()].roles) {
    if (facts_.has(role.value, predecessor)) held.push_back(role.value);
  }
  // One change: all of it is made, and only then what follows from each part.
  std::vector<Changed> changes;
  make_change(model::fact_party.value, party, 1, changes);
  for (uint32_t role : held) make_change(role, &successor, 1, changes);
  make_change(model::fact_party.value, before, 0, changes);
  for (uint32_t role : held) make_change(role, &predecessor, 0, changes);
  for (const Changed& c : changes) follow(c);
}

}  // namespace casus::run
