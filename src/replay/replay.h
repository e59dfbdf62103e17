// SPDX-License-Identifier: Apache-2.0
// One crisis through one pair of eyes: a scenario's events (its own and those of files), sifted by whose assertions count, stepped through
// the engine, and its expectations judged. What the command line, the tests and the pages show comes from here.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "evidence/acceptance.h"
#include "evidence/events.h"
#include "replay/stop.h"
#include "run/ledger.h"

namespace casus::replay {

using run::OccurrenceNo;

struct Options {
  std::optional<model::ViewpointId> view;  // else the scenario's
  std::optional<Instant> known_at;
  std::optional<Instant> until;
  std::optional<std::vector<model::Under>> under;  // another arrangement over the same crisis
  size_t max_events = 20'000'000;
  uint32_t agenda_limit = run::Case{}.agenda_limit;  // of a run that goes on by itself
  bool sort = false;                                 // events of files by time first (in memory)
  std::string package;                               // in words, of the choices that the model is made of
  evidence::Exchange exchange;                       // answers of another view in place of the view's own
};

// An event as it was given, and what became of it.
struct EventNote {
  evidence::Acceptance acceptance = evidence::Acceptance::accepted;
  OccurrenceNo number = run::no_number;  // when it was taken
  int64_t at = 0;
  Precision precision = Precision::second;
  evidence::LabelNo label = evidence::no_label;
  run::Occurrence
      occurrence;  // arguments of event types: occurrence numbers, or no_value when that event was not taken
  model::Assertion assertion;
  std::string source;
  uint64_t line = 0;
  Span span;
};

struct Judgement {
  uint32_t expectation = 0;  // index in the scenario
  bool met = false;
  std::string got;  // what the ledger says, one sentence
};

struct Replay {
  const model::Model* model = nullptr;
  model::ScenarioId scenario;
  model::ViewpointId view;
  std::string package;  // in words; empty where no choice was open
  run::Case kase;
  Stop stop;
  run::Ledger ledger;
  std::vector<run::LiveDuty> live;                     // at the end
  int64_t end = 0;                                     // the instant at which it ends
  std::vector<EventNote> events;                       // accepted or not, in order
  std::unordered_map<OccurrenceNo, uint32_t> note_of;  // occurrence → index in `events`
  evidence::SiftedFacts facts;
  std::vector<Judgement> judgements;  // of the expectations for this view
  std::shared_ptr<const evidence::Labels> labels;
  std::string run_id;  // 12 hexadecimal digits
};

// As Model::show(). A text that only an events file knows stands among the labels (evidence/events.h).
std::string show_value(const Replay& replay, model::Value value, model::Type type);

// Why an act is void, or why a duty ended: "the motion is not open". Empty for none.
std::string_view reason_words(run::Reason reason);
// What has become of a duty by its last record: "kept late". Empty where it lives.
std::string_view end_words(run::RecordKind last);

// Opens an events file named by a scenario. The app implements it.
class Files {
 public:
  virtual ~Files() = default;
  virtual Result<std::unique_ptr<evidence::Input>> open(const std::string& name) = 0;
};

// Everything that happens in a scenario, in order of time: its own events, its files', then `extra`.
struct Opened {
  std::unique_ptr<evidence::Labels> labels;
  std::unique_ptr<evidence::EventReader> reader;
};
Result<Opened> open_events(const model::Model& model, model::ScenarioId scenario, const Options& options,
                           Files& files, const std::vector<std::string>& extra,
                           evidence::RejectSink& rejects);

// Keeps the whole ledger in memory: for scenarios. `extra` are further event files, in order. Lines that can not be read go to `rejects`, or, without
// one, are errors in `diagnostics`, and nothing is run. A run that stopped (Replay::stop) has no verdicts, only what it came to.
// Deterministic. Cost: as the engine's, plus one note an event.
Result<Replay> replay(const model::Model& model, model::ScenarioId scenario, const Options& options,
                      Files& files, const std::vector<std::string>& extra, Diagnostics& diagnostics,
                      evidence::RejectSink* rejects = nullptr);

// What does not depend on who looks: the events of a scenario, in order.
struct ReadEvents {
  std::vector<evidence::TimedEvent> events;
  std::shared_ptr<const evidence::Labels> labels;
};
Result<ReadEvents> read_events(const model::Model& model, model::ScenarioId scenario, const Options& options,
                               Files& files, const std::vector<std::string>& extra,
                               evidence::RejectSink& rejects);
// As replay(), of events that were read before, for this model or for one with the same ids.
Replay replay_events(const model::Model& model, model::ScenarioId scenario, const Options& options,
                     const ReadEvents& read);

// Judges the scenario's expectations, each under its own viewpoint: one replay for each viewpoint that they name, of
// events that are read once.
struct ScenarioResult {
  std::vector<Judgement> judgements;  // in the order of the expectations
  Stop stop;                          // of the first replay that stopped
};
Result<ScenarioResult> judge(const model::Model& model, model::ScenarioId scenario, const Options& options,
                             Files& files, Diagnostics& diagnostics);

}  // namespace casus::replay
