// SPDX-License-Identifier: Apache-2.0
// A net and the fast engine take the same steps, on random models. What differs is shrunk, and shown as a model to try by hand.
// For hours by hand: CASUS_MODELS=5000 CASUS_FIRST_MODEL=301 takes so many, from that seed on.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "base/many_models.h"
#include "explore/council.h"
#include "explore/net_fold.h"
#include "explore/net_invariants.h"
#include "explore/net_reasons.h"
#include "explore/net_walk.h"
#include "run/harness.h"
#include "run/random_model.h"

namespace casus::explore::test {
namespace {

using run::test::Part;

struct Trial {
  bool loads = false;
  Compiled compiled;
  std::string clause;  // that a refusal names
  Walked walked;
};

NetLimits small_limits(uint32_t capacity) {
  NetLimits limits;
  limits.capacity = capacity;
  limits.gates = 300'000;
  limits.work = 3'000'000;
  return limits;
}

Trial attempt(const model::Model& m, const NetLimits& limits, uint64_t seed, size_t steps,
              uint64_t hours = 12, size_t told = 0) {
  Trial t;
  if (m.scenarios.empty()) return t;
  t.loads = true;
  run::Case c = run::test::case_of(m);
  c.agenda_limit = 500;
  std::vector<model::ExprId> questions;
  for (const model::Expectation& e : m.scenarios.front().expectations) questions.push_back(e.condition);
  const program::Program program = program::compile(m, c.under, c.view, questions);
  const Events events = events_of(m, told, limits.capacity);
  t.compiled = compile_net(program, c, events.may, limits, events.story);
  if (t.compiled.net)
    t.walked = walk(program, c, events, *t.compiled.net, seed, steps, hours);
  else if (t.compiled.refusal.clause)
    t.clause = m.cite(t.compiled.refusal.clause);
  return t;
}

Trial attempt(const std::string& text, uint64_t seed, size_t steps) {
  std::string messages;
  const std::optional<model::Model> m = run::test::resolved(text, messages);
  const size_t told = seed % 4 == 0 ? seed % 13 : 0;
  return m ? attempt(*m, small_limits(1 + static_cast<uint32_t>(seed % 3)), seed, steps, 12, told) : Trial();
}

void report(const Part& whole, uint64_t seed, size_t steps) {
  constexpr size_t shrinking_attempts = 3000;
  const auto differs = [&](const std::string& text) {
    return !attempt(text, seed, steps).walked.differs.empty();
  };
  const std::string text = run::test::print(run::test::shrink(whole, differs, shrinking_attempts));
  const Trial t = attempt(text, seed, steps);
  std::string course;
  for (const std::string& s : t.walked.course) course += s + "\n";
  ADD_FAILURE() << "seed " << seed << "\n" << text << "\n" << course << t.walked.differs;
}

TEST(Net, takes_the_steps_of_the_engine_on_random_models) {
  const auto [first, count] = casus::test::many_models(300);
  constexpr size_t steps = 60;
  size_t loads = 0, compiled = 0, to_the_end = 0, walked = 0, failures = 0;
  std::map<std::string, size_t> why;
  std::map<RecordKind, size_t> recorded;
  for (uint64_t seed = first; seed < first + count && failures < 3; ++seed) {
    const Part whole = run::test::random_model(seed);
    const Trial t = attempt(run::test::print(whole), seed, steps);
    if (!t.loads) continue;
    ++loads;
    compiled += t.compiled.net.has_value();
    to_the_end += t.walked.steps == steps;
    walked += t.walked.steps;
    ++why[t.compiled.net ? "beyond: " + t.walked.beyond : "refused: " + t.compiled.refusal.why];
    for (const auto& [kind, times] : t.walked.recorded) recorded[kind] += times;
    if (t.walked.differs.empty()) continue;
    report(whole, seed, steps);
    ++failures;
  }
  std::string told;
  for (const auto& [what, times] : why) told += std::to_string(times) + " " + what + "\n";
  if (std::getenv("CASUS_MODELS") != nullptr)
    std::cout << loads << " models, " << walked << " steps\n" << told;
  if (failures != 0 || count < 300) return;  // too few to have everything
  EXPECT_GE(compiled * 100, loads * 85) << told;
  EXPECT_GE(to_the_end * 100, loads * 75) << told;
  EXPECT_GE(walked, loads * 45) << told;
  for (int k = 0; k <= static_cast<int>(RecordKind::fact_ends); ++k) {
    const auto kind = static_cast<RecordKind>(k);
    if (kind == RecordKind::contradictory || kind == RecordKind::race || kind == RecordKind::transferred ||
        kind == RecordKind::defeated)
      continue;  // not observed; the last by hand, below
    EXPECT_GE(recorded[kind], 1u) << "hardly ever recorded: " << run::test::name_of(kind);
  }
}

// ---- by hand ----

Trial on(const std::string& text, uint32_t capacity = 1, size_t steps = 300) {
  return attempt(run::test::model_of(text), small_limits(capacity), 1, steps);
}

bool may_be_beyond(const Trial& t, const std::string& why) {
  for (const Rule& r : t.compiled.net->rules) {
    for (const Beyond& b : r.reasons) {
      if (b.when != never && b.why.find(why) != std::string::npos) return true;
    }
  }
  return false;
}

TEST(Net, a_council_of_many_never_leaves_it) {
  size_t adopted = 0, fulfilled = 0;
  for (const int parties : {3, 6, 15}) {
    std::string messages;
    const std::optional<model::Model> m = run::test::resolved(council_model(parties, 2), messages);
    ASSERT_TRUE(m) << messages;
    NetLimits limits;
    for (uint64_t seed = 1; seed <= 4; ++seed) {
      Trial t = attempt(*m, limits, seed, 2000, 2);
      ASSERT_TRUE(t.compiled.net) << t.compiled.refusal.why;
      EXPECT_EQ(t.walked.differs, "");
      EXPECT_EQ(t.walked.beyond, "");
      for (const RecordKind k :
           {RecordKind::rejected, RecordKind::released, RecordKind::breach, RecordKind::void_act})
        EXPECT_GT(t.walked.recorded.at(k), 3u);
      adopted += t.walked.recorded[RecordKind::adopted];
      fulfilled += t.walked.recorded[RecordKind::fulfilled];
      EXPECT_EQ(t.compiled.net->bits.size(), static_cast<size_t>(6 * parties + 9));
      const EntityId one = m->find_entity("S1");
      EXPECT_EQ(std::count_if(t.compiled.net->bits.begin(), t.compiled.net->bits.end(),
                              [&](const Bit& b) { return b.party == one; }),
                7);  // party, attacked, pending, member, three votes
      EXPECT_LT(t.compiled.net->circuit.size(), static_cast<size_t>(parties * parties * 200));
    }
  }
  EXPECT_GT(adopted, 20u);
  EXPECT_GT(fulfilled, 10u);
}

// The first power that covers an act says when the act takes effect.
TEST(Net, an_act_takes_effect_when_its_power_says) {
  const Trial t = on(R"(
institutional event banish(by: actor, on: state) { begins disarmed(on); }
ALFA may banish() while exempt(ALFA) takes effect 2 d after notice;
ALFA may banish();
when ask() then begins exempt(ALFA);
when report() then ends exempt(ALFA), ends disarmed(BRAVO);
scenario s "s" {
  from 2023-01-01;
  2023-01-02 banish(by: ALFA, on: BRAVO);
  2023-01-02 banish(by: BRAVO, on: BRAVO);
  2023-01-02 ask(by: ALFA);
  2023-01-02 report(by: ALFA);
}
)");
  ASSERT_TRUE(t.compiled.net);
  EXPECT_EQ(t.walked.differs, "");
  EXPECT_GT(t.walked.recorded.at(RecordKind::void_act), 10u);
  EXPECT_TRUE(may_be_beyond(t, "twice"));  // banished again before the first takes effect
}

// Nothing in the model asks it: that somebody does is known all the same.
TEST(Net, a_condition_may_ask_what_nobody_else_does) {
  const Trial t = on(R"(
scenario s "s" {
  from 2023-01-01;
  2023-01-02 ask(by: ALFA);
  2023-01-02 attack(by: ALFA, on: BRAVO);
  expect holds happened ask(by: ALFA);
  expect holds happened attack(by: ALFA) within 2 d;
  expect holds now >= 2023-01-10;
}
)",
                     1, 40);
  ASSERT_TRUE(t.compiled.net) << t.compiled.refusal.why;
  EXPECT_EQ(t.walked.differs, "");
  EXPECT_EQ(t.compiled.net->bits.size(), 3u);
}

TEST(Net, begins_where_a_story_ends) {
  const std::string text = R"(
when attack(on: state v) as a
  each state q except v, a.by shall help(to: v) within 10 d;
given disarmed(ECHO) from 2023-01-20;
when begins disarmed(ECHO) then begins exempt(ALFA);
scenario s "s" {
  from 2023-01-01;
  2023-01-05 attack(by: DELTA, on: ALFA);
  2023-01-06 help(by: BRAVO, to: ALFA);
  2023-01-21 help(by: CHARLIE, to: ALFA);
  2023-01-22 ask(by: ALFA);
}
)";
  const model::Model m = run::test::model_of(text);
  const Trial whole = attempt(m, small_limits(1), 1, 100);
  const Trial begun = attempt(m, small_limits(1), 1, 100, 12, 2);
  const Trial over = attempt(m, small_limits(1), 1, 100, 12, 3);
  for (const Trial* t : {&whole, &begun, &over}) {
    ASSERT_TRUE(t->compiled.net) << t->compiled.refusal.why;
    EXPECT_EQ(t->walked.differs, "");
  }
  const auto pending = [](const Trial& t) {
    size_t n = 0;
    for (size_t i = 0; i < t.compiled.net->bits.size(); ++i)
      n += t.compiled.net->bits[i].kind == BitKind::pending && t.compiled.net->initial[i];
    return n;
  };
  EXPECT_EQ(pending(whole), 0u);
  EXPECT_EQ(pending(begun), 2u);  // CHARLIE, ECHO
  EXPECT_EQ(pending(over), 0u);   // their time is over
  EXPECT_EQ(begun.compiled.net->bits.size(), whole.compiled.net->bits.size());
  EXPECT_LT(over.compiled.net->bits.size(), whole.compiled.net->bits.size());  // ECHO is disarmed for good
}

