// SPDX-License-Identifier: Apache-2.0
// One occurrence and what it brings about: docs/semantics.md §4, §5, §7.
#include "run/harness.h"

namespace casus::run::test {
namespace {

template <class On>
class Acts : public ::testing::Test {};
TYPED_TEST_SUITE(Acts, Engines);

std::string pact(std::string_view clauses, std::string_view events) {
  return "instrument Pact { in force from 2020-01-01; party ALFA, BRAVO, CHARLIE; " + std::string(clauses) +
         "} scenario \"story\" { under Pact; from 2023-01-01; until 2023-12-31; " + std::string(events) + "}";
}

TYPED_TEST(Acts, a_void_act_has_no_effect_and_still_breaches) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    article 1 { ALFA may denounce; }
    article 2 { BRAVO shall not denounce; when denounce(by: party p) then p ceases to be party; })",
                                    R"(
    2023-01-02T00:00Z denounce(by: BRAVO);
    2023-01-03T00:00Z denounce(by: ALFA);
  )")),
            R"(
2023-01-02T00:00Z void BRAVO @0 no_power
2023-01-02T00:00Z breach BRAVO Pact.2 @0
2023-01-03T00:00Z ends party(ALFA, Pact)
)");
}

TYPED_TEST(Acts, a_permission_clashes_with_a_prohibition_unless_it_prevails) {
  constexpr const char* events = "2023-01-02T00:00Z attack(by: ALFA, on: DELTA);";
  EXPECT_EQ(records<TypeParam>(pact("article 1 { each party shall not attack(on: state); } article 2 { each "
                                    "party may attack(on: DELTA); }",
                                    events)),
            R"(
2023-01-02T00:00Z clash ALFA Pact.1 @0 with Pact.2
2023-01-02T00:00Z breach ALFA Pact.1 @0
)");
  EXPECT_EQ(records<TypeParam>(pact("article 1 { each party shall not attack(on: state); } article 2 { each "
                                    "party may attack(on: DELTA) notwithstanding article 1; }",
                                    events)),
            R"(
2023-01-02T00:00Z defeated ALFA Pact.1 @0 by Pact.2
)");
}

TYPED_TEST(Acts, an_obligation_that_is_pending_covers_the_act_too) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    article 1 { each party shall not pay(to: state); }
    article 2 { when ask(by: party p) BRAVO shall pay(to: p) promptly; })",
                                    R"(
    2023-01-01T00:00Z pay(by: BRAVO, to: ALFA);
    2023-01-02T00:00Z ask(by: ALFA);
    2023-01-03T00:00Z pay(by: BRAVO, to: ALFA);
  )")),
            R"(
2023-01-01T00:00Z breach BRAVO Pact.1 @0
2023-01-02T00:00Z born BRAVO Pact.2 #0 @1
2023-01-03T00:00Z clash BRAVO Pact.1 @2 with Pact.2
2023-01-03T00:00Z breach BRAVO Pact.1 @2
2023-01-03T00:00Z fulfilled BRAVO Pact.2 #0 @2
)");
}

TYPED_TEST(Acts, an_instrument_that_prevails_over_all_others_defeats_their_prohibitions) {
  EXPECT_EQ(records<TypeParam>(R"(
    instrument Charter { in force from 1945-01-01; party ALFA; prevails over all other instruments; article 1 { ALFA may attack(on: state); } }
    instrument Pact { in force from 2020-01-01; party ALFA; article 1 { ALFA shall not attack(on: state); } }
    scenario "s" { under Charter, Pact; from 2023-01-01; until 2023-02-01; 2023-01-02T00:00Z attack(by: ALFA, on: DELTA); })"),
            R"(
2023-01-02T00:00Z defeated ALFA Pact.1 @0 by Charter.1
)");
}

TYPED_TEST(Acts, triggers_and_conditions_see_the_state_before_the_act) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    article 1 { when leave(by: state s) then begins exempt(s); }
    article 2 { when leave(by: state s) where not exempt(s) s shall report promptly; }
    article 3 { each party shall not leave() where exempt(ALFA); })",
                                    R"(
    2023-01-02T00:00Z leave(by: ALFA);
    2023-01-03T00:00Z leave(by: ALFA);
  )")),
            R"(
