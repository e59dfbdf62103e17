// SPDX-License-Identifier: Apache-2.0
// The states seen, kept part by part (store.h).
#pragma once

#include "explore/steps.h"
#include "explore/store.h"

namespace casus::explore {

class States {
 public:
  // All states have as many parts as this one.
  explicit States(const State& like);

  PairTable::Found put(const State& state);
  void get(uint32_t number, State& state) const;
  uint32_t size() const { return store_.size(); }
  size_t bytes() const;

 private:
  size_t parts_;
  std::vector<RowTable> rows_;  // the snapshot's parts but the last, its occurrences, its times, notes
  StateStore store_;
  std::vector<uint32_t> names_;
  std::vector<int64_t> row_;
  mutable std::vector<uint32_t> found_;
};

}  // namespace casus::explore
