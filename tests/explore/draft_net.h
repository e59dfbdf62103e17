// SPDX-License-Identifier: Apache-2.0
// Random drafts, in which anybody may do what may be done, as net problems.
#pragma once

#include "explore/draft_problem.h"
#include "explore/net_problem.h"

namespace casus::explore::test {

struct DraftNet {
  model::Model model;
  Problem problem;
  std::unique_ptr<NetProblem> net;
};
// `ask` gives the properties. None: it does not resolve, or is no net.
std::unique_ptr<DraftNet> draft_net(uint64_t seed,
                                    std::vector<model::Property> (*ask)(const model::Model&, uint64_t),
                                    int64_t gap = 0);

// Whether it is possible that this is recorded, or is so, of anybody or of one.
model::Property possible(model::Verdict verdict, EntityId bearer = {}, bool at_the_end = false);

}  // namespace casus::explore::test
