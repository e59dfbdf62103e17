// SPDX-License-Identifier: Apache-2.0
// Deterministic random numbers. The n-th number is a function of (seed, stream, n) only, so that a run is
// told by its seed, and is split into streams that do not depend on the order in which workers draw.
#pragma once

#include <cstdint>

#include "base/check.h"
#include "base/hash.h"

namespace casus {

class Rng {
 public:
  explicit Rng(uint64_t seed, uint64_t stream = 0)
      : inner_(Hasher(seed).add(stream).digest()), outer_(Hasher(seed).add(stream).add("outer").digest()) {}

  // Uniform over all 64-bit words. Two keyed rounds: with one, all streams would be shifts of one sequence.
  uint64_t next() { return mix64(outer_ ^ mix64(inner_ + golden64 * counter_++)); }

  // Uniform over 0 … n-1, without bias; n > 0.
  uint64_t below(uint64_t n) {
    CASUS_CHECK(n > 0, "Rng::below needs a range that is not empty");
    const uint64_t surplus = (0 - n) % n;  // 2^64 mod n: rejected, so that all are as frequent
    uint64_t word = next();
    while (word < surplus) word = next();
    return word % n;
  }

  // True with probability num/den, exactly; den > 0, and num >= den is always true.
  bool chance(uint64_t num, uint64_t den) { return below(den) < num; }

 private:
  uint64_t inner_;
  uint64_t outer_;
  uint64_t counter_ = 0;
};

}  // namespace casus
