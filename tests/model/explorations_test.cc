// SPDX-License-Identifier: Apache-2.0
// Explorations as the model holds them, line by line of its listing.
#include <gtest/gtest.h>

#include "model/choose.h"
#include "model/resolved.h"

namespace casus::model {
namespace {

std::string world(const std::string& explore) {
  return vocabulary + R"(
choice path { open; pause(years: 1 .. 3); }
event pay(by: actor, amount: count, of: colour, open: truth);
instrument Pact "The Pact" {
  party USA, GBR; role guarantor: USA; body Board { members party; decides activate(any) by consensus; }
  article 5 { when attack(on: party x) each party shall supply(to: x) within 3 days; }
}
instrument Other { party USA; role guarantor: GBR; role keeper: GBR; }
)" + explore +
         R"(
scenario s "The story" {
  under Pact; from 2022-01-01; until 2022-12-31; with path = open;
  2022-02-01 attack(by: UKR, on: USA) as first;
  2022-02-02T06:00Z request(by: USA, about: first);
  2022-02-03 consult(by: GBR, about: first) as second;
}
)";
}

// The listing's lines of the only exploration.
std::vector<std::string> listed(const std::string& explore) {
  const Resolved r = resolved(world(explore));
  EXPECT_EQ(r.messages(), "");
  std::istringstream in(describe(r.model()));
  std::vector<std::string> out;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("explore")) {
      inside = true;
    } else if (inside) {
      out.push_back(line.substr(2));
    }
  }
  return out;
}
// Of what may happen, or is asked, in an exploration of the Pact.
std::string one(const std::string& item) {
  return listed("explore \"E\" { from scenario s at 2022-02-01; within 3 days; " + item + " }").back();
}
std::string in_two(const std::string& item) {
  return listed("explore \"E\" { under Pact, Other; from 2022-01-01; within 3 days; " + item + " }").back();
}

using Lines = std::vector<std::string>;

TEST(Exploration, GoesOnFromAScenario) {
  EXPECT_EQ(listed("explore \"E\" { from scenario s at 2022-02-02; at most 2 events; }"),
            (Lines{"from scenario \"The story\"", "under Pact", "from 2022-01-01", "until 2022-12-31",
                   "2022-02-01 attack(by: UKR, on: USA) as first",
                   "2022-02-02T06:00Z request(by: USA, about: first)", "at 2022-02-02T23:59:59.999Z",
                   "with path = open", "at most 2"}));
}

TEST(Exploration, WithoutATimeBeginsWhereTheScenarioDoes) {
  EXPECT_EQ(listed("explore \"E\" { from scenario \"The story\"; }"),
            (Lines{"from scenario \"The story\"", "under Pact", "from 2022-01-01", "until 2022-12-31",
                   "with path = open"}));
}

TEST(Exploration, FixesChoicesAlsoOtherwiseThanItsScenario) {
  EXPECT_EQ(listed("explore \"E\" { from scenario s; with path = pause(years: 2); }").back(),
            "with path = pause(years: 2)");
}

TEST(Exploration, TellsItsOwnBeginning) {
  EXPECT_EQ(
      listed("explore e \"E\" { under Pact as if in force; from 2022-01-01; until 2022-03-01; given calm(); "
             "2022-01-05T12:00Z attack(by: UKR, on: USA) as a; within 1 month, at most 20 events; }"),
      (Lines{"under Pact as if from 2022-01-01T00:00:00Z", "from 2022-01-01", "until 2022-03-01",
             "given calm() = true", "2022-01-05T12:00Z attack(by: UKR, on: USA) as a",
             "at 2022-01-05T12:00:00Z", "within 1 month", "at most 20"}));
}

TEST(MayHappen, RangesOverWhatItsArgumentsName) {
  EXPECT_EQ(one("may happen supply(by: USA, to: UKR);"), "may happen supply(by: USA, to: UKR)");
  EXPECT_EQ(one("may happen supply(by: guarantor, to: any);"),
            "may happen supply(by: in guarantor, to: any value)");
  EXPECT_EQ(one("may happen supply(by: party p, to: state);"),
            "may happen supply(by: in party(Pact) as p, to: in state)");
  EXPECT_EQ(one("may happen attack(by: state a, on: P5 b) where a != b;"),
            "may happen attack(by: in state as a, on: in P5 as b) where (a != b)");
  EXPECT_EQ(one("may happen pay(by: any, amount: 5, of: any, open: any);"),
            "may happen pay(by: any value, amount: 5, of: any value, open: any value)");
  EXPECT_EQ(one("may happen pay(of: colour c, open: true);"),
            "may happen pay(of: any value as c, open: true)");
}

// A wider kind is narrowed to what the parameter takes.
TEST(MayHappen, AKindIsNarrowedToTheParameter) {
  EXPECT_EQ(one("may happen supply(by: party, to: actor);"),
            "may happen supply(by: in party(Pact), to: in state)");
}

