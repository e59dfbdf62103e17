// SPDX-License-Identifier: Apache-2.0
#include "explore/symbolic_space.h"

#include <algorithm>

namespace casus::explore {

Diagram& set_at(SymbolicSets& sets, TimingId timing) {
  if (sets.size() <= timing) sets.resize(timing + 1);
  return sets[timing];
}
bool is_empty(const SymbolicSets& sets) {
  return std::all_of(sets.begin(), sets.end(), [](const Diagram& d) { return d.is_false(); });
}

namespace {
std::vector<Literal> conditions_of(const NetProblem& p) {
  std::vector<Literal> out;
  for (const NetAsked& a : p.asked) out.push_back(a.state);
  return out;
}
}  // namespace

SymbolicSpace::SymbolicSpace(NetProblem& p, const Limits& limits, bool with_time, BitOrder order,
                             size_t bytes_at_first)
    : limits_(limits),
      with_time_(with_time),
      problem(p),
      diagrams(SymbolicMoves::variables(p.net), bytes_at_first, limits.stop),
      moves(diagrams, p.net, order, rules(), conditions_of(p)),
      timings_(p.net, p.groups, p.span) {}

// Of each rule: its signature, whether there is no room for it, what it decides.
std::vector<SymbolicMoves::Asked> SymbolicSpace::rules() {
  Circuit& c = problem.net.circuit;
  by_.assign(problem.asked.size(), 0);
  size_t place = 1;
  for (size_t i = 0; i < by_.size(); ++i) {
    if (!problem.asked[i].by.empty()) by_[i] = place++;
  }
  std::vector<SymbolicMoves::Asked> out;
  for (uint32_t r = 0; r < problem.net.rules.size(); ++r) {
    const RuleTiming& t = problem.groups.rules[r];
    SymbolicMoves::Asked a{r, with_time_ ? t.enabled : problem.net.rules[r].enabled, {}};
    Literal no_room = problem.net.rules[r].beyond;
    if (with_time_) {
      for (const GroupStart& g : t.starts) a.asked.push_back(g.starts);
      for (const GroupAfter& g : t.after) a.asked.push_back(g.runs);
      for (const GroupApart& g : t.apart) no_room = c.lor(no_room, g.when);
    }
    a.asked.push_back(no_room);
    for (size_t i = 0; i < by_.size(); ++i) {
      if (by_[i] != 0) a.asked.push_back(problem.asked[i].by[r]);
    }
    out.push_back(std::move(a));
  }
  return out;
}

bool SymbolicSpace::may_come(const SymbolicMove& m, TimingId timing) const {
  if (!with_time_) return true;
  const uint32_t passes = problem.groups.rules[m.rule].passes;
  return passes == RuleTiming::none ? timings_.event_may_come(timing) : timings_.may_pass(timing, passes);
}

void SymbolicSpace::divide(const SymbolicMove& m, TimingId timing, const Diagram& from,
                           std::vector<Part>& out) {
  if (!may_come(m, timing)) return;
  Diagram able = diagrams.both(from, m.enabled);
  if (!able.is_false()) divide(m, timing, std::move(able), 0, 0, out);
}

void SymbolicSpace::divide(const SymbolicMove& m, TimingId timing, Diagram from, size_t bit,
                           uint64_t signature, std::vector<Part>& out) {
  for (; bit < signature_bits(m); ++bit) {
    const Diagram so = diagrams.both(from, m.asked[bit]);
    if (so.is_false()) continue;
    if (so != from) divide(m, timing, diagrams.without(from, so), bit + 1, signature, out);
    signature |= uint64_t{1} << bit;
    from = so;
  }
  const auto after = with_time_ ? timings_.after(timing, m.rule, signature) : std::optional<TimingId>(0);
  if (after && is_room(m, from)) out.push_back({&m, timing, *after, std::move(from)});
}

bool SymbolicSpace::is_room(const SymbolicMove& m, const Diagram& from) {
  const Diagram bad = diagrams.both(from, m.asked[signature_bits(m)]);
  if (bad.is_false()) return true;
  std::vector<uint8_t> values;
  problem.net.circuit.evaluate(moves.some_of(bad), values);
  if (std::string why = why_beyond_room(problem, m.rule, values); !why.empty()) beyond = std::move(why);
  for (const GroupApart& g : problem.groups.rules[m.rule].apart) {
    if (with_time_ && Circuit::value(g.when, values)) split.insert(problem.groups.name(g.group));
  }
  return false;
}

bool SymbolicSpace::goes_on() {
  bytes = std::max(bytes, diagrams.bytes() + timings_.bytes());
  if (timings_.overdue()) beyond = "a time limit by a date that may have passed before";
  if (limits_.stop && limits_.stop->load())
    ended = Ended::stopped;
  else if (diagrams.exhausted() || timings_.full() || bytes > limits_.bytes)
    ended = Ended::memory;
  else
    return beyond.empty() && split.empty();
  return false;
}

bool SymbolicSpace::is_asked(size_t property, TimingId timing, bool first) const {
  const bool lasting = !problem.asked[property].at_the_end && !first;
  if (!with_time_) return lasting;
  return timings_.may_end(timing) || (lasting && timings_.lasts(timing));
}

Diagram SymbolicSpace::deciding(const Part& part, size_t property) {
  if (by_[property] == 0) return Diagram();
  return diagrams.both(part.from, part.move->asked[signature_bits(*part.move) + by_[property]]);
}
Diagram SymbolicSpace::deciding(TimingId timing, const Diagram& states, size_t property, bool first) {
  if (!is_asked(property, timing, first)) return Diagram();
  return diagrams.both(states, moves.condition(property));
}

Natural SymbolicSpace::count(const SymbolicSets& sets) const {
  Natural out;
  for (const Diagram& d : sets) out += diagrams.count_even(d);
  return out;
}

}  // namespace casus::explore
