// SPDX-License-Identifier: Apache-2.0
// Clauses: their triggers; what they are numbered; outcomes, whose targets are known when all clauses are.
#include "model/resolver.h"

namespace casus::model {

// Reserves the clause's place, so that its reparation comes after it.
ClauseId Resolver::new_clause(Clause& c, NodeId n) {
  const ClauseId id(m_.clauses.size());
  c.instrument = instrument_;
  c.article = article_;
  c.only_if = only_if_;
  c.span = span(n);
  uint32_t& count = numbers_[{instrument_.value, article_.value}];
  c.number = ++count;
  m_.clauses.emplace_back();
  if (instrument_) m_.instruments[instrument_.index()].clauses.push_back(id);
  if (article_) m_.articles[article_.index()].clauses.push_back(id);
  return id;
}

void Resolver::put(ClauseId id, Clause c, Frame frame) {
  c.vars = std::move(frame.vars);
  c.var_types = std::move(frame.types);
  m_.clauses[id.index()] = std::move(c);
}

void Resolver::clause(NodeId n) {
  const NodeId norm_node = child(n, NodeKind::Norm);
  if (norm_node && is_decision(norm_node)) return decision_clause(n, norm_node);
  Clause c;
  const ClauseId id = new_clause(c, n);
  Frame frame;
  frame_ = &frame;
  bool good = true;
  frame.no_it = "this clause has no event: write `any`, or begin with `when` and an event";
  if (const NodeId when = child(n, NodeKind::When)) {
    good = trigger(id, c, n, when);
  } else if (const NodeId once = child(n, NodeKind::Once)) {
    frame.no_it = "a moment after `once` is no event: write `any`, or begin with `when` and an event";
    c.trigger.kind = TriggerKind::becomes_true;
    c.trigger.condition = condition(nth(once, 0));
  }
  c.trigger_vars = frame.bound;
  const size_t seen = frame.visible.size();
  const VarIndex it = frame.it;
  if (const NodeId under = child(n, NodeKind::UnderReading)) {
    c.reading = reading(nth(under, 0));
    const auto option = c.reading ? reading_option(c.reading, nth(under, 1)) : std::nullopt;
    c.reading_option = option.value_or(0);
    if (!option) c.reading = {};
  }
  // With a broken trigger its variables are unknown: to look at the rest would repeat one cause.
  if (good && norm_node)
    norm(id, c, norm_node);
  else if (good)
    consequence(c, child(n, NodeKind::Consequence));
  // Last, so that the bearer's variable and the act's come right after the trigger's; but these know the
  // trigger's only.
  frame.visible.resize(seen);
  frame.it = it;
  if (good) heads(c, n);
  frame_ = nullptr;
  put(id, std::move(c), std::move(frame));
}

// `where` at the trigger, and `while` before the norm or consequence.
void Resolver::heads(Clause& c, NodeId n) {
  if (const NodeId where = child(child(n, NodeKind::When), NodeKind::Where)) c.where = condition(last(where));
  const NodeId while_node = child(n, NodeKind::While);
  if (!while_node) return;
  ExprId& place = c.kind == ClauseKind::consequence ? c.where : c.while_;
  place = both(condition(nth(while_node, 0)), place);
}

// False when a variable that the trigger would have bound is missing.
bool Resolver::trigger(ClauseId id, Clause& c, NodeId clause_node, NodeId when) {
  const NodeId t = nth(when, 0), as = child(when, NodeKind::As);
  const NodeKind k = kind(t);
  if (k == NodeKind::TriggerBegins || k == NodeKind::TriggerEnds || k == NodeKind::TriggerOutcome) {
    if (as) {
      error(Diag::nothing_for_it, span(as), "only an event can be named with `as`",
            "this trigger is no event");
      return false;
    }
    frame_->no_it =
        k == NodeKind::TriggerOutcome
            ? "the outcome of a duty is no event: write `any`, or begin with `when` and an event"
            : "a fact that begins or ends is no event: write `any`, or begin with `when` and an event";
    if (k == NodeKind::TriggerOutcome) return outcome_trigger(id, c, t);
    auto p = fact_pattern(child(t, NodeKind::Pattern));
    if (!p) return false;
    c.trigger.kind = k == NodeKind::TriggerBegins ? TriggerKind::fact_begins : TriggerKind::fact_ends;
    c.trigger.fact_pattern = std::move(*p);
    return true;
  }
  const NodeId pattern_node = k == NodeKind::Pattern ? t : child(t, NodeKind::Pattern);
  c.trigger.kind = k == NodeKind::TriggerRejected ? TriggerKind::rejected : TriggerKind::event;
  const EventTypeId e = event(child(pattern_node, NodeKind::Name));
  if (!e) return false;
  const bool named = as || mentions(clause_node, "it");
  if (k == NodeKind::TriggerRejected && named) {
    error(Diag::nothing_for_it, span(as ? as : t),
          "a motion that was rejected is no event that `it` or a name could mean",
          "bind what it was about, as in `rejected invite(state s)`");
    return false;
  }
  VarIndex occurrence = no_var;
  if (named &&
      !name_occurrence(occurrence, e, as ? name(as) : std::string_view(), span(as ? name_node(as) : t)))
    return false;
  c.trigger.pattern = pattern_of(e, pattern_node, Mode::binds);
  if (!c.trigger.pattern) return false;
  if (k != NodeKind::Pattern && !decidable(c.trigger.pattern, span(pattern_node))) return false;
  Pattern& p = m_.patterns[c.trigger.pattern.index()];
  p.decided = k == NodeKind::TriggerDecided;
  p.as = occurrence;
  return true;
}

// A variable for the occurrence itself, which `it` means too.
bool Resolver::name_occurrence(VarIndex& as, EventTypeId event, std::string_view word, Span at) {
  as = add_var(word, event_type(event), at);
  if (as == no_var) return false;
  frame_->it = as;
  frame_->captured.push_back(as);
  return true;
}

// Only what a body can do can be decided: an event with a `by` that takes a body.
bool Resolver::decidable(PatternId id, Span at) {
  const EventType& e = m_[m_[id].event];
  if (e.by != 0xFF && fits(entity_type(kind_body), e.params[e.by].type)) return true;
  error(Diag::not_decidable, at, "no body can decide `" + e.name + "`: it is not done by an actor",
        "give the event a parameter `by: actor`", declared(e.span));
  return false;
}

bool Resolver::outcome_trigger(ClauseId id, Clause& c, NodeId n) {
  const std::string_view word = name(nth(n, 0));
  c.trigger.kind = TriggerKind::outcome;
  c.trigger.outcome = word == "breach"        ? OutcomeKind::breach
                      : word == "performance" ? OutcomeKind::performance
                      : word == "release"     ? OutcomeKind::release
                                              : OutcomeKind::non_performance;
  const NodeId ref_node = child(n, NodeKind::ArticleRef);
  const ClauseRef ref = article_ref(ref_node, false);
  if (ref.instrument) pending_.push_back({id, ref, span(ref_node), where_});
  const NodeId binder = child(n, NodeKind::Binder);
  if (binder && !bind(nth(binder, 0), nth(binder, 1), entity_type(kind_actor), c.trigger.outcome_bearer))
    return false;
  frame_->bound = static_cast<VarIndex>(frame_->vars.size());
  return true;
}

void Resolver::outcome_targets() {
  for (const Pending& p : pending_) {
    std::vector<ClauseId>& targets = m_.clauses[p.clause.index()].trigger.targets;
    const auto& candidates = p.ref.article ? m_[p.ref.article].clauses : m_[p.ref.instrument].clauses;
    for (ClauseId id : candidates) {
      const ClauseKind k = m_[id].kind;
      const bool duty = k == ClauseKind::obligation || k == ClauseKind::bring_about ||
                        k == ClauseKind::maintenance || k == ClauseKind::prohibition;
      if (duty && id != p.clause) targets.push_back(id);
    }
    if (!targets.empty()) continue;
    where_ = p.where;
    error(Diag::no_duty_there, p.span, "nothing here is a duty, so none can be breached or performed",
          "name an article with a `shall`");
  }
}

}  // namespace casus::model
