// SPDX-License-Identifier: Apache-2.0
// Internal to the room: the texts of questions, item by item, and how they read in the words of the other draft.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "syntax/tree.h"

namespace casus::diff {

// A scenario or an exploration of a text.
struct Item {
  bool asks = false;
  uint32_t begin = 0, end = 0;
  std::string name, title;  // the name may be empty
  std::string from;         // the scenario that it goes on from, by name or title
  std::string words;        // blanks and remarks made one blank
  std::vector<std::string> under;
};

std::vector<Item> items_of(const syntax::Tree& tree, const Sources& sources);
bool goes_on_from(const Item& exploration, const Item& scenario);

// Nothing in the place of an item; all that follows keeps its place.
void blank(std::string& text, uint32_t begin, uint32_t end);
// What is expected of a scenario is no part of where it leads.
std::string without_expectations(const std::string& path, std::string text);

// What the names of one draft are in the other.
struct Renaming {
  std::string module, as_module;  // of the draft; may be empty
  std::map<std::string, std::string> names;
  std::set<std::string> choices;  // that it has
  // By instrument and label: the label there; empty: the article is gone.
  std::map<std::pair<std::string, std::string>, std::string> articles;
};

struct Translated {
  std::string text;
  std::vector<std::vector<std::string>> gone;  // by item: articles that the other draft does not have
};

// A text that has been read without errors. The same items, in the same order.
Translated translated(const std::string& path, const std::string& text, const Renaming& to);

}  // namespace casus::diff
