// SPDX-License-Identifier: Apache-2.0
#include "check/coded.h"

#include <algorithm>
#include <cstdlib>

#include "check/votes.h"

namespace casus::check {

using model::Op;
using model::TypeKind;

namespace {

constexpr int64_t most_votes = 1'000'000;  // beyond it no text spells the number out

bool compares(Op op) {
  return op == Op::eq || op == Op::ne || op == Op::lt || op == Op::le || op == Op::gt || op == Op::ge;
}

// The word for what stands there: a variable, a parameter of an event, a fact.
std::string word_for(const Model& m, ExprId id, const std::vector<std::string>& vars) {
  const model::Expr& e = m[id];
  if (e.op == Op::var && e.a < vars.size()) return vars[e.a];
  if (e.op == Op::fact) return m[FactId(e.a)].name;
  if (e.op == Op::event_field) {
    const Type of = m[e.args[0]].type;
    if (of.kind == TypeKind::event && model::EventTypeId(of.id))
      return m[model::EventTypeId(of.id)].params[e.a].label;
  }
  return {};
}

std::vector<std::string> names_of(const std::vector<model::Named>& vars) {
  std::vector<std::string> out;
  for (const model::Named& v : vars) out.push_back(v.name);
  return out;
}

template <class T>
void once(std::vector<Placed<T>>& list, const T& value, Span at) {
  const bool again = std::any_of(list.begin(), list.end(), [&](const auto& p) { return p.value == value; });
  if (!again) list.push_back({value, at});
}

}  // namespace

void Coded::add(Duration d, Span at) {
  if (!d.zero()) once(durations, d, at);
}

// Of a deadline that a package settles, the shortest and the longest.
void Coded::add_within(const Model& m, const model::Deadline& d, Span at) {
  if (!d.open) return add(d.within, at);
  const model::ChoiceParameter& p = model::choice_parameter(m, m[d.open->count]);
  for (const int64_t n : {p.low, p.high})
    add(Duration{static_cast<int32_t>(d.open->unit.months * n), d.open->unit.ms * n}, at);
}

void Coded::add_amounts(const Model& m, ExprId root, const std::vector<std::string>& vars, Span at) {
  visit(m, root, [&](ExprId id) {
    const model::Expr& e = m[id];
    if (e.op == Op::happened && e.value != model::no_value) add(Duration{0, e.value}, at);
    if (!compares(e.op)) return;
    for (size_t i = 0; i < 2; ++i) {
      const model::Expr& constant = m[e.args[i]];
      if (constant.op != Op::constant) continue;
      if (constant.type.kind == TypeKind::quantity)
        once(quantities[model::QuantityId(constant.type.id)], constant.value, at);
      const std::string word = word_for(m, e.args[1 - i], vars);
      if (constant.type.kind == TypeKind::count && !word.empty()) once(counts[word], constant.value, at);
    }
  });
}

void Coded::add(const Context& x, const Clause& c) {
  add_within(x.m, c.deadline, c.span);
  add(c.after, c.span);
  add(c.takes_effect, c.span);
  std::vector<std::string> vars = names_of(c.vars);
  // `station_forces(troops: count n) where n >= 3_000`: the word is the parameter's.
  for (PatternId p : c.acts) {
    for (size_t i = 0; i < x.m[p].args.size(); ++i) {
      const model::PatternArg& a = x.m[p].args[i];
      if (a.mode == model::ArgMode::bind && a.var < vars.size()) vars[a.var] = x.event_of(p).params[i].label;
    }
  }
  for (ExprId root : conditions_of(c)) add_amounts(x.m, root, vars, c.span);
}

// A comparison of votes with a number, or with a share of other votes. What asks for none (`no = 0`) states
// no threshold.
void Coded::add(const model::Rule& r, Span at) {
  if (adopts_on_a_tie(r)) ties.try_emplace(r.name, at);
  for (const model::Comparison& c : r.comparisons) {
    if (c.terms.size() == 1 && c.constant != 0 && std::abs(c.constant / 2) < most_votes) {
      const int64_t by = c.terms[0].coefficient;
      if (by != 0 && c.constant % by == 0) once(thresholds, Threshold{std::abs(c.constant / by), 0}, at);
    } else if (c.terms.size() == 2 && c.constant == 0) {
      const int64_t a = c.terms[0].coefficient, b = c.terms[1].coefficient;
      if (a > 0 && b < 0 && b > -a) once(thresholds, share(-b, a), at);
    }
  }
}

void Coded::add(Context& x, const model::Body& body, const Decision& d) {
  add_within(x.m, d.within, d.span);
  add(x.m[d.rule], d.span);
  if (d.where) add_amounts(x.m, d.where, names_of(d.vars), d.span);
  if (x.spend(x.givens_of(body.members.fact, body.members.second).size() + 1))
    members[x.m[body.entity].body] = {sizes_of(x, body.members), d.span};
}

void Coded::add(const Context& x, const model::DerivedRule& r, const model::Fact& f) {
  std::vector<std::string> vars;
  for (const model::Param& p : f.params) vars.push_back(p.label);
  add_amounts(x.m, r.condition, vars, r.span);
}

}  // namespace casus::check
