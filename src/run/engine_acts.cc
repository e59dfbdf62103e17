// SPDX-License-Identifier: Apache-2.0
// An occurrence: power, prohibitions, performance, triggers, effects, history (docs/semantics.md §5), and the acts of bodies (§8).
#include <algorithm>

#include "run/engine.h"

namespace casus::run {

using model::ClauseKind;
using model::no_value;
using program::ActUse;
using program::EventPlan;

OccurrenceNo Engine::take(const Occurrence& o, ClauseId by, uint32_t cause, bool authorised) {
  const OccurrenceNo n = next_++;
  sink_.occurred(n, o);
  write(RecordKind::occurred, no_number, by, EntityId(), n, cause);
  const EventPlan& e = p_.events[o.event.index()];
  if (e.plain) {
    const uint32_t bit = e.by >= 0 ? bit_of(o.args[static_cast<size_t>(e.by)]) : program::Program::no_bit;
    if (e.single ? !perform_single(e.only, o, n, bit) : !e.duties.empty()) perform(e, o, n, bit);
    if (e.triggers.empty()) return n;
    triggers(e, o, n, {});
    run_effects();
    return n;
  }
  if (e.remembered) remembered_.emplace(n, o);
  const Value actor = e.by >= 0 ? o.args[static_cast<size_t>(e.by)] : no_value;
  const uint32_t bit = bit_of(actor);
  const EntityId who = actor == no_value ? EntityId() : EntityId(static_cast<size_t>(actor));

  Reason refused = Reason::none;
  Duration delay;
  RecordKind vote_note = RecordKind::occurred;  // `race` or `contradictory`, when it is one
  if (o.event.value <= model::event_close.value) {
    refused = builtin_refusal(o, bit, vote_note);
  } else if (e.institutional && !authorised) {
    const ClausePlan* power = bit == program::Program::no_bit ? nullptr : find_power(e, o, n, actor, bit);
    if (power)
      delay = power->takes_effect;
    else
      refused = Reason::no_power;
  }
  if (refused != Reason::none) write(RecordKind::void_act, no_number, ClauseId(), who, n, 0, refused);
  if (vote_note != RecordKind::occurred) write(vote_note, no_number, ClauseId(), who, n);
  if (!e.prohibitions.empty() && bit != program::Program::no_bit) prohibitions(e, o, n, actor, bit);
  if (refused != Reason::none) return n;
  if (!e.duties.empty()) perform(e, o, n, bit);
  triggers(e, o, n, delay);
  if (o.event.value <= model::event_close.value) builtin_effect(o, n, bit);
  run_effects();
  if (!e.histories.empty()) history(e, o);
  return n;
}

// ---- acts of bodies ----

Reason Engine::proposal_refusal(const Occurrence& o) {
  const Value in = o.args[1];
  if (static_cast<uint64_t>(in) >= p_.model->entities.size() || !o.content) return Reason::body_lacks_power;
  const model::BodyId id = p_.model->entities[static_cast<size_t>(in)].body;
  if (!id || !p_.bodies[id.index()].active) return Reason::body_lacks_power;
  const program::BodyPlan& body = p_.bodies[id.index()];
  if (body.instrument) {
    const Value instrument = p_.model->instruments[body.instrument.index()].entity.value;
    if (!facts_.has(model::fact_in_force.value, instrument)) return Reason::body_not_in_force;
  }
  Value frame[frame_size];
  return decision_for(body, o, frame) ? Reason::none : Reason::body_lacks_power;
}

// The first decision clause that gives the body power over the content; its variables are in `frame`.
const program::DecisionPlan* Engine::decision_for(const program::BodyPlan& body, const Occurrence& o,
                                                  Value* frame) {
  Occurrence content;
  content.at = now_;
  content.event = o.content;
  content.args = o.content_args;
  for (const program::DecisionPlan& d : body.decisions) {
    if (d.content.event == o.content && match(d.content, content, no_number, frame) && holds(d.where, frame))
      return &d;
  }
  return nullptr;
}

Reason Engine::builtin_refusal(const Occurrence& o, uint32_t actor_bit, RecordKind& vote_note) {
  if (o.event == model::event_propose) return proposal_refusal(o);
  const uint32_t motion = motions_.find(o.args[1]);
  if (motion == no_number) return Reason::no_such_motion;
  if (o.event == model::event_close) {
    if (!motions_[motion].open) return Reason::motion_not_open;
    const EntityId chair = p_.bodies[motions_[motion].body].chair;
    return chair && Value{chair.value} != o.args[0] ? Reason::not_the_chair : Reason::none;
  }
  if (static_cast<uint64_t>(o.args[2]) > static_cast<uint64_t>(model::ballot_abstain))
    return Reason::no_such_motion;
  const Motions::Cast cast = motions_.ask(motion, actor_bit, o.args[2], now_);
  if (!motions_[motion].open && motions_[motion].decided_at == now_)
    vote_note = RecordKind::race;
  else if (cast.contradictory)
    vote_note = RecordKind::contradictory;
  return cast.refused;
}

void Engine::builtin_effect(const Occurrence& o, OccurrenceNo n, uint32_t actor_bit) {
  if (o.event == model::event_vote) {
    const uint32_t motion = motions_.find(o.args[1]);
    motions_.count(motion, actor_bit, o.args[2], now_);
    write(RecordKind::vote_counted, no_number, ClauseId(), EntityId(static_cast<size_t>(o.args[0])), n,
          o.args[2]);
    decide_if_settled(motion);
    return;
  }
  if (o.event == model::event_close) {
    const uint32_t motion = motions_.find(o.args[1]);
    decide(motion, motions_.adopted_with_absent(motion));
    return;
  }
  Motion m;
  m.body = p_.model->entities[static_cast<size_t>(o.args[1])].body.value;
  m.proposal = n;
  m.content = o.content;
  m.args = o.content_args;
  const program::BodyPlan& body = p_.bodies[m.body];
  Value frame[frame_size];
  const program::DecisionPlan* d = decision_for(body, o, frame);
  m.rule = d->rule;
  if (d->deadline == model::DeadlineKind::by) m.deadline = d->by;
  if (d->deadline == model::DeadlineKind::within) {
    const int64_t base = d->anchor == program::no_node ? now_ : eval(d->anchor, frame);
    if (base != no_value) m.deadline = add(Instant{base}, d->within).ms;
  }
  std::vector<uint64_t> electorate(p_.actor_words), recused(p_.actor_words);
  for_each_member(body.members, [&](Value who) {
    const uint32_t b = bit_of(who);
    if (b == program::Program::no_bit) return;
    electorate[b / 64] |= uint64_t{1} << (b % 64);
    if (d->recused == program::no_node) return;
    if (d->recused_var != model::no_var) frame[d->recused_var] = who;
    if (eval(d->recused, frame) == 1) recused[b / 64] |= uint64_t{1} << (b % 64);
  });
  const uint32_t motion = motions_.open(m, electorate.data(), recused.data());
  write(RecordKind::motion_opened, no_number, ClauseId(), body.entity, n, m.deadline);
  if (m.deadline != no_value) put_deadline(m.deadline, DueKind::motion, motion);
  decide_if_settled(motion);
}

// ---- powers, prohibitions, performance ----

// A norm without trigger that gives, forbids or asks this act of the actor.
bool Engine::standing_covers(ActUse use, const Occurrence& o, OccurrenceNo n, Value actor, Value* frame) {
  const ClausePlan& c = plan(use.clause);
  const program::ActPlan& act = c.acts[use.act];
  if (!instrument_on(c)) return false;
  if (c.bearer_kind == model::BearerKind::one) {
    if (eval(c.bearer, frame) != actor) return false;
  } else if (!in_domain(c.domain, actor)) {
    return false;
  }
  frame[c.bearer_var] = actor;
  return match(act.pattern, o, n, frame) && eligible(c, actor, frame, true) && holds(c.act_where, frame);
}

// The next live instance, after place `at` (nowhere: the first), that covers the act; its variables are loaded. `nowhere` when none does.
uint32_t Engine::next_instance(ActUse use, uint32_t at, const Occurrence& o, OccurrenceNo n, Value actor,
                               uint32_t bit, Value* frame) {
  const ClausePlan& c = plan(use.clause);
  const program::ActPlan& act = c.acts[use.act];
  DutyPool& duties = pool(use.clause);
  if (at == nowhere) {
    Value key[model::max_event_params];
    for (size_t i = 0; i < act.key_params.size(); ++i) key[i] = o.args[act.key_params[i]];
    at = duties.first_for(use.act, key);
  } else {
    at = duties.next_for(use.act, at);
  }
  for (; at != nowhere; at = duties.next_for(use.act, at)) {
    if (!duties.has(at, Hold::pending, bit)) continue;
    if (act.by_key && c.kind != model::ClauseKind::prohibition) return at;
    duties.load(at, frame);
    frame[c.bearer_var] = actor;
    if (match(act.pattern, o, n, frame) && holds(c.act_where, frame)) return at;
  }
  return nowhere;
}

bool Engine::covers(ActUse use, const Occurrence& o, OccurrenceNo n, Value actor, uint32_t bit) {
  Value frame[frame_size];
  const ClausePlan& c = plan(use.clause);
  if (c.standing() && !c.is_duty()) return standing_covers(use, o, n, actor, frame);
  return next_instance(use, nowhere, o, n, actor, bit, frame) != nowhere;
}

const program::ClausePlan* Engine::find_power(const EventPlan& e, const Occurrence& o, OccurrenceNo n,
                                              Value actor, uint32_t bit) {
  for (const ActUse& use : e.powers) {
    if (covers(use, o, n, actor, bit)) return &plan(use.clause);
  }
  return nullptr;
}

void Engine::prohibitions(const EventPlan& e, const Occurrence& o, OccurrenceNo n, Value actor,
                          uint32_t bit) {
  Value frame[frame_size];
  if (onlooker_ != nullptr) onlooker_->forbidding(o, n);
  for (const ActUse& use : e.prohibitions) {
    if (plan(use.clause).standing()) {
      if (standing_covers(use, o, n, actor, frame))
        violated(use.clause, no_number, e, o, n, actor, bit, frame);
      continue;
    }
    for (uint32_t at = nowhere; (at = next_instance(use, at, o, n, actor, bit, frame)) != nowhere;) {
      violated(use.clause, pool(use.clause).duty(at).number, e, o, n, actor, bit, frame);
    }
  }
}

void Engine::violated(ClauseId id, uint32_t duty, const EventPlan& e, const Occurrence& o, OccurrenceNo n,
                      Value actor, uint32_t bit, const Value* frame) {
  ClauseId first;
  const EntityId who(static_cast<size_t>(actor));
  for (const ActUse& use : e.covering) {
    if (use.clause == first) continue;
    if (!covers(use, o, n, actor, bit)) continue;
    const auto& over = plan(use.clause).prevails_over;
    if (std::binary_search(over.begin(), over.end(), id)) {
      write(RecordKind::defeated, duty, id, who, n, use.clause.value);
      return;
    }
    if (!first) first = use.clause;
  }
  if (first) write(RecordKind::clash, duty, id, who, n, first.value);
  write(RecordKind::breach, duty, id, who, n, now_);
  outcome(model::OutcomeKind::breach, id, duty, who, now_, n, frame);
}

uint32_t Engine::first_for(const program::DutyUse& use, const Occurrence& o) const {
  Value key[model::max_event_params];
  key[0] = o.args[use.key_params[0]];  // there are mostly one or two, and no harm in taking too many
  key[1] = o.args[use.key_params[1]];
  for (size_t k = 2; k < use.keys; ++k) key[k] = o.args[use.key_params[k]];
  return pools_[use.clause.index()].first_for(use.act, key);
}

// The short way, of EventPlan::single: the act says by its key which duty it performs, if there is one only. False: it is not so simple, and nothing was done.
bool Engine::perform_single(const program::DutyUse& use, const Occurrence& o, OccurrenceNo n, uint32_t bit) {
  if (bit == program::Program::no_bit) return true;
  DutyPool& duties = pool(use.clause);
  const uint32_t at = first_for(use, o);
  if (at == nowhere) return true;
  if (duties.next_for(use.act, at) != nowhere || duties.duty(at).together) return false;
  if (!duties.bears(at, bit)) return true;
  fulfil(use.clause, at, bit, n);
  ++entered_;  // its outcome, which nobody waits for
  end_if_empty(use.clause, at);
  return true;
}

void Engine::perform(const EventPlan& e, const Occurrence& o, OccurrenceNo n, uint32_t bit) {
  // Nearly always there is one at most; more are put in order of birth.
  Candidate only;
  size_t found = 0;
  bool sorted = true;
  for (const program::DutyUse& use : e.duties) {
    DutyPool& duties = pool(use.clause);
    if (duties.live() == 0 || (use.by_bearer && bit == program::Program::no_bit)) continue;
    for (uint32_t at = first_for(use, o); at != nowhere; at = duties.next_for(use.act, at)) {
      if (use.by_bearer && !duties.bears(at, bit)) continue;
      const Candidate next{duties.duty(at).number, use.clause.value, use.act, at, use.by_key};
      if (found == 1) candidates_.assign(1, only);
      if (found++ == 0) {
        only = next;
        continue;
      }
      sorted = sorted && candidates_.back().number <= next.number;
      candidates_.push_back(next);
    }
  }
  if (found == 1) perform_one(only, o, n, bit);
  if (found <= 1) return;
  if (!sorted) {
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [](const Candidate& a, const Candidate& b) { return a.number < b.number; });
  }
  for (size_t i = 0; i < candidates_.size(); ++i) perform_one(candidates_[i], o, n, bit);
}

