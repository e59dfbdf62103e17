// SPDX-License-Identifier: Apache-2.0
#include "diff/form.h"

#include <algorithm>

#include "base/time.h"

namespace casus::diff {

using model::Op;
using model::TriggerKind;

namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& p : parts) out += (out.empty() ? "" : std::string(between)) + p;
  return out;
}

std::string number(auto n) { return std::to_string(static_cast<long long>(n)); }

}  // namespace

Former::Former(const Model& m, InstrumentId own) : m_(m), own_(own) {
  if (!own) return;
  entities_[m[own].entity] = "this";
  for (BodyId b : m[own].bodies) entities_[m[b].entity] = "this." + m[b].name;
}

std::string Former::entity(EntityId id) const {
  const auto it = entities_.find(id);
  return it != entities_.end() ? it->second : id ? m_[id].name : "?";
}

std::string Former::show(model::Value v, model::Type t) const {
  if (t.kind == model::TypeKind::entity && v != model::no_value)
    return entity(EntityId(static_cast<size_t>(v)));
  return m_.show(v, t);
}

std::string Former::fact_name(model::FactId id) const {
  const model::Fact& f = m_[id];
  if (!f.instrument) return f.name;
  return (f.instrument == own_ ? "this" : m_[f.instrument].name) + "." + f.name;
}

std::string Former::domain(const model::Domain& d) const {
  if (d.fact && d.second) return fact_name(d.fact) + "(" + entity(d.second) + ")";
  if (d.fact) return fact_name(d.fact);
  return d.kind ? m_[d.kind].name : "?";
}

std::string Former::article(ArticleId id) const {
  if (const auto it = articles_.find(id); it != articles_.end()) return it->second;
  const model::Article& a = m_[id];
  return (a.instrument == own_ ? "this" : m_[a.instrument].name) + "." + a.label;
}

std::string Former::cited(ClauseId id) const {
  const model::Clause& c = m_[id];
  return c.article ? article(c.article) : c.instrument == own_ && own_ ? "this" : m_.cite(id);
}

// ---- variables ----

void Former::bind(Names& names, const model::PatternArg& a, const std::string& place) {
  if (a.mode == model::ArgMode::bind && a.var < names.of.size() && names.of[a.var].empty())
    names.of[a.var] = place;
}

void Former::bind(Names& names, model::PatternId id, const std::string& place) const {
  if (!id) return;
  const model::Pattern& p = m_[id];
  for (size_t i = 0; i < p.args.size(); ++i)
    bind(names, p.args[i], place + "." + m_[p.event].params[i].label);
  if (p.as < names.of.size() && names.of[p.as].empty()) names.of[p.as] = place;
  bind(names, p.content, place + ".motion");
}

Former::Names Former::names_of(const model::Clause& c) const {
  Names names{std::vector<std::string>(c.vars.size()), 0};
  if (c.trigger.kind == TriggerKind::reparation && c.trigger.parent) {
    const Names parent = names_of(m_[c.trigger.parent]);
    for (size_t v = 0; v < names.of.size() && v < parent.of.size(); ++v) names.of[v] = parent.of[v];
  }
  bind(names, c.trigger.pattern, "event");
  for (size_t i = 0; i < c.trigger.fact_pattern.args.size(); ++i)
    bind(names, c.trigger.fact_pattern.args[i], "fact." + number(i));
  bind(names, c.trigger.outcome_bearer, "breacher");
  if (c.bearer.var < names.of.size() && names.of[c.bearer.var].empty()) names.of[c.bearer.var] = "bearer";
  for (size_t i = 0; i < c.acts.size(); ++i) bind(names, c.acts[i], i == 0 ? "act" : "act" + number(i));
  return names;
}

// ---- conditions ----

std::string Former::list(const std::vector<ExprId>& args, Names& names, bool sorted) const {
  std::vector<std::string> parts;
  for (ExprId a : args) parts.push_back(a ? expr(a, names) : "–");
  if (sorted) std::sort(parts.begin(), parts.end());
  return joined(parts, " ");
}

std::string Former::expr(ExprId id, Names& names) const {
  if (!id) return "?";
  const model::Expr& e = m_[id];
  const auto of = [&](const std::string& word, bool sorted = false) {
    return "(" + word + " " + list(e.args, names, sorted) + ")";
  };
  switch (e.op) {
    case Op::constant:
      return show(e.value, e.type);
    case Op::var:
      return "$" + (e.a < names.of.size() ? names.of[e.a] : number(e.a));
    case Op::event_field:
      return expr(e.args[0], names) + "." + m_.events[m_[e.args[0]].type.id].params[e.a].label;
    case Op::fact:
      return of(fact_name(model::FactId(e.a)));
    case Op::is_kind:
      return of("is " + m_.kinds[e.a].name);
    case Op::eq:
    case Op::ne:
    case Op::add:
    case Op::mul:
    case Op::logical_and:
    case Op::logical_or:
      return of("op" + number(e.op), true);
    case Op::some:
    case Op::every:
    case Op::count: {
      const model::Quantifier& q = m_.quantifiers[e.a];
      if (q.var < names.of.size()) names.of[q.var] = "q" + number(names.depth);
      ++names.depth;
      std::string out = of("op" + number(e.op) + " " + domain(q.domain));
      --names.depth;
      return out;
    }
    case Op::happened:
      return "(happened " + pattern(model::PatternId(e.a), names) + " " + number(e.value) + ")";
    case Op::reading:
      return "(reading " + m_.readings[e.a].name + " " + number(e.value) + ")";
    case Op::chosen:
    case Op::choice_parameter:
      return "(op" + number(e.op) + " " + m_.choices[e.a].name + " " + number(e.value) + ")";
    default:
      return of("op" + number(e.op));
  }
}

