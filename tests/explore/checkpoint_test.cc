// SPDX-License-Identifier: Apache-2.0
// An exploration that is cut short anywhere and gone on with comes to what one without a break comes to; and no file can harm.
#include "explore/checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explore/questions.h"

namespace casus::explore::test {
namespace {

constexpr const char* articles =
    "article 5 { when hit(by: state x, on: party v) each party p except v shall help(to: v, against: x) "
    "within 72 h; } "
    "body Council { members party; decides act by unanimity within 48 h; } "
    "article 7 { when decided act(against: state x) each party shall help(to: A, against: x) within 24 h; }";

// Some properties are decided early, some late, some never; two leave watches in the states.
std::string question() {
  return pact(articles,
              "may happen hit(by: D, on: party), help(by: party, to: A, against: D), "
              "propose(by: A, in: Council, motion: act(against: D)), vote(by: party, on: act, as: any); "
              "within 10 d, at most 3 events; never breach(by: C, of: Pact.7); possible adopted(of: act); "
              "eventually within 4 d happened hit(by: D, on: A); never breach(by: A); "
              "always every protected party is owed a hard duty within 24 h; never terminated(Pact);");
}

// Everything of the outcome, in words.
std::string told(const Explored& x) {
  const Outcome& o = x.outcome;
  std::string out = std::to_string(static_cast<int>(o.ended)) + " " + std::to_string(o.states) + " " +
                    std::to_string(o.moves) + " " + std::to_string(o.events) + "\n";
  const model::Model& m = *x.prepared->model;
  for (size_t i = 0; i < o.properties.size(); ++i) {
    out += answer_word(o.properties[i].answer);
    for (const StoryScenario& s : x.stories[i]) {
      out += " | " + s.why + ":";
      for (const model::ScenarioEvent& e : m[s.scenario].events)
        out += " " + m[e.event].name + "@" + std::to_string(e.at.at.ms);
      out += s.confirmed ? "" : " NOT CONFIRMED";
    }
    out += "\n";
  }
  return out;
}

Result<std::vector<Explored>> explore_text(const Loaded& l, const Limits& limits) {
  Question q;
  q.model = &l.model;
  q.exploration = model::ExplorationId(0u);
  NoFiles files;
  return explore(q, limits, files);
}

// Goes on with what these bytes hold. Why not; empty: it could.
std::string go_on(const Loaded& l, const std::string& bytes, Limits limits = {}, std::string* end = nullptr,
                  std::string* left = nullptr) {
  auto kept = Checkpoints::read(bytes);
  if (!kept) return kept.failure().what;
  limits.kept = &kept.value();
  const auto x = explore_text(l, limits);
  if (!x) return x.failure().what;
  if (end) *end = told(x.value().front());
  if (left) *left = kept.value().text();
  return {};
}

std::string cut_short(const Loaded& l, uint64_t states) {
  Checkpoints kept;
  Limits limits;
  limits.states = states;
  limits.stories = 2;
  limits.kept = &kept;
  EXPECT_TRUE(bool(explore_text(l, limits)));
  return kept.text();
}

TEST(Checkpoint, cut_short_anywhere_it_goes_on_to_the_same_end) {
  const Loaded l = load(question());
  Limits limits;
  limits.stories = 2;
  const std::string whole = told(explored(l, limits).front());
  ASSERT_THAT(whole, ::testing::StartsWith("1 ")) << "at most 3 events ended it";
  uint32_t cuts = 0;
  for (uint64_t states = 1; states < 3'000; states += 97, ++cuts) {
    const std::string bytes = cut_short(l, states);
    std::string end;
    limits.threads = cuts % 3 + 1;
    EXPECT_EQ(go_on(l, bytes, limits, &end), "");
    EXPECT_EQ(end, whole) << states;
  }
  // In many steps, each of which is kept.
  auto kept = Checkpoints::read(cut_short(l, 1)).value();
  std::string end;
  for (limits.states = 50; end != whole && limits.states < 10'000; limits.states += 400) {
    kept = Checkpoints::read(kept.text()).value();
    limits.kept = &kept;
    end = told(explore_text(l, limits).value().front());
  }
  EXPECT_EQ(end, whole);
  EXPECT_FALSE(kept.unfinished());
  // What is finished is not searched again, and comes to the same.
  EXPECT_EQ(go_on(l, kept.text(), limits, &end), "");
  EXPECT_EQ(end, whole);
}

TEST(Checkpoint, a_stop_keeps_what_was_seen) {
  const Loaded l = load(question());
  std::atomic<bool> stop{true};
  Checkpoints kept;
  Limits limits;
  limits.stories = 2;
  limits.kept = &kept;
  limits.stop = &stop;
  EXPECT_EQ(explore_text(l, limits).value().front().outcome.ended, Ended::stopped);
  EXPECT_TRUE(kept.unfinished());
  const std::string bytes = kept.text();
  // A stop while that is gone over is no end of it.
  limits.kept = nullptr;
  EXPECT_THAT(go_on(l, cut_short(l, 500), limits), ::testing::HasSubstr("interrupted before"));
  limits.stop = nullptr;
  std::string end;
  EXPECT_EQ(go_on(l, bytes, limits, &end), "");
  EXPECT_EQ(end, told(explored(l, limits).front()));
}

TEST(Checkpoint, another_question_is_not_gone_on_with) {
  const std::string bytes = cut_short(load(question()), 500);
  Limits limits;
  limits.stories = 2;
  const auto with = [](std::string text, const std::string& old, const std::string& now) {
    EXPECT_NE(text.find(old), std::string::npos);
    return load(text.replace(text.find(old), old.size(), now));
  };
  EXPECT_EQ(go_on(load(question()), bytes, limits), "");
  const auto differs = ::testing::HasSubstr("it is of another question");
  EXPECT_THAT(go_on(with(question(), "within 72 h;", "within 71 h;"), bytes, limits), differs);
  EXPECT_THAT(go_on(with(question(), "at most 3 events", "at most 4 events"), bytes, limits), differs);
  EXPECT_THAT(go_on(with(question(), "never breach(by: A)", "never breach(by: B)"), bytes, limits), differs);
  EXPECT_THAT(go_on(with(question(), "from 2024-01-01", "from 2024-01-02"), bytes, limits), differs);
  limits.stories = 1;
  EXPECT_THAT(go_on(load(question()), bytes, limits), differs);
  limits.stories = 2;
  limits.bytes = 1;
  EXPECT_THAT(go_on(load(question()), bytes, limits), ::testing::HasSubstr("more memory"));
}

TEST(Checkpoint, of_a_draft_each_package_is_kept) {
  const Loaded l = load(
      "choice rule { everyone; most; } instrument Pact { in force from 2020-01-01; party A, B, C; "
      "body Council { members party; decides act by unanimity within 48 h when rule = everyone; "
      "decides act by simple_majority within 48 h when rule = most; } } "
      "explore \"q\" { under Pact; from 2024-01-01; within 10 d, at most 4 events; "
      "may happen propose(by: A, in: Council, motion: act(against: D)), vote(by: party, on: act, as: any); "
      "always no single party can block; never terminated(Pact); }");
  Limits general;
  general.engine = Engine::general;
  const auto whole = explored(l, general);
  Checkpoints kept;
  Limits limits;
  limits.states = 30;
  limits.kept = &kept;
  ASSERT_TRUE(bool(explore_text(l, limits)));
  EXPECT_EQ(kept.kept.size(), 2u);
  limits.states = 1'000'000;
  auto again = Checkpoints::read(kept.text()).value();
  limits.kept = &again;
  const auto x = explore_text(l, limits);
  ASSERT_TRUE(bool(x));
  for (size_t i = 0; i < 2; ++i) EXPECT_EQ(told(x.value()[i]), told(whole[i]));
}

// The digest at the end finds any slip; what a forger would write is taken apart below.
TEST(Checkpoint, whatever_is_changed_or_missing_is_noticed) {
  const Loaded l = load(question());
  const std::string good = cut_short(l, 100);
  for (size_t i = 0; i < good.size(); ++i) {
    EXPECT_FALSE(bool(Checkpoints::read(std::string_view(good).substr(0, i)))) << i;
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ (1 << i % 8));
    EXPECT_FALSE(bool(Checkpoints::read(bad))) << i;
  }
  EXPECT_FALSE(bool(Checkpoints::read(good + "x")));
  EXPECT_EQ(Checkpoints::read("").failure().what, "it was not written by `casus explore --save`");
}

// Each number of a true file changed to others, under a digest that fits: refused, or gone on with, to answers that replay.
TEST(Checkpoint, a_forged_file_comes_to_no_harm) {
  const Loaded l = load(question());
  Checkpoints kept = Checkpoints::read(cut_short(l, 150)).value();
  const uint64_t key = kept.kept.begin()->first;
  const Checkpoint good = kept.kept.begin()->second;
  size_t refused = 0, taken = 0;
  const auto attempt = [&](const Checkpoint& c) {
    Checkpoints forged;
    forged.kept[key] = c;
    Limits limits;
    limits.stories = 2;
    limits.states = 400;
    std::string end, left;
    const bool went_on = go_on(l, forged.text(), limits, &end, &left).empty();
    ++(went_on ? taken : refused);
    EXPECT_TRUE(!went_on || go_on(l, left, limits).empty()) << "what went on once goes on again";
    EXPECT_THAT(end, ::testing::Not(::testing::HasSubstr("NOT CONFIRMED")));
  };
  for (const uint32_t bad : {0u, 1u, 2u, 3u, 7u, 149u, 0x7FFFFFFFu, 0xFFFFFFFFu}) {
    for (size_t i = 1; i < good.origins.size(); i += 5) {
      Checkpoint c = good;
      c.origins[i].move = bad;
      attempt(c);
      c = good;
      c.origins[i].from = bad;
      attempt(c);
    }
    for (uint32_t Position::*n : {&Position::events, &Position::layer, &Position::from, &Position::to}) {
      Checkpoint c = good;
      c.position.*n = bad;
      attempt(c);
    }
    for (size_t i = 0; i < good.closed.size(); ++i) {
      Checkpoint c = good;
      c.closed[i] = bad;
      attempt(c);
    }
    Checkpoint finished = good;
    finished.origins.clear();
    finished.ended = static_cast<uint8_t>(bad & 7);
    attempt(finished);
    for (size_t i = 0; i < good.stories.size(); ++i) {
      Checkpoint c = good;
      c.stories[i].property = bad;
      attempt(c);
      for (size_t k = 0; k < good.stories[i].moves.size(); ++k) {
        c = good;
        c.stories[i].moves[k] = bad;
        attempt(c);
        c = good;
        c.stories[i].closed.assign(k, bad);
        attempt(c);
        c = good;
        c.stories[i].moves.resize(k);
        attempt(c);
      }
    }
  }
  EXPECT_GT(refused, 100u);
  EXPECT_GT(taken, 0u);  // as where a state is as well reached by another move
}

TEST(Checkpoint, an_obstacle_is_text_that_can_be_printed) {
  const auto reads = [](const char* obstacle) {
    Checkpoints forged;
    forged.kept[1].obstacles = {obstacle};
    return bool(Checkpoints::read(forged.text()));
  };
  EXPECT_TRUE(reads("“act” is open twice"));
  EXPECT_FALSE(reads("\x1B[2J"));
  EXPECT_FALSE(reads("\xFF"));
  EXPECT_FALSE(reads("\xC2\x9B" "2J"));  // a terminal obeys it
  EXPECT_FALSE(reads("\xE2\x80\xAE" "act"));
}

// Two who are attacked wait 24 hours and 30 days; once the first wait has been told of, states that are made later do not wait for it.
TEST(Checkpoint, a_story_found_late_is_told_with_what_was_still_open_then) {
  const auto x = explored(load(pact(
      "article 1 { when hit(by: state x, on: party v) where not happened pay(by: A) "
      "then begins calm(v) after 30 h; when begins calm(state v) each party p except v shall help(to: v, "
      "against: D) within 10 d; }",
      "may happen hit(by: D, on: A), pay(by: A); within 60 d, at most 2 events; "
      "always every protected party is owed a hard duty within 24 h; "
      "always every protected party is owed a hard duty within 40 d;")));
  EXPECT_EQ(x.front().outcome.properties[0].answer, Answer::violated);
  EXPECT_EQ(x.front().outcome.properties[1].answer, Answer::violated);
  const auto& late = x.front().stories[1];
  ASSERT_EQ(late.size(), 1u);
  const model::Scenario& s = (*x.front().prepared->model)[late.front().scenario];
  ASSERT_EQ(s.events.size(), 2u);
  EXPECT_EQ(s.until->at.ms - s.events[1].at.at.ms, int64_t{40} * 24 * 3600 * 1000);
}

}  // namespace
}  // namespace casus::explore::test
