// SPDX-License-Identifier: Apache-2.0
// (g) What every command begins with: reading, parsing and resolving the whole library and every scenario, with the files in the system's cache.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "model/loader.h"

namespace casus::bench {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<model::ModuleText> files_of(const std::string& folder) {
  std::vector<model::ModuleText> out;
  for (const auto& f : std::filesystem::directory_iterator(std::string(CASUS_SOURCE_DIR) + "/" + folder)) {
    const std::string name = f.path().filename().string();
    if (name.ends_with(".casus.md") || name.ends_with(".casus")) out.push_back({f.path().string(), text_of(f.path())});
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return out;
}

void start_with_the_library(benchmark::State& state) {
  size_t clauses = 0;
  for (auto _ : state) {
    std::vector<model::ModuleText> roots = files_of("library");
    for (auto& s : files_of("scenarios")) roots.push_back(std::move(s));
    Sources sources;
    Diagnostics diagnostics;
    const auto loaded = model::load(std::move(roots), [](const auto&, const auto&) { return std::nullopt; }, sources, diagnostics);
    if (diagnostics.has_errors()) state.SkipWithError("the library has errors");
    clauses = loaded.model.clauses.size();
  }
  state.counters["clauses"] = static_cast<double>(clauses);
}
BENCHMARK(start_with_the_library)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace casus::bench
