// SPDX-License-Identifier: Apache-2.0
// Events from a text in memory, which outlives them.
#pragma once

#include <algorithm>
#include <cstring>
#include <string_view>

#include "evidence/events.h"

namespace casus::evidence {

// Gives at most `step` bytes at a time; `fail_at`: fails when it has given so many.
class TextInput final : public Input {
 public:
  explicit TextInput(std::string_view text, size_t step = ~size_t{0}, size_t fail_at = ~size_t{0})
      : text_(text), step_(step), fail_at_(fail_at) {}
  Result<size_t> read(char* into, size_t size) override {
    if (at_ >= fail_at_) return Failure{"the pipe broke", "mend it"};
    const size_t n = std::min({size, step_, text_.size() - at_, fail_at_ - at_});
    std::memcpy(into, text_.data() + at_, n);
    at_ += n;
    return n;
  }

 private:
  std::string_view text_;
  size_t step_;
  size_t fail_at_;
  size_t at_ = 0;
};

}  // namespace casus::evidence
