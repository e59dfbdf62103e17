// SPDX-License-Identifier: Apache-2.0
// Any text as a model, with any text as its events, and any text as the names and titles of a model that is right: what
// `casus run --json` and `casus explain --json` print of it is JSON by the published schemas.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "model/loader.h"
#include "replay/explain.h"
#include "report/digest.h"
#include "report/results_json.h"
#include "report/run_json.h"

#define CASUS_SOURCE_DIR "."  // ./dev fuzz runs in the repository
#include "evidence/small_model.h"
#include "report/schema.cc"

namespace {

using namespace casus;

constexpr std::string_view divider = "\n====\n";  // between the model and the events

// A model in which whatever a text may hold stands in each place where a text can stand. `@`: the text.
constexpr std::string_view frame = R"(
kind state is actor;
category colour "@" { red "@"; blue; }
state ALFA "@"; state BRAVO "@";
event attack(by: actor, on: state, how: text, like: colour) "@";
event condemn(by: actor, what: event);
fact owns(of: state, is: state) contested "@";
given owns(of: ALFA, is: BRAVO) asserted by ALFA denied by BRAVO;
viewpoint East "@" { accepts assertions by ALFA; }
instrument Pact "@" {
  cite "@"; wording S "@"; in force from 2000-01-01; party ALFA, BRAVO;
  body Board "@" { members party; rule all: yes >= 2; decides condemn() by all within 5 days; }
  article 1 "@" { when attack(on: party victim) each party shall condemn promptly; }
  article 2 "@" { each party shall not attack(how: "@"); }
}
scenario S "@" {
  under Pact;
  2002-01-05 attack(by: ALFA, on: BRAVO, how: "@", like: red) as first asserted by ALFA source "@";
  2002-01-06 propose(by: ALFA, in: Board, motion: condemn(what: first)) as second;
  until 2002-02-01;
  expect breach(by: ALFA, of: Pact.2);
}
)";

std::string framed(std::string_view text) {
  std::string inside, out;
  for (const char c : text.substr(0, 200)) {
    if (c == '"' || c == '\\') inside += '\\';
    if (c != '\n' && c != '\r') inside += c;
  }
  for (const char c : frame) {
    if (c == '@')
      out += inside;
    else
      out += c;
  }
  return out;
}

class Events final : public replay::Files {
 public:
  explicit Events(std::string_view text) : text_(text) {}
  Result<std::unique_ptr<evidence::Input>> open(const std::string&) override {
    return std::unique_ptr<evidence::Input>(std::make_unique<evidence::TextInput>(text_));
  }

 private:
  std::string_view text_;
};

class PutAside final : public evidence::RejectSink {
  bool reject(std::string_view, uint64_t, const Diagnostic&) override { return true; }
};

void must_fit(const std::string& text, const char* schema) {
  static report::test::Checker checker;
  const auto document = nlohmann::ordered_json::parse(text, nullptr, false);
  CASUS_CHECK(!document.is_discarded(), "what is printed is JSON");
  const std::string misfit = checker.misfit(document, schema);
  CASUS_CHECK(misfit.empty(), misfit.c_str());
}

void replay_one(const model::Model& m, model::ViewpointId view, std::string_view events,
                const Sources& sources) {
  replay::Options options;
  options.view = view;
  options.max_events = 200;
  options.agenda_limit = 1000;  // what goes on by itself is told soon
  Events files(events);
  PutAside aside;
  Diagnostics diagnostics;
  const char* name = events.starts_with('{') ? "e.ndjson" : "e.csv";
  const auto r = replay::replay(m, model::ScenarioId(size_t{0}), options, files, {name}, diagnostics, &aside);
  if (!r || r.value().stop.status != run::RunStatus::done)
    return;  // what a run that stopped came to is not shown
  must_fit(report::run_json(r.value(), report::digest(r.value()), sources), "run.schema.json");
  replay::Question all;
  for (size_t i = 0; i < m.clauses.size() && i < 20; ++i) all.clauses.push_back(model::ClauseId(i));
  must_fit(report::explain_json(r.value(), replay::explain(r.value(), all, sources)), "explain.schema.json");
}

// Whether the text is a model. Of its first scenario, in one pair of eyes: a run takes a hundredth of a second as it is.
bool try_model(const std::string& text, std::string_view events) {
  const model::ReadModule none = [](const std::string&, const std::string&) { return std::nullopt; };
  Sources sources;
  Diagnostics diagnostics;
  const model::Loaded loaded = model::load("fuzz.casus", text, none, sources, diagnostics);
  if (diagnostics.has_errors()) return false;
  const model::Model& m = loaded.model;
  if (m.scenarios.empty()) return true;
  const model::ViewpointId view = m.scenarios[0].view;
  replay_one(m, view || m.viewpoints.empty() || events.size() % 2 == 0 ? view : model::ViewpointId(size_t{0}),
             events, sources);
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t end = std::min(text.find(divider), text.size());
  const std::string_view events = text.substr(std::min(end + divider.size(), text.size()));
  const std::string_view title = text.substr(0, end);
  if (try_model(std::string(title), events)) return 0;
  const bool taken = try_model(framed(title), events);
  CASUS_CHECK(taken || !std::all_of(title.begin(), title.end(), [](char c) { return c >= ' ' && c <= '~'; }),
              "a title may hold every letter");
  return 0;
}
