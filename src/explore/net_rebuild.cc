// SPDX-License-Identifier: Apache-2.0
#include "explore/net_rebuild.h"

namespace casus::explore {

void Substitution::make(uint32_t node) {
  stack_.assign(1, node);
  while (!stack_.empty()) {
    const uint32_t n = stack_.back();
    const Circuit::Gate& g = from_.gate(n);
    if (is_made(n)) {
      stack_.pop_back();
    } else if (const Sum* sum = from_.sum(n); sum != nullptr) {
      add_up(n, *sum);
    } else if (from_.is_input(n)) {
      made_[n] = (*inputs_)[g.b.code];
      when_[n] = round_;
    } else if (!is_made(g.a.node())) {
      stack_.push_back(g.a.node());
    } else if (!is_made(g.b.node())) {
      stack_.push_back(g.b.node());
    } else {
      made_[n] = to_.land(made(g.a), made(g.b));
      when_[n] = round_;
    }
  }
}

void Substitution::add_up(uint32_t node, const Sum& sum) {
  const size_t before = stack_.size();
  for (const Weighted& w : sum.of) {
    if (!is_made(w.when.node())) stack_.push_back(w.when.node());
  }
  if (stack_.size() != before) return;
  std::vector<Weighted> of = sum.of;
  for (Weighted& w : of) w.when = made(w.when);
  made_[node] = to_.sum_at_least(sum.bound, std::move(of));
  when_[node] = round_;
}

Net rebuilt(const Net& net, const std::vector<bool>& bits, const std::vector<uint32_t>& timers,
            std::span<Literal* const> others) {
  constexpr uint32_t gone = UINT32_MAX;
  Net out;
  out.from = net.from;
  std::vector<Literal> inputs;
  std::vector<uint32_t> bit_now(net.bits.size(), gone), timer_now(net.timers.size(), gone);
  for (uint32_t b = 0; b < net.bits.size(); ++b) {
    inputs.push_back(bits[b] ? out.circuit.input() : net.initial[b] ? always : never);
    if (!bits[b]) continue;
    bit_now[b] = static_cast<uint32_t>(out.bits.size());
    out.bits.push_back(net.bits[b]);
    out.initial.push_back(net.initial[b]);
  }
  Substitution substitute(net.circuit, out.circuit);
  substitute.with(inputs);
  const auto copy = [&](Literal& l) { l = substitute(l); };
  for (const uint32_t t : timers) {
    timer_now[t] = static_cast<uint32_t>(out.timers.size());
    Timer& made = out.timers.emplace_back(net.timers[t]);
    copy(made.running);
    if (made.kind <= TimerKind::reached && made.slot != gone) made.slot = bit_now[made.slot];
  }
  const auto kept_starts = [&](std::vector<TimerStart>& starts) {
    std::erase_if(starts,
                  [&](const TimerStart& s) { return timer_now[s.timer] == gone || s.starts == never; });
    for (TimerStart& s : starts) s.timer = timer_now[s.timer];
  };
  std::vector<const Rule*> rule_of(net.timers.size());
  const auto keep = [&](const Rule& r) {
    Rule& made = out.rules.emplace_back(r);
    if (r.is_timer) made.index = timer_now[r.index];
    std::erase_if(made.writes, [&](const Write& w) { return !bits[w.bit]; });
    for (Write& w : made.writes) w.bit = bit_now[w.bit];
    kept_starts(made.timers);
    each_literal(made, copy);
  };
  for (const Rule& r : net.rules) {
    if (r.is_timer)
      rule_of[r.index] = &r;
    else
      keep(r);
  }
  for (const uint32_t t : timers) keep(*rule_of[t]);
  out.running_at_first = net.running_at_first;
  kept_starts(out.running_at_first);
  out.conditions = net.conditions;
  for (Literal& l : out.conditions) copy(l);
  for (Literal* l : others) copy(*l);
  out.always_so = net.always_so;
  out.duties = net.duties;
  out.motions = net.motions;
  out.names = net.names;
  return out;
}

}  // namespace casus::explore
