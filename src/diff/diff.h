// SPDX-License-Identifier: Apache-2.0
// Two drafts, article by article. Two models live side by side: their parts are matched by name and by what they say, never by
// id. What is here is found from the text alone; stories.h replays.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "diff/form.h"
#include "text/source.h"

namespace casus::diff {

using model::FactId;

// One of the two drafts: an instrument of a model.
struct Draft {
  const Model* model = nullptr;
  const Sources* sources = nullptr;
  std::vector<std::string> files;  // whose words and rules belong to the draft, paths as in `sources`
  InstrumentId instrument;
};

// What a change does to those whom it concerns.
enum class Weight : uint8_t {
  none,
  appears,
  vanishes,
  harder,  // of a duty: more is asked; of a freedom: less may be done
  softer,
  other,
};

struct PartChange {
  Part part{};
  Weight weight = Weight::other;
  // Of a condition that keeps some of its parts: which are gone, and which are new. Else both are empty.
  std::vector<ExprId> gone, added;
};

// One clause in both drafts; one side may be missing.
struct ClausePair {
  ClauseId before, after;
  std::vector<PartChange> parts;  // where both are there
  bool same() const { return before && after && parts.empty(); }
};

struct DecisionPair {
  BodyId body_before, body_after;
  std::optional<size_t> before, after;                                                 // in Body::decisions
  bool content = false, where = false, recused = false, rule = false, within = false;  // differs
  bool same() const { return before && after && !(content || where || recused || rule || within); }
};

// Clauses and decisions that stand together: an article; what stands outside articles (both ids none).
struct ArticlePair {
  ArticleId before, after;
  bool renumbered = false, retitled = false;
  std::vector<ClausePair> clauses;
  std::vector<DecisionPair> decisions;
  bool changed() const;  // in what it says, apart from number and title
  bool same() const { return !changed() && !renumbered && !retitled && before.valid() == after.valid(); }
};

// A word of the draft, or something of its life, that is not the same: shown as it reads on each side; empty where it is missing.
struct LineChange {
  std::string what;  // "parties", "event close airspace"
  std::string before, after;
  std::vector<std::string> joined, left;  // of parties, roles, members: who is new, who is gone
};

struct BodyPair {
  BodyId before, after;
  std::vector<LineChange> lines;  // members, chair, whether votes may change
};

// A duty or freedom of certain parties that is not what it was.
struct DutyChange {
  ClauseId before, after;  // one may be none
  Weight weight = Weight::none;
  std::vector<std::string> who;   // sorted; empty when `others` says it
  std::string others;             // of bearers that the text does not name: "each state"
  bool all = false;               // all who bear it, on both sides
  std::vector<PartChange> parts;  // where the clause is in both drafts
};

// Who can make a decision fail though all others agree.
struct Blocking {
  std::vector<std::string> members, alone;  // sorted
  bool adoptable = false;
  // The fewest who can do it together, 0: nobody can; none: more than were tried. And how many such groups there are.
  std::optional<size_t> together;
  size_t groups = 0;
  friend bool operator==(const Blocking&, const Blocking&) = default;
};
struct BlockingChange {
  DecisionPair decision;
  std::optional<Blocking> before, after;
};

// Of rules that stand outside instruments both ids are none.
struct InstrumentPair {
  InstrumentId before,
      after;  // where one is none the whole instrument is new, or gone, and nothing else is told
  std::vector<LineChange> life;
  std::vector<ArticlePair>
      articles;  // in the order of the new text; those that are gone behind the one before them
  std::vector<BodyPair> bodies;
  std::vector<DutyChange> duties;
  std::vector<BlockingChange> blocking;
  bool same() const;
};

struct Difference {
  std::vector<InstrumentPair> instruments;
  std::vector<LineChange> words;  // events and facts of the drafts' own files
  bool same() const;
};

bool is_freedom(const model::Clause& c);  // may, has the power to

// `pairs`: instruments that are the same draft before and after, one side may be none. Cost: about linear in the drafts, but for the
// likeness of articles and clauses (product of their numbers).
Difference compare(const Draft& before, const Draft& after,
                   const std::vector<std::pair<InstrumentId, InstrumentId>>& pairs);
// Instruments of the files: by name; one that is left on each side is the same under another name.
std::vector<std::pair<InstrumentId, InstrumentId>> pair_instruments(const Draft& before, const Draft& after);

}  // namespace casus::diff
