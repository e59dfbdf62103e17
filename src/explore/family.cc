// SPDX-License-Identifier: Apache-2.0
#include "explore/family.h"

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "model/choose.h"
#include "model/describe.h"
#include "run/case_facts.h"

namespace casus::explore {

using model::EffectKind;
using model::FactId;
using model::TriggerKind;

namespace {

// Which events and clauses can come into play, once only these events may happen: what they trigger, what that brings about, and so on.
// Whatever waits for no event always can.
class Reachable {
 public:
  explicit Reachable(const Problem& p) : p_(p), m_(*p.model) {
    for (const model::MayHappen& may : p.may_happen) event(may);
    for (const run::Occurrence& o : p.before) {
      events_.insert(o.event.value);
      if (o.content) events_.insert(o.content.value);
    }
    for (const auto& d : run::dated_facts(m_, p.kase)) {
      if (d.at > p.kase.from.ms && d.at <= p.kase.until.ms)
        facts_.insert(d.is_succession ? model::fact_party.value : d.fact.value);
      succession_ |= d.is_succession;
    }
    for (size_t before = SIZE_MAX; before != events_.size() + clauses_.size() + facts_.size();) {
      before = events_.size() + clauses_.size() + facts_.size();
      for (size_t i = 0; i < m_.clauses.size(); ++i) {
        if (!p_.program.clauses[i].active || clauses_.contains(i) || !triggered(m_.clauses[i])) continue;
        clauses_.insert(i);
        for (const model::Effect& e : m_.clauses[i].effects) effect(e);
      }
    }
  }

  run::InPlay found() const {
    run::InPlay out;
    out.clauses.resize(m_.clauses.size());
    out.events.resize(m_.events.size());
    for (const size_t i : clauses_) out.clauses[i] = 1;
    for (const uint32_t e : events_) out.events[e] = 1;
    return out;
  }

