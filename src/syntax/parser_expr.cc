// SPDX-License-Identifier: Apache-2.0
// Expressions, and the looks ahead that tell where one ends when a bearer, an effect or a modifier follows it
// without a sign between.
#include "syntax/parser.h"

namespace casus::syntax {
namespace {

// How many tokens a subject with arguments may have: looks ahead from many places must not add up to
// quadratic cost.
constexpr size_t furthest_look = 200;

}  // namespace

// Words that mean something of their own wherever an expression may stand.
bool Parser::reserved(size_t n) const {
  return at_any({"and", "or",       "not",       "where",           "while",    "until", "unless", "shall",
                 "may", "each",     "some",      "every",           "no",       "count", "true",   "false",
                 "has", "happened", "otherwise", "notwithstanding", "prevails", "then"},
                n);
}

// Words that go on with the construct around an expression, so that they are neither units nor infix facts.
bool Parser::continues_clause(size_t n) const {
  if (at("within", n)) return kind(n + 1) == TokenKind::number || open_duration_ahead(n + 1);
  if (at("under", n)) return at("reading", n + 1);
  return at_any(
      {"as",   "from",    "by",    "promptly", "owed",   "even",     "takes",  "except", "counts",   "begins",
       "ends", "recused", "set",   "becomes",  "ceases", "succeeds", "enters", "is",     "resumes",  "any",
       "the",  "in",      "known", "asserted", "denied", "source",   "at",     "after",  "together", "when"},
      n);
}

// `enlargement.years years`: so many as the package says.
bool Parser::open_duration_ahead(size_t n) const {
  return at_name(n) && at(".", n + 1) && at_name(n + 2) &&
         at_any(
             {"ms", "s", "min", "h", "d", "day", "days", "week", "weeks", "month", "months", "year", "years"},
             n + 3);
}

// A bearer or the subject of an effect: `Council may`, `s becomes`, `attack.by is suspended`.
bool Parser::actor_ahead(size_t n) const {
  const size_t end = n + furthest_look;
  if (!at_name(n) || reserved(n)) return false;
  ++n;
  while (n < end && at(".", n) && at_name(n + 1)) n += 2;
  if (at("(", n)) {
    size_t open = 0;
    do {
      if (n >= end || kind(n) == TokenKind::end || at_any({";", "{", "}"}, n)) return false;
      if (at("(", n)) ++open;
      if (at(")", n)) --open;
      ++n;
    } while (open > 0);
  }
  if (at("is", n)) return at_any({"suspended", "terminated"}, n + 1);
  return at_any({"shall", "may", "becomes", "ceases", "succeeds", "enters", "resumes"}, n);
}

bool Parser::expression_ahead(size_t n) const {
  switch (kind(n)) {
    case TokenKind::number:
    case TokenKind::string:
    case TokenKind::instant:
      return true;
    case TokenKind::name:
      if (at_any({"some", "no", "every", "count", "true", "false", "happened"}, n)) return true;
      return !reserved(n) && !continues_clause(n);
    default:
      return at("(", n);
  }
}

// `a within b`: a fact's name between two values.
bool Parser::infix_ahead() const {
  return at_name() && !reserved() && !continues_clause(0) && !actor_ahead(0) && expression_ahead(1);
}

void Parser::expr() {
  const Nest nest(*this);
  const Mark m = open();
  and_expr();
  if (!at("or")) return;
  while (accept("or")) and_expr();
  close(NodeKind::Or, m);
}

void Parser::and_expr() {
  const Mark m = open();
  not_expr();
  if (!at("and")) return;
  while (accept("and")) not_expr();
  close(NodeKind::And, m);
}

void Parser::not_expr() {
  if (!at("not")) return comparison();
  const Nest nest(*this);
  const Mark m = open();
  accept("not");
  not_expr();
  close(NodeKind::Not, m);
}

void Parser::comparison() {
  const Mark m = open();
  sum();
  if (at_any({"=", "!=", "<", "<=", ">", ">="})) {
    bump();
    sum();
    close(NodeKind::Compare, m);
  } else if (accept("in")) {
    sum();
    const bool range = accept("..");
    if (range) sum();
    close(range ? NodeKind::InRange : NodeKind::In, m);
  } else if (accept("is")) {
    if (at("not")) leaf(NodeKind::NotWord);
    name("a kind or role after `is`");
    close(NodeKind::IsKind, m);
  } else if (at("has") && at("decided", 1)) {
    bump();
    bump();
    pattern("what was decided");
    close(NodeKind::HasDecided, m);
  } else if (infix_ahead()) {
    infix_ = pos_;
    named(NodeKind::InfixName, "a fact");
    sum();
    close(NodeKind::Infix, m);
  }
}

void Parser::sum() {
  const Mark m = open();
  term();
  while (at_any({"+", "-"})) {
    const NodeKind kind = at("+") ? NodeKind::Add : NodeKind::Sub;
    bump();
    term();
    close(kind, m);
  }
}

void Parser::term() {
  const Mark m = open();
  unary();
  while (at_any({"*", "/"})) {
    const NodeKind kind = at("*") ? NodeKind::Mul : NodeKind::Div;
    bump();
    unary();
    close(kind, m);
  }
}

void Parser::unary() {
  if (!at("-")) return postfix();
  const Nest nest(*this);
  const Mark m = open();
  accept("-");
  unary();
  close(NodeKind::Neg, m);
}

void Parser::postfix() {
  const Mark m = open();
  primary();
  while (accept(".")) {
    name("the name of a part after `.`");
    close(NodeKind::Field, m);
  }
}

void Parser::primary() {
  const Nest nest(*this);
  switch (kind()) {
    case TokenKind::number:
      return numeral();
    case TokenKind::string:
      return leaf(NodeKind::String);
    case TokenKind::instant:
      return leaf(NodeKind::Instant);
    case TokenKind::name:
      if (!keyword_primary()) name_primary();
      return;
    default:
      break;
  }
  const Mark m = open();
  if (!accept("(")) {
    return fail(Diag::expected_expression, "expected a condition or a value",
                at_end() ? "the file ends here" : "found `" + std::string(word()) + "`");
  }
  expr();
  expect(")", "the condition in parentheses");
  close(NodeKind::Paren, m);
}

void Parser::numeral() {
  const Mark m = open();
  leaf(NodeKind::Number);
  if (accept("%")) {
    keyword("of");
    unary();
    close(NodeKind::PercentOf, m);
  } else if (at_name() && !reserved() && !at("within") && !continues_clause(0) && !actor_ahead(0)) {
    leaf(NodeKind::Name);
    close(NodeKind::Quantity, m);
  }
}

bool Parser::quantifier_ahead() const {
  return at_name(1) && !at_any({"where", "from"}, 1) &&
         (at("where", 2) || (at_name(2) && !reserved(2) && at("where", 3)));
}

// The primaries that begin with a word of their own; false when there is none.
bool Parser::keyword_primary() {
  if (at("some")) {
    quantifier(NodeKind::Some);
  } else if (at("no") && quantifier_ahead()) {
    quantifier(NodeKind::None);
  } else if (at("every")) {
    every();
  } else if (at("count")) {
    count_of();
  } else if (at("happened")) {
    happened();
  } else if (at("true")) {
    leaf(NodeKind::True);
  } else if (at("false")) {
    leaf(NodeKind::False);
  } else if (at("reading") && at_name(1) && at("=", 2)) {
    const Mark m = open();
    bump();
    name("a reading");
    bump();
    name("an option of the reading");
    close(NodeKind::ReadingIs, m);
  } else {
    return false;
  }
  return true;
}

void Parser::name_primary() {
  const Mark m = open();
  if (reserved() && !at("no")) {
    return fail(Diag::expected_expression, "expected a condition or a value",
                "found `" + std::string(word()) + "`");
  }
  leaf(NodeKind::Name);
  if (at("(")) {
    arguments();
    close(NodeKind::Call, m);
  } else if (at_any({"from", "of"}) && at_name(1)) {
    const NodeKind kind = at("from") ? NodeKind::TallyFrom : NodeKind::TallyWeight;
    bump();
    leaf(NodeKind::Name);
    close(kind, m);
  } else {
    close(NodeKind::NameRef, m);
  }
}

void Parser::quantifier(NodeKind kind) {
  const Mark m = open();
  bump();
  name("a kind, role or group");
  if (at_name() && !at("where")) named(NodeKind::VarName, "a variable");
  keyword("where");
  expr();
  close(kind, m);
}

void Parser::every() {
  const Mark m = open();
  bump();
  name("a kind, role or group");
  if (at_name() && !at_any({"where", "has"})) named(NodeKind::VarName, "a variable");
  if (at("where")) condition();
  keyword("has");
  expr();
  close(NodeKind::Every, m);
}

void Parser::count_of() {
  const Mark m = open();
  bump();
  keyword("of");
  name("a kind, role or group");
  if (at_name() && !reserved() && !continues_clause(0) && !actor_ahead(0) && !infix_ahead()) {
    named(NodeKind::VarName, "a variable");
  }
  if (at("where")) condition();
  close(NodeKind::CountOf, m);
}

void Parser::happened() {
  const Mark m = open();
  bump();
  pattern("an event after `happened`");
  if (at("within") && kind(1) == TokenKind::number) {
    const Mark within = open();
    bump();
    duration();
    close(NodeKind::Within, within);
  }
  close(NodeKind::Happened, m);
}

}  // namespace casus::syntax
