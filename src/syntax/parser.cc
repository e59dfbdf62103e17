// SPDX-License-Identifier: Apache-2.0
// What all rules share: the input, the tree under construction, errors and recovery from them.
#include "syntax/parser.h"

#include <algorithm>
#include <utility>

#include "syntax/lexer.h"
#include "text/words.h"

namespace casus::syntax {
namespace {

// Which instrument, article, body, scenario or viewpoint an offset lies in, for the head of a diagnostic.
class Places {
 public:
  Places(const Tree& tree, const Sources& sources) : tree_(tree), sources_(sources) {}

  std::string of(uint32_t offset) const {
    const NodeId item = containing(tree_.root, offset);
    if (!item) return {};
    switch (tree_.kind(item)) {
      case NodeKind::Instrument:
        return title_or_name(item) + inside_instrument(item, offset);
      case NodeKind::Scenario:
        return "scenario " + title_or_name(item);
      case NodeKind::Explore:
        return "exploration " + title_or_name(item);
      case NodeKind::Viewpoint:
        return "viewpoint " + title_or_name(item);
      default:
        return {};
    }
  }

 private:
  // The last child that starts at or before the offset: what is missing at its end is its own matter.
  NodeId containing(NodeId parent, uint32_t offset) const {
    const auto children = tree_.children_of(parent);
    const auto after = std::partition_point(children.begin(), children.end(),
                                            [&](NodeId child) { return tree_.span(child).begin <= offset; });
    if (after == children.begin() || tree_.span(*(after - 1)).end < offset) return {};
    return *(after - 1);
  }

  std::string inside_instrument(NodeId instrument, uint32_t offset) const {
    const NodeId part = containing(instrument, offset);
    if (!part) return {};
    if (tree_.kind(part) == NodeKind::Body) return ", body " + text(tree_.child(part, NodeKind::Name));
    if (tree_.kind(part) == NodeKind::Article) return ", article " + text(tree_.child(part, NodeKind::Label));
    return {};
  }

  std::string title_or_name(NodeId node) const {
    if (const NodeId title = tree_.child(node, NodeKind::Title))
      return string_value(tree_.text(title, sources_));
    return text(tree_.child(node, NodeKind::Name));
  }
  std::string text(NodeId node) const { return node ? std::string(tree_.text(node, sources_)) : "?"; }

