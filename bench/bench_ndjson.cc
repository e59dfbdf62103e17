// SPDX-License-Identifier: Apache-2.0
// How fast event lines become events, and how that compares with simdjson alone, which only walks over every value of the
// same lines. Both are measured in turn within one run, so that the ratio does not hang on the machine's mood.
#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "app/world.h"
#include "base/rng.h"
#include "base/time.h"
#include "evidence/small_model.h"
#include "measure.h"

namespace casus::evidence {
namespace {

constexpr size_t line_count = 500'000;

std::string bench_folder() { return std::filesystem::temp_directory_path().string(); }

// Votes, about 110 bytes each, in order of time. A name of its own for each is the worst case: half a million names that
// nobody asks for are still kept.
std::string votes(bool named) {
  static const char* const names[] = {"RUS", "UKR", "USA", "GBR", "FRA", "CHN"};
  static const char* const ballots[] = {"yes", "no", "abstain"};
  std::string out;
  for (size_t i = 0; i < line_count; ++i) {
    const Instant at{1'645'826'400'000 + static_cast<int64_t>(i) * 60'000};
    const std::string number = std::to_string(i);
    out += R"({"at":")" + format_iso(at, Precision::minute) + R"(","event":"vote",)" +
           (named ? R"("id":"v)" + number : R"("source":"d)" + number) + R"(","args":{"by":")" +
           names[i * 7 % 6] + R"(","on":"S2022_155","as":")" + ballots[i % 3] + "\"}}\n";
  }
  out.reserve(out.size() + simdjson::SIMDJSON_PADDING);
  return out;
}

template <class Value>
size_t walk(Value value) {
  namespace od = simdjson::ondemand;
  size_t sum = 0;
  od::json_type type{};
  if (value.type().get(type) != simdjson::SUCCESS) return 0;
  if (type == od::json_type::object) {
    for (auto field : value.get_object()) {
      od::raw_json_string key;
      if (field.key().get(key) == simdjson::SUCCESS) sum += static_cast<size_t>(key.raw()[0]);
      od::value inner;
      if (field.value().get(inner) == simdjson::SUCCESS) sum += walk(inner);
    }
  } else if (type == od::json_type::array) {
    for (auto element : value.get_array()) {
      od::value inner;
      if (element.get(inner) == simdjson::SUCCESS) sum += walk(inner);
    }
  } else {
    std::string_view text;
    if (value.get_string().get(text) == simdjson::SUCCESS) sum += text.size();
  }
  return sum;
}

size_t simdjson_alone(std::string_view text) {
  simdjson::ondemand::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
  parser.threaded = false;  // one core, as the reader
#endif
  simdjson::ondemand::document_stream documents;
  if (parser.iterate_many(text.data(), text.size(), size_t{1} << 16).get(documents) != simdjson::SUCCESS)
    return 0;
  size_t lines = 0;
  size_t sum = 0;
  for (auto it = documents.begin(); it != documents.end(); ++it) {
    simdjson::ondemand::document_reference document;
    if ((*it).get(document) != simdjson::SUCCESS) break;
    sum += walk<simdjson::ondemand::document_reference&>(document);
    ++lines;
  }
  benchmark::DoNotOptimize(sum);
  return lines;
}

size_t read_events(const model::Model& model, std::unique_ptr<Input> input) {
  bench::NoRejects rejects;
  Labels labels;
  const auto reader = read_ndjson("votes", std::move(input), model, labels, rejects);
  TimedEvent event;
  size_t lines = 0;
  while (reader->next(event) == ReadStatus::event) ++lines;
  return lines;
}

std::unique_ptr<Input> open_votes() {
  auto input = app::EventFiles(bench_folder()).open("votes.ndjson");
  return std::move(input.value());
}

// The whole file in a buffer that is made once: the quickest way to give simdjson what it wants.
size_t simdjson_alone_from_file(std::string& buffer) {
  const auto input = open_votes();
  size_t size = 0;
  while (true) {
    const auto n = input->read(buffer.data() + size, buffer.size() - simdjson::SIMDJSON_PADDING - size);
    if (!n || n.value() == 0) break;
    size += n.value();
  }
  return simdjson_alone({buffer.data(), size});
}

void ndjson_lines(benchmark::State& state) {
  const model::Model model = small_model();
  const std::string text = votes(state.range(0) != 0);
  for (auto _ : state) {
    if (read_events(model, std::make_unique<TextInput>(text)) != line_count)
      state.SkipWithError("a line was not read");
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * line_count));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * text.size()));
}
BENCHMARK(ndjson_lines)->ArgName("named")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

template <class Alone, class Ours>
void compare(benchmark::State& state, const Alone& simdjson_alone, const Ours& read) {
  double ours = 0;
  double alone = 0;
  for (auto _ : state) {
    const double start = bench::cpu_nanoseconds();
    if (simdjson_alone() != line_count) state.SkipWithError("simdjson did not read every line");
    const double between = bench::cpu_nanoseconds();
    if (read() != line_count) state.SkipWithError("a line was not read");
    ours += bench::cpu_nanoseconds() - between;
    alone += between - start;
  }
  const auto lines = static_cast<double>(state.iterations() * line_count);
  state.counters["ns_a_line"] = ours / lines;
  state.counters["simdjson_ns_a_line"] = alone / lines;
  state.counters["time_ratio"] = ours / alone;
}

void ndjson_file_against_simdjson_alone(benchmark::State& state) {
  const model::Model model = small_model();
  std::string buffer = votes(state.range(0) != 0);
  if (!app::write_file(bench_folder() + "/votes.ndjson", buffer))
    return state.SkipWithError("no file was written");
  buffer.resize(buffer.size() + simdjson::SIMDJSON_PADDING);
  compare(
      state, [&] { return simdjson_alone_from_file(buffer); },
      [&] { return read_events(model, open_votes()); });
  std::filesystem::remove(bench_folder() + "/votes.ndjson");
}
BENCHMARK(ndjson_file_against_simdjson_alone)
    ->ArgName("named")
    ->Arg(0)
    ->Arg(1)
    ->Unit(benchmark::kMillisecond);

// From memory: simdjson reads it where it lies; we read from any input, and so move it into our buffer first.
void ndjson_against_simdjson_alone(benchmark::State& state) {
  const model::Model model = small_model();
  const std::string text = votes(state.range(0) != 0);
  compare(
      state, [&] { return simdjson_alone(text); },
      [&] { return read_events(model, std::make_unique<TextInput>(text)); });
}
BENCHMARK(ndjson_against_simdjson_alone)->ArgName("named")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace casus::evidence
