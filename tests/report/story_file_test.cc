// SPDX-License-Identifier: Apache-2.0
#include "report/story_file.h"

#include "explore/questions.h"

namespace casus::explore::test {
namespace {

constexpr const char* articles =
    "article 5 { when hit(by: state x, on: party v) each party p except v shall help(to: v, against: x) "
    "within 72 h; } "
    "body Council { members party; decides act by unanimity within 48 h; } "
    "article 7 { when decided act(against: state x) each party shall help(to: A, against: x) within 24 h; }";

// The text of a story resolves to the scenario that was replayed, and a replay of it meets what it expects.
TEST(StoryFile, a_story_is_a_text_that_replays) {
  const std::string text =
      pact(articles,
           "may happen hit(by: D, on: A), propose(by: A, in: Council, motion: act(against: D)), "
           "vote(by: party, on: act, as: any), quit(by: any); within 10 d, at most 5 events; "
           "never breach(by: C, of: Pact.7); possible adopted(of: act); possible void(by: D, of: quit); "
           "never breach(by: B, of: Pact.5); always every breach has a consequence;");
  const auto x = explored(load(text));
  size_t stories = 0;
  for (size_t i = 0; i < x.front().stories.size(); ++i) {
    for (const StoryScenario& s : x.front().stories[i]) {
      const model::Model& m = *x.front().prepared->model;
      model::Scenario scenario = m[s.scenario];
      scenario.title = "the story";
      const std::string told_text = report::scenario_text(m, scenario, {}, {"remark"}, "");
      const Loaded again = load(text + "\n" + told_text);
      ASSERT_EQ(again.model.scenarios.size(), 1u) << told_text;
      NoFiles files;
      Diagnostics diagnostics;
      const auto judged = replay::judge(again.model, model::ScenarioId(0u), {}, files, diagnostics);
      ASSERT_TRUE(bool(judged));
      ASSERT_FALSE(judged.value().judgements.empty()) << told_text;
      for (const auto& j : judged.value().judgements) EXPECT_TRUE(j.met) << told_text << j.got;
      ++stories;
    }
  }
  EXPECT_EQ(stories, 5u);
}

}  // namespace
}  // namespace casus::explore::test
