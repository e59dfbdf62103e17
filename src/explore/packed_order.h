// SPDX-License-Identifier: Apache-2.0
// Moves that need not be made, as the same state is reached by the same moves in another order: sleep sets, for a search by layers.
//
// Two events are independent where neither writes what the other reads or writes, and neither changes the timing. Whether it reads
// or writes is told from the circuit; the timing, by what holds in the state: most events that may start or end a time limit do not, most times.
// Events have labels, and a state is found by the label of an event that did not change its timing, or by none. In a state that was found by
// f, an event e with a smaller label is left out if e and f are independent.
//
// Why every state is found, after as few events. Let t be a state that the k-th event leads to at the earliest, and of all events that lead to it from
// states after k - 1 let f, from q, have the largest label. Were it left out, then q was found by some g with a larger label, from p after k - 2
// events; and as they are independent, f leads from p to a state after k - 1 events, from which g leads to t: a larger label still. What
// is asked of an event, and whether there is room for what comes of it, is asked in each state whether it is left out or not. What falls due is never left out.
//
// Not together with classes of parties (net_symmetry.h): labels would have to be the same for all of a class.
//
// P. Godefroid, "Partial-Order Methods for the Verification of Concurrent Systems", 1996, chapter 5; S. Katz and D. Peled, "Defining conditional
// independence using collapses", Theoretical Computer Science 101, 1992.
#pragma once

#include <bitset>
#include <vector>

#include "explore/net_problem.h"

namespace casus::explore {

struct EventOrder {
  uint8_t label = 0;  // none: 0
  std::bitset<256>
      asleep;  // in states that were found by these labels it is left out, where it does not change the timing
};
// By rule. Cost: the rules' circuits are gone through once each, and rules compared in pairs; of very many or large ones none is labelled.
std::vector<EventOrder> find_order(const NetProblem& problem);

}  // namespace casus::explore
