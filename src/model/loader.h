// SPDX-License-Identifier: Apache-2.0
// A model from its root files: parsed, with the modules that they use, and resolved.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/resolve.h"

namespace casus::model {

struct ModuleText {
  std::string path;  // as shown to the user
  std::string text;
};
// Reads a module's text by its name, or by its path when it ends in `.casus` or `.casus.md` (told from the folder of `from_path`), for the file at `from_path` (empty for the prelude). nullopt: not found.
using ReadModule =
    std::function<std::optional<ModuleText>(const std::string& name, const std::string& from_path)>;

struct Loaded {
  Model model;
  std::vector<syntax::Tree> trees;  // used modules before their users
  std::vector<SourceId> files;      // of the same index
};

// Follows every `use`, each module once (cycles do no harm); the module `prelude` is used by all when the
// reader finds it. A module is known by its name and by its path. With errors of syntax nothing is resolved,
// and the model is empty. Never fails: see resolve().
Loaded load(std::vector<ModuleText> roots, const ReadModule& read, Sources& sources,
            Diagnostics& diagnostics);
Loaded load(std::string path, std::string text, const ReadModule& read, Sources& sources,
            Diagnostics& diagnostics);

}  // namespace casus::model