// Who came after the proposal has no vote on it, though from the story's end on nobody comes or goes.
TEST(Net, an_electorate_is_kept_from_the_story) {
  const model::Model m = run::test::model_of(R"(
instrument Pact {
  in force from 2020-01-01;
  party ALFA, BRAVO;
  body Council { members party; votes may change; rule all: yes = members; decides censure() by all within 900 d; }
}
when enter(by: state s) then s becomes party of Pact;
scenario s "s" {
  under Pact;
  from 2023-01-01;
  2023-01-02 propose(by: ALFA, in: Pact.Council, motion: censure(on: DELTA)) as motion;
  2023-01-03 enter(by: CHARLIE);
  2023-01-04 vote(by: ALFA, on: motion, as: yes);
  2023-01-04 vote(by: ALFA, on: motion, as: no);
  2023-01-04 vote(by: CHARLIE, on: motion, as: yes);
  2023-01-04 vote(by: CHARLIE, on: motion, as: no);
}
)");
  const run::Case c = run::test::case_of(m);
  const program::Program program = program::compile(m, c.under, c.view);
  Events events = events_of(m, 2);
  events.may[0].only_told = events.may[1].only_told = true;
  const Compiled compiled = compile_net(program, c, events.may, {}, events.story);
  ASSERT_TRUE(compiled.net) << compiled.refusal.why;
  const Walked walked = walk(program, c, events, *compiled.net, 1, 40, 1);
  EXPECT_EQ(walked.differs, "");
  EXPECT_GT(walked.recorded.at(RecordKind::void_act), 3u);
  EXPECT_GT(walked.recorded.at(RecordKind::vote_counted), 3u);
}

