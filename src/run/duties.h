// SPDX-License-Identifier: Apache-2.0
// Live duties. One duty is a clause with its stored variables and three sets of actors: for whom it is pending, suspended, or breached and
// still open. Each clause has a pool of equal-sized places, a list of its live duties in order of birth, and for each of its acts an index from
// the act's fixed arguments to the duties that it would perform. A place is reused when its duty has ended: memory is what is live.
#pragma once

#include <bit>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "program/program.h"
#include "run/tuple_map.h"

namespace casus::run {

using program::VarIndex;

inline constexpr uint32_t nowhere = 0xFFFFFFFFu;

struct Duty {
  uint32_t number = 0;
  uint32_t trigger = 0;
  int64_t born = 0;
  int64_t deadline = model::no_value;
  uint32_t previous = nowhere, next = nowhere;  // live duties of the clause
  bool together = false;
  bool odd = false;  // some bearer's deadline differs (after a suspension)
};

enum class Hold : uint8_t { pending = 0, suspended = 1, breached = 2 };

class DutyPool {
 public:
  DutyPool(const program::ClausePlan& plan, uint32_t actor_words, uint32_t actors);

  // A place for a new duty; its sets are empty. Pointers into the pool do not live across it.
  uint32_t make(uint32_t number);
  // Enters it in the clause's list and in the indices, by its stored values as `frame` has them. `keys`: for each act its key, one after the other.
  void enter(uint32_t at, const Value* frame, const Value* keys);
  void drop(uint32_t at);

  Duty& duty(uint32_t at) { return duties_[at]; }
  const Duty& duty(uint32_t at) const { return duties_[at]; }
  uint64_t* set(uint32_t at, Hold hold) {
    return words(at) + sets_ + static_cast<size_t>(hold) * actor_words_;
  }
  const uint64_t* set(uint32_t at, Hold hold) const { return const_cast<DutyPool*>(this)->set(at, hold); }
  bool any(uint32_t at) const {
    const uint64_t* s = words(at) + sets_;
    for (const uint64_t* end = s + 3 * size_t{actor_words_}; s != end; ++s) {
      if (*s != 0) return true;
    }
    return false;
  }
  bool has(uint32_t at, Hold hold, uint32_t bit) const { return (set(at, hold)[bit / 64] >> (bit % 64)) & 1; }
  // In whatever state.
  bool bears(uint32_t at, uint32_t bit) const {
    const uint64_t* word = words(at) + sets_ + bit / 64;
    return ((word[0] | word[actor_words_] | word[2 * size_t{actor_words_}]) >> (bit % 64) & 1) != 0;
  }
  std::vector<uint32_t> bearers(uint32_t at) const;  // in order
  // Takes the actor out. Precondition: it is in; the state in which it was.
  Hold strike(uint32_t at, uint32_t bit) {
    const uint64_t mask = uint64_t{1} << (bit % 64);
    uint64_t* word = words(at) + sets_ + bit / 64;
    Hold was = Hold::pending;
    for (Hold hold : {Hold::pending, Hold::suspended, Hold::breached}) {
      if ((*word & mask) != 0) was = hold;
      *word &= ~mask;
      word += actor_words_;
    }
    return was;
  }
  void put(uint32_t at, Hold hold, uint32_t bit) { set(at, hold)[bit / 64] |= uint64_t{1} << (bit % 64); }
  void take(uint32_t at, Hold hold, uint32_t bit) { set(at, hold)[bit / 64] &= ~(uint64_t{1} << (bit % 64)); }
  void load(uint32_t at, Value* frame) const {
    const uint64_t* w = words(at);
    for (const VarIndex v : plan_.stored) frame[v] = static_cast<Value>(*w++);
  }
  // Which acts of `at least n of` are done, as bits; in common (bit 0) when borne together.
  uint64_t& done(uint32_t at, uint32_t bit) { return words(at)[done_ + (duties_[at].together ? 0 : bit)]; }

  // What a duty keeps beyond its sets, as words: stored values, then the keys of its acts, act by act.
  const Value* stored(uint32_t at) const { return reinterpret_cast<const Value*>(words(at)); }
  // The words of its sets and of the acts done, which may be written.
  uint64_t* sets(uint32_t at) { return words(at) + sets_; }
  const uint64_t* sets(uint32_t at) const { return words(at) + sets_; }
  uint32_t set_words() const { return 3 * actor_words_; }
  uint64_t* acts_done(uint32_t at) { return words(at) + done_; }
  const uint64_t* acts_done(uint32_t at) const { return words(at) + done_; }
  uint32_t done_words() const { return stride_ - done_; }
  // Enters a place as stored() gave it.
  void restore(uint32_t at, const Value* stored);
  void clear() {
    while (first_ != nowhere) drop(first_);
  }

  uint32_t first() const { return first_; }
  uint32_t live() const { return live_; }
  // First duty that the act with this key would perform; then next_in(act, at).
  uint32_t first_for(uint32_t act, const Value* key) const {
    const Index& index = indices_[act];
    if (index.arity == 0) return static_cast<uint32_t>(index.all);
    if (index.map.is_missing(key)) return nowhere;  // what is missing matches nothing
    const Value* cell = index.map.find(key);
    return cell ? static_cast<uint32_t>(static_cast<uint64_t>(*cell)) : nowhere;
  }
  uint32_t next_for(uint32_t act, uint32_t at) const { return link(at, act).next; }
  bool is(uint32_t at, uint32_t number) const {
    return at < duties_.size() && alive_[at] && duties_[at].number == number;
  }

 private:
  struct Link {
    uint32_t previous, next;
  };
  struct Index {
    uint32_t arity = 0;
    TupleMap map{1};                        // → head and tail
    uint64_t all = pack(nowhere, nowhere);  // when there is no key
  };
  static uint64_t pack(uint32_t head, uint32_t tail) { return uint64_t{head} | uint64_t{tail} << 32; }
  uint64_t* words(uint32_t at) { return words_.data() + size_t{at} * stride_; }
  const uint64_t* words(uint32_t at) const { return words_.data() + size_t{at} * stride_; }
  Link link(uint32_t at, uint32_t act) const {
    const uint64_t w = words(at)[links_ + act];
    return {static_cast<uint32_t>(w), static_cast<uint32_t>(w >> 32)};
  }
  void list(uint32_t at);
  void set_link(uint32_t at, uint32_t act, Link l);
  void index_out(uint32_t at, uint32_t act);
  const Value* key(uint32_t at, uint32_t act) const;

  const program::ClausePlan& plan_;
  uint32_t actor_words_, actors_;
  // Words of a place: stored values, keys of the acts, the sets, links, acts done.
  uint32_t keys_ = 0, sets_ = 0, links_ = 0, done_ = 0, stride_ = 0;
  std::vector<uint32_t> key_at_;  // by act
  std::vector<Duty> duties_;
  std::vector<uint8_t> alive_;
  std::vector<uint64_t> words_;
  std::vector<uint32_t> free_;
  std::vector<Index> indices_;
  uint32_t first_ = nowhere, last_ = nowhere, live_ = 0;
};

// Calls f(bit) for each member of a set, in order.
template <class F>
void for_each_bit(const uint64_t* set, uint32_t words, F f) {
  for (uint32_t w = 0; w < words; ++w) {
    for (uint64_t rest = set[w]; rest != 0; rest &= rest - 1)
      f(w * 64 + static_cast<uint32_t>(std::countr_zero(rest)));
  }
}

}  // namespace casus::run
