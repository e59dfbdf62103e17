// SPDX-License-Identifier: Apache-2.0
// Changes of facts and what follows from them: docs/semantics.md §7, §10.
#include <algorithm>

#include "run/engine.h"

namespace casus::run {

using model::no_value;

void Engine::change_fact(uint32_t slot, const Value* args, Value value) {
  const program::FactSlot& s = p_.facts[slot];
  if (silent_) {
    facts_.put(slot, args, value);
    return;
  }
  const Value old = facts_.get(slot, args);
  if (old == value) return;
  std::array<Value, model::max_fact_params> kept{};
  std::copy_n(args, s.arity, kept.begin());
  if (s.relation) {
    change_once(slot, kept.data(), value, value == 1, 1);
    return;
  }
  // A function leaves its old value before it takes the new one.
  if (old != no_value) change_once(slot, kept.data(), no_value, false, old);
  if (value != no_value) change_once(slot, kept.data(), value, true, value);
}

void Engine::change_once(uint32_t slot, const Value* args, Value value, bool begins, Value shown) {
  facts_.put(slot, args, value);
  FactChange change;
  change.fact = FactId(slot);
  change.args.fill(no_value);
  std::copy_n(args, p_.facts[slot].arity, change.args.begin());
  change.value = shown;
  sink_.fact_changed(fact_changes_, change);
  write(begins ? RecordKind::fact_begins : RecordKind::fact_ends, no_number, ClauseId(), EntityId(), fact_changes_, shown);
  ++fact_changes_;

  // Membership and life of one instrument concern its own clauses.
  const program::Watch* of_instrument = nullptr;
  if (slot <= model::fact_terminated.value) {
    const Value entity = slot == model::fact_party.value ? args[1] : args[0];
    const InstrumentId i = static_cast<uint64_t>(entity) < p_.model->entities.size()
                               ? p_.model->entities[static_cast<size_t>(entity)].instrument
                               : InstrumentId();
    if (i) of_instrument = &p_.instrument_watch[i.index()];
  }
  watched(p_.fact_watch[slot], of_instrument, slot, args, begins, shown, true);
}

bool Engine::moment(ClauseId id) {
  const bool was = truth_[id.index()] != 0;
  Value frame[frame_size] = {};
  const bool is = eval(plan(id).moment, frame, nullptr) == 1;
  truth_[id.index()] = is;
  return is && !was;
}

void Engine::watched(const program::Watch& a, const program::Watch* b, uint32_t slot, const Value* args, bool begins,
                     Value value, bool is_fact) {
  (void)value;
  const auto both = [&](std::vector<ClauseId> program::Watch::*list) -> const std::vector<ClauseId>& {
    if (!b || (b->*list).empty()) return a.*list;
    if ((a.*list).empty()) return b->*list;
    merged_.clear();
    std::set_union((a.*list).begin(), (a.*list).end(), (b->*list).begin(), (b->*list).end(), std::back_inserter(merged_));
    return merged_;
  };
  if (live_ != 0) check_duties(both(&program::Watch::duties));
  standing_births(both(&program::Watch::births));
  // Triggers of this very fact and moments, in clause order.
  const std::vector<ClauseId>& moments = a.moments;
  static const std::vector<ClauseId> none;
  const std::vector<ClauseId>& facts = !is_fact ? none : begins ? p_.begin_triggers[slot] : p_.end_triggers[slot];
  size_t m = 0, f = 0;
  while (m < moments.size() || f < facts.size()) {
    Item item;
    item.kind = ItemKind::clause;
    if (f == facts.size() || (m < moments.size() && moments[m] < facts[f])) {
      item.clause = moments[m++];
      if (!moment(item.clause)) continue;
      queue_.push_back(item);
      continue;
    }
    item.clause = facts[f++];
    const ClausePlan& c = plan(item.clause);
    Value frame[frame_size];
    for (const program::Capture& capture : c.fact_trigger.captures) frame[capture.var] = args[capture.param];
    if (!match_steps(c.fact_trigger.steps, args, frame) || !holds(c.where, frame)) continue;
    item.frame = keep_frame(frame);
    queue_.push_back(item);
  }
}

uint32_t Engine::keep_frame(const Value* frame) {
  const auto at = static_cast<uint32_t>(frames_.size());
  frames_.insert(frames_.end(), frame, frame + frame_size);
  return at;
}

}  // namespace casus::run
