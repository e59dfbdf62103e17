// SPDX-License-Identifier: Apache-2.0
#include "app/runs.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/hash.h"
#include "base/version.h"
#include "report/json.h"
#include "report/phrases.h"

namespace casus::app {
namespace fs = std::filesystem;
using report::Json;

namespace {

constexpr size_t id_digits = 12, least_digits = 4;
constexpr size_t max_kept_bytes = 1u << 20;
constexpr std::string_view schema = "casus/kept-run/1";

fs::path folder() { return fs::path(state_folder()) / "runs"; }

std::string absolute(const std::string& path) {
  std::error_code error;
  const fs::path p = fs::absolute(path, error);
  return error ? path : p.lexically_normal().string();
}

uint64_t hash_of(const std::string& text) { return Hasher().add(std::string_view(text)).digest(); }

std::vector<fs::path> kept_files() {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator it(folder(), error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".json") out.push_back(it->path());
  }
  return out;
}

void remove_oldest() {
  std::vector<std::pair<fs::file_time_type, fs::path>> kept;
  std::error_code error;
  for (const fs::path& p : kept_files()) kept.emplace_back(fs::last_write_time(p, error), p);
  if (kept.size() <= most_kept_runs) return;
  std::sort(kept.begin(), kept.end());
  for (size_t i = 0; i + most_kept_runs < kept.size(); ++i) fs::remove(kept[i].second, error);
}

// What is missing or of another type reads as nothing: the file may be older than the program, or not ours.
std::string text_of(const Json& j, const char* key) {
  const auto it = j.find(key);
  return it != j.end() && it->is_string() ? it->get<std::string>() : std::string();
}

bool truth_of(const Json& j, const char* key) {
  const auto it = j.find(key);
  return it != j.end() && it->is_boolean() && it->get<bool>();
}

std::vector<std::string> texts_of(const Json& j, const char* key) {
  std::vector<std::string> out;
  const auto it = j.find(key);
  if (it == j.end() || !it->is_array()) return out;
  for (const Json& item : *it) {
    if (item.is_string()) out.push_back(item.get<std::string>());
  }
  return out;
}

Result<KeptRun> read_run(const fs::path& file) {
  auto text = read_file(file.string(), max_kept_bytes);
  if (!text) return text.failure();
  const Json j = Json::parse(text.value(), nullptr, false);
  if (!j.is_object() || text_of(j, "schema") != schema || text_of(j, "path").empty()) {
    return Failure{file.string() + " does not tell of a run",
                   "remove it, and replay the scenario from its file"};
  }
  KeptRun run;
  run.run = text_of(j, "run");
  run.version = text_of(j, "casus");
  run.path = text_of(j, "path");
  run.roots = texts_of(j, "roots");
  run.scenario = text_of(j, "scenario");
  run.view = text_of(j, "view");
  run.under = texts_of(j, "under");
  run.events = texts_of(j, "events");
  run.known_at = text_of(j, "known_at");
  run.until = text_of(j, "until");
  run.package = text_of(j, "package");
  run.sort = truth_of(j, "sort");
  run.keep_going = truth_of(j, "keep_going");
  if (const auto files = j.find("files"); files != j.end() && files->is_array()) {
    for (const Json& f : *files) {
      const auto hash = f.is_object() ? f.find("hash") : f.end();
      if (f.is_object() && hash != f.end() && hash->is_number_unsigned())
        run.files.emplace_back(text_of(f, "path"), hash->get<uint64_t>());
    }
  }
  return run;
}

// Which files of the model are not as they were, in one sentence; empty: none.
std::string model_changes(const KeptRun& run, const Session& s) {
  std::string changed;
  for (const auto& kept : run.files) {
    const bool same = std::any_of(s.loaded.files.begin(), s.loaded.files.end(), [&](SourceId f) {
      return absolute(s.sources[f].path) == kept.first && hash_of(s.sources[f].text) == kept.second;
    });
    if (!same) changed += (changed.empty() ? "" : ", ") + kept.first;
  }
  if (!changed.empty()) return "the model has changed: " + changed;
  return run.files.size() == s.loaded.files.size() ? "" : "the model has changed: it uses other files";
}

}  // namespace

