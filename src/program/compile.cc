// SPDX-License-Identifier: Apache-2.0
// From the model to the tables of one case. Order: sets and facts; clauses' conditions and patterns (a clause and its reparations, which share
// a frame, one after the other); bodies; then the lists by event type and the watch lists, which need the rest.
#include <algorithm>

#include "base/check.h"
#include "program/expressions.h"

namespace casus::program {
namespace {

using model::ArgMode;
using model::ClauseKind;
using model::FactRole;
using model::TriggerKind;

inline constexpr uint64_t matrix_limit_bits = uint64_t{1} << 22;

class Compiler {
 public:
  Compiler(const model::Model& model, std::span<const model::Under> under, model::ViewpointId view,
           Program& out)
      : m_(model), p_(out), flat_(model, view, out), view_(view) {
    p_.model = &model;
    p_.in_case.resize(model.instruments.size());
    for (const auto& u : under) p_.in_case[u.instrument.index()] = 1;
  }

  void run(std::span<const model::ExprId> questions) {
    sets();
    events();
    facts();
    clauses();
    bodies();
    for (model::ExprId q : questions) p_.questions.push_back(flat_.expression(q));
    lists();
    watches();
  }

 private:
  bool instrument_active(InstrumentId i) const { return !i || p_.in_case[i.index()]; }

  bool clause_active(const model::Clause& c) const {
    if (c.left_out || !instrument_active(c.instrument)) return false;
    if (!c.reading) return true;
    if (!view_) return false;
    for (auto [reading, option] : m_[view_].readings) {
      if (reading == c.reading && option == c.reading_option) return true;
    }
    return false;
  }

  void sets() {
    p_.entity_words = static_cast<uint32_t>((m_.entities.size() + 63) / 64);
    p_.actor_bit.assign(m_.entities.size(), Program::no_bit);
    for (size_t i = 0; i < m_.entities.size(); ++i) {
      if (!m_.entity_is(EntityId(i), model::kind_actor)) continue;
      p_.actor_bit[i] = static_cast<uint32_t>(p_.actors.size());
      p_.actors.push_back(EntityId(i));
    }
    p_.actor_words = std::max(1u, static_cast<uint32_t>((p_.actors.size() + 63) / 64));
  }

  void events() {
    p_.events.resize(m_.events.size());
    for (size_t i = 0; i < m_.events.size(); ++i) {
      const model::EventType& e = m_.events[i];
      EventPlan& plan = p_.events[i];
      plan.institutional = e.institutional;
      plan.params = static_cast<uint8_t>(e.params.size());
      plan.by = e.by == 0xFF ? -1 : e.by;
      plan.remembered = e.remembered;
      for (size_t k = 0; k < e.params.size(); ++k) {
        if (e.params[k].type.kind == model::TypeKind::event)
          plan.event_params |= static_cast<uint8_t>(1u << k);
      }
    }
  }

  StoreKind store_of(const model::Fact& f, FactId id) const {
    if (f.role == FactRole::derived) return StoreKind::derived;
    if (id == model::fact_party) return StoreKind::party;
    const bool relation = f.result.kind == model::TypeKind::truth;
    const auto entity = [&](size_t k) { return f.params[k].type.kind == model::TypeKind::entity; };
    if (f.params.size() == 1 && entity(0)) return relation ? StoreKind::bits : StoreKind::column;
    if (f.params.size() == 2 && entity(0) && entity(1) && relation &&
        uint64_t{m_.entities.size()} * m_.entities.size() <= matrix_limit_bits) {
      return StoreKind::matrix;
    }
    return StoreKind::table;
  }

  void facts() {
    p_.facts.resize(m_.facts.size());
    for (size_t i = 0; i < m_.facts.size(); ++i) {
      const model::Fact& f = m_.facts[i];
      FactSlot& slot = p_.facts[i];
      slot.kind = store_of(f, FactId(i));
      slot.arity = static_cast<uint8_t>(f.params.size());
      slot.relation = f.result.kind == model::TypeKind::truth;
    }
    // Rules after all slots are there: they may read one another.
    uint16_t hidden = first_hidden;
    flat_.enter({}, &hidden);
    for (size_t i = 0; i < m_.facts.size(); ++i) {
      const model::Fact& f = m_.facts[i];
      if (f.role != FactRole::derived) continue;
      FactSlot& slot = p_.facts[i];
      slot.rules_begin = static_cast<uint32_t>(p_.rules.size());
      for (const auto& rule : f.rules) p_.rules.push_back({flat_.expression(rule.condition)});
      slot.rules_end = static_cast<uint32_t>(p_.rules.size());
      slot.recursive = f.recursive;
    }
    for (size_t i = 0; i < m_.facts.size(); ++i) {
      if (!p_.facts[i].recursive) continue;
      Rests rests;
      flat_.rests_fact(FactId(i), rests);
      p_.facts[i].depends.assign(rests.facts.begin(), rests.facts.end());
      p_.facts[i].timeless = !rests.on_clock && rests.histories.empty();
    }
  }

