// SPDX-License-Identifier: Apache-2.0
// By which timings what comes next: the rules of time that every explorer shares. A zone's place 0 is the end of the time explored, place 1 the
// last move; all others are instants at which something falls due, or that have passed. A dated change is kept by the second before it: the
// last at which an event would still come first.
#pragma once

#include <optional>
#include <utility>

#include "base/time.h"
#include "explore/zone.h"

namespace casus::explore {

inline constexpr size_t zone_end = 0, zone_last = 1, zone_moments = 2;

// The order in which what falls due at one second of the zone is taken; of one rank, by place. A change comes last, as it is kept by the second
// before it.
enum class Rank : uint8_t { due, watch, end, change };

// Below, `rank` says of a place what falls due there: std::optional<Rank>, none for the last move and what has passed.

// The timings by which an event comes next, and its place. False: by none. `after_due`: something fell due by the last move: an event can
// only come after that instant.
template <class RankOf>
bool event_next(Zone& zone, RankOf rank, bool after_due, int64_t gap, size_t& now) {
  now = zone.add();
  if (!zone.at_most(zone_last, now, after_due ? -1 : -gap)) return false;
  for (size_t at = 0; at < now; ++at) {
    if (rank(at) && !zone.at_most(now, at, 0)) return false;
  }
  return true;
}

// The timings by which what falls due at `now` comes next.
template <class RankOf>
bool due_next(Zone& zone, RankOf rank, size_t now) {
  const auto key = [&](size_t at) { return std::pair(*rank(at), at); };
  for (size_t at = 0; at < zone.size(); ++at) {
    if (at == now || !rank(at)) continue;
    if (!zone.at_most(now, at, key(at) < key(now) ? -1 : 0)) return false;
  }
  return true;
}

// Whether by some timing nothing else falls due at the instant of the last move. After a change, whose second is the one before it, another second
// has passed.
template <class RankOf>
bool lasts(Zone zone, RankOf rank, bool after_change) {
  for (size_t at = 0; at < zone.size(); ++at) {
    if (at == zone_end || !rank(at)) continue;
    if (!zone.at_most(zone_last, at, (*rank(at) == Rank::change ? 0 : -1) - (after_change ? 1 : 0)))
      return false;
  }
  return true;
}

// What falls due after the end never does: all such instants are alike, one second after it.
inline void put_after_the_end(Zone& zone, size_t& at, Rank rank) {
  if (zone.bound(zone_end, at) > (rank == Rank::change ? 0 : -1)) return;
  at = zone.add();
  zone.equal(at, zone_end, 1);
}

}  // namespace casus::explore
