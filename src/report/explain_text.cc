// SPDX-License-Identifier: Apache-2.0
#include "report/explain_text.h"

#include "base/unicode.h"
#include "report/layout.h"
#include "report/phrases.h"

namespace casus::report {

namespace {

Ink ink_of(replay::Explanation::Verdict v) {
  switch (v) {
    case replay::Explanation::Verdict::breach:
      return Ink::red;
    case replay::Explanation::Verdict::kept:
      return Ink::green;
    case replay::Explanation::Verdict::unperformed:
      return Ink::yellow;
    default:
      return Ink::bold;
  }
}

void tree(Page& page, const std::vector<replay::Reason>& reasons, const std::string& indent) {
  for (size_t i = 0; i < reasons.size(); ++i) {
    const replay::Reason& r = reasons[i];
    const bool last = i + 1 == reasons.size();
    const std::string mark = r.mark == replay::Mark::yes ? "yes" : r.mark == replay::Mark::no ? "NO" : "";
    std::string text = r.text;
    if (r.mark != replay::Mark::info) text += "? " + mark;
    if (!r.answer.empty()) text += (r.mark == replay::Mark::info ? ": " : " – ") + r.answer;
    const std::string below = indent + (last ? "  " : "│ ");
    page.line(indent + (last ? "└ " : "├ "), text, r.mark == replay::Mark::no ? Ink::red : Ink::plain, below);
    tree(page, r.below, below);
  }
}

}  // namespace

std::string explain_text(const replay::Replay& r, const std::vector<replay::Explanation>& explanations,
                         const TextOptions& options) {
  const model::Model& m = *r.model;
  Page page(options.width, options.colour);
  page.line("", m[r.scenario].title + " · " + eyes_words(r) + " · run " + r.run_id, Ink::dim);
  for (const auto& e : explanations) {
    page.blank();
    page.line("", e.headline, ink_of(e.verdict));
    tree(page, e.reasons, "");
    const model::Clause& c = m[e.clause];
    std::string basis = m.cite(e.clause);
    if (c.instrument) basis += " · " + m[c.instrument].title;
    if (c.instrument && !m[c.instrument].cite.empty()) basis += " · " + m[c.instrument].cite;
    const auto& wording = c.article && m[c.article].wording ? m[c.article].wording
                          : c.instrument                    ? m[c.instrument].wording
                                                            : std::nullopt;
    const char mark = wording ? wording->mark : 'U';
    basis += mark == 'V'   ? " · wording read in the text"
             : mark == 'S' ? " · wording from a secondary source"
                           : " · wording unverified";
    if (wording && !wording->where.empty()) basis += " (" + wording->where + ")";
    page.line("  ", basis, Ink::dim);
  }
  return page.take();
}

}  // namespace casus::report
