// SPDX-License-Identifier: Apache-2.0
// The case (docs/semantics.md §1), the start, the clock and its agenda (§3), the queue (§4), what is live
// (§9).
#include <algorithm>

#include "base/check.h"
#include "run/case_facts.h"
#include "run/reference.h"

namespace casus::run {

using model::ClauseKind;
using model::no_value;
using model::TriggerKind;

// ---- §1 the case ----

Reference::Reference(const model::Model& model, const Case& c, Sink& sink)
    : model_(model), case_(c), sink_(sink) {
  for (size_t i = 0; i < model.clauses.size(); ++i) {
    const ClauseId id(i);
    const model::Clause& clause = model[id];
    if (clause.instrument && !instrument_in_case(clause.instrument)) continue;
    if (clause.left_out) continue;
    if (clause.reading && !reading_held(clause.reading, clause.reading_option)) continue;
    clauses_.push_back(id);
    if (clause.trigger.kind == TriggerKind::becomes_true)
      add_reads(clause.trigger.condition, moment_reads_[id]);
    if (clause.kind == ClauseKind::consequence) continue;
    Reads& reads = duty_reads_[id];
    for (model::ExprId e : {clause.until, clause.while_, clause.condition}) add_reads(e, reads);
    const bool has_domain = clause.bearer.kind != model::BearerKind::one;
    if (has_domain && clause.bearer.domain.fact && clause.bearer.domain.fact != model::fact_party) {
      add_reads(clause.bearer.domain.fact, reads);
    }
    const bool duty = clause.kind == ClauseKind::obligation || clause.kind == ClauseKind::bring_about ||
                      clause.kind == ClauseKind::maintenance;
    if (!duty || clause.trigger.kind != TriggerKind::none) continue;
    birth_reads_[id] = reads;
    for (model::ExprId e : {clause.unless, clause.bearer.entity}) add_reads(e, birth_reads_[id]);
  }
}

bool Reference::instrument_in_case(InstrumentId i) const {
  return std::any_of(case_.under.begin(), case_.under.end(),
                     [&](const model::Under& u) { return u.instrument == i; });
}

bool Reference::in_case(ClauseId id) const {
  return std::binary_search(clauses_.begin(), clauses_.end(), id);
}

// ---- §3 the start ----

RunStatus Reference::start() {
  now_ = case_.from.ms;
  load_dated_facts();
  Vars vars;
  vars.fill(no_value);
  for (const auto& [id, reads] : moment_reads_) moments_[id] = met(model_[id].trigger.condition, vars);
  for (const auto& [id, reads] : birth_reads_) {
    const auto& from = model_[id].from;
    if (from && from->ms > now_) changes_.emplace(from->ms, [this, clause = id] { standing_birth(clause); });
  }
  for (const auto& [id, reads] : birth_reads_) births_at_start(id);
  settle();
  return status_;
}

// §10 "Dated facts": those up to now silently, the others onto the agenda.
void Reference::load_dated_facts() {
  silent_ = true;
  for (const DatedChange& d : dated_facts(model_, case_)) {
    if (d.is_succession) {
      const auto succession = [this, d] { succeed(d.args[0], d.args[1], d.args[2]); };
      if (d.at <= now_)
        succession();
      else
        changes_.emplace(d.at, succession);
      continue;
    }
    const auto places = static_cast<ptrdiff_t>(model_[d.fact].params.size());
    const Args args(d.args.begin(), d.args.begin() + places);
    if (d.at > now_) {
      changes_.emplace(d.at, [this, d, args] { change(d.fact, args, d.value); });
      continue;
    }
    std::vector<Changed> none;
    const bool begins = d.value != (model_[d.fact].result.kind == model::TypeKind::truth ? 0 : no_value);
    if (put(d.fact, args, d.value, none) && begins) since_[d.fact][args] = d.at;
  }
  silent_ = false;
}

// ---- §3 the clock ----

// Everything due before t, the dated changes at t, and the deadlines at t if they are asked for. At one
// instant changes come before deadlines.
void Reference::go_to(int64_t t, bool deadlines_too) {
  while (status_ == RunStatus::done) {
    const auto change = changes_.begin();
    const auto due = deadlines_.begin();
    const bool change_due = change != changes_.end() && change->first <= t;
    const bool deadline_due =
        due != deadlines_.end() && (due->first < t || (deadlines_too && due->first == t));
    if (!change_due && !deadline_due) return;
    auto& agenda = change_due && (!deadline_due || change->first <= due->first) ? changes_ : deadlines_;
    const auto next = agenda.extract(agenda.begin());
    now_ = std::max(now_, next.key());
    by_agenda_ = true;
    next.mapped()();
    settle();
    by_agenda_ = false;
    if (status_ == RunStatus::done && self_made_ > case_.agenda_limit) status_ = RunStatus::goes_on_by_itself;
  }
}

void Reference::put_on_agenda(std::multimap<int64_t, std::function<void()>>& agenda, int64_t at,
                              std::function<void()> item) {
  agenda.emplace(at, std::move(item));
  if (by_agenda_) ++self_made_;
}

RunStatus Reference::approach(int64_t ms) {
  CASUS_CHECK(ms >= now_, "occurrences come in order of time");
  go_to(ms, false);
  if (status_ == RunStatus::done) now_ = ms;
  return status_;
}

Stepped Reference::step(const Occurrence& occurrence) {
  if (approach(occurrence.at) != RunStatus::done) return {status_, no_number};
  self_made_ = 0;
  const OccurrenceNo number = take(occurrence, ClauseId(), no_number, false);
  settle();
  return {status_, number};
}

RunStatus Reference::advance(int64_t ms) {
  go_to(ms, true);
  if (status_ == RunStatus::done) now_ = std::max(now_, ms);
  return status_;
}

RunStatus Reference::finish() { return advance(case_.until.ms); }

// §6.4. A deadline that a suspension has put off comes again under its new instant.
void Reference::run_deadline(DutyNo number, int64_t instant) {
  if (!duties_.contains(number)) return;
  const ClauseId id = duties_.at(number).clause;
  const model::Clause& c = model_[id];
  const std::map<Value, Part> parts = duties_.at(number).bearers;
  for (const auto& [who, part] : parts) {
    if (part.state != State::pending || part.deadline != instant) continue;
    if (!c.discretion) {
      breach(number, who, instant, c.even_if_late);
      continue;
    }
    const Vars vars = vars_of(number, who);
    write(RecordKind::unperformed, number, id, who, no_number, instant);
    strike(number, who);
    outcome(model::OutcomeKind::non_performance, id, who, instant, no_number, vars);
  }
}

void Reference::run_expiry(DutyNo number) {
  if (!duties_.contains(number)) return;
  const std::map<Value, Part> parts = duties_.at(number).bearers;
  for (const auto& [who, part] : parts) end(number, who, RecordKind::lapsed, Reason::date_passed);
}

// ---- §4 the queue ----

void Reference::enter(std::function<void()> item) {
  ++entered_;
  queue_.push_back(std::move(item));
}

void Reference::settle() {
  while (!queue_.empty()) {
    if (entered_ > cascade_limit) {
      status_ = RunStatus::cascade_too_long;
      break;
    }
    const auto item = std::move(queue_.front());
    queue_.pop_front();
    item();
  }
  queue_.clear();
  entered_ = 0;
}

void Reference::write(RecordKind kind, uint32_t duty, ClauseId clause, Value bearer, uint32_t occurrence,
                      int64_t extra, Reason reason) {
  Record r;
  r.at = now_;
  r.kind = kind;
  r.duty = duty;
  r.clause = clause;
  if (bearer != no_value) r.bearer = EntityId(static_cast<size_t>(bearer));
  r.occurrence = occurrence;
  r.extra = extra;
  r.reason = reason;
  sink_.record({&r, 1});
}

// ---- §9 what is live ----

std::vector<LiveDuty> Reference::live() const {
  std::vector<LiveDuty> out;
  for (const auto& [number, duty] : duties_) {
    for (const auto& [who, part] : duty.bearers) {
      LiveDuty l;
      l.duty = number;
      l.clause = duty.clause;
      l.bearer = EntityId(static_cast<size_t>(who));
      l.trigger = duty.trigger;
      l.born = duty.born;
      if (part.state != State::suspended) l.deadline = part.deadline;
      l.state = part.state;
      l.vars.assign(duty.vars.begin(), duty.vars.begin() + model_[duty.clause].trigger_vars);
      out.push_back(l);
    }
  }
  return out;
}

}  // namespace casus::run
