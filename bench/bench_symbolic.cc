// SPDX-License-Identifier: Apache-2.0
// Exploration by sets of states: the council of tests/explore/council.h, two of whom have a veto, with time left out and with it. One core,
// by CPU time. The net is there already; its diagrams are made each time.
#include <benchmark/benchmark.h>

#include "explore/net_fold.h"
#include "explore/nets.h"
#include "explore/symbolic.h"

namespace casus::bench {
namespace {

using namespace explore;

NetProblem council(int64_t parties, int64_t days) {
  NetProblem p;
  p.net = fold(test::council_net(static_cast<int>(parties))).net.value();
  p.groups = group_timers(p.net);
  p.span = {p.net.from, p.net.from + days * ms_per_day, 0};
  return p;
}

void explore_it(benchmark::State& state, NetProblem& p, bool with_time, bool found) {
  for (auto _ : state) {
    const NetOutcome out = explore_symbolically(p, {}, {}, with_time);
    if (out.ended == Ended::memory || !out.beyond.empty()) state.SkipWithError("not complete");
    for (const auto& story : out.stories) {
      if (story.has_value() != found) state.SkipWithError("another answer");
    }
    state.counters["states"] = static_cast<double>(out.states);
    state.counters["events"] = static_cast<double>(out.events);
  }
}

void reach(benchmark::State& state) {
  NetProblem p = council(state.range(0), 1);
  explore_it(state, p, false, true);
}
// That somebody who was attacked has aid mobilised for it: all that may be reached, then in breadth.
void shortest_story(benchmark::State& state) {
  NetProblem p = council(state.range(0), 1);
  p.asked.emplace_back().state = p.net.conditions[0];
  explore_it(state, p, false, true);
}
void reach_with_time(benchmark::State& state) {
  NetProblem p = council(state.range(0), state.range(1));
  explore_it(state, p, true, true);
}
// Within so many events something does not come about: every layer to the last.
void bounded_proof(benchmark::State& state) {
  NetProblem p = council(state.range(0), 1);
  p.asked.emplace_back();
  p.at_most = static_cast<uint32_t>(state.range(1));
  explore_it(state, p, false, false);
}
BENCHMARK(reach)->Name("symbolic.reach")->Arg(6)->Arg(9)->Arg(12)->Arg(15)->Unit(benchmark::kMillisecond);
BENCHMARK(shortest_story)
    ->Name("symbolic.shortest_story")
    ->Arg(6)
    ->Arg(9)
    ->Arg(12)
    ->Arg(15)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(reach_with_time)
    ->Name("symbolic.reach_with_time")
    ->Args({9, 90})
    ->Args({15, 8})
    ->Args({15, 90})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(bounded_proof)
    ->Name("symbolic.bounded_proof")
    ->Args({9, 6})
    ->Args({9, 30})
    ->Args({15, 10})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace casus::bench
