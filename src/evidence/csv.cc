// SPDX-License-Identifier: Apache-2.0
// Events of a CSV file: a record (csv_records.h) is an event, its columns are named by the header.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>

#include "base/unicode.h"
#include "evidence/csv_records.h"
#include "evidence/file_reader.h"

namespace casus::evidence {
namespace {

using Form = RawValue::Form;

constexpr std::string_view arg_prefix = "arg.";

std::string_view trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

class CsvReader final : public FileReader {
 public:
  using FileReader::FileReader;
  std::string_view header() const override { return header_; }

 private:
  enum class What : uint8_t { at, event, id, known, source, asserted_by, denied_by, argument };
  static constexpr std::array<std::string_view, 7> own_columns = {
      "at", "event", "id", "known", "source", "asserted_by", "denied_by"};
  struct Column {
    What what{};
    std::string label;
  };

  Step read_line() override;
  bool read_header();
  bool read_row();
  bool add_column(std::string_view written);
  void read_field(const Column& column, std::string_view text);
  void read_actors(std::string_view text, std::vector<RawValue>& actors);
  Step scan();
  Step broken(Diag kind, size_t offset, std::string message, std::string label = {});

  std::vector<Column> columns_;
  CsvRecords records_{lines_};
  std::string header_;  // once it is read
};

// The record's fields; `event` when all is well.
FileReader::Step CsvReader::scan() {
  switch (records_.read()) {
    case CsvRecords::Status::failed:
      return Step::failed;
    case CsvRecords::Status::broken:
      return broken(records_.kind(), records_.offset(), records_.message(), records_.label());
    case CsvRecords::Status::record:
      break;
  }
  const std::string_view text = lines_.text();
  if (simdjson::validate_utf8(text.data(), text.size())) return Step::event;
  const size_t wrong_at = utf8_prefix(text);
  lines_.split();
  return broken(Diag::event_not_utf8, wrong_at, "the line is not UTF-8", "save the file as UTF-8");
}

FileReader::Step CsvReader::broken(Diag kind, size_t offset, std::string message, std::string label) {
  wrong(kind, std::move(message), std::move(label));
  if (offset <= lines_.text().size()) at_byte(offset);
  return Step::wrong;
}

FileReader::Step CsvReader::read_line() {
  const Step step = scan();
  if (step == Step::failed) return step;
  if (!header_.empty()) return step == Step::event && read_row() ? Step::event : Step::wrong;
  if (step == Step::event && read_header()) {
    header_ = lines_.text();
    return Step::nothing;
  }
  why_.notes.emplace_back("nothing of the file is read until its header is mended");
  return Step::all_wrong;
}

bool CsvReader::read_header() {
  for (size_t i = 0; i < records_.size(); ++i) {
    if (!add_column(trimmed(records_.field(i)))) return false;
  }
  for (const What needed : {What::at, What::event}) {
    const auto is_needed = [needed](const Column& column) { return column.what == needed; };
    if (std::any_of(columns_.begin(), columns_.end(), is_needed)) continue;
    return wrong(Diag::csv_bad_header,
                 fmt::format("the header has no column `{}`", own_columns[static_cast<size_t>(needed)]),
                 "line 1 names the columns: at,event,id and the labels of parameters");
  }
  return true;
}

bool CsvReader::add_column(std::string_view written) {
  Column column{What::argument, std::string(written)};
  const auto own = std::find(own_columns.begin(), own_columns.end(), written);
  if (own != own_columns.end()) {
    column.what = static_cast<What>(own - own_columns.begin());
  } else {
    if (written.starts_with(arg_prefix)) column.label.erase(0, arg_prefix.size());
    std::vector<std::string_view> known(own_columns.begin(), own_columns.end());
    for (const auto& event : model_.events) {
      for (const auto& param : event.params) known.push_back(param.label);
    }
    const bool is_label =
        std::find(known.begin() + own_columns.size(), known.end(), column.label) != known.end();
    if (!is_label) {
      return wrong(Diag::csv_bad_header,
                   written.empty()
                       ? "a column of the header has no name"
                       : fmt::format("the column {} is neither an event's own nor a parameter of one",
                                     quoted(written)),
                   did_you_mean(nearest_name(column.label, known)));
    }
  }
  for (const Column& other : columns_) {
    if (other.what != column.what || other.label != column.label) continue;
    return wrong(Diag::csv_bad_header, fmt::format("the header has two columns `{}`", column.label));
  }
  columns_.push_back(std::move(column));
  return true;
}

bool CsvReader::read_row() {
  if (records_.size() != columns_.size()) {
    return wrong(
        Diag::csv_field_count,
        fmt::format("the line has {} fields, and the header {} columns", records_.size(), columns_.size()),
        "a field that holds a comma is put in quotes");
  }
  raw_.clear();
  for (size_t i = 0; i < columns_.size(); ++i) {
    const std::string_view text = records_.field(i);
    if (!text.empty()) read_field(columns_[i], text);
  }
  return true;
}

void CsvReader::read_field(const Column& column, std::string_view text) {
  const RawValue value{Form::text, text};
  switch (column.what) {
    case What::at:
      raw_.at = value;
      return;
    case What::event:
      raw_.event = value;
      return;
    case What::id:
      raw_.id = value;
      fields_.expect(text);
      return;
    case What::source:
      raw_.source = value;
      return;
    case What::known:
      raw_.known = value;
      raw_.has_assertion = true;
      return;
    case What::asserted_by:
      read_actors(text, raw_.asserted_by);
      return;
    case What::denied_by:
      read_actors(text, raw_.denied_by);
      return;
    case What::argument:
      raw_.args.push_back({column.label, value});
      return;
  }
}

void CsvReader::read_actors(std::string_view text, std::vector<RawValue>& actors) {
  raw_.has_assertion = true;
  while (true) {
    const size_t end = std::min(text.find(';'), text.size());
    const std::string_view name = trimmed(text.substr(0, end));
    if (!name.empty()) actors.push_back({Form::text, name});
    if (end == text.size()) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::unique_ptr<EventReader> read_csv(std::string name, std::unique_ptr<Input> input,
                                      const model::Model& model, Labels& labels, RejectSink& rejects,
                                      const ReadLimits& limits) {
  return std::make_unique<CsvReader>(std::move(name), std::move(input), model, labels, rejects, limits);
}

}  // namespace casus::evidence
