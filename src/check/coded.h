// SPDX-License-Identifier: Apache-2.0
// The numbers that clauses, decisions and rules state, in the form in which a sentence states them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "check/context.h"
#include "check/stated.h"

namespace casus::check {

template <class T>
struct Placed {
  T value;
  Span at;  // the first part that states it
};

// What an article, a block or a single clause states, each number once.
struct Coded {
  std::vector<Placed<Duration>> durations;
  std::vector<Placed<Threshold>> thresholds;
  std::map<std::string, std::vector<Placed<int64_t>>> counts;            // by what is counted: "troops"
  std::map<model::QuantityId, std::vector<Placed<int64_t>>> quantities;  // in base units
  std::map<BodyId, std::pair<std::set<size_t>, Span>>
      members;                       // how many each body has, at one time or another
  std::map<std::string, Span> ties;  // rules that half of the votes satisfy, by name
  bool several = false;              // articles: the words may speak of one of them alone

  void add(const Context& x, const Clause& c);
  void add(Context& x, const model::Body& body, const Decision& d);
  void add(const model::Rule& r, Span at);
  void add(const Context& x, const model::DerivedRule& r, const model::Fact& f);

 private:
  void add(Duration d, Span at);
  void add_within(const Model& m, const model::Deadline& d, Span at);
  void add_amounts(const Model& m, ExprId root, const std::vector<std::string>& vars, Span at);
};

}  // namespace casus::check
