// SPDX-License-Identifier: Apache-2.0
// The formatter's own header: what stands before each token, and what the file has between two tokens.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "syntax/tree.h"

namespace casus::syntax {

enum class Gap : uint8_t { glue, space, line };

// A line that does not fit is broken at its places of the greatest strength, and each piece that does not fit
// is broken again at those of the next: at `body` and `part` at all of them together; at `logic` (before
// `and`, `or`) and `list` (after a comma) only where the line is full.
enum class Strength : uint8_t { none, list, logic, part, body };

struct Slot {  // before a token
  Gap gap = Gap::space;
  Strength strength = Strength::none;
  uint8_t shift = 0;    // levels of indentation that the broken-off piece gets on top of its line's
  bool blank = false;   // a blank line goes before it
  bool comma = false;   // the token before it wants a comma that was not written
  uint32_t indent = 0;  // levels; of a gap `line`
};
// One slot for each token. Cost: linear.
std::vector<Slot> lay_out(const Tree& tree, const Sources& sources);

struct Trivia {
  enum class Kind : uint8_t { trailing, comment, blank, prose };
  Kind kind = Kind::blank;
  std::string_view text;  // a comment without the space around it; prose in whole lines as written
};
// Lines of what lies before the token: a comment on the line of the token before it, comments on lines of
// their own, blank lines, and the prose around the fences of a literate file.
std::vector<Trivia> trivia_before(const Tree& tree, const SourceFile& file, size_t token);

}  // namespace casus::syntax
