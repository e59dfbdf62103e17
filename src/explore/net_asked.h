// SPDX-License-Identifier: Apache-2.0
// Properties as literals of a net (NetAsked), or why no net says them.
#pragma once

#include "explore/net_problem.h"

namespace casus::explore {

// Whether it asks what would come of votes: compile_net() has to be told.
bool asks_motions(const model::Property& property);
// Fills in `asked`, `unasked` and `groups` of a net problem that has all else.
void ask(const Problem& problem, NetProblem& of);

}  // namespace casus::explore
