// SPDX-License-Identifier: Apache-2.0
// The command line run inside the test, in a folder of its own with a small library and a state folder.
#pragma once

#include <string>
#include <vector>

namespace casus::app::test {

struct Ran {
  int code = 0;
  std::string out, err;
};
// casus ARGS…, without colour, 80 columns wide.
Ran casus(std::vector<std::string> args);

// While this lives the current folder is a fresh one, path(), with `story.casus`; beside it lies `../library`
// with the module `basics` that the story uses, and `../state`.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string root_, path_, before_;
};
void write(const std::string& path, const std::string& text);
std::string read(const std::string& path);

}  // namespace casus::app::test
