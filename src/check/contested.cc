// SPDX-License-Identifier: Apache-2.0
// What sides read or see differently. A clause under a reading that one viewpoint alone holds, or with a condition that
// asks for it, while others hold another. And a permission that prevails over a prohibition, where whether it applies rests on a reading that
// viewpoints hold differently, or on a fact that somebody asserts and somebody denies: the same act is then permitted
// in the eyes of some and forbidden in those of others. What can not be seen: facts that only a scenario's
// events bring about, and readings of which no viewpoint speaks.
#include <algorithm>
#include <map>
#include <set>

#include "check/norms.h"

namespace casus::check {

using model::Op;
using model::ReadingId;

namespace {

using Option = std::pair<ReadingId, uint32_t>;

class Sides {
 public:
  explicit Sides(Context& x) : x_(x) {
    for (const model::Viewpoint& v : x.m.viewpoints) {
      for (const Option& o : v.readings) held_[o].push_back(v.name);
    }
    const auto all = [&](const std::vector<model::GivenFact>& list) {
      for (const model::GivenFact& g : list) {
        if (!g.assertion.asserted_by.empty() && !g.assertion.denied_by.empty())
          disputed_[g.fact].push_back(&g);
      }
    };
    all(x.m.givens);
    for (const model::Scenario& s : x.m.scenarios) all(s.givens);
  }

  void readings() {
    for (const Clause& c : x_.m.clauses) {
      if (c.trigger.kind == TriggerKind::reparation || !x_.here(c.span)) continue;
      if (c.reading) alone(c, {c.reading, c.reading_option}, "under which this clause exists");
      std::set<Option> asked;
      for (ExprId root : conditions_of(c)) {
        visit(x_.m, root, [&](ExprId e) {
          if (x_.m[e].op == Op::reading)
            asked.emplace(ReadingId(x_.m[e].a), static_cast<uint32_t>(x_.m[e].value));
        });
      }
      for (const Option& o : asked) alone(c, o, "which this clause asks about");
    }
  }

  void exceptions() {
    for (size_t i = 0; i < x_.m.clauses.size(); ++i) {
      const Clause& c = x_.m.clauses[i];
      const bool lifts = (c.kind == ClauseKind::permission || c.kind == ClauseKind::power) &&
                         !c.prevails_over.empty() && !c.acts.empty() && !c.of_event;
      if (!lifts || !x_.here(c.span)) continue;
      const std::vector<std::string> grounds = disputes(c);
      if (grounds.empty()) continue;
      const auto ban = lifted(ClauseId(i));
      if (ban) report(ClauseId(i), *ban, grounds);
    }
  }

 private:
  void alone(const Clause& c, const Option& o, const std::string& how) {
    const auto it = held_.find(o);
    const std::string others = other_options(o);
    if (it == held_.end() || it->second.size() != 1 || others.empty()) return;
    x_.add({.kind = Diag::one_viewpoint,
            .span = c.span,
            .message = it->second[0] + " alone holds the reading `" + words(o) + "`, " + how,
            .where = x_.where(c),
            .related = {{x_.m[o.first].options[o.second].span, "the reading"}},
            .notes = {others}});
  }

  std::string words(const Option& o) const {
    return x_.m[o.first].name + " = " + x_.m[o.first].options[o.second].name;
  }

  // "`strict` is held by West, East"
  std::string other_options(const Option& o) const {
    std::string out;
    for (const auto& [option, who] : held_) {
      if (option.first != o.first || option.second == o.second) continue;
      out += (out.empty() ? "`" : "; `") + x_.m[o.first].options[option.second].name + "` is held by " +
             join(who);
    }
    return out;
  }

  // The prohibition of the same act over which it prevails.
  std::optional<ClauseId> lifted(ClauseId id) {
    const Clause& c = x_.m[id];
    for (const model::ClauseRef& r : c.prevails_over) {
      if (!r.instrument) continue;
      for (ClauseId other : x_.m[r.instrument].clauses) {
        const Clause& ban = x_.m[other];
        if (!x_.spend(1)) return std::nullopt;
        if (ban.kind != ClauseKind::prohibition || (r.article && r.article != ban.article)) continue;
        for (PatternId a : c.acts) {
          for (PatternId b : ban.acts) {
            if (x_.m[a].event == x_.m[b].event) return other;
          }
        }
      }
    }
    return std::nullopt;
  }

