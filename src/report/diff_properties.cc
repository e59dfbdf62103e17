// SPDX-License-Identifier: Apache-2.0
// What was asked of both drafts, and what came of it: the answers that change, with the story that shows it, and what could not be asked.
#include <algorithm>

#include "report/diff_report.h"
#include "report/explore_text.h"
#include "report/lanes.h"
#include "text/words.h"

namespace casus::report {

using diff::Asked;
using diff::PropertyChange;
using explore::Answer;

namespace {

std::string words_of(const Asked& a, const PropertyChange& c) {
  return a.exploration().properties[c.property].words;
}

// "rule = most", "rule = most → nothing left open"
std::string package_words(const PropertyChange& c) {
  if (c.package_before == c.package_after) return c.package_before;
  const auto shown = [](const std::string& p) { return p.empty() ? std::string("nothing left open") : p; };
  return shown(c.package_before) + " → " + shown(c.package_after);
}

// Packages tell the same property again and again: the first story of each change stands for the others.
bool first_of_its_kind(const Asked& a, const PropertyChange& c) {
  const auto first = std::find_if(a.changes.begin(), a.changes.end(), [&](const PropertyChange& other) {
    return other.property == c.property && other.before == c.before && other.after == c.after && other.shown;
  });
  return first != a.changes.end() && &*first == &c;
}

class Writer {
 public:
  Writer(Page& page, const DiffReport& r, const VerdictTable& verdicts)
      : page_(page), r_(r), verdicts_(verdicts) {}

  void run() {
    answers();
    for (size_t i = 0; i < r_.asked.size(); ++i) {
      for (size_t k = 0; k < r_.asked[i].changes.size(); ++k) story(i, k);
    }
    not_asked();
  }

 private:
  void answers() {
    std::vector<std::vector<std::string>> rows;
    size_t compared = 0, told = 0;
    for (const Asked& a : r_.asked) {
      compared += a.compared;
      told += a.changes.size();
      if (!a.changes.empty() || a.alone())
        rows.push_back({a.question.title + " (" + a.put->asker.name + ")"});
      if (a.alone()) alone(a, rows);
      for (const PropertyChange& c : a.changes) {
        const std::string package = package_words(c);
        rows.push_back({"  " + words_of(a, c) + (package.empty() ? "" : " · " + package),
                        std::string(explore::answer_word(c.before)),
                        std::string(explore::answer_word(c.after))});
      }
    }
    if (compared == 0 && rows.empty()) return;
    page_.heading("In effect: properties");
    if (!rows.empty()) page_.table({"PROPERTY", "BEFORE", "AFTER"}, rows, {});
    if (told < compared)
      page_.line(
          "",
          compared - told == 1
              ? std::string(rows.empty() ? "The" : "The other") + " answer is the same under both drafts."
              : std::string(rows.empty() ? "All " : "The other ") + std::to_string(compared - told) +
                    " answers are the same under both drafts.",
          Ink::dim);
    for (const Asked& a : r_.asked) extent(a);
  }

  // What one draft answers of a question that can not be put to the other.
  void alone(const Asked& a, std::vector<std::vector<std::string>>& rows) const {
    for (const explore::Explored& x : *a.alone()) {
      const std::string& package = x.prepared->words;
      for (size_t i = 0; i < x.outcome.properties.size(); ++i) {
        std::vector<std::string> row{
            "  " + a.exploration().properties[i].words + (package.empty() ? "" : " · " + package),
            "not answered", "not answered"};
        row[a.before.empty() ? 2 : 1] = explore::answer_word(x.outcome.properties[i].answer);
        rows.push_back(std::move(row));
      }
    }
  }

