// SPDX-License-Identifier: Apache-2.0
#include "coding/against.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "evidence/csv_records.h"

namespace casus::coding {

using evidence::CsvRecords;
using evidence::LineReader;

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<int64_t> whole(std::string_view text) {
  text = trimmed(text);
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

class Reader {
 public:
  Reader(const std::string& path, std::unique_ptr<evidence::Input> input, const std::set<int64_t>& numbers,
         HumanCodes& into)
      : path_(path),
        lines_(std::move(input), evidence::ReadLimits().max_line_bytes),
        numbers_(numbers),
        into_(into) {}

  Outcome run() {
    while (true) {
      switch (lines_.next()) {
        case LineReader::Status::failed:
          return lines_.failure();
        case LineReader::Status::end:
          return finish();
        case LineReader::Status::too_long:
          broken();
          continue;
        case LineReader::Status::line:
          break;
      }
      if (trimmed(lines_.text()).empty()) continue;
      const auto status = records_.read();
      if (status == CsvRecords::Status::failed) return lines_.failure();
      if (status == CsvRecords::Status::broken)
        broken();
      else if (columns_.empty())
        header();
      else
        row();
      if (!columns_.empty() && id_ == columns_.size()) break;
    }
    return Failure{path_ + " has no column atopid", "give ATOP's file of alliances or of members"};
  }

 private:
  void header() {
    for (size_t i = 0; i < records_.size(); ++i) {
      std::string name(trimmed(records_.field(i)));
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
      columns_.push_back(std::move(name));
    }
    id_ = column("ATOPID");
    phase_ = column("PHASE");
  }

  size_t column(std::string_view name) const {
    return static_cast<size_t>(std::find(columns_.begin(), columns_.end(), name) - columns_.begin());
  }

  void row() {
    ++into_.rows;
    if (records_.size() != columns_.size()) return broken();
    std::vector<std::string> fields;
    for (size_t i = 0; i < records_.size(); ++i) fields.emplace_back(records_.field(i));
    const auto number = whole(fields[id_]);
    if (!number || !numbers_.contains(*number)) return;
    take(fields, found_[*number]);
    if (phase_ == columns_.size()) return;
    if (const auto phase = whole(fields[phase_])) take(fields, found_of_phase_[{*number, *phase}]);
  }

  struct Found {
    HumanCodes::Codes codes;
    std::set<int64_t> members;
  };

  void take(const std::vector<std::string>& fields, Found& into) {
    for (size_t i = 0; i < fields.size(); ++i) {
      const std::string& column = columns_[i];
      const auto code = whole(fields[i]);
      if (column == "MEMBER" || (column.starts_with("MEM") && whole(column.substr(3)))) {
        if (code) into.members.insert(*code);
        continue;
      }
      HumanCode& human = into.codes[column];
      if (!code) {
        ++human.missing;
        continue;
      }
      human.code = human.rows == 0 ? *code : std::max(human.code, *code);
      human.lowest = human.rows == 0 ? *code : std::min(human.lowest, *code);
      ++human.rows;
    }
  }

  void broken() {
    if (into_.broken++ == 0) into_.first_broken = lines_.number();
  }

  Outcome finish() {
    if (columns_.empty()) return Failure{path_ + " is empty", "give ATOP's file of alliances or of members"};
    for (const auto& [number, found] : found_) keep(found, into_.of[number]);
    for (const auto& [phase, found] : found_of_phase_) keep(found, into_.of_phase[phase]);
    return Done{};
  }

  static void keep(const Found& found, HumanCodes::Codes& to) {
    for (const auto& [variable, human] : found.codes) to.try_emplace(variable, human);
    const auto n = static_cast<int64_t>(found.members.size());
    if (n != 0) to.try_emplace("MEMBERS", HumanCode{n, n, 1, 0});
  }

  const std::string& path_;
  LineReader lines_;
  CsvRecords records_{lines_};
  const std::set<int64_t>& numbers_;
  HumanCodes& into_;
  std::vector<std::string> columns_;
  size_t id_ = 0;     // of the column atopid
  size_t phase_ = 0;  // of the column phase; none: behind the last
  std::map<int64_t, Found> found_;
  std::map<std::pair<int64_t, int64_t>, Found> found_of_phase_;
};

// What people coded of this text; null when nothing.
const HumanCodes::Codes* codes_of(const Coding& coding, const HumanCodes& codes) {
  const auto in = [](const auto& all, const auto& key) {
    const auto it = all.find(key);
    return it == all.end() ? nullptr : &it->second;
  };
  if (!coding.number) return nullptr;
  return coding.phase ? in(codes.of_phase, std::pair(*coding.number, *coding.phase))
                      : in(codes.of, *coding.number);
}

}  // namespace

Outcome read_human(const std::string& path, std::unique_ptr<evidence::Input> input,
                   const std::set<int64_t>& numbers, HumanCodes& into) {
  return Reader(path, std::move(input), numbers, into).run();
}

std::vector<Compared> against(const Coding& coding, const HumanCodes& codes) {
  std::vector<Compared> out;
  const HumanCodes::Codes* known = codes_of(coding, codes);
  for (const Coded& c : coding.variables) {
    Compared row;
    row.ours = &c;
    if (known) {
      const auto it = known->find(c.variable);
      if (it != known->end() && it->second.rows > 0) row.human = it->second;
    }
    if (!row.human)
      row.agreement = Agreement::not_coded;
    else if (c.certainty == Certainty::not_derivable)
      row.agreement = Agreement::not_derivable;
    else
      row.agreement = c.admits(row.human->code) ? Agreement::agree : Agreement::differ;
    out.push_back(row);
  }
  return out;
}

}  // namespace casus::coding
