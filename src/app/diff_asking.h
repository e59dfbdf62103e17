// SPDX-License-Identifier: Apache-2.0
// casus diff: the questions that are put to both drafts.
#pragma once

#include <deque>

#include "app/session.h"
#include "report/diff_report.h"

namespace casus::app {

class StoryFolder;

// One of the two drafts, loaded.
struct DiffSide {
  Session* session = nullptr;
  diff::Draft draft;
  model::Package package;                // what --package says of its choices
  std::unique_ptr<model::Model> chosen;  // the draft under it; none: as it stands
};

// "dir/my-draft.casus.md" → "my_draft": a module can be used by its name only when that is one.
std::string module_name(const std::string& path);

// What the explorations of the drafts and of --ask come to under both, into the report. `puts` keeps what the report speaks of. False: reported.
bool ask_both(const DiffSide& before, const DiffSide& after, report::DiffReport& report,
              std::deque<diff::Put>& puts);
// The stories that show it, under both drafts. False: reported.
bool write_property_stories(Session& s, StoryFolder& before, StoryFolder& after, report::DiffReport& report);

}  // namespace casus::app
