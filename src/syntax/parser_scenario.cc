// SPDX-License-Identifier: Apache-2.0
// Sources, claims, readings, viewpoints and scenarios.
#include "syntax/parser.h"

namespace casus::syntax {

void Parser::source_decl() {
  const Mark m = open();
  bump();
  name("the name of the source");
  title();
  block(
      "the source", [this] { property(); }, [this] { return at_column_one() && top_item_ahead(); });
  close(NodeKind::SourceDecl, m);
}

void Parser::property() {
  const Mark m = open();
  name("the name of a property");
  switch (kind()) {
    case TokenKind::string:
      leaf(NodeKind::String);
      break;
    case TokenKind::instant:
      leaf(NodeKind::Instant);
      break;
    case TokenKind::number:
      leaf(NodeKind::Number);
      break;
    default:
      name("a text, a date, a name or a number");
  }
  semicolon("the property");
  close(NodeKind::Property, m);
}

void Parser::claim() {
  const Mark m = open();
  bump();
  name("the source that the claim is in");
  expect(".", "the source");
  if (at_name() || kind() == TokenKind::number) {
    leaf(NodeKind::ClaimNumber);
  } else {
    expected("the claim's number");
  }
  const Mark by = open();
  keyword("by");
  names("who makes the claim");
  close(NodeKind::By, by);
  if (accept("(")) {
    const Mark speaker = open();
    do {
      name("who speaks");
    } while (at_name());
    close(NodeKind::Speaker, speaker);
    expect(")", "the speaker");
  }
  const Mark when = open();
  if (accept("at")) {
    instant();
    close(NodeKind::At, when);
  }
  const Mark passage = open();
  if (accept("passage")) {
    number("where the passage begins");
    expect("..", "where the passage begins");
    number("where the passage ends");
    close(NodeKind::Passage, passage);
  }
  const Mark words = open();
  if (at_any({"asserts", "holds", "demands", "refuses", "requires", "offers", "expects"})) {
    leaf(NodeKind::ClaimStance);
    string("the claim in our own words");
    close(NodeKind::ClaimWords, words);
  } else if (at_name() && kind(1) == TokenKind::string) {
    return fail(Diag::expected_token, "`" + std::string(word()) + "` does not say in what way it is claimed",
                "`asserts`, `holds`, `demands`, `refuses`, `requires`, `offers` or `expects`");
  }
  expect(":", "who claims, and where");
  if (at("not")) leaf(NodeKind::NotWord);
  pattern("the fact claimed");
  if (accept("=")) expr();
  semicolon("the claim");
  close(NodeKind::Claim, m);
}

void Parser::reading_decl() { titled_options(NodeKind::ReadingDecl, NodeKind::ReadingOption, "the reading"); }

// Viewpoints.

void Parser::viewpoint() {
  const Mark m = open();
  bump();
  name("the name of the viewpoint");
  title();
  block(
      "the viewpoint", [this] { viewpoint_item(); }, [this] { return top_item_ahead(); });
  close(NodeKind::Viewpoint, m);
}

void Parser::viewpoint_item() {
  const Mark m = open();
  const std::string_view meant = at_name(1) ? near_miss({"accepts", "reading"}) : "";
  if (!meant.empty()) misspelt(meant);
  if (at("accepts") && at_name(1)) {
    bump();
    keyword("assertions");
    keyword("by");
    names("whose assertions are accepted");
    semicolon("the names");
    return close(NodeKind::Accepts, m);
  }
  if (at("reading") && at_name(1)) {
    bump();
    name("a reading");
    expect("=", "the reading");
    name("an option of the reading");
    semicolon("the reading");
    return close(NodeKind::ChoosesReading, m);
  }
  if (at("not")) leaf(NodeKind::NotWord);
  pattern("a fact, `accepts assertions by` or `reading`");
  if (accept("=")) expr();
  period();
  semicolon("the fact");
  close(NodeKind::Holds, m);
}

// Scenarios.

void Parser::scenario() {
  const Mark m = open();
  bump();
  if (at_name()) leaf(NodeKind::Name);
  if (!title()) expected("the scenario's title in quotes");
  block(
      "the scenario", [this] { scenario_item(); }, [this] { return top_item_ahead(); });
  close(NodeKind::Scenario, m);
}

// True at a construct that stands only in a scenario.
bool Parser::scenario_item_ahead() const {
  if (kind() == TokenKind::instant) return true;
  if (at_any({"from", "until"})) return kind(1) == TokenKind::instant;
  if (at("events")) return kind(1) == TokenKind::string;
  if (at("expect")) return at_name(1) || kind(1) == TokenKind::instant;
  if (at("with")) return at_name(1) && at_any({"=", "."}, 2);
  return at_any({"under", "view"}) && at_name(1);
}

void Parser::scenario_item() {
  if (at_any({"on", "at"}) && kind(1) == TokenKind::instant) stray();
  const Mark m = open();
  const std::string_view meant =
      near_miss({"under", "from", "until", "view", "with", "events", "given", "expect"});
  if (!meant.empty()) misspelt(meant);
  if (kind() == TokenKind::instant) {
    happens();
  } else if (at("under")) {
    under();
  } else if (at_any({"from", "until"})) {
    dated(at("from") ? NodeKind::ScenarioFrom : NodeKind::ScenarioUntil, "the date");
  } else if (at("view")) {
    bump();
    name("a viewpoint");
    semicolon("the viewpoint");
    close(NodeKind::View, m);
  } else if (at("events")) {
    bump();
    string("the path of a file of events, in quotes");
    semicolon("the path");
    close(NodeKind::EventsFile, m);
  } else if (at("with")) {
    with();
  } else if (at("given")) {
    given();
  } else if (at("expect")) {
    expectation();
  } else {
    fail(Diag::expected_item, "no part of a scenario starts with `" + std::string(word()) + "`",
         "for instance `under`, `expect`, or an event after its date");
  }
}

void Parser::under() {
  const Mark m = open();
  bump();
  do {
    const Mark one = open();
    name("an instrument");
    const Mark as_if = open();
    if (accept("as")) {
      for (const std::string_view next : {"if", "in", "force"}) keyword(next);
      if (accept("from")) instant();
      close(NodeKind::AsIf, as_if);
    }
    close(NodeKind::UnderOne, one);
  } while (accept(","));
  semicolon("the instruments");
  close(NodeKind::Under, m);
}

void Parser::happens() {
  const Mark m = open();
  instant();
  if (at(":")) stray();
  if (kind() == TokenKind::number) {
    return fail(Diag::expected_token, "expected an event after its date",
                "a time is part of the date: `2022-02-24T06:00Z`");
  }
  pattern("an event after its date");
  const Mark as = open();
  if (accept("as")) {
    name("a name for the event after `as`");
    close(NodeKind::As, as);
  }
  assertion();
  semicolon("the event");
  close(NodeKind::Happens, m);
}

void Parser::expectation() {
  const Mark m = open();
  bump();
  const Mark as = open();
  if (accept("as")) {
    name("a viewpoint after `as`");
    close(NodeKind::As, as);
  }
  if (accept("at") || kind() == TokenKind::instant) instant();
  if (at("never")) leaf(NodeKind::Never);
  const Mark expected_part = open();
  if (at("holds")) {
    bump();
    expr();
    close(NodeKind::ExpectHolds, expected_part);
  } else {
    verdict();
  }
  if (at("source")) source_ref();
  semicolon("what is expected");
  close(NodeKind::Expect, m);
}

void Parser::verdict() {
  const Mark m = open();
  name("what is expected, such as `breach(…)` or `holds …`");
  if (!at("(")) {
    return fail(Diag::expected_token, "expected `(` after the verdict",
                "say of whom, as in `breach(by: UKR)`");
  }
  accept("(");
  if (!accept(")")) {
    do {
      exp_arg();
    } while (accept(","));
    expect(")", "the arguments");
  }
  close(NodeKind::ExpectVerdict, m);
}

// `NATO.5`, and `Compact.Consultation` where nothing more follows; other dots are parts of values.
bool Parser::article_ref_argument() const {
  if (!at_name() || !at(".", 1) || (!at_name(2) && kind(2) != TokenKind::number)) return false;
  size_t n = 3;
  while (at("(", n) && (at_name(n + 1) || kind(n + 1) == TokenKind::number) && at(")", n + 2)) n += 3;
  return at_any({",", ")"}, n);
}

void Parser::exp_arg() {
  const Mark m = open();
  if (at_name() && at(":", 1)) {
    named(NodeKind::ArgLabel, "a label");
    bump();
  }
  if (at("article") && (at_name(1) || kind(1) == TokenKind::number)) {
    fail(Diag::expected_token, "expected an article with its instrument", "write `NATO.5`");
  } else if (article_ref_argument()) {
    article_ref();
  } else {
    expr();
  }
  close(NodeKind::ExpArg, m);
}

}  // namespace casus::syntax
