// SPDX-License-Identifier: Apache-2.0
// casus list: what a file, or the whole library, declares.
#include "app/session.h"
#include "model/choose.h"
#include "report/layout.h"
#include "report/phrases.h"
#include "report/results_json.h"

namespace casus::app {

namespace {

std::string life(const model::Model& m, model::InstrumentId id) {
  const model::Instrument& i = m[id];
  for (const auto& g : m.givens) {
    if (g.fact == model::fact_in_force && g.instrument == id) {
      std::string out = "in force from " + format_iso(g.from, Precision::day);
      if (g.until != Instant::far_future()) out += " until " + format_iso(g.until, Precision::day);
      return out;
    }
  }
  if (i.draft_since) return "draft since " + format_iso(*i.draft_since, Precision::day);
  return "not in force by itself";
}

std::string params_words(const std::vector<model::Param>& params) {
  std::string out;
  for (const auto& p : params) out += (out.empty() ? "" : ", ") + p.label;
  return '(' + out + ')';
}

}  // namespace

int verb_list(Session& s) {
  const std::string path = s.line.paths.empty() ? library_folder() : s.line.paths.front();
  auto files = model_files(path);
  if (!files) return s.fail(files.failure());
  if (!s.load(files.value())) return s.code;
  const model::Model& m = s.model();
  if (s.line.json) return s.emit(report::list_json(m, s.sources, files.value()));
  report::Page page(s.screen.width, s.screen.colour);
  const auto section = [&](const char* title, const std::vector<std::string>& header,
                           const std::vector<std::vector<std::string>>& rows) {
    if (rows.empty()) return;
    page.heading(title);
    page.table(header, rows, {});
  };
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < m.instruments.size(); ++i) {
    if (!s.is_in(m.instruments[i].span, files.value())) continue;
    const char mark = m.instruments[i].wording ? m.instruments[i].wording->mark : 'U';
    rows.push_back({m.instruments[i].name, m.instruments[i].title,
                    std::to_string(m.instruments[i].articles.size()), std::string(1, mark),
                    life(m, model::InstrumentId(i))});
  }
  section("Instruments", {"NAME", "TITLE", "ARTICLES", "WORDING", "LIFE"}, rows);
  rows.clear();
  for (const auto& sc : m.scenarios) {
    if (s.is_in(sc.span, files.value()))
      rows.push_back({sc.name, sc.title, std::to_string(sc.expectations.size())});
  }
  section("Scenarios", {"NAME", "STORY", "EXPECTATIONS"}, rows);
  rows.clear();
  for (size_t i = 0; i < m.choices.size(); ++i) {
    const model::DraftChoice& c = m.choices[i];
    if (s.is_in(c.span, files.value()))
      rows.push_back({words(m, model::ChoiceId(i)), c.title, model::options_words(c)});
  }
  section("Choices", {"NAME", "TITLE", "OPTIONS"}, rows);
  rows.clear();
  for (const auto& e : m.explorations) {
    if (s.is_in(e.span, files.value()))
      rows.push_back({e.name, e.title, std::to_string(e.properties.size())});
  }
  section("Explorations", {"NAME", "QUESTION", "PROPERTIES"}, rows);
  rows.clear();
  for (const auto& v : m.viewpoints) {
    if (!s.is_in(v.span, files.value())) continue;
    std::string accepts;
    for (auto e : v.accepts) accepts += (accepts.empty() ? "" : ", ") + m[e].name;
    rows.push_back({v.name, v.title, accepts});
  }
  section("Viewpoints", {"NAME", "TITLE", "ACCEPTS ASSERTIONS BY"}, rows);
  rows.clear();
  for (const auto& e : m.events) {
    if (!s.is_in(e.span, files.value())) continue;
    rows.push_back({e.name + params_words(e.params), e.institutional ? "institutional" : "", e.title});
  }
  section("Events", {"EVENT", "", "TITLE"}, rows);
  rows.clear();
  for (const auto& f : m.facts) {
    if (!s.is_in(f.span, files.value()) || f.role == model::FactRole::role ||
        f.role == model::FactRole::group)
      continue;
    rows.push_back({f.name + params_words(f.params),
                    f.contested                          ? "contested"
                    : f.role == model::FactRole::derived ? "derived"
                                                         : "",
                    f.title});
  }
  section("Facts", {"FACT", "", "TITLE"}, rows);
  return s.emit(page.take());
}

}  // namespace casus::app
