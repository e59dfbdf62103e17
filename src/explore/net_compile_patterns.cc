// SPDX-License-Identifier: Apache-2.0
// Facts, the sets they make, and patterns as literals. A derived fact is its rules, asked for these arguments; one that is derived from itself is
// a least fixpoint over all that it asks for on the way.
#include <algorithm>
#include <utility>

#include "explore/net_compile.h"

namespace casus::explore {

using model::no_value;
using program::DomainPlan;
using program::ExprNode;
using program::NodeOp;
using program::StepOp;

namespace {

bool in_set(const std::vector<uint64_t>& set, Value v) {
  const auto i = static_cast<uint64_t>(v);
  return i < set.size() * 64 && (set[i / 64] >> (i % 64) & 1) != 0;
}

}  // namespace

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
    if (is_instant(args[i])) {
      refuse("a fact in it is about an instant that is not kept");
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
    if (is_instant(args[i])) refuse("a fact in it is about an instant that is not kept");
    if (args[i] == no_value || is_instant(args[i])) return {{no_value, always}};
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
  if (d.kind == DomainPlan::Kind::fact) return ever_varies(fact_bit(d.index, &who, 1));
  const Value args[2] = {who, Value{p_.model->instruments[d.index].entity.value}};
  return ever_varies(fact_bit(model::fact_party.value, args, 1));
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

Literal NetCompiler::match(const program::PatternPlan& p, const Occurrence& o, Value number, Frame& frame) {
  if (p.decided) {
    const int by = p_.events[o.event.index()].by;
    if (!o.decided) return never;
    if (p.decided_by && (by < 0 || o.args[static_cast<size_t>(by)] != Value{p.decided_by.value}))
      return never;
  }
  if (p.has_content && o.content != p.content) return never;
  for (const program::Capture& c : p.captures) {
    frame[c.var] = c.param == program::capture_number ? number
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
