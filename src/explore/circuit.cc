// SPDX-License-Identifier: Apache-2.0
#include "explore/circuit.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "base/check.h"
#include "base/hash.h"

namespace casus::explore {

void Circuit::clear() {
  gates_.assign(1, {input_mark, input_mark});
  sums_.clear();
  known_.assign(std::max<size_t>(known_.size(), 1024), 0);
  inputs_ = 0;
  ands_ = 0;
}

uint32_t& Circuit::place_of(Literal a, Literal b) {
  const size_t mask = known_.size() - 1;
  size_t at = mix64(uint64_t{a.code} << 32 | b.code) & mask;
  while (known_[at] != 0 && (gates_[known_[at]].a != a || gates_[known_[at]].b != b)) at = (at + 1) & mask;
  return known_[at];
}

void Circuit::grow() {
  known_.assign(known_.size() * 2, 0);
  for (uint32_t n = 1; n < gates_.size(); ++n) {
    if (!is_input(n)) place_of(gates_[n].a, gates_[n].b) = n;
  }
}

Literal Circuit::input() {
  const auto node = static_cast<uint32_t>(gates_.size());
  gates_.push_back({input_mark, {inputs_++}});
  return {node * 2};
}

std::vector<Literal> Circuit::input_literals() const {
  std::vector<Literal> out(inputs_);
  for (uint32_t n = 1; n < size(); ++n) {
    if (is_input(n)) out[gates_[n].b.code] = {2 * n};
  }
  return out;
}

Literal Circuit::simpler(Literal a, Literal b) const {
  if (a == b) return a;
  if (a == !b || a == never || b == never) return never;
  if (a == always) return b;
  if (b == always) return a;
  // One of the two is a gate over the other: a∧(a∧c) = a∧c, a∧(¬a∧c) = 0, a∧¬(¬a∧c) = a.
  for (const auto& [one, other] : {std::pair{a, b}, std::pair{b, a}}) {
    if (!is_and(other)) continue;
    const Gate& g = gates_[other.node()];
    if (g.a == one || g.b == one) {
      if (!other.negated()) return other;
      continue;  // a∧¬(a∧c) = a∧¬c: made by land()
    }
    if (g.a == !one || g.b == !one) return other.negated() ? one : never;
    if (!other.negated() && !one.negated() && is_and(one)) {
      const Gate& h = gates_[one.node()];
      if (g.a == !h.a || g.a == !h.b || g.b == !h.a || g.b == !h.b) return never;
    }
  }
  return input_mark;
}

Literal Circuit::land(Literal a, Literal b) {
  if (const Literal s = simpler(a, b); s != input_mark) return s;
  for (const auto& [one, other] : {std::pair{a, b}, std::pair{b, a}}) {
    if (!other.negated() || !is_and(other)) continue;
    const Gate g = gates_[other.node()];
    if (g.a == one) return land(one, !g.b);
    if (g.b == one) return land(one, !g.a);
  }
  if (b < a) std::swap(a, b);
  uint32_t& place = place_of(a, b);
  if (place != 0) return {place * 2};
  CASUS_CHECK(gates_.size() < (size_t{1} << 30), "a circuit of more than 2^30 gates");
  const auto made = static_cast<uint32_t>(gates_.size());
  place = made;
  gates_.push_back({a, b});
  if (++ands_ * 2 > known_.size()) grow();
  return {made * 2};
}

Literal Circuit::ite(Literal c, Literal then, Literal otherwise) {
  if (then == otherwise) return then;
  if (c == then) return lor(c, otherwise);
  if (c == otherwise) return land(c, then);
  return lor(land(c, then), land(!c, otherwise));
}

// Balanced, so that the graph is flat.
Literal Circuit::all_of(std::span<const Literal> of) {
  if (of.empty()) return always;
  std::vector<Literal> level(of.begin(), of.end());
  while (level.size() > 1) {
    size_t to = 0;
    for (size_t i = 0; i < level.size(); i += 2)
      level[to++] = i + 1 < level.size() ? land(level[i], level[i + 1]) : level[i];
    level.resize(to);
  }
  return level[0];
}

Literal Circuit::any_of(std::span<const Literal> of) {
  std::vector<Literal> negated(of.size());
  std::transform(of.begin(), of.end(), negated.begin(), [](Literal l) { return !l; });
  return !all_of(negated);
}

Literal Circuit::at_least(size_t k, std::span<const Literal> of) {
  std::vector<Weighted> weighted;
  for (const Literal l : of) weighted.push_back({1, l});
  return sum_at_least(static_cast<int64_t>(k), std::move(weighted));
}

Literal Circuit::sum_at_least(int64_t bound, std::vector<Weighted> of) {
  std::vector<Weighted> kept;
  int64_t total = 0, divisor = 0;
  for (Weighted w : of) {
    if (w.weight == 0 || w.when == never) continue;
    if (w.when == always) {
      bound -= w.weight;
      continue;
    }
    if (w.weight < 0) {  // w·x = w + |w|·¬x
      bound -= w.weight;
      w = {-w.weight, !w.when};
    }
    total += w.weight;
    divisor = std::gcd(divisor, w.weight);
    kept.push_back(w);
  }
  if (bound <= 0) return always;
  if (bound > total) return never;
  for (Weighted& w : kept) w.weight /= divisor;
  bound = (bound + divisor - 1) / divisor;
  // Of many, an adder tree is smaller, and a sum that differs in one of them shares most of it.
  constexpr size_t few = 8;
  const Literal met = kept.size() <= few ? by_partial_sums(bound, kept) : by_adders(bound, kept);
  if (is_and(met)) remember(met, bound, std::move(kept));
  return met;
}

// That the sum is at least so much; or, of a node that is the negation of that, that the sum of what does not hold is large enough.
void Circuit::remember(Literal met, int64_t bound, std::vector<Weighted> of) {
  // Found again as an older node, of which perhaps its own parts are made.
  const auto is_older = [&](const Weighted& w) { return w.when.node() < met.node(); };
  if (!std::all_of(of.begin(), of.end(), is_older)) return;
  if (met.negated()) {
    bound = 1 - bound;
    for (Weighted& w : of) {
      bound += w.weight;
      w.when = !w.when;
    }
  }
  sums_.try_emplace(met.node(), Sum{bound, std::move(of)});
}

// A decision diagram over what is still needed: layer i holds each need that may be left before weight i is asked, unless it is met
// already or can not be met any more.
Literal Circuit::by_partial_sums(int64_t bound, const std::vector<Weighted>& of) {
  std::vector<int64_t> rest(of.size() + 1);
  for (size_t i = of.size(); i-- > 0;) rest[i] = rest[i + 1] + of[i].weight;
  std::vector<std::map<int64_t, Literal>> layers(of.size() + 1);
  layers[0][bound] = never;
  for (size_t i = 0; i < of.size(); ++i) {
    for (const auto& [need, unused] : layers[i]) {
      for (const int64_t next : {need, need - of[i].weight}) {
        if (next > 0 && next <= rest[i + 1]) layers[i + 1][next] = never;
      }
    }
  }
  for (size_t i = of.size(); i-- > 0;) {
    const auto met = [&](int64_t need) {
      return need <= 0 ? always : need > rest[i + 1] ? never : layers[i + 1].at(need);
    };
    for (auto& [need, literal] : layers[i]) literal = ite(of[i].when, met(need - of[i].weight), met(need));
  }
  return layers[0].at(bound);
}

std::vector<Literal> Circuit::add(const std::vector<Literal>& a, const std::vector<Literal>& b) {
  std::vector<Literal> out;
  Literal carry = never;
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const Literal x = i < a.size() ? a[i] : never, y = i < b.size() ? b[i] : never;
    const Literal either = lxor(x, y);
    out.push_back(lxor(either, carry));
    carry = lor(land(x, y), land(either, carry));
  }
  if (carry != never) out.push_back(carry);
  return out;
}

