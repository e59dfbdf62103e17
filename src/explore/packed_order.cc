// SPDX-License-Identifier: Apache-2.0
#include "explore/packed_order.h"

#include <algorithm>
#include <numeric>

namespace casus::explore {

namespace {

constexpr size_t most_work = 100'000'000;  // gates gone through, and bits compared
constexpr size_t most_labels = 255;

// By bits: what a rule reads for whether it comes, what it writes and its timing; and what it writes.
struct Footprint {
  std::vector<bool> reads, writes;
};

class Footprints {
 public:
  explicit Footprints(const NetProblem& problem)
      : p_(problem), input_(problem.net.circuit.input_literals()), seen_(problem.net.circuit.size(), 0) {}

  Footprint of(uint32_t rule) {
    ++time_;
    Footprint out{std::vector<bool>(p_.net.bits.size()), std::vector<bool>(p_.net.bits.size())};
    const RuleTiming& timing = p_.groups.rules[rule];
    read(timing.enabled, out);
    for (const GroupStart& g : timing.starts) read(g.starts, out);
    for (const GroupAfter& g : timing.after) read(g.runs, out);
    for (const Write& w : p_.net.rules[rule].writes) {
      if (w.next == input_[w.bit]) continue;
      read(w.next, out);
      out.writes[w.bit] = true;
    }
    return out;
  }

 private:
  void read(Literal l, Footprint& out) {
    const Circuit& circuit = p_.net.circuit;
    stack_.assign(1, l.node());
    while (!stack_.empty()) {
      const uint32_t n = stack_.back();
      stack_.pop_back();
      if (n == 0 || seen_[n] == time_) continue;
      seen_[n] = time_;
      const Circuit::Gate& g = circuit.gate(n);
      if (circuit.is_input(n)) {
        out.reads[g.b.code] = true;
      } else {
        stack_.push_back(g.a.node());
        stack_.push_back(g.b.node());
      }
    }
  }

  const NetProblem& p_;
  const std::vector<Literal> input_;
  std::vector<uint32_t> seen_;  // by node: the last time
  std::vector<uint32_t> stack_;
  uint32_t time_ = 0;
};

bool meet(const std::vector<bool>& a, const std::vector<bool>& b) {
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] && b[i]) return true;
  }
  return false;
}
bool independent(const Footprint& a, const Footprint& b) {
  return !meet(a.writes, b.reads) && !meet(b.writes, a.reads) && !meet(a.writes, b.writes);
}

}  // namespace

std::vector<EventOrder> find_order(const NetProblem& problem) {
  std::vector<EventOrder> out(problem.net.rules.size());
  std::vector<uint32_t> events;
  for (uint32_t i = 0; i < problem.net.rules.size(); ++i) {
    if (!problem.net.rules[i].is_timer && problem.groups.rules[i].enabled != never) events.push_back(i);
  }
  const size_t n = events.size();
  if (n * (problem.net.circuit.size() + n * problem.net.bits.size()) > most_work) return out;
  Footprints footprints(problem);
  std::vector<Footprint> of;
  for (const uint32_t event : events) of.push_back(footprints.of(event));
  std::vector<std::vector<size_t>> apart(n);  // what each is independent of
  for (size_t i = 0; i < n; ++i) {
    for (size_t k = 0; k < i; ++k) {
      if (!independent(of[i], of[k])) continue;
      apart[i].push_back(k);
      apart[k].push_back(i);
    }
  }
  // What is independent of most has the largest labels: after it most is left out.
  std::vector<size_t> order(n);
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return apart[a].size() > apart[b].size(); });
  order.resize(std::min(n, most_labels));
  for (size_t i = 0; i < order.size(); ++i)
    out[events[order[i]]].label = static_cast<uint8_t>(most_labels - i);
  for (size_t i = 0; i < n; ++i) {
    for (const size_t k : apart[i]) {
      if (out[events[k]].label > out[events[i]].label) out[events[i]].asleep.set(out[events[k]].label);
    }
  }
  return out;
}

}  // namespace casus::explore
