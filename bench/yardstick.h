// SPDX-License-Identifier: Apache-2.0
// The yardstick for benchmark (b): the rules of bench/models/crisis.casus and nothing else, written by hand with bit sets and a timer wheel, in
// no general terms. What it costs is about what the rules cost at the least; the engine's distance from it is the price of being general.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace casus::bench {

struct CrisisEvent {
  int64_t at;      // seconds
  uint32_t kind;   // 0 attack, 1 consult, 2 assist
  uint32_t by;     // 0..31
  uint32_t other;  // attack: the victim
  uint32_t about;  // number of the attack
};

class Yardstick {
 public:
  struct Count {
    uint64_t born = 0, kept = 0, breached = 0;
    friend bool operator==(const Count&, const Count&) = default;
  };

  void take(const CrisisEvent& e) {
    turn(e.at);
    if (e.kind == 0) {
      attack(e);
      return;
    }
    Slot& s = slots_[e.about & mask];
    uint32_t& open = e.kind == 1 ? s.consult : s.assist;
    const uint32_t bit = uint32_t{1} << e.by;
    if (s.number == e.about && (open & bit) != 0) {
      open &= ~bit;
      ++count_.kept;
    }
  }
  Count finish() {
    turn(now_ + 73 * 3600);
    return count_;
  }

 private:
  static constexpr uint32_t mask = (1u << 16) - 1;  // attacks alive at once
  static constexpr int64_t tick = 64;               // seconds a wheel's place
  static constexpr size_t places = 8192;            // more than 72 h
  struct Slot {
    uint32_t number = UINT32_MAX, consult = 0, assist = 0, victim = 0;
    int64_t at = 0;
  };
  struct Timer {
    int64_t due;
    uint32_t number;
    uint32_t kind;
  };

  void attack(const CrisisEvent& e) {
    Slot& s = slots_[next_ & mask];
    s.number = next_;
    s.at = e.at;
    s.victim = e.other;
    s.consult = s.assist = ~(uint32_t{1} << e.other);
    count_.born += 62;
    put({e.at + 24 * 3600, next_, 1});
    put({e.at + 72 * 3600, next_, 2});
    ++next_;
  }
  void put(const Timer& t) { wheel_[static_cast<size_t>(t.due / tick) % places].push_back(t); }

  // Deadlines are inclusive: those strictly before `to` fire.
  void turn(int64_t to) {
    if (to == now_) return;
    for (int64_t t = now_ / tick; t <= (to - 1) / tick; ++t) {
      auto& place = wheel_[static_cast<size_t>(t) % places];
      size_t kept = 0;
      for (const Timer& timer : place) {
        if (timer.due >= to) {
          place[kept++] = timer;
          continue;
        }
        Slot& s = slots_[timer.number & mask];
        uint32_t& open = timer.kind == 1 ? s.consult : s.assist;
        count_.breached += static_cast<uint64_t>(std::popcount(open));
        open = 0;
      }
      place.resize(kept);
    }
    now_ = to;
  }

  std::vector<Slot> slots_ = std::vector<Slot>(mask + 1);
  std::vector<std::vector<Timer>> wheel_ = std::vector<std::vector<Timer>>(places);
  uint32_t next_ = 0;
  int64_t now_ = 0;
  Count count_;
};

}  // namespace casus::bench
