// SPDX-License-Identifier: Apache-2.0
// Conflicts. A duty and a prohibition conflict when one actor may come under both, the duty can only be kept
// by an act that the prohibition covers, and neither prevails; a permission and a prohibition, when they meet
// in the same way. Two norms are held apart by what their texts say: other events, other fixed arguments,
// sets without a common member, conditions of which one is the other's negation, different options of one
// reading, packages of choices that no draft has both, dates that do not overlap, a fact about what the act is
// about that nothing loaded ever makes true (the treaty acceded to is no military alliance) or false (the state named is a
// party all the time), memberships of which one ends before the other begins. Where one prevails, a note names the rule
// that says so: words of the text, or that the later treaty has all the parties of the earlier; a permission is also saved
// by another one of the same act that prevails over the prohibition. What can not be seen: conditions that exclude each
// other by arithmetic, and states of the world in which one of the triggers never happens; so a warning says "may".
#include <algorithm>
#include <map>
#include <set>

#include "check/norms.h"
#include "check/priority.h"

namespace casus::check {

namespace {

bool shapes(const Context& x, const Clause& c) { return x.of_shapes(c.instrument); }

// Whether the ban asks of what the act is about a fact that nothing loaded ever makes true of it, or that it be no member of
// what it is in all the time.
bool never_about(const Context& x, const Norm& n, const Act& act, const Norm& ban, const Act& banned,
                 size_t& steps) {
  const Clause& b = x.m[ban.id];
  std::vector<std::pair<ExprId, bool>> parts;
  for (ExprId e : {b.where, b.act_where}) conjuncts(x.m, e, true, parts);
  return std::any_of(parts.begin(), parts.end(), [&](const auto& part) {
    const model::Expr& e = x.m[part.first];
    if (e.op != model::Op::fact) return false;
    std::vector<Value> args;
    for (ExprId arg : e.args) {
      Range r = range(x, b, arg);
      for (size_t i = 0; i < banned.args.size() && !r.value; ++i) {
        const bool same = x.m[arg].op == model::Op::var && banned.vars[i] == x.m[arg].a;
        if (same) r = act.args[i];
      }
      if (!r.value) return false;
      args.push_back(*r.value);
    }
    if (part.second) return x.never_true(FactId(e.a), args, steps);
    const Times one = x.times_of(x.m[n.id]), other = x.times_of(b);
    return x.always_true(FactId(e.a), args,
                         {std::max(one.from, other.from), std::min(one.until, other.until)}, steps);
  });
}

class Conflicts {
 public:
  explicit Conflicts(Context& x) : x_(x), apart_(x) {}

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
      if (c.acts.empty() || c.of_event || shapes(x_, c)) continue;
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
    if (!at.valid()) return;
    if (contradict(n.conditions, ban.conditions) || apart_(a, b)) return;
    size_t steps = 0;
    const Meeting who = x_.sets.meet(n.bearer, ban.bearer, steps);
    const Act* act = who.possible ? forbidden_act(n, ban, steps) : nullptr;
    if (!x_.spend(steps) || !act) return;
    const auto key = std::tuple(a.instrument.value, a.article.value, b.instrument.value, b.article.value,
                                a.kind == ClauseKind::obligation);
    if (!told_.insert(key).second) return;
    if (!resolved(n, ban, at, *act)) report(a, b, n.id, ban.id, at, *act, who.example);
  }

  // Which rule decides between them, told as a note.
  bool resolved(const Norm& n, const Norm& ban, Span at, const Act& act) {
    const Clause &a = x_.m[n.id], &b = x_.m[ban.id];
    std::string winner = x_.m.cite(n.id), rule = prevails(x_.m, a, b);
    if (rule.empty() && a.kind != ClauseKind::obligation) {
      if (const auto other = saviour(n, ban, act))
        winner = x_.m.cite(other->first), rule = "it permits the same act, and " + other->second;
    }
    if (rule.empty()) winner = x_.m.cite(ban.id), rule = prevails(x_.m, b, a);
    const LaterTreaty* later = rule.empty() ? later_of(a, b) : nullptr;
    if (later && later->decides()) {
      winner = x_.m.cite(later->later == a.instrument ? n.id : ban.id);
      rule = in_words(x_, *later);
    }
    if (rule.empty()) return false;
    Diagnostic d{.kind = Diag::priority_named,
                 .span = at,
                 .message = x_.m.cite(n.id) + " and " + x_.m.cite(ban.id) + " meet in `" +
                            x_.m[act.event].name + "`, and " + winner + " prevails",
                 .where = where(a, b),
                 .related = related(a, b, at, a.kind == ClauseKind::obligation),
                 .notes = {"the rule: " + rule}};
    if (later)
      d.notes.push_back("a replay goes by the words alone: write `prevails over " +
                        reference(later->later == a.instrument ? b : a) + "` for it");
    x_.add(std::move(d));
    return true;
  }

