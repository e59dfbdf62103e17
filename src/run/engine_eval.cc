// SPDX-License-Identifier: Apache-2.0
// Conditions: evaluation over the tables, matching of patterns, derived facts.
#include <algorithm>
#include <utility>

#include "run/engine.h"

namespace casus::run {

using model::no_value;
using program::DomainPlan;
using program::ExprNode;
using program::no_node;
using program::NodeOp;
using program::StepOp;

namespace {

inline constexpr uint32_t depth_limit = 1500;  // of derived facts that ask one another

Value arithmetic(NodeOp op, Value a, Value b) {
  if (a == no_value || b == no_value) return no_value;
  Value out = 0;
  bool bad = false;
  switch (op) {
    case NodeOp::add:
      bad = __builtin_add_overflow(a, b, &out);
      break;
    case NodeOp::sub:
      bad = __builtin_sub_overflow(a, b, &out);
      break;
    case NodeOp::mul:
      bad = __builtin_mul_overflow(a, b, &out);
      break;
    default:
      if (b == 0) return no_value;
      out = a / b;
  }
  return bad ? no_value : out;
}

bool compare(NodeOp op, Value a, Value b) {
  if (a == no_value || b == no_value) return false;
  switch (op) {
    case NodeOp::eq:
      return a == b;
    case NodeOp::ne:
      return a != b;
    case NodeOp::lt:
      return a < b;
    case NodeOp::le:
      return a <= b;
    case NodeOp::gt:
      return a > b;
    default:
      return a >= b;
  }
}

bool in_set(const std::vector<uint64_t>& set, Value v) {
  const auto i = static_cast<uint64_t>(v);
  return i < set.size() * 64 && (set[i / 64] >> (i % 64) & 1) != 0;
}

}  // namespace

bool Engine::in_domain(const DomainPlan& d, Value who) const {
  switch (d.kind) {
    case DomainPlan::Kind::entities:
      return in_set(p_.kind_sets[d.index], who);
    case DomainPlan::Kind::fact:
      return facts_.has(d.index, who);
    case DomainPlan::Kind::party:
      return facts_.is_party(who, d.index);
  }
  return false;
}

Value Engine::ask(uint32_t question) {
  Value frame[frame_size] = {};
  return eval(p_.questions[question], frame);
}

Value Engine::ask(uint32_t question, std::span<const Value> vars) {
  Value frame[frame_size] = {};
  std::copy(vars.begin(), vars.end(), frame);
  return eval(p_.questions[question], frame);
}

bool Engine::in(const model::Domain& domain, Value who) const {
  if (!domain.fact) {
    return static_cast<uint64_t>(who) < p_.model->entities.size() &&
           p_.model->entity_is(EntityId(static_cast<size_t>(who)), domain.kind);
  }
  if (domain.fact != model::fact_party) return facts_.has(domain.fact.value, who);
  return facts_.is_party(who, p_.model->entities[domain.second.index()].instrument.value);
}

Value Engine::eval(Node at, const Value* frame) {
  const ExprNode& n = p_.nodes[at];
  switch (n.op) {
    case NodeOp::constant:
      return n.value;
    case NodeOp::var:
      return frame[n.a];
    case NodeOp::field:
    case NodeOp::time_of: {
      const auto it = remembered_.find(eval(n.a, frame));
      if (it == remembered_.end()) return no_value;
      return n.op == NodeOp::field ? it->second.args[n.b] : it->second.at;
    }
    case NodeOp::now:
      return now_;
    case NodeOp::fact1: {
      const Value arg = eval(n.b, frame);
      return eval_fact(n.a, &arg);
    }
    case NodeOp::fact: {
      Value args[model::max_fact_params];
      for (uint32_t i = 0; i < n.n; ++i) args[i] = eval(p_.children[n.b + i], frame);
      return eval_fact(n.a, args);
    }
    case NodeOp::is_kind:
      return in_set(p_.kind_sets[n.b], eval(n.a, frame));
    case NodeOp::both:
      return eval(n.a, frame) == 1 && eval(n.b, frame) == 1;
    case NodeOp::either:
      return eval(n.a, frame) == 1 || eval(n.b, frame) == 1;
    case NodeOp::negation:
      return eval(n.a, frame) != 1;
    case NodeOp::neg:
      return arithmetic(NodeOp::sub, 0, eval(n.a, frame));
    case NodeOp::add:
    case NodeOp::sub:
    case NodeOp::mul:
    case NodeOp::div:
      return arithmetic(n.op, eval(n.a, frame), eval(n.b, frame));
    case NodeOp::eq:
    case NodeOp::ne:
    case NodeOp::lt:
    case NodeOp::le:
    case NodeOp::gt:
    case NodeOp::ge:
      return compare(n.op, eval(n.a, frame), eval(n.b, frame));
    case NodeOp::some:
    case NodeOp::every:
    case NodeOp::count:
      return eval_quantifier(n, frame);
    case NodeOp::happened:
      return eval_happened(n, frame);
  }
  CASUS_CHECK(false, "an operation that the engine does not know");
}

Value Engine::eval_quantifier(const ExprNode& n, const Value* outer) {
  const program::QuantifierPlan& q = p_.quantifiers[n.a];
  // The quantified variable is nobody else's, so the frame is used as it is.
  Value* frame = const_cast<Value*>(outer);
  const Value before = frame[q.var];
  Value count = 0;
  bool stopped = false;
  for_each_in(q.domain, [&](Value who) {
    frame[q.var] = who;
    const bool met = n.b == no_node || eval(n.b, frame) == 1;
    if (n.op == NodeOp::every) {
      stopped = met && n.c != no_node && eval(n.c, frame) != 1;
    } else {
      count += met;
      stopped = met && n.op == NodeOp::some;
    }
    return !stopped;
  });
  frame[q.var] = before;
  return n.op == NodeOp::count ? count : n.op == NodeOp::some ? Value{stopped} : Value{!stopped};
}

Value Engine::eval_happened(const ExprNode& n, const Value* frame) {
  Value key[model::max_event_params] = {};
  for (uint32_t i = 0; i < n.n; ++i) {
    key[i] = eval(p_.children[n.b + i], frame);
    if (key[i] == no_value) return 0;
  }
  const Value* at = history_[n.a].find(key);
  if (!at) return 0;
  return n.value == no_value || now_ - *at <= n.value;
}

Value Engine::eval_fact(uint32_t slot, const Value* args) {
  const program::FactSlot& s = p_.facts[slot];
  for (uint32_t i = 0; i < s.arity; ++i) {
    if (args[i] == no_value) return s.relation ? 0 : no_value;
  }
  if (s.kind != program::StoreKind::derived) return facts_.get(slot, args);
  if (depth_ > depth_limit) {
    status_ = RunStatus::too_deep;
    return 0;
  }
  return s.recursive ? eval_recursive(slot, args) : Value{eval_rules(slot, args)};
}

bool Engine::eval_rules(uint32_t slot, const Value* args) {
  const program::FactSlot& s = p_.facts[slot];
  Value frame[frame_size];
  ++depth_;
  bool met = false;
  for (uint32_t r = s.rules_begin; r < s.rules_end && !met; ++r) {
    std::copy(args, args + s.arity, frame);
    met = eval(p_.rules[r].condition, frame) == 1;
  }
  --depth_;
  return met;
}

uint64_t Engine::stamp(uint32_t slot) const {
  uint64_t sum = 0;
  for (uint32_t f : p_.facts[slot].depends) sum += facts_.version(f);
  return sum;
}

// Recursive facts are tabled: within one pass every question is asked once, and counts as false while it is being answered; passes are repeated
// until one finds nothing new that is true. Then the false answer is final too, until a fact that it rests on changes. A fact of a lower stratum gets
// passes of its own, and so is complete when it is negated.
// Table values: 1 true; 0 false for good; 2 + pass: false in that pass (passes are never numbered again).
Value Engine::eval_recursive(uint32_t slot, const Value* args) {
  const auto stratum = [&](uint32_t fact) { return p_.model->facts[fact].stratum; };
  const auto current = [&](uint32_t fact) { return p_.facts[fact].timeless ? stamp(fact) : UINT64_MAX; };
  Table& table = tables_.try_emplace(slot, Table{TupleMap(p_.facts[slot].arity), UINT64_MAX}).first->second;
  const bool outermost = tabling_ != stratum(slot);
  if (outermost && (table.stamp != current(slot) || table.stamp == UINT64_MAX)) {
    // Facts that recur together rest on the same stored facts, and are emptied together.
    for (auto& [other, t] : tables_) {
      if (stratum(other) != stratum(slot)) continue;
      if (t.stamp != current(other) || t.stamp == UINT64_MAX) t.known.clear();
      t.stamp = current(other);
    }
  }
  if (const Value* known = table.known.find(args)) {
    if (*known < 2) return *known;
    if (!outermost && *known == 2 + pass_) return 0;
  }
  if (!outermost) {
    table.known.at(args, 0) = 2 + pass_;
    if (!eval_rules(slot, args)) return 0;
    tables_.at(slot).known.at(args, 0) = 1;
    found_new_ = true;
    return 1;
  }
  const Value outer_pass = pass_;
  const uint32_t outer_tabling = std::exchange(tabling_, stratum(slot));
  const bool outer_found = found_new_;
  Value result = 0;
  do {
    pass_ = ++last_pass_;
    found_new_ = false;
    tables_.at(slot).known.at(args, 0) = 2 + pass_;
    result = eval_rules(slot, args);
  } while (!result && found_new_);
  tables_.at(slot).known.at(args, 0) = result;
  tabling_ = outer_tabling;
  pass_ = outer_pass;
  found_new_ = outer_found;
  return result;
}

bool Engine::match_steps(const std::vector<program::MatchStep>& steps, const Value* args,
                         const Value* frame) {
  for (const program::MatchStep& s : steps) {
    const Value v = args[s.param];
    if (v == no_value) return false;
    switch (s.op) {
      case StepOp::present:
        break;
      case StepOp::in_kind:
        if (!in_set(p_.kind_sets[s.index], v)) return false;
        break;
      case StepOp::in_fact:
        if (!facts_.has(s.index, v)) return false;
        break;
      case StepOp::in_party:
        if (!facts_.is_party(v, s.index)) return false;
        break;
      case StepOp::is_value:
        if (v != s.value) return false;
        break;
      case StepOp::is_var:
        if (v != frame[s.index]) return false;
        break;
      case StepOp::is_expr:
        if (v != eval(s.index, frame)) return false;
        break;
    }
  }
  return true;
}

bool Engine::match(const program::PatternPlan& p, const Occurrence& o, OccurrenceNo number, Value* frame) {
  if (p.decided) {
    const int by = p_.events[o.event.index()].by;
    if (!o.decided) return false;
    if (p.decided_by && (by < 0 || o.args[static_cast<size_t>(by)] != Value{p.decided_by.value}))
      return false;
  }
  if (p.has_content && o.content != p.content) return false;
  for (const program::Capture& c : p.captures) {
    frame[c.var] = c.param == program::capture_number ? Value{number}
                   : c.param == program::capture_time ? o.at
                                                      : o.args[c.param];
  }
  for (const program::Capture& c : p.content_captures) frame[c.var] = o.content_args[c.param];
  return match_steps(p.steps, o.args.data(), frame) &&
         (!p.has_content || match_steps(p.content_steps, o.content_args.data(), frame));
}

}  // namespace casus::run
