// SPDX-License-Identifier: Apache-2.0
// Changes of facts and what follows from them (docs/semantics.md §7), in the order of src/run/engine_facts.cc. A relation is a bit for each
// tuple that is ever written, a function a bit for each value that is: of these at most one holds.
#include <algorithm>

#include "explore/net_compile.h"

namespace casus::explore {

using model::no_value;

Bit NetCompiler::fact_bit(uint32_t slot, const Value* args, Value value) const {
  Bit b;
  b.kind = BitKind::fact;
  b.fact = FactId(slot);
  b.args.fill(no_value);
  std::copy_n(args, p_.facts[slot].arity, b.args.begin());
  b.value = value;
  return b;
}

void NetCompiler::change_fact(uint32_t slot, const Value* args, Value value, Literal guard) {
  if (guard == never || refusal_) return;
  for (size_t i = 0; i < p_.facts[slot].arity; ++i) {
    if (is_instant(args[i])) return refuse("a fact in it is about an instant that is not kept");
  }
  if (is_instant(value)) return refuse("a fact in it is about an instant that is not kept");
  if (p_.facts[slot].relation)
    change_relation(slot, args, value == 1, guard);
  else
    change_function(slot, args, value, guard);
}

void NetCompiler::change_relation(uint32_t slot, const Value* args, bool value, Literal guard) {
  const Bit b = fact_bit(slot, args, 1);
  const Literal was = read(b);
  const Literal changes = both(guard, value ? !was : was);
  if (changes == never) return;
  write(b, guard, value ? always : never);
  record(value ? RecordKind::fact_begins : RecordKind::fact_ends, ClauseId(), EntityId(), changes);
  follow(slot, args, value, changes);
}

// A function leaves its old value before it takes the new one.
void NetCompiler::change_function(uint32_t slot, const Value* args, Value value, Literal guard) {
  constexpr size_t most_values = 24;
  const Bit tuple = fact_bit(slot, args, 0);
  Literal same = never;
  for (const Choice& c : fact_choices(slot, args)) {
    if (c.value == value) same = either(same, c.when);
  }
  guard = without(guard, same);
  if (guard == never) return;
  std::vector<Value>& kept = function_values_[key_of(tuple)];
  const auto keep = [&](Value v) {
    if (v == no_value || std::find(kept.begin(), kept.end(), v) != kept.end()) return;
    kept.push_back(v);
    more_ = true;
  };
  if (const auto first = first_facts_.find(key_of(tuple)); first != first_facts_.end()) keep(first->second);
  keep(value);
  if (kept.size() > most_values) return refuse("a number in it may have very many values");
  Literal ends = never;
  for (const Value old : kept) {
    if (old == value) continue;
    const Bit b = fact_bit(slot, args, old);
    ends = either(ends, both(guard, read(b)));
    clear(b, guard);
  }
  record(RecordKind::fact_ends, ClauseId(), EntityId(), ends);
  if (ends != never) follow(slot, args, false, ends);
  if (value == no_value) return;
  set(fact_bit(slot, args, value), guard);
  record(RecordKind::fact_begins, ClauseId(), EntityId(), guard);
  follow(slot, args, true, guard);
}

void NetCompiler::follow(uint32_t slot, const Value* args, bool begins, Literal guard) {
  const program::Watch& watch = p_.fact_watch[slot];
  // Membership and life of one instrument concern its own clauses.
  const program::Watch* own = nullptr;
  if (slot <= model::fact_terminated.value) {
    const Value entity = slot == model::fact_party.value ? args[1] : args[0];
    const model::InstrumentId i = static_cast<uint64_t>(entity) < p_.model->entities.size()
                                      ? p_.model->entities[static_cast<size_t>(entity)].instrument
                                      : model::InstrumentId();
    if (i) own = &p_.instrument_watch[i.index()];
  }
  const auto joined = [&](std::vector<ClauseId> program::Watch::*list) {
    std::vector<ClauseId> out;
    if (own == nullptr) return watch.*list;
    std::set_union((watch.*list).begin(), (watch.*list).end(), (own->*list).begin(), (own->*list).end(),
                   std::back_inserter(out));
    return out;
  };
  ask_again(joined(&program::Watch::duties), joined(&program::Watch::births), guard);
  enter_triggers(watch.moments, begins ? p_.begin_triggers[slot] : p_.end_triggers[slot], args, guard);
}

void NetCompiler::ask_again(const std::vector<ClauseId>& duties, const std::vector<ClauseId>& births,
                            Literal guard) {
  check_duties(duties, guard);
  for (const ClauseId id : births) standing_birth(id, guard);
}

void NetCompiler::moment(ClauseId id, Literal guard) {
  at_ = id;
  Bit b;
  b.kind = BitKind::truth;
  b.slot = id.value;
  Frame frame;
  frame.fill(0);
  const Literal was = read(b), is = truth(plan(id).moment, frame);
  write(b, guard, is);
  Literal turns = both(guard, without(is, was));
  if (turns == never) return;
  turns = both(turns, holds(plan(id).where, frame));
  Item item;
  item.kind = ItemKind::clause;
  item.clause = id;
  item.guard = turns;
  item.frame.fill(no_value);
  enter(std::move(item));
}

// Triggers of a fact and moments enter the queue, in clause order.
void NetCompiler::enter_triggers(const std::vector<ClauseId>& moments, const std::vector<ClauseId>& facts,
                                 const Value* args, Literal guard) {
  size_t m = 0, f = 0;
  while (m < moments.size() || f < facts.size()) {
    if (f == facts.size() || (m < moments.size() && moments[m] < facts[f])) {
      moment(moments[m++], guard);
      continue;
    }
    const ClauseId id = facts[f++];
    at_ = id;
    const ClausePlan& c = plan(id);
    Item item;
    item.kind = ItemKind::clause;
    item.clause = id;
    item.frame.fill(0);
    for (const program::Capture& capture : c.fact_trigger.captures)
      item.frame[capture.var] = args[capture.param];
    item.guard = both(guard, match_steps(c.fact_trigger.steps, args, item.frame));
    if (item.guard != never) item.guard = both(item.guard, holds(c.where, item.frame));
    enter(std::move(item));
  }
}

}  // namespace casus::explore
