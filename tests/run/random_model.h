// SPDX-License-Identifier: Apache-2.0
// A random model with a scenario, as a text in the language: names, types and scopes are right by construction.
#pragma once

#include <cstdint>

#include "run/text_parts.h"

namespace casus::run::test {

// The same seed, the same text.
Part random_model(uint64_t seed);

}  // namespace casus::run::test
