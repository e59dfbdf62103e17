// SPDX-License-Identifier: Apache-2.0
#include "imports/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/hash.h"
#include "base/unicode.h"
#include "text/words.h"

namespace casus::imports {

using evidence::CsvRecords;
using evidence::LineReader;

namespace {

constexpr size_t longest_line = size_t{1} << 20;

// 0x80 to 0x9F; the rest of the code page is Latin-1.
constexpr uint16_t windows_1252[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                       0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

std::string_view trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(" \t\r");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

std::string from_windows_1252(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) {
    uint32_t c = static_cast<unsigned char>(byte);
    if (c >= 0x80 && c < 0xA0) c = windows_1252[c - 0x80];
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | c >> 6);
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      out += static_cast<char>(0xE0 | c >> 12);
      out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return out;
}

// Sees every byte on its way to the lines: its hash does not depend on the size of the pieces.
class Rows::Tap final : public evidence::Input {
 public:
  explicit Tap(std::unique_ptr<evidence::Input> from) : from_(std::move(from)) {}
  Result<size_t> read(char* into, size_t size) override {
    auto n = from_->read(into, size);
    if (!n) return n;
    for (const char c : std::string_view(into, n.value())) {
      const auto byte = static_cast<unsigned char>(c);
      hash = (hash ^ byte) * UINT64_C(0x100000001B3);  // FNV-1a
      marks += bytes < 3 && byte == static_cast<unsigned char>("\xEF\xBB\xBF"[bytes]);
      pairs += c == '\n' && last_ == '\r';
      last_ = c;
      ++bytes;
    }
    return n;
  }
  uint64_t hash = UINT64_C(0xCBF29CE484222325), bytes = 0, pairs = 0;
  unsigned marks = 0;

