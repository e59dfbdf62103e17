// SPDX-License-Identifier: Apache-2.0
// Every course of events, in breadth: first all that can come about without an event, then by one, by two, and so on. So the first story that
// decides a property has as few events as any. The outcome does not depend on the number of threads.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "explore/checkpoint.h"
#include "explore/properties.h"
#include "explore/states.h"

namespace casus::explore {

// How it is explored: state by state with the engine itself; state by state on a net, bit-packed (packed.h); by sets of states (symbolic.h).
enum class Engine : uint8_t { general, packed, symbolic };

// What need not be explored on a net, which changes no answer and no fewest number of events: what does not matter for what is asked
// (net_slice.h); all states but one of those that are one up to an exchange of parties (net_symmetry.h), or, where none are, moves after which the same is
// reached as in another order (packed_order.h), both state by state only. To find out takes longer than a small search does, so that solve() begins
// without.
struct Reductions {
  bool slice = true, symmetry = true, order = true;
  uint64_t small = 10'000;  // states that are looked at before
};

struct Limits {
  uint64_t states = 50'000'000;
  size_t bytes = size_t{4} << 30;  // of what is kept of states
  uint32_t stories = 1;            // different ones that are looked for, of each property
  uint32_t threads = 1;
  const std::atomic<bool>* stop = nullptr;  // set from outside: ends at the next opportunity
  std::optional<Engine> engine;             // what solve() takes where it can; none: what fits
  Reductions reductions;
  Checkpoints* kept = nullptr;  // what earlier searches came to, and where this one's is put

  double full(size_t in_use) const { return static_cast<double>(in_use) / static_cast<double>(bytes); }
};

enum class Answer : uint8_t { violated, holds, unknown };
std::string_view answer_word(Answer answer);

// A move by which a property was decided: from this state by that move. The path to the state is Search::path().
struct Decided {
  std::vector<Move> path;  // the last one decides; empty: at the beginning
  std::string why;
  // By property: the first of these moves that was made after it was decided. Empty: all were open throughout.
  std::vector<uint32_t> closed;
  std::vector<uint8_t> open(size_t move, size_t properties) const;  // which were, when this one was made
};
struct PropertyOutcome {
  Answer answer = Answer::unknown;
  std::vector<Decided> stories;
};
enum class Ended : uint8_t { complete, at_most, states, memory, stopped, decided, obstacle };
// Whether a budget or a stop from outside ended it, so that it can be gone on with.
constexpr bool is_unfinished(Ended e) {
  return e == Ended::states || e == Ended::memory || e == Ended::stopped;
}
struct Outcome {
  std::vector<PropertyOutcome> properties;
  Ended ended = Ended::complete;
  uint64_t states = 0, moves = 0;
  uint64_t moves_left_out = 0;  // of these, as the same is reached in another order
  uint32_t events = 0;          // every course of so many was followed
  size_t bytes = 0;
  size_t event_ways = 0;  // events that may happen, told apart by their arguments
  std::vector<std::string> obstacles;
  // Which explorer it was, and why no faster one; of a net's, how many bits a state takes, and how many properties the general one answered beside.
  Engine engine = Engine::general;
  std::string why_not;
  uint32_t bits = 0;
  size_t by_general = 0;
  std::string states_written;  // when they are more than `states` can say
  // What was not explored: bits of a state, and events that may happen, which do not matter for what is asked; and the classes of parties up to
  // whose exchange states are counted.
  uint32_t bits_left_out = 0, events_left_out = 0;
  std::vector<std::vector<std::string>> exchanged;
};

struct Progress {
  uint64_t states = 0, waiting = 0;  // 0 states: sets of them, which are not counted on the way
  uint32_t events = 0;
  double full = 0;  // how much of the memory budget is in use
};

// Deterministic, whatever the number of threads; but a stop from outside comes when it comes. Cost: a step of the engine for each move from each
// state. Memory: `limits.bytes` and one chunk of states.
// Asks for the properties that are `open` only; empty: for all.
Outcome search(const Ground& ground, const Limits& limits,
               const std::function<void(const Progress&)>& progress = {}, std::vector<uint8_t> open = {});
// The same, with what is needed to go on put into `checkpoint`; or going on from what is there, to the same outcome. Fails when that does not
// fit (Checkpoint::trouble). Cost of going on: a step of the engine for each state seen before.
Result<Outcome> search(const Ground& ground, const Limits& limits,
                       const std::function<void(const Progress&)>& progress, Checkpoint& checkpoint,
                       bool goes_on);

}  // namespace casus::explore
