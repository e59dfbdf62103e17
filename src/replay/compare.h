// SPDX-License-Identifier: Apache-2.0
// Several replays side by side: one crisis through several eyes, or under several arrangements.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "replay/replay.h"

namespace casus::replay {

// What became of one article for one bearer in each column.
struct ComparedRow {
  model::ClauseId clause;             // in the first column's model
  std::string basis;                  // "NATO.5"
  std::string act;                    // of the clause
  std::vector<std::string> verdicts;  // a column each: "breach 11 Jan 2023 09:00", "–"
  std::vector<std::string> bearers;   // GBR, FRA …: those who share the row
  bool differs = false;
};

struct Comparison {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>>
      alike;  // a column each, or none: whose verdicts are the same, and not shown again
  std::vector<ComparedRow>
      rows;  // differences first, then what is alike; each in order of article, then bearers
  size_t different = 0;
};

// What became of each clause for each bearer, by the clause's citation and the bearer's name: as a cell of a comparison says it.
using Verdicts = std::map<std::pair<std::string, std::string>, std::string>;
Verdicts verdicts_of(const Replay& replay);

// Columns in the order given. Rows are matched by the article's citation and the bearer's name, so that different models can be compared.
Comparison compare(const std::vector<const Replay*>& replays, const std::vector<std::string>& columns);

}  // namespace casus::replay
