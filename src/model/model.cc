// SPDX-License-Identifier: Apache-2.0
#include "model/model.h"

#include <algorithm>

namespace casus::model {

bool Model::is_kind(KindId kind, KindId ancestor) const {
  for (; kind; kind = (*this)[kind].parent) {
    if (kind == ancestor) return true;
  }
  return false;
}

EntityId Model::find_entity(std::string_view name) const {
  const auto it = entity_by_name.find(std::string(name));
  return it == entity_by_name.end() ? EntityId() : it->second;
}

InstrumentId Model::find_instrument(std::string_view name) const {
  const EntityId e = find_entity(name);
  return e ? (*this)[e].instrument : InstrumentId();
}

EventTypeId Model::find_event(std::string_view name) const {
  const auto it = event_by_name.find(std::string(name));
  return it == event_by_name.end() ? EventTypeId() : it->second;
}

ViewpointId Model::find_viewpoint(std::string_view name) const {
  for (size_t i = 0; i < viewpoints.size(); ++i) {
    if (viewpoints[i].name == name) return ViewpointId(i);
  }
  return {};
}

ArticleId Model::find_article(InstrumentId instrument, std::string_view label) const {
  if (!instrument) return {};
  for (ArticleId a : (*this)[instrument].articles) {
    if ((*this)[a].label == label) return a;
  }
  return {};
}

std::string Model::cite(ClauseId id) const {
  const Clause& c = (*this)[id];
  if (c.of_event) return "event " + (*this)[(*this)[c.trigger.pattern].event].name;
  if (!c.instrument) return "rule " + std::to_string(c.number);
  std::string out = (*this)[c.instrument].name;
  if (c.article) out += '.' + (*this)[c.article].label;
  if (c.number > 1) out += " (" + std::to_string(c.number) + ')';
  return out;
}

namespace {

// In the largest unit that leaves a whole number: 500 km, not 500000 m.
std::string show_quantity(const Quantity& q, Value value) {
  const Unit* best = nullptr;
  for (const Unit& u : q.units) {
    if (value % u.factor == 0 && (!best || u.factor > best->factor)) best = &u;
  }
  if (!best || value == 0) best = &q.units.front();
  return std::to_string(value / best->factor) + ' ' + best->name;
}

}  // namespace

std::string Model::type_words(Type t) const {
  const bool known = t.id != Id<void>::none_value;
  switch (t.kind) {
    case TypeKind::truth:
      return "truth";
    case TypeKind::count:
      return "count";
    case TypeKind::instant:
      return "instant";
    case TypeKind::text:
      return "text";
    case TypeKind::quantity:
      return known ? quantities[t.id].name : "?";
    case TypeKind::category:
      return known ? categories[t.id].name : "?";
    case TypeKind::event:
      return known ? "event " + events[t.id].name : "event";
    case TypeKind::entity:
      return known ? kinds[t.id].name : "?";
  }
  return "?";
}

std::string Model::show(Value value, Type type) const {
  if (value == no_value) return "(none)";
  const auto at = static_cast<uint64_t>(value);
  switch (type.kind) {
    case TypeKind::truth:
      return value == 0 ? "false" : "true";
    case TypeKind::count:
      return std::to_string(value);
    case TypeKind::quantity:
      if (type.id < quantities.size() && !quantities[type.id].units.empty())
        return show_quantity(quantities[type.id], value);
      break;
    case TypeKind::instant:
      return format_iso(Instant{value});
    case TypeKind::text:
      if (at < texts.size()) return texts[at];
      break;
    case TypeKind::category:
      if (type.id < categories.size() && at < categories[type.id].values.size())
        return categories[type.id].values[at].name;
      break;
    case TypeKind::event:
      return "#" + std::to_string(value);
    case TypeKind::entity:
      if (at < entities.size()) return entities[at].name;
      break;
  }
  return std::to_string(value);
}

const ChoiceParameter& choice_parameter(const Model& model, const Expr& e) {
  const auto packed = static_cast<size_t>(e.value);
  return model.choices[e.a].options[packed / 256].parameters[packed % 256];
}

}  // namespace casus::model
