// SPDX-License-Identifier: Apache-2.0
// casus run --table: who owed what at each event, one row for each clause and actor, to a CSV file with its metadata beside it.
#include <filesystem>

#include "app/session.h"
#include "base/version.h"
#include "report/table_report.h"

namespace casus::app {

namespace {

// What the table depends on: the program, the texts, the scenario, the eyes, the events and the limits of time.
std::string run_id(const Session& s, model::ScenarioId id, const replay::Options& options,
                   const report::TableOf& of, const replay::Table& table) {
  Hasher h;
  h.add(std::string_view(CASUS_VERSION))
      .add(std::string_view(s.model()[id].name))
      .add(std::string_view(s.model()[id].title));
  h.add(std::string_view(of.view)).add(table.digest());
  for (const auto& [path, hash] : of.models) h.add(std::string_view(hash));
  for (const std::string& name : s.line.under) h.add(std::string_view(name));
  if (!options.package.empty()) h.add(std::string_view(options.package));
  h.add(static_cast<uint64_t>(options.until ? options.until->ms : model::no_value));
  h.add(static_cast<uint64_t>(options.known_at ? options.known_at->ms : model::no_value));
  return short_hex(h.digest(), 12);
}

}  // namespace

std::optional<std::string> run_table(Session& s, model::ScenarioId id, replay::Options options) {
  const model::Model* const text = s.text_of(id, options);
  if (!text) return std::nullopt;
  const auto fail = [&s](const Failure& f) { return s.fail(f), std::nullopt; };
  const model::Scenario& scenario = s.model()[id];
  auto opened =
      replay::open_events(*text, id, options, *s.event_files(id), s.event_names(), s.reject_sink(id));
  if (!opened) return fail(opened.failure());
  replay::Table table(*text, s.sources);
  auto read = replay::stream(*text, id, options, *opened.value().reader, table, &table);
  if (!read) return fail(read.failure());
  if (!s.events_read() || !s.whole(read.value().stop)) return std::nullopt;

  NewFile file(s.line.table);
  table.write(*opened.value().labels, [&file](std::string_view line) { file.write(line); });
  if (auto written = file.finish(); !written) return fail(written.failure());
  report::TableOf of;
  of.file = s.line.table;
  of.scenario = scenario.title.empty() ? scenario.name : scenario.title;
  const model::ViewpointId view = options.view.value_or(scenario.view);
  of.view = view ? s.model()[view].name : "undisputed";
  of.package = options.package;
  of.instruments = options.under.value_or(scenario.under).size();
  for (size_t i = 0; i < s.sources.size(); ++i) {
    const SourceFile& source = s.sources[SourceId(i)];
    of.models.emplace_back(source.path, short_hex(Hasher().add(std::string_view(source.text)).digest(), 16));
  }
  of.events = scenario.event_files;
  of.events.insert(of.events.end(), s.line.events.begin(), s.line.events.end());
  of.read = read.value();
  of.run_id = run_id(s, id, options, of, table);
  const std::string json = report::table_json(of, table);
  if (auto written = write_file(s.line.table + ".json", json); !written) return fail(written.failure());
  return s.line.json ? json : report::table_text(of, table, s.screen.width, s.screen.colour);
}

}  // namespace casus::app