 private:
  std::unique_ptr<evidence::Input> from_;
  char last_ = 0;
};

Rows::Rows(DataFile file, std::span<const std::string_view> columns, Report& report,
           evidence::RejectSink& rejects)
    : name_(std::move(file.name)),
      columns_(columns),
      report_(report),
      rejects_(rejects),
      tap_(new Tap(std::move(file.input))),
      lines_(std::unique_ptr<evidence::Input>(tap_), longest_line) {}

Rows::~Rows() {
  if (stopped_ || failure_) return;  // how much of it was seen is chance
  if (tap_->marks == 3) report_.met(Trap::byte_order_mark, name_);
  if (tap_->pairs != 0) report_.met(Trap::carriage_returns, name_);
  report_.files.push_back({name_, tap_->bytes, rows_, rejected_, short_hex(mix64(tap_->hash), 16)});
}

void Rows::reject(Diag kind, std::string message, std::string label, bool whole_file) {
  ++rejected_;
  Diagnostic why{.kind = kind, .message = std::move(message), .label = std::move(label)};
  why.where = fmt::format("{}, line {}", name_, lines_.number());
  rejects_.from({.file = name_, .header = header_, .whole_file = whole_file});
  stopped_ = !rejects_.reject(lines_.text(), lines_.number(), why) || whole_file;
}

bool Rows::whole_file_wrong(Diag kind, std::string message, std::string label) {
  reject(kind, std::move(message), std::move(label), true);
  failure_ = Failure{"nothing of " + name_ + " can be read", "mend its first line"};
  return false;
}

bool Rows::read_header() {
  std::vector<std::string> names;
  for (size_t i = 0; i < records_.size(); ++i) names.push_back(lower(trimmed(records_.field(i))));
  width_ = names.size();
  for (const std::string_view wanted : columns_) {
    const auto found = std::find(names.begin(), names.end(), wanted);
    if (found == names.end()) {
      const std::vector<std::string_view> known(names.begin(), names.end());
      const std::string near = nearest_name(wanted, known);
      return whole_file_wrong(Diag::csv_bad_header, fmt::format("the header has no column `{}`", wanted),
                              near.empty() ? "is this another file, or another version of it?"
                                           : fmt::format("it has {}", quoted(near)));
    }
    if (std::find(found + 1, names.end(), wanted) != names.end())
      return whole_file_wrong(Diag::csv_bad_header, fmt::format("the header has two columns `{}`", wanted),
                              "");
    at_.push_back(static_cast<size_t>(found - names.begin()));
  }
  header_ = lines_.text();
  return true;
}

// Whether the present line is a record with a field for each column; if not, it went to the sink.
bool Rows::form() {
  switch (records_.read()) {
    case CsvRecords::Status::failed:
      failure_ = lines_.failure();
      return false;
    case CsvRecords::Status::broken:
      if (header_.empty()) return whole_file_wrong(records_.kind(), records_.message(), records_.label());
      reject(records_.kind(), records_.message(), records_.label());
      return false;
    case CsvRecords::Status::record:
      break;
  }
  if (header_.empty()) {
    read_header();
    return false;
  }
  if (records_.size() != width_) {
    reject(Diag::csv_field_count,
           fmt::format("the line has {} fields, and the header {} columns", records_.size(), width_),
           "a field that holds a comma is put in quotes");
    return false;
  }
  if (!seen_.emplace(lines_.text()).second) {
    report_.met(Trap::duplicate_row, name_, line());
    return false;
  }
  return true;
}

bool Rows::next() {
  while (!stopped_ && !failure_) {
    const LineReader::Status status = lines_.next();
    if (status == LineReader::Status::end) {
      if (header_.empty()) return whole_file_wrong(Diag::csv_bad_header, "the file is empty", "");
      return false;
    }
    if (status == LineReader::Status::failed) {
      failure_ = lines_.failure();
      return false;
    }
    if (status == LineReader::Status::too_long) {
      reject(Diag::event_line_too_long, fmt::format("the line is longer than {} bytes", longest_line),
             "is a line's end missing?");
      continue;
    }
    if (trimmed(lines_.text()).empty() || !form()) continue;
    if (++rows_ > most_rows) {
      failure_ = Failure{fmt::format("{} has more than {} rows", name_, most_rows), "import it in parts"};
      return false;
    }
    fault_.reset();
    const bool utf8 = is_valid_utf8(lines_.text());
    if (!utf8) report_.met(Trap::not_utf8, name_, line());
    cells_.clear();
    for (const size_t field : at_) {
      const std::string_view cell = trimmed(records_.field(field));
      cells_.push_back(utf8 ? std::string(cell) : from_windows_1252(cell));
    }
    return true;
  }
  return false;
}

std::optional<int64_t> Rows::number(size_t column, bool note_blank) {
  return read_number(column, note_blank, true);
}

std::optional<int64_t> Rows::amount(size_t column) { return read_number(column, true, false); }

std::optional<int64_t> Rows::read_number(size_t column, bool note_blank, bool whole) {
  const std::string_view text = cells_[column];
  if (text.empty() || text == "NA" || text == ".") {
    if (note_blank) met(Trap::blank, column);
    return std::nullopt;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(std::abs(value) < 0x1p53)) {
    wrong(column, fmt::format("{} is no number", quoted(text)));
    return std::nullopt;
  }
  if (std::trunc(value) != value) {
    if (whole) {
      wrong(column, fmt::format("{} is no whole number", quoted(text)));
      return std::nullopt;
    }
    met(Trap::fraction, column);
  } else if (text.find_first_of("eE") != std::string_view::npos) {
    met(Trap::scientific, column);
  }
  if (value >= 0) return std::llround(value);
  if (value < -9)
    wrong(column, fmt::format("{} is negative", text));
  else
    met(Trap::minus_nine, column);
  return std::nullopt;
}

int64_t Rows::within(size_t column, int64_t least, int64_t most) {
  const auto value = number(column);
  if (value && least <= *value && *value <= most) return *value;
  wrong(column, value ? fmt::format("{} is not in {} to {}", *value, least, most) : "it must be given");
  return least;
}

std::string_view Rows::text(size_t column) { return cells_[column]; }

void Rows::wrong(size_t column, std::string message) {
  if (!fault_) fault_ = fmt::format("{}: {}", columns_[column], message);
}

bool Rows::take() {
  if (!fault_) return true;
  reject(Diag::event_bad_value, *fault_, "");
  return false;
}

}  // namespace casus::imports