  // A clause and the chain of its reparations, which see its variables.
  void family(size_t root) {
    uint16_t hidden = first_hidden;
    std::vector<Flattener::Scope> scopes;
    std::vector<size_t> members;
    for (ClauseId id(root); id; id = m_[id].otherwise) {
      CASUS_CHECK(members.size() <= m_.clauses.size(), "reparations form a cycle");
      members.push_back(id.index());
      clause(id.index(), scopes, hidden);
    }
    for (size_t i : members) keys(i);
  }

  void clause(size_t i, std::vector<Flattener::Scope>& scopes, uint16_t& hidden) {
    const model::Clause& c = m_.clauses[i];
    ClausePlan& plan = p_.clauses[i];
    plan.active = clause_active(c);
    plan.kind = c.kind;
    plan.instrument = c.instrument;
    if (c.instrument) plan.instrument_entity = m_[c.instrument].entity.value;
    plan.trigger_kind = c.trigger.kind;
    plan.acts.resize(c.acts.size());
    if (c.trigger.pattern) scopes.push_back({m_[c.trigger.pattern].as, &plan.trigger});
    for (size_t k = 0; k < c.acts.size(); ++k) scopes.push_back({m_[c.acts[k]].as, &plan.acts[k].pattern});
    std::erase_if(scopes, [](const auto& s) { return s.as == model::no_var; });
    flat_.enter(scopes, &hidden);
    trigger(c, plan);
    norm(c, plan);
    consequence(c, plan);
  }

  void trigger(const model::Clause& c, ClausePlan& plan) {
    flat_.pattern(c.trigger.pattern, plan.trigger);
    if (c.trigger.fact_pattern.fact) {
      plan.fact_trigger.slot = c.trigger.fact_pattern.fact.value;
      flat_.arguments(c.trigger.fact_pattern.args, plan.fact_trigger.captures, plan.fact_trigger.steps);
    }
    plan.outcome = c.trigger.outcome;
    std::vector<Capture> captures;
    if (c.trigger.kind == TriggerKind::outcome)
      flat_.arguments({c.trigger.outcome_bearer}, captures, plan.outcome_steps);
    if (!captures.empty()) plan.outcome_var = captures[0].var;
    plan.moment = flat_.expression(c.trigger.condition);
    plan.where = flat_.expression(c.where);
  }

  void norm(const model::Clause& c, ClausePlan& plan) {
    plan.bearer_kind = c.bearer.kind;
    plan.bearer_var = c.bearer.var;
    if (c.bearer.kind == model::BearerKind::each || c.bearer.kind == model::BearerKind::together) {
      plan.domain = flat_.domain(c.bearer.domain);
    }
    plan.bearer = flat_.expression(c.bearer.entity);
    flat_.expressions(c.bearer.except, plan.except);
    plan.model_vars = c.trigger_vars;
    for (size_t k = 0; k < c.acts.size(); ++k) flat_.pattern(c.acts[k], plan.acts[k].pattern);
    plan.at_least = c.at_least;
    plan.act_where = flat_.expression(c.act_where);
    plan.condition = flat_.expression(c.condition);
    plan.while_ = flat_.expression(c.while_);
    plan.until = flat_.expression(c.until);
    plan.unless = flat_.expression(c.unless);
    if (c.from) plan.from = c.from->ms;
    if (c.until_instant) plan.until_instant = c.until_instant->ms;
    plan.deadline = c.deadline.kind;
    plan.within = c.deadline.within;
    plan.anchor = flat_.expression(c.deadline.anchor);
    plan.by = c.deadline.by.ms;
    plan.discretion = c.discretion;
    plan.even_if_late = c.even_if_late;
    plan.otherwise = c.otherwise;
    plan.takes_effect = c.takes_effect;
    if (c.instrument) reservations(c, plan);
    plan.alike = plan.bearer_kind != model::BearerKind::one && plan.reservations.empty() &&
                 plan.while_ == no_node && plan.unless == no_node && plan.until == no_node &&
                 std::all_of(plan.except.begin(), plan.except.end(), [&](Node e) {
                   const ExprNode& n = p_.nodes[e];
                   return n.op == NodeOp::constant || (n.op == NodeOp::var && n.a != plan.bearer_var);
                 });
  }

