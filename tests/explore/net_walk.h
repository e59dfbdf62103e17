// SPDX-License-Identifier: Apache-2.0
// A random walk on the fast engine and on a net of the same case, side by side: after each step the same facts hold, the same
// duties are live, the same motions are open with the same votes, and the same has been recorded.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "explore/net_run.h"
#include "run/engine.h"

namespace casus::explore::test {

// The events of the model's first scenario as events that may happen at any time, and so many of them told as its story.
struct Events {
  std::vector<MayOccur> may;
  std::optional<Story> story;
  uint32_t places = 1;
};
// `places`: of equal occurrences that events may name, NetLimits::capacity.
Events events_of(const model::Model& model, size_t told = 0, uint32_t places = 1);

struct Walked {
  size_t steps = 0;
  std::string differs;  // what, after the last of them; empty: nothing
  std::string beyond;   // why it ended before its time
  std::vector<std::string> course;
  std::map<RecordKind, size_t> recorded;
};
// So many events, drawn by the seed, with some time between them: mostly less than so many hours.
Walked walk(const program::Program& program, const run::Case& c, const Events& events, const Net& net,
            uint64_t seed, size_t steps, uint64_t hours);

}  // namespace casus::explore::test
