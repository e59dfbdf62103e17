// SPDX-License-Identifier: Apache-2.0
// The lossless syntax tree. One generic tree serves the formatter, the model room and the language server: a node has a kind, a
// range of tokens and children; every name, number and string that a later pass needs is a leaf node of its own. All trivia
// (white space, comments, and in literate files the prose) lies between the tokens' spans, so that concatenating
// trivia and tokens gives back the file byte for byte. docs/language/grammar.md names the node built by each rule.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/diagnostic.h"
#include "text/source.h"

namespace casus::syntax {

enum class TokenKind : uint8_t {
  name,
  number,
  instant,
  string,
  punctuation,  // punctuation: one token per operator, "..", "!=", "<=", ">=" included
  error,        // a run of bytes no token starts with
  end
};

struct Token {
  TokenKind kind = TokenKind::end;
  uint32_t begin = 0;  // byte range in the file
  uint32_t end = 0;
};

struct TokenTag;
struct NodeTag;
using TokenId = Id<TokenTag>;
using NodeId = Id<NodeTag>;

enum class NodeKind : uint8_t {
#define CASUS_NODE(name) name,
#include "syntax/node_kinds.def"
#undef CASUS_NODE
};
std::string_view name_of(NodeKind kind);

struct Node {
  NodeKind kind{};
  uint32_t first_token =
      0;  // range of tokens, end exclusive; empty for a node that stands for something absent
  uint32_t end_token = 0;
  uint32_t first_child = 0;  // range in Tree::children
  uint32_t child_count = 0;
};

class Tree {
 public:
  SourceId source;
  std::vector<Token> tokens;  // ends with one `end` token
  std::vector<Node> nodes;
  std::vector<NodeId> children;
  NodeId root;

  const Node& operator[](NodeId id) const { return nodes[id.index()]; }
  NodeKind kind(NodeId id) const { return nodes[id.index()].kind; }
  std::span<const NodeId> children_of(NodeId id) const {
    const Node& n = nodes[id.index()];
    return {children.data() + n.first_child, n.child_count};
  }
  // The first child of that kind; an invalid id when there is none.
  NodeId child(NodeId id, NodeKind kind) const;
  // All children of that kind.
  std::vector<NodeId> all(NodeId id, NodeKind kind) const;
  Span span(NodeId id) const;  // from the first token's begin to the last one's end
  std::string_view text(NodeId id, const Sources& sources) const;  // the node's bytes as written
};

struct ParseLimits {
  uint32_t max_bytes = 16u << 20;
  uint32_t max_depth = 200;  // nesting of expressions and blocks
  uint32_t max_tokens = 4'000'000;
};

// Never fails: whatever the bytes, a tree comes back, covering all of them; what is wrong is in `diagnostics`, one per cause. After
// an error the parser resumes at the next construct's keyword or closing brace. Cost: linear. Deterministic.
Tree parse(SourceId source, const Sources& sources, Diagnostics& diagnostics, const ParseLimits& limits = {});

// The canonical form: two spaces of indentation, one construct a line, modifiers wrapped at 100 columns; comments stay where they
// were. In a literate file only the fenced blocks change. Precondition: the parse had no errors.
// Laws (tested): parse(format(t)) has the same shape as t; format(format(t)) = format(t).
std::string format(const Tree& tree, const Sources& sources);

// The value of a String or Title node: quotes removed, escapes resolved.
std::string string_value(std::string_view literal);

// A readable dump for golden tests: one node a line, indented, leaves with their text.
std::string dump(const Tree& tree, const Sources& sources);

}  // namespace casus::syntax
