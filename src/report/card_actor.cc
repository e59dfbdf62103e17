// SPDX-License-Identifier: Apache-2.0
// Cards of actors, areas and other entities, of viewpoints, sources and scenarios.
#include <algorithm>

#include "model/choose.h"
#include "report/card_builder.h"
#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {

using model::FactRole;

Card CardBuilder::entity(model::EntityId id) const {
  const model::Entity& e = m_[id];
  Card card = head(m_[e.kind].name, e);
  CardSection own, party{"Party to", {}}, roles{"Roles and groups", {}}, facts{"What is given of it", {}};
  std::string chain;
  for (auto k = m_[e.kind].parent; k; k = m_[k].parent) chain += (chain.empty() ? "" : ", ") + m_[k].name;
  add(own, "is also", chain);
  add(card, std::move(own));
  for (const auto& g : m_.givens) {
    const model::Fact& f = m_[g.fact];
    bool named = f.result.kind == model::TypeKind::entity && g.value == model::Value{id.value};
    for (size_t i = 0; i < f.params.size(); ++i) {
      named |= f.params[i].type.kind == model::TypeKind::entity && g.args[i] == model::Value{id.value};
    }
    if (!named) continue;
    const std::string dates = interval_words(g.from, g.until);
    if (f.role == FactRole::party)
      add(party, dates, m_.show(g.args[1], f.params[1].type));
    else if (f.role == FactRole::role)
      add(roles, dates, f.name + " in " + m_[f.instrument].name);
    else if (f.role == FactRole::group)
      add(roles, dates, f.name);
    else
      add_given(facts, g);
  }
  for (const auto& s : m_.successions) {
    const std::string from = "from " + date_words(s.at);
    if (s.successor == id)
      add(party, from, m_[s.instrument].name + ", as successor of " + m_[s.predecessor].name);
    if (s.predecessor == id)
      add(party, from, "followed in " + m_[s.instrument].name + " by " + m_[s.successor].name);
  }
  for (const auto& i : m_.instruments) {
    for (const auto& r : i.reservations) {
      if (r.party != id) continue;
      std::string text = "reservation to " + i.name;
      for (auto a : r.articles) text += (a == r.articles.front() ? "." : ", .") + m_[a].label;
      add(party, interval_words(r.from, r.until), std::move(text));
    }
  }
  add(card, std::move(party));
  add(card, std::move(roles));
  add(card, std::move(facts));

  CardSection said{"Claims", {}};
  for (const auto& c : m_.claims) {
    if (std::find(c.by.begin(), c.by.end(), id) != c.by.end())
      add(said, m_[c.source].name + "." + c.number, claim_words(c));
  }
  add(card, std::move(said));
  CardSection elsewhere{"Elsewhere", {}};
  std::string views;
  for (const auto& v : m_.viewpoints) {
    if (std::find(v.accepts.begin(), v.accepts.end(), id) != v.accepts.end())
      views += (views.empty() ? "" : ", ") + v.name;
  }
  add(elsewhere, "believed by", views);
  std::vector<Span> places;
  for (const auto& x : m_.exprs) {
    if (x.op == model::Op::constant && x.type.kind == model::TypeKind::entity &&
        x.value == model::Value{id.value})
      places.push_back(x.span);
  }
  add(elsewhere, "named in", citations_at(std::move(places)));
  add(card, std::move(elsewhere));
  return card;
}

Card CardBuilder::viewpoint(model::ViewpointId id) const {
  const model::Viewpoint& v = m_[id];
  Card card = head("viewpoint", v);
  CardSection own;
  add(own, "accepts",
      v.accepts.empty() ? "nobody's assertions before others'" : "assertions by " + names(v.accepts));
  for (const auto& [reading, option] : v.readings) {
    const model::Named& o = m_[reading].options[option];
    add(own, "reading", m_[reading].name + " = " + o.name + (o.title.empty() ? "" : " (" + o.title + ")"));
  }
  add(card, std::move(own));
  CardSection holds{"What it holds, whatever is asserted", {}};
  for (const auto& g : v.holds) add_given(holds, g);
  add(card, std::move(holds));
  return card;
}

Card CardBuilder::source(model::SourceRefId id) const {
  const model::SourceRecord& s = m_[id];
  Card card = head("source", s);
  CardSection own;
  for (const auto& [key, value] : s.properties) add(own, spaced(key), value);
  add(card, std::move(own));
  CardSection claims{"Claims", {}};
  for (const auto& c : m_.claims) {
    if (c.source != id) continue;
    std::string text = claim_words(c);
    if (c.passage)
      text += " · passage " + std::to_string(c.passage->first) + ".." + std::to_string(c.passage->second);
    add(claims, c.number, std::move(text));
  }
  add(card, std::move(claims));
  CardSection cited{"Cited by", {}};
  const auto cites = [id](const std::vector<model::SourceRefId>& list) {
    return std::find(list.begin(), list.end(), id) != list.end();
  };
  for (const auto& i : m_.instruments) {
    if (cites(i.sources)) add(cited, i.name, i.title.empty() ? "the instrument" : i.title);
  }
  for (const auto& a : m_.articles) {
    if (cites(a.sources))
      add(cited, m_[a.instrument].name + "." + a.label, a.title.empty() ? "the article" : a.title);
  }
  add(card, std::move(cited));
  return card;
}

Card CardBuilder::scenario(model::ScenarioId id) const {
  const model::Scenario& s = m_[id];
  Card card = head("scenario", s);
  if (card.name.empty()) std::swap(card.name, card.title);
  CardSection own;
  std::string under;
  for (const auto& u : s.under) {
    under += (under.empty() ? "" : ", ") + m_[u.instrument].name;
    if (u.as_if_from) under += " as if in force from " + date_words(*u.as_if_from);
  }
  add(own, "under", under);
  if (s.from) add(own, "from", format_iso(s.from->at, s.from->precision));
  if (s.until) add(own, "until", format_iso(s.until->at, s.until->precision));
  add(own, "view", view_words(m_, s.view));
  add(own, "with", model::words(m_, s.with));
  for (const std::string& file : s.event_files) add(own, "events", file);
  add(card, std::move(own));
  CardSection given{"Given", {}}, events{"Events", {}}, expected{"Expected", {}};
  for (const auto& g : s.givens) add_given(given, g);
  for (const auto& e : s.events) add_source(events, "", e.span);
  for (const auto& e : s.expectations) add_source(expected, "", e.span);
  add(card, std::move(given));
  add(card, std::move(events));
  add(card, std::move(expected));
  return card;
}

}  // namespace casus::report
