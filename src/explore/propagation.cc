// SPDX-License-Identifier: Apache-2.0
#include "explore/propagation.h"

#include <algorithm>
#include <array>

namespace casus::explore {

Propagation::Propagation(const Circuit& circuit)
    : c_(circuit),
      value_(circuit.size(), unknown),
      cause_(circuit.size()),
      place_(circuit.size()),
      first_(circuit.size() + 1),
      within_(circuit.size()),
      clauses_(2 * circuit.size()) {
  value_[0] = 0;
  const auto each = [&](auto f) {
    for (uint32_t n = 1; n < c_.size(); ++n) {
      if (c_.is_input(n)) continue;
      f(c_.gate(n).a.node(), n);
      f(c_.gate(n).b.node(), n);
    }
  };
  each([&](uint32_t of, uint32_t) { ++first_[of + 1]; });
  for (size_t n = 1; n < first_.size(); ++n) first_[n] += first_[n - 1];
  users_.resize(first_.back());
  std::vector<uint32_t> next(first_.begin(), first_.end() - 1);
  each([&](uint32_t of, uint32_t user) { users_[next[of]++] = user; });
}

void Propagation::only(std::span<const Literal> roots) {
  back_to(0);
  within_.assign(c_.size(), false);
  std::vector<uint32_t> stack;
  const auto enter = [&](Literal l) {
    if (!within_[l.node()]) stack.push_back(l.node());
    within_[l.node()] = true;
  };
  for (const Literal l : roots) enter(l);
  while (!stack.empty()) {
    const uint32_t n = stack.back();
    stack.pop_back();
    if (n == 0 || c_.is_input(n)) continue;
    enter(c_.gate(n).a);
    enter(c_.gate(n).b);
  }
}

bool Propagation::suppose(Literal l) { return set(l, {}) && follow(); }

bool Propagation::follow() {
  while (done_ < trail_.size()) {
    const uint32_t n = trail_[done_++];
    for (const Implied& i : clauses_[Literal{2 * n + (value_[n] == 0)}.code]) {
      if (!set(i.what, {0, i.clause, n})) return false;
    }
    if (!c_.is_input(n) && !look(n)) return false;
    for (uint32_t i = first_[n]; i < first_[n + 1]; ++i) {
      if (within_[users_[i]] && !look(users_[i])) return false;
    }
    work += 1 + first_[n + 1] - first_[n];
  }
  return true;
}

bool Propagation::set(Literal l, Cause cause) {
  const uint8_t v = value(l);
  if (v == 1) return true;
  if (v == 0) {
    explain(l.node(), cause);
    return false;
  }
  value_[l.node()] = !l.negated();
  cause_[l.node()] = cause;
  place_[l.node()] = static_cast<uint32_t>(trail_.size());
  trail_.push_back(l.node());
  return true;
}

bool Propagation::look(uint32_t n) {
  const Circuit::Gate& g = c_.gate(n);
  const Cause here{n, 0, 0};
  const uint8_t a = value(g.a), b = value(g.b), v = value_[n];
  if (a == 0 || b == 0) return set({2 * n + 1}, here);
  if (a == 1 && b == 1) return set({2 * n}, here);
  if (v == 1) return set(g.a, here) && set(g.b, here);
  if (v == 0 && a == 1) return set(!g.b, here);
  if (v == 0 && b == 1) return set(!g.a, here);
  return true;
}

// A node has one value already and would have the other by this cause: the clauses behind both.
void Propagation::explain(uint32_t node, Cause cause) {
  std::vector<bool> seen(trail_.size());
  std::vector<uint32_t> left;
  const auto enter = [&](uint32_t n, size_t before) {
    if (n == 0 || value_[n] == unknown || place_[n] >= before || seen[place_[n]]) return;
    seen[place_[n]] = true;
    left.push_back(n);
  };
  const auto causes = [&](const Cause& c, size_t before) {
    if (c.gate == supposed) return;
    if (c.gate == 0) {
      used.push_back(c.clause);
      return enter(c.node, before);
    }
    enter(c.gate, before);
    enter(c_.gate(c.gate).a.node(), before);
    enter(c_.gate(c.gate).b.node(), before);
  };
  enter(node, trail_.size());
  causes(cause, trail_.size());
  while (!left.empty()) {
    const uint32_t n = left.back();
    left.pop_back();
    causes(cause_[n], place_[n]);
  }
}

bool Propagation::contradict(std::span<const Literal> all, int splits) {
  const size_t before = trail_.size(), used_before = used.size();
  bool out = false;
  for (size_t i = 0; i < all.size() && !out; ++i) out = !suppose(all[i]);
  for (size_t i = 0; i < all.size() && !out && splits > 0; ++i) {
    const std::vector<Literal> open = open_disjunction(all[i]);
    out = !open.empty() && std::all_of(open.begin(), open.end(), [&](const Literal& one) {
      return contradict(std::span(&one, 1), splits - 1);
    });
  }
  if (!out) used.resize(used_before);
  back_to(before);
  return out;
}

// The cases of the first disjunction that is part of what holds, and of which it is not known which case holds.
std::vector<Literal> Propagation::open_disjunction(Literal l) const {
  const auto is_gate = [&](Literal one) { return one.node() != 0 && !c_.is_input(one.node()); };
  std::vector<Literal> parts{l};
  while (!parts.empty()) {
    const Literal part = parts.back();
    parts.pop_back();
    if (!is_gate(part)) continue;
    const Circuit::Gate& g = c_.gate(part.node());
    if (!part.negated()) {
      parts.insert(parts.end(), {g.a, g.b});
      continue;
    }
    std::vector<Literal> cases, left{g.a, g.b};
    bool is_met = false;
    while (!left.empty() && !is_met) {
      const Literal one = left.back();
      left.pop_back();
      is_met = value(one) == 0;
      if (value(one) != unknown) continue;
      if (!one.negated() && is_gate(one))
        left.insert(left.end(), {c_.gate(one.node()).a, c_.gate(one.node()).b});
      else
        cases.push_back(!one);
    }
    if (!is_met && cases.size() > 1) return cases;
  }
  return {};
}

void Propagation::back_to(size_t mark) {
  for (; trail_.size() > mark; trail_.pop_back()) value_[trail_.back()] = unknown;
  done_ = mark;
}

}  // namespace casus::explore
