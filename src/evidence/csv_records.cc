// SPDX-License-Identifier: Apache-2.0
#include "evidence/csv_records.h"

#include <algorithm>

namespace casus::evidence {

// What is wrong with the record at `offset`. Its lines are read again, but for the first.
CsvRecords::Status CsvRecords::broken(Diag kind, size_t offset, const char* message, const char* label) {
  lines_.split();
  kind_ = kind;
  offset_ = offset;
  message_ = message;
  label_ = label;
  return Status::broken;
}

// From an opening quote to what follows the closing one.
CsvRecords::Status CsvRecords::scan_quoted(size_t& at) {
  const size_t opened = at;
  Field field{at + 1, 0, false};
  size_t look = field.begin;
  while (true) {
    const std::string_view text = lines_.text();
    const size_t quote = text.find('"', look);
    if (quote == std::string_view::npos) {
      look = text.size();
      const LineReader::Status status = lines_.join();
      if (status == LineReader::Status::failed) return Status::failed;
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
    fields_.push_back(field);
    if (at == text.size() || text[at] == ',') return Status::record;
    return broken(Diag::csv_stray_quote, quote, "a comma is missing after a closing quote",
                  "a quote inside a field in quotes is written twice");
  }
}

CsvRecords::Status CsvRecords::read() {
  fields_.clear();
  size_t at = 0;
  while (true) {
    if (at < lines_.text().size() && lines_.text()[at] == '"') {
      const Status status = scan_quoted(at);
      if (status != Status::record) return status;
    } else {
      const std::string_view text = lines_.text();
      const size_t end = std::min(text.find(',', at), text.size());
      const size_t quote = text.substr(at, end - at).find('"');
      if (quote != std::string_view::npos) {
        return broken(Diag::csv_stray_quote, at + quote,
                      "a quote stands inside a field that does not begin with one",
                      "put the whole field in quotes, and write the quote inside it twice");
      }
      fields_.push_back({at, end, false});
      at = end;
    }
    if (at == lines_.text().size()) break;
    ++at;
  }
  const size_t nul = lines_.text().find('\0');
  if (nul != std::string_view::npos) return broken(Diag::event_nul_byte, nul, "the line holds a NUL byte");
  undoubled_.clear();
  undoubled_.reserve(lines_.text().size());
  return Status::record;
}

std::string_view CsvRecords::field(size_t i) {
  const Field& field = fields_[i];
  const std::string_view raw = lines_.text().substr(field.begin, field.end - field.begin);
  if (!field.doubled) return raw;
  const size_t from = undoubled_.size();
  for (size_t k = 0; k < raw.size(); ++k) {
    undoubled_ += raw[k];
    if (raw[k] == '"') ++k;
  }
  return std::string_view(undoubled_).substr(from);
}

}  // namespace casus::evidence
