// SPDX-License-Identifier: Apache-2.0
// Every course of moves on a net, in breadth, with nothing but a set of states: what cleverer searches are held to. Time is left out: a timer
// that runs may pass at any time. What is beyond the net's room does not happen.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "explore/net.h"

namespace casus::explore::test {

// What is looked for: a literal over a state, or for each rule (by place) one over the state in which it is taken.
struct Goal {
  Literal state = never;
  std::vector<Literal> taking;
};

struct PlainLimits {
  size_t states = 1'000'000;
  uint32_t moves = UINT32_MAX;
};
// The places of rules that are to be followed from a state, of those that may be taken there; by default all of them.
using Which = std::function<void(const std::vector<bool>& state, const std::vector<uint8_t>& values,
                                 std::vector<uint32_t>& may)>;
using Canonical = std::function<void(std::vector<bool>& state)>;

struct Searched {
  size_t states = 0;
  std::vector<size_t> by_moves;                // states that need so many
  std::vector<std::optional<uint32_t>> goals;  // the fewest moves
  bool whole = true;                           // false: more than `states`
};
Searched plain_search(const Net& net, const std::vector<Goal>& goals, const PlainLimits& limits = {},
                      const Which& which = {}, const Canonical& canonical = {});

}  // namespace casus::explore::test
