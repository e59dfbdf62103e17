// SPDX-License-Identifier: Apache-2.0
// An exploration as a whole: every package, every property, and the stories that decide, each replayed to the same end.
#pragma once

#include "explore/family.h"

namespace casus::explore {

// A story as a scenario that a replay takes: what had happened before, what happens then, and what must come of it.
struct StoryScenario {
  model::ScenarioId scenario;  // in Prepared::model
  bool confirmed = true;       // a replay comes to what it expects
  std::unique_ptr<replay::Replay> replay;
  std::string why;    // in a sentence, what it shows
  size_t events = 0;  // that the story adds
  size_t before = 0;  // that had happened
};
struct Explored {
  std::unique_ptr<Prepared> prepared;
  Outcome outcome;
  std::vector<std::vector<StoryScenario>> stories;  // by property
  size_t like =
      SIZE_MAX;  // the package before whose outcome is this one's too, as they differ in nothing that can come into play
};

// What `story` tells of a property, as the last scenario of the package's model; replayed.
Result<StoryScenario> as_scenario(Prepared& prepared, const DatedStory& story, uint32_t property,
                                  replay::Files& files);

using Report = std::function<void(const std::string& package, const Progress&)>;
// All packages, in order. Fails when the beginning can not be played or too much may happen.
Result<std::vector<Explored>> explore(const Question& question, const Limits& limits, replay::Files& files,
                                      const Report& report = {});

}  // namespace casus::explore