2023-01-02T00:00Z born ALFA Pact.2 #0 @0
2023-01-02T00:00Z begins exempt(ALFA)
2023-01-03T00:00Z breach ALFA Pact.3 @1
)");
}

TYPED_TEST(Acts, births_come_before_effects_and_effects_use_the_arguments_of_before) {
  EXPECT_EQ(records<TypeParam>("given size(ALFA) = 1;" + pact(R"(
    article 1 {
      when leave(by: state s) then set size(s) = s.size + 1;
      when leave(by: state s) then set size(s) = s.size + 10;
      when leave(by: state s) s shall report promptly;
    })",
                                                              "2023-01-02T00:00Z leave(by: ALFA);")),
            R"(
2023-01-02T00:00Z born ALFA Pact.1 (3) #0 @0
2023-01-02T00:00Z ends size(ALFA) = 1
2023-01-02T00:00Z begins size(ALFA) = 2
2023-01-02T00:00Z ends size(ALFA) = 2
2023-01-02T00:00Z begins size(ALFA) = 11
)");
}

TYPED_TEST(Acts, an_act_may_count_as_another_which_needs_no_further_power) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    article 1 { when attack(by: party p, on: state v) then counts as censure(by: p, on: v); }
    article 2 { when censure(by: actor p) each party q shall report promptly; }
    article 3 { when censure(on: state v) then begins disarmed(v); })",
                                    R"(
    2023-01-02T00:00Z attack(by: ALFA, on: DELTA);
    2023-01-03T00:00Z censure(by: ALFA, on: DELTA);
  )")),
            R"(
2023-01-02T00:00Z occurred Pact.1 @1 censure(by: ALFA, on: DELTA) because @0
2023-01-02T00:00Z born ALFA Pact.2 #0 @1
2023-01-02T00:00Z born BRAVO Pact.2 #0 @1
2023-01-02T00:00Z born CHARLIE Pact.2 #0 @1
2023-01-02T00:00Z begins disarmed(DELTA)
2023-01-03T00:00Z void ALFA @2 no_power
)");
}

TYPED_TEST(Acts, a_denunciation_takes_effect_after_its_notice_as_its_own_declaration_says) {
  EXPECT_EQ(records<TypeParam>("institutional event withdraw(by: actor, who: state, pact: instrument) { who "
                               "ceases to be party of pact; } " +
                               pact(R"(
    article 1 { each party p may withdraw(who: p, pact: Pact) takes effect 1 month after notice; }
    article 2 { when ask(by: state) each party shall report promptly; })",
                                    R"(
    2023-01-31T00:00Z withdraw(by: ALFA, who: ALFA, pact: Pact);
    2023-02-01T00:00Z withdraw(by: BRAVO, who: CHARLIE, pact: Pact);
    2023-02-27T00:00Z ask(by: DELTA);
    2023-02-28T00:00Z ask(by: DELTA);
  )")),
            R"(
2023-02-01T00:00Z void BRAVO @1 no_power
2023-02-27T00:00Z born ALFA Pact.2 #0 @2
2023-02-27T00:00Z born BRAVO Pact.2 #0 @2
2023-02-27T00:00Z born CHARLIE Pact.2 #0 @2
2023-02-28T00:00Z ends party(ALFA, Pact)
2023-02-28T00:00Z released ALFA Pact.2 #0 no_longer_bound
2023-02-28T00:00Z born BRAVO Pact.2 #1 @3
2023-02-28T00:00Z born CHARLIE Pact.2 #1 @3
)");
}

TYPED_TEST(Acts, a_cycle_of_consequences_ends_the_run) {
  const model::Model model =
      model_of(pact(R"(
    article 1 { when leave(by: state s) then counts as enter(by: s); when enter(by: state s) then counts as leave(by: s); })",
                    "2023-01-02T00:00Z leave(by: ALFA); 2023-01-03T00:00Z leave(by: ALFA);"));
  ASSERT_EQ(model.scenarios.size(), 1u);
  const Replayed out = replay<TypeParam>(model);
  EXPECT_EQ(out.status, RunStatus::cascade_too_long);
  EXPECT_EQ(out.ledger.occurrences.size(), cascade_limit + 1);
}

