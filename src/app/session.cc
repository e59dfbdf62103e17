// SPDX-License-Identifier: Apache-2.0
#include "app/session.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace casus::app {
namespace fs = std::filesystem;

namespace {
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

int Session::unknown(const std::string& message, std::string_view name,
                     const std::vector<std::string_view>& known, const std::string& otherwise) {
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

bool Session::load_first() {
  if (!line.roots.empty()) return load(line.roots);
  auto found = model_files(line.paths.front());
  if (!found) return fail(found.failure()), false;
  return load(found.value());
}

bool Session::load(const std::vector<std::string>& files, bool quiet) {
  files_ = files;
  std::vector<model::ModuleText> roots;
  for (const std::string& path : files) {
    auto text = read_file(path, max_model_bytes);
    if (!text) return fail(text.failure()), false;
    roots.push_back({path, std::move(text.value())});
  }
  bool unreadable = false;
  const model::ReadModule read = [&](const std::string& name,
                                     const std::string& from) -> std::optional<model::ModuleText> {
    // A file that is loaded already is its module.
    for (const auto& root : roots) {
      if (module_of(root.path) == name) return root;
      if (name == stands_for.first && root.path == stands_for.second) return root;
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
    code = model_wrong;
    if (quiet) return false;
    report_diagnostics();
    const size_t n = diagnostics.errors();
    std::fprintf(stderr, "casus: %zu %s in the model; nothing was run\n", n, n == 1 ? "error" : "errors");
    return false;
  }
  return true;
}

bool Session::can_write(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status))
    return fail(io, "could not write " + path + ": it is a folder", "name a file in it"), false;
  if (fs::exists(status) && !fs::is_regular_file(status)) return true;  // a device, written as it is
  const std::string folder = (fs::exists(status) ? fs::canonical(path, error) : fs::path(path)).parent_path();
  if (::access(folder.empty() ? "." : folder.c_str(), W_OK | X_OK) == 0) return true;
  fail(io, "could not write " + path + ": " + std::strerror(errno), errno == ENOENT ? "check the path" : "");
  return false;
}

bool Session::make_folder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (!error && ::access(path.c_str(), W_OK | X_OK) != 0) error = {errno, std::generic_category()};
  if (!error) return true;
  fail(io, "could not make the folder " + path + ", or write in it: " + error.message(), "name another one");
  return false;
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
  for (const std::string& file : line.events)
    names.push_back(file == "-" ? file : fs::absolute(file, error).string());
  return names;
}

bool Session::can_read_events(size_t replays) {
  const auto times = std::count(line.events.begin(), line.events.end(), "-");
  if (times == 0 || (times == 1 && replays == 1)) return true;
  fail(usage,
       "standard input can be read once, and here it would be read " +
           std::to_string(static_cast<size_t>(times) * replays) + " times",
       "name one --scenario and one view, or put the events into a file");
  return false;
}

evidence::RejectSink& Session::reject_sink(model::ScenarioId scenario) {
  if (!line.keep_going) return errors_;
  if (rejects_are_known) return left_out_;
  if (!rejects_) rejects_ = std::make_unique<RejectsFile>(line.rejects, diagnostics);
  rejects_->of_folder(folder_of(scenario));
  return *rejects_;
}

bool Session::events_read() {
  if (rejects_ && rejects_->failed()) return fail(rejects_->finish().failure()), false;
  if (!diagnostics.has_errors()) return true;
  report_diagnostics();
  fail(io, "the events could not all be read; the run was given up",
       "mend the lines above, or put them aside with --keep-going");
  return false;
}

bool Session::whole(const replay::Stop& stop) {
  if (stop.status == run::RunStatus::done) return true;
  fail(replay::message(model(), stop));
  // The model may be right; what comes after is not known.
  if (stop.status == run::RunStatus::too_deep) code = inconclusive;
  return false;
}

std::optional<replay::Replay> Session::replay(model::ScenarioId scenario, replay::Options options) {
  const model::Model* const text = text_of(scenario, options);
  if (!text) return std::nullopt;
  const auto from = event_files(scenario);
  auto r =
      replay::replay(*text, scenario, options, *from, event_names(), diagnostics, &reject_sink(scenario));
  if (!r) return fail(r.failure()), std::nullopt;
  if (!events_read() || !whole(r.value().stop)) return std::nullopt;
  return std::move(r.value());
}

bool Session::put_aside() {
  if (!rejects_) return true;
  if (auto written = rejects_->finish(); !written) return fail(written.failure()), false;
  if (const std::string told = rejects_->told(); !told.empty())
    std::fprintf(stderr, "casus: %s\n", told.c_str());
  rejects_.reset();
  return true;
}

int Session::emit(const std::string& text, int answer) {
  if (!put_aside()) return code;
  if (line.output.empty()) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return answer;
  }
  const Outcome written = write_file(line.output, text);
  return written ? answer : fail(written.failure());
}

std::vector<model::ScenarioId> Session::scenarios() {
  std::vector<model::ScenarioId> out;
  std::vector<std::string_view> known;
  for (size_t i = 0; i < model().scenarios.size(); ++i) {
    const model::Scenario& s = model().scenarios[i];
    if (!is_in(s.span, files_)) continue;
    known.push_back(s.name);
    if (line.scenario.empty() || s.name == line.scenario || s.title == line.scenario)
      out.push_back(model::ScenarioId(i));
  }
  if (!out.empty()) return out;
  if (known.empty()) {
    fail(usage, "there is no scenario in " + (files_.empty() ? std::string("the files") : files_.front()),
         "a scenario begins: scenario \"its story\" { under …; … }");
  } else {
    unknown("there is no scenario '" + line.scenario + "' here", line.scenario, known,
            "casus list FILE names them");
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
      unknown("there is no viewpoint '" + view + "'", view, known,
              "casus list FILE names them; `undisputed` is always there");
      return std::nullopt;
    }
    o.view = id;
  }
  const auto instant = [&](const std::string& text, const char* flag) -> std::optional<WrittenInstant> {
    auto w = parse_instant(text);
    if (!w)
      fail(usage, std::string(flag) + " '" + text + "' is not a date",
           "write 2022-02-24 or 2022-02-24T06:00Z");
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
