// SPDX-License-Identifier: Apache-2.0
#include "diff/cast.h"

#include <set>

#include "diff/pairing.h"

namespace casus::diff {

using model::no_value;
using model::TypeKind;

// Everything else is declared somewhere.
bool is_extra(const model::Entity& e) { return !e.span.valid() && !e.instrument && !e.body; }

Cast cast_of(const Draft& before, const Draft& after, const Model& m, InstrumentId own) {
  std::map<std::string, std::string> parts;
  for (const Draft* d : {&before, &after}) {
    const Model& of = *d->model;
    const std::string side = d == &before ? "1" : "2";
    const auto take = [&](const model::Domain& domain, const std::string& role) {
      for (const std::string& name : members(of, domain)) parts[name] += side + role + " ";
    };
    if (d->instrument) {
      take({{}, model::fact_party, of[d->instrument].entity}, "party");
      for (FactId r : of[d->instrument].roles) take({{}, r, {}}, of[r].name);
    }
    std::set<std::string> named;
    for (const model::Expr& e : of.exprs) {
      if (e.op == model::Op::constant && e.type.kind == TypeKind::entity && e.value != no_value &&
          is_in(*d, e.span))
        named.insert(of[EntityId(static_cast<size_t>(e.value))].name);
    }
    for (const std::string& name : named) parts[name] += side + "=" + name + " ";
  }
  Cast out;
  for (size_t i = m.entities.size(); i > 0; --i) {  // extras stand last: they come first
    const EntityId id(i - 1);
    const model::Entity& e = m.entities[i - 1];
    if (is_extra(e)) out.groups[""].push_back(id);
  }
  for (size_t i = 0; i < m.entities.size(); ++i) {
    const model::Entity& e = m.entities[i];
    if (e.instrument || e.body) {  // the draft's own come first
      const InstrumentId of = e.body ? m[e.body].instrument : e.instrument;
      auto& group = out.groups["~" + m[e.kind].name];
      group.insert(of && of == own ? group.begin() : group.end(), EntityId(i));
    } else if (const auto it = parts.find(e.name); it != parts.end()) {
      out.groups[it->second].emplace_back(i);
    }
  }
  return out;
}

void add_extras(Model& m, Model& n) {
  const auto add = [&](std::string name, const std::string& title, const std::string& kind) {
    while (m.find_entity(name) || n.find_entity(name)) name += "_";
    for (Model* model : {&m, &n}) {
      for (size_t k = 0; k < model->kinds.size(); ++k) {
        if (model->kinds[k].name != kind) continue;
        model::Entity e;
        e.name = name;
        e.title = title;
        e.kind = model::KindId(k);
        model->entity_by_name.emplace(name, EntityId(model->entities.size()));
        model->entities.push_back(std::move(e));
      }
    }
  };
  std::set<std::string> kinds;
  for (const Model* model : {&m, &n}) {
    for (size_t k = 4; k < model->kinds.size(); ++k) {
      if (!model->is_kind(model::KindId(k), model::kind_actor)) kinds.insert(model->kinds[k].name);
    }
  }
  for (const std::string& k : kinds) add("Some_" + k, "some " + k, k);
  add("Outsider_2", "another state outside", "state");
  add("Outsider", "a state outside", "state");
}

Instant story_begins(const Model& m, InstrumentId own, const Model& n, InstrumentId other) {
  Instant last = from_civil({2024, 1, 1});
  const auto look = [&](const Model& of, InstrumentId i) {
    for (const model::GivenFact& g : of.givens) {
      if (i && g.instrument == i && g.from != Instant::far_past() && last < g.from) last = g.from;
    }
  };
  look(m, own);
  look(n, other);
  const int year = civil_date(last).year + (last == from_civil({civil_date(last).year, 1, 1}) ? 0 : 1);
  return from_civil({year, 1, 1});
}

}  // namespace casus::diff