TEST(Net, an_event_happens_only_where_its_condition_holds) {
  const model::Model m = run::test::model_of(R"(
when ask() then begins exempt(ALFA);
when report() then ends exempt(ALFA);
scenario s "s" {
  from 2023-01-01;
  2023-01-02 ask(by: ALFA);
  2023-01-02 report(by: ALFA);
  expect holds exempt(ALFA);
}
)");
  const run::Case c = run::test::case_of(m);
  const model::ExprId exempt = m.scenarios.front().expectations.front().condition;
  const program::Program program = program::compile(m, c.under, c.view, std::vector{exempt});
  Events events = events_of(m);
  events.may[1].only_if = 0;
  const Compiled compiled = compile_net(program, c, events.may);
  ASSERT_TRUE(compiled.net);
  ASSERT_EQ(compiled.net->bits.size(), 1u);
  EXPECT_EQ(compiled.net->rules[1].enabled, compiled.net->conditions[0]);
  EXPECT_EQ(walk(program, c, events, *compiled.net, 1, 50, 12).differs, "");
}

TEST(Net, what_a_norm_yields_to_is_seen) {
  const Trial t = on(R"(
instrument Pact {
  in force from 2020-01-01;
  party ALFA, BRAVO;
  article 1 { each party shall not pay() otherwise BRAVO shall report within 1 day; }
  article 2 { when ask(by: party p) p may pay() until disarmed(p) notwithstanding article 1; }
  article 3 { when report() ALFA may pay() while exempt(ALFA); }
}
when leave(by: state s) then begins disarmed(s), begins exempt(s);
when enter(by: state s) then ends disarmed(s);
scenario s "s" {
  under Pact;
  from 2023-01-01;
  2023-01-02 pay(by: ALFA, to: DELTA);
  2023-01-02 pay(by: BRAVO, to: DELTA);
  2023-01-02 ask(by: ALFA);
  2023-01-02 report(by: BRAVO);
  2023-01-02 leave(by: ALFA);
  2023-01-02 enter(by: ALFA);
}
)",
                     40);
  ASSERT_TRUE(t.compiled.net) << t.compiled.refusal.why;
  EXPECT_EQ(t.walked.differs, "");
  for (const RecordKind k :
       {RecordKind::defeated, RecordKind::clash, RecordKind::breach, RecordKind::released})
    EXPECT_GT(t.walked.recorded.at(k), 3u) << run::test::name_of(k);
}

