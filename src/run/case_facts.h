// SPDX-License-Identifier: Apache-2.0
// The dated facts of a case, as changes in the order in which they are due: docs/semantics.md §10 "Dated facts".
#pragma once

#include <array>
#include <vector>

#include "run/ledger.h"

namespace casus::run {

struct DatedChange {
  int64_t at = 0;
  FactId fact;
  std::array<Value, model::max_fact_params> args{};
  Value value = 0;             // relation: 1 begins, 0 ends; function: its value, or no_value
  bool is_succession = false;  // args: successor, predecessor, instrument
};

// Leaves out what belongs to instruments outside the case; applies `as if in force`, and leaves out what would be over
// before it begins. Those without a beginning begin at far_past.
std::vector<DatedChange> dated_facts(const model::Model& model, const Case& c);

}  // namespace casus::run
