// SPDX-License-Identifier: Apache-2.0
// A course that a fast explorer found, gone again by the general one: exactly these events, and between them whatever falls due.
#pragma once

#include "explore/net_problem.h"
#include "explore/search.h"

namespace casus::explore {

// The path by which the property is decided. None: these events do not lead to it, which is a mistake of one of the two.
std::optional<Decided> follow(const Ground& ground, const NetProblem& problem,
                              const std::vector<uint32_t>& events, uint32_t property);

}  // namespace casus::explore
