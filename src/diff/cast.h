// SPDX-License-Identifier: Apache-2.0
// Internal to the room: who may appear in stories.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "diff/diff.h"

namespace casus::diff {

// Who appears, by what the drafts make of them: in one group are those who have the same parts on both sides.
struct Cast {
  std::map<std::string, std::vector<EntityId>> groups;  // outsiders have the group ""
};
// Real actors who have no part in the drafts do not appear: extras stand for them.
// Of one of the two models, with its draft.
Cast cast_of(const Draft& before, const Draft& after, const Model& m, InstrumentId own);
// Whom and what a story may need that the models do not have: two states outside, and one thing of each other sort.
void add_extras(Model& m, Model& n);
// When stories begin: the first of January after the last date on which somebody joins.
Instant story_begins(const Model& m, InstrumentId own, const Model& n, InstrumentId other);
// An entity of add_extras().
bool is_extra(const model::Entity& e);

}  // namespace casus::diff