// Each round is a settling of its own, so that the limit of one settling does not end them.
TYPED_TEST(Acts, deadlines_that_renew_each_other_end_the_run) {
  for (const char* within : {"0 s", "1 s"}) {
    const std::string time(within);
    const model::Model model =
        model_of(pact("article 1 { when ask(by: party p) p shall report within " + time + R"(; }
      article 2 { when breach of article 1 by party p p shall report within )" +
                          time + R"(; }
      article 3 { when breach of article 2 by party p then counts as ask(by: p); })",
                      "2023-01-02T00:00Z ask(by: ALFA);"));
    ASSERT_EQ(model.scenarios.size(), 1u);
    Case c = case_of(model);
    c.agenda_limit = 500;
    Ledger ledger;
    TypeParam on(model, c, ledger);
    ASSERT_EQ(on.engine.start(), RunStatus::done);
    Occurrence ask = occurrence_of(model, model.scenarios.front().events.front(), {});
    ASSERT_EQ(on.engine.step(ask).status, RunStatus::done);
    EXPECT_EQ(on.engine.finish(), RunStatus::goes_on_by_itself);
    // Two duties for each round: with the first, 501 of them by the agenda.
    EXPECT_EQ(std::count_if(ledger.records.begin(), ledger.records.end(),
                            [](const Record& r) { return r.kind == RecordKind::born; }),
              502);
    ask.at = on.engine.now();
    EXPECT_EQ(on.engine.step(ask).status, RunStatus::goes_on_by_itself);
  }
}

// Duties of many occurrences may fall due at one instant: they were entered by the occurrences.
TYPED_TEST(Acts, many_deadlines_at_one_instant_are_no_endless_run) {
  const model::Model model =
      model_of(pact("article 1 { when ask(by: party p) p shall report within 0 s otherwise p shall pay(to: "
                    "p) within 1 d; }",
                    "2023-01-02T00:00Z ask(by: ALFA);"));
  Case c = case_of(model);
  c.agenda_limit = 500;
  Ledger ledger;
  TypeParam on(model, c, ledger);
  on.engine.start();
  const Occurrence ask = occurrence_of(model, model.scenarios.front().events.front(), {});
  for (int i = 0; i < 400; ++i) ASSERT_EQ(on.engine.step(ask).status, RunStatus::done);
  EXPECT_EQ(on.engine.finish(), RunStatus::done);
  EXPECT_EQ(std::count_if(ledger.records.begin(), ledger.records.end(),
                          [](const Record& r) { return r.kind == RecordKind::breach; }),
            800);
}

TYPED_TEST(Acts, a_prohibition_may_be_triggered_and_is_broken_by_each_act) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    article 1 { when attack(on: party v) each party q except v shall not pay(to: DELTA) until exempt(v) otherwise q shall report within 1 d; }
    article 2 { when mend(by: party p) then begins exempt(p); })",
                                    R"(
    2023-01-01T00:00Z pay(by: BRAVO, to: DELTA);
    2023-01-02T00:00Z attack(by: DELTA, on: ALFA);
    2023-01-03T00:00Z pay(by: BRAVO, to: DELTA);
    2023-01-03T12:00Z report(by: BRAVO);
    2023-01-04T00:00Z pay(by: BRAVO, to: DELTA);
    2023-01-04T12:00Z mend(by: ALFA);
    2023-01-06T00:00Z pay(by: BRAVO, to: DELTA);
  )")),
            R"(
2023-01-02T00:00Z born BRAVO Pact.1 #0 @1
2023-01-02T00:00Z born CHARLIE Pact.1 #0 @1
2023-01-03T00:00Z breach BRAVO Pact.1 #0 @2
2023-01-03T00:00Z born BRAVO Pact.1 (2) #1 @2 due 2023-01-04T00:00Z
2023-01-03T12:00Z fulfilled BRAVO Pact.1 (2) #1 @3
2023-01-04T00:00Z breach BRAVO Pact.1 #0 @4
2023-01-04T00:00Z born BRAVO Pact.1 (2) #2 @4 due 2023-01-05T00:00Z
2023-01-04T12:00Z begins exempt(ALFA)
2023-01-04T12:00Z released BRAVO Pact.1 #0 condition_met
2023-01-04T12:00Z released CHARLIE Pact.1 #0 condition_met
2023-01-05T00:00Z breach BRAVO Pact.1 (2) #2
)");
}

