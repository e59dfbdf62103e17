// SPDX-License-Identifier: Apache-2.0
// Somebody takes another's place (docs/semantics.md §10.7): duties, marks of standing clauses, then membership and roles, all of which
// change before what follows from each is done.
#include "explore/net_compile.h"

namespace casus::explore {

using program::Program;

void NetCompiler::succeed(Value successor, Value predecessor, Value entity, Literal guard) {
  if (guard == never || stands_for(successor) || stands_for(predecessor)) return;
  const model::InstrumentId instrument = p_.model->entities[static_cast<size_t>(entity)].instrument;
  const uint32_t to = bit_of(successor), from = bit_of(predecessor);
  if (!instrument || to == Program::no_bit || from == Program::no_bit || to == from) return;
  for (const ClauseId id : p_.model->instruments[instrument.index()].clauses) {
    Bit mark;
    mark.kind = BitKind::born_for;
    mark.slot = id.value;
    mark.party = p_.actors[from];
    const Literal passes = both(guard, read(mark));
    clear(mark, passes);
    mark.party = p_.actors[to];
    set(mark, passes);
    for (const uint32_t slot : std::vector<uint32_t>(slots_of_[id.index()])) pass_on(slot, from, to, guard);
  }
  struct Part {
    uint32_t fact;
    std::array<Value, 2> args;
    bool begins;
    Literal when;
  };
  std::vector<Part> parts{{model::fact_party.value, {successor, entity}, true, guard}}, ends;
  ends.push_back({model::fact_party.value, {predecessor, entity}, false, guard});
  for (const FactId role : p_.model->instruments[instrument.index()].roles) {
    const Literal held = both(guard, stored(role.value, &predecessor));
    parts.push_back({role.value, {successor, model::no_value}, true, held});
    ends.push_back({role.value, {predecessor, model::no_value}, false, held});
  }
  parts.insert(parts.end(), ends.begin(), ends.end());
  for (Part& p : parts) {
    const Bit b = fact_bit(p.fact, p.args.data(), 1);
    const Literal was = read(b);
    p.when = both(p.when, p.begins ? !was : was);
    write(b, p.when, p.begins ? always : never);
    record(p.begins ? RecordKind::fact_begins : RecordKind::fact_ends, ClauseId(), EntityId(), p.when);
  }
  for (const Part& p : parts) {
    if (p.when != never) follow(p.fact, p.args.data(), p.begins, p.when);
  }
}

// A duty passes as it stands. Where the successor bears it already the two become one.
void NetCompiler::pass_on(uint32_t slot, uint32_t from, uint32_t to, Literal guard) {
  const ClausePlan& c = plan(slots_[slot].clause);
  const Literal already = live(slot, to), passes = both(guard, live(slot, from));
  if (passes == never) return;
  // In a place that duties share, nobody knows whether these two are one.
  if (!slots_[slot].shared)
    beyond(both(passes, already), slots_[slot].clause,
           "a duty would pass to somebody who has one about the same");
  for (uint32_t act = 0;
       c.at_least > 1 && c.bearer_kind != model::BearerKind::together && act < c.acts.size(); ++act) {
    Bit done;
    done.kind = BitKind::done;
    done.slot = slot;
    done.value = act;
    done.party = p_.actors[from];
    const Literal was = read(done);
    done.party = p_.actors[to];
    write(done, without(passes, already), was);
  }
  for (const BitKind kind : {BitKind::pending, BitKind::suspended, BitKind::breached}) {
    const Literal g = both(guard, read(hold(slot, kind, from)));
    clear(hold(slot, kind, from), g);
    set(hold(slot, kind, to), without(g, already));
  }
}

}  // namespace casus::explore
