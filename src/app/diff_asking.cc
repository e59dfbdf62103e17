// SPDX-License-Identifier: Apache-2.0
#include "app/diff_asking.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/exploring.h"
#include "app/story_folder.h"
#include "report/story_file.h"

namespace casus::app {
namespace fs = std::filesystem;

namespace {

constexpr uint64_t most_standard_states = 500'000;

model::ReadModule modules() {
  return [](const std::string& name, const std::string& from) -> std::optional<model::ModuleText> {
    const auto path = module_path(name, from);
    if (!path) return std::nullopt;
    auto text = read_file(*path, max_model_bytes);
    if (!text) return std::nullopt;
    return model::ModuleText{*path, std::move(text.value())};
  };
}

diff::Stand stand(const DiffSide& side) {
  const auto& files = side.draft.files;
  return {side.draft, &side.session->loaded, modules(),
          files.size() == 1 ? diff::module_of(files.front()) : std::string()};
}

bool has(const std::vector<std::string>& all, const std::string& one) {
  return !one.empty() && std::find(all.begin(), all.end(), one) != all.end();
}

std::string instrument_of(const diff::Draft& draft) {
  return draft.instrument ? (*draft.model)[draft.instrument].name : std::string();
}

// A file of questions: in the words of the old draft, unless it uses only the new one, or explores only that. nullopt: reported.
std::optional<diff::Asker> questions_of(Session& s, const std::string& path, const diff::Stand& before,
                                        const diff::Stand& after) {
  auto text = read_file(path, max_model_bytes);
  if (!text) return s.fail(text.failure()), std::nullopt;
  const size_t errors = s.diagnostics.errors();
  const diff::Mentions m = diff::mentions_of(path, text.value(), s.sources, s.diagnostics);
  if (s.diagnostics.errors() > errors) {
    s.report_diagnostics();
    return s.code = model_wrong, std::nullopt;
  }
  if (m.explorations == 0)
    return s.fail(usage, "there is no exploration in " + path,
                  "one begins: explore \"its question\" { under …; may happen …; within 72 h; never …; }"),
           std::nullopt;
  const std::string one = instrument_of(before.draft), other = instrument_of(after.draft);
  const bool of_after = (has(m.modules, after.module) && !has(m.modules, before.module)) ||
                        (one != other && has(m.instruments, other) && !has(m.instruments, one));
  return diff::questions_in(path, of_after, std::move(text.value()));
}

bool is_of(const std::string& path, const diff::Draft& draft) {
  return std::any_of(draft.files.begin(), draft.files.end(), [&](const std::string& file) {
    std::error_code error;
    return fs::equivalent(file, path, error);
  });
}

std::string folder_of(const std::string& path) { return fs::path(path).parent_path().string(); }

// Puts them to both drafts. False, reported: the text of a file is wrong beside its questions.
bool ask(Session& s, diff::Asker asker, const diff::Stand& before, const diff::Stand& after,
         const diff::Asking& how, std::vector<std::string>& known, report::DiffReport& report,
         std::deque<diff::Put>& puts) {
  if (asker.text.empty()) return true;
  const bool own = !asker.with_scenarios;
  EventFiles files(folder_of(!own ? asker.path : (asker.of_after ? after : before).draft.files.front()));
  diff::Put& put = puts.emplace_back(diff::put(std::move(asker), before, after, report.difference));
  if (put.wrong && !own) {
    const diff::Loading& in = put.asker.of_after ? *put.after : *put.before;
    std::fputs(
        render(in.diagnostics, in.sources, {s.screen.colour, static_cast<int>(s.screen.width)}).c_str(),
        stderr);
    return s.code = model_wrong, false;
  }
  for (diff::Asked& a : diff::ask(put, before, after, report.difference, how, known, files))
    report.asked.push_back(std::move(a));
  return true;
}

}  // namespace

bool ask_both(const DiffSide& before, const DiffSide& after, report::DiffReport& report,
              std::deque<diff::Put>& puts) {
  Session& s = *before.session;
  const auto limits = Exploring::limits(s);
  if (!limits) return false;
  const std::string view = s.line.views.empty() ? std::string() : s.line.views.front();
  if (!s.replay_options(view) || !after.session->replay_options(view)) return s.code = usage, false;
  const bool one_text = before.session == after.session && before.draft.instrument == after.draft.instrument;
  const diff::Stand old = stand(before), now = stand(after);
  const Exploring exploring(s);
  diff::Asking how{*limits, before.package, after.package, {}, s.line.standard, exploring.progress()};
  if (!view.empty()) how.view = view == "undisputed" ? std::string() : view;
  std::vector<diff::Asker> askers;
  if (!one_text) {
    askers.push_back(diff::own_questions(now, true, report.after_name));
    askers.push_back(diff::own_questions(old, false, report.before_name));
  }
  for (const std::string& path : s.line.ask) {
    if (is_of(path, old.draft) || is_of(path, now.draft)) continue;  // asks already
    auto asker = questions_of(s, path, old, now);
    if (!asker) return false;
    askers.push_back(std::move(*asker));
  }
  std::vector<std::string> known;
  for (diff::Asker& a : askers) {
    if (!ask(s, std::move(a), old, now, how, known, report, puts)) return false;
  }
  if (s.line.standard && !one_text) {
    EventFiles none((std::string()));
    diff::Put& put = puts.emplace_back(diff::standard_questions(old, now, report.difference));
    how.limits.states = std::min(how.limits.states, most_standard_states);
    for (diff::Asked& a : diff::ask(put, old, now, report.difference, how, known, none))
      report.asked.push_back(std::move(a));
  }
  exploring.clear();
  return true;
}

namespace {

struct Written {
  const model::Model* model;
  const model::Scenario* scenario;
  bool after;
};

// nullopt: reported.
std::optional<std::string> story_text(Session& s, const Written& w, const diff::Asked& a,
                                      const diff::PropertyChange& c, const std::string& name,
                                      StoryFolder& folder) {
  const diff::Loading& in = w.after ? *a.put->after : *a.put->before;
  const model::Exploration& e = (*in.draft.model)[w.after ? a.question.after : a.question.before];
  const model::Property& p = e.properties[c.property];
  model::Scenario scenario = *w.scenario;
  scenario.name = name;
  scenario.title = a.question.title + ": " + p.words;
  std::vector<std::string> use = folder.draft();
  if (a.put->asker.text.empty()) {  // told of actors that the story declares itself
    std::erase(scenario.title, '"');
    return diff::scenario_text(*w.model, scenario, use);
  }
  const auto words = folder.words_of(*a.put);
  if (!words) return s.fail(words.failure()), std::nullopt;
  if (!words.value().empty()) use.push_back(words.value());
  return report::scenario_text(*w.model, scenario, use, {"Found by casus diff: " + c.shown->story->why + "."},
                               condition_of(in.sources, *in.draft.model, p));
}

}  // namespace

bool write_property_stories(Session& s, StoryFolder& before, StoryFolder& after, report::DiffReport& report) {
  size_t number = 0;
  for (size_t i = 0; i < report.asked.size(); ++i) {
    const diff::Asked& a = report.asked[i];
    auto& files = report.property_files.emplace_back(a.changes.size());
    for (size_t k = 0; k < a.changes.size(); ++k) {
      if (!report::tells_story(report, i, k)) continue;
      const diff::Shown& shown = *a.changes[k].shown;
      const std::string name = next_name(before, after, "property_", number);
      std::vector<Written> both{
          {shown.of->model.get(), &(*shown.of->model)[shown.story->scenario], shown.by_after}};
      if (shown.other)
        both.push_back({shown.other->model, &(*shown.other->model)[shown.other->scenario], !shown.by_after});
      for (const Written& w : both) {
        StoryFolder& folder = w.after ? after : before;
        const auto text = story_text(s, w, a, a.changes[k], name, folder);
        if (!text) return false;
        const auto written = folder.write_story(name, *text);
        if (!written) return s.fail(written.failure()), false;
        if (w.after == shown.by_after) files[k] = written.value();
      }
    }
  }
  return true;
}

}  // namespace casus::app
