// SPDX-License-Identifier: Apache-2.0
// Nets with time, plainly and bit-packed, against the general explorer: on random drafts and on councils the same answers and the same
// fewest events.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "explore/draft_problem.h"
#include "explore/packed.h"
#include "explore/plain_search.h"
#include "explore/search.h"

namespace casus::explore::test {
namespace {

using model::Property;
using model::PropertyMode;
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
  Problem p;
  p.model = &*m;
  p.kase = case_of(*m);
  p.program = program::compile(*m, p.kase.under, p.kase.view);
  p.start = p.kase.from.ms;
  p.may_happen = may_happen(*m, seed);
  p.where.assign(p.may_happen.size(), -1);
  p.properties = questions(*m);
  p.condition.assign(p.properties.size(), -1);
  p.at_most = 2;
  p.gap = seed % 4 == 0 ? 1 : 0;
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
  const NetOutcome packed = explore_packed(*made.problem, {});
  if (packed.states != plain.states)
    out.difference += "packed " + std::to_string(packed.states) + " states, plain " +
                      std::to_string(plain.states) + "\n";
  for (size_t i = 0; i < plain.decided.size(); ++i) {
    const auto& found = packed.stories[i];
    if (found.has_value() != plain.decided[i].has_value() || (found && found->size() != *plain.decided[i]))
      out.difference += "packed: property " + std::to_string(i) + "\n";
    const PropertyOutcome& g = general.properties[made.problem->asked[i].property];
    std::optional<uint32_t> events;
    if (!g.stories.empty()) {
      events = 0;
      for (const Move& move : g.stories[0].path) *events += move.kind == Move::Kind::event;
    }
    if (events == plain.decided[i]) continue;
    const Property& asked = p.properties[made.problem->asked[i].property];
    const auto word = [](std::optional<uint32_t> n) { return n ? std::to_string(*n) : "never"; };
    out.difference += "verdict " + std::to_string(static_cast<int>(asked.verdict->verdict)) +
                      (asked.verdict->bearer ? " " + (*m)[asked.verdict->bearer].name : "") +
                      (asked.at_the_end ? " at the end" : "") + ": general " + word(events) + ", net " +
                      word(plain.decided[i]) + "\n";
  }
  return out;
}

// Leaves out lines for as long as the difference stays.
Draft shrunk(Draft d, uint64_t seed) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (size_t i = 3; i < d.articles.size(); ++i) {  // the parties, the role and the body stay
      Draft without = d;
      without.articles.erase(without.articles.begin() + static_cast<std::ptrdiff_t>(i));
      if (compare(without, seed).difference.empty()) continue;
      d = without;
      smaller = true;
      break;
    }
  }
  return d;
}

TEST(Packed, a_net_with_time_finds_what_the_general_explorer_finds) {
  const char* set = std::getenv("CASUS_MODELS");
  const uint64_t count = set ? std::strtoull(set, nullptr, 10) : 300;
  const char* from = std::getenv("CASUS_FIRST_MODEL");
  const uint64_t first = from ? std::strtoull(from, nullptr, 10) : 1;
  size_t counted = 0, failures = 0, equal = 0, splits = 0;
  std::map<std::string, size_t> why_not;
  for (uint64_t seed = first; seed < first + count && failures < 3; ++seed) {
    const Draft draft = random_draft(seed, draft_seconds);
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
    const Draft small = shrunk(draft, seed);
    ADD_FAILURE() << "seed " << seed << "\n" << small.text() << "\n" << compare(small, seed).difference;
  }
  printf("%zu of %zu drafts compared, in %zu as many states; %zu groups split\n", counted,
         static_cast<size_t>(count), equal, splits);
  for (const auto& [what, times] : why_not) printf("%zu: %s\n", times, what.c_str());
  if (failures == 0) {
    EXPECT_GT(counted * 10, count * 7);
  }
}

}  // namespace
}  // namespace casus::explore::test
