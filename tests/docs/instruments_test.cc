// SPDX-License-Identifier: Apache-2.0
// The pages of the instruments say what the library says: each is what `casus show NAME --page` prints now, and there
// is no page of an instrument that is gone.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <set>

#include "diagnostics/loaded.h"
#include "report/page.h"

namespace casus::test {
namespace {

namespace fs = std::filesystem;

TEST(InstrumentPages, AreWhatTheLibrarySays) {
  const fs::path folder = source_path("docs/instruments");
  const bool update = std::getenv("CASUS_UPDATE_GOLDEN") != nullptr;
  std::string uses;
  for (const auto& entry : fs::directory_iterator(source_path("library"))) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".casus.md")) uses += "use " + name.substr(0, name.size() - 9) + ";\n";
  }
  const Loaded library = checked("all.casus", uses);
  ASSERT_FALSE(library.diagnostics.has_errors()) << library.messages();
  const model::Model& m = library.loaded.model;

  std::map<std::string, std::string> pages{{"README.md", report::instrument_index(m)}};
  for (size_t i = 0; i < m.instruments.size(); ++i) {
    pages[m.instruments[i].name + ".md"] =
        report::instrument_page(m, library.sources, model::InstrumentId(i));
  }
  ASSERT_GT(pages.size(), 7u);
  if (update) {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  for (const auto& [name, text] : pages) {
    if (update) std::ofstream(folder / name) << text;
    EXPECT_EQ(file_text((folder / name).string()).value_or(""), text) << "./dev golden writes it anew";
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    EXPECT_TRUE(pages.contains(entry.path().filename().string()))
        << entry.path() << " is the page of nothing";
  }
}

}  // namespace
}  // namespace casus::test
