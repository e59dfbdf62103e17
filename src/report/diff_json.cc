// SPDX-License-Identifier: Apache-2.0
// Two drafts compared, for machines: docs/schema/diff.schema.json.
#include "report/card_builder.h"
#include "report/diff_report.h"
#include "report/json.h"
#include "report/phrases.h"
#include "report/plain_words.h"

namespace casus::report {

namespace {

class Writer {
 public:
  explicit Writer(const DiffReport& r) : r_(r), m_(*r.before.model), n_(*r.after.model) {}

  std::string run() {
    Json out = json_head("casus/diff/1");
    out["before"] = r_.before_name;
    out["after"] = r_.after_name;
    out["same"] = r_.difference.same();
    Json& list = out["instruments"] = Json::array();
    for (const diff::InstrumentPair& p : r_.difference.instruments) list.push_back(instrument(p));
    out["words"] = lines(r_.difference.words);
    out["package_before"] = json_text_or_null(r_.package_before);
    out["package_after"] = json_text_or_null(r_.package_after);
    out["open_before"] = r_.open_before;
    out["open_after"] = r_.open_after;
    out["questions"] = questions_json(r_);
    out["properties"] = properties_json(r_);
    Json& stories = out["stories"] = Json::array();
    for (size_t i = 0; i < r_.stories.of.size(); ++i) stories.push_back(story(i));
    out["stories_cut_short"] = r_.stories.cut_short;
    Json& scenarios = out["scenarios"] = Json::array();
    for (const ScenarioChange& s : r_.scenarios)
      scenarios.push_back({{"title", s.title}, {"verdicts", verdicts_json(s.verdicts)}});
    return json_text(out);
  }

 private:
  static Json name(const auto& m, auto id) { return id ? Json(m[id].name) : Json(); }
  Json cite(const model::Model& m, model::ClauseId c) const { return c ? Json(m.cite(c)) : Json(); }

  static Json lines(const std::vector<diff::LineChange>& all) {
    Json out = Json::array();
    for (const diff::LineChange& l : all) {
      out.push_back({{"what", l.what},
                     {"before", json_text_or_null(l.before)},
                     {"after", json_text_or_null(l.after)},
                     {"joined", l.joined},
                     {"left", l.left}});
    }
    return out;
  }

  Json instrument(const diff::InstrumentPair& p) const {
    Json out;
    out["before"] = name(m_, p.before);
    out["after"] = name(n_, p.after);
    out["life"] = lines(p.life);
    Json& bodies = out["bodies"] = Json::array();
    for (const diff::BodyPair& b : p.bodies)
      bodies.push_back(
          {{"before", name(m_, b.before)}, {"after", name(n_, b.after)}, {"lines", lines(b.lines)}});
    Json& articles = out["articles"] = Json::array();
    for (const diff::ArticlePair& a : p.articles) {
      if (!a.same()) articles.push_back(article(a));
    }
    Json& duties = out["duties"] = Json::array();
    for (const diff::DutyChange& d : p.duties) {
      const bool is_freedom = freedom(r_, d);
      duties.push_back({{"before", cite(m_, d.before)},
                        {"after", cite(n_, d.after)},
                        {"act", d.after ? act_words(n_, d.after) : act_words(m_, d.before)},
                        {"who", d.who},
                        {"others", json_text_or_null(d.others)},
                        {"freedom", is_freedom},
                        {"change", weight_words(d.weight, is_freedom)}});
    }
    Json& blocking = out["blocking"] = Json::array();
    for (const diff::BlockingChange& b : p.blocking) {
      blocking.push_back({{"decision", decided(r_, b.decision)},
                          {"before", blocked(b.before)},
                          {"after", blocked(b.after)}});
    }
    return out;
  }

  static Json blocked(const std::optional<diff::Blocking>& b) {
    if (!b) return {};
    Json out{{"members", b->members}, {"alone", b->alone}, {"adoptable", b->adoptable}};
    out["together"] = b->together ? Json(*b->together) : Json();
    out["groups"] = b->groups;
    return out;
  }

  static Json label(const model::Model& m, model::ArticleId a) {
    return a ? Json{{"label", m[a].label}, {"title", m[a].title}} : Json();
  }

  Json article(const diff::ArticlePair& a) const {
    Json out{{"before", label(m_, a.before)},
             {"after", label(n_, a.after)},
             {"renumbered", a.renumbered},
             {"retitled", a.retitled},
             {"changed", a.changed()}};
    Json& clauses = out["clauses"] = Json::array();
    for (const diff::ClausePair& c : a.clauses) {
      if (c.same()) continue;
      Json one{{"before", cite(m_, c.before)}, {"after", cite(n_, c.after)}};
      one["words_before"] = c.before ? Json(unmarked(plain_words(m_, c.before))) : Json();
      one["words_after"] = c.after ? Json(unmarked(plain_words(n_, c.after))) : Json();
      Json& parts = one["parts"] = Json::array();
      for (const diff::PartChange& p : c.parts) {
        parts.push_back({{"part", part_label(p.part)},
                         {"before", unmarked(plain_part(m_, c.before, p.part))},
                         {"after", unmarked(plain_part(n_, c.after, p.part))},
                         {"change", weight_words(p.weight, diff::is_freedom(n_[c.after]))}});
      }
      clauses.push_back(std::move(one));
    }
    Json& decisions = out["decisions"] = Json::array();
    for (const diff::DecisionPair& d : a.decisions) {
      if (d.same()) continue;
      Json one{{"decision", decided(r_, d)}};
      one["words_before"] =
          d.before
              ? Json(unmarked(plain_words(m_, m_[d.body_before], m_[d.body_before].decisions[*d.before])))
              : Json();
      one["words_after"] =
          d.after ? Json(unmarked(plain_words(n_, n_[d.body_after], n_[d.body_after].decisions[*d.after])))
                  : Json();
      one["rule_before"] =
          d.before ? Json(rule_words(m_, *r_.before.sources, m_[d.body_before].decisions[*d.before].rule))
                   : Json();
      one["rule_after"] =
          d.after ? Json(rule_words(n_, *r_.after.sources, n_[d.body_after].decisions[*d.after].rule))
                  : Json();
      decisions.push_back(std::move(one));
    }
    return out;
  }

  Json story(size_t i) const {
    const diff::ChangeStory& s = r_.stories.of[i];
    Json out{{"of", story_title(r_, s)}, {"tried", s.tried}, {"shown", s.told.has_value()}};
    out["events"] = Json::array();
    out["verdicts"] = Json::array();
    if (s.told) {
      for (const StoryLine& l : told_lines(r_, *s.told))
        out["events"].push_back({{"at", json_instant(l.at)}, {"text", l.text}});
      out["verdicts"] = verdicts_json(s.told->verdicts);
    }
    out["file"] = i < r_.written.size() ? json_text_or_null(r_.written[i]) : Json();
    return out;
  }

  const DiffReport& r_;
  const model::Model& m_;
  const model::Model& n_;
};

}  // namespace

Json verdicts_json(const std::vector<diff::Verdict>& all) {
  Json out = Json::array();
  for (const diff::Verdict& v : all)
    out.push_back({{"what", v.what}, {"who", v.who}, {"before", v.before}, {"after", v.after}});
  return out;
}

std::string diff_json(const DiffReport& report) { return Writer(report).run(); }

}  // namespace casus::report
