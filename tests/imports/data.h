// SPDX-License-Identifier: Apache-2.0
// Small invented data sets in the layout of the real ones, and a sink that keeps what was rejected.
#pragma once

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "evidence/text_input.h"
#include "imports/atop.h"

namespace casus::imports::test {

class Rejected final : public evidence::RejectSink {
 public:
  bool reject(std::string_view line, uint64_t number, const Diagnostic& why) override {
    lines.push_back(std::to_string(number) + ": " + std::string(line));
    reasons.push_back(why.message);
    return true;
  }
  std::vector<std::string> lines, reasons;
};

// `text` must outlive it.
inline DataFile data(std::string name, const std::string& text, size_t step = ~size_t{0}) {
  return {std::move(name), std::make_unique<evidence::TextInput>(text, step)};
}

// A CSV with these columns; each row says "column=value …", and what it does not say is 0.
inline std::string csv(const std::string& columns, const std::vector<std::string>& rows) {
  std::vector<std::string> names;
  std::istringstream split(columns);
  for (std::string name; split >> name;) names.push_back(name);
  std::string out;
  for (const auto& n : names) out += (out.empty() ? "" : ",") + n;
  out += '\n';
  for (const auto& row : rows) {
    std::vector<std::string> cells(names.size(), "0");
    std::istringstream words(row);
    for (std::string word; words >> word;) {
      const size_t equals = word.find('=');
      for (size_t i = 0; i < names.size(); ++i) {
        if (names[i] == word.substr(0, equals)) cells[i] = word.substr(equals + 1);
      }
    }
    for (size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : ",") + cells[i];
    out += '\n';
  }
  return out;
}

inline std::string alliances(const std::vector<std::string>& rows) {
  return csv("atopid begyr begmo begday endyr endmo endday ineffect length renewlgt", rows);
}
inline std::string members(const std::vector<std::string>& rows) {
  return csv(
      "atopid member cowsys yrent moent dayent yrexit moexit dayexit ineffect phase wartime cowwar renounce "
      "defense offense neutral nonagg "
      "consul defcon offcon neucon concon defcoadv defcoloc defcocon defconum defcodem defconpr offcoadv "
      "offcoloc offcocon offconum offcodem "
      "neucoadv neucoloc neucocon neuconum neucodem neuconpr neucoatt concoadv concoloc concocon concoreq "
      "olimob obvary specthrt statthr1 statthr2 "
      "version",
      rows);
}
inline std::string states(const std::vector<std::string>& rows) {
  return csv("stateabb ccode statenme styear stmonth stday endyear endmonth endday", rows);
}

}  // namespace casus::imports::test
