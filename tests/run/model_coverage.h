// SPDX-License-Identifier: Apache-2.0
// What a set of models and their replays has in it, counted by name: that random models do say and do everything.
#pragma once

#include <map>
#include <string>

#include "run/harness.h"

namespace casus::run::test {

using Coverage = std::map<std::string, size_t>;

Coverage nothing_covered();  // all names, at 0
// Kinds of clauses and what they are made of count where a record names the clause, so that they were at work.
void cover(Coverage& covered, const model::Model& model, const Ledger& ledger);

}  // namespace casus::run::test
