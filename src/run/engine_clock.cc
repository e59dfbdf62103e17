// SPDX-License-Identifier: Apache-2.0
// The clock, the agenda and the queue: docs/semantics.md §3, §4, and the start of a run.
#include <algorithm>
#include <map>

#include "run/case_facts.h"
#include "run/engine.h"

namespace casus::run {

using model::no_value;

Engine::Engine(const program::Program& program, const Case& c, Sink& sink)
    : p_(program),
      case_(c),
      sink_(sink),
      facts_(program),
      motions_(program, facts_),
      deadlines_(program.clauses.size()),
      changes_(program.clauses.size()) {
  pools_.reserve(p_.clauses.size());
  for (const ClausePlan& clause : p_.clauses) {
    pools_.emplace_back(clause, p_.actor_words, static_cast<uint32_t>(p_.actors.size()));
  }
  standing_.resize(p_.clauses.size());
  for (ClauseId id : p_.standing) standing_[id.index()].assign(p_.actor_words, 0);
  truth_.resize(p_.clauses.size());
  work_.resize(p_.clauses.size());
  for (const auto& h : p_.histories) {
    history_.emplace_back(h.key_params.empty() ? 1 : static_cast<uint32_t>(h.key_params.size()));
  }
}

void Engine::flush() {
  sink_.record({buffer_.data(), buffered_});
  buffered_ = 0;
}

// ---- start ----

RunStatus Engine::start() {
  now_ = case_.from.ms;
  const std::vector<DatedChange> dated = dated_facts(*p_.model, case_);
  silent_ = true;
  size_t i = 0;
  std::map<std::pair<uint32_t, std::array<Value, model::max_fact_params>>, int64_t> since;
  for (; i < dated.size() && dated[i].at <= now_; ++i) {
    const DatedChange& c = dated[i];
    if (c.is_succession) {
      succeed(c.args[0], c.args[1], c.args[2]);
      continue;
    }
    const bool changes = facts_.get(c.fact.value, c.args.data()) != c.value;
    change_fact(c.fact.value, c.args.data(), c.value);
    const bool begins = p_.facts[c.fact.index()].relation ? c.value == 1 : c.value != no_value;
    if (changes && begins) since[{c.fact.value, c.args}] = c.at;
  }
  silent_ = false;
  for (; i < dated.size(); ++i) {
    const DatedChange& d = dated[i];
    Change c;
    c.kind = d.is_succession ? ChangeKind::succession : ChangeKind::dated_fact;
    c.slot = d.fact.value;
    c.args = d.args;
    c.value = d.value;
    schedule(d.at, c);
  }
  for (size_t k = 0; k < p_.clauses.size(); ++k) {
    const ClausePlan& c = p_.clauses[k];
    Value frame[frame_size] = {};
    if (c.active && c.moment != program::no_node) truth_[k] = eval(c.moment, frame) == 1;
  }
  for (ClauseId id : p_.standing) {
    if (plan(id).from > now_ && plan(id).from != INT64_MIN) {
      Change c;
      c.kind = ChangeKind::births;
      c.clause = id;
      schedule(plan(id).from, c);
    }
  }
  // Births, grouped by the instant at which the clause began to bind.
  for (ClauseId id : p_.standing) {
    const ClausePlan& c = plan(id);
    Value frame[frame_size];
    std::vector<uint64_t> all;
    bearers(c, frame, true, all);
    standing_[id.index()] = all;
    std::map<int64_t, std::vector<uint64_t>> by_instant;
    for_each_bit(all.data(), p_.actor_words, [&](uint32_t b) {
      int64_t began = INT64_MIN;
      const auto look = [&](uint32_t slot, std::array<Value, model::max_fact_params> args) {
        const auto it = since.find({slot, args});
        if (it != since.end() && it->second > Instant::far_past().ms) began = std::max(began, it->second);
      };
      const Value who = p_.actors[b].value;
      if (c.instrument) look(model::fact_in_force.value, {c.instrument_entity, no_value, no_value, no_value});
      if (c.bearer_kind != model::BearerKind::one) {
        if (c.domain.kind == program::DomainPlan::Kind::party) {
          look(model::fact_party.value,
               {who, Value{p_.model->instruments[c.domain.index].entity.value}, no_value, no_value});
        } else if (c.domain.kind == program::DomainPlan::Kind::fact) {
          look(c.domain.index, {who, no_value, no_value, no_value});
        }
      }
      if (began == INT64_MIN) began = now_;
      auto& set = by_instant[began];
      set.resize(p_.actor_words);
      set[b / 64] |= uint64_t{1} << (b % 64);
    });
    for (const auto& [instant, set] : by_instant) birth(id, frame, no_number, instant, &set);
  }
  settle();
  flush();
  return status_;
}

// ---- the clock ----

void Engine::schedule(int64_t at, Change change) {
  uint32_t index;
  if (change_free_.empty()) {
    index = static_cast<uint32_t>(change_pool_.size());
    change_pool_.emplace_back();
  } else {
    index = change_free_.back();
    change_free_.pop_back();
  }
  change_pool_[index] = change;
  Due due;
  due.at = at;
  due.index = index;
  if (change.kind == ChangeKind::effect) due.clause = change.effect.clause.value;
  put_on_agenda(changes_, due);
}

bool Engine::dead(const Due& due) const {
  if (due.kind >= static_cast<uint32_t>(DueKind::motion)) return !motions_[due.index].open;
  const DutyPool& duties = pools_[due.clause];
  return !duties.is(due.index, due.number);
}

// Everything due before t, the dated changes at t, and, if asked, the deadlines at t.
void Engine::go_to(int64_t t, bool deadlines_at_t) {
  const auto first = [](Agenda& agenda, int64_t last, auto dead) -> const Due* {
    if (agenda.earliest() > last) return nullptr;
    const Due* due = agenda.next(dead);
    return due && due->at <= last ? due : nullptr;
  };
  while (status_ == RunStatus::done) {
    const Due* change = first(changes_, t, [](const Due&) { return false; });
    const Due* deadline =
        first(deadlines_, deadlines_at_t ? t : t - 1, [this](const Due& d) { return dead(d); });
    if (!change && !deadline) return;
    const bool is_change = change && (!deadline || change->at <= deadline->at);
    const Due taken = is_change ? *change : *deadline;
    (is_change ? changes_ : deadlines_).pop();
    now_ = std::max(now_, taken.at);
    by_agenda_ = true;
    if (is_change)
      run_change(taken.index);
    else
      run_due(taken);
    settle();
    by_agenda_ = false;
    if (status_ == RunStatus::done && self_made_ > case_.agenda_limit) status_ = RunStatus::goes_on_by_itself;
  }
}

Stepped Engine::step(const Occurrence& occurrence) {
  CASUS_CHECK(occurrence.at >= now_, "occurrences come in order of time");
  if (status_ == RunStatus::done &&
      (occurrence.at >= changes_.earliest() || occurrence.at > deadlines_.earliest())) {
    go_to(occurrence.at, false);
  }
  if (status_ != RunStatus::done) {
    flush();
    return {status_, no_number};
  }
  now_ = occurrence.at;
  self_made_ = 0;
  const OccurrenceNo n = take(occurrence, ClauseId(), no_number, false);
  settle();
  if (status_ != RunStatus::done) flush();
  return {status_, n};
}

RunStatus Engine::advance(int64_t ms) {
  go_to(ms, true);
  if (status_ == RunStatus::done) now_ = std::max(now_, ms);
  flush();
  return status_;
}

RunStatus Engine::finish() { return advance(case_.until.ms); }

void Engine::run_change(uint32_t index) {
  const Change c = change_pool_[index];
  change_free_.push_back(index);
  count_work(c.kind == ChangeKind::effect ? c.effect.clause : c.clause);
  switch (c.kind) {
    case ChangeKind::dated_fact:
      change_fact(c.slot, c.args.data(), c.value);
      return;
    case ChangeKind::effect:
      run_effect(c.effect);
      return;
    case ChangeKind::births:
      standing_birth(c.clause);
      return;
    case ChangeKind::succession:
      succeed(c.args[0], c.args[1], c.args[2]);
      return;
  }
}

void Engine::run_due(const Due& due) {
  if (due.kind <= static_cast<uint32_t>(DueKind::expiry)) count_work(ClauseId(due.clause));
  switch (static_cast<DueKind>(due.kind)) {
    case DueKind::deadline:
      run_deadline(ClauseId(due.clause), due.index, due.at);
      return;
    case DueKind::expiry:
      run_expiry(ClauseId(due.clause), due.index);
      return;
    case DueKind::motion:
      decide(due.index, motions_.adopted_with_absent(due.index));
      return;
    case DueKind::question:
      decide_now(due.index);
      return;
  }
}

void Engine::run_deadline(ClauseId id, uint32_t at, int64_t instant) {
  const ClausePlan& c = plan(id);
  DutyPool& duties = pool(id);
  const Duty& d = duties.duty(at);
  const uint32_t number = d.number;
  Value frame[frame_size];
  std::fill_n(frame, frame_size,
              no_value);  // a reparation keeps the act's variables, which nothing has bound here
  duties.load(at, frame);
  for (uint32_t w = 0; w < p_.actor_words; ++w) {
    for (uint64_t rest = duties.set(at, Hold::pending)[w]; rest != 0; rest &= rest - 1) {
      const uint32_t b = w * 64 + static_cast<uint32_t>(std::countr_zero(rest));
      if (d.odd && bearer_deadline(id, at, b) != instant) continue;
      duties.take(at, Hold::pending, b);
      frame[c.bearer_var] = p_.actors[b].value;
      if (c.discretion) {
        write(RecordKind::unperformed, number, id, p_.actors[b], no_number, instant);
        outcome(model::OutcomeKind::non_performance, id, number, p_.actors[b], instant, no_number, frame);
        continue;
      }
      if (c.even_if_late) duties.put(at, Hold::breached, b);
      write(RecordKind::breach, number, id, p_.actors[b], no_number, instant);
      outcome(model::OutcomeKind::breach, id, number, p_.actors[b], instant, no_number, frame);
    }
  }
  end_if_empty(id, at);
}

void Engine::run_expiry(ClauseId id, uint32_t at) {
  DutyPool& duties = pool(id);
  const uint32_t number = duties.duty(at).number;
  for (uint32_t b : duties.bearers(at)) {
    duties.strike(at, b);
    write(RecordKind::lapsed, number, id, p_.actors[b], no_number, 0, Reason::date_passed);
    outcome(model::OutcomeKind::release, id, number, p_.actors[b], now_, no_number, nullptr);
  }
  end_if_empty(id, at);
}

// ---- motions ----

// All votes of one instant are counted before the motion is decided by them: the question is put on the agenda of this instant.
void Engine::decide_if_settled(uint32_t motion) {
  if (motions_[motion].asked || motions_.standing(motion) == Standing::open) return;
  motions_[motion].asked = true;
  put_deadline(now_, DueKind::question, motion);
}

void Engine::decide_now(uint32_t motion) {
  motions_[motion].asked = false;
  const Standing s = motions_.standing(motion);
  if (s != Standing::open) decide(motion, s == Standing::sure_yes);
}

void Engine::decide(uint32_t motion, bool adopted) {
  motions_.close(motion, now_);
  const Motion& m = motions_[motion];
  const program::BodyPlan& body = p_.bodies[m.body];
  write(adopted ? RecordKind::adopted : RecordKind::rejected, no_number, ClauseId(), body.entity, m.proposal);
  Occurrence content;
  content.at = now_;
  content.event = m.content;
  content.args = m.args;
  content.content_args.fill(no_value);
  content.decided = adopted;
  Item item;
  item.kind = adopted ? ItemKind::occurrence : ItemKind::rejected;
  item.cause = m.proposal;
  item.occurrence = static_cast<uint32_t>(queued_.size());
  const int by = p_.events[m.content.index()].by;
  if (by >= 0) content.args[static_cast<size_t>(by)] = body.entity.value;
  queued_.push_back(content);
  enter(item);
}

// ---- the queue ----

void Engine::empty_queue() {
  while (queue_head_ < queue_.size()) {
    if (entered_ > cascade_limit) {
      status_ = RunStatus::cascade_too_long;
      break;
    }
    const Item item = queue_[queue_head_++];
    count_work(item.clause);
    switch (item.kind) {
      case ItemKind::occurrence: {
        const Occurrence o = queued_[item.occurrence];
        take(o, item.clause, item.cause, true);
        break;
      }
      case ItemKind::rejected: {
        const Occurrence o = queued_[item.occurrence];
        Value frame[frame_size];
        for (ClauseId id : p_.rejected_triggers) {
          const ClausePlan& c = plan(id);
          if (c.trigger.event != o.event || !instrument_on(c)) continue;
          if (match(c.trigger, o, item.cause, frame) && holds(c.where, frame))
            clause_met(id, frame, item.cause, {});
        }
        run_effects();
        break;
      }
      case ItemKind::outcome:
        run_outcome(item);
        break;
      case ItemKind::clause: {
        Value frame[frame_size];
        if (item.frame != 0xFFFFFFFFu)
          std::copy_n(frames_.begin() + static_cast<ptrdiff_t>(item.frame), frame_size, frame);
        if (instrument_on(plan(item.clause))) clause_met(item.clause, frame, no_number, {});
        run_effects();
        break;
      }
    }
  }
  queue_.clear();
  queue_head_ = 0;
  queued_.clear();
  frames_.clear();
  entered_ = 0;
}

std::vector<ClauseId> Engine::at_work() const {
  const uint32_t most = work_.empty() ? 0 : *std::max_element(work_.begin(), work_.end());
  std::vector<ClauseId> out;
  for (size_t i = 0; i < work_.size(); ++i) {
    if (work_[i] > most / 64) out.push_back(ClauseId(i));
  }
  return out;
}

// ---- what is live ----

std::vector<LiveDuty> Engine::live() const {
  std::vector<LiveDuty> out;
  for (size_t i = 0; i < p_.clauses.size(); ++i) {
    const ClausePlan& c = p_.clauses[i];
    const DutyPool& duties = pools_[i];
    for (uint32_t at = duties.first(); at != nowhere; at = duties.duty(at).next) {
      const Duty& d = duties.duty(at);
      Value frame[frame_size];
      std::fill(frame, frame + frame_size, no_value);
      duties.load(at, frame);
      for (uint32_t b = 0; b < p_.actors.size(); ++b) {
        LiveDuty l;
        if (duties.has(at, Hold::pending, b))
          l.state = LiveDuty::State::pending;
        else if (duties.has(at, Hold::suspended, b))
          l.state = LiveDuty::State::suspended;
        else if (duties.has(at, Hold::breached, b))
          l.state = LiveDuty::State::breached;
        else
          continue;
        l.duty = d.number;
        l.clause = ClauseId(i);
        l.bearer = p_.actors[b];
        l.trigger = d.trigger;
        l.born = d.born;
        l.deadline = l.state == LiveDuty::State::suspended ? no_value : bearer_deadline(ClauseId(i), at, b);
        l.vars.assign(frame, frame + c.model_vars);
        out.push_back(std::move(l));
      }
    }
  }
  std::sort(out.begin(), out.end(), [](const LiveDuty& a, const LiveDuty& b) {
    return a.duty != b.duty ? a.duty < b.duty : a.bearer < b.bearer;
  });
  return out;
}

}  // namespace casus::run
