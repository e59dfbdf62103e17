// SPDX-License-Identifier: Apache-2.0
#include "app/rejects.h"

#include <filesystem>

#include "text/words.h"

namespace casus::app {
namespace fs = std::filesystem;

namespace {

// events.csv → events.rejects.csv: its ending says how it is read.
std::string beside(const std::string& events) {
  if (events == "-") return "casus.rejects.ndjson";
  fs::path path = events;
  const std::string ending = path.extension().string();
  return path.replace_extension(".rejects" + (ending.empty() ? ".ndjson" : ending)).string();
}

}  // namespace

RejectsFile::RejectsFile(std::string path, Diagnostics& errors, std::string what)
    : path_(std::move(path)), what_(std::move(what)), errors_(errors) {
  if (!path_.empty()) aside_.try_emplace(path_, path_);
}

void RejectsFile::from(const Origin& origin) {
  const std::string name(origin.file);
  const std::string events = name.empty() || name == "-" ? name : event_path(folder_, name);
  const std::string path = path_.empty() ? beside(events) : path_;
  whole_file_ =
      origin.whole_file || name.empty();  // an event of the scenario's own text is no line of a file
  if (whole_file_) return;
  to_ = &aside_.try_emplace(path, path).first->second;
  lines_ = &seen_[events];
  header_ = origin.header;
}

bool RejectsFile::reject(std::string_view line, uint64_t number, const Diagnostic& why) {
  if (whole_file_) {
    errors_.add(why);
    return false;
  }
  if (lines_->size() <= number) lines_->resize(number + number / 2 + 1);
  if ((*lines_)[number]) return true;
  (*lines_)[number] = true;
  if (to_->header != header_) {
    to_->header = header_;
    to_->file.write(header_ + '\n');
  }
  ++to_->lines;
  const std::string label = why.label.empty() ? "" : "; " + why.label;
  to_->file.write("# " +
                  one_line(why.where + ": " + std::string(info(why.kind).code) + ": " + why.message + label) +
                  '\n');
  to_->file.write(line);
  failed_ = !to_->file.write("\n");
  return !failed_;
}

Outcome RejectsFile::finish() {
  for (auto& [path, aside] : aside_) {
    if (auto written = aside.file.finish(); !written)
      return Failure{"the " + what_ + "s that could not be read were lost: " + written.failure().what,
                     "name another place with --rejects"};
  }
  return Done{};
}

std::string RejectsFile::told() const {
  uint64_t lines = 0;
  std::string places;
  for (const auto& [path, aside] : aside_) {
    lines += aside.lines;
    if (aside.lines != 0) places += (places.empty() ? "" : ", ") + path;
  }
  if (lines == 0) return {};
  return lines == 1 ? "1 " + what_ + " could not be read; it is in " + places
                    : std::to_string(lines) + " " + what_ + "s could not be read; they are in " + places;
}

}  // namespace casus::app
