// SPDX-License-Identifier: Apache-2.0
// One side's folder of stories, DIR/before or DIR/after: the stories, and copies of what they use, apart from the library. Each file has a name
// of its own there, and what was read is never written over.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "app/diff_asking.h"

namespace casus::app {

class StoryFolder {
 public:
  // Of a folder that is there. `puts`: the questions whose words may come beside the draft.
  StoryFolder(const DiffSide& before, const DiffSide& after, const std::deque<diff::Put>& puts,
              std::string folder, bool after_side);
  // The draft, with what it uses. draft() is what a story uses of it.
  Outcome copy_draft();
  const std::vector<std::string>& draft() const { return draft_; }
  // Words that questions declare themselves, and what they use: the module that a story uses of it, empty when there is none.
  Result<std::string> words_of(const diff::Put& put);
  bool is_free(const std::string& name) const;
  // The path of the story.
  Result<std::string> write_story(const std::string& name, const std::string& text);

 private:
  Outcome copy(const SourceFile& file, std::string text, const std::map<std::string, std::string>& uses);
  // Names for copies of the files, by the modules that they are.
  std::map<std::string, std::string> named(const std::vector<const SourceFile*>& files);

  const DiffSide& side_;
  bool after_;
  std::string folder_;
  std::vector<std::string> inputs_;           // paths
  std::set<std::string> taken_;               // module names
  std::map<std::string, std::string> names_;  // of copies, by the path of what was copied
  std::set<std::string> written_;             // paths of what was copied
  std::vector<std::string> draft_;
};

// The next name "prefix" + number that is free in both folders.
std::string next_name(const StoryFolder& before, const StoryFolder& after, const std::string& prefix,
                      size_t& number);

}  // namespace casus::app
