// SPDX-License-Identifier: Apache-2.0
// In breadth by the number of events: a layer is closed under what falls due, then one event. The layers are kept, and a story is found from
// its end: which state of the step before leads to it, and by which move.
#pragma once

#include "explore/symbolic_space.h"

namespace casus::explore {

class SymbolicLayers {
 public:
  // `open`: the properties that are looked for.
  SymbolicLayers(SymbolicSpace& space, std::vector<uint8_t> open);
  // Until they are decided, nothing is new, or `at_most` events. Says how far it came.
  Ended run(std::optional<uint32_t> at_most, const std::function<void(const Progress&)>& progress);

  uint32_t events() const { return events_; }
  const SymbolicSets& reached() const { return reached_; }
  // By property: the rules of events after which it is decided.
  const std::vector<std::optional<std::vector<uint32_t>>>& stories() const { return stories_; }

 private:
  struct Step {  // what came about for the first time by one more event, or by one more thing that fell due
    bool by_event = false;
    SymbolicSets fresh;
  };
  struct Place {
    size_t step = 0;
    TimingId timing = 0;
    std::vector<bool> state;
  };
  void close();
  SymbolicSets layer() const;
  SymbolicSets after(bool events, const SymbolicSets& from, size_t step);
  void add(bool by_event, SymbolicSets fresh);
  void decide(size_t property, size_t step, TimingId timing, const Diagram& states, const SymbolicMove* last);
  std::vector<uint32_t> story_to(Place place);
  uint32_t step_back(Place& place);

  SymbolicSpace& s_;
  std::vector<uint8_t> open_;
  uint32_t events_ = 0;
  SymbolicSets reached_;
  std::vector<Step> steps_;
  size_t first_ = 0;  // step of the layer
  std::vector<std::optional<std::vector<uint32_t>>> stories_;
};

}  // namespace casus::explore
