// SPDX-License-Identifier: Apache-2.0
// The table of a run: a row for each clause that hears an event and each actor that it could bind.
#include "replay/table.h"

#include <gmock/gmock.h>

#include "replay/world.h"

namespace casus::replay {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* text = R"(
kind state is actor;
state ALFA; state BRAVO; state CHARLIE; state DELTA;
event attack(by: actor, on: actor, level: count);
event help(by: actor, to: actor, against: actor);
event force(by: actor, against: actor);
fact near(who: actor) contested "is near";
fact tired(who: actor) "is tired";
when attack(by: actor a, on: actor b) as x where x.level >= 4 counts as force(by: a, against: b);
instrument Pact {
  in force from 2000-01-01 until 2010-01-01;
  party ALFA, BRAVO, CHARLIE;
  reservation by CHARLIE to article 3;
  article 1 {
    when attack(by: actor enemy, on: party victim) as x where x.level >= 3 and (enemy = DELTA or near(enemy))
      each party except victim, enemy shall help(to: victim, against: enemy) within 10 days unless tired(victim);
  }
  article 2 { each party shall not force(against: party); }
  article 3 { when attack(on: party victim) each party except victim shall not help(to: BRAVO); }
  article 4 { when attack(on: party victim) victim may help(to: ALFA); }
}
scenario "some attacks" {
  under Pact;
  given tired(CHARLIE);
  2000-02-01 attack(by: DELTA, on: ALFA, level: 5) as first;
  2000-02-02 help(by: BRAVO, to: ALFA, against: DELTA);
  2001-02-01 attack(by: ALFA, on: BRAVO, level: 4) as second;
  2002-02-01 attack(by: DELTA, on: CHARLIE, level: 2) as third;
  2011-02-01 attack(by: DELTA, on: ALFA, level: 5) as last;
}
)";

struct Made {
  std::vector<std::string> lines;
  Table::Tally total;
};

Made table_of(test::World& world) {
  Options options;
  class Sink final : public evidence::RejectSink {
    bool reject(std::string_view, uint64_t, const Diagnostic&) override { return false; }
  } sink;
  auto opened = open_events(world.model(), model::ScenarioId(size_t{0}), options, world.files, {}, sink);
  EXPECT_TRUE(opened.ok());
  Table table(world.model(), world.sources);
  const auto read =
      stream(world.model(), model::ScenarioId(size_t{0}), options, *opened.value().reader, table, &table);
  EXPECT_TRUE(read.ok());
  Made out;
  table.write(*opened.value().labels,
              [&](std::string_view line) { out.lines.emplace_back(line.substr(0, line.size() - 1)); });
  out.total = table.total();
  return out;
}

TEST(Table, says_who_owed_what_and_why_not) {
  test::World world(text);
  EXPECT_THAT(
      table_of(world).lines,
      ElementsAre(
          "event,date,member,partner,adversary,alliance,article,obligation,condition,owed,outcome,why",
          "first,2000-02-01,BRAVO,ALFA,DELTA,Pact,1,shall help,met,yes,kept,",
          "first,2000-02-01,CHARLIE,ALFA,DELTA,Pact,1,shall help,met,yes,breach,",
          "first,2000-02-01,BRAVO,ALFA,DELTA,Pact,3,shall not help,met,yes,released,",
          "first,2000-02-01,CHARLIE,ALFA,DELTA,Pact,3,shall not help,not met,no,,it has a reservation to the "
          "article",
          "second,2001-02-01,CHARLIE,BRAVO,ALFA,Pact,1,shall help,open,no,,not told: enemy = DELTA or "
          "near(enemy)",
          "second,2001-02-01,ALFA,BRAVO,ALFA,Pact,3,shall not help,met,yes,released,",
          "second,2001-02-01,CHARLIE,BRAVO,ALFA,Pact,3,shall not help,not met,no,,it has a reservation to "
          "the article",
          "second,2001-02-01,ALFA,,BRAVO,Pact,2,shall not force,met,yes,breach,",
          "third,2002-02-01,ALFA,CHARLIE,DELTA,Pact,1,shall help,not met,no,,x.level >= 3; unless is tired",
          "third,2002-02-01,BRAVO,CHARLIE,DELTA,Pact,1,shall help,not met,no,,x.level >= 3; unless is tired",
          "third,2002-02-01,ALFA,CHARLIE,DELTA,Pact,3,shall not help,met,yes,released,",
          "third,2002-02-01,BRAVO,CHARLIE,DELTA,Pact,3,shall not help,met,yes,released,",
          "last,2011-02-01,,,,,,,unheard,no,,no clause of an instrument in force is about it"));
}

// What the ledger of an ordinary replay has: duties born of an event, and breaches of standing prohibitions.
TEST(Table, owes_exactly_what_the_ledger_says) {
  test::World world(text);
  const Made made = table_of(world);
  const Replay r = world.run();
  uint64_t owed = 0;
  for (const run::Record& rec : r.ledger.records)
    owed += (rec.kind == run::RecordKind::born && rec.occurrence != run::no_number &&
             r.model->clauses[rec.clause.index()].kind != model::ClauseKind::permission) ||
            (rec.kind == run::RecordKind::breach && rec.duty == run::no_number);
  EXPECT_EQ(made.total.owed, owed);
  EXPECT_EQ(made.total.rows, made.total.met + made.total.open + made.total.not_met);
}

TEST(Table, what_is_told_is_open_no_longer) {
  std::string told = text;
  told.replace(told.find("given tired(CHARLIE);"), 0, "given near(ALFA); ");
  test::World world(told);
  EXPECT_EQ(table_of(world).lines[5],
            "second,2001-02-01,CHARLIE,BRAVO,ALFA,Pact,1,shall help,met,yes,breach,");
}

TEST(Table, quotes_what_needs_quotes) {
  std::string odd = text;
  odd.replace(odd.find("\"is near\""), 9, "\"is near, or \\\"so\\\"\"");
  odd.replace(odd.find("(enemy = DELTA or near(enemy))"), 30, "near(enemy)");
  test::World world(odd);
  EXPECT_THAT(table_of(world).lines[1], HasSubstr(",\"not told: is near, or \"\"so\"\"\""));
}

}  // namespace
}  // namespace casus::replay
