// SPDX-License-Identifier: Apache-2.0
#include "explore/symbolic_ways.h"

#include <algorithm>
#include <bit>

namespace casus::explore {

void Ways::divide(Way whole, std::vector<Way>& into) {
  extend();
  std::erase_if(whole.writes, [&](const Write& w) { return stays(w); });
  const size_t first = into.size();
  std::vector<Way> left{std::move(whole)};
  while (!left.empty()) {
    const Way way = std::move(left.back());
    left.pop_back();
    const uint32_t node = into.size() - first + left.size() < most_ways ? condition(way) : 0;
    if (node == 0) {
      into.push_back(way);
      continue;
    }
    for (const bool value : {true, false}) {
      Way half;
      if (assume(node, value, way, half)) left.push_back(std::move(half));
    }
  }
}

// Room for the gates that are new.
void Ways::extend() {
  supports_.extend(circuit_);
  place_.resize(circuit_.size());
  made_.resize(circuit_.size());
  when_.resize(circuit_.size());
}

bool Ways::stays(const Write& w) const {
  return !w.next.negated() && circuit_.is_input(w.next.node()) &&
         circuit_.gate(w.next.node()).b.code == w.bit;
}

// The wide gate that most writes ask; of several the one nearest to them. 0: none is worth it.
uint32_t Ways::condition(const Way& way) {
  std::vector<uint32_t> cone;
  const auto meet = [&](Literal l) {
    if (!supports_.is_wide(l.node()) || place_[l.node()] != 0) return;
    place_[l.node()] = 1;
    cone.push_back(l.node());
  };
  for (const Write& w : way.writes) meet(w.next);
  for (size_t i = 0; i < cone.size(); ++i) {
    meet(circuit_.gate(cone[i]).a);
    meet(circuit_.gate(cone[i]).b);
  }
  std::sort(cone.begin(), cone.end(), std::greater<>());
  for (size_t i = 0; i < cone.size(); ++i) place_[cone[i]] = static_cast<uint32_t>(i) + 1;
  const size_t words = way.writes.size() / 64 + 1;
  std::vector<uint64_t> asked_by(cone.size() * words);
  for (size_t i = 0; i < way.writes.size(); ++i) {
    if (const uint32_t at = place_[way.writes[i].next.node()]; at != 0)
      asked_by[(at - 1) * words + i / 64] |= uint64_t{1} << i % 64;
  }
  uint32_t best = 0;
  size_t most = worth - 1;
  for (size_t i = 0; i < cone.size(); ++i) {
    size_t writes = 0;
    for (size_t k = 0; k < words; ++k) writes += static_cast<size_t>(std::popcount(asked_by[i * words + k]));
    if (writes > most) {
      most = writes;
      best = cone[i];
    }
    for (const Literal l : {circuit_.gate(cone[i]).a, circuit_.gate(cone[i]).b}) {
      if (const uint32_t at = place_[l.node()]; at != 0) {
        for (size_t k = 0; k < words; ++k) asked_by[(at - 1) * words + k] |= asked_by[i * words + k];
      }
    }
  }
  for (const uint32_t n : cone) place_[n] = 0;
  return best;
}

// False: the way is not open then.
bool Ways::assume(uint32_t node, bool value, const Way& way, Way& out) {
  ++round_;
  made_[node] = value ? always : never;
  when_[node] = round_;
  const Literal condition{2 * node};
  out.rule = way.rule;
  out.enabled = circuit_.land(under(way.enabled), value ? condition : !condition);
  if (out.enabled == never) return false;
  for (const Write& w : way.writes) {
    const Write made{w.bit, under(w.next)};
    if (!stays(made)) out.writes.push_back(made);
  }
  for (const Literal l : way.asked) out.asked.push_back(under(l));
  extend();
  return true;
}

Literal Ways::under(Literal literal) {
  std::vector<uint32_t> stack{literal.node()};
  const auto is_made = [&](uint32_t n) { return !supports_.is_wide(n) || when_[n] == round_; };
  const auto made = [&](Literal l) {
    if (!supports_.is_wide(l.node())) return l;  // no wide gate is below it
    return l.negated() ? !made_[l.node()] : made_[l.node()];
  };
  while (!stack.empty()) {
    const uint32_t n = stack.back();
    if (is_made(n)) {
      stack.pop_back();
      continue;
    }
    const Circuit::Gate g = circuit_.gate(n);
    if (!is_made(g.a.node())) {
      stack.push_back(g.a.node());
    } else if (!is_made(g.b.node())) {
      stack.push_back(g.b.node());
    } else {
      made_[n] = circuit_.land(made(g.a), made(g.b));
      when_[n] = round_;
    }
  }
  return made(literal);
}

}  // namespace casus::explore
