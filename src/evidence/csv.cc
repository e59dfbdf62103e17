// SPDX-License-Identifier: Apache-2.0
// CSV as RFC 4180 has it: fields in quotes may hold commas, doubled quotes and ends of lines. The record that holds
// an end of line is joined from its lines; if its quote turns out never to close, only its first line is lost.
#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>

#include "base/unicode.h"
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
  struct Field {  // places in the record, since joining moves its bytes
    size_t begin = 0;
    size_t end = 0;
    bool doubled = false;  // it holds doubled quotes
  };

  Step read_line() override;
  bool read_header();
  bool read_row();
  bool add_column(std::string_view written);
  void read_field(const Column& column, std::string_view text);
  void read_actors(std::string_view text, std::vector<RawValue>& actors);
  Step scan();
  Step scan_quoted(size_t& at);
  Step broken(Diag kind, size_t offset, std::string message, std::string label = {});
  std::string_view text_of(const Field& field);

  std::vector<Column> columns_;
  std::vector<Field> fields_of_line_;
  std::string undoubled_;  // of this record; does not move while it lasts
  std::string header_;  // once it is read
};

// What is wrong with the record at `offset`. Its lines are read again, but for the first.
FileReader::Step CsvReader::broken(Diag kind, size_t offset, std::string message, std::string label) {
  lines_.split();
  wrong(kind, std::move(message), std::move(label));
  if (offset <= lines_.text().size()) at_byte(offset);
  return Step::wrong;
}

// From an opening quote to what follows the closing one.
FileReader::Step CsvReader::scan_quoted(size_t& at) {
  const size_t opened = at;
  Field field{at + 1, 0, false};
  size_t look = field.begin;
  while (true) {
    const std::string_view text = lines_.text();
    const size_t quote = text.find('"', look);
    if (quote == std::string_view::npos) {
      look = text.size();
      const LineReader::Status status = lines_.join();
      if (status == LineReader::Status::failed) return Step::failed;
      if (status == LineReader::Status::line) continue;
      return broken(Diag::csv_open_quote, opened, "a quote is opened here and not closed",
                    "a quote inside a field in quotes is written twice");
    }
    if (quote + 1 < text.size() && text[quote + 1] == '"') {
      field.doubled = true;
      look = quote + 2;
      continue;
    }
    field.end = quote;
    at = quote + 1;
    fields_of_line_.push_back(field);
    if (at == text.size() || text[at] == ',') return Step::event;
    return broken(Diag::csv_stray_quote, quote, "a comma is missing after a closing quote",
                  "a quote inside a field in quotes is written twice");
  }
}

// The record's fields; `event` when all is well.
FileReader::Step CsvReader::scan() {
  fields_of_line_.clear();
  size_t at = 0;
  while (true) {
    if (at < lines_.text().size() && lines_.text()[at] == '"') {
      const Step step = scan_quoted(at);
      if (step != Step::event) return step;
    } else {
      const std::string_view text = lines_.text();
      const size_t end = std::min(text.find(',', at), text.size());
      const size_t quote = text.substr(at, end - at).find('"');
      if (quote != std::string_view::npos) {
        return broken(Diag::csv_stray_quote, at + quote,
                      "a quote stands inside a field that does not begin with one",
                      "put the whole field in quotes, and write the quote inside it twice");
      }
      fields_of_line_.push_back({at, end, false});
      at = end;
    }
    if (at == lines_.text().size()) break;
    ++at;
  }
  const std::string_view text = lines_.text();
  const size_t nul = text.find('\0');
  if (nul != std::string_view::npos) return broken(Diag::event_nul_byte, nul, "the line holds a NUL byte");
  if (simdjson::validate_utf8(text.data(), text.size())) return Step::event;
  return broken(Diag::event_not_utf8, utf8_prefix(text), "the line is not UTF-8", "save the file as UTF-8");
}

std::string_view CsvReader::text_of(const Field& field) {
  const std::string_view raw = lines_.text().substr(field.begin, field.end - field.begin);
  if (!field.doubled) return raw;
  const size_t from = undoubled_.size();
  for (size_t i = 0; i < raw.size(); ++i) {
    undoubled_ += raw[i];
    if (raw[i] == '"') ++i;
  }
  return std::string_view(undoubled_).substr(from);
}

FileReader::Step CsvReader::read_line() {
  const Step step = scan();
  if (step == Step::failed) return step;
  undoubled_.clear();
  undoubled_.reserve(lines_.text().size());
  if (!header_.empty()) return step == Step::event && read_row() ? Step::event : Step::wrong;
  if (step == Step::event && read_header()) {
    header_ = lines_.text();
    return Step::nothing;
  }
  why_.notes.emplace_back("nothing of the file is read until its header is mended");
  return Step::all_wrong;
}

bool CsvReader::read_header() {
  for (const Field& field : fields_of_line_) {
    if (!add_column(trimmed(text_of(field)))) return false;
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
  if (fields_of_line_.size() != columns_.size()) {
    return wrong(Diag::csv_field_count,
                 fmt::format("the line has {} fields, and the header {} columns", fields_of_line_.size(),
                             columns_.size()),
                 "a field that holds a comma is put in quotes");
  }
  raw_.clear();
  for (size_t i = 0; i < columns_.size(); ++i) {
    const std::string_view text = text_of(fields_of_line_[i]);
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
