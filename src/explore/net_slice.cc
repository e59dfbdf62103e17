// SPDX-License-Identifier: Apache-2.0
#include "explore/net_slice.h"

#include <algorithm>

#include "explore/net_rebuild.h"

namespace casus::explore {

namespace {

class Cone {
 public:
  std::vector<bool> bits, rules, timers;

  explicit Cone(const NetProblem& problem)
      : bits(problem.net.bits.size()),
        rules(problem.net.rules.size()),
        timers(problem.net.timers.size()),
        p_(problem),
        net_(problem.net),
        reached_(net_.circuit.size()),
        writers_(net_.bits.size()),
        starters_(net_.timers.size()),
        rule_of_(net_.timers.size()) {
    for (uint32_t r = 0; r < net_.rules.size(); ++r) {
      const Rule& rule = net_.rules[r];
      if (rule.is_timer) rule_of_[rule.index] = r;
      if (rule.enabled == never) continue;
      for (const Write& w : rule.writes) writers_[w.bit].emplace_back(r, w.next);
      for (const TimerStart& s : rule.timers) starters_[s.timer].emplace_back(r, s.starts);
    }
    for (const NetAsked& a : p_.asked) need(a.state);
    for (uint32_t r = 0; r < net_.rules.size(); ++r) {
      const bool asked = std::any_of(p_.asked.begin(), p_.asked.end(),
                                     [&](const NetAsked& a) { return !a.by.empty() && a.by[r] != never; });
      if (asked || net_.rules[r].beyond != never) keep_rule(r);
    }
    if (p_.span.gap > 0) {
      for (const TimerStart& s : net_.running_at_first) keep_timer(s.timer);
    }
    follow();
  }
  uint32_t rule_of(uint32_t timer) const { return rule_of_[timer]; }

 private:
  void need(Literal l) {
    if (!reached_[l.node()]) todo_.push_back(l.node());
    reached_[l.node()] = true;
  }
  void follow() {
    while (!todo_.empty()) {
      const uint32_t n = todo_.back();
      todo_.pop_back();
      if (n == 0) continue;
      if (net_.circuit.is_input(n)) {
        keep_bit(net_.circuit.gate(n).b.code);
        continue;
      }
      need(net_.circuit.gate(n).a);
      need(net_.circuit.gate(n).b);
    }
  }
  void keep_bit(uint32_t b) {
    bits[b] = true;
    for (const auto& [rule, next] : writers_[b]) {
      keep_rule(rule);
      need(next);
    }
  }
  void keep_rule(uint32_t r) {
    const Rule& rule = net_.rules[r];
    if (rules[r] || rule.enabled == never) return;
    rules[r] = true;
    need(rule.enabled);
    for (const Beyond& b : rule.reasons) need(b.when);
    for (const NetAsked& a : p_.asked) {
      if (!a.by.empty()) need(a.by[r]);
    }
    if (rule.is_timer) keep_timer(rule.index);
    if (p_.span.gap > 0) {
      for (const TimerStart& s : rule.timers) keep_timer(s.timer);
    }
  }
  void keep_timer(uint32_t t) {
    if (timers[t]) return;
    timers[t] = true;
    need(net_.timers[t].running);
    keep_rule(rule_of_[t]);
    for (const auto& [rule, starts] : starters_[t]) {
      keep_rule(rule);
      need(starts);
    }
  }

  const NetProblem& p_;
  const Net& net_;
  std::vector<bool> reached_;  // nodes of the circuit
  std::vector<uint32_t> todo_;
  using Places = std::vector<std::vector<std::pair<uint32_t, Literal>>>;
  Places writers_, starters_;  // rules by bit and by timer, and what they make of it
  std::vector<uint32_t> rule_of_;
};

}  // namespace

NetProblem slice(const NetProblem& problem) {
  const Cone cone(problem);
  Net net = problem.net;
  for (uint32_t r = 0; r < net.rules.size(); ++r) {
    Rule& rule = net.rules[r];
    rule.records.clear();  // those that are asked are in `by`
    if (cone.rules[r] || rule.is_timer) continue;
    rule = Rule();
    rule.index = problem.net.rules[r].index;
  }
  net.conditions.clear();
  // What falls due at one instant is taken in the order of groups: so it stays.
  std::vector<uint32_t> timers;
  for (const TimerGroup& g : problem.groups.groups) {
    std::copy_if(g.timers.begin(), g.timers.end(), std::back_inserter(timers),
                 [&](uint32_t t) { return cone.timers[t]; });
  }
  NetProblem out;
  out.model = problem.model;
  out.asked = problem.asked;
  std::vector<Literal*> asked;
  for (NetAsked& a : out.asked) {
    asked.push_back(&a.state);
    std::vector<Literal> by;
    for (uint32_t r = 0; r < a.by.size(); ++r) {
      if (!net.rules[r].is_timer) by.push_back(cone.rules[r] ? a.by[r] : never);
    }
    for (const uint32_t t : timers) {
      if (!a.by.empty()) by.push_back(a.by[cone.rule_of(t)]);
    }
    a.by = std::move(by);
    for (Literal& l : a.by) asked.push_back(&l);
  }
  out.net = rebuilt(net, cone.bits, timers, asked);
  out.events = problem.events;
  out.span = problem.span;
  out.at_most = problem.at_most;
  out.unasked = problem.unasked;
  out.stop = problem.stop;
  out.split({});
  return out;
}

}  // namespace casus::explore
