// SPDX-License-Identifier: Apache-2.0
// One test for each rule of docs/language/grammar.md, in its order: the node that the rule builds.
#include <gtest/gtest.h>

#include "parsed.h"

namespace casus::syntax {
namespace {

// The `index`th child of the first item of the file.
std::string part(const std::string& text, size_t index) {
  const Parsed p(text);
  EXPECT_EQ(p.shown(), "") << text;
  const auto children = p.tree.children_of(p.tree.children_of(p.tree.root)[0]);
  return shape(p.tree, children[index], p.sources);
}

std::string first(const std::string& text) {
  const Parsed p(text);
  EXPECT_EQ(p.shown(), "") << text;
  return shape(p.tree, p.tree.children_of(p.tree.root)[0], p.sources);
}
std::string item(const std::string& text) { return part("instrument I { " + text + " }", 1); }
std::string expression(const std::string& text) { return part("derived d() when " + text + ";", 1); }

TEST(Grammar, Use) { EXPECT_EQ(first("use prelude, geography;"), "Use[Name prelude, Name geography]"); }

TEST(Grammar, KindDecl) { EXPECT_EQ(first("kind state is actor;"), "KindDecl[Name state, Name actor]"); }

TEST(Grammar, CategoryDecl) {
  EXPECT_EQ(first(R"(category basing "Basing" { ground "On land"; sea; })"),
            R"(CategoryDecl[Name basing, Title "Basing", CategoryValue[Name ground, Title "On land"], )"
            "CategoryValue[Name sea]]");
}

TEST(Grammar, QuantityDecl) {
  EXPECT_EQ(first("quantity length { m; km = 1000 m; }"),
            "QuantityDecl[Name length, Unit[Name m], Unit[Name km, Number 1000, Name m]]");
}

TEST(Grammar, EventDecl) {
  EXPECT_EQ(first(R"(institutional event e(by: actor, of: event e2, on: event) "An event" { begins )"
                  "f(x); }"),
            "EventDecl[Institutional institutional, Name e, Param[Name by, Type[Name actor]], "
            R"(Param[Name of, Type[Name event, Name e2]], Param[Name on, Type[Name event]], Title "An )"
            R"(event", Begins[Pattern[Name f, Arg[NameRef[Name x]]]]])");
}

TEST(Grammar, EventDeclWithoutEffects) { EXPECT_EQ(first("event e();"), "EventDecl[Name e]"); }

TEST(Grammar, FactDecl) {
  EXPECT_EQ(first(R"(fact f(s: state) is count contested "A fact";)"),
            "FactDecl[Name f, Param[Name s, Type[Name state]], Type[Name count], Contested "
            R"(contested, Title "A fact"])");
}

TEST(Grammar, FactDeclOfTruth) { EXPECT_EQ(first("fact f();"), "FactDecl[Name f]"); }

TEST(Grammar, DerivedDecl) {
  EXPECT_EQ(first(R"(derived d(s: state) "Derived" when f(s);)"),
            R"(DerivedDecl[Name d, Param[Name s, Type[Name state]], Title "Derived", Call[Name f, )"
            "Arg[NameRef[Name s]]]]");
}

TEST(Grammar, EntityDecl) {
  EXPECT_EQ(first(R"(state UKR "Ukraine" within Europe from 1991-08-24 until 2100-01-01 { iso "UA"; )"
                  "population 41 from 2014-01-01; }"),
            R"(EntityDecl[Name state, Name UKR, Title "Ukraine", Attribute[Name within, NameRef[Name )"
            "Europe], From[Instant 1991-08-24], Until[Instant 2100-01-01]], Attribute[Name iso, "
            R"(String "UA"], Attribute[Name population, Number 41, From[Instant 2014-01-01]]])");
}

TEST(Grammar, EntityDeclWithoutBraces) {
  EXPECT_EQ(first(R"(state FRA "France" population 67 - 1 within Europe;)"),
            R"(EntityDecl[Name state, Name FRA, Title "France", Attribute[Name population, Sub[Number )"
            "67, Number 1]], Attribute[Name within, NameRef[Name Europe]]]");
}

TEST(Grammar, GroupDecl) {
  EXPECT_EQ(first(R"(group P5 "Five" = { CHN, FRA from 1946-01-01 until 2100-01-01 };)"),
            R"(GroupDecl[Name P5, Title "Five", GroupMember[Name CHN], GroupMember[Name FRA, )"
            "From[Instant 1946-01-01], Until[Instant 2100-01-01]]]");
}

TEST(Grammar, GroupDeclEmpty) { EXPECT_EQ(first("group Nobody = { };"), "GroupDecl[Name Nobody]"); }

TEST(Grammar, Given) {
  EXPECT_EQ(first("given f(of: x) = 5 from 2020-01-01 until 2021-01-01 asserted by A, B denied by C "
                  R"(known 2020-02-01 source "s";)"),
            "Given[Pattern[Name f, Arg[ArgLabel[Name of], NameRef[Name x]]], Number 5, From[Instant "
            "2020-01-01], Until[Instant 2021-01-01], AssertedBy[Name A, Name B], DeniedBy[Name C], "
            R"(Known[Instant 2020-02-01], SourceRef[String "s"]])");
}

TEST(Grammar, Cite) { EXPECT_EQ(item(R"(cite "34 UNTS 243";)"), R"(Cite[String "34 UNTS 243"])"); }

