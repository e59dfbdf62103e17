// SPDX-License-Identifier: Apache-2.0
#include "explore/packed_near.h"

#include <algorithm>
#include <numeric>

namespace casus::explore {

// The bits that make up three quarters of all changes are left out; those of the last twentieth are the slow ones.
void Nearness::learn(const std::vector<uint64_t>& changes) {
  std::vector<uint32_t> order(changes.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return changes[a] > changes[b]; });
  const uint64_t total = std::accumulate(changes.begin(), changes.end(), uint64_t{0});
  std::fill(slow_.begin(), slow_.end(), 0);
  std::fill(middle_.begin(), middle_.end(), 0);
  uint64_t before = 0;
  for (const uint32_t bit : order) {
    const uint64_t one = uint64_t{1} << bit % 64;
    if (before >= total / 20 * 19)
      slow_[bit / 64] |= one;
    else if (before >= total / 4 * 3)
      middle_[bit / 64] |= one;
    before += changes[bit];
  }
}

void Nearness::keys(const uint64_t* states, size_t count, uint16_t* out) const {
  constexpr uint64_t spread = UINT64_C(0x9E3779B97F4A7C15);
  constexpr uint32_t half = key_bits / 2;
  for (size_t i = 0; i < count; ++i) {
    uint64_t slow = 0, middle = 0;
    for (size_t w = 0; w < slow_.size(); ++w) {
      const uint64_t word = states[i * slow_.size() + w];
      slow = (slow ^ (word & slow_[w])) * spread;
      middle = (middle ^ (word & middle_[w])) * spread;
    }
    out[i] = static_cast<uint16_t>(slow >> (64 - half) << half | middle >> (64 - half));
  }
}

}  // namespace casus::explore
