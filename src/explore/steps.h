// SPDX-License-Identifier: Apache-2.0
// States and the moves between them. A state is what the engine needs to go on (run/snapshot.h), and a zone: all timings by which the story
// so far could have led here. A move is an event that may happen, at any instant before what falls due next; or the next thing that
// falls due. Which of two things falls due first is a move too, wherever both orders are possible: so only the order of instants is
// explored, never a grid of them. Each move is one step of the engine, made at one timing of the zone: it can not matter which, as the
// engine asks of instants only their order.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "explore/events.h"
#include "explore/instants.h"
#include "explore/problem.h"
#include "explore/zone.h"
#include "run/engine.h"
#include "run/snapshot.h"

namespace casus::explore {

// What is watched besides the engine's state: a time limit of a property, or an instant at which a condition turns by itself.
struct Watch {
  int64_t property = 0;  // index, or -1: a turning point
  int64_t subject = 0;   // whom it concerns
  friend auto operator<=>(const Watch&, const Watch&) = default;
};

// Instants of a zone, after its end and the last move: the snapshot's moments, then the watches'.
struct State {
  run::Snapshot snapshot;
  std::vector<Watch> watches;
  std::vector<int64_t> notes;  // what properties remember of the story
  Zone zone;
  bool after_due = false;  // something fell due by the last move: an event can only come after that instant
};
struct Move {
  enum class Kind : uint8_t { event, due, watch, end } kind = Kind::event;
  uint32_t index = 0;     // in the events listed; in the moments; in the watches
  run::Occurrence event;  // names occurrences of the state before
};

// Where an instant of a state's zone comes from, in the zone of the state before: it is the one at `old`; or it lies so many seconds after the one at
// `base`, or after the move when there is none.
struct Link {
  static constexpr size_t none = SIZE_MAX;
  size_t old = none, base = none;
  int64_t after = 0;
};

// What a move brought about.
struct Observed {
  std::vector<run::Record> records;
  std::vector<run::Told> known;  // occurrences by number: those of the state before, then the new ones
  run::RunStatus status = run::RunStatus::done;
  std::optional<std::string> obstacle;  // the state after it can not be kept
  std::vector<Link> links;  // of the moments and watches of the state after it, before properties are asked
};

// What all workers share; read only.
class Ground {
 public:
  // Fails when too many events may happen.
  static Result<std::unique_ptr<Ground>> make(const Problem& problem);

  const Problem& problem() const { return problem_; }
  const run::Snapshots& snapshots() const { return *snapshots_; }
  const Events& events() const { return events_; }
  const State& beginning() const { return beginning_; }
  // Why not every timing can be told by order alone; empty: it can.
  const std::vector<std::string>& obstacles() const { return obstacles_; }
  // By the number of an occurrence before the beginning: its place in Problem::before; none for those that others brought about.
  const std::vector<uint32_t>& event_of_number() const { return event_of_number_; }
  // That a run stopped before the beginning.
  run::RunStatus status() const { return status_; }

 private:
  explicit Ground(const Problem& problem) : problem_(problem) {}
  void find_obstacles();
  const Problem& problem_;
  std::unique_ptr<run::Snapshots> snapshots_;
  Events events_;
  State beginning_;
  std::vector<std::string> obstacles_;
  std::vector<uint32_t> event_of_number_;
  run::RunStatus status_ = run::RunStatus::done;
};

// A time limit so many seconds after a place of the zone; and the end of waiting for one.
void add_watch(State& state, Watch watch, int64_t after, size_t from);
void drop_watch(State& state, size_t watch);

// One worker: an engine of its own. Not for two threads at once.
class Steps {
 public:
  explicit Steps(const Ground& ground);

  // Every move that is possible, in a fixed order: events, then what falls due, then the end.
  void moves(const State& state, bool events, std::vector<Move>& out);
  // Makes it. The engine is then in the state after it, so that conditions can be asked. False: no timing allows it.
  bool make(const State& state, const Move& move, State& next, Observed& observed);
  // Puts the engine into the state.
  void enter(const State& state);
  // What would come of an event at this state, apart from the search: records and whether it ran through.
  run::RunStatus try_event(const State& state, const run::Occurrence& event,
                           std::vector<run::Record>& records);
  // The same of several, one after the other, and of all that then falls due.
  void try_votes(const State& state, std::span<const run::Occurrence> votes,
                 std::vector<run::Record>& records);
  run::Engine& engine() { return *engine_; }

 private:
  class Listener final : public run::Sink {
   public:
    void record(std::span<const run::Record> some) override {
      if (records) records->insert(records->end(), some.begin(), some.end());
    }
    void occurred(run::OccurrenceNo, const run::Occurrence& o) override {
      if (known) {
        known->emplace_back();
        static_cast<run::Occurrence&>(known->back()) = o;
      }
    }
    void fact_changed(uint32_t, const run::FactChange&) override {}
    std::vector<run::Record>* records = nullptr;
    std::vector<run::Told>* known = nullptr;
  };
  bool constrain(const State& state, const Move& move, Zone& zone, size_t& now) const;
  // Instants in ms for one timing of the zone, each told apart by its milliseconds; the one at which the move is made.
  int64_t timing(const State& state, const Zone& zone, size_t now, bool of_event);
  void load(const State& state, int64_t before);
  std::vector<int64_t> over_now(const State& state, const Zone& zone, size_t now) const;
  void zone_after(const State& state, const Zone& zone, size_t now, State& next,
                  std::vector<Link>& links) const;

  const Ground& g_;
  Listener listener_;
  std::unique_ptr<run::Engine> engine_;
  std::vector<int64_t> seconds_, instants_;  // by place in the zone
  std::vector<int64_t> moments_;             // the instants of the snapshot's moments
};

// What place `at` of the state's zone is.
Rank rank_of(const State& state, size_t at);
bool falls_due(const State& state, size_t at);  // false: it lies in the past, or is the last move
// Whether the state lasts: by some timing nothing else falls due at the instant at which it begins. One that does not is nobody's state, but a step
// on the way through an instant. `move`: by which it came about.
bool lasts(const State& state, const State& before, const Move& move);

}  // namespace casus::explore
