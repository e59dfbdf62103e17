// SPDX-License-Identifier: Apache-2.0
// Diagnostics as text for a terminal. The message and the place stay on one line each, so that tools can find
// them; the line of the file is cut around the span, and what explains it is wrapped.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/unicode.h"
#include "text/diagnostic.h"

namespace casus {
namespace {

constexpr std::string_view bold = "1";
constexpr std::string_view blue = "34";
constexpr std::string_view cyan = "36";

struct Look {
  std::string_view name;
  std::string_view colour;
};
Look look_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return {"error", "1;31"};
    case Severity::warning:
      return {"warning", "1;33"};
    case Severity::note:
      break;
  }
  return {"note", "1;36"};
}

// Bytes [begin, end) of a line: the part of it that is shown.
struct Window {
  size_t begin = 0;
  size_t end = 0;
};

// Where the character that holds the byte `at` begins.
size_t glyph_start(std::string_view line, size_t at) {
  for (size_t back = 1; back <= std::min<size_t>(at, 3); ++back) {
    if (first_glyph(line.substr(at - back)).bytes > back) return at - back;
  }
  return at;
}

// A walk over a line that stops after so many columns, or so many bytes: marks of no width must not make it
// endless.
struct Budget {
  size_t columns;
  size_t bytes;
};
Budget budget_of(size_t columns) { return {columns, columns * 8 + 64}; }

size_t walk_right(std::string_view line, size_t from, Budget& left) {
  while (from < line.size()) {
    const Glyph g = first_glyph(line.substr(from));
    if (g.width > left.columns || g.bytes > left.bytes) break;
    left = {left.columns - g.width, left.bytes - g.bytes};
    from += g.bytes;
  }
  return from;
}

size_t walk_left(std::string_view line, size_t from, Budget& left) {
  while (from > 0) {
    const size_t start = glyph_start(line, from - 1);
    const Glyph g = first_glyph(line.substr(start, from - start));
    if (g.width > left.columns || g.bytes > left.bytes) break;
    left = {left.columns - g.width, left.bytes - g.bytes};
    from = start;
  }
  return from;
}

// The part of the line to show in `width` columns, '…' at the cut ends included: the span from its start, and
// about as much before it as after it. Cost: proportional to `width`, whatever the length of the line.
Window window_around(std::string_view line, size_t begin, size_t end, size_t width) {
  Budget all = budget_of(width);
  if (walk_right(line, 0, all) == line.size()) return {0, line.size()};
  const size_t room = width - 2;  // both ends may be cut
  Budget right = budget_of(room);
  const size_t span_end = walk_right(line.substr(0, end), begin, right);
  Budget left = budget_of(right.columns / 2);
  const size_t half = left.columns;
  Window shown;
  shown.begin = walk_left(line, begin, left);
  right.columns -= half - left.columns;
  shown.end = walk_right(line, span_end, right);
  Budget rest = budget_of(right.columns);
  shown.begin = walk_left(line, shown.begin, rest);
  return shown;
}

class Renderer {
 public:
  Renderer(const Sources& sources, const RenderOptions& options)
      : sources_(sources),
        colour_(options.colour),
        width_(static_cast<size_t>(std::clamp(options.width, 24, 1000))) {}

  void diagnostic(const Diagnostic& d) {
    const DiagInfo& kind = info(d.kind);
    const Look look = look_of(kind.severity);
    gutter_ = digits_of(d.span);
    for (const RelatedSpan& r : d.related) gutter_ = std::max(gutter_, digits_of(r.span));
    out_ += paint(fmt::format("{}[{}]", look.name, kind.code), look.colour);
    out_ += paint(": " + printable(d.message), bold) + "\n";
    block(d.span, d.where, d.label, look.colour);
    for (const RelatedSpan& r : d.related) block(r.span, "", r.message, cyan);
    if (!d.span.valid() && !d.label.empty()) note(d.label);
    for (const std::string& text : d.notes) note(text);
  }

  std::string& out() { return out_; }

