// SPDX-License-Identifier: Apache-2.0
// The rules of a net as what they make of sets of states. A set is a function of the even variables; the odd ones beside them stand for the
// state after a move, and only of bits that it writes with what is no constant.
#pragma once

#include <span>
#include <vector>

#include "explore/diagrams.h"
#include "explore/net.h"
#include "explore/symbolic_order.h"

namespace casus::explore {

// A way to go on by a rule (symbolic_ways.h); ways of one rule that write the same are one. What it writes is in parts, as all of it together
// may be very large where a part is not: each is put together with the states in turn, and what no later part asks is let go.
struct SymbolicMove {
  uint32_t rule = 0;
  Diagram enabled;
  std::vector<Diagram> asked;  // where it is enabled and so
  struct Part {
    Diagram becomes;  // odd variables by even ones
    Diagram ends;     // bits written that are asked no more after it
    friend bool operator==(const Part&, const Part&) = default;
  };
  std::vector<Part> parts;     // what is written that is no constant
  Diagram written, constants;  // the bits written; the values of those that are constants
  std::vector<Write> writes;
};

class SymbolicMoves {
 public:
  struct Asked {
    uint32_t rule = 0;
    Literal enabled;
    std::vector<Literal> asked;
  };
  // Both outlive it. Of the rules named only.
  SymbolicMoves(Diagrams& diagrams, const Net& net, BitOrder order, std::span<const Asked> rules,
                std::span<const Literal> conditions);

  static size_t variables(const Net& net) { return 2 * net.bits.size(); }
  const std::vector<SymbolicMove>& all() const { return moves_; }
  const Diagram& condition(size_t i) const { return conditions_[i]; }  // as given

  Diagram state(const std::vector<bool>& bits);
  // The first one. Precondition: not false.
  std::vector<bool> some_of(const Diagram& states) const;
  // From where it is enabled. Precondition: it is enabled in all of them.
  Diagram after(const SymbolicMove& move, const Diagram& from);
  // What leads to that state, where it is enabled.
  Diagram before(const SymbolicMove& move, const std::vector<bool>& state);

 private:
  static constexpr size_t large = 1000;  // nodes of a part to which no more is added
  size_t even(uint32_t bit) const { return 2 * size_t{place_[bit]}; }
  void make(std::span<const Asked> rules);
  Diagram of(Literal l);
  SymbolicMove move_of(uint32_t rule, const Diagram& enabled, const std::vector<Write>& writes);
  void put_in_parts(std::vector<Diagram> becomes, SymbolicMove& move);
  bool join(const SymbolicMove& move, size_t first);

  Diagrams& d_;
  const Net& net_;
  Circuit circuit_;              // the net's, and gates of ways
  std::vector<uint32_t> place_;  // by bit
  std::vector<Diagram> made_;    // by gate, while moves are made
  std::vector<uint8_t> is_made_;
  std::vector<SymbolicMove> moves_;
  std::vector<Diagram> conditions_;
};

}  // namespace casus::explore
