// SPDX-License-Identifier: Apache-2.0
// Consequences: facts that begin and end, what counts as what, the life of instruments.
#include "model/resolver.h"

namespace casus::model {

void Resolver::consequence(Clause& c, NodeId n) {
  c.kind = ClauseKind::consequence;
  if (c.trigger.kind == TriggerKind::none) {
    error(Diag::consequence_needs_trigger, span(n), "a consequence needs to be told when it follows",
          "begin it with `when`, or with `once` and a condition");
    return;
  }
  for (NodeId e : children(n)) {
    if (kind(e) == NodeKind::After) continue;
    if (auto made = effect(e)) c.effects.push_back(std::move(*made));
  }
  if (const NodeId after = child(n, NodeKind::After)) {
    c.after = duration(child(after, NodeKind::Duration)).value_or(Duration{});
  }
}

std::optional<Effect> Resolver::effect(NodeId n) {
  Effect e;
  e.span = span(n);
  bool good = false;
  switch (kind(n)) {
    case NodeKind::CountsAs:
      good = counts_as(e, child(n, NodeKind::Pattern));
      break;
    case NodeKind::Begins:
      e.kind = EffectKind::begin_fact;
      good = fact_effect(e, n);
      break;
    case NodeKind::Ends:
      e.kind = EffectKind::end_fact;
      good = fact_effect(e, n);
      break;
    case NodeKind::SetFact:
      e.kind = EffectKind::set_fact;
      good = fact_effect(e, n);
      break;
    case NodeKind::Becomes:
      e.kind = EffectKind::begin_fact;
      good = becomes(e, n);
      break;
    case NodeKind::Ceases:
      e.kind = EffectKind::end_fact;
      good = becomes(e, n);
      break;
    case NodeKind::Succeeds:
      good = succeeds(e, n);
      break;
    case NodeKind::EntersIntoForce:
      e.kind = EffectKind::enters_into_force;
      good = life(e, n);
      break;
    case NodeKind::Suspended:
      e.kind = EffectKind::suspended;
      good = life(e, n);
      break;
    case NodeKind::Resumes:
      e.kind = EffectKind::resumes;
      good = life(e, n);
      break;
    case NodeKind::Terminated:
      e.kind = EffectKind::terminated;
      good = life(e, n);
      break;
    default:
      break;
  }
  return good ? std::optional(std::move(e)) : std::nullopt;
}

bool Resolver::counts_as(Effect& e, NodeId n) {
  e.kind = EffectKind::counts_as;
  e.event = event(child(n, NodeKind::Name));
  if (!e.event) return false;
  const std::vector<Param> params = m_[e.event].params;
  Slots given;
  if (!slots(n, params, true, m_[e.event], given)) return false;
  if (given.motion || e.event == event_propose) {
    error(Diag::wrong_sort, span(n), "nothing counts as a proposal: somebody has to propose",
          "name another event");
    return false;
  }
  bool good = true;
  for (size_t i = 0; i < params.size(); ++i) {
    const NodeId value = given.values[i];
    ExprId a;
    if (value && kind(value) == NodeKind::Binder) {
      error(Diag::cannot_bind_here, span(value), "what something counts as is told, not asked",
            "name who or what it is");
      good = false;
    } else if (value && kind(value) != NodeKind::Any) {
      a = expr(value, params[i].type);
      good = expect_type(a, params[i].type, span(value),
                         "`" + params[i].label + "` of `" + m_[e.event].name + '`') &&
             good;
    }
    e.args.push_back(a);
  }
  return good;
}

bool Resolver::changeable(FactId id, Span at) {
  if (m_[id].role != FactRole::derived) return true;
  error(Diag::derived_not_changed, at, '`' + m_[id].name + "` follows from other facts, and can not be set",
        "change the facts that it follows from", declared(m_[id].span));
  return false;
}

// begins F(…), ends F(…), set F(…) = value
bool Resolver::fact_effect(Effect& e, NodeId n) {
  const NodeId p = child(n, NodeKind::Pattern);
  e.fact = fact(child(p, NodeKind::Name));
  if (!e.fact || !changeable(e.fact, span(p))) return false;
  const Type result = m_[e.fact].result;
  if (e.kind == EffectKind::begin_fact && result != truth_type) {
    error(Diag::needs_value, span(n), '`' + m_[e.fact].name + "` begins with a value",
          "write `set " + m_[e.fact].name + "(…) = …`", declared(m_[e.fact].span));
    return false;
  }
  auto args = fact_args(e.fact, p);
  if (!args) return false;
  e.args = std::move(*args);
  if (e.kind != EffectKind::set_fact) return true;
  e.value = expr(last(n), result);
  return expect_type(e.value, result, span(last(n)), "the value of `" + m_[e.fact].name + '`');
}

ExprId Resolver::instrument_expr(NodeId n) {
  const ExprId e = expr(n, entity_type(kind_instrument));
  return expect_type(e, entity_type(kind_instrument), span(n), "what enters into force, ends or is joined")
             ? e
             : ExprId();
}

// X becomes party | ROLE [of I]; X ceases to be …
bool Resolver::becomes(Effect& e, NodeId n) {
  const NodeId role = child(n, NodeKind::RoleName);
  const NodeId of = nth(n, 2);
  const ExprId who = actor(nth(n, 0), "who joins or leaves");
  ExprId in;
  InstrumentId of_instrument;
  if (of) {
    in = instrument_expr(of);
    if (!in) return false;
    if (m_[in].op == Op::constant) of_instrument = m_[EntityId(static_cast<size_t>(m_[in].value))].instrument;
  }
  if (name(role) == "party") {
    if (!of)
      in = entity_constant(this_instrument(role, "`party`", "say of which, as in `party of NATO`"),
                           span(role));
    e.fact = fact_party;
    e.args = {who, in};
    return who && in;
  }
  const InstrumentId here = instrument_;
  if (of_instrument) instrument_ = of_instrument;
  e.fact = fact(role);
  instrument_ = here;
  if (!e.fact || !who || !changeable(e.fact, span(role))) return false;
  if (m_[e.fact].params.size() != 1 || m_[e.fact].result != truth_type) {
    error(Diag::wrong_sort, span(role), '`' + m_[e.fact].name + "` is no role: it is about more than one",
          "write `begins` or `ends` and the fact", declared(m_[e.fact].span));
    return false;
  }
  if (of && m_[e.fact].instrument != of_instrument) {
    error(Diag::unknown_fact, span(role), "that instrument has no role `" + std::string(name(role)) + '`',
          "name one of its roles");
    return false;
  }
  e.args = {who};
  return expect_type(who, m_[e.fact].params[0].type, span(nth(n, 0)), "who is in `" + m_[e.fact].name + '`');
}

bool Resolver::succeeds(Effect& e, NodeId n) {
  e.kind = EffectKind::succeeds;
  const ExprId successor = actor(nth(n, 0), "a successor"), predecessor = actor(nth(n, 1), "a predecessor");
  const NodeId in = nth(n, 2);
  const ExprId instrument =
      in ? instrument_expr(in)
         : entity_constant(this_instrument(n, "a succession", "say in which, as in `… in NATO`"), span(n));
  e.args = {successor, predecessor, instrument};
  return successor && predecessor && instrument;
}

bool Resolver::life(Effect& e, NodeId n) {
  const ExprId what = instrument_expr(nth(n, 0));
  e.args = {what};
  const NodeId whom = nth(n, 1);
  if (!whom) return what.valid();
  e.args.push_back(actor(whom, "for whom it is suspended"));
  return what && e.args[1];
}

// `institutional event E(…) { effects }`: a consequence of every E. A parameter that an effect names is
// bound.
void Resolver::event_effects(const Decl& d) {
  std::vector<NodeId> list;
  for (NodeId n : children(d.node)) {
    const NodeKind k = kind(n);
    const bool head =
        k == NodeKind::Institutional || k == NodeKind::Name || k == NodeKind::Param || k == NodeKind::Title;
    if (!head) list.push_back(n);
  }
  if (list.empty()) return;
  const EventTypeId id(d.index);
  Frame frame;
  frame_ = &frame;
  Pattern p;
  p.event = id;
  p.span = span(d.node);
  const std::vector<Param> params = m_[id].params;
  const auto nodes = all(d.node, NodeKind::Param);
  for (size_t i = 0; i < params.size(); ++i) {
    PatternArg arg;
    bool used = false;
    for (NodeId n : list) used = used || mentions(n, params[i].label);
    if (used) {
      arg.mode = ArgMode::bind;
      arg.var = add_var(name(nodes[i]), params[i].type, span(nodes[i]));
    }
    p.args.push_back(arg);
  }
  Clause c;
  c.kind = ClauseKind::consequence;
  c.of_event = true;
  c.span = span(d.node);
  c.trigger.kind = TriggerKind::event;
  c.trigger_vars = static_cast<VarIndex>(frame.vars.size());
  c.trigger.pattern = PatternId(m_.patterns.size());
  m_.patterns.push_back(std::move(p));
  for (NodeId n : list) {
    if (auto made = effect(n)) c.effects.push_back(std::move(*made));
  }
  frame_ = nullptr;
  m_.clauses.emplace_back();
  put(ClauseId(m_.clauses.size() - 1), std::move(c), std::move(frame));
}

}  // namespace casus::model
