// SPDX-License-Identifier: Apache-2.0
#include "explore/symbolic_moves.h"

#include <algorithm>

#include "base/check.h"
#include "explore/symbolic_ways.h"

namespace casus::explore {

SymbolicMoves::SymbolicMoves(Diagrams& diagrams, const Net& net, BitOrder by, std::span<const Asked> rules,
                             std::span<const Literal> conditions)
    : d_(diagrams), net_(net), circuit_(net.circuit), place_(net.bits.size()) {
  const std::vector<uint32_t> order = order_of_bits(net, by);
  for (uint32_t i = 0; i < order.size(); ++i) place_[order[i]] = i;
  make(rules);
  for (const Literal l : conditions) conditions_.push_back(of(l));
  made_.clear();
  is_made_.clear();
}

void SymbolicMoves::make(std::span<const Asked> rules) {
  Ways divided(circuit_);
  std::vector<Way> ways;
  for (const Asked& a : rules) {
    if (a.enabled == never) continue;
    divided.divide({a.rule, a.enabled, net_.rules[a.rule].writes, a.asked}, ways);
  }
  made_.resize(circuit_.size());
  is_made_.resize(circuit_.size());
  is_made_[0] = 1;
  size_t first = 0;  // of the rule's moves
  for (const Way& way : ways) {
    if (!moves_.empty() && moves_.back().rule != way.rule) first = moves_.size();
    const Diagram enabled = of(way.enabled);
    if (enabled.is_false()) continue;
    SymbolicMove move = move_of(way.rule, enabled, way.writes);
    for (const Literal l : way.asked) move.asked.push_back(d_.both(enabled, of(l)));
    if (!join(move, first)) moves_.push_back(std::move(move));
  }
}

SymbolicMove SymbolicMoves::move_of(uint32_t rule, const Diagram& enabled, const std::vector<Write>& writes) {
  SymbolicMove out;
  out.rule = rule;
  out.enabled = enabled;
  out.writes = writes;
  // From the last variable on, so that what has been made is below what is added.
  std::sort(out.writes.begin(), out.writes.end(),
            [&](const Write& a, const Write& b) { return place_[a.bit] > place_[b.bit]; });
  std::vector<std::pair<size_t, bool>> written, constants;
  std::vector<Diagram> becomes;
  for (const Write& w : out.writes) {
    written.emplace_back(even(w.bit), true);
    if (w.next.node() == 0)
      constants.emplace_back(even(w.bit), w.next == always);
    else
      becomes.push_back(d_.same(d_.variable(even(w.bit) + 1), of(w.next)));
  }
  out.written = d_.cube(written);
  out.constants = d_.cube(constants);
  put_in_parts(std::move(becomes), out);
  return out;
}

void SymbolicMoves::put_in_parts(std::vector<Diagram> becomes, SymbolicMove& move) {
  std::vector<Diagram> parts;
  for (Diagram& one : becomes) {
    if (!parts.empty()) {
      Diagram more = d_.both(parts.back(), one);
      if (d_.nodes(more) <= large) {
        parts.back() = std::move(more);
        continue;
      }
    }
    parts.push_back(std::move(one));
  }
  std::vector<size_t> last(2 * place_.size(), 0);  // by variable: the last part that asks it
  for (size_t i = 0; i < parts.size(); ++i) {
    for (const size_t v : d_.asked_by(parts[i])) last[v] = i;
  }
  for (size_t i = 0; i < parts.size(); ++i) {
    std::vector<std::pair<size_t, bool>> ends;
    for (const Write& w : move.writes) {
      if (last[even(w.bit)] == i) ends.emplace_back(even(w.bit), true);
    }
    move.parts.push_back({parts[i], d_.cube(ends)});
  }
}

// Whether it writes what another one of its rule does: then that one is enabled where this is too.
bool SymbolicMoves::join(const SymbolicMove& move, size_t first) {
  for (size_t i = first; i < moves_.size(); ++i) {
    SymbolicMove& m = moves_[i];
    if (m.rule != move.rule || m.parts != move.parts || m.written != move.written ||
        m.constants != move.constants)
      continue;
    m.enabled = d_.either(m.enabled, move.enabled);
    for (size_t k = 0; k < m.asked.size(); ++k) m.asked[k] = d_.either(m.asked[k], move.asked[k]);
    return true;
  }
  return false;
}

Diagram SymbolicMoves::of(Literal l) {
  std::vector<uint32_t> stack{l.node()};
  while (!stack.empty()) {
    const uint32_t n = stack.back();
    if (is_made_[n]) {
      stack.pop_back();
      continue;
    }
    const Circuit::Gate& g = circuit_.gate(n);
    if (circuit_.is_input(n)) {
      made_[n] = d_.variable(even(g.b.code));
    } else if (!is_made_[g.a.node()]) {
      stack.push_back(g.a.node());
      continue;
    } else if (!is_made_[g.b.node()]) {
      stack.push_back(g.b.node());
      continue;
    } else {
      const Diagram &a = made_[g.a.node()], &b = made_[g.b.node()];
      made_[n] = g.a.negated() && g.b.negated() ? d_.negation(d_.either(a, b))
                 : g.a.negated()                ? d_.without(b, a)
                 : g.b.negated()                ? d_.without(a, b)
                                                : d_.both(a, b);
    }
    is_made_[n] = 1;
    stack.pop_back();
  }
  return l.negated() ? d_.negation(made_[l.node()]) : made_[l.node()];
}

Diagram SymbolicMoves::state(const std::vector<bool>& bits) {
  std::vector<std::pair<size_t, bool>> literals;
  for (uint32_t b = 0; b < bits.size(); ++b) literals.emplace_back(even(b), bits[b]);
  return d_.cube(literals);
}

std::vector<bool> SymbolicMoves::some_of(const Diagram& states) const {
  const std::vector<bool> values = d_.first(states);
  std::vector<bool> out(place_.size());
  for (uint32_t b = 0; b < out.size(); ++b) out[b] = values[even(b)];
  return out;
}

Diagram SymbolicMoves::after(const SymbolicMove& move, const Diagram& from) {
  if (move.writes.empty()) return from;
  if (move.parts.empty()) return d_.both(d_.exists(from, move.written), move.constants);
  Diagram next = from;
  for (const SymbolicMove::Part& p : move.parts) next = d_.both_exist(next, p.becomes, p.ends);
  next = d_.odd_as_even(next);
  return move.constants.is_true() ? next : d_.both(next, move.constants);
}

Diagram SymbolicMoves::before(const SymbolicMove& move, const std::vector<bool>& state) {
  std::vector<std::pair<size_t, bool>> stays, next, odd;
  std::vector<uint8_t> written(state.size());
  for (const Write& w : move.writes) {
    written[w.bit] = 1;
    if (w.next.node() == 0) {
      if ((w.next == always) != state[w.bit]) return Diagram();
      continue;
    }
    next.emplace_back(even(w.bit) + 1, state[w.bit]);
    odd.emplace_back(even(w.bit) + 1, true);
  }
  for (uint32_t b = 0; b < state.size(); ++b) {
    if (!written[b]) stays.emplace_back(even(b), state[b]);
  }
  Diagram out = d_.both(d_.cube(stays), move.enabled);
  const Diagram is_next = d_.cube(next), of_next = d_.cube(odd);
  for (const SymbolicMove::Part& p : move.parts)
    out = d_.both(out, d_.both_exist(p.becomes, is_next, of_next));
  return out;
}

}  // namespace casus::explore
