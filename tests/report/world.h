// SPDX-License-Identifier: Apache-2.0
// A small model in which most things happen, loaded from text, and its replays.
#pragma once

#include <string>

#include "model/loader.h"
#include "replay/replay.h"

namespace casus::report::test {

struct World {
  Sources sources;
  Diagnostics diagnostics;
  model::Loaded loaded;
  const model::Model& model() const { return loaded.model; }
};

// A diagnostic fails the test. `path` decides whether the text is literate.
void load(World& world, const std::string& path, const std::string& text);
// tests/report/pact.casus.md
void load_pact(World& world);
// The scenario of that name, through the eyes of a viewpoint (empty: its own).
replay::Replay replay_of(World& world, const std::string& scenario, const std::string& view = {});

// Compares with tests/report/golden/NAME, or writes it anew when CASUS_UPDATE_GOLDEN is set.
void expect_golden(const std::string& text, const std::string& name);

}  // namespace casus::report::test
