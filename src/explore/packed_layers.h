// SPDX-License-Identifier: Apache-2.0
// The states that were found, in shards by hash, and the levels of the search as ranges of every shard.
#pragma once

#include <array>

#include "explore/packed_store.h"

namespace casus::explore {

template <size_t W>
using PackedState = std::array<uint64_t, W>;

template <size_t W>
PackedState<W> packed_state(const uint64_t* from) {
  PackedState<W> state;
  std::copy_n(from, W, state.begin());
  return state;
}

template <size_t W>
class PackedLayers {
 public:
  static constexpr size_t shards = 64;
  static size_t shard_of(uint64_t hash) { return hash >> 58; }

  // States that were found by one expansion, of all that was found by the levels `from` to this one.
  struct Level {
    std::array<uint32_t, shards> begin{};
    bool by_event = false;
    size_t from = 0;
  };
  // A range of the store. A unit has its part of every shard: states that were found at about the same time have much in common.
  struct Range {
    std::array<size_t, shards> from{}, count{};
    size_t size = 0, unit = 1;
    size_t units() const { return (size + unit - 1) / unit; }
  };

  PackedShard<W>& operator[](size_t shard) { return shards_[shard]; }
  const std::vector<Level>& levels() const { return levels_; }
  void begin_level(bool by_event, size_t from) {
    Level& level = levels_.emplace_back();
    level.by_event = by_event;
    level.from = from;
    for (size_t s = 0; s < shards; ++s) level.begin[s] = static_cast<uint32_t>(shards_[s].size());
  }
  void end_empty_level() { levels_.pop_back(); }

  // The levels from one to before another, in units of about so many states.
  Range range(size_t from_level, size_t to_level, size_t unit) const {
    Range found;
    found.unit = unit;
    for (size_t s = 0; s < shards; ++s) {
      found.from[s] = levels_[from_level].begin[s];
      found.count[s] =
          (to_level < levels_.size() ? levels_[to_level].begin[s] : shards_[s].size()) - found.from[s];
      found.size += found.count[s];
    }
    return found;
  }
  // The states of a unit side by side.
  void gather(const Range& r, size_t unit, PackedQueue<W>& to) const {
    to.clear();
    for (size_t s = 0; s < shards; ++s) {
      const size_t end = r.from[s] + r.count[s] * (unit + 1) / r.units();
      for (size_t i = r.from[s] + r.count[s] * unit / r.units(); i < end;) {
        const size_t near = std::min(end - i, PackedShard<W>::chunk - i % PackedShard<W>::chunk);
        to.put(shards_[s][i], shards_[s].by(i), near);
        i += near;
      }
    }
  }
  // In which level, from this one on, a state lies that was found. Cost: linear.
  size_t level_of(const PackedState<W>& state, uint64_t hash, size_t from) const {
    const size_t s = shard_of(hash), number = *shards_[s].find(state.data());
    while (from + 1 < levels_.size() && number >= levels_[from + 1].begin[s]) ++from;
    return from;
  }

  uint64_t states() const {
    uint64_t n = 0;
    for (const auto& shard : shards_) n += shard.size();
    return n;
  }
  size_t bytes() const {
    size_t n = 0;
    for (const auto& shard : shards_) n += shard.bytes();
    return n;
  }

 private:
  std::array<PackedShard<W>, shards> shards_;
  std::vector<Level> levels_;
};

}  // namespace casus::explore
