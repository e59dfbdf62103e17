// SPDX-License-Identifier: Apache-2.0
// Duties, prohibitions, permissions and powers: who bears them, the act.
#include "model/resolver.h"
#include "text/words.h"

namespace casus::model {

bool Resolver::norm(ClauseId id, Clause& c, NodeId n) {
  act_named_it_ = frame_->it == no_var && mentions(n, "it");
  return bearer(c, nth(n, 0)) && act(c, nth(n, 2), nth(n, 1)) && excepted(c, nth(n, 0)) &&
         modifiers(id, c, n);
}

// ---- the bearer ----

bool Resolver::bearer(Clause& c, NodeId n) {
  const NodeId leaf = child(n, NodeKind::Name);
  KindId of = kind_actor;
  if (kind(n) == NodeKind::BearerOne) {
    c.bearer.kind = BearerKind::one;
    if (find_var(name(leaf)) == no_var && !find_entity(leaf, false)) {
      Span elsewhere;
      std::string one(name(leaf));
      std::string other = other_sort(one, &elsewhere);
      if (other.empty()) other = other_sort(one = singular(one), &elsewhere);
      if (other == "a group" || other == "a role" || other == "a kind" || one == "party") {
        error(Diag::wrong_sort, span(leaf), '`' + std::string(name(leaf)) + "` is no single bearer",
              "write `each " + one + "`, or `the " + one + " together`", declared(elsewhere), "each " + one);
        return false;
      }
    }
    c.bearer.entity = actor_named(leaf);
    if (!c.bearer.entity) return false;
    of = KindId(m_[c.bearer.entity].type.id);
  } else {
    c.bearer.kind = kind(n) == NodeKind::BearerEach ? BearerKind::each : BearerKind::together;
    const auto d = find_domain(leaf, true);
    if (!d) return false;
    c.bearer.domain = *d;
    of = domain_kind(*d);
    if (!fits(entity_type(of), entity_type(kind_actor))) {
      error(Diag::bearer_not_actor, span(leaf),
            article_name(m_[of].name) + " bears no duties and has no powers", "name actors");
      return false;
    }
  }
  const NodeId var = child(n, NodeKind::VarName);
  c.bearer.var = add_var(name(var), entity_type(of), span(var ? var : n));
  return c.bearer.var != no_var;
}

bool Resolver::excepted(Clause& c, NodeId n) {
  frame_->act_hidden = true;
  for (NodeId e : children(child(n, NodeKind::Except))) {
    const ExprId who = actor(e, "who is excepted");
    if (who) c.bearer.except.push_back(who);
  }
  frame_->act_hidden = false;
  return c.bearer.except.size() == children(child(n, NodeKind::Except)).size();
}

// A variable, an entity or a body, named without an expression around it.
ExprId Resolver::actor_named(NodeId leaf) {
  const ExprId e = name_ref(leaf, entity_type(kind_actor));
  if (!e) return {};
  if (expr_fits(e, entity_type(kind_actor))) return e;
  error(Diag::bearer_not_actor, span(leaf), type_name(m_[e].type) + " bears no duties and has no powers",
        "name an actor");
  return {};
}

// ---- the act ----

bool Resolver::act(Clause& c, NodeId n, NodeId modal) {
  const bool shall = kind(modal) == NodeKind::Shall, may = kind(modal) == NodeKind::May;
  if (kind(n) == NodeKind::Ensure || kind(n) == NodeKind::BringAbout) {
    if (!shall) {
      error(Diag::modal_of_state, span(modal), "only `shall` goes with what must be kept or made true",
            may ? "name the act that may be done" : "write `shall ensure not …`");
      return false;
    }
    c.kind = kind(n) == NodeKind::Ensure ? ClauseKind::maintenance : ClauseKind::bring_about;
    frame_->act_begin = frame_->act_end = static_cast<VarIndex>(frame_->vars.size());
    c.condition = condition(nth(n, 0));
    return c.condition.valid();
  }
  std::vector<NodeId> names = all(n, NodeKind::ActName);
  if (names.empty()) names.push_back(child(n, NodeKind::Name));
  if (names.size() > max_acts) {
    error(Diag::too_many_acts, span(names[max_acts]),
          std::to_string(names.size()) + " acts stand in one list, and " + std::to_string(max_acts) +
              " are the most",
          "put the acts from here on into another clause");
    return false;
  }
  frame_->act_begin = static_cast<VarIndex>(frame_->vars.size());
  for (NodeId leaf : names) {
    const EventTypeId e = event(leaf);
    if (!e || !act_pattern(c, e, n, leaf)) return rebinding_ = false;
    rebinding_ = true;
  }
  rebinding_ = false;
  frame_->act_end = frame_->bound;
  return act_count(c, n) && act_kind(c, n, shall, may);
}

bool Resolver::act_count(Clause& c, NodeId n) {
  const NodeId number = child(n, NodeKind::Number);
  if (!number) return true;
  const auto least = whole(number);
  if (!least) return false;
  if (*least < 1 || *least > static_cast<int64_t>(c.acts.size())) {
    error(Diag::at_least_of, span(number),
          std::to_string(*least) + " of " + std::to_string(c.acts.size()) + " acts are asked for",
          "write a number from 1 to " + std::to_string(c.acts.size()) + ", or add acts to the list");
    return false;
  }
  c.at_least = static_cast<uint32_t>(*least);
  return true;
}

bool Resolver::act_kind(Clause& c, NodeId n, bool shall, bool may) {
  if (!may) {
    c.kind = shall ? ClauseKind::obligation : ClauseKind::prohibition;
    return true;
  }
  const bool institutional = m_[m_[c.acts.front()].event].institutional;
  for (PatternId p : c.acts) {
    if (m_[m_[p].event].institutional == institutional) continue;
    error(Diag::mixed_acts, span(n), "some of these acts need a power and some need none",
          "make two clauses: one for the institutional events, one for the others");
    return false;
  }
  c.kind = institutional ? ClauseKind::power : ClauseKind::permission;
  return true;
}

// One act; who does it is the bearer, unless the pattern says.
bool Resolver::act_pattern(Clause& c, EventTypeId id, NodeId n, NodeId leaf) {
  const EventType& e = m_[id];
  if (e.by == 0xFF) {
    error(Diag::act_without_actor, span(leaf), '`' + e.name + "` is nobody's act: it has no parameter `by`",
          "add `by: actor` to the event, or use `ensure` or `bring about`", declared(e.span));
    return false;
  }
  const uint8_t by = e.by;
  VarIndex as = no_var;
  if (act_named_it_ && !rebinding_ && !name_occurrence(as, id, {}, span(leaf))) return false;
  if (rebinding_ && act_named_it_) {
    as = frame_->it;
    if (frame_->types[as] != event_type(id))
      frame_->types[as] = event_type(EventTypeId());  // any of the acts
  }
  const VarIndex it = frame_->it;
  if (as != no_var) frame_->it = no_var;  // what is needed for the act is not the act itself
  const PatternId p = pattern_of(id, n, Mode::binds);
  frame_->it = it;
  if (!p) return false;
  c.acts.push_back(p);
  Pattern& made = m_.patterns[p.index()];
  made.as = as;
  PatternArg& actor = made.args[by];
  if (actor.mode != ArgMode::any || says_by(n)) return true;
  actor.mode = ArgMode::match;
  actor.match = make_var(c.bearer.var, span(leaf));
  const Type bearer = frame_->types[c.bearer.var], wanted = m_[id].params[by].type;
  if (c.bearer.entity ? expr_fits(c.bearer.entity, wanted) : fits(bearer, wanted)) return true;
  error(Diag::type_mismatch, span(leaf),
        '`' + m_[id].name + "` is done by " + type_name(wanted) + ", and the bearer is " + type_name(bearer),
        "name a bearer that is " + type_name(wanted), declared(m_[id].span));
  return false;
}

bool Resolver::says_by(NodeId n) const {
  for (NodeId arg : all(n, NodeKind::Arg)) {
    const NodeId label_node = child(arg, NodeKind::ArgLabel);
    if (label_node && name(label_node) == "by") return true;
  }
  return false;
}

}  // namespace casus::model
