// SPDX-License-Identifier: Apache-2.0
// A bounded proof by answer sets, against which the explorers here are to be measured in the same run: in a council of nine, two of whom have a
// veto, aid is never owed while nobody is mobilised, whatever happens within six moves. Four are enough to mobilise (an attack, a proposal, a vote,
// and its time runs out), which the second question finds. Time is left out: what is due may pass at any time.
#include <benchmark/benchmark.h>

#include "explore/answer_sets.h"
#include "explore/net_fold.h"
#include "explore/nets.h"

namespace casus::bench {
namespace {

using namespace explore::test;

void ask(benchmark::State& state, bool owed, uint32_t moves, bool expected) {
  explore::Net net = explore::fold(council_net(9)).net.value();
  const explore::Literal mobilised = bit_of(net, "mobilised()"), aid = bit_of(net, "pending S1 Pact.2");
  const std::string program =
      answer_set_program(net, Goal{owed ? net.circuit.land(aid, !mobilised) : mobilised, {}});
  double solving = 0;
  for (auto _ : state) {
    const auto answered = ask_answer_sets(program, moves, false, std::chrono::seconds(600));
    if (!answered || answered->any != expected) {
      state.SkipWithError("gringo or clasp failed, had not time enough, or came to another answer");
      return;
    }
    solving += answered->solving;
  }
  state.counters["clasp_s"] = benchmark::Counter(solving, benchmark::Counter::kAvgIterations);
}

void answer_sets_council_of_nine_proof(benchmark::State& state) { ask(state, true, 6, false); }
void answer_sets_council_of_nine_story(benchmark::State& state) { ask(state, false, 4, true); }
BENCHMARK(answer_sets_council_of_nine_proof)->UseRealTime()->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(answer_sets_council_of_nine_story)->UseRealTime()->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace casus::bench
