// SPDX-License-Identifier: Apache-2.0
// Changes of facts and what follows from them: docs/semantics.md §7, §10.
#include <algorithm>

#include "run/engine.h"

namespace casus::run {

using model::no_value;

void Engine::change_fact(uint32_t slot, const Value* args, Value value) {
  const Value none = p_.facts[slot].relation ? 0 : no_value;
  if (!silent_ && !p_.facts[slot].relation && value != none) {
    // A function leaves its old value before it takes the new one.
    const Value old = facts_.get(slot, args);
    if (old != none && old != value) change_fact(slot, args, none);
  }
  changes_made_.clear();
  make_change(slot, args, value, changes_made_);
  if (changes_made_.empty()) return;
  const Changed made = changes_made_.front();
  follow(made);
}

void Engine::make_change(uint32_t slot, const Value* args, Value value, std::vector<Changed>& changes) {
  const program::FactSlot& s = p_.facts[slot];
  const Value none = s.relation ? 0 : no_value;
  const Value old = facts_.put(slot, args, value);
  if (silent_ || old == value) return;
  Changed made;
  made.slot = slot;
  made.args.fill(no_value);
  std::copy_n(args, s.arity, made.args.begin());
  made.begins = value != none;
  FactChange change;
  change.fact = FactId(slot);
  change.args = made.args;
  change.value = s.relation ? 1 : made.begins ? value : old;
  sink_.fact_changed(fact_changes_, change);
  write(made.begins ? RecordKind::fact_begins : RecordKind::fact_ends, no_number, ClauseId(), EntityId(),
        fact_changes_, change.value);
  ++fact_changes_;
  changes.push_back(made);
}

namespace {

// The union of two lists in clause order; one of them as it is when the other is empty.
const std::vector<ClauseId>& joined(const std::vector<ClauseId>& a, const std::vector<ClauseId>* b,
                                    std::vector<ClauseId>& into) {
  if (!b || b->empty()) return a;
  if (a.empty()) return *b;
  into.clear();
  std::set_union(a.begin(), a.end(), b->begin(), b->end(), std::back_inserter(into));
  return into;
}

}  // namespace

void Engine::follow(const Changed& c) {
  const program::Watch& watch = p_.fact_watch[c.slot];
  // Membership and life of one instrument concern its own clauses.
  const program::Watch* own = nullptr;
  if (c.slot <= model::fact_terminated.value) {
    const Value entity = c.slot == model::fact_party.value ? c.args[1] : c.args[0];
    const InstrumentId i = static_cast<uint64_t>(entity) < p_.model->entities.size()
                               ? p_.model->entities[static_cast<size_t>(entity)].instrument
                               : InstrumentId();
    if (i) own = &p_.instrument_watch[i.index()];
  }
  std::vector<ClauseId> duties, births;
  ask_again(joined(watch.duties, own ? &own->duties : nullptr, duties),
            joined(watch.births, own ? &own->births : nullptr, births));
  enter_triggers(watch.moments, c.begins ? p_.begin_triggers[c.slot] : p_.end_triggers[c.slot],
                 c.args.data());
}

void Engine::ask_again(const std::vector<ClauseId>& duties, const std::vector<ClauseId>& births) {
  if (live_ != 0 && !duties.empty()) check_duties(duties);
  standing_births(births);
}

bool Engine::moment(ClauseId id) {
  const bool was = truth_[id.index()] != 0;
  Value frame[frame_size] = {};
  const bool is = eval(plan(id).moment, frame) == 1;
  truth_[id.index()] = is;
  return is && !was && holds(plan(id).where, frame);
}

// Triggers of a fact and moments enter the queue, in clause order.
void Engine::enter_triggers(const std::vector<ClauseId>& moments, const std::vector<ClauseId>& facts,
                            const Value* args) {
  size_t m = 0, f = 0;
  while (m < moments.size() || f < facts.size()) {
    Item item;
    item.kind = ItemKind::clause;
    if (f == facts.size() || (m < moments.size() && moments[m] < facts[f])) {
      item.clause = moments[m++];
      if (moment(item.clause)) enter(item);
      continue;
    }
    item.clause = facts[f++];
    const ClausePlan& c = plan(item.clause);
    Value frame[frame_size] = {};
    for (const program::Capture& capture : c.fact_trigger.captures) frame[capture.var] = args[capture.param];
    if (!match_steps(c.fact_trigger.steps, args, frame) || !holds(c.where, frame)) continue;
    item.frame = keep_frame(frame);
    enter(item);
  }
}

uint32_t Engine::keep_frame(const Value* frame) {
  const auto at = static_cast<uint32_t>(frames_.size());
  frames_.insert(frames_.end(), frame, frame + frame_size);
  return at;
}

}  // namespace casus::run
