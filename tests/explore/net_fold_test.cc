// SPDX-License-Identifier: Apache-2.0
// A net and the folded net take the same moves: after each, and all that is then due at once, the same bits are set, the same timers run, and
// the same has been recorded.
#include "explore/net_fold.h"

#include <gtest/gtest.h>

#include "explore/nets.h"

namespace casus::explore::test {
namespace {

// The places of the folded net's bits and timers in the raw one, where they stand in the same order.
struct Places {
  std::vector<uint32_t> bits, timers;
};

Places places(const Net& raw, const Net& folded) {
  Places out;
  const auto subsequence = [](const auto& whole, const auto& part, auto same, std::vector<uint32_t>& at) {
    uint32_t i = 0;
    for (const auto& p : part) {
      while (i < whole.size() && !same(whole[i], p)) ++i;
      at.push_back(i++);
    }
    return i <= whole.size();
  };
  EXPECT_TRUE(subsequence(
      raw.bits, folded.bits,
      [](const Bit& a, const Bit& b) {
        return a.kind == b.kind && a.slot == b.slot && a.fact == b.fact && a.party == b.party &&
               a.args == b.args && a.value == b.value;
      },
      out.bits));
  EXPECT_TRUE(subsequence(
      raw.timers, folded.timers,
      [](const Timer& a, const Timer& b) {
        return a.kind == b.kind && a.name == b.name && (a.kind <= TimerKind::reached || a.slot == b.slot);
      },
      out.timers));
  return out;
}

struct Compared {
  size_t moves = 0;
  std::string differs;
};

std::string difference(const Net& raw, const Net& folded, const Places& at, const Course& a,
                       const Course& b) {
  std::string out;
  size_t next = 0;
  for (uint32_t bit = 0; bit < raw.bits.size(); ++bit) {
    const bool kept = next < at.bits.size() && at.bits[next] == bit;
    if (a.state()[bit] != (kept ? b.state()[next] : a.state()[bit])) out += raw.bits[bit].name + "\n";
    next += kept;
  }
  for (size_t q = 0; q < raw.conditions.size(); ++q) {
    if (a.holds(raw.conditions[q]) != b.holds(folded.conditions[q])) out += "a condition\n";
  }
  if (a.seen != b.seen) out += "records\n";
  const auto same = [&](const TimerStart& x, const TimerStart& y) {
    return x.timer == at.timers[y.timer] && x.due.absolute == y.due.absolute && x.due.at == y.due.at &&
           x.due.after == y.due.after;
  };
  if (!std::equal(a.agenda().begin(), a.agenda().end(), b.agenda().begin(), b.agenda().end(), same))
    out += "timers\n";
  return out;
}

Compared walk_both(const Net& raw, const Net& folded, uint64_t seed, size_t moves) {
  Compared out;
  const Places at = places(raw, folded);
  Course a(raw), b(folded);
  const std::vector<bool> first = a.state();
  Rng rng(seed);
  const size_t events = raw.rules.size() - raw.timers.size();
  for (; out.moves < moves; ++out.moves) {
    out.differs = difference(raw, folded, at, a, b);
    for (uint32_t bit = 0; bit < raw.bits.size(); ++bit) {
      if (a.state()[bit] != first[bit] && std::find(at.bits.begin(), at.bits.end(), bit) == at.bits.end())
        out.differs += "a bit that was taken for a constant: " + raw.bits[bit].name + "\n";
    }
    for (size_t e = 0; e < events; ++e) {
      if (a.holds(raw.rules[e].enabled) != b.holds(folded.rules[e].enabled)) out.differs += "what may come\n";
    }
    if (!out.differs.empty()) return out;
    std::vector<std::pair<const Rule*, const Rule*>> may;
    for (size_t e = 0; e < events; ++e) {
      if (a.holds(raw.rules[e].enabled)) may.emplace_back(&raw.rules[e], &folded.rules[e]);
    }
    for (size_t i = 0; i < a.agenda().size(); ++i)
      may.emplace_back(&a.rule_of(a.agenda()[i].timer), &b.rule_of(b.agenda()[i].timer));
    if (may.empty()) return out;
    const auto [one, other] = may[rng.below(may.size())];
    const Course before_a = a, before_b = b;
    const bool in_room = a.take(*one);
    if (b.take(*other) != in_room) out.differs = "where the room ends\n";
    if (!out.differs.empty()) return out;
    if (!in_room) {
      a = before_a;
      b = before_b;
    }
  }
  return out;
}

TEST(Fold, takes_the_moves_of_the_net_on_random_models) {
  size_t nets = 0, moves = 0, fewer_bits = 0, fewer_timers = 0, starts = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    const std::optional<Net> raw = random_net(seed);
    if (!raw) continue;
    const Compiled folded = fold(*raw);
    ASSERT_TRUE(folded.net) << folded.refusal.why;
    const Compared c = walk_both(*raw, *folded.net, seed, 120);
    ASSERT_EQ(c.differs, "") << "seed " << seed << ", after " << c.moves << " moves";
    ++nets;
    moves += c.moves;
    fewer_bits += folded.net->bits.size() < raw->bits.size();
    fewer_timers += folded.net->timers.size() < raw->timers.size();
    for (const Rule& r : folded.net->rules) {
      for (const TimerStart& s : r.timers) starts += at_once(*folded.net, s.due);
    }
  }
  EXPECT_EQ(starts, 0u);
  EXPECT_GT(nets, 250u);
  EXPECT_GT(moves, nets * 80);
  EXPECT_GT(fewer_bits, 30u);
  EXPECT_GT(fewer_timers, 30u);
}

TEST(Fold, of_councils_asks_no_question) {
  for (const int parties : {3, 6, 15}) {
    const Net raw = council_net(parties);
    const Compiled folded = fold(raw);
    ASSERT_TRUE(folded.net) << folded.refusal.why;
    std::cout << "council of " << parties << ": " << raw.bits.size() << " bits, " << raw.circuit.size()
              << " gates; folded " << folded.net->bits.size() << " bits, " << folded.net->circuit.size()
              << " gates\n";
    for (uint64_t seed = 1; seed <= 3; ++seed) EXPECT_EQ(walk_both(raw, *folded.net, seed, 2000).differs, "");
    EXPECT_EQ(folded.net->bits.size(), raw.bits.size() - 1);
    EXPECT_EQ(folded.net->timers.size(), raw.timers.size() - 1);
    EXPECT_LT(folded.net->circuit.size(), raw.circuit.size() * 3);
  }
}

Net folded_of(const std::string& clauses) {
  std::string text = R"(
kind state is actor;
state ALFA; state BRAVO;
event ask(by: actor); event report(by: actor);
fact exempt(who: state);
instrument Pact {
  in force from 2020-01-01;
  party BRAVO;
)";
  text += clauses + R"(
}
scenario s "s" {
  under Pact;
  from 2023-01-01;
  2023-01-02 ask(by: ALFA);
}
)";
  return fold(net_of(text).value()).net.value();
}

