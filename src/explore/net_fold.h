// SPDX-License-Identifier: Apache-2.0
// What is due at once is no state of its own: a vote after which a motion is decided, and its decision, are one move. A timer that a
// rule starts for no time at all passes within the rule: its own rule is put in place after it, with what the first one writes for its
// inputs, under the guard that it was started and still runs; then the next, in the order in which they would pass, until nothing more
// is due. Timers that are only ever due at once are gone then, and so are the bits that only they needed.
#pragma once

#include "explore/net.h"

namespace casus::explore {

// The first state is the one in which nothing is due any more. What would go on for very long is `beyond` from there on. Refused: what
// does not come to rest at first, grows too large, or is stopped.
Compiled fold(const Net& net, const std::atomic<bool>* stop = nullptr);

// Due no later than the move that starts it, whenever that is.
inline bool at_once(const Net& net, const Due& due) {
  return due.absolute ? due.at <= net.from : due.after.zero();
}

}  // namespace casus::explore
