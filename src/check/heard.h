// SPDX-License-Identifier: Apache-2.0
// On whom an event falls, and how a clause hears of it: as its trigger, or as what its trigger is about.
#pragma once

#include <optional>
#include <vector>

#include "check/norms.h"

namespace casus::check {

// The harmful event as one clause hears it.
struct Heard {
  const Clause& c;
  const model::Pattern& pattern;
  model::EventTypeId event;
  size_t target = 0;
  model::VarIndex occurrence = model::no_var;
  bool direct = true;                     // else the trigger is about it
  model::VarIndex alias = model::no_var;  // what the text says is on whom it falls: `attack.on = victim`

  // Which parameter of the event the expression stands for.
  std::optional<size_t> parameter(const Model& m, ExprId id) const;
};
std::vector<Heard> heard(const Model& m, const Clause& c);
// The duty is the actor's own, or the victim's.
bool falls_on_side(const Model& m, const Heard& h);
// Whom the trigger lets be hit.
Range target_range(const Context& x, const Heard& h);
// `attack.on = asking`, `victim in ROLE`: whether it says who is protected, which then narrows `who`.
bool names_target(const Context& x, const Heard& h, ExprId id, Range& who);

// Which parameter says on whom an event falls: `on`, or `against`, of what somebody does; nullopt when it falls on nobody.
std::optional<size_t> target_of(const model::EventType& e);
// Who must be hit for the clause to be heard, by event: of its trigger, and of what the trigger is about.
struct Struck {
  model::EventTypeId event;
  Range who;
};
std::vector<Struck> struck(const Context& x, const Clause& c);
// Whether it is owed by somebody else than who acts and whom the act hits.
bool for_another(const Context& x, const Clause& c);

}  // namespace casus::check