 private:
  void event(const model::MayHappen& may) {
    events_.insert(may.event.value);
    if (may.content) events_.insert(may.content.value);
  }
  void effect(const model::Effect& e) {
    switch (e.kind) {
      case EffectKind::counts_as:
        events_.insert(e.event.value);
        return;
      case EffectKind::begin_fact:
      case EffectKind::end_fact:
      case EffectKind::set_fact:
        facts_.insert(e.fact.value);
        return;
      case EffectKind::enters_into_force:
      case EffectKind::terminated:
        facts_.insert({model::fact_in_force.value, model::fact_terminated.value});
        return;
      case EffectKind::suspended:
      case EffectKind::resumes:
        facts_.insert(model::fact_suspended.value);
        return;
      case EffectKind::succeeds:
        succession_ = true;
        facts_.insert(model::fact_party.value);
        return;
    }
  }
  // Whether the fact may begin or end.
  bool changes(FactId id) const {
    return facts_.contains(id.value) || (succession_ && m_[id].role == model::FactRole::role);
  }
  bool triggered(const model::Clause& c) const {
    switch (c.trigger.kind) {
      case TriggerKind::event:
      case TriggerKind::rejected:
        return events_.contains(m_[c.trigger.pattern].event.value);
      case TriggerKind::outcome:
        return std::any_of(c.trigger.targets.begin(), c.trigger.targets.end(),
                           [&](model::ClauseId id) { return clauses_.contains(id.index()); });
      case TriggerKind::reparation:
        return clauses_.contains(c.trigger.parent.index());
      case TriggerKind::none:
        // A norm about acts comes into play by such an act, or as a duty.
        return c.kind != model::ClauseKind::prohibition && c.kind != model::ClauseKind::permission
                   ? true
                   : std::any_of(c.acts.begin(), c.acts.end(),
                                 [&](model::PatternId id) { return events_.contains(m_[id].event.value); });
      case TriggerKind::fact_begins:
      case TriggerKind::fact_ends:
        return changes(c.trigger.fact_pattern.fact) ||
               m_[c.trigger.fact_pattern.fact].role == model::FactRole::derived;
      case TriggerKind::becomes_true:
        return true;
    }
    return true;
  }
  const Problem& p_;
  const model::Model& m_;
  std::set<uint32_t> events_;
  std::set<uint32_t> facts_;
  std::set<size_t> clauses_;
  bool succession_ = false;
};

// The text without whatever else is asked or told in it.
model::Model only(model::Model m, model::ExplorationId exploration) {
  m.explorations = {m[exploration]};
  m.explorations.front().from_scenario = {};  // its beginning is its own
  m.claims.clear();
  m.scenarios.clear();
  return m;
}

// The package's text without whatever can not come into play, and without what is the same in every package of the question. Two packages
// with equal texts are explored once.
uint64_t signature_of(const Problem& p, model::ExplorationId exploration) {
  model::Model m = only(*p.model, exploration);
  const auto gone = [&](model::ClauseId c) { return !p.in_play.has(c); };
  for (model::Instrument& i : m.instruments) std::erase_if(i.clauses, gone);
  for (model::Article& a : m.articles) std::erase_if(a.clauses, gone);
  for (model::Clause& c : m.clauses) c.only_if = {};
  for (model::Body& b : m.bodies) {
    std::erase_if(b.decisions, [](const model::Decision& d) { return d.left_out; });
    for (model::Decision& d : b.decisions) d.only_if = {};
  }
  return Hasher().add(model::describe(m)).digest();
}

void add(Hasher& h, const run::Occurrence& o) {
  h.add(uint64_t{o.event.value}).add(uint64_t{o.content.value}).add(static_cast<uint64_t>(o.at));
  for (const auto* args : {&o.args, &o.content_args}) {
    for (const model::Value v : *args) h.add(static_cast<uint64_t>(v));
  }
}

bool same_place(const Span& a, const Span& b) {
  return a.valid() && a.source == b.source && a.begin == b.begin && a.end == b.end;
}

}  // namespace

uint64_t question_digest(const Prepared& prepared, model::ExplorationId exploration, uint32_t stories) {
  const model::Model m = only(*prepared.model, exploration);
  const Problem& p = prepared.problem;
  Hasher h;
  h.add(model::describe(m)).add(std::string_view(prepared.words)).add(uint64_t{p.kase.view.value});
  for (const int64_t at : {p.kase.from.ms, p.start, p.kase.until.ms}) h.add(static_cast<uint64_t>(at));
  for (const run::Occurrence& o : p.before) add(h, o);
  return h.add(stories).digest();
}

Result<std::unique_ptr<Prepared>> prepare(const Question& question, const model::Package& package,
                                          replay::Files& files) {
  auto out = std::make_unique<Prepared>();
  out->package = package;
  out->words = package.empty() ? std::string() : model::words(*question.model, package);
  out->model = std::make_unique<model::Model>(model::choose(*question.model, package));
  model::Model& m = *out->model;
  const model::Exploration e = m[question.exploration];
  out->scenario = model::ScenarioId(m.scenarios.size());
  m.scenarios.push_back(e.start);

  replay::Options options;
  options.view = question.view;
  options.package = out->words;
  Diagnostics diagnostics;
  if (e.at) options.until = e.at;
  if (!e.at && e.start.from) options.until = e.start.from->at;
  auto replayed = replay::replay(m, out->scenario, options, files, {}, diagnostics);
  if (!replayed) return replayed.failure();
  if (diagnostics.has_errors())
    return Failure{
        "the events of the exploration's beginning could not be read: " + diagnostics.all().front().message,
        "`casus run` of the scenario tells more"};
  const replay::Replay& r = replayed.value();

  Problem& p = out->problem;
  p.model = &m;
  p.kase = r.kase;
  p.start = r.end;
  p.kase.until = e.within        ? add(Instant{p.start}, *e.within)
                 : e.start.until ? last_of(*e.start.until)
                                 : add(Instant{p.start}, {.months = 1200});
  p.at_most = e.at_most;
  p.properties = e.properties;
  p.may_happen = e.may_happen;
  std::vector<int64_t> place(e.start.events.size(),
                             model::no_value);  // of the story's events among those that count
  for (const replay::EventNote& note : r.events) {
    if (note.acceptance != evidence::Acceptance::accepted) continue;
    auto& told = out->told.emplace_back();
    told.assertion = note.assertion;
    for (size_t i = 0; i < e.start.events.size(); ++i) {
      if (!same_place(e.start.events[i].span, note.span)) continue;
      place[i] = static_cast<int64_t>(p.before.size());
      told.label = e.start.events[i].label;
    }
    p.before.push_back(note.occurrence);
  }
  for (model::MayHappen& may : p.may_happen) {
    const auto put = [&](std::vector<model::MayArg>& args, model::EventTypeId event) {
      for (size_t k = 0; k < args.size(); ++k) {
        if (args[k].kind != model::MayArg::Kind::value ||
            m[event].params[k].type.kind != model::TypeKind::event)
          continue;
        args[k].value = place[static_cast<size_t>(args[k].value)];
        if (args[k].value == model::no_value) args[k].kind = model::MayArg::Kind::missing;
      }
    };
    put(may.args, may.event);
    if (may.content) put(may.content_args, may.content);
  }
  std::vector<model::ExprId> questions;
  const auto ask = [&](model::ExprId id) {
    if (!id) return -1;
    questions.push_back(id);
    return static_cast<int>(questions.size() - 1);
  };
  for (const model::Property& property : p.properties) p.condition.push_back(ask(property.condition));
  for (const model::MayHappen& may : p.may_happen) p.where.push_back(ask(may.where));
  p.program = program::compile(m, p.kase.under, p.kase.view, questions);
  // Events are told apart by the second: one in the last second is in time.
  const auto to_the_end = [](auto& limit) {
    if (limit.deadline == model::DeadlineKind::by && limit.by % ms_per_second == 0)
      limit.by += ms_per_second - 1;
  };
  for (program::ClausePlan& c : p.program.clauses) to_the_end(c);
  for (program::BodyPlan& b : p.program.bodies) {
    for (program::DecisionPlan& d : b.decisions) to_the_end(d);
  }
  p.in_play = Reachable(p).found();
  out->signature = signature_of(p, question.exploration);
  return out;
}

model::Packages packages_of(const Question& question) {
  const model::Model& m = *question.model;
  const model::Exploration& e = m[question.exploration];
  std::vector<model::InstrumentId> instruments;
  for (const model::Under& u : e.start.under) instruments.push_back(u.instrument);
  model::Package fixed = e.with;
  for (const model::Chosen& c : question.package) {
    std::erase_if(fixed, [&](const model::Chosen& before) { return before.choice == c.choice; });
    fixed.push_back(c);
  }
  return model::packages(m, model::open_choices(m, instruments), fixed, most_packages);
}

}  // namespace casus::explore
