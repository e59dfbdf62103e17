// SPDX-License-Identifier: Apache-2.0
// What is never so. Much of what a net has no room for can not come about: a duty is not made due a second time while it is owed, as it is owed
// only while there is an alarm, and is made due when an alarm begins. Such a reason of `beyond` costs every explorer a test of each state, and
// holds everything that it reads in a slice (net_slice.h). Those that can be shown not to come about are taken out.
//
// Shown by induction. Clauses of two bits ("this or that") that hold at first and in random courses are supposed to hold always. A reason that
// contradicts them is one that can not come about, if those clauses hold from which the contradiction comes; and each of these holds
// if after each rule its negation contradicts what is supposed before it; and so on. A clause for which that fails is given up, and everything is
// done again. Contradictions are found by propagation through the gates, with the cases of a disjunction tried one by one: that sees not
// everything, and then a reason stays. What is left holds in each state that can be reached before there is no room, whatever the time.
//
// C. Flanagan and K. R. M. Leino, "Houdini, an annotation assistant for ESC/Java", FME 2001; C. A. J. van Eijk, "Sequential equivalence checking
// based on structural similarities", IEEE Transactions on CAD 19, 2000.
#pragma once

#include "explore/net.h"

namespace casus::explore {

// Takes reasons of `beyond` out that can not come about; says how many. Deterministic, but `stop` ends it with none. Cost: bounded; on large nets
// nothing may be shown.
size_t drop_impossible(Net& net, const std::atomic<bool>* stop = nullptr);

}  // namespace casus::explore
