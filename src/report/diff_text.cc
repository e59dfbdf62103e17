// SPDX-License-Identifier: Apache-2.0
// Two drafts for readers: the answer first, then the articles, what changes for whom, and the stories that show it.
#include <algorithm>

#include "report/card_builder.h"
#include "report/diff_report.h"
#include "report/layout.h"
#include "report/phrases.h"
#include "report/plain_words.h"
#include "text/words.h"

namespace casus::report {

using diff::Part;
using diff::Weight;

namespace {

class Writer {
 public:
  Writer(const DiffReport& r, const TextOptions& o)
      : r_(r), d_(r.difference), m_(*r.before.model), n_(*r.after.model), page_(o.width, o.colour) {}

  std::string run() {
    head();
    for (const diff::InstrumentPair& p : d_.instruments) instrument(p);
    words();
    effect();
    blocking();
    properties_text(page_, r_, [this](const std::vector<diff::Verdict>& all) { verdicts(all); });
    stories();
    scenarios();
    return page_.take();
  }

 private:
  // ---- the answer ----
  void head() {
    page_.line("", r_.before_name + " → " + r_.after_name, Ink::bold);
    page_.blank();
    page_.line("", diff_answer(r_));
    package(r_.before_name, r_.package_before, r_.open_before);
    if (r_.after_name != r_.before_name) package(r_.after_name, r_.package_after, r_.open_after);
  }
  void package(const std::string& name, const std::string& fixed, const std::vector<std::string>& open) {
    if (!fixed.empty()) page_.line("", name + ": package " + fixed, Ink::dim);
    if (!open.empty())
      page_.line("", name + " leaves open: " + join(open) + "; in words it is compared as it stands.",
                 Ink::dim);
  }

  // ---- articles ----
  std::string place(const diff::Draft& d, diff::InstrumentId i) const {
    return i ? (*d.model)[i].name : "rules outside instruments";
  }

  void instrument(const diff::InstrumentPair& p) {
    if (p.before.valid() != p.after.valid()) {
      page_.heading(p.before ? place(r_.before, p.before) + " is gone"
                             : place(r_.after, p.after) + " is new");
      return;
    }
    if (p.same()) return;
    const bool words =
        !p.life.empty() ||
        std::any_of(p.articles.begin(), p.articles.end(), [](const auto& a) { return !a.same(); }) ||
        std::any_of(p.bodies.begin(), p.bodies.end(),
                    [](const auto& b) { return !b.lines.empty() || b.before.valid() != b.after.valid(); });
    if (!words) return;
    const std::string a = place(r_.before, p.before), b = place(r_.after, p.after);
    page_.heading("In words: " + (a == b ? a : a + " → " + b));
    for (const diff::LineChange& l : p.life) line(l);
    for (const diff::BodyPair& body : p.bodies) {
      const model::Body& one = body.before ? m_[body.before] : n_[body.after];
      const std::string name = "body " + (one.title.empty() ? spaced(one.name) : one.title);
      if (!body.before || !body.after) page_.line("  ", name + (body.before ? " is gone" : " is new"));
      if (body.before && body.after && m_[body.before].name != n_[body.after].name)
        page_.line("  ", name + " is called " + spaced(n_[body.after].name));
      for (diff::LineChange l : body.lines) {
        l.what = name + ", " + l.what;
        line(l);
      }
    }
    size_t same = 0;
    for (const diff::ArticlePair& article : p.articles) {
      if (article.same())
        same += article.before ? 1 : 0;
      else
        tell(article);
    }
    if (same > 0)
      page_.line("  ", counted(same, "article") + (same == 1 ? " is" : " are") + " the same.", Ink::dim);
  }

  void line(const diff::LineChange& l) {
    if (!l.joined.empty() || !l.left.empty()) {
      page_.line("  ",
                 l.what + ": " + (l.joined.empty() ? "" : "in " + join(l.joined)) +
                     (l.joined.empty() || l.left.empty() ? "" : "; ") +
                     (l.left.empty() ? "" : "out " + join(l.left)),
                 Ink::plain, "    ");
      return;
    }
    if (l.before.empty() && l.after == "there")
      page_.line("  ", l.what + " is new");
    else if (l.after.empty() && l.before == "there")
      page_.line("  ", l.what + " is gone");
    else
      page_.line("  ", l.what + ": " + shown(l.before) + " → " + shown(l.after), Ink::plain, "    ");
  }
  static std::string join(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& n : names) out += (out.empty() ? "" : ", ") + n;
    return out;
  }
  static std::string shown(const std::string& text) { return text.empty() ? "–" : text; }

  void words() {
    if (d_.words.empty()) return;
    page_.heading("Words of the draft");
    for (const diff::LineChange& l : d_.words) {
      const bool whole = l.before == "there" || l.after == "there";
      if (whole || l.before.empty() == l.after.empty())
        line(l);
      else
        page_.line("  ", l.what + (l.before.empty() ? " is new: " + l.after : " is gone: " + l.before),
                   Ink::plain, "    ");
    }
  }

  static std::string name(const model::Model& m, model::ArticleId id) {
    return "article " + m[id].label + (m[id].title.empty() ? "" : " “" + m[id].title + "”");
  }

