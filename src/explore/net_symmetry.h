// SPDX-License-Identifier: Apache-2.0
// Parties that may be taken for one another. In most treaties most parties are: one is as good as the other, and states that
// differ only in which of them has done what are, for what is asked, one state. Of n such parties up to n! states become one.
//
// Found: two parties are exchanged by exchanging the bits that speak of them, which their names say. Proved: each rule,
// with its inputs exchanged, is a rule again, that writes the exchanged bits, at the same cost of time; the first state stays what it is, and so does
// what is asked. Functions are compared in a form in which order does not matter: conjunctions are flattened and sorted, sums are added up again
// sorted (Circuit::sum). That may fail to see that two functions are one, and then there is no symmetry; what it sees is so.
// Exchanges of one party with each of a class make every permutation of the class.
//
// Used: each state stands for all that are permutations of it; of these the one is kept in which the parties' bits are in order. So it is
// again a state that can be reached, as the first state is its own. Fewest moves to what is asked are the same. A story that leads from one kept
// state to the next is told again from the beginning: from each state on, any rule does that leads into what the next kept state stands for.
//
// None where time would tell parties apart: what falls due at one instant is taken in a fixed order, so timers have to stay what they are
// under an exchange. And none where a bit speaks of two parties of a class: then the order of one party's bits is not its own.
//
// E. Clarke, R. Enders, T. Filkorn and S. Jha, "Exploiting symmetry in temporal logic model checking", Formal Methods in System Design 9, 1996;
// E. A. Emerson and A. P. Sistla, "Symmetry and model checking", the same volume.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "explore/net_problem.h"

namespace casus::explore {

struct Symmetry {
  std::vector<std::vector<std::vector<uint32_t>>>
      classes;                                 // class → party → its bits, each party's in the same order
  std::vector<std::vector<EntityId>> parties;  // as `classes`

  // The state that stands for this one; bit b is bit b % 64 of word b / 64, and what lies beyond the bits stays. Cost: linear in the bits of parties.
  void canonical(std::span<uint64_t> words) const;
  // How many states one may stand for, at most; saturates.
  uint64_t most() const;
};

// `model` names the parties. Classes of two or more.
Symmetry find_symmetry(const NetProblem& problem, const model::Model& model);

}  // namespace casus::explore