TEST(Fold, goes_on_until_nothing_more_is_due_at_once) {
  const auto chain = [](const std::string& within) {
    return folded_of(R"(
  article 1 { when ask() BRAVO shall report within 0 h; }
  article 2 { when breach of article 1 BRAVO shall report within )" +
                     within + R"(; }
  article 3 { when breach of article 2 BRAVO shall report within 0 h; }
)");
  };
  const Net at_once = chain("0 h"), later = chain("1 h");
  EXPECT_EQ(at_once.bits.size(), 0u);
  EXPECT_EQ(at_once.timers.size(), 0u);
  EXPECT_EQ(at_once.rules[0].records.size(), 7u);  // it occurs; each is born and breached
  EXPECT_EQ(at_once.rules[0].beyond, never);
  EXPECT_EQ(later.bits.size(), 1u);
  ASSERT_EQ(later.timers.size(), 1u);
  EXPECT_EQ(later.rules[0].records.size(), 4u);
  EXPECT_EQ(later.rules[1].records.size(), 3u);
}

TEST(Fold, has_no_room_for_what_never_comes_to_rest) {
  const Net net = folded_of(R"(
  article 1 { when ask() then begins exempt(ALFA), ends exempt(ALFA); }
  article 2 { when begins exempt(state s) BRAVO shall report within 0 h; }
  article 3 { when breach of article 2 then begins exempt(ALFA), ends exempt(ALFA); }
)");
  EXPECT_EQ(net.rules[0].beyond, always);
  EXPECT_EQ(net.rules[0].reasons.back().why, "very much would follow from it at once");
}

}  // namespace
}  // namespace casus::explore::test
