// SPDX-License-Identifier: Apache-2.0
// casus import: data sets into models and events, and a model against a table of pairs and years.
#include <cstdio>
#include <filesystem>

#include "app/session.h"
#include "imports/atop.h"
#include "imports/cow.h"
#include "imports/dyads.h"
#include "report/import_report.h"

namespace casus::app {
namespace fs = std::filesystem;

namespace {

class Import {
 public:
  explicit Import(Session& s) : s_(s) {
    if (s.line.keep_going)
      aside_.emplace(s.line.rejects.empty() ? in_folder("import.rejects.csv") : s.line.rejects, s.diagnostics,
                     "line");
  }

  // What is to be made where: told when something is missing.
  bool needs(std::initializer_list<std::pair<const char*, const std::string*>> flags, const char* verb) {
    for (const auto& [flag, value] : flags) {
      if (value->empty())
        return s_.fail(usage, std::string("casus import ") + verb + " needs " + flag,
                       "casus import --help says what each file is"),
               false;
    }
    return true;
  }

  std::optional<imports::DataFile> open(const std::string& path) {
    auto input = EventFiles("").open(path);
    if (!input) return s_.fail(input.failure()), std::nullopt;
    return imports::DataFile{fs::path(path).filename().string(), std::move(input.value())};
  }

  evidence::RejectSink& sink() {
    if (aside_) return *aside_;
    return errors_;
  }

  // False, reported: a file could not be read, or lines of it, and they are not to be put aside.
  bool read(const std::optional<Failure>& failure) {
    if (s_.diagnostics.has_errors()) {
      s_.report_diagnostics();
      return s_.fail(io, "the data could not all be read; nothing was written",
                     "mend the lines above, or put them aside with --keep-going"),
             false;
    }
    if (failure) return s_.fail(*failure), false;
    if (aside_ && aside_->failed()) return s_.fail(aside_->finish().failure()), false;
    return true;
  }

  bool put(const std::string& name, const Result<std::string>& text) {
    if (!text) return s_.fail(text.failure()), false;
    made_.emplace_back(name, text.value());
    return true;
  }

  // All of it, or the first failure; then the report.
  int finish(const char* what) {
    std::error_code error;
    fs::create_directories(s_.line.output, error);
    if (error) return s_.fail(io, "could not make the folder " + s_.line.output + ": " + error.message());
    for (const auto& [name, text] : made_) {
      if (auto written = write_file(in_folder(name), text); !written) return s_.fail(written.failure());
      report.written.push_back(name);
    }
    const std::string name = std::string(what) + ".report.json";
    report.written.push_back(name);
    const std::string json = report::import_json(report, what);
    if (auto written = write_file(in_folder(name), json); !written) return s_.fail(written.failure());
    return tell(s_.line.json ? json : report::import_text(report, s_.screen.width, s_.screen.colour));
  }

  int tell(const std::string& text) {
    if (aside_) {
      if (auto written = aside_->finish(); !written) return s_.fail(written.failure());
      if (const std::string told = aside_->told(); !told.empty())
        std::fprintf(stderr, "casus: %s\n", told.c_str());
    }
    std::fwrite(text.data(), 1, text.size(), stdout);
    return done;
  }

  imports::Report report;

 private:
  std::string in_folder(const std::string& name) const { return (fs::path(s_.line.output) / name).string(); }

