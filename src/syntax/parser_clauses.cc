// SPDX-License-Identifier: Apache-2.0
// Clauses: triggers, and norms with their bearers and acts.
#include "syntax/parser.h"

namespace casus::syntax {

void Parser::clause() {
  const Mark m = open();
  infix_ = SIZE_MAX;
  if (at("when")) {
    when();
  } else if (at("once")) {
    const Mark once = open();
    bump();
    expr();
    close(NodeKind::Once, once);
  }
  if (at("while")) while_head();
  if (at("under") && at("reading", 1)) under_reading();
  if (norm_ahead()) {
    norm();
  } else {
    consequence();
  }
  semicolon("the clause");
  close(NodeKind::Clause, m);
}

void Parser::when() {
  const Mark m = open();
  bump();
  if (at_any({"a", "an", "the"}) && at_name(1) && at("(", 2)) stray();
  trigger();
  if (at("as")) {
    const Mark as = open();
    bump();
    name("a name for the event after `as`");
    close(NodeKind::As, as);
  }
  if (at("where")) condition();
  after_trigger();
  close(NodeKind::When, m);
}

void Parser::trigger() {
  const Mark m = open();
  if (at_any({"breach", "performance", "non_performance", "release"}) && at("of", 1)) {
    leaf(NodeKind::Name);
    bump();
    article_ref();
    if (accept("by")) {
      const Mark binder = open();
      name("a kind or role after `by`");
      name("a variable for it");
      close(NodeKind::Binder, binder);
    }
    return close(NodeKind::TriggerOutcome, m);
  }
  const bool worded = at_any({"decided", "rejected", "begins", "ends"}) && at_name(1) && !reserved(1);
  if (!worded) return pattern("an event after `when`");
  const NodeKind kind = at("decided")    ? NodeKind::TriggerDecided
                        : at("rejected") ? NodeKind::TriggerRejected
                        : at("begins")   ? NodeKind::TriggerBegins
                                         : NodeKind::TriggerEnds;
  bump();
  pattern("a motion or fact");
  close(kind, m);
}

void Parser::while_head() {
  const Mark m = open();
  bump();
  expr();
  accept(",");
  close(NodeKind::While, m);
}

void Parser::under_reading() {
  const Mark m = open();
  bump();
  bump();
  name("a reading");
  expect("=", "the reading");
  name("an option of the reading");
  close(NodeKind::UnderReading, m);
}

void Parser::pattern(std::string_view what) {
  const Mark m = open();
  if (reserved()) return expected(what);
  name(what);
  if (at("(")) {
    arguments();
  } else {
    bare_pattern_ = pos_;
  }
  close(NodeKind::Pattern, m);
}

void Parser::arguments() {
  accept("(");
  if (accept(")")) return;
  do {
    arg();
  } while (accept(","));
  expect(")", "the arguments");
}

void Parser::arg() {
  const Mark m = open();
  if (at_name() && at(":", 1)) {
    named(NodeKind::ArgLabel, "a label");
    bump();
  }
  if (at("each") && at_name(1)) stray();
  const auto ends = [this](size_t n) { return at_any({",", ")"}, n); };
  if (at("any") && ends(1)) {
    leaf(NodeKind::Any);
  } else if (at_name() && (!reserved() || at("count")) && at_name(1) && !reserved(1) && ends(2)) {
    const Mark binder = open();
    leaf(NodeKind::Name);
    leaf(NodeKind::Name);
    close(NodeKind::Binder, binder);
  } else {
    expr();
  }
  close(NodeKind::Arg, m);
}

// Norms.

bool Parser::norm_ahead() const {
  if (at_any({"each", "any"}) && at_name(1)) return true;
  if (!at_name() || !at_name(1)) return false;
  if (words_before_modal() > 1 || at_any({"shall", "may"}, 1) || at_any({"shall", "may"}, 2)) return true;
  if (at("the") && at("together", 2)) return true;
  if (!near_miss({"shall", "may"}, 1).empty())
    return !at_any(effect_verbs(), 1) && near_miss(effect_verbs(), 1).empty();
  return !near_miss({"each"}).empty() && (at("except", 2) || !near_miss({"shall"}, 2).empty());
}

void Parser::norm() {
  const Nest nest(*this);
  const Mark m = open();
  bearer();
  modal();
  act();
  while (modifier()) continue;
  close(NodeKind::Norm, m);
}

void Parser::bearer() {
  if (worded_bearer()) return;
  const Mark m = open();
  if (at_any({"each", "any"})) return bearer_each();
  if (accept("the")) {
    name("a role");
    keyword("together");
    return close(NodeKind::BearerTogether, m);
  }
  if (at_name(1) &&
      (at_any({"shall", "may"}, 2) || (!at_any({"shall", "may"}, 1) && !near_miss({"shall"}, 2).empty()))) {
    const std::string_view meant = near_miss({"each", "any"});
    if (meant.empty()) {
      report(Diag::expected_token, token_span(),
             "expected a bearer such as `each " + std::string(word(1)) + "`", found());
      panic_ = true;
      return;
    }
    misspelt(meant);
    return bearer_each();
  }
  name("a bearer of the duty or power");
  close(NodeKind::BearerOne, m);
}

void Parser::bearer_each() {
  const Mark m = open();
  bump();
  name("a kind, role or group");
  const bool last = at_any({"shall", "may", "except"}, 1);
  const bool act = at("(", 1) || !near_miss({"shall", "may", "except"}).empty();
  if (at_name() && !at_any({"shall", "may", "except"}) && (last || !act))
    named(NodeKind::VarName, "a variable");
  if (at("except")) {
    const Mark except = open();
    bump();
    do {
      postfix();
    } while (accept(","));
    close(NodeKind::Except, except);
  }
  close(NodeKind::BearerEach, m);
}

void Parser::modal() {
  const Mark m = open();
  const std::string_view meant = near_miss({"shall", "may"});
  if (!meant.empty()) misspelt(meant);
  if (at("than") || (at_any({",", "("}) && at("except", 1))) {
    return fail(Diag::expected_token, "expected `shall`, `shall not` or `may` after the bearer",
                "who is left out follows `except`, as in `each party except UKR shall`");
  }
  if (!at_any({"shall", "may"})) return expected("`shall`, `shall not` or `may` after the bearer");
  const bool may = at("may");
  if (may && at("not", 1)) {
    Span both = token_span();
    both.end = tree_.tokens[live_[pos_ + 1]].end;
    report(Diag::misspelt_keyword, both, "`may not` can be understood in two ways", "write `shall not`",
           "shall not");
  }
  bump();
  if (may && !at("not")) return close(NodeKind::May, m);
  close(accept("not") ? NodeKind::ShallNot : NodeKind::Shall, m);
}

void Parser::act() {
  if (at(":")) stray();
  const Mark m = open();
  if (at("take") && at_any({"one", "at"}, 1)) return take_of();
  if (at("ensure") && !at(";", 1)) {
    bump();
    expr();
    close(NodeKind::Ensure, m);
  } else if (at("bring") && at("about", 1)) {
    bump();
    bump();
    expr();
    close(NodeKind::BringAbout, m);
  } else if (at("within") && kind(1) == TokenKind::number) {
    fail(Diag::expected_token, "expected an act",
         "a deadline follows the act: `consult(about: it) within 30 days`");
  } else {
    pattern("an act");
  }
}

void Parser::take_of() {
  const Mark m = open();
  bump();
  if (accept("at")) {
    keyword("least");
    number("how many of the acts");
  } else {
    keyword("one");
  }
  keyword("of");
  if (!at("{")) {
    fail(Diag::expected_token, "expected `{` after `of`",
         "the acts stand in braces: `{ assist, supply_arms }`");
  }
  accept("{");
  do {
    named(NodeKind::ActName, "an act");
    if (at_any({"or", "and"})) misspelt(",");
  } while (accept(","));
  if (at("(")) {
    fail(Diag::expected_token, "expected `}` after the acts",
         "what each act needs stands once, after the braces: `}(to: UKR)`");
  }
  expect("}", "the acts");
  if (at("(")) arguments();
  close(NodeKind::TakeOf, m);
}

}  // namespace casus::syntax
