// SPDX-License-Identifier: Apache-2.0
// Which clauses have the shape, which have not, and what they ask for besides.
#include "coding/shapes.h"

#include "coding/coded.h"

namespace casus::coding {
namespace {

using test::treaty;
using test::World;

struct Case {
  const char* clause;
  const char* variable;
  const char* code;
};

constexpr Case cases[] = {
    // Whatever the variables are called, and whatever else the act says.
    {"when strike(by: actor x, on: party y) each party z except y shall aid(to: y, against: x);", "DEFENSE",
     "1"},
    // The event's field is the same thing, with a name or without.
    {"when strike(on: party y) as s each party shall aid(to: s.on);", "DEFENSE", "1"},
    {"when strike(on: party y) each party shall aid(to: it.on);", "DEFENSE", "1"},
    {"when call(by: party y, about: strike s) where s.on = y each party shall aid(to: s.on);", "DEFENSE",
     "1"},
    {"when call(by: party y, about: strike s) each party shall aid(to: s.on);", "DEFENSE", "0"},
    // Help for the one who strikes is no defence.
    {"when strike(by: party x, on: actor y) each party shall aid(to: x);", "DEFENSE", "0"},
    {"when strike(by: party x, on: actor y) each party shall aid(to: x);", "OFFENSE", "1"},
    // A duty to help anybody at all is no duty to help the partner.
    {"when strike(on: party y) each party shall aid;", "DEFENSE", "0"},
    // Another event, another modality.
    {"when strike(on: party y) each party shall arm(to: y);", "DEFENSE", "0"},
    {"when strike(on: party y) each party may aid(to: y);", "DEFENSE", "0"},
    {"when strike(on: party y) each party shall not aid(to: y);", "DEFENSE", "0"},
    {"when strike(by: actor x, on: party y) each party shall not aid(to: x);", "NEUTRAL", "1"},
    // A prohibition may be wider.
    {"each party shall not fight;", "NONAGG", "1"},
    {"each party shall not fight(against: actor x) where wicked(x);", "NONAGG", "1"},
    {"ALFA shall not fight(against: BRAVO);", "NONAGG", "1"},
    {"each party shall not aid;", "NONAGG", "0"},
    // One act among several; a code in the label.
    {"when strike(on: party y) each party shall take one of { arm, aid }(to: y);", "DEFENSE", "1"},
    {"each party shall arm(to: party other);", "MILAID", "2"},
    // What binds only as a substitute is not the promise.
    {"each party shall arm(to: party other) within 1 day otherwise each party shall talk;", "CONSUL", "0"},
    // What stands for the scheme there stands for the treaty here.
    {"each party may leave(what: this);", "RENOUNCE", "1"},
    {"each party may leave(what: Scheme);", "RENOUNCE", "0"}};

TEST(Shapes, AClauseCountsWhereItHasTheShape) {
  for (const Case& c : cases) {
    const World w(treaty(std::string("article 1 { ") + c.clause + " }"));
    EXPECT_EQ(w.of("T", c.variable), c.code) << c.clause;
  }
}

struct Asks {
  const char* clause;
  const char* variable;
  const char* code;
};
constexpr const char* in_world =
    "when strike(by: actor x, on: party y, at: area p) where inside(p, World) each party shall aid(to: y);";
constexpr const char* plain =
    "when strike(by: actor x, on: party y, at: area p) each party shall aid(to: y);";

constexpr Asks asks[] = {
    {in_world, "DEFCOLOC", "1"},
    {in_world, "DEFCOADV", "0"},
    {in_world, "DEFCON", "1"},
    {in_world, "CONDITIO", "1"},
    {in_world, "OLIMOB", "0"},
    {plain, "DEFCOLOC", "0"},
    {plain, "DEFCON", "0"},
    {plain, "CONDITIO", "0"},
    {"when strike(on: party y, at: Coast) each party shall aid(to: y);", "DEFCOLOC", "1"},
    {"when strike(on: party y) as s each party shall aid(to: y) unless inside(s.at, Coast);", "DEFCOLOC",
     "1"},
    {"when strike(on: party y, at: area p) where near(p, y) each party shall aid(to: y);", "DEFCOLOC", "1"},
    {"when strike(by: DELTA, on: party y) each party shall aid(to: y);", "DEFCOADV", "1"},
    {"when strike(by: actor x, on: party y) where wicked(x) each party shall aid(to: y);", "DEFCOADV", "1"},
    {"when strike(by: actor x, on: party y) where x = DELTA each party shall aid(to: y);", "DEFCOADV", "1"},
    {"when strike(by: actor x, on: party y) where x != y each party shall aid(to: y);", "DEFCOADV", "0"},
    {"when strike(by: actor x, on: party y) where wicked(y) each party shall aid(to: y);", "DEFCON", "0"},
    {"when strike(on: party y) where (count of state s where wicked(s)) >= 2 each party shall "
     "aid(to: y);",
     "DEFCONUM", "1"},
    // What is about no role limits the promise in some other way, which may be any of those that need words.
    {"when strike(on: party y) where wicked(DELTA) each party shall aid(to: y);", "OLIMOB", "1"},
    {"when strike(on: party y) where wicked(DELTA) each party shall aid(to: y);", "DEFCOCON", "–"},
    {plain, "DEFCOCON", "0"}};

TEST(Conditions, AreFoundByTheRoleTheyAreAbout) {
  for (const Asks& c : asks) {
    const World w(treaty(std::string("article 1 { ") + c.clause + " }"));
    ASSERT_EQ(w.of("T", "DEFENSE"), "1") << c.clause;
    EXPECT_EQ(w.of("T", c.variable), c.code) << c.clause;
  }
}

// What no clause is free of limits the promise; a second clause without it lifts the limit.
TEST(Conditions, OfNoRoleCountWhereEveryClauseHasThem) {
  const std::string limited = "when strike(on: party y) where wicked(DELTA) each party shall aid(to: y);";
  EXPECT_EQ(World(treaty("article 1 { " + limited + " }")).of("T", "OLIMOB"), "1");
  EXPECT_EQ(World(treaty("article 1 { " + limited + " } article 2 { " + plain + " }")).of("T", "OLIMOB"),
            "0");
}

TEST(Conditions, ADecisionOfABodyIsOne) {
  const std::string body = "body Board { members party; decides find(about: strike s) by consensus; } ";
  const std::string after =
      "when decided find(by: Board, about: strike s, whom: actor x) each party shall aid(to: s.on);";
  EXPECT_EQ(World(treaty(body + "article 1 { " + after + " }")).of("T", "DEFENSE"), "1");
  EXPECT_EQ(World(treaty(body + "article 1 { " + after + " }")).of("T", "OLIMOB"), "1");
}

TEST(Shapes, EqualitiesThatGoRoundInACircleEnd) {
  const World w(treaty(
      "article 1 { when call(by: party y, about: strike s) where y = s.on and s.on = s.by and s.by = y "
      "each party shall aid(to: s.by); }"));
  EXPECT_EQ(w.of("T", "DEFENSE"), "1");
}

}  // namespace
}  // namespace casus::coding
