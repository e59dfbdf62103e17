// SPDX-License-Identifier: Apache-2.0
#include "base/hash.h"

#include <algorithm>

namespace casus {

Hasher& Hasher::add(std::string_view text) {
  add(uint64_t{text.size()});
  while (!text.empty()) {
    // Byte by byte in one fixed order, so that the digest does not depend on the machine's.
    const size_t count = std::min<size_t>(text.size(), 8);
    uint64_t word = 0;
    for (size_t i = 0; i < count; ++i) word |= uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
    add(word);
    text.remove_prefix(count);
  }
  return *this;
}

std::string short_hex(uint64_t digest, size_t digits) {
  std::string out(std::min<size_t>(digits, 16), '0');
  for (char& c : out) {
    c = "0123456789abcdef"[digest >> 60];
    digest <<= 4;
  }
  return out;
}

}  // namespace casus
