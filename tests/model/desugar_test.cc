// SPDX-License-Identifier: Apache-2.0
// What sugar means, one construct a test, as describe() shows it.
#include <gtest/gtest.h>

#include "model/resolved.h"

namespace casus::model {
namespace {

// The lines of the listing that begin with `start` (after their indentation), indented lines below them too.
std::string listed(const std::string& text, std::string_view start) {
  const Resolved r = resolved(text);
  EXPECT_FALSE(r.diagnostics.has_errors()) << r.messages();
  std::istringstream in(describe(r.model()));
  std::string out, line;
  size_t inside = std::string::npos;
  while (std::getline(in, line)) {
    const size_t indent = line.find_first_not_of(' ');
    if (inside != std::string::npos && indent <= inside) inside = std::string::npos;
    if (inside == std::string::npos && line.substr(indent).starts_with(start)) {
      inside = indent;
      out += line.substr(indent) + '\n';
    } else if (inside != std::string::npos) {
      out += line.substr(inside) + '\n';
    }
  }
  return out;
}

std::string clause(const std::string& text, std::string_view cite = "Pact:") {
  return listed(in_treaty(text), cite);
}

TEST(Desugar, UnlabelledArgumentsOfEventsSkipBy) {
  EXPECT_EQ(clause("when attack(UKR, at: Europe) each party shall assist(GBR);"),
            "Pact: obligation\n"
            "  vars $0: actor\n"
            "  when attack(on: UKR, at: Europe)\n"
            "  bearer each party(Pact) as $0\n"
            "  act assist(by: $0, to: GBR)\n");
}

TEST(Desugar, PartyAloneIsOfThisInstrument) {
  EXPECT_EQ(listed(in_treaty("once party(UKR) and party(UKR, of: Pact) and UKR in party this is terminated;"),
                   "when once"),
            "when once (party(UKR, Pact) and party(UKR, Pact) and party(UKR, Pact))\n");
}

TEST(Desugar, SetsAreFactsDomainsAndBinders) {
  EXPECT_EQ(clause("when attack(by: P5 a, on: party v) where guarantor(a) and a in guarantor and a is P5 and "
                   "(some P5 m where m = v) "
                   "each guarantor g shall assist(to: v);"),
            "Pact: obligation\n"
            "  vars a: state (trigger), v: state (trigger), g: actor, m: state\n"
            "  when attack(by: P5 a, on: party(Pact) v)\n"
            "  where (guarantor(a) and guarantor(a) and P5(a) and (some P5 m where (m = v)))\n"
            "  bearer each guarantor as g\n"
            "  act assist(by: g, to: v)\n");
}

TEST(Desugar, AWiderKindIsNoFilter) {
  EXPECT_EQ(listed(in_treaty("when attack(by: state a, on: actor v) then begins hurt(v);"), "when attack"),
            "when attack(by: state a, on: bind v)\n");
}

TEST(Desugar, ABareSetIsSomebodyOfIt) {
  EXPECT_EQ(listed(in_treaty("when attack(by: guarantor) then begins calm();"), "when attack"),
            "when attack(by: guarantor $0)\n");
}

TEST(Desugar, ItIsTheTriggerOrElseTheAct) {
  EXPECT_EQ(clause("when attack each party shall consult(about: it) where it.at = Europe;"),
            "Pact: obligation\n"
            "  vars $0: event attack (trigger), $1: actor\n"
            "  when attack() as $0\n"
            "  bearer each party(Pact) as $1\n"
            "  act consult(by: $1, about: $0)\n"
            "  act where ($0.at = Europe)\n");
  EXPECT_EQ(clause("each party shall not possess where it.what = Lance;"),
            "Pact: prohibition\n"
            "  vars $0: actor, $1: event possess\n"
            "  bearer each party(Pact) as $0\n"
            "  act possess(by: $0) as $1\n"
            "  act where ($1.what = Lance)\n");
}

TEST(Desugar, OnlyWhatIsNotAtHandIsRemembered) {
  const auto remembered = [](const std::string& text) {
    const Resolved r = resolved(in_treaty(text));
    EXPECT_FALSE(r.diagnostics.has_errors()) << r.messages();
    return r.model()[r.model().find_event("attack")].remembered;
  };
  EXPECT_FALSE(
      remembered("when attack as a each party shall consult(about: it) within 24 h of a where a.by = USA "
                 "until a.at = Europe;"));
  EXPECT_TRUE(remembered("when request(about: event a) where a.by = USA then begins calm();"));
  EXPECT_TRUE(remembered("when request(about: event a) each party shall consult within 24 h of a;"));
  EXPECT_FALSE(
      remembered("when attack each party shall consult otherwise each party shall consult(about: it) within "
                 "24 h where it.by = USA;"));
}

TEST(Desugar, PartsOfThingsAreFacts) {
  EXPECT_EQ(listed(in_treaty("when possess(what: weapon w) where w.range in 500 m .. 5.5 km and w.mounted != "
                             "ground then begins calm();"),
                   "where"),
            "where (((range(w) >= 500 m) and (range(w) <= 5500 m)) and (mounted(w) != ground))\n");
}

TEST(Desugar, BecomesAndCeases) {
  const std::string text =
      in_treaty(
          "when attack(on: state v, by: actor a) then v becomes party, a ceases to be guarantor, v becomes "
          "party of Other,"
          "a becomes host of Other, a succeeds v, Other is suspended for a, Other resumes;") +
      "instrument Other { role host; }";
  EXPECT_EQ(
      listed(text, "then"),
      "then begins party(v, Pact)\nthen ends guarantor(a)\nthen begins party(v, Other)\nthen begins host(a)\n"
      "then succeeds (a, v, Pact)\nthen suspended (Other, a)\nthen resumes (Other)\n");
}

TEST(Desugar, ReparationKnowsWhatItsParentKnew) {
  EXPECT_EQ(clause("when attack(on: state v) each party p shall assist(to: v) within 24 h "
                   "otherwise p shall supply(to: v) within 3 days otherwise breach material;"),
            "Pact: obligation\n"
            "  vars v: state (trigger), p: actor\n"
            "  when attack(on: bind v)\n"
            "  bearer each party(Pact) as p\n"
            "  act assist(by: p, to: v)\n"
            "  deadline within 24 h\n"
            "  otherwise [Pact (2)]\n");
  EXPECT_EQ(clause("each party p shall not possess(weapon w) otherwise p shall consult where w = Lance;",
                   "Pact (2)"),
            "Pact (2): obligation\n"
            "  vars p: actor (trigger), w: weapon (trigger), $2: actor\n"
            "  when breach of [Pact] as its reparation\n"
            "  bearer p as $2\n"
            "  act consult(by: $2)\n"
            "  act where (w = Lance)\n");
}

TEST(Desugar, AnActThatWasNotDoneBindsNothingForTheReparation) {
  const Resolved r = resolved(in_treaty(
      "each party shall possess(weapon w) within 24 h otherwise each party shall possess(w) within 24 h;"));
  ASSERT_EQ(r.diagnostics.all().size(), 1u);
  EXPECT_EQ(r.diagnostics.all()[0].kind, Diag::unknown_entity);
}

TEST(Desugar, TakeOneOfIsOneActForEachEvent) {
  EXPECT_EQ(
      listed(in_treaty("each party shall take at least 2 of { assist, supply, possess } within 3 days;"),
             "act"),
      "act assist(by: $0)\nact supply(by: $0)\nact possess(by: $0)\n");
  EXPECT_EQ(
      listed(in_treaty("each party may take one of { assist, supply }(to: state s) where hurt(s);"), "act"),
      "act assist(by: $0, to: bind s)\nact supply(by: $0, to: bind s)\nact where hurt(s)\n");
}

TEST(Desugar, MayIsAPowerWhereTheEventIsInstitutional) {
  EXPECT_EQ(clause("USA may invite(UKR) takes effect 1 year after notice;"),
            "Pact: power\n"
            "  vars $0: state\n"
            "  bearer USA as $0\n"
            "  act invite(by: $0, whom: UKR)\n"
            "  takes effect 1 year after notice\n");
  EXPECT_EQ(clause("USA may supply(UKR) notwithstanding Pact;"),
            "Pact: permission\n"
            "  vars $0: state\n"
            "  bearer USA as $0\n"
            "  act supply(by: $0, to: UKR)\n"
            "  prevails over Pact\n");
}

TEST(Desugar, TheActMaySayWhoDoesIt) {
  EXPECT_EQ(listed(in_treaty("each party shall supply(by: GBR, to: UKR);"), "act"),
            "act supply(by: GBR, to: UKR)\n");
  EXPECT_EQ(listed(in_treaty("each party shall supply(by: any, to: UKR);"), "act"), "act supply(to: UKR)\n");
}

TEST(Desugar, DatesOfDeadlinesIncludeTheirDay) {
  EXPECT_EQ(
      listed(in_treaty("each party shall supply(to: UKR) by 2022-01-31 from 2022-01-01 until 2022-12-31;"),
             "deadline"),
      "deadline by 2022-01-31T23:59:59.999Z\n");
  EXPECT_EQ(listed(in_treaty("each party shall supply(to: UKR) by 2022-01-31T12:00Z;"), "deadline"),
            "deadline by 2022-01-31T12:00:00Z\n");
}

TEST(Desugar, EffectsOfAnEventAreAClauseOfItsOwn) {
  EXPECT_EQ(
      listed(vocabulary +
                 "institutional event join(by: state, to: instrument, note: text) { begins party(by, to); }",
             "event join: "),
      "event join: consequence\n"
      "  vars by: state (trigger), to: instrument (trigger)\n"
      "  when join(by: bind by, to: bind to)\n"
      "  then begins party(by, to)\n");
}

TEST(Desugar, LifeOfAnInstrument) {
  const std::string text = vocabulary +
                           "instrument Pact { in force from 2000-01-01 until 2010-01-01; provisionally "
                           "applied from 1999-01-01 until 2000-01-01;"
                           "party USA; party GBR from 2001-01-01; party UKR from 2002-01-01 as successor of "
                           "GBR; role host: USA until 2005-01-01; }";
  EXPECT_EQ(listed(text, "given in_force") + listed(text, "given party") + listed(text, "given host") +
                listed(text, "succession"),
            "given in_force(Pact) = true from 2000-01-01T00:00:00Z until 2010-01-01T00:00:00Z in Pact\n"
            "given in_force(Pact) = true from 1999-01-01T00:00:00Z until 2000-01-01T00:00:00Z in Pact\n"
            "given party(USA, Pact) = true from 1999-01-01T00:00:00Z in Pact\n"
            "given party(GBR, Pact) = true from 2001-01-01T00:00:00Z in Pact\n"
            "given host(USA) = true from 1999-01-01T00:00:00Z until 2005-01-01T00:00:00Z in Pact\n"
            "succession Pact: UKR after GBR at 2002-01-01T00:00:00Z\n");
  EXPECT_EQ(clause("in force once count of party >= 2 after 30 days;"),
            "Pact: consequence\n"
            "  vars $0: actor\n"
            "  when once ((count of party(Pact) $0) >= 2)\n"
            "  then enters into force (Pact)\n"
            "  after 30 d\n");
}

TEST(Desugar, DecisionsOfBodies) {
  const std::string text = in_treaty(
      "body Board { members guarantor; chair USA; rule two: yes >= 2; decides activate(event a) by two "
      "within 72 h of a recused v where a.by = v; }"
      "article 10 { while calm(), Board may invite(state s) by consensus within 30 days where hurt(s); }"
      "when decided activate(event a) then begins calm(); once Board has decided invite(UKR) this is "
      "terminated;");
  EXPECT_EQ(
      listed(text, "body Board"),
      "body Board\n"
      "body Board of Pact members guarantor chair USA\n"
      "  decides activate(about: bind a) by two within 72 h of a.time recused v where (a.by = v)\n"
      "  decides invite(whom: bind s) by consensus within 30 d where (hurt(s) and calm()) (article 10)\n");
  EXPECT_EQ(listed(text, "when decided") + listed(text, "when once"),
            "when decided activate(about: bind a)\nwhen once happened Board decided invite(whom: UKR)\n");
}

TEST(Desugar, RulesAreLinear) {
  const auto rule = [](const std::string& text) {
    return listed(in_treaty("body Board { members party; rule r: " + text + "; }"), "rule r: ").substr(8);
  };
  EXPECT_EQ(rule("yes >= 55 % of members"), "+20*[yes] -11*[yes+no+abstain+absent] +0 >= 0\n");
  EXPECT_EQ(rule("yes > 2 * (no + abstain) - 3"), "+1*[yes] -2*[no] -2*[abstain] +3 > 0\n");
  EXPECT_EQ(rule("yes >= present * 2 / 3"), "+3*[yes] -2*[yes+no+abstain] +0 >= 0\n");
  EXPECT_EQ(rule("yes >= 12.5 % of voting"), "+8*[yes] -1*[yes+no] +0 >= 0\n");
  EXPECT_EQ(rule("population of yes >= 65 % of population of members"),
            "+20*[population of yes] -13*[population of yes+no+abstain+absent] +0 >= 0\n");
  EXPECT_EQ(rule("no from P5 = 0 and not (absent > 1 or yes < 3)"),
            "(+1*[no from P5] +0 = 0 and not ((+1*[absent] -1 > 0 or +1*[yes] -3 < 0)))\n");
  EXPECT_EQ(rule("yes - yes >= -1"), "+1 >= 0\n");
}

TEST(Desugar, BuiltInRulesAreMadeOnce) {
  const std::string text = in_treaty(
      "body Board { members party; decides activate(any) by unanimity; decides invite(any) by unanimity; }"
      "Board may activate(any) by absolute_majority; Board may activate(any) by simple_majority; Board may "
      "activate(any) by two_thirds;");
  EXPECT_EQ(listed(text, "rule "),
            "rule unanimity: +1*[yes] -1*[yes+no+abstain+absent] +0 = 0\n"
            "rule absolute_majority: +2*[yes] -1*[yes+no+abstain+absent] +0 > 0\n"
            "rule simple_majority: +1*[yes] -1*[no] +0 > 0\n"
            "rule two_thirds: +3*[yes] -2*[yes+no] +0 >= 0\n");
}

TEST(Desugar, ABodyOfAnotherInstrumentIsNamedWithIt) {
  const std::string text = in_treaty(
                               "body Board { members party; } once Other.Board has decided invite(UKR) and "
                               "Board has decided invite(UKR) this is terminated;") +
                           "instrument Other { party USA; body Board { members party; } }";
  EXPECT_EQ(listed(text, "when once"),
            "when once (happened Other.Board decided invite(whom: UKR) and happened Pact.Board decided "
            "invite(whom: UKR))\n");
}

TEST(Desugar, AttributesAreFactsGiven) {
  EXPECT_EQ(listed(vocabulary + "state FRA { population 67 from 2015-01-01; hurt false; stock_of Lance; } "
                                "fact stock_of(a: state, b: weapon); area Paris within Europe;",
                   "given "),
            "given P5(USA) = true\ngiven P5(GBR) = true\n"
            "given population(FRA) = 67 from 2015-01-01T00:00:00Z\ngiven hurt(FRA) = false\ngiven "
            "stock_of(FRA, Lance) = true\ngiven within(Paris, Europe) = true\n");
}

TEST(Desugar, CategoryValuesTakeTheirCategoryFromTheOtherSide) {
  EXPECT_EQ(listed(vocabulary + "fact shade(of: state) is colour; derived d(s: state) when red = s.shade;",
                   "derived d"),
            "derived d(s: state) stratum 0\n  when (red = shade(s))\n");
}

TEST(Desugar, StrataFollowWhatRestsOnWhat) {
  EXPECT_EQ(listed(vocabulary + "derived c(s: state) when not b(s); derived b(s: state) when a(s); derived "
                                "a(s: state) when hurt(s) or (some state t where a(t));",
                   "derived "),
            "derived safe(who: state) stratum 0\n  when not hurt(who)\n"
            "derived c(s: state) stratum 2\n  when not b(s)\n"
            "derived b(s: state) stratum 1\n  when a(s)\n"
            "derived a(s: state) stratum 0 recursive\n  when (hurt(s) or (some state $1 where a($1)))\n");
}

TEST(Desugar, OutcomesAreThoseOfTheOtherClausesOfAnArticle) {
  const Resolved r =
      resolved(in_treaty("article 3 { each party shall assist(to: UKR);"
                         "when breach of article 3 by party x each party shall supply(to: UKR); }"));
  ASSERT_EQ(r.messages(), "");
  ASSERT_EQ(r.model().clauses.size(), 2u);
  EXPECT_EQ(r.model().clauses[1].trigger.targets, std::vector<ClauseId>{ClauseId(size_t{0})});
}

TEST(Desugar, ScenariosAreConstants) {
  const std::string text =
      in_treaty("body Board { members party; } article 5 { each party shall assist(to: UKR); }") +
      "scenario \"S\" { under Pact as if in force; from 2022-01-01;"
      "2022-01-02 attack(by: GBR, on: UKR) as first; 2022-01-03 request(by: UKR, about: it);"
      "2022-01-04 propose(by: USA, in: Board, motion: activate(about: first)) as m; 2022-01-05 vote(by: GBR, "
      "on: m, as: no);"
      "expect breach(by: USA, of: Pact.5); expect never duty(of: USA, under: Pact); expect adopted(of: m); "
      "expect void(by: USA, of: invite);"
      "expect at 2022-01-06 holds hurt(UKR); }";
  EXPECT_EQ(listed(text, "scenario"),
            "scenario \"S\"\n"
            "  under Pact as if from 2022-01-01T00:00:00Z\n"
            "  from 2022-01-01\n"
            "  2022-01-02 attack(by: GBR, on: UKR) as first\n"
            "  2022-01-03 request(by: UKR, about: first)\n"
            "  2022-01-04 propose(by: USA, in: Board) motion activate(about: first) as m\n"
            "  2022-01-05 vote(by: GBR, on: m, as: no)\n"
            "  expect breach bearer USA under Pact.5\n"
            "  expect never duty bearer USA under Pact\n"
            "  expect adopted motion m\n"
            "  expect void bearer USA act invite\n"
            "  expect 2022-01-06 holds hurt(UKR)\n");
}

}  // namespace
}  // namespace casus::model
