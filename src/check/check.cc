// SPDX-License-Identifier: Apache-2.0
#include "check/check.h"

#include <algorithm>

#include "check/context.h"

namespace casus::check {

void check(const Model& model, const Sources& sources, std::span<const std::string> files,
           Diagnostics& findings, Diagnostics& notes) {
  Context x(model, sources, files, findings, notes);
  check_conflicts(x);
  check_blocking(x);
  check_self_guarantee(x);
  check_gaps(x);
  check_dead(x);
  check_open_terms(x);
  check_wording(x);
  check_prose(x);
  check_drift(x);
  check_races(x);
  check_circular(x);
  check_impossible(x);
  check_protection(x);
  check_deadlines(x);
  check_contested(x);
  check_engagements(x);
  check_unreachable(x);
  check_waiting(x);
  check_undefined(x);
  check_holders(x);
}

Context::Context(const Model& model, const Sources& all_sources, std::span<const std::string> files,
                 Diagnostics& findings, Diagnostics& notes)
    : m(model),
      sources(all_sources),
      sets(model),
      here_(all_sources.size()),
      lives_(model.instruments.size()),
      decisions_(model.events.size()),
      duties_(model.events.size()),
      findings_(findings),
      notes_(notes) {
  for (size_t i = 0; i < sources.size(); ++i) {
    const SourceId id(i);
    here_[i] = std::find(files.begin(), files.end(), sources[id].path) != files.end();
    if (here_[i]) files_.push_back(id);
  }
  for (const model::GivenFact& g : m.givens) {
    const bool party = g.fact == model::fact_party && g.args[1] != model::no_value;
    givens_[{g.fact, party ? EntityId(static_cast<size_t>(g.args[1])) : EntityId()}].push_back(&g);
  }
  read_lives();
  read_decisions();
}

void Context::read_decisions() {
  for (const model::Body& b : m.bodies) {
    for (const Decision& d : b.decisions) decisions_[m[d.content].event.index()].emplace_back(&b, &d);
  }
  for (size_t i = 0; i < m.clauses.size(); ++i) {
    const Clause& c = m.clauses[i];
    if (!is_duty(c) || c.trigger.kind != TriggerKind::event || !m[c.trigger.pattern].decided) continue;
    if (!of_shapes(c.instrument)) duties_[m[c.trigger.pattern].event.index()].emplace_back(i);
  }
}

std::span<const model::GivenFact* const> Context::givens_of(FactId fact, EntityId of) const {
  const auto it = givens_.find({fact, of});
  if (it == givens_.end()) return {};
  return it->second;
}

std::span<const model::GivenFact* const> Context::givens_of(FactId fact,
                                                            const std::vector<Value>& args) const {
  const bool party = fact == model::fact_party && args.size() > 1 && args[1] != model::no_value;
  return givens_of(fact, party ? EntityId(static_cast<size_t>(args[1])) : EntityId());
}

std::string Context::names(const std::vector<EntityId>& who) const {
  std::vector<std::string> out;
  for (EntityId e : who) out.push_back(m[e].name);
  return join(out, 6);
}

void Context::read_lives() {
  std::vector<bool> dated(lives_.size());
  for (const model::GivenFact& g : m.givens) {
    if (g.fact != model::fact_in_force || !g.instrument) continue;
    Times& life = lives_[g.instrument.index()];
    const bool first = !dated[g.instrument.index()];
    life = first ? Times{g.from, g.until} : Times{std::min(life.from, g.from), std::max(life.until, g.until)};
    dated[g.instrument.index()] = true;
  }
  for (size_t i = 0; i < lives_.size(); ++i) {
    if (!dated[i] && m.instruments[i].draft_since) lives_[i].from = *m.instruments[i].draft_since;
  }
  for (const Clause& c : m.clauses) {
    for (const model::Effect& e : c.effects) {
      if (e.kind == model::EffectKind::enters_into_force && c.instrument) lives_[c.instrument.index()] = {};
    }
  }
}

void Context::add(Diagnostic d) {
  const bool note = info(d.kind).severity == Severity::note && d.kind != Diag::check_limit;
  (note ? notes_ : findings_).add(std::move(d));
}

bool Context::here(const Span& span) const { return span.valid() && here_[span.source.index()]; }

bool Context::of_shapes(InstrumentId id) const {
  return id && m[id].binding == model::Binding::none && m[id].roles.empty() &&
         sets.never_anybody({{}, model::fact_party, m[id].entity});
}

std::string Context::where(InstrumentId instrument, ArticleId article) const {
  if (!instrument) return {};
  const model::Instrument& i = m[instrument];
  return (i.title.empty() ? i.name : i.title) + (article ? ", article " + m[article].label : std::string());
}

Span Context::word(Span in, std::string_view word) const {
  const std::string_view code = std::string_view(sources[in.source].code).substr(0, in.end);
  const auto part_of_name = [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  for (size_t i = in.begin; i < code.size();) {
    if (code.substr(i, 2) == "//") {
      i = std::min(code.find('\n', i), code.size());
    } else if (part_of_name(code[i])) {
      size_t end = i;
      while (end < code.size() && part_of_name(code[end])) ++end;
      if (code.substr(i, end - i) == word)
        return {in.source, static_cast<uint32_t>(i), static_cast<uint32_t>(end)};
      i = end;
    } else {
      ++i;
    }
  }
  return in;
}

bool Context::spend(size_t steps) {
  if (left_ == 0) return false;
  if (steps < left_) {
    left_ -= steps;
    return true;
  }
  left_ = 0;
  add({.kind = Diag::check_limit,
       .message =
           "the model is too large to compare every norm with every other, and the rest was not compared",
       .notes = {"check the files one by one"}});
  return false;
}

bool is_duty(const Clause& c) {
  return c.kind == ClauseKind::obligation || c.kind == ClauseKind::bring_about ||
         c.kind == ClauseKind::maintenance;
}

bool is_norm(const Clause& c) { return c.kind != ClauseKind::consequence; }

bool Context::never_true(FactId fact, const std::vector<Value>& args, size_t& steps) const {
  const model::Fact& f = m[fact];
  if (f.contested || f.role != model::FactRole::declared) return false;
  const auto is_given = [&](const model::GivenFact& g) {
    return g.fact == fact && g.value == 1 && std::equal(args.begin(), args.end(), g.args.begin());
  };
  const auto given = [&](const std::vector<model::GivenFact>& list) {
    steps += list.size();
    return std::any_of(list.begin(), list.end(), is_given);
  };
  const auto givens = givens_of(fact, args);
  steps += givens.size();
  if (std::any_of(givens.begin(), givens.end(), [&](const model::GivenFact* g) { return is_given(*g); }))
    return false;
  for (const model::Scenario& s : m.scenarios) {
    if (given(s.givens)) return false;
  }
  for (const model::Viewpoint& v : m.viewpoints) {
    if (given(v.holds)) return false;
  }
  steps += m.clauses.size();
  return std::none_of(m.clauses.begin(), m.clauses.end(), [&](const Clause& c) {
    return std::any_of(c.effects.begin(), c.effects.end(), [&](const model::Effect& e) {
      return e.fact == fact && e.kind == model::EffectKind::begin_fact;
    });
  });
}

Times Context::times_of(const Clause& c) const {
  Times out = c.instrument ? life(c.instrument) : Times();
  if (c.from) out.from = std::max(out.from, *c.from);
  if (c.until_instant) out.until = std::min(out.until, *c.until_instant);
  return out;
}

bool Context::always_true(FactId fact, const std::vector<Value>& args, Times when, size_t& steps) const {
  if (m[fact].contested || m[fact].role == model::FactRole::derived) return false;
  const auto givens = givens_of(fact, args);
  steps += givens.size();
  return std::any_of(givens.begin(), givens.end(), [&](const model::GivenFact* g) {
    return g->value == 1 && g->from <= when.from && g->until >= when.until &&
           g->assertion.denied_by.empty() && std::equal(args.begin(), args.end(), g->args.begin());
  });
}

std::string join(const std::vector<std::string>& parts, size_t most) {
  std::string out;
  for (size_t i = 0; i < std::min(parts.size(), most); ++i) out += (i == 0 ? "" : ", ") + parts[i];
  if (parts.size() > most) out += " and " + std::to_string(parts.size() - most) + " more";
  return out;
}

std::vector<ExprId> conditions_of(const Clause& c) {
  std::vector<ExprId> out;
  for (ExprId e : {c.trigger.condition, c.where, c.act_where, c.condition, c.while_, c.until, c.unless}) {
    if (e) out.push_back(e);
  }
  return out;
}

void visit(const Model& m, ExprId root, const std::function<void(ExprId)>& each) {
  each(root);
  for (ExprId e : m[root].args) {
    if (e) visit(m, e, each);
  }
}

}  // namespace casus::check
