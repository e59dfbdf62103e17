// SPDX-License-Identifier: Apache-2.0
#include "syntax/tree.h"

#include <algorithm>

namespace casus::syntax {

std::string_view name_of(NodeKind kind) {
  static constexpr std::string_view names[] = {
#define CASUS_NODE(name) #name,
#include "syntax/node_kinds.def"
#undef CASUS_NODE
  };
  return names[static_cast<size_t>(kind)];
}

NodeId Tree::child(NodeId id, NodeKind wanted) const {
  const auto list = children_of(id);
  const auto found = std::find_if(list.begin(), list.end(), [&](NodeId c) { return kind(c) == wanted; });
  return found == list.end() ? NodeId{} : *found;
}

std::vector<NodeId> Tree::all(NodeId id, NodeKind wanted) const {
  std::vector<NodeId> found;
  for (const NodeId c : children_of(id)) {
    if (kind(c) == wanted) found.push_back(c);
  }
  return found;
}

Span Tree::span(NodeId id) const {
  const Node& node = nodes[id.index()];
  const uint32_t begin = tokens[node.first_token].begin;
  const uint32_t end = node.end_token > node.first_token ? tokens[node.end_token - 1].end : begin;
  return {source, begin, end};
}

std::string_view Tree::text(NodeId id, const Sources& sources) const { return sources.slice(span(id)); }

std::string string_value(std::string_view literal) {
  if (literal.starts_with('"')) literal.remove_prefix(1);
  std::string value;
  value.reserve(literal.size());
  for (size_t i = 0; i < literal.size() && literal[i] != '"'; ++i) {
    if (literal[i] != '\\' || i + 1 == literal.size()) {
      value += literal[i];
      continue;
    }
    const char c = literal[++i];
    value += c == 'n' ? '\n' : c == 't' ? '\t' : c;
  }
  return value;
}

namespace {

// The tokens of a leaf, one space between them; those of a label without.
std::string leaf_text(const Tree& tree, const Node& node, const Sources& sources) {
  std::string text;
  for (uint32_t t = node.first_token; t < node.end_token; ++t) {
    if (!text.empty() && node.kind != NodeKind::Label) text += ' ';
    text += sources.slice({tree.source, tree.tokens[t].begin, tree.tokens[t].end});
  }
  return text;
}

void dump_node(const Tree& tree, NodeId id, const Sources& sources, size_t depth, std::string& out) {
  const Node& node = tree[id];
  out.append(2 * depth, ' ');
  out += name_of(node.kind);
  const auto children = tree.children_of(id);
  if (node.kind == NodeKind::Compare && !children.empty()) {
    const Token& op = tree.tokens[tree[children[0]].end_token];
    out += ' ';
    out += sources.slice({tree.source, op.begin, op.end});
  } else if (children.empty() && node.end_token > node.first_token) {
    out += ' ';
    out += leaf_text(tree, node, sources);
  }
  out += '\n';
  for (const NodeId child : children) dump_node(tree, child, sources, depth + 1, out);
}

}  // namespace

std::string dump(const Tree& tree, const Sources& sources) {
  std::string out;
  dump_node(tree, tree.root, sources, 0, out);
  return out;
}

}  // namespace casus::syntax
