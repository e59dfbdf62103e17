// SPDX-License-Identifier: Apache-2.0
// The stored facts of a run. Relations over entities are bit sets, functions of an entity dense columns, the rest hash tables.
#pragma once

#include <vector>

#include "program/program.h"
#include "run/tuple_map.h"

namespace casus::run {

class Facts {
 public:
  explicit Facts(const program::Program& program);

  // A relation: 0 or 1. A function: its value or no_value. Precondition: not derived. O(1).
  Value get(uint32_t slot, const Value* args) const;
  // Sets it (relation: 0 or 1; function: no_value ends it) and returns what it was.
  Value put(uint32_t slot, const Value* args, Value value);
  // Grows with each change of the slot.
  uint64_t version(uint32_t slot) const { return stores_[slot].version; }

  // The contents of a slot as words, and back: bits and columns as they lie; of a table its entries, each its arguments and value, in
  // order. For whoever keeps states of a run (snapshot.h).
  void save(uint32_t slot, std::vector<Value>& out) const;
  // Takes what save() gave; returns how many words it took.
  size_t load(uint32_t slot, const Value* words);

  bool has(uint32_t slot, Value entity) const { return get(slot, &entity) == 1; }
  bool is_party(Value who, uint32_t instrument) const {
    return static_cast<uint64_t>(who) < entities_ && bit(party_words(instrument), static_cast<size_t>(who));
  }
  // Bit sets over entities.
  const uint64_t* words(uint32_t slot) const { return stores_[slot].bits.data(); }
  const uint64_t* party_words(uint32_t instrument) const {
    return stores_[0].bits.data() + size_t{instrument} * words_;
  }

 private:
  struct Store {
    std::vector<uint64_t> bits;
    std::vector<Value> column;
    TupleMap table{1};
    uint64_t version = 0;
  };
  static bool bit(const uint64_t* words, size_t i) { return (words[i / 64] >> (i % 64)) & 1; }
  Value put_bit(Store& store, size_t index, Value value);
  size_t index_of_party(const Value* args) const;
  size_t index_of_pair(const Value* args) const;
  bool entity(Value v) const { return static_cast<uint64_t>(v) < entities_; }

  const program::Program& program_;
  size_t entities_;
  size_t words_;
  std::vector<Store> stores_;
};

}  // namespace casus::run
