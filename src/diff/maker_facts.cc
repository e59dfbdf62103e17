// SPDX-License-Identifier: Apache-2.0
// Making conditions true: backwards from what is asked to facts, events and who is who. It tries the obvious, and gives up in silence
// where it sees no way.
#include <algorithm>

#include "check/votes.h"
#include "diff/maker.h"

namespace casus::diff {

using model::no_value;
using model::Op;
using model::TypeKind;

namespace {

constexpr int deepest = 12;
constexpr size_t most_members = 64;  // of those for whom something is made true one by one

bool is_membership(const model::Fact& f) {
  using model::FactRole;
  return f.role == FactRole::party || f.role == FactRole::role || f.role == FactRole::group;
}

Op opposite(Op op) {
  switch (op) {
    case Op::eq:
      return Op::ne;
    case Op::ne:
      return Op::eq;
    case Op::lt:
      return Op::ge;
    case Op::le:
      return Op::gt;
    case Op::gt:
      return Op::le;
    default:
      return Op::lt;
  }
}

}  // namespace

std::vector<EntityId> Maker::in(const Domain& d) const {
  const auto at = check::fullest(m_, d);
  return at ? check::members_at(m_, d, *at) : std::vector<EntityId>();
}

// One of each group of the cast; of those, one who is not in the story yet comes first.
EntityId Maker::somebody(const std::optional<Domain>& d, model::KindId kind) {
  std::vector<EntityId> able;
  if (d && d->fact) able = in(*d);
  const auto fits = [&](EntityId e) {
    if (d && d->fact) return std::find(able.begin(), able.end(), e) != able.end();
    return m_.entity_is(e, d && d->kind ? d->kind : kind);
  };
  std::vector<EntityId> fresh, again;
  for (const auto& [group, people] : cast_.groups) {
    EntityId first;
    for (EntityId e : people) {
      if (!fits(e)) continue;
      if (!first) first = e;
      if (used_.contains(e)) continue;
      fresh.push_back(e);
      first = {};
      break;
    }
    if (first) again.push_back(first);
    for (EntityId e : people) {
      if (fits(e) && used_.contains(e) && e != first) again.push_back(e);
    }
  }
  fresh.insert(fresh.end(), again.begin(), again.end());
  if (fresh.empty()) fresh = able;
  if (fresh.empty()) return {};
  const EntityId out = fresh[choices_.pick(std::min<size_t>(fresh.size(), 6))];
  used_.insert(out);
  return out;
}

Value Maker::some(model::Type type, const std::optional<Domain>& d) {
  switch (type.kind) {
    case TypeKind::entity: {
      const EntityId e = somebody(d, model::KindId(type.id));
      return e ? static_cast<Value>(e.value) : no_value;
    }
    case TypeKind::category: {
      const size_t n = m_.categories[type.id].values.size();
      return static_cast<Value>(choices_.pick(std::min<size_t>(n, 3)));
    }
    case TypeKind::instant:
      return now_;
    case TypeKind::count:
    case TypeKind::quantity:
    case TypeKind::truth:
      return 1;
    default:
      return no_value;
  }
}

Value Maker::variable(Scene& s, VarIndex var) {
  if (var >= s.vars.size()) return no_value;
  if (s.vars[var] != no_value) return s.vars[var];
  if (s.types[var].kind == TypeKind::event)
    s.vars[var] = static_cast<Value>(emit_variable(s, var));
  else
    s.vars[var] = some(s.types[var], s.domains[var]);
  return s.vars[var];
}

// An argument of an event that is told already is read from it; of one that is not, it is chosen.
Value Maker::field(Scene& s, VarIndex var, uint32_t place) {
  if (const auto it = s.told_by.find(var); it != s.told_by.end()) {
    const model::PatternArg& a = m_[it->second].args[place];
    if (a.mode == model::ArgMode::bind) return variable(s, a.var);
    if (a.mode == model::ArgMode::match) return value(s, a.match);
  }
  if (var < s.vars.size() && s.vars[var] != no_value)
    return out_.events[static_cast<size_t>(s.vars[var])].args[place];
  const auto [it, fresh] = s.fields.try_emplace({var, place}, no_value);
  if (fresh) {
    const auto d = s.field_domains.find({var, place});
    it->second = some(m_.events[s.types[var].id].params[place].type,
                      d == s.field_domains.end() ? std::nullopt : std::optional(d->second));
  }
  return it->second;
}

bool Maker::known(const Scene& s, ExprId id) const {
  const model::Expr& e = m_[id];
  if (e.op == Op::constant) return true;
  if (e.op == Op::var) return e.a < s.vars.size() && s.vars[e.a] != no_value;
  if (e.op != Op::event_field || m_[e.args[0]].op != Op::var) return false;
  const auto var = static_cast<VarIndex>(m_[e.args[0]].a);
  if (const auto it = s.told_by.find(var); it != s.told_by.end()) {
    const model::PatternArg& a = m_[it->second].args[e.a];
    if (a.mode == model::ArgMode::bind) return s.vars[a.var] != no_value;
    if (a.mode == model::ArgMode::match) return known(s, a.match);
  }
  return s.vars[var] != no_value || s.fields.contains({var, e.a});
}

Value Maker::value(Scene& s, ExprId id) {
  const model::Expr& e = m_[id];
  if (e.op == Op::constant) return e.value;
  if (e.op == Op::var) return variable(s, static_cast<VarIndex>(e.a));
  if (e.op == Op::event_field && m_[e.args[0]].op == Op::var)
    return field(s, static_cast<VarIndex>(m_[e.args[0]].a), e.a);
  if (e.op == Op::now) return now_;
  return no_value;
}

// What has a value already keeps it: whether they agree is for the replay to show.
void Maker::assign(Scene& s, ExprId id, Value v) {
  const model::Expr& e = m_[id];
  if (v == no_value || known(s, id)) return;
  if (e.type.kind == TypeKind::entity) used_.insert(EntityId(static_cast<size_t>(v)));
  if (e.op == Op::var && e.a < s.vars.size()) {
    s.vars[e.a] = v;
  } else if (e.op == Op::event_field && m_[e.args[0]].op == Op::var) {
    const auto var = static_cast<VarIndex>(m_[e.args[0]].a);
    if (const auto it = s.told_by.find(var); it != s.told_by.end()) {
      const model::PatternArg& a = m_[it->second].args[e.a];
      if (a.mode == model::ArgMode::bind) s.vars[a.var] = v;
      if (a.mode == model::ArgMode::match) assign(s, a.match, v);
      if (a.mode != model::ArgMode::any) return;
    }
    s.fields[{var, e.a}] = v;
  } else if (e.op == Op::fact) {
    std::vector<Value> args;
    for (ExprId a : e.args) args.push_back(value(s, a));
    give(FactId(e.a), args, v);
  }
}

void Maker::narrow(Scene& s, ExprId id, const Domain& d) {
  const model::Expr& e = m_[id];
  if (known(s, id)) return;
  if (e.op == Op::var && e.a < s.domains.size()) {
    if (!s.domains[e.a] || !s.domains[e.a]->fact) s.domains[e.a] = d;
  } else if (e.op == Op::event_field && m_[e.args[0]].op == Op::var) {
    const auto var = static_cast<VarIndex>(m_[e.args[0]].a);
    const auto it = s.told_by.find(var);
    const bool bound = it != s.told_by.end() && m_[it->second].args[e.a].mode == model::ArgMode::bind;
    if (bound)
      s.domains[m_[it->second].args[e.a].var] = d;
    else
      s.field_domains.emplace(std::pair(var, e.a), d);
  }
}

void Maker::give(FactId fact, const std::vector<Value>& args, Value v) {
  const model::Fact& f = m_[fact];
  if (f.role != model::FactRole::declared || v == no_value) return;
  model::GivenFact g;
  g.fact = fact;
  for (size_t i = 0; i < args.size(); ++i) {
    if (args[i] == no_value || f.params[i].type.kind == TypeKind::event) return;
    g.args[i] = args[i];
  }
  g.value = v;
  g.from = given_from_.value_or(out_.from->at);
  const bool told = std::any_of(out_.givens.begin(), out_.givens.end(), [&](const model::GivenFact& other) {
    return other.fact == g.fact && other.args == g.args;
  });
  if (!told) out_.givens.push_back(g);
}

void Maker::make_fact(Scene& s, const model::Expr& e) {
  const FactId id(e.a);
  const model::Fact& f = m_[id];
  if (is_membership(f)) {
    Domain d{{}, id, {}};
    if (f.role == model::FactRole::party) {
      const Value of = value(s, e.args[1]);
      if (of == no_value) return;
      d.second = EntityId(static_cast<size_t>(of));
    }
    narrow(s, e.args[0], d);
    return;
  }
  if (!f.rules.empty()) {
    const model::DerivedRule& r = f.rules[choices_.pick(f.rules.size())];
    Scene inner;
    inner.types = r.vars;
    inner.vars.assign(r.vars.size(), no_value);
    inner.domains.resize(r.vars.size());
    for (size_t i = 0; i < e.args.size(); ++i) inner.vars[i] = value(s, e.args[i]);
    make_true(inner, r.condition);
    return;
  }
  std::vector<Value> args;
  for (ExprId a : e.args) args.push_back(value(s, a));
  give(id, args, 1);
}

// A number is made as large or as small as it takes.
void Maker::compare(Scene& s, const model::Expr& e, bool wanted) {
  const Op op = wanted ? e.op : opposite(e.op);
  const ExprId a = e.args[0], b = e.args[1];
  for (ExprId side : {a, b}) {  // of a count: it is made so for all
    ExprId at = side;
    while (m_[at].op == Op::mul || m_[at].op == Op::add) at = m_[at].args[0];
    if (m_[at].op == Op::count && !m_[at].args.empty() && m_[at].args[0]) return quantified(s, m_[at]);
  }
  if (op == Op::ne) return;
  const bool left = known(s, b) || !known(s, a);
  const Value v = value(s, left ? b : a);
  if (v == no_value) return;
  const Value step = op == Op::lt ? -1 : op == Op::gt ? 1 : 0;
  assign(s, left ? a : b, v + (left ? step : -step));
}

// For everybody in the domain: of `every` what they have, of a count what is counted.
void Maker::quantified(Scene& s, const model::Expr& e) {
  const model::Quantifier& q = m_.quantifiers[e.a];
  if (q.var >= s.vars.size()) return;
  const bool all = e.op == Op::every;
  const ExprId what = all ? (e.args.size() > 1 && e.args[1] ? e.args[1] : e.args[0]) : e.args[0];
  std::vector<EntityId> who = q.domain.fact ? in(q.domain) : std::vector<EntityId>();
  if (who.size() > most_members) who.resize(most_members);
  for (EntityId member : who) {
    s.vars[q.var] = static_cast<Value>(member.value);
    make_true(s, what);
  }
  s.vars[q.var] = no_value;
}

// Of who is who, whether it is known to be `so`.
bool Maker::settled(Scene& s, ExprId id, bool so) {
  const model::Expr& e = m_[id];
  if (e.op != Op::eq && e.op != Op::ne) return false;
  if (!known(s, e.args[0]) || !known(s, e.args[1])) return false;
  return ((value(s, e.args[0]) == value(s, e.args[1])) == (e.op == Op::eq)) == so;
}

void Maker::make_true(Scene& s, ExprId id, bool wanted) {
  if (!id || depth_ >= deepest) return;
  ++depth_;
  const model::Expr& e = m_[id];
  switch (e.op) {
    case Op::logical_not:
      make_true(s, e.args[0], !wanted);
      break;
    case Op::logical_and:
    case Op::logical_or: {
      if ((e.op == Op::logical_or) == wanted) {
        std::vector<ExprId> open;  // what can still come true
        for (ExprId a : e.args) {
          if (!settled(s, a, !wanted)) open.push_back(a);
        }
        if (!open.empty()) make_true(s, open[choices_.pick(open.size())], wanted);
        break;
      }
      // Who somebody must be comes before what he must have done.
      const auto narrows = [&](ExprId a) {
        return m_[a].op == Op::is_kind || m_[a].op == Op::eq ||
               (m_[a].op == Op::fact && is_membership(m_.facts[m_[a].a]));
      };
      for (const bool first : {true, false}) {
        for (ExprId a : e.args) {
          if (narrows(a) == first) make_true(s, a, wanted);
        }
      }
      break;
    }
    case Op::fact:
      if (wanted && e.type.kind == TypeKind::truth) make_fact(s, e);
      break;
    case Op::is_kind:
      if (wanted) narrow(s, e.args[0], Domain{model::KindId(e.a), {}, {}});
      break;
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
      compare(s, e, wanted);
      break;
    case Op::some:
      if (wanted && m_.quantifiers[e.a].var < s.vars.size()) {
        const model::Quantifier& q = m_.quantifiers[e.a];
        s.vars[q.var] = no_value;
        s.domains[q.var] = q.domain;
        if (!e.args.empty()) make_true(s, e.args[0]);
        variable(s, q.var);
      }
      break;
    case Op::every:
      if (wanted) quantified(s, e);
      break;
    case Op::happened:
      if (wanted) emit(s, PatternId(e.a));
      break;
    default:
      break;
  }
  --depth_;
}

}  // namespace casus::diff
