// SPDX-License-Identifier: Apache-2.0
// casus explore: every course of the events that may happen; what holds on all of them, and the shortest story of what does not.
#include <cstdio>
#include <filesystem>

#include "app/exploring.h"
#include "app/kept_exploration.h"
#include "app/session.h"
#include "base/hash.h"
#include "base/version.h"
#include "model/choose.h"
#include "model/describe.h"
#include "report/explore_text.h"
#include "report/story_file.h"
#include "text/words.h"

namespace casus::app {
namespace fs = std::filesystem;

namespace {

std::vector<model::ExplorationId> asked(Session& s) {
  std::vector<model::ExplorationId> out;
  std::vector<std::string_view> known;
  for (size_t i = 0; i < s.model().explorations.size(); ++i) {
    const model::Exploration& e = s.model().explorations[i];
    if (!s.is_in(e.span, s.files())) continue;
    known.push_back(e.name.empty() ? e.title : e.name);
    if (s.line.scenario.empty() || e.name == s.line.scenario || e.title == s.line.scenario)
      out.push_back(model::ExplorationId(i));
  }
  if (!out.empty()) return out;
  if (known.empty()) {
    s.fail(
        usage, "there is no exploration in " + s.line.paths.front(),
        "one begins: explore \"its question\" { from scenario \"…\"; may happen …; within 72 h; never …; }");
  } else {
    s.unknown("there is no exploration '" + s.line.scenario + "' here", s.line.scenario, known,
              "casus list FILE names them");
  }
  return {};
}

std::string run_id(const Session& s, model::ExplorationId id, const explore::Limits& limits,
                   const std::vector<explore::Explored>& packages) {
  Hasher h;
  h.add(std::string_view(CASUS_VERSION)).add(model::describe(s.model()));
  h.add(id.value).add(limits.states).add(limits.bytes).add(limits.stories);
  for (const explore::Explored& x : packages) {
    h.add(std::string_view(x.prepared->words)).add(x.outcome.states).add(x.outcome.moves);
    h.add(uint64_t{x.prepared->problem.kase.view.value});
  }
  return short_hex(h.digest(), 12);
}

// Writes every story that a replay confirms. False, reported: one can not be written.
bool write_stories(Session& s, const model::Exploration& e, const std::vector<explore::Explored>& packages,
                   size_t& number, report::ExploreReport& report) {
  const std::string folder = s.line.output.empty() ? "." : s.line.output;
  std::error_code error;
  const fs::path model_file = fs::absolute(s.sources[e.span.source].path, error);
  const std::string use = fs::relative(model_file, fs::absolute(folder, error), error).string();
  for (const explore::Explored& x : packages) {
    auto& of_package = report.files.emplace_back();
    for (size_t i = 0; i < e.properties.size(); ++i) {
      auto& of_property = of_package.emplace_back();
      for (const explore::StoryScenario& story : x.stories[i]) {
        model::Scenario scenario = (*x.prepared->model)[story.scenario];
        const std::string name = "story-" + std::to_string(++number);
        scenario.title = (e.title.empty() ? e.name : e.title) + " – story " + std::to_string(number);
        std::vector<std::string> remarks{"Found by casus explore: " + e.properties[i].words, story.why + "."};
        if (!x.prepared->words.empty()) remarks.push_back("Package: " + x.prepared->words);
        const std::string path = (fs::path(folder) / (name + ".casus")).lexically_normal().string();
        const std::string text = report::scenario_text(*x.prepared->model, scenario, {use}, remarks,
                                                       condition_of(s.sources, s.model(), e.properties[i]));
        if (const Outcome written = write_file(path, text); !written) return s.fail(written.failure()), false;
        of_property.push_back(path);
      }
    }
  }
  return true;
}

Result<std::vector<explore::Explored>> explore_one(Session& s, const explore::Question& question,
                                                   const explore::Limits& limits,
                                                   const Exploring& exploring) {
  // Events of a scenario that it goes on from lie where that one says.
  const model::Exploration& e = s.model()[question.exploration];
  const Span teller = e.from_scenario ? s.model()[e.from_scenario].span : e.span;
  EventFiles files(fs::path(s.sources[teller.source].path).parent_path().string());
  auto explored = explore::explore(question, limits, files, exploring.progress());
  exploring.clear();
  return explored;
}

ExitCode code_of(const std::vector<explore::Explored>& packages) {
  ExitCode code = done;
  for (const explore::Explored& x : packages) {
    for (const explore::PropertyOutcome& p : x.outcome.properties) {
      if (p.answer == explore::Answer::violated) return findings;
      if (p.answer == explore::Answer::unknown) code = inconclusive;
    }
  }
  return code;
}

}  // namespace

int verb_explore(Session& s) {
  if (!s.load_first()) return s.code;
  auto limits = Exploring::limits(s);
  if (!limits) return s.code;
  limits->stories = 1 + s.line.next;
  KeptExploration kept(s);
  if (!kept.open(limits->bytes)) return s.code;
  limits->kept = kept.checkpoints();
  if (!s.line.output.empty() && !s.make_folder(s.line.output)) return s.code;
  const auto package = read_package(s, s.line.package);
  if (!package) return s.code;
  const auto options = s.replay_options(s.line.views.empty() ? std::string() : s.line.views.front());
  if (!options) return s.code;
  const Exploring exploring(s);
  size_t stories = 0;
  ExitCode answer = done;
  std::vector<std::vector<explore::Explored>> all;
  std::vector<report::ExploreReport> reports;
  const std::vector<model::ExplorationId> explorations = asked(s);
  if (explorations.empty()) return s.code;
  all.reserve(explorations.size());  // reports point to them
  for (const model::ExplorationId id : explorations) {
    auto explored = explore_one(s, {&s.model(), id, options->view, *package}, *limits, exploring);
    if (!explored) return kept.failed(explored.failure());
    all.push_back(std::move(explored.value()));
    const ExitCode code = code_of(all.back());
    if (answer != findings && code != done) answer = code;
    report::ExploreReport& report = reports.emplace_back();
    report.model = &s.model();
    report.exploration = id;
    report.packages = &all.back();
    report.engine_asked = !s.line.engine.empty();
    report.kept = limits->kept != nullptr;
    report.run_id = run_id(s, id, *limits, all.back());
    report.states = limits->states;
    report.memory = s.line.memory.empty() ? "4G" : s.line.memory;
    if (!write_stories(s, s.model()[id], all.back(), stories, report)) report.files.clear();
  }
  std::string text;
  if (s.line.json) text = report::explore_json(reports);
  for (size_t i = 0; !s.line.json && i < reports.size(); ++i)
    text += (i == 0 ? "" : "\n") + report::explore_text(reports[i], {s.screen.width, s.screen.colour, {}});
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);  // before what is said of the file
  return kept.close() && s.code == done ? answer : s.code;
}

}  // namespace casus::app
