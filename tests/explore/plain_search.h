// SPDX-License-Identifier: Apache-2.0
// Every course of events on a net, as plainly as it can be written: one state after the other, each as a list of truths and a timing.
#pragma once

#include <optional>
#include <vector>

#include "explore/net_problem.h"

namespace casus::explore::test {

struct PlainOutcome {
  uint64_t states = 0;
  std::string beyond;  // why there is no room for some state; empty: there is
  bool too_many = false;
  size_t splits = 0;                             // groups that had to be taken apart
  std::vector<std::optional<uint32_t>> decided;  // by NetProblem::asked: after how many events
};
// Splits the problem's groups where it has to.
PlainOutcome plain_search(NetProblem& problem, uint64_t most_states = 20'000);

}  // namespace casus::explore::test
