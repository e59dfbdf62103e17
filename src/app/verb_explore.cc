// SPDX-License-Identifier: Apache-2.0
// casus explore: every course of the events that may happen; what holds on all of them, and the shortest story of what does not.
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "app/session.h"
#include "base/hash.h"
#include "base/version.h"
#include "model/choose.h"
#include "model/describe.h"
#include "report/explore_text.h"
#include "report/story_file.h"
#include "text/words.h"

namespace casus::app {
namespace fs = std::filesystem;

namespace {

std::atomic<bool> interrupted{false};
void on_interrupt(int) { interrupted = true; }

// While it lives, ^C ends the search with what it has found; the second one ends the program.
class Interruptible {
 public:
  Interruptible() {
    struct sigaction action {};
    action.sa_handler = on_interrupt;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, &before_);
  }
  ~Interruptible() { sigaction(SIGINT, &before_, nullptr); }
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;

 private:
  struct sigaction before_ {};
};

// "512M", "2G", "50000K", or bytes.
std::optional<size_t> bytes_of(const std::string& text) {
  size_t at = 0;
  uint64_t n = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    if (n > UINT64_MAX / 100) return std::nullopt;
    n = n * 10 + static_cast<uint64_t>(text[at] - '0');
  }
  if (at == 0 || text.size() > at + 1) return std::nullopt;
  const std::string_view units = "KMG";
  for (size_t unit = 0; at < text.size(); ++unit) {
    if (unit == units.size()) return std::nullopt;
    if (n > (UINT64_MAX >> 10)) return std::nullopt;
    n <<= 10;
    if (units[unit] == text[at]) break;
  }
  return static_cast<size_t>(n);
}

std::vector<model::ExplorationId> asked(Session& s) {
  std::vector<model::ExplorationId> out;
  std::vector<std::string_view> known;
  for (size_t i = 0; i < s.model().explorations.size(); ++i) {
    const model::Exploration& e = s.model().explorations[i];
    if (!s.is_in(e.span, s.files())) continue;
    known.push_back(e.name.empty() ? e.title : e.name);
    if (s.line.scenario.empty() || e.name == s.line.scenario || e.title == s.line.scenario)
      out.push_back(model::ExplorationId(i));
  }
  if (!out.empty()) return out;
  if (known.empty()) {
    s.fail(
        usage, "there is no exploration in " + s.line.paths.front(),
        "one begins: explore \"its question\" { from scenario \"…\"; may happen …; within 72 h; never …; }");
  } else {
    s.unknown("there is no exploration '" + s.line.scenario + "' here", s.line.scenario, known,
              "casus list FILE names them");
  }
  return {};
}

std::string run_id(const Session& s, model::ExplorationId id, const explore::Limits& limits,
                   const std::vector<explore::Explored>& packages) {
  Hasher h;
  h.add(std::string_view(CASUS_VERSION)).add(model::describe(s.model()));
  h.add(id.value).add(limits.states).add(limits.bytes).add(limits.stories);
  for (const explore::Explored& x : packages) {
    h.add(std::string_view(x.prepared->words)).add(x.outcome.states).add(x.outcome.moves);
    h.add(uint64_t{x.prepared->problem.kase.view.value});
  }
  return short_hex(h.digest(), 12);
}

std::string source_of(const Session& s, Span span) {
  return std::string(std::string_view(s.sources[span.source].code).substr(span.begin, span.end - span.begin));
}

