// SPDX-License-Identifier: Apache-2.0
// Bodies: motions, votes, closings, decisions (docs/semantics.md §8, §10 "Votes").
#include <algorithm>

#include "run/reference.h"

namespace casus::run {

using model::no_value;

namespace {}

// ---- whether the act counts ----

Reason Reference::refusal(const Act& a) const {
  const Occurrence& o = a.occurrence;
  if (o.event == model::event_propose) {
    const Value in = o.args[1];
    if (in == no_value || !o.content) return Reason::body_lacks_power;
    const BodyId id = model_[EntityId(static_cast<size_t>(in))].body;
    if (!id) return Reason::body_lacks_power;
    const model::Body& body = model_[id];
    if (body.instrument && !instrument_in_case(body.instrument)) return Reason::body_lacks_power;
    if (!in_force(body.instrument)) return Reason::body_not_in_force;
    Vars vars;
    return decision_for(body, o, vars) ? Reason::none : Reason::body_lacks_power;
  }
  const auto motion = motions_.find(static_cast<OccurrenceNo>(o.args[1]));
  if (o.args[1] == no_value || motion == motions_.end()) return Reason::no_such_motion;
  const Motion& m = motion->second;
  if (o.event == model::event_vote)
    return o.args[2] == no_value ? Reason::no_such_motion : vote_refusal(m, a.actor);
  if (!m.open) return Reason::motion_not_open;
  return m.body->chair && Value{m.body->chair.value} != a.actor ? Reason::not_the_chair : Reason::none;
}

Reason Reference::vote_refusal(const Motion& m, Value voter) const {
  if (!m.open) return Reason::motion_not_open;
  const auto member = m.electorate.find(voter);
  if (member == m.electorate.end()) return Reason::not_a_member;
  if (member->second.recused) return Reason::recused;
  return member->second.voted && !m.body->votes_may_change ? Reason::already_voted : Reason::none;
}

// A race with the decision, or two different votes of one member at one instant.
void Reference::report_vote(const Act& a) {
  const auto motion = motions_.find(static_cast<OccurrenceNo>(a.occurrence.args[1]));
  if (a.occurrence.args[1] == no_value || a.occurrence.args[2] == no_value || motion == motions_.end())
    return;
  const Motion& m = motion->second;
  const Value by = a.occurrence.args[0];
  if (!m.open) {
    if (m.decided_at == now_) write(RecordKind::race, no_number, ClauseId(), by, a.number);
    return;
  }
  const auto member = m.electorate.find(a.actor);
  if (member == m.electorate.end() || !member->second.voted || member->second.voted_at != now_) return;
  if (Value{member->second.choice} == a.occurrence.args[2]) return;
  write(RecordKind::contradictory, no_number, ClauseId(), by, a.number);
}

// The first decision clause that gives the body power over the content.
const model::Decision* Reference::decision_for(const model::Body& body, const Occurrence& o,
                                               Vars& vars) const {
  Occurrence content;
  content.at = o.at;
  content.event = o.content;
  content.args = o.content_args;
  for (const model::Decision& d : body.decisions) {
    if (d.left_out) continue;
    vars.fill(no_value);
    if (matches(d.content, content, no_value, vars) && met(d.where, vars)) return &d;
  }
  return nullptr;
}

// ---- what a counted act does ----

void Reference::body_act(const Act& a) {
  if (a.occurrence.event == model::event_propose) return open_motion(a);
  const auto proposal = static_cast<OccurrenceNo>(a.occurrence.args[1]);
  if (a.occurrence.event == model::event_close) return close(proposal);
  Member& member = motions_.at(proposal).electorate.at(a.actor);
  member.voted = true;
  member.choice = static_cast<uint32_t>(a.occurrence.args[2]);  // a ballot's value is its choice
  member.voted_at = now_;
  write(RecordKind::vote_counted, no_number, ClauseId(), a.actor, a.number, a.occurrence.args[2]);
  decide_if_sure(proposal);
}

void Reference::open_motion(const Act& a) {
  const model::Body& body = model_[model_[EntityId(static_cast<size_t>(a.occurrence.args[1]))].body];
  Vars vars;
  const model::Decision& d = *decision_for(body, a.occurrence, vars);
  Motion m;
  m.body = &body;
  m.rule = &model_[d.rule];
  m.proposal = a.number;
  int64_t due = no_value;
  if (d.within.kind == model::DeadlineKind::by) due = d.within.by.ms;
  if (d.within.kind == model::DeadlineKind::within) {
    const int64_t anchor = d.within.anchor ? eval(d.within.anchor, vars) : now_;
    if (anchor != no_value) due = add(Instant{anchor}, d.within.within).ms;
  }
  for (Value who : members(body.members)) {
    if (!is_actor(who)) continue;
    Member& member = m.electorate[who];
    if (d.recused_var != model::no_var) vars[d.recused_var] = who;
    member.recused = surely(d.recused, vars);
    for (const model::Comparison& c : m.rule->comparisons) {
      auto& shares = member.shares.emplace_back();
      for (uint32_t choice = 0; choice < choice_count; ++choice) shares[choice] = share(c, who, choice);
    }
  }
  motions_[a.number] = m;
  write(RecordKind::motion_opened, no_number, ClauseId(), body.entity.value, a.number, due);
  if (due != no_value) {
    put_on_agenda(deadlines_, due, [this, proposal = a.number] {
      if (motions_.at(proposal).open) close(proposal);
    });
  }
  decide_if_sure(a.number);
}

// ---- §8.3 the rule, asked while votes are out ----

// What the member adds to the comparison by this choice, with groups and weights as they are now.
Wide Reference::share(const model::Comparison& c, Value member, uint32_t choice) const {
  Wide sum = 0;
  for (const model::TallyTerm& term : c.terms) {
    if ((term.choices >> choice & 1) == 0 || (term.from && !in_domain(*term.from, member))) continue;
    Value weight = term.weight ? value_of(term.weight, std::array<Value, 1>{member}) : 1;
    if (weight == no_value) weight = 0;
    sum += Wide{term.coefficient} * weight;
  }
  return sum;
}

// Each vote that is still out takes what is lowest, then what is highest; at the end (`absent`) all of them
// are absent.
Reference::Sure Reference::compare(const Motion& m, size_t comparison, bool absent) const {
  const model::Comparison& c = m.rule->comparisons[comparison];
  Wide low = c.constant, high = c.constant;
  for (const auto& [who, member] : m.electorate) {
    const auto& shares = member.shares[comparison];
    const auto [least, most] = std::minmax_element(shares.begin(), shares.end());
    const bool out = !member.voted && !member.recused && !absent;
    const uint32_t choice = member.recused ? choice_abstain : member.choice;
    low += out ? *least : shares[choice];
    high += out ? *most : shares[choice];
  }
  const auto sure = [](bool always, bool never) {
    return always ? Sure::yes : never ? Sure::no : Sure::open;
  };
  switch (c.compare) {
    case model::Compare::eq:
      return sure(low == 0 && high == 0, low > 0 || high < 0);
    case model::Compare::ne:
      return sure(low > 0 || high < 0, low == 0 && high == 0);
    case model::Compare::lt:
      return sure(high < 0, low >= 0);
    case model::Compare::le:
      return sure(high <= 0, low > 0);
    case model::Compare::gt:
      return sure(low > 0, high <= 0);
    case model::Compare::ge:
      break;
  }
  return sure(low >= 0, high < 0);
}

// A conjunction is settled when one part is surely false or all are surely true; a disjunction likewise.
Reference::Sure Reference::node(const Motion& m, uint32_t at, bool absent) const {
  const model::RuleNode& n = m.rule->nodes[at];
  if (n.op == model::RuleOp::leaf) return compare(m, n.leaf, absent);
  if (n.op == model::RuleOp::negation) {
    const Sure s = node(m, n.children[0], absent);
    return s == Sure::open ? Sure::open : s == Sure::yes ? Sure::no : Sure::yes;
  }
  const Sure settles = n.op == model::RuleOp::both ? Sure::no : Sure::yes;
  const Sure otherwise = n.op == model::RuleOp::both ? Sure::yes : Sure::no;
  bool open = false;
  for (uint32_t child : n.children) {
    const Sure s = node(m, child, absent);
    if (s == settles) return settles;
    open = open || s == Sure::open;
  }
  return open ? Sure::open : otherwise;
}

// ---- §8.4, §8.5 decisions ----

// All votes of one instant are counted before the motion is decided by them: the question is put on the
// agenda of this instant.
void Reference::decide_if_sure(OccurrenceNo proposal) {
  Motion& m = motions_.at(proposal);
  if (m.asked || node(m, m.rule->root, false) == Sure::open) return;
  m.asked = true;
  put_on_agenda(deadlines_, now_, [this, proposal] {
    Motion& then = motions_.at(proposal);
    then.asked = false;
    const Sure s = node(then, then.rule->root, false);
    if (then.open && s != Sure::open) decide(proposal, s == Sure::yes);
  });
}

void Reference::close(OccurrenceNo proposal) {
  const Motion& m = motions_.at(proposal);
  decide(proposal, node(m, m.rule->root, true) == Sure::yes);
}

void Reference::decide(OccurrenceNo proposal, bool adopted) {
  Motion& m = motions_.at(proposal);
  m.open = false;
  m.decided_at = now_;
  const Value body = m.body->entity.value;
  write(adopted ? RecordKind::adopted : RecordKind::rejected, no_number, ClauseId(), body, proposal);
  if (!adopted) return enter([this, proposal] { rejected(proposal); });
  Occurrence content;
  content.at = now_;
  content.event = occurrences_[proposal].content;
  content.args = occurrences_[proposal].content_args;
  content.content_args.fill(no_value);
  content.decided = true;
  const uint8_t by = model_[content.event].by;
  if (by != 0xFF) content.args[by] = body;
  enter([this, content, proposal] { take(content, ClauseId(), proposal, true); });
}

void Reference::rejected(OccurrenceNo proposal) {
  const Occurrence& o = occurrences_[proposal];
  Occurrence content;
  content.at = o.at;
  content.event = o.content;
  content.args = o.content_args;
  const uint8_t by = model_[o.content].by;
  if (by != 0xFF) content.args[by] = motions_.at(proposal).body->entity.value;
  std::vector<Met> all;
  for (ClauseId id : clauses_) {
    const model::Clause& c = model_[id];
    if (c.trigger.kind != model::TriggerKind::rejected || !applies(c)) continue;
    Met m;
    m.clause = id;
    m.vars.fill(no_value);
    if (matches(c.trigger.pattern, content, no_value, m.vars) && met(c.where, m.vars)) all.push_back(m);
  }
  carry_out(all, proposal);
}

}  // namespace casus::run
