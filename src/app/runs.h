// SPDX-License-Identifier: Apache-2.0
// Runs that were made here, by their ids: what it takes to make them again. One small JSON file a run in
// state_folder()/runs.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "app/session.h"

namespace casus::app {

struct KeptRun {
  std::string run, version;
  std::string path;                // of the model, a file or a folder, absolute
  std::vector<std::string> roots;  // the models that stood there, absolute
  std::string scenario, view;      // the scenario's name, or its title
  std::vector<std::string> under, events;
  std::string known_at, until, package;
  bool sort = false, keep_going = false;
  std::vector<std::pair<std::string, uint64_t>> files;  // roots and what they use, with hashes of their texts
};

inline constexpr size_t most_kept_runs = 500;

// Best effort: that it can not be kept is no failure of the run. A run that read standard input is not kept.
// The oldest beyond `most_kept_runs` are removed.
void keep_run(const Session& session, const replay::Replay& replay);

// Whether the word can be a run id, or the beginning of one, and is no file: 4 to 12 hexadecimal digits.
bool looks_like_run(const std::string& word);
// The one run whose id begins so.
Result<KeptRun> find_run(const std::string& beginning);

// The run's files and flags, where the command line itself says nothing else; `line.paths.front()` was the run's id.
void take_over(const KeptRun& run, CommandLine& line);
// Loads the models that the first path names: a file, a folder, or those of a kept run, whose flags are taken over; that they
// have changed since is said. False: reported.
bool load_file_or_run(Session& session);

// To stderr, where the model is not as it was when the run was made.
void note_changes(const KeptRun& run, const Session& session);
// Why the run does not come out again, in one sentence.
std::string what_changed(const KeptRun& run, const Session& session);

}  // namespace casus::app
