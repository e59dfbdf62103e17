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

// One replay into a column. False: reported.
bool add(Session& s, const std::string& file, const std::string& view, const std::string& title, std::vector<Column>& columns) {
  const auto scenarios = s.scenarios({file});
  if (scenarios.empty()) return false;
  for (model::ScenarioId id : scenarios) {
    const auto options = s.replay_options(view);
    if (!options) return false;
    auto r = s.replay(id, *options);
    if (!r) return false;
    keep_run(s, file, *r);
    Column c;
    c.title = title.empty() ? s.model()[id].name.empty() ? s.model()[id].title : s.model()[id].name : title;
    c.replay = std::make_unique<replay::Replay>(std::move(*r));
    columns.push_back(std::move(c));
    if (!title.empty()) break;
  }
  return true;
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

}  // namespace

int verb_compare(Session& s) {
  if (!take_over_if_run(s)) return s.code;
  std::vector<Column> columns;
  const auto& paths = s.line.paths;
  const std::vector<std::string> views = s.line.views.empty() ? std::vector<std::string>{""} : s.line.views;
  if (paths.size() == 1) {
    if (!s.load({paths.front()})) return s.code;
    if (!s.line.views.empty()) {
      for (const auto& view : views) {
        if (!add(s, paths.front(), view, view, columns)) return s.code;
      }
    } else if (!add(s, paths.front(), "", "", columns)) {
      return s.code;
    }
  } else {
    for (const std::string& file : paths) {
      auto own = std::make_unique<Session>(s.line);
      if (!own->load({file})) return own->code;
      for (const auto& view : views) {
        std::string title = spaced(file.substr(file.rfind('/') + 1));
        title.erase(std::min(title.find(".casus"), title.size()));
        if (views.size() > 1) title += " " + view;
        if (!add(*own, file, view, title, columns)) return own->code;
      }
      columns.back().session = std::move(own);
    }
  }
  if (columns.size() < 2) return s.fail(usage, "there is only one thing here to compare", "name viewpoints with --as A,B, or several files");
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
