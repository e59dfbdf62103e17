// SPDX-License-Identifier: Apache-2.0
// What sides read or see differently. A clause under a reading that one viewpoint alone holds, while others hold
// another. And a permission that prevails over a prohibition, where whether it applies rests on a reading that
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
        if (!g.assertion.asserted_by.empty() && !g.assertion.denied_by.empty()) disputed_.emplace(g.fact, &g);
      }
    };
    all(x.m.givens);
    for (const model::Scenario& s : x.m.scenarios) all(s.givens);
  }

  void readings() {
    for (const Clause& c : x_.m.clauses) {
      if (!c.reading || c.trigger.kind == TriggerKind::reparation || !x_.here(c.span)) continue;
      const Option o{c.reading, c.reading_option};
      const auto it = held_.find(o);
      const std::string others = other_options(o);
      if (it == held_.end() || it->second.size() != 1 || others.empty()) continue;
      x_.add({.kind = Diag::one_viewpoint,
              .span = c.span,
              .message = it->second[0] + " alone holds the reading `" + words(o) +
                         "`, under which this clause exists",
              .where = x_.where(c),
              .related = {{x_.m[c.reading].options[c.reading_option].span, "the reading"}},
              .notes = {others}});
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

  std::vector<std::string> disputes(const Clause& c) {
    std::vector<std::string> out;
    std::set<Option> options;
    std::set<FactId> facts;
    if (c.reading) options.insert({c.reading, c.reading_option});
    for (ExprId root : conditions_of(c)) collect(root, options, facts);
    for (const Option& o : options) {
      const auto it = held_.find(o);
      const std::string others = other_options(o);
      if (it != held_.end() && !others.empty())
        out.push_back("the reading `" + words(o) + "` is held by " + join(it->second) + "; " + others);
    }
    for (FactId f : facts) {
      const auto it = disputed_.find(f);
      if (it == disputed_.end()) continue;
      const model::Assertion& a = it->second->assertion;
      out.push_back("that something `" + x_.m[f].name + "` is asserted by " + names(a.asserted_by) +
                    " and denied by " + names(a.denied_by));
    }
    return out;
  }

  std::string names(const std::vector<EntityId>& who) const {
    std::vector<std::string> out;
    for (EntityId e : who) out.push_back(x_.m[e].name);
    return join(out, 6);
  }

  void collect(ExprId root, std::set<Option>& options, std::set<FactId>& facts) {
    visit(x_.m, root, [&](ExprId id) {
      const model::Expr& e = x_.m[id];
      if (e.op == Op::reading) options.insert({ReadingId(e.a), static_cast<uint32_t>(e.value)});
      if (e.op != Op::fact || !facts.insert(FactId(e.a)).second) return;
      for (const model::DerivedRule& r : x_.m[FactId(e.a)].rules) {
        if (x_.spend(1)) collect(r.condition, options, facts);
      }
    });
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
  std::map<FactId, const model::GivenFact*> disputed_;
};

}  // namespace

void check_contested(Context& x) {
  Sides sides(x);
  sides.readings();
  sides.exceptions();
}

}  // namespace casus::check
