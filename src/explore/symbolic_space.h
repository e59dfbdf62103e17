// SPDX-License-Identifier: Apache-2.0
// Sets of states with time: a diagram for each timing, and what a move makes of one.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "explore/net_outcome.h"
#include "explore/symbolic_moves.h"

namespace casus::explore {

using SymbolicSets = std::vector<Diagram>;  // by timing
Diagram& set_at(SymbolicSets& sets, TimingId timing);
bool is_empty(const SymbolicSets& sets);

class SymbolicSpace {
 public:
  // All of it outlives the space. `with_time`: false where time is left out, so that whatever is due may pass at any time.
  // `bytes`: in which the moves have to find room, or the diagrams are exhausted; allow() gives more.
  SymbolicSpace(NetProblem& problem, const Limits& limits, bool with_time, BitOrder order, size_t bytes);

  // Some states of one timing in which a move can be made, and the timing after it.
  struct Part {
    const SymbolicMove* move = nullptr;
    TimingId before = 0, after = 0;
    Diagram from;
  };
  // Divides the states in which the move can be made by what it does to the timers. Notes states for which there is no room.
  void divide(const SymbolicMove& m, TimingId timing, const Diagram& from, std::vector<Part>& out);
  // False: it has to end, as `ended`, `beyond` or `split` say. `more`: bytes in use beside the diagrams.
  bool goes_on();
  Ended ended = Ended::complete;
  std::string beyond;
  std::set<uint32_t> split;  // timers whose groups have to be taken apart; then everything starts again
  size_t bytes = 0;          // the most that have been in use
  double full() const { return limits_.full(diagrams.bytes() + timings_.bytes()); }

  bool is_timer(const SymbolicMove& m) const { return problem.net.rules[m.rule].is_timer; }
  // Whether a property is asked in states of this timing. `first`: in the beginning, of which the problem says whether it decides it.
  bool is_asked(size_t property, TimingId timing, bool first) const;
  // Of these states, those in which the move decides a property, or is one that does.
  Diagram deciding(const Part& part, size_t property);
  Diagram deciding(TimingId timing, const Diagram& states, size_t property, bool first);
  Natural count(const SymbolicSets& sets) const;
  size_t timings() const { return with_time_ ? timings_.size() : 1; }

 private:
  std::vector<SymbolicMoves::Asked> rules();
  size_t signature_bits(const SymbolicMove& m) const {
    return with_time_ ? problem.groups.rules[m.rule].signature_bits() : 0;
  }
  bool may_come(const SymbolicMove& m, TimingId timing) const;
  void divide(const SymbolicMove& m, TimingId timing, Diagram from, size_t bit, uint64_t signature,
              std::vector<Part>& out);
  bool is_room(const SymbolicMove& m, const Diagram& from);

  const Limits& limits_;
  const bool with_time_;
  std::vector<size_t>
      by_;  // by property: its place in SymbolicMove::asked after the signature; 0: no move decides it

 public:
  NetProblem& problem;
  Diagrams diagrams;
  SymbolicMoves moves;

 private:
  Timings timings_;
};

}  // namespace casus::explore
