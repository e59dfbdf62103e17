// SPDX-License-Identifier: Apache-2.0
// Internal to the room: conditions and patterns asked part by part of a reference interpreter at a standstill.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "replay/explain.h"
#include "run/reference.h"

namespace casus::replay {

// "accepted · asserted UKR · denied RUS"
std::string answer_words(evidence::Acceptance acceptance, const model::Assertion& assertion, const model::Model& model);

class Tracer {
 public:
  Tracer(const Replay& replay, const run::Reference& at, const Sources& sources)
      : r_(replay), m_(*replay.model), at_(at), sources_(sources) {}

  using Vars = std::array<model::Value, model::max_vars>;

  // The condition, its answer, and its parts; `failed` counts the leaves that stand in the way.
  Reason condition(model::ExprId id, const Vars& vars, size_t& failed) const;
  // Binds the pattern's variables, and says for each argument whether it fits.
  std::vector<Reason> pattern(model::PatternId id, const run::Occurrence& o, uint32_t number, Vars& vars, size_t& failed) const;
  bool at_force(model::Value instrument) const { return at_.holds(model::fact_in_force, std::span(&instrument, 1)); }
  bool in_domain(const model::Domain& domain, model::Value entity) const;
  std::string domain_words(const model::Domain& domain) const;
  // "party(UKR, of NATO)" with what is known of the variables.
  std::string words(model::ExprId id, const Vars& vars) const;
  std::string fact_words(model::FactId fact, std::span<const model::Value> args) const;
  std::string value_words(model::Value value, model::Type type) const;
  // What could make the fact hold: articles with such an effect, and whose word it rests on.
  std::vector<Reason> ways(model::FactId fact, std::span<const model::Value> args) const;
  std::string occurrence_words(uint32_t number) const;

 private:
  Reason junction(const model::Expr& e, model::ExprId id, const Vars& vars, size_t& failed) const;
  Reason fact(const model::Expr& e, const Vars& vars, size_t& failed) const;
  std::string asserted(model::FactId fact, std::span<const model::Value> args) const;

  const Replay& r_;
  const model::Model& m_;
  const run::Reference& at_;
  const Sources& sources_;
  mutable size_t depth_ = 0;
};

}  // namespace casus::replay
