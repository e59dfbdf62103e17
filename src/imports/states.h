// SPDX-License-Identifier: Apache-2.0
// The states of a data set: known by a number of the Correlates of War project, which the entity's name carries.
#pragma once

#include <map>

#include "imports/dates.h"

namespace casus::imports {

struct Spell {
  Instant from, until;
};
struct State {
  std::string abbreviation, title;
  std::vector<Spell> in_system;
};
using States = std::map<int64_t, State>;  // by code

inline constexpr int64_t most_code = 99'999;

std::string state_name(int64_t code);  // "cow_200"
// "United Kingdom", "state 8152"
std::string state_title(const States& states, int64_t code);
// `in "quotes"`, as the language writes a text.
std::string text_literal(std::string_view text);
// " from 1816-01-01 until 1900-01-01", without what is without an end.
std::string dates(Instant from, Instant until);

// A generated text in the canonical form of `casus fmt`; a failure when it is larger than a model may be.
Result<std::string> canonical(std::string text);

// The list of states (states2016.csv). Nothing: it can not be read at all, which the sink or the failure says.
States read_states(DataFile file, Report& report, evidence::RejectSink& rejects,
                   std::optional<Failure>& failure);

}  // namespace casus::imports
