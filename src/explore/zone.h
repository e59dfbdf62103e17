// SPDX-License-Identifier: Apache-2.0
// When things may happen, told by differences: x_i - x_j <= c for instants x, in whole seconds. A zone is the set of all timings that
// satisfy such bounds; kept closed (every bound as tight as the others make it), so that equal sets are equal tables.
// (Difference bound matrices: D. Dill, "Timing assumptions and verification of finite-state concurrent systems", CAV 1989; J. Bengtsson and
// W. Yi, "Timed automata: semantics, algorithms and tools", 2004.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace casus::explore {

class Zone {
 public:
  static constexpr int64_t unbounded = std::numeric_limits<int64_t>::max() / 4;

  // `size` instants of which nothing is known.
  explicit Zone(size_t size = 0);
  // From the words that words() gave.
  Zone(size_t size, const int64_t* words);

  size_t size() const { return size_; }
  int64_t bound(size_t i, size_t j) const { return bounds_[i * size_ + j]; }  // of x_i - x_j
  // Adds x_i - x_j <= c, and closes. False, and the zone is empty, when no timing is left. O(size²).
  bool at_most(size_t i, size_t j, int64_t c);
  bool equal(size_t i, size_t j, int64_t c) {  // x_i - x_j = c
    return at_most(i, j, c) && at_most(j, i, -c);
  }
  size_t add();  // one more instant; its number
  // Only these instants, in this order. O(k²).
  Zone only(const std::vector<size_t>& kept) const;
  // The earliest timing in which x_0 is `first`: every instant as early as it can be, which is one timing. Precondition: not empty, and every
  // instant is bounded from x_0.
  std::vector<int64_t> earliest(int64_t first) const;
  const std::vector<int64_t>& words() const { return bounds_; }
  friend bool operator==(const Zone&, const Zone&) = default;

 private:
  size_t size_;
  std::vector<int64_t> bounds_;
};

}  // namespace casus::explore
