// SPDX-License-Identifier: Apache-2.0
// A scenario's expectations against a ledger.
#pragma once

#include <optional>
#include <vector>

#include "replay/replay.h"

namespace casus::replay {

// The record by which such a verdict is seen; none for what is asked of a state (duty, pending, suspended, holds).
std::optional<run::RecordKind> record_of(model::Verdict verdict);

// An expectation `holds …`, which must be asked of the running state at its instant (the end of the run when it names none).
struct Asked {
  uint32_t expectation = 0;
  uint32_t question = 0;
  int64_t at = 0;
  bool answer = false;
};

// Those for this view, in order of instant; their conditions are appended to `questions`.
std::vector<Asked> questions_of(const model::Scenario& scenario, model::ViewpointId view, int64_t end,
                                std::vector<model::ExprId>& questions);

// All expectations for the replay's view, in order.
std::vector<Judgement> judge_expectations(const Replay& replay, const std::vector<Asked>& asked);

}  // namespace casus::replay