  // Why something is not known.
  void extent(const Asked& a) {
    const auto side = [&](const std::string& name, const std::vector<explore::Explored>& all) {
      std::string why;
      for (const explore::Explored& x : all) {
        const bool open = std::any_of(x.outcome.properties.begin(), x.outcome.properties.end(),
                                      [](const auto& p) { return p.answer == Answer::unknown; });
        if (!open || !why.empty()) continue;
        why = x.outcome.obstacles.empty() ? extent_words(x.outcome) : x.outcome.obstacles.front();
      }
      if (!why.empty())
        page_.line("", "Unknown of " + name + " (" + a.question.title + "): " + why + ".", Ink::yellow);
    };
    side(r_.before_name, a.before);
    side(r_.after_name, a.after);
  }

  void story(size_t question, size_t change) {
    const Asked& a = r_.asked[question];
    const PropertyChange& c = a.changes[change];
    if (!c.shown || !first_of_its_kind(a, c)) return;
    const diff::Shown& s = *c.shown;
    if (told_++ == 0)
      page_.heading("Stories of properties that change");
    else
      page_.blank();
    page_.line(std::to_string(told_) + ". ",
               "“" + words_of(a, c) + "”: " + std::string(explore::answer_word(c.before)) + " before, " +
                   std::string(explore::answer_word(c.after)) + " after",
               Ink::bold);
    const std::string package = package_words(c);
    page_.line(
        "   ",
        "under " + (s.by_after ? r_.after_name : r_.before_name) + (package.empty() ? "" : " · " + package) +
            (s.story->confirmed ? ""
                                : "; a replay does not come to the same: this is a mistake of the program"),
        Ink::dim);
    if (s.story->before != 0 && told_of_ != question) {
      page_.line("", "Before", Ink::bold);
      told_before(page_, *s.story->replay, s.of->problem.start + 1);
    }
    told_of_ = question;
    lanes(page_, *s.story->replay, s.of->problem.start + 1);
    page_.line("  ", s.story->why + ".", Ink::bold);
    if (!s.other)
      page_.line("  ", "It can not be told under " + (s.by_after ? r_.before_name : r_.after_name) + ".",
                 Ink::dim);
    else if (s.verdicts.empty())
      page_.line("  ", "What is recorded of it is the same under both drafts.", Ink::dim);
    else {
      page_.line("  ", "The same story under both drafts:", Ink::dim);
      verdicts_(s.verdicts);
    }
    const std::string file = property_file(r_, question, change);
    if (!file.empty()) page_.line("   ", "casus run " + file, Ink::dim);
  }

  void not_asked() {
    std::vector<std::vector<std::string>> rows;
    const auto row = [&](const Asked& a, const std::string& why) {
      const std::string& place = a.question.place;
      rows.push_back({a.question.title + " (" + (place.empty() ? a.put->asker.name : place) + ")", why});
    };
    const auto lines = [&](const Asked& a, const std::string& name, const std::vector<std::string>& why) {
      std::string all;
      for (const std::string& w : why) all += (all.empty() ? "" : "; ") + w;
      if (!all.empty()) row(a, name + ": " + all);
    };
    for (const Asked& a : r_.asked) {
      const diff::Question& q = a.question;
      const bool both = q.missing_before == q.missing_after;
      lines(a, both ? "both drafts" : r_.before_name, q.missing_before);
      if (!both) lines(a, r_.after_name, q.missing_after);
      const bool of_before = q.before && a.before.empty();
      if (!a.failed.empty()) row(a, (of_before ? r_.before_name : r_.after_name) + ": " + a.failed);
      lines(a, "packages of " + r_.before_name + " alone", a.only_before);
      lines(a, "packages of " + r_.after_name + " alone", a.only_after);
    }
    if (rows.empty()) return;
    page_.heading("Not asked of both drafts");
    page_.table({"QUESTION", "WHY"}, rows, {});
  }

