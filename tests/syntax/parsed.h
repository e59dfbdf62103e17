// SPDX-License-Identifier: Apache-2.0
// A text parsed for a test.
#pragma once

#include <string>

#include "syntax/tree.h"

namespace casus::syntax {

struct Parsed {
  explicit Parsed(std::string text, const std::string& path = "test.casus", const ParseLimits& limits = {})
      : id(sources.add(path, std::move(text))), tree(parse(id, sources, diagnostics, limits)) {}

  std::string shown() const { return render(diagnostics, sources, {}); }
  std::string dumped() const { return dump(tree, sources); }
  std::string formatted() const { return format(tree, sources); }

  Sources sources;
  Diagnostics diagnostics;
  SourceId id;
  Tree tree;
};

// The node on one line: `Use[Name a, Name b]`.
inline std::string shape(const Tree& tree, NodeId id, const Sources& sources) {
  const auto children = tree.children_of(id);
  std::string text(name_of(tree.kind(id)));
  if (children.empty() && tree[id].end_token > tree[id].first_token) {
    text += " ";
    text += tree.text(id, sources);
  }
  if (tree.kind(id) == NodeKind::Compare) {
    const Token& sign = tree.tokens[tree[children[0]].end_token];
    text += " ";
    text += sources.slice({tree.source, sign.begin, sign.end});
  }
  for (size_t i = 0; i < children.size(); ++i)
    text += (i == 0 ? "[" : ", ") + shape(tree, children[i], sources);
  return children.empty() ? text : text + "]";
}

}  // namespace casus::syntax
