// SPDX-License-Identifier: Apache-2.0
// What an exploration found: for each property its answer and the stories that decide it; for a draft with choices a table of packages and
// properties.
#pragma once

#include <string>
#include <vector>

#include "explore/explore.h"
#include "report/run_text.h"

namespace casus::report {

struct ExploreReport {
  const model::Model* model = nullptr;  // as the files have it
  model::ExplorationId exploration;
  const std::vector<explore::Explored>* packages = nullptr;
  std::string run_id;
  // Where stories were written, as they were: by package, property, story; empty where there is none.
  std::vector<std::vector<std::vector<std::string>>> files;
  bool engine_asked = false;  // for one engine, so that why it was another is of interest
  bool kept = false;          // what was seen goes into a file
  uint64_t states = 0;        // the budgets, for answers that one of them cut short
  std::string memory;         // as it was asked for: "4G"
};

std::string explore_text(const ExploreReport& report, const TextOptions& options);
std::string explore_json(const std::vector<ExploreReport>& reports);  // docs/schema/explore.schema.json
// "complete: 1,204 states", "up to 20 events: …": how far the search went.
std::string extent_words(const explore::Outcome& outcome);
// How it was explored; `why`: and why not otherwise.
std::string engine_words(const explore::Outcome& outcome, bool why);

}  // namespace casus::report
