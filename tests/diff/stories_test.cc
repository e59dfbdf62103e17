// SPDX-License-Identifier: Apache-2.0
// Stories: each change of effect is shown by one that was replayed, and what shows no difference is said to be so.
#include <gmock/gmock.h>

#include "diff/drafts.h"
#include "replay/compare.h"
#include "replay/no_files.h"

namespace casus::diff {
namespace {

using test::pact;
using test::Two;
using ::testing::StartsWith;

std::string article(const std::string& clause) { return "  article 1 \"Help\" {\n    " + clause + "\n  }\n"; }
constexpr const char* attacked =
    "when attack(by: actor a, on: party v) each party except v shall help(to: v) ";

// The only change's story.
struct Shown {
  explicit Shown(const Two& d) : stories(d.stories()) {
    EXPECT_EQ(stories.of.size(), 1u);
    EXPECT_TRUE(!stories.of.empty() && stories.of[0].told);
  }
  const Told& told() const { return *stories.of[0].told; }
  const Verdict& first() const { return told().verdicts.front(); }
  Stories stories;
};

TEST(Stories, ALaterDeadlineIsALaterBreach) {
  const Two d(pact(article(std::string(attacked) + "within 24 h;")),
              pact(article(std::string(attacked) + "within 72 h;")));
  const Shown s(d);
  EXPECT_EQ(s.told().before.events.size(), 1u);
  EXPECT_EQ(s.first().before, "BREACH 3 Jan 2024 06:00");
  EXPECT_EQ(s.first().after, "BREACH 5 Jan 2024 06:00");
  EXPECT_EQ(s.first().who.size(), 3u);
}

TEST(Stories, DiscretionMakesABreachNone) {
  const Two d(pact(article(std::string(attacked) + "within 24 h;")),
              pact(article(std::string(attacked) + "within 24 h as it deems necessary;")));
  const Shown s(d);
  EXPECT_THAT(s.first().before, StartsWith("BREACH"));
  EXPECT_THAT(s.first().after, StartsWith("unperformed"));
}

// An exception shows only where it holds; the attacker who is a party owes help no more.
TEST(Stories, AnExceptionIsMadeTrue) {
  const Two unless(
      pact(article("when attack(on: party v) each party p except v shall help(to: v) within 24 h;")),
      pact(article("when attack(on: party v) each party p except v shall help(to: v) within 24 h unless "
                   "armed(ALD);")));
  const Shown s(unless);
  EXPECT_EQ(s.told().after.givens.size(), 1u);
  EXPECT_EQ(s.first().after, "–");
  const Two except(
      pact(article(std::string(attacked) + "within 24 h;")),
      pact(article(
          "when attack(by: actor a, on: party v) each party except v, a shall help(to: v) within 24 h;")));
  const Shown attacker(except);
  ASSERT_EQ(attacker.first().who.size(), 1u);
  EXPECT_EQ(attacker.first().after, "–");
}

TEST(Stories, AProhibitionThatIsLiftedIsBrokenBefore) {
  const Two d(pact(article("each party shall not enter;")), pact(article("each party may enter;")));
  const Shown s(d);
  EXPECT_THAT(s.first().before, StartsWith("BREACH"));
}

TEST(Stories, WhoLosesTheVetoVotesNo) {
  const auto council = [](const std::string& rule) {
    return pact("  body Council { members party; rule own: " + rule +
                "; decides activate(about: attack a) by own within 72 h; }\n");
  };
  const Shown s(Two(council("no = 0"), council("yes >= 3")));
  EXPECT_THAT(s.first().what, StartsWith("motion"));
  EXPECT_THAT(s.first().before, StartsWith("rejected"));
  EXPECT_THAT(s.first().after, StartsWith("adopted"));
}

TEST(Stories, APowerThatIsGoneMakesTheActVoid) {
  const Shown s(Two(pact(article("each party may quit;")), pact("")));
  EXPECT_THAT(s.first().before, StartsWith("counts"));
  EXPECT_THAT(s.first().after, StartsWith("void"));
}

// A duty that waits for the breach of another.
TEST(Stories, ABreachIsMadeToShowWhatFollowsIt) {
  const std::string one = "  article 1 { " + std::string(attacked) + "within 24 h; }\n";
  const auto two = [&](const char* days) {
    return pact(one + "  article 2 { when breach of article 1 by party x x shall pay(to: ALD) within " +
                days + " days; }\n");
  };
  const Shown s(Two(two("10"), two("20")));
  EXPECT_EQ(s.first().what, "Pact.2");
  EXPECT_THAT(s.first().before, StartsWith("BREACH"));
}

// To whom a duty is owed shows in no verdict: no story may say that it does.
TEST(Stories, WhereNothingDiffersNothingIsTold) {
  const Two d(pact(article(std::string(attacked) + "within 24 h owed to v;")),
              pact(article(std::string(attacked) + "within 24 h owed to all parties;")));
  const Stories s = d.stories();
  ASSERT_EQ(s.of.size(), 1u);
  EXPECT_FALSE(s.of[0].told.has_value());
  EXPECT_GT(s.of[0].tried, 3u);
}

TEST(Stories, TheSearchEndsAtItsLimits) {
  const Two d(pact(article(std::string(attacked) + "within 24 h owed to v;") +
                   "article 2 { each party shall not enter; }"),
              pact(article(std::string(attacked) + "within 24 h owed to all parties;") +
                   "article 2 { each party may enter; }"));
  const Stories few = tell_stories(d.before->draft(), d.after->draft(), d.difference, {2, 0, 4'000});
  EXPECT_TRUE(few.cut_short);
  EXPECT_EQ(few.of.size(), 1u);
  EXPECT_EQ(few.of[0].tried, 2u);
}

// The file that is written tells the same story: the draft, and the scenario behind it.
TEST(Stories, TheirTextReplaysAlike) {
  const std::string after = pact(
      "  body Council { members party; decides activate(about: attack a) by unanimity within 72 h; }\n"
      "  article 1 { when decided activate(about: attack a) each party except a.on shall help(to: a.on) "
      "within 24 h; }\n");
  std::string before = after;
  before.replace(before.find("within 24 h"), 11, "within 48 h");
  const Two d(before, after);
  Stories s = d.stories();
  ASSERT_TRUE(s.of.size() == 1 && s.of[0].told);
  model::Scenario& told = s.of[0].told->after;
  told.name = "story_1";
  const std::string text = scenario_text(s.after, told, {});
  const auto again = test::load(after + text);
  ASSERT_EQ(again->loaded.model.scenarios.size(), 1u) << text;
  replay::test::NoFiles files;
  const auto verdicts = [&](const Model& m, model::ScenarioId id) {
    auto r = replay::replay(m, id, {}, files, {}, again->diagnostics);
    return replay::verdicts_of(r.value());
  };
  s.after.scenarios.push_back(told);
  EXPECT_EQ(verdicts(again->loaded.model, model::ScenarioId(0u)),
            verdicts(s.after, model::ScenarioId(s.after.scenarios.size() - 1)));
  EXPECT_FALSE(verdicts(again->loaded.model, model::ScenarioId(0u)).empty());
}

}  // namespace
}  // namespace casus::diff
