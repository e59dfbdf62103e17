// SPDX-License-Identifier: Apache-2.0
// Undefined terms: an event or a fact that a clause of the instrument uses and that nothing gives a meaning: no title,
// no clause that follows from it, no rule by which something counts as it, no effect, no derivation, nothing given,
// and no mention in the prose of its file. What can not be seen: whether a title or a mention says enough.
#include <algorithm>
#include <set>

#include "check/norms.h"

namespace casus::check {

using model::EventTypeId;
using model::Op;

namespace {

struct Meanings {
  std::set<EventTypeId> events;
  std::set<FactId> facts;
};

Meanings meanings(const Model& m) {
  Meanings out;
  for (const Clause& c : m.clauses) {
    if (c.trigger.pattern) out.events.insert(m[c.trigger.pattern].event);
    if (c.trigger.fact_pattern.fact) out.facts.insert(c.trigger.fact_pattern.fact);
    for (const model::Effect& e : c.effects) {
      if (e.event) out.events.insert(e.event);
      if (e.fact) out.facts.insert(e.fact);
    }
  }
  for (const model::GivenFact& g : m.givens) out.facts.insert(g.fact);
  for (const model::Scenario& s : m.scenarios) {
    for (const model::GivenFact& g : s.givens) out.facts.insert(g.fact);
  }
  return out;
}

// Whether the prose of the file speaks of it, as `a_name` or as the words "a name".
bool in_prose(const SourceFile& file, const std::string& name) {
  if (!file.literate) return false;
  std::string prose = file.text, words = name;
  for (size_t i = 0; i < prose.size(); ++i) {
    if (file.code[i] != ' ' && file.code[i] != '\n') prose[i] = ' ';
  }
  std::replace(words.begin(), words.end(), '_', ' ');
  return prose.find(name) != std::string::npos || prose.find(words) != std::string::npos;
}

// Events and facts that the clause names, each once.
void used(const Model& m, const Clause& c, std::set<EventTypeId>& events, std::set<FactId>& facts) {
  for (PatternId p : c.acts) events.insert(m[p].event);
  for (ExprId root : conditions_of(c)) {
    visit(m, root, [&](ExprId id) {
      if (m[id].op == Op::happened) events.insert(m[PatternId(m[id].a)].event);
      if (m[id].op == Op::fact) facts.insert(FactId(m[id].a));
    });
  }
}

void undefined(Context& x, const model::Named& what, Span use, const std::string& where) {
  const Span at = x.here(what.span) ? what.span : use;
  if (!x.spend(x.sources[what.span.source].text.size() / 64 + 1) ||
      in_prose(x.sources[what.span.source], what.name))
    return;
  Diagnostic d{.kind = Diag::undefined_term,
               .span = at,
               .message = '`' + what.name + "` is used, and nothing says what it is",
               .where = where,
               .notes = {"give it a title, say in the prose what it is, or let something count as it"}};
  if (at.begin != use.begin || at.source != use.source) d.related.push_back({use, "used here"});
  x.add(std::move(d));
}

}  // namespace

void check_undefined(Context& x) {
  const Meanings known = meanings(x.m);
  std::set<EventTypeId> told_events;
  std::set<FactId> told_facts;
  for (const Clause& c : x.m.clauses) {
    if (!c.instrument || !x.here(c.span)) continue;
    std::set<EventTypeId> events;
    std::set<FactId> facts;
    used(x.m, c, events, facts);
    for (EventTypeId e : events) {
      const model::EventType& event = x.m[e];
      if (event.title.empty() && event.span.valid() && !known.events.contains(e) &&
          told_events.insert(e).second)
        undefined(x, event, c.span, x.where(c));
    }
    for (FactId f : facts) {
      const model::Fact& fact = x.m[f];
      const bool declared = fact.role == model::FactRole::declared && fact.span.valid();
      if (declared && fact.title.empty() && !known.facts.contains(f) && told_facts.insert(f).second)
        undefined(x, fact, c.span, x.where(c));
    }
  }
}

}  // namespace casus::check
