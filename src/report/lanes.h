// SPDX-License-Identifier: Apache-2.0
// A replay as lanes: one column for each party, or for parties to whom the same happens; one row for each instant; what changes is marked.
#pragma once

#include "replay/replay.h"
#include "report/layout.h"

namespace casus::report {

// A table: who does and owes what, from that instant on. Parties to whom the same happens share a lane; lanes that do not fit stand together in
// the last one.
void lanes(Page& page, const replay::Replay& replay, int64_t from);
// The events before it, a line each; of many, the last.
void told_before(Page& page, const replay::Replay& replay, int64_t from);

}  // namespace casus::report
