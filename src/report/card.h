// SPDX-License-Identifier: Apache-2.0
// Everything that a model says of one name, as a card of labelled entries: text for people, JSON for machines
// (docs/schema/show.schema.json).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/run_text.h"

namespace casus::report {

struct CardEntry {
  std::string label;  // may be empty
  std::string text;
  bool source = false;  // lines of the model as written, dedented: kept line by line
};
struct CardSection {
  std::string heading;  // empty: the card's own particulars
  std::vector<CardEntry> entries;
};
struct Card {
  std::string sort;  // "instrument", "article", "state" …
  std::string name;
  std::string title;  // may be empty
  std::string place;  // "library/nato.casus.md:31"; empty for what is built in
  std::vector<CardSection> sections;
};

// All that bear this name: an instrument, INSTRUMENT.ARTICLE, an actor or area (any entity), body, event,
// fact, role, group, kind, category, quantity, viewpoint, reading, source or scenario; a title of one of
// them, too. Empty when there is none. Cost: linear in the model.
std::vector<Card> cards(const model::Model& model, const Sources& sources, std::string_view name);
// Every name that cards() knows, for a nearest one.
std::vector<std::string> card_names(const model::Model& model);

std::string cards_text(const std::vector<Card>& cards, const TextOptions& options);
std::string cards_json(const std::vector<Card>& cards);

}  // namespace casus::report