  using Known = std::vector<std::optional<Value>>;  // of arguments, of variables
  struct Grounds {
    std::set<Option> options;
    std::vector<const model::GivenFact*> facts;
    std::set<std::pair<FactId, Known>> asked;
    std::vector<std::pair<ExprId, Known>> open;
  };

  // "`war(RUS, UKR)`"
  std::string words(const model::GivenFact& g) const {
    std::vector<std::string> args;
    const auto& params = x_.m[g.fact].params;
    for (size_t i = 0; i < params.size(); ++i) {
      const bool entity = params[i].type.kind == model::TypeKind::entity && g.args[i] != model::no_value;
      args.push_back(entity ? x_.m.entities[static_cast<size_t>(g.args[i])].name : "…");
    }
    return '`' + x_.m[g.fact].name + '(' + join(args) + ")`";
  }

  std::vector<std::string> disputes(const Clause& c) {
    std::vector<std::string> out;
    Grounds found;
    if (c.reading) found.options.insert({c.reading, c.reading_option});
    Known vars;
    for (size_t v = 0; v < c.vars.size(); ++v)
      vars.push_back(range(x_, c, static_cast<model::VarIndex>(v)).value);
    for (ExprId root : conditions_of(c)) found.open.emplace_back(root, vars);
    while (
        !found.open.empty()) {  // no recursion: derived facts may ask each other as deep as the file is long
      const auto [root, known] = std::move(found.open.back());
      found.open.pop_back();
      collect(root, known, found);
    }
    for (const Option& o : found.options) {
      const auto it = held_.find(o);
      const std::string others = other_options(o);
      if (it != held_.end() && !others.empty())
        out.push_back("the reading `" + words(o) + "` is held by " + join(it->second) + "; " + others);
    }
    for (const model::GivenFact* g : found.facts) {
      out.push_back("that " + words(*g) + " is asserted by " + x_.names(g->assertion.asserted_by) +
                    " and denied by " + x_.names(g->assertion.denied_by));
    }
    return out;
  }

  // `vars`: what is known of the values of the variables.
  void collect(ExprId root, const Known& vars, Grounds& out) {
    visit(x_.m, root, [&](ExprId id) {
      const model::Expr& e = x_.m[id];
      if (e.op == Op::reading) out.options.insert({ReadingId(e.a), static_cast<uint32_t>(e.value)});
      if (e.op != Op::fact) return;
      Known args;
      for (ExprId a : e.args) {
        const bool var = x_.m[a].op == Op::var && x_.m[a].a < vars.size();
        args.push_back(var                          ? vars[x_.m[a].a]
                       : x_.m[a].op == Op::constant ? std::optional<Value>(x_.m[a].value)
                                                    : std::nullopt);
      }
      const FactId fact(e.a);
      if (!out.asked.emplace(fact, args).second) return;
      const auto* g = disputed(fact, args);
      if (g && std::find(out.facts.begin(), out.facts.end(), g) == out.facts.end()) out.facts.push_back(g);
      for (const model::DerivedRule& r : x_.m[fact].rules) {
        Known inner = args;
        inner.resize(r.vars.size());
        if (x_.spend(1)) out.open.emplace_back(r.condition, std::move(inner));
      }
    });
  }

  const model::GivenFact* disputed(FactId fact, const Known& args) {
    const auto it = disputed_.find(fact);
    if (it == disputed_.end() || !x_.spend(it->second.size())) return nullptr;
    for (const model::GivenFact* g : it->second) {
      bool fits = true;
      for (size_t i = 0; i < args.size(); ++i) fits = fits && (!args[i] || *args[i] == g->args[i]);
      if (fits) return g;
    }
    return nullptr;
  }

  void report(ClauseId id, ClauseId ban, const std::vector<std::string>& grounds) {
    const Clause& c = x_.m[id];
    x_.add({.kind = Diag::contested_exception,
            .span = c.span,
            .message = "whether " + x_.m.cite(id) + " permits `" + x_.event_of(c.acts[0]).name + "`, which " +
                       x_.m.cite(ban) + " forbids, rests on what the sides dispute",
            .where = x_.where(c),
            .related = {{x_.m[ban].span, "forbidden here"}},
            .notes = grounds});
  }

  Context& x_;
  std::map<Option, std::vector<std::string>> held_;
  std::map<FactId, std::vector<const model::GivenFact*>> disputed_;
};

}  // namespace

void check_contested(Context& x) {
  Sides sides(x);
  sides.readings();
  sides.exceptions();
}

}  // namespace casus::check
