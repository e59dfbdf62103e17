// SPDX-License-Identifier: Apache-2.0
// From the tree to the slots: where lines start, and where they may be broken.
#include <algorithm>

#include "syntax/format.h"

namespace casus::syntax {
namespace {

bool is_one_of(NodeKind kind, std::initializer_list<NodeKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// Constructs that are set apart by blank lines.
bool stands_apart(NodeKind kind) {
  return is_one_of(kind, {NodeKind::Article, NodeKind::Body, NodeKind::Instrument, NodeKind::Scenario,
                          NodeKind::Viewpoint, NodeKind::Explore});
}

class Layout {
 public:
  Layout(const Tree& tree, const Sources& sources) : tree_(tree), code_(sources[tree.source].code) {
    slots_.resize(tree.tokens.size());
    owners_.resize(tree.tokens.size(), NodeKind::File);
  }

  std::vector<Slot> run() {
    find_owners(tree_.root);
    for (uint32_t t = 1; t + 1 < tree_.tokens.size(); ++t) {
      if (glued(t)) slots_[t].gap = Gap::glue;
      if (text(t - 1) == ",") slots_[t].strength = Strength::list;
    }
    items(tree_.root, 0, 0);
    start_line(static_cast<uint32_t>(tree_.tokens.size() - 1), 0);
    return std::move(slots_);
  }

 private:
  std::string_view text(uint32_t token) const {
    const Token& t = tree_.tokens[token];
    return std::string_view(code_).substr(t.begin, t.end - t.begin);
  }

  // The innermost node of each token.
  void find_owners(NodeId id) {
    const Node& node = tree_[id];
    uint32_t next = node.first_token;
    const auto own_until = [&](uint32_t end) {
      for (; next < end; ++next) owners_[next] = node.kind;
    };
    for (const NodeId child : tree_.children_of(id)) {
      own_until(tree_[child].first_token);
      find_owners(child);
      next = std::max(next, tree_[child].end_token);
    }
    own_until(node.end_token);
  }

  bool glued(uint32_t t) const {
    const std::string_view now = text(t);
    const std::string_view before = text(t - 1);
    const auto is = [](std::string_view s, std::initializer_list<std::string_view> list) {
      return std::find(list.begin(), list.end(), s) != list.end();
    };
    if (is(now, {",", ";", ")", ":", "."}) || is(before, {"(", "."})) return true;
    if (now == ".." || before == "..") return owners_[now == ".." ? t : t - 1] == NodeKind::Passage;
    if (before == "-") return owners_[t - 1] == NodeKind::Neg;
    if (now == "}") return before == "{";
    return now == "(" &&
           is_one_of(owners_[t], {NodeKind::Call, NodeKind::Pattern, NodeKind::EventDecl, NodeKind::FactDecl,
                                  NodeKind::DerivedDecl, NodeKind::Label, NodeKind::TakeOf,
                                  NodeKind::ExpectVerdict, NodeKind::ChoiceOption, NodeKind::Chosen});
  }

  void start_line(uint32_t token, uint32_t indent, bool blank = false) {
    Slot& slot = slots_[token];
    slot.gap = Gap::line;
    slot.indent = indent;
    slot.blank = blank;
  }
  void may_break(uint32_t token, Strength strength, uint8_t shift) {
    slots_[token].strength = strength;
    slots_[token].shift = shift;
  }

  // The children from token `from` on, each on a line of its own.
  void items(NodeId parent, uint32_t from, uint32_t indent) {
    const auto children = tree_.children_of(parent);
    bool first = true;
    bool apart_before = false;
    for (const NodeId child : children) {
      const Node& node = tree_[child];
      if (node.first_token < from) continue;
      const bool apart = stands_apart(node.kind);
      start_line(node.first_token, indent, !first && (apart || apart_before));
      visit(child, indent);
      first = false;
      apart_before = apart;
    }
  }

  // The token of the node's own brace; its end when it has no block.
  uint32_t brace_of(const Node& node) const {
    if (text(node.end_token - 1) != "}") return node.end_token;
    for (uint32_t t = node.first_token; t < node.end_token; ++t) {
      if (owners_[t] == node.kind && text(t) == "{") return t;
    }
    return node.end_token;
  }

  void visit(NodeId id, uint32_t indent) {
    const Node& node = tree_[id];
    switch (node.kind) {
      case NodeKind::Instrument:
      case NodeKind::Article:
      case NodeKind::Body:
      case NodeKind::Scenario:
      case NodeKind::Viewpoint:
      case NodeKind::ReadingDecl:
      case NodeKind::Explore:
      case NodeKind::SourceDecl:
      case NodeKind::EventDecl:
        return block(id, indent);
      case NodeKind::EntityDecl:
      case NodeKind::CategoryDecl:
      case NodeKind::QuantityDecl:
      case NodeKind::ChoiceDecl:
        short_block(id);
        break;
      case NodeKind::Clause:
        return clause(id, indent);
      case NodeKind::DerivedDecl:
        may_break(tree_[tree_.children_of(id).back()].first_token - 1, Strength::part, 1);
        break;
      case NodeKind::Claim:
        parts(id, {NodeKind::ClaimWords, NodeKind::Pattern, NodeKind::NotWord});
        break;
      case NodeKind::MayHappens:
        parts(id, {NodeKind::MayHappen});
        break;
      default:
        parts(id, {NodeKind::AssertedBy, NodeKind::DeniedBy, NodeKind::Known, NodeKind::SourceRef,
                   NodeKind::Within, NodeKind::Recused, NodeKind::OnlyWhen});
    }
    fills(id);
  }

  // Places before `and` and `or`.
  void fills(NodeId id) {
    const Node& node = tree_[id];
    for (uint32_t t = node.first_token; t < node.end_token; ++t) {
      if (is_one_of(owners_[t], {NodeKind::And, NodeKind::Or}) && slots_[t].gap == Gap::space) {
        slots_[t].strength = Strength::logic;
      }
    }
  }

  void parts(NodeId id, std::initializer_list<NodeKind> kinds) {
    bool negated = false;  // `not` and its pattern stay together
    for (const NodeId child : tree_.children_of(id)) {
      if (!is_one_of(tree_.kind(child), kinds)) continue;
      if (!negated && tree_[child].first_token > tree_[id].first_token)
        may_break(tree_[child].first_token, Strength::part, 1);
      negated = tree_.kind(child) == NodeKind::NotWord;
    }
  }

  void block(NodeId id, uint32_t indent) {
    const Node& node = tree_[id];
    const uint32_t brace = brace_of(node);
    if (brace == node.end_token) return;
    if (const NodeId when = tree_.child(id, NodeKind::OnlyWhen))
      may_break(tree_[when].first_token, Strength::part, 2);
    items(id, brace, indent + 1);
    if (brace + 2 < node.end_token) start_line(node.end_token - 1, indent);
  }

  // On one line where it fits.
  void short_block(NodeId id) {
    const Node& node = tree_[id];
    const uint32_t brace = brace_of(node);
    if (brace + 2 >= node.end_token) return;
    for (const NodeId child : tree_.children_of(id)) {
      if (tree_[child].first_token > brace) may_break(tree_[child].first_token, Strength::body, 1);
    }
    may_break(node.end_token - 1, Strength::body, 0);
  }

  void clause(NodeId id, uint32_t indent) {
    const auto children = tree_.children_of(id);
    const bool triggered = is_one_of(tree_.kind(children[0]), {NodeKind::When, NodeKind::Once});
    for (size_t i = 0; i < children.size(); ++i) {
      const Node& part = tree_[children[i]];
      const bool last = i + 1 == children.size();
      if (i > 0 && last && triggered) start_line(part.first_token, indent + 1);
      if (i > 0 && last && !triggered) may_break(part.first_token, Strength::body, 1);
      if (i > 0 && !last) may_break(part.first_token, Strength::part, 2);
      if (part.kind == NodeKind::When) {
        const NodeId where = tree_.child(children[i], NodeKind::Where);
        if (where) may_break(tree_[where].first_token, Strength::part, 2);
      }
      if (part.kind == NodeKind::While && text(part.end_token - 1) != ",")
        slots_[part.end_token].comma = true;
      if (part.kind == NodeKind::Norm) modifiers(children[i]);
    }
    fills(id);
  }

  // Everything after bearer, modal and act.
  void modifiers(NodeId norm) {
    const auto children = tree_.children_of(norm);
    for (size_t i = 3; i < children.size(); ++i) may_break(tree_[children[i]].first_token, Strength::part, 1);
  }

  const Tree& tree_;
  const std::string& code_;
  std::vector<Slot> slots_;
  std::vector<NodeKind> owners_;
};

}  // namespace

std::vector<Slot> lay_out(const Tree& tree, const Sources& sources) { return Layout(tree, sources).run(); }

}  // namespace casus::syntax