TEST(MayHappen, PartiesAndRolesOfOneOfSeveralInstruments) {
  EXPECT_EQ(in_two("may happen supply(by: party of Other, to: UKR);"),
            "may happen supply(by: in party(Other), to: UKR)");
  EXPECT_EQ(in_two("may happen supply(by: keeper, to: UKR);"), "may happen supply(by: in keeper, to: UKR)");
  const Resolved r =
      resolved(world("explore \"E\" { under Pact, Other; from 2022-01-01; within 3 days; "
                     "may happen supply(by: guarantor of Other, to: UKR); }"));
  ASSERT_EQ(r.messages(), "");
  const Model& m = r.model();
  EXPECT_EQ(m[m.explorations.front().may_happen.front().args[0].domain.fact].instrument,
            m.find_instrument("Other"));
}

TEST(MayHappen, ARoleIsThatOfTheInstrumentExplored) {
  const Resolved r =
      resolved(world("explore \"E\" { from scenario s; may happen supply(by: guarantor, to: UKR); }"));
  const Model& m = r.model();
  EXPECT_EQ(m[m.explorations.front().may_happen.front().args[0].domain.fact].instrument,
            m.find_instrument("Pact"));
}

TEST(MayHappen, EventsAreNamedByTheirSortOrTheStory) {
  EXPECT_EQ(one("may happen request(by: party, about: first);"),
            "may happen request(by: in party(Pact), about: #0)");
  EXPECT_EQ(one("may happen request(by: party, about: attack);"),
            "may happen request(by: in party(Pact), about: any occurrence)");
  EXPECT_EQ(one("may happen consult(by: party, about: attack);"),
            "may happen consult(by: in party(Pact), about: an occurrence of attack)");
  EXPECT_EQ(one("may happen consult(by: party, about: any);"),
            "may happen consult(by: in party(Pact), about: any occurrence)");
  EXPECT_EQ(one("may happen vote(by: party, on: activate, as: any);"),
            "may happen vote(by: in party(Pact), on: an occurrence of activate, as: any value)");
  EXPECT_EQ(one("may happen close(by: party, on: propose);"),
            "may happen close(by: in party(Pact), on: any occurrence)");
  EXPECT_EQ(one("may happen request(by: party p, about: attack a) where a.on = p;"),
            "may happen request(by: in party(Pact) as p, about: any occurrence as a) where (a.on = p)");
}

TEST(MayHappen, AMotionHasWhatItIsAbout) {
  EXPECT_EQ(
      one("may happen propose(by: party p, in: Board, motion: activate(about: attack a)) where a.on = p;"),
      "may happen propose(by: in party(Pact) as p, in: Board) motion activate(about: any occurrence as a) "
      "where (a.on = p)");
}

TEST(Property, IsAVerdictAPhraseOrACondition) {
  EXPECT_EQ(one("never breach(by: USA,\n  of: Pact.5);"),
            "never breach bearer USA under Pact.5 \"never breach(by: USA, of: Pact.5)\"");
  EXPECT_EQ(one("always duty(of: USA, under: Pact);"),
            "always duty bearer USA under Pact \"always duty(of: USA, under: Pact)\"");
  EXPECT_EQ(one("possible adopted(of: activate);"),
            "possible adopted motion activate \"possible adopted(of: activate)\"");
  EXPECT_EQ(one("possible void(of: activate) at the end;"),
            "possible void act activate at the end \"possible void(of: activate) at the end\"");
  EXPECT_EQ(one("eventually within 24 h happened consult(by: USA);"),
            "eventually happened consult(by: USA) within 24 h \"eventually within 24 h happened consult(by: "
            "USA)\"");
  EXPECT_EQ(one("always not terminated(Pact) at the end;"),
            "always not terminated(Pact) at the end \"always not terminated(Pact) at the end\"");
  EXPECT_EQ(one("never suspended(what: Pact, whom: USA);"),
            "never suspended(Pact, USA) \"never suspended(what: Pact, whom: USA)\"");
  EXPECT_EQ(one("never suspended(of: Pact.5);"),
            "never suspended under Pact.5 \"never suspended(of: Pact.5)\"");
  EXPECT_EQ(one("always path = open or path.years > 1;"),
            "always (path = open or (path.years > 1)) \"always path = open or path.years > 1\"");
}

TEST(Property, StandardOnesAreToldByTheirPhrase) {
  const Lines phrases{"no party both obliged and forbidden",
                      "every breach has a consequence",
                      "every protected party is owed a hard duty",
                      "no single party can block",
                      "no two guarantors bound to fight each other",
                      "every motion can be adopted in time",
                      "every duty can lawfully be kept"};
  for (size_t i = 0; i < phrases.size(); ++i) {
    const Resolved r = resolved(world("explore \"E\" { from scenario s; always " + phrases[i] + "; }"));
    ASSERT_EQ(r.messages(), "");
    const Property& p = r.model().explorations.front().properties.front();
    EXPECT_EQ(static_cast<size_t>(p.standard), i + 1);
    EXPECT_EQ(p.words, "always " + phrases[i]);
  }
  EXPECT_EQ(one("always every protected party is owed a hard duty within 72 h;"),
            "always standard 3 within 72 h \"always every protected party is owed a hard duty within 72 h\"");
}

}  // namespace
}  // namespace casus::model
