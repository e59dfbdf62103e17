// SPDX-License-Identifier: Apache-2.0
// Documents and models of this project's own files, for tests.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "check/check.h"
#include "model/choose.h"
#include "model/loader.h"
#include "replay/no_files.h"
#include "replay/package.h"
#include "replay/replay.h"

namespace casus::test {

inline std::string source_path(std::string_view path) {
  return std::string(CASUS_SOURCE_DIR) + '/' + std::string(path);
}

inline std::optional<std::string> file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct Block {
  std::string info;     // what stands behind the opening fence
  std::string heading;  // the last one before it, without its marks
  std::string text;
};

// The fenced blocks of a document. A fence is closed by one that is as long or longer, so that a block shown
// in four marks may hold one of three.
inline std::vector<Block> blocks_of(const std::string& document) {
  std::vector<Block> out;
  std::string heading, line;
  size_t open = 0;
  for (std::istringstream in(document); std::getline(in, line);) {
    const size_t marks = std::min(line.find_first_not_of('`'), line.size());
    if (open == 0 && marks >= 3) {
      open = marks;
      out.push_back({line.substr(marks), heading, {}});
    } else if (open != 0 && marks >= open && marks == line.size()) {
      open = 0;
    } else if (open != 0) {
      out.back().text += line + '\n';
    } else if (line.starts_with('#')) {
      heading = line.substr(std::min(line.find_first_not_of("# "), line.size()));
    }
  }
  EXPECT_EQ(open, 0u) << "a fence is not closed in\n" << document;
  return out;
}

struct Loaded {
  Sources sources;
  Diagnostics diagnostics;
  model::Loaded loaded;

  std::string messages() const { return render(diagnostics, sources, {}); }
  std::vector<const Diagnostic*> with(std::string_view code) const {
    std::vector<const Diagnostic*> out;
    for (const Diagnostic& d : diagnostics.all()) {
      if (info(d.kind).code == code) out.push_back(&d);
    }
    return out;
  }
};

// As `casus check` does it: the model with the project's library, and, when it has no errors, the lints.
inline Loaded checked(const std::string& path, const std::string& text) {
  Loaded out;
  const model::ReadModule library = [](const std::string& name,
                                       const std::string&) -> std::optional<model::ModuleText> {
    const std::string module_path = source_path("library/" + name + ".casus.md");
    auto module_text = file_text(module_path);
    if (!module_text) return std::nullopt;
    return model::ModuleText{module_path, std::move(*module_text)};
  };
  out.loaded = model::load(path, text, library, out.sources, out.diagnostics);
  if (out.diagnostics.has_errors()) return out;
  const model::Model& m = out.loaded.model;
  check::check(m, out.sources, std::span(&path, 1), out.diagnostics, out.diagnostics);
  return out;
}

// Runs its scenarios, as `casus test` does, and adds what stops them.
inline void add_stops(Loaded& out) {
  const model::Model& m = out.loaded.model;
  if (out.diagnostics.has_errors()) return;
  replay::test::NoFiles files;
  for (size_t i = 0; i < m.scenarios.size(); ++i) {
    const model::Scenario& scenario = m.scenarios[i];
    std::vector<model::InstrumentId> under;
    for (const model::Under& u : scenario.under) under.push_back(u.instrument);
    if (const auto open = replay::left_open(m, under, scenario.expectations, scenario.with, scenario.span)) {
      out.diagnostics.add(*open);
      continue;
    }
    Diagnostics of_events;  // a page about event files needs them; its test is another
    const model::Model draft = model::choose(m, scenario.with);
    const auto judged = replay::judge(draft, model::ScenarioId(i), {}, files, of_events);
    if (judged && judged.value().stop.status != run::RunStatus::done)
      out.diagnostics.add(replay::message(m, judged.value().stop));
  }
}

}  // namespace casus::test
