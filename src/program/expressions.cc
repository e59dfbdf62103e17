// SPDX-License-Identifier: Apache-2.0
#include "program/expressions.h"

#include "base/check.h"

namespace casus::program {

using model::ArgMode;
using model::Op;

Node Flattener::add(ExprNode node) {
  program_.nodes.push_back(node);
  return static_cast<Node>(program_.nodes.size() - 1);
}

Node Flattener::constant(Value value) {
  ExprNode n;
  n.op = NodeOp::constant;
  n.value = value;
  return add(n);
}

uint32_t Flattener::kind_set(model::KindId kind) {
  auto [it, fresh] = kind_sets_.try_emplace(kind.value, static_cast<uint32_t>(program_.kind_sets.size()));
  if (fresh) {
    std::vector<uint64_t> bits(program_.entity_words);
    std::vector<EntityId> members;
    for (size_t i = 0; i < model_.entities.size(); ++i) {
      if (!model_.entity_is(EntityId(i), kind)) continue;
      bits[i / 64] |= uint64_t{1} << (i % 64);
      members.push_back(EntityId(i));
    }
    program_.kind_sets.push_back(std::move(bits));
    program_.kind_members.push_back(std::move(members));
  }
  return it->second;
}

DomainPlan Flattener::domain(const model::Domain& d) {
  if (!d.fact) return {DomainPlan::Kind::entities, kind_set(d.kind)};
  if (d.fact == model::fact_party) {
    return {DomainPlan::Kind::party, model_[d.second].instrument.value};
  }
  return {DomainPlan::Kind::fact, d.fact.value};
}

// and, or, + and * of two or more become a right-leaning chain of two.
Node Flattener::chain(NodeOp op, const std::vector<model::ExprId>& args) {
  Node right = expression(args.back());
  for (size_t i = args.size() - 1; i-- > 0;) {
    ExprNode n;
    n.op = op;
    n.a = expression(args[i]);
    n.b = right;
    right = add(n);
  }
  return right;
}

Node Flattener::fact(const model::Expr& e) {
  ExprNode n;
  n.op = NodeOp::fact;
  n.a = e.a;
  n.n = static_cast<uint8_t>(e.args.size());
  std::vector<Node> args;
  for (auto arg : e.args) args.push_back(expression(arg));
  if (args.size() == 1) {
    n.op = NodeOp::fact1;
    n.b = args[0];
  } else {
    n.b = static_cast<uint32_t>(program_.children.size());
    program_.children.insert(program_.children.end(), args.begin(), args.end());
  }
  return add(n);
}

Node Flattener::occurrence_part(const model::Expr& e, uint8_t part) {
  const model::Expr& of = model_[e.args[0]];
  if (of.op == Op::var) {
    for (const Scope& scope : scopes_) {
      if (scope.as != of.a) continue;
      ExprNode n;
      n.op = NodeOp::var;
      for (const Capture& c : scope.pattern->captures) {
        if (c.param == part && c.var >= first_hidden) {
          n.a = c.var;
          return add(n);
        }
      }
      if (*hidden_ == frame_limit) break;
      n.a = (*hidden_)++;
      scope.pattern->captures.push_back({static_cast<VarIndex>(n.a), part});
      return add(n);
    }
  }
  // Not an occurrence at hand: its type is remembered.
  if (of.type.id != Id<void>::none_value) program_.events[of.type.id].remembered = true;
  ExprNode n;
  n.op = part == capture_time ? NodeOp::time_of : NodeOp::field;
  n.a = expression(e.args[0]);
  n.b = part;
  return add(n);
}

Node Flattener::happened(const model::Expr& e, model::ExprId id) {
  const model::Pattern& p = model_.patterns[e.a];
  auto [it, fresh] = histories_.try_emplace(id.value, static_cast<uint32_t>(program_.histories.size()));
  std::vector<Node> keys;
  std::vector<uint8_t> params;
  for (size_t i = 0; i < p.args.size(); ++i) {
    if (p.args[i].mode != ArgMode::match) continue;
    keys.push_back(expression(p.args[i].match));
    params.push_back(static_cast<uint8_t>(i));
  }
  if (fresh) {
    HistoryPlan h;
    h.pattern.event = p.event;
    h.pattern.decided = p.decided;
    h.pattern.decided_by = p.decided_by;
    h.key_params = params;
    program_.histories.push_back(std::move(h));
    program_.events[p.event.index()].histories.push_back(it->second);
  }
  ExprNode n;
  n.op = NodeOp::happened;
  n.a = it->second;
  n.n = static_cast<uint8_t>(keys.size());
  n.b = static_cast<uint32_t>(program_.children.size());
  n.value = e.value;
  program_.children.insert(program_.children.end(), keys.begin(), keys.end());
  return add(n);
}

Node Flattener::expression(model::ExprId id) {
  if (!id) return no_node;
  const model::Expr& e = model_[id];
  ExprNode n;
  switch (e.op) {
    case Op::constant:
      return constant(e.value);
    case Op::var:
      n.op = NodeOp::var;
      n.a = e.a;
      return add(n);
    case Op::event_field:
      return occurrence_part(e, static_cast<uint8_t>(e.a));
    case Op::event_time:
      return occurrence_part(e, capture_time);
    case Op::now:
      n.op = NodeOp::now;
      return add(n);
    case Op::fact:
      return fact(e);
    case Op::is_kind:
      n.op = NodeOp::is_kind;
      n.a = expression(e.args[0]);
      n.b = kind_set(model::KindId(e.a));
      return add(n);
    case Op::logical_and:
      return chain(NodeOp::both, e.args);
    case Op::logical_or:
      return chain(NodeOp::either, e.args);
    case Op::logical_not:
      n.op = NodeOp::negation;
      n.a = expression(e.args[0]);
      return add(n);
    case Op::neg:
      n.op = NodeOp::neg;
      n.a = expression(e.args[0]);
      return add(n);
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::gt:
    case Op::ge:
    case Op::add:
    case Op::sub:
    case Op::mul:
    case Op::div: {
      static constexpr std::pair<Op, NodeOp> ops[] = {
          {Op::eq, NodeOp::eq},   {Op::ne, NodeOp::ne},  {Op::lt, NodeOp::lt},   {Op::le, NodeOp::le},
          {Op::gt, NodeOp::gt},   {Op::ge, NodeOp::ge},  {Op::add, NodeOp::add}, {Op::sub, NodeOp::sub},
          {Op::mul, NodeOp::mul}, {Op::div, NodeOp::div}};
      for (auto [from, to] : ops)
        if (from == e.op) n.op = to;
      n.a = expression(e.args[0]);
      n.b = expression(e.args[1]);
      return add(n);
    }
    case Op::some:
    case Op::every:
    case Op::count: {
      const model::Quantifier& q = model_.quantifiers[e.a];
      n.op = e.op == Op::some ? NodeOp::some : e.op == Op::every ? NodeOp::every : NodeOp::count;
      n.a = static_cast<uint32_t>(program_.quantifiers.size());
      program_.quantifiers.push_back({q.var, domain(q.domain)});
      n.b = e.args.empty() ? no_node : expression(e.args[0]);
      n.c = e.args.size() < 2 ? no_node : expression(e.args[1]);
      return add(n);
    }
    case Op::happened:
      return happened(e, id);
    case Op::reading: {
      bool held = false;
      if (view_) {
        for (auto [reading, option] : model_[view_].readings)
          held |= reading.value == e.a && option == static_cast<uint32_t>(e.value);
      }
      return constant(held);
    }
    case Op::chosen:  // choose() put constants in their place; what is left belongs to no case that is run
      return constant(0);
    case Op::choice_parameter:
      return constant(model::no_value);
  }
  CASUS_CHECK(false, "an operation that the flattener does not know");
}

void Flattener::expressions(const std::vector<model::ExprId>& from, std::vector<Node>& to) {
  for (auto id : from) to.push_back(expression(id));
}

void Flattener::domain_step(const model::Domain& d, uint8_t param, std::vector<MatchStep>& steps) {
  DomainPlan plan = domain(d);
  MatchStep step;
  step.param = param;
  step.op = plan.kind == DomainPlan::Kind::entities ? StepOp::in_kind
            : plan.kind == DomainPlan::Kind::party  ? StepOp::in_party
                                                    : StepOp::in_fact;
  step.index = plan.index;
  steps.push_back(step);
}

void Flattener::arguments(const std::vector<model::PatternArg>& args, std::vector<Capture>& captures,
                          std::vector<MatchStep>& steps) {
  for (size_t i = 0; i < args.size(); ++i) {
    const auto param = static_cast<uint8_t>(i);
    const model::PatternArg& arg = args[i];
    if (arg.mode == ArgMode::bind) {
      captures.push_back({arg.var, param});
      steps.push_back({StepOp::present, param, 0, 0});
      if (arg.filter) domain_step(*arg.filter, param, steps);
    } else if (arg.mode == ArgMode::match) {
      const model::Expr& e = model_[arg.match];
      if (e.op == Op::constant) {
        steps.push_back({StepOp::is_value, param, 0, e.value});
        continue;
      }
      const Node node = expression(arg.match);
      if (program_.nodes[node].op == NodeOp::var) {
        steps.push_back({StepOp::is_var, param, program_.nodes[node].a, 0});
      } else {
        steps.push_back({StepOp::is_expr, param, node, 0});
      }
    }
  }
}

void Flattener::pattern(model::PatternId id, PatternPlan& out) {
  if (!id) return;
  const model::Pattern& p = model_[id];
  out.event = p.event;
  out.decided = p.decided;
  out.decided_by = p.decided_by;
  if (p.as != model::no_var) out.captures.push_back({p.as, capture_number});
  arguments(p.args, out.captures, out.steps);
  if (p.content) {
    const model::Pattern& c = model_[p.content];
    out.has_content = true;
    out.content = c.event;
    arguments(c.args, out.content_captures, out.content_steps);
  }
}

void Flattener::rests_fact(FactId id, Rests& out) {
  const model::Fact& f = model_[id];
  if (f.role != model::FactRole::derived) {
    out.facts.insert(id.value);
    return;
  }
  if (!out.derived.insert(id.value).second) return;
  for (const auto& rule : f.rules) rests(rule.condition, out);
}

void Flattener::rests(const model::Domain& d, Rests& out) {
  if (d.fact) rests_fact(d.fact, out);
}

void Flattener::rests(model::ExprId id, Rests& out) {
  if (!id) return;
  const model::Expr& e = model_[id];
  for (auto arg : e.args) rests(arg, out);
  switch (e.op) {
    case Op::fact:
      rests_fact(FactId(e.a), out);
      break;
    case Op::now:
      out.on_clock = true;
      break;
    case Op::some:
    case Op::every:
    case Op::count:
      rests(model_.quantifiers[e.a].domain, out);
      break;
    case Op::happened: {
      for (const auto& arg : model_.patterns[e.a].args) rests(arg.match, out);
      if (auto it = histories_.find(id.value); it != histories_.end()) out.histories.insert(it->second);
      if (e.value != model::no_value) out.on_clock = true;
      break;
    }
    default:
      break;
  }
}

}  // namespace casus::program
