// SPDX-License-Identifier: Apache-2.0
// Treaties coded by a scheme, for readers, for machines (docs/schema/code.schema.json) and as CSV; beside them what people coded.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "coding/against.h"

namespace casus::report {

struct CodedInstrument {
  coding::Coding coding;
  std::vector<coding::Compared> compared;  // rows for each variable; none where nothing is compared
};
struct CodingReport {
  std::string scheme;  // "atop"
  std::vector<CodedInstrument> instruments;
  std::vector<std::string> files;  // with which they were compared
  coding::HumanCodes human;        // read from these
};

struct CodingTally {
  size_t agree = 0, differ = 0, not_derivable = 0, not_coded = 0;
  size_t absent = 0;  // of those that agree: both say that there is nothing
};
CodingTally tally(const CodedInstrument& instrument);

std::string coding_text(const model::Model& model, const CodingReport& report, size_t width, bool colour);
std::string coding_json(const model::Model& model, const CodingReport& report);
// instrument, atop, variable, derived, human, agreement, why
std::string coding_csv(const model::Model& model, const CodingReport& report);

}  // namespace casus::report
