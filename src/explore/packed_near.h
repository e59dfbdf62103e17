// SPDX-License-Identifier: Apache-2.0
// States in an order in which those lie side by side that differ in little but what changes often. What follows from them is then mostly the
// same, and most of it has been seen a moment ago: it need not be looked up in the store. It changes nothing but speed.
#pragma once

#include "explore/packed_step.h"

namespace casus::explore {

class Nearness {
 public:
  static constexpr uint32_t key_bits = 12;
  explicit Nearness(const PackedForm& form) : form_(form), slow_(form.words), middle_(form.words) {}
  // `changes`: how often each bit changed so far.
  void learn(const std::vector<uint64_t>& changes);
  // By which to order states side by side.
  void keys(const uint64_t* states, size_t count, uint16_t* out) const;

 private:
  const PackedForm form_;
  std::vector<uint64_t> slow_,
      middle_;  // bits that change seldom, and those that change less than most; by word
};

}  // namespace casus::explore
