// SPDX-License-Identifier: Apache-2.0
// A bounded proof three times in one run: in a council of nine, two of whom have a veto, aid is never owed while nobody is mobilised, whatever
// happens. By answer sets: within six moves, time left out. By sets of states, time left out too, and state by state, with time: within six
// events, which is more, as what falls due between them is no event. Four moves are enough to mobilise (an attack, a proposal, a vote, and its time runs
// out), which the second question to answer sets finds.
#include <benchmark/benchmark.h>

#include "explore/answer_sets.h"
#include "explore/net_fold.h"
#include "explore/nets.h"
#include "explore/packed.h"
#include "explore/symbolic.h"

namespace casus::bench {
namespace {

using namespace explore::test;
using explore::Literal;

Literal aid_without_alarm(explore::Net& net) {
  return net.circuit.land(bit_of(net, "pending S1 Pact.2"), !bit_of(net, "mobilised()"));
}

void ask(benchmark::State& state, bool owed, uint32_t moves, bool expected) {
  explore::Net net = explore::fold(council_net(9)).net.value();
  const std::string program =
      answer_set_program(net, Goal{owed ? aid_without_alarm(net) : bit_of(net, "mobilised()"), {}});
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

void prove(benchmark::State& state, bool by_sets) {
  explore::Net net = explore::fold(council_net(9)).net.value();
  explore::NetAsked asked;
  asked.state = aid_without_alarm(net);
  explore::NetProblem problem = problem_of(std::move(net), 365);
  problem.asked = {asked};
  problem.at_most = 6;
  explore::Limits limits;
  limits.threads = 2;
  for (auto _ : state) {
    const explore::NetOutcome found = by_sets ? explore::explore_symbolically(problem, limits, {}, false)
                                              : explore::explore_packed(problem, limits);
    if (found.ended != explore::Ended::at_most || found.stories[0]) state.SkipWithError("another answer");
    state.counters["states"] = static_cast<double>(found.states);
  }
}

void sets_of_states_council_of_nine_proof(benchmark::State& state) { prove(state, true); }
void state_by_state_council_of_nine_proof(benchmark::State& state) { prove(state, false); }
BENCHMARK(sets_of_states_council_of_nine_proof)->UseRealTime()->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(state_by_state_council_of_nine_proof)->UseRealTime()->Iterations(1)->Unit(benchmark::kMillisecond);

void answer_sets_council_of_nine_proof(benchmark::State& state) { ask(state, true, 6, false); }
void answer_sets_council_of_nine_story(benchmark::State& state) { ask(state, false, 4, true); }
BENCHMARK(answer_sets_council_of_nine_proof)->UseRealTime()->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(answer_sets_council_of_nine_story)->UseRealTime()->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace casus::bench
