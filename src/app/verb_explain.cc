// SPDX-License-Identifier: Apache-2.0
// casus explain: why, and why not.
#include <algorithm>

#include "app/runs.h"
#include "report/explain_text.h"
#include "report/results_json.h"
#include "report/run_json.h"

namespace casus::app {

namespace {

// "NATO.5", "NATO", "GBR", in any order, to a question. False: reported.
bool understand(Session& s, const replay::Replay& r, replay::Question& q) {
  const model::Model& m = s.model();
  bool named_article = false;
  for (size_t i = 1; i < s.line.paths.size(); ++i) {
    const std::string& word = s.line.paths[i];
    const size_t dot = word.find('.');
    const model::InstrumentId instrument = m.find_instrument(word.substr(0, dot));
    if (instrument) {
      if (dot == std::string::npos) {
        for (auto c : m[instrument].clauses) q.clauses.push_back(c);
      } else {
        const std::string label = word.substr(dot + 1);
        const model::ArticleId article = m.find_article(instrument, label);
        if (!article) {
          std::vector<std::string_view> known;
          for (auto a : m[instrument].articles) known.push_back(m[a].label);
          std::string all;
          for (auto k : known) all += (all.empty() ? "" : ", ") + std::string(k);
          s.unknown(m[instrument].title + " has no article '" + label + "' in this model", label, known,
                    "it has: " + all);
          return false;
        }
        for (auto c : m[article].clauses) q.clauses.push_back(c);
      }
      named_article = true;
      continue;
    }
    const model::EntityId entity = m.find_entity(word);
    if (!entity) {
      std::vector<std::string_view> known;
      for (const auto& e : m.entities) known.push_back(e.name);
      s.unknown("there is no article, instrument or party '" + word + "'", word, known,
                "write an article as INSTRUMENT.ARTICLE");
      return false;
    }
    q.bearer = entity;
  }
  if (!named_article) {
    for (const auto& u : r.kase.under) {
      for (auto c : m[u.instrument].clauses) q.clauses.push_back(c);
    }
  }
  return true;
}

}  // namespace

int verb_explain(Session& s) {
  if (!load_file_or_run(s)) return s.code;
  const auto scenarios = s.scenarios();
  if (scenarios.empty() || !s.can_read_events(scenarios.size())) return s.code;
  const auto options = s.replay_options(s.line.views.empty() ? "" : s.line.views.front());
  if (!options) return s.code;
  std::string text;
  std::vector<std::string> documents;
  for (model::ScenarioId id : scenarios) {
    const auto r = s.replay(id, *options);
    if (!r) return s.code;
    replay::Question q;
    if (!understand(s, *r, q)) return s.code;
    auto explanations = replay::explain(*r, q, s.sources);
    if (s.line.paths.size() == 1) {
      // Nothing was asked in particular: what was broken, unperformed or is owed; the rest on request.
      std::erase_if(explanations, [](const auto& e) {
        return e.verdict == replay::Explanation::Verdict::standing ||
               e.verdict == replay::Explanation::Verdict::not_owed;
      });
    }
    keep_run(s, *r);
    if (s.line.json) documents.push_back(report::explain_json(*r, explanations));
    if (explanations.empty()) continue;
    text += (text.empty() ? "" : "\n") +
            report::explain_text(*r, explanations, {s.screen.width, s.screen.colour, {}});
  }
  if (s.line.json) return s.emit(report::replays_json(documents));
  if (text.empty())
    text = "Nothing was owed, kept or broken here by what you named; name an article to see why not.\n";
  return s.emit(text);
}

}  // namespace casus::app
