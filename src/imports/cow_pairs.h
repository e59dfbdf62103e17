// SPDX-License-Identifier: Apache-2.0
// Internal to the room: rows of pairs and years, put together by conflict.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "imports/cow.h"

namespace casus::imports::pairs {

inline constexpr int64_t most_number = 999'999, first_year = 1500, last_year = 2998;
inline constexpr int64_t force = 4, war = 5;

// One pair in one conflict, from whichever rows tell of it. `a` is the lower code.
struct Pair {
  int64_t a = 0, b = 0;
  int64_t first = 0, last = 0;             // years
  std::array<int64_t, 2> level{}, side{};  // of a, of b
  std::array<bool, 2> began{};  // was in it from the beginning; of wars: is marked as having begun it
  std::array<bool, 2> told{};   // whether the rows from a to b and from b to a are there
  uint64_t line = 0;
};
struct Row {
  int64_t conflict = 0, one = 0, two = 0, year = 0;
  std::array<int64_t, 2> level{}, side{};
  std::array<bool, 2> began{};
};
using Key = std::pair<int64_t, int64_t>;
using Pairs = std::map<int64_t, std::map<Key, Pair>>;  // by conflict

// The columns that every file of pairs has.
struct PairColumns {
  size_t conflict, one, two, year;
};
inline Row read_pair(Rows& rows, const PairColumns& columns, const char* with_itself) {
  Row r;
  r.conflict = rows.within(columns.conflict, 1, most_number);
  r.one = rows.within(columns.one, 1, most_code);
  r.two = rows.within(columns.two, 1, most_code);
  if (r.one == r.two) rows.wrong(columns.two, with_itself);
  r.year = rows.within(columns.year, first_year, last_year);
  return r;
}

inline void add_row(Pairs& pairs, Row r, uint64_t line) {
  const bool turned = r.one > r.two;
  if (turned) {
    std::swap(r.one, r.two);
    std::swap(r.level[0], r.level[1]);
    std::swap(r.side[0], r.side[1]);
    std::swap(r.began[0], r.began[1]);
  }
  auto [it, fresh] = pairs[r.conflict].try_emplace({r.one, r.two});
  Pair& p = it->second;
  if (fresh) p = {r.one, r.two, r.year, r.year, r.level, r.side, r.began, {}, line};
  p.told[turned] = true;
  p.first = std::min(p.first, r.year);
  p.last = std::max(p.last, r.year);
  for (size_t i = 0; i < 2; ++i) {
    p.level[i] = std::max(p.level[i], r.level[i]);
    p.began[i] = p.began[i] || r.began[i];
  }
}

inline bool in_system(const States& states, int64_t code, Instant from, Instant until) {
  const auto it = states.find(code);
  return it != states.end() && std::any_of(it->second.in_system.begin(), it->second.in_system.end(),
                                           [&](const Spell& s) { return s.from < until && from < s.until; });
}

// States that the list does not have can not be told of.
inline bool known(const States& states, const Pair& p, const std::string& file, Report& report) {
  bool all = true;
  for (const int64_t code : {p.a, p.b}) {
    if (!states.contains(code)) {
      report.met(Trap::actor_not_listed, file, p.line, std::to_string(code));
      all = false;
    } else if (!in_system(states, code, first_of(p.first, 1, 1), first_of(p.first + 1, 1, 1))) {
      report.met(Trap::not_in_system, file, p.line, fmt::format("{} in {}", code, p.first));
    }
  }
  return all;
}

inline void note_pair(const Pair& p, const std::string& file, Report& report) {
  if (!p.told[0] || !p.told[1])
    report.met(Trap::one_direction, file, p.line, fmt::format("{} and {}", p.a, p.b));
}

// How many states each state faces by a year, in one conflict.
class Opponents {
 public:
  explicit Opponents(const std::map<Key, Pair>& pairs) {
    for (const auto& [key, p] : pairs) {
      if (p.side[0] == p.side[1]) continue;
      years_[p.a].push_back(p.first);
      years_[p.b].push_back(p.first);
    }
    for (auto& [code, years] : years_) std::sort(years.begin(), years.end());
  }
  int64_t of(int64_t code, int64_t year) const {
    const auto& years = years_.at(code);
    return std::upper_bound(years.begin(), years.end(), year) - years.begin();
  }

 private:
  std::map<int64_t, std::vector<int64_t>> years_;
};

}  // namespace casus::imports::pairs
