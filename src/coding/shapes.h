// SPDX-License-Identifier: Apache-2.0
// Which clauses of a treaty have the shape of a clause in a scheme. A scheme is an instrument that nobody signed: its articles are the
// scheme's variables, and a clause in one says which clauses of a treaty count there. What a shape leaves open may be anything; its
// variables are roles (partner, adversary, location …), and stand for the same thing at every place.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/model.h"

namespace casus::coding {

// What a clause asks for beyond its shape.
enum class About : uint8_t {
  role,      // a condition on what a role of the shape stands for
  number,    // on how many there are
  decision,  // only when a body has decided so
  other,
};
struct Condition {
  About about{};
  std::string role;  // its name, of About::role
};

struct Match {
  model::ClauseId clause;
  model::ClauseId shape;
  std::vector<Condition> conditions;
  model::ReadingId reading;     // the clause exists only under this one
  bool one_of_several = false;  // the act is one of those of which the bearer chooses
};

// How the clause fits the shape; nothing when it does not. A clause fits when it is of the shape's kind (duty, prohibition, power,
// permission), is brought about by the shape's event (a shape without one takes any), and asks for one of the shape's acts, with
// the roles at their places. A prohibition may be wider than the shape, a duty may not. Cost: the size of both.
std::optional<Match> fit(const model::Model& model, model::ClauseId clause, model::ClauseId shape);

}  // namespace casus::coding
