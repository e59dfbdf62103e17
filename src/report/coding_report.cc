// SPDX-License-Identifier: Apache-2.0
#include "report/coding_report.h"

#include <algorithm>

#include "report/json.h"
#include "report/layout.h"

namespace casus::report {

using coding::Agreement;
using coding::Certainty;
using coding::Coded;
using coding::Compared;
using model::Model;

namespace {

std::string_view name_of(Agreement a) {
  switch (a) {
    case Agreement::agree:
      return "agree";
    case Agreement::differ:
      return "differ";
    case Agreement::not_derivable:
      return "not_derivable";
    case Agreement::not_coded:
      return "not_coded";
  }
  return "";
}

std::string_view name_of(Certainty c) {
  switch (c) {
    case Certainty::derived:
      return "derived";
    case Certainty::provided:
      return "provided";
    case Certainty::not_derivable:
      return "not_derivable";
  }
  return "";
}

std::string human_words(const std::optional<coding::HumanCode>& human) {
  if (!human) return "–";
  const std::string code = std::to_string(human->code);
  return human->lowest == human->code ? code : code + " (from " + std::to_string(human->lowest) + ")";
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

// What can not be derived, by its reason: "PUBSECR, SECRART: who knew …".
void not_derivable(Page& page, const coding::Coding& c) {
  std::vector<std::pair<std::string, std::string>> by_reason;
  for (const Coded& v : c.variables) {
    if (v.certainty != Certainty::not_derivable) continue;
    auto it =
        std::find_if(by_reason.begin(), by_reason.end(), [&](const auto& r) { return r.first == v.why; });
    if (it == by_reason.end())
      by_reason.emplace_back(v.why, v.variable);
    else
      it->second += ", " + v.variable;
  }
  if (by_reason.empty()) return;
  page.heading("Not derivable from norms");
  for (const auto& [why, variables] : by_reason) page.line("  – ", variables + ": " + why);
}

void table(Page& page, const CodedInstrument& i) {
  const bool compared = !i.compared.empty();
  std::vector<std::vector<std::string>> rows;
  std::vector<Ink> inks;
  for (size_t n = 0; n < i.coding.variables.size(); ++n) {
    const Coded& v = i.coding.variables[n];
    if (v.certainty == Certainty::not_derivable) continue;
    std::vector<std::string> row{v.variable, coding::code_words(v)};
    if (compared) {
      const Compared& c = i.compared[n];
      row.push_back(human_words(c.human));
      row.emplace_back(c.agreement == Agreement::agree    ? "yes"
                       : c.agreement == Agreement::differ ? "NO"
                                                          : "");
      inks.push_back(c.agreement == Agreement::differ ? Ink::yellow : Ink::plain);
    }
    row.push_back(v.why);
    rows.push_back(std::move(row));
  }
  std::vector<std::string> header{"VARIABLE", "DERIVED"};
  if (compared) header.insert(header.end(), {"HUMAN", "AGREE"});
  header.emplace_back("WHY");
  page.table(header, rows, inks);
}

std::string tally_words(const CodingTally& t) {
  return std::to_string(t.agree) + " agree (" + std::to_string(t.absent) + " of them 0), " +
         std::to_string(t.differ) + " differ, " + std::to_string(t.not_derivable) + " not derivable, " +
         std::to_string(t.not_coded) + " not coded by people";
}

}  // namespace

CodingTally tally(const CodedInstrument& instrument) {
  CodingTally t;
  for (const Compared& c : instrument.compared) {
    switch (c.agreement) {
      case Agreement::agree:
        ++t.agree;
        t.absent += c.human->code == 0;
        break;
      case Agreement::differ:
        ++t.differ;
        break;
      case Agreement::not_derivable:
        ++t.not_derivable;
        break;
      case Agreement::not_coded:
        ++t.not_coded;
        break;
    }
  }
  return t;
}

std::string coding_text(const Model& m, const CodingReport& report, size_t width, bool colour) {
  Page page(width, colour);
  CodingTally all;
  size_t compared = 0;
  for (const CodedInstrument& i : report.instruments) {
    const model::Instrument& instrument = m[i.coding.instrument];
    if (&i != &report.instruments.front()) page.blank();
    page.line("",
              (instrument.title.empty() ? instrument.name : instrument.title) + " (" + instrument.name + ")" +
                  (i.coding.number ? ", " + report.scheme + " " + std::to_string(*i.coding.number) : "") +
                  (i.coding.phase ? ", phase " + std::to_string(*i.coding.phase) : ""),
              Ink::bold);
    page.blank();
    table(page, i);
    not_derivable(page, i.coding);
    if (i.compared.empty()) continue;
    const CodingTally t = tally(i);
    page.blank();
    page.line("", instrument.name + ": " + tally_words(t));
    ++compared;
    all.agree += t.agree;
    all.absent += t.absent;
    all.differ += t.differ;
    all.not_derivable += t.not_derivable;
    all.not_coded += t.not_coded;
  }
  if (compared > 1) page.line("", "All " + std::to_string(compared) + ": " + tally_words(all));
  if (report.human.broken != 0)
    page.line("",
              std::to_string(report.human.broken) +
                  " rows of the data could not be read, the first on line " +
                  std::to_string(report.human.first_broken),
              Ink::yellow);
  return page.take();
}

std::string coding_json(const Model& m, const CodingReport& report) {
  Json out = json_head("casus/code/1");
  out["scheme"] = report.scheme;
  out["against"] = report.files;
  out["rows_read"] = report.human.rows;
  out["rows_broken"] = report.human.broken;
  Json& instruments = out["instruments"] = Json::array();
  for (const CodedInstrument& i : report.instruments) {
    Json j{{"instrument", m[i.coding.instrument].name},
           {"title", json_text_or_null(m[i.coding.instrument].title)}};
    j["number"] = i.coding.number ? Json(*i.coding.number) : Json();
    j["phase"] = i.coding.phase ? Json(*i.coding.phase) : Json();
    Json& variables = j["variables"] = Json::array();
    for (size_t n = 0; n < i.coding.variables.size(); ++n) {
      const Coded& v = i.coding.variables[n];
      Json clauses = Json::array();
      for (model::ClauseId c : v.clauses) clauses.push_back(m.cite(c));
      Json row{{"variable", v.variable},
               {"certainty", name_of(v.certainty)},
               {"codes", v.codes},
               {"why", v.why},
               {"clauses", std::move(clauses)}};
      if (!i.compared.empty()) {
        const Compared& c = i.compared[n];
        row["human"] = c.human ? Json(c.human->code) : Json();
        row["human_lowest"] = c.human ? Json(c.human->lowest) : Json();
        row["agreement"] = name_of(c.agreement);
      }
      variables.push_back(std::move(row));
    }
    if (!i.compared.empty()) {
      const CodingTally t = tally(i);
      j["totals"] = {{"agree", t.agree},
                     {"agree_on_zero", t.absent},
                     {"differ", t.differ},
                     {"not_derivable", t.not_derivable},
                     {"not_coded", t.not_coded}};
    }
    instruments.push_back(std::move(j));
  }
  return json_text(out);
}

std::string coding_csv(const Model& m, const CodingReport& report) {
  std::string out = "instrument,number,variable,derived,human,agreement,why\n";
  for (const CodedInstrument& i : report.instruments) {
    for (size_t n = 0; n < i.coding.variables.size(); ++n) {
      const Coded& v = i.coding.variables[n];
      const bool compared = !i.compared.empty();
      const std::string derived = v.certainty == Certainty::not_derivable ? "" : coding::code_words(v);
      out += m[i.coding.instrument].name + "," + (i.coding.number ? std::to_string(*i.coding.number) : "") +
             "," + v.variable + "," + derived + "," +
             (compared && i.compared[n].human ? std::to_string(i.compared[n].human->code) : "") + "," +
             (compared ? std::string(name_of(i.compared[n].agreement)) : "") + "," + csv_field(v.why) + "\n";
    }
  }
  return out;
}

}  // namespace casus::report
