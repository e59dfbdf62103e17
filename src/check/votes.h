// SPDX-License-Identifier: Apache-2.0
// A body's rule on votes that are cast or still out: docs/semantics.md §8.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/wide.h"
#include "check/context.h"

namespace casus::check {

// What is given of the world about a fact, of `party` about an instrument: looked up in a Context, searched for in a Model.
using Told = std::vector<const model::GivenFact*>;
class World {
 public:
  World(const Model& m) : m_(m) {}
  World(const Context& x) : m_(x.m), x_(&x) {}
  const Model& model() const { return m_; }
  Told about(FactId fact, EntityId of = {}) const;

 private:
  const Model& m_;
  const Context* x_ = nullptr;
};

// Everybody in the domain at `at`, by the facts given in the world and in `more`. Sorted. Of a kind: all
// entities of it.
std::vector<EntityId> members_at(const World& w, const Domain& d, Instant at,
                                 std::span<const model::GivenFact> more = {});
// The last of the instants at which the domain has most members; nullopt when nobody is ever known to be in
// it.
std::optional<Instant> fullest(const World& w, const Domain& d);

// How many are in it, at one time or another; none where nobody is known to be.
std::set<size_t> sizes_of(const World& w, const Domain& d);

class VoteCount {
 public:
  // All votes are out. Cost: members × terms of the rule.
  VoteCount(const World& w, const model::Rule& rule, std::vector<EntityId> members, Instant at,
            std::span<const model::GivenFact> more = {});
  const std::vector<EntityId>& members() const { return members_; }
  void cast(size_t member, model::Choice choice);
  void cast_all(model::Choice choice);
  // Whether the motion is adopted; nullopt: a vote that is out could change it. Cost: the rule's size.
  std::optional<bool> adopted() const;

 private:
  struct Bounds {
    Wide low = 0, high = 0;
  };
  // What a member adds to a comparison: by choice when cast, between the least and the most when out.
  Bounds share(size_t comparison, size_t member) const;
  std::optional<bool> compare(size_t comparison) const;
  std::optional<bool> node(uint32_t index) const;

  const model::Rule& rule_;
  std::vector<EntityId> members_;
  std::vector<std::optional<model::Choice>> votes_;
  std::vector<std::vector<std::vector<int64_t>>> weights_;  // by comparison, term, member
  std::vector<Bounds> sums_;                                // by comparison, without its constant
};

// Who can make a decision fail though all the others agree.
struct Blocking {
  Instant at;  // with the members of this instant
  std::vector<EntityId> members;
  std::vector<EntityId> blockers;  // by voting no
  bool by_staying_away = false;    // for every blocker
  bool adoptable = false;          // when all agree
  std::vector<EntityId>
      coalition;            // when nobody blocks alone: some who do together, none of them superfluous
  std::optional<bool> tie;  // when as many for as against is the turning point: whether that adopts it
};
// Null when the members are not known, or are too many to ask. Asked once for a rule and the same members.
const Blocking* blocking(Context& x, const model::Body& body, const Decision& d);
// A comparison of all votes for with all votes against, each counting one; or of all votes for with half of all.
bool turns_on_a_tie(const model::Comparison& c);
// Whether its only comparison is such, and as many for as against satisfy it.
bool adopts_on_a_tie(const model::Rule& rule);
// The duties that only arise when the decision is taken. None when the work for comparisons is used up.
std::vector<ClauseId> duties_waiting(Context& x, const model::Body& body, const Decision& d);

}  // namespace casus::check
