// SPDX-License-Identifier: Apache-2.0
// Numbers that a sentence states: durations ("24 hours", "a six-month notice", "1,000 days"), shares ("two thirds", "55 per
// cent"), counts ("nine of the fifteen"), amounts of something ("9,000 troops"). English only.
#pragma once

#include <string>
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
// "9,000 combat troops", "500 to 5,500 km": a number with the words after it, in lower case and the singular.
struct Amount {
  int64_t number = 0;
  std::string first, second;
};
struct Stated {
  std::vector<At<Duration>> durations;
  std::vector<At<Threshold>> thresholds;
  std::vector<At<int64_t>> members;  // "nine of the fifteen": fifteen
  std::vector<At<Amount>> amounts;
  std::vector<At<bool>>
      majorities;  // "a majority", "more than half"; not a qualified one, or one of two thirds
};
// Cost: linear.
Stated stated_in(std::string_view text);
std::string_view singular(std::string_view word);

}  // namespace casus::check
