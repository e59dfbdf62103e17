// SPDX-License-Identifier: Apache-2.0
// Conflicts. A duty and a prohibition conflict when one actor may come under both, the duty can only be kept
// by an act that the prohibition covers, and neither prevails; a permission and a prohibition, when they meet
// in the same way. Two norms are held apart by what their texts say: other events, other fixed arguments,
// sets without a common member, conditions of which one is the other's negation, different options of one
// reading, packages of choices that no draft has both, dates that do not overlap. What can not be seen: conditions that exclude each other by arithmetic
// or by facts, and states of the world in which one of the triggers never happens; so a warning says "may".
#include <algorithm>
#include <map>
#include <set>

#include "check/norms.h"
#include "model/choose.h"

namespace casus::check {

namespace {

bool prevails(const Clause& over, const Clause& under, const Model& m) {
  for (const model::ClauseRef& r : over.prevails_over) {
    if (r.instrument == under.instrument && (!r.article || r.article == under.article)) return true;
  }
  return over.instrument && over.instrument != under.instrument && m[over.instrument].prevails_over_all;
}

bool apart_in_time(const Clause& a, const Clause& b) {
  const auto before = [](const Clause& p, const Clause& q) {
    return p.until_instant && q.from && *p.until_instant < *q.from;
  };
  return before(a, b) || before(b, a);
}

bool apart_by_reading(const Clause& a, const Clause& b) {
  return a.reading && a.reading == b.reading && a.reading_option != b.reading_option;
}

class Conflicts {
 public:
  explicit Conflicts(Context& x) : x_(x) {}

  void find() {
    collect();
    for (const Norm& n : others_) {
      std::vector<size_t> met;
      for (const Act& act : n.acts) {
        const auto it = forbidding_.find(act.event.value);
        if (it == forbidding_.end()) continue;
        if (!x_.spend(it->second.size())) return;
        met.insert(met.end(), it->second.begin(), it->second.end());
      }
      std::sort(met.begin(), met.end());
      met.erase(std::unique(met.begin(), met.end()), met.end());
      for (size_t i : met) compare(n, prohibitions_[i]);
    }
  }

 private:
  void collect() {
    for (size_t i = 0; i < x_.m.clauses.size(); ++i) {
      const ClauseId id(i);
      const Clause& c = x_.m[id];
      if (c.acts.empty() || c.of_event) continue;
      if (c.kind != ClauseKind::prohibition) {
        others_.push_back(norm_of(x_, id));
        continue;
      }
      prohibitions_.push_back(norm_of(x_, id));
      for (const Act& act : prohibitions_.back().acts)
        forbidding_[act.event.value].push_back(prohibitions_.size() - 1);
    }
  }

  void compare(const Norm& n, const Norm& ban) {
    const Clause &a = x_.m[n.id], &b = x_.m[ban.id];
    const Span at = place(a, b);
    if (!at.valid() || prevails(a, b, x_.m) || prevails(b, a, x_.m)) return;
    if (apart_in_time(a, b) || apart_by_reading(a, b) || apart_by_choice(a, b) ||
        contradict(n.conditions, ban.conditions))
      return;
    size_t steps = 0;
    const Meeting who = x_.sets.meet(n.bearer, ban.bearer, steps);
    const Act* act = who.possible ? forbidden_act(n, ban, steps) : nullptr;
    if (!x_.spend(steps) || !act) return;
    const auto key = std::tuple(a.instrument.value, a.article.value, b.instrument.value, b.article.value,
                                a.kind == ClauseKind::obligation);
    if (told_.insert(key).second) report(a, b, n.id, ban.id, at, *act, who.example);
  }

  bool apart_by_choice(const Clause& a, const Clause& b) {
    if (!a.only_if || !b.only_if) return false;
    const auto [known, fresh] = apart_.try_emplace({a.only_if.value, b.only_if.value}, false);
    if (fresh && x_.spend(1000)) known->second = model::exclude_each_other(x_.m, a.only_if, b.only_if);
    return known->second;
  }

  // The act of `n` that the ban covers, when so many are covered that `n` can not do with the others.
  const Act* forbidden_act(const Norm& n, const Norm& ban, size_t& steps) const {
    const Act* found = nullptr;
    size_t free = 0;
    for (const Act& act : n.acts) {
      const bool covered =
          std::any_of(ban.acts.begin(), ban.acts.end(), [&](const Act& b) { return unify(act, b, steps); });
      if (covered && !found) found = &act;
      if (!covered) ++free;
    }
    const bool choice = x_.m[n.id].kind == ClauseKind::obligation && free >= x_.m[n.id].at_least;
    return choice ? nullptr : found;
  }

  bool unify(const Act& a, const Act& b, size_t& steps) const {
    if (a.event != b.event) return false;
    for (size_t i = 0; i < a.args.size(); ++i) {
      if (!x_.sets.meet(a.args[i], b.args[i], steps).possible) return false;
    }
    return true;
  }

  // Where it is told: at the clause that is checked; at a scenario that brings two others together; nowhere.
  Span place(const Clause& a, const Clause& b) {
    if (x_.here(a.span)) return a.span;
    if (x_.here(b.span)) return b.span;
    if (!a.instrument || !b.instrument || a.instrument == b.instrument) return {};
    if (!x_.spend(x_.m.scenarios.size())) return {};
    for (const model::Scenario& s : x_.m.scenarios) {
      if (!x_.here(s.span)) continue;
      const auto under = [&](InstrumentId i) {
        return std::any_of(s.under.begin(), s.under.end(),
                           [&](const model::Under& u) { return u.instrument == i; });
      };
      if (under(a.instrument) && under(b.instrument)) return s.span;
    }
    return {};
  }

  void report(const Clause& a, const Clause& b, ClauseId a_id, ClauseId b_id, Span at, const Act& act,
              EntityId example) {
    const bool duty = a.kind == ClauseKind::obligation;
    const std::string event = '`' + x_.m[act.event].name + '`', one = x_.m.cite(a_id),
                      other = x_.m.cite(b_id);
    Diagnostic d;
    d.kind = duty ? Diag::conflict : Diag::permission_clash;
    d.span = at;
    d.message = one + (duty ? " may ask somebody for " : " lets somebody ") + event + ", and " + other +
                " may forbid it the same actor";
    d.label = "neither prevails";
    if (x_.here(a.span))
      d.where = x_.where(a);
    else if (x_.here(b.span))
      d.where = x_.where(b);
    if (at.begin != a.span.begin || at.source != a.span.source)
      d.related.push_back({a.span, duty ? "asked for here" : "permitted here"});
    if (at.begin != b.span.begin || at.source != b.span.source)
      d.related.push_back({b.span, "forbidden here"});
    if (example) d.notes.push_back("for example " + x_.m[example].name + " may come under both");
    d.notes.push_back("say which prevails, as in `prevails over " + reference(b) +
                      "`, or tell their cases apart with `where` or `unless`");
    x_.add(std::move(d));
  }

  std::string reference(const Clause& c) const {
    if (!c.instrument) return "…";
    return x_.m[c.instrument].name + (c.article ? '.' + x_.m[c.article].label : std::string());
  }

  Context& x_;
  std::vector<Norm> prohibitions_, others_;
  std::map<uint32_t, std::vector<size_t>> forbidding_;  // by event
  std::set<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t, bool>> told_;
  std::map<std::pair<uint32_t, uint32_t>, bool> apart_;  // by the guards of two articles
};

}  // namespace

void check_conflicts(Context& x) { Conflicts(x).find(); }

}  // namespace casus::check
