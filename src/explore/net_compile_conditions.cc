// SPDX-License-Identifier: Apache-2.0
// Conditions as literals. A truth is one literal; any other value is a list of choices: each value that it may have, with the literal
// that says when. Quantifiers are grounded, counts compared by thresholds, derived facts asked rule by rule.
#include <algorithm>
#include <utility>

#include "explore/net_compile.h"

namespace casus::explore {

using model::no_value;
using program::DomainPlan;
using program::ExprNode;
using program::no_node;
using program::NodeOp;
using program::StepOp;

namespace {

constexpr size_t most_choices = 64;

bool in_set(const std::vector<uint64_t>& set, Value v) {
  const auto i = static_cast<uint64_t>(v);
  return i < set.size() * 64 && (set[i / 64] >> (i % 64) & 1) != 0;
}

bool ordered(NodeOp op, Value a, Value b) {
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

// a op b as b op a.
NodeOp turned(NodeOp op) {
  switch (op) {
    case NodeOp::lt:
      return NodeOp::gt;
    case NodeOp::le:
      return NodeOp::ge;
    case NodeOp::gt:
      return NodeOp::lt;
    case NodeOp::ge:
      return NodeOp::le;
    default:
      return op;
  }
}

Value calculate(NodeOp op, Value a, Value b) {
  if (a == no_value || b == no_value) return no_value;
  Value out = 0;
  switch (op) {
    case NodeOp::add:
      return __builtin_add_overflow(a, b, &out) ? no_value : out;
    case NodeOp::sub:
      return __builtin_sub_overflow(a, b, &out) ? no_value : out;
    case NodeOp::mul:
      return __builtin_mul_overflow(a, b, &out) ? no_value : out;
    default:
      return b == 0 ? no_value : a / b;
  }
}

}  // namespace

// ---- truths ----

Literal NetCompiler::truth(Node at, Frame& frame) {
  const Level level(*this);
  if (!level) return never;
  const ExprNode& n = p_.nodes[at];
  switch (n.op) {
    case NodeOp::both: {
      const Literal a = truth(n.a, frame);
      return a == never ? never : both(a, truth(n.b, frame));
    }
    case NodeOp::either: {
      const Literal a = truth(n.a, frame);
      return a == always ? always : either(a, truth(n.b, frame));
    }
    case NodeOp::negation:
      return !truth(n.a, frame);
    case NodeOp::is_kind: {
      Literal out = never;
      for (const Choice& c : choices(n.a, frame)) {
        if (in_set(p_.kind_sets[n.b], c.value)) out = either(out, c.when);
      }
      return out;
    }
    case NodeOp::eq:
    case NodeOp::ne:
    case NodeOp::lt:
    case NodeOp::le:
    case NodeOp::gt:
    case NodeOp::ge:
      return comparison(n, frame);
    case NodeOp::some:
    case NodeOp::every:
      return quantifier(n, frame);
    case NodeOp::happened:
      return happened(n, frame);
    default:
      break;
  }
  Literal out = never;
  for (const Choice& c : choices(at, frame)) {
    if (c.value == 1) out = either(out, c.when);
  }
  return out;
}

Choices NetCompiler::choices(Node at, Frame& frame) {
  const Level level(*this);
  if (!level) return {{no_value, always}};
  const ExprNode& n = p_.nodes[at];
  switch (n.op) {
    case NodeOp::constant:
      return {{n.value, always}};
    case NodeOp::var:
      return {{frame[n.a], always}};
    case NodeOp::now:
      return {{present_instant, always}};
    case NodeOp::field:
    case NodeOp::time_of:
      refuse("it asks what an earlier occurrence was");
      return {{no_value, always}};
    case NodeOp::fact:
    case NodeOp::fact1: {
      Choices out;
      const bool relation = p_.facts[n.a].relation;
      for_each_tuple(arguments_of(n), frame, [&](const Args& args, Literal when) {
        for (const Choice& c :
             relation ? Choices{{1, fact_truth(n.a, args.data())}} : fact_choices(n.a, args.data())) {
          const Literal both_hold = both(when, c.when);
          if (both_hold == never) continue;
          const auto same =
              std::find_if(out.begin(), out.end(), [&](const Choice& o) { return o.value == c.value; });
          if (same == out.end())
            out.push_back({c.value, both_hold});
          else
            same->when = either(same->when, both_hold);
        }
      });
      if (relation) out.push_back({0, out.empty() ? always : !out[0].when});
      return out;
    }
    case NodeOp::count:
      return count_choices(n, frame);
    case NodeOp::add:
    case NodeOp::sub:
    case NodeOp::mul:
    case NodeOp::div:
    case NodeOp::neg:
      return arithmetic(n, frame);
    default: {
      const Literal t = truth(at, frame);
      return {{1, t}, {0, !t}};
    }
  }
}

Choices NetCompiler::arithmetic(const ExprNode& n, Frame& frame) {
  const bool one = n.op == NodeOp::neg;
  const Choices left = one ? Choices{{0, always}} : choices(n.a, frame);
  const Choices right = choices(one ? n.a : n.b, frame);
  std::map<Value, Literal> sums;
  for (const Choice& a : left) {
    for (const Choice& b : right) {
      const Literal when = both(a.when, b.when);
      if (when == never) continue;
      if (stands_for(a.value) || stands_for(b.value)) {
        refuse("it reckons with instants");
        return {{no_value, always}};
      }
      Literal& sum =
          sums.try_emplace(calculate(one ? NodeOp::sub : n.op, a.value, b.value), never).first->second;
      sum = either(sum, when);
    }
  }
  if (sums.size() > most_choices) refuse("a number in it may have very many values");
  Choices out;
  for (const auto& [value, when] : sums) out.push_back({value, when});
  return out;
}

// ---- comparisons ----

Literal NetCompiler::comparison(const ExprNode& n, Frame& frame) {
  const auto is_count = [&](Node at) { return p_.nodes[at].op == NodeOp::count; };
  const auto is_constant = [&](Node at) { return p_.nodes[at].op == NodeOp::constant; };
  if ((is_count(n.a) && is_constant(n.b)) || (is_count(n.b) && is_constant(n.a))) {
    const bool left = is_count(n.a);
    const Value k = p_.nodes[left ? n.b : n.a].value;
    const std::vector<Literal> of = counted(p_.nodes[left ? n.a : n.b], frame);
    if (k == no_value) return never;
    if (k < 0 || k > static_cast<Value>(of.size()))
      return ordered(left ? n.op : turned(n.op), 0, k) ? always : never;
    const auto at_least = [&](Value m) { return circuit_.at_least(static_cast<size_t>(m), of); };
    switch (left ? n.op : turned(n.op)) {
      case NodeOp::eq:
        return without(at_least(k), at_least(k + 1));
      case NodeOp::ne:
        return !without(at_least(k), at_least(k + 1));
      case NodeOp::lt:
        return !at_least(k);
      case NodeOp::le:
        return !at_least(k + 1);
      case NodeOp::gt:
        return at_least(k + 1);
      default:
        return at_least(k);
    }
  }
  const Choices right = choices(n.b, frame);
  Literal out = never;
  for (const Choice& a : choices(n.a, frame)) {
    for (const Choice& b : right) {
      const Literal when = both(a.when, b.when);
      if (when != never) out = either(out, both(when, compare(n.op, a.value, b.value)));
    }
  }
  return out;
}

Literal NetCompiler::compare(NodeOp op, Value a, Value b) {
  if (a == no_value || b == no_value) return never;
  if (stands_for(a) || stands_for(b)) {
    if (a == present_instant && b == present_instant) return ordered(op, 0, 0) ? always : never;
    if (a == present_instant && !stands_for(b)) return compare_now(op, b);
    if (b == present_instant && !stands_for(a)) return compare_now(turned(op), a);
    refuse(a == past_instant || b == past_instant ? "it compares instants that are past"
                                                  : "it compares occurrences with one another");
    return never;
  }
  return ordered(op, a, b) ? always : never;
}

Literal NetCompiler::compare_now(NodeOp op, int64_t date) {
  const Literal from = reached(date), after = reached(date + 1);
  switch (op) {
    case NodeOp::eq:
      return without(from, after);
    case NodeOp::ne:
      return !without(from, after);
    case NodeOp::lt:
      return !from;
    case NodeOp::le:
      return !after;
    case NodeOp::gt:
      return after;
    default:
      return from;
  }
}

// ---- quantifiers, histories ----

Literal NetCompiler::quantifier(const ExprNode& n, Frame& frame) {
  const program::QuantifierPlan& q = p_.quantifiers[n.a];
  const Value outer = frame[q.var];
  std::vector<Literal> met;  // some: by whom it is met; every: who spoils it
  for (const Choice& who : members(q.domain)) {
    frame[q.var] = who.value;
    Literal one = n.b == no_node ? who.when : both(who.when, truth(n.b, frame));
    if (n.op == NodeOp::every) one = n.c == no_node || one == never ? never : without(one, truth(n.c, frame));
    if (one != never) met.push_back(one);
    if (one == always) break;
  }
  frame[q.var] = outer;
  const Literal any = circuit_.any_of(met);
  return n.op == NodeOp::some ? any : !any;
}

std::vector<Literal> NetCompiler::counted(const ExprNode& n, Frame& frame) {
  const program::QuantifierPlan& q = p_.quantifiers[n.a];
  const Value outer = frame[q.var];
  std::vector<Literal> out;
  for (const Choice& who : members(q.domain)) {
    frame[q.var] = who.value;
    const Literal one = n.b == no_node ? who.when : both(who.when, truth(n.b, frame));
    if (one != never) out.push_back(one);
  }
  frame[q.var] = outer;
  return out;
}

Choices NetCompiler::count_choices(const ExprNode& n, Frame& frame) {
  const std::vector<Literal> of = counted(n, frame);
  if (of.size() > most_choices) {
    refuse("a number in it may have very many values");
    return {{0, always}};
  }
  Choices out;
  for (size_t k = 0; k <= of.size(); ++k) {
    const Literal exactly = without(circuit_.at_least(k, of), circuit_.at_least(k + 1, of));
    if (exactly != never) out.push_back({static_cast<Value>(k), exactly});
  }
  return out;
}

Literal NetCompiler::happened(const ExprNode& n, Frame& frame) {
  Literal out = never;
  const std::span<const Node> keys(p_.children.data() + n.b, n.n);
  for_each_tuple(keys, frame, [&](const Args& args, Literal when) {
    Bit b;
    b.kind = BitKind::happened;
    b.slot = n.a;
    b.args.fill(no_value);
    for (size_t i = 0; i < n.n; ++i) {
      if (args[i] == no_value) return;
      if (stands_for(args[i])) {
        refuse("it asks what happened at an instant or because of an occurrence");
        return;
      }
      b.args[i] = args[i];
    }
    // From now on what meets it is kept.
    if (asked_.try_emplace(key_of(b), true).second) more_ = true;
    out = either(out, both(when, read(b)));
  });
  return out;
}

}  // namespace casus::explore
