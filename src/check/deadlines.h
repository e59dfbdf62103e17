// SPDX-License-Identifier: Apache-2.0
// Durations against each other, and what waits for a decision.
#pragma once

#include <string>
#include <vector>

#include "check/context.h"

namespace casus::check {

// Whether `a` is at least as long as `b`, whether it begins with short months or long ones.
bool as_long(const Duration& a, const Duration& b);
// The duties that only arise when the decision is taken.
std::vector<std::string> duties_waiting(Context& x, const model::Body& body, const Decision& d);

}  // namespace casus::check
