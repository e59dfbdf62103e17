// SPDX-License-Identifier: Apache-2.0
// A model and a scenario as text → the records of a replay as text, one to a line, on either engine.
//
//   2023-01-11T09:00Z breach BRAVO Pact.1 #3 @0
//
// #3 is the duty, @0 the occurrence (numbered from 0 as they are taken). `occurred` is shown only for what something else brought about.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "model/resolve.h"
#include "program/program.h"
#include "run/engine.h"
#include "run/ledger.h"
#include "run/reference.h"

namespace casus::run::test {

// The two engines behind one face.
struct OnReference {
  Reference engine;
  OnReference(const model::Model& model, const Case& c, Sink& sink) : engine(model, c, sink) {}
};
struct OnEngine {
  program::Program program;
  Engine engine;
  OnEngine(const model::Model& model, const Case& c, Sink& sink)
      : program(program::compile(model, c.under, c.view)), engine(program, c, sink) {}
};
using Engines = ::testing::Types<OnReference, OnEngine>;

// A ledger that gives up: what goes on and on is no matter of most tests.
struct TooLong {};
class BoundedLedger final : public Sink {
 public:
  explicit BoundedLedger(size_t most) : most_(most) {}
  Ledger kept;
  void record(std::span<const Record> some) override {
    if (most_ - kept.records.size() < some.size()) throw TooLong();
    kept.record(some);
  }
  void occurred(OccurrenceNo n, const Occurrence& o) override { kept.occurred(n, o); }
  void fact_changed(uint32_t index, const FactChange& c) override { kept.fact_changed(index, c); }

 private:
  size_t most_;
};

// Both, side by side, each with a ledger of its own.
struct SideBySide {
  BoundedLedger by_reference, by_engine;
  OnReference reference;
  OnEngine engine;
  SideBySide(const model::Model& m, const Case& c, size_t most_records = SIZE_MAX)
      : by_reference(most_records),
        by_engine(most_records),
        reference(m, c, by_reference),
        engine(m, c, by_engine) {}
  bool agree() {
    engine.engine.flush();
    const Ledger &a = by_reference.kept, &b = by_engine.kept;
    return a.records == b.records && a.occurrences == b.occurrences && a.fact_changes == b.fact_changes &&
           reference.engine.live() == engine.engine.live();
  }
};

// Resolves the vocabulary below and `text`; a diagnostic fails the test.
model::Model model_of(std::string_view text);
// The text alone; with an error none, and the messages as they would be printed.
std::optional<model::Model> resolved(std::string text, std::string& messages);
// The model's first scenario: its case, and its events as occurrences (references are to earlier events of the scenario).
Case case_of(const model::Model& model);
std::string show(const model::Model& model, const Ledger& ledger);
const char* name_of(RecordKind kind);
const char* name_of(Reason reason);

struct Replayed {
  RunStatus status = RunStatus::done;
  std::string records;  // show()
  Ledger ledger;
  std::vector<LiveDuty> live;  // at the end
};

// Numbers of the scenario's events → numbers of occurrences, which derived occurrences shift.
Occurrence occurrence_of(const model::Model& model, const model::ScenarioEvent& e,
                         const std::vector<OccurrenceNo>& numbers);

// The whole first scenario, from its start to its end.
template <class On>
Replayed replay(const model::Model& model) {
  Replayed out;
  const Case c = case_of(model);
  On on(model, c, out.ledger);
  out.status = on.engine.start();
  std::vector<OccurrenceNo> numbers;
  for (const model::ScenarioEvent& e : model.scenarios.front().events) {
    if (out.status != RunStatus::done) break;
    const Stepped s = on.engine.step(occurrence_of(model, e, numbers));
    numbers.push_back(s.number);
    out.status = s.status;
  }
  if (out.status == RunStatus::done) out.status = on.engine.finish();
  out.live = on.engine.live();
  out.records = show(model, out.ledger);
  return out;
}

template <class On>
std::string records(std::string_view text) {
  const model::Model model = model_of(text);
  if (model.scenarios.empty()) return "no scenario";
  return replay<On>(model).records;
}

}  // namespace casus::run::test
