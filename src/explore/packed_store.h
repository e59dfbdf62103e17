// SPDX-License-Identifier: Apache-2.0
// States of W words, exact, in shards by hash. A shard keeps its states in the order in which they came, and a table by hash, open-addressed. States
// of one word stand in the table themselves. Of longer ones it has the numbers, and as many bits of each entry as the numbers do not need are a
// tag of the hash, so that a state is looked at only where it is most likely the one. Beside its words a state costs 10 to 20 bytes, or 5 to 10.
#pragma once

#include <cstring>
#include <memory>
#include <optional>
#include <type_traits>
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
    return chunks_.size() * chunk * W * sizeof(uint64_t) + slots_.capacity() * sizeof(Slot);
  }
  // Room for so many more. `hash_of` is asked for the states that are there. Precondition of the others.
  template <class HashOf>
  void reserve(size_t more, HashOf hash_of) {
    size_t wanted = slots_.empty() ? 64 : slots_.size();
    while ((count_ + more) * 5 > wanted * 4) wanted *= 2;
    if (wanted != slots_.size()) grow(wanted, hash_of);
  }
  void prefetch(uint64_t hash) const { __builtin_prefetch(&slots_[hash & mask_]); }
  // The same of the state itself, where there is most likely one like it. After prefetch(), and some other work.
  void prefetch_state(uint64_t hash) const {
    if constexpr (W > 1) {
      const Slot slot = slots_[hash & mask_];
      if (slot != free && ((slot ^ tag_of(hash)) & ~number_mask_) == 0)
        __builtin_prefetch((*this)[(slot & number_mask_) - 1]);
    }
  }
  // Whether it is new.
  bool put(const uint64_t* state, uint64_t hash) {
    for (size_t at = hash & mask_;; at = (at + 1) & mask_) {
      if (slots_[at] == free) {
        append(state);
        slots_[at] = slot_of(count_, hash);
        return true;
      }
      if (is(slots_[at], state, hash)) return false;
    }
  }
  // Its number. Cost: linear.
  std::optional<size_t> find(const uint64_t* state) const {
    for (size_t i = 0; i < count_; ++i) {
      if (same((*this)[i], state)) return i;
    }
    return std::nullopt;
  }

 private:
  using Slot = std::conditional_t<W == 1, uint64_t, uint32_t>;
  static constexpr Slot free = W == 1 ? static_cast<Slot>(~uint64_t{0}) : 0;  // all ones is no state

  static bool same(const uint64_t* a, const uint64_t* b) {
    return std::memcmp(a, b, W * sizeof(uint64_t)) == 0;
  }
  bool is(Slot slot, const uint64_t* state, uint64_t hash) const {
    if constexpr (W == 1) return slot == *state;
    return ((slot ^ tag_of(hash)) & ~number_mask_) == 0 && same((*this)[(slot & number_mask_) - 1], state);
  }
  // Of the state that is the number-th.
  Slot slot_of(size_t number, uint64_t hash) const {
    if constexpr (W == 1) return *(*this)[number - 1];
    return static_cast<Slot>(tag_of(hash) | static_cast<uint32_t>(number));
  }
  // Of the upper half, whose uppermost bits are the shard's; the lower half is the place.
  uint32_t tag_of(uint64_t hash) const { return static_cast<uint32_t>(hash >> 26) & ~number_mask_; }
  void append(const uint64_t* state) {
    if (count_ == chunks_.size() * chunk)
      chunks_.push_back(std::make_unique_for_overwrite<uint64_t[]>(chunk * W));
    std::memcpy(chunks_[count_ / chunk].get() + count_ % chunk * W, state, W * sizeof(uint64_t));
    ++count_;
  }
  template <class HashOf>
  void grow(size_t wanted, HashOf hash_of) {
    CASUS_CHECK(wanted <= size_t{1} << 32, "a shard has numbers of 32 bits");
    std::vector<Slot>().swap(
        slots_);  // what is there is found again from the states: never two tables at once
    slots_.assign(wanted, free);
    mask_ = wanted - 1;
    number_mask_ = static_cast<uint32_t>(mask_);
    for (size_t i = 0; i < count_; ++i) {
      const uint64_t hash = hash_of((*this)[i]);
      size_t at = hash & mask_;
      while (slots_[at] != free) at = (at + 1) & mask_;
      slots_[at] = slot_of(i + 1, hash);
    }
  }

  std::vector<std::unique_ptr<uint64_t[]>> chunks_;
  size_t count_ = 0;
  std::vector<Slot> slots_;
  size_t mask_ = 0;
  uint32_t number_mask_ = 0;
};

// States that wait to be put, one after the other.
template <size_t W>
class PackedQueue {
 public:
  // Takes it if `wanted`; without a branch, as there is no telling.
  void put(const uint64_t* state, bool wanted) {
    if (size_ + W > words_.size()) words_.resize(2 * words_.size() + 64 * W);
    std::memcpy(&words_[size_], state, W * sizeof(uint64_t));
    size_ += wanted ? W : 0;
  }
  void clear() { size_ = 0; }
  size_t size() const { return size_ / W; }
  const uint64_t* operator[](size_t i) const { return &words_[i * W]; }
  size_t bytes() const { return words_.capacity() * sizeof(uint64_t); }

 private:
  std::vector<uint64_t> words_;
  size_t size_ = 0;
};

}  // namespace casus::explore
