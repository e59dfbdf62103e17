// SPDX-License-Identifier: Apache-2.0
// Which explorer answers. One on a net where the model is one, as it is thousands of times faster; the general one for all else, and to confirm
// each story: what a net was found to do, the engine has to do.
#pragma once

#include "explore/search.h"

namespace casus::explore {

// As search(). Of different stories, and of what no net says, the general explorer tells.
Outcome solve(const Ground& ground, const Limits& limits,
              const std::function<void(const Progress&)>& progress = {});

}  // namespace casus::explore
