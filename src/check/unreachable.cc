// SPDX-License-Identifier: Apache-2.0
// What can never come about. An institutional event happens only by a power, by a decision of a body, or when
// something counts as it; the lint asks which of them are possible at all, beginning with none: whatever waits only
// for each other never begins. A clause that waits for an impossible event, for the breach or performance of duties
// that never arise, or under conditions that contradict each other is dead; a decision that needs such an event, or
// is due before its instrument is in force, is never taken. What can not be seen: powers in files that are not
// loaded, and conditions that exclude each other by arithmetic or by facts.
#include <algorithm>
#include <map>

#include "check/norms.h"

namespace casus::check {

using model::EventTypeId;
using model::Op;

namespace {

class Reach {
 public:
  explicit Reach(Context& x)
      : x_(x),
        event_(x.m.events.size()),
        undecided_(event_.size()),
        fact_(x.m.facts.size()),
        clause_(x.m.clauses.size()) {
    for (size_t i = 0; i < event_.size(); ++i) event_[i] = !x.m.events[i].institutional;
    for (size_t i = 0; i < fact_.size(); ++i) fact_[i] = x.m.facts[i].rules.empty();
    for (const model::Pattern& p : x.m.patterns) {
      if (p.decided) undecided_[p.event.index()] = true;
    }
    for (const model::Body& b : x.m.bodies) {
      for (const Decision& d : b.decisions) undecided_[x.m[d.content].event.index()] = false;
    }
  }

  // The least that is possible. False when it is too much to ask.
  bool settle() {
    bool forward = true;  // to and fro: a chain in either order is done in two rounds
    for (bool again = true; again; forward = !forward) {
      again = false;
      if (!x_.spend(clause_.size() + fact_.size() + x_.m.bodies.size())) return false;
      for (size_t k = 0; k < clause_.size(); ++k) {
        const size_t i = forward ? k : clause_.size() - 1 - k;
        if (clause_[i] || !can_arise(ClauseId(i))) continue;
        clause_[i] = again = true;
        for (EventTypeId e : acts_of(x_.m.clauses[i])) event_[e.index()] = true;
      }
      for (size_t k = 0; k < fact_.size(); ++k) {
        const size_t i = forward ? k : fact_.size() - 1 - k;
        if (fact_[i] || !can_hold(x_.m.facts[i])) continue;
        fact_[i] = again = true;
      }
      for (const model::Body& b : x_.m.bodies) {
        for (const Decision& d : b.decisions) {
          const EventTypeId e = x_.m[d.content].event;
          if (possible(e) || lacks(d.where)) continue;
          event_[e.index()] = again = true;
        }
      }
    }
    return true;
  }

  void clauses() {
    find_causes();
    std::map<ClauseId, std::vector<std::string>> also;  // by the clause that is the cause
    for (size_t i = 0; i < clause_.size(); ++i) {
      const ClauseId id(i);
      if (told(id) && cause_[i] != id && told(cause_[i])) also[cause_[i]].push_back(x_.m.cite(id));
    }
    for (size_t i = 0; i < clause_.size(); ++i) {
      const ClauseId id(i);
      if (!told(id) || (cause_[i] != id && told(cause_[i]))) continue;
      const Clause& c = x_.m[id];
      Diagnostic d{.kind = Diag::never_arises,
                   .span = c.span,
                   .message = "nothing can ever set this clause going: " + reason(id),
                   .where = x_.where(c)};
      if (const auto it = also.find(id); it != also.end())
        d.notes.push_back("for want of it " + join(it->second, 5) + " never " +
                          (it->second.size() == 1 ? "begins" : "begin") + " either");
      d.notes.push_back("mend what it waits for, or take the clause away");
      x_.add(std::move(d));
    }
  }

