// SPDX-License-Identifier: Apache-2.0
// Durations against each other.
#pragma once

#include "check/context.h"

namespace casus::check {

// Whether `a` is at least as long as `b`, whether it begins with short months or long ones.
bool as_long(const Duration& a, const Duration& b);

}  // namespace casus::check
