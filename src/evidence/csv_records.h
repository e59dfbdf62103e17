// SPDX-License-Identifier: Apache-2.0
// Records of a CSV file as RFC 4180 has it: fields in quotes may hold commas, doubled quotes and ends of lines. A record that
// holds an end of line is joined from its lines; if its quote turns out never to close, only its first line is lost.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evidence/line_reader.h"
#include "text/diagnostic.h"

namespace casus::evidence {

class CsvRecords {
 public:
  explicit CsvRecords(LineReader& lines) : lines_(lines) {}

  enum class Status : uint8_t { record, broken, failed };
  // The record that begins with the present line. `broken`: see kind() and what follows; the lines after the first are read
  // again. `failed`: the input did. Cost: O(record), no allocation once warm.
  Status read();

  size_t size() const { return fields_.size(); }
  // Field i, until the next read(). Its quotes are off, and doubled ones single.
  std::string_view field(size_t i);

  Diag kind() const { return kind_; }
  size_t offset() const { return offset_; }  // in the line: may lie beyond it when lines were joined
  const std::string& message() const { return message_; }
  const std::string& label() const { return label_; }

 private:
  struct Field {  // places in the record, since joining moves its bytes
    size_t begin = 0;
    size_t end = 0;
    bool doubled = false;  // it holds doubled quotes
  };

  Status scan_quoted(size_t& at);
  Status broken(Diag kind, size_t offset, const char* message, const char* label = "");

  LineReader& lines_;
  std::vector<Field> fields_;
  std::string undoubled_;  // of this record; does not move while it lasts
  Diag kind_{};
  size_t offset_ = 0;
  std::string message_, label_;
};

}  // namespace casus::evidence
