// SPDX-License-Identifier: Apache-2.0
// Alliance Treaty Obligations and Provisions (ATOP): alliances and their members as coded, and the model that they become. What each
// code is taken as stands in docs/methods/atop.md.
#pragma once

#include <array>
#include <map>
#include <vector>

#include "imports/states.h"

namespace casus::imports {

enum class Obligation : uint8_t { defense, offense, neutrality, nonaggression, consultation };
inline constexpr size_t obligations = 5;
// The articles of generated instruments, and the obligations of compared tables, in that order.
inline constexpr std::string_view obligation_names[] = {"Defense", "Offense", "Neutrality", "Nonaggression",
                                                        "Consultation"};

// Kinds of conditions; of most the coding says only that there is one.
enum class Term : uint8_t {
  adversary,
  place,
  conflict,
  number,
  demand,
  provocation,
  attacked,
  request,
  limits,
  untold
};

struct Duty {
  bool owed = false;
  std::vector<Term> terms;
};
struct Member {
  int64_t alliance = 0, code = 0;
  Instant from, until;
  int64_t phase = 0;
  std::array<Duty, obligations> duties;
  int64_t renounce = 0;
  std::array<int64_t, 2> threats{};  // codes of states, 0 when there is none
  bool threats_are_all = false;      // one state is named, and nothing else
  int64_t war = 0;                   // the war in which it was concluded, 0 when it was peace
  uint64_t line = 0;
};
struct Alliance {
  Instant from, until;
  int64_t length = 0, renewal = 0;  // months
  bool has_row = false;
  uint64_t line = 0;
  std::vector<Member> members;
};
struct Atop {
  std::map<int64_t, Alliance> alliances;
  std::string version;
};

Atop read_atop(DataFile alliances, DataFile members, Report& report, evidence::RejectSink& rejects,
               std::optional<Failure>& failure);

// The module `atop`: an instrument for each alliance. States that are not in `states` are declared by it; the others by the
// module `cow_states`, which it uses when `states` has any. Canonical text. Counts go to the report.
Result<std::string> atop_model(const Atop& atop, const States& states, Report& report);
// The file with the scenario that replays `cow_events.ndjson` under all of them.
Result<std::string> atop_scenario(const Atop& atop);

}  // namespace casus::imports
