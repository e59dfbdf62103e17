// SPDX-License-Identifier: Apache-2.0
// The check of live duties after a change (docs/semantics.md §10.10), in the order of src/run/engine_norms.cc. Each end takes its states out of the
// guard, so that what comes after it in the order is asked in the others only.
#include "explore/net_compile.h"

namespace casus::explore {

using model::BearerKind;
using model::ClauseKind;
using program::no_node;

void NetCompiler::check_duties(const std::vector<ClauseId>& clauses, Literal guard) {
  const uint32_t batch = open_batch();
  for (const ClauseId id : clauses) {
    for (const uint32_t slot : std::vector<uint32_t>(slots_of_[id.index()])) {
      Frame frame = slots_[slot].frame;
      for (uint32_t b = 0; b < p_.actors.size() && spend(); ++b) {
        const Literal g = both(guard, live(slot, b));
        if (g == never) continue;
        at_ = id;
        strand(batch, slots_[slot].shared ? slot : uint64_t{b + 1} << 32 | slot);
        check_bearer(slot, b, frame, g);
      }
    }
  }
  no_strand();
}

void NetCompiler::check_bearer(uint32_t slot, uint32_t actor, Frame& frame, Literal guard) {
  const ClauseId id = slots_[slot].clause;
  const ClausePlan& c = plan(id);
  const EntityId who = p_.actors[actor];
  frame[c.bearer_var] = who.value;
  // What comes first ends it, and the rest is not asked.
  const auto ends = [&](RecordKind kind, Literal when) {
    const Literal g = both(guard, when);
    if (g == never) return;
    strike(slot, actor, g);
    record(kind, id, who, g);
    outcome(model::OutcomeKind::release, id, who, &frame, g);
    guard = without(guard, when);
  };
  ends(RecordKind::released, !in_force(c));
  if (c.bearer_kind != BearerKind::one) ends(RecordKind::released, !in_domain(c.domain, who.value));
  if (c.until != no_node) ends(RecordKind::released, truth(c.until, frame));
  if (c.while_ != no_node) ends(RecordKind::lapsed, !truth(c.while_, frame));
  if (guard == never) return;
  const Literal off = check_suspension(slot, actor, guard);
  if (c.condition == no_node) return;
  const Literal met = holds(c.condition, frame);
  if (c.kind == ClauseKind::bring_about) {
    performed(slot, actor, 0, both(guard, met));
    return;
  }
  const Literal breached = both(guard, read(hold(slot, BitKind::breached, actor)));
  breach_of_condition(slot, actor, frame,
                      both(guard, without(read(hold(slot, BitKind::pending, actor)), met)));
  const Literal again = both(breached, without(met, off));
  clear(hold(slot, BitKind::breached, actor), again);
  set(hold(slot, BitKind::pending, actor), again);
  record(RecordKind::restored, id, who, again);
}

// Suspends it or lets it go on. A deadline that stands still is beyond what a net's timers can do.
Literal NetCompiler::check_suspension(uint32_t slot, uint32_t actor, Literal guard) {
  const ClauseId id = slots_[slot].clause;
  const ClausePlan& c = plan(id);
  const EntityId who = p_.actors[actor];
  const Literal off = suspended(c.instrument, who.value);
  const Bit pending = hold(slot, BitKind::pending, actor),
            standing_still = hold(slot, BitKind::suspended, actor);
  const Literal stops = both(guard, both(off, read(pending)));
  const Literal goes_on = both(guard, without(read(standing_still), off));
  if (timer_index_.count({TimerKind::deadline, slot}) != 0)
    beyond(stops, id, "its deadline would stand still");
  clear(pending, stops);
  set(standing_still, stops);
  record(RecordKind::suspended, id, who, stops);
  clear(standing_still, goes_on);
  set(pending, goes_on);
  record(RecordKind::resumed, id, who, goes_on);
  return off;
}

}  // namespace casus::explore
