// SPDX-License-Identifier: Apache-2.0
// How many random models a test takes, and from which seed on. For hours by hand: CASUS_MODELS=5000 CASUS_FIRST_MODEL=301.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace casus::test {

struct ManyModels {
  uint64_t first = 1, count = 0;
};

inline ManyModels many_models(uint64_t count) {
  const auto from_environment = [](const char* name, uint64_t otherwise) {
    const char* set = std::getenv(name);
    return set ? std::strtoull(set, nullptr, 10) : otherwise;
  };
  return {from_environment("CASUS_FIRST_MODEL", 1), from_environment("CASUS_MODELS", count)};
}

}  // namespace casus::test