 private:
  std::string paint(std::string_view text, std::string_view colour) const {
    if (!colour_ || text.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", colour, text);
  }

  // The indent of everything but the message: "  ┌─" stands over "31│".
  size_t digits_of(const Span& span) const {
    if (!span.valid()) return 2;
    return std::max<size_t>(2, fmt::formatted_size("{}", sources_.locate(span.source, span.begin).line));
  }

  void row(std::string_view number, std::string_view text) {
    out_ += paint(fmt::format("{:>{}}│", number, gutter_), blue) + " ";
    out_ += text;
    while (out_.ends_with(' ')) out_.pop_back();
    out_ += '\n';
  }

  void note(std::string_view text) {
    std::string lead = paint("= ", blue);
    for (const std::string& line : wrap_to_width(text, columns())) {
      out_ += std::string(gutter_, ' ') + lead + line + "\n";
      lead = "  ";
    }
  }

  void block(const Span& span, std::string_view where, std::string_view label, std::string_view colour) {
    const std::string lead = std::string(gutter_, ' ') + paint("┌─ ", blue);
    if (!span.valid()) {
      if (!where.empty()) out_ += lead + printable(where) + "\n";
      return;
    }
    const LineColumn at = sources_.locate(span.source, span.begin);
    out_ += fmt::format("{}{}:{}:{}{}{}\n", lead, printable(sources_[span.source].path), at.line, at.column,
                        where.empty() ? "" : "   ", printable(where));
    excerpt(span, at.line, label, colour);
  }

  // The line of the span's start, and carets under the span up to that line's end.
  void excerpt(const Span& span, uint32_t number, std::string_view label, std::string_view colour) {
    const SourceFile& file = sources_[span.source];
    const std::string_view line = sources_.line_text(span.source, number);
    const size_t start = file.line_starts[number - 1];
    const auto in_line = [&](uint32_t offset) {
      return std::min<size_t>(offset - std::min<size_t>(offset, start), line.size());
    };
    const size_t begin = glyph_start(line, in_line(span.begin));
    size_t end = std::max(in_line(span.end), begin);
    if (const size_t cut = glyph_start(line, end); cut < end) end = cut + first_glyph(line.substr(cut)).bytes;

    // A span without width, as at the line's end, still needs a column for its caret.
    const size_t room = columns() - (display_width(line.substr(begin, end - begin)) == 0 ? 1 : 0);
    const Window shown = window_around(line, begin, end, room);
    const size_t last = std::min(end, shown.end);
    const std::string_view cut_before = shown.begin > 0 ? "…" : "";
    const std::string_view cut_after = shown.end < line.size() ? "…" : "";
    const std::string_view visible = line.substr(shown.begin, shown.end - shown.begin);
    row(std::to_string(number), fmt::format("{}{}{}", cut_before, printable(visible), cut_after));
    const size_t before = display_width(cut_before) + display_width(visible.substr(0, begin - shown.begin));
    const size_t carets = std::max<size_t>(1, display_width(line.substr(begin, last - begin)));
    explain(label, before, carets, colour);
  }

  // Carets, and the label beside them, wrapped under itself; below the carets where beside them is too little
  // room.
  void explain(std::string_view label, size_t before, size_t carets, std::string_view colour) {
    constexpr size_t narrowest = 24;  // columns that a label beside the carets needs
    const size_t beside = before + carets + 1;
    const size_t label_width = display_width(label);
    const bool fits = beside + std::min(label_width, narrowest) <= columns();
    const size_t column = fits ? beside : std::min(before, columns() - std::min(columns(), narrowest));
    std::string lead = std::string(before, ' ') + paint(std::string(carets, '^'), colour);
    if (fits) {
      lead += ' ';
    } else {
      row("", lead);
      lead = std::string(column, ' ');
    }
    for (const std::string& line : wrap_to_width(label, columns() - column)) {
      row("", lead + paint(line, colour));
      lead = std::string(column, ' ');
    }
  }

  size_t columns() const { return width_ - gutter_ - 2; }  // right of "31│ "

  const Sources& sources_;
  bool colour_;
  size_t width_;
  size_t gutter_ = 2;
  std::string out_;
};

}  // namespace

std::string render(const Diagnostic& diagnostic, const Sources& sources, const RenderOptions& options) {
  Renderer renderer(sources, options);
  renderer.diagnostic(diagnostic);
  return std::move(renderer.out());
}

std::string render(const Diagnostics& diagnostics, const Sources& sources, const RenderOptions& options) {
  std::vector<const Diagnostic*> sorted;
  for (const Diagnostic& d : diagnostics.all()) sorted.push_back(&d);
  // A matter without a place has the greatest of all source ids, and so comes last.
  std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic* a, const Diagnostic* b) {
    return std::pair(a->span.source, a->span.begin) < std::pair(b->span.source, b->span.begin);
  });
  Renderer renderer(sources, options);
  for (const Diagnostic* d : sorted) {
    if (!renderer.out().empty()) renderer.out() += '\n';
    renderer.diagnostic(*d);
  }
  if (const size_t dropped = diagnostics.dropped(); dropped > 0) {
    const size_t limit = Diagnostics::limit;
    renderer.out() += fmt::format("\n{} more {} not shown: the list ends after {}\n", dropped,
                                  dropped == 1 ? "is" : "are", limit);
  }
  return std::move(renderer.out());
}

}  // namespace casus
