// SPDX-License-Identifier: Apache-2.0
// A stable 64-bit hash for run ids, state sets and caches: the same on every machine, compiler and run. Not
// cryptographic: whoever chooses the text can make two texts collide.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace casus {

// A bijection of 64-bit words in which every input bit reaches every output bit (the finalizer of SplitMix64:
// Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
constexpr uint64_t mix64(uint64_t x) {
  x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
  return x ^ (x >> 31);
}
inline constexpr uint64_t golden64 = UINT64_C(0x9E3779B97F4A7C15);  // 2^64 / golden ratio, odd

// Hashes a sequence of fields. The length of each text is hashed too, so that "ab","c" and "a","bc" differ.
class Hasher {
 public:
  Hasher() = default;
  explicit Hasher(uint64_t seed) : state_(mix64(seed ^ golden64)) {}
  Hasher& add(uint64_t word) {
    state_ = mix64((state_ + golden64) ^ word);
    return *this;
  }
  Hasher& add(std::string_view text);  // cost: linear, about a word in two multiplications
  uint64_t digest() const { return state_; }

 private:
  uint64_t state_ = golden64;
};

// The first `digits` (at most 16) hexadecimal digits of a digest: the short names of runs, "7f3a9c".
std::string short_hex(uint64_t digest, size_t digits = 6);

}  // namespace casus
