// SPDX-License-Identifier: Apache-2.0
// Cards of choices and explorations; under which choices something stands in a draft.
#include <algorithm>

#include "model/choose.h"
#include "report/card_builder.h"
#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {

// The condition on choices under which something stands in a draft, as it is written.
std::string CardBuilder::only_when(model::ExprId id) const { return one_line(sources_.slice(m_[id].span)); }

// Of the whole article: its clauses and decisions have it too.
model::ExprId CardBuilder::guard_of(model::ArticleId id) const {
  for (model::ClauseId c : m_[id].clauses) return m_[c].only_if;
  const auto it = decisions_in_.find(id.value);
  if (it == decisions_in_.end()) return {};
  const auto& [b, d] = it->second.front();
  return m_[b].decisions[d].only_if;
}

Card CardBuilder::choice(model::ChoiceId id) const {
  const model::DraftChoice& c = m_[id];
  Card card = head("choice", c);
  card.name = model::words(m_, id);
  CardSection own;
  if (c.instrument) add(own, "instrument", m_[c.instrument].name);
  add(card, std::move(own));
  for (uint32_t option = 0; option < c.options.size(); ++option) {
    const model::ChoiceOption& o = c.options[option];
    CardSection section{"Option " + o.name + (o.title.empty() ? "" : ": " + o.title), {}};
    for (const model::ChoiceParameter& p : o.parameters) add(section, p.name, model::range_words(p));
    std::vector<Span> places;
    for (const model::Expr& e : m_.exprs) {
      if (e.op == model::Op::chosen && e.a == id.value && e.value == static_cast<model::Value>(option))
        places.push_back(e.span);
    }
    add(section, "asked for in", citations_at(std::move(places)));
    add(section, "articles", citations([&](model::ClauseId clause) {
          return m_[clause].only_if && asks_for(m_[clause].only_if, id, option);
        }));
    if (section.entries.empty()) add(section, "", "no article asks for it");
    add(card, std::move(section));
  }
  return card;
}

bool CardBuilder::asks_for(model::ExprId guard, model::ChoiceId choice, uint32_t option) const {
  const model::Expr& e = m_[guard];
  if (e.op == model::Op::chosen) return e.a == choice.value && e.value == static_cast<model::Value>(option);
  return std::any_of(e.args.begin(), e.args.end(),
                     [&](model::ExprId arg) { return asks_for(arg, choice, option); });
}

Card CardBuilder::exploration(model::ExplorationId id) const {
  const model::Exploration& e = m_[id];
  Card card = head("exploration", e);
  if (card.name.empty()) std::swap(card.name, card.title);
  CardSection own;
  std::string under;
  for (const auto& u : e.start.under) under += (under.empty() ? "" : ", ") + m_[u.instrument].name;
  add(own, "under", under);
  if (e.from_scenario) add(own, "from scenario", m_[e.from_scenario].title);
  if (e.at && e.at->ms % ms_per_day == ms_per_day - 1)
    add(own, "at", "the end of " + format_iso(*e.at, Precision::day));
  else if (e.at)
    add(own, "at", date_words(*e.at));
  if (!e.at && e.start.from) add(own, "from", format_iso(e.start.from->at, e.start.from->precision));
  if (!e.with.empty()) add(own, "with", model::words(m_, e.with));
  if (e.within) add(own, "within", format_duration(*e.within));
  if (e.at_most) add(own, "at most", std::to_string(*e.at_most) + (*e.at_most == 1 ? " event" : " events"));
  add(card, std::move(own));
  CardSection may{"May happen", {}}, asked{"Asked", {}};
  for (const auto& m : e.may_happen) add_source(may, "", m.span);
  for (const auto& p : e.properties) add(asked, "", p.words);
  add(card, std::move(may));
  add(card, std::move(asked));
  return card;
}

}  // namespace casus::report
