// SPDX-License-Identifier: Apache-2.0
// What follows from some literals of a circuit by looking at one gate at a time, and at clauses of two of its nodes; and from which clauses it follows.
// A solver's unit propagation, without the solver: it sees not everything, and takes little time.
#pragma once

#include <span>
#include <vector>

#include "explore/circuit.h"

namespace casus::explore {

class Propagation {
 public:
  explicit Propagation(const Circuit& circuit);

  void clause(Literal a, Literal b, uint32_t number) {
    clauses_[(!a).code].push_back({b, number});
    clauses_[(!b).code].push_back({a, number});
  }
  void give_up(uint32_t number) {
    for (auto& of : clauses_) std::erase_if(of, [&](const Implied& i) { return i.clause == number; });
  }
  // Nothing is supposed any more; from here on only gates under these literals are looked at.
  void only(std::span<const Literal> roots);

  // False: a contradiction, and `used` has the clauses that it comes from.
  bool suppose(Literal l);
  // Whether these contradict one another: by propagation, or in each case of a disjunction among them.
  bool contradict(std::span<const Literal> all, int splits);

  std::vector<uint32_t> used;
  uint64_t work = 0;  // gates looked at

 private:
  static constexpr uint8_t unknown = 2;
  static constexpr uint32_t supposed = UINT32_MAX;
  struct Implied {
    Literal what;
    uint32_t clause = 0;
  };
  struct Cause {
    uint32_t gate = supposed;  // 0: the clause, with the node that implies it
    uint32_t clause = 0, node = 0;
  };

  uint8_t value(Literal l) const {
    const uint8_t v = value_[l.node()];
    return v == unknown ? v : v ^ static_cast<uint8_t>(l.negated());
  }
  bool set(Literal l, Cause cause);
  bool look(uint32_t gate);
  bool follow();
  void explain(uint32_t node, Cause cause);
  std::vector<Literal> open_disjunction(Literal l) const;
  void back_to(size_t mark);

  const Circuit& c_;
  std::vector<uint8_t> value_;
  std::vector<Cause> cause_;
  std::vector<uint32_t> place_;          // of a node on the trail
  std::vector<uint32_t> first_, users_;  // the gates over each node
  std::vector<bool> within_;
  std::vector<std::vector<Implied>> clauses_;  // what a literal implies, by its code
  std::vector<uint32_t> trail_;
  size_t done_ = 0;
};

}  // namespace casus::explore
