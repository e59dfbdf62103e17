// SPDX-License-Identifier: Apache-2.0
// Internal to the room: what every lint needs, and the list of the lints.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "check/sets.h"
#include "text/diagnostic.h"

namespace casus::check {

using model::ArticleId;
using model::BodyId;
using model::Clause;
using model::ClauseKind;
using model::Decision;
using model::InstrumentId;
using model::PatternId;
using model::TriggerKind;

struct Blocking;

class Context {
 public:
  Context(const Model& model, const Sources& all_sources, std::span<const std::string> files,
          Diagnostics& findings, Diagnostics& notes);

  bool here(const Span& span) const;  // in one of the files that are checked
  // Sources that are checked, in their order.
  const std::vector<SourceId>& files() const { return files_; }
  void add(Diagnostic d);
  // An instrument whose clauses are not meant to bind anybody, such as the shapes of a coding scheme: `binding none`, and no party
  // is named.
  bool of_shapes(InstrumentId instrument) const;
  // "North Atlantic Treaty, article 5"; either may be none.
  std::string where(InstrumentId instrument, ArticleId article = {}) const;
  std::string where(const Clause& c) const { return where(c.instrument, c.article); }
  std::string names(const std::vector<EntityId>& who) const;  // "DEU, FRA and 7 more"
  // The first such word of the code in `in`, comments apart; `in` when it is not there.
  Span word(Span in, std::string_view word) const;
  // False once the work for comparing things with each other is used up; says so once.
  bool spend(size_t steps);
  // Whether nothing loaded gives the fact or brings it about for these arguments; false of what is contested or derived.
  bool never_true(FactId fact, const std::vector<Value>& args, size_t& steps) const;
  // What is given of the world about a fact; of `party` about that instrument. In their order.
  std::span<const model::GivenFact* const> givens_of(FactId fact, EntityId of = {}) const;
  std::span<const model::GivenFact* const> givens_of(FactId fact, const std::vector<Value>& args) const;
  // What bodies may decide with this content, and the duties that arise when it is decided.
  using BodyDecision = std::pair<const model::Body*, const Decision*>;
  std::span<const BodyDecision> decisions_of(model::EventTypeId content) const {
    return decisions_[content.index()];
  }
  std::span<const model::ClauseId> duties_on(model::EventTypeId content) const {
    return duties_[content.index()];
  }
  // In force, as far as dates say: for ever where none does or a condition lets it in; a draft from the day of its text.
  Times life(InstrumentId id) const { return lives_[id.index()]; }
  // When the clause can bind, as far as its own dates and its instrument's say.
  Times times_of(const Clause& c) const;
  // Whether the fact is given for these arguments for all of that time; false of what is contested or derived.
  bool always_true(FactId fact, const std::vector<Value>& args, Times when, size_t& steps) const;
  const model::EventType& event_of(PatternId p) const { return m[m[p].event]; }

  const Model& m;
  const Sources& sources;
  const Sets sets;
  // By members and rule: what has been asked once.
  std::map<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t>, std::shared_ptr<const Blocking>> blockings;

 private:
  void read_lives();
  void read_decisions();

  std::vector<bool> here_;    // by source
  std::vector<Times> lives_;  // by instrument
  std::map<std::pair<FactId, EntityId>, std::vector<const model::GivenFact*>> givens_;
  std::vector<std::vector<BodyDecision>> decisions_;  // by event
  std::vector<std::vector<model::ClauseId>> duties_;  // by event
  std::vector<SourceId> files_;
  Diagnostics &findings_, &notes_;
  size_t left_ = 5'000'000;  // well under a second
};

bool is_duty(const Clause& c);  // obligation, bring about, maintenance
bool is_norm(const Clause& c);  // anything but a consequence
inline constexpr size_t joined = 12;
std::string join(const std::vector<std::string>& parts, size_t most = joined);  // "A, B and 3 more"
// Every expression of the clause, but those inside its patterns; none are not valid.
std::vector<ExprId> conditions_of(const Clause& c);
void visit(const Model& m, ExprId root, const std::function<void(ExprId)>& each);

void check_conflicts(Context& x);
void check_blocking(Context& x);
void check_self_guarantee(Context& x);
void check_gaps(Context& x);
void check_dead(Context& x);
void check_open_terms(Context& x);
void check_wording(Context& x);
void check_prose(Context& x);
void check_drift(Context& x);
void check_races(Context& x);
void check_circular(Context& x);
void check_impossible(Context& x);
void check_protection(Context& x);
void check_deadlines(Context& x);
void check_contested(Context& x);
void check_engagements(Context& x);
void check_unreachable(Context& x);
void check_undefined(Context& x);
void check_holders(Context& x);
void check_waiting(Context& x);

}  // namespace casus::check
