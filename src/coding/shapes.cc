// SPDX-License-Identifier: Apache-2.0
#include "coding/shapes.h"

#include <algorithm>
#include <functional>
#include <set>

namespace casus::coding {

using model::ArgMode;
using model::Clause;
using model::ClauseKind;
using model::Expr;
using model::ExprId;
using model::Model;
using model::Op;
using model::Pattern;
using model::PatternArg;
using model::TriggerKind;

namespace {

// A thing that a clause speaks of, as text: "v3" a variable, "v3.1" a field of the event that it holds, "t.1" one of the trigger
// where that has no name, "c7" an entity, "k4.2" another constant. Empty: something computed.
std::string key_of(const Model& m, ExprId id) {
  if (!id) return {};
  const Expr& e = m[id];
  switch (e.op) {
    case Op::var:
      return "v" + std::to_string(e.a);
    case Op::constant:
      return e.type.kind == model::TypeKind::entity
                 ? "c" + std::to_string(e.value)
                 : "k" + std::to_string(static_cast<int>(e.type.kind)) + "." + std::to_string(e.value);
    case Op::event_field: {
      const std::string root = key_of(m, e.args.front());
      return root.empty() ? root : root + "." + std::to_string(e.a);
    }
    default:
      return {};
  }
}

std::string root_of(const Pattern& p) { return p.as == model::no_var ? "t" : "v" + std::to_string(p.as); }

void split(const Model& m, ExprId id, std::vector<ExprId>& parts) {
  if (!id) return;
  if (m[id].op != Op::logical_and) return parts.push_back(id);
  for (ExprId a : m[id].args) split(m, a, parts);
}

// One clause, with what its equalities say is the same thing.
class Side {
 public:
  Side(const Model& m, model::ClauseId id) : m_(m), clause_(m[id]) {
    if (clause_.trigger.pattern) {
      const Pattern& p = m_[clause_.trigger.pattern];
      for (size_t i = 0; i < p.args.size(); ++i) same(field(i), argument(p.args[i]));
    }
    for (ExprId c : {clause_.where, clause_.act_where}) {
      std::vector<ExprId> parts;
      split(m_, c, parts);
      for (ExprId part : parts) {
        if (m_[part].op == Op::eq) same(key_of(m_, m_[part].args[0]), key_of(m_, m_[part].args[1]));
      }
    }
  }

  const Clause& clause() const { return clause_; }
  // The trigger's parameter i, whatever the clause calls it.
  std::string field(size_t i) const { return root_of(m_[clause_.trigger.pattern]) + "." + std::to_string(i); }
  std::string argument(const PatternArg& a) const {
    if (a.mode == ArgMode::bind) return "v" + std::to_string(a.var);
    return a.mode == ArgMode::match ? key_of(m_, a.match) : std::string();
  }
  // The name of its class. Equalities that go round in a circle (a = b.field, b = a.field) are followed so far and no further.
  std::string find(std::string key, int steps = 16) const {
    for (auto it = same_.find(key); it != same_.end() && steps > 0; it = same_.find(key), --steps)
      key = it->second;
    // A field of a thing that has another name is that thing's field.
    const size_t dot = key.rfind('.');
    if (key.empty() || key[0] == 'k' || dot == std::string::npos || steps <= 0) return key;
    const std::string root = find(key.substr(0, dot), steps - 1);
    return root == key.substr(0, dot) ? key : find(root + key.substr(dot), steps - 1);
  }

 private:
  void same(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty()) return;
    const std::string x = find(a), y = find(b);
    if (x != y) same_[x] = y;
  }

  const Model& m_;
  const Clause& clause_;
  std::map<std::string, std::string> same_;
};

bool constant(const std::string& key) { return !key.empty() && (key[0] == 'c' || key[0] == 'k'); }

class Fitting {
 public:
  Fitting(const Model& m, model::ClauseId clause, model::ClauseId shape)
      : m_(m), treaty_(m, clause), shape_(m, shape) {
    out_.clause = clause;
    out_.shape = shape;
  }

  std::optional<Match> run() {
    const Clause &t = treaty_.clause(), &s = shape_.clause();
    if (t.kind != s.kind || t.trigger.kind == TriggerKind::reparation || !trigger() || !act())
      return std::nullopt;
    out_.reading = t.reading;
    conditions();
    return std::move(out_);
  }

 private:
  bool trigger() {
    const model::Trigger &t = treaty_.clause().trigger, &s = shape_.clause().trigger;
    if (s.kind == TriggerKind::none) {
      if (t.kind != TriggerKind::none) out_.conditions.push_back({About::other, {}});
      return true;
    }
    if (s.kind != t.kind || s.kind != TriggerKind::event) return false;
    const Pattern &tp = m_[t.pattern], &sp = m_[s.pattern];
    if (tp.event != sp.event || tp.decided != sp.decided) return false;
    if (tp.decided) out_.conditions.push_back({About::decision, {}});
    unify(root_of(sp), root_of(tp));
    for (size_t i = 0; i < sp.args.size(); ++i) {
      const PatternArg& wanted = sp.args[i];
      if (wanted.mode == ArgMode::any) continue;
      if (!unify(shape_.argument(wanted), treaty_.field(i))) return false;
      if (wanted.mode == ArgMode::bind && narrow(tp.args[i]))
        narrowed_.insert("v" + std::to_string(wanted.var));
    }
    return true;
  }

  // Whether the treaty's clause hears of some only: of one by name, or of those for whom a fact holds.
  bool narrow(const PatternArg& a) const {
    if (a.mode == ArgMode::match) return constant(treaty_.find(key_of(m_, a.match)));
    return a.mode == ArgMode::bind && a.filter && a.filter->fact;
  }

