// SPDX-License-Identifier: Apache-2.0
// Internal to the room: the parts of describe().
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace casus::model {

class Describer {
 public:
  explicit Describer(const Model& model) : m_(model) {}
  Describer(const Model& model, const std::vector<Named>& vars) : m_(model), vars_(&vars) {}
  std::string run();
  std::string expr(ExprId id) const;

 private:
  // describe.cc
  std::string var(VarIndex v) const;
  std::string domain(const Domain& d) const;
  std::string list(const std::vector<ExprId>& args, std::string_view between) const;
  std::string quantifier(const Expr& e, std::string_view word) const;
  std::string arg(const PatternArg& a) const;
  std::string args(const std::vector<Param>& params, const std::vector<PatternArg>& args) const;
  std::string pattern(PatternId id) const;
  std::string params(const std::vector<Param>& params) const;
  void line(int depth, std::string text);
  std::string head(std::string_view sort, const Named& n) const;
  void vocabulary();
  void fact(const Fact& f);

  // describe_norms.cc
  void instruments();
  void instrument(const Instrument& i);
  void clause(ClauseId id, int depth);
  std::string trigger(const Trigger& t) const;
  std::string bearer(const Bearer& b) const;
  std::string deadline(const Deadline& d) const;
  std::string effect(const Effect& e) const;
  void norm(const Clause& c, int depth);
  void body(const Body& b);
  void rule(const Rule& r);
  std::string comparison(const Comparison& c) const;
  std::string rule_node(const Rule& r, uint32_t n) const;

  // describe_cases.cc
  std::string dates(Instant from, Instant until) const;
  std::string given(const GivenFact& g) const;
  std::string assertion(const Assertion& a) const;
  std::string names(const std::vector<EntityId>& list) const;
  void claims();
  void viewpoint(const Viewpoint& v);
  void story(const Scenario& s);
  void scenario(const Scenario& s);
  std::string event(const Scenario& s, EventTypeId id,
                    const std::array<Value, max_event_params>& values) const;
  std::string expectation(const Expectation& e) const;

  // describe_explorations.cc
  void choice(const DraftChoice& c);
  void exploration(const Exploration& e);
  std::string may_args(const std::vector<Param>& params, const std::vector<MayArg>& args) const;
  std::string may_arg(const MayArg& a, Type type) const;
  std::string property(const Property& p) const;

  const Model& m_;
  const std::vector<Named>* vars_ = nullptr;  // of the clause at hand
  std::string out_;
};

}  // namespace casus::model
