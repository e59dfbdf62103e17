// SPDX-License-Identifier: Apache-2.0
#include "text/words.h"

#include <algorithm>

#include "base/unicode.h"

namespace casus {

std::string spaced(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string singular(std::string_view name) {
  const bool ies = name.size() > 3 && name.ends_with("ies");
  std::string out(name.substr(0, name.size() - (ies ? 3 : name.ends_with('s') ? 1 : 0)));
  if (ies) out += 'y';
  return out;
}

std::string quoted(std::string_view text) { return "`" + truncate_to_width(text, 40) + "`"; }

std::string counted(size_t n, std::string_view what) {
  return std::to_string(n) + ' ' + std::string(what) + (n == 1 ? "" : "s");
}

std::string thousands(uint64_t n) {
  std::string out = std::to_string(n);
  for (size_t i = out.size(); i > 3; i -= 3) out.insert(i - 3, ",");
  return out;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string one_line(std::string_view text) {
  std::string out;
  bool blank = false;
  for (char c : text) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += c;
  }
  return out;
}

}  // namespace casus
