// SPDX-License-Identifier: Apache-2.0
// Rows of a data set: columns found by name, cells as numbers or texts, bad rows to a reject sink with their line and the reason.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "evidence/csv_records.h"
#include "evidence/events.h"
#include "imports/report.h"

namespace casus::imports {

struct DataFile {
  std::string name;  // as messages call it
  std::unique_ptr<evidence::Input> input;
};

class Rows {
 public:
  static constexpr uint64_t most_rows = 5'000'000;
  // `columns`: names, found whatever their case; other columns are of no concern. All must outlive this.
  Rows(DataFile file, std::span<const std::string_view> columns, Report& report,
       evidence::RejectSink& rejects);
  ~Rows();  // the file's line in the report, when it was read to its end
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  // The next row whose form is right; false at the end, or when the reading was given up.
  bool next();
  // Of the present row, by the place in `columns`. Nothing: blank, NA, or a negative code for missing, which is noted. What is no
  // whole number is the row's fault.
  std::optional<int64_t> number(size_t column, bool note_blank = true);
  // The same of an amount: a fraction is rounded, which is noted.
  std::optional<int64_t> amount(size_t column);
  // As number(), where a cell may not be missing, and lies in a range: else the row's fault, and the least.
  int64_t within(size_t column, int64_t least, int64_t most);
  std::string_view text(size_t column);  // UTF-8; until the next row
  // The row's fault, the first one counts.
  void wrong(size_t column, std::string message);
  // The row is read. False: it has a fault, and went to the reject sink.
  bool take();

  uint64_t line() const { return lines_.number(); }
  const std::string& file() const { return name_; }
  void met(Trap trap, size_t column) { report_.met(trap, name_, line(), columns_[column]); }
  // None: all was read.
  const std::optional<Failure>& failure() const { return failure_; }

 private:
  class Tap;
  bool read_header();
  bool whole_file_wrong(Diag kind, std::string message, std::string label);
  void reject(Diag kind, std::string message, std::string label, bool whole_file = false);
  bool form();
  std::optional<int64_t> read_number(size_t column, bool note_blank, bool whole);

  std::string name_;
  std::span<const std::string_view> columns_;
  Report& report_;
  evidence::RejectSink& rejects_;
  Tap* tap_;  // owned by lines_
  evidence::LineReader lines_;
  evidence::CsvRecords records_{lines_};
  std::string header_;
  std::vector<size_t> at_;  // column of `columns` → field
  size_t width_ = 0;        // fields of the header
  std::vector<std::string> cells_;
  std::unordered_set<std::string> seen_;
  std::optional<std::string> fault_;
  uint64_t rows_ = 0, rejected_ = 0;
  bool stopped_ = false;
  std::optional<Failure> failure_;
};

// What a byte of Windows-1252 means, as UTF-8; bytes that mean nothing there become U+FFFD.
std::string from_windows_1252(std::string_view bytes);

}  // namespace casus::imports