// Writes every story that a replay confirms. False, reported: one can not be written.
bool write_stories(Session& s, const model::Exploration& e, const std::vector<explore::Explored>& packages,
                   size_t& number, report::ExploreReport& report) {
  const std::string folder = s.line.output.empty() ? "." : s.line.output;
  std::error_code error;
  if (!s.line.output.empty()) fs::create_directories(folder, error);
  const fs::path model_file = fs::absolute(s.sources[e.span.source].path, error);
  const std::string use = fs::relative(model_file, fs::absolute(folder, error), error).string();
  for (const explore::Explored& x : packages) {
    auto& of_package = report.files.emplace_back();
    for (size_t i = 0; i < e.properties.size(); ++i) {
      auto& of_property = of_package.emplace_back();
      for (const explore::StoryScenario& story : x.stories[i]) {
        model::Scenario scenario = (*x.prepared->model)[story.scenario];
        const std::string name = "story-" + std::to_string(++number);
        scenario.title = (e.title.empty() ? e.name : e.title) + ": story " + std::to_string(number);
        std::vector<std::string> remarks{"Found by casus explore: " + e.properties[i].words, story.why + "."};
        if (!x.prepared->words.empty()) remarks.push_back("Package: " + x.prepared->words);
        const std::string path = (fs::path(folder) / (name + ".casus")).lexically_normal().string();
        const std::string text = report::scenario_text(
            *x.prepared->model, scenario, {use}, remarks,
            e.properties[i].condition ? source_of(s, s.model()[e.properties[i].condition].span)
                                      : std::string());
        if (const Outcome written = write_file(path, text); !written) return s.fail(written.failure()), false;
        of_property.push_back(path);
      }
    }
  }
  return true;
}

}  // namespace

int verb_explore(Session& s) {
  if (!s.load_first()) return s.code;
  explore::Limits limits;
  limits.threads = s.line.threads != 0 ? s.line.threads : std::max(1u, std::thread::hardware_concurrency());
  limits.stop = &interrupted;
  limits.stories = 1 + s.line.next;
  if (s.line.engine == "explicit") limits.engine = explore::Engine::packed;
  if (s.line.engine == "symbolic") limits.engine = explore::Engine::symbolic;
  if (s.line.most_states != 0) limits.states = s.line.most_states;
  if (!s.line.memory.empty()) {
    const auto bytes = bytes_of(s.line.memory);
    if (!bytes) return s.fail(usage, "--memory '" + s.line.memory + "' is no size", "write 512M or 2G");
    limits.bytes = *bytes;
  }
  const auto package = read_package(s, s.line.package);
  if (!package) return s.code;
  const std::vector<model::ExplorationId> explorations = asked(s);
  if (explorations.empty()) return s.code;
  Interruptible interruptible;
  const bool shows = ::isatty(STDERR_FILENO) == 1 && !s.line.plain;
  size_t number = 0;
  int answer = done;
  std::string text;
  for (const model::ExplorationId id : explorations) {
    explore::Question question;
    question.model = &s.model();
    question.exploration = id;
    question.package = *package;
    const auto options = s.replay_options(s.line.views.empty() ? std::string() : s.line.views.front());
    if (!options) return s.code;
    question.view = options->view;
    explore::Report progress;
    if (shows) {
      progress = [](const std::string&, const explore::Progress& p) {
        std::fprintf(stderr, "\r%llu states, %u events deep\x1b[K", static_cast<unsigned long long>(p.states),
                     p.events);
      };
    }
    const auto files = std::make_unique<EventFiles>(
        fs::path(s.sources[s.model()[id].span.source].path).parent_path().string());
    auto explored = explore::explore(question, limits, *files, progress);
    if (shows) std::fputs("\r\x1b[K", stderr);
    if (!explored) return s.fail(model_wrong, explored.failure().what, explored.failure().remedy);
    report::ExploreReport report;
    report.model = &s.model();
    report.exploration = id;
    report.packages = &explored.value();
    report.run_id = run_id(s, id, limits, explored.value());
    report.limits = explored.value().front().outcome.ended == explore::Ended::memory
                        ? (s.line.memory.empty() ? "4G" : s.line.memory) + " of memory"
                        : std::to_string(limits.states) + " states";
    if (!write_stories(s, s.model()[id], explored.value(), number, report)) return s.code;
    if (!text.empty() && !s.line.json) text += "\n";
    text += s.line.json ? report::explore_json(report)
                        : report::explore_text(report, {s.screen.width, s.screen.colour, {}});
    for (const explore::Explored& x : explored.value()) {
      for (const explore::PropertyOutcome& p : x.outcome.properties) {
        if (p.answer == explore::Answer::unknown) answer = answer == findings ? findings : inconclusive;
        if (p.answer == explore::Answer::violated) answer = findings;
      }
    }
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  return answer;
}

}  // namespace casus::app
