// SPDX-License-Identifier: Apache-2.0
// casus diff: two drafts, in words and in effect, with stories that show it.
#include <algorithm>
#include <filesystem>

#include "app/story_folder.h"
#include "model/choose.h"

namespace casus::app {
namespace fs = std::filesystem;

namespace {

// What the user named: a file, an instrument of one, or an instrument of the library.
struct Named {
  std::string file;        // empty: the library
  std::string instrument;  // may be empty
};

bool exists(const std::string& path) {
  std::error_code error;
  return fs::exists(path, error);
}

Named named(const std::string& text) {
  if (exists(text)) return {text, {}};
  if (const size_t hash = text.rfind('#'); hash != std::string::npos)
    return {text.substr(0, hash), text.substr(hash + 1)};
  if (text.find('/') != std::string::npos || text.find(".casus") != std::string::npos) return {text, {}};
  return {{}, text};
}

// One of the two sides, as it is named and loaded.
struct Side : DiffSide {
  Named named;
};

bool load(Side& side, const std::vector<std::string>& scenarios, const std::string& as_module) {
  Session& s = *side.session;
  auto files = model_files(side.named.file.empty() ? library_folder() : side.named.file);
  if (!files) return s.fail(files.failure()), false;
  if (!as_module.empty() && files.value().size() == 1) s.stands_for = {as_module, files.value().front()};
  side.draft.files = files.value();
  std::vector<std::string> roots = files.value();
  roots.insert(roots.end(), scenarios.begin(), scenarios.end());
  return s.load(roots);
}

// The instrument that is asked for; none, reported: there is no such one. Not asked for: none, and true.
bool choose(Side& side, const std::string& fallback) {
  const std::string& name = side.named.instrument.empty() ? fallback : side.named.instrument;
  const model::Model& m = side.session->model();
  side.draft.model = &m;
  side.draft.sources = &side.session->sources;
  if (name.empty()) return true;
  side.draft.instrument = m.find_instrument(name);
  if (!side.draft.instrument) {
    std::vector<std::string_view> known;
    for (const auto& i : m.instruments) known.push_back(i.name);
    const std::string place = side.named.file.empty() ? "the library" : side.named.file;
    return side.session->unknown("there is no instrument '" + name + "' in " + place, name, known,
                                 "casus list names the instruments"),
           false;
  }
  const std::string& path = side.session->sources[m[side.draft.instrument].span.source].path;
  if (side.named.file.empty()) side.draft.files = {path};
  return true;
}

bool same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return fs::equivalent(a, b, error);
}

// ---- stories as files ----

bool write_stories(Session& s, const Side& before, const Side& after, const std::deque<diff::Put>& puts,
                   report::DiffReport& report) {
  StoryFolder old(before, after, puts, s.line.output + "/before", false);
  StoryFolder now(before, after, puts, s.line.output + "/after", true);
  for (StoryFolder* folder : {&old, &now}) {
    if (auto made = folder->copy_draft(); !made) return s.fail(made.failure()), false;
  }
  if (!write_property_stories(s, old, now, report)) return false;
  size_t number = 0;
  for (diff::ChangeStory& story : report.stories.of) {
    std::string& written = report.written.emplace_back();
    if (!story.told) continue;
    const std::string name = next_name(old, now, "story_", number);
    const auto write = [&](StoryFolder& folder, const diff::Model& m, model::Scenario& scenario,
                           const model::Package& package) {
      scenario.name = name;
      scenario.with = package;
      scenario.title = report::story_title(report, story);
      std::erase(scenario.title, '"');
      return folder.write_story(name, diff::scenario_text(m, scenario, folder.draft()));
    };
    auto result = write(old, report.stories.before, story.told->before, before.package);
    if (result) result = write(now, report.stories.after, story.told->after, after.package);
    if (!result) return s.fail(result.failure()), false;
    written = result.value();
  }
  return true;
}

// ---- scenarios that the user gave ----

bool replay_scenarios(Side& before, Side& after, const std::vector<std::string>& files,
                      report::DiffReport& report) {
  for (size_t i = 0; i < before.session->model().scenarios.size(); ++i) {
    const model::ScenarioId id(i);
    const model::Scenario& scenario = before.session->model()[id];
    if (!before.session->is_in(scenario.span, files)) continue;
    const model::Model& n = after.session->model();
    model::ScenarioId other;
    for (size_t k = 0; k < n.scenarios.size(); ++k) {
      if (n.scenarios[k].name == scenario.name && n.scenarios[k].title == scenario.title &&
          after.session->is_in(n.scenarios[k].span, files))
        other = model::ScenarioId(k);
    }
    const std::string view = before.session->line.views.empty() ? "" : before.session->line.views.front();
    const auto own = before.session->replay_options(view);
    auto options = own ? after.session->replay_options(view) : std::nullopt;
    if (!options || !other)
      return before.session->code = std::max(before.session->code, after.session->code), false;
    if (report.before.instrument && report.after.instrument && before.session == after.session) {
      options->under = scenario.under;
      for (model::Under& u : *options->under) {
        if (u.instrument == report.before.instrument) u.instrument = report.after.instrument;
      }
    }
    const auto a = before.session->replay(id, *own);
    const auto b = a ? after.session->replay(other, *options) : std::nullopt;
    if (!b) return before.session->code = std::max(before.session->code, after.session->code), false;
    report.scenarios.push_back({scenario.title.empty() ? scenario.name : scenario.title,
                                diff::verdict_changes(*a, *b, report.difference)});
  }
  return true;
}

// --package: each draft is the one text that it makes of it. False: reported.
bool fix(Side& side, const Side& other) {
  Session& s = *side.session;
  s.beside = &other.session->model();
  const auto package = read_package(s, s.line.package);
  if (!package) return false;
  side.package = *package;
  if (package->empty()) return true;
  side.chosen = std::make_unique<model::Model>(model::choose(*side.draft.model, *package));
  for (model::Body& b : side.chosen->bodies)
    std::erase_if(b.decisions, [](const model::Decision& d) { return d.left_out; });
  side.draft.model = side.chosen.get();
  return true;
}

// The choices of the compared instruments that nothing fixes.
std::vector<std::string> left_open(const Side& side, const std::vector<model::InstrumentId>& instruments) {
  std::vector<std::string> out;
  const model::Model& m = *side.draft.model;
  for (const model::ChoiceId id : model::open_choices(m, instruments)) {
    const auto same = [&](const model::Chosen& c) { return c.choice == id; };
    if (std::none_of(side.package.begin(), side.package.end(), same)) out.push_back(model::words(m, id));
  }
  return out;
}

void describe_choices(report::DiffReport& report, const Side& before, const Side& after,
                      const std::vector<std::pair<model::InstrumentId, model::InstrumentId>>& pairs) {
  std::vector<model::InstrumentId> old, now;
  for (const auto& [one, other] : pairs) {
    if (one) old.push_back(one);
    if (other) now.push_back(other);
  }
  report.package_before = model::words(*before.draft.model, before.package);
  report.package_after = model::words(*after.draft.model, after.package);
  report.open_before = left_open(before, old);
  report.open_after = left_open(after, now);
}

int exit_code(const report::DiffReport& report) {
  bool changed = !report.difference.same(), open = report.stories.cut_short;
  for (const report::ScenarioChange& c : report.scenarios) changed = changed || !c.verdicts.empty();
  for (const diff::Asked& a : report.asked) {
    open = open || a.compared == 0 || !a.only_before.empty() || !a.only_after.empty();
    for (const diff::PropertyChange& c : a.changes) (c.changed() ? changed : open) = true;
  }
  return changed ? findings : open ? inconclusive : done;
}

int run(Session& s, Session& other) {
  Side before, after;
  before.session = &s;
  before.named = named(s.line.paths[0]);
  after.session = &other;
  after.named = named(s.line.paths[1]);
  const auto& scenarios = s.line.scenario_files;
  const bool one_model =
      before.named.file == after.named.file || (!before.named.file.empty() && !after.named.file.empty() &&
                                                same_file(before.named.file, after.named.file));
  if (one_model) after.session = &s;
  if (!load(before, scenarios, "")) return s.code;
  if (one_model)
    after.draft.files = before.draft.files;
  else if (!load(after, scenarios,
                 before.draft.files.size() == 1 ? fs::path(module_name(before.draft.files.front())).string()
                                                : ""))
    return other.code;
  if (!choose(before, s.line.instrument)) return s.code;
  if (!choose(after, s.line.instrument)) return after.session->code;
  if (!fix(before, after)) return s.code;
  if (!fix(after, before)) return after.session->code;
  for (const char* side : {"/before", "/after"}) {
    if (!s.line.output.empty() && !s.make_folder(s.line.output + side)) return s.code;
  }

  report::DiffReport report;
  report.before_name = s.line.paths[0];
  report.after_name = s.line.paths[1];
  std::vector<std::pair<model::InstrumentId, model::InstrumentId>> pairs;
  if (before.draft.instrument && after.draft.instrument) {
    pairs.emplace_back(before.draft.instrument, after.draft.instrument);
  } else {
    pairs = diff::pair_instruments(before.draft, after.draft);
    const auto wanted = [&](const auto& p) {
      return (!before.draft.instrument || p.first == before.draft.instrument) &&
             (!after.draft.instrument || p.second == after.draft.instrument);
    };
    std::erase_if(pairs, [&](const auto& p) { return !wanted(p); });
  }
  report.before = before.draft;
  report.after = after.draft;
  report.difference = diff::compare(before.draft, after.draft, pairs);
  report.stories = diff::tell_stories(before.draft, after.draft, report.difference);
  describe_choices(report, before, after, pairs);
  std::deque<diff::Put> puts;
  if (!replay_scenarios(before, after, scenarios, report)) return s.code;
  if (!ask_both(before, after, report, puts)) return s.code;
  if (!s.line.views.empty() && scenarios.empty() && report.asked.empty())
    return s.fail(usage,
                  "--as says through whose eyes scenarios and explorations are seen, and there is neither",
                  "name a file by --scenario or --ask");
  if (!s.line.output.empty() && !write_stories(s, before, after, puts, report)) return s.code;
  const std::string text = s.line.json ? report::diff_json(report)
                                       : report::diff_text(report, {s.screen.width, s.screen.colour, {}});
  s.line.output.clear();  // the folder of stories, not a file for the answer
  return s.emit(text, exit_code(report));
}

}  // namespace

std::string module_name(const std::string& path) {
  std::string name = fs::path(path).filename().string();
  name.erase(std::min(name.find(".casus"), name.size()));
  for (char& c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!plain) c = '_';
  }
  return name.empty() || (name[0] >= '0' && name[0] <= '9') ? "draft_" + name : name;
}

int verb_diff(Session& s) {
  if (s.line.paths.size() != 2)
    return s.fail(usage, "casus diff takes two drafts, the old and the new one",
                  "each is a file, FILE#Instrument, or an instrument of the library");
  Session other(s.line);
  return run(s, other);
}

}  // namespace casus::app
