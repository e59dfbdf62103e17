// SPDX-License-Identifier: Apache-2.0
// Facts given with dates, attributes, groups' members, assertions; rules of derived facts.
#include "model/resolver.h"

namespace casus::model {

bool Resolver::may_be_given(FactId id, Span at) {
  if (m_[id].role != FactRole::derived) return true;
  error(Diag::derived_not_changed, at, '`' + m_[id].name + "` follows from other facts, and is not given",
        "give the facts that it follows from", declared(m_[id].span));
  return false;
}

// F(…) [= value]: constants only.
std::optional<GivenFact> Resolver::given_fact(NodeId pattern_node, NodeId value, Span at) {
  GivenFact g;
  g.span = at;
  g.fact = fact(child(pattern_node, NodeKind::Name));
  if (!g.fact || !may_be_given(g.fact, span(pattern_node))) return std::nullopt;
  const auto args = fact_args(g.fact, pattern_node);
  if (!args) return std::nullopt;
  for (size_t i = 0; i < args->size(); ++i) {
    const Expr& e = m_[(*args)[i]];
    if (e.op != Op::constant) {
      error(Diag::not_constant, e.span, "what is given must be named outright",
            "write a name, number, date or text");
      return std::nullopt;
    }
    g.args[i] = e.value;
  }
  return given_value(g, value, span(pattern_node)) ? std::optional(std::move(g)) : std::nullopt;
}

bool Resolver::given_value(GivenFact& g, NodeId value, Span at) {
  const Fact& f = m_[g.fact];
  if (!value) {
    if (f.result == truth_type) return true;
    error(Diag::needs_value, at, '`' + f.name + "` is given without its value", "add `= …`",
          declared(f.span));
    return false;
  }
  const auto v = constant(value, f.result, "the value of `" + f.name + '`');
  if (v) g.value = *v;
  return v.has_value();
}

// given F(…) [= value] [from …] [until …] [asserted by …]
std::optional<GivenFact> Resolver::given(NodeId n) {
  NodeId value;
  for (NodeId part : children(n)) {
    const NodeKind k = kind(part);
    const bool other = k == NodeKind::Pattern || k == NodeKind::From || k == NodeKind::Until ||
                       k == NodeKind::AssertedBy || k == NodeKind::DeniedBy || k == NodeKind::Known ||
                       k == NodeKind::SourceRef || k == NodeKind::NotWord;
    if (!other) value = part;
  }
  auto g = given_fact(child(n, NodeKind::Pattern), value, span(n));
  if (!g) return std::nullopt;
  dates(n, g->from, g->until);
  g->assertion = assertion(n);
  return g;
}

std::vector<EntityId> Resolver::entities(NodeId n) {
  std::vector<EntityId> out;
  for (NodeId leaf : all(n, NodeKind::Name)) {
    if (const EntityId e = actor_entity(leaf)) out.push_back(e);
  }
  return out;
}

EntityId Resolver::actor_entity(NodeId leaf) {
  const EntityId e = entity(leaf);
  if (!e || m_.entity_is(e, kind_actor)) return e;
  error(Diag::type_mismatch, span(leaf),
        "an actor is wanted here, and `" + m_[e].name + "` is " + type_name(entity_type(m_[e].kind)),
        remedy_for(entity_type(kind_actor)), declared(m_[e].span));
  return {};
}

Assertion Resolver::assertion(NodeId n) {
  Assertion out;
  out.asserted_by = entities(child(n, NodeKind::AssertedBy));
  out.denied_by = entities(child(n, NodeKind::DeniedBy));
  if (const auto w = instant_of(child(n, NodeKind::Known))) out.known = w->at;
  out.source = source_text(n);
  return out;
}

// state UKR { population 41_000_000 from 2021-01-01; within Europe; }
void Resolver::entity_attributes(const Decl& d) {
  if (!kinds_.contains(std::string(name(nth(d.node, 0))))) return;  // its kind was reported
  for (NodeId a : all(d.node, NodeKind::Attribute)) {
    const NodeId leaf = nth(a, 0), value = nth(a, 1);
    GivenFact g;
    g.span = span(a);
    g.fact = fact(leaf);
    if (!g.fact || !may_be_given(g.fact, span(leaf))) continue;
    const Fact& f = m_[g.fact];
    const bool relation = f.result == truth_type;
    const size_t places = relation ? 2 : 1;
    if (f.params.size() != places && !(relation && f.params.size() == 1)) {
      error(Diag::attribute_places, span(leaf),
            '`' + f.name + "` is about more than its bearer and one value",
            "write `given " + f.name + "(…)` outside the braces", declared(f.span));
      continue;
    }
    if (!fits_entity(EntityId(d.index), f.params[0].type)) {
      error(Diag::type_mismatch, span(leaf),
            '`' + f.name + "` is told of " + type_name(f.params[0].type) + ", and `" +
                m_.entities[d.index].name + "` is " + type_name(entity_type(m_.entities[d.index].kind)),
            "take it away, or tell it of " + type_name(f.params[0].type), declared(f.span));
      continue;
    }
    g.args[0] = d.index;
    if (relation && f.params.size() == 2) {
      const auto second =
          constant(value, f.params[1].type, "the `" + f.params[1].label + "` of `" + f.name + '`');
      if (!second) continue;
      g.args[1] = *second;
    } else if (!given_value(g, value, span(a))) {
      continue;
    }
    dates(a, g.from, g.until);
    m_.givens.push_back(std::move(g));
  }
}

bool Resolver::fits_entity(EntityId e, Type wanted) const {
  return wanted == poison_type || (wanted.kind == TypeKind::entity && m_.entity_is(e, KindId(wanted.id)));
}

void Resolver::group_members(const Decl& d) {
  for (NodeId member : all(d.node, NodeKind::GroupMember)) {
    GivenFact g;
    g.fact = FactId(d.index);
    g.span = span(member);
    const EntityId e = entity(child(member, NodeKind::Name));
    if (!e) continue;
    g.args[0] = e.value;
    dates(member, g.from, g.until);
    m_.givens.push_back(std::move(g));
  }
}

void Resolver::derived_rule(const Decl& d) {
  Frame frame;
  frame_ = &frame;
  const std::vector<Param> params = m_.facts[d.index].params;
  const auto nodes = all(d.node, NodeKind::Param);
  DerivedRule rule;
  rule.span = span(d.node);
  bool good = nodes.size() == params.size();
  for (size_t i = 0; i < nodes.size() && good; ++i)
    good = add_var(name(nodes[i]), params[i].type, span(nodes[i])) != no_var;
  if (good) rule.condition = condition(last(d.node));
  frame_ = nullptr;
  rule.vars = std::move(frame.types);
  m_.facts[d.index].rules.push_back(std::move(rule));
}

}  // namespace casus::model
