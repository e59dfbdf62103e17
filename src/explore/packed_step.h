// SPDX-License-Identifier: Apache-2.0
// What becomes of up to 512 states by every rule: enabled where by its circuit and by time; the timing after it; the bits that it changes.
#pragma once

#include <bitset>
#include <utility>

#include "explore/net_problem.h"
#include "explore/packed_tape.h"

namespace casus::explore {

// How a state lies in words: its bits from bit 0 of the first word on, and the number of its timing above them in the last.
struct PackedForm {
  uint32_t bits = 0, words = 0, shift = 0, timing_bits = 0;
  static constexpr uint32_t fewest_timing_bits = 8, most_timing_bits = 24;
  // None: it takes more words than `most`.
  static std::optional<PackedForm> of(uint32_t bits, uint32_t timing_bits, uint32_t most);
  PackedForm widened(uint32_t to) const;  // in so many words
  TimingId timing(const uint64_t* state) const {
    return static_cast<TimingId>(state[words - 1] >> shift & ((uint64_t{1} << timing_bits) - 1));
  }
};

// The rules of one kind, events or timers, as a tape; read only.
class PackedRules {
 public:
  struct Literals {  // where in Tape::held() of its point
    uint32_t rule = 0, passes = RuleTiming::none;
    size_t point = 0;
    size_t apart = 2, signature = 2, asked = 2, writes = 2, end = 2;  // 0: enabled, 1: beyond
    std::vector<uint32_t> groups;                                     // of `apart`
    std::vector<uint32_t> by;                                         // NetProblem::asked
    std::vector<uint32_t> bits;  // written: the next value, then the present one, for each
    uint8_t label = 0;           // packed_order.h
    std::bitset<256> asleep;     // after which labels
  };
  // `states`: what is asked of states is asked first, as point 0. `order`: moves are left out of which the order does not matter.
  PackedRules(const NetProblem& problem, bool timers, bool states, bool order);
  const Tape& tape() const { return tape_; }
  const std::vector<Literals>& rules() const { return rules_; }
  const std::vector<uint32_t>& of_states() const { return of_states_; }

 private:
  Tape tape_;
  std::vector<Literals> rules_;
  std::vector<uint32_t> of_states_;  // NetProblem::asked
};

// What a worker met that ends the search or has to be told.
struct PackedHit {
  uint32_t asked = 0;
  size_t lane = 0;
  uint32_t rule = RuleTiming::none;  // by which; none: in the state
};
struct PackedFound {
  std::vector<PackedHit> hits;      // the first of each property that is still open
  std::set<uint32_t> apart;         // groups
  std::optional<PackedHit> beyond;  // a rule for which there is no room
  uint64_t moves = 0, left_out = 0;
  bool narrow = false;  // a timing's number has no room in the form
};

// Who asks timings: each has its own memory of answers.
class TimingCache {
 public:
  explicit TimingCache(Timings& timings) : timings_(timings) {}
  std::optional<TimingId> after(TimingId id, uint32_t rule, uint64_t signature);
  // By number, of all that there are.
  const uint64_t* hashes() {
    while (hashes_.size() < timings_.size())
      hashes_.push_back(timings_.hash(static_cast<TimingId>(hashes_.size())));
    return hashes_.data();
  }
  Timings& timings() { return timings_; }

 private:
  struct Entry {
    TimingId id = UINT32_MAX, after = 0;
    uint32_t rule = 0;
    bool possible = false;
    uint64_t signature = 0;
  };
  static constexpr size_t places = 4096;
  Timings& timings_;
  std::vector<Entry> entries_ = std::vector<Entry>(places);
  std::vector<uint64_t> hashes_;
};

class PackedStep {
 public:
  PackedStep(const NetProblem& problem, const PackedForm& form, Timings& timings);

  // `count` states side by side, and by which labels they were found (packed_order.h); null: nothing is to be left out. `open`: by NetProblem::asked,
  // whether it is still asked. For each rule that changes anything it calls emit(rule, n): lane(i) becomes state<W>(i), found by by(i), for i below n.
  template <size_t W, class Emit>
  void run(const PackedRules& rules, const uint64_t* states, const uint8_t* by, size_t count,
           const std::vector<uint8_t>& open, PackedFound& found, Emit emit);
  size_t lane(size_t i) const { return emitted_[i]; }
  uint8_t by(size_t i) const { return by_[i]; }
  template <size_t W>
  uint64_t* state(size_t i) {
    return &next_[i * W];
  }
  // Of states side by side; the same for all threads and runs.
  void hash(const uint64_t* states, size_t count, uint64_t* hashes);
  // In how many moves so far each bit changed.
  const std::vector<uint64_t>& changes() const { return changes_; }