  void decisions() {
    for (const model::Body& b : x_.m.bodies) {
      for (const Decision& d : b.decisions) {
        if (!x_.here(d.span)) continue;
        const Lacking lacking = missing(d.where);
        const std::string act = '`' + x_.event_of(d.content).name + '`';
        std::string why;
        if (lacking.event && !undecided(lacking.event))
          why = '`' + x_.m[lacking.event].name + "`, which it needs, can never happen";
        if (lacking.fact) why = '`' + x_.m[lacking.fact].name + "`, which it needs, can never hold";
        if (why.empty()) why = too_early(b, d);
        if (why.empty()) continue;
        x_.add({.kind = Diag::never_in_time,
                .span = d.span,
                .message = '`' + b.name + "` can never adopt " + act + ": " + why,
                .where = x_.where(b.instrument, d.article),
                .notes = {"mend what it waits for, or its date"}});
      }
    }
  }

 private:
  bool possible(EventTypeId e) const { return event_[e.index()]; }

  bool told(ClauseId id) const {
    const Clause& c = x_.m[id];
    return !clause_[id.index()] && x_.here(c.span) && !c.of_event && !x_.of_shapes(c.instrument) &&
           c.trigger.kind != TriggerKind::reparation && !reason(id).empty();
  }

  // The dead clause for want of which this one is dead: it would bring about what this one waits for. None: it is
  // dead by itself.
  ClauseId waits_for(ClauseId id, const std::map<EventTypeId, ClauseId>& bringers) const {
    const Clause& c = x_.m[id];
    const Lacking l = missing(c);
    EventTypeId lacking = l.event;
    if (!l.event && !l.fact && c.trigger.kind == TriggerKind::event) lacking = x_.m[c.trigger.pattern].event;
    if (!l.event && !l.fact && c.trigger.kind == TriggerKind::outcome && !c.trigger.targets.empty())
      return c.trigger.targets.front();
    const auto it = lacking ? bringers.find(lacking) : bringers.end();
    return it == bringers.end() ? ClauseId() : it->second;
  }

  // Of each dead clause the one at the beginning of its chain; of a circle the first in the text.
  void find_causes() {
    std::map<EventTypeId, ClauseId> bringers;
    for (size_t i = 0; i < clause_.size(); ++i) {
      const auto acts = acts_of(x_.m.clauses[i]);
      if (clause_[i]) continue;
      for (EventTypeId e : acts) bringers.try_emplace(e, ClauseId(i));
    }
    cause_.assign(clause_.size(), ClauseId());
    std::vector<size_t> walked(clause_.size());  // in which walk
    for (size_t i = 0; i < clause_.size(); ++i) {
      std::vector<ClauseId> way;
      ClauseId at(i), cause;
      while (at && !clause_[at.index()] && !cause_[at.index()] && walked[at.index()] != i + 1) {
        walked[at.index()] = i + 1;
        way.push_back(at);
        at = waits_for(at, bringers);
      }
      if (way.empty()) continue;
      if (at && cause_[at.index()])
        cause = cause_[at.index()];
      else if (at && walked[at.index()] == i + 1)
        cause = *std::min_element(std::find(way.begin(), way.end(), at), way.end());
      else
        cause = way.back();
      for (ClauseId c : way) cause_[c.index()] = cause;
    }
  }

  // Nobody decides it though the text waits for a decision: told as CAS0908.
  bool undecided(EventTypeId e) const { return undecided_[e.index()]; }

  // What the condition asks for and can not be: an event that has happened, a derived fact.
  struct Lacking {
    EventTypeId event;
    FactId fact;
  };
  Lacking missing(ExprId condition) const {
    std::vector<std::pair<ExprId, bool>> parts;
    conjuncts(x_.m, condition, true, parts);
    for (size_t i = 0; i < parts.size(); ++i) {
      const auto [id, wanted] = parts[i];
      const model::Expr& e = x_.m[id];
      if (!wanted) continue;
      if (e.op == Op::some) conjuncts(x_.m, e.args[0], true, parts);
      if (e.op == Op::happened && !possible(x_.m[PatternId(e.a)].event))
        return {x_.m[PatternId(e.a)].event, {}};
      if (e.op == Op::fact && !fact_[e.a]) return {{}, FactId(e.a)};
    }
    return {};
  }
  bool lacks(ExprId condition) const {
    const Lacking l = missing(condition);
    return l.event || l.fact;
  }
  // Of what no body decides nothing more is said: that is told as CAS0908.
  bool can_hold(const model::Fact& f) const {
    return std::any_of(f.rules.begin(), f.rules.end(), [&](const model::DerivedRule& r) {
      const Lacking l = missing(r.condition);
      return !l.fact && (!l.event || undecided(l.event));
    });
  }

