// SPDX-License-Identifier: Apache-2.0
// Boolean functions of many inputs as one graph of and-gates and inverters. A gate is made once: what is asked for again is
// found (structural hashing), and constants and the plainest tautologies fold away. Gates stand in topological order.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace casus::explore {

// A node of the circuit or its negation.
struct Literal {
  uint32_t code = 0;  // twice the node, plus one when negated
  uint32_t node() const { return code / 2; }
  bool negated() const { return (code & 1) != 0; }
  friend constexpr auto operator<=>(const Literal&, const Literal&) = default;
  friend constexpr Literal operator!(Literal l) { return {l.code ^ 1u}; }
};
inline constexpr Literal never{0}, always{1};  // node 0 is the constant

struct Weighted {
  int64_t weight = 0;
  Literal when;
  friend constexpr auto operator<=>(const Weighted&, const Weighted&) = default;
};
// Whether the sum of the weights of those that hold is at least `bound`.
struct Sum {
  int64_t bound = 0;
  std::vector<Weighted> of;
};

class Circuit {
 public:
  struct Gate {
    Literal a, b;  // an input: b is its number, and a is `input_mark`
  };
  static constexpr Literal input_mark{0xFFFFFFFFu};

  Circuit() { clear(); }
  void clear();     // keeps the memory
  Literal input();  // a new one; they are numbered from 0
  Literal land(Literal a, Literal b);
  Literal lor(Literal a, Literal b) { return !land(!a, !b); }
  Literal lxor(Literal a, Literal b) { return !land(!land(a, !b), !land(!a, b)); }
  Literal ite(Literal c, Literal then, Literal otherwise);
  Literal all_of(std::span<const Literal> of);
  Literal any_of(std::span<const Literal> of);
  // At least k of them. Cost: as sum_at_least().
  Literal at_least(size_t k, std::span<const Literal> of);
  // Whether the sum of the weights of those that hold is at least `bound`. Weights may be negative; the sum of their sizes must
  // lie within 62 bits. Cost: of a few, a gate or two for each partial sum that matters; of n, about 14·n gates, more for large weights.
  Literal sum_at_least(int64_t bound, std::vector<Weighted> of);

  size_t size() const { return gates_.size(); }  // with the constant and the inputs
  const Gate& gate(uint32_t node) const { return gates_[node]; }
  bool is_input(uint32_t node) const { return node != 0 && gates_[node].a == input_mark; }
  uint32_t inputs() const { return inputs_; }
  std::vector<Literal> input_literals() const;  // by number. Cost: linear in size()
  // The sum as which a node has been made, where it has; a circuit made out of this one adds up again.
  const Sum* sum(uint32_t node) const {
    const auto it = sums_.find(node);
    return it == sums_.end() ? nullptr : &it->second;
  }
  // Each node's value for these inputs, by node. Cost: linear.
  void evaluate(const std::vector<bool>& inputs, std::vector<uint8_t>& values) const;
  static bool value(Literal l, const std::vector<uint8_t>& values) {
    return (values[l.node()] != 0) != l.negated();
  }

 private:
  void remember(Literal met, int64_t bound, std::vector<Weighted> of);
  Literal by_partial_sums(int64_t bound, const std::vector<Weighted>& of);
  Literal by_adders(int64_t bound, const std::vector<Weighted>& of);
  std::vector<Literal> add(const std::vector<Literal>& a, const std::vector<Literal>& b);
  // What follows from a and b together without a new gate; `input_mark` when nothing does.
  Literal simpler(Literal a, Literal b) const;
  bool is_and(Literal l) const { return l.node() != 0 && gates_[l.node()].a != input_mark; }

  std::vector<Gate> gates_;
  std::unordered_map<uint32_t, Sum> sums_;
  uint32_t& place_of(Literal a, Literal b);
  void grow();
  std::vector<uint32_t> known_;  // a hash table of and-gates; 0 is an empty place
  size_t ands_ = 0;
  uint32_t inputs_ = 0;
};

}  // namespace casus::explore
