// SPDX-License-Identifier: Apache-2.0
#include "check/norms.h"

#include <algorithm>
#include <map>
#include <set>

namespace casus::check {

using model::ArgMode;
using model::BearerKind;
using model::no_var;
using model::Op;
using model::Pattern;
using model::PatternArg;
using model::VarIndex;

namespace {

// Where a variable is bound: the argument, or nothing when it is the bearer's or a quantifier's.
const PatternArg* bound_in(const std::vector<PatternArg>& args, VarIndex var) {
  for (const PatternArg& a : args) {
    if (a.mode == ArgMode::bind && a.var == var) return &a;
  }
  return nullptr;
}

const PatternArg* binding(const Model& m, const Clause& c, VarIndex var) {
  std::vector<PatternId> patterns = c.acts;
  patterns.push_back(c.trigger.pattern);
  for (PatternId p : patterns) {
    for (; p; p = m[p].content) {
      if (const PatternArg* a = bound_in(m[p].args, var)) return a;
    }
  }
  if (const PatternArg* a = bound_in(c.trigger.fact_pattern.args, var)) return a;
  return c.trigger.outcome_bearer.mode == ArgMode::bind && c.trigger.outcome_bearer.var == var
             ? &c.trigger.outcome_bearer
             : nullptr;
}

std::vector<std::pair<ExprId, bool>> all_conjuncts(const Model& m, const Clause& c) {
  std::vector<std::pair<ExprId, bool>> out;
  for (ExprId e : {c.where, c.act_where, c.while_}) conjuncts(m, e, true, out);
  for (ExprId e : {c.unless, c.until}) conjuncts(m, e, false, out);
  return out;
}

// `v = X`, `v is K`, `v in ROLE` as a condition narrows what the variable can be. Of other facts the text
// tells only some.
void narrow(const Model& m, VarIndex var, ExprId id, Range& out) {
  const model::Expr& e = m[id];
  const auto is_var = [&](ExprId a) { return m[a].op == Op::var && m[a].a == var; };
  if (e.args.empty()) return;
  if (e.op == Op::eq) {
    for (size_t i = 0; i < 2; ++i) {
      if (is_var(e.args[i]) && m[e.args[1 - i]].op == Op::constant) out.value = m[e.args[1 - i]].value;
    }
  } else if (e.op == Op::is_kind && is_var(e.args[0])) {
    out.in.push_back({model::KindId(e.a), {}, {}});
  } else if (e.op == Op::fact && e.args[0] && is_var(e.args[0])) {
    const FactId fact(e.a);
    const bool listed = m[fact].role == model::FactRole::role || m[fact].role == model::FactRole::group;
    if (e.args.size() == 1 && listed)
      out.in.push_back({{}, fact, {}});
    else if (e.args.size() == 2 && fact == model::fact_party && e.args[1] && m[e.args[1]].op == Op::constant)
      out.in.push_back({{}, fact, EntityId(static_cast<size_t>(m[e.args[1]].value))});
  }
}

class Writer {
 public:
  Writer(const Model& m, const Clause& c, ClauseId id) : m_(m), own_("c" + std::to_string(id.value) + '.') {
    if (c.bearer.var != no_var) names_[c.bearer.var] = "bearer";
    for (PatternId p : c.acts) {
      for (size_t i = 0; i < m[p].args.size(); ++i) {
        const PatternArg& a = m[p].args[i];
        const std::string name = m[m[p].event].params[i].label;
        if (a.mode == ArgMode::bind) names_.try_emplace(a.var, name);
        if (a.mode == ArgMode::match && m[a.match].op == Op::var)
          names_.try_emplace(static_cast<VarIndex>(m[a.match].a), name);
      }
    }
  }
  std::string write(ExprId id) const {
    const model::Expr& e = m_[id];
    std::string out = std::to_string(static_cast<int>(e.op)) + ':' + std::to_string(e.value) + ':';
    if (e.op == Op::var) {
      const auto it = names_.find(static_cast<VarIndex>(e.a));
      out += it == names_.end() ? own_ + std::to_string(e.a) : it->second;
    } else if (e.op == Op::some || e.op == Op::every || e.op == Op::count || e.op == Op::happened) {
      out += own_ + std::to_string(e.a);  // with variables of their own: never the same as another
    } else {
      out += std::to_string(e.a);
    }
    out += '(';
    for (ExprId a : e.args) out += (a ? write(a) : std::string()) + ',';
    return out + ')';
  }

