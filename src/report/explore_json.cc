// SPDX-License-Identifier: Apache-2.0
#include "report/explore_text.h"
#include "report/json.h"

namespace casus::report {

using explore::Ended;

namespace {

std::string_view ended_word(Ended e) {
  switch (e) {
    case Ended::complete:
      return "complete";
    case Ended::at_most:
      return "event_bound";
    case Ended::states:
      return "state_budget";
    case Ended::memory:
      return "memory_budget";
    case Ended::stopped:
      return "interrupted";
    case Ended::decided:
      return "decided";
    case Ended::obstacle:
      break;
  }
  return "obstacle";
}

std::string_view engine_word(explore::Engine engine) {
  switch (engine) {
    case explore::Engine::packed:
      return "packed";
    case explore::Engine::symbolic:
      return "symbolic";
    case explore::Engine::general:
      break;
  }
  return "general";
}

Json exploration(const ExploreReport& r) {
  const model::Exploration& e = (*r.model)[r.exploration];
  Json out;
  out["run"] = r.run_id;
  out["exploration"] = e.title.empty() ? e.name : e.title;
  const explore::Problem& p = r.packages->front().prepared->problem;
  out["from"] = json_instant(p.start);
  out["until"] = json_instant(p.kase.until.ms);
  out["at_most"] = e.at_most ? Json(*e.at_most) : Json();
  out["view"] = p.kase.view ? Json((*r.model)[p.kase.view].name) : Json("undisputed");
  out["packages"] = Json::array();
  for (size_t i = 0; i < r.packages->size(); ++i) {
    const explore::Explored& x = (*r.packages)[i];
    Json package;
    package["package"] = json_text_or_null(x.prepared->words);
    package["like"] = x.like == SIZE_MAX ? Json() : Json((*r.packages)[x.like].prepared->words);
    package["ended"] = ended_word(x.outcome.ended);
    package["states"] =
        x.outcome.states_written.empty() ? Json(x.outcome.states) : Json(x.outcome.states_written);
    package["moves"] = x.outcome.moves;
    package["events_followed"] = x.outcome.events;
    package["engine"] = engine_word(x.outcome.engine);
    package["engine_note"] = engine_words(x.outcome, true);
    package["bits_of_a_state"] = x.outcome.bits == 0 ? Json() : Json(x.outcome.bits);
    package["reductions"] = Json::array();
    if (x.outcome.bits_left_out + x.outcome.events_left_out != 0) package["reductions"].push_back("slice");
    if (!x.outcome.exchanged.empty()) package["reductions"].push_back("symmetry");
    if (x.outcome.moves_left_out != 0) package["reductions"].push_back("order");
    package["bits_left_out"] = x.outcome.bits_left_out;
    package["events_left_out"] = x.outcome.events_left_out;
    package["moves_left_out"] = x.outcome.moves_left_out;
    package["exchanged"] = x.outcome.exchanged;
    package["obstacles"] = x.outcome.obstacles;
    package["properties"] = Json::array();
    for (size_t k = 0; k < e.properties.size(); ++k) {
      Json property;
      property["property"] = e.properties[k].words;
      property["answer"] = explore::answer_word(x.outcome.properties[k].answer);
      property["stories"] = Json::array();
      for (size_t s = 0; s < x.stories[k].size(); ++s) {
        const explore::StoryScenario& story = x.stories[k][s];
        Json told;
        told["events"] = story.events;
        told["why"] = story.why;
        told["confirmed"] = story.confirmed;
        told["run"] = story.replay->run_id;
        const bool written = i < r.files.size() && s < r.files[i][k].size();
        told["file"] = json_text_or_null(written ? r.files[i][k][s] : std::string());
        told["course"] = Json::array();
        const auto& events = story.replay->events;
        for (size_t n = story.before; n < events.size(); ++n) {
          Json one;
          one["number"] = events[n].number;
          one["at"] = json_instant(events[n].at);
          json_put_event(one, *story.replay, events[n].occurrence);
          told["course"].push_back(std::move(one));
        }
        property["stories"].push_back(std::move(told));
      }
      package["properties"].push_back(std::move(property));
    }
    out["packages"].push_back(std::move(package));
  }
  return out;
}

}  // namespace

std::string explore_json(const std::vector<ExploreReport>& reports) {
  Json out = json_head("casus/explore/1");
  out["explorations"] = Json::array();
  for (const ExploreReport& r : reports) out["explorations"].push_back(exploration(r));
  return json_text(out);
}

}  // namespace casus::report
