// SPDX-License-Identifier: Apache-2.0
// What a state of this program consists of: which facts, histories and instants later steps may ask about.
#include "run/snapshot.h"

#include <algorithm>
#include <set>
#include <utility>

#include "run/case_facts.h"

namespace casus::run {

using model::EffectKind;
using model::no_value;
using program::Capture;
using program::ClausePlan;
using program::DomainPlan;
using program::ExprNode;
using program::MatchStep;
using program::no_node;
using program::Node;
using program::NodeOp;
using program::StepOp;

// Everything that the clauses of the case may ask about.
class Snapshots::Reads {
 public:
  Reads(const program::Program& program, const InPlay& in_play) : p_(program) {
    // The life of instruments is asked of every clause.
    for (const FactId f : {model::fact_in_force, model::fact_terminated, model::fact_suspended})
      facts.insert(f.value);
    for (size_t i = 0; i < p_.clauses.size(); ++i) {
      if (!p_.clauses[i].active || !in_play.has(ClauseId(i))) continue;
      const bool before = std::exchange(clock, false);
      clause(ClauseId(i));
      if (clock) clocks.push_back(p_.model->cite(ClauseId(i)));
      clock |= before;
    }
    instants_.clear();
    for (const program::BodyPlan& b : p_.bodies) {
      if (b.active) body(b, in_play);
    }
    for (const Node q : p_.questions) node(q);
    if (clock && clocks.empty()) clocks.emplace_back("what is asked");
  }

  std::set<uint32_t> facts, histories;
  bool clock = false;               // something other than a deadline's beginning is calculated from instants
  std::vector<std::string> clocks;  // where
  bool all_timed = false;           // deadlines count from instants of remembered occurrences
  std::set<std::pair<uint32_t, int64_t>> windows;
  std::vector<Counted> counted;

 private:
  void clause(ClauseId id) {
    const ClausePlan& c = p_.clauses[id.index()];
    find_instants(id);
    steps(c.trigger.steps);
    steps(c.trigger.content_steps);
    if (c.trigger_kind == model::TriggerKind::fact_begins || c.trigger_kind == model::TriggerKind::fact_ends)
      fact(c.fact_trigger.slot);
    steps(c.fact_trigger.steps);
    steps(c.outcome_steps);
    if (c.bearer_kind == model::BearerKind::each || c.bearer_kind == model::BearerKind::together)
      domain(c.domain);
    for (const Node n : c.except) node(n);
    for (const auto& act : c.acts) {
      steps(act.pattern.steps);
      steps(act.pattern.content_steps);
      for (const Node n : act.key_values) node(n);
    }
    for (const Node n : {c.moment, c.where, c.bearer, c.act_where, c.condition, c.while_, c.until, c.unless})
      node(n);
    for (const auto& e : c.effects) {
      for (const Node n : e.args) node(n);
      node(e.value);
      // A succession moves places and roles.
      if (e.kind == EffectKind::succeeds) facts.insert(model::fact_party.value);
    }
    anchor(c.anchor);
    if (c.deadline == model::DeadlineKind::within) count(c.anchor, c.within, c.trigger);
  }
  // Whatever may be over when it begins: a limit from something that has happened.
  void count(Node anchor, Duration within, const program::PatternPlan& pattern) {
    if (anchor == no_node) return;
    const ExprNode& n = p_.nodes[anchor];
    const bool kept = n.op == NodeOp::var;
    if (!kept && n.op != NodeOp::time_of) return;
    Counted c{{}, kept, within};
    const auto look = [&](EventTypeId event, const std::vector<Capture>& captures) {
      for (const Capture& capture : captures) {
        if (kept || p_.nodes[n.a].op != NodeOp::var || capture.var != p_.nodes[n.a].a) continue;
        if (capture.param == program::capture_number) c.from = event;
        if (event && capture.param < (*p_.model)[event].params.size())
          c.from.value = (*p_.model)[event].params[capture.param].type.id;
      }
    };
    look(pattern.event, pattern.captures);
    look(pattern.content, pattern.content_captures);
    counted.push_back(c);
  }
  // Variables that hold instants at which something happened.
  void find_instants(ClauseId id) {
    instants_.clear();
    const model::Model& m = *p_.model;
    for (ClauseId at = id; at;
         at = m[at].trigger.kind == model::TriggerKind::reparation ? m[at].trigger.parent : ClauseId()) {
      const ClausePlan& c = p_.clauses[at.index()];
      const auto look = [&](const program::PatternPlan& pattern) {
        for (const Capture& capture : pattern.captures) {
          if (capture.param == program::capture_time) instants_.insert(capture.var);
        }
      };
      look(c.trigger);
      for (const auto& act : c.acts) look(act.pattern);
    }
  }
  void body(const program::BodyPlan& b, const InPlay& in_play) {
    domain(b.members);
    for (const auto& d : b.decisions) {
      if (!in_play.has(d.content.event)) continue;
      const bool before = std::exchange(clock, false);
      steps(d.content.steps);
      steps(d.content.content_steps);
      for (const Node n : {d.where, d.recused}) node(n);
      anchor(d.anchor);
      if (d.deadline == model::DeadlineKind::within) count(d.anchor, d.within, d.content);
      for (const auto& comparison : p_.rule_plans[d.rule].comparisons) {
        for (const auto& term : comparison.terms) {
          if (!term.everybody) domain(term.from);
          if (term.weighted) facts.insert(term.weight);
        }
      }
      if (clock) clocks.push_back((*p_.model)[b.entity].name);
      clock |= before;
    }
  }
  // The beginning of a time limit: `within 72 h of attack`.
  void anchor(Node at) {
    if (at == no_node) return;
    const ExprNode& n = p_.nodes[at];
    if (n.op == NodeOp::var || n.op == NodeOp::constant) return;  // an instant that the duty keeps, or a date
    if (n.op == NodeOp::time_of && p_.nodes[n.a].op == NodeOp::var) {
      all_timed = true;
      return;
    }
    node(at);
  }
  void domain(const DomainPlan& d) {
    if (d.kind == DomainPlan::Kind::fact) fact(d.index);
    if (d.kind == DomainPlan::Kind::party) facts.insert(model::fact_party.value);
  }
  void steps(const std::vector<MatchStep>& list) {
    for (const MatchStep& s : list) {
      if (s.op == StepOp::in_fact) fact(s.index);
      if (s.op == StepOp::in_party) facts.insert(model::fact_party.value);
      if (s.op == StepOp::is_expr) node(s.index);
    }
  }
  void fact(uint32_t slot) {
    if (!facts.insert(slot).second) return;
    const program::FactSlot& s = p_.facts[slot];
    for (uint32_t r = s.rules_begin; r < s.rules_end; ++r) node(p_.rules[r].condition);
  }
  void node(Node at) {
    if (at == no_node) return;
    const ExprNode& n = p_.nodes[at];
    switch (n.op) {
      case NodeOp::constant:
        return;
      case NodeOp::var:
        clock |= instants_.contains(n.a);
        return;
      case NodeOp::field:
      case NodeOp::is_kind:
      case NodeOp::negation:
      case NodeOp::neg:
        return node(n.a);
      case NodeOp::time_of:
      case NodeOp::now:
        clock = true;
        return;
      case NodeOp::fact1:
        fact(n.a);
        return node(n.b);
      case NodeOp::fact:
        fact(n.a);
        for (uint32_t i = 0; i < n.n; ++i) node(p_.children[n.b + i]);
        return;
      case NodeOp::some:
      case NodeOp::every:
      case NodeOp::count:
        domain(p_.quantifiers[n.a].domain);
        node(n.b);
        return node(n.c);
      case NodeOp::happened:
        histories.insert(n.a);
        if (n.value != no_value) windows.emplace(n.a, n.value);
        for (uint32_t i = 0; i < n.n; ++i) node(p_.children[n.b + i]);
        return;
      default:
        node(n.a);
        return node(n.b);
    }
  }

