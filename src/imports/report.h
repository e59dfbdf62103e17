// SPDX-License-Identifier: Apache-2.0
// What an import read, made, and met on the way: counts, and the first places of everything that could mislead.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casus::imports {

enum class Trap : uint8_t {
#define CASUS_TRAP(name, what, done) name,
#include "imports/traps.def"
#undef CASUS_TRAP
};
struct TrapInfo {
  std::string_view name, what, done;
};
inline constexpr TrapInfo traps[] = {
#define CASUS_TRAP(name, what, done) {#name, what, done},
#include "imports/traps.def"
#undef CASUS_TRAP
};
inline constexpr size_t trap_count = std::size(traps);

struct Met {
  uint64_t count = 0;
  std::vector<std::string> first;  // "atop-member-level.csv:12 (dayent)", at most `places`
};
struct ReadFile {
  std::string name;
  uint64_t bytes = 0, rows = 0, rejected = 0;
  std::string hash;  // 16 hexadecimal digits
};

class Report {
 public:
  static constexpr size_t places = 5;

  void met(Trap trap, std::string_view file, uint64_t line, std::string_view detail = {});
  void met(Trap trap, std::string place);
  void made(std::string what, uint64_t count) { things.emplace_back(std::move(what), count); }

  const Met& of(Trap trap) const { return met_[static_cast<size_t>(trap)]; }

  std::vector<ReadFile> files;
  std::vector<std::pair<std::string, uint64_t>> things;  // what was made, in order
  std::vector<std::string> written;                      // names of files

 private:
  std::array<Met, trap_count> met_;
};

}  // namespace casus::imports
