// SPDX-License-Identifier: Apache-2.0
// Numbers that a sentence states: durations ("24 hours", "a six-month notice"), shares ("two thirds", "55 per
// cent"), counts ("nine of the fifteen"). English only.
#pragma once

#include <string_view>
#include <vector>

#include "base/time.h"

namespace casus::check {

struct Threshold {
  int64_t number = 0;
  int64_t of = 0;  // 0: a count; else a share, number / of, in lowest terms
  friend bool operator==(const Threshold&, const Threshold&) = default;
};
Threshold share(int64_t number, int64_t of);

template <class T>
struct At {
  T value;
  size_t begin = 0, end = 0;  // in the text
};
struct Stated {
  std::vector<At<Duration>> durations;
  std::vector<At<Threshold>> thresholds;
};
// Cost: linear.
Stated stated_in(std::string_view text);

}  // namespace casus::check
