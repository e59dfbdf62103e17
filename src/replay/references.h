// SPDX-License-Identifier: Apache-2.0
// Internal to the room: from the names by which events refer to one another to the numbers of their occurrences.
#pragma once

#include <vector>

#include "evidence/events.h"
#include "run/ledger.h"

namespace casus::replay {

class References {
 public:
  void set(evidence::LabelNo label, run::OccurrenceNo number) {
    if (label >= numbers_.size()) numbers_.resize(size_t{label} + 1 + label / 2, run::no_number);
    numbers_[label] = number;
  }
  // Puts numbers where labels stand. A reference to an event that was not taken has no value.
  void resolve(std::array<model::Value, model::max_event_params>& args, uint8_t refs) const {
    for (size_t i = 0; i < args.size(); ++i) {
      if ((refs >> i & 1) == 0 || args[i] == model::no_value) continue;
      const auto label = static_cast<size_t>(args[i]);
      const run::OccurrenceNo n = label < numbers_.size() ? numbers_[label] : run::no_number;
      args[i] = n == run::no_number ? model::no_value : model::Value{n};
    }
  }

 private:
  std::vector<run::OccurrenceNo> numbers_;
};

}  // namespace casus::replay