TEST(Grammar, Binding) { EXPECT_EQ(item("binding law;"), "Binding[Name law]"); }

TEST(Grammar, Signed) { EXPECT_EQ(item("signed 1949-04-04;"), "Signed[Instant 1949-04-04]"); }

TEST(Grammar, Draft) { EXPECT_EQ(item("draft since 2022-09-13;"), "Draft[Instant 2022-09-13]"); }

TEST(Grammar, Provisional) {
  EXPECT_EQ(item("provisionally applied from 1987-12-08 until 1988-06-01;"),
            "Provisional[From[Instant 1987-12-08], Until[Instant 1988-06-01]]");
}

TEST(Grammar, InForce) {
  EXPECT_EQ(item("in force from 1949-08-24 until 1999-01-01;"),
            "InForce[From[Instant 1949-08-24], Until[Instant 1999-01-01]]");
}

TEST(Grammar, InForceOnce) {
  EXPECT_EQ(item("in force once f(x) after 30 days;"),
            "InForceOnce[Call[Name f, Arg[NameRef[Name x]]], After[Duration[Number 30, Name days]]]");
}

TEST(Grammar, EndsOnce) {
  EXPECT_EQ(item("ends once f(x) after 1 year 6 months;"),
            "EndsOnce[Call[Name f, Arg[NameRef[Name x]]], After[Duration[Number 1, Name year, Number "
            "6, Name months]]]");
}

TEST(Grammar, EndsOnceInParentheses) {
  EXPECT_EQ(item("ends once (a or b) and c;"),
            "EndsOnce[And[Paren[Or[NameRef[Name a], NameRef[Name b]]], NameRef[Name c]]]");
}

TEST(Grammar, SourceRef) { EXPECT_EQ(item("source rt;"), "SourceRef[Name rt]"); }

TEST(Grammar, SourceRefText) { EXPECT_EQ(item(R"(source "a text";)"), R"(SourceRef[String "a text"])"); }

TEST(Grammar, Wording) { EXPECT_EQ(item(R"(wording S "where";)"), R"(Wording[Name S, String "where"])"); }

TEST(Grammar, Parties) {
  EXPECT_EQ(item("party A, B from 1991-12-26 until 2000-01-01 as successor of C;"),
            "Parties[Name A, Name B, From[Instant 1991-12-26], Until[Instant 2000-01-01], "
            "SuccessorOf[Name C]]");
}

TEST(Grammar, Role) {
  EXPECT_EQ(item(R"(role guarantor "Guarantors": A, B from 2020-01-01;)"),
            R"(Role[RoleName[Name guarantor], Title "Guarantors", Name A, Name B, From[Instant )"
            "2020-01-01]]");
}

TEST(Grammar, RoleEmpty) { EXPECT_EQ(item("role guarantor;"), "Role[RoleName[Name guarantor]]"); }

TEST(Grammar, Reservation) {
  EXPECT_EQ(item("reservation by FRA to article 5, NATO.6(2), NATO from 1966-01-01;"),
            "Reservation[Name FRA, ArticleRef[Label 5], ArticleRef[Name NATO, Label 6(2)], "
            "ArticleRef[Name NATO], From[Instant 1966-01-01]]");
}

TEST(Grammar, PrevailsOverAll) {
  EXPECT_EQ(item("prevails over all other instruments;"),
            "PrevailsOverAll prevails over all other instruments;");
}

TEST(Grammar, ReadingInInstrument) {
  EXPECT_EQ(item(R"(reading force "Force" { armed "Armed only"; wide; })"),
            R"(ReadingDecl[Name force, Title "Force", ReadingOption[Name armed, Title "Armed only"], )"
            "ReadingOption[Name wide]]");
}

TEST(Grammar, Article) {
  EXPECT_EQ(item(R"(article 27(3) "Title" { wording V; source rt; A may go; })"),
            R"(Article[Label 27(3), Title "Title", Wording[Name V], SourceRef[Name rt], )"
            "Clause[Norm[BearerOne[Name A], May may, Pattern[Name go]]]]");
}

TEST(Grammar, LabelOfName) { EXPECT_EQ(item("article XV {}"), "Article[Label XV]"); }

TEST(Grammar, LabelWithPoint) { EXPECT_EQ(item("article 2.4 {}"), "Article[Label 2.4]"); }

TEST(Grammar, Body) {
  EXPECT_EQ(item(R"(body Council "The Council" { members party; chair A; rule q: yes > no; votes may )"
                 "change; }"),
            R"(Body[Name Council, Title "The Council", Members[Name party], Chair[Name A], Rule[Name )"
            "q, Compare >[NameRef[Name yes], NameRef[Name no]]], VotesMayChange votes may change;]");
}

TEST(Grammar, Decides) {
  EXPECT_EQ(item("body C { decides m(x) by q within 24 h of attack recused v where v = x; decides n by "
                 "q recused where y; }"),
            "Body[Name C, Decides[Pattern[Name m, Arg[NameRef[Name x]]], RuleName[Name q], "
            "Within[Duration[Number 24, Name h], OfName[Name attack]], Recused[Name v, Compare "
            "=[NameRef[Name v], NameRef[Name x]]]], Decides[Pattern[Name n], RuleName[Name q], "
            "Recused[NameRef[Name y]]]]");
}

