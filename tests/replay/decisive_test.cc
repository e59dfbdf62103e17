// SPDX-License-Identifier: Apache-2.0
#include "replay/decisive.h"

#include "replay/world.h"

namespace casus::replay {
namespace {

using test::World;

// East and West part in all four ways. What each article needs: 1 the event; 2 the event and the given fact; 3 the reading; 4 what is held;
// 5 one of two events.
constexpr const char* model = R"(
kind state is actor;
kind area;
state ALFA; state BRAVO; state CHARLIE;
area Coast;
event attack(by: actor, on: state);
event raid(by: actor, on: state);
event help(by: actor, to: state);
event quiet(by: actor);
fact grave(of: state) contested;
fact owns(of: area, is: state) contested;
reading scope "What counts" { narrow; wide; }
viewpoint East { accepts assertions by ALFA; reading scope = wide; owns(of: Coast, is: ALFA); }
viewpoint West { accepts assertions by BRAVO; reading scope = narrow; owns(of: Coast, is: BRAVO); }
given grave(BRAVO) asserted by BRAVO denied by ALFA;
instrument Pact {
  in force from 2000-01-01;
  party BRAVO, CHARLIE;
  article 1 { when attack(on: party victim) CHARLIE shall help(to: victim) within 1 day; }
  article 2 { when attack(on: party victim) where grave(victim) CHARLIE shall help(to: victim) within 2 days; }
  article 3 { when quiet(by: actor a) under reading scope = wide CHARLIE shall help(to: BRAVO) within 3 days; }
  article 4 { when quiet(by: actor a) where owns(Coast, BRAVO) CHARLIE shall help(to: BRAVO) within 4 days; }
  article 5 { when quiet(by: actor a) where happened attack(on: BRAVO) or happened raid(on: BRAVO)
              CHARLIE shall help(to: BRAVO) within 5 days; }
}
scenario S "A story" {
  under Pact; from 2002-01-01; until 2002-02-01;
  2002-01-02 attack(by: ALFA, on: BRAVO) asserted by BRAVO denied by ALFA;
  2002-01-03 raid(by: ALFA, on: BRAVO) asserted by BRAVO denied by ALFA;
  2002-01-04 quiet(by: CHARLIE);
}
)";

class DecisiveTest : public ::testing::Test {
 protected:
  void look(const std::vector<std::string>& views, DecisiveLimits limits = {}) {
    for (const std::string& v : views) {
      Options o;
      o.view = v == "undisputed" ? model::ViewpointId() : world_.model().find_viewpoint(v);
      replays_.push_back(world_.run(o));
    }
    for (const Replay& r : replays_) columns_.push_back(&r);
    comparison_ = compare(columns_, views);
    auto found = decisive(columns_, comparison_, {}, world_.files, {}, limits);
    ASSERT_TRUE(found.ok());
    decisions_ = std::move(found.value());
  }
  // "event 0 + given 3": what turns the verdict on an article; one text for each turn.
  std::vector<std::string> turns(const std::string& basis, size_t from, size_t to) const {
    std::vector<std::string> out;
    for (size_t row = 0; row < comparison_.rows.size(); ++row) {
      if (comparison_.rows[row].basis != basis) continue;
      for (const Turn& t : decisions_.turns[row]) {
        if (t.from != from || t.to != to) continue;
        std::string text;
        for (uint32_t q : t.questions) text += (text.empty() ? "" : " + ") + word(decisions_.questions[q]);
        out.push_back(text);
      }
    }
    return out;
  }
  static std::string word(const ViewQuestion& q) {
    switch (q.kind) {
      case QuestionKind::event:
        return "event " + std::to_string(q.index);
      case QuestionKind::given:
        return "given";
      case QuestionKind::reading:
        return "reading";
      case QuestionKind::held:
        return "held";
    }
    return {};
  }

  World world_{model};
  std::vector<Replay> replays_;
  std::vector<const Replay*> columns_;
  Comparison comparison_;
  Decisions decisions_;
};

using Words = std::vector<std::string>;

TEST_F(DecisiveTest, EachKindOfQuestionDecidesAloneWhereItDoes) {
  look({"East", "West"});
  EXPECT_EQ(decisions_.questions.size(), 5u);  // two events, a given, a reading, a fact that both hold
  EXPECT_FALSE(decisions_.cut_short);
  EXPECT_EQ(turns("Pact.1", 0, 1), Words{"event 0"});
  EXPECT_EQ(turns("Pact.1", 1, 0), Words{"event 0"});
  EXPECT_EQ(turns("Pact.3", 0, 1), Words{"reading"});
  EXPECT_EQ(turns("Pact.3", 1, 0), Words{"reading"});
  EXPECT_EQ(turns("Pact.4", 0, 1), Words{"held"});
  EXPECT_EQ(turns("Pact.4", 1, 0), Words{"held"});
}

TEST_F(DecisiveTest, WhatIsNeededTogetherIsFoundAndNothingBesides) {
  look({"East", "West"});
  EXPECT_EQ(turns("Pact.2", 0, 1), Words{"event 0 + given"});
  EXPECT_EQ(turns("Pact.2", 1, 0), (Words{"event 0", "given"}));  // either ends the duty
  EXPECT_EQ(turns("Pact.5", 0, 1), (Words{"event 0", "event 1"}));
  EXPECT_EQ(turns("Pact.5", 1, 0), Words{"event 0 + event 1"});
}

TEST_F(DecisiveTest, SeveralViewsAndNoneAreTriedInPairs) {
  look({"undisputed", "East", "West"});
  EXPECT_EQ(turns("Pact.3", 0, 1), Words{"reading"});
  EXPECT_EQ(turns("Pact.3", 1, 2), Words{"reading"});
  EXPECT_EQ(turns("Pact.3", 0, 2), Words{});  // alike: nothing to turn
  EXPECT_EQ(turns("Pact.4", 0, 2), Words{"held"});
  EXPECT_EQ(turns("Pact.4", 2, 0), Words{"held"});
  EXPECT_EQ(turns("Pact.1", 0, 2), Words{"event 0"});
}

TEST_F(DecisiveTest, ALimitIsSaid) {
  look({"East", "West"}, {.replays = 3});
  EXPECT_TRUE(decisions_.cut_short);
  EXPECT_EQ(decisions_.replays, 3u);
  EXPECT_EQ(turns("Pact.1", 0, 1), Words{"event 0"});
  EXPECT_EQ(turns("Pact.3", 1, 0), Words{});
}

TEST_F(DecisiveTest, TheEventsOfAllReplaysTogetherAreLimited) {
  look({"East", "West"}, {.events = 7});  // three a replay
  EXPECT_TRUE(decisions_.cut_short);
  EXPECT_EQ(decisions_.replays, 2u);
}

TEST_F(DecisiveTest, ViewsThatAnswerAlikePartInNothing) {
  look({"East", "East"});
  EXPECT_TRUE(decisions_.questions.empty());
  EXPECT_EQ(decisions_.replays, 0u);
}

}  // namespace
}  // namespace casus::replay
