// SPDX-License-Identifier: Apache-2.0
// Timings by themselves: what may come next, and what is the same.
#include <gtest/gtest.h>

#include "explore/packed.h"
#include "explore/plain_search.h"
#include "explore/questions.h"

namespace casus::explore::test {
namespace {

struct Timed {
  explicit Timed(const std::string& articles, const std::string& question)
      : loaded(load(pact(articles, question))) {
    Question q;
    q.model = &loaded.model;
    q.exploration = model::ExplorationId(0u);
    prepared = std::move(prepare(q, {}, files).value());
    ground = std::move(Ground::make(prepared->problem).value());
    made = net_problem(*ground);
    EXPECT_TRUE(made.problem) << made.why_not;
    timings.emplace(made.problem->net, made.problem->groups, made.problem->span);
  }
  const Groups& groups() const { return made.problem->groups; }
  // The rule of an event, or of the timers of a group.
  uint32_t event(const char* name) const {
    for (uint32_t r = 0; r < made.problem->net.rules.size(); ++r) {
      const Rule& rule = made.problem->net.rules[r];
      if (!rule.is_timer && loaded.model[made.problem->events[rule.index].occurrence.event].name == name)
        return r;
    }
    ADD_FAILURE() << name;
    return 0;
  }
  uint32_t timer(uint32_t group) const {
    uint32_t r = 0;
    while (groups().rules[r].passes != group) ++r;
    return r;
  }
  // Everything starts, or nothing; everything that it may change runs, or nothing.
  uint64_t signature(uint32_t rule, bool starts, bool runs) const {
    const RuleTiming& r = groups().rules[rule];
    const uint64_t first = (uint64_t{1} << r.starts.size()) - 1,
                   all = (uint64_t{1} << r.signature_bits()) - 1;
    return (starts ? first : 0) | (runs ? all & ~first : 0);
  }
  Loaded loaded;
  NoFiles files;
  std::unique_ptr<Prepared> prepared;
  std::unique_ptr<Ground> ground;
  NetMade made;
  std::optional<Timings> timings;
};

constexpr const char* pays = "article 1 { when ask(by: A) A shall pay() within 3 d; }";

TEST(Timing, a_time_limit_runs_passes_and_is_forgotten) {
  Timed t(pays, "may happen ask(by: A), pay(by: A); within 30 d; never breach(by: A);");
  ASSERT_EQ(t.groups().groups.size(), 1u);
  const uint32_t ask = t.event("ask"), deadline = t.timer(0);
  Timings& timings = *t.timings;
  const TimingId first = Timings::beginning();
  EXPECT_TRUE(timings.event_may_come(first));
  EXPECT_TRUE(timings.may_end(first));
  EXPECT_FALSE(timings.may_pass(first, 0));
  EXPECT_FALSE(timings.after(first, deadline, 0));
  const auto asked = timings.after(first, ask, t.signature(ask, true, true));
  ASSERT_TRUE(asked);
  EXPECT_TRUE(timings.may_pass(*asked, 0));
  EXPECT_TRUE(timings.lasts(*asked));
  EXPECT_TRUE(timings.may_end(*asked));  // it may have been asked on the last day
  // Nothing runs: it does not matter any more what has run.
  const auto paid = timings.after(*asked, t.event("pay"), t.signature(t.event("pay"), false, false));
  const auto nothing = timings.after(first, t.event("pay"), t.signature(t.event("pay"), false, false));
  EXPECT_EQ(paid, nothing);
  const auto passed = timings.after(*asked, deadline, 0);
  ASSERT_TRUE(passed);
  EXPECT_NE(passed, paid);  // three days have gone by
  EXPECT_TRUE(timings.lasts(*passed));
  EXPECT_EQ(timings.after(first, ask, t.signature(ask, true, true)), asked);
}

TEST(Timing, what_falls_due_after_the_end_never_does) {
  Timed t(pays, "may happen ask(by: A), pay(by: A); within 2 d; never breach(by: A);");
  const uint32_t ask = t.event("ask");
  const auto asked = t.timings->after(Timings::beginning(), ask, t.signature(ask, true, true));
  ASSERT_TRUE(asked);
  EXPECT_FALSE(t.timings->may_pass(*asked, 0));
  EXPECT_TRUE(t.timings->may_end(*asked));
  EXPECT_EQ(t.timings->after(*asked, ask, t.signature(ask, true, true)),
            asked);  // one instant after the end is as another
}

// What A asks starts both limits at once; what B asks only one of them, while the other may still run.
TEST(Timing, what_starts_together_is_one_group_until_it_comes_apart) {
  Timed t(
      "article 1 { each party shall not pay() unless happened ask(by: A) within 3 d; }"
      "article 2 { A shall not help() unless happened ask() within 3 d; }",
      "may happen ask(by: A), ask(by: B), pay(by: C), help(by: A, to: B); within 9 d; never breach(by: B);");
  NetProblem& problem = *t.made.problem;
  const size_t timers = problem.net.timers.size();
  ASSERT_EQ(timers, 2u);
  EXPECT_EQ(problem.groups.groups.size(), 1u);
  const PlainOutcome plain = plain_search(problem);
  EXPECT_EQ(plain.splits, 1u);
  EXPECT_EQ(problem.groups.groups.size(), timers);
  problem.split({});
  EXPECT_EQ(explore_packed(problem, {}).states, plain.states);
  EXPECT_EQ(problem.groups.groups.size(), timers);
}

}  // namespace
}  // namespace casus::explore::test
