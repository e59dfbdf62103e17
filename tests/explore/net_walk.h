// SPDX-License-Identifier: Apache-2.0
// A random walk on the fast engine and on a net of the same case, side by side: after each step the same facts hold, the same
// duties are live, the same motions are open with the same votes, and the same has been recorded.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "explore/net.h"
#include "run/engine.h"

namespace casus::explore::test {

// A net's state and agenda.
class NetState {
 public:
  NetState(const Net& net, int64_t now);
  // Everything due before t, what comes before the occurrences at t, and, if asked, the rest at t. False: `beyond`.
  bool go_to(int64_t t, bool all_at_t);
  bool take(const Rule& rule);
  int64_t next_due() const;  // INT64_MAX: nothing
  bool is(uint32_t bit) const { return state_[bit]; }
  bool holds(Literal l) const { return Circuit::value(l, values_); }
  const std::string& why_beyond() const { return why_; }
  using Seen = std::map<std::tuple<RecordKind, uint32_t, uint32_t>, size_t>;  // kind, clause, bearer
  Seen seen;

 private:
  struct Entry {
    int64_t at = 0;
    uint64_t order = 0;
    uint32_t timer = 0;
  };
  void start(const std::vector<TimerStart>& starts);
  int rank(const Entry& e) const;

  const Net& net_;
  std::vector<bool> state_;
  std::vector<uint8_t> values_;
  std::vector<Entry> agenda_;
  uint64_t order_ = 0;
  int64_t now_ = 0;
  std::string why_;
};

struct Walked {
  size_t steps = 0;
  std::string differs;  // what, after the last of them; empty: nothing
  std::string beyond;   // why it ended before its time
  std::vector<std::string> course;
  std::map<RecordKind, size_t> recorded;
};
// So many events, drawn by the seed, with some time between them: mostly less than so many hours.
Walked walk(const program::Program& program, const run::Case& c, const std::vector<MayOccur>& events,
            const Net& net, uint64_t seed, size_t steps, uint64_t hours);

// The events of the model's first scenario as events that may happen at any time.
std::vector<MayOccur> events_of(const model::Model& model);

}  // namespace casus::explore::test
