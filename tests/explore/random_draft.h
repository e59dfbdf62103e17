// SPDX-License-Identifier: Apache-2.0
// A small random treaty as a text, with time limits of a few seconds: small enough to follow every course of events second by second.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace casus::explore::test {

// Lines may be left out one by one and the rest still resolves, mostly: for shrinking.
struct Draft {
  std::vector<std::string> head;      // vocabulary
  std::vector<std::string> articles;  // of the instrument Pact
  std::vector<std::string> tail;      // the scenario
  std::string text() const;
};

// The same seed, the same draft. Its scenario begins at 2024-01-01 and lasts `seconds`. `from_earlier`: some limits run from an
// earlier event (`within 4 s of what`), or an act is about it (`tell(about: what)`).
Draft random_draft(uint64_t seed, int seconds, bool from_earlier = false);
// Leaves out articles for as long as the draft differs.
Draft shrunk(Draft draft, const std::function<bool(const Draft&)>& differs);

}  // namespace casus::explore::test