TEST(Net, an_occurrence_is_known_by_what_it_was) {
  const Trial t = on(R"(
event inquire(by: actor, about: event attack);
when attack(on: state v) as a v shall inquire(about: a) within 2 d otherwise BRAVO shall inquire(about: a);
when inquire(by: state s, about: attack x) where x.on = s then begins exempt(x.by);
when ask() then ends exempt(DELTA), ends exempt(CHARLIE);
scenario s "s" {
  from 2023-01-01;
  2023-01-02 attack(by: DELTA, on: ALFA) as one;
  2023-01-02 attack(by: CHARLIE, on: ALFA) as other;
  2023-01-02 inquire(by: ALFA, about: one);
  2023-01-02 inquire(by: ALFA, about: other);
  2023-01-02 inquire(by: BRAVO, about: one);
  2023-01-02 ask(by: ALFA);
}
)");
  ASSERT_TRUE(t.compiled.net) << t.compiled.refusal.why;
  EXPECT_EQ(t.walked.differs, "");
  EXPECT_TRUE(may_be_beyond(t, "the same occurs again"));
  for (const RecordKind k : {RecordKind::fulfilled, RecordKind::fact_begins, RecordKind::breach})
    EXPECT_GT(t.walked.recorded.at(k), 3u) << run::test::name_of(k);
}

// Several that are alike and referred to at once have a place each, and events name either.
TEST(Net, equal_occurrences_are_told_apart_as_far_as_there_is_room) {
  const std::string duties = R"(
event inquire(by: actor, about: event attack);
when attack(on: state v) as a v shall inquire(about: a) within 2 d;
scenario s "s" {
  from 2023-01-01;
  2023-01-02 attack(by: DELTA, on: ALFA) as one;
  2023-01-02 inquire(by: ALFA, about: one);
}
)",
                    motions = R"(
instrument Pact {
  in force from 2020-01-01;
  party ALFA, BRAVO;
  body Council { members party; rule all: yes = members; decides censure() by all within 9 d; }
  article 1 { when decided censure() ALFA shall report within 1 d; }
}
scenario s "s" {
  under Pact;
  from 2023-01-01;
  2023-01-02 propose(by: ALFA, in: Pact.Council, motion: censure(on: DELTA)) as motion;
  2023-01-03 vote(by: ALFA, on: motion, as: yes);
  2023-01-03 vote(by: BRAVO, on: motion, as: yes);
  2023-01-03 vote(by: BRAVO, on: motion, as: no);
  2023-01-03 report(by: ALFA);
}
)",
                    changes = R"(
when ask() then begins exempt(ALFA) after 2 d;
when report() then ends exempt(ALFA);
scenario s "s" {
  from 2023-01-01;
  2023-01-02 ask(by: ALFA);
  2023-01-02 report(by: ALFA);
}
)";
  for (const auto& [text, why] :
       {std::pair{duties, occurs_again}, {motions, too_many_motions}, {changes, effect_again}}) {
    size_t bits = 0;
    for (const uint32_t capacity : {1u, 2u, 4u}) {
      const Trial t = on(text, capacity, 2000);
      ASSERT_TRUE(t.compiled.net) << t.compiled.refusal.why;
      EXPECT_EQ(t.walked.differs, "");
      EXPECT_TRUE(may_be_beyond(t, why)) << why;
      EXPECT_GT(t.compiled.net->bits.size(), bits) << why << capacity;
      bits = t.compiled.net->bits.size();
      EXPECT_GT(t.walked.steps, 1000u);
    }
  }
}