std::vector<std::pair<std::string, ExprId>> Former::conditions(ClauseId clause, ExprId e) const {
  std::vector<std::pair<std::string, ExprId>> out;
  if (!e) return out;
  Names names = names_of(m_[clause]);
  const std::vector<ExprId> whole{e};
  for (ExprId part : m_[e].op == Op::logical_and ? m_[e].args : whole)
    out.emplace_back(expr(part, names), part);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> Former::conjuncts(ClauseId clause, ExprId e) const {
  std::vector<std::string> out;
  for (auto& [form, id] : conditions(clause, e)) out.push_back(std::move(form));
  return out;
}

// ---- patterns ----

std::string Former::arg(const model::PatternArg& a, Names& names) const {
  if (a.mode == model::ArgMode::match) return expr(a.match, names);
  if (a.mode == model::ArgMode::any) return "any";
  return a.filter ? "a " + domain(*a.filter) : "told";
}

std::string Former::args(const std::vector<model::Param>& params, const std::vector<model::PatternArg>& given,
                         Names& names) const {
  std::string out = "(";
  for (size_t i = 0; i < given.size(); ++i) {
    if (given[i].mode != model::ArgMode::any) out += " " + params[i].label + ":" + arg(given[i], names);
  }
  return out + ")";
}

std::string Former::pattern(model::PatternId id, Names& names) const {
  if (!id) return "–";
  const model::Pattern& p = m_[id];
  std::string out = p.decided_by ? entity(p.decided_by) + " decided " : p.decided ? "decided " : "";
  out += m_[p.event].name + args(m_[p.event].params, p.args, names);
  return p.content ? out + " motion " + pattern(p.content, names) : out;
}

std::string Former::trigger(const model::Trigger& t, Names& names) const {
  std::string out = number(t.kind) + " ";
  switch (t.kind) {
    case TriggerKind::none:
    case TriggerKind::reparation:
      return out;
    case TriggerKind::event:
    case TriggerKind::rejected:
      return out + pattern(t.pattern, names);
    case TriggerKind::outcome: {
      std::vector<std::string> of;
      for (ClauseId c : t.targets) of.push_back(cited(c));
      std::sort(of.begin(), of.end());
      of.erase(std::unique(of.begin(), of.end()), of.end());
      return out + number(t.outcome) + " of " + joined(of, ",") + " by " + arg(t.outcome_bearer, names);
    }
    case TriggerKind::fact_begins:
    case TriggerKind::fact_ends:
      return out + fact_name(t.fact_pattern.fact) +
             args(m_[t.fact_pattern.fact].params, t.fact_pattern.args, names);
    case TriggerKind::becomes_true:
      return out + expr(t.condition, names);
  }
  return out;
}

// ---- norms ----

std::string Former::bearer(const model::Bearer& b, Names& names) const {
  std::string out = number(b.kind) + " ";
  if (b.kind == model::BearerKind::one)
    out += b.entity ? expr(b.entity, names) : "?";
  else if (b.kind != model::BearerKind::none)
    out += domain(b.domain);
  return b.except.empty() ? out : out + " except " + list(b.except, names, true);
}

std::string Former::deadline(const model::Deadline& d, Names& names) const {
  switch (d.kind) {
    case model::DeadlineKind::none:
      return {};
    case model::DeadlineKind::within: {
      const Duration& each = d.open ? d.open->unit : d.within;
      return "within " + (d.open ? expr(d.open->count, names) + " × " : "") + format_duration(each) +
             (d.anchor ? " of " + expr(d.anchor, names) : "");
    }
    case model::DeadlineKind::by:
      return "by " + format_iso(d.by);
    case model::DeadlineKind::promptly:
      return "promptly";
  }
  return {};
}

std::string Former::effect(const model::Effect& e, Names& names) const {
  return number(e.kind) + " " + (e.event ? m_[e.event].name : "") + (e.fact ? fact_name(e.fact) : "") + "(" +
         list(e.args, names) + ")" + (e.value ? " = " + expr(e.value, names) : "");
}

ClauseForm Former::clause(ClauseId id) const {
  const model::Clause& c = m_[id];
  Names names = names_of(c);
  ClauseForm out;
  const auto put = [&out](Part p, std::string text) { out[static_cast<size_t>(p)] = std::move(text); };
  const auto condition = [&](ExprId e) { return e ? expr(e, names) : std::string(); };
  put(Part::kind, number(c.kind));
  put(Part::who, bearer(c.bearer, names));
  std::vector<std::string> acts;
  for (model::PatternId a : c.acts) acts.push_back(pattern(a, names));
  std::sort(acts.begin(), acts.end());
  put(Part::what, number(c.at_least) + " of " + joined(acts, "; ") + condition(c.condition));
  put(Part::act_where, condition(c.act_where));
  put(Part::trigger, trigger(c.trigger, names));
  put(Part::where, condition(c.where));
  put(Part::deadline, deadline(c.deadline, names));
  put(Part::discretion, c.discretion ? "yes" : "");
  put(Part::unless, condition(c.unless));
  put(Part::while_, condition(c.while_));
  put(Part::until, condition(c.until));
  put(Part::dates, (c.from ? "from " + format_iso(*c.from) : "") +
                       (c.until_instant ? " until " + format_iso(*c.until_instant) : ""));
  put(Part::late, c.even_if_late ? "yes" : "");
  put(Part::owed_to, (c.owed_to_all ? "all " : "") + condition(c.owed_to));
  std::vector<std::string> over;
  for (const model::ClauseRef& r : c.prevails_over)
    over.push_back(r.article ? article(r.article) : r.instrument == own_ ? "this" : m_[r.instrument].name);
  std::sort(over.begin(), over.end());
  put(Part::priority, joined(over, ", "));
  std::string otherwise = c.breach_word ? "breach " + m_[c.breach_word] : "";
  if (c.otherwise) {
    const ClauseForm reparation = clause(c.otherwise);
    otherwise += " " + joined({reparation.begin(), reparation.end()}, "|");
  }
  put(Part::otherwise, std::move(otherwise));
  put(Part::notice, c.takes_effect.zero() ? "" : format_duration(c.takes_effect));
  std::vector<std::string> effects;
  for (const model::Effect& e : c.effects) effects.push_back(effect(e, names));
  put(Part::effects, joined(effects, "; "));
  put(Part::after, c.after.zero() ? "" : format_duration(c.after));
  put(Part::reading,
      c.reading ? m_[c.reading].name + " = " + m_[c.reading].options[c.reading_option].name : "");
  put(Part::package, condition(c.only_if));
  return out;
}

// ---- bodies and words ----

std::string Former::rule(const model::Rule& r) const {
  std::vector<std::string> leaves;
  for (const model::Comparison& c : r.comparisons) {
    std::vector<std::string> terms;
    for (const model::TallyTerm& t : c.terms) {
      terms.push_back(number(t.coefficient) + "*" + number(t.choices) +
                      (t.from ? " from " + domain(*t.from) : "") +
                      (t.weight ? " by " + fact_name(t.weight) : ""));
    }
    std::sort(terms.begin(), terms.end());
    leaves.push_back(joined(terms, " + ") + " + " + number(c.constant) + " cmp" + number(c.compare));
  }
  // Nodes stand after the nodes that they are made of, or before: a walk with its own depth, as deep as the rule was written.
  const auto node = [&](const auto& self, uint32_t n) -> std::string {
    const model::RuleNode& at = r.nodes[n];
    if (at.op == model::RuleOp::leaf) return leaves[at.leaf];
    std::vector<std::string> parts;
    for (uint32_t k : at.children) parts.push_back(self(self, k));
    std::sort(parts.begin(), parts.end());
    return "(" + number(at.op) + " " + joined(parts, ", ") + ")";
  };
  return r.nodes.empty() ? "" : node(node, r.root);
}

std::array<std::string, 5> Former::decision(const model::Decision& d) const {
  Names names{std::vector<std::string>(d.vars.size()), 0};
  bind(names, d.content, "motion");
  if (d.recused_var < names.of.size()) names.of[d.recused_var] = "member";
  std::array<std::string, 5> out;
  out[0] = pattern(d.content, names);
  out[1] = d.where ? expr(d.where, names) : "";
  out[2] = d.recused ? expr(d.recused, names) : "";
  out[3] = rule(m_[d.rule]);
  out[4] = deadline(d.within, names);
  return out;
}

std::string Former::fact(const model::Fact& f) const {
  std::string out = number(f.role) + (f.contested ? " contested" : "");
  for (const model::Param& p : f.params) out += " " + p.label + ": " + m_.type_words(p.type);
  out += " is " + m_.type_words(f.result);
  std::vector<std::string> rules;
  for (const model::DerivedRule& r : f.rules) {
    Names names{std::vector<std::string>(r.vars.size()), 0};
    for (size_t i = 0; i < f.params.size() && i < names.of.size(); ++i) names.of[i] = f.params[i].label;
    rules.push_back(expr(r.condition, names));
  }
  std::sort(rules.begin(), rules.end());
  return out + " when " + joined(rules, " or ");
}

std::string Former::event(const model::EventType& e) const {
  std::string out = e.institutional ? "institutional" : "";
  for (const model::Param& p : e.params) out += " " + p.label + ": " + m_.type_words(p.type);
  return out;
}

}  // namespace casus::diff
