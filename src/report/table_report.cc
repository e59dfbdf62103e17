// SPDX-License-Identifier: Apache-2.0
#include "report/table_report.h"

#include <fmt/format.h>

#include "report/json.h"
#include "report/layout.h"

namespace casus::report {

namespace {

constexpr std::pair<std::string_view, std::string_view> columns[] = {
    {"event", "name of the event in its file, or its number"},
    {"date", "when it happened, as its file says"},
    {"member", "who owes, or would owe"},
    {"partner", "the actor of the event whom the clause asks to be a party or in a role"},
    {"adversary",
     "the other actor of the event; of a standing prohibition the actor against whom it protects nobody "
     "else"},
    {"alliance", "the instrument"},
    {"article", "its article"},
    {"obligation", "what is owed"},
    {"condition",
     "met; open: only contested facts that nobody has told stand in the way; not met; unheard: no clause is "
     "about the event"},
    {"owed", "yes, when the ledger has the duty or the breach"},
    {"outcome", "the last that the ledger says of it"},
    {"why", "the parts of the condition that failed"}};

}  // namespace

std::string table_text(const TableOf& of, const replay::Table& table, size_t width, bool colour) {
  Page page(width, colour);
  page.line("", of.scenario, Ink::bold);
  page.line("", fmt::format("run {} · {} events taken of {} lines · {} not readable · view: {}", of.run_id,
                            of.read.taken, of.read.lines, of.read.rejected, of.view) +
                    (of.package.empty() ? "" : " · package: " + of.package));
  page.blank();
  std::vector<std::vector<std::string>> rows;
  const auto put = [&rows](const std::string& what, const replay::Table::Tally& t) {
    rows.push_back({what, std::to_string(t.rows), std::to_string(t.met), std::to_string(t.open),
                    std::to_string(t.not_met), std::to_string(t.breach)});
  };
  for (const auto& [what, t] : table.by_obligation()) put(what, t);
  put("in all", table.total());
  page.table({"OBLIGATION", "ROWS", "MET", "OPEN", "NOT MET", "BREACH"}, rows, {});
  page.blank();
  page.line(
      "",
      fmt::format("{} events are of no concern to any instrument in force, and have a row each that says so",
                  table.unheard()));
  page.line("", fmt::format("written: {}, and what it is in {}.json", of.file, of.file));
  return page.take();
}

std::string table_json(const TableOf& of, const replay::Table& table) {
  Json out = json_head("casus/table/1");
  out["run"] = of.run_id;
  out["table"] = of.file;
  out["scenario"] = of.scenario;
  out["view"] = of.view;
  if (!of.package.empty()) out["package"] = of.package;
  out["instruments"] = of.instruments;
  out["inputs"] = Json::array();
  for (const auto& [path, hash] : of.models) out["inputs"].push_back({{"path", path}, {"hash", hash}});
  out["events"] = {{"files", of.events},
                   {"digest", short_hex(table.digest(), 16)},
                   {"lines", of.read.lines},
                   {"taken", of.read.taken},
                   {"rejected", of.read.rejected},
                   {"outside", of.read.outside},
                   {"undecided", of.read.undecided},
                   {"refused", of.read.refused}};
  out["unheard"] = table.unheard();
  out["columns"] = Json::array();
  for (const auto& [name, what] : columns) out["columns"].push_back({{"name", name}, {"what", what}});
  out["obligations"] = Json::array();
  for (const auto& [what, t] : table.by_obligation()) {
    out["obligations"].push_back({{"obligation", what},
                                  {"rows", t.rows},
                                  {"met", t.met},
                                  {"open", t.open},
                                  {"not_met", t.not_met},
                                  {"owed", t.owed},
                                  {"breach", t.breach}});
  }
  return json_text(out);
}

}  // namespace casus::report
