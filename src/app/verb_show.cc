// SPDX-License-Identifier: Apache-2.0
// casus show: everything a model says of one name; or a past run, made again.
#include <filesystem>

#include "app/runs.h"
#include "report/card.h"
#include "report/page.h"
#include "report/run_json.h"

namespace casus::app {

namespace {

int show_run(Session& s, const KeptRun& kept) {
  take_over(kept, s.line);
  s.rejects_are_known = true;
  if (!s.load_first()) return s.code;
  const auto scenarios = s.scenarios();
  if (scenarios.empty()) return s.code;
  const auto options = s.replay_options(kept.view);
  if (!options) return s.code;
  std::string now;
  for (model::ScenarioId id : scenarios) {
    const auto r = s.replay(id, *options);
    if (!r) return s.code;
    if (r->run_id == kept.run) {
      note_changes(kept, s);
      const report::Digest digest = report::digest(*r);
      return s.emit(s.line.json ? report::run_json(*r, digest, s.sources)
                                : report::run_text(*r, digest, {s.screen.width, s.screen.colour, kept.run}));
    }
    now = r->run_id;
  }
  return s.fail(findings, "run " + kept.run + " does not come out again: " + what_changed(kept, s),
                "it is now run " + now + ": casus run " + kept.path);
}

int no_such_name(Session& s, const std::string& name, const std::string& place) {
  const std::vector<std::string> names = report::card_names(s.model());
  return s.unknown("nothing in " + place + " is called '" + name + "'", name, {names.begin(), names.end()},
                   "casus list " + place + " shows what there is");
}

int show_page(Session& s, const std::string& name) {
  const model::InstrumentId id = s.model().find_instrument(name);
  if (id) return s.emit(report::instrument_page(s.model(), s.sources, id));
  std::vector<std::string_view> instruments;
  for (const auto& i : s.model().instruments) instruments.push_back(i.name);
  return s.unknown("no instrument is called '" + name + "'", name, instruments,
                   "casus list instruments shows them");
}

}  // namespace

int verb_show(Session& s) {
  const std::vector<std::string> paths = s.line.paths;
  const std::string& name = paths.back();
  if (paths.size() > 2)
    return s.fail(usage, "casus show takes a file and one name", "a title of several words stands in quotes");
  if (paths.size() == 1 && looks_like_run(name)) {
    auto kept = find_run(name);
    if (kept) return show_run(s, kept.value());
    return s.fail(usage, kept.failure().what, kept.failure().remedy);
  }
  std::error_code error;
  if (paths.size() == 1 && std::filesystem::exists(name, error)) {
    return s.fail(usage, "casus show " + name + " needs the name of what to show",
                  "casus list " + name + " shows what there is");
  }
  const std::string place = paths.size() == 2 ? paths.front() : library_folder();
  auto files = model_files(place);
  if (!files) return s.fail(files.failure());
  if (!s.load(files.value())) return s.code;
  if (s.line.page) return show_page(s, name);
  const std::vector<report::Card> cards = report::cards(s.model(), s.sources, name);
  if (cards.empty()) return no_such_name(s, name, place);
  return s.emit(s.line.json ? report::cards_json(cards)
                            : report::cards_text(cards, {s.screen.width, s.screen.colour, {}}));
}

}  // namespace casus::app
