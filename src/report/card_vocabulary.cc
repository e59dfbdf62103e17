// SPDX-License-Identifier: Apache-2.0
// Cards of the words that models are written in: events, facts, kinds, categories, quantities, readings.
#include <algorithm>

#include "report/card_builder.h"
#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {

using model::ClauseId;
using model::ClauseKind;
using model::EffectKind;
using model::FactRole;
using model::TriggerKind;

Card CardBuilder::event(model::EventTypeId id) const {
  const model::EventType& e = m_[id];
  Card card = head("event", e);
  CardSection own;
  add(own, "takes", params_words(e.params));
  add(own, "effect",
      e.institutional ? "institutional: only by somebody's power"
                      : "a brute fact: it happens, whoever may do it");
  add(card, std::move(own));
  CardSection effects{"Effects of its own", {}};
  for (const auto& c : m_.clauses) {
    if (c.of_event && m_[c.trigger.pattern].event == id) add_source(effects, "", c.span);
  }
  add(card, std::move(effects));

  CardSection uses{"In the articles", {}};
  const auto asks = [&](ClauseId c, std::initializer_list<ClauseKind> kinds) {
    return std::find(kinds.begin(), kinds.end(), m_[c].kind) != kinds.end() &&
           std::any_of(m_[c].acts.begin(), m_[c].acts.end(),
                       [&](model::PatternId p) { return m_[p].event == id; });
  };
  add(uses, "owed under", citations([&](ClauseId c) {
        return asks(c, {ClauseKind::obligation, ClauseKind::bring_about});
      }));
  add(uses, "forbidden by", citations([&](ClauseId c) { return asks(c, {ClauseKind::prohibition}); }));
  add(uses, "permitted by", citations([&](ClauseId c) { return asks(c, {ClauseKind::permission}); }));
  add(uses, "power under", citations([&](ClauseId c) { return asks(c, {ClauseKind::power}); }));
  add(uses, "sets off", citations([&](ClauseId c) {
        const auto& t = m_[c].trigger;
        return !m_[c].of_event && (t.kind == TriggerKind::event || t.kind == TriggerKind::rejected) &&
               t.pattern && m_[t.pattern].event == id;
      }));
  add(uses, "comes about by", citations([&](ClauseId c) {
        return std::any_of(m_[c].effects.begin(), m_[c].effects.end(), [&](const model::Effect& x) {
          return x.kind == EffectKind::counts_as && x.event == id;
        });
      }));
  for (const auto& b : m_.bodies) {
    for (const auto& d : b.decisions) {
      if (m_[d.content].event == id)
        add(uses, "decided by", m_[b.entity].name + " · blocked by " + blocking_words(b, d.rule));
    }
  }
  std::vector<Span> places;
  for (const auto& x : m_.exprs) {
    if (x.op == model::Op::happened && m_.patterns[x.a].event == id) places.push_back(x.span);
  }
  add(uses, "asked for in", citations_at(std::move(places)));
  add(card, std::move(uses));
  return card;
}

