// SPDX-License-Identifier: Apache-2.0
// The state of a running engine as a value: taken between two events, kept, compared, and put back. For exploration, which goes from one
// state to many. Two states that differ in nothing that can matter later have equal words: numbers of occurrences and duties are renamed,
// duties of one clause stand in order of what they are about, and instants are told apart from the words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "run/engine.h"

namespace casus::run {

// An instant that later steps depend on.
struct Moment {
  enum class Kind : uint8_t {
    due,     // a deadline or the end of a vote: after every event of its instant
    change,  // a dated change or a delayed effect: before every event of its instant
    window,  // last instant at which `happened … within` still counts what happened, or at which a deadline that is
             // counted from it is not yet over; nothing happens by itself
    past,  // when something happened, from which a deadline may yet be counted
  } kind = Kind::due;
  int64_t at = 0;
  friend bool operator==(const Moment&, const Moment&) = default;
};

// An occurrence, and whether it is an event of the timeline: later events can name no other.
struct Told : Occurrence {
  bool told = false;
};

struct Snapshot {
  std::vector<Value> words;     // in parts, each of which changes or stays as a whole
  std::vector<uint32_t> ends;   // of the parts
  std::vector<Moment> moments;  // what words call moment 0, 1, …: each instant once for each kind
  std::vector<Told>
      occurrences;  // kept ones, by their new numbers; `at` is 0 unless it is a moment, then its index + 1
  std::vector<uint32_t> numbers;  // what the engine called them
};

// What can come into play at all, by clause and by event type; empty: everything of the case can.
struct InPlay {
  std::vector<uint8_t> clauses, events;
  bool has(ClauseId c) const { return clauses.empty() || clauses[c.index()] != 0; }
  bool has(EventTypeId e) const { return events.empty() || events[e.index()] != 0; }
};

class Snapshots {
 public:
  // `referable`: occurrences of these types may be named by later events, so the last of equal ones is kept. Whatever can not come into
  // play is no part of a state.
  Snapshots(const program::Program& program, const Case& c, std::vector<EventTypeId> referable,
            const InPlay& in_play = {});

  // Why states of this program can not be kept so that only the order of instants matters; empty: they can. For instance a
  // condition that calculates with the present instant.
  const std::vector<std::string>& obstacles() const { return obstacles_; }

  // Precondition: every event of the present instant has been settled (Engine::advance to it). `known`: occurrences by number, as the
  // engine's sink was told. `gone`: instants, of deadlines that have not begun to count, which lie in the present second and are over. An
  // obstacle that only this state has is returned: it can not be kept.
  std::optional<std::string> save(const Engine& engine, std::span<const Told> known, Snapshot& out,
                                  std::span<const int64_t> gone = {}) const;
  // Puts the engine into the state, at instant `now`, with these instants for the moments. Occurrences known to it are then
  // snapshot.occurrences.
  void load(const Snapshot& snapshot, std::span<const int64_t> moments, int64_t now, Engine& engine) const;
  // The state's occurrences as the engine knows them then.
  static void known(const Snapshot& snapshot, std::span<const int64_t> moments, std::vector<Told>& out);
  // Absolute instants within (from, until) at which a condition of some clause turns although nothing happens.
  const std::vector<int64_t>& turning_points() const { return turning_points_; }
  // Deadlines that begin with something which has happened, and may be over when they begin to count.
  struct Counted {
    EventTypeId from;   // none: any
    bool kept = false;  // from an instant that a duty keeps, not from an occurrence
    Duration within;
  };
  const std::vector<Counted>& counted() const { return counted_; }
  // Which events may change which facts is asked of the clauses: facts that no clause and no date changes are no part of a state.
  const std::vector<uint32_t>& changing_facts() const { return slots_; }

 private:
  enum class Sort : uint8_t { plain, occurrence, instant };
  class Reads;
  class Saver;
  class Loader;
  void find_slots(const Case& c, const Reads& reads);
  void find_sorts(const Case& c);
  static Sort sort_of(model::Type type) {
    return type.kind == model::TypeKind::event ? Sort::occurrence : Sort::plain;
  }
  Sort sort_of_capture(const program::PatternPlan& pattern, program::Capture capture, bool content) const;

  const program::Program& p_;
  std::vector<uint8_t> referable_;         // by event type
  std::vector<uint8_t> timed_;             // by event type: some deadline counts from when it happened
  std::vector<uint32_t> slots_;            // facts that may change and are asked about
  std::vector<std::vector<Sort>> stored_;  // by clause, as DutyPool::stored()
  std::vector<uint32_t> histories_;        // those that are asked
  std::vector<int64_t> window_;            // by history: the time within which it is asked, or no_value
  std::vector<ClauseId> active_, standing_,
      moments_;  // clauses in the case; those with a set or a truth of their own
  std::vector<int64_t> turning_points_;
  std::vector<Counted> counted_;
  std::vector<std::string> obstacles_;
};

}  // namespace casus::run
