// SPDX-License-Identifier: Apache-2.0
#include "report/world.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "replay/no_files.h"

namespace casus::report::test {

namespace {

std::string read(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

}  // namespace

void load(World& w, const std::string& path, const std::string& text) {
  const model::ReadModule none = [](const std::string&, const std::string&) { return std::nullopt; };
  w.loaded = model::load(path, text, none, w.sources, w.diagnostics);
  ASSERT_FALSE(w.diagnostics.has_errors()) << render(w.diagnostics, w.sources, {});
}

void load_pact(World& w) { load(w, "pact.casus.md", read(CASUS_SOURCE_DIR "/tests/report/pact.casus.md")); }

replay::Replay replay_of(World& w, const std::string& scenario, const std::string& view) {
  replay::Options options;
  if (!view.empty()) options.view = w.model().find_viewpoint(view);
  replay::test::NoFiles files;
  for (size_t i = 0; i < w.model().scenarios.size(); ++i) {
    if (w.model().scenarios[i].name != scenario) continue;
    auto r = replay::replay(w.model(), model::ScenarioId(i), options, files, {}, w.diagnostics);
    if (r && !w.diagnostics.has_errors()) return std::move(r.value());
  }
  ADD_FAILURE() << "no replay of " << scenario << "\n" << render(w.diagnostics, w.sources, {});
  return {};
}

void expect_golden(const std::string& text, const std::string& name) {
  const std::string path = std::string(CASUS_SOURCE_DIR "/tests/report/golden/") + name;
  if (std::getenv("CASUS_UPDATE_GOLDEN")) {
    std::ofstream(path) << text;
    return;
  }
  EXPECT_EQ(text, read(path)) << "./dev golden writes " << path << " anew";
}

}  // namespace casus::report::test
