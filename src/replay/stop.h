// SPDX-License-Identifier: Apache-2.0
// Where and why a run stopped before its end: its consequences have none.
#pragma once

#include <vector>

#include "run/engine.h"
#include "text/diagnostic.h"

namespace casus::replay {

struct Stop {
  run::RunStatus status = run::RunStatus::done;  // done: it did not
  int64_t at = 0;
  std::vector<model::ClauseId> clauses;  // those at work, in order
};

Stop stop_of(const run::Engine& engine, run::RunStatus status);
// What to tell the user, at the first of the clauses. Precondition: it did stop.
Diagnostic message(const model::Model& model, const Stop& stop);

}  // namespace casus::replay
