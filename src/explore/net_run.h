// SPDX-License-Identifier: Apache-2.0
// One course of events on a net, with a clock: what led to a state is told again on it, and a net begins where a story ends.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "explore/net.h"

namespace casus::explore {

class NetRun {
 public:
  explicit NetRun(const Net& net);  // outlives it
  // Everything due before t, what comes before the occurrences at t, and, if asked, the rest at t. False: there is no room for it.
  bool go_to(int64_t t, bool all_at_t);
  bool take(const Rule& rule);
  int64_t next_due() const;  // INT64_MAX: nothing
  bool is(uint32_t bit) const { return state_[bit]; }
  const std::vector<bool>& state() const { return state_; }
  std::vector<TimerStart> agenda() const;  // what is running, in order of entry
  bool holds(Literal l) const { return Circuit::value(l, values_); }
  const Beyond& beyond() const { return beyond_; }                            // after false
  using Seen = std::map<std::tuple<RecordKind, uint32_t, uint32_t>, size_t>;  // kind, clause, bearer
  Seen seen;                                                                  // what has been recorded
  std::vector<Value> named;  // the names of what has occurred, in order

 private:
  struct Entry {
    int64_t at = 0;
    uint64_t order = 0;
    uint32_t timer = 0;
  };
  void start(const std::vector<TimerStart>& starts);
  int rank(const Entry& e) const;

  const Net& net_;
  std::vector<uint32_t> rule_of_;  // by timer
  std::vector<bool> state_;
  std::vector<uint8_t> values_;
  std::vector<Entry> agenda_;
  uint64_t order_ = 0;
  int64_t now_ = 0;
  Beyond beyond_;
};

}  // namespace casus::explore
