// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>

#include "model/choose.h"
#include "model/describer.h"

namespace casus::model {

namespace {
constexpr std::array<std::string_view, 6> compare_signs{"=", "!=", "<", "<=", ">", ">="};
}  // namespace

void Describer::instruments() {
  for (const Instrument& i : m_.instruments) instrument(i);
  for (size_t k = 0; k < m_.clauses.size(); ++k) {
    if (!m_.clauses[k].instrument) clause(ClauseId(k), 0);
  }
  for (const Body& b : m_.bodies) body(b);
  for (const Rule& r : m_.rules) rule(r);
}

void Describer::instrument(const Instrument& i) {
  constexpr std::array<std::string_view, 3> bindings{"law", "politics", "none"};
  line(0, head("instrument", i) + " binding " + std::string(bindings[static_cast<size_t>(i.binding)]) +
              (i.prevails_over_all ? " prevails over all" : ""));
  if (!i.cite.empty()) line(1, "cite \"" + i.cite + '"');
  if (i.signed_on) line(1, "signed " + format_iso(*i.signed_on));
  if (i.draft_since) line(1, "draft since " + format_iso(*i.draft_since));
  const auto wording = [this](const std::optional<Wording>& w, int depth) {
    if (w) line(depth, fmt::format("wording {} \"{}\"", w->mark, w->where));
  };
  const auto sources = [this](const std::vector<SourceRefId>& list, int depth) {
    for (SourceRefId s : list) line(depth, head("source", m_[s]));
  };
  wording(i.wording, 1);
  sources(i.sources, 1);
  for (const Reservation& r : i.reservations) {
    std::string articles;
    for (ArticleId a : r.articles) articles += ' ' + m_[a].label;
    line(1, fmt::format("reservation by {} to{}{}", names({r.party}), articles, dates(r.from, r.until)));
  }
  for (ArticleId a : i.articles) {
    line(1, "article " + m_[a].label + (m_[a].title.empty() ? "" : " \"" + m_[a].title + '"'));
    wording(m_[a].wording, 2);
    sources(m_[a].sources, 2);
    for (ClauseId c : m_[a].clauses) clause(c, 2);
  }
  for (ClauseId c : i.clauses) {
    if (!m_[c].article) clause(c, 1);
  }
}

void Describer::clause(ClauseId id, int depth) {
  constexpr std::array<std::string_view, 7> kinds{"obligation", "bring about", "maintenance", "prohibition",
                                                  "permission", "power",       "consequence"};
  const Clause& c = m_[id];
  vars_ = &c.vars;
  line(depth, fmt::format("{}: {}", m_.cite(id), kinds[static_cast<size_t>(c.kind)]));
  std::string vars;
  for (size_t v = 0; v < c.vars.size(); ++v) {
    vars += fmt::format("{}{}: {}{}", v ? ", " : "", var(static_cast<VarIndex>(v)),
                        m_.type_words(c.var_types[v]), v < c.trigger_vars ? " (trigger)" : "");
  }
  if (!vars.empty()) line(depth + 1, "vars " + vars);
  if (c.trigger.kind != TriggerKind::none) line(depth + 1, "when " + trigger(c.trigger));
  if (c.where) line(depth + 1, "where " + expr(c.where));
  if (c.reading)
    line(depth + 1, fmt::format("under reading {} = {}", m_[c.reading].name,
                                m_[c.reading].options[c.reading_option].name));
  if (c.only_if) line(depth + 1, "only if " + expr(c.only_if));
  if (c.left_out) line(depth + 1, "left out");
  if (c.kind != ClauseKind::consequence) norm(c, depth + 1);
  for (const Effect& e : c.effects) line(depth + 1, "then " + effect(e));
  if (!c.after.zero()) line(depth + 1, "after " + format_duration(c.after));
  vars_ = nullptr;
}

std::string Describer::trigger(const Trigger& t) const {
  constexpr std::array<std::string_view, 4> outcomes{"breach", "performance", "non_performance", "release"};
  switch (t.kind) {
    case TriggerKind::none:
      return "standing";
    case TriggerKind::event:
      return pattern(t.pattern);
    case TriggerKind::rejected:
      return "rejected " + pattern(t.pattern);
    case TriggerKind::outcome: {
      std::string out = std::string(outcomes[static_cast<size_t>(t.outcome)]) + " of";
      for (ClauseId c : t.targets) out += " [" + m_.cite(c) + ']';
      return out + " by " + arg(t.outcome_bearer);
    }
    case TriggerKind::fact_begins:
    case TriggerKind::fact_ends: {
      const Fact& f = m_[t.fact_pattern.fact];
      return (t.kind == TriggerKind::fact_begins ? "begins " : "ends ") + f.name +
             args(f.params, t.fact_pattern.args);
    }
    case TriggerKind::becomes_true:
      return "once " + expr(t.condition);
    case TriggerKind::reparation:
      return "breach of [" + m_.cite(t.parent) + "] as its reparation";
  }
  return "?";
}

std::string Describer::bearer(const Bearer& b) const {
  std::string out;
  switch (b.kind) {
    case BearerKind::none:
      return "nobody";
    case BearerKind::each:
      out = "each " + domain(b.domain);
      break;
    case BearerKind::together:
      out = "together " + domain(b.domain);
      break;
    case BearerKind::one:
      out = expr(b.entity);
      break;
  }
  out += " as " + var(b.var);
  if (!b.except.empty()) out += " except " + list(b.except, ", ");
  return out;
}

std::string Describer::deadline(const Deadline& d) const {
  switch (d.kind) {
    case DeadlineKind::none:
      return "none";
    case DeadlineKind::within:
      return "within " + within_words(m_, d) + (d.anchor ? " of " + expr(d.anchor) : "");
    case DeadlineKind::by:
      return "by " + format_iso(d.by);
    case DeadlineKind::promptly:
      return "promptly";
  }
  return "?";
}

void Describer::norm(const Clause& c, int depth) {
  line(depth, "bearer " + bearer(c.bearer));
  for (PatternId a : c.acts) line(depth, "act " + pattern(a));
  if (c.at_least != 1) line(depth, fmt::format("at least {}", c.at_least));
  const auto shown = [&](std::string_view word, ExprId e) {
    if (e) line(depth, fmt::format("{} {}", word, expr(e)));
  };
  shown("act where", c.act_where);
  shown("condition", c.condition);
  shown("while", c.while_);
  shown("until", c.until);
  shown("unless", c.unless);
  if (c.from) line(depth, "from " + format_iso(*c.from));
  if (c.until_instant) line(depth, "until " + format_iso(*c.until_instant));
  if (c.deadline.kind != DeadlineKind::none) line(depth, "deadline " + deadline(c.deadline));
  if (c.discretion) line(depth, "discretion");
  if (c.even_if_late) line(depth, "even if late");
  if (c.owed_to_all) line(depth, "owed to all parties");
  shown("owed to", c.owed_to);
  for (const ClauseRef& r : c.prevails_over) {
    line(depth, "prevails over " + m_[r.instrument].name + (r.article ? '.' + m_[r.article].label : ""));
  }
  if (c.otherwise) line(depth, "otherwise [" + m_.cite(c.otherwise) + ']');
  if (c.breach_word) line(depth, "otherwise breach " + m_[c.breach_word]);
  if (!c.takes_effect.zero())
    line(depth, "takes effect " + format_duration(c.takes_effect) + " after notice");
}

std::string Describer::effect(const Effect& e) const {
  const std::string given = '(' + list(e.args, ", ") + ')';
  switch (e.kind) {
    case EffectKind::counts_as:
      return "counts as " + m_[e.event].name + given;
    case EffectKind::begin_fact:
      return "begins " + m_[e.fact].name + given;
    case EffectKind::end_fact:
      return "ends " + m_[e.fact].name + given;
    case EffectKind::set_fact:
      return "set " + m_[e.fact].name + given + " = " + expr(e.value);
    case EffectKind::enters_into_force:
      return "enters into force " + given;
    case EffectKind::terminated:
      return "terminated " + given;
    case EffectKind::suspended:
      return "suspended " + given;
    case EffectKind::resumes:
      return "resumes " + given;
    case EffectKind::succeeds:
      return "succeeds " + given;
  }
  return "?";
}

void Describer::body(const Body& b) {
  line(0, fmt::format("{} of {} members {}{}{}", head("body", b),
                      b.instrument ? m_[b.instrument].name : "nobody", domain(b.members),
                      b.chair ? " chair " + m_[b.chair].name : "",
                      b.votes_may_change ? " votes may change" : ""));
  for (const Decision& d : b.decisions) {
    vars_ = &d.vars;
    std::string text = "decides " + pattern(d.content) + " by " + m_[d.rule].name;
    if (d.within.kind != DeadlineKind::none) text += ' ' + deadline(d.within);
    if (d.where) text += " where " + expr(d.where);
    if (d.recused) text += " recused " + var(d.recused_var) + " where " + expr(d.recused);
    if (d.article) text += " (article " + m_[d.article].label + ')';
    if (d.only_if) text += " only if " + expr(d.only_if);
    if (d.left_out) text += " left out";
    line(1, std::move(text));
    vars_ = nullptr;
  }
}

std::string Describer::comparison(const Comparison& c) const {
  constexpr std::array<std::string_view, 4> choices{"yes", "no", "abstain", "absent"};
  std::string out;
  for (const TallyTerm& t : c.terms) {
    std::string counted;
    for (size_t k = 0; k < choices.size(); ++k) {
      if ((t.choices >> k & 1) != 0) counted += (counted.empty() ? "" : "+") + std::string(choices[k]);
    }
    out += fmt::format("{:+}*[{}{}{}] ", t.coefficient, t.weight ? m_[t.weight].name + " of " : "", counted,
                       t.from ? " from " + domain(*t.from) : "");
  }
  return fmt::format("{}{:+} {} 0", out, c.constant, compare_signs[static_cast<size_t>(c.compare)]);
}

std::string Describer::rule_node(const Rule& r, uint32_t n) const {
  if (n >= r.nodes.size()) return "?";
  const RuleNode& node = r.nodes[n];
  if (node.op == RuleOp::leaf) return comparison(r.comparisons[node.leaf]);
  if (node.op == RuleOp::negation) return "not (" + rule_node(r, node.children.front()) + ')';
  std::string out;
  for (uint32_t k : node.children)
    out += (out.empty() ? "(" : node.op == RuleOp::both ? " and " : " or ") + rule_node(r, k);
  return out + ')';
}

void Describer::rule(const Rule& r) { line(0, head("rule", r) + ": " + rule_node(r, r.root)); }

}  // namespace casus::model
