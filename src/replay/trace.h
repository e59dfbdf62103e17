// SPDX-License-Identifier: Apache-2.0
// Internal to the room: conditions, patterns (trace.cc) and whom a clause binds (bearing.cc), asked part by part of a reference
// interpreter at a standstill.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "replay/explain.h"
#include "run/reference.h"

namespace casus::replay {

// "accepted · asserted UKR · denied RUS"
std::string answer_words(evidence::Acceptance acceptance, const model::Assertion& assertion,
                         const model::Model& model);

// Why the clause does not exist in this replay: its instrument is not in the case, or its reading is not the viewpoint's.
std::optional<Reason> absent(const Replay& replay, const model::Clause& clause, const Sources& sources);

class Tracer {
 public:
  Tracer(const Replay& replay, const run::Reference& at, const Sources& sources);

  using Vars = std::array<model::Value, model::max_vars>;

  // The condition, its answer, and its parts; `failed` counts the leaves that stand in the way.
  Reason condition(model::ExprId id, const Vars& vars, size_t& failed) const;
  // Binds the pattern's variables, and says for each argument whether it fits.
  std::vector<Reason> pattern(model::PatternId id, const run::Occurrence& o, uint32_t number, Vars& vars,
                              size_t& failed) const;
  Reason in_force(model::InstrumentId instrument, size_t& failed) const;
  // Whether the clause binds that bearer, whatever its occasion: who it is, who is excepted, suspension, reservations, dates, conditions.
  // What stands in no way and was not asked in the text is left out.
  std::vector<Reason> bearing(const model::Clause& clause, model::Value who, Vars vars, size_t& failed) const;
  // The same of the bearer who comes nearest.
  std::vector<Reason> nearest_bearing(const model::Clause& clause, const Vars& vars, size_t& failed) const;
  // Who is of the domain, and left out by name.
  std::vector<Reason> excepted(const model::Clause& clause, const Vars& vars) const;
  bool in_domain(const model::Domain& domain, model::Value entity) const;
  std::string domain_words(const model::Domain& domain) const;
  // "party(UKR, of NATO)" with what is known of the variables.
  std::string words(model::ExprId id, const Vars& vars) const;
  std::string fact_words(model::FactId fact, std::span<const model::Value> args) const;
  std::string value_words(model::Value value, model::Type type) const;
  // What could make the fact hold: articles with such an effect, and whose word it rests on.
  // Who may bring about an act that counts only by power: articles and bodies, of `instrument` when it is given.
  std::vector<Reason> powers(model::EventTypeId act, model::InstrumentId instrument) const;
  std::vector<Reason> ways(model::FactId fact, std::span<const model::Value> args) const;
  std::string occurrence_words(uint32_t number) const;

 private:
  Reason junction(const model::Expr& e, model::ExprId id, const Vars& vars, size_t& failed) const;
  Reason fact(const model::Expr& e, const Vars& vars, size_t& failed) const;
  std::string asserted(model::FactId fact, std::span<const model::Value> args) const;
  Reason membership(const model::Domain& domain, model::Value who, model::Type type, size_t& failed) const;
  Reason suspension(const model::Clause& clause, model::Value who) const;
  Reason reservation(const model::Clause& clause, model::Value who) const;
  std::string other_times(model::FactId fact, std::span<const model::Value> args) const;
  std::string since(model::FactId fact, std::span<const model::Value> args) const;

  const Replay& r_;
  const model::Model& m_;
  const run::Reference& at_;
  const Sources& sources_;
  // When relations began (1) and ceased (0) to hold in the course of the story.
  std::map<std::pair<model::FactId, std::vector<model::Value>>, std::vector<std::pair<int64_t, int>>> times_;
  mutable size_t depth_ = 0;
};

}  // namespace casus::replay
