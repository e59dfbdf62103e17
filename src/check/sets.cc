// SPDX-License-Identifier: Apache-2.0
#include "check/sets.h"

#include <algorithm>

namespace casus::check {

using model::EffectKind;
using model::FactRole;
using model::TypeKind;

namespace {

// In order, and apart from each other.
void merge(std::vector<Times>& times) {
  std::sort(times.begin(), times.end(), [](const Times& a, const Times& b) { return a.from < b.from; });
  size_t kept = 0;
  for (const Times& t : times) {
    if (kept != 0 && t.from <= times[kept - 1].until)
      times[kept - 1].until = std::max(times[kept - 1].until, t.until);
    else
      times[kept++] = t;
  }
  times.resize(kept);
}

std::vector<Times> common(const std::vector<Times>& a, const std::vector<Times>& b) {
  std::vector<Times> out;
  for (size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    const Times t{std::max(a[i].from, b[k].from), std::min(a[i].until, b[k].until)};
    if (t.from < t.until) out.push_back(t);
    a[i].until < b[k].until ? ++i : ++k;
  }
  return out;
}

}  // namespace

Sets::Sets(const Model& m) : m_(m) {
  const auto add_all = [this](const std::vector<model::GivenFact>& givens) {
    for (const model::GivenFact& g : givens) {
      if (g.value == 1 && g.from < g.until) add(g.fact, g.args, {g.from, g.until});
    }
  };
  add_all(m.givens);
  for (const model::Scenario& s : m.scenarios) add_all(s.givens);
  for (const model::Viewpoint& v : m.viewpoints) add_all(v.holds);
  for (const model::SuccessionGiven& s : m.successions)
    succession(m[s.instrument].entity, s.successor, s.predecessor, {s.at, Instant::far_future()});
  for (const model::Clause& c : m.clauses) {
    for (const model::Effect& e : c.effects) add_effect(e);
  }
  for (size_t f = 0; f < m.facts.size(); ++f) {
    if (m.facts[f].role == FactRole::derived) sets_[{FactId(f), EntityId()}].open = true;
  }
  for (auto& [key, set] : sets_) {
    std::sort(set.known.begin(), set.known.end());
    set.known.erase(std::unique(set.known.begin(), set.known.end()), set.known.end());
    for (auto& [who, times] : set.times) merge(times);
  }
}

void Sets::add(FactId fact, std::span<const Value> args, Times when) {
  const model::Fact& f = m_[fact];
  const bool party = f.role == FactRole::party;
  if (f.result.kind != TypeKind::truth || f.params.size() != (party ? 2u : 1u)) return;
  if (f.params[0].type.kind != TypeKind::entity || args[0] == model::no_value) return;
  const EntityId second = party ? EntityId(static_cast<size_t>(args[1])) : EntityId();
  const EntityId who(static_cast<size_t>(args[0]));
  Set& set = sets_[{fact, second}];
  set.known.push_back(who);
  set.times[who].push_back(when);
}

void Sets::add_effect(const model::Effect& e) {
  const auto constant = [&](size_t i) -> std::optional<Value> {
    if (i >= e.args.size() || !e.args[i] || m_[e.args[i]].op != model::Op::constant) return std::nullopt;
    return m_[e.args[i]].value;
  };
  if (e.kind == EffectKind::succeeds && constant(2)) {
    const EntityId instrument(static_cast<size_t>(*constant(2)));
    if (constant(0)) return succession(instrument, EntityId(static_cast<size_t>(*constant(0))), {}, {});
    sets_[{model::fact_party, instrument}].open = true;
    return;
  }
  if (e.kind != EffectKind::begin_fact || e.args.empty()) return;
  const bool party = e.fact == model::fact_party;
  if (m_[e.fact].params.size() != (party ? 2u : 1u)) return;
  const auto instrument = constant(1);
  if (party && !instrument) return;
  const Value args[] = {constant(0).value_or(model::no_value), instrument.value_or(model::no_value)};
  if (constant(0)) return add(e.fact, args, {});
  sets_[{e.fact, party ? EntityId(static_cast<size_t>(args[1])) : EntityId()}].open = true;
}

// The successor takes the places that the predecessor has; which these are is not asked.
void Sets::succession(EntityId instrument, EntityId successor, EntityId predecessor, Times when) {
  Set& parties = sets_[{model::fact_party, instrument}];
  if (const auto it = parties.times.find(predecessor); it != parties.times.end()) {
    for (Times& t : it->second) t.until = std::min(t.until, std::max(t.from, when.from));
  }
  parties.known.push_back(successor);
  parties.times[successor].push_back(when);
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

bool Sets::at_one_time(const Range& a, const Range& b, EntityId e, size_t& steps) const {
  std::vector<Times> left{{}};
  for (const Range* r : {&a, &b}) {
    for (const Domain& d : r->in) {
      const Set* set = d.fact && !undetermined(d) ? find(d) : nullptr;
      const auto times = set ? set->times.find(e) : std::map<EntityId, std::vector<Times>>::const_iterator();
      if (!set || times == set->times.end()) continue;
      steps += left.size() + times->second.size();
      left = common(left, times->second);
    }
  }
  return !left.empty();
}

Meeting Sets::meet(const Range& a, const Range& b, size_t& steps) const {
  ++steps;
  if (a.value || b.value) {
    const Value v = a.value ? *a.value : *b.value;
    const bool entity = a.type.kind == TypeKind::entity;
    const EntityId e = entity ? EntityId(static_cast<size_t>(v)) : EntityId();
    return {admits(a, v) && admits(b, v) && (!entity || at_one_time(a, b, e, steps)), e};
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
      if (admits(a, e.value) && admits(b, e.value) && at_one_time(a, b, e, steps)) return {true, e};
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
