// SPDX-License-Identifier: Apache-2.0
// What modifies a norm: deadlines, conditions, precedence, what follows otherwise.
#include <algorithm>
#include <array>
#include <utility>

#include "syntax/parser.h"

namespace casus::syntax {

Parser::Words Parser::modifier_words() {
  static const Words words = {"within", "recused", "promptly", "where",           "while",
                              "until",  "unless",  "from",     "notwithstanding", "prevails",
                              "owed",   "even",    "takes",    "otherwise"};
  return words;
}

// One modifier of a norm; false when none follows.
bool Parser::modifier() {
  using Parse = void (Parser::*)();
  static constexpr auto table = std::to_array<std::pair<std::string_view, Parse>>({
      {"within", &Parser::within},
      {"by", &Parser::by},
      {"recused", &Parser::recused},
      {"promptly", &Parser::promptly},
      {"as", &Parser::discretion},
      {"where", &Parser::condition},
      {"while", &Parser::condition},
      {"unless", &Parser::condition},
      {"until", &Parser::until_modifier},
      {"from", &Parser::from_date},
      {"notwithstanding", &Parser::precedence},
      {"prevails", &Parser::precedence},
      {"owed", &Parser::owed},
      {"even", &Parser::even_if_late},
      {"takes", &Parser::takes_effect},
      {"otherwise", &Parser::otherwise},
  });
  if (first_on_line() && !at("while") && (clause_ahead() || instrument_item_ahead())) return false;
  const std::string_view meant = near_miss(modifier_words());
  if (!meant.empty()) misspelt(meant);
  const auto* rule = std::find_if(table.begin(), table.end(), [this](const auto& r) { return at(r.first); });
  if (rule == table.end()) return false;
  (this->*rule->second)();
  return true;
}

void Parser::promptly() { leaf(NodeKind::Promptly); }

void Parser::discretion() {
  const Mark m = open();
  bump();
  if (at("soon"))
    return fail(Diag::expected_token, "expected `as it deems necessary` or `as appropriate`",
                "for `as soon as possible` write `promptly`");
  if (!accept("appropriate")) {
    for (const std::string_view next : {"it", "deems", "necessary"}) keyword(next);
  }
  close(NodeKind::Discretion, m);
}

void Parser::condition() {
  const Mark m = open();
  const NodeKind kind = at("where") ? NodeKind::Where : at("while") ? NodeKind::While : NodeKind::Unless;
  bump();
  expr();
  close(kind, m);
}

void Parser::from_date() {
  if (!at_name(1)) {
    from();
    return;
  }
  bump();
  fail(Diag::expected_token, "expected a date after `from`",
       "from an event a deadline runs `of` it, as in `within 30 days of attack`");
}

void Parser::precedence() {
  const Mark m = open();
  const bool over = at("prevails");
  bump();
  if (over) keyword("over");
  article_refs();
  close(NodeKind::Notwithstanding, m);
}

void Parser::even_if_late() {
  const Mark m = open();
  bump();
  keyword("if");
  keyword("late");
  close(NodeKind::EvenIfLate, m);
}

void Parser::within() {
  const Mark m = open();
  bump();
  const Mark open_length = open();
  if (at_name() && at(".", 1)) {
    postfix();
    name("a unit of time such as `h`, `days` or `months`");
    close(NodeKind::OpenDuration, open_length);
  } else {
    duration();
  }
  if (accept("of")) named(NodeKind::OfName, "an event or `notice` after `of`");
  close(NodeKind::Within, m);
}

// By a date, or by a rule of decision.
void Parser::by() {
  const Mark m = open();
  bump();
  const bool rule = at_name();
  if (rule) {
    name("a rule of decision");
  } else {
    instant();
  }
  close(rule ? NodeKind::ByRule : NodeKind::By, m);
}

void Parser::until_modifier() {
  const Mark m = open();
  bump();
  const bool date = kind() == TokenKind::instant;
  if (date) {
    instant();
  } else {
    expr();
  }
  close(date ? NodeKind::Until : NodeKind::UntilCond, m);
}

void Parser::owed() {
  const Mark m = open();
  bump();
  keyword("to");
  if (at("all") && at("parties", 1)) {
    bump();
    bump();
  } else {
    postfix();
  }
  close(NodeKind::OwedTo, m);
}

void Parser::takes_effect() {
  const Mark m = open();
  bump();
  keyword("effect");
  duration();
  keyword("after");
  keyword("notice");
  close(NodeKind::TakesEffect, m);
}

void Parser::otherwise() {
  const Mark m = open();
  bump();
  if (at("breach") && !at_any({"shall", "may"}, 1)) {
    leaf(NodeKind::BreachWord);
    if (at_name() && !reserved() && !continues_clause(0)) leaf(NodeKind::Name);
  } else {
    norm();
  }
  close(NodeKind::Otherwise, m);
}

void Parser::duration() {
  const Mark m = open();
  do {
    if (at_name()) {
      fail(Diag::expected_token, "expected a number and a unit of time, such as `24 h`",
           "write the number in digits");
    }
    number("a number and a unit of time, such as `24 h`");
    name("a unit of time such as `h`, `days` or `months`");
  } while (kind() == TokenKind::number && at_name(1));
  close(NodeKind::Duration, m);
}

}  // namespace casus::syntax
