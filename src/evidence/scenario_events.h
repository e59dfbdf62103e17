// SPDX-License-Identifier: Apache-2.0
// The events that a scenario's own text tells.
#pragma once

#include <memory>

#include "evidence/events.h"

namespace casus::evidence {

// In the order of the text. An event without a name that a later one refers to is given one: "#3" for the third. Both the
// model and the labels must outlive the reader. Cost: O(events) at once, then O(1) each.
std::unique_ptr<EventReader> read_scenario(const model::Scenario& scenario, const model::Model& model,
                                           Labels& labels);

}  // namespace casus::evidence
