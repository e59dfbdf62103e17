// SPDX-License-Identifier: Apache-2.0
// States of W words, exact, in shards by hash. A shard keeps its states in the order in which they came, and a table by hash, open-addressed by
// lines of the cache: a line is filled from its beginning, and looked through as a whole, without a branch for each place. States of one word stand
// in the table themselves. Of longer ones it has the numbers, and as many bits of each entry as the numbers do not need are a tag of the hash,
// so that a state is looked at only where it is most likely the one. Beside its words a state costs 10 to 15 bytes, or 5 to 8.
#pragma once

#include <algorithm>
#include <bit>
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

  static bool same(const uint64_t* a, const uint64_t* b) {
    uint64_t other = 0;
    for (size_t w = 0; w < W; ++w) other |= a[w] ^ b[w];
    return other == 0;
  }
  size_t size() const { return count_; }
  const uint64_t* operator[](size_t i) const { return chunks_[i / chunk]->states + i % chunk * W; }
  const uint8_t* by(size_t i) const { return chunks_[i / chunk]->by + i % chunk; }
  size_t bytes() const { return chunks_.size() * sizeof(Chunk) + lines_.capacity() * sizeof(Line); }
  // Room for so many more. `hash_of` is asked for the states that are there. Precondition of the others.
  template <class HashOf>
  void reserve(size_t more, HashOf hash_of) {
    size_t wanted = std::max<size_t>(lines_.size(), 64 / line_size);
    while ((count_ + more) * 5 > wanted * line_size * 4) wanted += wanted / 2;
    if (wanted != lines_.size()) grow(wanted, hash_of);
  }
  void prefetch(uint64_t hash) const { __builtin_prefetch(&lines_[line_of(hash)]); }
  // The same of the state itself, where there is most likely one like it. After prefetch(), and some other work.
  void prefetch_state(uint64_t hash) const {
    if constexpr (W > 1) {
      for (const Slot slot : lines_[line_of(hash)].slots) {
        if (slot != free && ((slot ^ tag_of(hash)) & ~number_mask_) == 0)
          __builtin_prefetch((*this)[(slot & number_mask_) - 1]);
      }
    }
  }
  // `by`: by which label it was found (packed_order.h).
  void put(const uint64_t* state, uint8_t by, uint64_t hash) {
    for (size_t at = line_of(hash);; at = after(at)) {
      Line& line = lines_[at];
      if (has(line, state, hash)) return;
      if (line.slots[line_size - 1] != free) continue;
      append(state, by);
      line.slots[taken(line)] = slot_of(count_, hash);
      return;
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

  struct Chunk {
    uint64_t states[chunk * W];
    uint8_t by[chunk];
  };
  static constexpr size_t line_size = 64 / sizeof(Slot);
  struct alignas(64) Line {
    Slot slots[line_size];
  };

  bool has(const Line& line, const uint64_t* state, uint64_t hash) const {
    if constexpr (W == 1) {
      bool found = false;
      for (const Slot slot : line.slots) found |= slot == *state;
      return found;
    } else {
      const Slot tag = tag_of(hash);
      for (const Slot slot : line.slots) {
        if (slot != free && ((slot ^ tag) & ~number_mask_) == 0 &&
            same((*this)[(slot & number_mask_) - 1], state))
          return true;
      }
      return false;
    }
  }
  static size_t taken(const Line& line) {
    size_t n = 0;
    for (const Slot slot : line.slots) n += slot != free;
    return n;
  }
  // Of the state that is the number-th.
  Slot slot_of(size_t number, uint64_t hash) const {
    if constexpr (W == 1) return *(*this)[number - 1];
    return static_cast<Slot>(tag_of(hash) | static_cast<uint32_t>(number));
  }
  // The lower half of the hash, as a part of the table.
  size_t line_of(uint64_t hash) const { return (hash & 0xFFFFFFFFu) * lines_.size() >> 32; }
  size_t after(size_t at) const { return at + 1 == lines_.size() ? 0 : at + 1; }
  // Of the upper half, whose uppermost bits are the shard's.
  uint32_t tag_of(uint64_t hash) const { return static_cast<uint32_t>(hash >> 26) & ~number_mask_; }
  void append(const uint64_t* state, uint8_t by) {
    if (count_ == chunks_.size() * chunk) chunks_.push_back(std::make_unique_for_overwrite<Chunk>());
    std::copy_n(state, W, chunks_.back()->states + count_ % chunk * W);
    chunks_.back()->by[count_ % chunk] = by;
    ++count_;
  }
  template <class HashOf>
  void grow(size_t wanted, HashOf hash_of) {
    CASUS_CHECK(wanted * line_size <= size_t{1} << 32, "a shard has numbers of 32 bits");
    std::vector<Line>().swap(
        lines_);  // what is there is found again from the states: never two tables at once
    Line empty;
    std::fill_n(empty.slots, line_size, free);
    lines_.assign(wanted, empty);
    number_mask_ = static_cast<uint32_t>(std::bit_ceil(wanted * line_size) - 1);
    constexpr size_t at_once = 64;
    uint64_t hashes[at_once];
    for (size_t i = 0, here; i < count_; i += here) {
      here = std::min(at_once, count_ - i);
      hash_of((*this)[i], here, hashes);
      for (size_t k = 0; k < here; ++k) prefetch(hashes[k]);
      for (size_t k = 0; k < here; ++k) {
        size_t at = line_of(hashes[k]);
        while (lines_[at].slots[line_size - 1] != free) at = after(at);
        lines_[at].slots[taken(lines_[at])] = slot_of(i + k + 1, hashes[k]);
      }
    }
  }

  std::vector<std::unique_ptr<Chunk>> chunks_;
  size_t count_ = 0;
  std::vector<Line> lines_;
  uint32_t number_mask_ = 0;
};

// States that wait to be put, one after the other.
template <size_t W>
class PackedQueue {
 public:
  // Takes it if `wanted`; without a branch, as there is no telling.
  void put(const uint64_t* state, uint8_t by, bool wanted) {
    make_room(1);
    std::copy_n(state, W, &words_[size_ * W]);
    by_[size_] = by;
    size_ += wanted ? 1 : 0;
  }
  // So many side by side.
  void put(const uint64_t* states, const uint8_t* by, size_t count) {
    make_room(count);
    std::copy_n(states, count * W, &words_[size_ * W]);
    std::copy_n(by, count, &by_[size_]);
    size_ += count;
  }
  void set(size_t i, const uint64_t* state, uint8_t by) {
    std::copy_n(state, W, &words_[i * W]);
    by_[i] = by;
  }
  void resize(size_t size) {
    size_ = 0;
    make_room(size);
    size_ = size;
  }
  void clear() { size_ = 0; }
  size_t size() const { return size_; }
  const uint64_t* operator[](size_t i) const { return &words_[i * W]; }
  const uint8_t* by(size_t i) const { return &by_[i]; }
  size_t bytes() const { return words_.capacity() * sizeof(uint64_t) + by_.capacity(); }

 private:
  void make_room(size_t more) {
    if (size_ + more <= by_.size()) return;
    by_.resize(2 * by_.size() + more + 63);
    words_.resize(by_.size() * W);
  }
  std::vector<uint64_t> words_;
  std::vector<uint8_t> by_;
  size_t size_ = 0;
};

}  // namespace casus::explore
