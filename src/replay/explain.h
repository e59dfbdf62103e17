// SPDX-License-Identifier: Apache-2.0
// Why, and why not. The replay is stepped once more through the reference interpreter; at each instant in question the clause's trigger and
// conditions are asked part by part, so that every verdict shows the events, facts and articles that it rests on. Where a duty did not
// arise, the occasion that came nearest is shown, with what would have to change and which articles could change it.
#pragma once

#include <string>
#include <vector>

#include "replay/replay.h"

namespace casus::replay {

enum class Mark : uint8_t { yes, no, info };

struct Reason {
  Mark mark = Mark::info;
  std::string text;    // what is asked, or told
  std::string answer;  // its value, who says so; may be empty
  std::vector<Reason> below;
};

struct Explanation {
  model::ClauseId clause;
  model::EntityId bearer;  // none: of all its bearers
  enum class Verdict : uint8_t {
    kept,
    breach,
    unperformed,
    pending,
    ended,
    not_owed,
    standing
  } verdict = Verdict::not_owed;
  std::string headline;
  std::vector<Reason> reasons;
};

struct Question {
  std::vector<model::ClauseId> clauses;  // of an article, or of everything under the case
  model::EntityId bearer;                // none: everybody
};

// In order of clause, then time. Cost: one replay through the reference interpreter. Precondition: the replay is done.
std::vector<Explanation> explain(const Replay& replay, const Question& question, const Sources& sources);

}  // namespace casus::replay
