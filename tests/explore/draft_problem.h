// SPDX-License-Identifier: Apache-2.0
// Random drafts as problems to explore.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "explore/problem.h"
#include "explore/random_draft.h"

namespace casus::explore::test {

inline constexpr int draft_seconds = 6;

// None, and why, when it does not resolve.
std::optional<model::Model> resolved(const std::string& text, std::string& messages);
// Of its first scenario.
run::Case case_of(const model::Model& m);
// A few kinds of events that may happen, which the seed says.
std::vector<model::MayHappen> may_happen(const model::Model& m, uint64_t seed);
// Whether so much can come about by at most two events of these.
Problem draft_problem(const model::Model& m, uint64_t seed, std::vector<model::Property> asked = {});

}  // namespace casus::explore::test
