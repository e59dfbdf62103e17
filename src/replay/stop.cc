// SPDX-License-Identifier: Apache-2.0
#include "replay/stop.h"

#include <string>

#include "base/check.h"
#include "base/time.h"

namespace casus::replay {

using run::RunStatus;

Stop stop_of(const run::Engine& engine, RunStatus status) {
  Stop out;
  out.status = status;
  if (status == RunStatus::done) return out;
  out.at = engine.now();
  out.clauses = engine.at_work();
  return out;
}

Diagnostic message(const model::Model& model, const Stop& stop) {
  CASUS_CHECK(stop.status != RunStatus::done, "a run that did not stop has nothing to say of it");
  std::vector<std::string> names;
  for (model::ClauseId id : stop.clauses) {
    std::string name = model.cite(id);
    if (names.empty() || names.back() != name) names.push_back(std::move(name));
  }
  const size_t shown = 6;
  if (names.size() > shown) {
    names.resize(shown);
    names.push_back("others");
  }
  Diagnostic out;
  if (!stop.clauses.empty()) out.span = model[stop.clauses.front()].span;
  const std::string when = "the run stopped at " + format_iso(Instant{stop.at}) + ": ";
  std::string who;
  for (const std::string& name : names) who += (who.empty() ? "; at work: " : ", ") + name;
  switch (stop.status) {
    case RunStatus::cascade_too_long:
      out.kind = Diag::cascade_too_long;
      out.message = when + "what follows from one event has no end" + who;
      out.notes.push_back("break the circle: a condition that ends it, or a delay (`after 1 d`)");
      break;
    case RunStatus::goes_on_by_itself:
      out.kind = Diag::goes_on_by_itself;
      out.message =
          when + "without any further event, deadlines and delays have brought about a million others" + who;
      out.notes.push_back(
          "break the circle with a condition, or give the deadline (`within`) or delay (`after`) a longer "
          "time");
      break;
    case RunStatus::too_deep:
    case RunStatus::done:
      out.kind = Diag::facts_too_deep;
      out.message = when + "derived facts rest on one another in a chain of more than 1,500";
      out.notes.push_back("shorten the chain, or give the fact that it leads to in the scenario");
      break;
  }
  return out;
}

}  // namespace casus::replay
