// SPDX-License-Identifier: Apache-2.0
// What is to be found out, asked of each move and of the state after it. The standard properties, which every arrangement is asked about, are in
// standard.cc; what they mean exactly is said in docs/methods/exploration.md.
#pragma once

#include <string>
#include <vector>

#include "explore/steps.h"

namespace casus::explore {

// A move after which a property is decided: of `possible` that it holds, of the others that it does not.
struct Hit {
  uint32_t property = 0;
  std::string why;  // a sentence; empty where the property says it all
};

// Whether the clause is one of those of which it is asked.
bool under(const model::Model& m, const model::Expectation& asked, model::ClauseId clause);
// Whether what the property's verdict is about concerns it: a record's clause and bearer, and what is decided or void.
bool concerns(const model::Model& m, const model::Property& p, model::ClauseId clause, EntityId bearer,
              EventTypeId what);
// The same of a record of any kind. `known`: occurrences by number.
bool concerns(const model::Model& m, const model::Property& p, const run::Record& record,
              std::span<const run::Told> known);

// Whether the clause has a reparation, or some clause of the case hears its breach.
bool breach_has_consequence(const Problem& problem, model::ClauseId clause);

class Properties {
 public:
  explicit Properties(const Ground& ground);

  // At the beginning: what is watched from then on, and what is decided at once.
  void begin(Steps& steps, State& state, std::vector<Hit>& hits) const;
  // After Steps::make(); changes only the watches and notes of `next`. `open`: by property, whether it is still asked.
  void after(Steps& steps, const State& before, const Move& move, State& next, const Observed& observed,
             const std::vector<uint8_t>& open, std::vector<Hit>& hits) const;

 private:
  bool recorded(const model::Property& p, const Observed& observed) const;
  bool met(Steps& steps, uint32_t property, const Observed* observed) const;
  bool live(Steps& steps, const model::Property& p) const;
  bool noted(const State& state, uint32_t property) const {
    return (state.notes[property / 64] >> (property % 64) & 1) != 0;
  }
  void note(State& state, uint32_t property) const;
  // standard.cc
  void standard(Steps& steps, const State& before, const Move& move, State& next, const Observed& observed,
                uint32_t property, std::vector<Hit>& hits) const;
  std::string unkept_duty(Steps& steps, const State& next, bool void_too) const;
  std::string what_bars(Steps& steps, const State& state, EntityId bearer, const run::Occurrence& act,
                        bool void_too) const;
  std::string no_consequence(const Observed& observed) const;
  void protection(Steps& steps, const State& before, const Move& move, State& next, uint32_t property,
                  std::vector<Hit>& hits) const;
  Value victim_of(const run::Engine& engine, const run::Occurrence& act) const;
  struct Motion {
    Value number = 0;  // of its proposal, in the state
    EventTypeId content;
    std::vector<EntityId> members;
  };
  std::optional<Motion> opened(Steps& steps, const State& next, const Observed& observed) const;
  bool carried(Steps& steps, const State& state, const Motion& motion, EntityId against) const;
  Motion motion_of(Steps& steps, const State& state, size_t proposal) const;
  std::string blocker(Steps& steps, const State& next, const Observed& observed) const;
  std::string blocker(Steps& steps, const State& state, const Motion& motion) const;
  std::string blocker_at_beginning(Steps& steps, const State& first) const;
  std::string never_in_time(Steps& steps, const State& next, const Observed& observed) const;
  std::string fighting(Steps& steps) const;

  const std::string& words_of(EventTypeId event) const {
    return m_[event].title.empty() ? m_[event].name : m_[event].title;
  }

  const Problem& p_;
  const model::Model& m_;
};

}  // namespace casus::explore
