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
  explicit Reach(Context& x) : x_(x), event_(x.m.events.size()), clause_(x.m.clauses.size()) {
    for (size_t i = 0; i < event_.size(); ++i) event_[i] = !x.m.events[i].institutional;
  }

  // The least that is possible. False when it is too much to ask.
  bool settle() {
    for (bool again = true; again;) {
      again = false;
      if (!x_.spend(x_.m.clauses.size() + x_.m.bodies.size())) return false;
      for (size_t i = 0; i < clause_.size(); ++i) {
        if (clause_[i] || !can_arise(ClauseId(i))) continue;
        clause_[i] = again = true;
        brings_about(x_.m.clauses[i]);
      }
      for (const model::Body& b : x_.m.bodies) {
        for (const Decision& d : b.decisions) {
          const EventTypeId e = x_.m[d.content].event;
          if (possible(e) || missing(d.where)) continue;
          event_[e.index()] = again = true;
        }
      }
    }
    return true;
  }

  void clauses() {
    for (size_t i = 0; i < clause_.size(); ++i) {
      const Clause& c = x_.m.clauses[i];
      if (clause_[i] || !x_.here(c.span) || c.of_event || x_.of_shapes(c.instrument) ||
          c.trigger.kind == TriggerKind::reparation)
        continue;
      const std::string why = reason(ClauseId(i));
      if (why.empty()) continue;
      x_.add({.kind = Diag::never_arises,
              .span = c.span,
              .message = "nothing can ever set this clause going: " + why,
              .where = x_.where(c),
              .notes = {"mend what it waits for, or take the clause away"}});
    }
  }

  void decisions() {
    for (const model::Body& b : x_.m.bodies) {
      for (const Decision& d : b.decisions) {
        if (!x_.here(d.span)) continue;
        const EventTypeId lacking = missing(d.where);
        const std::string act = '`' + x_.event_of(d.content).name + '`';
        std::string why;
        if (lacking && !undecided(lacking))
          why = '`' + x_.m[lacking].name + "`, which it needs, can never happen";
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

  // Nobody decides it though the text waits for a decision: told as CAS0908.
  bool undecided(EventTypeId e) const {
    const bool waits = std::any_of(x_.m.patterns.begin(), x_.m.patterns.end(),
                                   [&](const model::Pattern& p) { return p.decided && p.event == e; });
    return waits && std::none_of(x_.m.bodies.begin(), x_.m.bodies.end(), [&](const model::Body& b) {
             return std::any_of(b.decisions.begin(), b.decisions.end(),
                                [&](const Decision& d) { return x_.m[d.content].event == e; });
           });
  }

  // An impossible event that the condition asks to have happened.
  EventTypeId missing(ExprId condition) const {
    std::vector<std::pair<ExprId, bool>> parts;
    conjuncts(x_.m, condition, true, parts);
    for (const auto& [e, wanted] : parts) {
      if (!wanted || x_.m[e].op != Op::happened) continue;
      const EventTypeId event = x_.m[PatternId(x_.m[e].a)].event;
      if (!possible(event)) return event;
    }
    return {};
  }

  bool can_arise(ClauseId id) const {
    const Clause& c = x_.m[id];
    if (missing(c.where)) return false;
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

  void brings_about(const Clause& c) {
    if (c.kind == ClauseKind::power || c.kind == ClauseKind::permission || c.kind == ClauseKind::obligation) {
      for (PatternId p : c.acts) event_[x_.m[p].event.index()] = true;
    }
    for (const model::Effect& e : c.effects) {
      if (e.kind == model::EffectKind::counts_as) event_[e.event.index()] = true;
    }
  }

  std::string reason(ClauseId id) const {
    const Clause& c = x_.m[id];
    if (const EventTypeId e = missing(c.where); e && !undecided(e))
      return "nobody has the power to `" + x_.m[e].name + "`, which it asks for";
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
  std::vector<bool> event_, clause_;
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
