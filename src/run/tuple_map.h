// SPDX-License-Identifier: Apache-2.0
// A hash table from short tuples of values to a value: open addressing, linear probing, no tombstones (deletion shifts back), so that a
// table that gains and loses entries for ever does not grow. Entries lie flat: key words, then the value.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "base/check.h"
#include "model/model.h"

namespace casus::run {

using model::Value;

class TupleMap {
 public:
  explicit TupleMap(uint32_t arity)
      : arity_(arity), stride_(arity + 1), second_(arity > 1 ? 1 : 0), narrow_(arity == 1 || arity == 2) {}

  // The value, or nullptr. The pointer lives until the next insert or erase.
  Value* find(const Value* key) {
    if (size_ == 0) return nullptr;
    if (!narrow_) return find_wide(key);
    const Value first = key[0], second = key[second_];
    for (size_t at = narrow_home(first, second);; at = next(at)) {
      Value* e = entry(at);
      if (((e[0] ^ first) | (e[second_] ^ second)) == 0 && e[arity_] != empty) return &e[arity_];
      if (e[arity_] == empty) return nullptr;
    }
  }
  bool is_missing(const Value* key) const {  // some value of it
    if (narrow_) return (key[0] == model::no_value) | (key[second_] == model::no_value);
    for (uint32_t i = 0; i < arity_; ++i) {
      if (key[i] == model::no_value) return true;
    }
    return false;
  }
  const Value* find(const Value* key) const { return const_cast<TupleMap*>(this)->find(key); }

  // The value of the key, which is made with `initial` when it is new. Precondition: no value is `empty`.
  Value& at(const Value* key, Value initial) {
    if ((size_ + 1) * (capacity_ < small ? 4 : 2) > capacity_) grow();
    for (size_t at = home(key);; at = next(at)) {
      Value* e = entry(at);
      if (e[arity_] == empty) {
        for (uint32_t i = 0; i < arity_; ++i) e[i] = key[i];
        e[arity_] = initial;
        ++size_;
        return e[arity_];
      }
      if (equal(e, key)) return e[arity_];
    }
  }

  void erase(const Value* key) {
    if (size_ == 0) return;
    size_t at = home(key);
    for (;; at = next(at)) {
      Value* e = entry(at);
      if (e[arity_] == empty) return;
      if (equal(e, key)) break;
    }
    --size_;
    size_t hole = at;
    for (size_t probe = next(at);; probe = next(probe)) {
      Value* e = entry(probe);
      if (e[arity_] == empty) break;
      const size_t want = home(e);
      // Moves back whatever would no longer be found across the hole.
      if (((probe - want) & (capacity_ - 1)) >= ((probe - hole) & (capacity_ - 1))) {
        Value* to = entry(hole);
        for (uint32_t i = 0; i < stride_; ++i) to[i] = e[i];
        hole = probe;
      }
    }
    entry(hole)[arity_] = empty;
  }

  // Calls f(key, value) for each entry, in no order that means anything.
  template <class F>
  void for_each(F f) const {
    for (size_t i = 0; i < capacity_; ++i) {
      const Value* e = words_.data() + i * stride_;
      if (e[arity_] != empty) f(e, e[arity_]);
    }
  }
  void clear() {
    for (size_t i = 0; i < capacity_; ++i) entry(i)[arity_] = empty;
    size_ = 0;
  }
  size_t size() const { return size_; }

 private:
  static constexpr size_t small =
      8192;  // a table that fits a near cache is kept sparser: a second look costs more than room
  static constexpr Value empty = model::no_value + 1;  // never a key's value

  static uint64_t fold(uint64_t h, Value key) {
    h = (h ^ static_cast<uint64_t>(key)) * 0xD6E8FEB86659FD93u;
    return h ^ h >> 32;
  }
  // Keys of one and of two values take the same way, of one as if it were there twice: a mixture of both costs no
  // guesses. The high bits of a sum of products depend on every bit of both.
  size_t narrow_home(Value first, Value second) const {
    return static_cast<size_t>((static_cast<uint64_t>(first) * 0x9E3779B97F4A7C15u +
                                static_cast<uint64_t>(second) * 0xD6E8FEB86659FD92u) >>
                               shift_);
  }
  size_t home(const Value* key) const {
    if (narrow_) return narrow_home(key[0], key[second_]);
    uint64_t h = 0x9E3779B97F4A7C15u;
    for (uint32_t i = 0; i < arity_; ++i) h = fold(h, key[i]);
    return static_cast<size_t>(h) & (capacity_ - 1);
  }
  [[gnu::noinline]] Value* find_wide(const Value* key) {
    for (size_t at = home(key);; at = next(at)) {
      Value* e = entry(at);
      if (e[arity_] == empty) return nullptr;
      if (equal(e, key)) return &e[arity_];
    }
  }
  size_t next(size_t at) const { return (at + 1) & (capacity_ - 1); }
  Value* entry(size_t at) { return words_.data() + at * stride_; }
  bool equal(const Value* e, const Value* key) const {
    if (narrow_) return ((e[0] ^ key[0]) | (e[second_] ^ key[second_])) == 0;
    for (uint32_t i = 0; i < arity_; ++i) {
      if (e[i] != key[i]) return false;
    }
    return true;
  }
  void grow() {
    std::vector<Value> old = std::move(words_);
    const size_t old_capacity = capacity_;
    capacity_ = capacity_ == 0 ? 16 : capacity_ * 2;
    shift_ = 64 - std::countr_zero(capacity_);
    words_.assign(capacity_ * stride_, empty);
    size_ = 0;
    for (size_t i = 0; i < old_capacity; ++i) {
      const Value* e = old.data() + i * stride_;
      if (e[arity_] != empty) at(e, e[arity_]);
    }
  }

  uint32_t arity_;
  uint32_t stride_;
  uint32_t second_;      // place of the second value of a key, or of the only one
  bool narrow_;          // one value or two
  size_t capacity_ = 0;  // a power of two
  int shift_ = 0;        // from 64 bits to one of the capacity
  size_t size_ = 0;
  std::vector<Value> words_;
};

}  // namespace casus::run