 private:
  const Model& m_;
  std::string own_;
  std::map<VarIndex, std::string> names_;
};

}  // namespace

void conjuncts(const Model& m, ExprId id, bool wanted, std::vector<std::pair<ExprId, bool>>& out) {
  if (!id) return;
  const model::Expr& e = m[id];
  if (e.op == Op::logical_not) return conjuncts(m, e.args[0], !wanted, out);
  if (e.op == (wanted ? Op::logical_and : Op::logical_or)) {
    for (ExprId a : e.args) conjuncts(m, a, wanted, out);
    return;
  }
  out.emplace_back(id, wanted);
}

Range range(const Context& x, const Clause& c, VarIndex var) {
  if (var == c.bearer.var) return bearer_range(x, c);
  Range out;
  out.type = c.var_types[var];
  const PatternArg* a = nullptr;
  const Clause* of = &c;  // a reparation has its parent's variables
  while (!(a = binding(x.m, *of, var)) && of->trigger.kind == TriggerKind::reparation) {
    of = &x.m[of->trigger.parent];
    if (var == of->bearer.var) return bearer_range(x, *of);
  }
  if (a && a->filter) out.in.push_back(*a->filter);
  for (const auto& [e, wanted] : all_conjuncts(x.m, *of)) {
    if (wanted) narrow(x.m, var, e, out);
  }
  return out;
}

Range range(const Context& x, const Clause& c, ExprId id) {
  const model::Expr& e = x.m[id];
  if (e.op == Op::var && e.a < c.var_types.size()) return range(x, c, static_cast<VarIndex>(e.a));
  Range out;
  out.type = e.type;
  if (e.op == Op::constant) out.value = e.value;
  return out;
}

Range range(const Context& x, const Clause& c, const PatternArg& arg, Type type) {
  if (arg.mode == ArgMode::bind) return range(x, c, arg.var);
  if (arg.mode == ArgMode::match) return range(x, c, arg.match);
  Range out;
  out.type = type;
  return out;
}

Range bearer_range(const Context& x, const Clause& c) {
  Range out;
  if (c.bearer.kind == BearerKind::one) {
    const model::Expr& e = x.m[c.bearer.entity];
    const bool itself = e.op == Op::var && e.a == c.bearer.var;
    if (!itself) out = range(x, c, c.bearer.entity);
  } else {
    out.type = c.var_types[c.bearer.var];
    out.in.push_back(c.bearer.domain);
  }
  for (ExprId e : c.bearer.except) {
    if (x.m[e].op == Op::constant) out.without.emplace_back(static_cast<size_t>(x.m[e].value));
  }
  for (const auto& [e, wanted] : all_conjuncts(x.m, c)) {
    if (wanted) narrow(x.m, c.bearer.var, e, out);
  }
  return out;
}

Norm norm_of(const Context& x, ClauseId id) {
  const Clause& c = x.m[id];
  Norm out;
  out.id = id;
  out.bearer = bearer_range(x, c);
  for (PatternId p : c.acts) {
    Act& act = out.acts.emplace_back();
    act.event = x.m[p].event;
    for (size_t i = 0; i < x.m[p].args.size(); ++i)
      act.args.push_back(range(x, c, x.m[p].args[i], x.event_of(p).params[i].type));
    for (const PatternArg& a : x.m[p].args) {
      const bool match = a.mode == ArgMode::match && x.m[a.match].op == Op::var;
      act.vars.push_back(match                     ? static_cast<VarIndex>(x.m[a.match].a)
                         : a.mode == ArgMode::bind ? a.var
                                                   : no_var);
    }
  }
  const Writer writer(x.m, c, id);
  for (const auto& [e, wanted] : all_conjuncts(x.m, c)) out.conditions.emplace_back(writer.write(e), wanted);
  std::sort(out.conditions.begin(), out.conditions.end());
  return out;
}

std::vector<model::EventTypeId> required(const Model& m, ExprId root) {
  std::vector<model::EventTypeId> out;
  std::set<FactId> asked;
  std::vector<ExprId> open{root};
  while (!open.empty()) {
    std::vector<std::pair<ExprId, bool>> parts;
    conjuncts(m, open.back(), true, parts);
    open.pop_back();
    for (const auto& [id, wanted] : parts) {
      const model::Expr& e = m[id];
      if (!wanted) continue;
      if (e.op == Op::happened) out.push_back(m[PatternId(e.a)].event);
      if (e.op == Op::some) open.push_back(e.args[0]);
      if (e.op == Op::fact && m[FactId(e.a)].rules.size() == 1 && asked.insert(FactId(e.a)).second)
        open.push_back(m[FactId(e.a)].rules[0].condition);
    }
  }
  return out;
}

bool contradict(const std::vector<Condition>& a, const std::vector<Condition>& b) {
  return std::any_of(a.begin(), a.end(), [&](const Condition& c) {
    return std::binary_search(b.begin(), b.end(), Condition(c.first, !c.second));
  });
}

}  // namespace casus::check
