// SPDX-License-Identifier: Apache-2.0
// Types of what was declared: kinds' parents, units, parameters, entities' kinds; and which types fit which.
#include <numeric>

#include "model/resolver.h"

namespace casus::model {

void Resolver::type_declarations() {
  articles_.resize(m_.instruments.size());
  body_rules_.resize(m_.bodies.size());
  type_kinds();
  for (const Decl& d : decls_) {
    enter(d.input);
    if (kind(d.node) == NodeKind::QuantityDecl) type_units(QuantityId(d.index), d.node);
    if (kind(d.node) == NodeKind::EntityDecl) type_entity(EntityId(d.index), d.node);
  }
  for (const Decl& d : decls_) {
    enter(d.input);
    switch (kind(d.node)) {
      case NodeKind::EventDecl:
        type_event(EventTypeId(d.index), d.node);
        break;
      case NodeKind::FactDecl:
        type_fact(FactId(d.index), d.node);
        break;
      case NodeKind::DerivedDecl:
        type_derived(FactId(d.index), d.node);
        break;
      case NodeKind::GroupDecl:
        type_group(FactId(d.index), d.node);
        break;
      default:
        break;
    }
  }
  for (const Decl& d : decls_) {
    enter(d.input);
    if (kind(d.node) == NodeKind::Body) body(BodyId(d.index), d.node);
  }
}

void Resolver::type_kinds() {
  for (const Decl& d : decls_) {
    enter(d.input);
    if (kind(d.node) != NodeKind::KindDecl) continue;
    const NodeId parent = nth(d.node, 1);
    m_.kinds[d.index].parent = kind_thing;
    if (!parent) continue;
    const auto it = kinds_.find(std::string(name(parent)));
    if (it == kinds_.end())
      unknown(Diag::unknown_type, parent, "kind", known_types());
    else
      m_.kinds[d.index].parent = KindId(it->second);
  }
  // Each link is walked once: a kind that was seen to lead to `thing` is not walked again.
  std::vector<uint32_t> state(m_.kinds.size());
  state[kind_thing.index()] = UINT32_MAX;
  for (uint32_t start = 1; start < m_.kinds.size(); ++start) {
    for (uint32_t k = start; state[k] != UINT32_MAX; k = m_.kinds[k].parent.value) {
      if (state[k] == start) {
        error(Diag::kind_cycle, m_.kinds[k].span, "the kind `" + m_.kinds[k].name + "` is a kind of itself",
              "take one `is` of the cycle away");
        m_.kinds[k].parent = kind_thing;
      }
      state[k] = start;
    }
    for (uint32_t k = start; state[k] != UINT32_MAX; k = m_.kinds[k].parent.value) state[k] = UINT32_MAX;
  }
}

void Resolver::type_units(QuantityId id, NodeId decl) {
  for (NodeId u : all(decl, NodeKind::Unit)) {
    const NodeId leaf = child(u, NodeKind::Name), number = child(u, NodeKind::Number);
    const std::string word(name(leaf));
    const bool first = m_[id].units.empty();
    int64_t factor = 1;
    if (first && number) {
      error(Diag::unit_definition, span(number), "the first unit of a quantity is its base",
            "write `" + word + "` alone");
    } else if (!first && !number) {
      error(Diag::unit_definition, span(leaf), "the unit `" + word + "` has no size",
            "write `" + word + " = 1000 " + m_[id].units.front().name + "`");
    } else if (number) {
      const NodeId of = nth(u, 2);
      const auto base = units_.find(std::string(name(of)));
      if (base == units_.end() || base->second.quantity != id) {
        unknown(Diag::unknown_unit, of, "unit of " + m_[id].name + " above this one", {});
        continue;
      }
      const auto sized = in_units(number, base->second.factor, span(number), m_[id].units.front().name);
      if (!sized) continue;
      if (*sized == 0) {
        error(Diag::unit_definition, span(number), "a unit of size 0 measures nothing",
              "give its size in a unit above it");
        continue;
      }
      factor = *sized;
    }
    if (is_time_unit(word) || !units_.try_emplace(word, UnitRef{id, factor}).second) {
      duplicate(leaf, "unit", {});
      continue;
    }
    m_.quantities[id.index()].units.push_back({word, factor});
  }
}

void Resolver::type_entity(EntityId id, NodeId decl) {
  const NodeId leaf = nth(decl, 0);
  const auto it = kinds_.find(std::string(name(leaf)));
  if (it == kinds_.end()) {
    for (NodeId a : all(decl, NodeKind::Attribute)) {
      if (name(nth(a, 0)) != "party") continue;
      return error(Diag::unknown_type, span(leaf), "no kind is called `" + std::string(name(leaf)) + '`',
                   "a treaty begins with `instrument`", {}, "instrument");
    }
    return unknown(Diag::unknown_type, leaf, "kind", known_types());
  }
  m_.entities[id.index()].kind = KindId(it->second);
}

std::vector<Param> Resolver::params(NodeId decl, size_t most, std::string_view sort) {
  std::vector<Param> out;
  for (NodeId p : all(decl, NodeKind::Param)) {
    if (out.size() == most) {
      error(Diag::too_many_parameters, span(p),
            article_name(sort) + " has at most " + std::to_string(most) + " parameters",
            "leave this one out, or make two " + std::string(sort) + "s of it");
      break;
    }
    const NodeId leaf = child(p, NodeKind::Name);
    for (const Param& before : out) {
      if (before.label == name(leaf)) duplicate(leaf, "parameter", span(decl));
    }
    out.push_back({std::string(name(leaf)), type(child(p, NodeKind::Type)).value_or(poison_type)});
  }
  return out;
}

void Resolver::type_event(EventTypeId id, NodeId decl) {
  EventType& e = m_.events[id.index()];
  e.params = params(decl, max_event_params, "event");
  for (size_t i = 0; i < e.params.size(); ++i) {
    if (e.params[i].label != "by") continue;
    e.by = static_cast<uint8_t>(i);
    if (!fits(e.params[i].type, entity_type(kind_actor))) {
      error(Diag::type_mismatch, span(all(decl, NodeKind::Param)[i]),
            "`by` names who acts, and " + type_name(e.params[i].type) + " does not act",
            "give it the kind `actor`, or another label");
    }
  }
}

void Resolver::type_fact(FactId id, NodeId decl) {
  Fact& f = m_.facts[id.index()];
  f.params = params(decl, max_fact_params, "fact");
  f.contested = child(decl, NodeKind::Contested).valid();
  if (const NodeId result = child(decl, NodeKind::Type)) f.result = type(result).value_or(poison_type);
}

void Resolver::type_derived(FactId id, NodeId decl) {
  Fact& f = m_.facts[id.index()];
  std::vector<Param> own = params(decl, max_fact_params, "fact");
  const Span at = span(child(decl, NodeKind::Name));
  if (f.span.source == at.source && f.span.begin == at.begin) {
    f.params = std::move(own);
    return;
  }
  bool same = own.size() == f.params.size();
  for (size_t i = 0; same && i < own.size(); ++i) same = own[i].type == f.params[i].type;
  if (same) return;
  error(Diag::type_mismatch, at, "this rule for `" + f.name + "` has other parameters than the first one",
        "give it the same kinds in the same order", declared(f.span));
}

// A group's kind is the narrowest that all of its members have.
void Resolver::type_group(FactId id, NodeId decl) {
  KindId common;
  for (NodeId member : all(decl, NodeKind::GroupMember)) {
    const EntityId e = find_entity(child(member, NodeKind::Name), false);
    if (!e) continue;
    if (!common) common = m_[e].kind;
    while (!m_.is_kind(m_[e].kind, common)) common = m_[common].parent;
  }
  m_.facts[id.index()].params = {{"who", entity_type(common ? common : kind_thing)}};
}

std::optional<Type> Resolver::type(NodeId n) {
  const NodeId leaf = nth(n, 0), of = nth(n, 1);
  const std::string word(name(leaf));
  if (word == "event") {
    if (!of) return event_type(EventTypeId());
    const EventTypeId e = event(of);
    return e ? std::optional(event_type(e)) : std::nullopt;
  }
  if (word == "count") return count_type;
  if (word == "text") return text_type;
  if (word == "truth") return truth_type;
  if (word == "instant") return instant_type;
  if (const auto it = kinds_.find(word); it != kinds_.end()) return entity_type(KindId(it->second));
  if (const auto it = categories_.find(word); it != categories_.end())
    return Type{TypeKind::category, it->second};
  if (const auto it = quantities_.find(word); it != quantities_.end())
    return Type{TypeKind::quantity, it->second};
  if (m_.find_event(word)) {
    error(Diag::wrong_sort, span(leaf), '`' + word + "` is an event, and a kind is wanted here",
          "write `event " + word + '`', {}, "event " + word);
  } else {
    unknown(Diag::unknown_type, leaf, "kind", known_types());
  }
  return std::nullopt;
}

std::vector<std::string_view> Resolver::known_types() const {
  std::vector<std::string_view> out{"count", "text", "truth", "instant", "event"};
  for (const Kind& k : m_.kinds) out.push_back(k.name);
  for (const Category& c : m_.categories) out.push_back(c.name);
  for (const Quantity& q : m_.quantities) out.push_back(q.name);
  return out;
}

// ---- which types fit ----

// Whether a value of the one type can be a value of the other.
bool Resolver::fits(Type actual, Type wanted) const {
  if (actual == poison_type || wanted == poison_type) return true;
  if (actual.kind != wanted.kind) return false;
  constexpr uint32_t any = Id<void>::none_value;
  if (actual.kind == TypeKind::entity) {
    const KindId a(actual.id), w(wanted.id);
    return m_.is_kind(a, w) || m_.is_kind(w, a);
  }
  if (actual.kind == TypeKind::event) return actual.id == wanted.id || actual.id == any || wanted.id == any;
  return actual.id == wanted.id;
}

bool Resolver::expr_fits(ExprId e, Type wanted) const {
  const Expr& x = m_[e];
  if (x.op == Op::constant && x.type.kind == TypeKind::entity && wanted.kind == TypeKind::entity &&
      wanted != poison_type) {
    return m_.is_kind(KindId(x.type.id), KindId(wanted.id));
  }
  return fits(x.type, wanted);
}

bool Resolver::expect_type(ExprId e, Type wanted, Span at, std::string_view what) {
  if (!e) return false;
  if (expr_fits(e, wanted)) return true;
  const Type actual = m_[e].type;
  const bool units = actual.kind == TypeKind::quantity && wanted.kind == TypeKind::quantity;
  error(units ? Diag::units_differ : Diag::type_mismatch, at,
        std::string(what) + " is " + type_name(wanted) + ", and this is " + type_name(actual),
        remedy_for(wanted));
  return false;
}

}  // namespace casus::model