TEST(Grammar, When) {
  EXPECT_EQ(first("when e(by: party p) as x where f(x) A may go;"),
            "Clause[When[Pattern[Name e, Arg[ArgLabel[Name by], Binder[Name party, Name p]]], As[Name "
            "x], Where[Call[Name f, Arg[NameRef[Name x]]]]], Norm[BearerOne[Name A], May may, "
            "Pattern[Name go]]]");
}

TEST(Grammar, Once) {
  EXPECT_EQ(first("once f(x) A may go;"),
            "Clause[Once[Call[Name f, Arg[NameRef[Name x]]]], Norm[BearerOne[Name A], May may, "
            "Pattern[Name go]]]");
}

TEST(Grammar, While) {
  EXPECT_EQ(first("while f(x), A may go;"),
            "Clause[While[Call[Name f, Arg[NameRef[Name x]]]], Norm[BearerOne[Name A], May may, "
            "Pattern[Name go]]]");
}

// A condition may begin with a sign or a number, wherever the clause stands.
TEST(Grammar, ConditionsThatBeginWithASign) {
  for (const std::string condition : {"(a or b)", "1 < x", "-1 < x", "\"s\" = x", "2020-01-01 < x"}) {
    for (const std::string head : {"once", "while", "when e while"}) {
      const std::string text = head + " " + condition + " A may go;";
      const std::string clause = first(text);
      EXPECT_NE(clause.find(head == "once" ? "Clause[Once[" : "While["), std::string::npos) << clause;
      EXPECT_EQ(item(text), clause);
      EXPECT_EQ(item("article 1 { " + text + " }"), "Article[Label 1, " + clause + "]");
    }
  }
}

TEST(Grammar, UnderReading) {
  EXPECT_EQ(first("under reading a = b A may go;"),
            "Clause[UnderReading[Name a, Name b], Norm[BearerOne[Name A], May may, Pattern[Name go]]]");
}

TEST(Grammar, AllHeads) {
  EXPECT_EQ(first("when e while f(x) under reading a = b A may go;"),
            "Clause[When[Pattern[Name e]], While[Call[Name f, Arg[NameRef[Name x]]]], "
            "UnderReading[Name a, Name b], Norm[BearerOne[Name A], May may, Pattern[Name go]]]");
}

TEST(Grammar, TriggerDecided) {
  EXPECT_EQ(first("when decided m(x) A may go;"),
            "Clause[When[TriggerDecided[Pattern[Name m, Arg[NameRef[Name x]]]]], Norm[BearerOne[Name "
            "A], May may, Pattern[Name go]]]");
}

TEST(Grammar, TriggerRejected) {
  EXPECT_EQ(first("when rejected m A may go;"),
            "Clause[When[TriggerRejected[Pattern[Name m]]], Norm[BearerOne[Name A], May may, "
            "Pattern[Name go]]]");
}

TEST(Grammar, TriggerOutcome) {
  EXPECT_EQ(first("when breach of NATO.5(1) by party p A may go;"),
            "Clause[When[TriggerOutcome[Name breach, ArticleRef[Name NATO, Label 5(1)], Binder[Name "
            "party, Name p]]], Norm[BearerOne[Name A], May may, Pattern[Name go]]]");
}

TEST(Grammar, TriggerOutcomeOfArticle) {
  EXPECT_EQ(first("when non_performance of article XV A may go;"),
            "Clause[When[TriggerOutcome[Name non_performance, ArticleRef[Label XV]]], "
            "Norm[BearerOne[Name A], May may, Pattern[Name go]]]");
}

TEST(Grammar, TriggerBegins) {
  EXPECT_EQ(first("when begins f(x) A may go;"),
            "Clause[When[TriggerBegins[Pattern[Name f, Arg[NameRef[Name x]]]]], Norm[BearerOne[Name "
            "A], May may, Pattern[Name go]]]");
}

TEST(Grammar, TriggerEnds) {
  EXPECT_EQ(first("when ends f A may go;"),
            "Clause[When[TriggerEnds[Pattern[Name f]]], Norm[BearerOne[Name A], May may, Pattern[Name "
            "go]]]");
}

TEST(Grammar, Pattern) {
  EXPECT_EQ(first("when e(party p, by: state s, on: any, at: f(x), any) A may go;"),
            "Clause[When[Pattern[Name e, Arg[Binder[Name party, Name p]], Arg[ArgLabel[Name by], "
            "Binder[Name state, Name s]], Arg[ArgLabel[Name on], Any any], Arg[ArgLabel[Name at], "
            "Call[Name f, Arg[NameRef[Name x]]]], Arg[Any any]]], Norm[BearerOne[Name A], May may, "
            "Pattern[Name go]]]");
}

TEST(Grammar, BearerEach) {
  EXPECT_EQ(first("each party ally except victim, f(x) shall go;"),
            "Clause[Norm[BearerEach[Name party, VarName[Name ally], Except[NameRef[Name victim], "
            "Call[Name f, Arg[NameRef[Name x]]]]], Shall shall, Pattern[Name go]]]");
}

TEST(Grammar, BearerAny) {
  EXPECT_EQ(first("any party may go;"), "Clause[Norm[BearerEach[Name party], May may, Pattern[Name go]]]");
}

TEST(Grammar, BearerTogether) {
  EXPECT_EQ(first("the guarantors together shall go;"),
            "Clause[Norm[BearerTogether[Name guarantors], Shall shall, Pattern[Name go]]]");
}

