// SPDX-License-Identifier: Apache-2.0
#include "report/results_json.h"

#include <algorithm>

#include "report/compare_text.h"
#include "report/json.h"
#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {

namespace {

std::string_view name_of(replay::Explanation::Verdict verdict) {
  using Verdict = replay::Explanation::Verdict;
  switch (verdict) {
    case Verdict::kept:
      return "kept";
    case Verdict::breach:
      return "breach";
    case Verdict::unperformed:
      return "unperformed";
    case Verdict::pending:
      return "pending";
    case Verdict::ended:
      return "ended";
    case Verdict::not_owed:
      return "not_owed";
    case Verdict::standing:
      return "standing";
  }
  return "";
}

std::string_view name_of(replay::Mark mark) {
  switch (mark) {
    case replay::Mark::yes:
      return "yes";
    case replay::Mark::no:
      return "no";
    case replay::Mark::info:
      return "info";
  }
  return "";
}

Json reasons(const std::vector<replay::Reason>& list) {
  Json out = Json::array();
  for (const auto& r : list) {
    out.push_back({{"mark", name_of(r.mark)},
                   {"text", r.text},
                   {"answer", json_text_or_null(r.answer)},
                   {"below", reasons(r.below)}});
  }
  return out;
}

Json wording(const std::optional<model::Wording>& w) {
  return {{"mark", std::string(1, w ? w->mark : 'U')}, {"where", w ? json_text_or_null(w->where) : Json()}};
}

Json wording_of(const model::Model& m, const model::Clause& c) {
  if (c.article && m[c.article].wording) return wording(m[c.article].wording);
  return wording(c.instrument ? m[c.instrument].wording : std::nullopt);
}

}  // namespace

std::string explain_json(const replay::Replay& r, const std::vector<replay::Explanation>& explanations) {
  const model::Model& m = *r.model;
  Json out = json_head("casus/explain/1");
  json_put_replay(out, r);
  Json& list = out["explanations"] = Json::array();
  for (const auto& e : explanations) {
    Json j;
    json_put_clause(j, m, e.clause);
    j["bearer"] = e.bearer ? Json(m[e.bearer].name) : Json();
    j["verdict"] = name_of(e.verdict);
    j["headline"] = e.headline;
    j["reasons"] = reasons(e.reasons);
    j["wording"] = wording_of(m, m[e.clause]);
    list.push_back(std::move(j));
  }
  return json_text(out);
}

namespace {

std::string_view name_of(replay::QuestionKind kind) {
  switch (kind) {
    case replay::QuestionKind::event:
      return "event";
    case replay::QuestionKind::given:
      return "given";
    case replay::QuestionKind::reading:
      return "reading";
    case replay::QuestionKind::held:
      return "held";
  }
  return "";
}

Json decisions_json(const std::vector<const replay::Replay*>& replays, const replay::Decisions& d,
                    const std::vector<std::string>& columns) {
  Json out{{"replays", d.replays}, {"cut_short", d.cut_short}};
  Json& questions = out["questions"] = Json::array();
  for (const auto& q : d.questions) {
    Json answers = Json::array();
    for (size_t c = 0; c < replays.size(); ++c) answers.push_back(answer_words(replays, q, c));
    questions.push_back({{"kind", name_of(q.kind)},
                         {"question", question_words(replays, q)},
                         {"answers", std::move(answers)}});
  }
  Json& turns = out["turns"] = Json::array();
  for (size_t row = 0; row < d.turns.size(); ++row) {
    for (const auto& t : d.turns[row])
      turns.push_back(
          {{"row", row}, {"from", columns[t.from]}, {"to", columns[t.to]}, {"questions", t.questions}});
  }
  return out;
}

}  // namespace

std::string compare_json(const std::vector<const replay::Replay*>& replays, const replay::Comparison& c,
                         const std::optional<replay::Decisions>& decisions) {
  Json out = json_head("casus/compare/1");
  Json& columns = out["columns"] = Json::array();
  for (size_t i = 0; i < replays.size(); ++i) {
    Json j{{"title", c.columns[i]}};
    json_put_replay(j, *replays[i]);
    j["alike"] = i < c.alike.size() ? Json(c.alike[i]) : Json::array();
    columns.push_back(std::move(j));
  }
  out["different"] = c.different;
  Json& rows = out["rows"] = Json::array();
  for (const auto& row : c.rows) {
    rows.push_back({{"basis", row.basis},
                    {"act", row.act},
                    {"bearers", row.bearers},
                    {"verdicts", row.verdicts},
                    {"differs", row.differs}});
  }
  out["decisions"] = decisions ? decisions_json(replays, *decisions, c.columns) : Json();
  return json_text(out);
}

