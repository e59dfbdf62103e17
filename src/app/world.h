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
// A file that is written under a temporary name beside it, and gets its own when it is whole: nobody sees half of it, and
// what stood there before stays when something fails. A device or a pipe is written as it is; of a link, what it points to.
class NewFile {
 public:
  explicit NewFile(std::string path) : path_(std::move(path)) {}
  ~NewFile();  // not finished: nothing is left of it
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  // False once something has failed: what comes after is dropped.
  bool write(std::string_view bytes);
  // Also where nothing was written: then the file is empty. A failure of any step comes out here.
  Outcome finish();

 private:
  bool open();
  bool flush();
  bool failed_with(int error);

  std::string path_, target_, temporary_, buffer_;
  int fd_ = -1;
  int error_ = 0;
};
Outcome write_file(const std::string& path, std::string_view bytes);

// Where the shipped library lies: $CASUS_LIBRARY, else beside the program (../../library, ../share/casus/library), else where it was built.
std::string library_folder();
// Files under a path that are models (`*.casus`, `*.casus.md`), sorted; the path itself when it is a file. Fails when there is nothing there.
Result<std::vector<std::string>> model_files(const std::string& path);
// A module's file by its name: in the folder of the file that uses it, in its `../library`, then anywhere in the library folder.
std::optional<std::string> module_path(const std::string& name, const std::string& from);

std::string state_folder();  // $XDG_STATE_HOME/casus, else ~/.local/state/casus

struct Terminal {
  bool is_terminal = false;
  size_t width = 80;
  bool colour = false;
};
// Of standard output. Width: $COLUMNS, else the terminal's, else 80. Colour: on a terminal, unless NO_COLOR is set or TERM is dumb.
Terminal terminal();

// An events file as a scenario names it, from the scenario's own folder.
std::string event_path(const std::string& folder, const std::string& name);
class EventFiles final : public replay::Files {
 public:
  explicit EventFiles(std::string folder) : folder_(std::move(folder)) {}
  Result<std::unique_ptr<evidence::Input>> open(const std::string& name) override;

 private:
  std::string folder_;
};
std::unique_ptr<evidence::Input> standard_input();

}  // namespace casus::app
