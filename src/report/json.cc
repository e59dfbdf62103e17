// SPDX-License-Identifier: Apache-2.0
#include "report/json.h"

#include <algorithm>
#include <array>

#include "base/version.h"
#include "report/phrases.h"

namespace casus::report {

using model::no_value;

Json json_head(std::string_view schema) { return {{"schema", schema}, {"casus", CASUS_VERSION}}; }

std::string json_text(const Json& document) {
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json json_text_or_null(std::string_view text) { return text.empty() ? Json() : Json(text); }

Json json_names(const model::Model& model, const std::vector<model::EntityId>& who) {
  Json out = Json::array();
  for (auto e : who) out.push_back(model[e].name);
  return out;
}

Json json_instant(int64_t ms) {
  if (ms <= Instant::far_past().ms || ms >= Instant::far_future().ms) return nullptr;
  return format_iso(Instant{ms});
}

Json json_value(const replay::Replay& r, model::Value value, model::Type type) {
  if (value == no_value) return nullptr;
  switch (type.kind) {
    case model::TypeKind::truth:
      return value != 0;
    case model::TypeKind::count:
    case model::TypeKind::event:
      return value;
    default:
      return replay::show_value(r, value, type);
  }
}

Json json_arguments(const replay::Replay& r, const std::vector<model::Param>& params,
                    const model::Value* args) {
  Json out = Json::object();
  for (size_t i = 0; i < params.size(); ++i) {
    if (args[i] != no_value) out[params[i].label] = json_value(r, args[i], params[i].type);
  }
  return out;
}

void json_put_event(Json& into, const replay::Replay& r, const run::Occurrence& o) {
  const model::Model& m = *r.model;
  into["event"] = m[o.event].name;
  into["args"] = json_arguments(r, m[o.event].params, o.args.data());
  if (!o.content) return;
  into["motion"] = {{"event", m[o.content].name},
                    {"args", json_arguments(r, m[o.content].params, o.content_args.data())}};
}

void json_put_clause(Json& into, const model::Model& m, model::ClauseId id) {
  into["clause"] = m.cite(id);
  into["eId"] = eid(m, id);
  into["instrument"] = m[id].instrument ? Json(m[m[id].instrument].name) : Json();
}

void json_put_replay(Json& into, const replay::Replay& r) {
  const model::Model& m = *r.model;
  into["run"] = r.run_id;
  into["scenario"] = {{"name", json_text_or_null(m[r.scenario].name)}, {"title", m[r.scenario].title}};
  into["view"] = view_words(m, r.view);
  if (!r.package.empty()) into["package"] = r.package;
  into["under"] = Json::array();
  for (const auto& u : r.kase.under) {
    into["under"].push_back({{"instrument", m[u.instrument].name},
                             {"as_if_from", u.as_if_from ? json_instant(u.as_if_from->ms) : Json()}});
  }
}

namespace {

constexpr std::array<std::string_view, 4> levels{"art", "para", "point", "item"};

void descend(std::string& out, size_t& level, std::string_view part) {
  if (!out.empty()) out += "__";
  out += levels[std::min(level++, levels.size() - 1)];
  out += '_';
  out += part;
}

// The label's parts: `27(3)(a)` is 27, 3, a. Returns how many there are.
size_t descend_label(std::string& out, std::string_view label) {
  size_t level = 0;
  while (!label.empty()) {
    const size_t end = std::min(label.find_first_of("()"), label.size());
    if (end > 0) descend(out, level, label.substr(0, end));
    label.remove_prefix(std::min(end + 1, label.size()));
  }
  return level;
}

}  // namespace

std::string eid(const model::Article& article) {
  std::string out;
  descend_label(out, article.label);
  return out;
}

std::string eid(const model::Model& m, model::ClauseId id) {
  const model::Clause& c = m[id];
  if (c.of_event) return "event_" + m[m[c.trigger.pattern].event].name;
  const std::string number = std::to_string(c.number);
  if (!c.instrument) return "rule_" + number;
  if (!c.article) return "clause_" + number;
  std::string out;
  size_t level = descend_label(out, m[c.article].label);
  if (level <= 1 || c.number > 1) descend(out, level, number);
  return out;
}

}  // namespace casus::report
