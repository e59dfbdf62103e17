// SPDX-License-Identifier: Apache-2.0
// What every verb needs: the options as given, models loaded with their modules, messages on the right stream, exit codes.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/rejects.h"
#include "app/world.h"
#include "model/loader.h"

namespace casus::app {

enum ExitCode : int {
  done = 0,
  findings = 1,
  usage = 2,
  model_wrong = 3,
  inconclusive = 4,
  io = 5,
  bug = 70
};

struct CommandLine {
  std::string verb;
  std::vector<std::string> paths;           // files or folders; for explain and show also what is asked
  std::vector<std::string> views;           // --as A,B
  std::vector<std::string> under;           // --under A,B
  std::vector<std::string> events;          // --events FILE
  std::vector<std::string> words, against;  // code: --words FILE, --against FILE
  std::vector<std::string> by, stances;     // sources: --by A,B --stance WORD,WORD
  std::string package;                      // --package CHOICE=OPTION,…
  std::string scenario, known_at, until, output, rejects, junit, scheme, at;
  std::string about, since, documents, csv;  // sources: on what; the folder of documents
  std::string memory, engine;                // explore, diff: --memory 2G --engine explicit
  std::vector<std::string> without;          // explore, diff: --without slice,symmetry,order
  std::string save, resume;                  // explore: files of one that ended too early
  uint64_t most_states = 0;
  uint32_t next = 0, threads = 0;
  bool verify = false, all = false;
  std::string format;  // check: text, json, sarif
  bool json = false, plain = false, notes = false, keep_going = false, check_only = false, stream = false,
       sort = false, page = false;
  std::string table;                        // run: --table FILE
  std::string instrument;                   // diff: only this one
  std::vector<std::string> scenario_files;  // diff: replayed under both drafts
  std::vector<std::string> ask;             // diff: files of explorations
  bool standard = false;
  std::string alliances, members, states, majors, capabilities, disputes, dyads, wars,
      with;          // import: data files
  size_t width = 0;  // 0: the terminal's
  std::vector<std::string>
      roots;  // of a kept run: the files that its model was made of, whatever lies beside them now
};

// One byte more than the parser takes, so that it is the one to say that there are too many.
constexpr size_t max_model_bytes = syntax::ParseLimits{}.max_bytes + size_t{1};

class Session {
 public:
  explicit Session(CommandLine given) : line(std::move(given)), screen(terminal()) {
    if (line.width != 0) screen.width = line.width;
    if (line.plain || !line.output.empty()) screen.colour = false;
  }

  // The models that the first path names: a file, or all of a folder. False: reported.
  bool load_first();
  const std::vector<std::string>& files() const {
    return files_;
  }  // that were loaded, apart from what they use
  // Loads the files with what they use. False, with the reason printed, when a file can not be read or the model is wrong; code() says which.
  // `quiet`: of a model that is wrong nothing is printed.
  bool load(const std::vector<std::string>& files, bool quiet = false);
  const model::Model& model() const { return loaded.model; }
  // Scenarios whose text stands in one of files(); by --scenario only that one. Reports when there is none.
  std::vector<model::ScenarioId> scenarios();
  bool is_in(const Span& span, const std::vector<std::string>& files) const;
  // Options for a replay from the command line, for one viewpoint name (empty: the scenario's own). nullopt: reported.
  std::optional<replay::Options> replay_options(const std::string& view);
  // Standard input can be read once. False, reported: --events names it, and there are more replays than one.
  bool can_read_events(size_t replays);
  // The text of the model that a scenario is replayed with: the model itself, or, where choices are open, what the package of the
  // scenario and of --package makes of it; options.package then says which. nullptr: reported. It lives as long as the session.
  const model::Model* text_of(model::ScenarioId scenario, replay::Options& options);
  const model::Model* text_of(const std::vector<model::InstrumentId>& instruments,
                              std::span<const model::Expectation> expectations, const model::Package& package,
                              Span at);
  // A scenario with its event files. nullopt: reported; code() says why.
  std::optional<replay::Replay> replay(model::ScenarioId scenario, replay::Options options);
  // Where the scenario's event files are, and those of --events (named from the current folder).
  std::unique_ptr<EventFiles> event_files(model::ScenarioId scenario) const {
    return std::make_unique<EventFiles>(folder_of(scenario));
  }
  std::vector<std::string> event_names() const;
  // Of lines that can not be read: with --keep-going a file, else errors. After the reading, false: the run fails, which is reported.
  evidence::RejectSink& reject_sink(model::ScenarioId scenario);
  bool events_read();
  // False, reported: a limit stopped the run. What it found is not shown: a verdict from a part would be taken for one.
  bool whole(const replay::Stop& stop);
  // Lines put aside get their file, which is said. False, reported: it can not be written.
  bool put_aside();
  // The verb's answer, to the file of `-o` or to stdout, after put_aside(). Returns `answer`, or io when one of them can not be written.
  int emit(const std::string& text, int answer = done);
  // Whether a file can be put there when the time has come; a folder, with what leads to it, is there or can be made. False: reported, so that
  // nobody waits for an answer that can not be kept.
  bool can_write(const std::string& path);
  bool make_folder(const std::string& path);
  void report_diagnostics();  // to stderr
  int fail(ExitCode code, const std::string& message, const std::string& remedy = {});
  // "there is no viewpoint 'X'", with the nearest of the known names, else `otherwise`, as the remedy.
  int unknown(const std::string& message, std::string_view name, const std::vector<std::string_view>& known,
              const std::string& otherwise);
  int fail(const Diagnostic& why);  // a model that is wrong only when it runs
  int fail(const Failure& f) { return fail(io, f.what, f.remedy); }
  // The folder against which a scenario's event files are named.
  std::string folder_of(model::ScenarioId scenario) const;

  CommandLine line;
  Terminal screen;
  Sources sources;
  Diagnostics diagnostics;
  model::Loaded loaded;
  int code = done;
  std::pair<std::string, std::string> stands_for;  // a module, and the file that is loaded in its place
  const model::Model* beside =
      nullptr;  // a model to which --package speaks, too: what only that one leaves open is passed over
  bool rejects_are_known = false;  // a run made again: its bad lines were put aside the first time

 private:
  std::vector<std::string> files_;
  class LeftOut final : public evidence::RejectSink {
   public:
    bool reject(std::string_view, uint64_t, const Diagnostic&) override { return true; }
  };
  std::unique_ptr<RejectsFile> rejects_;
  FirstErrors errors_{diagnostics};
  LeftOut left_out_;
  std::vector<std::unique_ptr<model::Model>> chosen_;
};

// What --package says. nullopt: reported.
std::optional<model::Package> read_package(Session& s, const std::string& text);

int verb_run(Session& s);
// casus run --stream: what to tell of it. nullopt: reported.
std::optional<std::string> run_stream(Session& s, model::ScenarioId scenario, replay::Options options);
// casus run --table: what to tell of it. nullopt: reported.
std::optional<std::string> run_table(Session& s, model::ScenarioId scenario, replay::Options options);
int verb_explore(Session& s);
int verb_import(Session& s);
int verb_explain(Session& s);
int verb_code(Session& s);
int verb_compare(Session& s);
int verb_check(Session& s);
int verb_fmt(Session& s);
int verb_test(Session& s);
int verb_history(Session& s);
int verb_sources(Session& s);
int verb_list(Session& s);
int verb_show(Session& s);
int verb_diff(Session& s);

}  // namespace casus::app
