// SPDX-License-Identifier: Apache-2.0
#include "text/source.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/check.h"

namespace casus {
namespace {

bool continues_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

// Index into line_starts of the line that holds the offset.
size_t line_index(const SourceFile& file, uint32_t offset) {
  const auto after = std::upper_bound(file.line_starts.begin(), file.line_starts.end(), offset);
  return static_cast<size_t>(after - file.line_starts.begin()) - 1;
}

}  // namespace

SourceId Sources::add(std::string path, std::string text) {
  CASUS_CHECK(text.size() < std::numeric_limits<uint32_t>::max(), "a source file is below 4 GiB");
  SourceFile file;
  file.literate = path.ends_with(".md");
  file.path = std::move(path);
  file.code = file.literate ? blank_prose(text) : text;
  file.line_starts.push_back(0);
  for (size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    file.line_starts.push_back(static_cast<uint32_t>(at + 1));
  }
  file.text = std::move(text);
  files_.push_back(std::move(file));
  return SourceId(files_.size() - 1);
}

LineColumn Sources::locate(SourceId id, uint32_t offset) const {
  const SourceFile& file = files_[id.index()];
  offset = std::min(offset, static_cast<uint32_t>(file.text.size()));
  const size_t line = line_index(file, offset);
  const uint32_t start = file.line_starts[line];
  // Inside a code point, the place is that code point's.
  while (offset > start && offset < file.text.size() && continues_code_point(file.text[offset])) --offset;
  const std::string_view before = std::string_view(file.text).substr(start, offset - start);
  const auto continued = std::count_if(before.begin(), before.end(), continues_code_point);
  const auto column = static_cast<uint32_t>(before.size() - static_cast<size_t>(continued) + 1);
  return {static_cast<uint32_t>(line + 1), column};
}

std::string_view Sources::line_text(SourceId id, uint32_t line) const {
  const SourceFile& file = files_[id.index()];
  CASUS_CHECK(line >= 1 && line <= file.line_starts.size(), "the file has this line");
  const uint32_t begin = file.line_starts[line - 1];
  const size_t end = line < file.line_starts.size() ? file.line_starts[line] - 1 : file.text.size();
  std::string_view text = std::string_view(file.text).substr(begin, end - begin);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::string_view Sources::slice(Span s) const {
  if (!s.valid()) return {};
  const std::string_view text = files_[s.source.index()].text;
  CASUS_CHECK(s.begin <= s.end && s.end <= text.size(), "a span lies in its file");
  return text.substr(s.begin, s.end - s.begin);
}

}  // namespace casus
