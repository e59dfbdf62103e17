// SPDX-License-Identifier: Apache-2.0
// What is asked of one package: the case, how far the story is told, what may happen then and for how long, and what is to be found out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "program/program.h"
#include "run/snapshot.h"

namespace casus::explore {

using model::EntityId;
using model::EventTypeId;
using model::Value;

struct Problem {
  const model::Model* model = nullptr;  // of the package; outlives the problem
  program::Program
      program;     // with `questions` below, in this order: conditions of properties, then of what may happen
  run::Case kase;  // `until` is the end of the time explored
  std::vector<run::Occurrence> before;  // what has happened, in order; names of occurrences are places in it
  int64_t start = 0;                    // the story is told up to and including it
  std::vector<model::MayHappen> may_happen;
  std::vector<model::Property> properties;
  std::optional<uint32_t> at_most;  // events
  run::InPlay in_play;
  int64_t gap = 0;             // fewest seconds from one event, or from what fell due, to the next event
  std::vector<int> condition;  // by property: its question, or -1
  std::vector<int> where;      // by MayHappen: its question, or -1

  // A time limit of a property, in seconds; months are counted from the start.
  int64_t seconds(Duration d) const { return (add(Instant{start}, d).ms - start) / 1000; }
};

}  // namespace casus::explore
