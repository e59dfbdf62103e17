// SPDX-License-Identifier: Apache-2.0
// The first state (docs/semantics.md §3.5, §10.8, §10.9), in the order of Engine::start(). The start is compiled like a rule, over bits that are
// constants, so that it computes what each bit is at first.
#include <algorithm>

#include "base/check.h"
#include "explore/net_compile.h"
#include "run/case_facts.h"

namespace casus::explore {

using model::no_value;
using program::no_node;

// Dated changes from before the beginning are applied silently.
void NetCompiler::initial_facts() {
  const auto put = [&](uint32_t slot, const Value* args, Value value, int64_t at) {
    const bool relation = p_.facts[slot].relation;
    const Value none_of_it = relation ? 0 : no_value;
    const auto [it, fresh] = first_facts_.try_emplace(key_of(fact_bit(slot, args, 0)), none_of_it);
    const bool changes = it->second != value;
    it->second = value;
    if (!changes || value == none_of_it) return;
    std::array<Value, model::max_fact_params> asked{no_value, no_value, no_value, no_value};
    std::copy_n(args, p_.facts[slot].arity, asked.begin());
    since_[{slot, asked}] = at;
  };
  const auto holds_first = [&](uint32_t slot, const Value* args) { return before(fact_bit(slot, args, 1)); };
  for (const run::DatedChange& d : run::dated_facts(*p_.model, case_)) {
    if (d.at > case_.from.ms) break;
    if (!d.is_succession) {
      put(d.fact.value, d.args.data(), d.value, d.at);
      continue;
    }
    const Value successor = d.args[0], predecessor = d.args[1], entity = d.args[2];
    const Value now[2] = {successor, entity}, old[2] = {predecessor, entity};
    if (bit_of(successor) == bit_of(predecessor)) continue;
    const int64_t undated = Instant::far_past().ms;
    put(model::fact_party.value, now, 1, undated);
    std::vector<uint32_t> held;
    const model::InstrumentId id = p_.model->entities[static_cast<size_t>(entity)].instrument;
    for (const FactId role : p_.model->instruments[id.index()].roles) {
      if (holds_first(role.value, &predecessor)) held.push_back(role.value);
    }
    for (const uint32_t role : held) put(role, &successor, 1, undated);
    put(model::fact_party.value, old, 0, undated);
    for (const uint32_t role : held) put(role, &predecessor, 0, undated);
  }
}

void NetCompiler::start() {
  starting_ = true;
  first_timers_.clear();
  begin_rule(false, 0);
  for (const run::DatedChange& d : run::dated_facts(*p_.model, case_)) {
    if (d.at <= case_.from.ms) continue;
    Change c;
    c.kind = d.is_succession ? ChangeKind::succession : ChangeKind::dated;
    c.fact = d.fact.value;
    c.args = d.args;
    c.value = d.value;
    const uint32_t index = change_of(c);
    Bit b;
    b.kind = BitKind::to_come;
    b.slot = index;
    set(b, always);
    start_timer(timer(TimerKind::change, index, ClauseId()), always, Due{true, {}, d.at});
  }
  for (size_t k = 0; k < p_.clauses.size(); ++k) {
    const ClausePlan& c = p_.clauses[k];
    if (!c.active || c.moment == no_node) continue;
    at_ = ClauseId(k);
    Frame frame;
    frame.fill(0);
    Bit b;
    b.kind = BitKind::truth;
    b.slot = static_cast<uint32_t>(k);
    write(b, always, truth(c.moment, frame));
  }
  for (const ClauseId id : p_.standing) {
    if (plan(id).from <= case_.from.ms) continue;
    Change c;
    c.kind = ChangeKind::births;
    c.clause = id;
    const uint32_t index = change_of(c);
    Bit b;
    b.kind = BitKind::to_come;
    b.slot = index;
    set(b, always);
    start_timer(timer(TimerKind::change, index, id), always, Due{true, {}, plan(id).from});
  }
  for (const ClauseId id : p_.standing) start_births(id);
  settle();
  end_rule();
  if (!refusal_ && !rule_.reasons.empty()) {
    at_ = rule_.reasons[0].clause;
    refuse(rule_.reasons[0].why);
  }
  for (size_t i = 0; i < bits_.size(); ++i) {
    CASUS_CHECK(refusal_ || now_[i] == always || now_[i] == never, "the start of a net depends on nothing");
    bits_[i].initial = now_[i] == always;
  }
  starting_ = false;
}

// Grouped by the instant at which the clause began to bind.
void NetCompiler::start_births(ClauseId id) {
  at_ = id;
  const ClausePlan& c = plan(id);
  Frame frame;
  frame.fill(no_value);
  std::map<int64_t, Bearers> by_instant;
  for (const Bearer& b : bearers(c, frame, true)) {
    Bit mark;
    mark.kind = BitKind::born_for;
    mark.slot = id.value;
    mark.party = p_.actors[b.actor];
    set(mark, always);
    int64_t began = INT64_MIN;
    const auto look = [&](uint32_t slot, std::array<Value, model::max_fact_params> args) {
      const auto it = since_.find({slot, args});
      if (it != since_.end() && it->second > Instant::far_past().ms) began = std::max(began, it->second);
    };
    const Value who = p_.actors[b.actor].value;
    if (c.instrument) look(model::fact_in_force.value, {c.instrument_entity, no_value, no_value, no_value});
    if (c.bearer_kind != model::BearerKind::one) {
      if (c.domain.kind == program::DomainPlan::Kind::party)
        look(model::fact_party.value,
             {who, Value{p_.model->instruments[c.domain.index].entity.value}, no_value, no_value});
      else if (c.domain.kind == program::DomainPlan::Kind::fact)
        look(c.domain.index, {who, no_value, no_value, no_value});
    }
    by_instant[began == INT64_MIN ? case_.from.ms : began].push_back(b);
  }
  const bool shared = timed(c) || c.bearer_kind == model::BearerKind::together;
  const auto actors = static_cast<uint32_t>(p_.actors.size());
  uint32_t place = 0;
  for (const auto& [instant, who] : by_instant) {
    // Beside the places of those who are bound alone, and of several at once.
    birth_of(id, frame, who, place, instant);
    if (shared) place = place == 0 ? (actors + 1) * limits_.capacity : place + limits_.capacity;
  }
}

}  // namespace casus::explore
