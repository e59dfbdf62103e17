// SPDX-License-Identifier: Apache-2.0
// The world outside: files, folders, the environment, the terminal. Only this room touches it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "replay/replay.h"

namespace casus::app {

// Its first `max_bytes` bytes.
Result<std::string> read_file(const std::string& path, size_t max_bytes);
// Under a temporary name beside it, then renamed: a reader never sees half a file.
Outcome write_file(const std::string& path, std::string_view bytes);

// Where the shipped library lies: $CASUS_LIBRARY, else beside the program (../../library, ../share/casus/library), else where it was built.
std::string library_folder();
// Files under a path that are models (`*.casus`, `*.casus.md`), sorted; the path itself when it is a file. Fails when there is nothing there.
Result<std::vector<std::string>> model_files(const std::string& path);
// A module's file by its name: in the folder of the file that uses it, in its `../library`, then anywhere in the library folder.
std::optional<std::string> module_path(const std::string& name, const std::string& from);

std::string state_folder();     // $XDG_STATE_HOME/casus, else ~/.local/state/casus

struct Terminal {
  bool is_terminal = false;
  size_t width = 80;
  bool colour = false;
};
// Of standard output. Width: $COLUMNS, else the terminal's, else 80. Colour: on a terminal, unless NO_COLOR is set or TERM is dumb.
Terminal terminal();

// Event files, by path as the scenario names them (relative to the scenario's own folder).
class EventFiles final : public replay::Files {
 public:
  explicit EventFiles(std::string folder) : folder_(std::move(folder)) {}
  Result<std::unique_ptr<evidence::Input>> open(const std::string& name) override;

 private:
  std::string folder_;
};
std::unique_ptr<evidence::Input> standard_input();

}  // namespace casus::app
