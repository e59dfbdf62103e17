// SPDX-License-Identifier: Apache-2.0
// What the coding of one instrument asks of its clauses and of its life.
#pragma once

#include <set>

#include "coding/atop.h"

namespace casus::coding {

// The clauses of a treaty that fit an article of the scheme: "MILCON(2)" gives code 2 of MILCON, a bare label code 1.
struct Fits {
  bool known = false;          // the scheme has a shape for the variable
  int64_t code = 0;            // the highest that fits
  std::vector<Match> matches;  // all of the variable
};
Fits fits(const model::Model& model, model::InstrumentId treaty, const Scheme& scheme,
          std::string_view variable);

// Dates, members and what is spoken of, without any word of the vocabulary.
class Life {
 public:
  Life(const model::Model& model, model::InstrumentId instrument, Instant at);

  std::optional<Instant> signed_on, in_force_from, ended;
  bool ends_by_condition = false;
  std::vector<model::EntityId> first_members;                   // parties at the earliest date
  std::set<model::EntityId> members;                            // ever
  std::set<model::EntityId> holders(model::FactId role) const;  // of a role or group, ever
  std::set<model::EntityId> mentioned;  // entities that stand in its clauses and bodies

 private:
  void mention(model::ExprId id);
  void mention(model::PatternId id);
  void mention(const model::Clause& clause);

  const model::Model& m_;
  model::InstrumentId instrument_;
  Instant at_;
};

}  // namespace casus::coding
