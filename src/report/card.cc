// SPDX-License-Identifier: Apache-2.0
#include "report/card.h"

#include <algorithm>

#include "base/unicode.h"
#include "report/card_builder.h"
#include "report/json.h"
#include "report/layout.h"

namespace casus::report {

namespace {

// Calls `visit(name, title, make)` for everything that has a card, in the order in which a reader would look
// for it.
template <class Visit>
void each_named(const model::Model& m, const CardBuilder* build, Visit&& visit) {
  const auto table = [&](const auto& list, auto id, auto card) {
    for (size_t i = 0; i < list.size(); ++i) {
      visit(list[i].name, list[i].title, [&, i] { return (build->*card)(decltype(id)(i)); });
    }
  };
  table(m.instruments, model::InstrumentId(), &CardBuilder::instrument);
  for (size_t i = 0; i < m.articles.size(); ++i) {
    visit(m[m.articles[i].instrument].name + "." + m.articles[i].label, std::string(),
          [&, i] { return build->article(model::ArticleId(i)); });
  }
  for (size_t i = 0; i < m.bodies.size(); ++i) {
    const model::Body& b = m.bodies[i];
    const auto make = [&, i] { return build->body(model::BodyId(i)); };
    visit(b.name, b.title, make);
    if (b.instrument) visit(m[b.instrument].name + "." + b.name, std::string(), make);
  }
  for (size_t i = 0; i < m.entities.size(); ++i) {
    const model::Entity& e = m.entities[i];
    if (!e.instrument && !e.body)
      visit(e.name, e.title, [&, i] { return build->entity(model::EntityId(i)); });
  }
  table(m.events, model::EventTypeId(), &CardBuilder::event);
  for (size_t i = 0; i < m.facts.size(); ++i) {
    const model::Fact& f = m.facts[i];
    const auto make = [&, i] { return build->fact(model::FactId(i)); };
    visit(f.name, f.title, make);
    if (f.role == model::FactRole::role) visit(m[f.instrument].name + "." + f.name, std::string(), make);
  }
  table(m.viewpoints, model::ViewpointId(), &CardBuilder::viewpoint);
  table(m.readings, model::ReadingId(), &CardBuilder::reading);
  table(m.choices, model::ChoiceId(), &CardBuilder::choice);
  table(m.sources, model::SourceRefId(), &CardBuilder::source);
  table(m.scenarios, model::ScenarioId(), &CardBuilder::scenario);
  table(m.explorations, model::ExplorationId(), &CardBuilder::exploration);
  table(m.kinds, model::KindId(), &CardBuilder::kind);
  table(m.categories, model::CategoryId(), &CardBuilder::category);
  table(m.quantities, model::QuantityId(), &CardBuilder::quantity);
}

// What is too long goes on under itself, four columns in.
void source_line(Page& page, const std::string& margin, const std::string& line) {
  constexpr size_t least = 20;  // columns for the text, however deep it stands
  const std::string text = line.substr(std::min(line.find_first_not_of(' '), line.size()));
  const size_t indent = std::min(line.size() - text.size(),
                                 page.width() - std::min(page.width(), display_width(margin) + 4 + least));
  const std::string start = margin + std::string(indent, ' ');
  if (display_width(start) + display_width(text) <= page.width()) return page.line(start, text);
  const std::string next(display_width(start) + 4, ' ');
  const std::vector<std::string> parts = wrap_to_width(text, page.width() - next.size());
  for (size_t i = 0; i < parts.size(); ++i) page.line(i == 0 ? start : next, parts[i]);
}

// A label that is wider than its column stands on a line of its own.
void entry_text(Page& page, const CardEntry& e, size_t label_width) {
  std::string prefix = "  " + (label_width == 0 ? std::string() : pad_to_width(e.label, label_width) + "  ");
  if (display_width(e.label) > label_width) {
    page.line("  ", e.label);
    prefix.assign(label_width + 4, ' ');
  }
  if (!e.source) return page.line(prefix, e.text);
  std::string margin = prefix;
  for (size_t at = 0; at <= e.text.size();) {
    const size_t end = std::min(e.text.find('\n', at), e.text.size());
    source_line(page, margin, e.text.substr(at, end - at));
    margin.assign(display_width(prefix), ' ');
    at = end + 1;
  }
}

}  // namespace

std::vector<Card> cards(const model::Model& model, const Sources& sources, std::string_view name) {
  const CardBuilder build(model, sources);
  std::vector<Card> out;
  if (name.empty()) return out;
  each_named(model, &build, [&](const std::string& known, const std::string& title, const auto& make) {
    if (known == name || title == name) out.push_back(make());
  });
  return out;
}

std::vector<std::string> card_names(const model::Model& model) {
  std::vector<std::string> out;
  each_named(model, nullptr, [&](const std::string& name, const std::string&, const auto&) {
    if (!name.empty()) out.push_back(name);
  });
  return out;
}

std::string cards_text(const std::vector<Card>& cards, const TextOptions& options) {
  Page page(options.width, options.colour);
  bool first = true;
  for (const Card& card : cards) {
    if (!std::exchange(first, false)) page.blank();
    page.line("", card.name + (card.title.empty() || card.title == card.name ? "" : " · " + card.title),
              Ink::bold);
    page.line("", card.sort + (card.place.empty() ? "" : " · " + card.place), Ink::dim);
    for (const CardSection& section : card.sections) {
      if (section.heading.empty())
        page.blank();
      else
        page.heading(printable(section.heading));
      size_t label_width = 0;
      for (const CardEntry& e : section.entries) label_width = std::max(label_width, display_width(e.label));
      if (label_width > page.width() / 2) label_width = 4;
      for (const CardEntry& e : section.entries) entry_text(page, e, label_width);
    }
  }
  return page.take();
}

std::string cards_json(const std::vector<Card>& cards) {
  Json out = json_head("casus/show/1");
  Json& list = out["cards"] = Json::array();
  for (const Card& card : cards) {
    Json sections = Json::array();
    for (const CardSection& section : card.sections) {
      Json entries = Json::array();
      for (const CardEntry& e : section.entries) {
        entries.push_back({{"label", json_text_or_null(e.label)}, {"text", e.text}, {"source", e.source}});
      }
      sections.push_back({{"heading", json_text_or_null(section.heading)}, {"entries", std::move(entries)}});
    }
    list.push_back({{"sort", card.sort},
                    {"name", card.name},
                    {"title", json_text_or_null(card.title)},
                    {"place", json_text_or_null(card.place)},
                    {"sections", std::move(sections)}});
  }
  return json_text(out);
}

}  // namespace casus::report
