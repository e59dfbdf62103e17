// SPDX-License-Identifier: Apache-2.0
// (g) What every command begins with: reading, parsing and resolving the whole library and every scenario, with the files in the system's cache.
#include <benchmark/benchmark.h>

#include "app/world.h"
#include "model/loader.h"

namespace casus::bench {
namespace {

void add_files(const std::string& folder, std::vector<model::ModuleText>& to) {
  const auto files = app::model_files(std::string(CASUS_SOURCE_DIR) + "/" + folder);
  for (const std::string& path : files.value()) to.push_back({path, app::read_file(path, SIZE_MAX).value()});
}

void start_with_the_library(benchmark::State& state) {
  size_t clauses = 0;
  for (auto _ : state) {
    std::vector<model::ModuleText> roots;
    add_files("library", roots);
    add_files("scenarios", roots);
    Sources sources;
    Diagnostics diagnostics;
    const auto loaded = model::load(
        std::move(roots), [](const auto&, const auto&) { return std::nullopt; }, sources, diagnostics);
    if (diagnostics.has_errors()) state.SkipWithError("the library has errors");
    clauses = loaded.model.clauses.size();
  }
  state.counters["clauses"] = static_cast<double>(clauses);
}
BENCHMARK(start_with_the_library)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace casus::bench
