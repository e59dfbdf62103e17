// SPDX-License-Identifier: Apache-2.0
// Event lines that can not be read: without --keep-going the first ones are errors and nothing is run; with it they are put aside, as they
// stand, each under a comment that says where it stood and why. Mended, the file can be read as events itself.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/world.h"
#include "evidence/events.h"

namespace casus::app {

// Without --keep-going: the first lines that can not be read are errors, and nothing is read further.
class FirstErrors final : public evidence::RejectSink {
 public:
  explicit FirstErrors(Diagnostics& to) : to_(to) {}
  bool reject(std::string_view, uint64_t, const Diagnostic& why) override {
    to_.add(why);
    return to_.errors() < 20;
  }

 private:
  Diagnostics& to_;
};

class RejectsFile final : public evidence::RejectSink {
 public:
  // `path`: where all of them are put; empty: those of each events file beside it, in NAME.rejects.ndjson or .csv. What leaves nothing
  // of a file to read, such as a wrong header, is an error all the same.
  // `what` is put aside, in the singular.
  RejectsFile(std::string path, Diagnostics& errors, std::string what = "event line");

  // The folder from which the files of the next replay are named. A line is put aside once, however many replays meet it.
  void of_folder(std::string folder) { folder_ = std::move(folder); }
  void from(const Origin& origin) override;
  bool reject(std::string_view line, uint64_t number, const Diagnostic& why) override;
  bool failed() const { return failed_; }
  // Once all is read: the files get their names.
  Outcome finish();
  // "3 event lines could not be read; they are in FILE"; empty when there is none.
  std::string told() const;

 private:
  struct Aside {
    explicit Aside(const std::string& path) : file(path) {}
    NewFile file;
    std::string header;  // as it was written last
    uint64_t lines = 0;
  };

  std::string path_, what_, folder_;
  Diagnostics& errors_;
  std::map<std::string, Aside> aside_;             // by path
  std::map<std::string, std::vector<bool>> seen_;  // by events file: lines
  // Of the line that comes next.
  Aside* to_ = nullptr;
  std::vector<bool>* lines_ = nullptr;
  std::string header_;
  bool whole_file_ = false;
  bool failed_ = false;
};

}  // namespace casus::app
