// SPDX-License-Identifier: Apache-2.0
#include "report/phrases.h"
#include "text/words.h"

#include <algorithm>

namespace casus::report {

using model::no_value;

std::string event_words(const model::Model& model, model::EventTypeId event) {
  const model::EventType& e = model[event];
  return e.title.empty() ? spaced(e.name) : e.title;
}

namespace {

std::string refer(const replay::Replay& r, model::Value number) {
  const auto n = static_cast<size_t>(number);
  if (number < 0 || n >= r.ledger.occurrences.size()) return "an event not taken";
  const auto note = r.note_of.find(static_cast<run::OccurrenceNo>(n));
  if (note != r.note_of.end()) {
    const auto label = r.events[note->second].label;
    if (label != evidence::no_label && r.labels->name(label).substr(0, 1) != "#")
      return std::string(r.labels->name(label));
  }
  const run::Occurrence& o = r.ledger.occurrences[n];
  const auto& type = (*r.model)[o.event];
  std::string actor;
  if (type.by != 0xFF && o.args[type.by] != no_value)
    actor = r.model->show(o.args[type.by], type.params[type.by].type) + "'s ";
  return actor + event_words(*r.model, o.event);
}

std::string list_arguments(const replay::Replay& r, model::EventTypeId event,
                           const std::array<model::Value, model::max_event_params>& args, bool with_actor) {
  const model::EventType& type = (*r.model)[event];
  std::string out;
  for (size_t i = 0; i < type.params.size(); ++i) {
    if (args[i] == no_value || (!with_actor && i == type.by)) continue;
    const model::Param& p = type.params[i];
    const std::string value =
        p.type.kind == model::TypeKind::event ? refer(r, args[i]) : replay::show_value(r, args[i], p.type);
    if (!out.empty()) out += " · ";
    out += spaced(p.label) + " " + value;
  }
  return out;
}

}  // namespace

std::string arguments(const replay::Replay& r, const run::Occurrence& o, bool with_actor) {
  std::string out = list_arguments(r, o.event, o.args, with_actor);
  if (o.content) out += (out.empty() ? "" : " · ") + std::string("motion: ") + content_words(r, o);
  return out;
}

std::string content_words(const replay::Replay& r, const run::Occurrence& o) {
  if (!o.content) return {};
  const std::string args = list_arguments(r, o.content, o.content_args, false);
  return event_words(*r.model, o.content) + (args.empty() ? "" : " " + args);
}

std::string act_words(const model::Model& model, model::ClauseId id) {
  const model::Clause& c = model[id];
  if (c.kind == model::ClauseKind::maintenance) return "keep its condition";
  if (c.kind == model::ClauseKind::bring_about) return "bring its condition about";
  std::string out;
  if (c.acts.size() > 1)
    out = c.at_least == 1 ? "do one of: " : "do at least " + std::to_string(c.at_least) + " of: ";
  for (size_t i = 0; i < c.acts.size(); ++i) {
    if (i > 0) out += ", ";
    out += event_words(model, model[c.acts[i]].event);
  }
  return out;
}

std::string_view modal_words(model::ClauseKind kind) {
  switch (kind) {
    case model::ClauseKind::prohibition:
      return "must not";
    case model::ClauseKind::permission:
    case model::ClauseKind::power:
      return "may";
    default:
      return "must";
  }
}

std::string instant_words(int64_t at, int64_t near) {
  std::string s = format_short(Instant{at});
  if (civil_date(Instant{at}).year == civil_date(Instant{near}).year) {
    const std::string year = " " + std::to_string(civil_date(Instant{at}).year);
    if (const size_t i = s.find(year); i != std::string::npos) s.erase(i, year.size());
  }
  return s;
}

std::string names_words(const model::Model& model, const std::vector<model::EntityId>& who, size_t most) {
  std::string out;
  const size_t shown = who.size() <= most ? who.size() : most - 1;
  for (size_t i = 0; i < shown; ++i) out += (i ? " " : "") + model[who[i]].name;
  if (shown < who.size()) out += " +" + std::to_string(who.size() - shown);
  return out;
}

std::string view_words(const model::Model& model, model::ViewpointId view) {
  return view ? model[view].name : std::string("undisputed");
}

std::string eyes_words(const replay::Replay& r) {
  return "view: " + view_words(*r.model, r.view) + (r.package.empty() ? "" : " · package: " + r.package);
}

}  // namespace casus::report
