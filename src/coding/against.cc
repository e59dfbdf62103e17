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
    id_ = static_cast<size_t>(std::find(columns_.begin(), columns_.end(), "ATOPID") - columns_.begin());
  }

  void row() {
    ++into_.rows;
    if (records_.size() != columns_.size()) return broken();
    std::vector<std::string> fields;
    for (size_t i = 0; i < records_.size(); ++i) fields.emplace_back(records_.field(i));
    const auto number = whole(fields[id_]);
    if (!number || !numbers_.contains(*number)) return;
    auto& codes = found_[*number];
    for (size_t i = 0; i < fields.size(); ++i) {
      const std::string& column = columns_[i];
      const auto code = whole(fields[i]);
      if (column == "MEMBER" || (column.starts_with("MEM") && whole(column.substr(3)))) {
        if (code) members_[*number].insert(*code);
        continue;
      }
      HumanCode& human = codes[column];
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
    for (auto& [number, codes] : found_) {
      for (auto& [variable, human] : codes) into_.of[number].try_emplace(variable, human);
    }
    for (const auto& [number, who] : members_) {
      const auto n = static_cast<int64_t>(who.size());
      into_.of[number].try_emplace("MEMBERS", HumanCode{n, n, 1, 0});
    }
    return Done{};
  }

  const std::string& path_;
  LineReader lines_;
  CsvRecords records_{lines_};
  const std::set<int64_t>& numbers_;
  HumanCodes& into_;
  std::vector<std::string> columns_;
  size_t id_ = 0;  // of the column atopid
  std::map<int64_t, std::map<std::string, HumanCode>> found_;
  std::map<int64_t, std::set<int64_t>> members_;
};

}  // namespace

Outcome read_human(const std::string& path, std::unique_ptr<evidence::Input> input,
                   const std::set<int64_t>& numbers, HumanCodes& into) {
  return Reader(path, std::move(input), numbers, into).run();
}

std::vector<Compared> against(const Coding& coding, const HumanCodes& codes) {
  std::vector<Compared> out;
  const auto known = coding.number ? codes.of.find(*coding.number) : codes.of.end();
  for (const Coded& c : coding.variables) {
    Compared row;
    row.ours = &c;
    if (known != codes.of.end()) {
      const auto it = known->second.find(c.variable);
      if (it != known->second.end() && it->second.rows > 0) row.human = it->second;
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
