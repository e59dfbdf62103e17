// SPDX-License-Identifier: Apache-2.0
// A scenario as a text in the language, which `casus run` and `casus test` take.
#pragma once

#include <string>
#include <vector>

#include "model/model.h"

namespace casus::report {

// `use`: files that it needs, as the text is to name them; `remarks`: lines of comment above it; `condition`: how the text
// has the condition of an expectation. The text resolves to the scenario again.
std::string scenario_text(const model::Model& model, const model::Scenario& scenario,
                          const std::vector<std::string>& use, const std::vector<std::string>& remarks,
                          const std::string& condition);

}  // namespace casus::report
