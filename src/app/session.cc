// SPDX-License-Identifier: Apache-2.0
#include "app/session.h"

#include <cstdio>
#include <filesystem>

namespace casus::app {
namespace fs = std::filesystem;

namespace {
// One byte more than the parser takes, so that it is the one to say that there are too many.
constexpr size_t max_model_bytes = syntax::ParseLimits{}.max_bytes + size_t{1};

std::string module_of(const std::string& path) {
  std::string stem = fs::path(path).filename().string();
  if (const size_t i = stem.find(".casus"); i != std::string::npos) stem.erase(i);
  return stem;
}
}  // namespace

int Session::fail(ExitCode failure_code, const std::string& message, const std::string& remedy) {
  std::fflush(stdout);
  std::fprintf(stderr, "casus: %s\n", message.c_str());
  if (!remedy.empty()) std::fprintf(stderr, "       %s\n", remedy.c_str());
  code = failure_code;
  return failure_code;
}

int Session::unknown(const std::string& message, std::string_view name, const std::vector<std::string_view>& known,
                     const std::string& otherwise) {
  const std::string near = nearest_name(name, known);
  return fail(usage, message, near.empty() ? otherwise : "did you mean '" + near + "'?");
}

int Session::fail(const Diagnostic& why) {
  diagnostics.add(why);
  report_diagnostics();
  code = model_wrong;
  return code;
}

void Session::report_diagnostics() {
  if (diagnostics.all().empty()) return;
  std::fflush(stdout);
  const std::string text = render(diagnostics, sources, {screen.colour, static_cast<int>(screen.width)});
  std::fwrite(text.data(), 1, text.size(), stderr);
}

bool Session::load(const std::vector<std::string>& files) {
  std::vector<model::ModuleText> roots;
  for (const std::string& path : files) {
    auto text = read_file(path, max_model_bytes);
    if (!text) return fail(text.failure()), false;
    roots.push_back({path, std::move(text.value())});
  }
  bool unreadable = false;
  const model::ReadModule read = [&](const std::string& name, const std::string& from) -> std::optional<model::ModuleText> {
    // A file that is loaded already is its module.
    for (const auto& root : roots) {
      if (module_of(root.path) == name) return root;
    }
    const auto path = module_path(name, from);
    if (!path) return std::nullopt;
    auto text = read_file(*path, max_model_bytes);
    if (!text) {
      fail(text.failure());
      unreadable = true;
      return std::nullopt;
    }
    return model::ModuleText{*path, std::move(text.value())};
  };
  loaded = model::load(roots, read, sources, diagnostics);
  if (unreadable) return false;
  if (diagnostics.has_errors()) {
    report_diagnostics();
    const size_t n = diagnostics.errors();
    std::fprintf(stderr, "casus: %zu %s in the model; nothing was run\n", n, n == 1 ? "error" : "errors");
    code = model_wrong;
    return false;
  }
  return true;
}

bool Session::is_in(const Span& span, const std::vector<std::string>& files) const {
  if (!span.valid()) return false;
  for (const std::string& f : files) {
    if (sources[span.source].path == f) return true;
  }
  return false;
}

std::string Session::folder_of(model::ScenarioId scenario) const {
  return fs::path(sources[model()[scenario].span.source].path).parent_path().string();
}

std::vector<std::string> Session::event_names() const {
  std::vector<std::string> names;
  std::error_code error;
  for (const std::string& file : line.events) names.push_back(file == "-" ? file : fs::absolute(file, error).string());
  return names;
}

evidence::RejectSink& Session::reject_sink() {
  if (!line.keep_going) return errors_;
  if (!rejects_) {
    const std::string beside = line.events.empty() || line.events.front() == "-" ? "casus" : line.events.front();
    rejects_ = std::make_unique<RejectsFile>(line.rejects.empty() ? beside + ".rejects" : line.rejects);
  }
  return *rejects_;
}

bool Session::rejects_done() {
  if (rejects_) {
    if (auto written = rejects_->finish(); !written) return fail(written.failure()), false;
    if (rejects_->count() != 0) {
      std::fprintf(stderr, "casus: %llu event lines could not be read; they are in %s\n", static_cast<unsigned long long>(rejects_->count()), rejects_->path().c_str());
    }
    rejects_.reset();
  }
  if (!diagnostics.has_errors()) return true;
  report_diagnostics();
  fail(io, "the events could not all be read; the run was given up", "mend the lines above, or put them aside with --keep-going");
  return false;
}

std::optional<replay::Replay> Session::replay(model::ScenarioId scenario, const replay::Options& options) {
  const auto files = event_files(scenario);
  auto r = replay::replay(model(), scenario, options, *files, event_names(), diagnostics, &reject_sink());
  if (!r) return fail(r.failure()), std::nullopt;
  if (!rejects_done()) return std::nullopt;
  // What there is of it is not shown: a verdict from a part would be taken for one.
  if (const replay::Stop& stop = r.value().stop; stop.status != run::RunStatus::done) return fail(replay::message(model(), stop)), std::nullopt;
  return std::move(r.value());
}

int Session::emit(const std::string& text, int answer) {
  if (line.output.empty()) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return answer;
  }
  const Outcome written = write_file(line.output, text);
  return written ? answer : fail(written.failure());
}

