// SPDX-License-Identifier: Apache-2.0
#include "diff/translator.h"

namespace casus::diff {

using model::no_value;
using model::Scenario;
using model::TypeKind;
using model::Value;

namespace {

bool refers(const Model& m, const model::ScenarioEvent& e, size_t to) {
  const auto any = [&](model::EventTypeId event, const auto& args) {
    if (!event) return false;
    for (size_t i = 0; i < m[event].params.size(); ++i) {
      if (m[event].params[i].type.kind == TypeKind::event && args[i] == static_cast<Value>(to)) return true;
    }
    return false;
  };
  return any(e.event, e.args) || any(e.content, e.content_args);
}

}  // namespace

std::optional<Scenario> without(const Model& m, const Scenario& s, size_t k) {
  Scenario out = s;
  for (size_t i = k + 1; i < s.events.size(); ++i) {
    if (refers(m, s.events[i], k)) return std::nullopt;
  }
  out.events.erase(out.events.begin() + static_cast<std::ptrdiff_t>(k));
  for (size_t i = k; i < out.events.size(); ++i) {
    const auto shift = [&](model::EventTypeId event, auto& args) {
      if (!event) return;
      for (size_t p = 0; p < m[event].params.size(); ++p) {
        if (m[event].params[p].type.kind == TypeKind::event && args[p] > static_cast<Value>(k)) --args[p];
      }
    };
    shift(out.events[i].event, out.events[i].args);
    shift(out.events[i].content, out.events[i].content_args);
  }
  return out;
}

std::map<EntityId, EntityId> same_entities(const InstrumentPair& pair, const Model& m, const Model& n,
                                           bool back) {
  std::map<EntityId, EntityId> out;
  const auto add = [&](EntityId a, EntityId b) { back ? out.emplace(b, a) : out.emplace(a, b); };
  if (pair.before && pair.after) add(m[pair.before].entity, n[pair.after].entity);
  for (const BodyPair& b : pair.bodies) {
    if (b.before && b.after) add(m[b.before].entity, n[b.after].entity);
  }
  return out;
}

Translator::Translator(const Model& from, const Model& to, std::map<EntityId, EntityId> same)
    : from_(from), to_(to), same_(std::move(same)) {
  for (size_t f = 0; f < to.facts.size(); ++f) {
    if (!to.facts[f].instrument) facts_.emplace(to.facts[f].name, FactId(f));
  }
}

Scenario Translator::scenario(const Scenario& s) const {
  Scenario out = s;
  out.under.clear();
  out.view = s.view ? to_.find_viewpoint(from_[s.view].name) : s.view;
  out.events.clear();
  out.givens.clear();
  Places places;
  for (const model::ScenarioEvent& e : s.events) {
    model::ScenarioEvent now = e;
    const bool known = event(now, places);
    places.push_back(known ? static_cast<Value>(out.events.size()) : no_value);
    if (known) out.events.push_back(std::move(now));
  }
  for (const model::GivenFact& g : s.givens) {
    const auto fact = facts_.find(from_[g.fact].name);
    model::GivenFact now = g;
    if (fact == facts_.end()) continue;
    now.fact = fact->second;
    bool known = to_[now.fact].params.size() == from_[g.fact].params.size();
    for (size_t i = 0; known && i < from_[g.fact].params.size(); ++i)
      known = value(now.args[i], from_[g.fact].params[i].type, places);
    if (known && value(now.value, from_[g.fact].result, places)) out.givens.push_back(now);
  }
  return out;
}

bool Translator::value(Value& v, const model::Type& type, const Places& places) const {
  if (v == no_value) return true;
  if (type.kind == TypeKind::entity) {
    const EntityId id(static_cast<size_t>(v));
    const auto it = same_.find(id);
    const EntityId to = it != same_.end() ? it->second : to_.find_entity(from_[id].name);
    v = static_cast<Value>(to.value);
    return to.valid();
  }
  if (type.kind == TypeKind::event) {
    v = places[static_cast<size_t>(v)];
    return v != no_value;
  }
  return type.kind != TypeKind::text;
}

bool Translator::arguments(model::EventTypeId& event, Args& args, const Places& places) const {
  const model::EventType& type = from_[event];
  const model::EventTypeId to = to_.find_event(type.name);
  if (!to) return false;
  const auto given = args;
  args.fill(no_value);
  for (size_t i = 0; i < type.params.size(); ++i) {
    Value v = given[i];
    if (v == no_value) continue;
    if (!value(v, type.params[i].type, places)) return false;
    for (size_t k = 0; k < to_[to].params.size(); ++k) {
      if (to_[to].params[k].label == type.params[i].label) args[k] = v;
    }
  }
  event = to;
  return true;
}

bool Translator::event(model::ScenarioEvent& e, const Places& places) const {
  return arguments(e.event, e.args, places) && (!e.content || arguments(e.content, e.content_args, places));
}

}  // namespace casus::diff
