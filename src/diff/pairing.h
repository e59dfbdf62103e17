// SPDX-License-Identifier: Apache-2.0
// Internal to the room: the steps of compare().
#pragma once

#include "diff/diff.h"

namespace casus::diff {

struct Names {  // of what is matched between the two
  Former before, after;
};

// pairing.cc
std::vector<BodyPair> pair_bodies(const Draft& before, const Draft& after, Names& names);
std::vector<ArticlePair> pair_articles(const Draft& before, const Draft& after,
                                       const std::vector<BodyPair>& bodies, Names& names);
// weigh.cc: what differs between two clauses.
std::vector<PartChange> changes(const Model& before, ClauseId a, const Model& after, ClauseId b,
                                const Names& names);
// effect.cc
std::vector<DutyChange> duty_changes(const Draft& before, const Draft& after,
                                     const std::vector<ArticlePair>& articles);
std::vector<BlockingChange> blocking_changes(const Draft& before, const Draft& after,
                                             const std::vector<ArticlePair>& articles);
// Who is in a role, a group or among the parties on the day on which there are most; names, sorted.
std::vector<std::string> members(const Model& m, const model::Domain& d);
// life.cc
std::vector<LineChange> life_changes(const Draft& before, const Draft& after);
void body_lines(const Draft& before, const Draft& after, const Names& names, BodyPair& pair);
std::vector<LineChange> word_changes(const Draft& before, const Draft& after);

bool is_in(const Draft& d, const Span& span);
// Clauses that stand by themselves: not reparations. Of an article; of no article: those directly in the draft's instrument, or, where
// it has none, the rules of its files.
std::vector<ClauseId> clauses_of(const Draft& d, ArticleId article);

}  // namespace casus::diff
