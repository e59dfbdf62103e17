// SPDX-License-Identifier: Apache-2.0
// Who can be in a role, a group, a kind or among the parties, as far as the text says: everybody whom a given
// fact puts in at some time, in the world, a scenario or a viewpoint, or whom a consequence names. A set that
// a consequence leaves open (`s becomes party`) counts as known when somebody is known, since otherwise every
// treaty with accession would overlap with everything. Who left one set before entering another is never in both.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "model/model.h"

namespace casus::check {

using model::ClauseId;
using model::Domain;
using model::EntityId;
using model::ExprId;
using model::FactId;
using model::Model;
using model::Type;
using model::Value;

// From, and until, which is not part of it.
struct Times {
  Instant from = Instant::far_past(), until = Instant::far_future();
};

// What can stand in one place of a norm.
struct Range {
  Type type;
  std::optional<Value> value;  // exactly this
  std::vector<Domain> in;      // all of these
  std::vector<EntityId> without;
};

struct Meeting {
  bool possible = false;
  EntityId example;  // may be none
};

class Sets {
 public:
  explicit Sets(const Model& m);
  // Sorted; of a kind: nothing, since kinds are open. O(log n)
  std::span<const EntityId> known(const Domain& d) const;
  bool never_anybody(const Domain& d) const;
  bool open(const Domain& d) const;  // a consequence may bring in somebody whom the text does not name
  bool may_hold(const Domain& d, EntityId e) const;
  // Whether one value can stand in both. `steps` is raised by the work done.
  Meeting meet(const Range& a, const Range& b, size_t& steps) const;
  bool admits(const Range& r, Value v) const;

 private:
  struct Set {
    std::vector<EntityId> known;
    std::map<EntityId, std::vector<Times>> times;  // when each is in it
    bool open = false;
  };
  using Key = std::pair<FactId, EntityId>;  // the second: the instrument, of party

  void add(FactId fact, std::span<const Value> args, Times when);
  void add_effect(const model::Effect& e);
  void succession(EntityId instrument, EntityId successor, EntityId predecessor, Times when);
  // Whether there is an instant at which `e` is in all sets of both.
  bool at_one_time(const Range& a, const Range& b, EntityId e, size_t& steps) const;
  const Set* find(const Domain& d) const;
  bool undetermined(const Domain& d) const;  // nobody is known, and still somebody may be in it

  const Model& m_;
  std::map<Key, Set> sets_;
};

}  // namespace casus::check
