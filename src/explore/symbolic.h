// SPDX-License-Identifier: Apache-2.0
// Every course of events on a net, by whole sets of states as decision diagrams: a diagram for each timing (timing.h). First all that may
// be reached, in no order; then, if it decides a property, in breadth by the number of events, until it is known by how few.
#pragma once

#include <functional>

#include "explore/net_outcome.h"

namespace casus::explore {

// Deterministic. Splits the problem's groups where it has to. One at a time in the process; another one waits. `with_time`: false where
// time is left out, so that whatever is due may pass at any time. Cost: by the size of the diagrams, not by the number of states.
NetOutcome explore_symbolically(NetProblem& problem, const Limits& limits,
                                const std::function<void(const Progress&)>& progress = {},
                                bool with_time = true);

}  // namespace casus::explore