  void tell(const diff::ArticlePair& a) {
    std::string title = "Outside articles";
    if (a.before && a.after) {
      title = capitalised(name(n_, a.after));
      if (a.renumbered) title += ", was article " + m_[a.before].label;
      if (a.retitled) title += ", was “" + m_[a.before].title + "”";
      if (!a.changed()) title += ": says the same";
    } else if (a.before) {
      title = capitalised(name(m_, a.before)) + " is gone";
    } else if (a.after) {
      title = capitalised(name(n_, a.after)) + " is new";
    }
    page_.line("  ", title, Ink::bold);
    for (const diff::DecisionPair& d : a.decisions) {
      if (!d.same()) tell(d);
    }
    for (const diff::ClausePair& c : a.clauses) {
      if (!c.same()) tell(c);
    }
  }

  void tell(const diff::ClausePair& c) {
    if (!c.before) return page_.line("    + ", unmarked(plain_words(n_, c.after)), Ink::green);
    if (!c.after) return page_.line("    − ", unmarked(plain_words(m_, c.before)), Ink::red);
    page_.line("    ~ ", unmarked(plain_words(m_, c.before)), Ink::plain);
    for (const diff::PartChange& p : c.parts) part(c, p);
  }

  void part(const diff::ClausePair& c, const diff::PartChange& p) {
    const std::string one = unmarked(plain_part(m_, c.before, p.part)),
                      other = unmarked(plain_part(n_, c.after, p.part));
    std::string text = std::string(part_label(p.part)) + ": " + shown(one) + " → " + shown(other);
    if (one == other) text = std::string(part_label(p.part)) + ": differs in what its words rest on: " + one;
    const bool freedom = diff::is_freedom(n_[c.after]);
    if (!p.gone.empty() || !p.added.empty()) text = std::string(part_label(p.part)) + ": " + asked_now(c, p);
    const std::string by = p.part == Part::deadline ? moved(c) : "";
    if (!by.empty()) text += ", " + by;
    if (p.weight != Weight::other && p.part != Part::kind)
      text += " (" + weight_words(p.weight, freedom) + ")";
    page_.line("        ", text, Ink::yellow, "          ");
  }

  // Of a long condition, only what is not the same.
  std::string asked_now(const diff::ClausePair& c, const diff::PartChange& p) const {
    std::string gone, added;
    for (model::ExprId e : p.gone)
      gone += (gone.empty() ? "" : " and ") + unmarked(plain_condition(m_, c.before, e));
    for (model::ExprId e : p.added)
      added += (added.empty() ? "" : " and ") + unmarked(plain_condition(n_, c.after, e));
    return (gone.empty() ? "" : "no longer that " + gone) + (gone.empty() || added.empty() ? "" : "; ") +
           (added.empty() ? "" : "now also that " + added);
  }

  // "later by 48 h"
  std::string moved(const diff::ClausePair& c) const {
    const model::Deadline& a = m_[c.before].deadline;
    const model::Deadline& b = n_[c.after].deadline;
    if (a.kind != b.kind || a.open || b.open) return {};
    int64_t by = 0;
    if (a.kind == model::DeadlineKind::within && a.within.months == b.within.months)
      by = b.within.ms - a.within.ms;
    if (a.kind == model::DeadlineKind::by) by = b.by.ms - a.by.ms;
    if (by == 0) return {};
    return (by > 0 ? "later by " : "sooner by ") + format_duration(Duration{0, by > 0 ? by : -by});
  }

  const model::Decision& before(const diff::DecisionPair& d) const {
    return m_[d.body_before].decisions[*d.before];
  }
  const model::Decision& after(const diff::DecisionPair& d) const {
    return n_[d.body_after].decisions[*d.after];
  }
  void tell(const diff::DecisionPair& d) {
    if (!d.before)
      return page_.line("    + ", unmarked(plain_words(n_, n_[d.body_after], after(d))), Ink::green);
    if (!d.after)
      return page_.line("    − ", unmarked(plain_words(m_, m_[d.body_before], before(d))), Ink::red);
    const std::string one = unmarked(plain_words(m_, m_[d.body_before], before(d)));
    const std::string other = unmarked(plain_words(n_, n_[d.body_after], after(d)));
    page_.line("    ~ ", one);
    if (d.content || d.where || d.recused || d.within)
      page_.line("        ", "now: " + other, Ink::yellow, "          ");
    if (d.rule)
      page_.line("        ",
                 "rule: " + rule_words(m_, *r_.before.sources, before(d).rule) + " → " +
                     rule_words(n_, *r_.after.sources, after(d).rule),
                 Ink::yellow, "          ");
  }

  // ---- in effect ----
  // What changes, in few words.
  std::string change_words(const diff::DutyChange& c) const {
    if (c.weight == Weight::appears || c.weight == Weight::vanishes)
      return weight_words(c.weight, freedom(r_, c));
    std::string out;
    for (const auto& [weight, of] : parts_by_weight(c))
      out += (out.empty() ? "" : "; ") +
             (weight == Weight::other ? "changed" : weight_words(weight, freedom(r_, c))) + ": " + of;
    return out;
  }

