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
  if (!spend()) return never;
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
  if (!spend()) return {{no_value, always}};
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

// ---- facts ----

std::span<const Node> NetCompiler::arguments_of(const ExprNode& n) const {
  if (n.op == NodeOp::fact1) return {&n.b, 1};
  return {p_.children.data() + n.b, n.n};
}

// f(args, when) for each tuple of values that the nodes may have.
void NetCompiler::for_each_tuple(std::span<const Node> nodes, Frame& frame,
                                 const std::function<void(const Args&, Literal)>& f) {
  std::vector<Choices> each;
  size_t product = 1;
  for (const Node node : nodes) {
    each.push_back(choices(node, frame));
    product *= each.back().size();
    if (product > 4096) {
      refuse("what it asks of may be very many things");
      return;
    }
  }
  for (size_t i = 0; i < product; ++i) {
    Args args;
    args.fill(no_value);
    Literal when = always;
    size_t rest = i;
    for (size_t k = 0; k < each.size(); ++k) {
      const Choice& c = each[k][rest % each[k].size()];
      rest /= each[k].size();
      args[k] = c.value;
      when = both(when, c.when);
    }
    if (when != never) f(args, when);
  }
}

Literal NetCompiler::stored(uint32_t slot, const Value* args) { return read(fact_bit(slot, args, 1)); }

Literal NetCompiler::fact_truth(uint32_t slot, const Value* args) {
  const program::FactSlot& s = p_.facts[slot];
  for (uint32_t i = 0; i < s.arity; ++i) {
    if (args[i] == no_value) return never;
    if (stands_for(args[i])) {
      refuse("a fact in it is about an instant or an occurrence");
      return never;
    }
  }
  if (s.kind != program::StoreKind::derived) return stored(slot, args);
  return s.recursive ? recursive(slot, args) : any_rule(slot, args);
}

Literal NetCompiler::any_rule(uint32_t slot, const Value* args) {
  const program::FactSlot& s = p_.facts[slot];
  Literal out = never;
  for (uint32_t r = s.rules_begin; r < s.rules_end && out != always && spend(); ++r) {
    Frame frame;
    frame.fill(no_value);
    std::copy(args, args + s.arity, frame.begin());
    out = either(out, truth(p_.rules[r].condition, frame));
  }
  return out;
}

// The least fixpoint: all that a fact asks of its own stratum begins as false, and is asked again until nothing turns true. A fact that
// holds at all is derived in as many rounds as there are tuples.
Literal NetCompiler::recursive(uint32_t slot, const Value* args) {
  constexpr size_t most_tuples = 256;
  const uint32_t stratum = p_.model->facts[slot].stratum;
  Table& t = tables_[stratum];
  if (tabling_ != stratum && t.stamp != changed_) t = Table{changed_, {}, {}};
  const auto [it, fresh] = t.known.try_emplace(key_of(fact_bit(slot, args, 0)), t.tuples.size());
  const size_t at = it->second;
  if (fresh) {
    Tuple tuple;
    tuple.slot = slot;
    std::copy_n(args, p_.facts[slot].arity, tuple.args.begin());
    tuple.holds = never;
    t.tuples.push_back(tuple);
  }
  if (t.tuples.size() > most_tuples) refuse("it rests on a fact that is derived from itself, of very many");
  if (tabling_ == stratum) return t.tuples[at].holds;
  if (!fresh && !active_.empty()) {
    for (uint32_t b = 0; b < bits_.size(); ++b) touch(false, b);  // whatever it was found from
  }
  if (!fresh) return t.tuples[at].holds;
  const uint32_t outer = std::exchange(tabling_, stratum);
  bool changes = true;
  for (size_t round = 0, since = t.tuples.size(); changes && round <= since && spend(); ++round) {
    changes = false;
    for (size_t i = 0; i < t.tuples.size() && spend(); ++i) {
      const Tuple asked = t.tuples[i];
      const Literal holds = any_rule(asked.slot, asked.args.data());
      changes |= holds != asked.holds;
      t.tuples[i].holds = holds;
    }
    if (t.tuples.size() == since) continue;
    since = t.tuples.size();
    round = 0;
    changes = true;
  }
  tabling_ = outer;
  return t.tuples[at].holds;
}

