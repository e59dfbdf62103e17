// SPDX-License-Identifier: Apache-2.0
// Eight bytes at a time.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace casus::evidence {

inline constexpr size_t word_size = 8;

// The first byte is the lowest.
inline uint64_t word_at(const char* from) {
  uint64_t word = 0;
  std::memcpy(&word, from, word_size);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

}  // namespace casus::evidence
