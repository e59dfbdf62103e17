// SPDX-License-Identifier: Apache-2.0
// A replay of more events than fit in memory: one pass, what is kept is what is live. The ledger goes to a sink of the caller's.
#pragma once

#include <map>

#include "replay/replay.h"
#include "run/engine.h"

namespace casus::replay {

struct StreamResult {
  Stop stop;
  uint64_t taken = 0;      // events stepped
  uint64_t undecided = 0;  // disputed, and left out
  uint64_t refused = 0;    // not accepted in these eyes, or not yet known
  uint64_t outside = 0;    // before the beginning or after the end
  uint64_t lines = 0;
  uint64_t rejected = 0;  // lines that could not be read
  std::vector<run::LiveDuty> live;
};

// Accompanies the engine of a stream.
class StreamWatch : public run::Onlooker {
 public:
  virtual void begins(run::Engine& engine, const program::Program& program) = 0;  // before its start
  virtual void stepped(const evidence::TimedEvent& event, run::OccurrenceNo number) = 0;
  virtual void ends() = 0;  // all records are there
};

// Steps every event of `reader`, in its order, through the engine. The case begins at the scenario's `from`, or at the first event.
// Memory: the live state, the names of events (others may refer to them later), and the sink's own. Cost: as the reader's and the engine's.
Result<StreamResult> stream(const model::Model& model, model::ScenarioId scenario, const Options& options,
                            evidence::EventReader& reader, run::Sink& sink, StreamWatch* watch = nullptr);

}  // namespace casus::replay
