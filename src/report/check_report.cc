// SPDX-License-Identifier: Apache-2.0
#include "report/check_report.h"

#include "report/json.h"

namespace casus::report {

namespace {

bool holds(const Span& outer, const Span& inner) {
  return outer.valid() && outer.source == inner.source && outer.begin <= inner.begin &&
         inner.end <= outer.end;
}

std::string name_of(const model::Model& m, model::InstrumentId i) { return i ? m[i].name : std::string(); }

LegalPlace at(const model::Model& m, const Span& s) {
  for (size_t i = 0; i < m.clauses.size(); ++i) {
    const model::Clause& c = m.clauses[i];
    if (!holds(c.span, s)) continue;
    return {name_of(m, c.instrument), c.article ? eid(m[c.article]) : "", eid(m, model::ClauseId(i))};
  }
  for (const model::Body& b : m.bodies) {
    for (const model::Decision& d : b.decisions) {
      if (holds(d.span, s)) return {name_of(m, b.instrument), d.article ? eid(m[d.article]) : "", ""};
    }
    if (holds(b.span, s)) return {name_of(m, b.instrument), "", ""};
  }
  for (const model::Article& a : m.articles) {
    if (holds(a.span, s)) return {name_of(m, a.instrument), eid(a), ""};
  }
  for (const model::Instrument& i : m.instruments) {
    if (holds(i.span, s)) return {i.name, "", ""};
  }
  for (const model::Fact& f : m.facts) {
    if (f.instrument && holds(f.span, s)) return {m[f.instrument].name, "", ""};
  }
  return {};
}

void put_place(Json& into, const Span& s, const Sources& sources) {
  if (!s.valid()) {
    for (const char* key : {"file", "line", "column", "end_line", "end_column"}) into[key] = nullptr;
    return;
  }
  const LineColumn begin = sources.locate(s.source, s.begin), end = sources.locate(s.source, s.end);
  into["file"] = sources[s.source].path;
  into["line"] = begin.line;
  into["column"] = begin.column;
  into["end_line"] = end.line;
  into["end_column"] = end.column;
}

Json finding(const Diagnostic& d, const Checked& input) {
  static constexpr const char* severities[] = {"error", "warning", "note"};
  const DiagInfo& kind = info(d.kind);
  const LegalPlace place = input.model ? legal_place(*input.model, d) : LegalPlace{};
  Json out = {{"code", kind.code},
              {"name", kind.name},
              {"severity", severities[static_cast<size_t>(kind.severity)]},
              {"message", d.message}};
  put_place(out, d.span, *input.sources);
  out["instrument"] = json_text_or_null(place.instrument);
  out["eId"] = json_text_or_null(place.clause.empty() ? place.article : place.clause);
  out["label"] = json_text_or_null(d.label);
  out["notes"] = d.notes;
  out["related"] = Json::array();
  for (const RelatedSpan& r : d.related) {
    Json related = {{"message", r.message}};
    put_place(related, r.span, *input.sources);
    out["related"].push_back(std::move(related));
  }
  out["replacement"] = json_text_or_null(d.replacement);
  return out;
}

}  // namespace

// What stands in the prose belongs where the clause does that it is told with.
LegalPlace legal_place(const model::Model& m, const Diagnostic& d) {
  if (!d.span.valid()) return {};
  LegalPlace out = at(m, d.span);
  if (out.instrument.empty() && out.clause.empty() && !d.related.empty() && d.related[0].span.valid())
    out = at(m, d.related[0].span);
  return out;
}

std::string check_json(std::span<const Checked> inputs, const CheckSummary& summary) {
  Json out = json_head("casus/check/1");
  out["together"] = summary.together;
  out["limited"] = summary.limited;
  out["errors"] = summary.errors;
  out["warnings"] = summary.warnings;
  out["notes"] = summary.notes;
  out["findings"] = Json::array();
  for (const Checked& input : inputs) {
    for (const Diagnostic& d : input.diagnostics->all()) out["findings"].push_back(finding(d, input));
  }
  return json_text(out);
}

}  // namespace casus::report
