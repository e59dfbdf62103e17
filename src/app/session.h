// SPDX-License-Identifier: Apache-2.0
// What every verb needs: the options as given, models loaded with their modules, messages on the right stream, exit codes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/rejects.h"
#include "app/world.h"
#include "model/loader.h"

namespace casus::app {

enum ExitCode : int { done = 0, findings = 1, usage = 2, model_wrong = 3, inconclusive = 4, io = 5, bug = 70 };

struct CommandLine {
  std::string verb;
  std::vector<std::string> paths;          // files or folders; for explain and show also what is asked
  std::vector<std::string> views;          // --as A,B
  std::vector<std::string> under;          // --under A,B
  std::vector<std::string> events;         // --events FILE
  std::string scenario, known_at, until, output, rejects, junit;
  bool json = false, plain = false, keep_going = false, check_only = false, stream = false, sort = false;
  size_t width = 0;                        // 0: the terminal's
  size_t max_rejects = 100;
};

class Session {
 public:
  explicit Session(CommandLine given) : line(std::move(given)), screen(terminal()) {
    if (line.width != 0) screen.width = line.width;
    if (line.plain || !line.output.empty()) screen.colour = false;
  }

  // Loads the files with what they use. False, with the reason printed, when a file can not be read or the model is wrong; code() says which.
  bool load(const std::vector<std::string>& files);
  const model::Model& model() const { return loaded.model; }
  // Scenarios whose text stands in one of the files; by --scenario only that one. Reports when there is none.
  std::vector<model::ScenarioId> scenarios(const std::vector<std::string>& files);
  bool is_in(const Span& span, const std::vector<std::string>& files) const;
  // Options for a replay from the command line, for one viewpoint name (empty: the scenario's own). nullopt: reported.
  std::optional<replay::Options> replay_options(const std::string& view);
  // A scenario with its event files. nullopt: reported; code() says why.
  std::optional<replay::Replay> replay(model::ScenarioId scenario, const replay::Options& options);
  // Where the scenario's event files are, and those of --events (named from the current folder).
  std::unique_ptr<EventFiles> event_files(model::ScenarioId scenario) const { return std::make_unique<EventFiles>(folder_of(scenario)); }
  std::vector<std::string> event_names() const;
  // Of lines that can not be read: with --keep-going a file, else errors. rejects_done() finishes it, and reports; false: the run fails.
  evidence::RejectSink& reject_sink();
  bool rejects_done();
  // The verb's answer, to the file of `-o` or to stdout. Returns `answer`, or io when it can not be written.
  int emit(const std::string& text, int answer = done);
  void report_diagnostics();               // to stderr
  int fail(ExitCode code, const std::string& message, const std::string& remedy = {});
  // "there is no viewpoint 'X'", with the nearest of the known names, else `otherwise`, as the remedy.
  int unknown(const std::string& message, std::string_view name, const std::vector<std::string_view>& known, const std::string& otherwise);
  int fail(const Diagnostic& why);         // a model that is wrong only when it runs
  int fail(const Failure& f) { return fail(io, f.what, f.remedy); }
  // The folder against which a scenario's event files are named.
  std::string folder_of(model::ScenarioId scenario) const;

  CommandLine line;
  Terminal screen;
  Sources sources;
  Diagnostics diagnostics;
  model::Loaded loaded;
  int code = done;

 private:
  // Errors until the first one: a stream is not run further.
  class Errors final : public evidence::RejectSink {
   public:
    explicit Errors(Diagnostics& to) : to_(to) {}
    bool reject(std::string_view, uint64_t, const Diagnostic& why) override {
      to_.add(why);
      return to_.errors() < 20;
    }

   private:
    Diagnostics& to_;
  };
  std::unique_ptr<RejectsFile> rejects_;
  Errors errors_{diagnostics};
};

int verb_run(Session& s);
int run_stream(Session& s, model::ScenarioId scenario, const replay::Options& options);   // casus run --stream
int verb_explain(Session& s);
int verb_compare(Session& s);
int verb_check(Session& s);
int verb_fmt(Session& s);
int verb_test(Session& s);
int verb_list(Session& s);
int verb_show(Session& s);

}  // namespace casus::app
