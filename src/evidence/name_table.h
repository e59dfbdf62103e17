// SPDX-License-Identifier: Apache-2.0
// Names to numbers from 0 in the order in which they were added; the one look-up on the path of every event. Open
// addressing with linear probing: one cache line for a hit, no allocation for a look-up. The hash is seeded by
// where the table lies, so that nobody can write a file whose names all meet in one place; it decides where
// a name is kept and nothing else, so results do not depend on it.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/wide.h"

namespace casus::evidence {

class NameTable {
 public:
  static constexpr uint32_t none = 0xFFFFFFFFu;

  NameTable() : slots_(64), seed_(mix64(reinterpret_cast<uintptr_t>(this))) {}
  NameTable(const NameTable&) = delete;
  NameTable& operator=(const NameTable&) = delete;

  // none when unknown. Cost: O(length).
  uint32_t find(std::string_view name) const { return slots_[slot_of(name, hash(name))].number; }

  void expect(std::string_view name) const { __builtin_prefetch(&slots_[hash(name) >> shift_], 1); }

  // The number of a name, which is entered when it is new: then `keep` gives the bytes that outlive the table.
  template <class Keep>
  uint32_t intern(std::string_view name, const Keep& keep) {
    const uint32_t h = hash(name);
    const size_t at = slot_of(name, h);
    if (slots_[at].number != none) return slots_[at].number;
    const auto number = static_cast<uint32_t>(names_.size());
    names_.push_back(keep(name));
    slots_[at] = {h, number};
    if (names_.size() * 4 > slots_.size() * 3) grow();
    return number;
  }

  std::string_view name(uint32_t number) const { return names_[number]; }
  size_t size() const { return names_.size(); }

 private:
  struct Slot {
    uint32_t hash = 0;
    uint32_t number = none;
  };

  static uint64_t fold(uint64_t a, uint64_t b) {
    const UnsignedWide product = UnsignedWide{a} * b;
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
  }

  static uint64_t load(const char* from, size_t bytes) {
    uint64_t word = 0;
    std::memcpy(&word, from, bytes);
    return word;
  }

  static bool same(std::string_view a, std::string_view b) {
    const size_t n = a.size();
    if (n != b.size()) return false;
    if (n > 16) return a == b;
    const auto differ = [&](size_t at, size_t bytes) {
      return load(a.data() + at, bytes) ^ load(b.data() + at, bytes);
    };
    if (n >= 8) return (differ(0, 8) | differ(n - 8, 8)) == 0;
    if (n >= 4) return (differ(0, 4) | differ(n - 4, 4)) == 0;
    return n == 0 || (differ(0, 1) | differ(n / 2, 1) | differ(n - 1, 1)) == 0;
  }

  // Up to 16 bytes as two words that may overlap: no loop and no variable copy for most names.
  uint32_t hash(std::string_view name) const {
    const char* p = name.data();
    size_t n = name.size();
    uint64_t state = seed_ ^ n;
    for (; n > 16; p += 16, n -= 16) {
      state = fold(load(p, 8) ^ state, load(p + 8, 8) ^ golden64);
    }
    uint64_t a = 0;
    uint64_t b = 0;
    if (n >= 8) {
      a = load(p, 8);
      b = load(p + n - 8, 8);
    } else if (n >= 4) {
      a = load(p, 4);
      b = load(p + n - 4, 4);
    } else if (n > 0) {
      a = load(p, 1) | load(p + n / 2, 1) << 8 | load(p + n - 1, 1) << 16;
    }
    return static_cast<uint32_t>(fold(fold(a ^ state, b ^ golden64) ^ seed_, golden64));
  }

  // Names stand in the order of their hashes, but for what had to move on: growing then reads and writes from front
  // to back, and never looks at a name.
  size_t slot_of(std::string_view name, uint32_t h) const {
    for (size_t at = h >> shift_;; at = (at + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[at];
      if (slot.number == none || (slot.hash == h && same(names_[slot.number], name))) return at;
    }
  }

  void grow() {
    std::vector<Slot> wider(slots_.size() * 2);
    --shift_;
    for (const Slot& slot : slots_) {
      if (slot.number == none) continue;
      size_t at = slot.hash >> shift_;
      while (wider[at].number != none) at = (at + 1) & (wider.size() - 1);
      wider[at] = slot;
    }
    slots_.swap(wider);
  }

  std::vector<Slot> slots_;  // at most three quarters full; 2 to the power 32 - shift_
  uint32_t shift_ = 26;
  std::vector<std::string_view> names_;
  uint64_t seed_;
};

}  // namespace casus::evidence