  // Null where the rule of the later treaty says nothing.
  const LaterTreaty* later_of(const Clause& a, const Clause& b) {
    if (!a.instrument || !b.instrument || a.instrument == b.instrument) return nullptr;
    const auto [it, fresh] = later_.try_emplace(std::minmax(a.instrument.value, b.instrument.value));
    if (fresh && x_.spend(x_.m.givens.size())) it->second = later_treaty(x_, a.instrument, b.instrument);
    return it->second ? &*it->second : nullptr;
  }

  // Another permission of the same act by somebody of the same bearers, on the same events, which prevails over the ban.
  std::optional<std::pair<ClauseId, std::string>> saviour(const Norm& n, const Norm& ban, const Act& act) {
    if (!x_.spend(others_.size())) return std::nullopt;
    size_t steps = 0;
    for (const Norm& o : others_) {
      const Clause& c = x_.m[o.id];
      if (c.kind == ClauseKind::obligation || o.id == n.id) continue;
      const std::string rule = prevails(x_.m, c, x_.m[ban.id]);
      if (rule.empty()) continue;
      const auto on = events_asked(c), as_here = events_asked(x_.m[n.id]);
      if (!std::includes(on.begin(), on.end(), as_here.begin(), as_here.end())) continue;
      if (!x_.sets.meet(o.bearer, n.bearer, steps).possible) continue;
      const bool same = std::any_of(o.acts.begin(), o.acts.end(),
                                    [&](const Act& other) { return unify(other, act, steps); });
      if (same) return x_.spend(steps) ? std::optional(std::pair(o.id, rule)) : std::nullopt;
    }
    x_.spend(steps);
    return std::nullopt;
  }

  // Events that its conditions ask to have happened.
  std::set<model::EventTypeId> events_asked(const Clause& c) const {
    std::set<model::EventTypeId> out;
    for (ExprId root : conditions_of(c)) {
      visit(x_.m, root, [&](ExprId e) {
        if (x_.m[e].op == model::Op::happened) out.insert(x_.m[PatternId(x_.m[e].a)].event);
      });
    }
    return out;
  }

  // The act of `n` that the ban covers, when so many are covered that `n` can not do with the others.
  const Act* forbidden_act(const Norm& n, const Norm& ban, size_t& steps) const {
    const Act* found = nullptr;
    size_t free = 0;
    for (const Act& act : n.acts) {
      const bool covered = std::any_of(ban.acts.begin(), ban.acts.end(), [&](const Act& b) {
        return unify(act, b, steps) && !never_about(x_, n, act, ban, b, steps);
      });
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
    d.where = where(a, b);
    d.related = related(a, b, at, duty);
    if (example) d.notes.push_back("for example " + x_.m[example].name + " may come under both");
    if (const LaterTreaty* later = later_of(a, b)) d.notes.push_back(in_words(x_, *later));
    d.notes.push_back("say which prevails, as in `prevails over " + reference(b) +
                      "`, or tell their cases apart with `where` or `unless`");
    x_.add(std::move(d));
  }

  std::string where(const Clause& a, const Clause& b) const {
    return x_.here(a.span) ? x_.where(a) : x_.here(b.span) ? x_.where(b) : std::string();
  }

  static std::vector<RelatedSpan> related(const Clause& a, const Clause& b, Span at, bool duty) {
    std::vector<RelatedSpan> out;
    if (at.begin != a.span.begin || at.source != a.span.source)
      out.push_back({a.span, duty ? "asked for here" : "permitted here"});
    if (at.begin != b.span.begin || at.source != b.span.source) out.push_back({b.span, "forbidden here"});
    return out;
  }

  std::string reference(const Clause& c) const {
    if (!c.instrument) return "…";
    return x_.m[c.instrument].name + (c.article ? '.' + x_.m[c.article].label : std::string());
  }

  Context& x_;
  std::vector<Norm> prohibitions_, others_;
  std::map<uint32_t, std::vector<size_t>> forbidding_;  // by event
  std::set<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t, bool>> told_;
  std::map<std::pair<uint32_t, uint32_t>, std::optional<LaterTreaty>> later_;  // by instruments
  Apart apart_;
};

}  // namespace

void check_conflicts(Context& x) { Conflicts(x).find(); }

}  // namespace casus::check
