// SPDX-License-Identifier: Apache-2.0
// Who owed what to whom in which year, from a model's dated roles and parties, against a table of directed pairs and years such as
// ATOP's own.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "imports/atop.h"
#include "model/model.h"

namespace casus::imports {

using Owed = uint8_t;  // bits: Obligation
struct PairYear {
  int64_t from = 0, to = 0, year = 0;  // who owes, whom
  friend auto operator<=>(const PairYear&, const PairYear&) = default;
};
using PairYears = std::map<PairYear, Owed>;

// From instruments whose articles are named after the obligations: whoever is bound by one on any day of a year owes it in that
// year to whoever else is a party on a day of that year on which both are in it. Years first to last.
PairYears owed_under(const model::Model& model, int first_year, int last_year);
PairYears read_pair_years(DataFile file, Report& report, evidence::RejectSink& rejects,
                          std::optional<Failure>& failure);

enum class Difference : uint8_t {
  none,
#define CASUS_DIFFERENCE(name, what) name,
#include "imports/differences.def"
#undef CASUS_DIFFERENCE
};
struct DifferenceInfo {
  std::string_view name, what;
};
inline constexpr DifferenceInfo differences[] = {
    {"none", ""},
#define CASUS_DIFFERENCE(name, what) {#name, what},
#include "imports/differences.def"
#undef CASUS_DIFFERENCE
};
inline constexpr size_t difference_count = std::size(differences);

struct Comparison {
  struct Tally {
    uint64_t both = 0, model_only = 0, table_only = 0;
  };
  struct Class {
    uint64_t count = 0;
    std::array<uint64_t, obligations> by{};
    std::vector<std::string> examples;  // "200 to 220, 1914, Defense"
  };
  int first_year = 0, last_year = 0, model_last_year = 0;
  std::array<Tally, obligations> tallies;
  std::array<Class, difference_count> classes;
  uint64_t pair_years_in_both = 0, pair_years_alike = 0, model_pair_years = 0, table_pair_years = 0;
  Report report;
};

// The states of a model by the facts `cow_code` and `in_state_system`.
States states_of(const model::Model& model);
// Every single (pair, year, obligation) of either side. `each`: CSV of the differences, when asked for.
void compare_pair_years(const PairYears& model, const PairYears& table, const States& states, Comparison& out,
                        std::string* each);
// The whole comparison, over the years of the table that the model's data cover.
Comparison compare_with_table(const model::Model& model, DataFile table, evidence::RejectSink& rejects,
                              std::optional<Failure>& failure, std::string* each);

}  // namespace casus::imports
