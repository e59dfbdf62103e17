// SPDX-License-Identifier: Apache-2.0
// Questions: explorations that stand in one of the drafts, or in a file of their own. They are taken as texts, so that each can be put to the
// other draft too: in its names, and under the numbers that its articles have there.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "diff/diff.h"
#include "explore/explore.h"
#include "model/loader.h"

namespace casus::diff {

// A draft as it was loaded.
struct Stand {
  Draft draft;
  const model::Loaded* loaded = nullptr;
  model::ReadModule read;  // the modules that it uses
  std::string module;      // by which others use it; empty: it has several files
};

// Explorations that stand together, in the words of one of the drafts.
struct Asker {
  std::string name;  // where they stand: "old.casus"
  bool of_after = false;
  bool with_scenarios = false;      // those of the draft stand beside the text, not in it
  std::string path;                 // for what it uses
  std::string text;                 // empty: there is none
  std::vector<std::string> places;  // of its scenarios and explorations, in order
};

// What is asked of the drafts by their own explorations: those of the files, or, where an instrument is compared, those under it.
Asker own_questions(const Stand& of, bool of_after, const std::string& name);
// Of a text that has been read.
Asker questions_in(const std::string& path, bool of_after, std::string text);
// What a text of questions speaks of: modules that it uses, instruments that it explores, and how many explorations it has.
struct Mentions {
  std::vector<std::string> modules, instruments;
  size_t explorations = 0;
};
Mentions mentions_of(const std::string& path, const std::string& text, Sources& sources,
                     Diagnostics& diagnostics);
// The text without its explorations and scenarios.
std::string declarations_of(const std::string& path, const std::string& text);
// The text, which uses modules by other names: by the names that they have in it.
std::string with_uses(const std::string& path, const std::string& text,
                      const std::map<std::string, std::string>& names);
std::string module_of(const std::string& path);  // "drafts/old.casus.md" → "old"

// A draft with the questions that could be put to it.
struct Loading {
  Sources sources;
  Diagnostics diagnostics;
  model::Loaded loaded;
  Draft draft;
};
struct Question {
  std::string title;
  std::string place;                                       // where it stands: "old.casus:12"
  model::ExplorationId before, after;                      // none where it can not be put
  std::vector<std::string> missing_before, missing_after;  // why it can not be put; empty: it can
  std::string key;  // equal for questions that ask the new draft the same
};
struct Put {
  Asker asker;
  std::unique_ptr<Loading> before, after;
  std::vector<Question> questions;
  // The text is wrong beside its questions, whatever the draft: told in the diagnostics of the draft in whose words it is.
  bool wrong = false;
};

// Cost: a few loads of each draft.
Put put(Asker asker, const Stand& before, const Stand& after, const Difference& difference);

}  // namespace casus::diff
