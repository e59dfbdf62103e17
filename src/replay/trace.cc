// SPDX-License-Identifier: Apache-2.0
#include "replay/trace.h"

#include <algorithm>

#include "text/words.h"

namespace casus::replay {

using model::no_value;
using model::Op;
using model::Value;

namespace {

std::string_view sign(Op op) {
  switch (op) {
    case Op::eq:
      return "=";
    case Op::ne:
      return "≠";
    case Op::lt:
      return "<";
    case Op::le:
      return "≤";
    case Op::gt:
      return ">";
    default:
      return "≥";
  }
}

bool is_comparison(Op op) { return op >= Op::eq && op <= Op::ge; }

}  // namespace

Tracer::Tracer(const Replay& replay, const run::Reference& at, const Sources& sources)
    : r_(replay), m_(*replay.model), at_(at), sources_(sources) {
  for (const run::Record& rec : r_.ledger.records) {
    const bool begins = rec.kind == run::RecordKind::fact_begins;
    if (!begins && rec.kind != run::RecordKind::fact_ends) continue;
    const run::FactChange& c = r_.ledger.fact_changes[rec.occurrence];
    if (m_[c.fact].result.kind != model::TypeKind::truth) continue;
    const auto arity = static_cast<std::ptrdiff_t>(m_[c.fact].params.size());
    times_[{c.fact, {c.args.begin(), c.args.begin() + arity}}].emplace_back(rec.at, begins);
  }
}

// Of a relation that does not hold now: since when, or from when on it does.
std::string Tracer::other_times(model::FactId fact, std::span<const Value> args) const {
  const auto it = times_.find({fact, {args.begin(), args.end()}});
  if (it == times_.end()) return {};
  std::string before;
  for (const auto& [at, begins] : it->second) {
    if (at > at_.now() && begins) return "only from " + format_short(Instant{at}) + " on";
    if (at <= at_.now() && !begins) before = "no longer, since " + format_short(Instant{at});
  }
  return before;
}

// Of one that holds: since when; empty when the story does not tell of its beginning.
std::string Tracer::since(model::FactId fact, std::span<const Value> args) const {
  const auto it = times_.find({fact, {args.begin(), args.end()}});
  std::string out;
  if (it == times_.end()) return out;
  for (const auto& [at, begins] : it->second) {
    if (at <= at_.now() && begins) out = " since " + format_short(Instant{at});
  }
  return out;
}

std::string answer_words(evidence::Acceptance acceptance, const model::Assertion& assertion,
                         const model::Model& model) {
  const std::string who = evidence::assertion_words(assertion, model);
  return std::string(acceptance_words(acceptance)) + (who.empty() ? "" : " · " + who);
}

std::string Tracer::occurrence_words(uint32_t number) const {
  if (number >= r_.ledger.occurrences.size()) return "an event not taken";
  const run::Occurrence& o = r_.ledger.occurrences[number];
  const model::EventType& type = m_[o.event];
  std::string out = type.title.empty() ? spaced(type.name) : type.title;
  if (type.by != 0xFF && o.args[type.by] != no_value)
    out = m_.show(o.args[type.by], type.params[type.by].type) + ": " + out;
  for (size_t i = 0; i < type.params.size(); ++i) {
    if (i == type.by || o.args[i] == no_value || type.params[i].type.kind == model::TypeKind::event) continue;
    out += " " + spaced(type.params[i].label) + " " + show_value(r_, o.args[i], type.params[i].type);
  }
  return out + " (" + format_short(Instant{o.at}) + ")";
}

std::string Tracer::value_words(Value value, model::Type type) const {
  if (value == no_value) return "not known";
  if (type.kind == model::TypeKind::event) return occurrence_words(static_cast<uint32_t>(value));
  return show_value(r_, value, type);
}

std::string Tracer::fact_words(model::FactId id, std::span<const Value> args) const {
  const model::Fact& f = m_[id];
  std::string out = spaced(f.name) + "(";
  for (size_t i = 0; i < f.params.size() && i < args.size(); ++i) {
    out += i ? ", " + spaced(f.params[i].label) + " " : "";
    out += value_words(args[i], f.params[i].type);
  }
  return out + ")";
}

std::string Tracer::words(model::ExprId id, const Vars& vars) const {
  const model::Expr& e = m_[id];
  const auto values = [&] {
    std::vector<Value> out;
    for (auto a : e.args) out.push_back(at_.evaluate(a, vars));
    return out;
  };
  switch (e.op) {
    case Op::constant:
    case Op::var:
    case Op::event_field:
    case Op::event_time:
      return value_words(at_.evaluate(id, vars), e.type);
    case Op::now:
      return "now";
    case Op::fact:
      return fact_words(model::FactId(e.a), values());
    case Op::is_kind:
      return words(e.args[0], vars) + " is a " + m_[model::KindId(e.a)].name;
    default:
      break;
  }
  if (is_comparison(e.op))
    return words(e.args[0], vars) + " " + std::string(sign(e.op)) + " " + words(e.args[1], vars);
  return e.span.valid() ? one_line(sources_.slice(e.span)) : "its condition";
}

// Whose word a given fact rests on.
std::string Tracer::asserted(model::FactId id, std::span<const Value> args) const {
  for (const auto* list : {&r_.facts.accepted, &r_.facts.undecided, &r_.facts.rejected}) {
    for (const auto& g : *list) {
      if (g.fact != id || !std::equal(args.begin(), args.end(), g.args.begin())) continue;
      if (g.assertion.asserted_by.empty() && g.assertion.denied_by.empty()) continue;
      const auto acceptance = list == &r_.facts.undecided  ? evidence::Acceptance::undecided
                              : list == &r_.facts.rejected ? evidence::Acceptance::rejected
                                                           : evidence::Acceptance::accepted;
      return answer_words(acceptance, g.assertion, m_);
    }
  }
  return {};
}

std::vector<Reason> Tracer::powers(model::EventTypeId act, model::InstrumentId instrument) const {
  std::vector<Reason> out;
  const auto add = [&](const std::string& by, Span span) {
    out.push_back({Mark::info, "it would change by " + by, one_line(sources_.slice(span)), {}});
  };
  for (size_t i = 0; i < m_.clauses.size(); ++i) {
    const model::Clause& c = m_.clauses[i];
    if (c.left_out || c.kind != model::ClauseKind::power || (instrument && c.instrument != instrument))
      continue;
    const auto same = [&](model::PatternId p) { return m_[p].event == act; };
    if (std::any_of(c.acts.begin(), c.acts.end(), same)) add(m_.cite(model::ClauseId(i)), c.span);
  }
  for (const model::Body& b : m_.bodies) {
    if (instrument && b.instrument != instrument) continue;
    for (const model::Decision& d : b.decisions) {
      if (!d.left_out && m_[d.content].event == act) add("a decision of " + m_[b.entity].name, d.span);
    }
  }
  return out;
}

std::vector<Reason> Tracer::ways(model::FactId id, std::span<const Value> args) const {
  std::vector<Reason> out;
  if (const std::string whose = asserted(id, args); !whose.empty())
    out.push_back({Mark::info, "whose word it is", whose, {}});
  for (size_t i = 0; i < m_.clauses.size() && out.size() < 4; ++i) {
    const model::Clause& c = m_.clauses[i];
    if (c.left_out) continue;
    for (const auto& e : c.effects) {
      const bool sets =
          (e.kind == model::EffectKind::begin_fact || e.kind == model::EffectKind::set_fact) && e.fact == id;
      const bool force = e.kind == model::EffectKind::enters_into_force && id == model::fact_in_force;
      if (!sets && !force) continue;
      // party and in_force of one instrument change by that instrument's own articles.
      if (id == model::fact_party && c.instrument && args.size() > 1 &&
          Value{m_[c.instrument].entity.value} != args[1])
        continue;
      if (force && c.instrument && !args.empty() && Value{m_[c.instrument].entity.value} != args[0]) continue;
      if (c.of_event && m_[m_[c.trigger.pattern].event].institutional) {
        const bool party = id == model::fact_party && args.size() > 1 && args[1] != no_value;
        const model::InstrumentId of =
            party ? m_[model::EntityId(static_cast<size_t>(args[1]))].instrument : model::InstrumentId();
        for (Reason& way : powers(m_[c.trigger.pattern].event, of)) out.push_back(std::move(way));
        break;
      }
      const std::string title = c.article ? m_[c.article].title : "";
      out.push_back(
          {Mark::info,
           "it would change by " + m_.cite(model::ClauseId(i)) + (title.empty() ? "" : " (" + title + ")"),
           c.trigger.pattern ? "on: " + one_line(sources_.slice(m_[c.trigger.pattern].span)) : "",
           {}});
      break;
    }
  }
  return out;
}

Reason Tracer::fact(const model::Expr& e, const Vars& vars, size_t& failed) const {
  std::vector<Value> args;
  for (auto a : e.args) args.push_back(at_.evaluate(a, vars));
  const model::FactId id(e.a);
  Reason r;
  const bool holds = at_.holds(id, args);
  r.mark = holds ? Mark::yes : Mark::no;
  r.text = fact_words(id, args);
  r.answer = holds ? asserted(id, args) : other_times(id, args);
  if (holds) return r;
  ++failed;
  if (m_[id].role != model::FactRole::derived) {
    r.below = ways(id, args);
    return r;
  }
  // The rule of a derived fact that comes nearest.
  if (depth_ >= 3) return r;
  ++depth_;
  size_t best = SIZE_MAX;
  for (const auto& rule : m_[id].rules) {
    Vars inner;
    inner.fill(no_value);
    std::copy(args.begin(), args.end(), inner.begin());
    size_t n = 0;
    Reason part = condition(rule.condition, inner, n);
    if (n >= best) continue;
    best = n;
    r.below = {std::move(part)};
  }
  --depth_;
  return r;
}

Reason Tracer::junction(const model::Expr& e, model::ExprId id, const Vars& vars, size_t& failed) const {
  Reason r;
  const bool holds = at_.evaluate(id, vars) == 1;
  r.mark = holds ? Mark::yes : Mark::no;
  r.text = e.op == Op::logical_and ? "all of" : "one of";
  size_t least = SIZE_MAX, sum = 0;
  for (auto arg : e.args) {
    size_t n = 0;
    r.below.push_back(condition(arg, vars, n));
    sum += n;
    least = std::min(least, n);
  }
  if (!holds) failed += e.op == Op::logical_and ? sum : std::max<size_t>(least, 1);
  return r;
}

Reason Tracer::condition(model::ExprId id, const Vars& vars, size_t& failed) const {
  const model::Expr& e = m_[id];
  if (e.op == Op::logical_and || e.op == Op::logical_or) return junction(e, id, vars, failed);
  if (e.op == Op::fact && e.type.kind == model::TypeKind::truth) return fact(e, vars, failed);
  Reason r;
  const bool holds = at_.evaluate(id, vars) == 1;
  r.mark = holds ? Mark::yes : Mark::no;
  failed += !holds;
  if (e.op == Op::logical_not) {
    size_t ignored = 0;
    r.text = "not " + condition(e.args[0], vars, ignored).text;
    return r;
  }
  r.text = words(id, vars);
  if (is_comparison(e.op)) {
    // What the two sides are, where the words do not say it already.
    for (auto side : e.args) {
      const Op op = m_[side].op;
      if (op == Op::constant || op == Op::var) continue;
      r.below.push_back({Mark::info,
                         e.span.valid() ? one_line(sources_.slice(m_[side].span)) : words(side, vars),
                         value_words(at_.evaluate(side, vars), m_[side].type),
                         {}});
    }
  }
  if (e.op == Op::happened && !holds) r.answer = "it has not happened";
  return r;
}

std::vector<Reason> Tracer::pattern(model::PatternId id, const run::Occurrence& o, uint32_t number,
                                    Vars& vars, size_t& failed) const {
  const model::Pattern& p = m_[id];
  std::vector<Reason> out;
  if (p.as != model::no_var) vars[p.as] = number;
  for (size_t i = 0; i < p.args.size(); ++i) {
    if (p.args[i].mode == model::ArgMode::bind) vars[p.args[i].var] = o.args[i];
  }
  const auto& params = m_[p.event].params;
  for (size_t i = 0; i < p.args.size(); ++i) {
    const model::PatternArg& arg = p.args[i];
    if (arg.mode == model::ArgMode::any) continue;
    const std::string label = spaced(params[i].label) + " " + value_words(o.args[i], params[i].type);
    if (o.args[i] == no_value) {
      ++failed;
      out.push_back({Mark::no, label, "the event does not say", {}});
    } else if (arg.mode == model::ArgMode::bind && arg.filter) {
      out.push_back(membership(*arg.filter, o.args[i], params[i].type, failed));
    } else if (arg.mode == model::ArgMode::match) {
      const Value want = at_.evaluate(arg.match, vars);
      const bool same = want == o.args[i];
      failed += !same;
      out.push_back({same ? Mark::yes : Mark::no,
                     label,
                     same ? "" : "asked for: " + value_words(want, m_[arg.match].type),
                     {}});
    }
  }
  if (p.decided) {
    failed += !o.decided;
    out.push_back({o.decided ? Mark::yes : Mark::no, "decided by a body", "", {}});
  }
  return out;
}

}  // namespace casus::replay
