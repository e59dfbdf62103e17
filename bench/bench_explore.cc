// SPDX-License-Identifier: Apache-2.0
// Exploration state by state: the council of tests/explore/council.h, bit-packed, and against the general explorer in the same run. One
// core, by CPU time of the thread.
#include <benchmark/benchmark.h>

#include "explore/council.h"
#include "explore/family.h"
#include "explore/packed.h"
#include "measure.h"
#include "model/resolve.h"
#include "text/diagnostic.h"

namespace casus::bench {
namespace {

using namespace explore;

class NoFiles final : public replay::Files {
 public:
  Result<std::unique_ptr<evidence::Input>> open(const std::string&) override {
    return Failure{"no files", ""};
  }
};

class Council {
 public:
  Council(int parties, const std::string& time) {
    Diagnostics diagnostics;
    const std::string text = test::council_question(parties, 2, "never attacked(RIVAL);", time);
    const syntax::Tree tree = syntax::parse(sources_.add("council.casus", text), sources_, diagnostics);
    const model::Input input{&tree, "council"};
    model_ = model::resolve(std::span(&input, 1), sources_, diagnostics);
    Question question;
    question.model = &model_;
    question.exploration = model::ExplorationId(0u);
    prepared_ = std::move(prepare(question, {}, files_).value());
    ground = std::move(Ground::make(prepared_->problem).value());
    net = std::move(net_problem(*ground).problem);
  }
  std::unique_ptr<Ground> ground;
  std::unique_ptr<NetProblem> net;

 private:
  Sources sources_;
  model::Model model_;
  NoFiles files_;
  std::unique_ptr<Prepared> prepared_;
};

Limits wide() {
  Limits limits;
  limits.states = 500'000'000;
  limits.reductions = {false, false, true, 0};
  return limits;
}

void packed_council(benchmark::State& state, int parties, const char* time) {
  Council council(parties, time);
  for (auto _ : state) {
    const double before = cpu_nanoseconds();
    const NetOutcome out = explore_packed(*council.net, wide());
    const double seconds = (cpu_nanoseconds() - before) / 1e9;
    if (out.ended != Ended::complete && out.ended != Ended::at_most) state.SkipWithError("not complete");
    const auto states = static_cast<double>(out.states);
    state.counters["states"] = states;
    state.counters["states_per_s"] = states / seconds;
    state.counters["moves_per_s"] = static_cast<double>(out.moves) / seconds;
    state.counters["bytes_a_state"] = static_cast<double>(out.bytes) / states;
  }
}
BENCHMARK_CAPTURE(packed_council, six, 6, "within 4 d")
    ->Name("explore.council_of_six")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(packed_council, eight, 8, "within 2 d, at most 9 events")
    ->Name("explore.council_of_eight")
    ->Unit(benchmark::kMillisecond);

// Both to the end, in turn; states a second of each.
void against_the_general_explorer(benchmark::State& state) {
  Council council(3, "within 40 d");
  for (auto _ : state) {
    const double begin = cpu_nanoseconds();
    const NetOutcome packed = explore_packed(*council.net, wide());
    const double middle = cpu_nanoseconds();
    const explore::Outcome general = search(*council.ground, wide());
    const double end = cpu_nanoseconds();
    if (packed.ended != Ended::complete || general.ended != Ended::complete)
      state.SkipWithError("not complete");
    const double fast = static_cast<double>(packed.states) / (middle - begin),
                 slow = static_cast<double>(general.states) / (end - middle);
    state.counters["packed_states_per_s"] = fast * 1e9;
    state.counters["general_states_per_s"] = slow * 1e9;
    state.counters["ratio"] = fast / slow;
  }
}
BENCHMARK(against_the_general_explorer)->Name("explore.against_general")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace casus::bench
