// SPDX-License-Identifier: Apache-2.0
#include "report/layout.h"

#include <algorithm>

#include "base/unicode.h"

namespace casus::report {

std::string Page::inked(std::string_view text, Ink ink) const {
  static constexpr std::string_view codes[] = {"", "2", "1", "31;1", "32", "33", "36"};
  if (!colour_ || ink == Ink::plain || text.empty()) return std::string(text);
  return "\x1b[" + std::string(codes[static_cast<size_t>(ink)]) + "m" + std::string(text) + "\x1b[0m";
}

size_t longest_word(std::string_view text) {
  size_t longest = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    longest = std::max(longest, display_width(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return longest;
}

void Page::line(std::string_view prefix, std::string_view text, Ink ink, std::string_view rest) {
  const size_t indent = display_width(prefix);
  const size_t room = width_ > indent + 20 ? width_ - indent : 20;
  const std::vector<std::string> lines = wrap_to_width(text, room);
  std::string first(prefix), next = rest.empty() ? std::string(indent, ' ') : std::string(rest);
  for (size_t i = 0; i < lines.size(); ++i) out_ += (i == 0 ? first : next) + inked(lines[i], ink) + "\n";
  if (lines.empty()) out_ += first + "\n";
}

void Page::heading(std::string_view text) {
  if (!out_.empty()) out_ += '\n';
  out_ += inked(text, Ink::bold) + "\n";
}

void Page::table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
                 const std::vector<Ink>& inks) {
  const size_t columns = header.size();
  std::vector<size_t> wide(columns), word(columns);
  for (size_t c = 0; c < columns; ++c) {
    wide[c] = word[c] = longest_word(header[c]);
    for (const auto& row : rows) {
      if (row.size() != columns) continue;
      wide[c] = std::max(wide[c], display_width(row[c]));
      word[c] = std::max(word[c], longest_word(row[c]));
    }
  }
  const auto total = [&] {
    size_t sum = 2 * (columns - 1);
    for (size_t w : wide) sum += w;
    return sum;
  };
  // Headers wrap before cells do.
  for (size_t c = 0; c < columns; ++c) {
    const size_t whole = display_width(header[c]), spare = width_ - std::min(width_, total());
    if (whole > wide[c]) wide[c] += std::min(whole - wide[c], spare);
  }
  while (total() > width_) {
    // Columns that can shrink between words do so first.
    size_t widest = columns;
    for (size_t c = 0; c < columns; ++c) {
      if (wide[c] > word[c] && (widest == columns || wide[c] > wide[widest])) widest = c;
    }
    if (widest == columns)
      widest = static_cast<size_t>(std::max_element(wide.begin(), wide.end()) - wide.begin());
    if (wide[widest] <= 8) break;
    --wide[widest];
  }
  const auto write = [&](const std::vector<std::string>& row, Ink ink) {
    std::vector<std::vector<std::string>> cells;
    size_t height = 1;
    for (size_t c = 0; c < columns; ++c) {
      cells.push_back(wrap_to_width(row[c], wide[c]));
      height = std::max(height, cells.back().size());
    }
    for (size_t k = 0; k < height; ++k) {
      std::string text;
      for (size_t c = 0; c < columns; ++c) {
        const std::string cell = k < cells[c].size() ? cells[c][k] : std::string();
        text += c + 1 < columns ? pad_to_width(cell, wide[c]) + "  " : cell;
      }
      while (!text.empty() && text.back() == ' ') text.pop_back();
      out_ += inked(text, ink) + "\n";
    }
  };
  write(header, Ink::bold);
  for (size_t r = 0; r < rows.size(); ++r) {
    if (rows[r].size() == 1) {
      line("", rows[r].front(), Ink::bold);
      continue;
    }
    if (rows[r].size() < columns) {
      line(pad_to_width(rows[r][0], wide[0]) + "  ", rows[r][1], Ink::bold);
      continue;
    }
    write(rows[r], r < inks.size() ? inks[r] : Ink::plain);
  }
}

}  // namespace casus::report
