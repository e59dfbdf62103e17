// SPDX-License-Identifier: Apache-2.0
// Generated texts as models, with the library's own words.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "imports/data.h"
#include "model/loader.h"

namespace casus::imports::test {

inline std::string library(const std::string& module) {
  std::ifstream in(std::string(CASUS_SOURCE_DIR) + "/library/" + module + ".casus.md");
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct World {
  // Modules by name; the last is the root.
  explicit World(const std::vector<std::pair<std::string, std::string>>& modules) {
    const model::ReadModule read = [&](const std::string& name,
                                       const std::string&) -> std::optional<model::ModuleText> {
      for (const auto& [own, text] : modules) {
        if (own == name) return model::ModuleText{name + ".casus", text};
      }
      std::string text = library(name);
      return text.empty() ? std::nullopt
                          : std::optional(model::ModuleText{name + ".casus.md", std::move(text)});
    };
    loaded =
        model::load({{modules.back().first + ".casus", modules.back().second}}, read, sources, diagnostics);
    EXPECT_TRUE(diagnostics.all().empty()) << render(diagnostics, sources, {});
  }
  const model::Model& model() const { return loaded.model; }
  Sources sources;
  Diagnostics diagnostics;
  model::Loaded loaded;
};

struct MadeAtop {
  Atop atop;
  Report report;
  Rejected rejected;
  std::string text;
};

inline MadeAtop make_atop(const std::string& alliance_rows, const std::string& member_rows,
                          const States& known = {}) {
  MadeAtop out;
  std::optional<Failure> failure;
  out.atop = read_atop(data("alliances.csv", alliance_rows), data("members.csv", member_rows), out.report,
                       out.rejected, failure);
  EXPECT_FALSE(failure.has_value());
  auto text = atop_model(out.atop, known, out.report);
  EXPECT_TRUE(text.ok());
  if (text) out.text = text.value();
  return out;
}

}  // namespace casus::imports::test
