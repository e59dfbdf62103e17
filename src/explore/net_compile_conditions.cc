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
      return fields(n, frame);
    case NodeOp::time_of:
      return times(n, frame);
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

// A parameter of an occurrence: what it was says so.
Choices NetCompiler::fields(const ExprNode& n, Frame& frame) {
  Choices out;
  for (const Choice& c : choices(n.a, frame)) {
    if (c.value >= first_content && stands_for(c.value))
      out.push_back({contents_[static_cast<size_t>(c.value - first_content)].occurrence.args[n.b], c.when});
    else if (c.value == no_value)
      out.push_back(c);
    else
      refuse("it asks by whom something was proposed");
  }
  return out;
}

// When something was, if that was in the story and can not be again.
Choices NetCompiler::times(const ExprNode& n, Frame& frame) {
  Choices out;
  for (const Choice& c : choices(n.a, frame)) {
    const auto it = times_.find(c.value);
    if (it != times_.end())
      out.push_back({it->second, c.when});
    else if (c.value == no_value)
      out.push_back(c);
    else
      refuse("it asks when an earlier occurrence was");
  }
  if (out.empty()) out.push_back({no_value, always});
  return out;
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

// `factor` times what stands there, as a sum of weights under literals. False: it is something else than counts and constants added, or very large.
bool NetCompiler::linear(Node at, Frame& frame, int64_t factor, Linear& sum) {
  constexpr int64_t large = int64_t{1} << 40;
  const ExprNode& n = p_.nodes[at];
  const auto constant = [&](Node node, int64_t& value) {
    value = p_.nodes[node].value;
    return p_.nodes[node].op == NodeOp::constant && value > -large && value < large;
  };
  int64_t by = 0;
  switch (n.op) {
    case NodeOp::constant:
      if (!constant(at, by)) return false;
      return !__builtin_mul_overflow(by, factor, &by) &&
             !__builtin_add_overflow(sum.constant, by, &sum.constant);
    case NodeOp::count:
      for (const Literal l : counted(n, frame)) sum.of.push_back({factor, l});
      return true;
    case NodeOp::neg:
      return linear(n.a, frame, -factor, sum);
    case NodeOp::add:
    case NodeOp::sub:
      return linear(n.a, frame, factor, sum) &&
             linear(n.b, frame, n.op == NodeOp::add ? factor : -factor, sum);
    case NodeOp::mul:
      if (!constant(n.a, by) && !constant(n.b, by)) return false;
      if (__builtin_mul_overflow(by, factor, &by) || by <= -large || by >= large) return false;
      return linear(p_.nodes[n.a].op == NodeOp::constant ? n.b : n.a, frame, by, sum);
    default:
      return false;
  }
}

Literal NetCompiler::comparison(const ExprNode& n, Frame& frame) {
  Linear sum;
  if (linear(n.a, frame, 1, sum) && linear(n.b, frame, -1, sum) && !sum.of.empty()) {
    const auto at_least = [&](int64_t k) { return circuit_.sum_at_least(k - sum.constant, sum.of); };
    switch (n.op) {
      case NodeOp::eq:
        return without(at_least(0), at_least(1));
      case NodeOp::ne:
        return !without(at_least(0), at_least(1));
      case NodeOp::lt:
        return !at_least(0);
      case NodeOp::le:
        return !at_least(1);
      case NodeOp::gt:
        return at_least(1);
      default:
        return at_least(0);
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
    if (!is_instant(a) && !is_instant(b)) {
      tell_apart(a, b);
      return ordered(op, a, b) ? always : never;
    }
    refuse("it compares instants that are past");
    return never;
  }
  return ordered(op, a, b) ? always : never;
}

Literal NetCompiler::compare_now(NodeOp op, int64_t date) {
  switch (op) {
    case NodeOp::eq:
      return without(reached(date), reached(date + 1));
    case NodeOp::ne:
      return !without(reached(date), reached(date + 1));
    case NodeOp::lt:
      return !reached(date);
    case NodeOp::le:
      return !reached(date + 1);
    case NodeOp::gt:
      return reached(date + 1);
    default:
      return reached(date);
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
      if (is_instant(args[i])) {
        refuse("it asks what happened at an instant that is not kept");
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
