// SPDX-License-Identifier: Apache-2.0
// What a norm is about, in a form in which two norms can be compared.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "check/context.h"

namespace casus::check {

// What can stand for a variable, or for an expression, of the clause.
Range range(const Context& x, const Clause& c, model::VarIndex var);
Range range(const Context& x, const Clause& c, ExprId e);
Range range(const Context& x, const Clause& c, const model::PatternArg& arg, Type type);
Range bearer_range(const Context& x, const Clause& c);

// A condition that must hold (or must not) for the norm to bind. The text is the same for the same condition
// in different clauses: the bearer and the act's arguments have names of their own there.
using Condition = std::pair<std::string, bool>;

struct Act {
  model::EventTypeId event;
  std::vector<Range> args;
  std::vector<model::VarIndex> vars;  // that stand in the same places; no_var where none does
};
struct Norm {
  ClauseId id;
  Range bearer;
  std::vector<Act> acts;
  std::vector<Condition> conditions;  // sorted
};
Norm norm_of(const Context& x, ClauseId id);

// The conjuncts of `e`, each with whether it must be true.
void conjuncts(const Model& m, ExprId e, bool wanted, std::vector<std::pair<ExprId, bool>>& out);

// Events that must have happened for `e` to be true: of its conjuncts, of `some … where`, of derived facts with one rule.
std::vector<model::EventTypeId> required(const Model& m, ExprId e);

bool contradict(const std::vector<Condition>& a, const std::vector<Condition>& b);

}  // namespace casus::check
