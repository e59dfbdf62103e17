// SPDX-License-Identifier: Apache-2.0
#include "run/harness.h"

#include <fmt/format.h>

#include "text/diagnostic.h"

namespace casus::run::test {

using model::Model;
using model::no_value;

const char* name_of(RecordKind kind) {
  static constexpr const char* names[] = {
      "occurred",    "void",     "born",     "fulfilled",     "breach",       "unperformed",
      "late",        "released", "lapsed",   "suspended",     "resumed",      "restored",
      "transferred", "defeated", "clash",    "motion_opened", "vote_counted", "contradictory",
      "race",        "adopted",  "rejected", "begins",        "ends"};
  return names[static_cast<size_t>(kind)];
}

const char* name_of(Reason reason) {
  static constexpr const char* names[] = {
      "none",          "no_power",         "body_lacks_power", "body_not_in_force", "motion_not_open",
      "not_a_member",  "recused",          "already_voted",    "not_the_chair",     "no_such_motion",
      "condition_met", "condition_failed", "date_passed",      "no_longer_bound",   "terminated",
      "not_in_force"};
  return names[static_cast<size_t>(reason)];
}

namespace {

constexpr std::string_view vocabulary = R"(
kind state is actor;
kind area;
state ALFA; state BRAVO; state CHARLIE; state DELTA; state ECHO;
event attack(by: actor, on: state);
event help(by: actor, to: state);
event ask(by: actor);
event consult(by: actor, about: event);
event pay(by: actor, to: state);
event report(by: actor);
event leave(by: actor);
event enter(by: actor);
event wreck(by: actor);
event mend(by: actor);
institutional event denounce(by: actor);
institutional event censure(by: actor, on: state);
fact disarmed(who: state);
fact exempt(who: state);
fact size(who: state) is count;
)";

std::string time(int64_t ms) {
  const bool minutes = ms % 60'000 == 0;
  return format_iso(Instant{ms}, minutes          ? Precision::minute
                                 : ms % 1000 == 0 ? Precision::second
                                                  : Precision::millisecond);
}

std::string due(int64_t ms) { return ms == no_value ? std::string() : " due " + time(ms); }

std::string shown_args(const Model& m, const std::vector<model::Param>& params, const Value* args,
                       bool labels) {
  std::string out;
  for (size_t i = 0; i < params.size(); ++i) {
    if (args[i] == no_value) continue;
    if (!out.empty()) out += ", ";
    if (labels) out += params[i].label + ": ";
    out += params[i].type.kind == model::TypeKind::event ? fmt::format("@{}", args[i])
                                                         : m.show(args[i], params[i].type);
  }
  return out;
}

std::string shown_fact(const Model& m, const FactChange& c) {
  const model::Fact& f = m[c.fact];
  std::string out = fmt::format(" {}({})", f.name, shown_args(m, f.params, c.args.data(), false));
  if (f.result.kind != model::TypeKind::truth) out += " = " + m.show(c.value, f.result);
  return out;
}

// What follows the usual bearer, clause, duty, occurrence.
std::string tail(const Model& m, const Ledger& l, const Record& r) {
  switch (r.kind) {
    case RecordKind::occurred: {
      const Occurrence& o = l.occurrences[r.occurrence];
      return fmt::format(" {}({}) because @{}", m[o.event].name,
                         shown_args(m, m[o.event].params, o.args.data(), true), r.extra);
    }
    case RecordKind::born:
    case RecordKind::resumed:
    case RecordKind::motion_opened:
      return due(r.extra);
    case RecordKind::transferred:
      return " from " + m[EntityId(static_cast<size_t>(r.extra))].name;
    case RecordKind::defeated:
      return " by " + m.cite(ClauseId(static_cast<size_t>(r.extra)));
    case RecordKind::clash:
      return " with " + m.cite(ClauseId(static_cast<size_t>(r.extra)));
    case RecordKind::vote_counted:
      return " " + m[model::category_ballot].values[static_cast<size_t>(r.extra)].name;
    default:
      return r.reason == Reason::none ? std::string() : std::string(" ") + name_of(r.reason);
  }
}

std::string line(const Model& m, const Ledger& l, const Record& r) {
  std::string out = time(r.at) + " " + name_of(r.kind);
  if (r.kind == RecordKind::fact_begins || r.kind == RecordKind::fact_ends) {
    return out + shown_fact(m, l.fact_changes[r.occurrence]) + "\n";
  }
  if (r.bearer) out += " " + m[r.bearer].name;
  if (r.clause) out += " " + m.cite(r.clause);
  if (r.duty != no_number) out += fmt::format(" #{}", r.duty);
  if (r.occurrence != no_number) out += fmt::format(" @{}", r.occurrence);
  return out + tail(m, l, r) + "\n";
}

}  // namespace

std::optional<Model> resolved(std::string text, std::string& messages) {
  Sources sources;
  Diagnostics diagnostics;
  const SourceId source = sources.add("test.casus", std::move(text));
  const syntax::Tree tree = syntax::parse(source, sources, diagnostics);
  const model::Input input{&tree, "test"};
  Model m = model::resolve(std::span(&input, 1), sources, diagnostics);
  if (!diagnostics.has_errors()) return m;
  messages = render(diagnostics, sources, RenderOptions{});
  return std::nullopt;
}

Model model_of(std::string_view text) {
  std::string messages;
  auto m = resolved(std::string(vocabulary) + std::string(text), messages);
  if (m) return *std::move(m);
  ADD_FAILURE() << messages;
  return Model();
}

Case case_of(const Model& m) {
  const model::Scenario& s = m.scenarios.front();
  Case c;
  c.under = s.under;
  c.view = s.view;
  if (s.from) c.from = s.from->at;
  if (s.until) c.until = last_of(*s.until);
  c.givens = m.givens;
  c.givens.insert(c.givens.end(), s.givens.begin(), s.givens.end());
  return c;
}

Occurrence occurrence_of(const Model& m, const model::ScenarioEvent& e,
                         const std::vector<OccurrenceNo>& numbers) {
  Occurrence o;
  o.at = e.at.at.ms;
  o.event = e.event;
  o.content = e.content;
  o.args = e.args;
  o.content_args = e.content_args;
  const auto refer = [&](EventTypeId type, std::array<Value, model::max_event_params>& args) {
    for (size_t i = 0; i < m[type].params.size(); ++i) {
      if (m[type].params[i].type.kind == model::TypeKind::event && args[i] != no_value)
        args[i] = numbers.at(static_cast<size_t>(args[i]));
    }
  };
  refer(o.event, o.args);
  if (o.content) refer(o.content, o.content_args);
  return o;
}

std::string show(const Model& m, const Ledger& ledger) {
  std::string out = "\n";
  for (const Record& r : ledger.records) {
    const bool external = r.kind == RecordKind::occurred && r.extra == no_number;
    if (!external) out += line(m, ledger, r);
  }
  return out;
}

}  // namespace casus::run::test
