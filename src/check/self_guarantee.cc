// SPDX-License-Identifier: Apache-2.0
// Self-guarantee. A duty of `each ROLE` arises from somebody's act, and that somebody may be in the role
// himself: then a guarantor who attacks owes help against himself, and counts where the guarantors decide
// together. The acting party is who does the trigger's event, or who did an event that the trigger is about
// (`requested(about: attack)`). An exception of that very actor, or any condition that names both the bearer
// and the act, counts as an answer; so does a trigger that asks for an act by somebody of the role, since the
// text then means it. An act that falls on nobody, such as a notice, is none against which anything is owed. What can not be seen: that a role's members would never act so, and answers that stand
// in another article.
#include <algorithm>
#include <map>

#include "check/heard.h"

namespace casus::check {

using model::ArgMode;
using model::no_var;
using model::Op;
using model::VarIndex;

namespace {

bool same(const Domain& a, const Domain& b) {
  return a.kind == b.kind && a.fact == b.fact && a.second == b.second;
}

// The acting party, as the clause can refer to it: a variable, or a field of the occurrence in a variable.
struct Actor {
  VarIndex var = no_var;
  VarIndex occurrence = no_var;
  Range range;
  std::string of;  // the event
};

bool refers_to(const Model& m, ExprId root, const Actor& a) {
  bool found = false;
  visit(m, root, [&](ExprId id) {
    const model::Expr& e = m[id];
    if (e.op == Op::var && (e.a == a.var || e.a == a.occurrence)) found = true;
  });
  return found;
}

bool refers_to_var(const Model& m, ExprId root, VarIndex var) {
  bool found = false;
  visit(m, root, [&](ExprId id) { found = found || (m[id].op == Op::var && m[id].a == var); });
  return found;
}

bool answered(const Context& x, const Clause& c, const Actor& a) {
  for (ExprId e : c.bearer.except) {
    if (refers_to(x.m, e, a)) return true;
  }
  for (ExprId e : {c.unless, c.while_, c.until, c.act_where}) {
    if (e && refers_to(x.m, e, a) && refers_to_var(x.m, e, c.bearer.var)) return true;
  }
  // `where not attack.by in guarantor`, `where attack.by = X`: the trigger leaves the role's members out.
  std::vector<std::pair<ExprId, bool>> parts;
  conjuncts(x.m, c.where, true, parts);
  return std::any_of(parts.begin(), parts.end(), [&](const auto& part) {
    const model::Expr& e = x.m[part.first];
    if (!refers_to(x.m, part.first, a)) return false;
    if (e.op == Op::fact) return !part.second && FactId(e.a) == c.bearer.domain.fact;
    if (e.op != Op::eq || !part.second) return false;
    return std::any_of(e.args.begin(), e.args.end(), [&](ExprId side) {
      return x.m[side].op == Op::constant &&
             !x.sets.may_hold(c.bearer.domain, EntityId(static_cast<size_t>(x.m[side].value)));
    });
  });
}

// Who acts in the trigger, and in the events that it is about.
std::vector<Actor> actors(const Context& x, const Clause& c) {
  std::vector<Actor> out;
  const model::Pattern& p = x.m[c.trigger.pattern];
  const model::EventType& event = x.m[p.event];
  for (size_t i = 0; i < p.args.size(); ++i) {
    const model::PatternArg& arg = p.args[i];
    const Type type = event.params[i].type;
    if (i == event.by && !p.decided && target_of(event)) {
      const bool meant = arg.filter && same(*arg.filter, c.bearer.domain);
      if (!meant)
        out.push_back(
            {arg.mode == ArgMode::bind ? arg.var : no_var, p.as, range(x, c, arg, type), event.name});
    }
    if (arg.mode != ArgMode::bind || c.var_types[arg.var].kind != model::TypeKind::event) continue;
    const model::EventTypeId about(c.var_types[arg.var].id);
    if (!about || !target_of(x.m[about])) continue;
    Range by;
    by.type = x.m[about].params[x.m[about].by].type;
    out.push_back({no_var, arg.var, by, x.m[about].name});
  }
  return out;
}

struct Finding {
  ClauseId first;
  std::string event;
  std::vector<std::string> also;
};

}  // namespace

void check_self_guarantee(Context& x) {
  std::map<std::tuple<uint32_t, uint32_t, uint32_t>, Finding> findings;  // by instrument and domain
  for (size_t i = 0; i < x.m.clauses.size(); ++i) {
    const Clause& c = x.m.clauses[i];
    if (!is_duty(c) || !x.here(c.span) || c.trigger.kind != TriggerKind::event || !c.bearer.domain.fact)
      continue;
    for (const Actor& a : actors(x, c)) {
      size_t steps = 0;
      const Meeting meeting = x.sets.meet(bearer_range(x, c), a.range, steps);
      if (!x.spend(steps)) return;
      if (!meeting.possible || answered(x, c, a)) continue;
      const auto key =
          std::tuple(c.instrument.value, c.bearer.domain.fact.value, c.bearer.domain.second.value);
      const auto [it, fresh] = findings.try_emplace(key, Finding{ClauseId(i), a.of, {}});
      if (!fresh) it->second.also.push_back(x.m.cite(ClauseId(i)));
      break;
    }
  }
  for (const auto& [key, f] : findings) {
    const Clause& c = x.m[f.first];
    const std::string role = x.m[c.bearer.domain.fact].name;
    Diagnostic d{.kind = Diag::self_guarantee,
                 .span = c.span,
                 .message = "the actor of `" + f.event + "` may be in `" + role +
                            "`, and would then bear this duty about its own act",
                 .where = x.where(c)};
    if (!f.also.empty()) d.notes.push_back("the same holds of " + join(f.also));
    d.notes.push_back("name the actor in the trigger and write `each " + role +
                      " except …`, or say in the prose that it is meant");
    x.add(std::move(d));
  }
}

}  // namespace casus::check
