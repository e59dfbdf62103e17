// SPDX-License-Identifier: Apache-2.0
// Internal to the room.
#pragma once

#include <map>
#include <optional>

#include "diff/diff.h"

namespace casus::diff {

// The scenario without its event `k`; nothing when a later one refers to it.
std::optional<model::Scenario> without(const Model& m, const model::Scenario& s, size_t k);

// The instrument and its bodies in the other draft: of `m` in `n`, or back.
std::map<EntityId, EntityId> same_entities(const InstrumentPair& pair, const Model& m, const Model& n,
                                           bool back);

// A scenario of one model, in the other's ids. What the other has no word for is left out.
class Translator {
 public:
  // `same`: entities that are the same under another name.
  Translator(const Model& from, const Model& to, std::map<EntityId, EntityId> same);
  model::Scenario scenario(const model::Scenario& s) const;

 private:
  using Args = std::array<model::Value, model::max_event_params>;
  using Places = std::vector<model::Value>;  // of events, in the new list
  bool value(model::Value& v, const model::Type& type, const Places& places) const;
  bool arguments(model::EventTypeId& event, Args& args, const Places& places) const;
  bool event(model::ScenarioEvent& e, const Places& places) const;

  const Model& from_;
  const Model& to_;
  std::map<EntityId, EntityId> same_;
  std::map<std::string, FactId> facts_;
};

}  // namespace casus::diff
