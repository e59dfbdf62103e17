// SPDX-License-Identifier: Apache-2.0
// The search itself, from the beginning (search.cc) or from where an earlier one ended (search_restore.cc).
#pragma once

#include <map>
#include <optional>
#include <set>

#include "explore/parallel.h"
#include "explore/search.h"

namespace casus::explore {

inline constexpr size_t chunk_size =
    64;  // states whose successors are held at once, beside what --memory counts

inline uint32_t pack(const Move& m) { return m.index << 2 | static_cast<uint32_t>(m.kind); }
inline Move::Kind kind_of(uint32_t packed) { return static_cast<Move::Kind>(packed & 3); }
// The move among those that are possible, events first; nullptr: it is none of them.
const Move* find_move(const std::vector<Move>& moves, uint32_t packed);

class Searcher {
 public:
  // Asks for the properties that are `open`.
  Searcher(const Ground& ground, const Limits& limits, const std::function<void(const Progress&)>& progress,
           std::vector<uint8_t> open);
  Outcome run();
  // What is left of it in `c` is of no use any more.
  Result<Outcome> go_on(Checkpoint& c);
  // After run() or go_on(), of which `outcome` came.
  Checkpoint checkpoint(const Outcome& outcome);

 private:
  struct Successor {
    State state;
    uint32_t move = 0;
  };
  struct Expanded {
    std::vector<Successor> successors;
    std::vector<std::pair<uint32_t, Hit>> hits;  // by move
    std::set<std::string> obstacles;
    uint64_t moves = 0;
  };

  // False: this can not be explored.
  bool begin();
  void search();
  // The successors of the states from at_.from up to at_.to, by events or by what falls due. False: the search has ended.
  bool expand();
  void successors(Steps& steps, const State& state, bool events, Expanded& out) const;
  void merge(Expanded& done, uint32_t from);
  bool ended();
  size_t bytes() const { return states_->bytes() + origins_.capacity() * sizeof(Origin); }
  void decide(const Hit& hit, uint32_t from, uint32_t move);
  // False: it is known already.
  bool add_story(uint32_t property, Decided story);
  static std::vector<std::vector<Value>> events_of(const Decided& story);
  // Once a property is decided, the states that are made then wait for nothing on its account.
  void note_closed();
  // The moves from the beginning to the state, then that one.
  Decided path(uint32_t state, uint32_t last);
  void finish();

  // Makes the move by which each state was reached first.
  std::optional<Failure> restore_states(Checkpoint& c);
  // The states [first, last), which come from ones before `first` and were made while the same properties were open.
  bool restore_chunk(uint32_t first, uint32_t last);
  // Goes through the story's moves, the last of which must decide it.
  bool restore_story(const Checkpoint::Story& story);

  const Ground& g_;
  const Limits& limits_;
  const std::function<void(const Progress&)>& progress_;
  Properties properties_;
  const std::vector<uint8_t> asked_;
  std::vector<uint8_t> open_;
  std::vector<uint32_t> closed_;  // Checkpoint::closed
  std::vector<std::unique_ptr<Steps>> workers_;
  std::optional<States> states_;
  std::vector<Origin> origins_;
  Position at_;
  std::vector<Hit> at_beginning_;
  std::set<std::string> obstacles_;
  std::map<uint32_t, std::set<std::vector<std::vector<Value>>>> known_;
  Outcome out_;
};

}  // namespace casus::explore
