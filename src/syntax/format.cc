// SPDX-License-Identifier: Apache-2.0
// The canonical form. Only what lies between the tokens is written anew (and the comma after a clause's
// `while`), so that the tree of the result has the same shape.
#include "syntax/format.h"

#include <algorithm>
#include <string>

namespace casus::syntax {
namespace {

constexpr size_t line_width = 100;
constexpr size_t indent_width = 2;
constexpr uint32_t fill_indent = 2;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

size_t code_points(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

class Writer {
 public:
  Writer(const Tree& tree, const Sources& sources)
      : tree_(tree), file_(sources[tree.source]), slots_(lay_out(tree, sources)) {
    const size_t newline = file_.text.find('\n');
    if (newline != std::string::npos && newline > 0 && file_.text[newline - 1] == '\r') newline_ = "\r\n";
    end_ = tree.tokens.size() - 1;
  }

  std::string run() {
    if (!file_.literate && file_.text.starts_with(byte_order_mark)) out_ = byte_order_mark;
    start_ = out_.size();
    for (size_t begin = 0; begin < end_;) {
      size_t next = begin + 1;
      while (slots_[next].gap != Gap::line) ++next;
      break_line(begin, slots_[begin].indent, true);
      piece(begin, next, slots_[begin].indent, Strength::body);
      begin = next;
    }
    break_line(end_, 0, true);
    return std::move(out_);
  }

 private:
  // Text.

  std::string_view text(size_t token) const {
    const Token& t = tree_.tokens[token];
    return std::string_view(file_.code).substr(t.begin, t.end - t.begin);
  }
  bool comma_after(size_t token) const { return slots_[token + 1].comma; }
  size_t width(size_t token) const {
    return code_points(text(token)) + (comma_after(token) ? 1 : 0) +
           (slots_[token].gap == Gap::space ? 1 : 0);
  }
  void write(size_t token) {
    out_ += text(token);
    if (comma_after(token)) out_ += ',';
  }
  bool line_started() const { return out_.size() > start_ && out_.back() != '\n'; }
  void end_line() {
    if (line_started()) out_ += newline_;
  }
  void indent(uint32_t levels) { out_.append(indent_width * levels, ' '); }

  bool has_comment(size_t token) const {
    const size_t from = token == 0 ? 0 : tree_.tokens[token - 1].end;
    const size_t length = tree_.tokens[token].begin - from;
    if (std::string_view(file_.code).substr(from, length).find("//") != std::string_view::npos) return true;
    return file_.literate && !trivia_before(tree_, file_, token).empty() && has_prose(token);
  }
  bool has_prose(size_t token) const {
    const auto trivia = trivia_before(tree_, file_, token);
    return std::any_of(trivia.begin(), trivia.end(),
                       [](const Trivia& t) { return t.kind == Trivia::Kind::prose; });
  }

  // Lines.

  // Ends the line, writes the comments, prose and blank lines before the token, and indents for it.
  void break_line(size_t token, uint32_t levels, bool keep_blanks) {
    const bool closing = token != end_ && text(token) == "}";
    const auto trivia = trivia_before(tree_, file_, token);
    const auto has = [&](Trivia::Kind kind) {
      return std::any_of(trivia.begin(), trivia.end(), [&](const Trivia& t) { return t.kind == kind; });
    };
    bool blank = slots_[token].blank && !has(Trivia::Kind::blank) && !has(Trivia::Kind::prose);
    bool at_top =
        token == 0 || text(token - 1) == "{";  // of a block, a fence or the file: no blank line there
    const auto start = [&](uint32_t indentation) {
      end_line();
      if (blank && keep_blanks && !at_top) out_ += newline_;
      blank = at_top = false;
      indent(indentation);
    };
    for (const Trivia& t : trivia) {
      if (t.kind == Trivia::Kind::blank) {
        blank = true;
      } else if (t.kind == Trivia::Kind::trailing) {
        out_ += ' ';
        out_ += t.text;
      } else if (t.kind == Trivia::Kind::comment) {
        start(closing ? levels + 1 : levels);
        out_ += t.text;
      } else {
        end_line();
        out_ += t.text;
        blank = false;
        at_top = true;
      }
    }
    if (token == end_) return end_of_file(!trivia.empty() && trivia.back().kind == Trivia::Kind::prose);
    if (closing) blank = false;
    start(levels);
  }

  // Prose keeps its last line as it was written.
  void end_of_file(bool prose) {
    if (!prose) end_line();
  }

  bool fits(size_t begin, size_t end, uint32_t levels) const {
    size_t columns = indent_width * levels;
    for (size_t t = begin; t < end; ++t) {
      if (t > begin && has_comment(t)) return false;
      columns += width(t) - (t == begin && slots_[t].gap == Gap::space ? 1 : 0);
      if (columns > line_width) return false;
    }
    return true;
  }

  // The tokens [begin, end); the line is started and indented already.
  void piece(size_t begin, size_t end, uint32_t levels, Strength strength) {
    if (fits(begin, end, levels)) return flat(begin, end);
    if (strength == Strength::logic) {
      size_t column = indent_width * levels;
      return fill(begin, end, levels + fill_indent, strength, column);
    }
    uint32_t own_levels = levels;
    for (size_t t = begin; t < end;) {
      size_t next = t + 1;
      while (next < end && slots_[next].strength != strength) ++next;
      piece(t, next, own_levels, strength == Strength::body ? Strength::part : Strength::logic);
      if (next < end) {
        own_levels = levels + slots_[next].shift;
        break_line(next, own_levels, strength == Strength::body);
      }
      t = next;
    }
  }

  void flat(size_t begin, size_t end) {
    for (size_t t = begin; t < end; ++t) {
      if (t > begin && slots_[t].gap == Gap::space) out_ += ' ';
      write(t);
    }
  }

  // Writes the tokens from `column` on, breaking the line before what no longer fits on it.
  void fill(size_t begin, size_t end, uint32_t levels, Strength strength, size_t& column) {
    for (size_t t = begin; t < end;) {
      size_t next = t + 1;
      while (next < end && slots_[next].strength != strength && !has_comment(next)) ++next;
      size_t chunk = 0;
      for (size_t i = t; i < next; ++i) chunk += width(i);
      const bool full = slots_[t].strength == strength && column + chunk > line_width;
      if (t > begin && (has_comment(t) || full)) {
        break_line(t, levels, false);
        column = indent_width * levels;
      } else if (t > begin && slots_[t].gap == Gap::space) {
        out_ += ' ';
      }
      if (strength == Strength::logic && column + chunk > line_width) {
        fill(t, next, levels, Strength::list, column);
      } else {
        flat(t, next);
        column += chunk;
      }
      t = next;
    }
  }

  const Tree& tree_;
  const SourceFile& file_;
  std::vector<Slot> slots_;
  std::string out_;
  std::string_view newline_ = "\n";
  size_t start_ = 0;  // after the byte order mark
  size_t end_ = 0;    // the end token
};

}  // namespace

std::string format(const Tree& tree, const Sources& sources) { return Writer(tree, sources).run(); }

}  // namespace casus::syntax
