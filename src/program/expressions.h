// SPDX-License-Identifier: Apache-2.0
// Internal to the room: flattening of expressions and patterns into a Program's tables.
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "program/program.h"

namespace casus::program {

// What a condition rests on: the stored facts, the histories, the clock.
struct Rests {
  std::set<uint32_t> facts;
  std::set<uint32_t> histories;
  std::set<uint32_t> derived;  // seen on the way
  bool on_clock = false;
};

class Flattener {
 public:
  Flattener(const model::Model& model, model::ViewpointId view, Program& program)
      : model_(model), view_(view), program_(program) {}

  // An occurrence variable whose pattern is at hand: its fields are captured into hidden variables when the pattern matches.
  struct Scope {
    VarIndex as = model::no_var;
    PatternPlan* pattern = nullptr;
  };
  // Scopes for the expressions to come, and the counter of hidden variables that their family of clauses shares.
  void enter(std::vector<Scope> scopes, uint16_t* hidden) {
    scopes_ = std::move(scopes);
    hidden_ = hidden;
  }

  Node expression(model::ExprId id);
  void expressions(const std::vector<model::ExprId>& from, std::vector<Node>& to);
  void pattern(model::PatternId id, PatternPlan& out);
  void arguments(const std::vector<model::PatternArg>& args, std::vector<Capture>& captures,
                 std::vector<MatchStep>& steps);
  DomainPlan domain(const model::Domain& domain);
  uint32_t kind_set(model::KindId kind);
  void rests(model::ExprId id, Rests& out);
  void rests(const model::Domain& domain, Rests& out);
  void rests_fact(FactId fact, Rests& out);

 private:
  Node add(ExprNode node);
  Node constant(Value value);
  Node chain(NodeOp op, const std::vector<model::ExprId>& args);
  Node fact(const model::Expr& e);
  Node occurrence_part(const model::Expr& e, uint8_t part);
  Node happened(const model::Expr& e, model::ExprId id);
  void domain_step(const model::Domain& d, uint8_t param, std::vector<MatchStep>& steps);

  const model::Model& model_;
  model::ViewpointId view_;
  Program& program_;
  std::vector<Scope> scopes_;
  uint16_t* hidden_ = nullptr;
  std::map<uint32_t, uint32_t> kind_sets_;
  std::map<uint32_t, uint32_t> histories_;  // by expression
};

}  // namespace casus::program