  Lacking missing(const Clause& c) const {
    for (ExprId e : {c.trigger.condition, c.where, c.act_where, c.while_}) {
      const Lacking l = missing(e);
      if (l.event || l.fact) return l;
    }
    return {};
  }

  bool can_arise(ClauseId id) const {
    const Clause& c = x_.m[id];
    if (const Lacking l = missing(c); l.event || l.fact) return false;
    switch (c.trigger.kind) {
      case TriggerKind::event:
        // The effects of an event's own declaration are there whether or not it can happen.
        return c.of_event || possible(x_.m[c.trigger.pattern].event);
      case TriggerKind::rejected:
        return true;
      case TriggerKind::outcome:
        return std::any_of(c.trigger.targets.begin(), c.trigger.targets.end(),
                           [&](ClauseId t) { return clause_[t.index()]; });
      case TriggerKind::reparation:
        return clause_[c.trigger.parent.index()];
      case TriggerKind::none:
      case TriggerKind::fact_begins:
      case TriggerKind::fact_ends:
      case TriggerKind::becomes_true:
        break;
    }
    return true;
  }

  // What a clause makes possible.
  std::vector<EventTypeId> acts_of(const Clause& c) const {
    std::vector<EventTypeId> out;
    if (c.kind == ClauseKind::power || c.kind == ClauseKind::permission || c.kind == ClauseKind::obligation) {
      for (PatternId p : c.acts) out.push_back(x_.m[p].event);
    }
    for (const model::Effect& e : c.effects) {
      if (e.kind == model::EffectKind::counts_as) out.push_back(e.event);
    }
    return out;
  }

  std::string reason(ClauseId id) const {
    const Clause& c = x_.m[id];
    const Lacking l = missing(c);
    if (l.event && !undecided(l.event))
      return "nobody has the power to `" + x_.m[l.event].name + "`, which it asks for";
    if (l.fact) return '`' + x_.m[l.fact].name + "`, which it asks for, can never hold";
    if (c.trigger.kind == TriggerKind::event) {
      const EventTypeId e = x_.m[c.trigger.pattern].event;
      if (x_.m[c.trigger.pattern].decided || undecided(e)) return {};
      return "nobody has the power to `" + x_.m[e].name + '`';
    }
    if (c.trigger.kind == TriggerKind::outcome) return "the duties that it follows never arise";
    return {};
  }

  std::string too_early(const model::Body& b, const Decision& d) const {
    if (d.within.kind != model::DeadlineKind::by || !b.instrument) return {};
    Instant from = Instant::far_future();
    for (const model::GivenFact& g : x_.m.givens) {
      if (g.fact == model::fact_in_force && g.instrument == b.instrument) from = std::min(from, g.from);
    }
    if (from == Instant::far_future() || d.within.by >= from) return {};
    return "it must do so by " + format_iso(d.within.by, Precision::day) + ", and is there from " +
           format_iso(from, Precision::day);
  }

  Context& x_;
  std::vector<bool> event_, undecided_, fact_, clause_;
  std::vector<ClauseId> cause_;  // by clause; none of those that can arise
};

// Conditions of one clause that exclude each other, and arguments that nobody can be.
void contradictions(Context& x) {
  for (size_t i = 0; i < x.m.clauses.size(); ++i) {
    const Clause& c = x.m.clauses[i];
    if (!is_norm(c) || !x.here(c.span) || x.of_shapes(c.instrument)) continue;
    const Norm n = norm_of(x, ClauseId(i));
    if (!x.spend(n.conditions.size() + 1) || !contradict(n.conditions, n.conditions)) continue;
    x.add({.kind = Diag::never_arises,
           .span = c.span,
           .message = "nothing can ever set this clause going: two of its conditions exclude each other",
           .where = x.where(c),
           .notes = {"take one of them away"}});
  }
}

}  // namespace

void check_unreachable(Context& x) {
  contradictions(x);
  Reach reach(x);
  if (!reach.settle()) return;
  reach.clauses();
  reach.decisions();
}

}  // namespace casus::check