  const program::Program& p_;
  std::set<uint32_t> instants_;
};

Snapshots::Snapshots(const program::Program& program, const Case& c, std::vector<EventTypeId> referable,
                     const InPlay& in_play)
    : p_(program), referable_(program.events.size()), timed_(program.events.size()) {
  for (const EventTypeId e : referable) referable_[e.index()] = 1;
  const Reads reads(program, in_play);
  for (const std::string& where : reads.clocks)
    obstacles_.push_back(where +
                         ": a condition there calculates with instants, and not every timing can be told "
                         "apart by order alone");
  for (size_t i = 0; i < timed_.size(); ++i) timed_[i] = reads.all_timed && p_.events[i].remembered;
  counted_ = reads.counted;
  histories_.assign(reads.histories.begin(), reads.histories.end());
  window_.assign(p_.histories.size(), no_value);
  for (const auto& [history, within] : reads.windows) window_[history] = within;
  for (size_t i = 0; i < p_.clauses.size(); ++i) {
    if (!p_.clauses[i].active || !in_play.has(ClauseId(i))) continue;
    active_.push_back(ClauseId(i));
    if (p_.clauses[i].moment != no_node) moments_.push_back(ClauseId(i));
    if (p_.clauses[i].standing()) standing_.push_back(ClauseId(i));
  }
  std::erase_if(standing_, [&](ClauseId id) {
    return std::find(p_.standing.begin(), p_.standing.end(), id) == p_.standing.end();
  });
  find_slots(c, reads);
  find_sorts(c);
}

// Facts that some clause of the case or some later date may change, and that something asks about.
void Snapshots::find_slots(const Case& c, const Reads& reads) {
  std::set<uint32_t> changing;
  const auto succession = [&] {
    changing.insert(model::fact_party.value);
    for (const auto& i : p_.model->instruments) {
      for (const FactId role : i.roles) changing.insert(role.value);
    }
  };
  for (const ClauseId id : active_) {
    for (const auto& e : p_.clauses[id.index()].effects) {
      switch (e.kind) {
        case EffectKind::counts_as:
          break;
        case EffectKind::begin_fact:
        case EffectKind::end_fact:
        case EffectKind::set_fact:
          changing.insert(e.slot);
          break;
        case EffectKind::enters_into_force:
          changing.insert(model::fact_in_force.value);
          break;
        case EffectKind::terminated:
          changing.insert(model::fact_in_force.value);
          changing.insert(model::fact_terminated.value);
          break;
        case EffectKind::suspended:
        case EffectKind::resumes:
          changing.insert(model::fact_suspended.value);
          break;
        case EffectKind::succeeds:
          succession();
          break;
      }
    }
  }
  for (const DatedChange& d : dated_facts(*p_.model, c)) {
    if (d.at <= c.from.ms || d.at > c.until.ms) continue;
    if (d.is_succession)
      succession();
    else
      changing.insert(d.fact.value);
  }
  for (const uint32_t slot : changing) {
    if (reads.facts.contains(slot) && p_.facts[slot].kind != program::StoreKind::derived)
      slots_.push_back(slot);
  }
  // Weights and groups are taken at the proposal; a state keeps the votes, not what each of them counts.
  for (const program::BodyPlan& b : p_.bodies) {
    if (!b.active) continue;
    for (const auto& d : b.decisions) {
      for (const auto& comparison : p_.rule_plans[d.rule].comparisons) {
        for (const auto& term : comparison.terms) {
          const bool moves = (term.weighted && changing.contains(term.weight)) ||
                             (!term.everybody && term.from.kind == DomainPlan::Kind::fact &&
                              changing.contains(term.from.index));
          if (moves)
            obstacles_.push_back("votes of " + (*p_.model)[b.entity].name +
                                 " count by what may change meanwhile");
        }
      }
    }
  }
  std::set<int64_t> turns;
  const auto turn = [&](int64_t first) {  // the first instant at which it is otherwise
    if (first > c.from.ms && first <= c.until.ms) turns.insert(first);
  };
  const auto turn_after = [&](const auto& limit) {
    if (limit.deadline == model::DeadlineKind::by) turn(limit.by + 1);
    if (limit.deadline != model::DeadlineKind::within || limit.anchor == no_node) return;
    const ExprNode& from = p_.nodes[limit.anchor];
    if (from.op == NodeOp::constant) turn(add(Instant{from.value}, limit.within).ms + 1);
  };
  for (const program::BodyPlan& b : p_.bodies) {
    for (const auto& d : b.decisions) {
      if (b.active) turn_after(d);
    }
  }
  for (const ClauseId id : active_) {
    const ClausePlan& plan = p_.clauses[id.index()];
    turn_after(plan);
    turn(plan.from);
    if (plan.until_instant != INT64_MAX) turn(plan.until_instant + 1);
    for (const uint32_t r : plan.reservations) {
      turn(p_.reservations[r].from);
      turn(p_.reservations[r].until);
    }
  }
  turning_points_.assign(turns.begin(), turns.end());
}

Snapshots::Sort Snapshots::sort_of_capture(const program::PatternPlan& pattern, Capture capture,
                                           bool content) const {
  if (capture.param == program::capture_number) return Sort::occurrence;
  if (capture.param == program::capture_time) return Sort::instant;
  const EventTypeId event = content ? pattern.content : pattern.event;
  return event ? sort_of((*p_.model)[event].params[capture.param].type) : Sort::plain;
}

// What each stored value of a duty is: it decides how a state keeps it.
void Snapshots::find_sorts(const Case&) {
  stored_.resize(p_.clauses.size());
  const model::Model& m = *p_.model;
  for (const ClauseId id : active_) {
    std::vector<Sort> of_var(program::frame_limit, Sort::plain);
    const auto look = [&](const program::PatternPlan& pattern) {
      for (const Capture& c : pattern.captures) of_var[c.var] = sort_of_capture(pattern, c, false);
      for (const Capture& c : pattern.content_captures) of_var[c.var] = sort_of_capture(pattern, c, true);
    };
    for (ClauseId at = id; at;
         at = m[at].trigger.kind == model::TriggerKind::reparation ? m[at].trigger.parent : ClauseId()) {
      const ClausePlan& plan = p_.clauses[at.index()];
      look(plan.trigger);
      for (const Capture& c : plan.fact_trigger.captures) {
        of_var[c.var] = sort_of(m.facts[plan.fact_trigger.slot].params[c.param].type);
      }
      if (at == id) continue;
      for (const auto& act : plan.acts) look(act.pattern);
    }
    const ClausePlan& plan = p_.clauses[id.index()];
    std::vector<Sort>& sorts = stored_[id.index()];
    for (const program::VarIndex v : plan.stored) sorts.push_back(of_var[v]);
    for (const auto& act : plan.acts) {
      for (const uint8_t param : act.key_params)
        sorts.push_back(sort_of(m[act.pattern.event].params[param].type));
    }
  }
}

}  // namespace casus::run