TEST(Net, is_stopped_from_outside) {
  std::string messages;
  const std::optional<model::Model> m = run::test::resolved(council_model(15, 2), messages);
  ASSERT_TRUE(m) << messages;
  const std::atomic<bool> stop{true};
  NetLimits limits;
  Net net = attempt(*m, limits, 1, 0).compiled.net.value();
  limits.stop = &stop;
  EXPECT_EQ(attempt(*m, limits, 1, 0).compiled.refusal.why, interrupted);
  EXPECT_EQ(fold(net, &stop).refusal.why, interrupted);
  net = fold(net).net.value();
  EXPECT_EQ(drop_impossible(net, &stop), 0u);
  EXPECT_GT(drop_impossible(net), 0u);
}

std::string two_duties(const std::string& second) {
  return R"(
instrument Pact {
  in force from 2020-01-01;
  party BRAVO;
  article 1 { when ask() BRAVO shall report; }
  article 2 { when attack() BRAVO shall report; }
  article 3 { when performance of article 1 then begins exempt(ALFA); }
  article 4 { when performance of article 2 then )" +
         second + R"(; }
}
scenario s "s" {
  under Pact;
  from 2023-01-01;
  2023-01-02 ask(by: ALFA);
  2023-01-02 attack(by: ALFA, on: BRAVO);
  2023-01-02 report(by: BRAVO);
}
)";
}

TEST(Net, which_duty_was_born_first_is_not_known_and_said_where_it_matters) {
  constexpr const char* why = "which was born first";
  const Trial one_by_one = on(two_duties("begins disarmed(ALFA)")),
              same = on(two_duties("ends exempt(ALFA)"));
  ASSERT_TRUE(one_by_one.compiled.net && same.compiled.net);
  EXPECT_FALSE(may_be_beyond(one_by_one, why));
  EXPECT_TRUE(may_be_beyond(same, why));
  EXPECT_EQ(one_by_one.walked.differs, "");
  EXPECT_EQ(same.walked.differs, "");
}

TEST(Net, as_many_equal_duties_as_there_is_room_for) {
  const std::string text = R"(
when ask(by: state s) BRAVO shall help(to: s) within 1 day otherwise BRAVO shall report;
scenario s "s" {
  from 2023-01-01;
  2023-01-02 ask(by: ALFA);
  2023-01-02 ask(by: DELTA);
  2023-01-02 help(by: BRAVO, to: ALFA);
  2023-01-02 report(by: BRAVO);
}
)";
  size_t steps = 0, bits = 0;
  for (const uint32_t capacity : {1u, 2u, 3u}) {
    const Trial t = on(text, capacity, 2000);
    ASSERT_TRUE(t.compiled.net);
    EXPECT_EQ(t.walked.differs, "");
    EXPECT_TRUE(may_be_beyond(t, "live at once"));
    EXPECT_GT(t.walked.steps, steps);
    EXPECT_GT(t.compiled.net->bits.size(), bits);
    steps = t.walked.steps;
    bits = t.compiled.net->bits.size();
  }
}

TEST(Net, what_is_outside_is_refused_by_clause_and_reason) {
  const auto refused = [](const std::string& clauses) {
    const Trial t = on(clauses + R"(
scenario s "s" {
  from 2023-01-01;
  2023-01-02 attack(by: DELTA, on: ALFA);
  2023-01-02 ask(by: ALFA);
  2023-01-02 consult(by: ALFA);
}
)");
    return t.clause + ": " + t.compiled.refusal.why;
  };
  EXPECT_EQ(refused("when attack() as a ALFA shall report while now >= a.time or exempt(ALFA);\nwhen ask() "
                    "then begins exempt(BRAVO);"),
            "rule 1: it compares instants that are past");
  EXPECT_EQ(refused("when ask() then set size(ALFA) = ALFA.size + 1;\ngiven size(ALFA) = 0;"),
            "rule 1: a number in it may have very many values");
  EXPECT_EQ(refused("given size(ALFA) = 0;\nwhen ask() then set size(ALFA) = 1; "), ": ");
}

}  // namespace
}  // namespace casus::explore::test
