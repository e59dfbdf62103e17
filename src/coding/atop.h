// SPDX-License-Identifier: Apache-2.0
// A treaty coded by the scheme of the Alliance Treaty Obligations and Provisions project: its variables, from the norms of a
// model and from nothing else. docs/methods/atop_coding.md defines each variable and says how it is derived.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "coding/shapes.h"

namespace casus::coding {

// The instruments whose articles are shapes: the scheme's own, and those that add a user's words.
struct Scheme {
  std::vector<model::InstrumentId> instruments;
  bool is_scheme(model::InstrumentId i) const;
};

enum class Certainty : uint8_t {
  derived,        // `codes` are what it can be: one, or those that norms do not tell apart
  provided,       // any code but 0: that there is such a provision, not which
  not_derivable,  // norms can not say it
};

struct Coded {
  std::string variable;  // "DEFENSE"
  Certainty certainty = Certainty::not_derivable;
  std::vector<int64_t> codes;
  std::string why;                       // one line
  std::vector<model::ClauseId> clauses;  // on which it rests

  // Whether a code that somebody else gave is among what this can be.
  bool admits(int64_t code) const;
};
// "1", "0 or 3", "not 0", "–".
std::string code_words(const Coded& coded);

struct Coding {
  model::InstrumentId instrument;
  std::optional<int64_t> number;  // in the data, of the fact `atop`
  std::optional<int64_t> phase;   // of that alliance, of the fact `atop_phase`; none: the whole
  std::vector<Coded> variables;   // in the order of the data's columns, alliance level first
  const Coded* find(std::string_view variable) const;
};

// As of an instant: what is told of later dates is left out. Cost: each clause of the instrument against each shape.
Coding code_atop(const model::Model& model, model::InstrumentId instrument, const Scheme& scheme, Instant at);

}  // namespace casus::coding
