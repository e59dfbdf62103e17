// SPDX-License-Identifier: Apache-2.0
// Sets of states against one state after the other: on random nets and councils with time left out, on random drafts with time.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <map>
#include <unordered_set>

#include "explore/diagrams.h"
#include "explore/draft_problem.h"
#include "explore/net_fold.h"
#include "explore/nets.h"
#include "explore/plain_search.h"
#include "explore/symbolic.h"

namespace casus::explore::test {
namespace {

using model::Property;
using model::PropertyMode;
using model::Verdict;

// ---- diagrams ----

constexpr size_t room = size_t{64} << 20;

TEST(Diagrams, count_and_quantify) {
  Diagrams d(8, room);
  const Diagram a = d.variable(0), b = d.variable(2), c = d.variable(4);
  EXPECT_EQ(d.either(d.both(a, b), c), d.any_of({c, d.both(b, a)}));
  EXPECT_EQ(d.count_even(d.either(d.both(a, b), c)), Natural(10));  // of four even variables
  EXPECT_EQ(d.count_even(Diagram()), Natural(0));
  EXPECT_EQ(d.count_even(Diagram::truth()), Natural(16));
  EXPECT_TRUE(d.any_of({}).is_false());
  const Diagram only_a = d.cube({{0, true}});
  EXPECT_EQ(d.exists(d.both(a, b), only_a), b);
  EXPECT_EQ(d.both_exist(d.either(a, c), d.negation(a), only_a), c);
  EXPECT_EQ(d.odd_as_even(d.both(d.variable(1), d.variable(5))), d.both(a, c));
  EXPECT_EQ(d.without(a, b), d.cube({{2, false}, {0, true}}));
  EXPECT_EQ(d.first(d.without(d.either(a, b), c)), (std::vector<bool>{0, 0, 1, 0, 0, 0, 0, 0}));
  EXPECT_EQ(d.same(a, a), Diagram::truth());
  EXPECT_FALSE(d.exhausted());
}

TEST(Diagrams, numbers_without_bound) {
  Natural n = 1;
  for (int i = 0; i < 25; ++i) {  // times ten
    const Natural two = n.shifted(1);
    n = n.shifted(3);
    n += two;
  }
  EXPECT_EQ(n.decimal(), "10000000000000000000000000");
  EXPECT_FALSE(n.fits());
  EXPECT_EQ(Natural(UINT64_MAX).small(), UINT64_MAX);
  EXPECT_EQ(Natural(UINT64_MAX).shifted(64).decimal(), "340282366920938463444927863358058659840");
  EXPECT_EQ(Natural(0).decimal(), "0");
}

// A function that has no small diagram in this order: x1 y1 or x2 y2 or …, all x before all y.
Diagram wide(Diagrams& d, size_t pairs) {
  Diagram out;
  for (size_t i = 0; i < pairs; ++i)
    out = d.either(out, d.both(d.variable(2 * i), d.variable(2 * (pairs + i))));
  return out;
}

TEST(Diagrams, the_end_of_memory_is_an_outcome_and_the_next_ones_are_sound) {
  for (int times = 0; times < 2; ++times) {
    {
      Diagrams d(100, size_t{1} << 20);
      EXPECT_TRUE(wide(d, 25).is_false());
      EXPECT_TRUE(d.exhausted());
      EXPECT_LE(d.bytes(), size_t{1} << 20);
      EXPECT_TRUE(d.variable(0).is_false());
      EXPECT_EQ(d.count_even(Diagram::truth()), Natural(0));
    }
    Diagrams d(100, room);
    const Diagram w = wide(d, 8);
    EXPECT_FALSE(d.exhausted());
    EXPECT_GT(d.nodes(w), 256u);
  }
}

TEST(Diagrams, stop_amid_an_operation) {
  const std::atomic<bool> stop{true};
  Diagrams d(100, room, &stop);
  EXPECT_TRUE(wide(d, 25).is_false());  // of 2^26 nodes, were it made
  EXPECT_TRUE(d.exhausted());
}

TEST(Diagrams, of_no_variables) {
  for (const size_t variables : {10u, 0u, 0u, 10u}) {
    Diagrams d(variables, room);
    EXPECT_EQ(d.count_even(Diagram::truth()), Natural(1).shifted(variables / 2));
  }
}

// ---- with time left out ----

struct Plain {
  std::vector<std::optional<uint32_t>> decided;  // by condition
  uint64_t states = 0;
  bool beyond = false, too_many = false;
};

// Whatever runs may pass at any time.
Plain plainly(const Net& net, uint64_t most) {
  Plain out;
  out.decided.resize(net.conditions.size());
  std::unordered_set<std::vector<bool>> seen{net.initial};
  std::vector<std::vector<bool>> layer{net.initial}, next;
  std::vector<uint8_t> values;
  const auto move = [&](const std::vector<bool> from, bool by_event, uint32_t events, auto& into) {
    net.circuit.evaluate(from, values);
    const std::vector<uint8_t> before = values;
    for (const Rule& r : net.rules) {
      if (r.is_timer == by_event || !Circuit::value(r.enabled, before)) continue;
      out.beyond = out.beyond || Circuit::value(r.beyond, before);
      std::vector<bool> to = from;
      for (const Write& w : r.writes) to[w.bit] = Circuit::value(w.next, before);
      if (!seen.insert(to).second) continue;
      net.circuit.evaluate(to, values);
      for (size_t i = 0; i < net.conditions.size(); ++i) {
        if (!out.decided[i] && Circuit::value(net.conditions[i], values)) out.decided[i] = events;
      }
      into.push_back(std::move(to));
    }
    out.too_many = seen.size() > most;
    return !out.beyond && !out.too_many;
  };
  for (uint32_t events = 0; !layer.empty(); ++events) {
    for (size_t i = 0; i < layer.size(); ++i) {
      if (!move(layer[i], false, events, layer)) return out;
    }
    for (const auto& state : layer) {
      if (!move(state, true, events + 1, next)) return out;
    }
    layer = std::exchange(next, {});
  }
  out.states = seen.size();
  return out;
}

// Each condition is a property, and so is what never is.
NetProblem problem_of(Net net) {
  NetProblem p;
  p.net = std::move(net);
  p.groups = group_timers(p.net);
  p.span = {p.net.from, p.net.from + 4 * ms_per_day, 0};
  for (const Literal l : p.net.conditions) p.asked.emplace_back().state = l;
  p.asked.emplace_back();
  return p;
}

std::string shown(const NetOutcome& o) {
  std::string out =
      fmt::format("ended {} states {} {} events {} bits {} beyond {}", static_cast<int>(o.ended), o.states,
                  o.states_written, o.events, o.bits, o.beyond);
  for (const auto& s : o.stories) {
    out += "\nstory";
    for (const uint32_t r : s.value_or(std::vector<uint32_t>{999})) out += fmt::format(" {}", r);
  }
  return out;
}

// All states to which those events can lead, with what falls due between them, until one is what was asked.
class Followed {
 public:
  Followed(const NetProblem& p, const NetAsked& asked, bool with_time)
      : p_(p), asked_(asked), with_time_(with_time), timings_(p.net, p.groups, p.span) {}

