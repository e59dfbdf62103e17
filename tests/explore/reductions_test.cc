// SPDX-License-Identifier: Apache-2.0
// With and without each reduction: the same answers and the same fewest events, every story confirmed, never more states; and each of them cuts
// something.
#include <gtest/gtest.h>

#include "explore/council_question.h"
#include "explore/draft_net.h"
#include "explore/solve.h"

namespace casus::explore::test {
namespace {

using model::Property;
using model::Verdict;

constexpr Reductions none{false, false, false, 0}, sliced{true, false, false, 0},
    exchanged{false, true, false, 0}, ordered{false, false, true, 0}, all{true, true, true, 0};

uint32_t events_of(const Decided& d) {
  uint32_t out = 0;
  for (const Move& move : d.path) out += move.kind == Move::Kind::event;
  return out;
}
std::string told(const Outcome& o) {
  std::string out;
  for (const PropertyOutcome& p : o.properties) {
    out += std::string(answer_word(p.answer));
    if (!p.stories.empty()) out += " " + std::to_string(events_of(p.stories[0]));
    out += "; ";
  }
  return out;
}
Outcome solved(const Ground& ground, Reductions reductions, Engine engine = Engine::packed) {
  Limits limits;
  limits.engine = engine;
  limits.reductions = reductions;
  limits.threads = 2;
  return solve(ground, limits);
}
// Every story was confirmed, or the general explorer would have answered instead.
std::string difference(const Outcome& whole, const Outcome& reduced, const std::string& name) {
  std::string out;
  if (reduced.engine != whole.engine) out += name + ": " + reduced.why_not + "\n";
  if (told(reduced) != told(whole)) out += name + ": " + told(reduced) + ", not " + told(whole) + "\n";
  // What ended early because all was decided ended where it did. And fewer time limits have other timings: rarely a few more than before.
  const uint64_t more = name == "symmetry" ? 0 : whole.states / 20;
  if (reduced.states > whole.states + more && whole.ended != Ended::decided)
    out += fmt::format("{}: {} states, not {}\n", name, reduced.states, whole.states);
  return out;
}

// ---- random drafts ----

// Of anybody, or of one; and one thing that never is, so that the search does not end early.
std::vector<Property> questions(const model::Model& m, uint64_t seed) {
  std::vector<Property> out{possible(Verdict::breach, m.find_entity("Council"))};
  if (seed % 2 != 0) {
    for (const Verdict v :
         {Verdict::breach, Verdict::fulfilled, Verdict::pending, Verdict::adopted, Verdict::void_act})
      out.push_back(possible(v));
    out.push_back(possible(Verdict::duty, {}, true));
    return out;
  }
  const EntityId who = m.find_entity(seed % 4 == 0 ? "A" : "B");
  constexpr Verdict asked[] = {Verdict::breach, Verdict::pending, Verdict::fulfilled, Verdict::late,
                               Verdict::duty};
  out.push_back(possible(asked[seed / 2 % std::size(asked)], who));
  out.push_back(possible(Verdict::duty, who, true));
  return out;
}

struct Compared {
  std::string difference;
  bool counted = false;
  uint64_t whole = 0, by_slice = 0, by_symmetry = 0, by_all = 0;
  size_t reached = 0;
};

Compared compare(const Draft& draft, uint64_t seed) {
  Compared out;
  std::string messages;
  const auto m = resolved(draft.text(), messages);
  if (!m) return out;
  Problem p = draft_problem(*m, seed, questions(*m, seed));
  p.gap = seed % 4 == 0 ? 1 : 0;
  const auto ground = Ground::make(p);
  if (!ground || ground.value()->status() != run::RunStatus::done) return out;
  const Outcome whole = solved(*ground.value(), none);
  if (whole.engine != Engine::packed) return out;
  const Outcome slice = solved(*ground.value(), sliced), symmetry = solved(*ground.value(), exchanged),
                both = solved(*ground.value(), all);
  out.counted = true;
  out.whole = whole.states;
  out.by_slice = slice.states;
  out.by_symmetry = symmetry.states;
  out.by_all = both.states;
  for (const PropertyOutcome& o : whole.properties) out.reached += !o.stories.empty();
  out.difference = difference(whole, slice, "slice") + difference(whole, symmetry, "symmetry") +
                   difference(whole, both, "all");
  return out;
}

TEST(Reductions, change_no_answer_on_random_drafts) {
  constexpr size_t count = 500;
  size_t counted = 0, failures = 0, reached = 0, cut_by_symmetry = 0;
  uint64_t whole = 0, by_slice = 0, by_symmetry = 0, by_all = 0;
  for (uint64_t seed = 1; seed <= count && failures < 3; ++seed) {
    const Draft draft = random_draft(seed, draft_seconds);
    const Compared c = compare(draft, seed);
    counted += c.counted;
    reached += c.reached;
    whole += c.whole;
    by_slice += c.by_slice;
    by_symmetry += c.by_symmetry;
    by_all += c.by_all;
    cut_by_symmetry += c.by_symmetry < c.whole;
    if (c.difference.empty()) continue;
    ++failures;
    const Draft small = shrunk(draft, [&](const Draft& d) { return !compare(d, seed).difference.empty(); });
    ADD_FAILURE() << "seed " << seed << "\n" << small.text() << "\n" << compare(small, seed).difference;
  }
  printf("%zu drafts, %zu reached; %zu states, sliced %zu, up to exchange %zu (in %zu drafts), both %zu\n",
         counted, reached, size_t(whole), size_t(by_slice), size_t(by_symmetry), cut_by_symmetry,
         size_t(by_all));
  if (failures != 0) return;
  EXPECT_GT(counted * 3, count);
  EXPECT_GT(reached, 100u);
  EXPECT_LT(by_slice, whole);
  EXPECT_LT(by_symmetry, whole);
  EXPECT_LT(by_all, by_slice);
}

// ---- councils ----

// Of nobody in particular; of one party; of what little hangs on.
constexpr const char* asked_of_all =
    "never some state s where attacked(s) and mobilised(); possible blockaded() at the end; never "
    "attacked(RIVAL); "
    "possible rejected(of: mobilise); possible fulfilled(of: Pact.2); never breach(of: Pact.2); ";
constexpr const char* asked_of_one = "possible fulfilled(by: S3, of: Pact.2); never attacked(RIVAL); ";
constexpr const char* asked_of_little = "never blockaded(); never attacked(RIVAL); ";

TEST(Reductions, change_no_answer_on_councils) {
  for (const auto& [parties, time] : std::initializer_list<std::pair<int, const char*>>{
           {3, "within 40 d"}, {4, "within 4 d, at most 6 events"}, {4, "within 2 d"}}) {
    for (const char* asked : {asked_of_all, asked_of_one, asked_of_little}) {
      const CouncilQuestion c(parties, asked, time);
      const Outcome whole = solved(*c.ground, none);
      ASSERT_EQ(whole.engine, Engine::packed) << whole.why_not;
      const Outcome order = solved(*c.ground, ordered);
      EXPECT_EQ(difference(whole, order, "order"), "");
      EXPECT_TRUE(whole.ended == Ended::decided || order.states == whole.states);
      const Outcome slice = solved(*c.ground, sliced), symmetry = solved(*c.ground, exchanged),
                    both = solved(*c.ground, all);
      EXPECT_EQ(difference(whole, slice, "slice"), "");
      EXPECT_EQ(difference(whole, symmetry, "symmetry"), "");
      EXPECT_EQ(difference(whole, both, "all"), "");
      EXPECT_EQ(told(solved(*c.ground, all, Engine::symbolic)), told(whole));
      printf("%d parties, %s: %s%zu states; sliced %zu, up to exchange %zu, both %zu\n", parties, time,
             told(whole).c_str(), size_t(whole.states), size_t(slice.states), size_t(symmetry.states),
             size_t(both.states));
      EXPECT_LT(symmetry.states, whole.states);
      EXPECT_TRUE(whole.exchanged.empty() && !symmetry.exchanged.empty());
      EXPECT_EQ(slice.bits_left_out == 0, slice.bits == whole.bits);
      if (asked != asked_of_little) continue;
      EXPECT_LT(slice.states * 10, whole.states);
      EXPECT_GT(slice.bits_left_out, 10u);
      EXPECT_GT(slice.events_left_out, 5u);
    }
  }
}

// What is found from class to class is told as a course of states: with a party in it whom no exchange spares.
TEST(Reductions, stories_up_to_exchange_are_courses) {
  const CouncilQuestion c(5, "possible fulfilled(by: S4, of: Pact.2); possible fulfilled(of: Pact.2); ",
                          "within 2 d, at most 8 events");
  const Outcome whole = solved(*c.ground, none), symmetry = solved(*c.ground, exchanged);
  EXPECT_EQ(difference(whole, symmetry, "symmetry"), "");
  EXPECT_FALSE(symmetry.exchanged.empty());
  EXPECT_FALSE(symmetry.properties[1].stories.empty());
}

// A small search is over before anything could be left out; a large one begins again with less.
TEST(Reductions, begin_where_they_pay) {
  const CouncilQuestion c(4, asked_of_one, "within 4 d");
  Limits limits;
  limits.states = 1'000'000;
  const Outcome large = solve(*c.ground, limits);
  EXPECT_GT(large.bits_left_out, 0u);
  EXPECT_FALSE(large.exchanged.empty());
  limits.reductions.small = 1'000'000;
  const Outcome small = solve(*c.ground, limits);
  EXPECT_EQ(small.bits_left_out, 0u);
  EXPECT_TRUE(small.exchanged.empty());
  EXPECT_GT(small.states, large.states);
  EXPECT_EQ(told(small), told(large));
}

}  // namespace
}  // namespace casus::explore::test
