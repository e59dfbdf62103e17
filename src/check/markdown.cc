// SPDX-License-Identifier: Apache-2.0
#include "check/markdown.h"

#include <algorithm>

namespace casus::check {

namespace {

constexpr std::string_view blanks = " \t\r";

struct Fence {
  char mark = 0;
  size_t length = 0;
  std::string_view info;
};

Fence fence_of(std::string_view line) {
  const size_t indent = std::min(line.find_first_not_of(' '), line.size());
  if (indent > 3 || indent == line.size() || (line[indent] != '`' && line[indent] != '~')) return {};
  const size_t end = std::min(line.find_first_not_of(line[indent], indent), line.size());
  if (end - indent < 3) return {};
  std::string_view info = line.substr(end);
  if (line[indent] == '`' && info.find('`') != std::string_view::npos) return {};
  info.remove_prefix(std::min(info.find_first_not_of(blanks), info.size()));
  return {line[indent], end - indent, info.substr(0, info.find_first_of(blanks))};
}

bool is_heading(std::string_view line) {
  const size_t indent = line.find_first_not_of(' ');
  if (indent == std::string_view::npos || indent > 3 || line[indent] != '#') return false;
  const size_t end = std::min(line.find_first_not_of('#', indent), line.size());
  return end - indent <= 6 && (end == line.size() || blanks.find(line[end]) != std::string_view::npos);
}

}  // namespace

Markdown read_markdown(std::string_view text) {
  Markdown out;
  Fence open;
  bool casus = false;
  for (size_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const Fence fence = fence_of(line);
    if (open.length == 0 && fence.length != 0) {
      open = fence;
      casus = fence.info == "casus";
      if (casus)
        out.blocks.push_back(
            {static_cast<uint32_t>(end), static_cast<uint32_t>(text.size()), out.prose.size()});
    } else if (open.length == 0) {
      out.prose.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end), is_heading(line)});
    } else if (fence.mark == open.mark && fence.length >= open.length && fence.info.empty()) {
      if (casus) out.blocks.back().end = static_cast<uint32_t>(begin);
      open = {};
      casus = false;
    }
    begin = end + 1;
  }
  return out;
}

std::string_view heading_text(std::string_view line) {
  const size_t begin = std::min(line.find_first_not_of("# \t"), line.size());
  const size_t end = line.find_last_not_of("# \t\r");
  return end == std::string_view::npos || end < begin ? std::string_view()
                                                      : line.substr(begin, end + 1 - begin);
}

}  // namespace casus::check
