// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/model.h"

namespace casus::model {

// Everything in the model, readable, one thing a line, in the order of its tables: for golden tests and
// debugging. Takes models with errors too (what is missing is shown as `?`). Cost: linear in what is printed.
// Deterministic.
std::string describe(const Model& model);

// One condition, with the names of `vars`.
std::string describe(const Model& model, ExprId expr, const std::vector<Named>& vars);

}  // namespace casus::model
