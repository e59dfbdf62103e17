// SPDX-License-Identifier: Apache-2.0
// Bodies: members, chair, what they decide and by which rule.
#include "model/resolver.h"

namespace casus::model {

void Resolver::body(BodyId id, NodeId n) {
  place(m_[id].instrument);
  for (NodeId rule_node : all(n, NodeKind::Rule)) make_rule(id, rule_node);
  bool members = false, chair = false;
  for (NodeId item : children(n)) {
    Body& b = m_.bodies[id.index()];
    switch (kind(item)) {
      case NodeKind::Members:
        if (twice(members, item)) break;
        if (const auto d = find_domain(nth(item, 0), true)) {
          b.members = *d;
          if (!fits(entity_type(domain_kind(*d)), entity_type(kind_actor))) {
            error(Diag::bearer_not_actor, span(nth(item, 0)),
                  article_name(m_[domain_kind(*d)].name) + " does not vote", "name actors");
          }
        }
        break;
      case NodeKind::Chair:
        if (!twice(chair, item)) b.chair = entity(nth(item, 0));
        break;
      case NodeKind::VotesMayChange:
        b.votes_may_change = true;
        break;
      case NodeKind::Decides: {
        Decision d;
        d.span = span(item);
        if (const NodeId when = child(item, NodeKind::OnlyWhen)) d.only_if = only_if(nth(when, 0));
        decision(id, std::move(d),
                 {child(item, NodeKind::Pattern), children(item), {}, child(item, NodeKind::RuleName)});
        break;
      }
      default:
        break;
    }
  }
  if (!members) {
    error(Diag::body_without_members, m_[id].span, "the body `" + m_[id].name + "` has no members",
          "add `members party;` or a role or group");
  }
}

bool Resolver::twice(bool& before, NodeId item) {
  if (before) {
    error(Diag::modifier_twice, span(item), '`' + first_word(item) + "` stands here for the second time",
          "take one of the two away");
    return true;
  }
  before = true;
  return false;
}

// X may PATTERN … by RULE, where X is a body and no variable.
bool Resolver::is_decision(NodeId norm_node) {
  const NodeId bearer = nth(norm_node, 0);
  if (kind(bearer) != NodeKind::BearerOne || kind(nth(norm_node, 1)) != NodeKind::May ||
      !child(norm_node, NodeKind::ByRule))
    return false;
  if (find_var(name(bearer)) != no_var) return false;
  const EntityId e = find_entity(bearer, false);
  return e && m_[e].body;
}

void Resolver::decision_clause(NodeId n, NodeId norm_node) {
  for (NodeKind k : {NodeKind::When, NodeKind::Once, NodeKind::UnderReading}) {
    const NodeId head = child(n, k);
    if (!head) continue;
    return error(Diag::modifier_not_for, span(head), "what a body may decide is not made to depend on this",
                 "ask for it in `where`, as in `where happened …`");
  }
  const NodeId act = nth(norm_node, 2);
  if (kind(act) != NodeKind::Pattern) {
    return error(Diag::modal_of_state, span(act), "a body decides on an event",
                 "name the one event that it may decide");
  }
  Decision d;
  d.article = article_;
  d.only_if = only_if_;
  d.span = span(n);
  const NodeId while_node = child(n, NodeKind::While);
  decision(m_[find_entity(nth(norm_node, 0), false)].body, std::move(d),
           {act, children(norm_node).subspan(3), while_node ? nth(while_node, 0) : NodeId(),
            child(norm_node, NodeKind::ByRule)});
}

void Resolver::decision(BodyId body, Decision d, const DecisionParts& parts) {
  Frame frame;
  frame_ = &frame;
  d.content = pattern(parts.pattern, Mode::binds);
  bool good = d.content && decidable(d.content, span(parts.pattern));
  d.rule = rule(body, parts.rule);
  std::vector<NodeKind> seen;
  for (NodeId p : parts.modifiers) {
    if (good) good = decision_part(d, p, domain_kind(m_[body].members), seen);
  }
  if (good && parts.while_) d.where = both(d.where, condition(parts.while_));
  frame_ = nullptr;
  d.vars = std::move(frame.vars);
  d.var_types = std::move(frame.types);
  if (good && d.rule) m_.bodies[body.index()].decisions.push_back(std::move(d));
}

bool Resolver::decision_part(Decision& d, NodeId p, KindId member, std::vector<NodeKind>& seen) {
  switch (kind(p)) {
    case NodeKind::Pattern:
    case NodeKind::RuleName:
    case NodeKind::OnlyWhen:
      return true;
    case NodeKind::ByRule:
    case NodeKind::Within:
    case NodeKind::By:
    case NodeKind::Where:
    case NodeKind::Recused:
      break;
    default:
      error(Diag::modifier_not_for, span(p), "what a body may decide takes no `" + first_word(p) + '`',
            "ask for it in `where`");
      return false;
  }
  if (!once_only(p, seen)) return false;
  if (kind(p) == NodeKind::Within || kind(p) == NodeKind::By) return deadline(d.within, p);
  if (kind(p) == NodeKind::Where) {
    d.where = condition(nth(p, 0));
    return d.where.valid();
  }
  if (kind(p) == NodeKind::ByRule) return true;
  const NodeId voter = child(p, NodeKind::Name);
  const size_t before = frame_->visible.size();
  d.recused_var =
      add_var(voter ? name(voter) : std::string_view(), entity_type(member), span(voter ? voter : p));
  if (d.recused_var == no_var) return false;
  d.recused = condition(last(p));
  frame_->visible.resize(before);
  return d.recused.valid();
}

}  // namespace casus::model
