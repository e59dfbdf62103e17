// SPDX-License-Identifier: Apache-2.0
// The rules one after the other, the queue, and what timers do when they pass (docs/semantics.md §3, §4), in the order of
// src/run/engine_clock.cc.
#include <algorithm>

#include "explore/net_compile.h"
#include "explore/net_reasons.h"

namespace casus::explore {

using model::no_value;
using program::Program;

// ---- rules ----

void NetCompiler::pass() {
  circuit_.clear();
  inputs_.clear();
  now_.clear();
  rules_.clear();
  for (size_t i = 0; i < bits_.size(); ++i) {
    inputs_.push_back(circuit_.input());
    now_.push_back(never);
  }
  if (!told_) start();
  for (size_t i = 0; i < events_.size() && !refusal_; ++i) {
    begin_rule(false, static_cast<uint32_t>(i));
    const Occurrence o = occurrence_of(i);
    rule_.enabled = may_happen(i, o);
    // What is told is so whether it could have been named so or not.
    const bool can_not_be = rule_.enabled == never && names_places(events_[i]);
    if (!refusal_ && !can_not_be) take(o, ClauseId(), false, always);
    settle();
    end_rule();
    rules_.push_back(rule_);
  }
  begin_rule(false, 0);
  conditions_.clear();
  for (const Node question : p_.questions) {
    Frame frame;
    frame.fill(0);
    conditions_.push_back(truth(question, frame));
  }
  if (asks_motions_) ask_motions();
  for (uint32_t t = 0; t < timers_.size() && !refusal_; ++t) {
    begin_rule(true, t);
    rule_.enabled = timers_[t].running = running(t);
    if (rule_.enabled != never) run_timer(t);
    settle();
    end_rule();
    rules_.push_back(rule_);
  }
}

void NetCompiler::begin_rule(bool is_timer, uint32_t index) {
  rule_ = Rule();
  rule_.is_timer = is_timer;
  rule_.index = index;
  at_ = ClauseId();
  depth_ = 0;
  queue_.clear();
  head_ = 0;
  ready_.clear();
  tables_.clear();
  work_ += bits_.size() / 8;
  for (size_t i = 0; i < bits_.size(); ++i) {
    const Known& k = bits_[i];
    now_[i] = starting_ ? (k.before ? always : never) : k.varying ? inputs_[i] : k.initial ? always : never;
  }
}

// What an ended duty or motion leaves behind is wiped out, so that equal states are equal bits.
void NetCompiler::end_rule() {
  uncertain_orders();
  for (uint32_t i = 0; i < bits_.size(); ++i) {
    const Bit b = bits_[i].bit;
    if (b.kind != BitKind::done || now_[i] == never) continue;
    const Literal kept = b.party ? live(b.slot, bit_of(b.party.value)) : any_live(b.slot);
    write(b, always, both(now_[i], kept));
  }
  if (starting_) return;
  std::vector<Literal> any;
  for (const Beyond& b : rule_.reasons) any.push_back(b.when);
  rule_.beyond = circuit_.any_of(any);
  for (uint32_t i = 0; i < bits_.size(); ++i) {
    if (bits_[i].varying && now_[i] != inputs_[i]) rule_.writes.push_back({i, now_[i]});
  }
}

// ---- the queue ----

void NetCompiler::enter(Item item) {
  if (item.guard == never) return;
  item.depth = depth_ + 1;
  if (item.depth > limits_.depth || queue_.size() >= limits_.items)
    return beyond(item.guard, item.clause, "very much would follow from it at once");
  item.strands = active_;
  item.refers = std::any_of(item.frame.begin(), item.frame.end(), is_occurrence) ||
                std::any_of(item.occurrence.args.begin(), item.occurrence.args.end(), is_occurrence);
  if (strand_now_ != none) {
    item.strands.push_back(strand_now_);
    strands_[strand_now_].guard = either(strands_[strand_now_].guard, item.guard);
  }
  queue_.push_back(std::move(item));
}

void NetCompiler::settle() {
  for (head_ = 0; head_ < queue_.size() && spend(); ++head_) {
    const Item item = queue_[head_];
    active_ = item.strands;
    depth_ = item.depth;
    at_ = item.clause;
    run_item(item);
  }
  queue_.clear();
  active_.clear();
}

void NetCompiler::run_item(const Item& item) {
  switch (item.kind) {
    case ItemKind::occurrence:
      return take(item.occurrence, item.clause, true, item.guard);
    case ItemKind::rejected:
      for (const ClauseId id : p_.rejected_triggers) {
        at_ = id;
        const ClausePlan& c = plan(id);
        if (c.trigger.event != item.occurrence.event) continue;
        Frame frame;
        frame.fill(no_value);
        Literal g = both(item.guard, instrument_on(c));
        if (g != never) g = both(g, match(c.trigger, item.occurrence, item.number, frame));
        if (g != never) g = both(g, holds(c.where, frame));
        if (g != never) clause_met(id, frame, {{always, {}}}, g);
      }
      return run_effects();
    case ItemKind::outcome:
      return run_outcome(item);
    case ItemKind::clause: {
      Frame frame = item.frame;
      const Literal g = both(item.guard, instrument_on(plan(item.clause)));
      if (g != never) clause_met(item.clause, frame, {{always, {}}}, g);
      return run_effects();
    }
  }
}

// ---- timers ----

uint32_t NetCompiler::change_of(const Change& c) {
  std::vector<Value> key{Value{static_cast<int64_t>(c.kind)}, Value{c.fact}, c.value, Value{c.clause.value}};
  key.insert(key.end(), c.args.begin(), c.args.end());
  key.push_back(static_cast<Value>(c.effect.kind));
  key.push_back(c.effect.event.value);
  key.push_back(c.effect.slot);
  key.push_back(c.effect.value);
  key.insert(key.end(), c.effect.args.begin(), c.effect.args.end());
  key.push_back(c.place);
  // Two dated changes may be alike and come one after the other.
  if (c.kind <= ChangeKind::succession) key.push_back(static_cast<Value>(first_timers_.size()));
  const auto [it, fresh] = change_index_.try_emplace(key, static_cast<uint32_t>(changes_.size()));
  if (!fresh) return it->second;
  changes_.push_back(c);
  Bit waits;
  waits.kind = BitKind::waiting;
  waits.slot = it->second;
  for (const Value v : c.effect.args) uses(v, waits);
  uses(c.effect.value, waits);
  return it->second;
}

// In the first place that is free.
void NetCompiler::schedule(Change change, Duration delay, Literal guard) {
  for (; change.place < limits_.capacity && guard != never; ++change.place) {
    Bit b;
    b.kind = BitKind::waiting;
    b.slot = change_of(change);
    const Literal waits = read(b), here = without(guard, waits);
    set(b, here);
    start_timer(timer(TimerKind::change, b.slot, change.clause), here, Due{false, delay, 0});
    guard = both(guard, waits);
  }
  beyond(guard, change.clause, effect_again);
}

Literal NetCompiler::running(uint32_t index) {
  const Timer t = timers_[index];
  const auto one = [&](BitKind kind) {
    Bit b;
    b.kind = kind;
    b.slot = t.slot;
    return read(b);
  };
  switch (t.kind) {
    case TimerKind::forget:
      return read(t.slot);
    case TimerKind::reached:
      return !read(t.slot);
    case TimerKind::change:
      return one(changes_[t.slot].kind == ChangeKind::effect ? BitKind::waiting : BitKind::to_come);
    case TimerKind::deadline: {
      std::vector<Literal> pending;
      for (uint32_t b = 0; b < p_.actors.size(); ++b)
        pending.push_back(read(hold(t.slot, BitKind::pending, b)));
      return circuit_.any_of(pending);
    }
    case TimerKind::expiry:
      return any_live(t.slot);
    case TimerKind::motion:
      return one(BitKind::open);
    case TimerKind::question:
      return one(BitKind::asked);
  }
  return never;
}

void NetCompiler::run_timer(uint32_t index) {
  const Timer t = timers_[index];
  const uint32_t root = t.kind < TimerKind::motion ? 0 : p_.rule_plans[decision(t.slot).rule].root;
  at_ = t.clause;
  switch (t.kind) {
    case TimerKind::forget:
      return clear(Bit(bits_[t.slot].bit), always);
    case TimerKind::reached:
      return set(Bit(bits_[t.slot].bit), always);
    case TimerKind::change: {
      Change c = changes_[t.slot];
      Bit b;
      b.kind = c.kind == ChangeKind::effect ? BitKind::waiting : BitKind::to_come;
      b.slot = t.slot;
      clear(b, always);
      if (c.kind == ChangeKind::births) return standing_birth(c.clause, rule_.enabled);
      if (c.kind == ChangeKind::dated) return change_fact(c.fact, c.args.data(), c.value, rule_.enabled);
      if (c.kind == ChangeKind::succession) return succeed(c.args[0], c.args[1], c.args[2], rule_.enabled);
      c.effect.guard = rule_.enabled;
      return run_effect(c.effect);
    }
    case TimerKind::deadline:
      return run_deadline(t.slot);
    case TimerKind::expiry:
      return run_expiry(t.slot);
    case TimerKind::motion:
      return decide(t.slot, settled(t.slot, root, true).yes, rule_.enabled);
    case TimerKind::question: {
      const Literal open = both(rule_.enabled, flag(t.slot, BitKind::open));
      clear(motion_bit(t.slot, BitKind::asked, Program::no_bit), always);
      const Sure s = settled(t.slot, root, false);
      return decide(t.slot, s.yes, both(open, either(s.yes, s.no)));
    }
  }
}

void NetCompiler::run_deadline(uint32_t slot) {
  const ClauseId id = slots_[slot].clause;
  const ClausePlan& c = plan(id);
  Frame frame = slots_[slot].frame;
  for (uint32_t b = 0; b < p_.actors.size(); ++b) {
    const Literal g = read(hold(slot, BitKind::pending, b));
    if (g == never) continue;
    clear(hold(slot, BitKind::pending, b), g);
    frame[c.bearer_var] = p_.actors[b].value;
    if (!c.discretion && c.even_if_late) set(hold(slot, BitKind::breached, b), g);
    record(c.discretion ? RecordKind::unperformed : RecordKind::breach, id, p_.actors[b], g);
    outcome(c.discretion ? model::OutcomeKind::non_performance : model::OutcomeKind::breach, id, p_.actors[b],
            &frame, g);
  }
}

void NetCompiler::run_expiry(uint32_t slot) {
  const ClauseId id = slots_[slot].clause;
  for (uint32_t b = 0; b < p_.actors.size(); ++b) {
    const Literal g = live(slot, b);
    if (g == never) continue;
    strike(slot, b, g);
    record(RecordKind::lapsed, id, p_.actors[b], g);
    outcome(model::OutcomeKind::release, id, p_.actors[b], nullptr, g);
  }
}

}  // namespace casus::explore
