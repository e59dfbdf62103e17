// SPDX-License-Identifier: Apache-2.0
// Questions as a user writes them, and what comes of them: answers, shortest stories, stories that replay, families, budgets.
#include <gtest/gtest.h>

#include "explore/questions.h"

namespace casus::explore::test {
namespace {

// One line for each property: its answer, then the events of each story, in order.
std::string told(const Explored& x) {
  std::string out;
  const model::Model& m = *x.prepared->model;
  for (size_t i = 0; i < x.outcome.properties.size(); ++i) {
    out += std::string(answer_word(x.outcome.properties[i].answer));
    for (const StoryScenario& s : x.stories[i]) {
      EXPECT_TRUE(s.confirmed) << m.scenarios[s.scenario.index()].title;
      out += " |";
      const auto& events = m[s.scenario].events;
      for (size_t e = s.before; e < events.size(); ++e) {
        out += " " + m[events[e].event].name;
        const uint8_t by = m[events[e].event].by;
        if (by != 0xFF && events[e].args[by] != model::no_value)
          out += " " + m.entities[static_cast<size_t>(events[e].args[by])].name;
      }
    }
    out += "\n";
  }
  return out;
}

std::string told(const std::string& text, const Limits& limits = {}) {
  const Loaded l = load(text);
  const auto all = explored(l, limits);
  return all.empty() ? "" : told(all.front());
}

constexpr const char* mutual_help =
    "article 5 { when hit(by: state x, on: party v) each party p except v shall help(to: v, against: x) "
    "within 72 h; }";

TEST(Explore, the_shortest_story_that_breaches) {
  EXPECT_EQ(
      told(
          pact(mutual_help,
               "may happen hit(by: D, on: A), help(by: B, to: A, against: D); within 30 d, at most 3 events; "
               "never breach(by: B, of: Pact.5); never breach(by: D); possible fulfilled(by: B);")),
      "violated | hit D\nholds\nholds | hit D help B\n");
}

TEST(Explore, nothing_is_late_within_a_time_that_is_too_short) {
  EXPECT_EQ(told(pact(mutual_help,
                      "may happen hit(by: D, on: A); within 72 h, at most 3 events; never breach(by: B);")),
            "holds\n");
  EXPECT_EQ(told(pact(mutual_help,
                      "may happen hit(by: D, on: A); within 73 h, at most 3 events; never breach(by: B);")),
            "violated | hit D\n");
}

// A request at once runs out before the ban ends; one in time does not: both orders are followed, though neither hour is told.
TEST(Explore, the_order_of_two_time_limits_is_open_until_it_is_not) {
  const char* articles = R"(
    article 1 { when ask(by: party p) each party q except p shall pay within 24 h; when breach of article 1 then begins calm(A); }
    article 2 { when hit(by: D, on: A) B shall help(to: A, against: D) within 48 h; when breach of article 2 then begins calm(B); }
    article 3 { once calm(A) and not calm(B) then begins calm(C); }
    article 4 { once calm(B) and not calm(A) then begins calm(D); })";
  EXPECT_EQ(told(pact(articles,
                      "may happen ask(by: A), hit(by: D, on: A); within 100 h, at most 3 events; possible "
                      "calm(C); possible calm(D) and "
                      "calm(A); possible calm(C) and calm(D);")),
            "holds | ask A\nholds | hit D ask A\nviolated\n");
}

TEST(Explore, what_is_so_at_the_end_and_what_comes_in_time) {
  EXPECT_EQ(
      told(
          pact(mutual_help,
               "may happen pay(by: A), ask(by: A); within 10 d; possible not happened pay(by: A) at the end; "
               "eventually within 3 d happened ask(by: A); never happened pay(by: A) at the end; "
               "always party(A, Pact);")),
      "holds |\nviolated |\nviolated | pay A\nholds\n");
}

constexpr const char* council =
    "body Council { members party; decides act by unanimity within 48 h; } "
    "article 7 { when decided act(against: state x) each party shall help(to: A, against: x) within 24 h; }";

TEST(Explore, votes_and_the_end_of_a_vote) {
  EXPECT_EQ(
      told(pact(council,
                "may happen propose(by: A, in: Council, motion: act(against: D)), vote(by: party, on: act, "
                "as: any); "
                "within 10 d, at most 4 events; possible adopted(of: act); possible rejected(of: act); "
                "possible breach(by: B, of: Pact.7);")),
      "holds | propose A vote C vote B vote A\nholds | propose A\nholds | propose A vote C vote B vote A\n");
}

TEST(Explore, the_standard_properties) {
  EXPECT_EQ(
      told(pact(std::string(council) +
                    "article 1 { each party shall not help(to: state s, against: D); }"
                    "article 2 { when ask(by: party p) p shall help(to: B, against: D) within 24 h; }",
                "may happen ask(by: A), propose(by: A, in: Council, motion: act(against: B)), hit(by: D, on: "
                "A), hit(by: D, on: D); "
                "within 10 d, at most 2 events; always no party both obliged and forbidden; "
                "always every breach has a consequence; always every protected party is owed a hard duty; "
                "always no single party can block; always every motion can be adopted in time; "
                "always every duty can lawfully be kept;")),
      "violated | ask A\nviolated | ask A\nviolated | hit D\nviolated | propose A\nholds\nviolated | ask "
      "A\n");
  EXPECT_EQ(told(pact("article 5 { when hit(by: state x, on: party v) each party p except v shall help(to: "
                      "v, against: x) within 72 h; }",
                      "may happen hit(by: any, on: any); within 10 d, at most 2 events; always no two "
                      "guarantors bound to fight each "
                      "other; always every protected party is owed a hard duty; always every duty can "
                      "lawfully be kept;")),
            "violated | hit A\nholds\nholds\n");
}

TEST(Explore, a_protected_party_is_owed_something_in_time_or_not) {
  const char* late =
      "article 5 { when ask(by: party v) each party p except v shall help(to: v) within 72 h; }";
  EXPECT_EQ(told(pact(late,
                      "may happen hit(by: D, on: A), ask(by: A); within 10 d, at most 2 events; "
                      "always every protected party is owed a hard duty within 24 h;")),
            "violated | hit D\n");
  const char* soon =
      "article 5 { when hit(on: party v) then A becomes party after 12 h; "
      "when hit(on: party v) each party p except v shall help(to: v) within 72 h; }";
  EXPECT_EQ(told(pact(soon,
                      "may happen hit(by: D, on: A); within 10 d, at most 2 events; "
                      "always every protected party is owed a hard duty within 24 h;")),
            "holds\n");
}

TEST(Explore, events_that_name_earlier_ones) {
  EXPECT_EQ(
      told(pact("article 4 { when hit(by: state x, on: party v) as it each party p except v shall "
                "meet(about: it) within 24 h; }",
                "may happen hit(by: D, on: party), meet(by: B, about: hit); within 10 d, at most 4 events; "
                "possible fulfilled(by: B, of: Pact.4);")),
      "holds | hit D meet B\n");
}

TEST(Explore, what_a_story_shows_is_said_in_a_sentence) {
  const auto x = explored(load(pact(
      std::string(
          "article 5 \"Help\" { when hit(by: state x, on: party v) each party p except v shall help(to: v, "
          "against: x) within 72 h; } ") +
          council,
      "may happen hit(by: D, on: A), help(by: B, to: A, against: D), propose(by: A, in: Council, motion: "
      "act(against: "
      "D)); within 10 d, at most 2 events; never breach(by: B, of: Pact.5); possible fulfilled(by: B, of: "
      "Pact.5); "
      "possible duty(of: C, under: Pact.5); possible pending(under: Pact.5); always duty(of: C, under: "
      "Pact); "
      "possible rejected(of: act); always no single party can block; possible calm(A) or party(A, Pact) at "
      "the end; "
      "eventually within 2 d calm(A);")));
  const std::vector<std::string> said{"B breaches Pact.5 (Help)",
                                      "B keeps Pact.5 (Help)",
                                      "C owes something under Pact.5 (Help)",
                                      "Somebody owes something still to be done under Pact.5 (Help)",
                                      "It is not so at the beginning, before anything happens",
                                      "“act” is not adopted by Council",
                                      "A, B and C each alone can block “act”",
                                      "When the time is over, it has come to this",
                                      "The time is over, and it has not come to what must come"};
  ASSERT_EQ(x.front().stories.size(), said.size());
  for (size_t i = 0; i < said.size(); ++i) {
    ASSERT_FALSE(x.front().stories[i].empty()) << said[i];
    EXPECT_EQ(x.front().stories[i].front().why, said[i]);
  }
}

TEST(Explore, a_motion_that_is_open_at_the_beginning_is_asked_about) {
  const auto x =
      explored(load("instrument Pact { in force from 2020-01-01; party A, B, C; " + std::string(council) +
                    " } explore \"q\" { under Pact; from 2024-01-01; "
                    "2024-01-02 propose(by: A, in: Council, motion: act(against: D)); "
                    "may happen vote(by: party, on: act, as: any); within 10 d, at most 1 event; "
                    "always no single party can block; }"));
  EXPECT_EQ(x.front().outcome.properties[0].answer, Answer::violated);
  EXPECT_EQ(x.front().stories[0].front().events, 0u);
}

TEST(Explore, other_stories_are_of_other_events) {
  Limits limits;
  limits.stories = 3;
  EXPECT_EQ(told(pact(mutual_help,
                      "may happen hit(by: D, on: party); within 30 d, at most 1 event; never breach(by: B);"),
                 limits),
            "violated | hit D | hit D\n");  // on A, on C
}

TEST(Explore, the_budget_is_an_answer) {
  const std::string text =
      pact(mutual_help,
           "may happen hit(by: any, on: any), help(by: any, to: any, against: any); within 300 d; "
           "never terminated(Pact);");
  Limits limits;
  limits.engine = Engine::packed;
  limits.states = 2'000;
  const auto few = explored(load(text), limits);
  EXPECT_EQ(few.front().outcome.properties[0].answer, Answer::unknown);
  EXPECT_EQ(few.front().outcome.ended, Ended::states);
  limits = {};
  limits.engine = Engine::packed;
  limits.bytes = 8 << 20;
  const auto small = explored(load(text), limits);
  EXPECT_EQ(small.front().outcome.properties[0].answer, Answer::unknown);
  EXPECT_EQ(small.front().outcome.ended, Ended::memory);
  EXPECT_LT(small.front().outcome.bytes, 4 * limits.bytes);
}

// One question is answered by sets of states, the other put to the general explorer, which does not come to its end.
TEST(Explore, how_far_it_went_is_how_far_the_slowest_question_went) {
  const auto outcome = [](const std::string& asks) {
    Limits limits;
    limits.states = 60;
    return std::move(
        explored(load(pact(mutual_help,
                           "may happen hit(by: D, on: party), help(by: party, to: party, against: D); within "
                           "30 d, at most 4 events; " +
                               asks)),
                 limits)
            .front()
            .outcome);
  };
  const std::string kept = "always every duty can lawfully be kept;";
  const Outcome both = outcome("never terminated(Pact);" + kept), alone = outcome(kept);
  EXPECT_EQ(both.properties[0].answer, Answer::holds);
  EXPECT_EQ(both.properties[1].answer, Answer::unknown);
  EXPECT_EQ(both.by_general, 1u);
  EXPECT_EQ(both.ended, Ended::states);
  EXPECT_GE(both.states, 60u);
  EXPECT_EQ(both.states, alone.states);
  EXPECT_EQ(both.events, alone.events);
}

TEST(Explore, of_two_motions_the_sentence_names_the_one_that_is_asked_about) {
  const auto x = explored(load(
      "institutional event other(by: actor);\ninstrument Pact { in force from 2020-01-01; party A, B, C; "
      "body Council { members party; rule most: yes > no; } "
      "article 1 { Council may act() by most within 48 h; } "
      "article 2 { Council may other() by most within 48 h; } } "
      "explore \"q\" { under Pact; from 2024-01-01; "
      "2024-01-02T10:00Z propose(by: A, in: Pact.Council, motion: act(against: D)); "
      "2024-01-02T10:00Z propose(by: A, in: Pact.Council, motion: other()); "
      "may happen vote(by: party, on: act, as: any); within 10 d, at most 1 event; "
      "never rejected(of: other); never rejected(of: act); }"));
  ASSERT_EQ(x.front().stories.size(), 2u);
  EXPECT_EQ(x.front().stories[0].at(0).why, "“other” is not adopted by Council");
  EXPECT_EQ(x.front().stories[1].at(0).why, "“act” is not adopted by Council");
}

TEST(Explore, of_two_equal_motions_the_story_expects_it_of_the_one_that_is_decided) {
  const Loaded l = load(
      "instrument Pact { in force from 2020-01-01; party A, B, C; "
      "body Council { members party; rule most: yes > no; } "
      "article 1 { Council may quit() by most within 9 d; } } "
      "explore \"q\" { under Pact; from 2024-01-01; "
      "2024-01-01 propose(by: A, in: Pact.Council, motion: quit()) as one; "
      "2024-01-01 propose(by: B, in: Pact.Council, motion: quit()) as two; "
      "may happen vote(by: any, on: one, as: yes); within 5 d, at most 3 events; "
      "never adopted(of: quit); }");
  for (const Engine engine : {Engine::general, Engine::packed}) {
    Limits limits;
    limits.engine = engine;
    const auto x = explored(l, limits);
    const StoryScenario& story = x.front().stories[0].at(0);
    EXPECT_TRUE(story.confirmed);
    EXPECT_EQ((*x.front().prepared->model)[story.scenario].expectations.at(0).motion, "one");
  }
}

TEST(Explore, the_number_of_threads_changes_nothing) {
  const std::string text =
      pact(std::string(mutual_help) + council,
           "may happen hit(by: D, on: party), help(by: party, to: party, against: D), "
           "propose(by: A, in: Council, motion: act(against: D)), vote(by: party, on: act, as: any); "
           "within 10 d, at most 3 events; never breach(by: C, of: Pact.7); possible fulfilled(by: C); never "
           "breach(by: A);");
  std::string first;
  for (const uint32_t threads : {1u, 2u, 5u}) {
    Limits limits;
    limits.threads = threads;
    limits.stories = 2;
    const auto x = explored(load(text), limits);
    const std::string now = told(x.front()) + std::to_string(x.front().outcome.states) + " " +
                            std::to_string(x.front().outcome.moves);
    if (first.empty()) first = now;
    EXPECT_EQ(now, first);
  }
}

TEST(Explore, a_draft_with_choices_is_explored_package_by_package) {
  const Loaded l = load(R"(
    choice rule { everyone; most; }
    choice colour { red; blue; green; }
    instrument Pact {
      in force from 2020-01-01; party A, B, C;
      body Council { members party; decides act by unanimity within 48 h when rule = everyone;
                     decides act by simple_majority within 48 h when rule = most; }
      article 1 when colour = red { each party shall not quit; }
      article 2 when colour != red { when quit(by: party p) then begins calm(p); }
    }
    explore "q" { under Pact; from 2024-01-01; within 10 d, at most 4 events;
      may happen propose(by: A, in: Council, motion: act(against: D)), vote(by: party, on: act, as: any);
      always no single party can block; possible adopted(of: act); }
  )");
  const auto all = explored(l);
  ASSERT_EQ(all.size(), 6u);
  for (const Explored& x : all) {
    const bool everyone = x.prepared->words.find("everyone") != std::string::npos;
    EXPECT_EQ(x.outcome.properties[0].answer, everyone ? Answer::violated : Answer::holds)
        << x.prepared->words;
    EXPECT_EQ(x.outcome.properties[1].answer, Answer::holds);
  }
  // Nobody may leave here, so that the colour can not matter: two are explored, for six.
  EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const Explored& x) { return x.like == SIZE_MAX; }), 2);
}

TEST(Explore, a_clock_in_a_condition_is_said_and_nothing_is_claimed) {
  const auto x =
      explored(load(pact("article 1 { when ask(by: party p) as it then begins calm(A); "
                         "each party shall not pay while now > 2024-01-05; }",
                         "may happen ask(by: A), pay(by: A); within 10 d; never breach(by: A);")));
  EXPECT_EQ(x.front().outcome.properties[0].answer, Answer::unknown);
  ASSERT_FALSE(x.front().outcome.obstacles.empty());
  EXPECT_NE(x.front().outcome.obstacles[0].find("Pact.1 (2)"), std::string::npos)
      << x.front().outcome.obstacles[0];
}

}  // namespace
}  // namespace casus::explore::test
