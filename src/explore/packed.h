// SPDX-License-Identifier: Apache-2.0
// Every course of events on a net, state by state: each state is a few words, its bits and then its timing, and is stored exactly.
//
// A rule is not run state by state: 512 states of the frontier are turned into slices, one for each bit, and the circuit is run
// over slices (packed_tape.h). What a rule changes is turned back for those states alone that it changes. States are kept in shards by
// hash (packed_store.h), in the order in which they were found: so the layers of the search, from which stories are found backwards
// (packed_story.h), are ranges of the store (packed_layers.h), and no state carries its origin.
//
// Most moves lead to what is known. Of some that is known beforehand, and they are not made (packed_order.h); of most of the others a moment later, as states that
// have much in common are expanded together (packed_near.h) and the last ones passed on are remembered.
//
// Where parties may be taken for one another (net_symmetry.h), one state of each class is stored; a story that leads from class to class is told
// again from the beginning.
#pragma once

#include "explore/net_outcome.h"

namespace casus::explore {

// Takes apart groups of the problem's timers where it has to. Deterministic, whatever the number of threads. Each property has one story.
NetOutcome explore_packed(NetProblem& problem, const Limits& limits,
                          const std::function<void(const Progress&)>& progress = {});

}  // namespace casus::explore
