// SPDX-License-Identifier: Apache-2.0
// A file's items: vocabulary, entities, given facts; which item a word begins.
#include <algorithm>
#include <array>
#include <utility>

#include "syntax/parser.h"

namespace casus::syntax {

void Parser::file() {
  const Mark m = open();
  while (!at_end()) {
    const size_t start = pos_;
    if (at("}")) {
      report(Diag::stray_brace, token_span(), "this `}` closes nothing",
             "take it out, or look for a `}` too many above");
      leaf(NodeKind::Error);
      continue;
    }
    if (at(";")) {
      stray();
    } else {
      item();
    }
    if (panic_) recover(start);
    last_close_ = last_end_ - 1;
    CASUS_CHECK(pos_ > start, "an item takes a token or fails");
  }
  close(NodeKind::File, m);
  tree_.root = pending_.back();
  Node& root = tree_.nodes[tree_.root.index()];
  root.first_token = 0;
  root.end_token = static_cast<uint32_t>(tree_.tokens.size() - 1);
}

// True at a construct that stands only at the top of a file.
bool Parser::top_item_ahead() const {
  if (at_any({"scenario", "explore"})) return at_name(1) || kind(1) == TokenKind::string;
  if (at("institutional")) return at("event", 1);
  return at_name(1) && at_any({"use", "kind", "category", "quantity", "event", "fact", "derived", "group",
                               "instrument", "claim", "viewpoint"});
}

bool Parser::clause_ahead() const {
  if (at_any({"when", "each", "any", "the", "then"})) return at_name(1);
  if (at_any({"once", "while"})) return at_name(1) || at("-", 1) || expression_ahead(1);
  if (at("ends") && at("once", 1)) return false;  // the instrument's end
  if (at("under")) return at("reading", 1);
  if (at("counts")) return at("as", 1);
  if (at("set")) return at_name(1) && (at("=", 2) || at("(", 2));
  if (at_any({"begins", "ends"})) return at_name(1) && at_any({"(", ";", ",", "after"}, 2);
  return actor_ahead(0);
}

void Parser::item() {
  using Parse = void (Parser::*)();
  static constexpr auto table = std::to_array<std::pair<std::string_view, Parse>>({
      {"use", &Parser::use},
      {"kind", &Parser::kind_decl},
      {"category", &Parser::category_decl},
      {"quantity", &Parser::quantity_decl},
      {"event", &Parser::event_decl},
      {"institutional", &Parser::event_decl},
      {"fact", &Parser::fact_decl},
      {"derived", &Parser::derived_decl},
      {"group", &Parser::group_decl},
      {"given", &Parser::given},
      {"instrument", &Parser::instrument},
      {"source", &Parser::source_decl},
      {"claim", &Parser::claim},
      {"reading", &Parser::reading_decl},
      {"viewpoint", &Parser::viewpoint},
      {"scenario", &Parser::scenario},
      {"choice", &Parser::choice_decl},
      {"explore", &Parser::explore},
  });
  const auto parse = [this] {
    const auto* rule =
        std::find_if(table.begin(), table.end(), [this](const auto& r) { return at(r.first); });
    if (rule != table.end()) (this->*rule->second)();
    return rule != table.end();
  };
  if (clause_ahead()) return clause();
  if (parse()) return;
  if (instrument_item_ahead()) {
    return misplaced("an instrument", &Parser::instrument_item_ahead, &Parser::instrument_item);
  }
  if (scenario_item_ahead())
    return misplaced("a scenario", &Parser::scenario_item_ahead, &Parser::scenario_item);
  if (explore_item_ahead())
    return misplaced("an exploration", &Parser::explore_item_ahead, &Parser::explore_item);
  if (norm_ahead()) return clause();
  // Any word may be an entity's kind, known only later; before braces it may also be a misspelt keyword.
  const bool titled = kind(2) == TokenKind::string;
  const bool entity = at_name() && at_name(1) && (titled || at_name(2) || at_any({";", "{"}, 2));
  const bool braces = entity && at("{", titled ? 3 : 2);
  const std::string_view meant =
      braces ? near_miss({"category", "quantity", "instrument", "source", "reading", "viewpoint", "scenario",
                          "choice", "explore"})
             : near_miss({"kind", "event", "institutional", "fact", "derived", "group", "given", "claim",
                          "scenario", "when", "once", "each"});
  if (!meant.empty() && (!entity || braces)) {
    misspelt(meant);
    if (!parse()) clause();
    return;
  }
  if (at_name() && at_name(1)) return entity_decl();
  fail(Diag::expected_item, "no construct starts with `" + std::string(word()) + "`",
       "for instance `event`, `instrument` or `scenario`");
}

// Constructs of a block that stand outside it, most likely because a `}` before them is too many: one report,
// and they are read as what they are.
void Parser::misplaced(std::string_view block_name, bool (Parser::*belongs)() const,
                       void (Parser::*parse)()) {
  if (!quiet()) {
    Diagnostic d;
    d.kind = Diag::misplaced_item;
    d.span = token_span();
    d.message = "`" + std::string(word()) + "` stands outside " + std::string(block_name);
    d.label = "put it inside the braces of " + std::string(block_name);
    if (pos_ > 0 && text_of(last_close_) == "}") {
      const Token& brace = tree_.tokens[last_close_];
      d.related.push_back({{tree_.source, brace.begin, brace.end}, "the block before was closed here"});
    }
    found_.add(std::move(d));
  }
  while (!at_end() && !top_item_ahead() && ((this->*belongs)() || clause_ahead())) {
    const size_t start = pos_;
    (this->*parse)();
    if (panic_) recover(start);
  }
  if (at("}")) leaf(NodeKind::Error);
}

void Parser::use() {
  const Mark m = open();
  bump();
  do {
    if (kind() == TokenKind::string)
      leaf(NodeKind::String);
    else
      name("the name of a module, or the path of a file in quotes");
  } while (accept(","));
  semicolon("the modules used");
  close(NodeKind::Use, m);
}

void Parser::kind_decl() {
  const Mark m = open();
  bump();
  name("the name of the kind");
  if (accept("is")) name("the kind that it is part of");
  semicolon("the kind");
  close(NodeKind::KindDecl, m);
}

void Parser::titled_options(NodeKind list, NodeKind option, std::string_view what) {
  const Mark m = open();
  bump();
  name("the name of " + std::string(what));
  title();
  bool any = false;
  const auto item = [&] {
    const Mark one = open();
    any = true;
    name("the name of a choice");
    title();
    semicolon("the choice");
    close(option, one);
  };
  block(what, item, [this] { return at_column_one() && top_item_ahead(); });
  if (!panic_ && !any && list == NodeKind::ReadingDecl) {
    const Token& brace = tree_.tokens[last_end_ - 1];
    report(Diag::expected_token, {tree_.source, brace.begin, brace.end},
           "expected a choice in the braces of the reading",
           "for instance `narrow \"in the narrow sense\";`");
  }
  close(list, m);
}

void Parser::category_decl() {
  titled_options(NodeKind::CategoryDecl, NodeKind::CategoryValue, "the category");
}

void Parser::quantity_decl() {
  const Mark m = open();
  bump();
  name("the name of the quantity");
  const auto unit = [this] {
    const Mark one = open();
    name("the name of a unit");
    if (accept("=")) {
      number("how many of another unit it is");
      name("the unit that it is measured in");
    }
    semicolon("the unit");
    close(NodeKind::Unit, one);
  };
  block("the quantity", unit, [this] { return at_column_one() && top_item_ahead(); });
  close(NodeKind::QuantityDecl, m);
}

void Parser::event_decl() {
  const Mark m = open();
  if (at("institutional")) leaf(NodeKind::Institutional);
  keyword("event");
  name("the name of the event");
  params();
  title();
  if (at("{")) {
    const auto one = [this] {
      effect();
      semicolon("the effect");
    };
    block("the event", one, [this] { return at_column_one() && top_item_ahead(); });
  } else {
    semicolon("the event");
  }
  close(NodeKind::EventDecl, m);
}

void Parser::params() {
  expect("(", "the name");
  if (accept(")")) return;
  do {
    const Mark m = open();
    name("a parameter");
    expect(":", "the parameter");
    type();
    close(NodeKind::Param, m);
  } while (accept(","));
  expect(")", "the parameters");
}

void Parser::type() {
  const Mark m = open();
  const bool event = at("event") && !at("contested", 1);
  name("a type");
  if (event && at_name()) leaf(NodeKind::Name);
  close(NodeKind::Type, m);
}

void Parser::fact_decl() {
  const Mark m = open();
  bump();
  name("the name of the fact");
  params();
  if (accept("is")) type();
  if (at("contested")) leaf(NodeKind::Contested);
  title();
  semicolon("the fact");
  close(NodeKind::FactDecl, m);
}

void Parser::derived_decl() {
  const Mark m = open();
  bump();
  name("the name of the derived fact");
  params();
  title();
  keyword("when");
  expr();
  semicolon("the condition");
  close(NodeKind::DerivedDecl, m);
}

void Parser::entity_decl() {
  const Mark m = open();
  leaf(NodeKind::Name);
  name("the name of the entity");
  title();
  while (at_name() && !first_on_line()) attribute(true);
  if (at("{")) {
    const auto one = [this] {
      attribute(false);
      semicolon("the attribute");
    };
    block("the entity", one, [this] { return at_column_one() && top_item_ahead(); });
  } else {
    semicolon("the entity");
  }
  close(NodeKind::EntityDecl, m);
}

// Before the braces attributes follow one another without a sign between, so that there a value is a sum at
// most.
void Parser::attribute(bool in_head) {
  const Mark m = open();
  name("the name of an attribute");
  if (in_head) {
    sum();
  } else {
    expr();
  }
  period();
  close(NodeKind::Attribute, m);
}

void Parser::group_decl() {
  const Mark m = open();
  bump();
  name("the name of the group");
  title();
  expect("=", "the group's name");
  expect("{", "`=`");
  while (!panic_ && !at("}")) {
    const Mark member = open();
    name("a member of the group");
    period();
    close(NodeKind::GroupMember, member);
    if (!accept(",")) break;
  }
  expect("}", "the members");
  semicolon("the group");
  close(NodeKind::GroupDecl, m);
}

void Parser::given() {
  const Mark m = open();
  bump();
  pattern("a fact after `given`");
  if (accept("=")) expr();
  period();
  assertion();
  semicolon("the given fact");
  close(NodeKind::Given, m);
}

bool Parser::from() {
  const Mark m = open();
  if (!accept("from")) return false;
  instant();
  close(NodeKind::From, m);
  return true;
}

bool Parser::until() {
  const Mark m = open();
  if (!accept("until")) return false;
  instant();
  close(NodeKind::Until, m);
  return true;
}

void Parser::assertion() {
  for (const auto& [word, kind] :
       {std::pair{"asserted", NodeKind::AssertedBy}, {"denied", NodeKind::DeniedBy}}) {
    const Mark m = open();
    if (!accept(word)) continue;
    keyword("by");
    names("who says so");
    close(kind, m);
  }
  const Mark m = open();
  if (accept("known")) {
    instant();
    close(NodeKind::Known, m);
  }
  if (at("source")) source_ref();
}

}  // namespace casus::syntax
