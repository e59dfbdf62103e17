// SPDX-License-Identifier: Apache-2.0
// casus run: replay the scenarios of a file.
#include "app/runs.h"
#include "report/run_json.h"
#include "report/run_text.h"

namespace casus::app {

int verb_run(Session& s) {
  auto files = model_files(s.line.paths.front());
  if (!files) return s.fail(files.failure());
  if (!s.load(files.value())) return s.code;
  const auto scenarios = s.scenarios(files.value());
  if (scenarios.empty()) return s.code;
  const std::vector<std::string> views = s.line.views.empty() ? std::vector<std::string>{""} : s.line.views;
  std::string text;
  std::vector<std::string> documents;
  int code = done;
  for (model::ScenarioId id : scenarios) {
    for (const std::string& view : views) {
      const auto options = s.replay_options(view);
      if (!options) return s.code;
      if (s.line.stream) {
        if (const int failed = run_stream(s, id, *options); failed != done) return failed;
        continue;
      }
      const auto r = s.replay(id, *options);
      if (!r) return s.code;
      const report::Digest digest = report::digest(*r);
      if (s.line.json) documents.push_back(report::run_json(*r, digest, s.sources));
      else
        text += (text.empty() ? "" : "\n") +
                report::run_text(*r, digest, {s.screen.width, s.screen.colour, s.line.paths.front()});
      keep_run(s, s.line.paths.front(), *r);
      for (const auto& j : r->judgements) code = j.met ? code : findings;
    }
  }
  if (s.line.stream) return done;
  return s.emit(s.line.json ? report::replays_json(documents) : text, code);
}

}  // namespace casus::app
