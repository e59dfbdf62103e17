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

struct Wanted {  // whatever is empty asks for nothing
  model::SourceRefId source;
  std::string number;               // of a claim in that source
  std::vector<model::EntityId> by;  // one of these
  model::EntityId about_entity;     // among the things claimed of
  model::FactId about_fact;
  std::vector<model::Stance> stances;  // one of these
  std::optional<Instant> since,
      until;  // claims without a date are left out when one is given; until is inclusive
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

// One thing that can be said on a matter: that it is so, or is not; of a fact with values, that it has this one, or has not.
struct Side {
  bool denied = false;
  model::Value value = 1;
  friend auto operator<=>(const Side&, const Side&) = default;
};
struct Position {                           // of one party on one matter
  std::map<Side, std::vector<Index>> says;  // with the claims that say it
  bool conditional = false;                 // one of them is a condition
};
struct Positions {
  Matter matter;
  std::map<model::EntityId, Position> of;  // by party, in the order of the model
};
// The matters of these claims, by fact and then in the order in which the model declares what they are about; the
// positions of `parties`, or of all who speak when none is named. Cost: O(claims · log).
std::vector<Positions> positions(const model::Model& model, const std::vector<Index>& claims,
                                 const std::vector<model::EntityId>& parties = {});

// How many cells they have as a matrix: matters times parties.
size_t cells(const std::vector<Positions>& positions);

// Whether two of the things said cannot both be so: the same value held and denied, or two values held.
bool contradict(const Position& position);    // a party and itself
bool contradict(const Positions& positions);  // anybody and anybody

}  // namespace casus::claims
