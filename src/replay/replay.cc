// SPDX-License-Identifier: Apache-2.0
#include "replay/replay.h"

#include <algorithm>
#include <iterator>

#include "base/hash.h"
#include "base/version.h"
#include "evidence/merge.h"
#include "evidence/scenario_events.h"
#include "program/program.h"
#include "replay/judge.h"
#include "replay/references.h"
#include "run/engine.h"

namespace casus::replay {

using model::no_value;
using run::no_number;

namespace {

// A line of an events file that can not be read is an error of the run: nothing is left out in silence.
class RejectToDiagnostics final : public evidence::RejectSink {
 public:
  explicit RejectToDiagnostics(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}
  bool reject(std::string_view, uint64_t, const Diagnostic& why) override {
    diagnostics_.add(why);
    return !diagnostics_.full();
  }

 private:
  Diagnostics& diagnostics_;
};

int64_t end_of(const model::Scenario& scenario, const Options& options, int64_t last_event) {
  if (options.until) return options.until->ms;
  if (scenario.until) return last_of(*scenario.until).ms;
  int64_t end = last_event;
  for (const auto& e : scenario.expectations) {
    if (e.at) end = std::max(end, last_of(*e.at).ms);
  }
  return end;
}

// What was told, and what followed, deadlines and values included: two runs of one id read alike.
std::string run_id(const model::Model& model, const Replay& r, const Options& options) {
  Hasher h;
  const auto number = [&h](auto n) { h.add(static_cast<uint64_t>(n)); };
  h.add(std::string_view(CASUS_VERSION));
  h.add(std::string_view(model[r.scenario].name));
  h.add(std::string_view(model[r.scenario].title));
  h.add(r.view ? std::string_view(model[r.view].name) : std::string_view());
  if (!r.package.empty()) h.add(std::string_view(r.package));
  number(r.kase.from.ms);
  number(r.end);
  number(options.known_at ? options.known_at->ms : no_value);
  for (const auto& u : r.kase.under) {
    h.add(std::string_view(model[u.instrument].name));
    number(u.as_if_from ? u.as_if_from->ms : no_value);
  }
  for (const EventNote& e : r.events) {
    number(e.at);
    number(e.acceptance);
    h.add(std::string_view(e.source));
    if (e.label != evidence::no_label) h.add(r.labels->name(e.label));
    h.add(evidence::assertion_words(e.assertion, model));
  }
  for (const auto& o : r.ledger.occurrences) {
    number(o.at);
    h.add(std::string_view(model[o.event].name));
    for (auto v : o.args) number(v);
    if (!o.content) continue;
    h.add(std::string_view(model[o.content].name));
    for (auto v : o.content_args) number(v);
  }
  for (const auto& c : r.ledger.fact_changes) {
    h.add(std::string_view(model[c.fact].name));
    for (auto v : c.args) number(v);
    number(c.value);
  }
  for (const auto& rec : r.ledger.records) {
    number(static_cast<uint64_t>(rec.kind) | static_cast<uint64_t>(rec.reason) << 8 |
           uint64_t{rec.bearer.value} << 16);
    number(rec.at);
    number(rec.extra);
    if (rec.clause) h.add(std::string_view(model.cite(rec.clause)));
  }
  return short_hex(h.digest(), 12);
}

}  // namespace

std::string show_value(const Replay& r, model::Value value, model::Type type) {
  const size_t known = r.model->texts.size();
  const auto at = static_cast<size_t>(value);
  if (type.kind == model::TypeKind::text && value != no_value && at >= known && r.labels &&
      at - known < r.labels->size())
    return std::string(r.labels->name(static_cast<evidence::LabelNo>(at - known)));
  return r.model->show(value, type);
}

Result<Opened> open_events(const model::Model& model, model::ScenarioId id, const Options& options,
                           Files& files, const std::vector<std::string>& extra,
                           evidence::RejectSink& rejects) {
  const model::Scenario& scenario = model[id];
  Opened out;
  out.labels = std::make_unique<evidence::Labels>();
  std::vector<std::unique_ptr<evidence::EventReader>> readers;
  readers.push_back(evidence::read_scenario(scenario, model, *out.labels));
  std::vector<std::string> names = scenario.event_files;
  names.insert(names.end(), extra.begin(), extra.end());
  for (const std::string& name : names) {
    auto input = files.open(name);
    if (!input) return input.failure();
    auto reader = name.ends_with(".csv")
                      ? evidence::read_csv(name, std::move(input.value()), model, *out.labels, rejects)
                      : evidence::read_ndjson(name, std::move(input.value()), model, *out.labels, rejects);
    readers.push_back(options.sort ? evidence::sorted(std::move(reader), options.max_events)
                                   : std::move(reader));
  }
  out.reader = evidence::merge(std::move(readers), model, *out.labels, rejects);
  return out;
}

// Events are read before the engine starts: the first one may say when the case begins.
Result<ReadEvents> read_events(const model::Model& model, model::ScenarioId id, const Options& options,
                               Files& files, const std::vector<std::string>& extra,
                               evidence::RejectSink& rejects) {
  auto opened = open_events(model, id, options, files, extra, rejects);
  if (!opened) return opened.failure();
  evidence::EventReader& reader = *opened.value().reader;
  ReadEvents out;
  evidence::TimedEvent event;
  evidence::ReadStatus status;
  while ((status = reader.next(event)) == evidence::ReadStatus::event) {
    if (out.events.size() == options.max_events) {
      return Failure{"more than " + std::to_string(options.max_events) + " events for one scenario in memory",
                     "stream them instead: casus run --stream"};
    }
    out.events.push_back(event);
  }
  if (status == evidence::ReadStatus::failed) return reader.failure();
  out.labels = std::move(opened.value().labels);
  return out;
}

namespace {

// Takes the events one by one: what each refers to has its number by then.
class Stepper {
 public:
  Stepper(Replay& r, const Options& options, run::Engine& engine, std::vector<Asked>& asked)
      : r_(r), options_(options), engine_(engine), asked_(asked) {}

