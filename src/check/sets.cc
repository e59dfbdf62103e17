// SPDX-License-Identifier: Apache-2.0
#include "check/sets.h"

#include <algorithm>

namespace casus::check {

using model::EffectKind;
using model::FactRole;
using model::TypeKind;

Sets::Sets(const Model& m) : m_(m) {
  const auto add_all = [this](const std::vector<model::GivenFact>& givens) {
    for (const model::GivenFact& g : givens) {
      if (g.value == 1 && g.from < g.until) add(g.fact, g.args);
    }
  };
  add_all(m.givens);
  for (const model::Scenario& s : m.scenarios) add_all(s.givens);
  for (const model::Viewpoint& v : m.viewpoints) add_all(v.holds);
  for (const model::SuccessionGiven& s : m.successions) succession(m[s.instrument].entity, s.successor);
  for (const model::Clause& c : m.clauses) {
    for (const model::Effect& e : c.effects) add_effect(e);
  }
  for (size_t f = 0; f < m.facts.size(); ++f) {
    if (m.facts[f].role == FactRole::derived) sets_[{FactId(f), EntityId()}].open = true;
  }
  for (auto& [key, set] : sets_) {
    std::sort(set.known.begin(), set.known.end());
    set.known.erase(std::unique(set.known.begin(), set.known.end()), set.known.end());
  }
}

void Sets::add(FactId fact, std::span<const Value> args) {
  const model::Fact& f = m_[fact];
  const bool party = f.role == FactRole::party;
  if (f.result.kind != TypeKind::truth || f.params.size() != (party ? 2u : 1u)) return;
  if (f.params[0].type.kind != TypeKind::entity || args[0] == model::no_value) return;
  const EntityId second = party ? EntityId(static_cast<size_t>(args[1])) : EntityId();
  sets_[{fact, second}].known.emplace_back(static_cast<size_t>(args[0]));
}

void Sets::add_effect(const model::Effect& e) {
  const auto constant = [&](size_t i) -> std::optional<Value> {
    if (i >= e.args.size() || !e.args[i] || m_[e.args[i]].op != model::Op::constant) return std::nullopt;
    return m_[e.args[i]].value;
  };
  if (e.kind == EffectKind::succeeds && constant(2)) {
    const EntityId instrument(static_cast<size_t>(*constant(2)));
    if (constant(0)) return succession(instrument, EntityId(static_cast<size_t>(*constant(0))));
    sets_[{model::fact_party, instrument}].open = true;
    return;
  }
  if (e.kind != EffectKind::begin_fact || e.args.empty()) return;
  const bool party = e.fact == model::fact_party;
  if (m_[e.fact].params.size() != (party ? 2u : 1u)) return;
  const auto instrument = constant(1);
  if (party && !instrument) return;
  const Value args[] = {constant(0).value_or(model::no_value), instrument.value_or(model::no_value)};
  if (constant(0)) return add(e.fact, args);
  sets_[{e.fact, party ? EntityId(static_cast<size_t>(args[1])) : EntityId()}].open = true;
}

// The successor takes the places that the predecessor has; which these are is not asked.
void Sets::succession(EntityId instrument, EntityId successor) {
  sets_[{model::fact_party, instrument}].known.push_back(successor);
  for (FactId role : m_[m_[instrument].instrument].roles) sets_[{role, EntityId()}].open = true;
}

const Sets::Set* Sets::find(const Domain& d) const {
  const auto it = sets_.find({d.fact, d.second});
  return it == sets_.end() ? nullptr : &it->second;
}

std::span<const EntityId> Sets::known(const Domain& d) const {
  const Set* set = d.fact ? find(d) : nullptr;
  return set ? std::span<const EntityId>(set->known) : std::span<const EntityId>();
}

bool Sets::undetermined(const Domain& d) const {
  if (!d.fact) return true;
  const Set* set = find(d);
  return set && set->known.empty() && set->open;
}

bool Sets::never_anybody(const Domain& d) const { return d.fact && known(d).empty() && !undetermined(d); }

bool Sets::open(const Domain& d) const {
  const Set* set = d.fact ? find(d) : nullptr;
  return !d.fact || (set && set->open);
}

bool Sets::may_hold(const Domain& d, EntityId e) const {
  if (!d.fact) return m_.entity_is(e, d.kind);
  const auto members = known(d);
  return undetermined(d) || std::binary_search(members.begin(), members.end(), e);
}

bool Sets::admits(const Range& r, Value v) const {
  if (r.value && *r.value != v) return false;
  if (r.type.kind != TypeKind::entity) return true;
  const EntityId e(static_cast<size_t>(v));
  if (!m_.entity_is(e, model::KindId(r.type.id))) return false;
  if (std::find(r.without.begin(), r.without.end(), e) != r.without.end()) return false;
  return std::all_of(r.in.begin(), r.in.end(), [&](const Domain& d) { return may_hold(d, e); });
}

Meeting Sets::meet(const Range& a, const Range& b, size_t& steps) const {
  ++steps;
  if (a.value || b.value) {
    const Value v = a.value ? *a.value : *b.value;
    const bool entity = a.type.kind == TypeKind::entity;
    return {admits(a, v) && admits(b, v), entity ? EntityId(static_cast<size_t>(v)) : EntityId()};
  }
  if (a.type.kind != TypeKind::entity) return {a.type.kind == b.type.kind, {}};
  // The smallest set whose members are known decides.
  const Domain* smallest = nullptr;
  std::vector<model::KindId> kinds{model::KindId(a.type.id), model::KindId(b.type.id)};
  for (const Range* r : {&a, &b}) {
    for (const Domain& d : r->in) {
      if (never_anybody(d)) return {};
      if (!d.fact)
        kinds.push_back(d.kind);
      else if (!undetermined(d) && (!smallest || known(d).size() < known(*smallest).size()))
        smallest = &d;
    }
  }
  if (smallest) {
    for (EntityId e : known(*smallest)) {
      ++steps;
      if (admits(a, e.value) && admits(b, e.value)) return {true, e};
    }
    return {};
  }
  for (model::KindId k : kinds) {
    for (model::KindId l : kinds) {
      if (!m_.is_kind(k, l) && !m_.is_kind(l, k)) return {};
    }
  }
  return {true, {}};
}

}  // namespace casus::check
