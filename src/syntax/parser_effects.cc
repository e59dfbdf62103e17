// SPDX-License-Identifier: Apache-2.0
// Consequences: what happens or comes to hold without anybody's act.
#include "syntax/parser.h"

namespace casus::syntax {

void Parser::consequence() {
  const Mark m = open();
  accept("then");
  do {
    effect();
  } while (accept(","));
  if (at("after")) after();
  close(NodeKind::Consequence, m);
}

Parser::Words Parser::effect_verbs() {
  static const Words verbs = {"becomes", "ceases", "succeeds", "enters", "is", "resumes"};
  return verbs;
}

void Parser::after() {
  const Mark m = open();
  bump();
  duration();
  close(NodeKind::After, m);
}

void Parser::effect() {
  const Mark m = open();
  const Span subject = at_end() || at("}") ? here() : token_span();
  const std::string_view first = word();
  const bool worded = at_name(1) && !at_any(effect_verbs(), 1);
  if (at("counts") && worded) {
    bump();
    keyword("as");
    pattern("an institutional event");
    close(NodeKind::CountsAs, m);
  } else if (at_any({"begins", "ends"}) && worded) {
    const NodeKind kind = at("begins") ? NodeKind::Begins : NodeKind::Ends;
    bump();
    pattern("a fact");
    close(kind, m);
  } else if (at("set") && worded) {
    bump();
    pattern("a fact");
    expect("=", "the fact");
    expr();
    close(NodeKind::SetFact, m);
  } else if (expression_ahead(0) || actor_ahead(0)) {
    postfix();
    const std::string_view meant = near_miss(effect_verbs());
    if (!meant.empty()) misspelt(meant);
    if (!at_any(effect_verbs())) return no_effect(at(";") || at("}") || at_end() ? here() : subject, first);
    change_of(m);
  } else {
    no_effect(subject, first);
  }
}

// What becomes of the subject, which is parsed already; one of the verbs follows.
void Parser::change_of(Mark m) {
  const auto optional = [this](std::string_view word) {
    if (accept(word)) postfix();
  };
  if (at_any({"becomes", "ceases"})) {
    const NodeKind kind = at("becomes") ? NodeKind::Becomes : NodeKind::Ceases;
    bump();
    if (kind == NodeKind::Ceases) {
      keyword("to");
      keyword("be");
    }
    named(NodeKind::RoleName, "`party` or a role");
    optional("of");
    close(kind, m);
  } else if (at("succeeds")) {
    bump();
    postfix();
    optional("in");
    close(NodeKind::Succeeds, m);
  } else if (at("enters")) {
    bump();
    keyword("into");
    keyword("force");
    close(NodeKind::EntersIntoForce, m);
  } else if (at("resumes")) {
    bump();
    optional("for");
    close(NodeKind::Resumes, m);
  } else {
    accept("is");
    if (accept("terminated")) return close(NodeKind::Terminated, m);
    if (!at("suspended")) return expected("`suspended` or `terminated` after `is`");
    bump();
    optional("for");
    close(NodeKind::Suspended, m);
  }
}

}  // namespace casus::syntax
