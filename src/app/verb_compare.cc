// SPDX-License-Identifier: Apache-2.0
// casus compare: one crisis through several eyes (--as A,B), or under several arrangements (several files; --under X --under Y).
#include <algorithm>
#include <memory>

#include "app/runs.h"
#include "replay/decisive.h"
#include "report/compare_text.h"
#include "report/results_json.h"
#include "report/run_json.h"
#include "text/words.h"

namespace casus::app {

namespace {

struct Column {
  std::string title;
  std::unique_ptr<Session> session;  // its own model, when the columns are files
  std::unique_ptr<replay::Replay> replay;
  std::vector<std::string> alike;  // other views that come to the same in everything
};

// A scenario of a session through the eyes of a view, as a column; `once`: not if a column says the same already.
// False: reported.
bool add(Session& s, model::ScenarioId id, const std::string& view, const std::string& title,
         std::vector<Column>& columns, bool once = false) {
  const auto options = s.replay_options(view);
  if (!options) return false;
  auto r = s.replay(id, *options);
  if (!r) return false;
  if (once) {
    const replay::Verdicts verdicts = replay::verdicts_of(*r);
    for (Column& c : columns) {
      if (replay::verdicts_of(*c.replay) == verdicts) return c.alike.push_back(title), true;
    }
  }
  keep_run(s, *r);
  Column c;
  c.title = title;
  c.replay = std::make_unique<replay::Replay>(std::move(*r));
  columns.push_back(std::move(c));
  return true;
}

std::string title_of(const std::string& path) {
  const size_t end = path.find_last_not_of('/') + 1;
  std::string title = spaced(path.substr(0, end).substr(path.rfind('/', end - 1) + 1));
  title.erase(std::min(title.find(".casus"), title.size()));
  return title;
}

struct Told {
  std::string text;                    // one comparison after the other
  std::vector<std::string> documents;  // JSON
  int code = done;
};

// Which question decides is asked where the columns differ in their eyes alone. False: reported.
bool tell(Session& s, const std::vector<Column>& columns, bool eyes_alone, Told& told) {
  std::vector<const replay::Replay*> replays;
  std::vector<std::string> titles;
  for (const Column& c : columns) {
    replays.push_back(c.replay.get());
    titles.push_back(c.title);
  }
  replay::Comparison comparison = replay::compare(replays, titles);
  for (const Column& c : columns) comparison.alike.push_back(c.alike);
  std::optional<replay::Decisions> decisions;
  if (eyes_alone) {
    const auto options = s.replay_options("");
    if (!options) return false;
    const model::ScenarioId scenario = replays.front()->scenario;
    auto found = replay::decisive(replays, comparison, *options, *s.event_files(scenario), s.event_names());
    if (!found) return s.fail(found.failure()), false;
    decisions = std::move(found.value());
    if (decisions->cut_short) told.code = inconclusive;
  }
  if (s.line.json)
    told.documents.push_back(report::compare_json(replays, comparison, decisions));
  else
    told.text += (told.text.empty() ? "" : "\n") +
                 report::compare_text(replays, comparison, decisions, s.screen.width, s.screen.colour);
  return true;
}

bool every_eye(const Session& s) { return s.line.views == std::vector<std::string>{"all"}; }

// `--as all`: with no view, and in every eye that the models know.
std::vector<std::string> views_of(const Session& s) {
  if (!every_eye(s)) return s.line.views;
  std::vector<std::string> all{"undisputed"};
  for (const auto& v : s.model().viewpoints) all.push_back(v.name);
  return all;
}

int only_one(Session& s) {
  return s.fail(usage, "there is only one thing here to compare",
                "name viewpoints with --as A,B or --as all, or several files or runs");
}

std::string name_of(const model::Scenario& scenario) {
  return scenario.name.empty() ? scenario.title : scenario.name;
}

// One file, folder or run: each scenario in the eyes of each view that is named; else its scenarios side by side.
int compare_one(Session& s) {
  if (!load_file_or_run(s)) return s.code;
  const auto scenarios = s.scenarios();
  if (scenarios.empty()) return s.code;
  const std::vector<std::string> views = views_of(s);
  if ((views.empty() ? scenarios.size() : views.size()) < 2) return only_one(s);
  Told told;
  std::vector<Column> columns;
  for (model::ScenarioId id : scenarios) {
    if (views.empty()) {
      if (!add(s, id, "", name_of(s.model()[id]), columns)) return s.code;
      continue;
    }
    columns.clear();
    for (const std::string& view : views) {
      if (!add(s, id, view, view, columns, every_eye(s))) return s.code;
    }
    if (!tell(s, columns, true, told)) return s.code;
  }
  if (views.empty() && !tell(s, columns, false, told)) return s.code;
  return s.emit(s.line.json ? report::replays_json(told.documents) : told.text, told.code);
}

// Several, each with its own model: a column each, of its first scenario, or one for each view of each.
bool add_several(Session& s, std::vector<Column>& columns) {
  if (!s.line.rejects.empty())
    return s.fail(usage, "--rejects names one place, and here are several things to compare",
                  "leave it out: each has its own"),
           false;
  for (const std::string& path : s.line.paths) {
    CommandLine line = s.line;
    line.paths = {path};
    auto own = std::make_unique<Session>(std::move(line));
    const bool named = own->line.views.size() > 1;
    bool added = load_file_or_run(*own);
    if (own->line.views.empty()) own->line.views = {""};
    const auto scenarios = added ? own->scenarios() : std::vector<model::ScenarioId>();
    added = !scenarios.empty();
    for (const auto& view : own->line.views)
      added =
          added && add(*own, scenarios.front(), view, title_of(path) + (named ? " " + view : ""), columns);
    if (!added || !own->put_aside()) return s.code = own->code, false;
    columns.back().session = std::move(own);
  }
  return true;
}

}  // namespace

int verb_compare(Session& s) {
  if (!s.can_read_events(2)) return s.code;
  if (s.line.paths.size() == 1) return compare_one(s);
  std::vector<Column> columns;
  if (!add_several(s, columns)) return s.code;
  if (columns.size() < 2) return only_one(s);
  Told told;
  if (!tell(s, columns, false, told)) return s.code;
  return s.emit(s.line.json ? told.documents.front() : told.text);
}

}  // namespace casus::app
