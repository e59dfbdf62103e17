// SPDX-License-Identifier: Apache-2.0
// What was found of the drafts' properties, before and after: two tables of results, from whoever asked (such as explorations), and
// what differs between them.
#pragma once

#include <string>
#include <vector>

namespace casus::diff {

struct PropertyResult {
  std::string of;        // the exploration or check that asked
  std::string property;  // as written
  std::string verdict;   // "holds", "fails", "not decided"
  std::string story;     // what shows it; may be empty
};

struct PropertyChange {
  std::string of, property;
  std::string before, after;  // verdicts; empty where it was not asked
  std::string story_before, story_after;
};

// In the order of `after`; what only `before` has comes last. A property that stands twice in a table counts once, by its first verdict.
std::vector<PropertyChange> property_changes(const std::vector<PropertyResult>& before,
                                             const std::vector<PropertyResult>& after);

}  // namespace casus::diff
