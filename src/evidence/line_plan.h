// SPDX-License-Identifier: Apache-2.0
// Most lines of a file look like one before: the same keys in the same order, about the same sort of event, and
// other values. A plan keeps such a line with gaps where its values stood; a line that has the same bytes around
// its gaps says the same of other values, and nothing of it needs to be parsed but those. Plans come from lines
// that the reader of JSON read, and whatever fits none goes to it: they decide nothing about what a line says.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/fields.h"

namespace casus::evidence {

class LinePlan {
 public:
  LinePlan() = default;
  LinePlan(const LinePlan&) = delete;  // it holds places in itself
  LinePlan& operator=(const LinePlan&) = delete;

  // Of `line`, which holds no escape and says `raw`.
  void make(std::string_view line, const RawEvent& raw);
  // Fills the gaps of event() from the front of `bytes`, behind which LineReader::padding bytes can be read.
  // Gives where the text that fits ends; nullptr: it does not fit.
  const char* fit(std::string_view bytes);
  RawEvent& event() { return event_; }
  bool empty() const { return gaps_.empty(); }

 private:
  struct Gap {
    uint32_t at = 0;  // what stands between the gap before and this one, in text_
    uint32_t size = 0;
    RawValue* value = nullptr;  // none behind the last gap, where the line ends
  };
  std::string text_;  // the line, and a few bytes more, so that whole words can be read
  std::vector<Gap> gaps_;
  std::vector<SeenValues> seen_;  // for each argument
  RawEvent event_;                // its texts lie in text_, but for those of the gaps
};

// The plans of one file: a few.
class LinePlans {
 public:
  // The event that the first line of `bytes` writes, and how long the line is, its end left out; nullptr: no plan fits it.
  // The event is good until the next call.
  RawEvent* match(std::string_view bytes, size_t& size);
  // From a line of the buffer that match() did not read, and that says `raw`.
  void learn(std::string_view line, const RawEvent& raw);

 private:
  std::array<LinePlan, 8> plans_;
  size_t last_ = 0;     // the one that fitted last
  size_t next_ = 0;     // where the next one goes
  size_t to_skip_ = 0;  // lines yet to pass before one is replaced
};

}  // namespace casus::evidence