Literal Circuit::by_adders(int64_t bound, const std::vector<Weighted>& of) {
  std::vector<std::vector<Literal>> level;
  for (const Weighted& w : of) {
    std::vector<Literal> number;
    for (int64_t rest = w.weight; rest != 0; rest /= 2) number.push_back((rest & 1) != 0 ? w.when : never);
    level.push_back(std::move(number));
  }
  while (level.size() > 1) {
    size_t to = 0;
    for (size_t i = 0; i < level.size(); i += 2)
      level[to++] = i + 1 < level.size() ? add(level[i], level[i + 1]) : std::move(level[i]);
    level.resize(to);
  }
  const std::vector<Literal>& sum = level[0];
  Literal met = always;  // from the lowest bit on: sum ≥ bound
  for (size_t i = 0; i < std::max<size_t>(sum.size(), 63); ++i) {
    const Literal bit = i < sum.size() ? sum[i] : never;
    met = (bound >> i & 1) != 0 ? land(bit, met) : lor(bit, met);
  }
  return met;
}

void Circuit::evaluate(const std::vector<bool>& inputs, std::vector<uint8_t>& values) const {
  values.assign(gates_.size(), 0);
  for (uint32_t n = 1; n < gates_.size(); ++n) {
    const Gate& g = gates_[n];
    values[n] = g.a == input_mark ? inputs[g.b.code] : (value(g.a, values) && value(g.b, values));
  }
}

}  // namespace casus::explore