  bool decided_by(const std::vector<uint32_t>& story) {
    std::vector<State> states{{p_.net.initial, Timings::beginning()}};
    last_ = story.empty();
    evaluate(states[0]);
    decided_ = last_ && (asked_.at_first || (with_time_ && timings_.may_end(0) && holds(asked_.state)));
    close(states);
    for (size_t i = 0; i < story.size(); ++i) {
      last_ = i + 1 == story.size();
      seen_.clear();
      std::vector<State> next;
      for (const State& s : states) {
        evaluate(s);
        take(s, story[i], next);
      }
      states = std::move(next);
      close(states);
    }
    return decided_;
  }

 private:
  using State = std::pair<std::vector<bool>, TimingId>;
  void evaluate(const State& s) { p_.net.circuit.evaluate(s.first, values_); }
  bool holds(Literal l) const { return Circuit::value(l, values_); }
  void close(std::vector<State>& states) {
    for (size_t i = 0; i < states.size() && !decided_; ++i) {
      const State s = states[i];
      evaluate(s);
      for (uint32_t r = 0; r < p_.net.rules.size(); ++r) {
        if (p_.net.rules[r].is_timer) take(s, r, states);
      }
    }
  }
  void take(const State& s, uint32_t r, std::vector<State>& into) {
    const RuleTiming& t = p_.groups.rules[r];
    if (!holds(with_time_ ? t.enabled : p_.net.rules[r].enabled)) return;
    uint64_t signature = 0;
    size_t bit = 0;
    for (const GroupStart& g : t.starts) signature |= uint64_t{holds(g.starts)} << bit++;
    for (const GroupAfter& g : t.after) signature |= uint64_t{holds(g.runs)} << bit++;
    const auto timing = with_time_ ? timings_.after(s.second, r, signature) : std::optional<TimingId>(0);
    if (!timing) return;
    State next{s.first, *timing};
    for (const Write& w : p_.net.rules[r].writes) next.first[w.bit] = holds(w.next);
    if (last_ && !asked_.by.empty()) decided_ = decided_ || holds(asked_.by[r]);
    if (!seen_[next.second].insert(next.first).second) return;
    const bool ends = with_time_ && timings_.may_end(*timing);
    if (last_ && (ends || (!asked_.at_the_end && (!with_time_ || timings_.lasts(*timing))))) {
      std::vector<uint8_t> after;
      p_.net.circuit.evaluate(next.first, after);
      decided_ = decided_ || Circuit::value(asked_.state, after);
    }
    into.push_back(std::move(next));
  }

