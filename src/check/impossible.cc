// SPDX-License-Identifier: Apache-2.0
// What nobody could keep: dates that lie before the instrument binds or before the breach that a reparation
// waits for, and duties whose deadline runs out before the decision that they wait for must fall. Deadlines
// are compared when both run from the same event, and dates with dates. What can not be seen: time that acts
// take, deadlines from different events, and entry into force that a condition decides.

#include "check/deadlines.h"
#include "check/norms.h"

namespace casus::check {

using model::ArgMode;
using model::Deadline;
using model::DeadlineKind;
using model::Op;

namespace {

std::string day(Instant t) { return format_iso(t, Precision::day); }

void date(Context& x, const Clause& c, const std::string& message, const std::string& remedy) {
  x.add({.kind = Diag::impossible_date,
         .span = c.span,
         .message = message,
         .where = x.where(c),
         .notes = {remedy}});
}

void dates(Context& x, const Clause& c, const Times& life) {
  const bool by = c.deadline.kind == DeadlineKind::by;
  if (by && c.deadline.by < life.from) {
    date(x, c,
         "this is due by " + day(c.deadline.by) + ", and the instrument is in force from " + day(life.from),
         "give a later date");
  } else if (c.until_instant && *c.until_instant < life.from) {
    date(x, c,
         "this ends on " + day(*c.until_instant) + ", and the instrument is in force from " + day(life.from),
         "give a later date");
  } else if (c.from && *c.from >= life.until) {
    date(x, c,
         "this begins on " + day(*c.from) + ", and the instrument is in force until " + day(life.until) +
             " only",
         "give an earlier date");
  }
  if (c.trigger.kind != TriggerKind::reparation || !by) return;
  const Deadline& first = x.m[c.trigger.parent].deadline;
  if (first.kind == DeadlineKind::by && c.deadline.by <= first.by) {
    date(x, c, "this follows a breach on " + day(first.by) + ", and is due by " + day(c.deadline.by),
         "give a later date, or write `within …`");
  }
}

// The parameter of the decided event from whose time the deadline runs; nullopt when it does not.
std::optional<size_t> anchor(const Model& m, const Deadline& d, PatternId content) {
  if (!d.anchor || m[d.anchor].op != Op::event_time || m[m[d.anchor].args[0]].op != Op::var)
    return std::nullopt;
  const auto& args = m[content].args;
  for (size_t i = 0; i < args.size(); ++i) {
    if (args[i].mode == ArgMode::bind && args[i].var == m[m[d.anchor].args[0]].a) return i;
  }
  return std::nullopt;
}

void late_decision(Context& x, const Clause& c) {
  if (!is_duty(c) || c.trigger.kind != TriggerKind::event || !x.m[c.trigger.pattern].decided) return;
  const model::Pattern& p = x.m[c.trigger.pattern];
  const auto decisions = x.decisions_of(p.event);
  if (!x.spend(decisions.size() + 1)) return;
  for (const auto& [body, decision] : decisions) {
    const Decision& d = *decision;
    if (p.decided_by && p.decided_by != body->entity) continue;
    const auto own = anchor(x.m, c.deadline, c.trigger.pattern), others = anchor(x.m, d.within, d.content);
    const bool same = c.deadline.kind == DeadlineKind::within && d.within.kind == DeadlineKind::within &&
                      !c.deadline.open && !d.within.open && own && own == others;
    const bool late = same ? as_long(d.within.within, c.deadline.within)
                           : c.deadline.kind == DeadlineKind::by && d.within.kind == DeadlineKind::by &&
                                 d.within.by >= c.deadline.by;
    if (!late) continue;
    const std::string decided =
        same ? "within " + format_duration(d.within.within) : "by " + day(d.within.by);
    const std::string due =
        same ? "within " + format_duration(c.deadline.within) : "by " + day(c.deadline.by);
    x.add({.kind = Diag::decision_too_late,
           .span = c.span,
           .message = "this is due " + due + ", and the decision that it waits for may fall " + decided +
                      ", which leaves no time",
           .where = x.where(c),
           .related = {{d.span, "decided here"}},
           .notes = {"shorten the one, or lengthen the other"}});
    return;
  }
}

}  // namespace

void check_impossible(Context& x) {
  for (const Clause& c : x.m.clauses) {
    if (!is_norm(c) || !x.here(c.span)) continue;
    dates(x, c, c.instrument && !x.m[c.instrument].draft_since ? x.life(c.instrument) : Times{});
    late_decision(x, c);
  }
}

}  // namespace casus::check