Choices NetCompiler::fact_choices(uint32_t slot, const Value* args) {
  for (uint32_t i = 0; i < p_.facts[slot].arity; ++i) {
    if (stands_for(args[i])) refuse("a fact in it is about an instant or an occurrence");
    if (args[i] == no_value || stands_for(args[i])) return {{no_value, always}};
  }
  Bit tuple = fact_bit(slot, args, 0);
  const auto kept = function_values_.find(key_of(tuple));
  if (kept == function_values_.end()) {
    const auto first = first_facts_.find(key_of(tuple));
    return {{first == first_facts_.end() ? no_value : first->second, always}};
  }
  Choices out;
  Literal any = never;
  for (const Value v : kept->second) {
    tuple.value = v;
    const Literal when = read(tuple);
    if (when != never) out.push_back({v, when});
    any = either(any, when);
  }
  if (any != always) out.push_back({no_value, !any});
  return out;
}

Literal NetCompiler::in_domain(const DomainPlan& d, Value who) {
  if (d.kind == DomainPlan::Kind::entities) return in_set(p_.kind_sets[d.index], who) ? always : never;
  if (static_cast<uint64_t>(who) >= p_.model->entities.size()) return never;
  if (d.kind == DomainPlan::Kind::fact) return stored(d.index, &who);
  const Value args[2] = {who, Value{p_.model->instruments[d.index].entity.value}};
  return stored(model::fact_party.value, args);
}

bool NetCompiler::domain_varies(const DomainPlan& d, Value who) const {
  if (d.kind == DomainPlan::Kind::entities) return false;
  if (d.kind == DomainPlan::Kind::fact) return varies(fact_bit(d.index, &who, 1));
  const Value args[2] = {who, Value{p_.model->instruments[d.index].entity.value}};
  return varies(fact_bit(model::fact_party.value, args, 1));
}

std::vector<Choice> NetCompiler::members(const DomainPlan& d) {
  std::vector<Choice> out;
  if (d.kind == DomainPlan::Kind::entities) {
    for (const EntityId e : p_.kind_members[d.index]) out.push_back({Value{e.value}, always});
    return out;
  }
  for (size_t e = 0; e < p_.model->entities.size(); ++e) {
    const Literal in = in_domain(d, static_cast<Value>(e));
    if (in != never) out.push_back({static_cast<Value>(e), in});
  }
  return out;
}

// ---- patterns ----

Literal NetCompiler::match_steps(const std::vector<program::MatchStep>& steps, const Value* args,
                                 Frame& frame) {
  Literal out = always;
  for (const program::MatchStep& s : steps) {
    const Value v = args[s.param];
    if (v == no_value || out == never) return never;
    switch (s.op) {
      case StepOp::present:
        break;
      case StepOp::in_kind:
        if (!in_set(p_.kind_sets[s.index], v)) return never;
        break;
      case StepOp::in_fact:
        out = both(out, in_domain({DomainPlan::Kind::fact, s.index}, v));
        break;
      case StepOp::in_party:
        out = both(out, in_domain({DomainPlan::Kind::party, s.index}, v));
        break;
      case StepOp::is_value:
        if (v != s.value) return never;
        break;
      case StepOp::is_var:
        out = both(out, compare(NodeOp::eq, v, frame[s.index]));
        break;
      case StepOp::is_expr: {
        Literal same = never;
        for (const Choice& c : choices(s.index, frame))
          same = either(same, both(c.when, compare(NodeOp::eq, v, c.value)));
        out = both(out, same);
        break;
      }
    }
  }
  return out;
}

Literal NetCompiler::match(const program::PatternPlan& p, const Occurrence& o, Frame& frame) {
  if (p.decided) {
    const int by = p_.events[o.event.index()].by;
    if (!o.decided) return never;
    if (p.decided_by && (by < 0 || o.args[static_cast<size_t>(by)] != Value{p.decided_by.value}))
      return never;
  }
  if (p.has_content && o.content != p.content) return never;
  for (const program::Capture& c : p.captures) {
    frame[c.var] = c.param == program::capture_number ? some_occurrence
                   : c.param == program::capture_time ? present_instant
                                                      : o.args[c.param];
  }
  for (const program::Capture& c : p.content_captures) frame[c.var] = o.content_args[c.param];
  const Literal met = match_steps(p.steps, o.args.data(), frame);
  return met == never || !p.has_content
             ? met
             : both(met, match_steps(p.content_steps, o.content_args.data(), frame));
}

}  // namespace casus::explore