void Engine::perform_one(const Candidate& c, const Occurrence& o, OccurrenceNo n, uint32_t bit) {
  const ClauseId id(c.clause);
  DutyPool& duties = pool(id);
  if (!duties.is(c.at, c.number)) return;  // ended by an act before it in the list
  if (c.by_key) {
    performed(id, c.at, bit, c.act, n);
    return;
  }
  const ClausePlan& clause = plan(id);
  const program::ActPlan& act = clause.acts[c.act];
  Value frame[frame_size];
  duties.load(c.at, frame);
  const auto done_by = [&](uint32_t b) {
    frame[clause.bearer_var] = p_.actors[b].value;
    return match(act.pattern, o, n, frame) && holds(clause.act_where, frame);
  };
  if (act.by >= 0) {
    if (done_by(bit)) performed(id, c.at, bit, c.act, n);
    return;
  }
  // The text says by whom: everybody for whom it is so.
  for (uint32_t b : duties.bearers(c.at)) {
    if (duties.is(c.at, c.number) && done_by(b)) performed(id, c.at, b, c.act, n);
  }
}

void Engine::performed(ClauseId id, uint32_t at, uint32_t bit, uint32_t act, OccurrenceNo n) {
  const ClausePlan& clause = plan(id);
  DutyPool& duties = pool(id);
  if (clause.at_least > 1) {
    uint64_t& done = duties.done(at, bit);
    done |= uint64_t{1} << act;
    if (static_cast<uint32_t>(std::popcount(done)) < clause.at_least) return;
  }
  const uint32_t number = duties.duty(at).number;
  const auto for_one = [&](uint32_t b) {
    fulfil(id, at, b, n);
    outcome(model::OutcomeKind::performance, id, number, p_.actors[b], now_, n, nullptr);
  };
  if (!duties.duty(at).together) {
    for_one(bit);
  } else {
    for (uint32_t b : duties.bearers(at)) for_one(b);
  }
  end_if_empty(id, at);
}

