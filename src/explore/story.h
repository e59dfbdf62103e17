// SPDX-License-Identifier: Apache-2.0
// A path through states as a story with dates: one timing by which it happens so, with room between its events where there can be.
#pragma once

#include <string>
#include <vector>

#include "explore/search.h"

namespace casus::explore {

// Arguments that name an occurrence are places in DatedStory::events.
struct StoryEvent {
  int64_t at = 0;
  run::Occurrence occurrence;
};
// What is due by itself on the way, between events.
struct DatedStory {
  std::vector<StoryEvent> events;  // what had happened before comes first
  size_t before = 0;               // so many
  int64_t decided_at = 0;          // instant of the move that decides
  bool by_event = false;           // that move is an event; else something fell due, or the time was over
  int64_t until = 0;  // the story is told up to here: no event is left, and the decision has been seen
  std::string why;
  std::vector<run::Record> last;  // what the deciding move brought about; occurrences are places in `known`
  std::vector<run::Told> known;
};

DatedStory tell(const Ground& ground, const Decided& decided);

}  // namespace casus::explore
