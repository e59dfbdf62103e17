// SPDX-License-Identifier: Apache-2.0
#include "evidence/file_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace casus::evidence {
namespace {

// Places in a line are 32-bit, and the buffer is a little longer than a line.
constexpr size_t longest_line = size_t{1} << 30;

}  // namespace

FileReader::FileReader(std::string name, std::unique_ptr<Input> input, const model::Model& model,
                       Labels& labels, RejectSink& rejects, const ReadLimits& limits)
    : lines_(std::move(input), std::min(limits.max_line_bytes, longest_line)),
      fields_(model, labels, limits),
      model_(model),
      name_(std::move(name)),
      limit_(std::min(limits.max_line_bytes, longest_line)),
      rejects_(rejects) {}

bool FileReader::wrong(Diag kind, std::string message, std::string label) {
  why_ = {.kind = kind, .message = std::move(message), .label = std::move(label)};
  return false;
}

void FileReader::at_byte(size_t offset) {
  size_t column = 1;
  for (const char c : lines_.text().substr(0, offset)) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++column;
  }
  why_.where = fmt::format("{}, line {}, column {}", name_, lines_.number(), column);
}

bool FileReader::reject(bool whole_file) {
  ++rejected_;
  rejects_.from({.file = name_, .header = header(), .whole_file = whole_file});
  if (why_.where.empty()) why_.where = fmt::format("{}, line {}", name_, lines_.number());
  stopped_ = !rejects_.reject(lines_.text(), lines_.number(), why_);
  return !stopped_;
}

bool FileReader::resolve(RawEvent& raw, TimedEvent& event) {
  if (!fields_.resolve(raw, event, why_)) {
    reject();
    return false;
  }
  event.line = lines_.number();
  event.span = {};
  return true;
}

ReadStatus FileReader::next(TimedEvent& event) {
  while (!stopped_) {
    if (over_) return ReadStatus::end;
    const LineReader::Status status = lines_.next();
    if (status == LineReader::Status::end) return ReadStatus::end;
    if (status == LineReader::Status::failed) return ReadStatus::failed;
    if (status == LineReader::Status::too_long) {
      wrong(Diag::event_line_too_long, fmt::format("the line is longer than {} bytes", limit_),
            "one event a line; is a line's end missing?");
      reject();
      continue;
    }
    const std::string_view line = lines_.text();
    if (line.empty() || line.front() == '#' ||
        (line.front() <= ' ' && line.find_first_not_of(" \t\r") == std::string_view::npos)) {
      continue;
    }
    switch (read_line()) {
      case Step::nothing:
        continue;
      case Step::all_wrong:
        stopped_ = !reject(true);
        over_ = true;
        return stopped_ ? ReadStatus::stopped : ReadStatus::end;
      case Step::failed:
        return ReadStatus::failed;
      case Step::wrong:
        break;
      case Step::event:
        if (resolve(raw_, event)) return ReadStatus::event;
        continue;
    }
    reject();
  }
  return ReadStatus::stopped;
}

}  // namespace casus::evidence
