// SPDX-License-Identifier: Apache-2.0
// What people coded: the files of the data, alliance level (a row an alliance) and member level (a row a member and phase).
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "coding/atop.h"
#include "evidence/events.h"

namespace casus::coding {

// The codes of one variable: of one row, or of all rows of an alliance's members.
struct HumanCode {
  int64_t code = 0;  // the highest: the most that was ever promised
  int64_t lowest = 0;
  size_t rows = 0;
  size_t missing = 0;  // rows in which it is empty, or no whole number
};

struct HumanCodes {
  // By variable, in capitals.
  using Codes = std::map<std::string, HumanCode>;
  // By the alliance's number. What an earlier file has is kept.
  std::map<int64_t, Codes> of;
  // By number and phase: of the member level only, which alone tells phases apart.
  std::map<std::pair<int64_t, int64_t>, Codes> of_phase;
  size_t rows = 0;            // that were read
  size_t broken = 0;          // rows that could not be read, or have more or fewer fields than the header
  uint64_t first_broken = 0;  // its line
};

// Adds the rows of these alliances to `into`. Fails when the input does, or has no column `atopid`. Cost: one pass;
// memory: a line, of at most evidence::ReadLimits::max_line_bytes.
Outcome read_human(const std::string& path, std::unique_ptr<evidence::Input> input,
                   const std::set<int64_t>& numbers, HumanCodes& into);

enum class Agreement : uint8_t { agree, differ, not_derivable, not_coded };
struct Compared {
  const Coded* ours = nullptr;
  std::optional<HumanCode> human;
  Agreement agreement = Agreement::not_coded;
};
// A row for each variable, in order. `codes` may have nothing about the instrument.
std::vector<Compared> against(const Coding& coding, const HumanCodes& codes);

}  // namespace casus::coding
