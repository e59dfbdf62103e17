// SPDX-License-Identifier: Apache-2.0
// A net without what can not matter for what is asked: the cone of influence. Kept are the bits that a question reads; the rules that write a
// kept bit, that start a kept timer, of which it is asked whether they are taken, or for which there might be no room; the bits that these rules read; the
// timers whose rules are kept. Everything else is left out, until nothing more comes in.
//
// Why it is exact. A course of the whole, without the moves of rules that are left out, is a course of what is kept, at the same instants: there
// is less now that has to come first. A course of what is kept is one of the whole, in which timers that were left out pass when they are due, and
// do nothing that matters: they come after the events of their second and before those of the next, as time is told in seconds. So
// with time too the same can be reached, after as few events, and what lasts or is so at the end is the same. With a least gap between moves a
// passing timer would keep events off: then every timer that a kept rule starts is kept.
//
// E. Clarke, O. Grumberg and D. Peled, "Model Checking", 1999, section 13.1; F. Tip, "A survey of program slicing techniques", 1995.
#pragma once

#include "explore/net_problem.h"

namespace casus::explore {

// Asks the same. Rules of events keep their places; those that do not matter are never enabled. Its states are fewer, and its conditions are gone.
NetProblem slice(const NetProblem& problem);

}  // namespace casus::explore