  const NetProblem& p_;
  const NetAsked& asked_;
  const bool with_time_;
  Timings timings_;
  std::map<TimingId, std::unordered_set<std::vector<bool>>> seen_;
  std::vector<uint8_t> values_;
  bool last_ = false, decided_ = false;
};

Limits few_bytes() {
  Limits out;
  out.bytes = size_t{16} << 20;
  return out;
}

void expect_as_plainly(NetProblem& p, const Plain& plain) {
  const NetOutcome o = explore_symbolically(p, few_bytes(), {}, false);
  EXPECT_EQ(plain.beyond, !o.beyond.empty());
  if (plain.beyond) return;
  EXPECT_EQ(o.ended, Ended::complete);
  EXPECT_EQ(o.states, plain.states);
  for (size_t i = 0; i < plain.decided.size(); ++i) {
    ASSERT_EQ(plain.decided[i].has_value(), o.stories[i].has_value());
    if (!plain.decided[i]) continue;
    EXPECT_EQ(o.stories[i]->size(), *plain.decided[i]);
    EXPECT_TRUE(Followed(p, p.asked[i], false).decided_by(*o.stories[i]));
  }
  EXPECT_FALSE(o.stories.back());
  EXPECT_EQ(shown(o), shown(explore_symbolically(p, few_bytes(), {}, false)));
}

TEST(Symbolic, random_nets_with_time_left_out) {
  size_t compared = 0, beyond = 0;
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    const std::optional<Net> raw = random_net(seed);
    if (!raw || raw->circuit.size() > 2000) continue;
    const Compiled folded = fold(*raw);
    if (!folded.net || folded.net->circuit.size() > 5000) continue;
    const Plain plain = plainly(*folded.net, 2'000'000 / folded.net->circuit.size());
    if (plain.too_many) continue;
    NetProblem p = problem_of(*folded.net);
    expect_as_plainly(p, plain);
    if (HasFailure()) FAIL() << "seed " << seed;
    ++compared;
    beyond += plain.beyond;
  }
  EXPECT_GT(compared - beyond, 5u) << compared;
  EXPECT_GT(beyond, 5u);
}

Net folded_council(int parties) { return *fold(council_net(parties)).net; }

TEST(Symbolic, a_council_with_time_left_out) {
  for (const int parties : {3, 4}) {
    NetProblem p = problem_of(folded_council(parties));
    expect_as_plainly(p, plainly(p.net, 100'000));
  }
  NetProblem p = problem_of(folded_council(15));
  p.asked.resize(p.asked.size() - 1);
  const NetOutcome o = explore_symbolically(p, {}, {}, false);
  EXPECT_EQ(o.states, 3'884'393'687'389'016u);  // and 3,032,776 of six, one after the other
  ASSERT_TRUE(o.stories[0]);
  EXPECT_TRUE(Followed(p, p.asked[0], false).decided_by(*o.stories[0]));
}

TEST(Symbolic, a_budget_and_a_stop_end_it_cleanly) {
  NetProblem p = problem_of(folded_council(12));
  Limits limits;
  limits.bytes = size_t{8} << 20;
  const NetOutcome o = explore_symbolically(p, limits, {}, false);
  EXPECT_EQ(o.ended, Ended::memory);
  EXPECT_LE(o.bytes, limits.bytes);
  EXPECT_FALSE(o.stories.back());
  std::atomic<bool> stop{true};
  limits.stop = &stop;
  EXPECT_EQ(explore_symbolically(p, limits, {}, false).ended, Ended::stopped);
}

// ---- with time ----

// Whatever can be recorded or is live, of anybody and of each.
std::vector<Property> questions(const model::Model& m) {
  std::vector<Property> out;
  for (const Verdict v : {Verdict::breach, Verdict::fulfilled, Verdict::unperformed, Verdict::released,
                          Verdict::void_act, Verdict::adopted, Verdict::rejected, Verdict::duty}) {
    for (const char* bearer : {"", "A", "B"}) {
      Property p;
      p.mode = PropertyMode::possible;
      p.verdict.emplace().verdict = v;
      if (*bearer) p.verdict->bearer = m.find_entity(bearer);
      p.at_the_end = v == Verdict::duty && *bearer == 'A';
      out.push_back(std::move(p));
    }
  }
  out.emplace_back().verdict.emplace().verdict = Verdict::breach;
  out.back().verdict->bearer = m.find_entity("Council");
  return out;
}

struct Drafted {
  std::optional<model::Model> model;
  Problem problem;
  std::unique_ptr<Ground> ground;
  std::unique_ptr<NetProblem> net;
};
std::unique_ptr<Drafted> drafted(uint64_t seed, std::optional<uint32_t> at_most) {
  auto d = std::make_unique<Drafted>();
  std::string messages;
  d->model = resolved(random_draft(seed, draft_seconds).text(), messages);
  if (!d->model) return nullptr;
  Problem& p = d->problem;
  p = draft_problem(*d->model, seed, questions(*d->model));
  p.at_most = at_most;
  p.gap = seed % 4 == 0 ? 1 : 0;
  auto ground = Ground::make(p);
  if (!ground || ground.value()->status() != run::RunStatus::done) return nullptr;
  d->ground = std::move(ground.value());
  d->net = net_problem(*d->ground, {.capacity = 2}).problem;
  return d->net ? std::move(d) : nullptr;
}

TEST(Symbolic, random_drafts_with_time) {
  size_t compared = 0, beyond = 0, splits = 0, told = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    const std::optional<uint32_t> at_most =
        seed % 3 == 0 ? std::optional(seed % 2 == 0 ? 2u : 1u) : std::nullopt;
    const auto d = drafted(seed, at_most);
    if (!d) continue;
    const PlainOutcome plain = plain_search(*d->net, 3000);
    if (plain.too_many) continue;
    d->net->split({});
    const NetOutcome o = explore_symbolically(*d->net, few_bytes());
    SCOPED_TRACE(fmt::format("seed {} {}", seed, shown(o)));
    ASSERT_EQ(plain.beyond.empty(), o.beyond.empty()) << plain.beyond << o.beyond;
    ++compared;
    splits += plain.splits;
    if (!plain.beyond.empty()) {
      ++beyond;
      continue;
    }
    const bool all_decided = o.ended == Ended::decided;
    if (!all_decided) {
      EXPECT_EQ(o.states, plain.states);
    }
    for (size_t i = 0; i < plain.decided.size(); ++i) {
      ASSERT_EQ(plain.decided[i].has_value(), o.stories[i].has_value()) << i;
      if (!plain.decided[i]) continue;
      EXPECT_EQ(o.stories[i]->size(), *plain.decided[i]) << i;
      EXPECT_TRUE(Followed(*d->net, d->net->asked[i], true).decided_by(*o.stories[i])) << i;
      ++told;
    }
    d->net->split({});
    EXPECT_EQ(shown(o), shown(explore_symbolically(*d->net, few_bytes())));
    if (HasFailure()) return;
  }
  EXPECT_GT(compared - beyond, 100u);
  EXPECT_GT(splits, 100u);
  EXPECT_GT(told, 300u);
}

TEST(Symbolic, what_is_near_the_beginning_is_found_when_there_is_no_room_for_all) {
  NetProblem p = problem_of(folded_council(3));
  p.span.until = p.net.from + 300 * ms_per_day;
  const Limits limits = few_bytes();
  EXPECT_EQ(explore_symbolically(p, limits).ended, Ended::memory);
  p.asked.pop_back();
  const NetOutcome o = explore_symbolically(p, limits);
  EXPECT_EQ(o.ended, Ended::decided);
  EXPECT_LT(o.states, 1000u);
  ASSERT_TRUE(o.stories[0]);
  EXPECT_EQ(o.stories[0]->size(), 3u);
}

TEST(Symbolic, a_council_with_time) {
  for (const bool bounded : {false, true}) {
    NetProblem p = problem_of(folded_council(3));
    if (bounded) p.at_most = 4;
    const PlainOutcome plain = plain_search(p);
    const NetOutcome o = explore_symbolically(p, few_bytes());
    EXPECT_EQ(o.ended, bounded ? Ended::at_most : Ended::complete);
    EXPECT_EQ(o.states, plain.states);
    ASSERT_TRUE(o.stories[0]);
    EXPECT_EQ(o.stories[0]->size(), plain.decided[0]);
    EXPECT_TRUE(Followed(p, p.asked[0], true).decided_by(*o.stories[0]));
  }
}

}  // namespace
}  // namespace casus::explore::test
