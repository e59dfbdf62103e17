// SPDX-License-Identifier: Apache-2.0
// Instruments: their head, parties, roles, articles and bodies.
#include <algorithm>
#include <array>
#include <utility>

#include "syntax/parser.h"

namespace casus::syntax {

void Parser::instrument() {
  const Mark m = open();
  bump();
  name("the name of the instrument");
  title();
  block(
      "the instrument", [this] { instrument_item(); }, [this] { return instrument_ends(); });
  close(NodeKind::Instrument, m);
}

bool Parser::instrument_ends() const { return top_item_ahead(); }

// True at a construct that stands only in an instrument.
bool Parser::instrument_item_ahead() const {
  const auto begins = [this] {
    if (at("cite")) return kind(1) == TokenKind::string;
    if (at("signed")) return kind(1) == TokenKind::instant;
    if (at("article")) return at_name(1) || kind(1) == TokenKind::number;
    if (at_any({"binding", "wording", "party", "role", "body"})) return at_name(1);
    if (at("draft")) return at("since", 1);
    if (at("provisionally")) return at("applied", 1);
    if (at("in")) return at("force", 1);
    if (at("ends")) return at("once", 1);
    if (at("reservation")) return at("by", 1);
    return at("prevails") && at("over", 1) && at("all", 2);
  };
  return begins() && !clause_ahead();
}

void Parser::instrument_item() {
  using Parse = void (Parser::*)();
  static constexpr auto table = std::to_array<std::pair<std::string_view, Parse>>({
      {"cite", &Parser::cite},
      {"binding", &Parser::binding},
      {"signed", &Parser::signed_on},
      {"draft", &Parser::draft},
      {"provisionally", &Parser::provisional},
      {"in", &Parser::in_force},
      {"ends", &Parser::ends_once},
      {"source", &Parser::source_item},
      {"wording", &Parser::wording},
      {"party", &Parser::parties},
      {"role", &Parser::role},
      {"reservation", &Parser::reservation},
      {"prevails", &Parser::prevails_over_all},
      {"reading", &Parser::reading_decl},
      {"choice", &Parser::choice_decl},
      {"body", &Parser::body},
      {"article", &Parser::article},
  });
  const auto parse = [this] {
    const auto* rule =
        std::find_if(table.begin(), table.end(), [this](const auto& r) { return at(r.first); });
    if (rule != table.end()) (this->*rule->second)();
    return rule != table.end();
  };
  if (clause_ahead()) return clause();
  if (parse()) return;
  const std::string_view meant = near_miss({"cite", "binding", "signed", "draft", "provisionally", "ends",
                                            "source", "wording", "party", "role", "reservation", "prevails",
                                            "reading", "choice", "body", "article", "when", "once", "each"});
  if (!meant.empty() && !norm_ahead()) {
    misspelt(meant);
    if (!parse()) clause();
    return;
  }
  if (norm_ahead() || expression_ahead(0)) return clause();
  fail(Diag::expected_item, "no part of an instrument starts with `" + std::string(word()) + "`",
       at("enters") ? "write `in force from` and the date" : "for instance `party`, `article` or `when`");
}

void Parser::dated(NodeKind kind, std::string_view after) {
  const Mark m = open();
  bump();
  instant();
  semicolon(after);
  close(kind, m);
}

void Parser::cite() {
  const Mark m = open();
  bump();
  string("where the instrument is published, in quotes");
  semicolon("the citation");
  close(NodeKind::Cite, m);
}

void Parser::binding() {
  const Mark m = open();
  bump();
  name("`law`, `politics` or `none`");
  semicolon("`binding`");
  close(NodeKind::Binding, m);
}

void Parser::signed_on() { dated(NodeKind::Signed, "the date of signature"); }

void Parser::draft() {
  const Mark m = open();
  bump();
  keyword("since");
  instant();
  semicolon("the date of the draft");
  close(NodeKind::Draft, m);
}

void Parser::provisional() {
  const Mark m = open();
  bump();
  keyword("applied");
  if (!from()) expected("`from` and a date after `applied`");
  until();
  semicolon("the dates");
  close(NodeKind::Provisional, m);
}

void Parser::in_force() {
  const Mark m = open();
  bump();
  keyword("force");
  const std::string_view meant = near_miss({"from", "once"});
  if (!meant.empty()) misspelt(meant);
  if (accept("once")) {
    expr();
    if (at("after")) after();
    semicolon("the condition");
    return close(NodeKind::InForceOnce, m);
  }
  if (!from()) {
    expected("`from` and a date, or `once` and a condition, after `in force`");
  }
  until();
  semicolon("the dates");
  close(NodeKind::InForce, m);
}

void Parser::ends_once() {
  const Mark m = open();
  bump();
  keyword("once");
  expr();
  if (at("after")) after();
  semicolon("the condition");
  close(NodeKind::EndsOnce, m);
}

// A node of its own kind within the statement would say nothing more: the statement is the SourceRef.
void Parser::source_item() {
  const Mark m = open();
  bump();
  if (kind() == TokenKind::string) {
    leaf(NodeKind::String);
  } else {
    name("a source, or a text in quotes");
  }
  semicolon("the source");
  close(NodeKind::SourceRef, m);
}

void Parser::source_ref() {
  const Mark m = open();
  bump();
  if (kind() == TokenKind::string) {
    leaf(NodeKind::String);
  } else {
    name("a source, or a text in quotes");
  }
  close(NodeKind::SourceRef, m);
}

void Parser::wording() {
  const Mark m = open();
  bump();
  name("`V`, `S` or `U`");
  if (kind() == TokenKind::string) leaf(NodeKind::String);
  semicolon("`wording`");
  close(NodeKind::Wording, m);
}

void Parser::parties() {
  const Mark m = open();
  bump();
  names("a party");
  period();
  if (at("as")) {
    const Mark successor = open();
    bump();
    keyword("successor");
    keyword("of");
    name("the party succeeded");
    close(NodeKind::SuccessorOf, successor);
  }
  semicolon("the party list");
  close(NodeKind::Parties, m);
}

void Parser::role() {
  const Mark m = open();
  bump();
  named(NodeKind::RoleName, "the name of the role");
  title();
  if (accept(":")) names("an actor in the role");
  period();
  semicolon("the role");
  close(NodeKind::Role, m);
}

void Parser::reservation() {
  const Mark m = open();
  bump();
  keyword("by");
  name("the party that makes the reservation");
  keyword("to");
  article_refs();
  period();
  semicolon("the reservation");
  close(NodeKind::Reservation, m);
}

void Parser::prevails_over_all() {
  const Mark m = open();
  bump();
  for (const std::string_view next : {"over", "all", "other", "instruments"}) keyword(next);
  semicolon("`prevails over all other instruments`");
  close(NodeKind::PrevailsOverAll, m);
}

// Articles.

void Parser::article() {
  const Mark m = open();
  bump();
  label();
  title();
  if (at("when")) only_when();
  block(
      "the article", [this] { article_item(); }, [this] { return article_ends(); });
  close(NodeKind::Article, m);
}

bool Parser::article_ends() const { return top_item_ahead() || (instrument_item_ahead() && !at("wording")); }

void Parser::article_item() {
  if (clause_ahead()) return clause();
  const std::string_view meant =
      norm_ahead() ? "" : near_miss({"wording", "source", "when", "once", "while", "each"});
  if (!meant.empty()) misspelt(meant);
  if (at("wording")) return wording();
  if (at("source")) return source_item();
  clause();
}

void Parser::label() {
  const Mark m = open();
  const auto part = [this](size_t n) { return at_name(n) || kind(n) == TokenKind::number; };
  if (!part(0)) return expected("the number or name of an article");
  bump();
  while (at("(") && part(1) && at(")", 2)) {
    for (int i = 0; i < 3; ++i) bump();
  }
  close(NodeKind::Label, m);
}

void Parser::article_ref() {
  const Mark m = open();
  if (at("article") && (at_name(1) || kind(1) == TokenKind::number)) {
    bump();
    label();
  } else {
    name("an article such as `article 5` or `NATO.5`");
    if (accept(".")) label();
  }
  close(NodeKind::ArticleRef, m);
}

void Parser::article_refs() {
  do {
    article_ref();
  } while (accept(","));
}

// Bodies.

void Parser::body() {
  const Mark m = open();
  bump();
  name("the name of the body");
  title();
  const auto ends = [this] { return top_item_ahead() || (instrument_item_ahead() && !at("rule")); };
  block(
      "the body", [this] { body_item(); }, ends);
  close(NodeKind::Body, m);
}

void Parser::body_item() {
  const std::string_view meant = near_miss({"members", "chair", "rule", "decides", "votes"});
  if (!meant.empty()) misspelt(meant);
  const Mark m = open();
  if (at_any({"members", "chair"})) {
    const NodeKind kind = at("chair") ? NodeKind::Chair : NodeKind::Members;
    bump();
    if (at(":")) stray();
    name(kind == NodeKind::Chair ? "who is in the chair" : "a role, a group or `party`");
    semicolon("the name");
    close(kind, m);
  } else if (at("rule")) {
    rule();
  } else if (at("decides")) {
    decides();
  } else if (at("votes")) {
    bump();
    keyword("may");
    keyword("change");
    semicolon("`votes may change`");
    close(NodeKind::VotesMayChange, m);
  } else {
    fail(Diag::expected_item, "no part of a body starts with `" + std::string(word()) + "`",
         "for instance `members`, `rule` or `decides`");
  }
}

void Parser::rule() {
  const Mark m = open();
  bump();
  name("the name of the rule");
  expect(":", "the rule's name");
  expr();
  semicolon("the rule");
  close(NodeKind::Rule, m);
}

void Parser::decides() {
  const Mark m = open();
  bump();
  pattern("what the body decides");
  keyword("by");
  named(NodeKind::RuleName, "a rule of decision");
  if (at("within")) within();
  if (at("recused")) recused();
  if (at("when")) only_when();
  semicolon("the decision");
  close(NodeKind::Decides, m);
}

void Parser::recused() {
  const Mark m = open();
  bump();
  if (at_name() && !at("where")) name("a variable for the voter");
  keyword("where");
  expr();
  close(NodeKind::Recused, m);
}

}  // namespace casus::syntax