  Page& page_;
  const DiffReport& r_;
  const VerdictTable& verdicts_;
  size_t told_ = 0;
  size_t told_of_ = SIZE_MAX;  // the question of the last story
};

Json story_json(const DiffReport& r, size_t question, size_t change) {
  const PropertyChange& c = r.asked[question].changes[change];
  if (!c.shown) return {};
  const diff::Shown& s = *c.shown;
  Json out{
      {"under", s.by_after ? "after" : "before"}, {"why", s.story->why}, {"confirmed", s.story->confirmed}};
  out["events"] = Json::array();
  for (const StoryLine& l : story_lines(*s.of->model, (*s.of->model)[s.story->scenario]))
    out["events"].push_back({{"at", json_instant(l.at)}, {"text", l.text}});
  out["told_under_both"] = s.other.has_value();
  out["verdicts"] = verdicts_json(s.verdicts);
  out["file"] = json_text_or_null(property_file(r, question, change));
  return out;
}

}  // namespace

std::string property_file(const DiffReport& r, size_t question, size_t change) {
  if (question >= r.property_files.size() || change >= r.property_files[question].size()) return {};
  return r.property_files[question][change];
}

bool tells_story(const DiffReport& r, size_t question, size_t change) {
  const PropertyChange& c = r.asked[question].changes[change];
  return c.shown && first_of_its_kind(r.asked[question], c);
}

void properties_text(Page& page, const DiffReport& report, const VerdictTable& verdicts) {
  Writer(page, report, verdicts).run();
}

std::string properties_answer(const DiffReport& r) {
  size_t compared = 0, changed = 0, unknown = 0, unasked = 0;
  for (const Asked& a : r.asked) {
    compared += a.compared;
    unasked += a.compared == 0 ? 1 : 0;
    for (const PropertyChange& c : a.changes) ++(c.changed() ? changed : unknown);
  }
  std::string out;
  if (compared > 0) {
    out = "Of " + counted(compared, "answer") + " about properties " +
          (changed == 0   ? unknown > 0 ? "none is known to change" : "none changes"
           : changed == 1 ? "1 changes"
                          : std::to_string(changed) + " change");
    if (unknown > 0) out += ", " + std::to_string(unknown) + (unknown == 1 ? " is" : " are") + " not known";
    out += ".";
  }
  if (unasked > 0)
    out += (out.empty() ? "" : " ") + counted(unasked, "question") + " can not be put to both drafts.";
  return out;
}

Json properties_json(const DiffReport& r) {
  Json out = Json::array();
  for (size_t i = 0; i < r.asked.size(); ++i) {
    const Asked& a = r.asked[i];
    for (size_t k = 0; k < a.changes.size(); ++k) {
      const PropertyChange& c = a.changes[k];
      out.push_back({{"of", a.question.title},
                     {"property", words_of(a, c)},
                     {"package_before", json_text_or_null(c.package_before)},
                     {"package_after", json_text_or_null(c.package_after)},
                     {"before", explore::answer_word(c.before)},
                     {"after", explore::answer_word(c.after)},
                     {"changed", c.changed()},
                     {"story", story_json(r, i, k)}});
    }
  }
  return out;
}

static Json alone_json(const Asked& a) {
  Json out = Json::array();
  if (!a.alone()) return out;
  for (const explore::Explored& x : *a.alone()) {
    for (size_t i = 0; i < x.outcome.properties.size(); ++i)
      out.push_back({{"property", a.exploration().properties[i].words},
                     {"package", json_text_or_null(x.prepared->words)},
                     {"answer", explore::answer_word(x.outcome.properties[i].answer)}});
  }
  return out;
}

Json questions_json(const DiffReport& r) {
  Json out = Json::array();
  for (const Asked& a : r.asked) {
    out.push_back({{"title", a.question.title},
                   {"asked_by", a.put->asker.name},
                   {"place", json_text_or_null(a.question.place)},
                   {"answers", a.compared},
                   {"missing_before", a.question.missing_before},
                   {"missing_after", a.question.missing_after},
                   {"answered_alone", alone_json(a)},
                   {"failed", json_text_or_null(a.failed)},
                   {"only_before", a.only_before},
                   {"only_after", a.only_after}});
  }
  return out;
}

}  // namespace casus::report
