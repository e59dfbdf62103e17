// SPDX-License-Identifier: Apache-2.0
// Time limits that are counted from an earlier event, or end on a date, may be over when they begin: an event before and one after that
// instant are two courses, though nothing falls due between them.
#include <gtest/gtest.h>

#include "explore/questions.h"

namespace casus::explore::test {
namespace {

std::string answers(const std::string& text) {
  std::string out;
  const auto all = explored(load(text));
  if (all.empty()) return out;
  const Explored& x = all.front();
  for (size_t i = 0; i < x.outcome.properties.size(); ++i) {
    out += (i == 0 ? "" : ", ") + std::string(answer_word(x.outcome.properties[i].answer));
    for (const StoryScenario& s : x.stories[i]) {
      EXPECT_TRUE(s.confirmed) << i;
      out += " " + std::to_string(s.events);
    }
  }
  return out;
}

TEST(Limits, a_motion_may_be_put_when_the_time_for_it_is_over) {
  const std::string articles =
      "body Council { members party; decides judge(about: hit h) by unanimity within 48 h of h; }";
  const std::string question =
      "may happen hit(by: D, on: A), propose(by: A, in: Council, motion: judge(about: hit)); "
      "at most 2 events; always every motion can be adopted in time; possible rejected(of: judge); ";
  const std::string judge = "institutional event judge(by: actor, about: event hit); ";
  EXPECT_EQ(answers(judge + pact(articles, question + "within 10 d;")), "violated 2, holds 2");
  EXPECT_EQ(answers(judge + pact(articles, question + "within 47 h;")), "holds, violated");
}

TEST(Limits, a_duty_does_not_arise_when_its_time_is_over) {
  const std::string articles =
      "article 1 { when meet(by: B, about: hit h) A shall pay within 48 h of h; "
      "when breach of article 1 then begins calm(A); }";
  const std::string question =
      "may happen hit(by: D, on: A), meet(by: B, about: hit); at most 2 events; "
      "possible calm(A); possible happened meet(by: B) and not calm(A) at the end; ";
  EXPECT_EQ(answers(pact(articles, question + "within 10 d;")), "holds 2, holds 2");
  // In 48 hours the limit can not be over before the end, and what is due then is not yet missed.
  EXPECT_EQ(answers(pact(articles, question + "within 48 h;")), "violated, holds 2");
}

TEST(Limits, nor_after_the_date_by_which_it_is_due) {
  const std::string articles =
      "article 1 { when ask(by: B) A shall pay by 2024-01-05; when breach of article 1 then begins calm(A); "
      "}";
  EXPECT_EQ(answers(pact(articles,
                         "may happen ask(by: B); within 10 d, at most 1 event; possible calm(A); "
                         "possible happened ask(by: B) and not calm(A) at the end;")),
            "holds 1, holds 1");
  // What is asked after the last second but one has passed, and before the end, is asked in the last: in time.
  EXPECT_EQ(answers(pact("article 1 { when ask(by: B) A shall pay by 2024-01-05T00:00Z; "
                         "when breach of article 1 then begins calm(A); } "
                         "article 2 { when hit(by: D) B shall pay by 2024-01-04T23:59:59Z; "
                         "when breach of article 2 then begins calm(B); "
                         "when ask(by: party p) where calm(B) then begins calm(C); }",
                         "may happen hit(by: D, on: A), ask(by: B); within 4 d, at most 2 events; "
                         "possible calm(C); possible calm(C) and not calm(A) at the end;")),
            "holds 2, violated");
}

}  // namespace
}  // namespace casus::explore::test
