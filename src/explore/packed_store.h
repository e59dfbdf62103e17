// SPDX-License-Identifier: Apache-2.0
// States of W words, exact, in shards by hash. A shard keeps its states in the order in which they came, and a table of numbers
// by hash, open-addressed: as many bits of each entry as the numbers do not need are a tag of the hash, so that a state is looked at
// only where it is most likely the one. A state costs its words and 5 to 10 bytes.
#pragma once

#include <cstring>
#include <memory>
#include <optional>
#include <vector>

#include "base/check.h"

namespace casus::explore {

template <size_t W>
class PackedShard {
 public:
  static constexpr size_t chunk = 4096;  // states that lie side by side

  size_t size() const { return count_; }
  const uint64_t* operator[](size_t i) const { return chunks_[i / chunk].get() + i % chunk * W; }
  size_t bytes() const {
    return chunks_.size() * chunk * W * sizeof(uint64_t) + slots_.capacity() * sizeof(uint32_t);
  }
  // Room for so many more. `hash_of` is asked for the states that are there. Precondition of put().
  template <class HashOf>
  void reserve(size_t more, HashOf hash_of) {
    size_t wanted = slots_.empty() ? 64 : slots_.size();
    while ((count_ + more) * 5 > wanted * 4) wanted *= 2;
    if (wanted != slots_.size()) grow(wanted, hash_of);
  }
  void prefetch(uint64_t hash) const { __builtin_prefetch(&slots_[hash & mask_]); }
  // Its number, if it is there.
  std::optional<size_t> find(const uint64_t* state, uint64_t hash) const {
    const size_t at = slot_of(state, hash);
    if (slots_[at] == 0) return std::nullopt;
    return (slots_[at] & number_mask_) - 1;
  }
  // Whether it is new.
  bool put(const uint64_t* state, uint64_t hash) {
    const size_t at = slot_of(state, hash);
    if (slots_[at] != 0) return false;
    slots_[at] = tag_of(hash) | static_cast<uint32_t>(count_ + 1);
    append(state);
    return true;
  }

 private:
  // Of the upper half, whose uppermost bits are the shard's; the lower half is the place.
  uint32_t tag_of(uint64_t hash) const { return static_cast<uint32_t>(hash >> 26) & ~number_mask_; }
  // Where it is, or would be put.
  size_t slot_of(const uint64_t* state, uint64_t hash) const {
    const uint32_t tag = tag_of(hash);
    for (size_t at = hash & mask_;; at = (at + 1) & mask_) {
      const uint32_t slot = slots_[at];
      if (slot == 0) return at;
      if (((slot ^ tag) & ~number_mask_) == 0 &&
          std::memcmp((*this)[(slot & number_mask_) - 1], state, W * sizeof(uint64_t)) == 0)
        return at;
    }
  }
  void append(const uint64_t* state) {
    if (count_ == chunks_.size() * chunk)
      chunks_.push_back(std::make_unique_for_overwrite<uint64_t[]>(chunk * W));
    std::memcpy(chunks_[count_ / chunk].get() + count_ % chunk * W, state, W * sizeof(uint64_t));
    ++count_;
  }
  template <class HashOf>
  void grow(size_t wanted, HashOf hash_of) {
    CASUS_CHECK(wanted <= size_t{1} << 32, "a shard has numbers of 32 bits");
    std::vector<uint32_t>().swap(
        slots_);  // what is there is found again from the states: never two tables at once
    slots_.assign(wanted, 0);
    mask_ = wanted - 1;
    number_mask_ = static_cast<uint32_t>(mask_);
    for (size_t i = 0; i < count_; ++i) {
      const uint64_t hash = hash_of((*this)[i]);
      size_t at = hash & mask_;
      while (slots_[at] != 0) at = (at + 1) & mask_;
      slots_[at] = tag_of(hash) | static_cast<uint32_t>(i + 1);
    }
  }

  std::vector<std::unique_ptr<uint64_t[]>> chunks_;
  size_t count_ = 0;
  std::vector<uint32_t> slots_;  // tag, and number + 1; 0: free
  size_t mask_ = 0;
  uint32_t number_mask_ = 0;
};

}  // namespace casus::explore
