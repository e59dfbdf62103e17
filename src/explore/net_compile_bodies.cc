// SPDX-License-Identifier: Apache-2.0
// Motions (docs/semantics.md §8), in the order of src/run/motions.cc and of the built-in acts of src/run/engine_acts.cc. A motion's place is
// its body, its content and the decision clause; three bits say how each member voted. What a rule counts is a sum of
// weights under literals: a comparison is settled when the sum with the least that those who are missing could add, or
// with the most, falls on one side.
#include <algorithm>

#include "base/wide.h"
#include "explore/net_compile.h"

namespace casus::explore {

using model::no_value;
using program::no_node;
using program::Program;

const program::BodyPlan& NetCompiler::body(uint32_t slot) const {
  return p_.bodies[p_.model->entities[motions_[slot].name.in.index()].body.index()];
}

Bit NetCompiler::motion_bit(uint32_t slot, BitKind kind, uint32_t actor) const {
  Bit b;
  b.kind = kind;
  b.slot = slot;
  if (actor != Program::no_bit) b.party = p_.actors[actor];
  return b;
}

Bit NetCompiler::group_bit(uint32_t slot, const program::DomainPlan& d, uint32_t actor) const {
  Bit b = motion_bit(slot, BitKind::grouped, actor);
  b.value = Value{static_cast<int64_t>(d.kind)} << 32 | d.index;
  return b;
}

// Of the electorate. Where membership can not change, nothing is kept of it.
Literal NetCompiler::member(uint32_t slot, uint32_t actor) {
  const program::DomainPlan& d = body(slot).members;
  const Value who = p_.actors[actor].value;
  return domain_varies(d, who) ? read(motion_bit(slot, BitKind::member, actor)) : in_domain(d, who);
}

// ---- proposals ----

const program::BodyPlan* NetCompiler::body_of(const Occurrence& o) const {
  const Value in = o.args[1];
  if (static_cast<uint64_t>(in) >= p_.model->entities.size() || !o.content) return nullptr;
  const model::BodyId id = p_.model->entities[static_cast<size_t>(in)].body;
  return id && p_.bodies[id.index()].active ? &p_.bodies[id.index()] : nullptr;
}

// Whether this decision clause of the body gives it power over the content; its variables are in `frame`.
Literal NetCompiler::decided_by(const program::BodyPlan& b, size_t decision, const Occurrence& o,
                                Frame& frame) {
  Occurrence content;
  content.event = o.content;
  content.args = o.content_args;
  frame.fill(no_value);
  const program::DecisionPlan& d = b.decisions[decision];
  if (d.content.event != o.content) return never;
  const Literal met = match(d.content, content, no_value, frame);
  return met == never ? never : both(met, holds(d.where, frame));
}

Literal NetCompiler::proposal_accepted(const Occurrence& o) {
  const program::BodyPlan* b = body_of(o);
  if (b == nullptr) return never;
  Literal any = never;
  Frame frame;
  for (size_t d = 0; d < b->decisions.size(); ++d) any = either(any, decided_by(*b, d, o, frame));
  if (!b->instrument) return any;
  const Value instrument = p_.model->instruments[b->instrument.index()].entity.value;
  return both(any, stored(model::fact_in_force.value, &instrument));
}

void NetCompiler::propose(const Occurrence& o, Literal guard) {
  const program::BodyPlan& b = *body_of(o);
  const MotionName name = names_[static_cast<size_t>(number_ - first_motion)];
  Literal before = never;
  for (uint32_t d = 0; d < b.decisions.size(); ++d) {
    Frame frame;
    const Literal met = decided_by(b, d, o, frame);
    const Literal g = both(guard, without(met, before));
    before = either(before, met);
    if (g == never) continue;
    const auto same = std::find_if(motions_.begin(), motions_.end(),
                                   [&](const MotionSlot& m) { return m.name == name && m.decision == d; });
    const auto slot = static_cast<uint32_t>(same - motions_.begin());
    if (same == motions_.end()) {
      motions_.push_back({name, d});
      uses(number_, motion_bit(slot, BitKind::open, Program::no_bit));
    }
    open_motion(slot, b.decisions[d], frame, g);
  }
}

void NetCompiler::open_motion(uint32_t slot, const program::DecisionPlan& d, Frame& frame, Literal guard) {
  const program::BodyPlan& b = body(slot);
  set(motion_bit(slot, BitKind::open, Program::no_bit), guard);
  for (const Choice& who : members(b.members)) {
    const uint32_t bit = bit_of(who.value);
    if (bit == Program::no_bit) continue;
    if (domain_varies(b.members, who.value)) write(motion_bit(slot, BitKind::member, bit), guard, who.when);
    if (d.recused == no_node) continue;
    if (d.recused_var != model::no_var) frame[d.recused_var] = who.value;
    write(motion_bit(slot, BitKind::recused, bit), guard, both(who.when, truth(d.recused, frame)));
  }
  for (const program::ComparisonPlan& c : p_.rule_plans[d.rule].comparisons) {
    for (const program::TallyPlan& t : c.terms) {
      for (uint32_t a = 0; !t.everybody && a < p_.actors.size(); ++a) {
        if (domain_varies(t.from, p_.actors[a].value))
          write(group_bit(slot, t.from, a), guard, in_domain(t.from, p_.actors[a].value));
      }
    }
  }
  record(RecordKind::motion_opened, ClauseId(), b.entity, guard, {}, number_);
  if (const std::optional<Due> due = motion_due(d, frame)) {
    // Where the time is over already it ends at once.
    const uint32_t ends = timer(TimerKind::motion, slot, ClauseId());
    const Literal late = due->absolute ? reached(due->at + 1) : never;
    start_timer(ends, both(guard, late), Due{});
    start_timer(ends, without(guard, late), *due);
  }
  ask_if_settled(slot, guard);
}

std::optional<Due> NetCompiler::motion_due(const program::DecisionPlan& d, Frame& frame) {
  if (d.deadline == model::DeadlineKind::by) return Due{true, {}, d.by};
  if (d.deadline != model::DeadlineKind::within) return std::nullopt;
  if (d.anchor == no_node) return Due{false, d.within, 0};
  const Choices anchor = choices(d.anchor, frame);
  if (anchor.size() != 1 || anchor[0].value == no_value || anchor[0].value == past_instant) {
    refuse("its time runs from an instant that is not kept");
    return std::nullopt;
  }
  if (anchor[0].value == present_instant) return Due{false, d.within, 0};
  return Due{true, {}, add(Instant{anchor[0].value}, d.within).ms};
}

// ---- what votes would come to ----

// Whether it is adopted if every member votes yes now, but for one who votes no (Program::no_bit: none). A vote does nothing to a motion but
// count, where no clause brings about votes or closings, and all of one instant are counted before it is decided; so only their bits are put in
// place.
Literal NetCompiler::carried(uint32_t slot, uint32_t against) {
  std::vector<Literal> before = now_;
  for (uint32_t a = 0; a < p_.actors.size(); ++a) {
    Literal votes = both(in_domain(body(slot).members, p_.actors[a].value), member(slot, a));
    votes = without(votes, read(motion_bit(slot, BitKind::recused, a)));
    for (const BitKind k : {BitKind::yes, BitKind::no, BitKind::abstain}) {
      if (!body(slot).votes_may_change) votes = without(votes, read(motion_bit(slot, k, a)));
    }
    if (votes == never) continue;
    const auto put = [&](BitKind kind, bool holds) {
      const uint32_t bit = known(motion_bit(slot, kind, a));
      now_[bit] = circuit_.ite(votes, holds ? always : never, now_[bit]);
    };
    put(BitKind::yes, a != against);
    put(BitKind::no, a == against);
    put(BitKind::abstain, false);
  }
  const uint32_t root = p_.rule_plans[decision(slot).rule].root;
  const Sure s = settled(slot, root, false);
  Literal out = s.yes;
  if (timer_index_.count({TimerKind::motion, slot}) != 0)
    out = either(out, without(settled(slot, root, true).yes, s.no));
  before.resize(now_.size(), never);
  now_ = std::move(before);
  return out;
}

void NetCompiler::ask_motions() {
  for (uint32_t slot = 0; slot < motions_.size() && spend(); ++slot) {
    const Literal open = flag(slot, BitKind::open), all = both(open, carried(slot, Program::no_bit));
    std::vector<Literal> alone;
    for (uint32_t a = 0; a < p_.actors.size() && all != never; ++a) {
      if (const Literal in = both(all, in_domain(body(slot).members, p_.actors[a].value)); in != never)
        alone.push_back(without(in, carried(slot, a)));
    }
    conditions_.insert(conditions_.end(), {open, all, circuit_.any_of(alone)});
  }
}

// ---- votes, closings ----

std::vector<uint32_t> NetCompiler::variants(Value reference) const {
  std::vector<uint32_t> out;
  const Value name = reference - first_motion;
  if (!stands_for(reference) || reference >= first_content || name < 0 ||
      name >= static_cast<Value>(names_.size()))
    return out;
  for (uint32_t m = 0; m < motions_.size(); ++m) {
    if (motions_[m].name == names_[static_cast<size_t>(name)]) out.push_back(m);
  }
  return out;
}

Literal NetCompiler::accepted(const Occurrence& o, uint32_t actor) {
  const Value on = o.args[1];
  if (o.event == model::event_vote &&
      static_cast<uint64_t>(o.args[2]) > static_cast<uint64_t>(model::ballot_abstain))
    return never;
  Literal any = never;
  for (const uint32_t m : variants(on)) any = either(any, accepted_by(m, o, actor));
  return any;
}

Literal NetCompiler::accepted_by(uint32_t slot, const Occurrence& o, uint32_t actor) {
  const program::BodyPlan& b = body(slot);
  const Literal open = flag(slot, BitKind::open);
  if (o.event == model::event_close) return !b.chair || Value{b.chair.value} == o.args[0] ? open : never;
  if (actor == Program::no_bit) return never;
  Literal out = both(open, member(slot, actor));
  out = without(out, read(motion_bit(slot, BitKind::recused, actor)));
  if (b.votes_may_change) return out;
  for (const BitKind k : {BitKind::yes, BitKind::no, BitKind::abstain})
    out = without(out, read(motion_bit(slot, k, actor)));
  return out;
}

void NetCompiler::vote_or_close(const Occurrence& o, uint32_t actor, Literal guard) {
  for (const uint32_t m : variants(o.args[1])) {
    const Literal g = both(guard, accepted_by(m, o, actor));
    if (g == never) continue;
    if (o.event == model::event_close) {
      decide(m, settled(m, p_.rule_plans[decision(m).rule].root, true).yes, g);
      continue;
    }
    constexpr BitKind ballots[] = {BitKind::yes, BitKind::no, BitKind::abstain};
    for (size_t k = 0; k < 3; ++k)
      write(motion_bit(m, ballots[k], actor), g, static_cast<Value>(k) == o.args[2] ? always : never);
    record(RecordKind::vote_counted, ClauseId(), p_.actors[actor], g);
    ask_if_settled(m, g);
  }
}

// All votes of one instant are counted before the motion is decided by them: the question is put on the agenda of this instant.
void NetCompiler::ask_if_settled(uint32_t slot, Literal guard) {
  const Sure s = settled(slot, p_.rule_plans[decision(slot).rule].root, false);
  const Bit asked = motion_bit(slot, BitKind::asked, Program::no_bit);
  const Literal asks = without(both(guard, either(s.yes, s.no)), read(asked));
  set(asked, asks);
  if (asks != never) start_timer(timer(TimerKind::question, slot, ClauseId()), asks, Due{});
}

void NetCompiler::decide(uint32_t slot, Literal adopted, Literal guard) {
  if (guard == never) return;
  const program::BodyPlan& b = body(slot);
  for (const BitKind k : {BitKind::open, BitKind::asked}) clear(motion_bit(slot, k, Program::no_bit), guard);
  for (uint32_t a = 0; a < p_.actors.size(); ++a) {
    for (const BitKind k : {BitKind::member, BitKind::recused, BitKind::yes, BitKind::no, BitKind::abstain})
      clear(motion_bit(slot, k, a), guard);
    for (const program::ComparisonPlan& c : p_.rule_plans[decision(slot).rule].comparisons) {
      for (const program::TallyPlan& t : c.terms) {
        if (!t.everybody) clear(group_bit(slot, t.from, a), guard);
      }
    }
  }
  const MotionName name = motions_[slot].name;
  for (const bool yes : {true, false}) {
    Item item;
    item.kind = yes ? ItemKind::occurrence : ItemKind::rejected;
    item.guard = yes ? both(guard, adopted) : without(guard, adopted);
    item.number = motion_number(name);
    record(yes ? RecordKind::adopted : RecordKind::rejected, ClauseId(), b.entity, item.guard, name.content,
           item.number);
    item.occurrence.event = name.content;
    item.occurrence.args = name.args;
    item.occurrence.content_args.fill(no_value);
    item.occurrence.decided = yes;
    const int by = p_.events[name.content.index()].by;
    if (by >= 0) item.occurrence.args[static_cast<size_t>(by)] = b.entity.value;
    enter(std::move(item));
  }
}

// ---- rules ----

// `absent`: as it is, those who have not voted being absent; else whatever they may do.
NetCompiler::Sure NetCompiler::settled(uint32_t slot, uint32_t node, bool absent) {
  const program::RulePlan& plan = p_.rule_plans[decision(slot).rule];
  const model::RuleNode& n = plan.nodes[node];
  if (n.op == model::RuleOp::leaf) return comparison_settled(slot, plan.comparisons[n.leaf], absent);
  if (n.op == model::RuleOp::negation) {
    const Sure s = settled(slot, n.children[0], absent);
    return {s.no, s.yes};
  }
  const bool conjunction = n.op == model::RuleOp::both;
  Literal all = always,
          any = never;  // all surely so; any surely not so (of a disjunction the other way round)
  for (const uint32_t child : n.children) {
    const Sure s = settled(slot, child, absent);
    all = both(all, conjunction ? s.yes : s.no);
    any = either(any, conjunction ? s.no : s.yes);
  }
  return conjunction ? Sure{all, any} : Sure{any, all};
}

NetCompiler::Sure NetCompiler::comparison_settled(uint32_t slot, const program::ComparisonPlan& c,
                                                  bool absent) {
  std::vector<Weighted> low, high;
  for (uint32_t a = 0; a < p_.actors.size(); ++a) shares(slot, c, a, absent, low, high);
  Wide size = c.constant < 0 ? -Wide{c.constant} : Wide{c.constant};
  for (const auto* side : {&low, &high}) {
    for (const Weighted& w : *side) size += w.weight < 0 ? -Wide{w.weight} : Wide{w.weight};
  }
  if (size > (Wide{1} << 60)) refuse("weights of a vote are very large");
  if (refusal_) return {never, never};
  // The sum plus the constant, against 0.
  const auto low_at_least = [&](int64_t k) { return circuit_.sum_at_least(k - c.constant, low); };
  const auto high_at_least = [&](int64_t k) { return circuit_.sum_at_least(k - c.constant, high); };
  switch (c.compare) {
    case model::Compare::eq:
    case model::Compare::ne: {
      const Literal never_zero = either(low_at_least(1), !high_at_least(0));
      const Literal surely_zero = both(low_at_least(0), !high_at_least(1));
      return c.compare == model::Compare::eq ? Sure{surely_zero, never_zero} : Sure{never_zero, surely_zero};
    }
    case model::Compare::lt:
      return {!high_at_least(0), low_at_least(0)};
    case model::Compare::le:
      return {!high_at_least(1), low_at_least(1)};
    case model::Compare::gt:
      return {low_at_least(1), !high_at_least(1)};
    case model::Compare::ge:
      return {low_at_least(0), !high_at_least(0)};
  }
  return {never, never};
}

// What one member adds: for each state of the groups that it may be in, what each choice counts, and the least and the most of these while it has
// not voted.
void NetCompiler::shares(uint32_t slot, const program::ComparisonPlan& c, uint32_t actor, bool absent,
                         std::vector<Weighted>& low, std::vector<Weighted>& high) {
  const Literal of = member(slot, actor);
  if (of == never) return;
  const Value who = p_.actors[actor].value;
  std::vector<std::pair<Value, Literal>> groups;  // those that vary
  for (const program::TallyPlan& t : c.terms) {
    const Bit b = group_bit(slot, t.from, actor);
    if (!t.everybody && domain_varies(t.from, who) &&
        std::none_of(groups.begin(), groups.end(), [&](const auto& g) { return g.first == b.value; }))
      groups.emplace_back(b.value, read(b));
  }
  if (groups.size() > 6) return refuse("a vote counts very many groups");
  const Literal recused = read(motion_bit(slot, BitKind::recused, actor));
  const Literal yes = read(motion_bit(slot, BitKind::yes, actor)),
                no = read(motion_bit(slot, BitKind::no, actor));
  const Literal abstain = either(recused, read(motion_bit(slot, BitKind::abstain, actor)));
  for (uint32_t in = 0; in < (1u << groups.size()); ++in) {
    Literal when = of;
    for (size_t g = 0; g < groups.size(); ++g)
      when = both(when, (in >> g & 1) != 0 ? groups[g].second : !groups[g].second);
    if (when == never) continue;
    std::array<int64_t, 4> share{};
    for (const program::TallyPlan& t : c.terms) {
      if (!t.everybody) {
        const auto g = std::find_if(groups.begin(), groups.end(), [&](const auto& one) {
          return one.first == group_bit(slot, t.from, actor).value;
        });
        if (g == groups.end() ? in_domain(t.from, who) != always : (in >> (g - groups.begin()) & 1) == 0)
          continue;
      }
      int64_t weight = 1;
      if (t.weighted) {
        const Choices weights = fact_choices(t.weight, &who);
        if (weights.size() != 1) return refuse("a vote counts by a number that may change");
        weight = weights[0].value == no_value ? 0 : weights[0].value;
      }
      const Wide counts = Wide{t.coefficient} * weight;
      if (counts > (Wide{1} << 50) || counts < -(Wide{1} << 50))
        return refuse("weights of a vote are very large");
      for (size_t k = 0; k < 4; ++k) share[k] += (t.choices >> k & 1) != 0 ? static_cast<int64_t>(counts) : 0;
    }
    const auto [least, most] = std::minmax_element(share.begin(), share.end());
    for (const bool is_low : {true, false}) {
      const int64_t open = absent ? share[3] : is_low ? *least : *most;
      // Against what the missing add, so that most of it is nothing.
      auto& side = is_low ? low : high;
      side.push_back({open, when});
      side.push_back({share[0] - open, both(when, yes)});
      side.push_back({share[1] - open, both(when, no)});
      side.push_back({share[2] - open, both(when, abstain)});
    }
  }
}

}  // namespace casus::explore
