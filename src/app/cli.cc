// SPDX-License-Identifier: Apache-2.0
// Verbs and flags. CLI11 reads them; its failures are told in our words, with our exit codes.
#include "app/cli.h"

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "app/session.h"
#include "base/version.h"

namespace casus::app {

namespace {

struct Verb {
  const char* name;
  const char* usage;
  const char* what;
  int (*run)(Session&);
};

constexpr Verb verbs[] = {
    {"run", "FILE", "replay a crisis: who must do what, by when, under which article", verb_run},
    {"explain", "FILE [ARTICLE] [PARTY]",
     "why a duty arose, was kept or breached, and why another did not arise", verb_explain},
    {"compare", "FILE...", "one crisis through several pairs of eyes, or under several arrangements",
     verb_compare},
    {"diff", "OLD NEW", "two drafts, article by article, in words and in effect", verb_diff},
    {"code", "[FILE|INSTRUMENT]...", "a treaty's variables in the data on alliances, from its norms",
     verb_code},
    {"check", "FILE...", "what is wrong with a model before anything happens", verb_check},
    {"explore", "FILE", "what no course of events can do, and the shortest story of what one can",
     verb_explore},
    {"fmt", "FILE...", "put files into the canonical form", verb_fmt},
    {"test", "PATH...", "judge every expectation of every scenario", verb_test},
    {"history", "PATH...", "what history knows, against what the models say: expected, got, source",
     verb_history},
    {"sources", "[WORD] [ID...]", "who says what, and where; WORD: matrix, or contradictions", verb_sources},
    {"list", "[PATH]", "what there is: instruments, scenarios, viewpoints, events, facts", verb_list},
    {"import", "atop|cow|compare", "data on alliances and conflicts into models and events", verb_import},
    {"show", "[FILE] NAME", "one instrument, article, event, actor or past run, in full", verb_show},
};

std::vector<std::string> split_commas(const std::vector<std::string>& given) {
  std::vector<std::string> out;
  for (const std::string& g : given) {
    size_t from = 0;
    while (from <= g.size()) {
      const size_t to = std::min(g.find(',', from), g.size());
      if (to > from) out.push_back(g.substr(from, to - from));
      from = to + 1;
    }
  }
  return out;
}

void overview() {
  std::printf("casus %s: treaties as executable models\n\n", CASUS_VERSION);
  for (const Verb& v : verbs) std::printf("  casus %-8s %-23s %s\n", v.name, v.usage, v.what);
  std::printf(
      "\nStart with:  casus run scenarios/compact_2023.casus.md\n"
      "Flags of a verb:  casus VERB --help.  It shows reasoning, it gives no legal advice.\n");
}

void add_sources_flags(CLI::App& app, CommandLine& line) {
  app.add_option("--as", line.views, "only claims of those whose assertions this viewpoint accepts")
      ->type_name("VIEW");
  app.add_option("--by", line.by, "only claims of this party, or of several with commas")->type_name("NAME");
  app.add_option("--about", line.about, "only claims about this thing, or of this fact")->type_name("NAME");
  app.add_option("--stance", line.stances,
                 "only such as: asserts, holds, demands, refuses, requires, offers, expects")
      ->type_name("WORD");
  app.add_option("--since", line.since, "only claims dated from then on")->type_name("DATE");
  app.add_option("--until", line.until, "only claims dated up to then, or on that day")->type_name("DATE");
  app.add_option("--documents", line.documents, "your folder of documents: shows each claim in its passage")
      ->type_name("DIR");
  app.add_flag("--verify", line.verify,
               "hold digests and passages to the documents; exit with 1 when something is wrong");
  app.add_flag("--all", line.all, "matrix: also matters on which one party alone speaks");
  app.add_option("--csv", line.csv, "write the whole matrix as CSV, and what it rests on to FILE.json")
      ->type_name("FILE");
}

void add_import_flags(CLI::App& app, CommandLine& line) {
  const auto file = [&app](const char* flag, std::string& to, const char* what) {
    app.add_option(flag, to, what)->type_name("FILE");
  };
  file("--alliances", line.alliances, "atop: the file with a row for each alliance");
  file("--members", line.members, "atop: the file with a row for each member");
  file("--states", line.states, "atop, cow: the list of states");
  file("--majors", line.majors, "cow: the list of major powers");
  file("--capabilities", line.capabilities, "cow: national material capabilities by year");
  file("--disputes", line.disputes, "cow: a row for each militarized dispute");
  file("--dyads", line.dyads, "cow: a row for each pair of states in a dispute and year");
  file("--wars", line.wars, "cow: a row for each pair of states in a war and year");
  file("--with", line.with, "compare: obligations by directed pair and year");
  app.add_option("-o,--output", line.output,
                 "atop, cow: the folder for what is made; compare: a CSV file of each difference")
      ->type_name("PATH");
  app.add_flag("--keep-going", line.keep_going, "put lines that can not be read aside, and go on");
  app.add_option("--rejects", line.rejects,
                 "where they are put (default: import.rejects.csv in the folder of -o)")
      ->type_name("FILE")
      ->needs("--keep-going");
}

void add_budget_flags(CLI::App& app, CommandLine& line) {
  app.add_option(
         "--engine", line.engine,
         "how: explicit, state by state; symbolic, by whole sets of them; auto, by what fits (default)")
      ->type_name("HOW")
      ->check(CLI::IsMember({"auto", "explicit", "symbolic"}));
  app.add_option(
         "--without", line.without,
         "explore this too: slice, what does not matter; symmetry, parties exchanged for one another; "
         "order, the same moves in another order")
      ->type_name("NAME,…")
      ->delimiter(',')
      ->check(CLI::IsMember({"slice", "symmetry", "order"}));
  app.add_option("--memory", line.memory, "most memory for states, such as 512M (default 4G)")
      ->type_name("SIZE");
  app.add_option("--states", line.most_states, "most states (default 50000000)")
      ->type_name("N")
      ->check(CLI::Range(1, 2'000'000'000));
  app.add_option("--threads", line.threads, "how many (default: as many as the machine has)")
      ->type_name("N")
      ->check(CLI::Range(1, 256));
}

void add_explore_flags(CLI::App& app, CommandLine& line) {
  app.footer(
      "Exit code: 0 everything holds, 1 something is violated, 4 something is unknown (a budget, ^C).\n"
      "How to ask: docs/howto/find_the_loophole.md");
  app.add_option("--only", line.scenario, "only the exploration with this name or title")->type_name("NAME");
  app.add_option("--as", line.views, "viewpoint; `undisputed` takes what nobody denies")->type_name("VIEW");
  app.add_option("--package", line.package, "fix choices of the draft, as in rule=most")
      ->type_name("CHOICES");
  app.add_option("--next", line.next, "further stories of each property, of other events: how many")
      ->type_name("N")
      ->check(CLI::Range(0, 1000));
  add_budget_flags(app, line);
  app.add_option("-o,--output", line.output, "the folder that stories are written to (default: this one)")
      ->type_name("DIR");
  app.add_option("--save", line.save, "when it ends too early (a budget, ^C): what was seen, to go on with")
      ->type_name("FILE");
  app.add_option("--resume", line.resume, "go on with what --save put there, and keep it there again")
      ->type_name("FILE");
}

void add_diff_flags(CLI::App& app, CommandLine& line) {
  app.add_option("--instrument", line.instrument, "only this instrument of the files")->type_name("NAME");
  app.add_option("--scenario", line.scenario_files, "replay the scenarios of this file under both drafts")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_option("--ask", line.ask, "put the explorations of this file to both drafts, too")
      ->type_name("FILE")
      ->allow_extra_args(false);
  app.add_flag("--standard", line.standard,
               "ask for the standard properties (clashes of duties, single blockers, …): every exploration, "
               "and what the articles speak of");
  app.add_option("--package", line.package, "fix choices of both drafts, as in rule=most")
      ->type_name("CHOICES");
  app.add_option("--as", line.views, "viewpoint for scenarios and explorations")->type_name("VIEW");
  add_budget_flags(app, line);
  app.add_option("-o,--output", line.output, "write each story as a scenario into this folder")
      ->type_name("DIR");
}

void add_flags(CLI::App& app, const Verb& verb, CommandLine& line) {
  const std::string name = verb.name;
  const bool replays = name == "run" || name == "explain" || name == "compare";
  auto* paths = app.add_option("paths", line.paths, verb.usage);
  if (name == "test" || name == "history" || name == "check" || name == "fmt" || replays || name == "show" ||
      name == "import" || name == "explore" || name == "diff")
    paths->required();
  if (replays) {
    app.add_option("--as", line.views,
                   name == "compare"
                       ? "viewpoints with commas, or `all`; `undisputed` takes what nobody denies"
                       : "viewpoint, or several with commas; `undisputed` takes what nobody denies")
        ->type_name("VIEW");
    app.add_option("--under", line.under, "replay under these instruments instead, with commas")
        ->type_name("INSTRUMENT");
    app.add_option("--package", line.package,
                   "of a draft with choices: which options, as in enlargement=moratorium(years:15),rule=most")
        ->type_name("CHOICES");
    app.add_option("--scenario", line.scenario, "only the scenario with this name or title")
        ->type_name("NAME");
    app.add_option("--known-at,--as-of", line.known_at, "only what was known at this instant")
        ->type_name("DATE");
    app.add_option("--until", line.until, "end the replay at this instant")->type_name("DATE");
    app.add_option("--events", line.events,
                   "further events from an NDJSON or CSV file, or - for standard input")
        ->type_name("FILE");
    app.add_flag("--keep-going", line.keep_going, "put event lines that can not be read aside, and go on");
    app.add_option("--rejects", line.rejects,
                   "where they are put (default: beside the events, in NAME.rejects.ndjson or .csv)")
        ->type_name("FILE")
        ->needs("--keep-going");
  }
  if (name == "run")
    app.add_flag("--stream", line.stream, "do not keep the ledger: for files of millions of events");
  if (name == "run")
    app.add_option("--table", line.table,
                   "who owed what at each event, and which condition failed, as CSV; metadata in FILE.json")
        ->type_name("FILE");
  if (name == "run") app.add_flag("--sort", line.sort, "sort the events by time first (in memory)");
  if (name == "explore") add_explore_flags(app, line);
  if (name == "code") {
    app.add_option("--scheme", line.scheme, "the scheme: atop")->type_name("NAME")->required();
    app.add_option("--against", line.against,
                   "compare with what people coded: ATOP's file of alliances or of members")
        ->type_name("FILE")
        ->allow_extra_args(false);
    app.add_option("--words", line.words, "further shapes, for words of your own")
        ->type_name("FILE")
        ->allow_extra_args(false);
    app.add_option("--package", line.package,
                   "of drafts with choices: which options, as in enlargement=moratorium(years:15),rule=most")
        ->type_name("CHOICES");
    app.add_option("--at", line.at, "as of this day: later dates are left out")->type_name("DATE");
    app.add_option("--csv", line.csv, "write the table as CSV")->type_name("FILE");
  }
  if (name == "check") {
    app.add_option("--format", line.format, "text, json (by the schema in docs/schema), or sarif (2.1.0)")
        ->type_name("FORM")
        ->check(CLI::IsMember({"text", "json", "sarif"}));
    app.add_flag(
        "--notes", line.notes,
        "also what is no fault: who can block, where a tie decides, open terms, readings of one side");
  }
  if (name == "test" || name == "history")
    app.add_option("--package", line.package, "of drafts with choices: which options, as in rule=most")
        ->type_name("CHOICES");
  if (name == "test") app.add_option("--junit", line.junit, "write a JUnit report")->type_name("FILE");
  if (name == "import") add_import_flags(app, line);
  if (name == "fmt")
    app.add_flag("--check", line.check_only, "change nothing; exit with 1 when something would change");
  if (name == "sources") add_sources_flags(app, line);
  if (name == "diff") add_diff_flags(app, line);
  if (name == "show") app.add_flag("--page", line.page, "an instrument's page for readers, in Markdown");
  if (name != "fmt")
    app.add_flag("--json", line.json, "machine-readable output, by the schema in docs/schema");
  if (replays || name == "show" || name == "list" || name == "test" || name == "history" ||
      name == "sources" || name == "code" || name == "check")
    app.add_option("-o,--output", line.output, "write to a file instead of the screen")->type_name("FILE");
  app.add_flag("--plain", line.plain, "no colour");
  app.add_option("--width", line.width, "columns to fill (default: the terminal's)")
      ->type_name("N")
      ->check(CLI::Range(40, 1000));
}

int usage_error(const std::string& message, const std::string& remedy) {
  std::fprintf(stderr, "casus: %s\n       %s\n", message.c_str(), remedy.c_str());
  return usage;
}

int unknown_verb(const std::string& word) {
  std::vector<std::string_view> known;
  for (const Verb& v : verbs) known.push_back(v.name);
  const std::string near = nearest_name(word, known);
  return usage_error("there is no verb '" + word + "'",
                     near.empty() ? "a bare `casus` lists the verbs" : "did you mean `casus " + near + "`?");
}

// CLI11 names an unknown flag only as an extra; the near one is found among the verb's own.
std::string unknown_flag(const CLI::App& app, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::Option* o : app.get_options()) {
    for (const std::string& l : o->get_lnames()) names.push_back("--" + l);
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string near = nearest_name(word, known);
  return near.empty() ? "casus " + app.get_name() + " --help lists the flags"
                      : "did you mean `" + near + "`?";
}

}  // namespace

namespace {

int run_verb(int argc, char** argv) {
  if (argc < 2) {
    overview();
    return done;
  }
  const std::string word = argv[1];
  if (word == "--version" || word == "-V") {
    std::printf("casus %s\n", CASUS_VERSION);
    return done;
  }
  if (word == "--help" || word == "-h" || word == "help") {
    overview();
    return done;
  }
  const Verb* verb = nullptr;
  for (const Verb& v : verbs) {
    if (word == v.name) verb = &v;
  }
  if (!verb) return unknown_verb(word);

  CommandLine line;
  line.verb = word;
  CLI::App app(std::string(verb->what), word);
  app.allow_extras(true);
  add_flags(app, *verb, line);
  try {
    app.parse(argc - 1, argv + 1);
  } catch (const CLI::CallForHelp&) {
    std::fputs(app.help().c_str(), stdout);
    return done;
  } catch (const CLI::RequiredError&) {
    if (word == "code")
      return usage_error("casus code needs --scheme NAME", "for example: casus code --scheme atop NATO");
    return usage_error("casus " + word + " needs " + verb->usage,
                       "for example: casus " + word + " scenarios/compact_2023.casus.md");
  } catch (const CLI::ParseError& e) {
    return usage_error(e.what(), "casus " + word + " --help lists the flags");
  }
  for (const std::string& extra : app.remaining()) {
    return usage_error("casus " + word + " has no flag '" + extra + "'", unknown_flag(app, extra));
  }
  if (std::find(line.paths.begin(), line.paths.end(), "") != line.paths.end())
    return usage_error(
        "one of the names after `casus " + word + "` is empty",
        "a variable of the shell that is not set, perhaps; it needs " + std::string(verb->usage));
  line.views = split_commas(line.views);
  line.under = split_commas(line.under);
  line.by = split_commas(line.by);
  line.stances = split_commas(line.stances);
  Session session(std::move(line));
  const CommandLine& l = session.line;
  const bool into_folder = word == "import" || word == "explore" || word == "diff";
  for (const std::string& file :
       {into_folder ? std::string() : l.output, l.csv, l.junit, l.table, l.rejects}) {
    if (!file.empty() && !session.can_write(file)) return session.code;
  }
  return verb->run(session);
}

}  // namespace

int run_command_line(int argc, char** argv) {
  const int code = run_verb(argc, argv);
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  std::fprintf(stderr, "casus: could not write to standard output: %s\n", std::strerror(errno));
  std::clearerr(stdout);
  return io;
}

}  // namespace casus::app
