// SPDX-License-Identifier: Apache-2.0
// Every course of moves on a net, in breadth, with nothing but a set of states: what cleverer searches are held to. With a net problem it keeps
// time; without, a timer that runs may pass at any time. What is beyond the net's room does not happen.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "explore/net_problem.h"

namespace casus::explore::test {

// What is looked for: a literal over a state, or for each rule (by place) one over the state in which it is taken.
struct Goal {
  Literal state = never;
  std::vector<Literal> taking;
};

struct SetState {
  std::vector<bool> bits;
  TimingId timing = Timings::beginning();
  friend bool operator==(const SetState&, const SetState&) = default;
};

struct SetSearch {
  const Net& net;
  std::vector<Goal> goals = {};
  const NetProblem* timed = nullptr;  // of the same net
  Timings* timings = nullptr;         // of `timed`, if it is given
  size_t states = 1'000'000;
  uint32_t moves = UINT32_MAX;
  // The places of rules that are to be followed from a state, of those that may be taken there; by default all.
  std::function<void(const SetState&, const std::vector<uint8_t>& values, std::vector<uint32_t>& may)> which =
      {};
  std::function<void(SetState&)> canonical = {};
};
struct SetSearched {
  size_t states = 0;
  std::vector<size_t> by_moves;                // states that need so many
  std::vector<std::optional<uint32_t>> goals;  // the fewest moves
  bool whole = true;                           // false: more than `states`
  std::set<uint32_t> apart;                    // timers whose groups would have to be split first
};
SetSearched search(const SetSearch& asked);

// What of a rule's timing holds in a state (RuleTiming).
uint64_t signature_of(const RuleTiming& rule, const std::vector<uint8_t>& values);

}  // namespace casus::explore::test
