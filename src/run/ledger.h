// SPDX-License-Identifier: Apache-2.0
// The ledger: what a replay says, record by record, in the order of docs/semantics.md. Both engines write it; everything shown to a user is
// computed from it. Records are small and of fixed size, so that ten million of them stream through a sink without allocation.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "model/model.h"

namespace casus::run {

using model::BodyId;
using model::ClauseId;
using model::EntityId;
using model::EventTypeId;
using model::FactId;
using model::InstrumentId;
using model::Value;

using OccurrenceNo = uint32_t;  // from 0, in the order in which occurrences are taken (derived ones too)
using DutyNo = uint32_t;        // from 0, in the order of birth; one duty may have several bearers
inline constexpr uint32_t no_number = 0xFFFFFFFFu;

enum class RecordKind : uint8_t {
  occurred,  // occurrence; clause: that by which it counts as; extra: the occurrence that brought it about (or no_number)
  void_act,   // follows `occurred`; reason
  born,       // duty, clause, bearer; occurrence: the trigger; extra: deadline in ms (no_value: open)
  fulfilled,  // duty, clause, bearer, occurrence: the act
  breach,  // duty (no_number for a standing prohibition), clause, bearer, occurrence: the act, or none for a deadline; extra: deadline
  unperformed,  // self-judging duty not performed by its deadline
  late,         // performed after its deadline
  released,     // reason
  lapsed,       // reason
  suspended,
  resumed,        // extra: the new deadline
  restored,       // a maintained condition holds again
  transferred,    // a duty passed to a successor: bearer = successor, extra = predecessor
  defeated,       // a prohibition (clause) yields to clause `extra`; bearer, occurrence
  clash,          // prohibition `clause` and norm `extra` both cover the act, neither prevails
  motion_opened,  // occurrence: the proposal; extra: deadline
  vote_counted,   // occurrence: the vote; bearer: the voter; extra: ballot
  contradictory,  // occurrence: the second vote
  race,           // occurrence: a vote at the instant at which its motion was decided
  adopted,        // occurrence: the proposal
  rejected,       // occurrence: the proposal
  fact_begins,    // fact, args; extra: value
  fact_ends,
};

enum class Reason : uint8_t {
  none,
  no_power,          // void: nobody gave the actor this power
  body_lacks_power,  // void proposal: the body may not decide this
  body_not_in_force,
  motion_not_open,
  not_a_member,
  recused,
  already_voted,
  not_the_chair,
  no_such_motion,    // void votes, closings
  condition_met,     // released: until
  condition_failed,  // lapsed: while
  date_passed,       // lapsed: until a date
  no_longer_bound,   // released: ceased to be party, or left the role
  terminated,        // released: the instrument ended
  not_in_force,
};

struct Record {
  int64_t at = 0;  // ms
  int64_t extra = 0;
  RecordKind kind{};
  Reason reason = Reason::none;
  uint16_t unused = 0;
  uint32_t duty = no_number;
  ClauseId clause;
  EntityId bearer;
  uint32_t occurrence =
      no_number;  // for facts: index into the side table of fact changes (Sink::fact_changed)
  friend bool operator==(const Record&, const Record&) = default;
};
static_assert(sizeof(Record) <= 40);

struct FactChange {
  FactId fact;
  std::array<Value, model::max_fact_params> args{};
  Value value = 0;
  friend bool operator==(const FactChange&, const FactChange&) = default;
};

// An occurrence as the engines take it and as the ledger shows it.
struct Occurrence {
  int64_t at = 0;
  EventTypeId event;
  EventTypeId content;                                // of propose
  bool decided = false;                               // came about by a body's decision
  std::array<Value, model::max_event_params> args{};  // no_value: not given
  std::array<Value, model::max_event_params> content_args{};
  friend bool operator==(const Occurrence&, const Occurrence&) = default;
};

// Where records go. Called in order, from one thread. The fast engine gives records many at a time: all of them are there after start(),
// advance(), finish() and flush(), and when a run stopped. `occurred` and `fact_changed` are called before the records that mention them.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void record(std::span<const Record> some) = 0;
  virtual void occurred(OccurrenceNo number, const Occurrence& occurrence) = 0;
  virtual void fact_changed(uint32_t index, const FactChange& change) = 0;
};

// Keeps everything: for a scenario, not for a stream of millions.
class Ledger final : public Sink {
 public:
  std::vector<Record> records;
  std::vector<Occurrence> occurrences;
  std::vector<FactChange> fact_changes;
  void record(std::span<const Record> some) override {
    records.insert(records.end(), some.begin(), some.end());
  }
  void occurred(OccurrenceNo, const Occurrence& o) override { occurrences.push_back(o); }
  void fact_changed(uint32_t, const FactChange& c) override { fact_changes.push_back(c); }
};

// A case: the model's instruments under replay, the eyes, the interval.
struct Case {
  std::vector<model::Under> under;
  model::ViewpointId view;  // none: undisputed
  Instant from = Instant::far_past();
  Instant until = Instant::far_future();
  // Every dated fact that holds in these eyes: the model's, the scenario's and the viewpoint's, already sifted (evidence room). Those
  // that belong to the life of an instrument outside the case are left out by the engines.
  std::vector<model::GivenFact> givens;
  // Most entries that the agenda may make in itself between two occurrences of the timeline: more is a run that goes on by itself (§3).
  uint32_t agenda_limit = 1'000'000;
};

enum class RunStatus : uint8_t { done, cascade_too_long, goes_on_by_itself, too_deep };
// Most items that one settling may handle: more is a cycle of consequences (docs/semantics.md §4).
inline constexpr uint32_t cascade_limit = 10'000;

struct Stepped {
  RunStatus status = RunStatus::done;
  OccurrenceNo number = no_number;  // that the occurrence was given: later occurrences refer to it by this
};

// A live duty at the end (or at any asked instant), one per bearer, ordered by number then bearer.
struct LiveDuty {
  DutyNo duty = no_number;
  ClauseId clause;
  EntityId bearer;
  uint32_t trigger = no_number;  // occurrence; none for standing and dated ones
  int64_t born = 0;
  int64_t deadline = model::no_value;
  enum class State : uint8_t { pending, suspended, breached } state = State::pending;
  std::vector<Value> vars;  // clause's trigger variables
  friend bool operator==(const LiveDuty&, const LiveDuty&) = default;
};

}  // namespace casus::run
