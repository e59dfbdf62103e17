// SPDX-License-Identifier: Apache-2.0
// Which text of a draft with choices a replay is about.
#pragma once

#include <optional>
#include <span>

#include "model/model.h"
#include "text/diagnostic.h"

namespace casus::replay {

// What the scenario says of choices, and over it what is `asked` for.
model::Package package_of(const model::Scenario& scenario, const model::Package& asked);

// What to tell the user where `package` leaves a choice open, or a parameter, that the instruments ask about or
// an expectation does. `at`: who needs to know it. Cost: linear in the model.
std::optional<Diagnostic> left_open(const model::Model& model,
                                    std::span<const model::InstrumentId> instruments,
                                    std::span<const model::Expectation> expectations,
                                    const model::Package& package, Span at);

}  // namespace casus::replay