Card CardBuilder::fact(model::FactId id) const {
  const model::Fact& f = m_[id];
  Card card = head(f.role == FactRole::role ? "role" : f.role == FactRole::group ? "group" : "fact", f);
  if (f.role == FactRole::role) card.name = m_[f.instrument].name + "." + f.name;
  CardSection own;
  if (f.role == FactRole::role)
    add(own, "instrument", m_[f.instrument].title.empty() ? m_[f.instrument].name : m_[f.instrument].title);
  add(own, "takes", params_words(f.params));
  if (f.result.kind != model::TypeKind::truth) add(own, "value", m_.type_words(f.result));
  if (f.contested) add(own, "contested", "its value may differ from viewpoint to viewpoint");
  if (!f.span.valid()) add(own, "built in", "part of the language");
  for (const auto& rule : f.rules) add_source(own, "derived", rule.span);
  add(card, std::move(own));

  CardSection given{"Given", {}};
  if (f.role == FactRole::role || f.role == FactRole::group) {
    members_by_date(given, id, f.instrument);
  } else {
    for (const uint32_t i : givens_of_[id.index()]) add_given(given, m_.givens[i]);
  }
  add(card, std::move(given));
  CardSection views{"In the eyes of", {}};
  for (const auto& v : m_.viewpoints) {
    for (const auto& g : v.holds) {
      if (g.fact == id)
        add(views, v.name,
            given_words(g) +
                (interval_words(g.from, g.until).empty() ? "" : " " + interval_words(g.from, g.until)));
    }
  }
  add(card, std::move(views));
  CardSection claims{"Claims", {}};
  for (const auto& c : m_.claims) {
    if (c.fact == id) add(claims, m_[c.source].name + "." + c.number, claim_words(c));
  }
  add(card, std::move(claims));

  CardSection uses{"In the articles", {}};
  add(uses, "binds",
      citations([&](ClauseId c) { return m_[c].bearer.domain.fact == id && id != model::fact_party; }));
  add(uses, "changed by", citations([&](ClauseId c) {
        return std::any_of(m_[c].effects.begin(), m_[c].effects.end(),
                           [&](const model::Effect& x) { return x.fact == id; });
      }));
  add(uses, "sets off", citations([&](ClauseId c) {
        const auto& t = m_[c].trigger;
        return (t.kind == TriggerKind::fact_begins || t.kind == TriggerKind::fact_ends) &&
               t.fact_pattern.fact == id;
      }));
  std::vector<Span> places;
  for (const auto& x : m_.exprs) {
    if (x.op == model::Op::fact && x.a == id.value) places.push_back(x.span);
  }
  add(uses, "asked for in", citations_at(std::move(places)));
  add(card, std::move(uses));
  return card;
}

Card CardBuilder::kind(model::KindId id) const {
  const model::Kind& k = m_[id];
  Card card = head("kind", k);
  CardSection own;
  if (k.parent) add(own, "is a", m_[k.parent].name);
  std::string below;
  for (const auto& other : m_.kinds) {
    if (other.parent == id) below += (below.empty() ? "" : ", ") + other.name;
  }
  add(own, "kinds of it", below);
  std::vector<model::EntityId> members;
  for (size_t i = 0; i < m_.entities.size(); ++i) {
    if (m_.entities[i].kind == id) members.push_back(model::EntityId(i));
  }
  add(own, "named", names(members));
  add(card, std::move(own));
  return card;
}

Card CardBuilder::category(model::CategoryId id) const {
  Card card = head("category", m_[id]);
  CardSection own;
  for (const auto& v : m_[id].values) add(own, v.name, v.title.empty() ? spaced(v.name) : v.title);
  add(card, std::move(own));
  return card;
}

Card CardBuilder::quantity(model::QuantityId id) const {
  const model::Quantity& q = m_[id];
  Card card = head("quantity", q);
  CardSection own;
  for (const auto& u : q.units) {
    add(own, u.name,
        u.factor == 1 ? "the unit in which it is kept"
                      : std::to_string(u.factor) + " " + q.units.front().name);
  }
  add(card, std::move(own));
  return card;
}

Card CardBuilder::reading(model::ReadingId id) const {
  const model::Reading& r = m_[id];
  Card card = head("reading", r);
  CardSection own;
  if (r.instrument) add(own, "instrument", m_[r.instrument].name);
  add(card, std::move(own));
  for (uint32_t option = 0; option < r.options.size(); ++option) {
    const model::Named& o = r.options[option];
    CardSection section{"Option " + o.name + (o.title.empty() ? "" : ": " + o.title), {}};
    std::string views;
    for (const auto& v : m_.viewpoints) {
      const auto chosen = std::pair(id, option);
      if (std::find(v.readings.begin(), v.readings.end(), chosen) != v.readings.end())
        views += (views.empty() ? "" : ", ") + v.name;
    }
    add(section, "held by", views.empty() ? "no viewpoint" : views);
    add(section, "articles",
        citations([&](ClauseId c) { return m_[c].reading == id && m_[c].reading_option == option; }));
    add(card, std::move(section));
  }
  return card;
}

}  // namespace casus::report