  bool act() {
    const Clause &t = treaty_.clause(), &s = shape_.clause();
    if (s.acts.empty()) return t.acts.empty();
    for (auto wanted : s.acts) {
      for (auto given : t.acts) {
        const auto before = roles_;
        if (act(m_[wanted], m_[given])) {
          out_.one_of_several = t.acts.size() > t.at_least;
          return true;
        }
        roles_ = before;
      }
    }
    return false;
  }

  bool act(const Pattern& wanted, const Pattern& given) {
    if (wanted.event != given.event) return false;
    const bool wider = shape_.clause().kind == ClauseKind::prohibition;
    for (size_t i = 0; i < wanted.args.size(); ++i) {
      const PatternArg &w = wanted.args[i], &g = given.args[i];
      if (w.mode == ArgMode::any) continue;
      if (g.mode == ArgMode::any) {
        if (!wider && w.mode == ArgMode::match) return false;
        continue;
      }
      const std::string key = treaty_.argument(g);
      if (w.mode == ArgMode::match && g.mode == ArgMode::bind && wider) continue;
      if (!unify(shape_.argument(w), key)) return false;
      if (w.mode == ArgMode::bind && g.mode == ArgMode::bind && g.filter && g.filter->fact &&
          m_[g.filter->fact].role == model::FactRole::declared)
        narrowed_.insert("v" + std::to_string(w.var));
    }
    return true;
  }

  // That the shape's thing is the treaty's: it was so before, or is from now on.
  bool unify(const std::string& shape_key, const std::string& treaty_key) {
    const std::string s = shape_.find(shape_key), t = treaty_.find(treaty_key);
    if (s.empty() || t.empty()) return false;
    if (constant(s)) return resolved(s) == t;
    const std::string known = resolved(s);
    if (!known.empty()) return treaty_.find(known) == t;
    roles_[s] = t;
    return true;
  }

  // What the treaty calls a thing of the shape; empty: not known yet. The scheme itself stands for the treaty.
  std::string resolved(const std::string& s) const {
    if (s[0] == 'c' && instrument_key(shape_) == s) return instrument_key(treaty_);
    if (constant(s)) return s;
    if (const auto it = roles_.find(s); it != roles_.end()) return it->second;
    const size_t dot = s.rfind('.');
    if (dot == std::string::npos) return {};
    const std::string root = resolved(s.substr(0, dot));
    return root.empty() ? root : treaty_.find(root + s.substr(dot));
  }

  std::string instrument_key(const Side& side) const {
    return side.clause().instrument ? "c" + std::to_string(m_[side.clause().instrument].entity.value)
                                    : std::string();
  }

  void conditions() {
    const Clause& t = treaty_.clause();
    std::vector<ExprId> parts;
    for (ExprId c : {t.where, t.act_where, t.while_, t.unless}) split(m_, c, parts);
    for (ExprId part : parts) condition(part);
    for (const auto& [key, name] : roles()) {
      if (narrowed_.contains(key)) add(name);
    }
  }

  // The shape's variables with names, and how the shape calls them inside.
  std::map<std::string, std::string> roles() const {
    std::map<std::string, std::string> out;
    const Clause& s = shape_.clause();
    for (size_t v = 0; v < s.vars.size(); ++v) out["v" + std::to_string(v)] = s.vars[v].name;
    return out;
  }

  void add(const std::string& role) {
    for (const Condition& c : out_.conditions) {
      if (c.about == About::role && c.role == role) return;
    }
    out_.conditions.push_back({About::role, role});
  }

  // A part about several roles is one about the last that the shape names: "where the place is the victim's" is about the place.
  void condition(ExprId part) {
    const Expr& e = m_[part];
    if (e.op == Op::is_kind || says_who(e)) return;
    std::set<std::string> mentioned;
    bool counts = false;
    walk(part, mentioned, counts);
    if (counts) return out_.conditions.push_back({About::number, {}});
    std::string role;
    bool member = false;
    for (const auto& [key, name] : roles()) {
      const std::string known = resolved(shape_.find(key));
      if (known.empty() || !mentioned.contains(treaty_.find(known))) continue;
      member = true;
      if (name != "partner" && name != "member") role = name;
    }
    if (!role.empty()) return add(role);
    if (!member) out_.conditions.push_back({About::other, {}});
    // A condition on the partner alone says for whom, and not when.
  }

  // That two things of the clause are one, or are not: neither is a condition on the case.
  bool says_who(const Expr& e) const {
    if (e.op != Op::eq && e.op != Op::ne) return false;
    return std::all_of(e.args.begin(), e.args.end(), [&](ExprId a) {
      const std::string key = key_of(m_, a);
      return !key.empty() && !constant(key);
    });
  }

  void walk(ExprId id, std::set<std::string>& mentioned, bool& counts) const {
    if (!id) return;
    const Expr& e = m_[id];
    counts |= e.op == Op::count;
    if (const std::string key = key_of(m_, id); !key.empty() && !constant(key))
      mentioned.insert(treaty_.find(key));
    for (ExprId a : e.args) walk(a, mentioned, counts);
    if (e.op != Op::happened) return;
    for (const PatternArg& a : m_[model::PatternId(e.a)].args) walk(a.match, mentioned, counts);
  }

  const Model& m_;
  const Side treaty_, shape_;
  Match out_;
  std::map<std::string, std::string> roles_;  // the shape's things, and what the treaty calls them
  std::set<std::string> narrowed_;            // roles for which the treaty hears of some only
};

}  // namespace

std::optional<Match> fit(const Model& m, model::ClauseId clause, model::ClauseId shape) {
  return Fitting(m, clause, shape).run();
}

}  // namespace casus::coding
