// SPDX-License-Identifier: Apache-2.0
// The parser's own header: one class, whose rules lie in parser_*.cc by topic. Each rule builds the node that
// docs/language/grammar.md names for it.
//
// How it survives errors: a rule that cannot go on calls fail(), which reports and raises `panic_`. While it
// is raised every look at the input answers "nothing more", so that all rules return at once, without a test
// after each step. The loop over a block's items then calls recover(), which skips to the next construct.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "syntax/tree.h"

namespace casus::syntax {

class Parser {
 public:
  Parser(SourceId source, const Sources& sources, const ParseLimits& limits, Diagnostics& diagnostics);
  Tree run();

 private:
  struct Mark {
    uint32_t token = 0;
    size_t pending = 0;
  };
  using Words = std::initializer_list<std::string_view>;

  // parser.cc: the input. `n` counts tokens ahead; error tokens are passed over.
  TokenKind kind(size_t n = 0) const;
  std::string_view word(size_t n = 0) const;
  bool at(std::string_view text, size_t n = 0) const { return word(n) == text; }
  bool at_any(Words texts, size_t n = 0) const;
  bool at_name(size_t n = 0) const { return kind(n) == TokenKind::name; }
  bool at_end() const { return pos_ + 1 >= live_.size(); }
  bool first_on_line(size_t n = 0) const;
  bool at_column_one() const;
  std::string_view text_of(uint32_t token) const;
  void bump();
  bool accept(std::string_view text);

  // parser.cc: the tree.
  Mark open() const;
  void close(NodeKind kind, Mark mark);
  void leaf(NodeKind kind);  // of the current token

  // parser.cc: errors.
  Span token_span() const;
  Span here() const;
  bool quiet() const;
  void report(Diag kind, Span span, std::string message, std::string label, std::string replacement = {});
  void fail(Diag kind, std::string message, std::string label = {});
  void expected(std::string_view what);
  void too_deep();
  // Reports the current token, and reads it as the keyword from now on.
  void misspelt(std::string_view keyword);
  void recover(size_t start);
  bool stops_recovery(size_t depth) const;
  void unclosed(uint32_t brace, std::string_view what);
  void hand_over();

  // parser_advice.cc: words and signs that treaties have and the language has not.
  std::string_view near_miss(Words keywords, size_t n = 0) const;
  std::string found() const;
  std::string found_after(std::string_view part) const;
  void stray();
  void after_trigger();
  size_t words_before_modal() const;
  bool worded_bearer();
  bool infix_was_modifier();
  void no_effect(Span subject, std::string_view first);

  // parser.cc: parts that many rules share.
  void expect(std::string_view sign, std::string_view after);
  void semicolon(std::string_view after);
  void open_block(std::string_view after);
  void keyword(std::string_view text);
  void name(std::string_view what);
  void names(std::string_view what);
  void named(NodeKind kind, std::string_view what) {
    const Mark m = open();
    name(what);
    close(kind, m);
  }
  void number(std::string_view what);
  void instant();
  void string(std::string_view what);
  bool title();
  template <class Item, class Ends>
  void block(std::string_view what, Item item, Ends ends);

  // parser_items.cc
  void file();
  void item();
  void misplaced(std::string_view block_name, bool (Parser::*belongs)() const, void (Parser::*parse)());
  bool top_item_ahead() const;
  bool clause_ahead() const;
  void use();
  void kind_decl();
  void category_decl();
  void quantity_decl();
  void event_decl();
  void fact_decl();
  void derived_decl();
  void params();
  void type();
  void entity_decl();
  void attribute(bool in_head);
  void group_decl();
  void given();
  void titled_options(NodeKind kind, NodeKind option, std::string_view what);
  bool from();
  bool until();
  void period() {
    from();
    until();
  }
  void assertion();

  // parser_instrument.cc
  void instrument();
  void instrument_item();
  bool instrument_item_ahead() const;
  bool instrument_ends() const;
  void dated(NodeKind kind, std::string_view after);
  void cite();
  void binding();
  void signed_on();
  void draft();
  void provisional();
  void in_force();
  void ends_once();
  void source_item();
  void source_ref();
  void wording();
  void parties();
  void role();
  void reservation();
  void prevails_over_all();
  void article();
  void article_item();
  bool article_ends() const;
  void label();
  void article_ref();
  void article_refs();
  void body();
  void body_item();
  void rule();
  void decides();
  void recused();

