// SPDX-License-Identifier: Apache-2.0
// The prose of a literate file: its lines, its headings and its casus blocks. Fences are read as
// src/text/literate.cc reads them.
#pragma once

#include <string_view>
#include <vector>

#include "text/source.h"

namespace casus::check {

struct ProseLine {
  uint32_t begin = 0, end = 0;  // without the newline
  bool heading = false;
};
struct CodeBlock {
  uint32_t begin = 0, end = 0;  // its lines, without the fences
  size_t prose_before = 0;      // lines of prose before it
};
struct Markdown {
  std::vector<ProseLine> prose;   // nothing of any fenced block
  std::vector<CodeBlock> blocks;  // casus blocks only
};
// Cost: linear.
Markdown read_markdown(std::string_view text);

// A heading's words without its marks.
std::string_view heading_text(std::string_view line);

}  // namespace casus::check
