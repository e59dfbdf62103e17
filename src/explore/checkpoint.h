// SPDX-License-Identifier: Apache-2.0
// An exploration that ended too early, to be gone on with (docs/decisions/0021-going-on-with-an-exploration.md). No state is kept, only the
// move by which each was reached first: whoever goes on makes these moves again, so that no state can come of a file that the model does
// not have itself.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace casus::explore {

inline constexpr uint32_t no_state = 0xFFFFFFFFu;

// How a state was reached first.
struct Origin {
  uint32_t from = no_state;
  uint32_t move = 0;  // Move::Kind in the two low bits, then the index
};

// How far the search has come. States are numbered as they are found, so that a layer, of one number of events, is a range.
struct Position {
  uint32_t events = 0;        // so many in every course that leads into the layer
  bool by_event = false;      // further events are tried; else what falls due
  uint32_t layer = 0;         // its first state
  uint32_t from = 0, to = 1;  // those whose moves are still to be made
};

struct Checkpoint {
  // By its moves, as Origin::move has them.
  struct Story {
    uint32_t property = 0;
    std::vector<uint32_t> moves;
    std::vector<uint32_t> closed;  // Decided::closed
  };
  enum class Trouble : uint8_t { none, other_question, damaged, limit };

  Trouble trouble = Trouble::none;  // why it could not be gone on with; not kept
  uint8_t ended = 0;                // as Ended
  uint64_t states = 0, moves = 0;
  uint32_t events = 0;
  std::vector<Story> stories;
  std::vector<std::string> obstacles;
  // Of one that is not finished.
  std::vector<Origin> origins;
  std::vector<uint32_t>
      closed;  // by property: how many states there were when it was decided; no_state: it is open
  Position position;
};

// Checkpoints of several explorations and packages, each under the digest of what was asked.
class Checkpoints {
 public:
  // What a file holds. Fails when it is not one of ours, or damaged; takes any bytes, and memory in proportion to them.
  static Result<Checkpoints> read(std::string_view bytes);
  std::string text() const;
  // Whether it begins as such a file does; the first bytes of it are enough.
  static bool begins_like_one(std::string_view bytes);
  // Whether anything is left to be gone on with.
  bool unfinished() const;

  bool resumed = false;                                     // it was read from a file
  Checkpoint::Trouble trouble = Checkpoint::Trouble::none;  // why the exploration failed
  std::map<uint64_t, Checkpoint> kept;
};

}  // namespace casus::explore
