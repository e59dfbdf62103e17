// SPDX-License-Identifier: Apache-2.0
// The models and the seeded streams of events on which the engine is measured.
#pragma once

#include <string>
#include <vector>

#include "model/model.h"
#include "run/ledger.h"
#include "yardstick.h"

namespace casus::bench {

// A model of bench/models/, with `before` put in front of it (entities) and words replaced, resolved; ends the program when it has an error.
using Replacements = std::vector<std::pair<std::string, std::string>>;
model::Model model_of(const std::string& name, const std::string& before,
                      const Replacements& replacements = {});
run::Case case_of(const model::Model& model, int64_t from);

// (a) Motions of a `members`-strong assembly: propose, second, votes until all have voted, then declare; one vote in fifty by somebody who may not.
model::Model voting_model(uint32_t members);
std::vector<run::Occurrence> voting_stream(const model::Model& model, uint32_t members, size_t events,
                                           uint64_t seed);
// The same as lines of NDJSON.
std::string voting_ndjson(const model::Model& model, const std::vector<run::Occurrence>& events);

// (b) Attacks among 32 parties, each answered by consultations and aid, nine in ten in time.
std::vector<CrisisEvent> crisis_stream(size_t events, uint64_t seed);
model::Model crisis_model(int64_t stretch = 1);
// (d) Everything takes `by` times as long: with crisis_model(by) what follows is the same.
std::vector<CrisisEvent> stretched(std::vector<CrisisEvent> events, int64_t by);
// From events of the yardstick to occurrences of the model.
struct CrisisWords {
  explicit CrisisWords(const model::Model& model);
  std::array<model::EventTypeId, 3> kinds;
  std::vector<model::Value> who;
  static run::Occurrence blank();
  // Into an occurrence that began as blank(). `next`: the number that the occurrence will get; `number_of`: those of the attacks so far.
  void say(const CrisisEvent& e, std::vector<model::Value>& number_of, run::OccurrenceNo next,
           run::Occurrence& o) const;
};
std::vector<run::Occurrence> crisis_occurrences(const model::Model& model,
                                                const std::vector<CrisisEvent>& events);

// (c) A contract net.
model::Model market_model(uint32_t firms);
std::vector<run::Occurrence> market_stream(const model::Model& model, uint32_t firms, size_t events,
                                           uint64_t seed);

}  // namespace casus::bench