  void reservations(const model::Clause& c, ClausePlan& plan) {
    for (const auto& r : m_[c.instrument].reservations) {
      if (std::find(r.articles.begin(), r.articles.end(), c.article) == r.articles.end()) continue;
      plan.reservations.push_back(static_cast<uint32_t>(p_.reservations.size()));
      p_.reservations.push_back({r.party, r.from.ms, r.until.ms});
    }
  }

  // Its effects only bring its own instrument into force, or give somebody a place in it.
  bool is_final(const model::Clause& c) const {
    if (c.kind != ClauseKind::consequence || !c.instrument) return false;
    const auto own = [&](model::ExprId e) {
      return m_[e].op == model::Op::constant && m_[e].value == Value{m_[c.instrument].entity.value};
    };
    return std::all_of(c.effects.begin(), c.effects.end(), [&](const model::Effect& e) {
      if (e.kind == model::EffectKind::enters_into_force) return own(e.args[0]);
      if (e.kind != model::EffectKind::begin_fact) return false;
      if (e.fact == model::fact_party) return own(e.args[1]);
      return m_[e.fact].role == FactRole::role && m_[e.fact].instrument == c.instrument;
    });
  }

  void consequence(const model::Clause& c, ClausePlan& plan) {
    plan.after = c.after;
    plan.final_clause = is_final(c);
    plan.of_event = c.of_event;
    for (const auto& e : c.effects) {
      EffectPlan effect;
      effect.kind = e.kind;
      effect.event = e.event;
      effect.slot = e.fact ? e.fact.value : 0;
      flat_.expressions(e.args, effect.args);
      effect.value = flat_.expression(e.value);
      plan.effects.push_back(std::move(effect));
    }
  }

  // What an instance keeps, and the arguments of its acts that are fixed at birth.
  void keys(size_t i) {
    ClausePlan& plan = p_.clauses[i];
    std::vector<uint8_t> kept(frame_limit);
    std::vector<uint8_t> at_act(frame_limit);
    const auto mark = [](std::vector<uint8_t>& in, const std::vector<Capture>& captures) {
      for (const Capture& cap : captures) in[cap.var] = 1;
    };
    for (const ActPlan& act : plan.acts) {
      mark(at_act, act.pattern.captures);
      mark(at_act, act.pattern.content_captures);
    }
    // What this clause's trigger binds, and for a reparation all that came before it. A quantifier's variable is bound by
    // neither, though it may lie between theirs.
    for (ClauseId at(i); at;
         at = m_[at].trigger.kind == TriggerKind::reparation ? m_[at].trigger.parent : ClauseId()) {
      const ClausePlan& source = p_.clauses[at.index()];
      mark(kept, source.trigger.captures);
      mark(kept, source.trigger.content_captures);
      mark(kept, source.fact_trigger.captures);
      if (source.outcome_var != model::no_var) kept[source.outcome_var] = 1;
      if (at.index() == i) continue;
      if (source.bearer_var != model::no_var) kept[source.bearer_var] = 1;
      for (const ActPlan& act : source.acts) mark(kept, act.pattern.captures);
    }
    for (VarIndex v = 0; v < frame_limit; ++v) {
      if (kept[v] && !at_act[v] && v != plan.bearer_var) plan.stored.push_back(v);
    }
    for (ActPlan& act : plan.acts) {
      std::vector<MatchStep> rest;
      for (const MatchStep& step : act.pattern.steps) {
        if (step.op != StepOp::is_var) {
          rest.push_back(step);
        } else if (step.index == plan.bearer_var && act.by < 0 &&
                   step.param == static_cast<uint8_t>(event_by(act))) {
          act.by = step.param;
        } else if (!plan.standing() &&
                   std::find(plan.stored.begin(), plan.stored.end(), step.index) != plan.stored.end()) {
          act.key_params.push_back(step.param);
          ExprNode n;
          n.op = NodeOp::var;
          n.a = step.index;
          p_.nodes.push_back(n);
          act.key_values.push_back(static_cast<Node>(p_.nodes.size() - 1));
        } else {
          rest.push_back(step);
        }
      }
      act.pattern.steps = std::move(rest);
      const PatternPlan& asked = act.pattern;
      act.by_key = act.by >= 0 && asked.steps.empty() && asked.captures.empty() && !asked.has_content &&
                   asked.content_steps.empty() && asked.content_captures.empty() && !asked.decided &&
                   plan.act_where == no_node;
    }
  }