// ---- triggers, history ----

void Engine::triggers(const EventPlan& e, const Occurrence& o, OccurrenceNo n, Duration delay) {
  Value frame[frame_size];
  if (onlooker_ != nullptr) onlooker_->triggering(o, n);
  for (ClauseId id : e.triggers) {
    const ClausePlan& c = plan(id);
    if (!instrument_on(c)) continue;
    if (!match(c.trigger, o, n, frame) || !holds(c.where, frame)) continue;
    clause_met(id, frame, n, c.of_event ? delay : Duration{});
  }
}

// Whoever rests on a `happened` pattern that the occurrence meets is asked again, once for the occurrence.
void Engine::history(const EventPlan& e, const Occurrence& o) {
  std::vector<ClauseId> duties, births, moments;
  const auto add = [](std::vector<ClauseId>& to, const std::vector<ClauseId>& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  for (uint32_t h : e.histories) {
    const program::HistoryPlan& plan = p_.histories[h];
    if (plan.pattern.decided && !o.decided) continue;
    if (plan.pattern.decided_by &&
        (e.by < 0 || o.args[static_cast<size_t>(e.by)] != Value{plan.pattern.decided_by.value}))
      continue;
    Value key[model::max_event_params] = {};
    bool given = true;
    for (size_t i = 0; i < plan.key_params.size(); ++i) {
      key[i] = o.args[plan.key_params[i]];
      given &= key[i] != no_value;
    }
    if (!given) continue;
    history_[h].at(key, now_) = now_;
    add(duties, plan.watch.duties);
    add(births, plan.watch.births);
    add(moments, plan.watch.moments);
  }
  for (auto* list : {&duties, &births, &moments}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  ask_again(duties, births);
  enter_triggers(moments, {}, nullptr);
}

}  // namespace casus::run
