// SPDX-License-Identifier: Apache-2.0
// Explanations, comparisons, judged expectations and lists for machines, by the schemas in docs/schema. Each
// function gives one document.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "replay/decisive.h"
#include "replay/explain.h"
#include "report/junit.h"

namespace casus::report {

std::string explain_json(const replay::Replay& replay, const std::vector<replay::Explanation>& explanations);

// `replays` are the columns of the comparison, in its order.
std::string compare_json(const std::vector<const replay::Replay*>& replays,
                         const replay::Comparison& comparison,
                         const std::optional<replay::Decisions>& decisions);

std::string test_json(const TestReport& report);

// What stands in the files of these paths.
std::string list_json(const model::Model& model, const Sources& sources,
                      const std::vector<std::string>& files);

}  // namespace casus::report
