// SPDX-License-Identifier: Apache-2.0
// A part of a circuit as straight-line code over slices: a slice is one bit of 512 states at once. Places of values that are needed no more are
// used again, so that all of it stays close.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "explore/circuit.h"

// A function over slices is compiled for each width of register that the machine may have.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)
#define CASUS_EACH_WIDTH __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CASUS_EACH_WIDTH
#endif

namespace casus::explore {

inline constexpr size_t lanes = 512, lane_words = lanes / 64;
struct alignas(64) Slice : std::array<uint64_t, lane_words> {};

// A literal at some point of a tape: in this place, or its negation there.
struct Held {
  uint32_t place = 0;
  uint64_t flip = 0;  // all ones: negated
};

class Tape {
 public:
  explicit Tape(const Circuit& circuit) : circuit_(circuit) {}
  // Literals that are asked for at one point, after all those before. Returns the number of the point.
  size_t ask(const std::vector<Literal>& literals);
  void finish();

  size_t points() const { return asked_.size(); }
  size_t places() const { return places_; }
  // Where input i is to be put before the run; UINT32_MAX: nobody asks for it.
  const std::vector<uint32_t>& input_places() const { return input_places_; }
  // Computes all that is needed at the point; points are run in order. `values` has a slice for each place.
  void run(size_t point, Slice* values) const;
  const std::vector<Held>& held(size_t point) const { return held_[point]; }

 private:
  struct Step {
    uint32_t to = 0, a = 0, b = 0;
    uint32_t negations = 0;  // 1: of a; 2: of b
  };
  const Circuit& circuit_;
  std::vector<std::vector<Literal>> asked_;
  std::vector<std::vector<Held>> held_;
  std::vector<Step> steps_;
  std::vector<size_t> ends_;  // of the steps of each point
  std::vector<uint32_t> input_places_;
  size_t places_ = 0;
};

// 64 rows of 64 bits: rows become columns.
void transpose(uint64_t rows[64]);

}  // namespace casus::explore
