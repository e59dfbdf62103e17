// SPDX-License-Identifier: Apache-2.0
// Instruments: their life, parties and roles with dates, reservations, articles.
#include <algorithm>

#include "model/resolver.h"

namespace casus::model {

void Resolver::instrument_body(const Decl& d) {
  const InstrumentId id(d.index);
  place(id);
  // Parties and roles without a date of their own count from the first day in force.
  in_force_from_ = Instant::far_future();
  for (NodeId item : children(d.node)) {
    if (kind(item) != NodeKind::InForce && kind(item) != NodeKind::Provisional) continue;
    if (const auto w = instant_of(child(item, NodeKind::From)))
      in_force_from_ = std::min(in_force_from_, w->at);
  }
  if (in_force_from_ == Instant::far_future()) in_force_from_ = Instant::far_past();
  for (NodeId item : children(d.node)) instrument_item(id, item);
}

void Resolver::instrument_item(InstrumentId id, NodeId item) {
  Instrument& i = m_.instruments[id.index()];
  switch (kind(item)) {
    case NodeKind::Cite:
      i.cite = syntax::string_value(text(child(item, NodeKind::String)));
      break;
    case NodeKind::Binding:
      binding(i, child(item, NodeKind::Name));
      break;
    case NodeKind::Signed:
      if (const auto w = instant_of(item)) i.signed_on = w->at;
      break;
    case NodeKind::Draft:
      if (const auto w = instant_of(item)) i.draft_since = w->at;
      break;
    case NodeKind::InForce:
    case NodeKind::Provisional:
      in_force(id, item);
      break;
    case NodeKind::InForceOnce:
      once(item, EffectKind::enters_into_force);
      break;
    case NodeKind::EndsOnce:
      once(item, EffectKind::terminated);
      break;
    case NodeKind::SourceRef:
      if (const SourceRefId s = source(item)) i.sources.push_back(s);
      break;
    case NodeKind::Wording:
      i.wording = wording(item);
      break;
    case NodeKind::Parties:
      parties(id, item);
      break;
    case NodeKind::Role:
      role_members(item);
      break;
    case NodeKind::Reservation:
      reservation(id, item);
      break;
    case NodeKind::PrevailsOverAll:
      i.prevails_over_all = true;
      break;
    case NodeKind::Clause:
      clause(item);
      break;
    case NodeKind::Article:
      if (const Decl* a = decl_of(item)) article_body(ArticleId(a->index), item);
      place(id);
      break;
    default:
      break;  // bodies and readings are resolved already
  }
}

void Resolver::binding(Instrument& i, NodeId leaf) {
  const std::string_view word = text(leaf);
  if (word == "law")
    i.binding = Binding::law;
  else if (word == "politics")
    i.binding = Binding::politics;
  else if (word == "none")
    i.binding = Binding::none;
  else {
    const std::string near = nearest_name(word, {"law", "politics", "none"});
    error(Diag::unknown_binding, span(leaf),
          "an instrument binds by law, by politics or not at all, not by `" + std::string(word) + '`',
          near.empty() ? "write `law`, `politics` or `none`" : "did you mean `" + near + "`?", {}, near);
  }
}

std::optional<Wording> Resolver::wording(NodeId item) {
  const NodeId leaf = child(item, NodeKind::Name);
  const std::string_view mark = text(leaf);
  if (mark != "V" && mark != "S" && mark != "U") {
    error(Diag::unknown_wording, span(leaf),
          '`' + std::string(mark) + "` does not say how the wording is known",
          "write V (the text was read), S (a secondary source was read) or U (unverified)");
    return std::nullopt;
  }
  const NodeId where = child(item, NodeKind::String);
  return Wording{mark[0], where ? syntax::string_value(text(where)) : std::string()};
}

void Resolver::in_force(InstrumentId id, NodeId item) {
  GivenFact g;
  g.fact = fact_in_force;
  g.args[0] = m_[id].entity.value;
  g.instrument = id;
  g.span = span(item);
  dates(item, g.from, g.until);
  m_.givens.push_back(std::move(g));
}

// in force once X; ends once X: a consequence like any other.
void Resolver::once(NodeId item, EffectKind effect) {
  Clause c;
  const ClauseId id = new_clause(c, item);
  Frame frame;
  frame_ = &frame;
  c.kind = ClauseKind::consequence;
  c.trigger.kind = TriggerKind::becomes_true;
  c.trigger.condition = condition(nth(item, 0));
  Effect e;
  e.kind = effect;
  e.span = span(item);
  e.args = {entity_constant(m_[instrument_].entity, span(item))};
  c.effects.push_back(std::move(e));
  if (const NodeId after = child(item, NodeKind::After))
    c.after = duration(child(after, NodeKind::Duration)).value_or(Duration{});
  frame_ = nullptr;
  put(id, std::move(c), std::move(frame));
}

void Resolver::parties(InstrumentId id, NodeId item) {
  GivenFact g;
  g.fact = fact_party;
  g.args[1] = m_[id].entity.value;
  g.instrument = id;
  g.from = in_force_from_;
  dates(item, g.from, g.until);
  const NodeId successor_of = child(item, NodeKind::SuccessorOf);
  const EntityId predecessor = successor_of ? actor_entity(child(successor_of, NodeKind::Name)) : EntityId();
  if (successor_of && !child(item, NodeKind::From)) {
    return error(Diag::succession_date, span(item), "the succession has no date",
                 "add `from` and the date at which it took place");
  }
  for (NodeId leaf : all(item, NodeKind::Name)) {
    const EntityId e = actor_entity(leaf);
    if (!e) continue;
    if (successor_of) {
      if (predecessor) m_.successions.push_back({id, e, predecessor, g.from});
      continue;
    }
    g.args[0] = e.value;
    g.span = span(leaf);
    m_.givens.push_back(g);
  }
}

void Resolver::role_members(NodeId item) {
  const NodeId role = child(item, NodeKind::RoleName);
  if (name(role) == "party") return;  // reported
  GivenFact g;
  g.fact = find_fact(role, false);
  g.instrument = instrument_;
  g.from = in_force_from_;
  dates(item, g.from, g.until);
  for (NodeId leaf : all(item, NodeKind::Name)) {
    const EntityId e = actor_entity(leaf);
    if (!e) continue;
    g.args[0] = e.value;
    g.span = span(leaf);
    m_.givens.push_back(g);
  }
}

void Resolver::reservation(InstrumentId id, NodeId item) {
  Reservation r;
  const NodeId leaf = child(item, NodeKind::Name);
  r.party = actor_entity(leaf);
  r.from = Instant::far_past();
  r.until = Instant::far_future();
  dates(item, r.from, r.until);
  for (NodeId ref_node : all(item, NodeKind::ArticleRef)) {
    const ClauseRef ref = article_ref(ref_node, true);
    if (!ref.article) continue;
    if (ref.instrument != id) {
      error(Diag::foreign_reservation, span(ref_node),
            "a reservation concerns articles of its own instrument",
            "put it into `" + m_[ref.instrument].name + '`');
      continue;
    }
    for (const Reservation& before : m_[id].reservations) {
      const bool same = before.party == r.party && std::find(before.articles.begin(), before.articles.end(),
                                                             ref.article) != before.articles.end();
      if (same && before.from < r.until && r.from < before.until) {
        error(Diag::duplicate_reservation, span(ref_node),
              "this party has reserved article " + m_[ref.article].label + " already",
              "take one of the two away");
      }
    }
    r.articles.push_back(ref.article);
  }
  if (r.party && !r.articles.empty()) m_.instruments[id.index()].reservations.push_back(std::move(r));
}

void Resolver::article_body(ArticleId id, NodeId item) {
  place(m_[id].instrument, id);
  if (const NodeId when = child(item, NodeKind::OnlyWhen)) only_if_ = only_if(nth(when, 0));
  for (NodeId part : children(item)) {
    if (kind(part) == NodeKind::Clause) clause(part);
    if (kind(part) == NodeKind::Wording) m_.articles[id.index()].wording = wording(part);
    if (kind(part) == NodeKind::SourceRef) {
      if (const SourceRefId s = source(part)) m_.articles[id.index()].sources.push_back(s);
    }
  }
  only_if_ = {};
}

}  // namespace casus::model
