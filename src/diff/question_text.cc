// SPDX-License-Identifier: Apache-2.0
#include "diff/question_text.h"

#include "diff/questions.h"

namespace casus::diff {

using syntax::NodeId;
using syntax::NodeKind;
using syntax::Tree;

namespace {

std::string words_of(const Tree& tree, const Sources& sources, NodeId id) {
  std::string out;
  for (uint32_t t = tree[id].first_token; t < tree[id].end_token; ++t) {
    if (!out.empty()) out += ' ';
    out += sources.slice({tree.source, tree.tokens[t].begin, tree.tokens[t].end});
  }
  return out;
}

std::string leaf_text(const Tree& tree, const Sources& sources, NodeId id) {
  const std::string text(tree.text(id, sources));
  return tree.kind(id) == NodeKind::Name ? text : syntax::string_value(text);
}

// The module that is used by this name or path; empty: the leaf is something else.
std::string used_by(const Tree& tree, const Sources& sources, NodeId leaf) {
  const NodeKind kind = tree.kind(leaf);
  if (kind != NodeKind::Name && kind != NodeKind::String) return {};
  return module_of(leaf_text(tree, sources, leaf));
}

struct Edit {
  uint32_t end = 0;
  std::string now;
};
// `edits`: by where they begin; of what overlaps the first counts.
std::string edited(const std::string& text, const std::map<uint32_t, Edit>& edits) {
  std::string out;
  uint32_t at = 0;
  for (const auto& [begin, edit] : edits) {
    if (begin < at) continue;
    out += text.substr(at, begin - at) + edit.now;
    at = edit.end;
  }
  return out + text.substr(at);
}

void rename_uses(const Tree& tree, const Sources& sources, const std::map<std::string, std::string>& names,
                 std::map<uint32_t, Edit>& edits) {
  for (const NodeId use : tree.all(tree.root, NodeKind::Use)) {
    for (const NodeId leaf : tree.children_of(use)) {
      const Span span = tree.span(leaf);
      const std::string module = used_by(tree, sources, leaf);
      if (const auto it = names.find(module); !module.empty() && it != names.end())
        edits.insert_or_assign(span.begin, Edit{span.end, it->second});
    }
  }
}

// Choices that the other draft does not have, because it has settled them say, are not fixed there.
void drop_choices(const Tree& tree, const Sources& sources, const Renaming& to,
                  std::map<uint32_t, Edit>& edits) {
  for (size_t i = 0; i < tree.nodes.size(); ++i) {
    const NodeId with(i);
    if (tree.kind(with) != NodeKind::With) continue;
    std::string kept;
    bool dropped = false;
    for (const NodeId one : tree.all(with, NodeKind::Chosen)) {
      const NodeId ref = tree.child(one, NodeKind::ChoiceRef);
      const std::vector<NodeId> names = ref ? tree.all(ref, NodeKind::Name) : std::vector<NodeId>();
      const bool known = !names.empty() && to.choices.contains(std::string(tree.text(names.back(), sources)));
      dropped = dropped || !known;
      if (known) kept += (kept.empty() ? "with " : ", ") + words_of(tree, sources, one);
    }
    const Span span = tree.span(with);
    if (dropped) edits.insert_or_assign(span.begin, Edit{span.end, kept.empty() ? kept : kept + ";"});
  }
}

}  // namespace

std::vector<Item> items_of(const Tree& tree, const Sources& sources) {
  std::vector<Item> out;
  for (const NodeId id : tree.children_of(tree.root)) {
    const bool asks = tree.kind(id) == NodeKind::Explore;
    if (!asks && tree.kind(id) != NodeKind::Scenario) continue;
    Item& item = out.emplace_back();
    item.asks = asks;
    item.begin = tree.span(id).begin;
    item.end = tree.span(id).end;
    item.words = words_of(tree, sources, id);
    for (const NodeId part : tree.children_of(id)) {
      const NodeKind kind = tree.kind(part);
      if (kind == NodeKind::Name) item.name = leaf_text(tree, sources, part);
      if (kind == NodeKind::Title) item.title = leaf_text(tree, sources, part);
      if (kind == NodeKind::FromScenario && !tree.children_of(part).empty())
        item.from = leaf_text(tree, sources, tree.children_of(part).front());
      if (kind != NodeKind::Under) continue;
      for (const NodeId one : tree.all(part, NodeKind::UnderOne)) {
        const NodeId name = tree.child(one, NodeKind::Name);
        if (name) item.under.push_back(leaf_text(tree, sources, name));
      }
    }
  }
  return out;
}

bool goes_on_from(const Item& exploration, const Item& scenario) {
  return exploration.asks && !scenario.asks && !exploration.from.empty() &&
         (exploration.from == scenario.name || exploration.from == scenario.title);
}

void blank(std::string& text, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

std::string without_expectations(const std::string& path, std::string text) {
  Sources sources;
  Diagnostics ignored;  // the text has been read before
  const Tree tree = syntax::parse(sources.add(path, text), sources, ignored);
  for (const NodeId scenario : tree.all(tree.root, NodeKind::Scenario)) {
    for (const NodeId e : tree.all(scenario, NodeKind::Expect))
      blank(text, tree.span(e).begin, tree.span(e).end);
  }
  return text;
}

Translated translated(const std::string& path, const std::string& text, const Renaming& to) {
  Sources sources;
  Diagnostics ignored;
  const SourceId id = sources.add(path, text);
  const Tree tree = syntax::parse(id, sources, ignored);
  const std::vector<Item> items = items_of(tree, sources);
  Translated out{{}, std::vector<std::vector<std::string>>(items.size())};
  std::map<uint32_t, Edit> edits;
  for (const syntax::Token& token : tree.tokens) {
    if (token.kind != syntax::TokenKind::name) continue;
    const auto it = to.names.find(std::string(sources.slice({id, token.begin, token.end})));
    if (it != to.names.end()) edits.emplace(token.begin, Edit{token.end, it->second});
  }
  if (!to.as_module.empty())
    rename_uses(tree, sources, {{to.module, '"' + to.as_module + ".casus\""}}, edits);
  for (size_t i = 0; i < tree.nodes.size(); ++i) {
    const NodeId node(i);
    if (tree.kind(node) != NodeKind::ArticleRef) continue;
    const NodeId name = tree.child(node, NodeKind::Name), label = tree.child(node, NodeKind::Label);
    if (!name || !label) continue;
    const std::string of(tree.text(name, sources)), article(tree.text(label, sources));
    const auto it = to.articles.find({of, article});
    if (it == to.articles.end()) continue;
    const Span span = tree.span(label);
    if (!it->second.empty()) {
      edits.insert_or_assign(span.begin, Edit{span.end, it->second});
      continue;
    }
    for (size_t k = 0; k < items.size(); ++k) {
      if (items[k].begin <= span.begin && span.end <= items[k].end)
        out.gone[k].push_back("there is no article like article " + article + " of " + of);
    }
  }
  drop_choices(tree, sources, to, edits);
  out.text = edited(text, edits);
  return out;
}

std::string module_of(const std::string& path) {
  std::string out = path.substr(path.rfind('/') + 1);
  for (const std::string_view ending : {".md", ".casus"}) {
    if (out.size() > ending.size() && out.ends_with(ending)) out.resize(out.size() - ending.size());
  }
  return out;
}

std::string declarations_of(const std::string& path, const std::string& text) {
  Sources sources;
  Diagnostics ignored;
  const Tree tree = syntax::parse(sources.add(path, text), sources, ignored);
  std::map<uint32_t, Edit> edits;
  for (const Item& item : items_of(tree, sources)) edits.emplace(item.begin, Edit{item.end, {}});
  return edited(text, edits);
}

std::string with_uses(const std::string& path, const std::string& text,
                      const std::map<std::string, std::string>& names) {
  Sources sources;
  Diagnostics ignored;
  const Tree tree = syntax::parse(sources.add(path, text), sources, ignored);
  std::map<uint32_t, Edit> edits;
  rename_uses(tree, sources, names, edits);
  return edited(text, edits);
}

Mentions mentions_of(const std::string& path, const std::string& text, Sources& sources,
                     Diagnostics& diagnostics) {
  const SourceId id = sources.add(path, text);
  const Tree tree = syntax::parse(id, sources, diagnostics);
  Mentions out;
  for (const NodeId use : tree.all(tree.root, NodeKind::Use)) {
    for (const NodeId leaf : tree.children_of(use)) {
      if (std::string module = used_by(tree, sources, leaf); !module.empty())
        out.modules.push_back(std::move(module));
    }
  }
  for (Item& item : items_of(tree, sources)) {
    out.explorations += item.asks ? 1 : 0;
    std::move(item.under.begin(), item.under.end(), std::back_inserter(out.instruments));
  }
  return out;
}

}  // namespace casus::diff
