// SPDX-License-Identifier: Apache-2.0
// --save and --resume of `casus explore`: what an exploration that ended too early has seen, in a file.
#pragma once

#include "app/session.h"
#include "explore/checkpoint.h"

namespace casus::app {

class KeptExploration {
 public:
  explicit KeptExploration(Session& session) : s_(session) {}
  // Reads what is to be gone on with, and sees that a file can be written when the time has come. False: reported.
  bool open(size_t most_bytes);
  explore::Checkpoints* checkpoints() { return path_.empty() ? nullptr : &checkpoints_; }
  // Writes what is left to be gone on with, if anything is, and says so. False: reported.
  bool close();
  // Reports why an exploration failed, and returns the exit code.
  int failed(const Failure& why);

 private:
  Session& s_;
  std::string path_;  // empty: nothing is kept
  explore::Checkpoints checkpoints_;
};

}  // namespace casus::app
