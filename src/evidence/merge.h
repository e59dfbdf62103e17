// SPDX-License-Identifier: Apache-2.0
// Several readers as one, in order of time.
#pragma once

#include <memory>
#include <vector>

#include "evidence/events.h"

namespace casus::evidence {

// Events at the same instant come in the order of the readers, and each reader's in its own. What the readers can not
// know is seen here: an event that lies before the one before it in its reader, a reference to an event that was not
// given before or is of another sort, a name given twice. Such an event goes to `rejects` and is left out. Everything
// but the readers must outlive the merger. Cost: O(readers) an event; memory: one event a reader, four bytes a label.
std::unique_ptr<EventReader> merge(std::vector<std::unique_ptr<EventReader>> readers,
                                   const model::Model& model, const Labels& labels, RejectSink& rejects);

// The same events in order of time (equal times: in the order of the reader): --sort. Holds all of them in memory, about
// 400 bytes each; more than `max_events` are a failure. line_text() is empty.
std::unique_ptr<EventReader> sorted(std::unique_ptr<EventReader> reader, size_t max_events);

}  // namespace casus::evidence
