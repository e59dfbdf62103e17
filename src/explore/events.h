// SPDX-License-Identifier: Apache-2.0
// The events that may happen in a state, one by one: every pattern with every value of its arguments.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "explore/problem.h"
#include "run/engine.h"
#include "run/snapshot.h"

namespace casus::explore {

// An event all of whose arguments are known but for the occurrences that it names.
struct Template {
  uint32_t pattern = 0;  // in Problem::may_happen
  run::Occurrence occurrence;
  struct Member {  // asked in the state
    model::Domain domain;
    Value who = 0;
  };
  std::vector<Member> members;
  std::vector<uint8_t> names, content_names;  // arguments that are earlier occurrences
};

class Events {
 public:
  static constexpr size_t most = 20'000;
  // Fails when there would be more than `most`. `changing`: facts that states differ in; membership by others is settled here, in the
  // state that `engine` is in.
  static Result<Events> make(const Problem& problem, const run::Engine& engine,
                             const std::vector<uint32_t>& changing);

  // All that may happen in the state that the engine is in, in a fixed order. `known`: its occurrences.
  void list(run::Engine& engine, std::span<const run::Told> known, std::vector<run::Occurrence>& out) const;
  size_t templates() const { return templates_.size(); }
  const std::vector<Template>& all() const { return templates_; }

 private:
  const Problem* problem_ = nullptr;
  std::vector<Template> templates_;
};

// The types of earlier occurrences that events which may happen name; a motion's proposal is not among them.
std::vector<EventTypeId> referable(const Problem& problem);

}  // namespace casus::explore
