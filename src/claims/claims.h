// SPDX-License-Identifier: Apache-2.0
// What a model knows of who says what: claims found by author, matter and date; what two of them say against each
// other; and positions of parties on matters. A matter is what is claimed or denied: a fact of certain things. Which
// facts and things there are is the library's affair. Everything here is in the order of the model, and costs one walk
// over its claims unless it says otherwise.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace casus::claims {

using Index = uint32_t;  // in Model::claims

struct Wanted {
  model::SourceRefId source;
  std::string number;                   // of a claim in that source; empty: all
  model::EntityId by;
  model::EntityId about_entity;         // among the things claimed of
  model::FactId about_fact;
  std::optional<model::Stance> stance;
  std::optional<Instant> since, until;  // claims without a date are left out when one is given; until is inclusive
};
std::vector<Index> find(const model::Model& model, const Wanted& wanted);

// "doc002.7"
std::string id_of(const model::Model& model, const model::Claim& claim);

struct Matter {
  model::FactId fact;
  std::vector<model::Value> args;
  friend auto operator<=>(const Matter& a, const Matter& b) {
    if (const auto order = a.fact.value <=> b.fact.value; order != 0) return order;
    return a.args <=> b.args;
  }
  friend bool operator==(const Matter&, const Matter&) = default;
};

struct Position {  // of one party on one matter
  std::vector<Index> in_favour, against;  // claims that say so, and that say the opposite
  bool conditional() const { return conditional_; }
  bool conditional_ = false;  // one of them is a condition
};
struct Positions {
  Matter matter;
  std::map<model::EntityId, Position> of;  // by party, in the order of the model
  bool disputed() const;                   // somebody for it and somebody against it
};
// The matters of these claims, by fact and then in the order in which the model declares what they are about.
std::vector<Positions> positions(const model::Model& model, const std::vector<Index>& claims);

}  // namespace casus::claims
