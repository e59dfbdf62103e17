// SPDX-License-Identifier: Apache-2.0
// casus compare: one crisis through several eyes (--as A,B), or under several arrangements (several files; --under X --under Y).
#include <algorithm>
#include <memory>

#include "app/runs.h"
#include "replay/compare.h"
#include "report/layout.h"
#include "report/phrases.h"
#include "report/results_json.h"
#include "text/words.h"

namespace casus::app {

namespace {

struct Column {
  std::string title;
  std::unique_ptr<Session> session;   // its own model, when the columns are files
  std::unique_ptr<replay::Replay> replay;
};

// The scenarios of a session through the eyes of a view, a column each; with a title only the first. False: reported.
bool add(Session& s, const std::string& view, const std::string& title, std::vector<Column>& columns) {
  const auto scenarios = s.scenarios();
  if (scenarios.empty()) return false;
  for (model::ScenarioId id : scenarios) {
    const auto options = s.replay_options(view);
    if (!options) return false;
    auto r = s.replay(id, *options);
    if (!r) return false;
    keep_run(s, *r);
    Column c;
    c.title = title.empty() ? s.model()[id].name.empty() ? s.model()[id].title : s.model()[id].name : title;
    c.replay = std::make_unique<replay::Replay>(std::move(*r));
    columns.push_back(std::move(c));
    if (!title.empty()) break;
  }
  return true;
}

std::string title_of(const std::string& path) {
  const size_t end = path.find_last_not_of('/') + 1;
  std::string title = spaced(path.substr(0, end).substr(path.rfind('/', end - 1) + 1));
  title.erase(std::min(title.find(".casus"), title.size()));
  return title;
}

std::string text_of(const Session& s, const replay::Comparison& c, const std::vector<Column>& columns) {
  report::Page page(s.screen.width, s.screen.colour);
  const replay::Replay& first = *columns.front().replay;
  page.line("", (*first.model)[first.scenario].title, report::Ink::bold);
  for (const Column& column : columns) {
    std::string under;
    for (const auto& u : column.replay->kase.under) under += (under.empty() ? "" : ", ") + (*column.replay->model)[u.instrument].name;
    page.line("  " + column.title + ": ", "under " + under + " · view: " + report::view_words(*column.replay->model, column.replay->view) + " · run " + column.replay->run_id, report::Ink::dim);
  }
  const auto table = [&](const char* title, bool differs) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& row : c.rows) {
      if (row.differs != differs) continue;
      std::string who;
      for (size_t i = 0; i < row.bearers.size() && i < 3; ++i) who += (i ? " " : "") + row.bearers[i];
      if (row.bearers.size() > 3) who += " +" + std::to_string(row.bearers.size() - 3);
      std::vector<std::string> cells{who, row.act, row.basis};
      cells.insert(cells.end(), row.verdicts.begin(), row.verdicts.end());
      rows.push_back(std::move(cells));
    }
    if (rows.empty()) return;
    page.heading(title);
    std::vector<std::string> header{"WHO", "OWES", "BASIS"};
    header.insert(header.end(), c.columns.begin(), c.columns.end());
    page.table(header, rows, {});
  };
  table("Where they part", true);
  table("Where they agree", false);
  page.blank();
  page.line("", std::to_string(c.different) + " of " + std::to_string(c.rows.size()) + " verdicts differ");
  return page.take();
}

// One file, folder or run: a column for each view that is named, else for each scenario.
bool compare_one(Session& s, std::vector<Column>& columns) {
  const std::vector<std::string> views = s.line.views;
  if (!load_file_or_run(s)) return false;
  if (views.empty()) return add(s, "", "", columns);
  return std::all_of(views.begin(), views.end(), [&](const std::string& view) { return add(s, view, view, columns); });
}

// Several, each with its own model: a column each, or for each view of each.
bool compare_several(Session& s, std::vector<Column>& columns) {
  if (!s.line.rejects.empty()) return s.fail(usage, "--rejects names one place, and here are several things to compare", "leave it out: each has its own"), false;
  for (const std::string& path : s.line.paths) {
    CommandLine line = s.line;
    line.paths = {path};
    auto own = std::make_unique<Session>(std::move(line));
    const bool named = own->line.views.size() > 1;
    bool added = load_file_or_run(*own);
    if (own->line.views.empty()) own->line.views = {""};
    for (const auto& view : own->line.views) added = added && add(*own, view, title_of(path) + (named ? " " + view : ""), columns);
    if (!added || !own->put_aside()) return s.code = own->code, false;
    columns.back().session = std::move(own);
  }
  return true;
}

}  // namespace

int verb_compare(Session& s) {
  std::vector<Column> columns;
  if (!s.can_read_events(2)) return s.code;
  if (!(s.line.paths.size() == 1 ? compare_one(s, columns) : compare_several(s, columns))) return s.code;
  if (columns.size() < 2) return s.fail(usage, "there is only one thing here to compare", "name viewpoints with --as A,B, or several files or runs");
  std::vector<const replay::Replay*> replays;
  std::vector<std::string> titles;
  for (const Column& c : columns) {
    replays.push_back(c.replay.get());
    titles.push_back(c.title);
  }
  const replay::Comparison comparison = replay::compare(replays, titles);
  return s.emit(s.line.json ? report::compare_json(replays, comparison) : text_of(s, comparison, columns));
}

}  // namespace casus::app
