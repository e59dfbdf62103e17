// SPDX-License-Identifier: Apache-2.0
// What a fast explorer found on a net problem.
#pragma once

#include "explore/net_problem.h"
#include "explore/search.h"

namespace casus::explore {

struct NetOutcome {
  // By NetProblem::asked: the events (numbered as NetProblem::events) after which it is decided, as few as any; what falls due between them is
  // free. None: not decided.
  std::vector<std::optional<std::vector<uint32_t>>> stories;
  Ended ended = Ended::complete;
  uint64_t states = 0;  // UINT64_MAX: more than that, and `states_written` says how many
  std::string states_written;
  uint64_t moves = 0;           // 0: not counted one by one
  uint64_t moves_left_out = 0;  // of these, as the same is reached in another order
  uint32_t events = 0;  // every course of so many was followed
  size_t bytes = 0;
  std::vector<std::vector<EntityId>>
      exchanged;       // classes of parties, up to whose exchange states are counted
  uint32_t bits = 0;   // that tell one state from another, with its timing
  std::string beyond;  // the net has no room for what may be reached: where and why; then nothing else counts
};

}  // namespace casus::explore
