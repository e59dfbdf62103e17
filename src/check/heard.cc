// SPDX-License-Identifier: Apache-2.0
#include "check/heard.h"

#include <algorithm>

namespace casus::check {

using model::ArgMode;
using model::no_var;
using model::Op;
using model::VarIndex;

std::optional<size_t> Heard::parameter(const Model& m, ExprId id) const {
  const model::Expr& e = m[id];
  if (e.op == Op::event_field && m[e.args[0]].op == Op::var && m[e.args[0]].a == occurrence) return e.a;
  if (e.op != Op::var || !direct) return std::nullopt;
  for (size_t i = 0; i < pattern.args.size(); ++i) {
    if (pattern.args[i].mode == ArgMode::bind && pattern.args[i].var == e.a) return i;
  }
  return std::nullopt;
}

bool names_target(const Context& x, const Heard& h, ExprId id, Range& who) {
  const model::Expr& e = x.m[id];
  const auto is_target = [&](ExprId a) {
    const auto p = a ? h.parameter(x.m, a) : std::nullopt;
    return p && *p == h.target;
  };
  if (e.op == Op::eq) {
    for (size_t i = 0; i < 2; ++i) {
      if (!is_target(e.args[i])) continue;
      const Range other = range(x, h.c, e.args[1 - i]);
      if (other.value) who.value = other.value;
      who.in.insert(who.in.end(), other.in.begin(), other.in.end());
      return true;
    }
  }
  const bool group = e.op == Op::fact && !e.args.empty() && is_target(e.args[0]) &&
                     (x.m[FactId(e.a)].role == model::FactRole::role ||
                      x.m[FactId(e.a)].role == model::FactRole::group || FactId(e.a) == model::fact_party);
  if (!group) return false;
  const bool party = FactId(e.a) == model::fact_party;
  if (party && x.m[e.args[1]].op != Op::constant) return false;
  const EntityId second = party ? EntityId(static_cast<size_t>(x.m[e.args[1]].value)) : EntityId();
  who.in.push_back({{}, FactId(e.a), second});
  return true;
}

std::vector<Heard> heard(const Model& m, const Clause& c) {
  std::vector<Heard> out;
  if (c.trigger.kind != TriggerKind::event || m[c.trigger.pattern].decided) return out;
  const model::Pattern& p = m[c.trigger.pattern];
  if (const auto target = target_of(m[p.event])) out.push_back({c, p, p.event, *target, p.as, true});
  for (const model::PatternArg& a : p.args) {
    if (a.mode != ArgMode::bind || c.var_types[a.var].kind != model::TypeKind::event) continue;
    const model::EventTypeId about(c.var_types[a.var].id);
    const auto target = about ? target_of(m[about]) : std::nullopt;
    if (!target) continue;
    Heard h{c, p, about, *target, a.var, false, no_var};
    std::vector<std::pair<ExprId, bool>> parts;
    conjuncts(m, c.where, true, parts);
    for (const auto& [id, wanted] : parts) {
      const model::Expr& e = m[id];
      if (!wanted || e.op != Op::eq) continue;
      for (size_t i = 0; i < 2; ++i) {
        const auto p_of = h.parameter(m, e.args[i]);
        if (p_of == h.target && m[e.args[1 - i]].op == Op::var)
          h.alias = static_cast<VarIndex>(m[e.args[1 - i]].a);
      }
    }
    out.push_back(h);
  }
  return out;
}

bool falls_on_side(const Model& m, const Heard& h) {
  if (h.c.bearer.kind != model::BearerKind::one) return false;
  const auto p = h.parameter(m, h.c.bearer.entity);
  return p && (*p == h.target || *p == m[h.event].by);
}

Range target_range(const Context& x, const Heard& h) {
  Range who;
  who.type = x.m[h.event].params[h.target].type;
  return h.direct ? range(x, h.c, h.pattern.args[h.target], who.type) : who;
}

std::optional<size_t> target_of(const model::EventType& e) {
  if (e.institutional || e.by == 0xFF) return std::nullopt;
  for (size_t i = 0; i < e.params.size(); ++i) {
    const bool falls_on = e.params[i].label == "on" || e.params[i].label == "against";
    if (falls_on && e.params[i].type.kind == model::TypeKind::entity) return i;
  }
  return std::nullopt;
}

std::vector<Struck> struck(const Context& x, const Clause& c) {
  std::vector<Struck> out;
  for (const Heard& h : heard(x.m, c)) {
    Range who = target_range(x, h);
    std::vector<std::pair<ExprId, bool>> parts;
    conjuncts(x.m, c.where, true, parts);
    for (const auto& [e, wanted] : parts) {
      if (wanted) names_target(x, h, e, who);
    }
    out.push_back({h.event, std::move(who)});
  }
  return out;
}

bool for_another(const Context& x, const Clause& c) {
  const auto all = heard(x.m, c);
  return std::any_of(all.begin(), all.end(), [&](const Heard& h) { return !falls_on_side(x.m, h); });
}

}  // namespace casus::check