 private:
  struct Turn {  // the lanes in which some bits of a word change
    Slice lanes{};
    size_t word = 0;
    uint64_t delta = 0;
    bool common = false;  // to all lanes that change
  };
  struct Split {  // of the lanes of a part: those with one signature
    Slice lanes{};
    uint64_t signature = 0;
  };
  struct Part {  // lanes with one timing
    TimingId id = 0;
    Slice lanes{};
  };
  void load(const Tape& tape, const uint64_t* states, size_t count);
  void find_parts(const uint64_t* states, size_t count);
  void find_labels(const uint8_t* by, size_t count);
  template <class May>
  Slice timed(May may) const;
  void ask_states(const PackedRules& rules, const std::vector<uint8_t>& open, PackedFound& found);
  // False: nothing changes anywhere. Fills changed_, common_ and turns_.
  bool step(const PackedRules& rules, const PackedRules::Literals& r, const Slice& may,
            const std::vector<uint8_t>& open, PackedFound& found);
  bool change();
  // What turns in 64 lanes besides what is common to all, lane by lane.
  void turn_back(size_t block, size_t word, uint64_t rows[64]) const;
  // Makes the states after what turns; how many there are.
  template <size_t W>
  size_t succeed(const uint64_t* states);
  // Where the timing changes.
  Slice timing_after(const PackedRules::Literals& r, const std::vector<Held>& held, const Slice& enabled,
                     PackedFound& found);
  Slice slice(const Held& h) const {
    Slice out;
    for (size_t k = 0; k < lane_words; ++k) out[k] = values_[h.place][k] ^ h.flip;
    return out;
  }
  void hit(uint32_t asked, const Slice& lanes, uint32_t rule, const std::vector<uint8_t>& open,
           PackedFound& found) const;

  const NetProblem& p_;
  PackedForm form_;
  TimingCache cache_;
  std::vector<uint64_t> changes_;  // by bit
  std::vector<Slice> values_;
  std::vector<Part> parts_;
  std::vector<uint32_t> part_of_;                  // by timing, while parts are found
  std::vector<std::pair<uint8_t, Slice>> labels_;  // by which lanes were found
  Slice valid_{}, changed_{};
  std::vector<Turn> turns_;
  std::vector<uint64_t> common_;  // what changes in all lanes of changed_, by word
  std::vector<Split> splits_, more_splits_;
  std::vector<uint64_t> next_;  // what was emitted last
  std::array<uint16_t, lanes> emitted_{}, place_{};
  std::array<uint8_t, lanes> by_{};
  Slice timing_changes_{};
  bool turned_ = false;  // turns are many: lanes are made of slices at once
};

inline bool any(const Slice& s) {
  uint64_t all = 0;
  for (const uint64_t w : s) all |= w;
  return all != 0;
}
template <class F>
void each_lane(const Slice& s, F f) {
  for (size_t k = 0; k < lane_words; ++k) {
    for (uint64_t left = s[k]; left != 0; left &= left - 1)
      f(k * 64 + static_cast<size_t>(__builtin_ctzll(left)));
  }
}

template <class May>
Slice PackedStep::timed(May may) const {
  Slice out{};
  for (const Part& part : parts_) {
    if (!may(part.id)) continue;
    for (size_t k = 0; k < lane_words; ++k) out[k] |= part.lanes[k];
  }
  return out;
}

template <size_t W, class Emit>
void PackedStep::run(const PackedRules& rules, const uint64_t* states, const uint8_t* by, size_t count,
                     const std::vector<uint8_t>& open, PackedFound& found, Emit emit) {
  load(rules.tape(), states, count);
  find_parts(states, count);
  find_labels(by, count);
  ask_states(rules, open, found);
  const Timings& timings = cache_.timings();
  const Slice event = timed([&](TimingId id) { return timings.event_may_come(id); });
  for (const PackedRules::Literals& r : rules.rules()) {
    const bool is_event = r.passes == RuleTiming::none;
    const Slice may = is_event ? event : timed([&](TimingId id) { return timings.may_pass(id, r.passes); });
    rules.tape().run(r.point, values_.data());
    if (!any(may) || !step(rules, r, may, open, found)) continue;
    const size_t n = succeed<W>(states);
    std::fill_n(by_.begin(), n, r.label);
    if (r.label != 0) each_lane(timing_changes_, [&](size_t lane) { by_[place_[lane]] = 0; });
    emit(r.rule, n);
  }
}

template <size_t W>
size_t PackedStep::succeed(const uint64_t* states) {
  uint64_t common[W], *next = next_.data();
  std::copy_n(common_.begin(), W, common);
  size_t n = 0;
  for (size_t k = 0; k < lane_words; ++k) {
    if (changed_[k] == 0) continue;
    uint64_t rows[W][64];
    if (turned_) {
      for (size_t w = 0; w < W; ++w) turn_back(k, w, rows[w]);
    }
    for (uint64_t left = changed_[k]; left != 0; left &= left - 1) {
      const auto at = static_cast<size_t>(__builtin_ctzll(left));
      const size_t lane = k * 64 + at;
      for (size_t w = 0; w < W; ++w) next[w] = states[lane * W + w] ^ common[w] ^ (turned_ ? rows[w][at] : 0);
      next += W;
      place_[lane] = static_cast<uint16_t>(n);
      emitted_[n++] = static_cast<uint16_t>(lane);
    }
  }
  for (const Turn& t : turns_) {
    if (turned_ || t.common) continue;
    uint64_t* const to = &next_[t.word];
    for (size_t i = 0; i < n; ++i) {
      const size_t lane = emitted_[i];
      to[i * W] ^= t.delta & (0 - (t.lanes[lane / 64] >> lane % 64 & 1));
    }
  }
  return n;
}

}  // namespace casus::explore