  const Tree& tree_;
  const Sources& sources_;
};

}  // namespace

Parser::Parser(SourceId source, const Sources& sources, const ParseLimits& limits, Diagnostics& diagnostics)
    : sources_(sources), code_(sources[source].code), limits_(limits), diagnostics_(diagnostics) {
  tree_.source = source;
  tree_.tokens = lex(source, sources, limits, found_);
  for (const Diagnostic& d : found_.all()) lexical_.push_back(d.span.begin);
  std::sort(lexical_.begin(), lexical_.end());
  live_.reserve(tree_.tokens.size());
  for (uint32_t i = 0; i < tree_.tokens.size(); ++i) {
    if (tree_.tokens[i].kind != TokenKind::error) live_.push_back(i);
  }
}

Tree Parser::run() {
  file();
  hand_over();
  return std::move(tree_);
}

void Parser::hand_over() {
  const Places places(tree_, sources_);
  for (Diagnostic d : found_.all()) {
    d.where = places.of(d.span.begin);
    diagnostics_.add(std::move(d));
  }
  for (size_t i = 0; i < found_.dropped(); ++i) diagnostics_.add(found_.all().back());
}

// The input.

TokenKind Parser::kind(size_t n) const {
  if (panic_ || pos_ + n >= live_.size()) return TokenKind::end;
  return tree_.tokens[live_[pos_ + n]].kind;
}

std::string_view Parser::word(size_t n) const {
  if (panic_ || pos_ + n >= live_.size()) return {};
  return pos_ + n == corrected_ ? correction_ : text_of(live_[pos_ + n]);
}

bool Parser::at_any(Words texts, size_t n) const {
  return std::find(texts.begin(), texts.end(), word(n)) != texts.end();
}

std::string_view Parser::text_of(uint32_t token) const {
  const Token& t = tree_.tokens[token];
  return std::string_view(code_).substr(t.begin, t.end - t.begin);
}

bool Parser::first_on_line(size_t n) const {
  if (pos_ + n >= live_.size()) return true;
  const uint32_t index = live_[pos_ + n];
  const size_t begin = index == 0 ? 0 : tree_.tokens[index - 1].end;
  const size_t length = tree_.tokens[index].begin - begin;
  return index == 0 || std::string_view(code_).substr(begin, length).find('\n') != std::string_view::npos;
}

bool Parser::at_column_one() const {
  const uint32_t begin = tree_.tokens[live_[pos_]].begin;
  return begin == 0 || code_[begin - 1] == '\n';
}

void Parser::bump() {
  if (at_end()) return;
  last_end_ = live_[pos_] + 1;
  ++pos_;
}

bool Parser::accept(std::string_view text) {
  if (!at(text)) return false;
  bump();
  return true;
}

// The tree.

Parser::Mark Parser::open() const { return {live_[pos_], pending_.size()}; }

void Parser::close(NodeKind kind, Mark mark) {
  Node node;
  node.kind = kind;
  node.first_token = mark.token;
  node.end_token = std::max(mark.token, last_end_);
  node.first_child = static_cast<uint32_t>(tree_.children.size());
  node.child_count = static_cast<uint32_t>(pending_.size() - mark.pending);
  uint32_t height = 0;
  for (size_t i = mark.pending; i < pending_.size(); ++i) {
    tree_.children.push_back(pending_[i]);
    height = std::max(height, heights_[pending_[i].index()] + 1);
  }
  pending_.resize(mark.pending);
  pending_.push_back(NodeId(tree_.nodes.size()));
  tree_.nodes.push_back(node);
  heights_.push_back(height);
  // A long chain (a + a + …) nests without recursion here; those who read the tree recurse.
  if (height > 4 * limits_.max_depth) too_deep();
}

void Parser::leaf(NodeKind kind) {
  const Mark m = open();
  bump();
  close(kind, m);
}

// Errors.

Span Parser::token_span() const {
  const Token& token = tree_.tokens[live_[std::min(pos_, live_.size() - 1)]];
  return {tree_.source, token.begin, token.end};
}

// Where something is missing: at the current token; where that starts a line or ends a block, after the one
// before.
Span Parser::here() const {
  const size_t now = std::min(pos_, live_.size() - 1);
  const bool absent = at_end() || text_of(live_[now]) == "}" || first_on_line();
  if (!absent || now == 0) return token_span();
  const uint32_t end = tree_.tokens[live_[now - 1]].end;
  return {tree_.source, end, end};
}

// True when what is wrong here follows from something already reported: an earlier error that the parser has
// just recovered from, or a token that the lexer could not read.
bool Parser::quiet() const {
  if (panic_ || pos_ < quiet_before_) return true;
  const size_t now = std::min(pos_, live_.size() - 1);
  const uint32_t from = now == 0 ? 0 : tree_.tokens[live_[now - 1]].begin;
  const auto near = std::lower_bound(lexical_.begin(), lexical_.end(), from);
  return near != lexical_.end() && *near <= tree_.tokens[live_[now]].begin;
}

void Parser::report(Diag kind, Span span, std::string message, std::string label, std::string replacement) {
  if (quiet()) return;
  Diagnostic d;
  d.kind = kind;
  d.span = span;
  d.message = std::move(message);
  d.label = std::move(label);
  d.replacement = std::move(replacement);
  found_.add(std::move(d));
}

void Parser::fail(Diag kind, std::string message, std::string label) {
  // What begins wrongly is shown itself; what is missing, where it is missing.
  report(kind, kind == Diag::expected_item ? token_span() : here(), std::move(message), std::move(label));
  panic_ = true;
}

void Parser::expected(std::string_view what) {
  fail(Diag::expected_token, "expected " + std::string(what), found());
}

void Parser::too_deep() {
  if (!too_deep_reported_) {
    report(Diag::too_deep, here(),
           "the nesting is deeper than the limit of " + std::to_string(limits_.max_depth),
           "split it, for instance by `derived` facts");
  }
  too_deep_reported_ = true;
  panic_ = true;
}

void Parser::misspelt(std::string_view keyword) {
  report(Diag::misspelt_keyword, token_span(), quoted(word()) + " is not a word that can stand here",
         "did you mean " + quoted(keyword) + "?", std::string(keyword));
  corrected_ = pos_;
  correction_ = keyword;
}

// A construct at the start of a line ends the search for the end of a broken one.
bool Parser::stops_recovery(size_t depth) const {
  if (!first_on_line()) return false;
  if (depth > 0) return at_column_one() && top_item_ahead();
  if (at_any({"when", "once"})) return true;
  return top_item_ahead() || instrument_item_ahead() || scenario_item_ahead() || explore_item_ahead();
}

// Skips to after the broken construct's `;` or block, or to before the next construct or the closing brace.
// Takes at least one token if none was taken since `start`.
void Parser::recover(size_t start) {
  panic_ = false;
  const Mark m = open();
  size_t depth = 0;  // of braces that the construct itself has opened
  for (size_t i = start; i < pos_; ++i) {
    if (text_of(live_[i]) == "{") ++depth;
    if (text_of(live_[i]) == "}" && depth > 0) --depth;
  }
  bool clean = false;
  while (!at_end() && (pos_ == start || !stops_recovery(depth))) {
    if (at("}") && depth == 0) break;
    clean = at(";") && depth == 0;
    if (at("{")) ++depth;
    const bool closed = at("}") && --depth == 0;
    bump();
    if (clean) break;
    if (closed && (accept(";") || at("}") || first_on_line())) break;
  }
  if (last_end_ > m.token) close(NodeKind::Error, m);
  if (!clean) quiet_before_ = pos_ + 1;
}

void Parser::unclosed(uint32_t brace, std::string_view what) {
  const Token& token = tree_.tokens[brace];
  report(Diag::unclosed_block, {tree_.source, token.begin, token.end},
         "the block of " + std::string(what) + " is not closed", "close it with `}`");
  quiet_before_ = pos_ + 1;
}

// Parts that many rules share.

void Parser::expect(std::string_view sign, std::string_view after) {
  if (panic_ || accept(sign)) return;
  expected("`" + std::string(sign) + "` after " + std::string(after));
}

// A construct's end. Where the next one plainly begins, the missing sign is all that is wrong.
void Parser::semicolon(std::string_view after) {
  if (panic_ || accept(";")) return;
  if (after == "the clause" && infix_was_modifier()) return;
  const std::string message = "expected `;` after " + std::string(after);
  if (!at_end() && !at("}") && !first_on_line())
    return fail(Diag::expected_token, message, found_after(after));
  report(Diag::expected_token, here(), message, "put `;` here", ";");
  quiet_before_ = pos_ + 1;
}

// A block's brace. When it is missing before what plainly is the block's content, or words stand before it (a
// title without quotes), the block is read all the same.
void Parser::open_block(std::string_view after) {
  if ((at(":") || at(".")) && at("{", 1)) stray();
  if (panic_ || accept("{")) return;
  size_t words = 0;
  while (kind(words) != TokenKind::end && !at_any({"{", "}", ";"}, words) && !first_on_line(words)) ++words;
  const bool later = at("{", words);
  const bool content = first_on_line() || instrument_item_ahead() || scenario_item_ahead() ||
                       explore_item_ahead() || clause_ahead();
  if (at_end() || (!later && !content)) return expected("`{` after " + std::string(after));
  const bool titled = words > 0 && kind(words - 1) == TokenKind::string;
  report(Diag::expected_token, here(), "expected `{` after " + std::string(after),
         !later              ? "put `{` here"
         : titled || at("-") ? "a name is one word, with `_`"
                             : "a title stands in quotes");
  quiet_before_ = pos_ + 1;
  if (!later) return;
  const Mark m = open();
  while (!at("{")) bump();
  if (words > 0) close(NodeKind::Error, m);
  bump();
}

void Parser::keyword(std::string_view text) {
  if (panic_ || accept(text)) return;
  if (!near_miss({text}).empty()) {
    misspelt(text);
    return bump();
  }
  expected("`" + std::string(text) + "` after " + quoted(text_of(last_end_ - 1)));
}

void Parser::name(std::string_view what) {
  if (at_name()) return leaf(NodeKind::Name);
  if (kind() != TokenKind::string) return expected(what);
  fail(Diag::expected_token, "expected " + std::string(what), "a name stands without quotes");
}

void Parser::names(std::string_view what) {
  if (at(":")) stray();
  do {
    name(what);
  } while (accept(","));
}

void Parser::number(std::string_view what) {
  if (kind() == TokenKind::number) return leaf(NodeKind::Number);
  expected(what);
}

void Parser::instant() {
  if (kind() == TokenKind::instant) return leaf(NodeKind::Instant);
  fail(Diag::expected_token, "expected a date such as `2022-02-24` or a time such as `2022-02-24T06:00Z`",
       kind() == TokenKind::number ? "year, month and day stand in this order, joined by `-`" : found());
}

void Parser::string(std::string_view what) {
  if (kind() == TokenKind::string) return leaf(NodeKind::String);
  expected(what);
}

bool Parser::title() {
  if (at_any({":", ".", "-", ","}) && kind(1) == TokenKind::string) stray();
  if (kind() != TokenKind::string) return false;
  leaf(NodeKind::Title);
  return true;
}

Tree parse(SourceId source, const Sources& sources, Diagnostics& diagnostics, const ParseLimits& limits) {
  return Parser(source, sources, limits, diagnostics).run();
}

}  // namespace casus::syntax