  // parser_clauses.cc
  void clause();
  void when();
  void trigger();
  void while_head();
  void under_reading();
  void pattern(std::string_view what);
  void arguments();
  void arg();
  bool norm_ahead() const;
  void norm();
  void bearer();
  void bearer_each();
  void modal();
  void act();
  void take_of();

  // parser_modifiers.cc
  static Words modifier_words();
  bool modifier();
  void promptly();
  void discretion();
  void condition();
  void from_date();
  void precedence();
  void even_if_late();
  void within();
  void by();
  void owed();
  void otherwise();
  void until_modifier();
  void takes_effect();
  void duration();

  // parser_effects.cc
  void consequence();
  void effect();
  static Words effect_verbs();
  void change_of(Mark m);
  void set_fact();
  void after();

  // parser_expr.cc
  void expr();
  void and_expr();
  void not_expr();
  void comparison();
  void sum();
  void term();
  void unary();
  void postfix();
  void primary();
  void numeral();
  bool keyword_primary();
  void name_primary();
  void quantifier(NodeKind kind);
  void every();
  void count_of();
  void happened();
  bool quantifier_ahead() const;
  bool reserved(size_t n = 0) const;
  bool continues_clause(size_t n) const;
  bool open_duration_ahead(size_t n) const;
  bool actor_ahead(size_t n) const;
  bool infix_ahead() const;
  bool expression_ahead(size_t n) const;

  // parser_scenario.cc
  void source_decl();
  void property();
  void claim();
  void reading_decl();
  void viewpoint();
  void viewpoint_item();
  void scenario();
  void scenario_item();
  bool scenario_item_ahead() const;
  void under();
  void happens();
  void expectation();
  void verdict();
  void exp_arg();
  bool article_ref_argument() const;

  // parser_explore.cc
  void choice_decl();
  void choice_option();
  void only_when();
  void with();
  void explore();
  void explore_item();
  bool explore_item_ahead() const;
  void from_scenario();
  void bounds();
  bool standard_property();
  void time_within();
  bool verdict_ahead(size_t n) const;
  void asked();

  // Counts nesting, so that hostile input cannot exhaust the stack.
  class Nest {
   public:
    explicit Nest(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > parser_.limits_.max_depth) parser_.too_deep();
    }
    ~Nest() { --parser_.depth_; }
    Nest(const Nest&) = delete;
    Nest& operator=(const Nest&) = delete;

   private:
    Parser& parser_;
  };

  const Sources& sources_;
  const std::string& code_;
  const ParseLimits& limits_;
  Diagnostics& diagnostics_;
  Diagnostics found_;  // collected here first: where each stands is known when the tree is complete
  std::vector<uint32_t> lexical_;  // where those of the lexer stand
  Tree tree_;
  std::vector<uint32_t> live_;     // the tokens that are not errors
  std::vector<NodeId> pending_;    // closed nodes that wait for their parent
  std::vector<uint32_t> heights_;  // of each node's subtree
  size_t pos_ = 0;                 // in live_
  uint32_t last_end_ = 0;          // after the last token taken
  uint32_t depth_ = 0;
  size_t quiet_before_ = 0;         // errors at earlier positions follow from one already reported
  uint32_t last_close_ = 0;         // the brace that closed the last construct of the file
  size_t corrected_ = SIZE_MAX;     // the position of the last misspelt keyword,
  std::string_view correction_;     // and what was meant
  size_t infix_ = SIZE_MAX;         // the name of the clause's last fact between two values
  size_t bare_pattern_ = SIZE_MAX;  // after the last pattern without parentheses
  bool panic_ = false;
  bool too_deep_reported_ = false;
};

// '{' item* '}'. `ends` says that a construct follows that cannot stand in this block: it was not closed.
template <class Item, class Ends>
void Parser::block(std::string_view what, Item item, Ends ends) {
  if (panic_) return;
  open_block(what);
  const uint32_t brace = last_end_ - 1;
  while (!panic_ && !accept("}")) {
    if (at_end() || ends()) return unclosed(brace, what);
    const size_t start = pos_;
    if (at(";")) {
      stray();
    } else {
      item();
    }
    if (panic_) recover(start);
    CASUS_CHECK(pos_ > start, "an item takes a token or fails");
  }
}

}  // namespace casus::syntax
