// SPDX-License-Identifier: Apache-2.0
// Event lines that can not be read: without --keep-going the first ones are errors and nothing is run; with it they are put aside, as they
// stand, into a file, each under a comment that says where it stood and why.
#pragma once

#include <cstdio>
#include <string>

#include "evidence/events.h"

namespace casus::app {

class RejectsFile final : public evidence::RejectSink {
 public:
  explicit RejectsFile(std::string path) : path_(std::move(path)) {}
  ~RejectsFile() override;
  RejectsFile(const RejectsFile&) = delete;
  RejectsFile& operator=(const RejectsFile&) = delete;

  bool reject(std::string_view line, uint64_t number, const Diagnostic& why) override;
  // The temporary file gets its name. A failure of writing comes out here.
  Outcome finish();
  uint64_t count() const { return count_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_, temporary_;
  std::FILE* file_ = nullptr;
  uint64_t count_ = 0;
  bool failed_ = false;
};

}  // namespace casus::app
