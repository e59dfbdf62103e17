// SPDX-License-Identifier: Apache-2.0
// The set of states seen, exact. A state is a row of numbers (each the name of a part that was seen before); rows are kept as trees of pairs, so
// that what states have in common is kept once, and one more state costs about two words (A. Laarman, J. van de Pol and M. Weber,
// "Parallel recursive state compression for free", SPIN 2011).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace casus::explore {

// Names for things of 64 bits: 0, 1, 2 … in the order in which they come. Open addressing, linear probing.
class PairTable {
 public:
  struct Found {
    uint32_t number = 0;
    bool fresh = false;
  };
  Found put(uint64_t pair);
  uint64_t operator[](uint32_t number) const { return pairs_[number]; }
  uint32_t size() const { return static_cast<uint32_t>(pairs_.size()); }
  size_t bytes() const { return pairs_.capacity() * sizeof(uint64_t) + slots_.capacity() * sizeof(uint32_t); }

 private:
  void grow();
  std::vector<uint64_t> pairs_;
  std::vector<uint32_t> slots_;  // number + 1; 0: free
  size_t mask_ = 0;
};

// Names for rows of words of any length.
class RowTable {
 public:
  PairTable::Found put(std::span<const int64_t> row);
  std::span<const int64_t> operator[](uint32_t number) const {
    return {words_.data() + begins_[number], begins_[number + 1] - begins_[number]};
  }
  size_t bytes() const {
    return words_.capacity() * sizeof(int64_t) + begins_.capacity() * sizeof(uint64_t) +
           slots_.capacity() * sizeof(uint32_t);
  }

 private:
  void grow();
  static uint64_t hash(std::span<const int64_t> row);
  std::vector<int64_t> words_;
  std::vector<uint64_t> begins_{0};
  std::vector<uint32_t> slots_;
  size_t mask_ = 0;
};

// States of `width` numbers each.
class StateStore {
 public:
  explicit StateStore(size_t width);
  PairTable::Found put(std::span<const uint32_t> row);
  void get(uint32_t state, std::vector<uint32_t>& row) const;
  uint32_t size() const { return static_cast<uint32_t>(count_); }
  size_t bytes() const;

 private:
  size_t width_;
  size_t count_ = 0;
  std::vector<PairTable> nodes_;  // as a heap: node i has the children 2i + 1 and 2i + 2; leaves follow
  mutable std::vector<uint32_t> scratch_;
};

}  // namespace casus::explore
