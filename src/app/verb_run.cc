// SPDX-License-Identifier: Apache-2.0
// casus run: replay the scenarios of a file.
#include "app/runs.h"
#include "report/run_json.h"
#include "report/run_text.h"

namespace casus::app {

int verb_run(Session& s) {
  if (s.line.stream && s.line.json)
    return s.fail(usage, "--stream keeps no ledger, so there is nothing to give as --json",
                  "leave one of the two out");
  if (s.line.stream && !s.line.table.empty())
    return s.fail(usage, "--table and --stream are two ways to tell of a run", "leave one of the two out");
  if (!load_file_or_run(s)) return s.code;
  const auto scenarios = s.scenarios();
  if (scenarios.empty()) return s.code;
  const std::vector<std::string> views = s.line.views.empty() ? std::vector<std::string>{""} : s.line.views;
  if (!s.line.table.empty() && scenarios.size() * views.size() != 1)
    return s.fail(usage,
                  "--table is of one replay, and here are " + std::to_string(scenarios.size() * views.size()),
                  "name one --scenario and one view");
  if (!s.can_read_events(scenarios.size() * views.size())) return s.code;
  std::string text;
  std::vector<std::string> documents;
  int code = done;
  for (model::ScenarioId id : scenarios) {
    for (const std::string& view : views) {
      const auto options = s.replay_options(view);
      if (!options) return s.code;
      if (!s.line.table.empty()) {
        const auto told = run_table(s, id, *options);
        return told ? s.emit(*told) : s.code;
      }
      if (s.line.stream) {
        const auto told = run_stream(s, id, *options);
        if (!told) return s.code;
        text += (text.empty() ? "" : "\n") + *told;
        continue;
      }
      const auto r = s.replay(id, *options);
      if (!r) return s.code;
      const report::Digest digest = report::digest(*r);
      if (s.line.json)
        documents.push_back(report::run_json(*r, digest, s.sources));
      else
        text += (text.empty() ? "" : "\n") +
                report::run_text(*r, digest, {s.screen.width, s.screen.colour, s.line.paths.front()});
      keep_run(s, *r);
      for (const auto& j : r->judgements) code = j.met ? code : findings;
    }
  }
  return s.emit(s.line.json ? report::replays_json(documents) : text, code);
}

}  // namespace casus::app