  void take(const evidence::TimedEvent& e) {
    EventNote note;
    note.at = e.at;
    note.precision = e.precision;
    note.label = e.label;
    note.assertion = e.assertion;
    note.source = e.source;
    note.line = e.line;
    note.span = e.span;
    note.occurrence = {
        .at = e.at, .event = e.event, .content = e.content, .args = e.args, .content_args = e.content_args};
    references_.resolve(note.occurrence.args, e.refs);
    references_.resolve(note.occurrence.content_args, e.content_refs);
    const bool outside = e.at < r_.kase.from.ms || e.at > r_.end;
    note.acceptance = outside ? evidence::Acceptance::outside_period
                              : evidence::accept(e.assertion, *r_.model, viewer(), options_.known_at);
    if (note.acceptance == evidence::Acceptance::accepted && r_.stop.status == run::RunStatus::done) {
      ask_before(e.at);
      const run::Stepped stepped = engine_.step(note.occurrence);
      r_.stop.status = stepped.status;
      note.number = stepped.number;
      if (e.label != evidence::no_label) references_.set(e.label, stepped.number);
      r_.note_of[stepped.number] = static_cast<uint32_t>(r_.events.size());
    }
    r_.events.push_back(std::move(note));
  }

  void finish() {
    if (r_.stop.status != run::RunStatus::done) return;
    ask_before(r_.end);
    r_.stop.status = engine_.finish();
    for (; next_ < asked_.size(); ++next_) answer();
  }

 private:
  // In whose eyes the event that comes now is accepted or not.
  model::ViewpointId viewer() const {
    return options_.exchange.takes_event(r_.events.size()) ? options_.exchange.other : r_.view;
  }
  void ask_before(int64_t at) {
    for (; next_ < asked_.size() && asked_[next_].at < at; ++next_) {
      engine_.advance(asked_[next_].at);
      answer();
    }
  }
  void answer() { asked_[next_].answer = engine_.ask(asked_[next_].question) == 1; }

