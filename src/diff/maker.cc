// SPDX-License-Identifier: Apache-2.0
#include "diff/maker.h"

#include <algorithm>

#include "check/votes.h"

namespace casus::diff {

using model::no_value;
using model::TriggerKind;
using model::TypeKind;

namespace {
constexpr size_t most_events = 200;
constexpr int64_t after_deadline = 7 * ms_per_day;
}  // namespace

void Maker::begin(Instant from) {
  out_.from = WrittenInstant{from, Precision::day};
  now_ = from.ms + ms_per_day + 6 * ms_per_hour;
}

Maker::Scene Maker::scene(const std::vector<model::Type>& types, PatternId trigger) const {
  Scene s;
  s.types = types;
  s.vars.assign(types.size(), no_value);
  s.domains.resize(types.size());
  hear(s, trigger);
  return s;
}

// What a pattern asks of its variables.
void Maker::hear(Scene& s, PatternId id) const {
  if (!id) return;
  const model::Pattern& p = m_[id];
  for (const model::PatternArg& a : p.args) {
    if (a.mode == model::ArgMode::bind && a.var < s.domains.size() && a.filter) s.domains[a.var] = a.filter;
  }
  if (p.as < s.vars.size() && !p.decided) s.told_by[p.as] = id;
  hear(s, p.content);
}

size_t Maker::put(model::ScenarioEvent e) {
  if (out_.events.size() >= most_events) return out_.events.size() - 1;
  e.at = {Instant{now_}, Precision::minute};
  now_ += ms_per_hour;
  out_.events.push_back(std::move(e));
  return out_.events.size() - 1;
}

// An event that a variable stands for: who does it to whom, and what else was asked of it.
size_t Maker::emit_variable(Scene& s, VarIndex var) {
  model::ScenarioEvent e;
  e.args.fill(no_value);
  e.content_args.fill(no_value);
  e.event = model::EventTypeId(s.types[var].id);
  if (!e.event || depth_ >= 12) return 0;
  ++depth_;
  const auto& params = m_[e.event].params;
  for (uint32_t i = 0; i < params.size(); ++i) {
    const bool actor = params[i].type.kind == TypeKind::entity &&
                       m_.is_kind(model::KindId(params[i].type.id), model::kind_actor);
    if (actor || s.fields.contains({var, i}) || s.field_domains.contains({var, i}))
      e.args[i] = field(s, var, i);
  }
  --depth_;
  return put(std::move(e));
}

size_t Maker::emit(Scene& s, PatternId id) {
  const model::Pattern& p = m_[id];
  if (p.decided) {
    decide(s, id, Turn::all_yes);
    return out_.events.empty() ? 0 : out_.events.size() - 1;
  }
  const model::EventType& type = m_[p.event];
  model::ScenarioEvent e;
  e.event = p.event;
  e.args.fill(no_value);
  e.content_args.fill(no_value);
  const auto fill = [&](const model::Pattern& of, std::array<Value, model::max_event_params>& to) {
    for (size_t i = 0; i < of.args.size(); ++i) {
      const model::PatternArg& a = of.args[i];
      if (a.mode == model::ArgMode::bind) to[i] = variable(s, a.var);
      if (a.mode == model::ArgMode::match) to[i] = value(s, a.match);
    }
  };
  fill(p, e.args);
  if (type.by != 0xFF && e.args[type.by] == no_value) e.args[type.by] = some(type.params[type.by].type, {});
  if (p.content) {
    e.content = m_[p.content].event;
    fill(m_[p.content], e.content_args);
  }
  const size_t out = put(std::move(e));
  if (p.as < s.vars.size()) s.vars[p.as] = static_cast<Value>(out);
  return out;
}

// ---- bodies ----

void Maker::motion(BodyId body, const model::Decision& d, Scene& s, Turn turn, EntityId against) {
  make_true(s, d.where);
  const model::Pattern& p = m_[d.content];
  model::ScenarioEvent e;
  e.event = model::event_propose;
  e.args.fill(no_value);
  e.content_args.fill(no_value);
  e.content = p.event;
  for (size_t i = 0; i < p.args.size(); ++i) {
    const model::PatternArg& a = p.args[i];
    const model::Type type = m_[p.event].params[i].type;
    if (a.mode == model::ArgMode::bind)
      e.content_args[i] = variable(s, a.var);
    else if (a.mode == model::ArgMode::match)
      e.content_args[i] = value(s, a.match);
    else if (type.kind == TypeKind::entity && i != m_[p.event].by)
      e.content_args[i] = some(type, {});
  }
  const std::vector<EntityId> members = in(m_[body].members);
  if (members.empty()) return;
  const auto proposer =
      std::find_if(members.begin(), members.end(), [&](EntityId w) { return w != against; });
  e.args[0] = static_cast<Value>((proposer == members.end() ? members.front() : *proposer).value);
  e.args[1] = static_cast<Value>(m_[body].entity.value);
  const size_t proposal = put(std::move(e));
  if (turn == Turn::no_vote) return;
  const int64_t at = now_;
  for (EntityId member : members) {
    model::ScenarioEvent vote;
    vote.event = model::event_vote;
    vote.args.fill(no_value);
    vote.content_args.fill(no_value);
    const bool no = turn == Turn::all_no || (turn == Turn::one_no && member == against);
    const bool abstains = turn == Turn::one_abstains && member == against;
    vote.args[0] = static_cast<Value>(member.value);
    vote.args[1] = static_cast<Value>(proposal);
    vote.args[2] = abstains ? model::ballot_abstain : no ? model::ballot_no : model::ballot_yes;
    now_ = at;
    put(std::move(vote));
  }
}

model::Scenario Maker::decision(BodyId body, size_t index, Turn turn, EntityId against) {
  const model::Decision& d = m_[body].decisions[index];
  Scene s = scene(d.var_types, d.content);
  motion(body, d, s, turn, against);
  now_ = add(Instant{now_}, d.within.within).ms + after_deadline;
  out_.until = WrittenInstant{Instant{now_}, Precision::minute};
  return out_;
}

// The pattern's event comes about by a decision: the body's own conditions say about what, and the pattern hears it.
void Maker::decide(Scene& s, PatternId id, Turn turn) {
  const model::Pattern& p = m_[id];
  for (size_t b = 0; b < m_.bodies.size(); ++b) {
    const model::Body& body = m_.bodies[b];
    if (p.decided_by && body.entity != p.decided_by) continue;
    if (!p.decided_by && body.instrument != own_) continue;
    for (const model::Decision& d : body.decisions) {
      if (m_[d.content].event != p.event) continue;
      Scene inner = scene(d.var_types, d.content);
      for (size_t i = 0; i < p.args.size(); ++i) {  // what is known of it already
        const model::PatternArg& a = p.args[i];
        const model::PatternArg& to = m_[d.content].args[i];
        if (to.mode != model::ArgMode::bind) continue;
        if (a.mode == model::ArgMode::match && known(s, a.match)) inner.vars[to.var] = value(s, a.match);
        if (a.mode == model::ArgMode::bind && s.vars[a.var] != no_value) inner.vars[to.var] = s.vars[a.var];
      }
      const size_t before = out_.events.size();
      motion(BodyId(b), d, inner, turn, {});
      for (size_t k = before; k < out_.events.size(); ++k) {
        if (out_.events[k].event != model::event_propose) continue;
        for (size_t i = 0; i < p.args.size(); ++i) {
          if (p.args[i].mode == model::ArgMode::bind) s.vars[p.args[i].var] = out_.events[k].content_args[i];
        }
      }
      return;
    }
  }
}

// ---- clauses ----

void Maker::pass(const model::Clause& c) {
  if (c.deadline.kind == model::DeadlineKind::within) now_ = add(Instant{now_}, c.deadline.within).ms;
  if (c.deadline.kind == model::DeadlineKind::by) now_ = std::max(now_, c.deadline.by.ms);
  now_ = add(add(Instant{now_}, c.takes_effect), c.after).ms + ms_per_hour;
}

void Maker::bearer(Scene& s, const model::Clause& c) {
  const model::Bearer& b = c.bearer;
  if (b.var >= s.vars.size() || s.vars[b.var] != no_value) return;
  if (b.kind == model::BearerKind::one) {
    if (b.entity) s.vars[b.var] = value(s, b.entity);
    return;
  }
  std::set<Value> except;
  for (ExprId e : b.except) except.insert(value(s, e));
  s.domains[b.var] = b.domain;
  // Somebody else where the first is excepted.
  for (int tries = 0; tries < 3; ++tries) {
    const EntityId who = somebody(b.domain, b.domain.kind);
    s.vars[b.var] = who ? static_cast<Value>(who.value) : no_value;
    if (!except.contains(s.vars[b.var])) return;
  }
}

void Maker::act(Scene& s, const model::Clause& c) {
  bearer(s, c);
  if (c.acts.empty()) return make_true(s, c.condition);
  for (PatternId a : c.acts) hear(s, a);
  make_true(s, c.act_where);
  const size_t first = c.at_least == c.acts.size() ? 0 : choices_.pick(c.acts.size());
  for (size_t i = 0; i < c.at_least; ++i) {
    const PatternId id = c.acts[(first + i) % c.acts.size()];
    const model::Pattern& p = m_[id];
    const uint8_t by = m_[p.event].by;
    const bool own = by != 0xFF && p.args[by].mode == model::ArgMode::any;
    const size_t at = emit(s, id);
    if (own && at < out_.events.size() && out_.events[at].event == p.event && c.bearer.var < s.vars.size())
      out_.events[at].args[by] = s.vars[c.bearer.var];
  }
}

bool Maker::outcome(Scene& s, const model::Trigger& t) {
  if (t.targets.empty() || depth_ >= 6) return false;
  const model::Clause& target = m_[t.targets[choices_.pick(std::min<size_t>(t.targets.size(), 3))]];
  ++depth_;
  Scene inner = scene(target.var_types, target.trigger.pattern);
  const bool made = occasion(inner, target);
  const bool acts =
      target.kind == model::ClauseKind::prohibition || t.outcome == model::OutcomeKind::performance;
  if (acts)
    act(inner, target);
  else
    bearer(inner, target), pass(target);
  if (t.outcome == model::OutcomeKind::release) make_true(inner, target.until);
  --depth_;
  if (t.outcome_bearer.mode == model::ArgMode::bind && target.bearer.var < inner.vars.size())
    s.vars[t.outcome_bearer.var] = inner.vars[target.bearer.var];
  return made;
}

// A fact begins or ends: by itself, or by what brings it about.
void Maker::fact_turns(Scene& s, const model::Trigger& t) {
  const model::FactPattern& p = t.fact_pattern;
  const bool begins = t.kind == TriggerKind::fact_begins;
  std::vector<Value> args;
  for (const model::PatternArg& a : p.args) {
    if (a.mode == model::ArgMode::bind && a.filter && a.var < s.domains.size()) s.domains[a.var] = a.filter;
    const model::Type type = m_[p.fact].params[args.size()].type;
    args.push_back(a.mode == model::ArgMode::bind    ? variable(s, a.var)
                   : a.mode == model::ArgMode::match ? value(s, a.match)
                                                     : some(type, {}));
  }
  if (m_[p.fact].role == model::FactRole::declared) {
    const size_t before = out_.givens.size();
    if (begins) given_from_ = Instant{now_};
    give(p.fact, args, 1);
    if (!begins && out_.givens.size() > before) out_.givens.back().until = Instant{now_};
    now_ += ms_per_hour;
    given_from_.reset();
    return;
  }
  const auto wanted = begins ? model::EffectKind::begin_fact : model::EffectKind::end_fact;
  for (const model::Clause& c : m_.clauses) {
    if (c.instrument != own_ || depth_ >= 6) continue;
    for (const model::Effect& e : c.effects) {
      if (e.kind != wanted || e.fact != p.fact) continue;
      ++depth_;
      Scene inner = scene(c.var_types, c.trigger.pattern);
      occasion(inner, c);
      --depth_;
      return;
    }
  }
}

bool Maker::occasion(Scene& s, const model::Clause& c) {
  make_true(s, c.while_);
  switch (c.trigger.kind) {
    case TriggerKind::none:
      return true;
    case TriggerKind::event:
      make_true(s, c.where);
      emit(s, c.trigger.pattern);
      return true;
    case TriggerKind::rejected:
      make_true(s, c.where);
      decide(s, c.trigger.pattern, Turn::all_no);
      return true;
    case TriggerKind::outcome:
      return outcome(s, c.trigger);
    case TriggerKind::fact_begins:
    case TriggerKind::fact_ends:
      make_true(s, c.where);
      fact_turns(s, c.trigger);
      return true;
    case TriggerKind::becomes_true:
      given_from_ = Instant{now_ + ms_per_day};
      make_true(s, c.trigger.condition);
      given_from_.reset();
      now_ += 2 * ms_per_day;
      return true;
    case TriggerKind::reparation:
      return false;
  }
  return false;
}

model::Scenario Maker::clause(ClauseId id, Turn turn) {
  const model::Clause& c = m_[id];
  Scene s = scene(c.var_types, c.trigger.pattern);
  if (turn == Turn::exception) make_true(s, c.unless);
  for (size_t v = 0; c.reading && v < m_.viewpoints.size() && !out_.view; ++v) {
    for (const auto& [reading, option] : m_.viewpoints[v].readings) {
      if (reading == c.reading && option == c.reading_option) out_.view = model::ViewpointId(v);
    }
  }
  occasion(s, c);
  if (turn == Turn::act) act(s, c);
  if (turn == Turn::end) {
    given_from_ = Instant{now_};
    make_true(s, c.until);
    make_true(s, c.condition, false);
    given_from_.reset();
  }
  pass(c);
  if (c.otherwise) pass(m_[c.otherwise]);
  now_ += after_deadline;
  out_.until = WrittenInstant{Instant{now_}, Precision::minute};
  return out_;
}

}  // namespace casus::diff
