// SPDX-License-Identifier: Apache-2.0
// A draft with choices is a family: which choices are open, every package of options, and the one text that a
// package makes of the draft.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/model.h"

namespace casus::model {

// A copy with constants in place of what the package tells, deadlines reckoned, and `left_out` set at the clauses
// and decisions that it does not hold; instruments and articles no longer list such clauses, and all ids stay. What
// the package is silent about stays as it is. Cost: a copy of the model, and linear in its expressions.
Model choose(const Model& model, const Package& package);

// The choices that some clause, decision or expression of these instruments (or outside all of them) asks
// about, in order of declaration. Cost: linear in the model.
std::vector<ChoiceId> open_choices(const Model& model, std::span<const InstrumentId> instruments);
// And those about which the conditions expected of a scenario ask.
std::vector<ChoiceId> open_choices(const Model& model, std::span<const InstrumentId> instruments,
                                   std::span<const Expectation> expectations);

// Every combination of options and of the values of their parameters, in order of declaration, the last
// choice fastest. What `fixed` says of a choice stays as it is; parameters that it leaves unsaid range. Made
// one after another, so that a stop at `limit` costs no more than `limit` packages.
struct Packages {
  std::vector<Package> list;
  bool more = false;  // there are further ones
};
Packages packages(const Model& model, std::span<const ChoiceId> choices, const Package& fixed, size_t limit);

// "enlargement = moratorium(years: 15), rule = most"; `Draft.rule` where several are called `rule`.
std::string words(const Model& model, const Package& package);
std::string words(const Model& model, ChoiceId choice);

// The length of a deadline `within`: "24 h"; of one that a package settles "enlargement.years years".
std::string within_words(const Model& model, const Deadline& deadline);

// Whether no package satisfies both truths over choices. False when that is not found out among the first
// 1,000 combinations of options. Either may be none: then it always holds.
bool exclude_each_other(const Model& model, ExprId a, ExprId b);

// "open_door, moratorium (years from 10 to 25), permanent_ban"
std::string options_words(const DraftChoice& choice);
// "from 10 to 25 in steps of 5"
std::string range_words(const ChoiceParameter& parameter);
bool takes(const ChoiceParameter& parameter, int64_t value);

}  // namespace casus::model
