// SPDX-License-Identifier: Apache-2.0
// Dead text: clauses under a reading that no viewpoint holds, and events, derived facts and roles that
// nothing refers to. Vocabulary is made to be used elsewhere, so that an event or fact is only asked about in
// a file that has an instrument or a scenario of its own; and a reading only when some viewpoint that is loaded
// takes another. What can not be seen: a use in a file that is not loaded, such as an events file.
#include <algorithm>
#include <set>

#include "check/norms.h"

namespace casus::check {

using model::EventTypeId;
using model::FactRole;
using model::Op;

namespace {

void readings(Context& x) {
  std::set<std::pair<model::ReadingId, uint32_t>> held;
  std::set<model::ReadingId> spoken_of;  // nobody speaks of the others: then every reading is open
  for (const model::Viewpoint& v : x.m.viewpoints) {
    held.insert(v.readings.begin(), v.readings.end());
    for (const auto& [reading, option] : v.readings) spoken_of.insert(reading);
  }
  for (const Clause& c : x.m.clauses) {
    if (!c.reading || !spoken_of.contains(c.reading) || c.trigger.kind == TriggerKind::reparation ||
        !x.here(c.span) || held.contains({c.reading, c.reading_option}))
      continue;
    const model::Reading& r = x.m[c.reading];
    const std::string option = r.name + " = " + r.options[c.reading_option].name;
    x.add({.kind = Diag::unheld_reading,
           .span = c.span,
           .message = "no viewpoint holds the reading `" + option + "`, so this clause never exists",
           .where = x.where(c),
           .related = {{r.options[c.reading_option].span, "the reading"}},
           .notes = {"let a viewpoint hold it: `reading " + option + ";`"}});
  }
}

// What the model refers to anywhere, apart from declarations.
class Uses {
 public:
  explicit Uses(const Model& m) : m_(m), events_(m.events.size()), facts_(m.facts.size()) {
    std::vector<bool> declared_only(m.patterns.size());
    for (const Clause& c : m.clauses) {
      if (c.of_event) declared_only[c.trigger.pattern.index()] = true;
    }
    for (size_t i = 0; i < m.patterns.size(); ++i) {
      args(m.patterns[i].args);
      if (!declared_only[i]) event(m.patterns[i].event);
    }
    for (const model::EventType& e : m.events) {
      for (const model::Param& p : e.params) type(p.type);
    }
    for (const Clause& c : m.clauses) clause(c);
    for (const model::Quantifier& q : m.quantifiers) domain(q.domain);
    for (const model::Body& b : m.bodies) domain(b.members);
    for (const model::Rule& r : m.rules) rule(r);
    for (const model::Claim& c : m.claims) fact(c.fact);
    scenarios();
    expressions();
  }
  bool event_used(size_t i) const { return events_[i]; }
  bool fact_used(size_t i) const { return facts_[i]; }

 private:
  void event(EventTypeId e) {
    if (e) events_[e.index()] = true;
  }
  void fact(FactId f) {
    if (f) facts_[f.index()] = true;
  }
  void domain(const Domain& d) { fact(d.fact); }
  void type(const Type& t) {
    if (t.kind == model::TypeKind::event) event(EventTypeId(t.id));
  }
  void args(const std::vector<model::PatternArg>& list) {
    for (const model::PatternArg& a : list) {
      if (a.filter) domain(*a.filter);
    }
  }
  void clause(const Clause& c) {
    domain(c.bearer.domain);
    fact(c.trigger.fact_pattern.fact);
    args(c.trigger.fact_pattern.args);
    if (c.trigger.outcome_bearer.filter) domain(*c.trigger.outcome_bearer.filter);
    for (const model::Effect& e : c.effects) event(e.event);
  }
  void rule(const model::Rule& r) {
    for (const model::Comparison& c : r.comparisons) {
      for (const model::TallyTerm& t : c.terms) {
        if (t.from) domain(*t.from);
        fact(t.weight);
      }
    }
  }
  void scenarios() {
    for (const model::Scenario& s : m_.scenarios) {
      for (const model::ScenarioEvent& e : s.events) {
        event(e.event);
        event(e.content);
      }
      for (const model::Expectation& e : s.expectations) event(e.act);
    }
  }
  // A derived fact that only its own rules ask about is not asked about.
  void expressions() {
    std::vector<FactId> own(m_.exprs.size());
    for (size_t f = 0; f < m_.facts.size(); ++f) {
      for (const model::DerivedRule& r : m_.facts[f].rules) {
        visit(m_, r.condition, [&](ExprId e) { own[e.index()] = FactId(f); });
      }
    }
    for (size_t i = 0; i < m_.exprs.size(); ++i) {
      if (m_.exprs[i].op == Op::fact && own[i] != FactId(m_.exprs[i].a)) fact(FactId(m_.exprs[i].a));
    }
  }

  const Model& m_;
  std::vector<bool> events_, facts_;
};

// Files with an instrument or a scenario: there, what is declared is meant to be used there.
std::set<SourceId> working_files(const Context& x) {
  std::set<SourceId> out;
  for (const model::Instrument& i : x.m.instruments) {
    if (x.here(i.span)) out.insert(i.span.source);
  }
  for (const model::Scenario& s : x.m.scenarios) {
    if (x.here(s.span)) out.insert(s.span.source);
  }
  return out;
}

}  // namespace

void check_dead(Context& x) {
  readings(x);
  const Uses uses(x.m);
  const auto files = working_files(x);
  for (size_t i = 0; i < x.m.events.size(); ++i) {
    const model::EventType& e = x.m.events[i];
    if (!e.span.valid() || uses.event_used(i) || !files.contains(e.span.source)) continue;
    x.add({.kind = Diag::unused_event,
           .span = e.span,
           .message = "nothing is triggered by `" + e.name + "`, asks for it or tells of it",
           .notes = {"take it away, or use it in a clause"}});
  }
  for (size_t i = 0; i < x.m.facts.size(); ++i) {
    const model::Fact& f = x.m.facts[i];
    if (!f.span.valid() || uses.fact_used(i) || !files.contains(f.span.source)) continue;
    if (f.role == FactRole::derived) {
      x.add({.kind = Diag::unused_fact,
             .span = f.span,
             .message = "nothing asks whether `" + f.name + "` holds",
             .notes = {"take it away, or use it in a condition"}});
    } else if (f.role == FactRole::role) {
      x.add({.kind = Diag::unused_role,
             .span = f.span,
             .message = "no clause and no body refers to the role `" + f.name + '`',
             .where = x.where(f.instrument),
             .notes = {"take it away, or say what `each " + f.name + "` shall or may do"}});
    }
  }
}

}  // namespace casus::check
