// SPDX-License-Identifier: Apache-2.0
#include "run/facts.h"

#include <algorithm>

namespace casus::run {

using program::StoreKind;

Facts::Facts(const program::Program& program)
    : program_(program), entities_(program.model->entities.size()), words_(program.entity_words) {
  stores_.resize(program.facts.size());
  for (size_t i = 0; i < stores_.size(); ++i) {
    const program::FactSlot& slot = program.facts[i];
    Store& store = stores_[i];
    switch (slot.kind) {
      case StoreKind::bits:
        store.bits.resize(words_);
        break;
      case StoreKind::party:
        store.bits.resize(words_ * program.model->instruments.size());
        break;
      case StoreKind::column:
        store.column.assign(entities_, model::no_value);
        break;
      case StoreKind::matrix:
        store.bits.resize((entities_ * entities_ + 63) / 64);
        break;
      case StoreKind::table:
        store.table = TupleMap(slot.arity);
        break;
      case StoreKind::derived:
        break;
    }
  }
}

// party(who, of): `of` is the instrument's entity. Out of range when either is no such entity.
size_t Facts::index_of_party(const Value* args) const {
  if (!entity(args[0]) || !entity(args[1])) return SIZE_MAX;
  const auto instrument = program_.model->entities[static_cast<size_t>(args[1])].instrument;
  if (!instrument) return SIZE_MAX;
  return instrument.index() * words_ * 64 + static_cast<size_t>(args[0]);
}

size_t Facts::index_of_pair(const Value* args) const {
  if (!entity(args[0]) || !entity(args[1])) return SIZE_MAX;
  return static_cast<size_t>(args[0]) * entities_ + static_cast<size_t>(args[1]);
}

Value Facts::get(uint32_t slot, const Value* args) const {
  const Store& store = stores_[slot];
  switch (program_.facts[slot].kind) {
    case StoreKind::bits:
      return entity(args[0]) && bit(store.bits.data(), static_cast<size_t>(args[0]));
    case StoreKind::party: {
      const size_t i = index_of_party(args);
      return i != SIZE_MAX && bit(store.bits.data(), i);
    }
    case StoreKind::column:
      return entity(args[0]) ? store.column[static_cast<size_t>(args[0])] : model::no_value;
    case StoreKind::matrix: {
      const size_t i = index_of_pair(args);
      return i != SIZE_MAX && bit(store.bits.data(), i);
    }
    case StoreKind::table: {
      const Value* v = store.table.find(args);
      if (v) return *v;
      return program_.facts[slot].relation ? 0 : model::no_value;
    }
    case StoreKind::derived:
      break;
  }
  CASUS_CHECK(false, "a derived fact is not stored");
}

void Facts::save(uint32_t slot, std::vector<Value>& out) const {
  const Store& store = stores_[slot];
  for (uint64_t w : store.bits) out.push_back(static_cast<Value>(w));
  out.insert(out.end(), store.column.begin(), store.column.end());
  if (program_.facts[slot].kind != StoreKind::table) return;
  const size_t arity = program_.facts[slot].arity;
  std::vector<std::vector<Value>> rows;
  store.table.for_each([&](const Value* key, Value value) {
    rows.emplace_back(key, key + arity);
    rows.back().push_back(value);
  });
  std::sort(rows.begin(), rows.end());
  out.push_back(static_cast<Value>(rows.size()));
  for (const auto& row : rows) out.insert(out.end(), row.begin(), row.end());
}

size_t Facts::load(uint32_t slot, const Value* words) {
  Store& store = stores_[slot];
  ++store.version;
  const Value* at = words;
  for (uint64_t& w : store.bits) w = static_cast<uint64_t>(*at++);
  for (Value& v : store.column) v = *at++;
  if (program_.facts[slot].kind != StoreKind::table) return static_cast<size_t>(at - words);
  const size_t arity = program_.facts[slot].arity;
  store.table.clear();
  const Value rows = *at++;
  const Value none = program_.facts[slot].relation ? 0 : model::no_value;
  for (Value i = 0; i < rows; ++i, at += arity + 1) store.table.at(at, none) = at[arity];
  return static_cast<size_t>(at - words);
}

Value Facts::put_bit(Store& store, size_t index, Value value) {
  if (index == SIZE_MAX) return value;
  const Value old = bit(store.bits.data(), index);
  if (old != value) {
    store.bits[index / 64] ^= uint64_t{1} << (index % 64);
    ++store.version;
  }
  return old;
}

Value Facts::put(uint32_t slot, const Value* args, Value value) {
  Store& store = stores_[slot];
  switch (program_.facts[slot].kind) {
    case StoreKind::bits:
      return put_bit(store, entity(args[0]) ? static_cast<size_t>(args[0]) : SIZE_MAX, value);
    case StoreKind::party:
      return put_bit(store, index_of_party(args), value);
    case StoreKind::matrix:
      return put_bit(store, index_of_pair(args), value);
    case StoreKind::column: {
      if (!entity(args[0])) return value;
      Value& cell = store.column[static_cast<size_t>(args[0])];
      const Value old = cell;
      store.version += old != value;
      cell = value;
      return old;
    }
    case StoreKind::table: {
      const bool relation = program_.facts[slot].relation;
      const Value none = relation ? 0 : model::no_value;
      if (value == none) {
        const Value* at = store.table.find(args);
        if (!at) return none;
        const Value old = *at;
        store.table.erase(args);
        ++store.version;
        return old;
      }
      Value& at = store.table.at(args, none);
      const Value old = at;
      store.version += old != value;
      at = value;
      return old;
    }
    case StoreKind::derived:
      break;
  }
  CASUS_CHECK(false, "a derived fact is not stored");
}

}  // namespace casus::run
