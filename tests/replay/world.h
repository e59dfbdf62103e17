// SPDX-License-Identifier: Apache-2.0
// A model from text, event files from memory, and replays of its only scenario.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "evidence/text_input.h"
#include "model/loader.h"
#include "replay/replay.h"

namespace casus::replay::test {

class MemoryFiles final : public Files {
 public:
  Result<std::unique_ptr<evidence::Input>> open(const std::string& name) override {
    const auto it = texts.find(name);
    if (it == texts.end()) return Failure{"no file " + name, ""};
    ++opened[name];
    return std::unique_ptr<evidence::Input>(std::make_unique<evidence::TextInput>(it->second));
  }
  std::map<std::string, std::string> texts;
  std::map<std::string, size_t> opened;
};

struct World {
  explicit World(const std::string& text) {
    const model::ReadModule none = [](const std::string&, const std::string&) { return std::nullopt; };
    loaded = model::load("test.casus", text, none, sources, diagnostics);
    EXPECT_FALSE(diagnostics.has_errors()) << shown();
  }
  const model::Model& model() const { return loaded.model; }
  std::string shown() const { return render(diagnostics, sources, {}); }
  Replay run(Options options = {}, const std::string& view = {}) {
    if (!view.empty()) options.view = model().find_viewpoint(view);
    auto r = replay(model(), model::ScenarioId(size_t{0}), options, files, {}, diagnostics);
    EXPECT_TRUE(r.ok() && !diagnostics.has_errors()) << shown();
    return r.ok() ? std::move(r.value()) : Replay{};
  }

  Sources sources;
  Diagnostics diagnostics;
  model::Loaded loaded;
  MemoryFiles files;
};

}  // namespace casus::replay::test
