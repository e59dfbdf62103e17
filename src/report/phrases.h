// SPDX-License-Identifier: Apache-2.0
// The model's parts in words: acts, duties, verdicts, reasons. Every report speaks through these, so that one thing has one name.
#pragma once

#include <string>
#include <vector>

#include "replay/replay.h"

namespace casus::report {

// An event with a title reads as its title.
std::string event_words(const model::Model& model, model::EventTypeId event);

// "on UKR · at Kharkiv"; event references as "about: armed attack of 10 Jan 06:00" are given by `refer`.
std::string arguments(const replay::Replay& r, const run::Occurrence& o, bool with_actor);
// The content of a motion: "condemn UKR's …", as event words and arguments.
std::string content_words(const replay::Replay& r, const run::Occurrence& o);
// "consult", "take one of supply arms, sanction", "keep: …" – what a norm asks of its bearer, without who and when.
std::string act_words(const model::Model& model, model::ClauseId clause);
// "must", "must not", "may"
std::string_view modal_words(model::ClauseKind kind);
using replay::reason_words;
// "10 Jan 2023 06:00", and without the year where it equals `near`'s.
std::string instant_words(int64_t at, int64_t near);
// "GBR FRA POL +5": at most `most` names, then how many more.
std::string names_words(const model::Model& model, const std::vector<model::EntityId>& who, size_t most);
std::string view_words(const model::Model& model, model::ViewpointId view);
std::string eyes_words(const replay::Replay& replay);  // "view: Kyiv · package: rule = most"

}  // namespace casus::report