TEST(Grammar, ShallNot) {
  EXPECT_EQ(first("A shall not go(x);"),
            "Clause[Norm[BearerOne[Name A], ShallNot shall not, Pattern[Name go, Arg[NameRef[Name "
            "x]]]]]");
}

TEST(Grammar, TakeOne) {
  EXPECT_EQ(first("A shall take one of { a, b }(against: x);"),
            "Clause[Norm[BearerOne[Name A], Shall shall, TakeOf[ActName[Name a], ActName[Name b], "
            "Arg[ArgLabel[Name against], NameRef[Name x]]]]]");
}

TEST(Grammar, TakeAtLeast) {
  EXPECT_EQ(first("A shall take at least 2 of { a, b };"),
            "Clause[Norm[BearerOne[Name A], Shall shall, TakeOf[Number 2, ActName[Name a], "
            "ActName[Name b]]]]");
}

TEST(Grammar, Ensure) {
  EXPECT_EQ(first("A shall ensure not f(x) promptly;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Ensure[Not[Call[Name f, Arg[NameRef[Name "
            "x]]]]], Promptly promptly]]");
}

TEST(Grammar, BringAbout) {
  EXPECT_EQ(first("A shall bring about f(x) by 1991-06-01;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, BringAbout[Call[Name f, Arg[NameRef[Name "
            "x]]]], By[Instant 1991-06-01]]]");
}

TEST(Grammar, Within) {
  EXPECT_EQ(first("A shall go within 1 month 3 days of notice;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], Within[Duration[Number 1, "
            "Name month, Number 3, Name days], OfName[Name notice]]]]");
}

TEST(Grammar, By) {
  EXPECT_EQ(first("A shall go by 1991-06-01T12:00Z;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], By[Instant "
            "1991-06-01T12:00Z]]]");
}

TEST(Grammar, ByRule) {
  EXPECT_EQ(first("Council may invite(state s) by unanimity recused v where v = s where s is state;"),
            "Clause[Norm[BearerOne[Name Council], May may, Pattern[Name invite, Arg[Binder[Name state, "
            "Name s]]], ByRule[Name unanimity], Recused[Name v, Compare =[NameRef[Name v], "
            "NameRef[Name s]]], Where[IsKind[NameRef[Name s], Name state]]]]");
}

TEST(Grammar, Promptly) {
  EXPECT_EQ(first("A shall go promptly;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], Promptly promptly]]");
}

TEST(Grammar, Discretion) {
  EXPECT_EQ(first("A shall go as it deems necessary as appropriate;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], Discretion as it deems "
            "necessary, Discretion as appropriate]]");
}

TEST(Grammar, WhereOfNorm) {
  EXPECT_EQ(first("A shall go(state s) where s within Europe;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go, Arg[Binder[Name state, Name "
            "s]]], Where[Infix[NameRef[Name s], InfixName[Name within], NameRef[Name Europe]]]]]");
}

TEST(Grammar, WhileOfNorm) {
  EXPECT_EQ(first("A shall go while f(x);"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], While[Call[Name f, "
            "Arg[NameRef[Name x]]]]]]");
}

TEST(Grammar, UntilDate) {
  EXPECT_EQ(first("A shall go until 2030-01-01;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], Until[Instant 2030-01-01]]]");
}

TEST(Grammar, UntilCond) {
  EXPECT_EQ(first("A shall go until UNSC has decided measures(on: x);"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], "
            "UntilCond[HasDecided[NameRef[Name UNSC], Pattern[Name measures, Arg[ArgLabel[Name on], "
            "NameRef[Name x]]]]]]]");
}

TEST(Grammar, Unless) {
  EXPECT_EQ(first("A shall go unless f(x);"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], Unless[Call[Name f, "
            "Arg[NameRef[Name x]]]]]]");
}

TEST(Grammar, FromOfNorm) {
  EXPECT_EQ(first("A may go from 1969-08-24;"),
            "Clause[Norm[BearerOne[Name A], May may, Pattern[Name go], From[Instant 1969-08-24]]]");
}

TEST(Grammar, Notwithstanding) {
  EXPECT_EQ(first("A may go notwithstanding article 5, UNCharter.103;"),
            "Clause[Norm[BearerOne[Name A], May may, Pattern[Name go], "
            "Notwithstanding[ArticleRef[Label 5], ArticleRef[Name UNCharter, Label 103]]]]");
}

TEST(Grammar, PrevailsOver) {
  EXPECT_EQ(first("A may go prevails over NATO;"),
            "Clause[Norm[BearerOne[Name A], May may, Pattern[Name go], Notwithstanding[ArticleRef[Name "
            "NATO]]]]");
}

TEST(Grammar, OwedToAll) {
  EXPECT_EQ(first("A shall go owed to all parties;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], OwedTo owed to all parties]]");
}

TEST(Grammar, OwedTo) {
  EXPECT_EQ(first("A shall go owed to x.by;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], OwedTo[Field[NameRef[Name "
            "x], Name by]]]]");
}

TEST(Grammar, EvenIfLate) {
  EXPECT_EQ(first("A shall go even if late;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], EvenIfLate even if late]]");
}

TEST(Grammar, TakesEffect) {
  EXPECT_EQ(first("A may denounce takes effect 1 year after notice;"),
            "Clause[Norm[BearerOne[Name A], May may, Pattern[Name denounce], "
            "TakesEffect[Duration[Number 1, Name year]]]]");
}

TEST(Grammar, OtherwiseBreach) {
  EXPECT_EQ(first("A shall go otherwise breach material;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], Otherwise[BreachWord "
            "breach, Name material]]]");
}

TEST(Grammar, OtherwisePlainBreach) {
  EXPECT_EQ(first("A shall go otherwise breach;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], Otherwise[BreachWord "
            "breach]]]");
}

TEST(Grammar, OtherwiseNorm) {
  EXPECT_EQ(first("A shall go otherwise B may come within 3 d;"),
            "Clause[Norm[BearerOne[Name A], Shall shall, Pattern[Name go], "
            "Otherwise[Norm[BearerOne[Name B], May may, Pattern[Name come], Within[Duration[Number 3, "
            "Name d]]]]]]");
}

TEST(Grammar, Consequence) {
  EXPECT_EQ(first("when e then begins f(x), ends g(x) after 30 days;"),
            "Clause[When[Pattern[Name e]], Consequence[Begins[Pattern[Name f, Arg[NameRef[Name x]]]], "
            "Ends[Pattern[Name g, Arg[NameRef[Name x]]]], After[Duration[Number 30, Name days]]]]");
}

TEST(Grammar, CountsAs) {
  EXPECT_EQ(first("when e counts as attack(on: x);"),
            "Clause[When[Pattern[Name e]], Consequence[CountsAs[Pattern[Name attack, Arg[ArgLabel[Name "
            "on], NameRef[Name x]]]]]]");
}

TEST(Grammar, SetFact) {
  EXPECT_EQ(first("when e set f(x) = 3 + 1;"),
            "Clause[When[Pattern[Name e]], Consequence[SetFact[Pattern[Name f, Arg[NameRef[Name x]]], "
            "Add[Number 3, Number 1]]]]");
}

TEST(Grammar, Becomes) {
  EXPECT_EQ(first("when e s becomes party of NATO;"),
            "Clause[When[Pattern[Name e]], Consequence[Becomes[NameRef[Name s], RoleName[Name party], "
            "NameRef[Name NATO]]]]");
}

TEST(Grammar, BecomesOfField) {
  EXPECT_EQ(first("when e x.by becomes guarantor;"),
            "Clause[When[Pattern[Name e]], Consequence[Becomes[Field[NameRef[Name x], Name by], "
            "RoleName[Name guarantor]]]]");
}

// `by` goes on with a clause elsewhere; before a verb it is the parameter.
TEST(Grammar, BecomesOfBy) {
  EXPECT_EQ(part("event e(by: actor) { by becomes party of P; }", 2),
            "Becomes[NameRef[Name by], RoleName[Name party], NameRef[Name P]]");
}

// A fact may be named `once`; only an instrument ends so.
TEST(Grammar, EndsFactNamedOnce) {
  EXPECT_EQ(item("when e ends once(x);"),
            "Clause[When[Pattern[Name e]], Consequence[Ends[Pattern[Name once, Arg[NameRef[Name x]]]]]]");
}

TEST(Grammar, Ceases) {
  EXPECT_EQ(first("when e s ceases to be party;"),
            "Clause[When[Pattern[Name e]], Consequence[Ceases[NameRef[Name s], RoleName[Name party]]]]");
}

TEST(Grammar, Succeeds) {
  EXPECT_EQ(first("when e RUS succeeds SUN in UNSC;"),
            "Clause[When[Pattern[Name e]], Consequence[Succeeds[NameRef[Name RUS], NameRef[Name SUN], "
            "NameRef[Name UNSC]]]]");
}

TEST(Grammar, EntersIntoForce) {
  EXPECT_EQ(first("when e NATO enters into force;"),
            "Clause[When[Pattern[Name e]], Consequence[EntersIntoForce[NameRef[Name NATO]]]]");
}

TEST(Grammar, Suspended) {
  EXPECT_EQ(first("when e NATO is suspended for p;"),
            "Clause[When[Pattern[Name e]], Consequence[Suspended[NameRef[Name NATO], NameRef[Name p]]]]");
}

TEST(Grammar, Resumes) {
  EXPECT_EQ(first("when e NATO resumes for p;"),
            "Clause[When[Pattern[Name e]], Consequence[Resumes[NameRef[Name NATO], NameRef[Name p]]]]");
}

TEST(Grammar, Terminated) {
  EXPECT_EQ(first("when e NATO is terminated;"),
            "Clause[When[Pattern[Name e]], Consequence[Terminated[NameRef[Name NATO]]]]");
}

TEST(Grammar, Or) {
  EXPECT_EQ(expression("a or b or c"), "Or[NameRef[Name a], NameRef[Name b], NameRef[Name c]]");
}

TEST(Grammar, AndBindsTighter) {
  EXPECT_EQ(expression("a or b and c"), "Or[NameRef[Name a], And[NameRef[Name b], NameRef[Name c]]]");
}

TEST(Grammar, Not) { EXPECT_EQ(expression("not not a"), "Not[Not[NameRef[Name a]]]"); }

TEST(Grammar, Compare) { EXPECT_EQ(expression("a <= b"), "Compare <=[NameRef[Name a], NameRef[Name b]]"); }

TEST(Grammar, In) { EXPECT_EQ(expression("a in P5"), "In[NameRef[Name a], NameRef[Name P5]]"); }

TEST(Grammar, InRange) {
  EXPECT_EQ(expression("r in 500 km .. 5500 km"),
            "InRange[NameRef[Name r], Quantity[Number 500, Name km], Quantity[Number 5500, Name km]]");
}

TEST(Grammar, IsKind) {
  EXPECT_EQ(expression("a is state and b is not state"),
            "And[IsKind[NameRef[Name a], Name state], IsKind[NameRef[Name b], NotWord not, Name state]]");
}

TEST(Grammar, HasDecided) {
  EXPECT_EQ(expression("UNSC has decided measures(on: x)"),
            "HasDecided[NameRef[Name UNSC], Pattern[Name measures, Arg[ArgLabel[Name on], NameRef[Name "
            "x]]]]");
}

TEST(Grammar, Infix) {
  EXPECT_EQ(expression("a within b.c"),
            "Infix[NameRef[Name a], InfixName[Name within], Field[NameRef[Name b], Name c]]");
}

TEST(Grammar, AddSub) {
  EXPECT_EQ(expression("a + b - c"), "Sub[Add[NameRef[Name a], NameRef[Name b]], NameRef[Name c]]");
}

TEST(Grammar, MulDiv) {
  EXPECT_EQ(expression("a * b / c + d"),
            "Add[Div[Mul[NameRef[Name a], NameRef[Name b]], NameRef[Name c]], NameRef[Name d]]");
}

TEST(Grammar, Neg) { EXPECT_EQ(expression("- -a"), "Neg[Neg[NameRef[Name a]]]"); }

TEST(Grammar, Field) { EXPECT_EQ(expression("a.b.c"), "Field[Field[NameRef[Name a], Name b], Name c]"); }

TEST(Grammar, PercentOf) {
  EXPECT_EQ(expression("65 % of population of members"),
            "PercentOf[Number 65, TallyWeight[Name population, Name members]]");
}

TEST(Grammar, Quantity) { EXPECT_EQ(expression("500 km"), "Quantity[Number 500, Name km]"); }

TEST(Grammar, Literals) {
  EXPECT_EQ(expression(R"(f(1_000, 2.5, "s", 2022-02-24, true, false))"),
            R"(Call[Name f, Arg[Number 1_000], Arg[Number 2.5], Arg[String "s"], Arg[Instant )"
            "2022-02-24], Arg[True true], Arg[False false]]");
}

TEST(Grammar, Some) {
  EXPECT_EQ(expression("some state s where f(s) or g(s)"),
            "Some[Name state, VarName[Name s], Or[Call[Name f, Arg[NameRef[Name s]]], Call[Name g, "
            "Arg[NameRef[Name s]]]]]");
}

TEST(Grammar, None) { EXPECT_EQ(expression("no state where f"), "None[Name state, NameRef[Name f]]"); }

TEST(Grammar, NoAsAName) { EXPECT_EQ(expression("no = 0"), "Compare =[NameRef[Name no], Number 0]"); }

TEST(Grammar, Every) {
  EXPECT_EQ(expression("every party p where p is state has f(p)"),
            "Every[Name party, VarName[Name p], Where[IsKind[NameRef[Name p], Name state]], Call[Name "
            "f, Arg[NameRef[Name p]]]]");
}

TEST(Grammar, EveryWithoutWhere) {
  EXPECT_EQ(expression("every party has ready"), "Every[Name party, NameRef[Name ready]]");
}

TEST(Grammar, CountOf) {
  EXPECT_EQ(expression("count of party p where f(p) >= 2"),
            "CountOf[Name party, VarName[Name p], Where[Compare >=[Call[Name f, Arg[NameRef[Name p]]], "
            "Number 2]]]");
}

TEST(Grammar, CountOfGroup) {
  EXPECT_EQ(expression("count of P5 = 5"), "Compare =[CountOf[Name P5], Number 5]");
}

TEST(Grammar, CountOfVariable) {
  EXPECT_EQ(expression("count of state s > 1"), "Compare >[CountOf[Name state, VarName[Name s]], Number 1]");
}

TEST(Grammar, Happened) {
  EXPECT_EQ(expression("happened e(by: x) within 3 d"),
            "Happened[Pattern[Name e, Arg[ArgLabel[Name by], NameRef[Name x]]], Within[Duration[Number "
            "3, Name d]]]");
}

TEST(Grammar, ReadingIs) {
  EXPECT_EQ(expression("reading force = armed"), "ReadingIs[Name force, Name armed]");
}

TEST(Grammar, Call) {
  EXPECT_EQ(expression("f(x, by: y)"),
            "Call[Name f, Arg[NameRef[Name x]], Arg[ArgLabel[Name by], NameRef[Name y]]]");
}

TEST(Grammar, TallyFrom) { EXPECT_EQ(expression("no from P5"), "TallyFrom[Name no, Name P5]"); }

TEST(Grammar, TallyWeight) {
  EXPECT_EQ(expression("population of yes"), "TallyWeight[Name population, Name yes]");
}

TEST(Grammar, Paren) {
  EXPECT_EQ(expression("(a or b) and c"),
            "And[Paren[Or[NameRef[Name a], NameRef[Name b]]], NameRef[Name c]]");
}

TEST(Grammar, SourceDecl) {
  EXPECT_EQ(first(R"(source rt "Title" { published 2022-02-15; language en; pages 12; sha256 "00"; })"),
            R"(SourceDecl[Name rt, Title "Title", Property[Name published, Instant 2022-02-15], )"
            "Property[Name language, Name en], Property[Name pages, Number 12], Property[Name "
            R"(sha256, String "00"]])");
}

TEST(Grammar, Claim) {
  EXPECT_EQ(first("claim rt.7 by RUS, BLR (Sergey Lavrov) at 2022-02-15 passage 3120..3304 : not "
                  "opposed(RUS);"),
            "Claim[Name rt, ClaimNumber 7, By[Name RUS, Name BLR], Speaker[Name Sergey, Name Lavrov], "
            "At[Instant 2022-02-15], Passage[Number 3120, Number 3304], NotWord not, Pattern[Name "
            "opposed, Arg[NameRef[Name RUS]]]]");
  EXPECT_EQ(first("claim rt.7 by RUS demands \"no more\": opposed(RUS);"),
            "Claim[Name rt, ClaimNumber 7, By[Name RUS], ClaimWords[ClaimStance demands, String \"no "
            "more\"], Pattern[Name "
            "opposed, Arg[NameRef[Name RUS]]]]");
}

TEST(Grammar, ClaimOfAValue) {
  EXPECT_EQ(
      first("claim rt.7 by RUS: not level(RUS) = high;"),
      "Claim[Name rt, ClaimNumber 7, By[Name RUS], NotWord not, Pattern[Name level, Arg[NameRef[Name RUS]]], "
      "NameRef[Name high]]");
}

TEST(Grammar, ClaimNamed) {
  EXPECT_EQ(first("claim rt.preface by RUS: opposed;"),
            "Claim[Name rt, ClaimNumber preface, By[Name RUS], Pattern[Name opposed]]");
}

TEST(Grammar, ReadingDecl) {
  EXPECT_EQ(first(R"(reading force "Force" { armed "Armed only"; wide; })"),
            R"(ReadingDecl[Name force, Title "Force", ReadingOption[Name armed, Title "Armed only"], )"
            "ReadingOption[Name wide]]");
}

TEST(Grammar, Viewpoint) {
  EXPECT_EQ(first(R"(viewpoint M "Moscow" { accepts assertions by RUS, BLR; reading a = b; not f(x) = )"
                  "3 from 2014-01-01 until 2015-01-01; g; }"),
            R"(Viewpoint[Name M, Title "Moscow", Accepts[Name RUS, Name BLR], ChoosesReading[Name a, )"
            "Name b], Holds[NotWord not, Pattern[Name f, Arg[NameRef[Name x]]], Number 3, From[Instant "
            "2014-01-01], Until[Instant 2015-01-01]], Holds[Pattern[Name g]]]");
}

TEST(Grammar, Scenario) {
  EXPECT_EQ(first(R"(scenario s "Title" { under NATO, X as if in force from 2020-01-01, Y as if in )"
                  R"(force; from 2023-01-01; until 2024-01-01; view M; events "x.csv"; })"),
            R"(Scenario[Name s, Title "Title", Under[UnderOne[Name NATO], UnderOne[Name X, )"
            "AsIf[Instant 2020-01-01]], UnderOne[Name Y, AsIf as if in force]], "
            "ScenarioFrom[Instant 2023-01-01], ScenarioUntil[Instant 2024-01-01], View[Name M], "
            R"(EventsFile[String "x.csv"]])");
}

TEST(Grammar, ScenarioGiven) {
  EXPECT_EQ(first(R"(scenario "T" { given f(x) = 3; })"),
            R"(Scenario[Title "T", Given[Pattern[Name f, Arg[NameRef[Name x]]], Number 3]])");
}

TEST(Grammar, Happens) {
  EXPECT_EQ(first(R"(scenario "T" { 2023-01-10T06:00Z e(by: A) as x asserted by B known 2023-01-11; })"),
            R"(Scenario[Title "T", Happens[Instant 2023-01-10T06:00Z, Pattern[Name e, )"
            "Arg[ArgLabel[Name by], NameRef[Name A]]], As[Name x], AssertedBy[Name B], Known[Instant "
            "2023-01-11]]]");
}

TEST(Grammar, HappensMotion) {
  EXPECT_EQ(first(R"(scenario "T" { 2023-01-10 propose(by: A, in: C, motion: activate(x)); })"),
            R"(Scenario[Title "T", Happens[Instant 2023-01-10, Pattern[Name propose, )"
            "Arg[ArgLabel[Name by], NameRef[Name A]], Arg[ArgLabel[Name in], NameRef[Name C]], "
            "Arg[ArgLabel[Name motion], Call[Name activate, Arg[NameRef[Name x]]]]]]]");
}

TEST(Grammar, ExpectVerdict) {
  EXPECT_EQ(first(R"(scenario "T" { expect as M at 2023-01-11 never breach(by: GBR, of: )"
                  "KC.Consultation, under: NATO.5(1), to: x.y = z); }"),
            R"(Scenario[Title "T", Expect[As[Name M], Instant 2023-01-11, Never never, )"
            "ExpectVerdict[Name breach, ExpArg[ArgLabel[Name by], NameRef[Name GBR]], "
            "ExpArg[ArgLabel[Name of], ArticleRef[Name KC, Label Consultation]], ExpArg[ArgLabel[Name "
            "under], ArticleRef[Name NATO, Label 5(1)]], ExpArg[ArgLabel[Name to], Compare "
            "=[Field[NameRef[Name x], Name y], NameRef[Name z]]]]]]");
}

TEST(Grammar, ExpectHolds) {
  EXPECT_EQ(first(R"(scenario "T" { expect 2023-01-11 holds f(x) and g; })"),
            R"(Scenario[Title "T", Expect[Instant 2023-01-11, ExpectHolds[And[Call[Name f, )"
            "Arg[NameRef[Name x]]], NameRef[Name g]]]]]");
}

TEST(Grammar, ChoiceDecl) {
  EXPECT_EQ(
      first(R"(choice c "C" { x "X"; y(n: 1 .. 9 step 2, m: 1 .. 2); })"),
      R"(ChoiceDecl[Name c, Title "C", ChoiceOption[Name x, Title "X"], ChoiceOption[Name y, )"
      "ChoiceParameter[Name n, Number 1, Number 9, Number 2], ChoiceParameter[Name m, Number 1, Number 2]]]");
}

TEST(Grammar, ChoiceInInstrument) {
  EXPECT_EQ(item("choice c { x; }"), "ChoiceDecl[Name c, ChoiceOption[Name x]]");
}

TEST(Grammar, ArticleWhen) {
  EXPECT_EQ(item(R"(article 6 "T" when c = x and not d = y { })"),
            R"(Article[Label 6, Title "T", OnlyWhen[And[Compare =[NameRef[Name c], NameRef[Name x]], )"
            "Not[Compare =[NameRef[Name d], NameRef[Name y]]]]]]");
}

TEST(Grammar, DecidesWhen) {
  EXPECT_EQ(item("body B { decides e by r recused v where f when c = x; }"),
            "Body[Name B, Decides[Pattern[Name e], RuleName[Name r], Recused[Name v, NameRef[Name f]], "
            "OnlyWhen[Compare =[NameRef[Name c], NameRef[Name x]]]]]");
}

TEST(Grammar, WithinAsChosen) {
  EXPECT_EQ(item("each party shall e unless f within c.n days of attack;"),
            "Clause[Norm[BearerEach[Name party], Shall shall, Pattern[Name e], Unless[NameRef[Name f]], "
            "Within[OpenDuration[Field[NameRef[Name c], Name n], Name days], OfName[Name attack]]]]");
}

TEST(Grammar, With) {
  EXPECT_EQ(first(R"(scenario "T" { with c = y(n: 3, m: 1), I.d = x; })"),
            R"(Scenario[Title "T", With[Chosen[ChoiceRef[Name c], Name y, ChosenValue[Name n, Number 3], )"
            "ChosenValue[Name m, Number 1]], Chosen[ChoiceRef[Name I, Name d], Name x]]]");
}

TEST(Grammar, Explore) {
  EXPECT_EQ(first(R"(explore e "Q" { from scenario "S" at 2023-01-10; under A; 2023-01-11 f; })"),
            R"(Explore[Name e, Title "Q", FromScenario[String "S", At[Instant 2023-01-10]], )"
            "Under[UnderOne[Name A]], Happens[Instant 2023-01-11, Pattern[Name f]]]");
}

TEST(Grammar, MayHappen) {
  EXPECT_EQ(first(R"(explore "Q" { may happen e(by: state a) where g, f(by: party of A); })"),
            R"(Explore[Title "Q", MayHappens[MayHappen[Pattern[Name e, Arg[ArgLabel[Name by], )"
            "Binder[Name state, Name a]]], Where[NameRef[Name g]]], MayHappen[Pattern[Name f, "
            "Arg[ArgLabel[Name by], TallyWeight[Name party, Name A]]]]]]");
}

TEST(Grammar, Bounds) {
  EXPECT_EQ(first(R"(explore "Q" { within 3 days, at most 20 events; })"),
            R"(Explore[Title "Q", Bounds[Duration[Number 3, Name days], Number 20]])");
}

TEST(Grammar, Asked) {
  EXPECT_EQ(first(R"(explore "Q" { never breach(of: A.5); eventually within 24 h f; always g at the end; })"),
            R"(Explore[Title "Q", Asked[PropertyMode never, ExpectVerdict[Name breach, )"
            "ExpArg[ArgLabel[Name of], ArticleRef[Name A, Label 5]]]], Asked[PropertyMode eventually, "
            "Within[Duration[Number 24, Name h]], NameRef[Name f]], Asked[PropertyMode always, "
            "NameRef[Name g], AtTheEnd at the end]]");
}

TEST(Grammar, AskedByItsPhrase) {
  EXPECT_EQ(first(R"(explore "Q" { always no single party can block; )"
                  R"(always every protected party is owed a hard duty within 3 days; })"),
            R"(Explore[Title "Q", Asked[PropertyMode always, SingleBlocker no single party can block], )"
            "Asked[PropertyMode always, ProtectedHasDuty[Within[Duration[Number 3, Name days]]]]]");
}

// Verdicts and facts can have one name: the labels of a verdict tell.
TEST(Grammar, AskedOfAFactThatIsCalledAsAVerdict) {
  EXPECT_EQ(first(R"(explore "Q" { never suspended(what: A); })"),
            R"(Explore[Title "Q", Asked[PropertyMode never, Call[Name suspended, Arg[ArgLabel[Name what], )"
            "NameRef[Name A]]]]]");
}

}  // namespace
}  // namespace casus::syntax
