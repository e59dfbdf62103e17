// SPDX-License-Identifier: Apache-2.0
#include "report/import_report.h"

#include <fmt/format.h>

#include "report/json.h"
#include "report/layout.h"

namespace casus::report {

namespace {

std::string percent(uint64_t part, uint64_t whole) {
  return whole == 0 ? "–"
                    : fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

void put_report(Json& into, const imports::Report& r) {
  into["files"] = Json::array();
  for (const auto& f : r.files)
    into["files"].push_back(
        {{"name", f.name}, {"bytes", f.bytes}, {"rows", f.rows}, {"rejected", f.rejected}, {"hash", f.hash}});
  into["made"] = Json::array();
  for (const auto& [what, count] : r.things) into["made"].push_back({{"what", what}, {"count", count}});
  into["met"] = Json::array();
  for (size_t i = 0; i < imports::trap_count; ++i) {
    const imports::Met& met = r.of(static_cast<imports::Trap>(i));
    if (met.count == 0) continue;
    const imports::TrapInfo& info = imports::traps[i];
    into["met"].push_back({{"trap", info.name},
                           {"what", info.what},
                           {"done", info.done},
                           {"count", met.count},
                           {"first", met.first}});
  }
}

void put_files(Page& page, const imports::Report& r) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& f : r.files)
    rows.push_back({f.name, std::to_string(f.rows), std::to_string(f.rejected), f.hash});
  page.table({"READ", "ROWS", "REJECTED", "HASH"}, rows, {});
}

void put_met(Page& page, const imports::Report& r) {
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < imports::trap_count; ++i) {
    const imports::Met& met = r.of(static_cast<imports::Trap>(i));
    if (met.count == 0) continue;
    const imports::TrapInfo& info = imports::traps[i];
    rows.push_back({std::to_string(met.count),
                    fmt::format("{}: {}; first at {}", info.what, info.done, met.first.front())});
  }
  if (rows.empty()) return;
  page.blank();
  page.table({"TIMES", "MET ON THE WAY"}, rows, {});
}

}  // namespace

std::string import_text(const imports::Report& r, size_t width, bool colour) {
  Page page(width, colour);
  put_files(page, r);
  page.blank();
  std::vector<std::vector<std::string>> made;
  for (const auto& [what, count] : r.things) made.push_back({std::to_string(count), what});
  page.table({"MADE", ""}, made, {});
  put_met(page, r);
  page.blank();
  for (const auto& name : r.written) page.line("", "written: " + name);
  return page.take();
}

std::string import_json(const imports::Report& r, std::string_view what) {
  Json out = json_head("casus/import/1");
  out["import"] = what;
  put_report(out, r);
  out["written"] = r.written;
  return json_text(out);
}

std::string comparison_text(const imports::Comparison& c, size_t width, bool colour) {
  Page page(width, colour);
  put_files(page, c.report);
  page.blank();
  page.line("", fmt::format("years {} to {}; the model's data end in {}", c.first_year, c.last_year,
                            c.model_last_year));
  page.line("", fmt::format("directed pair-years: {} in the model, {} in the table, {} in both, of which {} "
                            "({}) agree in all five obligations",
                            c.model_pair_years, c.table_pair_years, c.pair_years_in_both, c.pair_years_alike,
                            percent(c.pair_years_alike, c.pair_years_in_both)));
  page.blank();
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < imports::obligations; ++i) {
    const auto& t = c.tallies[i];
    rows.push_back({std::string(imports::obligation_names[i]), std::to_string(t.both),
                    std::to_string(t.model_only), std::to_string(t.table_only),
                    percent(t.both, t.both + t.model_only + t.table_only)});
  }
  page.table({"OBLIGATION", "BOTH", "MODEL ONLY", "TABLE ONLY", "AGREEMENT"}, rows, {});
  page.blank();
  rows.clear();
  for (size_t i = 1; i < imports::difference_count; ++i) {
    const auto& k = c.classes[i];
    if (k.count == 0) continue;
    std::string examples;
    for (const auto& e : k.examples) examples += (examples.empty() ? "" : "; ") + e;
    rows.push_back(
        {std::to_string(k.count), fmt::format("{}, such as: {}", imports::differences[i].what, examples)});
  }
  page.table({"TIMES", "DIFFERENCE"}, rows, {});
  put_met(page, c.report);
  return page.take();
}

std::string comparison_json(const imports::Comparison& c) {
  Json out = json_head("casus/import-compare/1");
  out["first_year"] = c.first_year;
  out["last_year"] = c.last_year;
  out["model_last_year"] = c.model_last_year;
  out["pair_years"] = {{"model", c.model_pair_years},
                       {"table", c.table_pair_years},
                       {"both", c.pair_years_in_both},
                       {"alike", c.pair_years_alike}};
  out["obligations"] = Json::array();
  for (size_t i = 0; i < imports::obligations; ++i) {
    const auto& t = c.tallies[i];
    out["obligations"].push_back({{"obligation", imports::obligation_names[i]},
                                  {"both", t.both},
                                  {"model_only", t.model_only},
                                  {"table_only", t.table_only}});
  }
  out["differences"] = Json::array();
  for (size_t i = 1; i < imports::difference_count; ++i) {
    const auto& k = c.classes[i];
    if (k.count == 0) continue;
    Json by = Json::object();
    for (size_t o = 0; o < imports::obligations; ++o) by[std::string(imports::obligation_names[o])] = k.by[o];
    out["differences"].push_back({{"class", imports::differences[i].name},
                                  {"what", imports::differences[i].what},
                                  {"count", k.count},
                                  {"by", by},
                                  {"examples", k.examples}});
  }
  put_report(out, c.report);
  return json_text(out);
}

}  // namespace casus::report
