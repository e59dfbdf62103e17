// SPDX-License-Identifier: Apache-2.0
// Lines of text in a given width: colours, hanging indents, tables whose last column takes what is left.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casus::report {

// In columns, of words between blanks.
size_t longest_word(std::string_view text);

enum class Ink : uint8_t { plain, dim, bold, red, green, yellow, cyan };

class Page {
 public:
  Page(size_t width, bool colour) : width_(width < 40 ? 40 : width), colour_(colour) {}

  // `prefix` on the first line, as many blanks on the others (or `rest`, when given).
  void line(std::string_view prefix, std::string_view text, Ink ink = Ink::plain, std::string_view rest = {});
  void blank() { out_ += '\n'; }
  void heading(std::string_view text);
  // A row of one cell is a heading between the others; of one of two cells, in a wider table, the second runs across. Rows under a header; columns are as wide as their widest cell, headers wrap where there is no room, then the widest columns shrink until the table fits, and cells wrap.
  void table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
             const std::vector<Ink>& inks);
  size_t width() const { return width_; }
  std::string take() { return std::move(out_); }

 private:
  std::string inked(std::string_view text, Ink ink) const;

  size_t width_;
  bool colour_;
  std::string out_;
};

}  // namespace casus::report
