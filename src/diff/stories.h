// SPDX-License-Identifier: Apache-2.0
// Stories: for each change of effect the smallest course of events that was found to show it. Stories are made from the clauses, and
// replayed under both drafts. That none shows a difference does not mean that there is none.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diff/diff.h"
#include "replay/replay.h"

namespace casus::diff {

// Where two replays part.
struct Verdict {
  std::string what;              // "KyivCompact.Activation", "activate", "party(ALD, this)"
  std::vector<std::string> who;  // bearers who share it; may be empty
  std::string before, after;     // "BREACH 3 Jan 2024 06:00"; "–" for nothing
};

// A story as each side's model has it; entities that it declares itself are in `extras`.
struct Told {
  model::Scenario before, after;
  std::vector<Verdict> verdicts;  // at least one
};

struct ChangeStory {
  size_t instrument = 0;     // in Difference::instruments
  ClauseId before, after;    // of a clause, or
  DecisionPair decision;     // of a decision
  size_t tried = 0;          // how many stories
  std::optional<Told> told;  // the one that shows a difference
};

struct StoryLimits {
  size_t each = 32;           // stories for one change
  size_t shorten = 40;        // tries to make a story smaller
  size_t work = 200'000'000;  // of all replays, by the size of their models and ledgers: some seconds
};

struct Stories {
  Model before, after;  // with the entities that stories declare
  std::vector<ChangeStory> of;
  bool cut_short = false;  // some changes were not asked about: a limit was reached
};

Stories tell_stories(const Draft& before, const Draft& after, const Difference& difference,
                     const StoryLimits& limits = {});

// Where the verdicts on two replays part: one crisis under both drafts. Verdicts on what changed name or number are matched.
std::vector<Verdict> verdict_changes(const replay::Replay& before, const replay::Replay& after,
                                     const Difference& difference);

// A story as a file: it uses these modules.
std::string scenario_text(const Model& model, const model::Scenario& scenario,
                          const std::vector<std::string>& modules);

}  // namespace casus::diff
