// SPDX-License-Identifier: Apache-2.0
// Nets with time, plainly and bit-packed, against the general explorer: on random drafts and on councils the same answers and the same
// fewest events.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "base/many_models.h"
#include "explore/council_question.h"
#include "explore/draft_problem.h"
#include "explore/follow.h"
#include "explore/nets.h"
#include "explore/packed.h"
#include "explore/plain_search.h"
#include "explore/solve.h"

namespace casus::explore::test {
namespace {

using model::Property;
using model::PropertyMode;
using model::StandardProperty;
using model::Verdict;

// Whatever can be recorded or is live, of anybody and of each; and one thing that never is, so that the search does not end early.
std::vector<Property> questions(const model::Model& m) {
  std::vector<Property> out;
  for (const Verdict v : {Verdict::breach, Verdict::fulfilled, Verdict::unperformed, Verdict::released,
                          Verdict::lapsed, Verdict::late, Verdict::void_act, Verdict::adopted,
                          Verdict::rejected, Verdict::duty, Verdict::pending, Verdict::suspended}) {
    for (const char* bearer : {"", "A", "B", "C"}) {
      for (const bool at_the_end : {false, true}) {
        Property p;
        p.mode = PropertyMode::possible;
        p.at_the_end = at_the_end;
        p.verdict.emplace();
        p.verdict->verdict = v;
        if (*bearer) p.verdict->bearer = m.find_entity(bearer);
        const bool state = v == Verdict::duty || v == Verdict::pending || v == Verdict::suspended;
        if (at_the_end && !state) continue;
        out.push_back(std::move(p));
      }
    }
  }
  out.emplace_back().verdict.emplace().verdict = Verdict::breach;
  out.back().verdict->bearer = m.find_entity("Council");
  return out;
}

uint32_t events_of(const Decided& d) {
  uint32_t out = 0;
  for (const Move& move : d.path) out += move.kind == Move::Kind::event;
  return out;
}
std::optional<uint32_t> fewest(const PropertyOutcome& p) {
  return p.stories.empty() ? std::nullopt : std::optional(events_of(p.stories[0]));
}
bool same(const NetOutcome& a, const NetOutcome& b) {
  return a.stories == b.stories && a.ended == b.ended && a.states == b.states && a.moves == b.moves &&
         a.events == b.events && a.bits == b.bits && a.beyond == b.beyond;
}

// With moves left out as their order does not matter: other stories, of the same length, and everything else as it was.
bool as_much(const NetOutcome& less, const NetOutcome& all) {
  for (size_t i = 0; i < all.stories.size(); ++i) {
    if (less.stories[i].has_value() != all.stories[i].has_value()) return false;
    if (all.stories[i] && less.stories[i]->size() != all.stories[i]->size()) return false;
  }
  return less.ended == all.ended && less.states == all.states && less.moves == all.moves &&
         less.events == all.events && less.bits == all.bits && less.beyond == all.beyond;
}

// All states: less to explore is reductions_test.cc.
Limits whole() {
  Limits out;
  out.reductions = {false, false, false, 0};
  return out;
}

struct Compared {
  std::string difference, messages, why_not;
  bool counted = false, decided = false;
  uint64_t states = 0, plain_states = 0;
  size_t splits = 0;
};

Compared compare(const Draft& draft, uint64_t seed) {
  Compared out;
  const auto m = resolved(draft.text(), out.messages);
  if (!m) return out;
  std::vector<Property> asked = questions(*m);
  const int64_t gap = seed % 4 == 0 ? 1 : 0;
  for (const auto standard : {StandardProperty::single_blocker, StandardProperty::motion_in_time}) {
    if (gap == 0) asked.emplace_back().standard = standard;
  }
  Problem p = draft_problem(*m, seed, std::move(asked));
  p.gap = gap;
  auto ground = Ground::make(p);
  if (!ground || ground.value()->status() != run::RunStatus::done) return out;
  NetMade made = net_problem(*ground.value(), {.capacity = 2});
  out.why_not = made.why_not;
  if (!made.problem) return out;
  const PlainOutcome plain = plain_search(*made.problem);
  out.why_not = plain.beyond;
  if (!plain.beyond.empty() || plain.too_many) return out;
  const Outcome general = search(*ground.value(), {});
  if (general.ended != Ended::at_most && general.ended != Ended::complete) return out;
  out.counted = true;
  out.splits = plain.splits;
  out.states = general.states;
  out.plain_states = plain.states;
  EXPECT_TRUE(made.problem->unasked.empty());
  const NetOutcome packed = explore_packed(*made.problem, whole());
  if (seed % 10 == 0) {
    for (const uint32_t threads : {2u, 5u}) {
      Limits limits = whole();
      limits.threads = threads;
      if (!same(explore_packed(*made.problem, limits), packed))
        out.difference += std::to_string(threads) + " threads find something else\n";
    }
  }
  if (packed.states != plain.states)
    out.difference +=
        "packed " + std::to_string(packed.states) + " states, plain " + std::to_string(plain.states) + "\n";
  for (size_t i = 0; i < plain.decided.size(); ++i) {
    const auto& found = packed.stories[i];
    if (found.has_value() != plain.decided[i].has_value() || (found && found->size() != *plain.decided[i]))
      out.difference += "packed: property " + std::to_string(i) + "\n";
    const PropertyOutcome& g = general.properties[made.problem->asked[i].property];
    const std::optional<uint32_t> events = fewest(g);
    if (found && (i + seed) % 8 == 0) {
      const auto again = follow(*ground.value(), *made.problem, *found, made.problem->asked[i].property);
      if (!again || events_of(*again) != found->size())
        out.difference += "the engine does not confirm property " + std::to_string(i) + "\n";
    }
    if (events == plain.decided[i]) continue;
    const Property& of = p.properties[made.problem->asked[i].property];
    if (of.standard != StandardProperty::none) {
      out.difference += "standard property " + std::to_string(static_cast<int>(of.standard)) + "\n";
      continue;
    }
    const auto word = [](std::optional<uint32_t> n) { return n ? std::to_string(*n) : "never"; };
    out.difference += "verdict " + std::to_string(static_cast<int>(of.verdict->verdict)) +
                      (of.verdict->bearer ? " " + (*m)[of.verdict->bearer].name : "") +
                      (of.at_the_end ? " at the end" : "") + ": general " + word(events) + ", net " +
                      word(plain.decided[i]) + "\n";
  }
  return out;
}

TEST(Packed, a_net_with_time_finds_what_the_general_explorer_finds) {
  const auto [first, count] = casus::test::many_models(300);
  size_t counted = 0, failures = 0, equal = 0, splits = 0;
  std::map<std::string, size_t> why_not;
  for (uint64_t seed = first; seed < first + count && failures < 3; ++seed) {
    const Draft draft = random_draft(seed, draft_seconds, seed % 2 != 0);
    const Compared c = compare(draft, seed);
    if (!c.why_not.empty()) ++why_not[c.why_not];
    counted += c.counted;
    splits += c.splits;
    equal += c.counted && c.states == c.plain_states;
    if (c.counted && c.states != c.plain_states && std::getenv("CASUS_SHOW"))
      printf("seed %zu: general %zu states, net %zu\n", size_t(seed), size_t(c.states),
             size_t(c.plain_states));
    if (c.difference.empty()) continue;
    ++failures;
    const Draft small = shrunk(draft, [&](const Draft& d) { return !compare(d, seed).difference.empty(); });
    ADD_FAILURE() << "seed " << seed << "\n" << small.text() << "\n" << compare(small, seed).difference;
  }
  printf("%zu of %zu drafts compared, in %zu as many states; %zu groups split\n", counted,
         static_cast<size_t>(count), equal, splits);
  for (const auto& [what, times] : why_not) printf("%zu: %s\n", times, what.c_str());
  if (failures == 0) {
    EXPECT_GT(counted * 10, count * 6);
    EXPECT_TRUE(count < 300 || splits > 100);
  }
}

// ---- the council, with time ----

constexpr const char* much =
    "never mobilised() and attacked(S1); possible blockaded() at the end; always not in_session(); "
    "never breach(of: Pact.2); possible fulfilled(by: S2, of: Pact.2); possible rejected(of: mobilise); "
    "always every breach has a consequence; never attacked(RIVAL);";

TEST(Packed, the_council_as_the_general_explorer_sees_it) {
  for (const auto& [parties, time] : std::initializer_list<std::pair<int, const char*>>{
           {3, "within 40 d"}, {4, "within 4 d, at most 5 events"}, {5, "within 100 h, at most 3 events"}}) {
    const CouncilQuestion c(parties, much, time);
    const Outcome general = search(*c.ground, {}), fast = solve(*c.ground, {});
    EXPECT_EQ(fast.engine, Engine::packed) << fast.why_not;
    EXPECT_EQ(fast.by_general, 0u) << fast.why_not;
    EXPECT_EQ(fast.ended, general.ended);
    EXPECT_EQ(fast.events, general.events);
    for (size_t i = 0; i < general.properties.size(); ++i) {
      EXPECT_EQ(fast.properties[i].answer, general.properties[i].answer) << i;
      EXPECT_EQ(fewest(fast.properties[i]), fewest(general.properties[i])) << i;
    }
    printf("%d parties, %s: %zu states, by the engine %zu\n", parties, time, size_t(fast.states),
           size_t(general.states));
  }
}

TEST(Packed, the_number_of_threads_changes_nothing) {
  const CouncilQuestion c(5, much, "within 2 d");
  std::optional<NetOutcome> one;
  for (const uint32_t threads : {1u, 2u, 5u}) {
    Limits limits = whole();
    limits.threads = threads;
    const NetOutcome out = explore_packed(*net_problem(*c.ground).problem, limits);
    EXPECT_EQ(out.ended, Ended::complete);
    EXPECT_GT(out.states, 100'000u);
    if (!one) one = out;
    EXPECT_TRUE(same(out, *one)) << threads;
  }
}

// Empty: more events than a plain search could follow come to the same, with fewer moves.
std::string unlike(const Draft& draft, uint64_t seed, uint64_t& left_out) {
  std::string messages;
  const auto m = resolved(draft.text(), messages);
  if (!m) return "";
  Problem p = draft_problem(*m, seed, questions(*m));
  p.gap = seed % 4 == 0 ? 1 : 0;
  p.at_most = 5;
  auto ground = Ground::make(p);
  if (!ground || ground.value()->status() != run::RunStatus::done) return "";
  const NetMade made = net_problem(*ground.value(), {.capacity = 2});
  if (!made.problem) return "";
  Limits limits = whole();
  limits.states = 50'000;
  const NetOutcome all = explore_packed(*made.problem, limits);
  limits.reductions.order = true;
  const NetOutcome less = explore_packed(*made.problem, limits);
  left_out = less.moves_left_out;
  if (all.ended == Ended::states) return "";
  return as_much(less, all) ? ""
                            : fmt::format("{} states by {} moves, {} left out, not {} by {}\n", less.states,
                                          less.moves, less.moves_left_out, all.states, all.moves);
}

TEST(Packed, random_drafts_come_to_the_same_in_any_order) {
  const auto [first, count] = casus::test::many_models(300);
  size_t failures = 0, less = 0;
  for (uint64_t seed = first; seed < first + count && failures < 3; ++seed) {
    const Draft draft = random_draft(seed, draft_seconds);
    uint64_t left_out = 0;
    const std::string difference = unlike(draft, seed, left_out);
    less += left_out != 0;
    if (difference.empty()) continue;
    ++failures;
    const Draft small = shrunk(draft, [&](const Draft& d) { return !unlike(d, seed, left_out).empty(); });
    ADD_FAILURE() << "seed " << seed << "\n" << small.text() << "\n" << unlike(small, seed, left_out);
  }
  printf("moves left out in %zu of %zu drafts\n", less, static_cast<size_t>(count));
  EXPECT_TRUE(failures != 0 || less * 20 > count);
}

TEST(Packed, random_nets_come_to_the_same_in_any_order) {
  const auto [first, count] = casus::test::many_models(30);
  size_t less = 0, all = 0;
  for (uint64_t seed = first; seed < first + count && !testing::Test::HasFailure(); ++seed) {
    std::optional<Net> net = random_net(seed);
    if (!net) continue;
    NetProblem problem = problem_of(std::move(*net), static_cast<int64_t>(seed % 3) * 20 + 1);
    problem.at_most = 3;
    problem.asked.emplace_back();  // what is never so
    Limits limits = whole();
    limits.states = 5000;
    const NetOutcome every = explore_packed(problem, limits);
    limits.reductions.order = true;
    const NetOutcome some = explore_packed(problem, limits);
    if (every.ended == Ended::states || !every.beyond.empty()) continue;
    EXPECT_TRUE(as_much(some, every)) << "seed " << seed << ": " << some.states << " states, not "
                                      << every.states << ", " << some.moves_left_out << " moves left out";
    ++all;
    less += some.moves_left_out != 0;
  }
  printf("moves left out in %zu of %zu nets\n", less, all);
  EXPECT_TRUE(testing::Test::HasFailure() || less * 10 > all);
}

TEST(Packed, moves_are_left_out_where_their_order_does_not_matter) {
  for (const auto& [parties, time] : std::initializer_list<std::pair<int, const char*>>{
           {3, "within 40 d"}, {4, "within 4 d"}, {5, "within 2 d"}}) {
    const CouncilQuestion c(parties, much, time);
    Limits limits = whole();
    const NetOutcome all = explore_packed(*net_problem(*c.ground).problem, limits);
    limits.reductions.order = true;
    const NetOutcome less = explore_packed(*net_problem(*c.ground).problem, limits);
    EXPECT_TRUE(as_much(less, all)) << parties << " parties, " << time;
    EXPECT_EQ(all.moves_left_out, 0u);
    EXPECT_GT(less.moves_left_out * 10, less.moves) << parties << " parties, " << time;
    for (const uint32_t threads : {2u, 5u}) {
      limits.threads = threads;
      const NetOutcome again = explore_packed(*net_problem(*c.ground).problem, limits);
      EXPECT_TRUE(same(again, less) && again.moves_left_out == less.moves_left_out) << threads;
    }
  }
}

TEST(Packed, the_number_of_threads_does_not_change_where_the_memory_ends) {
  const CouncilQuestion c(6, "never attacked(RIVAL);", "within 4 d");
  std::optional<NetOutcome> one;
  for (const uint32_t threads : {1u, 2u, 5u}) {
    Limits limits = whole();
    limits.threads = threads;
    limits.bytes = 20'000'000;
    const NetOutcome out = explore_packed(*net_problem(*c.ground).problem, limits);
    EXPECT_EQ(out.ended, Ended::memory);
    if (!one) one = out;
    EXPECT_TRUE(same(out, *one)) << threads << " threads: " << out.states << ", not " << one->states;
  }
  EXPECT_GT(one->states, 100'000u);
}

TEST(Packed, progress_tells_how_full_the_memory_is) {
  const CouncilQuestion c(5, "never attacked(RIVAL);", "within 2 d");
  Limits limits = whole();
  limits.bytes = 20'000'000;
  for (const Engine engine : {Engine::packed, Engine::symbolic, Engine::general}) {
    limits.engine = engine;
    if (engine == Engine::general) limits.states = 20'000;
    std::vector<double> full;
    const Outcome out = solve(*c.ground, limits, [&](const Progress& p) { full.push_back(p.full); });
    ASSERT_GT(full.size(), 3u);
    EXPECT_GT(full.back(), 0.01) << static_cast<int>(engine);
    EXPECT_LT(full.back(), 1.5) << static_cast<int>(engine);
    EXPECT_TRUE(engine == Engine::symbolic || full.back() > full.front());
  }
}

TEST(Packed, budgets_end_it_and_leave_the_rest_unknown) {
  const CouncilQuestion c(5, "never attacked(RIVAL); never attacked(S2);", "within 2 d");
  const auto explored = [&](auto change) {
    Limits limits = whole();
    limits.engine = Engine::packed;
    change(limits);
    return solve(*c.ground, limits);
  };
  const Outcome few = explored([](Limits& l) { l.states = 1000; });
  EXPECT_EQ(few.ended, Ended::states);
  EXPECT_LT(few.states, 100'000u);
  EXPECT_EQ(few.properties[0].answer, Answer::unknown);
  EXPECT_EQ(few.properties[1].answer, Answer::violated);
  EXPECT_EQ(explored([](Limits& l) { l.bytes = 3'000'000; }).ended, Ended::memory);
  const std::atomic<bool> stop{true};
  EXPECT_EQ(explored([&](Limits& l) { l.stop = &stop; }).ended, Ended::stopped);
  // Each of its states of two words leads to many new ones.
  const CouncilQuestion large(15, "never attacked(RIVAL);", "within 30 d");
  NetProblem wide = std::move(*net_problem(*large.ground).problem);
  Limits limits = whole();
  limits.states = 20'000;
  const NetOutcome out = explore_packed(wide, limits);
  EXPECT_EQ(out.ended, Ended::states);
  EXPECT_GT(out.bits, 64u);
  EXPECT_LT(out.states, 3 * limits.states);
  // Where it is not wished otherwise, sets of states go on from there.
  const Outcome sets = explored([](Limits& l) {
    l.engine.reset();
    l.states = 1000;
  });
  EXPECT_EQ(sets.engine, Engine::symbolic);
  EXPECT_EQ(sets.ended, Ended::complete);
  EXPECT_EQ(sets.properties[0].answer, Answer::holds);
}

TEST(Solve, says_who_answered_and_why) {
  const auto explored = [](const std::string& articles, const std::string& question, uint32_t stories = 1) {
    const Loaded l = load(pact(articles, question));
    Limits limits;
    limits.stories = stories;
    return test::explored(l, limits).front().outcome;
  };
  const std::string article = "article 1 { when ask(by: party p) p shall pay() within 3 d; }",
                    may = "may happen ask(by: any), pay(by: any); within 30 d, at most 2 events; ";
  const Outcome net = explored(article, may + "never breach(by: A);");
  EXPECT_EQ(net.engine, Engine::packed);
  EXPECT_EQ(net.why_not, "");
  EXPECT_GT(net.bits, 0u);
  const Outcome both = explored(article, may + "never breach(by: A); eventually happened ask(by: A);");
  EXPECT_EQ(both.engine, Engine::packed);
  EXPECT_EQ(both.by_general, 1u);
  EXPECT_NE(both.why_not.find("eventually"), std::string::npos);
  EXPECT_EQ(both.properties[0].answer, Answer::violated);
  EXPECT_EQ(both.properties[1].answer, Answer::violated);
  EXPECT_EQ(explored(article, may + "eventually happened ask(by: A);").engine, Engine::general);
  const Outcome several = explored(article, may + "never breach(by: A);", 2);
  EXPECT_EQ(several.engine, Engine::general);
  EXPECT_NE(several.why_not, "");
}

// What would come of votes, and limits that run from what was in the story.
TEST(Solve, nets_answer_about_motions_as_the_general_explorer_does) {
  const std::string story = "2024-01-01 hit(by: D, on: A) as raid; ";
  size_t violated = 0, beside = 0;
  for (const char* rule : {"consensus", "simple_majority", "absolute_majority", "unanimity"}) {
    for (const char* limit : {"", " within 48 h of h", " within 36 h", " within 30 months"}) {
      for (const bool open : {false, true}) {
        const std::string council =
            std::string("body Council { members party; decides judge(about: hit h) by ") + rule + limit +
            " recused v where v = B; } ";
        const Loaded l =
            load("institutional event judge(by: actor, about: event hit); " +
                 pact(council + "article 1 { when decided judge(about: hit h) each party shall help(to: "
                                "h.on, against: h.by) "
                                "within 60 h of h; }",
                      story +
                          (open ? "2024-01-01T06:00Z propose(by: A, in: Council, motion: judge(about: raid)) "
                                  "as put; "
                                  "2024-01-01T07:00Z vote(by: C, on: put, as: no); "
                                : "") +
                          "may happen propose(by: B, in: Council, motion: judge(about: raid)), "
                          "vote(by: party, on: judge, as: any); within 5 d, at most 3 events; "
                          "always no single party can block; always every motion can be adopted in time; "
                          "never breach(by: A); possible adopted(of: judge);"));
        Limits limits;
        const Outcome net = explored(l, limits).front().outcome;
        limits.engine = Engine::general;
        const Outcome general = explored(l, limits).front().outcome;
        EXPECT_EQ(net.engine, Engine::packed) << net.why_not;
        const bool very_long = std::string(limit).find("months") != std::string::npos;
        EXPECT_TRUE(very_long || net.by_general == 0) << net.why_not;
        beside += net.by_general;
        for (size_t i = 0; i < general.properties.size(); ++i) {
          EXPECT_EQ(net.properties[i].answer, general.properties[i].answer) << rule << limit << open << i;
          EXPECT_EQ(fewest(net.properties[i]), fewest(general.properties[i])) << rule << limit << open << i;
          violated += net.properties[i].answer == Answer::violated;
        }
      }
    }
  }
  EXPECT_GT(violated, 20u);
  EXPECT_GT(beside, 0u);  // votes that last for more than the general explorer waits
}

// Where it could be meant otherwise the general explorer answers.
TEST(Solve, a_story_may_name_one_of_several_that_are_alike) {
  const auto outcome = [](const std::string& story) {
    const Loaded l =
        load(pact("body Council { members party; decides act by unanimity within 9 d; } "
                  "article 1 { when hit(on: party v) as h v shall meet(about: h) within 9 d; }",
                  story + "may happen vote(by: party, on: act, as: any), pay(by: A); within 5 d, at "
                          "most 3 events; possible adopted(of: act); possible breach(by: A);"));
    return explored(l).front().outcome;
  };
  const std::string propose = "propose(by: A, in: Council, motion: act(against: D))",
                    hit = "hit(by: D, on: A)";
  const Outcome motions =
      outcome("2024-01-01 " + propose + " as one; 2024-01-02 vote(by: A, on: one, as: no); 2024-01-03 " +
              propose + " as two; 2024-01-03 vote(by: A, on: two, as: yes); ");
  EXPECT_EQ(motions.engine, Engine::general);
  EXPECT_NE(motions.why_not.find("several that are alike"), std::string::npos) << motions.why_not;
  EXPECT_EQ(motions.properties[0].answer, Answer::holds);
  const Outcome hits =
      outcome("2024-01-01 " + hit + " as one; 2024-01-02 meet(by: A, about: one); 2024-01-03 " + hit +
              " as two; 2024-01-03 meet(by: A, about: two); ");
  EXPECT_EQ(hits.engine, Engine::packed) << hits.why_not;
  EXPECT_EQ(hits.properties[1].answer, Answer::violated);  // both are kept
}

// Each answer of nets, and the fewest events for it, are the general explorer's.
void expect_as_general(const std::string& articles, const std::string& question) {
  const Loaded l = load(pact(articles, question));
  Limits limits;
  const Outcome net = explored(l, limits).front().outcome;
  limits.engine = Engine::general;
  const Outcome general = explored(l, limits).front().outcome;
  EXPECT_EQ(net.why_not.find("mistake"), std::string::npos) << articles;
  for (size_t i = 0; i < general.properties.size(); ++i) {
    EXPECT_EQ(net.properties[i].answer, general.properties[i].answer) << articles << i;
    EXPECT_EQ(fewest(net.properties[i]), fewest(general.properties[i])) << articles << i;
  }
}

TEST(Solve, a_vote_may_bring_about_votes_and_closings) {
  for (const char* rule : {"unanimity", "simple_majority", "consensus"}) {
    for (const char* brings : {"vote(by: B, on: m, as: no)", "close(by: A, on: m)"}) {
      expect_as_general(std::string("body Council { members party; decides act by ") + rule +
                            "; } article 1 { when vote(by: A, on: propose m) then counts as " + brings + "; }",
                        "may happen propose(by: A, in: Council, motion: act(against: D)), "
                        "vote(by: party, on: act, as: any); within 5 d, at most 2 events; "
                        "always no single party can block; always every motion can be adopted in time; "
                        "possible adopted(of: act);");
    }
  }
}

TEST(Solve, a_vote_is_void_on_what_is_decided_and_still_referred_to) {
  expect_as_general(
      "body Council { members party; decides act by consensus; } "
      "article 1 { when vote(by: party p, on: propose m) A shall pay within 2 d; }",
      "may happen propose(by: B, in: Council, motion: act(against: D)), vote(by: C, on: act, as: no); "
      "within 49 h, at most 4 events; never void(by: C); never breach(by: A);");
}

// The second motion is not yet put when the vote on the first is cast.
TEST(Solve, a_limit_runs_from_the_motion_that_is_meant) {
  const std::string motion = ", in: Council, motion: act(against: D))";
  expect_as_general("body Council { members party; decides act by simple_majority; } "
                    "article 1 { when vote(by: C, on: propose m) C shall pay within 60 h of m; "
                    "when breach of article 1 by party p then begins calm(p); }",
                    "2024-01-01 propose(by: A" + motion +
                        " as one; 2024-01-01 vote(by: C, on: one, as: no); "
                        "2024-01-01 vote(by: A, on: one, as: yes); 2024-01-01 vote(by: B, on: one, as: yes); "
                        "2024-01-04 pay(by: C); 2024-01-05 propose(by: B" +
                        motion + "; may happen ask(by: A); within 12 d, at most 1 events; never calm(C);");
}

TEST(Solve, what_a_net_has_no_room_for_the_general_explorer_answers) {
  // Five motions with the same content open at once: there are four places.
  const Loaded l = load(
      "instrument Pact { in force from 2020-01-01; party A, B, C; body Council { members party; rule most: "
      "yes > "
      "no; } article 1 { Council may quit() by most within 9 d; } } explore \"q\" { under Pact; from "
      "2024-01-01; may happen propose(by: A, in: Pact.Council, motion: quit()); within 30 d, at most 5 "
      "events; "
      "never breach(by: A); }");
  const Outcome out = explored(l).front().outcome;
  EXPECT_EQ(out.engine, Engine::general);
  EXPECT_NE(out.why_not.find("two motions"), std::string::npos) << out.why_not;
  EXPECT_EQ(out.properties[0].answer, Answer::holds);
}

}  // namespace
}  // namespace casus::explore::test
