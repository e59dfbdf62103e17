// SPDX-License-Identifier: Apache-2.0
// A state that is taken and put back goes on as the run that it was taken from: on random models, event by event.
#include "run/snapshot.h"

#include <algorithm>
#include <tuple>

#include "base/many_models.h"
#include "base/rng.h"
#include "run/harness.h"
#include "run/random_model.h"

namespace casus::run::test {
namespace {

struct Run {
  Ledger ledger;
  Engine engine;
  size_t seen = 0;  // records before the present step
  Run(const program::Program& program, const Case& c) : engine(program, c, ledger) {}
  std::vector<Told> known;

  void learn(OccurrenceNo told) {
    for (size_t n = known.size(); n < ledger.occurrences.size(); ++n) {
      known.emplace_back();
      static_cast<Occurrence&>(known.back()) = ledger.occurrences[n];
    }
    if (told != no_number) known[told].told = true;
  }
  // What the step wrote, without the numbers of duties and occurrences.
  std::vector<std::tuple<int, uint32_t, uint32_t, int64_t>> written() {
    engine.flush();
    std::vector<std::tuple<int, uint32_t, uint32_t, int64_t>> out;
    for (; seen < ledger.records.size(); ++seen) {
      const Record& r = ledger.records[seen];
      // A state keeps no facts that nothing asks about.
      if (r.kind == RecordKind::fact_begins || r.kind == RecordKind::fact_ends) continue;
      out.emplace_back(static_cast<int>(r.kind), r.clause.value, r.bearer.value, r.at);
    }
    std::sort(out.begin(), out.end());
    return out;
  }
};

struct Tally {
  size_t states = 0, obstacles = 0, refused = 0, lost = 0;
};

std::vector<int64_t> instants(const Snapshot& s) {
  std::vector<int64_t> out;
  for (const Moment& m : s.moments) out.push_back(m.at);
  return out;
}

// The story of the random model; after each event the state is put into a second engine, which takes the next event too.
void follow(const model::Model& m, uint64_t seed, Tally& tally) {
  Case c = case_of(m);
  c.agenda_limit = 500;
  const program::Program program = program::compile(m, c.under, c.view);
  std::vector<EventTypeId> all;
  for (size_t e = 3; e < m.events.size(); ++e) all.push_back(EventTypeId(e));
  const Snapshots snapshots(program, c, all);
  if (!snapshots.obstacles().empty()) {
    ++tally.refused;
    return;
  }
  Run a(program, c);
  if (a.engine.start() != RunStatus::done) return;
  a.learn(no_number);
  a.written();
  std::vector<OccurrenceNo> numbers;
  Snapshot before, after, again;
  bool have = !snapshots.save(a.engine, a.known, before);
  for (const model::ScenarioEvent& e : m.scenarios.front().events) {
    Occurrence o = occurrence_of(m, e, numbers);
    const Occurrence given = o;
    bool whole = have;
    const int64_t now = a.engine.now();
    Run b(program, c);
    b.engine.start();
    if (have) {
      // The same event as the state calls what it names.
      const auto rename = [&](EventTypeId type, auto& args) {
        if (!type) return;
        for (size_t i = 0; i < m[type].params.size(); ++i) {
          if (m[type].params[i].type.kind != model::TypeKind::event || args[i] == model::no_value) continue;
          const auto at =
              std::find(before.numbers.begin(), before.numbers.end(), static_cast<uint32_t>(args[i]));
          if (at == before.numbers.end()) {
            whole = false;  // a motion that is decided, say
            return;
          }
          args[i] = at - before.numbers.begin();
        }
      };
      rename(o.event, o.args);
      rename(o.content, o.content_args);
    }
    const Stepped one = a.engine.step(given);
    numbers.push_back(one.number);
    if (one.status != RunStatus::done || a.engine.advance(given.at) != RunStatus::done) return;
    a.learn(one.number);
    const auto by_a = a.written();
    have = !snapshots.save(a.engine, a.known, after);
    tally.obstacles += !have;
    if (whole) {
      snapshots.load(before, instants(before), now, b.engine);
      b.ledger = {};
      b.seen = 0;
      Snapshots::known(before, instants(before), b.known);
      for (size_t n = 0; n < b.known.size(); ++n) b.ledger.occurrences.push_back(b.known[n]);
      const Stepped other = b.engine.step(o);
      ASSERT_EQ(other.status, RunStatus::done) << "seed " << seed;
      ASSERT_EQ(b.engine.advance(given.at), RunStatus::done) << "seed " << seed;
      b.learn(other.number);
      ASSERT_EQ(b.written(), by_a) << "seed " << seed << " at " << format_iso(Instant{given.at});
      if (have) {
        ASSERT_FALSE(snapshots.save(b.engine, b.known, again)) << "seed " << seed;
        ASSERT_EQ(again.words, after.words) << "seed " << seed << " at " << format_iso(Instant{given.at});
        ASSERT_EQ(again.moments, after.moments) << "seed " << seed << " at " << format_iso(Instant{given.at});
        ++tally.states;
      }
    } else {
      ++tally.lost;
    }
    std::swap(before, after);
  }
}

TEST(Snapshots, a_state_goes_on_as_the_run_it_was_taken_from) {
  const auto [first, count] = casus::test::many_models(200);
  Tally tally;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    std::string messages;
    const auto m = resolved(print(random_model(seed)), messages);
    if (!m || m->scenarios.empty()) continue;
    follow(*m, seed, tally);
    if (::testing::Test::HasFatalFailure()) return;
  }
  RecordProperty("states", static_cast<int>(tally.states));
  EXPECT_GT(tally.states, count) << tally.refused << " models refused, " << tally.obstacles << " obstacles, "
                                 << tally.lost << " events lost";
  printf("%zu states, %zu refused, %zu obstacles, %zu lost\n", tally.states, tally.refused, tally.obstacles,
         tally.lost);
}

}  // namespace
}  // namespace casus::run::test