  int event_by(const ActPlan& act) const { return p_.events[act.pattern.event.index()].by; }

  void clauses() {
    p_.clauses.resize(m_.clauses.size());
    for (size_t i = 0; i < m_.clauses.size(); ++i) {
      if (m_.clauses[i].trigger.kind != TriggerKind::reparation) family(i);
    }
    prevailing();
  }

  void prevailing() {
    std::vector<ClauseId> prohibitions;
    for (size_t i = 0; i < p_.clauses.size(); ++i) {
      if (p_.clauses[i].active && p_.clauses[i].kind == ClauseKind::prohibition)
        prohibitions.push_back(ClauseId(i));
    }
    for (size_t i = 0; i < p_.clauses.size(); ++i) {
      const model::Clause& c = m_.clauses[i];
      if (!p_.clauses[i].active || c.kind == ClauseKind::prohibition || c.kind == ClauseKind::consequence)
        continue;
      const bool over_all = c.instrument && m_[c.instrument].prevails_over_all;
      for (ClauseId p : prohibitions) {
        const model::Clause& over = m_[p];
        bool prevails = over_all && over.instrument && over.instrument != c.instrument;
        for (const auto& ref : c.prevails_over) {
          prevails |= ref.instrument == over.instrument && (!ref.article || ref.article == over.article);
        }
        if (prevails) p_.clauses[i].prevails_over.push_back(p);
      }
    }
  }

  void bodies() {
    uint16_t hidden = first_hidden;
    flat_.enter({}, &hidden);
    for (const auto& b : m_.bodies) {
      BodyPlan plan;
      plan.active = instrument_active(b.instrument);
      plan.entity = b.entity;
      plan.instrument = b.instrument;
      plan.members = flat_.domain(b.members);
      plan.chair = b.chair;
      plan.votes_may_change = b.votes_may_change;
      for (const auto& d : b.decisions) {
        if (d.left_out) continue;
        DecisionPlan decision;
        flat_.pattern(d.content, decision.content);
        decision.where = flat_.expression(d.where);
        decision.rule = d.rule.value;
        decision.deadline = d.within.kind;
        decision.within = d.within.within;
        decision.anchor = flat_.expression(d.within.anchor);
        decision.by = d.within.by.ms;
        decision.recused_var = d.recused_var;
        decision.recused = flat_.expression(d.recused);
        plan.decisions.push_back(std::move(decision));
      }
      p_.bodies.push_back(std::move(plan));
    }
    for (const auto& r : m_.rules) {
      RulePlan plan;
      plan.nodes = r.nodes;
      plan.root = r.root;
      for (const auto& c : r.comparisons) plan.comparisons.push_back(comparison(c));
      p_.rule_plans.push_back(std::move(plan));
    }
  }

  ComparisonPlan comparison(const model::Comparison& c) {
    ComparisonPlan plan;
    plan.constant = c.constant;
    plan.compare = c.compare;
    for (const auto& t : c.terms) {
      TallyPlan tally;
      tally.coefficient = t.coefficient;
      tally.choices = t.choices;
      tally.everybody = !t.from.has_value();
      if (t.from) tally.from = flat_.domain(*t.from);
      tally.weighted = t.weight.valid();
      if (t.weight) tally.weight = t.weight.value;
      plan.uniform &= tally.everybody && !tally.weighted;
      plan.terms.push_back(tally);
    }
    return plan;
  }

  DutyUse duty_use(ClauseId id, uint32_t k) const {
    const ActPlan& act = p_.clauses[id.index()].acts[k];
    DutyUse use;
    use.clause = id;
    use.act = k;
    use.by_bearer = act.by >= 0;
    use.by_key = act.by_key;
    for (uint8_t param : act.key_params) use.key_params[use.keys++] = param;
    return use;
  }