  // The article alone, where there is only one instrument.
  std::string label_of(const model::Model& m, model::ClauseId id) const {
    const std::string words = shorter(r_, m.cite(id));
    return words.starts_with("article ") ? words.substr(8) : words;
  }

  void effect() {
    std::vector<std::vector<std::string>> rows;
    bool weighed = false;
    for (const diff::InstrumentPair& p : d_.instruments) {
      for (const diff::DutyChange& c : p.duties) {
        const model::Model& m = c.after ? n_ : m_;
        const model::ClauseId id = c.after ? c.after : c.before;
        const std::string what = std::string(modal_words(m[id].kind)) + " " + asked(m, id);
        rows.push_back({who_words(r_, c), what, label_of(m, id), change_words(c)});
        weighed = weighed || !c.parts.empty();
      }
    }
    if (rows.empty()) return;
    page_.heading("In effect: who owes or may do what");
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a[0] < b[0]; });
    for (size_t i = rows.size(); i > 1; --i) {
      if (rows[i - 1][0] == rows[i - 2][0]) rows[i - 1][0].clear();
    }
    page_.table({"WHO", "WHAT", "ARTICLE", "CHANGE"}, rows, {});
    if (weighed)
      page_.line("",
                 "Harder and softer: of a duty; narrower and wider: of what one may do; changed: the words "
                 "alone do not tell.",
                 Ink::dim);
  }

  static std::string blocked_by(const std::optional<diff::Blocking>& b) {
    if (!b) return "nobody decides it";
    const std::string of = " of " + std::to_string(b->members.size());
    if (!b->adoptable) return "not adopted even if all" + of + " agree";
    if (b->alone.size() == b->members.size()) return "any one" + of;
    if (!b->alone.empty()) return some_of(b->alone) + ", each alone";
    if (!b->together) return "no one alone";
    if (*b->together == 0) return "nobody" + of;
    if (b->groups == 0) return "any " + std::to_string(*b->together) + of + " together";
    return std::to_string(*b->together) + of + " together (" + counted(b->groups, "such group") + ")";
  }

  void blocking() {
    std::vector<std::vector<std::string>> rows;
    for (const diff::InstrumentPair& p : d_.instruments) {
      for (const diff::BlockingChange& c : p.blocking)
        rows.push_back({decided(r_, c.decision), blocked_by(c.before), blocked_by(c.after)});
    }
    if (rows.empty()) return;
    page_.heading("In effect: who can block by voting no");
    page_.table({"DECISION", "BEFORE", "AFTER"}, rows, {});
  }

  // ---- stories ----
  void verdicts(const std::vector<diff::Verdict>& all) {
    const bool who =
        std::any_of(all.begin(), all.end(), [](const diff::Verdict& v) { return !v.who.empty(); });
    std::vector<std::vector<std::string>> rows;
    for (const diff::Verdict& v : all) {
      std::vector<std::string>& row = rows.emplace_back();
      if (who) row.push_back(some_of(v.who));
      row.insert(row.end(), {shorter(r_, v.what), v.before, v.after});
    }
    std::vector<std::string> header{"WHAT", "BEFORE", "AFTER"};
    if (who) header.insert(header.begin(), "WHO");
    page_.table(header, rows, {});
  }

  void stories() {
    size_t number = 0;
    for (size_t i = 0; i < r_.stories.of.size(); ++i) {
      const diff::ChangeStory& s = r_.stories.of[i];
      if (!s.told) continue;
      if (number == 0)
        page_.heading("Stories that show it");
      else
        page_.blank();
      page_.line(std::to_string(++number) + ". ", story_title(r_, s), Ink::bold);
      for (const StoryLine& l : told_lines(r_, *s.told))
        page_.line("   " + format_short(Instant{l.at}) + "  ", l.text, Ink::dim);
      verdicts(s.told->verdicts);
      if (i < r_.written.size() && !r_.written[i].empty())
        page_.line("   ", "casus run " + r_.written[i], Ink::dim);
    }
    unshown();
    if (r_.stories.cut_short)
      page_.line("", "The search for stories ended at its limit: further changes were not asked for.",
                 Ink::yellow);
  }
  void unshown() {
    std::vector<std::vector<std::string>> rows;
    for (const diff::ChangeStory& s : r_.stories.of) {
      if (!s.told) rows.push_back({story_title(r_, s), std::to_string(s.tried)});
    }
    if (rows.empty()) return;
    page_.heading("No change of effect found");
    page_.table({"CHANGE", "STORIES TRIED"}, rows, {});
  }

  void scenarios() {
    for (const ScenarioChange& s : r_.scenarios) {
      page_.heading("Scenario: " + s.title);
      if (s.verdicts.empty())
        page_.line("  ", "every verdict is the same");
      else
        verdicts(s.verdicts);
    }
  }

  const DiffReport& r_;
  const diff::Difference& d_;
  const model::Model& m_;
  const model::Model& n_;
  Page page_;
};

}  // namespace

std::string diff_text(const DiffReport& report, const TextOptions& options) {
  return Writer(report, options).run();
}

}  // namespace casus::report
