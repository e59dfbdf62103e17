// SPDX-License-Identifier: Apache-2.0
// Source files and places in them. A span is a byte range of one file; lines and columns are computed on
// demand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"

namespace casus {

struct SourceTag;
using SourceId = Id<SourceTag>;

struct Span {
  SourceId source;
  uint32_t begin = 0;
  uint32_t end = 0;  // exclusive
  bool valid() const { return source.valid(); }
};

struct LineColumn {
  uint32_t line = 1;    // from 1
  uint32_t column = 1;  // from 1, in Unicode code points
};

// One file's text. For a literate file (`*.casus.md`) `text` is the whole Markdown file, and `code` holds the
// same bytes with everything outside the fenced `casus` blocks blanked (spaces; newlines kept), so that every
// offset in `code` is an offset in the file. For a plain file the two are equal.
struct SourceFile {
  std::string path;  // as shown to the user
  std::string text;
  std::string code;
  bool literate = false;
  std::vector<uint32_t> line_starts;
};

class Sources {
 public:
  // Takes the file's bytes. Literate when the path ends in ".casus.md" (or ".md"). Cost: linear.
  SourceId add(std::string path, std::string text);
  const SourceFile& operator[](SourceId id) const { return files_[id.index()]; }
  size_t size() const { return files_.size(); }
  LineColumn locate(SourceId id, uint32_t offset) const;
  std::string_view line_text(SourceId id, uint32_t line) const;  // without its newline
  std::string_view slice(Span s) const;

 private:
  std::vector<SourceFile> files_;
};

// Blanks everything outside fenced code blocks whose info string's first word is `casus`. Keeps the length
// and every '\n'.
std::string blank_prose(std::string_view markdown);

// Whether the last fenced casus block runs to the end of the file without a closing fence; `at`, which may be
// null, then receives the offset of its opening fence.
bool has_unclosed_casus_fence(std::string_view markdown, uint32_t* at);

}  // namespace casus
