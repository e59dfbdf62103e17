// SPDX-License-Identifier: Apache-2.0
#include "explore/store.h"

#include <algorithm>

#include "base/check.h"
#include "base/hash.h"

namespace casus::explore {

PairTable::Found PairTable::put(uint64_t pair) {
  if ((pairs_.size() + 1) * 4 > slots_.size() * 3) grow();
  for (size_t at = mix64(pair) & mask_;; at = (at + 1) & mask_) {
    if (slots_[at] == 0) {
      pairs_.push_back(pair);
      slots_[at] = static_cast<uint32_t>(pairs_.size());
      return {slots_[at] - 1, true};
    }
    if (pairs_[slots_[at] - 1] == pair) return {slots_[at] - 1, false};
  }
}

void PairTable::grow() {
  const size_t capacity = slots_.empty() ? 16 : slots_.size() * 2;
  slots_.assign(capacity, 0);
  mask_ = capacity - 1;
  for (size_t i = 0; i < pairs_.size(); ++i) {
    size_t at = mix64(pairs_[i]) & mask_;
    while (slots_[at] != 0) at = (at + 1) & mask_;
    slots_[at] = static_cast<uint32_t>(i + 1);
  }
}

uint64_t RowTable::hash(std::span<const int64_t> row) {
  Hasher h(row.size());
  for (const int64_t w : row) h.add(static_cast<uint64_t>(w));
  return h.digest();
}

PairTable::Found RowTable::put(std::span<const int64_t> row) {
  const size_t count = begins_.size() - 1;
  if ((count + 1) * 4 > slots_.size() * 3) grow();
  for (size_t at = hash(row) & mask_;; at = (at + 1) & mask_) {
    if (slots_[at] == 0) {
      words_.insert(words_.end(), row.begin(), row.end());
      begins_.push_back(words_.size());
      slots_[at] = static_cast<uint32_t>(count + 1);
      return {static_cast<uint32_t>(count), true};
    }
    if (std::ranges::equal((*this)[slots_[at] - 1], row)) return {slots_[at] - 1, false};
  }
}

void RowTable::grow() {
  const size_t capacity = slots_.empty() ? 16 : slots_.size() * 2;
  slots_.assign(capacity, 0);
  mask_ = capacity - 1;
  for (uint32_t i = 0; i + 1 < begins_.size(); ++i) {
    size_t at = hash((*this)[i]) & mask_;
    while (slots_[at] != 0) at = (at + 1) & mask_;
    slots_[at] = i + 1;
  }
}

StateStore::StateStore(size_t width) : width_(std::max<size_t>(width, 2)) { nodes_.resize(width_ - 1); }

PairTable::Found StateStore::put(std::span<const uint32_t> row) {
  // The numbers at the leaves, then each node's from those of its two children, the root last.
  scratch_.assign(2 * width_ - 1, 0);
  std::copy(row.begin(), row.end(), scratch_.begin() + static_cast<ptrdiff_t>(width_ - 1));
  PairTable::Found found;
  for (size_t i = width_ - 1; i-- > 0;) {
    found = nodes_[i].put(uint64_t{scratch_[2 * i + 1]} << 32 | scratch_[2 * i + 2]);
    scratch_[i] = found.number;
  }
  count_ += found.fresh;
  return found;
}

void StateStore::get(uint32_t state, std::vector<uint32_t>& row) const {
  scratch_.assign(2 * width_ - 1, 0);
  scratch_[0] = state;
  for (size_t i = 0; i < width_ - 1; ++i) {
    const uint64_t pair = nodes_[i][scratch_[i]];
    scratch_[2 * i + 1] = static_cast<uint32_t>(pair >> 32);
    scratch_[2 * i + 2] = static_cast<uint32_t>(pair);
  }
  row.assign(scratch_.begin() + static_cast<ptrdiff_t>(width_ - 1), scratch_.end());
}

size_t StateStore::bytes() const {
  size_t sum = 0;
  for (const PairTable& t : nodes_) sum += t.bytes();
  return sum;
}

}  // namespace casus::explore
