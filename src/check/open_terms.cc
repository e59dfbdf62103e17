// SPDX-License-Identifier: Apache-2.0
// Open-textured terms: words of a clause on which a replay can give no verdict, because the text leaves the
// measure open (`promptly`) or leaves it to the bearer (`as it deems necessary`). They are no faults, most
// treaties need them; but who reads a report should know where it rests on them. What can not be seen: open
// words that the model's author has already made precise.
#include "check/context.h"

namespace casus::check {

void check_open_terms(Context& x) {
  for (const Clause& c : x.m.clauses) {
    if (!is_norm(c) || !x.here(c.span)) continue;
    if (c.deadline.kind == model::DeadlineKind::promptly) {
      x.add({.kind = Diag::open_term,
             .span = x.word(c.span, "promptly"),
             .message = "`promptly` is open-textured: no date makes the bearer late",
             .where = x.where(c),
             .notes = {"a replay lists such a duty as pending, never as breached by delay"}});
    }
    if (!c.discretion) continue;
    Span at = x.word(c.span, "deems");
    if (at.begin == c.span.begin) at = x.word(c.span, "appropriate");
    x.add({.kind = Diag::open_term,
           .span = at,
           .message = "this is self-judging: the bearer alone says what it owes",
           .where = x.where(c),
           .notes = {"a replay calls it unperformed at most, never a breach"}});
  }
}

}  // namespace casus::check