TYPED_TEST(Acts, a_power_may_be_given_by_a_trigger_and_lasts_as_long_as_its_instance) {
  EXPECT_EQ(records<TypeParam>(pact(R"(
    article 1 { when attack(by: state a, on: party v) v may censure(on: a) until exempt(v); }
    article 2 { when censure(on: state s) then begins disarmed(s); when mend(by: party p) then begins exempt(p); })",
                                    R"(
    2023-01-01T00:00Z censure(by: ALFA, on: DELTA);
    2023-01-02T00:00Z attack(by: DELTA, on: ALFA);
    2023-01-03T00:00Z censure(by: ALFA, on: ECHO);
    2023-01-04T00:00Z censure(by: ALFA, on: DELTA);
    2023-01-05T00:00Z mend(by: ALFA);
    2023-01-06T00:00Z censure(by: ALFA, on: DELTA);
  )")),
            R"(
2023-01-01T00:00Z void ALFA @0 no_power
2023-01-02T00:00Z born ALFA Pact.1 #0 @1
2023-01-03T00:00Z void ALFA @2 no_power
2023-01-04T00:00Z begins disarmed(DELTA)
2023-01-05T00:00Z begins exempt(ALFA)
2023-01-05T00:00Z released ALFA Pact.1 #0 condition_met
2023-01-06T00:00Z void ALFA @5 no_power
)");
}

TYPED_TEST(Acts, a_prohibition_that_says_by_whom_binds_its_bearer_only) {
  EXPECT_EQ(records<TypeParam>(pact("article 1 { BRAVO shall not pay(by: any, to: DELTA); }", R"(
    2023-01-02T00:00Z pay(by: BRAVO, to: DELTA);
    2023-01-03T00:00Z pay(by: CHARLIE, to: DELTA);
  )")),
            R"(
2023-01-02T00:00Z breach BRAVO Pact.1 @0
)");
}

TYPED_TEST(Acts, a_duty_may_ask_for_the_act_of_another) {
  EXPECT_EQ(records<TypeParam>(pact(
                "article 1 { when ask(by: party p) BRAVO shall pay(by: CHARLIE, to: p) within 2 d; }", R"(
    2023-01-02T00:00Z ask(by: ALFA);
    2023-01-02T01:00Z pay(by: BRAVO, to: ALFA);
    2023-01-02T02:00Z pay(by: CHARLIE, to: ALFA);
  )")),
            R"(
2023-01-02T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-04T00:00Z
2023-01-02T02:00Z fulfilled BRAVO Pact.1 #0 @2
)");
}

TYPED_TEST(Acts, a_duty_may_be_about_the_very_occurrence_that_brought_it_about) {
  EXPECT_EQ(records<TypeParam>(pact("article 1 { when attack(on: party v) as blow each party q except v "
                                    "shall consult(about: blow) within 1 d; }",
                                    R"(
    2023-01-02T00:00Z attack(by: DELTA, on: ALFA) as first;
    2023-01-02T01:00Z attack(by: DELTA, on: ALFA) as second;
    2023-01-02T02:00Z consult(by: BRAVO, about: second);
    2023-01-02T03:00Z consult(by: CHARLIE, about: first);
  )")),
            R"(
2023-01-02T00:00Z born BRAVO Pact.1 #0 @0 due 2023-01-03T00:00Z
2023-01-02T00:00Z born CHARLIE Pact.1 #0 @0 due 2023-01-03T00:00Z
2023-01-02T01:00Z born BRAVO Pact.1 #1 @1 due 2023-01-03T01:00Z
2023-01-02T01:00Z born CHARLIE Pact.1 #1 @1 due 2023-01-03T01:00Z
2023-01-02T02:00Z fulfilled BRAVO Pact.1 #1 @2
2023-01-02T03:00Z fulfilled CHARLIE Pact.1 #0 @3
2023-01-03T00:00Z breach BRAVO Pact.1 #0
2023-01-03T01:00Z breach CHARLIE Pact.1 #1
)");
}

}  // namespace
}  // namespace casus::run::test
