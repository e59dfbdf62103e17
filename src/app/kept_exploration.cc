// SPDX-License-Identifier: Apache-2.0
#include "app/kept_exploration.h"

#include <cstdio>
#include <filesystem>

namespace casus::app {
namespace fs = std::filesystem;
using Trouble = explore::Checkpoint::Trouble;

bool KeptExploration::open(size_t most_bytes) {
  path_ = s_.line.save.empty() ? s_.line.resume : s_.line.save;
  if (path_.empty()) return true;
  if (!s_.line.resume.empty()) {
    std::error_code error;
    if (fs::exists(s_.line.resume, error) && !fs::is_regular_file(s_.line.resume, error)) {
      s_.fail(io, "could not go on with " + s_.line.resume + ": it is no file",
              "name the file that --save named");
      return false;
    }
    const auto bytes = read_file(s_.line.resume, most_bytes);
    if (!bytes) return s_.fail(bytes.failure()), false;
    auto read = explore::Checkpoints::read(bytes.value());
    if (!read) {
      s_.fail(io, "could not go on with " + s_.line.resume + ": " + read.failure().what,
              read.failure().remedy);
      return false;
    }
    checkpoints_ = std::move(read.value());
  }
  std::error_code error;
  if (fs::is_regular_file(path_, error)) {
    const auto first = read_file(path_, 100);
    if (!first || !explore::Checkpoints::begins_like_one(first.value())) {
      s_.fail(usage, path_ + " is there already, and something else", "name another file for --save");
      return false;
    }
  }
  return s_.can_write(path_);
}

bool KeptExploration::close() {
  if (path_.empty() || !checkpoints_.unfinished()) return true;
  if (const Outcome written = write_file(path_, checkpoints_.text()); !written)
    return s_.fail(written.failure()), false;
  std::fprintf(stderr, "casus: what was seen is in %s; the same command with --resume %s goes on\n",
               path_.c_str(), path_.c_str());
  return true;
}

int KeptExploration::failed(const Failure& why) {
  if (checkpoints_.trouble == Trouble::none) return s_.fail(model_wrong, why.what, why.remedy);
  const ExitCode code = checkpoints_.trouble == Trouble::other_question ? usage
                        : checkpoints_.trouble == Trouble::limit        ? inconclusive
                                                                        : io;
  return s_.fail(code, "could not go on with " + s_.line.resume + ": " + why.what, why.remedy);
}

}  // namespace casus::app
