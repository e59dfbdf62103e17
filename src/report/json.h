// SPDX-License-Identifier: Apache-2.0
// What every machine-readable document shares: its head, names, instants, values, citations. Schemas:
// docs/schema.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "replay/replay.h"

namespace casus::report {

using Json = nlohmann::ordered_json;

// {"schema": "casus/run/1", "casus": the program's version}
Json json_head(std::string_view schema);
// Indented by two, bytes that are not UTF-8 replaced by U+FFFD, ends with a newline.
std::string json_text(const Json& document);

Json json_text_or_null(std::string_view text);
Json json_names(const model::Model& model, const std::vector<model::EntityId>& who);
// ISO 8601 in UTC; null for no instant, and for the ends of time.
Json json_instant(int64_t ms);
// Entities, categories and texts by name, counts as numbers, quantities as "500 km", events as the number of
// the occurrence.
Json json_value(const replay::Replay& replay, model::Value value, model::Type type);
// Arguments that were given, by label.
Json json_arguments(const replay::Replay& replay, const std::vector<model::Param>& params,
                    const model::Value* args);
// event, args, and for a proposal its motion.
void json_put_event(Json& into, const replay::Replay& replay, const run::Occurrence& occurrence);
// clause ("NATO.5 (2)"), eId ("art_5__para_2"), instrument.
void json_put_clause(Json& into, const model::Model& model, model::ClauseId clause);
// run, scenario, view, under: which replay a document speaks of.
void json_put_replay(Json& into, const replay::Replay& replay);

// An identifier in the manner of Akoma Ntoso: the label's own parts, then the clause's number in the article,
// each a level below the other (art, para, point, item). A label with parts shows the number only from 2 on:
// 27(3) is art_27__para_3, its second clause art_27__para_3__point_2. Directly in an instrument: clause_2;
// outside: rule_2; of an event's declaration: event_NAME.
std::string eid(const model::Model& model, model::ClauseId clause);
std::string eid(const model::Article& article);

}  // namespace casus::report
