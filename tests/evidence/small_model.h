// SPDX-License-Identifier: Apache-2.0
// A model of a few states and events, built by hand, with a parameter of every type.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "evidence/events.h"
#include "evidence/text_input.h"

namespace casus::evidence {

inline constexpr model::KindId kind_state{4u}, kind_area{5u};
inline constexpr model::EventTypeId event_attack{3u}, event_consult{4u}, event_test{5u}, event_condemn{6u};
inline constexpr model::FactId fact_sovereign{4u}, fact_population{5u}, fact_ally{6u};

inline model::Model small_model() {
  using namespace model;
  Model m;
  const auto named = [](auto thing, std::string name) {
    thing.name = std::move(name);
    return thing;
  };
  const auto kind = [&](std::string name, KindId parent) {
    m.kinds.push_back(named(Kind(), std::move(name)));
    m.kinds.back().parent = parent;
  };
  kind("thing", {});
  kind("actor", kind_thing);
  kind("body", kind_actor);
  kind("instrument", kind_thing);
  kind("state", kind_actor);
  kind("area", kind_thing);

  m.categories.push_back(named(Category(), "ballot"));
  for (const char* value : {"yes", "no", "abstain"}) m.categories[0].values.push_back(named(Named(), value));
  m.quantities.push_back(named(Quantity(), "length"));
  m.quantities[0].units = {{"m", 1}, {"km", 1000}};

  const auto of_kind = [](KindId id) { return Type{TypeKind::entity, id.value}; };
  const Type ballot{TypeKind::category, 0};
  const Type proposal{TypeKind::event, event_propose.value};
  const auto event = [&](std::string name, std::vector<Param> params) {
    m.event_by_name[name] = EventTypeId(m.events.size());
    m.events.push_back(named(EventType(), std::move(name)));
    m.events.back().params = std::move(params);
    m.events.back().by = 0;
  };
  event("propose", {{"by", of_kind(kind_actor)}, {"in", of_kind(kind_body)}});
  event("vote", {{"by", of_kind(kind_actor)}, {"on", proposal}, {"as", ballot}});
  event("close", {{"by", of_kind(kind_actor)}, {"on", proposal}});
  event("armed_attack",
        {{"by", of_kind(kind_actor)}, {"on", of_kind(kind_state)}, {"at", of_kind(kind_area)}});
  event("consult", {{"by", of_kind(kind_actor)}, {"about", {TypeKind::event, Id<void>::none_value}}});
  event("flight_test", {{"by", of_kind(kind_state)},
                        {"range", {TypeKind::quantity, 0}},
                        {"shots", {TypeKind::count}},
                        {"announced", {TypeKind::truth}},
                        {"until", {TypeKind::instant}},
                        {"note", {TypeKind::text}}});
  event("condemn", {{"by", of_kind(kind_actor)}, {"what", {TypeKind::event, event_attack.value}}});

  const auto fact = [&](std::string name, std::vector<Param> params) -> Fact& {
    m.facts.push_back(named(Fact(), std::move(name)));
    m.facts.back().params = std::move(params);
    return m.facts.back();
  };
  fact("party", {{"who", of_kind(kind_actor)}, {"of", of_kind(kind_instrument)}});
  fact("in_force", {{"what", of_kind(kind_instrument)}});
  fact("suspended", {{"what", of_kind(kind_instrument)}, {"whom", of_kind(kind_thing)}});
  fact("terminated", {{"what", of_kind(kind_instrument)}});
  fact("sovereign", {{"of", of_kind(kind_area)}, {"is", of_kind(kind_state)}}).contested = true;
  fact("population", {{"of", of_kind(kind_state)}}).result = {TypeKind::count};
  fact("ally", {{"of", of_kind(kind_state)}, {"is", of_kind(kind_state)}});

  const auto entity = [&](std::string name, KindId of) {
    m.entity_by_name[name] = EntityId(m.entities.size());
    m.entities.push_back(named(Entity(), std::move(name)));
    m.entities.back().kind = of;
  };
  for (const char* name : {"RUS", "UKR", "USA", "GBR", "FRA", "CHN", "Kiribati"}) entity(name, kind_state);
  for (const char* name : {"Kharkiv", "Crimea"}) entity(name, kind_area);
  entity("UNSC", kind_body);
  m.texts = {"known text"};
  return m;
}

}  // namespace casus::evidence