  void lists() {
    p_.outcome_triggers.resize(m_.clauses.size());
    p_.begin_triggers.resize(m_.facts.size());
    p_.end_triggers.resize(m_.facts.size());
    for (size_t i = 0; i < p_.clauses.size(); ++i) {
      const ClausePlan& c = p_.clauses[i];
      if (!c.active) continue;
      const ClauseId id(i);
      for (uint32_t k = 0; k < c.acts.size(); ++k) {
        EventPlan& e = p_.events[c.acts[k].pattern.event.index()];
        if (c.kind == ClauseKind::prohibition)
          e.prohibitions.push_back({id, k});
        else
          e.covering.push_back({id, k});
        if (c.kind == ClauseKind::power) e.powers.push_back({id, k});
        if (c.kind == ClauseKind::obligation) e.duties.push_back(duty_use(id, k));
      }
      switch (c.trigger_kind) {
        case TriggerKind::event:
          p_.events[c.trigger.event.index()].triggers.push_back(id);
          break;
        case TriggerKind::rejected:
          p_.rejected_triggers.push_back(id);
          break;
        case TriggerKind::fact_begins:
          p_.begin_triggers[c.fact_trigger.slot].push_back(id);
          break;
        case TriggerKind::fact_ends:
          p_.end_triggers[c.fact_trigger.slot].push_back(id);
          break;
        case TriggerKind::outcome:
          for (ClauseId target : m_.clauses[i].trigger.targets) {
            p_.outcome_triggers[target.index()].push_back(id);
            p_.clauses[target.index()].heard |= static_cast<uint8_t>(1u << static_cast<uint32_t>(c.outcome));
          }
          break;
        case TriggerKind::none:
          if (c.is_duty()) p_.standing.push_back(id);
          break;
        case TriggerKind::becomes_true:
        case TriggerKind::reparation:
          break;
      }
    }
    for (size_t i = 0; i < p_.events.size(); ++i) {
      EventPlan& e = p_.events[i];
      for (DutyUse& use : e.duties) {
        const ClausePlan& c = p_.clauses[use.clause.index()];
        use.quiet =
            c.at_least == 1 && (c.heard >> static_cast<uint32_t>(model::OutcomeKind::performance) & 1) == 0;
      }
      e.plain = i > model::event_close.value && !e.institutional && !e.remembered && e.prohibitions.empty() &&
                e.histories.empty();
      if (e.duties.size() != 1) continue;
      e.only = e.duties.front();
      e.single = e.only.by_bearer && e.only.by_key && e.only.quiet;
    }
  }

  void watch(const Rests& rests, ClauseId id, std::vector<ClauseId> Watch::*list) {
    for (uint32_t f : rests.facts) append(p_.fact_watch[f].*list, id);
    for (uint32_t h : rests.histories) append(p_.histories[h].watch.*list, id);
  }
  static void append(std::vector<ClauseId>& list, ClauseId id) {
    if (list.empty() || list.back() != id) list.push_back(id);
  }

  void watches() {
    p_.fact_watch.resize(m_.facts.size());
    p_.instrument_watch.resize(m_.instruments.size());
    for (size_t i = 0; i < p_.clauses.size(); ++i) {
      const model::Clause& c = m_.clauses[i];
      const ClausePlan& plan = p_.clauses[i];
      if (!plan.active) continue;
      const ClauseId id(i);
      if (plan.trigger_kind == TriggerKind::becomes_true) {
        Rests moment;
        flat_.rests(c.trigger.condition, moment);
        watch(moment, id, &Watch::moments);
      }
      if (plan.kind == ClauseKind::consequence) continue;
      const bool births = plan.standing() && plan.is_duty();
      if (plan.standing() && !births) continue;  // asked at the act
      Rests rests;
      flat_.rests(c.until, rests);
      flat_.rests(c.while_, rests);
      flat_.rests(c.condition, rests);
      const bool party = plan.domain.kind == DomainPlan::Kind::party;
      const bool has_domain =
          plan.bearer_kind == model::BearerKind::each || plan.bearer_kind == model::BearerKind::together;
      if (has_domain && !party) flat_.rests(c.bearer.domain, rests);
      watch(rests, id, &Watch::duties);
      if (births) {
        flat_.rests(c.unless, rests);
        flat_.rests(c.bearer.entity, rests);
        watch(rests, id, &Watch::births);
      }
      const auto by_instrument = [&](InstrumentId instrument) {
        append(p_.instrument_watch[instrument.index()].duties, id);
        if (births) append(p_.instrument_watch[instrument.index()].births, id);
      };
      if (c.instrument) by_instrument(c.instrument);
      if (has_domain && party && plan.domain.index != c.instrument.value)
        by_instrument(InstrumentId(plan.domain.index));
    }
  }

  const model::Model& m_;
  Program& p_;
  Flattener flat_;
  model::ViewpointId view_;
};

}  // namespace

Program compile(const model::Model& model, std::span<const model::Under> under, model::ViewpointId view,
                std::span<const model::ExprId> questions) {
  Program program;
  Compiler(model, under, view, program).run(questions);
  return program;
}

}  // namespace casus::program
