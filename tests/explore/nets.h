// SPDX-License-Identifier: Apache-2.0
// Nets to try things on: of random models, of councils; and a course on one in which time is left out: whatever is due may pass at any time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "explore/net_problem.h"
#include "explore/net_run.h"

namespace casus::explore::test {

std::optional<Net> net_of(const std::string& text, uint32_t capacity = 1, size_t told = 0);
std::optional<Net> random_net(uint64_t seed);  // none: the model does not load, or is no net
Net council_net(int parties, int vetoes = 2);
// Such a net with so much time, and nothing asked.
NetProblem problem_of(Net net, int64_t days);

// That the bit of this name is set, in the state before a rule.
Literal bit_of(const Net& net, std::string_view name);

// What is due at once passes, in the order of NetRun, before anything else.
class Course {
 public:
  explicit Course(const Net& net);  // outlives it
  bool take(const Rule& rule);      // false: beyond
  bool holds(Literal l) const { return Circuit::value(l, values_); }
  const std::vector<bool>& state() const { return state_; }
  const std::vector<TimerStart>& agenda() const { return agenda_; }  // in order of entry
  const Rule& rule_of(uint32_t timer) const { return *rule_of_[timer]; }
  NetRun::Seen seen;

 private:
  bool step(const Rule& rule);
  bool settle();
  const Net* net_;
  std::vector<const Rule*> rule_of_;
  std::vector<bool> state_;
  std::vector<uint8_t> values_;
  std::vector<TimerStart> agenda_;
};

}  // namespace casus::explore::test
