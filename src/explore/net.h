// SPDX-License-Identifier: Apache-2.0
// A model under one case as a boolean transition system: state bits, and for each concrete event and each timer one rule that
// says by boolean functions of the bits what becomes of them. What is true of src/run is true of the net, step by step, until a
// rule's `beyond` holds: the net has no room for what would happen then, and another engine has to be asked.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "explore/circuit.h"
#include "program/program.h"
#include "run/ledger.h"

namespace casus::explore {

using model::ClauseId;
using model::EntityId;
using model::EventTypeId;
using model::FactId;
using model::Value;
using run::RecordKind;

enum class BitKind : uint8_t {
  fact,       // a relation holds of `args`; a function of `args` has `value`
  pending,    // duty `slot` of actor `party`
  suspended,  // the same
  breached,   // the same: breached and still open
  done,       // act number `value` of a duty of several acts (`party`: none when it is borne together)
  born_for,   // standing clause `slot` has been born for `party`
  truth,      // moment `slot` (a clause): its condition, as it was last asked
  happened,   // history `slot` of the program, with the asked arguments `args`
  open,       // motion `slot`
  asked,      // motion `slot`: whether it is decided is to be asked at the end of this instant
  member,     // of the electorate of motion `slot`
  recused,
  grouped,  // of the group `value` (of the rule's terms) of motion `slot`, at the proposal
  yes,
  no,
  abstain,
  waiting,   // delayed effect `slot`
  to_come,   // dated change `slot`
  reached,   // the instant `value` has been reached
  occurred,  // the last of equal occurrences that events refer to is the one with the name args[0]
};
struct Bit {
  BitKind kind{};
  uint32_t slot = 0;
  FactId fact;
  EntityId party;  // to whom it belongs, where it is somebody's: variables are ordered by it
  std::array<Value, model::max_event_params> args{};
  Value value = 0;
  std::string name;
};

// Where a live duty is kept: one clause, one set of stored values.
struct DutySlot {
  ClauseId clause;
  std::vector<Value> stored;  // as ClausePlan::stored; occurrences by name, instants left out
  uint32_t place =
      0;  // tells apart what is born under the same values (standing clauses; NetLimits::capacity)
};
// What a motion is, for those that refer to it before it is proposed.
struct MotionName {
  EntityId in;  // the body
  EventTypeId content;
  std::array<Value, model::max_event_params> args{};
  uint32_t place = 0;  // tells apart those that are open, or referred to, at once
  friend bool operator==(const MotionName&, const MotionName&) = default;
};
struct MotionSlot {
  MotionName name;
  uint32_t decision = 0;  // by which of the body's decision clauses
};

// At one instant the order is: forget, reached; changes in order of entry; occurrences; the rest in order of entry.
enum class TimerKind : uint8_t {
  forget,    // a `happened within` is over; Timer::slot: the bit, or none when that has become a constant
  reached,   // a date; Timer::slot: as before
  change,    // dated facts, delayed effects, births at a date; Timer::slot: which of them
  deadline,  // of duty `slot`
  expiry,    // `until` a date, of duty `slot`
  motion,    // the deadline of motion `slot`
  question,  // whether motion `slot` is decided: due at once
};
struct Timer {
  TimerKind kind{};
  uint32_t slot = 0;
  ClauseId clause;
  Literal running;  // in the state before a rule; a timer that runs no more after a rule is stopped
  std::string name;
};
struct Due {  // when a timer passes
  bool absolute = false;
  Duration after;  // from the rule's instant
  int64_t at = 0;  // absolute
};
struct TimerStart {  // or restart
  uint32_t timer = 0;
  Literal starts;
  Due due;
};
struct Observation {
  RecordKind kind{};
  ClauseId clause;
  EntityId bearer;
  Literal when;
  EventTypeId what;  // adopted, rejected: the content of the motion; void: the act
  Value name =
      0;  // occurred, motion opened, adopted, rejected: of the occurrence or the proposal (Net::names)
};
struct Write {
  uint32_t bit = 0;
  Literal next;
};
// Why there would be no room, and since which clause.
struct Beyond {
  ClauseId clause;
  std::string why;
  Literal when;
};
struct Rule {
  bool is_timer = false;
  uint32_t index = 0;  // of the event, as compile_net() was given it, or of the timer
  Literal enabled;
  std::vector<Write> writes;       // bits not named stay
  std::vector<TimerStart> timers;  // in the order in which they enter the agenda
  std::vector<Observation> records;
  Literal beyond;  // any of `reasons`
  std::vector<Beyond> reasons;
};

// What a value that stands for an occurrence means (a proposal: by whomever); equal ones that are referred to at once have different places.
struct OccurrenceName {
  run::Occurrence occurrence;
  uint32_t place = 0;
};

struct Net {
  int64_t from = 0;       // the instant of the first state
  std::vector<Bit> bits;  // input i of the circuit is bit i
  std::vector<bool> initial;
  std::vector<Bit> always_so;  // what would have a bit if it ever changed
  Circuit circuit;
  std::vector<Rule>
      rules;  // events in the order given (what is only told is never enabled), then timers in order
  std::vector<Timer> timers;
  std::vector<TimerStart> running_at_first;  // all absolute
  std::vector<DutySlot> duties;
  std::vector<MotionSlot> motions;
  std::map<Value, OccurrenceName> names;
  // In the state before a rule: Program::questions, and if they are asked for, MotionAsks of each motion.
  std::vector<Literal> conditions;
};
// Whether the motion is open; is adopted if all who are members vote yes now and nothing else happens; and is adopted then, but not if one of
// them, whoever, votes no alone.
enum class MotionAsk : uint8_t { open, carried, blocked };
inline constexpr size_t motion_asks = 3;

// An event that may happen: its arguments are constants. One that is an occurrence is earlier() of an event before it in the list: the occurrence that
// was so and has that place, if it is the last of its equals or something refers to it. A vote or a closing says by `motion` what it is on.
inline Value earlier(size_t event, uint32_t place) { return static_cast<Value>(event) | Value{place} << 32; }
inline size_t event_of(Value earlier) { return static_cast<uint32_t>(earlier); }
inline uint32_t place_of(Value earlier) { return static_cast<uint32_t>(earlier >> 32); }
struct MayOccur {
  run::Occurrence occurrence;  // `at` is not looked at, nor `on` where `motion` is given
  std::optional<MotionName> motion;
  // A question of Program::questions that has to hold in the state before, and the values of its variables.
  std::optional<uint32_t> only_if;
  std::vector<Value> vars;
  // Sets to which these have to belong in the state before; and whether the motion has to be open then, or something has to refer to it.
  struct Member {
    program::DomainPlan domain;
    Value who = 0;
  };
  std::vector<Member> members;
  bool on_kept_motion = false;
  bool only_told = false;  // in the story, and never after it
};
// What happened before the first state: events of the list at their instants, in order, and what is due up to and including `until`.
struct Told {
  uint32_t event = 0;
  int64_t at = 0;
};
struct Story {
  std::vector<Told> events;
  int64_t until = 0;
};
struct NetLimits {
  // How many of one kind may be there at once: live duties of one clause with equal values, equal occurrences that are referred to, equal
  // effects that are due.
  uint32_t capacity = 1;
  uint32_t bits = 20'000;
  uint32_t gates = 20'000'000;
  uint32_t items = 2'000;                   // of one settling
  uint32_t depth = 16;                      // of what brings about one another in it
  uint64_t work = 200'000'000;              // parts of conditions asked
  const std::atomic<bool>* stop = nullptr;  // set from outside: what is under way is refused
};
// Why a model is no net: the clause (none: no single one) and what of it.
struct Refusal {
  ClauseId clause;
  std::string why;
};
struct Compiled {
  std::optional<Net> net;
  Refusal refusal;  // when there is none
};

// Outside the fragment, and refused: instants that are reckoned with or kept (but for the deadlines that run from them, and what was in the story), functions of very many
// values, votes that count by numbers that change. Deterministic. The records `contradictory`, `race` and `transferred` are not observed.
Compiled compile_net(const program::Program& program, const run::Case& c, std::span<const MayOccur> events,
                     const NetLimits& limits = {}, const std::optional<Story>& story = {},
                     bool asks_motions = false);

}  // namespace casus::explore
