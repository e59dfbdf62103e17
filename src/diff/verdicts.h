// SPDX-License-Identifier: Apache-2.0
// Internal to the room: what a replay comes to, by names that both drafts share.
#pragma once

#include <functional>
#include <map>
#include <utility>

#include "diff/stories.h"

namespace casus::diff {

using CiteOf = std::function<std::string(ClauseId)>;
// (what, who) → the words for it. `clauses`: what became of duties; else what became of motions, acts and facts.
using Outcomes = std::map<std::pair<std::string, std::string>, std::string>;
Outcomes clause_outcomes(const replay::Replay& r, const CiteOf& cite);
Outcomes other_outcomes(const replay::Replay& r, const Former& names);
bool is_motion(const Verdict& v);
// Those that differ; bearers who share both verdicts stand together.
std::vector<Verdict> parted(const Outcomes& before, const Outcomes& after);

}  // namespace casus::diff