void keep_run(const Session& s, const replay::Replay& r) {
  const CommandLine& line = s.line;
  if (std::find(line.events.begin(), line.events.end(), "-") != line.events.end()) return;
  const model::Scenario& scenario = s.model()[r.scenario];
  Json j{{"schema", schema},
         {"casus", CASUS_VERSION},
         {"run", r.run_id},
         {"path", absolute(line.paths.front())}};
  j["roots"] = Json::array();
  for (const std::string& root : s.files()) j["roots"].push_back(absolute(root));
  j["scenario"] = scenario.name.empty() ? scenario.title : scenario.name;
  j["view"] = report::view_words(s.model(), r.view);
  j["under"] = line.under;
  j["known_at"] = line.known_at;
  j["until"] = line.until;
  j["package"] = line.package;
  j["events"] = Json::array();
  for (const std::string& e : line.events) j["events"].push_back(absolute(e));
  j["sort"] = line.sort;
  j["keep_going"] = line.keep_going;
  j["files"] = Json::array();
  for (SourceId f : s.loaded.files)
    j["files"].push_back({{"path", absolute(s.sources[f].path)}, {"hash", hash_of(s.sources[f].text)}});
  std::error_code error;
  fs::create_directories(folder(), error);
  if (error) return;
  if (write_file((folder() / (r.run_id + ".json")).string(), report::json_text(j)).ok()) remove_oldest();
}

bool looks_like_run(const std::string& word) {
  const auto digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  std::error_code error;
  return word.size() >= least_digits && word.size() <= id_digits &&
         std::all_of(word.begin(), word.end(), digit) && !fs::exists(word, error);
}

Result<KeptRun> find_run(const std::string& beginning) {
  std::vector<fs::path> found;
  for (const fs::path& p : kept_files()) {
    if (p.stem().string().starts_with(beginning)) found.push_back(p);
  }
  if (found.size() == 1) return read_run(found.front());
  if (found.empty()) {
    return Failure{"no run " + beginning + " is kept here",
                   "the last " + std::to_string(most_kept_runs) + " are; replay an older one from its file"};
  }
  std::sort(found.begin(), found.end());
  std::string all;
  for (size_t i = 0; i < found.size() && i < 5; ++i) all += (i ? ", " : "") + found[i].stem().string();
  if (found.size() > 5) all += " and " + std::to_string(found.size() - 5) + " more";
  return Failure{"several runs begin with " + beginning + ": " + all, "give more of its digits"};
}

void take_over(const KeptRun& run, CommandLine& line) {
  line.paths.front() = run.path;
  line.roots = run.roots;
  if (line.scenario.empty()) line.scenario = run.scenario;
  if (line.views.empty()) line.views = {run.view};
  if (line.under.empty()) line.under = run.under;
  if (line.known_at.empty()) line.known_at = run.known_at;
  if (line.until.empty()) line.until = run.until;
  if (line.package.empty()) line.package = run.package;
  if (line.events.empty()) line.events = run.events;
  line.sort |= run.sort;
  line.keep_going |= run.keep_going;
}

bool load_file_or_run(Session& s) {
  const std::string word = s.line.paths.front();
  if (!looks_like_run(word)) return s.load_first();
  auto run = find_run(word);
  if (!run) return s.fail(usage, run.failure().what, run.failure().remedy), false;
  take_over(run.value(), s.line);
  if (!s.load_first()) return false;
  note_changes(run.value(), s);
  return true;
}

void note_changes(const KeptRun& run, const Session& s) {
  const std::string changes = model_changes(run, s);
  if (!changes.empty())
    std::fprintf(stderr, "casus: since run %s was made, %s\n", run.run.c_str(), changes.c_str());
}

std::string what_changed(const KeptRun& run, const Session& s) {
  if (run.version != CASUS_VERSION)
    return "it was made by casus " + run.version + ", and this is casus " CASUS_VERSION;
  const std::string changes = model_changes(run, s);
  return changes.empty() ? "the events have changed" : changes;
}

}  // namespace casus::app