  Session& s_;
  FirstErrors errors_{s_.diagnostics};
  std::optional<RejectsFile> aside_;
  std::vector<std::pair<std::string, std::string>> made_;
};

std::optional<imports::States> states(Session& s, Import& import) {
  auto file = import.open(s.line.states);
  if (!file) return std::nullopt;
  std::optional<Failure> failure;
  auto out = imports::read_states(std::move(*file), import.report, import.sink(), failure);
  if (!import.read(failure)) return std::nullopt;
  return out;
}

int import_atop(Session& s) {
  Import import(s);
  if (!import.needs({{"--alliances FILE", &s.line.alliances},
                     {"--members FILE", &s.line.members},
                     {"-o DIR", &s.line.output}},
                    "atop"))
    return s.code;
  imports::States known;
  if (!s.line.states.empty()) {
    auto read = states(s, import);
    if (!read) return s.code;
    known = std::move(*read);
  }
  auto alliances = import.open(s.line.alliances);
  if (!alliances) return s.code;
  auto members = import.open(s.line.members);
  if (!members) return s.code;
  std::optional<Failure> failure;
  const imports::Atop atop =
      imports::read_atop(std::move(*alliances), std::move(*members), import.report, import.sink(), failure);
  if (!import.read(failure)) return s.code;
  if (!import.put("atop.casus", imports::atop_model(atop, known, import.report))) return s.code;
  if (!known.empty() && !import.put("replay.casus", imports::atop_scenario(atop))) return s.code;
  return import.finish("atop");
}

int import_cow(Session& s) {
  Import import(s);
  const CommandLine& l = s.line;
  if (!import.needs({{"--states FILE", &l.states}, {"-o DIR", &l.output}}, "cow")) return s.code;
  if (l.disputes.empty() != l.dyads.empty())
    return s.fail(usage, "--disputes and --dyads go together",
                  "the one dates the disputes, the other says who was in them");
  const auto known = states(s, import);
  if (!known) return s.code;
  std::optional<Failure> failure;
  std::vector<imports::MajorSpell> majors;
  if (!l.majors.empty()) {
    auto file = import.open(l.majors);
    if (!file) return s.code;
    majors = imports::read_majors(std::move(*file), import.report, import.sink(), failure);
    if (!import.read(failure)) return s.code;
  }
  if (!import.put("cow_states.casus", imports::states_model(*known, majors, import.report))) return s.code;
  if (!l.capabilities.empty()) {
    auto file = import.open(l.capabilities);
    if (!file) return s.code;
    auto text = imports::capabilities_model(std::move(*file), *known, import.report, import.sink());
    if (!import.read(std::nullopt) || !import.put("cow_capabilities.casus", text)) return s.code;
  }
  imports::Conflicts disputes, wars;
  if (!l.disputes.empty()) {
    auto dated = import.open(l.disputes);
    if (!dated) return s.code;
    auto pairs = import.open(l.dyads);
    if (!pairs) return s.code;
    disputes = imports::read_disputes(std::move(*dated), std::move(*pairs), *known, import.report,
                                      import.sink(), failure);
    if (!import.read(failure)) return s.code;
  }
  if (!l.wars.empty()) {
    auto file = import.open(l.wars);
    if (!file) return s.code;
    wars = imports::read_wars(std::move(*file), disputes, *known, import.report, import.sink(), failure);
    if (!import.read(failure)) return s.code;
  }
  if (!l.disputes.empty() || !l.wars.empty())
    import.put("cow_events.ndjson", imports::events_ndjson({&disputes, &wars}, import.report));
  return import.finish("cow");
}

int import_compare(Session& s) {
  Import import(s);
  if (s.line.paths.size() != 2 || s.line.with.empty())
    return s.fail(usage, "casus import compare needs a model and --with FILE",
                  "for example: casus import compare DIR/atop.casus --with atop_alliance.csv");
  if (!s.load({s.line.paths[1]})) return s.code;
  auto table = import.open(s.line.with);
  if (!table) return s.code;
  std::optional<Failure> failure;
  std::string each;
  const auto c = imports::compare_with_table(s.model(), std::move(*table), import.sink(), failure,
                                             s.line.output.empty() ? nullptr : &each);
  if (!import.read(failure)) return s.code;
  if (!s.line.output.empty()) {
    if (auto written = write_file(s.line.output, each); !written) return s.fail(written.failure());
  }
  return import.tell(s.line.json ? report::comparison_json(c)
                                 : report::comparison_text(c, s.screen.width, s.screen.colour));
}

}  // namespace

int verb_import(Session& s) {
  const std::string& what = s.line.paths.front();
  if (what == "compare") return import_compare(s);
  if (what != "atop" && what != "cow")
    return s.unknown("casus import knows no data '" + what + "'", what, {"atop", "cow", "compare"},
                     "it knows atop, cow and compare");
  if (s.line.paths.size() > 1)
    return s.fail(usage,
                  "casus import " + what + " takes its files by flags, and not '" + s.line.paths[1] + "'",
                  "casus import --help lists them");
  return what == "atop" ? import_atop(s) : import_cow(s);
}

}  // namespace casus::app
