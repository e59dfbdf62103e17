// SPDX-License-Identifier: Apache-2.0
// Explanations as a tree of questions and answers.
#pragma once

#include <string>
#include <vector>

#include "replay/explain.h"
#include "report/run_text.h"

namespace casus::report {

std::string explain_text(const replay::Replay& replay, const std::vector<replay::Explanation>& explanations,
                         const TextOptions& options);

}  // namespace casus::report