std::vector<model::ScenarioId> Session::scenarios(const std::vector<std::string>& files) {
  std::vector<model::ScenarioId> out;
  std::vector<std::string_view> known;
  for (size_t i = 0; i < model().scenarios.size(); ++i) {
    const model::Scenario& s = model().scenarios[i];
    if (!is_in(s.span, files)) continue;
    known.push_back(s.name);
    if (line.scenario.empty() || s.name == line.scenario || s.title == line.scenario) out.push_back(model::ScenarioId(i));
  }
  if (!out.empty()) return out;
  if (known.empty()) {
    fail(usage, "there is no scenario in " + (files.empty() ? std::string("the files") : files.front()), "a scenario begins: scenario \"its story\" { under …; … }");
  } else {
    unknown("there is no scenario '" + line.scenario + "' here", line.scenario, known, "casus list FILE names them");
  }
  return out;
}

std::optional<replay::Options> Session::replay_options(const std::string& view) {
  replay::Options o;
  if (view == "undisputed") {
    o.view = model::ViewpointId();
  } else if (!view.empty()) {
    const model::ViewpointId id = model().find_viewpoint(view);
    if (!id) {
      std::vector<std::string_view> known;
      for (const auto& v : model().viewpoints) known.push_back(v.name);
      unknown("there is no viewpoint '" + view + "'", view, known, "casus list FILE names them; `undisputed` is always there");
      return std::nullopt;
    }
    o.view = id;
  }
  const auto instant = [&](const std::string& text, const char* flag) -> std::optional<WrittenInstant> {
    auto w = parse_instant(text);
    if (!w) fail(usage, std::string(flag) + " '" + text + "' is not a date", "write 2022-02-24 or 2022-02-24T06:00Z");
    return w;
  };
  o.sort = line.sort;
  if (!line.known_at.empty()) {
    const auto w = instant(line.known_at, "--known-at");
    if (!w) return std::nullopt;
    o.known_at = last_of(*w);
  }
  if (!line.until.empty()) {
    const auto w = instant(line.until, "--until");
    if (!w) return std::nullopt;
    o.until = last_of(*w);
  }
  if (!line.under.empty()) {
    std::vector<model::Under> under;
    for (const std::string& name : line.under) {
      const model::InstrumentId id = model().find_instrument(name);
      if (!id) {
        std::vector<std::string_view> known;
        for (const auto& i : model().instruments) known.push_back(i.name);
        unknown("there is no instrument '" + name + "'", name, known, "");
        return std::nullopt;
      }
      under.push_back({id, std::nullopt});
    }
    o.under = std::move(under);
  }
  return o;
}

}  // namespace casus::app
