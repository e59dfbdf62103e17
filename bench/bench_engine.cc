// SPDX-License-Identifier: Apache-2.0
// The engine over the streams of streams.h, one core. What is compared is compared within one run: the machines drift.
#include <benchmark/benchmark.h>

#include <array>

#include "evidence/merge.h"
#include "evidence/text_input.h"
#include "heap.h"
#include "measure.h"
#include "program/program.h"
#include "replay/stream.h"
#include "run/engine.h"
#include "streams.h"

namespace casus::bench {
namespace {

// Counts records and keeps none: a stream's sink.
class CountingSink final : public run::Sink {
 public:
  void record(std::span<const run::Record> some) override {
    for (size_t i = 0; i < some.size(); ++i) ++counts_[i % 4][static_cast<size_t>(some[i].kind)];
  }
  uint64_t count(run::RecordKind kind) const {
    uint64_t sum = 0;
    for (const auto& counts : counts_) sum += counts[static_cast<size_t>(kind)];
    return sum;
  }
  void occurred(run::OccurrenceNo, const run::Occurrence&) override {}
  void fact_changed(uint32_t, const run::FactChange&) override {}

 private:
  std::array<std::array<uint64_t, 32>, 4>
      counts_{};  // by kind of record; in turns, so that none waits for the one before
};

template <class SinkType>
void drive(const program::Program& program, const run::Case& c, const std::vector<run::Occurrence>& events,
           SinkType& sink, int64_t after = 73 * ms_per_hour) {
  run::Engine engine(program, c, sink);
  engine.start();
  for (const run::Occurrence& e : events) {
    if (engine.step(e).status != run::RunStatus::done) std::abort();
  }
  engine.advance(events.back().at + after);
}

void events_per_second(benchmark::State& state, size_t events) {
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * events));
}

// What is set aside while it lives, above what was held before: of the engine and its sink, not of the input.
class Heap {
 public:
  Heap() : before_(heap_bytes()) { heap_mark(); }
  double peak_mb() const { return static_cast<double>(heap_peak() - before_) / 1e6; }

 private:
  int64_t before_;
};