std::string test_json(const TestReport& report) {
  Json out = json_head("casus/test/1");
  out["passed"] = passed(report);
  out["failed"] = failed(report);
  Json& files = out["files"] = Json::array();
  for (const auto& f : report.files) {
    Json scenarios = Json::array();
    for (const auto& s : f.scenarios) {
      Json expectations = Json::array();
      for (const auto& c : s.cases) {
        expectations.push_back({{"text", one_line(c.text)},
                                {"line", c.line},
                                {"met", c.met},
                                {"got", c.got},
                                {"source", json_text_or_null(c.source)}});
      }
      scenarios.push_back({{"title", s.title},
                           {"broken", json_text_or_null(s.broken)},
                           {"expectations", std::move(expectations)}});
    }
    files.push_back(
        {{"path", f.path}, {"broken", json_text_or_null(f.broken)}, {"scenarios", std::move(scenarios)}});
  }
  return json_text(out);
}

namespace {

class Lister {
 public:
  Lister(const model::Model& m, const Sources& sources, const std::vector<std::string>& files)
      : m_(m), sources_(sources), files_(files) {}

  std::string run() {
    Json out = json_head("casus/list/1");
    const auto list = [&](const char* key, const auto& from, auto&& make) {
      Json& array = out[key] = Json::array();
      for (const auto& item : from) {
        if (!in_files(item.span)) continue;
        Json j{{"name", json_text_or_null(item.name)}, {"title", json_text_or_null(item.title)}};
        if (make(j, item)) array.push_back(std::move(j));
      }
    };
    list("instruments", m_.instruments,
         [this](Json& j, const model::Instrument& i) { return instrument(j, i); });
    list("scenarios", m_.scenarios, [](Json& j, const model::Scenario& s) {
      j["events"] = s.events.size();
      j["event_files"] = s.event_files;
      j["expectations"] = s.expectations.size();
      return true;
    });
    list("choices", m_.choices, [this](Json& j, const model::DraftChoice& c) {
      j["instrument"] = c.instrument ? Json(m_[c.instrument].name) : Json();
      j["options"] = Json::array();
      for (const model::ChoiceOption& o : c.options) j["options"].push_back(option(o));
      return true;
    });
    list("explorations", m_.explorations, [](Json& j, const model::Exploration& e) {
      j["properties"] = Json::array();
      for (const model::Property& p : e.properties) j["properties"].push_back(p.words);
      return true;
    });
    list("viewpoints", m_.viewpoints, [this](Json& j, const model::Viewpoint& v) {
      j["accepts"] = json_names(m_, v.accepts);
      return true;
    });
    list("events", m_.events, [this](Json& j, const model::EventType& e) {
      j["institutional"] = e.institutional;
      j["params"] = params(e.params);
      return true;
    });
    list("facts", m_.facts, [this](Json& j, const model::Fact& f) {
      if (f.role != model::FactRole::declared && f.role != model::FactRole::derived) return false;
      j["contested"] = f.contested;
      j["derived"] = f.role == model::FactRole::derived;
      j["params"] = params(f.params);
      j["result"] = m_.type_words(f.result);
      return true;
    });
    return json_text(out);
  }

 private:
  bool in_files(const Span& span) const {
    return span.valid() &&
           std::find(files_.begin(), files_.end(), sources_[span.source].path) != files_.end();
  }

  Json params(const std::vector<model::Param>& list) const {
    Json out = Json::array();
    for (const auto& p : list) out.push_back({{"label", p.label}, {"type", m_.type_words(p.type)}});
    return out;
  }

  static Json option(const model::ChoiceOption& o) {
    Json parameters = Json::array();
    for (const model::ChoiceParameter& p : o.parameters)
      parameters.push_back({{"name", p.name}, {"low", p.low}, {"high", p.high}, {"step", p.step}});
    return {{"name", o.name}, {"title", json_text_or_null(o.title)}, {"parameters", std::move(parameters)}};
  }

  bool instrument(Json& j, const model::Instrument& i) const {
    const auto instant = [](const std::optional<Instant>& at) { return at ? json_instant(at->ms) : Json(); };
    j["cite"] = json_text_or_null(i.cite);
    j["wording"] = wording(i.wording);
    j["signed"] = instant(i.signed_on);
    j["draft_since"] = instant(i.draft_since);
    Json& in_force = j["in_force"] = Json::array();
    for (const auto& g : m_.givens) {
      if (g.fact != model::fact_in_force || !g.instrument || m_[g.instrument].entity != i.entity) continue;
      in_force.push_back({{"from", json_instant(g.from.ms)}, {"until", json_instant(g.until.ms)}});
    }
    Json& articles = j["articles"] = Json::array();
    for (auto a : i.articles) {
      articles.push_back({{"label", m_[a].label},
                          {"title", json_text_or_null(m_[a].title)},
                          {"eId", eid(m_[a])},
                          {"clauses", m_[a].clauses.size()}});
    }
    return true;
  }

  const model::Model& m_;
  const Sources& sources_;
  const std::vector<std::string>& files_;
};

}  // namespace

std::string list_json(const model::Model& model, const Sources& sources,
                      const std::vector<std::string>& files) {
  return Lister(model, sources, files).run();
}

}  // namespace casus::report
