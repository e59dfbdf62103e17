// SPDX-License-Identifier: Apache-2.0
// An exploration of a draft with choices: every package that it leaves open, or one. Packages that differ in nothing that can come into play are
// explored once.
#pragma once

#include <memory>

#include "explore/story.h"
#include "model/choose.h"
#include "replay/replay.h"

namespace casus::explore {

// One package, ready to be explored. The model is the package's own, and has the exploration's beginning as its last scenario.
struct Prepared {
  model::Package package;
  std::string words;  // "enlargement = open_door"; empty: there is nothing to choose
  std::unique_ptr<model::Model> model;
  model::ScenarioId scenario;
  Problem problem;
  // Of Problem::before: how the scenario names it (empty: it does not), and who says so.
  struct Told {
    std::string label;
    model::Assertion assertion;
  };
  std::vector<Told> told;
  uint64_t signature = 0;  // equal for packages that differ in nothing that can come into play
};

struct Question {
  const model::Model* model = nullptr;
  model::ExplorationId exploration;
  std::optional<model::ViewpointId> view;  // else the exploration's
  model::Package package;                  // choices that are fixed from outside
};

// Fails when the beginning can not be played, for want of an events file say.
Result<std::unique_ptr<Prepared>> prepare(const Question& question, const model::Package& package,
                                          replay::Files& files);

// Of all that its answer depends on, but for budgets.
uint64_t question_digest(const Prepared& prepared, model::ExplorationId exploration, uint32_t stories);

inline constexpr size_t most_packages = 10'000;
// The packages that the exploration ranges over; `more`: there are more than most_packages.
model::Packages packages_of(const Question& question);

}  // namespace casus::explore
