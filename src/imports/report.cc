// SPDX-License-Identifier: Apache-2.0
#include "imports/report.h"

namespace casus::imports {

void Report::met(Trap trap, std::string place) {
  Met& m = met_[static_cast<size_t>(trap)];
  if (m.count++ < places) m.first.push_back(std::move(place));
}

void Report::met(Trap trap, std::string_view file, uint64_t line, std::string_view detail) {
  Met& m = met_[static_cast<size_t>(trap)];
  if (m.count++ >= places) return;
  std::string place(file);
  if (line != 0) place += ":" + std::to_string(line);
  if (!detail.empty()) place += " (" + std::string(detail) + ")";
  m.first.push_back(std::move(place));
}

}  // namespace casus::imports
