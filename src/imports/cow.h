// SPDX-License-Identifier: Apache-2.0
// Data of the Correlates of War project as the package peacesciencer lays them out: states and great powers, capabilities by
// year, disputes and wars by pair of states and year.
#pragma once

#include <vector>

#include "imports/states.h"

namespace casus::imports {

struct MajorSpell {
  int64_t code = 0;
  Spell spell;
};
std::vector<MajorSpell> read_majors(DataFile file, Report& report, evidence::RejectSink& rejects,
                                    std::optional<Failure>& failure);

// The module `cow_states`: every state with its number, its time in the system, and when it was a major power.
Result<std::string> states_model(const States& states, const std::vector<MajorSpell>& majors, Report& report);

// The module `cow_capabilities`: what the file knows of each state in each year; missing is not told.
Result<std::string> capabilities_model(DataFile file, const States& states, Report& report,
                                       evidence::RejectSink& rejects);

// Conflicts by pair of states: what becomes an event `confronts`, and when each is over.
struct Confrontation {
  Instant at;
  std::string conflict;  // "mid.257", "war.106"
  int64_t by = 0, on = 0;
  int64_t level = 0, answer = 0, opponents = 0;
  bool late = false;
  std::string_view dated;        // "month", "year"
  std::string_view name_ending;  // of its id, where the pair is told twice
};
struct ConflictEnd {
  Instant at;
  std::string conflict;
  std::string_view dated;
};
struct Conflicts {
  std::vector<Confrontation> confrontations;
  std::vector<ConflictEnd> ends;
};
Conflicts read_disputes(DataFile disputes, DataFile pairs, const States& states, Report& report,
                        evidence::RejectSink& rejects, std::optional<Failure>& failure);
// A war whose year alone is known takes the date of the one dispute of the same pair and year that became a war.
Conflicts read_wars(DataFile file, const Conflicts& disputes, const States& states, Report& report,
                    evidence::RejectSink& rejects, std::optional<Failure>& failure);

// Events in order of time, one a line: what casus run reads.
std::string events_ndjson(const std::vector<const Conflicts*>& conflicts, Report& report);

}  // namespace casus::imports
