// SPDX-License-Identifier: Apache-2.0
// Broken texts: each gives one diagnostic, at the place marked `@`, and what follows is read as if nothing
// had happened.
#include <gtest/gtest.h>

#include "parsed.h"

namespace casus::syntax {
namespace {

struct Wrong {
  Diag kind;
  std::string message;
  std::string where;
  std::string replacement;
  std::string label;
};

Wrong only_error(std::string text) {
  const size_t at = text.find('@');
  text.erase(at, 1);
  const Parsed p(text + "\nkind sentinel;\n");
  EXPECT_EQ(p.diagnostics.all().size(), 1u) << text << "\n" << p.shown() << p.dumped();
  EXPECT_TRUE(p.dumped().ends_with("  KindDecl\n    Name sentinel\n")) << text << "\n" << p.dumped();
  if (p.diagnostics.all().empty()) return {};
  const Diagnostic& d = p.diagnostics.all()[0];
  EXPECT_EQ(d.span.begin, at) << p.shown();
  return {d.kind, d.message, d.where, d.replacement, d.label};
}

std::string in_instrument(const std::string& items) {
  return "instrument NATO \"North Atlantic Treaty\" {\n  party A;\n" + items + "\n  party Z;\n}\n";
}
std::string in_article(const std::string& clauses) {
  return in_instrument("  article 5 \"Defence\" {\n    A may stay;\n" + clauses + "\n    A may go;\n  }");
}

void expect_error(const std::string& text, Diag kind, const std::string& message,
                  const std::string& replacement = {}) {
  const Wrong wrong = only_error(text);
  EXPECT_EQ(info(wrong.kind).code, info(kind).code);
  EXPECT_EQ(wrong.message, message);
  EXPECT_EQ(wrong.replacement, replacement);
}

TEST(Recovery, PlaceIsNamed) {
  EXPECT_EQ(only_error(in_article("    A may go @go;")).where, "North Atlantic Treaty, article 5");
  EXPECT_EQ(only_error("instrument X { party A @B; }").where, "X");
  EXPECT_EQ(only_error("instrument X { body C { members @; } }").where, "X, body C");
  EXPECT_EQ(only_error("scenario \"The attack\" { view @; }").where, "scenario The attack");
  EXPECT_EQ(only_error("viewpoint V { f(@; }").where, "viewpoint V");
  EXPECT_EQ(only_error("instrument X { article 1 { A may go @& ; } }").where, "X, article 1");
  EXPECT_EQ(only_error("kind @;").where, "");
}

TEST(Recovery, MissingSemicolon) {
  expect_error("kind actor@\nkind state is actor;", Diag::expected_token, "expected `;` after the kind", ";");
  expect_error(in_instrument("  party B, C@\n  party D;"), Diag::expected_token,
               "expected `;` after the party list", ";");
  expect_error(in_article("    A may go@\n    when e A may go;"), Diag::expected_token,
               "expected `;` after the clause", ";");
  expect_error("instrument X { party A@ }", Diag::expected_token, "expected `;` after the party list", ";");
  expect_error("scenario \"S\" { view M@\n 2023-01-01 e; }", Diag::expected_token,
               "expected `;` after the viewpoint", ";");
  expect_error("group G = { A, B }@\nkind k;", Diag::expected_token, "expected `;` after the group", ";");
}

TEST(Recovery, TooMuchBeforeTheSemicolon) {
  expect_error(in_instrument("  party B @C, D;"), Diag::expected_token, "expected `;` after the party list");
  expect_error("state UKR \"Ukraine\" { iso \"UA\" @\"UKR\"; cow 369; }", Diag::expected_token,
               "expected `;` after the attribute");
  expect_error(in_article("    A may go @twice;"), Diag::expected_token, "expected `;` after the clause");
}

TEST(Recovery, MisspeltKeyword) {
  const auto misspelt = [](const std::string& text, const std::string& word, const std::string& meant) {
    expect_error(text, Diag::misspelt_keyword, "`" + word + "` is not a word that can stand here", meant);
  };
  misspelt("@instrment NATO \"Treaty\" { party A; article 1 { A may go; } }", "instrment", "instrument");
  misspelt("@wehn e(x) A may go;", "wehn", "when");
  misspelt("@ech state shall go;", "ech", "each");
  misspelt("@evnt attack(by: actor);", "evnt", "event");
  misspelt("@scenaro \"S\" { view M; }", "scenaro", "scenario");
  misspelt(in_instrument("  @artcle 4 { A may go; }"), "artcle", "article");
  misspelt(in_instrument("  @partys B, C;"), "partys", "party");
  misspelt(in_instrument("  in @forse from 2020-01-01;"), "forse", "force");
  misspelt(in_article("    each party @shal consult(x) within 3 d;"), "shal", "shall");
  misspelt(in_article("    Council @shal consult(x) within 3 d;"), "shal", "shall");
  misspelt(in_article("    @ech party shall consult(x);"), "ech", "each");
  misspelt(in_article("    @wehn e(x) A may go;"), "wehn", "when");
  misspelt(in_article("    A shall go @witin 24 h promptly;"), "witin", "within");
  misspelt(in_article("    when e s @becoms party;"), "becoms", "becomes");
  misspelt("scenario \"S\" { @expct never breach(by: A); }", "expct", "expect");
  misspelt("viewpoint V { accepts @asertions by A; f(x); }", "asertions", "assertions");
  misspelt("instrument X { body C { @decids m by q; members party; } }", "decids", "decides");
}

// Any word may be the kind of an entity, however like a keyword it is.
TEST(Recovery, KindsMayLookLikeKeywords) {
  const Parsed p("beach Omaha within Normandy;\nfac A \"A\";\nvent B;\nbeach Utah { length 5 km; }\n");
  EXPECT_EQ(p.shown(), "");
}

TEST(Recovery, OtherWordsForKeywords) {
  const auto misspelt = [](const std::string& text, const std::string& word, const std::string& meant) {
    expect_error(text, Diag::misspelt_keyword, "`" + word + "` is not a word that can stand here", meant);
  };
  misspelt(in_article("    each party @must consult(x);"), "must", "shall");
  misspelt(in_article("    each party p @will consult(x);"), "will", "shall");
  misspelt(in_article("    when e(x) UKR @must consult(x);"), "must", "shall");
  misspelt(in_article("    each party except A, a.by @shal consult(x);"), "shal", "shall");
  misspelt(in_article("    A shall go owed to a.by @untl party(A);"), "untl", "until");
  misspelt(in_article("    A shall go while calm() @untill x = 3;"), "untill", "until");
  misspelt(in_article("    @if e(x) each party shall consult(x);"), "if", "when");
  misspelt(in_article("    each party shall consult(x) @immediately;"), "immediately", "promptly");
  misspelt(in_article("    @Each party shall consult(x);"), "Each", "each");
  misspelt(in_article("    when e(x) each party shall take one of { a @or b }(x) within 3 d;"), "or", ",");
  misspelt(in_instrument("  @parties B, C;"), "parties", "party");
  expect_error(in_article("    each party @may not consult(x);"), Diag::misspelt_keyword,
               "`may not` can be understood in two ways", "shall not");
}

// The one message about it, at its place, and what it advises.
void expect_remedy(const std::string& text, Diag kind, const std::string& remedy) {
  const Wrong wrong = only_error(text);
  EXPECT_EQ(info(wrong.kind).code, info(kind).code) << text;
  EXPECT_NE(wrong.label.find(remedy), std::string::npos) << text << '\n' << wrong.label;
}

TEST(Recovery, BearersAsTreatiesNameThem) {
  const auto bearer = [](const std::string& text, const std::string& remedy) {
    expect_remedy(in_article(text), Diag::misspelt_keyword, remedy);
  };
  const std::string both = "write `each party` or `the party together`";
  bearer("    @all parties shall consult(x);", both);
  bearer("    when e(x) @the High Contracting Parties shall consult(x);", both);
  bearer("    @Contracting Parties shall consult(x);", both);
  bearer("    @all guarantors may consult(x);", "write `each guarantor` or `the guarantor together`");
  bearer("    @every party shall consult(x);", "write `each party`");
  bearer("    @each of the parties shall consult(x);", "write `each party`");
  bearer("    @no party shall consult(x);", "write `each party shall not`");
  expect_remedy(in_article("    each party@, except A, shall consult(x);"), Diag::expected_token, "`except`");
  const Parsed plain(in_article(
      "    the party together shall go; each a b shall go; any party may go; A shall pay(x);\n"
      "    when e(x) a becomes guarantor of MAR; each MAR shall go; the MAR together may pay(x);"));
  EXPECT_EQ(plain.shown(), "");
}

TEST(Recovery, TriggersAsTreatiesWriteThem) {
  const auto event = [](const std::string& text, const std::string& remedy) {
    expect_remedy(in_article(text + " each party shall consult(x);"), Diag::expected_token, remedy);
  };
  event("    when attack @on UKR", "write `attack(on: UKR)`");
  event("    when attack @by party a", "write `attack(by: party a)`");
  event("    when armed @attack(on: A)", "`armed_attack`");
  event("    when UKR @is attacked", "`once`");
  const auto effect = [](const std::string& text, const std::string& remedy) {
    expect_remedy(in_article(text), Diag::expected_effect, remedy);
  };
  effect("    when e(x) @or f(x) each party shall consult(x);", "a clause for each event");
  effect("    when e(x) @when f(x) each party shall consult(x);", "a clause for each event");
  effect("    when e(x) @on A each party shall consult(x);", "in its parentheses");
  effect("    when e(x) then @each party shall consult(x);", "leave it out");
  effect("    @within 3 d each party shall consult(x);", "a deadline follows the act");
  effect("    @1. each party shall consult(x);", "no number");
}

TEST(Recovery, SignsThatSayNothing) {
  const auto stray = [](const std::string& text, const std::string& sign) {
    expect_error(text, Diag::stray_sign, "no `" + sign + "` stands here");
  };
  stray(in_article("    when e(by: party a)@, each party shall consult(x);"), ",");
  stray(in_article("    when e(x)@) each party shall consult(x);"), ")");
  stray(in_article("    each party shall@: consult(x);"), ":");
  stray(in_article("    A may go;@;"), ";");
  stray(in_instrument("  article 6@: { A may go; }"), ":");
  stray(in_instrument("  article 6@: \"Title\" { A may go; }"), ":");
  stray(in_instrument("  party@: B, C;"), ":");
  stray("kind k;@;", ";");
  stray("scenario \"S\" { 2024-01-01@: e; }", ":");
  stray("scenario \"S\" { @on 2024-01-01 e; }", "on");
}

TEST(Recovery, AfterTheClause) {
  const auto after = [](const std::string& text, const std::string& remedy) {
    expect_remedy(in_article("    A shall " + text + ";"), Diag::expected_token, remedy);
  };
  after("go(x) @if y", "`unless`");
  after("go(x) @provided that y", "`unless`");
  after("go(x) @not later than 3 d", "`within 30 days`");
  after("go(x) @before 2025-01-01", "`by`");
  after("go(x) within 3 d @after e", "runs `of` an event");
  after("go(x) within 3 d from @e", "runs `of` it");
  after("go(x) within @thirty days", "in digits");
  after("go @with A within 3 d", "in parentheses");
  after("go(x) @and stay(x)", "a clause for each act");
  after("go(x) as @soon as possible", "`promptly`");
  after("@within 3 d go(x)", "a deadline follows the act");
  after("take one of { a@(x), b(x) } within 3 d", "after the braces");
}

TEST(Recovery, DatesAndNumbersOfOtherCountries) {
  expect_error(in_instrument("  signed @24.2.2022;"), Diag::bad_instant,
               "a date has the year first, then the month and the day", "2022-02-24");
  expect_error(in_instrument("  signed @31.2.2022;"), Diag::bad_instant,
               "a date has the year first, then the month and the day");
  expect_remedy(in_instrument("  signed @24/02/2022;"), Diag::expected_token, "joined by `-`");
  expect_remedy(in_instrument("  party B from 2024-01-01 @to 2025-01-01;"), Diag::expected_token, "`until`");
  expect_remedy("state A { population 4.000.@000; }", Diag::expected_token, "`4_000_000`");
  expect_remedy("state A { population 4@,000; }", Diag::expected_token, "`4_000_000`");
  expect_remedy("scenario \"S\" { 2024-01-01 @12:00 e; }", Diag::expected_token, "T06:00Z");
}

TEST(Recovery, EffectsMayBeginWithAnyName) {
  const Parsed p("event e(by: actor, ends: actor) { by becomes R; ends ceases to be R; by is suspended; }\n");
  EXPECT_EQ(p.shown(), "");
}

TEST(Recovery, AReadingHasOptions) {
  expect_error("reading r { @}", Diag::expected_token, "expected a choice in the braces of the reading");
}

TEST(Recovery, UnknownConstruct) {
  expect_error("@= 5;", Diag::expected_item, "no construct starts with `=`");
  expect_error("@foo(x) + 3;\nkind k;", Diag::expected_item, "no construct starts with `foo`");
  expect_error(in_instrument("  @{ x; y; }"), Diag::expected_item,
               "no part of an instrument starts with `{`");
  expect_error("scenario \"S\" { @armed_attack(by: A); view M; }", Diag::expected_item,
               "no part of a scenario starts with `armed_attack`");
  expect_error("instrument X { body C { @quorum 3; members party; } }", Diag::expected_item,
               "no part of a body starts with `quorum`");
}

TEST(Recovery, MissingPart) {
  expect_error("kind @;", Diag::expected_token, "expected the name of the kind");
  expect_error("event e@: actor);", Diag::expected_token, "expected `(` after the name");
  expect_error("event e(by @actor);", Diag::expected_token, "expected `:` after the parameter");
  expect_error("fact f(s: state @t: state);", Diag::expected_token, "expected `)` after the parameters");
  expect_error("instrument NATO @party A; }", Diag::expected_token, "expected `{` after the instrument");
  expect_error("instrument X {\n  article 5 @Consultation {\n    A may go;\n  }\n}", Diag::expected_token,
               "expected `{` after the article");
  expect_error("instrument X @;", Diag::expected_token, "expected `{` after the instrument");
  expect_error("scenario s @{ view M; }", Diag::expected_token, "expected the scenario's title in quotes");
  expect_error(in_instrument("  signed @yesterday;"), Diag::expected_token,
               "expected a date such as `2022-02-24` or a time such as `2022-02-24T06:00Z`");
  expect_error(in_instrument("  in force @1949;"), Diag::expected_token,
               "expected `from` and a date, or `once` and a condition, after `in force`");
  expect_error(in_article("    each party @consult(x) within 3 d;"), Diag::expected_token,
               "expected `shall`, `shall not` or `may` after the bearer");
}

TEST(Recovery, MissingConditionOrValue) {
  expect_error("derived d() when @;", Diag::expected_expression, "expected a condition or a value");
  expect_error("derived d() when a and @;", Diag::expected_expression, "expected a condition or a value");
  expect_error("derived d() when (a or @) and b;", Diag::expected_expression,
               "expected a condition or a value");
  expect_error("derived d() when a = @= b;", Diag::expected_expression, "expected a condition or a value");
  expect_error(in_article("    when e(x, @) A may go;"), Diag::expected_expression,
               "expected a condition or a value");
}

TEST(Recovery, MissingEffect) {
  expect_error(in_article("    when e(x)@;"), Diag::expected_effect,
               "expected a duty, a power or a consequence");
  expect_error(in_article("    when e(x) where y @;"), Diag::expected_effect,
               "expected a duty, a power or a consequence");
  expect_error(in_article("    when e(x) s @;"), Diag::expected_effect,
               "expected a duty, a power or a consequence");
}

TEST(Recovery, UnclosedBlock) {
  expect_error("instrument X @{\n  party A;\n", Diag::unclosed_block,
               "the block of the instrument is not closed");
  expect_error("instrument X {\n  article 1 @{\n    A may go;\n  article 2 {\n    A may go;\n  }\n}",
               Diag::unclosed_block, "the block of the article is not closed");
  expect_error("state UKR @{ iso \"UA\";\n", Diag::unclosed_block, "the block of the entity is not closed");
  expect_error("scenario \"S\" @{\n  view M;\nscenario \"T\" { view M; }", Diag::unclosed_block,
               "the block of the scenario is not closed");
  expect_error("instrument X {\n  body C @{ members party;\n  article 1 { A may go; }\n}",
               Diag::unclosed_block, "the block of the body is not closed");
}

TEST(Recovery, BracesTooMany) {
  expect_error("instrument X { party A; }\n@}", Diag::stray_brace, "this `}` closes nothing");
  expect_error(
      "instrument X {\n article 1 { A may go; } }\n @article 2 { A may go; }\n article 3 { A may go; }\n}",
      Diag::misplaced_item, "`article` stands outside an instrument");
  expect_error("@expect never breach(by: A);", Diag::misplaced_item, "`expect` stands outside a scenario");
}

TEST(Recovery, Lexical) {
  expect_error(in_instrument("  cite @\"34 UNTS 243;"), Diag::unclosed_string,
               "the quoted text is not closed on its line", "\"34 UNTS 243\"");
  expect_error("instrument X @\"Treaty {\n party A; }", Diag::unclosed_string,
               "the quoted text is not closed on its line", "\"Treaty\"");
  expect_error("instrument X @\"Treaty { cite \"x\"; }", Diag::unclosed_string,
               "the quoted text is not closed on its line", "\"Treaty\"");
  expect_error(in_instrument("  cite @\"34 UNTS; source \"x\";"), Diag::unclosed_string,
               "the quoted text is not closed on its line", "\"34 UNTS\"");
  expect_error(in_instrument("  cite @'34 UNTS';"), Diag::unexpected_character,
               "texts stand in straight quotes", "\"34 UNTS\"");
  expect_error(in_article("    when e(x) as @über A shall go(über);"), Diag::unexpected_character,
               "`über` is no name: names are made of A to Z, digits and `_`");
  expect_error(in_article("    @# remark\n    A may go;"), Diag::unexpected_character,
               "a remark begins with `//`", "//");
  expect_error(in_article("    A may go; @/* one\n two */"), Diag::unexpected_character,
               "a remark begins with `//`");
  expect_error(in_instrument("  cite @“34 UNTS 243”;"), Diag::unexpected_character,
               "texts stand in straight quotes", "\"34 UNTS 243\"");
  expect_error("derived d() when a @&& b;", Diag::unexpected_character,
               "no word or sign of the language starts with `&&`", "and");
  expect_error("kind @#actor;", Diag::unexpected_character,
               "no word or sign of the language starts with `#`");
  expect_error(in_instrument("  signed @2022-02-30;"), Diag::bad_instant,
               "`2022-02-30` is not a date or time of the calendar");
  expect_error(in_instrument("  signed @2022-2-3;"), Diag::bad_instant,
               "the month and the day of a date have two digits", "2022-02-03");
  expect_error(in_instrument("  signed @2022-02-03T06:00;"), Diag::bad_instant,
               "the time `2022-02-03T06:00` has no time zone", "2022-02-03T06:00Z");
  expect_error("derived d() when x < @500km;", Diag::bad_number, "`500km` is neither a number nor a name",
               "500 km");
  expect_error("derived d() when x < @1__000;", Diag::bad_number,
               "`_` stands only between the digits of a number");
  expect_error("derived d() when x < @1234567890123456789;", Diag::bad_number,
               "a number has at most 18 digits before the point");
  expect_error("kind a; state A \"a @\\q b\";", Diag::bad_escape,
               "a backslash in a quoted text stands before `\"`, `\\`, `n` or `t`");
}

TEST(Recovery, TwoCausesTwoDiagnostics) {
  const Parsed p(in_article("    A shal go;\n    A may;\n    A may go witin 3 d;\n    A may stay"));
  EXPECT_EQ(p.diagnostics.all().size(), 4u) << p.shown();
}

TEST(Recovery, WholeFile) {
  const Parsed utf8("kind a; // \xFF\xFE\nkind b;");
  ASSERT_EQ(utf8.diagnostics.all().size(), 1u);
  EXPECT_EQ(utf8.diagnostics.all()[0].kind, Diag::not_utf8);
  EXPECT_EQ(utf8.diagnostics.all()[0].span.begin, 11u);
  const Parsed nul(std::string("kind a;\0 kind b;", 16));
  ASSERT_EQ(nul.diagnostics.all().size(), 1u);
  EXPECT_EQ(nul.diagnostics.all()[0].kind, Diag::nul_byte);
  const Parsed fence("prose\n```casus\nkind a;\n", "test.casus.md");
  ASSERT_EQ(fence.diagnostics.all().size(), 1u);
  EXPECT_EQ(fence.diagnostics.all()[0].kind, Diag::unclosed_fence);
  EXPECT_EQ(fence.diagnostics.all()[0].span.begin, 6u);
}

TEST(Recovery, Limits) {
  ParseLimits limits;
  limits.max_bytes = 10;
  const Parsed bytes("kind a; kind b;", "test.casus", limits);
  ASSERT_EQ(bytes.diagnostics.all().size(), 1u);
  EXPECT_EQ(bytes.diagnostics.all()[0].kind, Diag::file_too_large);
  EXPECT_EQ(bytes.tree.tokens.size(), 1u);
  limits = {};
  limits.max_tokens = 3;
  const Parsed tokens("kind a; kind b;", "test.casus", limits);
  ASSERT_EQ(tokens.diagnostics.all().size(), 1u);
  EXPECT_EQ(tokens.diagnostics.all()[0].kind, Diag::file_too_large);
}

std::string repeat(const std::string& text, size_t times) {
  std::string all;
  for (size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Recovery, TooDeep) {
  const std::string deep[] = {
      "derived d() when " + repeat("(", 100'000),
      "derived d() when " + repeat("(", 100'000) + "a" + repeat(")", 100'000) + ";",
      "derived d() when " + repeat("not ", 100'000) + "a;",
      "derived d() when " + repeat("- ", 100'000) + "a;",
      "derived d() when " + repeat("f(", 100'000),
      "derived d() when " + repeat("some s where ", 100'000) + "a;",
      "derived d() when " + repeat("a + ", 100'000) + "a;",
      "derived d() when a" + repeat(".a", 100'000) + ";",
      "A shall go" + repeat(" otherwise A shall go", 100'000) + ";",
  };
  for (const std::string& text : deep) {
    const Parsed p(text);
    ASSERT_EQ(p.diagnostics.all().size(), 1u) << text.substr(0, 40) << p.shown();
    EXPECT_EQ(p.diagnostics.all()[0].kind, Diag::too_deep) << p.shown();
    EXPECT_FALSE(p.dumped().empty());
  }
}

TEST(Recovery, LongChainsOfAndAreFlat) {
  const Parsed p("derived d() when " + repeat("a and ", 100'000) + "a or " + repeat("b or ", 100'000) + "b;");
  EXPECT_EQ(p.shown(), "");
}

TEST(Recovery, ManyErrorsAreCounted) {
  const Parsed p(repeat("= ;\n", 2'000));
  EXPECT_EQ(p.diagnostics.all().size(), Diagnostics::limit);
  EXPECT_GT(p.diagnostics.errors(), Diagnostics::limit);
}

}  // namespace
}  // namespace casus::syntax
