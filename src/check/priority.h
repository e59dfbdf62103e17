// SPDX-License-Identifier: Apache-2.0
// Which of two norms goes first, and what holds them apart so that the question never comes up.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "check/context.h"

namespace casus::check {

// The words of the text by which one prevails over the other; empty when it does not.
std::string prevails(const Model& m, const Clause& over, const Clause& under);

// Of two treaties in force between the same states the later one governs (Vienna Convention on the Law of Treaties,
// Article 30): for everybody when all parties to the earlier are party to the later, else between those who are
// party to both.
struct LaterTreaty {
  InstrumentId later, earlier;
  std::vector<EntityId> both, earlier_alone;
  bool decides() const { return earlier_alone.empty() && both.size() > 1; }
};
// nullopt for one instrument, for what does not bind by law or is a draft, for what has no date, and where nobody is party to
// both.
std::optional<LaterTreaty> later_treaty(const Context& x, InstrumentId a, InstrumentId b);
// What follows between the parties, for a reader.
std::string in_words(const Context& x, const LaterTreaty& t);

// Whether two clauses never bind at one time, in one viewpoint, or in one package of choices.
class Apart {
 public:
  explicit Apart(Context& x) : x_(x) {}
  bool operator()(const Clause& a, const Clause& b);

 private:
  bool by_time(const Clause& a, const Clause& b) const;
  bool by_choice(const Clause& a, const Clause& b);

  Context& x_;
  std::map<std::pair<uint32_t, uint32_t>, bool> known_;  // by the guards of two articles
};

}  // namespace casus::check
