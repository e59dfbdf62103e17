// SPDX-License-Identifier: Apache-2.0
// On which bits the gates of a circuit hang, as long as they are few; and the orders in which bits may stand in a diagram.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "explore/net.h"

namespace casus::explore {

class Supports {
 public:
  static constexpr uint32_t few = 8;
  // Also of the gates that have been made since. Cost: of those.
  void extend(const Circuit& circuit);
  bool is_wide(uint32_t node) const { return of_[node].size > few; }
  // In order. Precondition: it is not wide.
  std::span<const uint32_t> of(uint32_t node) const { return {of_[node].bits, of_[node].size}; }

 private:
  struct Support {
    uint32_t size = 0;  // few + 1: more
    uint32_t bits[few] = {};
  };
  std::vector<Support> of_;
};

// Bits that are nobody's come first. The others stand by whose they are, or by what they are of: one duty, one motion.
enum class BitOrder : uint8_t { party, thing };
std::vector<uint32_t> order_of_bits(const Net& net, BitOrder by);

}  // namespace casus::explore