void voting_engine(benchmark::State& state) {
  const model::Model m = voting_model(1000);
  const auto events = voting_stream(m, 1000, 200'000, 7);
  const run::Case c = case_of(m, events.front().at);
  const program::Program program = program::compile(m, c.under, c.view);
  double peak = 0;
  for (auto _ : state) {
    const Heap heap;
    run::Ledger ledger;
    drive(program, c, events, ledger);
    benchmark::DoNotOptimize(ledger.records.data());
    peak = heap.peak_mb();
  }
  state.counters["peak_MB"] = peak;
  events_per_second(state, events.size());
}
BENCHMARK(voting_engine)->Unit(benchmark::kMillisecond);

// From the bytes of an NDJSON file to the full ledger in memory.
void voting_ndjson_to_ledger(benchmark::State& state) {
  model::Model m = voting_model(1000);
  const auto events = voting_stream(m, 1000, 200'000, 7);
  const std::string text = voting_ndjson(m, events);
  model::Scenario s;
  for (size_t i = 0; i < m.instruments.size(); ++i) s.under.push_back({model::InstrumentId(i), std::nullopt});
  m.scenarios.push_back(s);
  double peak = 0;
  for (auto _ : state) {
    const Heap heap;
    run::Ledger ledger;
    NoRejects rejects;
    evidence::Labels labels;
    std::vector<std::unique_ptr<evidence::EventReader>> readers;
    readers.push_back(evidence::read_ndjson("voting.ndjson", std::make_unique<evidence::TextInput>(text), m,
                                            labels, rejects));
    auto reader = evidence::merge(std::move(readers), m, labels, rejects);
    auto r = replay::stream(m, model::ScenarioId(0u), {}, *reader, ledger);
    if (!r || r.value().taken != events.size()) std::abort();
    benchmark::DoNotOptimize(ledger.records.data());
    peak = heap.peak_mb();
  }
  state.counters["peak_MB"] = peak;
  events_per_second(state, events.size());
}
BENCHMARK(voting_ndjson_to_ledger)->Unit(benchmark::kMillisecond);

constexpr size_t crisis_events = 2'000'000;

// Steps the engine through the events as the yardstick is stepped: each made as it is taken, as a reader of a file does it.
void drive_crisis(const program::Program& program, const run::Case& c, const CrisisWords& words,
                  const std::vector<CrisisEvent>& events, run::Sink& sink) {
  run::Engine engine(program, c, sink);
  engine.start();
  std::vector<model::Value> number_of;  // of attacks
  run::Occurrence o = CrisisWords::blank();
  for (const CrisisEvent& e : events) {
    words.say(e, number_of, engine.next_occurrence(), o);
    if (engine.step(o).status != run::RunStatus::done) std::abort();
  }
  engine.advance(events.back().at * 1000 + 73 * ms_per_hour);
}

void crisis_engine(benchmark::State& state) {
  const model::Model m = crisis_model();
  const CrisisWords words(m);
  const auto events = crisis_stream(crisis_events, 7);
  const run::Case c = case_of(m, events.front().at * 1000);
  const program::Program program = program::compile(m, c.under, c.view);
  uint64_t breached = 0;
  for (auto _ : state) {
    CountingSink sink;
    drive_crisis(program, c, words, events, sink);
    breached = sink.count(run::RecordKind::breach);
  }
  state.counters["breached"] = static_cast<double>(breached);
  events_per_second(state, events.size());
}
BENCHMARK(crisis_engine)->Unit(benchmark::kMillisecond);

uint64_t by_hand(const std::vector<CrisisEvent>& events) {
  Yardstick yardstick;
  for (const CrisisEvent& e : events) yardstick.take(e);
  return yardstick.finish().breached;
}

void crisis_yardstick(benchmark::State& state) {
  const auto events = crisis_stream(crisis_events, 7);
  uint64_t breached = 0;
  for (auto _ : state) breached = by_hand(events);
  state.counters["breached"] = static_cast<double>(breached);
  events_per_second(state, events.size());
}
BENCHMARK(crisis_yardstick)->Unit(benchmark::kMillisecond);

// (b) The engine and the program by hand in turn. They must find the same.
void crisis_against_yardstick(benchmark::State& state) {
  const model::Model m = crisis_model();
  const CrisisWords words(m);
  const auto events = crisis_stream(crisis_events, 7);
  const run::Case c = case_of(m, events.front().at * 1000);
  const program::Program program = program::compile(m, c.under, c.view);
  double engine = 0, hand = 0;
  for (auto _ : state) {
    const double start = cpu_nanoseconds();
    CountingSink sink;
    drive_crisis(program, c, words, events, sink);
    const double between = cpu_nanoseconds();
    if (by_hand(events) != sink.count(run::RecordKind::breach))
      state.SkipWithError("other verdicts than by hand");
    hand += cpu_nanoseconds() - between;
    engine += between - start;
  }
  state.counters["time_ratio"] = engine / hand;
}
BENCHMARK(crisis_against_yardstick)->Unit(benchmark::kMillisecond);

// (d) The same timeline eight times as long in calendar time, deadlines with it: the same verdicts, and the same cost.
void crisis_stretched(benchmark::State& state) {
  struct Side {
    model::Model m;
    std::vector<run::Occurrence> events;
    run::Case c;
    program::Program program;
    double time = 0;
    uint64_t breached = 0;
    explicit Side(int64_t by)
        : m(crisis_model(by)),
          events(crisis_occurrences(m, stretched(crisis_stream(crisis_events / 2, 7), by))),
          c(case_of(m, events.front().at)),
          program(program::compile(m, c.under, c.view)) {}
    void run(int64_t by) {
      const double start = cpu_nanoseconds();
      CountingSink sink;
      drive(program, c, events, sink, by * 73 * ms_per_hour);
      time += cpu_nanoseconds() - start;
      breached = sink.count(run::RecordKind::breach);
    }
  };
  Side once(1), eight(8);
  for (auto _ : state) {
    once.run(1);
    eight.run(8);
    if (once.breached != eight.breached) state.SkipWithError("stretching changes the verdicts");
  }
  state.counters["time_ratio"] = eight.time / once.time;
}
BENCHMARK(crisis_stretched)->Unit(benchmark::kMillisecond);

// (c) What an event costs in the first and in the last fifth of the history.
void market_engine(benchmark::State& state) {
  const model::Model m = market_model(100);
  const auto events = market_stream(m, 100, static_cast<size_t>(state.range(0)), 7);
  const run::Case c = case_of(m, events.front().at);
  const program::Program program = program::compile(m, c.under, c.view);
  std::array<double, 5> fifth{};
  for (auto _ : state) {
    CountingSink sink;
    run::Engine engine(program, c, sink);
    engine.start();
    for (size_t part = 0; part < fifth.size(); ++part) {
      const double start = cpu_nanoseconds();
      for (size_t i = events.size() * part / 5; i < events.size() * (part + 1) / 5; ++i) {
        if (engine.step(events[i]).status != run::RunStatus::done) std::abort();
      }
      fifth[part] += cpu_nanoseconds() - start;
    }
  }
  const double each = static_cast<double>(state.iterations()) * static_cast<double>(events.size()) / 5;
  state.counters["ns_first_fifth"] = fifth.front() / each;
  state.counters["ns_last_fifth"] = fifth.back() / each;
  events_per_second(state, events.size());
}
BENCHMARK(market_engine)->Arg(25'000)->Arg(200'000)->Arg(1'600'000)->Unit(benchmark::kMillisecond);

// (f) Ten million events, made as they are taken: what stays is the engine.
void ten_million(benchmark::State& state) {
  const model::Model m = crisis_model();
  const auto events = crisis_occurrences(m, crisis_stream(100'000, 7));
  const run::Case c = case_of(m, events.front().at);
  const program::Program program = program::compile(m, c.under, c.view);
  const model::EventTypeId confer = m.find_event("confer"), aid = m.find_event("aid");
  const int64_t span = events.back().at - events.front().at + 60'000;
  double peak = 0;
  for (auto _ : state) {
    const Heap heap;
    CountingSink sink;
    run::Engine engine(program, c, sink);
    engine.start();
    for (int64_t lap = 0; lap < 100; ++lap) {
      const auto base = static_cast<model::Value>(engine.next_occurrence());
      for (const run::Occurrence& e : events) {
        run::Occurrence o = e;
        o.at += lap * span;
        if (o.event == confer)
          o.args[1] += base;
        else if (o.event == aid)
          o.args[2] += base;
        engine.step(o);
      }
    }
    peak = heap.peak_mb();
  }
  state.counters["peak_MB"] = peak;
  events_per_second(state, 10'000'000);
}
BENCHMARK(ten_million)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace casus::bench