  Replay& r_;
  const Options& options_;
  run::Engine& engine_;
  std::vector<Asked>& asked_;
  size_t next_ = 0;
  References references_;
};

}  // namespace

Replay replay_events(const model::Model& model, model::ScenarioId id, const Options& options,
                     const ReadEvents& read) {
  const model::Scenario& scenario = model[id];
  const auto& events = read.events;
  Replay r;
  r.model = &model;
  r.scenario = id;
  r.view = options.view.value_or(scenario.view);
  r.package = options.package;
  r.labels = read.labels;
  r.facts = evidence::sift(model, &scenario, r.view, options.known_at, options.exchange);
  r.kase.under = options.under.value_or(scenario.under);
  r.kase.view = r.view;
  r.kase.agenda_limit = options.agenda_limit;
  r.kase.givens = r.facts.accepted;
  r.kase.from = scenario.from ? scenario.from->at : Instant{events.empty() ? 0 : events.front().at};
  r.end =
      std::max(r.kase.from.ms, end_of(scenario, options, events.empty() ? r.kase.from.ms : events.back().at));
  r.kase.until = Instant{r.end};

  std::vector<model::ExprId> questions;
  std::vector<Asked> asked = questions_of(scenario, r.view, r.end, questions);
  const program::Program program = program::compile(model, r.kase.under, r.view, questions);
  run::Engine engine(program, r.kase, r.ledger);
  r.stop.status = engine.start();
  r.events.reserve(events.size());
  Stepper stepper(r, options, engine, asked);
  for (const evidence::TimedEvent& e : events) stepper.take(e);
  stepper.finish();
  if (r.stop.status != run::RunStatus::done) {
    r.stop = stop_of(engine, r.stop.status);
    return r;
  }
  r.live = engine.live();
  r.run_id = run_id(model, r, options);
  r.judgements = judge_expectations(r, asked);
  return r;
}

Result<Replay> replay(const model::Model& model, model::ScenarioId id, const Options& options, Files& files,
                      const std::vector<std::string>& extra, Diagnostics& diagnostics,
                      evidence::RejectSink* aside) {
  RejectToDiagnostics errors(diagnostics);
  auto read = read_events(model, id, options, files, extra, aside ? *aside : errors);
  if (!read) return read.failure();
  if (diagnostics.has_errors()) return Replay{};
  return replay_events(model, id, options, read.value());
}

Result<ScenarioResult> judge(const model::Model& model, model::ScenarioId id, const Options& options,
                             Files& files, Diagnostics& diagnostics) {
  const model::Scenario& scenario = model[id];
  std::vector<model::ViewpointId> views;
  for (const auto& e : scenario.expectations) {
    const model::ViewpointId view = e.as ? e.as : options.view.value_or(scenario.view);
    if (std::find(views.begin(), views.end(), view) == views.end()) views.push_back(view);
  }
  if (views.empty()) views.push_back(options.view.value_or(scenario.view));
  RejectToDiagnostics errors(diagnostics);
  const auto read = read_events(model, id, options, files, {}, errors);
  if (!read) return read.failure();
  ScenarioResult out;
  if (diagnostics.has_errors()) return out;
  for (model::ViewpointId view : views) {
    Options o = options;
    o.view = view;
    Replay r = replay_events(model, id, o, read.value());
    std::move(r.judgements.begin(), r.judgements.end(), std::back_inserter(out.judgements));
    if (out.stop.status == run::RunStatus::done) out.stop = r.stop;
  }
  std::stable_sort(out.judgements.begin(), out.judgements.end(),
                   [](const Judgement& a, const Judgement& b) { return a.expectation < b.expectation; });
  return out;
}

}  // namespace casus::replay
