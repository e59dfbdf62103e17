// SPDX-License-Identifier: Apache-2.0
#include "app/story_folder.h"

#include <algorithm>
#include <filesystem>

namespace casus::app {
namespace fs = std::filesystem;

namespace {

bool is_shipped(const std::string& path) {
  std::error_code error;
  const std::string library = fs::weakly_canonical(library_folder(), error).string() + "/";
  return fs::weakly_canonical(path, error).string().starts_with(library);
}

bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

StoryFolder::StoryFolder(const DiffSide& before, const DiffSide& after, const std::deque<diff::Put>& puts,
                         std::string folder, bool after_side)
    : side_(after_side ? after : before), after_(after_side), folder_(std::move(folder)) {
  const auto see = [&](const model::Loaded& loaded, const Sources& sources, bool own_side) {
    for (const SourceId id : loaded.files) {
      inputs_.push_back(sources[id].path);
      // A copy of this name would be found first.
      if (own_side && is_shipped(sources[id].path)) taken_.insert(module_name(sources[id].path));
    }
  };
  see(before.session->loaded, before.session->sources, !after_);
  see(after.session->loaded, after.session->sources, after_);
  for (const diff::Put& put : puts) {
    see(put.before->loaded, put.before->sources, !after_);
    see(put.after->loaded, put.after->sources, after_);
  }
  std::sort(inputs_.begin(), inputs_.end());
  inputs_.erase(std::unique(inputs_.begin(), inputs_.end()), inputs_.end());
}

bool StoryFolder::is_free(const std::string& name) const {
  if (taken_.contains(name)) return false;
  std::error_code error;
  for (const char* ending : {".casus", ".casus.md"}) {
    const std::string path = folder_ + "/" + name + ending;
    if (!fs::exists(path, error)) continue;
    if (std::any_of(inputs_.begin(), inputs_.end(),
                    [&](const std::string& input) { return fs::equivalent(input, path, error); }))
      return false;
  }
  return true;
}

std::map<std::string, std::string> StoryFolder::named(const std::vector<const SourceFile*>& files) {
  std::map<std::string, std::string> out;
  for (const SourceFile* file : files) {
    std::string& name = names_[file->path];
    if (name.empty()) {
      name = module_name(file->path);
      while (!is_free(name)) name += '_';
      taken_.insert(name);
    }
    out.emplace(diff::module_of(file->path), name);  // who uses a name of the draft means the draft
  }
  return out;
}

Outcome StoryFolder::copy(const SourceFile& file, std::string text,
                          const std::map<std::string, std::string>& uses) {
  if (!written_.insert(file.path).second) return Done{};
  text = diff::with_uses(file.path, text, uses);
  return write_file(folder_ + "/" + names_.at(file.path) + (file.literate ? ".casus.md" : ".casus"), text);
}

Outcome StoryFolder::copy_draft() {
  const Session& s = *side_.session;
  std::vector<const SourceFile*> files;
  for (const SourceId id : s.loaded.files) {
    const SourceFile& file = s.sources[id];
    if (!is_shipped(file.path) && !has(s.line.scenario_files, file.path)) files.push_back(&file);
  }
  const auto uses = named(files);
  for (const SourceFile* file : files) {
    if (auto done = copy(*file, file->text, uses); !done) return done;
  }
  for (const std::string& path : side_.draft.files) {
    const auto it = names_.find(path);
    draft_.push_back(it != names_.end() ? it->second : module_name(path));
  }
  return Done{};
}

Result<std::string> StoryFolder::words_of(const diff::Put& put) {
  if (!put.asker.with_scenarios) return std::string();
  const diff::Loading& in = after_ ? *put.after : *put.before;
  std::vector<const SourceFile*> files;
  std::error_code error;
  for (const SourceId id : in.loaded.files) {
    const SourceFile& file = in.sources[id];
    if (fs::exists(file.path, error) && !is_shipped(file.path)) files.push_back(&file);
  }
  const auto uses = named(files);
  for (const SourceFile* file : files) {
    const bool asks = file->path == put.asker.path;
    if (auto done = copy(*file, asks ? diff::declarations_of(file->path, file->text) : file->text, uses);
        !done)
      return done.failure();
  }
  const auto it = names_.find(put.asker.path);
  return it != names_.end() ? it->second : std::string();
}

Result<std::string> StoryFolder::write_story(const std::string& name, const std::string& text) {
  taken_.insert(name);
  std::string path = folder_ + "/" + name + ".casus";
  if (auto written = write_file(path, text); !written) return written.failure();
  return path;
}

std::string next_name(const StoryFolder& before, const StoryFolder& after, const std::string& prefix,
                      size_t& number) {
  while (true) {
    const std::string name = prefix + std::to_string(++number);
    if (before.is_free(name) && after.is_free(name)) return name;
  }
}

}  // namespace casus::app
