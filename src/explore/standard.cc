// SPDX-License-Identifier: Apache-2.0
// The standard properties. What would come of an act or a vote is never worked out here: it is tried, by a step of the engine from the state
// in question.
#include <algorithm>

#include "explore/properties.h"
#include "run/inquiry.h"

namespace casus::explore {

using model::ClauseKind;
using model::no_value;
using model::StandardProperty;
using program::StepOp;
using run::LiveDuty;
using run::Record;
using run::RecordKind;

namespace {

// The acts that a live duty asks of its bearer, as the duty names them: what it leaves open is not given.
std::vector<run::Occurrence> acts_of(const Problem& p, run::Engine& engine, const LiveDuty& d,
                                     run::Inquiry::Frame& frame) {
  const program::ClausePlan& c = p.program.clauses[d.clause.index()];
  run::Inquiry ask(engine);
  frame.fill(no_value);
  std::copy(d.vars.begin(), d.vars.end(), frame.begin());
  if (c.bearer_var != model::no_var) frame[c.bearer_var] = d.bearer.value;
  std::vector<run::Occurrence> out;
  for (const program::ActPlan& act : c.acts) {
    run::Occurrence o;
    o.event = act.pattern.event;
    o.content = act.pattern.content;
    o.args.fill(no_value);
    o.content_args.fill(no_value);
    if (act.by >= 0) o.args[static_cast<size_t>(act.by)] = d.bearer.value;
    for (size_t k = 0; k < act.key_params.size(); ++k)
      o.args[act.key_params[k]] = ask.value(act.key_values[k], frame);
    for (const program::MatchStep& s : act.pattern.steps) {
      if (s.op == StepOp::is_value) o.args[s.param] = s.value;
      if (s.op == StepOp::is_var) o.args[s.param] = frame[s.index];
      if (s.op == StepOp::is_expr) o.args[s.param] = ask.value(s.index, frame);
    }
    out.push_back(o);
  }
  return out;
}

}  // namespace

void Properties::standard(Steps& steps, const State& before, const Move& move, State& next,
                          const Observed& observed, uint32_t property, std::vector<Hit>& hits) const {
  std::string why;
  switch (p_.properties[property].standard) {
    case StandardProperty::none:
      return;
    case StandardProperty::obliged_and_forbidden:
      why = unkept_duty(steps, next, false);
      break;
    case StandardProperty::duty_can_be_kept:
      why = unkept_duty(steps, next, true);
      break;
    case StandardProperty::breach_has_consequence:
      why = no_consequence(observed);
      break;
    case StandardProperty::protected_has_duty:
      return protection(steps, before, move, next, property, hits);
    case StandardProperty::single_blocker:
      why = blocker(steps, next, observed);
      break;
    case StandardProperty::motion_in_time:
      why = never_in_time(steps, next, observed);
      break;
    case StandardProperty::guarantors_fight:
      steps.enter(next);
      why = fighting(steps);
      break;
  }
  if (!why.empty()) hits.push_back({property, why});
}

// A duty that is live and whose every act its bearer could only do in breach of a prohibition (or, if asked, without effect for want of power).
std::string Properties::unkept_duty(Steps& steps, const State& next, bool void_too) const {
  steps.enter(next);
  std::vector<std::pair<LiveDuty, std::vector<run::Occurrence>>> asked;
  run::Inquiry::Frame frame;
  for (const LiveDuty& d : steps.engine().live()) {
    if (d.state != LiveDuty::State::pending ||
        p_.program.clauses[d.clause.index()].kind != ClauseKind::obligation)
      continue;
    asked.emplace_back(d, acts_of(p_, steps.engine(), d, frame));
  }
  for (const auto& [duty, acts] : asked) {
    std::string bar;
    for (const run::Occurrence& act : acts) {
      bar = what_bars(steps, next, duty.bearer, act, void_too);
      if (bar.empty()) break;
    }
    if (!bar.empty())
      return m_[duty.bearer].name + " must " + words_of(acts.front().event) + " under " +
             m_.cite(duty.clause) + ", and " + bar;
  }
  return {};
}

// Why the bearer could not do the act in this state; empty: it could.
std::string Properties::what_bars(Steps& steps, const State& state, EntityId bearer,
                                  const run::Occurrence& act, bool void_too) const {
  std::vector<Record> records;
  if (steps.try_event(state, act, records) != run::RunStatus::done) return {};
  for (const Record& r : records) {
    // The act is the first occurrence after those of the state.
    if (r.occurrence != state.snapshot.occurrences.size() || r.bearer != bearer) continue;
    if (r.kind == RecordKind::breach && m_[r.clause].kind == ClauseKind::prohibition)
      return m_.cite(r.clause) + " forbids it";
    if (void_too && r.kind == RecordKind::void_act) return "the act would have no effect";
  }
  return {};
}

bool breach_has_consequence(const Problem& p, model::ClauseId clause) {
  const model::Clause& c = (*p.model)[clause];
  if (c.otherwise && p.program.clauses[c.otherwise.index()].active) return true;
  const auto& heard = p.program.outcome_triggers[clause.index()];
  return std::any_of(heard.begin(), heard.end(), [&](model::ClauseId id) {
    const program::ClausePlan& t = p.program.clauses[id.index()];
    return t.active && t.outcome == model::OutcomeKind::breach;
  });
}

std::string Properties::no_consequence(const Observed& observed) const {
  for (const Record& r : observed.records) {
    if (r.kind != RecordKind::breach) continue;
    if (breach_has_consequence(p_, r.clause)) continue;
    return "nothing follows when " + m_[r.bearer].name + " breaches " + m_.cite(r.clause);
  }
  return {};
}

// Of an act against somebody (its parameter `on`) who is party to an instrument of the case or has a role in it: whether somebody
// else then owes something to the victim that is not left to judgement and has a time limit.
void Properties::protection(Steps& steps, const State& before, const Move& move, State& next,
                            uint32_t property, std::vector<Hit>& hits) const {
  const model::Property& p = p_.properties[property];
  const auto owed = [&](Value victim) {
    for (const LiveDuty& d : steps.engine().live()) {
      const model::Clause& c = m_[d.clause];
      if (c.kind != ClauseKind::obligation || c.discretion || d.deadline == no_value ||
          Value{d.bearer.value} == victim || d.state != LiveDuty::State::pending)
        continue;
      for (size_t v = 0; v < d.vars.size(); ++v) {
        if (c.var_types[v].kind == model::TypeKind::entity && d.vars[v] == victim) return true;
        if (c.var_types[v].kind != model::TypeKind::event || d.vars[v] == no_value) continue;
        const auto n = static_cast<size_t>(d.vars[v]);
        if (n >= next.snapshot.occurrences.size()) continue;
        const run::Told& o = next.snapshot.occurrences[n];
        const auto& params = m_[o.event].params;
        for (size_t k = 0; k < params.size(); ++k) {
          if (params[k].label == "on" && o.args[k] == victim) return true;
        }
      }
    }
    return false;
  };
  const auto miss = [&](Value victim) {
    hits.push_back({property, "nobody owes " + m_.entities[static_cast<size_t>(victim)].name +
                                  " anything that is certain and has a time limit"});
  };
  if (move.kind == Move::Kind::watch && before.watches[move.index].property == property)
    return miss(before.watches[move.index].subject);
  if (move.kind == Move::Kind::end) return;
  steps.enter(next);
  for (size_t i = next.watches.size(); i-- > 0;) {
    const Watch w = next.watches[i];
    if (w.property == property && owed(w.subject)) drop_watch(next, i);
  }
  const Value victim = move.kind == Move::Kind::event ? victim_of(steps.engine(), move.event) : no_value;
  if (victim == no_value || owed(victim)) return;
  if (!p.within) return miss(victim);
  const Watch watch{property, victim};
  if (std::find(next.watches.begin(), next.watches.end(), watch) != next.watches.end()) return;
  add_watch(next, watch, p_.seconds(*p.within), zone_last);
}

// Against whom an act is done, if that is somebody else with a place in an instrument of the case; else no_value.
Value Properties::victim_of(const run::Engine& engine, const run::Occurrence& act) const {
  const model::EventType& type = m_[act.event];
  for (size_t k = 0; k < type.params.size(); ++k) {
    if (type.params[k].label != "on" || type.params[k].type.kind != model::TypeKind::entity) continue;
    const Value victim = act.args[k];
    if (victim == no_value || (type.by != 0xFF && act.args[type.by] == victim)) continue;
    for (const model::Under& u : p_.kase.under) {
      const model::Instrument& instrument = m_[u.instrument];
      if (engine.in({{}, model::fact_party, instrument.entity}, victim)) return victim;
      for (const model::FactId role : instrument.roles) {
        if (engine.in({{}, role, {}}, victim)) return victim;
      }
    }
  }
  return no_value;
}

// ---- bodies ----

// What becomes of a motion when every member votes yes but one, who votes no (none: all vote yes), and nothing else happens.
bool Properties::carried(Steps& steps, const State& state, const Motion& motion,
                         model::EntityId against) const {
  std::vector<run::Occurrence> votes;
  for (const model::EntityId member : motion.members) {
    run::Occurrence vote;
    vote.event = model::event_vote;
    vote.args.fill(no_value);
    vote.content_args.fill(no_value);
    vote.args[0] = member.value;
    vote.args[1] = motion.number;
    vote.args[2] = member == against ? model::ballot_no : model::ballot_yes;
    votes.push_back(vote);
  }
  std::vector<Record> records;
  steps.try_votes(state, votes, records);
  return std::any_of(records.begin(), records.end(), [&](const Record& r) {
    return r.kind == RecordKind::adopted && Value{r.occurrence} == motion.number;
  });
}

// A proposal, as the state calls it.
Properties::Motion Properties::motion_of(Steps& steps, const State& state, size_t proposal) const {
  const run::Told& told = state.snapshot.occurrences[proposal];
  Motion m;
  m.number = static_cast<Value>(proposal);
  m.content = told.content;
  steps.enter(state);
  const model::Body& body = m_[m_.entities[static_cast<size_t>(told.args[1])].body];
  for (size_t e = 0; e < m_.entities.size(); ++e) {
    if (m_.entity_is(model::EntityId(e), model::kind_actor) &&
        steps.engine().in(body.members, static_cast<Value>(e)))
      m.members.push_back(model::EntityId(e));
  }
  return m;
}

// The motion that the last move opened.
std::optional<Properties::Motion> Properties::opened(Steps& steps, const State& next,
                                                     const Observed& observed) const {
  for (const Record& r : observed.records) {
    if (r.kind != RecordKind::motion_opened) continue;
    const auto& numbers = next.snapshot.numbers;
    const auto it = std::find(numbers.begin(), numbers.end(), r.occurrence);
    if (it != numbers.end()) return motion_of(steps, next, static_cast<size_t>(it - numbers.begin()));
  }
  return std::nullopt;
}

std::string Properties::blocker(Steps& steps, const State& next, const Observed& observed) const {
  const auto motion = opened(steps, next, observed);
  return motion ? blocker(steps, next, *motion) : std::string();
}

std::string Properties::blocker_at_beginning(Steps& steps, const State& first) const {
  for (size_t n = 0; n < first.snapshot.occurrences.size(); ++n) {
    if (first.snapshot.occurrences[n].event != model::event_propose) continue;
    if (std::string why = blocker(steps, first, motion_of(steps, first, n)); !why.empty()) return why;
  }
  return {};
}

// Of a motion that is open: a decided one is not adopted by any votes.
std::string Properties::blocker(Steps& steps, const State& state, const Motion& motion) const {
  if (!carried(steps, state, motion, {})) return {};
  std::vector<model::EntityId> can;
  for (const model::EntityId member : motion.members) {
    if (!carried(steps, state, motion, member)) can.push_back(member);
  }
  if (can.empty()) return {};
  std::string names;
  for (size_t i = 0; i < can.size() && i < 5; ++i)
    names += (i == 0 ? "" : i + 1 == can.size() ? " and " : ", ") + m_[can[i]].name;
  if (can.size() > 5) names += " and " + std::to_string(can.size() - 5) + " more";
  return names + (can.size() == 1 ? " alone can" : " each alone can") + " block “" +
         words_of(motion.content) + "”";
}

std::string Properties::never_in_time(Steps& steps, const State& next, const Observed& observed) const {
  for (const Record& r : observed.records) {
    if (r.kind != RecordKind::motion_opened) continue;
    const auto ended = [&](RecordKind kind) {
      return std::any_of(observed.records.begin(), observed.records.end(), [&](const Record& end) {
        return end.kind == kind && end.occurrence == r.occurrence;
      });
    };
    if (ended(RecordKind::adopted)) return {};
    if (ended(RecordKind::rejected))
      return "“" + words_of(observed.known[r.occurrence].content) +
             "” fails as it is put to the vote: the time for it is over";
  }
  const auto motion = opened(steps, next, observed);
  if (!motion || carried(steps, next, *motion, {})) return {};
  return "“" + words_of(motion->content) + "” is not adopted even if every member votes for it at once";
}

// ---- guarantors against each other ----

// Whoever is bound to act against somebody who is bound, or would be, by the same clause.
std::string Properties::fighting(Steps& steps) const {
  run::Inquiry::Frame frame;
  run::Inquiry ask(steps.engine());
  for (const LiveDuty& d : steps.engine().live()) {
    const program::ClausePlan& c = p_.program.clauses[d.clause.index()];
    if (c.bearer_kind != model::BearerKind::each && c.bearer_kind != model::BearerKind::together) continue;
    for (const run::Occurrence& act : acts_of(p_, steps.engine(), d, frame)) {
      const auto& params = m_[act.event].params;
      for (size_t k = 0; k < params.size(); ++k) {
        if (params[k].label != "against" || params[k].type.kind != model::TypeKind::entity) continue;
        const Value other = act.args[k];
        if (other == no_value || other == Value{d.bearer.value} || !ask.in_domain(d.clause, other, frame))
          continue;
        return m_[d.bearer].name + " is bound by " + m_.cite(d.clause) + " against " +
               m_.entities[static_cast<size_t>(other)].name + ", whom the same clause would bind";
      }
    }
  }
  return {};
}

}  // namespace casus::explore
