// SPDX-License-Identifier: Apache-2.0
// Choices, packages of them, and explorations.
#include <algorithm>
#include <array>
#include <utility>

#include "syntax/parser.h"

namespace casus::syntax {
namespace {

using Phrase = std::pair<NodeKind, std::string_view>;
constexpr auto phrases = std::to_array<Phrase>({
    {NodeKind::ObligedAndForbidden, "no party both obliged and forbidden"},
    {NodeKind::BreachHasConsequence, "every breach has a consequence"},
    {NodeKind::ProtectedHasDuty, "every protected party is owed a hard duty"},
    {NodeKind::SingleBlocker, "no single party can block"},
    {NodeKind::GuarantorsFight, "no two guarantors bound to fight each other"},
    {NodeKind::MotionInTime, "every motion can be adopted in time"},
    {NodeKind::DutyCanBeKept, "every duty can lawfully be kept"},
});

std::vector<std::string_view> words_of(std::string_view phrase) {
  std::vector<std::string_view> words;
  while (!phrase.empty()) {
    const size_t end = std::min(phrase.find(' '), phrase.size());
    words.push_back(phrase.substr(0, end));
    phrase.remove_prefix(std::min(end + 1, phrase.size()));
  }
  return words;
}

}  // namespace

// Choices.

void Parser::choice_decl() {
  const Mark m = open();
  bump();
  name("the name of the choice");
  title();
  bool any = false;
  const auto option = [&] {
    any = true;
    choice_option();
  };
  block("the choice", option, [this] { return at_column_one() && top_item_ahead(); });
  if (!panic_ && !any) {
    const Token& brace = tree_.tokens[last_end_ - 1];
    report(Diag::expected_token, {tree_.source, brace.begin, brace.end},
           "expected an option in the braces of the choice",
           "for instance `open_door \"further accession\";`");
  }
  close(NodeKind::ChoiceDecl, m);
}

void Parser::choice_option() {
  const Mark m = open();
  name("the name of an option");
  if (accept("(")) {
    do {
      const Mark one = open();
      name("a parameter of the option");
      expect(":", "the parameter");
      number("its least value, as in `years: 10 .. 25`");
      expect("..", "the least value");
      number("its greatest value");
      if (accept("step")) number("the step from one value to the next");
      close(NodeKind::ChoiceParameter, one);
    } while (accept(","));
    expect(")", "the parameters");
  }
  title();
  semicolon("the option");
  close(NodeKind::ChoiceOption, m);
}

// `when enlargement = permanent_ban`, of an article and of what a body decides.
void Parser::only_when() {
  const Mark m = open();
  bump();
  expr();
  close(NodeKind::OnlyWhen, m);
}

// with enlargement = moratorium(years: 15), Draft.rule = most;
void Parser::with() {
  const Mark m = open();
  bump();
  do {
    const Mark one = open();
    const Mark of = open();
    name("a choice");
    if (accept(".")) name("a choice of the instrument");
    close(NodeKind::ChoiceRef, of);
    expect("=", "the choice");
    name("an option of the choice");
    if (accept("(")) {
      do {
        const Mark value = open();
        name("a parameter of the option");
        expect(":", "the parameter");
        number("its value");
        close(NodeKind::ChosenValue, value);
      } while (accept(","));
      expect(")", "the values");
    }
    close(NodeKind::Chosen, one);
  } while (accept(","));
  semicolon("the choices");
  close(NodeKind::With, m);
}

// Explorations.

void Parser::explore() {
  const Mark m = open();
  bump();
  if (at_name()) leaf(NodeKind::Name);
  if (!title()) expected("the exploration's question in quotes");
  block(
      "the exploration", [this] { explore_item(); }, [this] { return top_item_ahead(); });
  close(NodeKind::Explore, m);
}

// True at a construct that stands only in an exploration.
bool Parser::explore_item_ahead() const {
  if (at("may")) return at("happen", 1);
  if (at("from")) return at("scenario", 1);
  if (at("at")) return at("most", 1);
  return at_any({"always", "possible", "eventually"}) && at_name(1);
}

void Parser::explore_item() {
  const std::string_view meant = near_miss({"under", "from", "until", "view", "given", "with", "may",
                                            "within", "at", "never", "always", "possible", "eventually"});
  if (!meant.empty()) misspelt(meant);
  const Mark m = open();
  if (at("from") && at("scenario", 1)) {
    from_scenario();
  } else if (at("may")) {
    bump();
    keyword("happen");
    do {
      const Mark one = open();
      pattern("an event that may happen");
      if (at("where")) condition();
      close(NodeKind::MayHappen, one);
    } while (accept(","));
    semicolon("what may happen");
    close(NodeKind::MayHappens, m);
  } else if (at("within") || (at("at") && at("most", 1))) {
    bounds();
  } else if (at_any({"never", "always", "possible", "eventually"})) {
    asked();
  } else if (at_any({"events", "expect"})) {
    fail(Diag::expected_item, "no part of an exploration starts with `" + std::string(word()) + "`",
         at("events") ? "put it into a scenario, and write `from scenario`"
                      : "write `never`, `always`, `possible` or `eventually`");
  } else if (scenario_item_ahead() || at_any({"given", "from", "until"})) {
    scenario_item();
  } else {
    fail(Diag::expected_item, "no part of an exploration starts with `" + std::string(word()) + "`",
         "for instance `from scenario`, `may happen`, `within` or `never`");
  }
}

void Parser::from_scenario() {
  const Mark m = open();
  bump();
  bump();
  if (kind() == TokenKind::string) {
    leaf(NodeKind::String);
  } else {
    name("the name of a scenario, or its title in quotes");
  }
  const Mark when = open();
  if (accept("at")) {
    instant();
    close(NodeKind::At, when);
  }
  semicolon("the scenario");
  close(NodeKind::FromScenario, m);
}

// within 72 h, at most 20 events;
void Parser::bounds() {
  const Mark m = open();
  do {
    if (accept("within")) {
      duration();
    } else if (accept("at")) {
      keyword("most");
      number("how many events");
      if (!accept("event")) keyword("events");
    } else {
      expected("`within` and a length of time, or `at most` and a number of events");
    }
  } while (accept(","));
  semicolon("the bounds");
  close(NodeKind::Bounds, m);
}

// A standard property, told from a condition by the first three words of its phrase.
bool Parser::standard_property() {
  const auto begins = [this](const Phrase& p) {
    const auto words = words_of(p.second);
    return at(words[0]) && at(words[1], 1) && at(words[2], 2);
  };
  const auto* found = std::find_if(phrases.begin(), phrases.end(), begins);
  if (found == phrases.end()) return false;
  const Mark m = open();
  const auto words = words_of(found->second);
  bump();
  for (size_t i = 1; i < words.size(); ++i) keyword(words[i]);
  if (found->first == NodeKind::ProtectedHasDuty && at("within")) time_within();
  close(found->first, m);
  return true;
}

void Parser::time_within() {
  const Mark m = open();
  bump();
  duration();
  close(NodeKind::Within, m);
}

// `breach(by: RUS)`, and not the fact `suspended(what: Pact, whom: RUS)`: a verdict's arguments have its
// labels.
bool Parser::verdict_ahead(size_t n) const {
  const bool verdict = at_any({"duty", "fulfilled", "breach", "unperformed", "released", "lapsed", "late",
                               "suspended", "pending", "void", "adopted", "rejected"},
                              n);
  if (!verdict || !at("(", n + 1)) return false;
  return at(")", n + 2) || (at_any({"by", "of", "under", "to"}, n + 2) && at(":", n + 3));
}

// never breach(by: RUS); always not terminated(Pact) at the end; eventually within 24 h …;
void Parser::asked() {
  const Mark m = open();
  leaf(NodeKind::PropertyMode);
  if (at("within") && kind(1) == TokenKind::number) time_within();
  if (at("not") && verdict_ahead(1)) {
    return fail(Diag::expected_token, "`not` stands before a verdict",
                "write `never " + std::string(word(1)) + "(…)`");
  }
  if (verdict_ahead(0)) {
    verdict();
  } else if (!standard_property()) {
    expr();
  }
  if (at("at") && at("the", 1)) {
    const Mark end = open();
    for (int i = 0; i < 2; ++i) bump();
    keyword("end");
    close(NodeKind::AtTheEnd, end);
  }
  semicolon("what is asked");
  close(NodeKind::Asked, m);
}

}  // namespace casus::syntax
