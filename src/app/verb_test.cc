// SPDX-License-Identifier: Apache-2.0
// casus test: judge every expectation of every scenario; JUnit for machines. casus history: those that history knows.
#include "app/session.h"
#include "report/junit.h"
#include "report/results_json.h"

namespace casus::app {

namespace {

// nullopt: a path could not be read; reported.
std::optional<report::TestReport> judge(Session& s, const std::vector<std::string>& paths) {
  report::TestReport report;
  for (const std::string& path : paths) {
    auto files = model_files(path);
    if (!files) return s.fail(files.failure()), std::nullopt;
    for (const std::string& file : files.value()) {
      // Each file by itself: what holds in it must not rest on its neighbours.
      Session one(s.line);
      report::TestFile& result = report.files.emplace_back();
      result.path = file;
      if (!one.load({file})) {
        result.broken = "the model is wrong";
        continue;
      }
      for (size_t i = 0; i < one.model().scenarios.size(); ++i) {
        const model::ScenarioId id(i);
        const model::Scenario& scenario = one.model()[id];
        if (!one.is_in(scenario.span, {file})) continue;
        EventFiles events(one.folder_of(id));
        report::TestScenario& t = result.scenarios.emplace_back();
        t.title = scenario.title;
        replay::Options options;
        const model::Model* const text = one.text_of(id, options);
        if (!text) {
          t.broken = one.code == usage ? "it has no such choices" : "choices are open in it";
          continue;
        }
        auto judged = replay::judge(*text, id, options, events, one.diagnostics);
        if (!judged) {
          t.broken = judged.failure().what;
          continue;
        }
        if (one.diagnostics.has_errors()) {
          one.report_diagnostics();
          t.broken = "its events could not be read";
          continue;
        }
        if (const auto& stop = judged.value().stop; stop.status != run::RunStatus::done)
          t.broken = replay::message(one.model(), stop).message;
        for (const auto& j : judged.value().judgements) {
          const model::Expectation& e = scenario.expectations[j.expectation];
          t.cases.push_back({std::string(one.sources.slice(e.span)), j.met, j.got,
                             e.source ? one.model()[e.source] : "",
                             one.sources.locate(e.span.source, e.span.begin).line});
        }
      }
    }
  }
  return report;
}

}  // namespace

int verb_test(Session& s) {
  const auto report = judge(s, s.line.paths);
  if (!report) return s.code;
  if (!s.line.junit.empty()) {
    if (auto written = write_file(s.line.junit, report::junit(*report)); !written)
      return s.fail(written.failure());
  }
  const std::string text =
      s.line.json ? report::test_json(*report) : report::test_text(*report, s.screen.width, s.screen.colour);
  return s.emit(text, report::failed(*report) == 0 ? done : findings);
}

int verb_history(Session& s) {
  const auto judged = judge(s, s.line.paths);
  if (!judged) return s.code;
  const report::TestReport report = report::with_source(*judged);
  if (report.files.empty()) {
    return s.fail(usage, "no expectation here has a source", "write one behind it: expect … source \"…\";");
  }
  const std::string text =
      s.line.json ? report::test_json(report) : report::history_text(report, s.screen.width, s.screen.colour);
  return s.emit(text, report::failed(report) == 0 ? done : findings);
}

}  // namespace casus::app
