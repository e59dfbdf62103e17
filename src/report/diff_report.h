// SPDX-License-Identifier: Apache-2.0
// Two drafts compared, as text and as JSON (docs/schema/diff.schema.json).
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "diff/properties.h"
#include "diff/stories.h"
#include "report/json.h"
#include "report/layout.h"
#include "report/run_text.h"

namespace casus::report {

// A scenario that the user gave, under both drafts.
struct ScenarioChange {
  std::string title;
  std::vector<diff::Verdict> verdicts;  // that differ
};

struct DiffReport {
  diff::Draft before, after;
  std::string before_name, after_name;  // as the user named them
  diff::Difference difference;
  diff::Stories stories;
  std::vector<diff::Asked> asked;  // questions that were to be put to both
  std::vector<std::vector<std::string>>
      property_files;                                // of stories, by question and change; empty: none was
  std::string package_before, package_after;         // that the drafts were fixed to, in words
  std::vector<std::string> open_before, open_after;  // choices that are left open
  std::vector<ScenarioChange> scenarios;
  std::vector<std::string> written;  // files of stories, by ChangeStory; empty: none was
};

std::string diff_text(const DiffReport& report, const TextOptions& options);
std::string diff_json(const DiffReport& report);

// Whether the text tells the story of this change: of packages to which the same happens, only the first.
bool tells_story(const DiffReport& report, size_t question, size_t change);

// Internal to the room: the same words in text and JSON.
std::string diff_answer(const DiffReport& report);  // diff_answer.cc
bool freedom(const DiffReport& report, const diff::DutyChange& change);
// "each guarantor (9)", "DEU and 7 more"
std::string who_words(const DiffReport& report, const diff::DutyChange& change);
// Of a clause in both drafts: "deadline, discretion" for each weight.
std::map<diff::Weight, std::string> parts_by_weight(const diff::DutyChange& change);
std::string decided(const DiffReport& report, const diff::DecisionPair& decision);
std::string weight_words(diff::Weight weight, bool freedom);
std::string_view part_label(diff::Part part);
// "DEU and 7 more"
std::string some_of(const std::vector<std::string>& who);
std::string who_bears(const model::Model& model, model::ClauseId clause);  // "each guarantor except victim"
std::string asked(const model::Model& model, model::ClauseId clause);      // "consult", "ensure that …"
// What a story tells: "2 Jan 2025 06:00  armed attack by Outsider on UKR", votes of one instant together.
struct StoryLine {
  int64_t at = 0;
  std::string text;
};
std::vector<StoryLine> told_lines(const DiffReport& report, const diff::Told& story);
std::vector<StoryLine> story_lines(const model::Model& model, const model::Scenario& scenario);
// Without the name of the instrument, where there is only one.
std::string shorter(const DiffReport& report, std::string citation);
// Of the change that a story is about: "Consultation (1): each guarantor must consult".
std::string story_title(const DiffReport& report, const diff::ChangeStory& story);
std::string unmarked(std::string text);  // without the italics of Markdown
Json verdicts_json(const std::vector<diff::Verdict>& all);
// diff_properties.cc
using VerdictTable = std::function<void(const std::vector<diff::Verdict>&)>;
void properties_text(Page& page, const DiffReport& report, const VerdictTable& verdicts);
std::string properties_answer(const DiffReport& report);
Json properties_json(const DiffReport& report);
Json questions_json(const DiffReport& report);
std::string property_file(const DiffReport& report, size_t question, size_t change);

}  // namespace casus::report
