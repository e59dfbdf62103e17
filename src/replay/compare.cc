// SPDX-License-Identifier: Apache-2.0
#include "replay/compare.h"

#include <algorithm>
#include <map>

namespace casus::replay {

using run::Record;
using run::RecordKind;

namespace {

std::string verdict(const Record& rec) {
  const std::string at = " " + format_short(Instant{rec.at});
  switch (rec.kind) {
    case RecordKind::born:
    case RecordKind::resumed:
    case RecordKind::restored:
    case RecordKind::transferred:
      return rec.kind == RecordKind::born && rec.extra != model::no_value
                 ? "owed by " + format_short(Instant{rec.extra})
                 : "owed";
    case RecordKind::fulfilled:
      return "kept" + at;
    case RecordKind::late:
      return "kept, late" + at;
    case RecordKind::breach:
      return "BREACH" + at;
    case RecordKind::unperformed:
      return "unperformed, self-judging";
    case RecordKind::released:
      return "released" + at;
    case RecordKind::lapsed:
      return "lapsed" + at;
    case RecordKind::suspended:
      return "suspended" + at;
    case RecordKind::defeated:
      return "permitted" + at;
    default:
      return {};
  }
}

// A graver record of the same article and bearer is not hidden by a later one.
int gravity(const Record& rec) {
  return rec.kind == RecordKind::breach ? 2 : rec.kind == RecordKind::unperformed ? 1 : 0;
}

// Each record that a cell may be made of, with the words for it.
template <typename Take>
void each_verdict(const Replay& r, Take take) {
  for (const Record& rec : r.ledger.records) {
    if (!rec.clause || !rec.bearer) continue;
    std::string text = verdict(rec);
    if (!text.empty()) take(rec, std::move(text));
  }
}

std::string act_of(const model::Model& m, const model::Clause& clause) {
  std::string act;
  for (auto p : clause.acts) act += (act.empty() ? "" : " or ") + m[m[p].event].name;
  std::replace(act.begin(), act.end(), '_', ' ');
  return clause.kind == model::ClauseKind::prohibition ? "not: " + act : act;
}

}  // namespace

Verdicts verdicts_of(const Replay& r) {
  Verdicts out;
  std::map<std::pair<std::string, std::string>, int> grave;
  each_verdict(r, [&](const Record& rec, std::string text) {
    std::pair<std::string, std::string> key{r.model->cite(rec.clause), (*r.model)[rec.bearer].name};
    const auto [it, fresh] = grave.try_emplace(key, gravity(rec));
    if (!fresh && gravity(rec) < it->second) return;
    it->second = gravity(rec);
    out[std::move(key)] = std::move(text);
  });
  return out;
}

Comparison compare(const std::vector<const Replay*>& replays, const std::vector<std::string>& columns) {
  struct Line {
    model::ClauseId clause;
    std::string act;
    std::vector<std::string> cells;
  };
  std::map<std::pair<std::string, std::string>, Line> lines;  // (citation, bearer)
  std::vector<std::string> order;
  for (size_t c = 0; c < replays.size(); ++c) {
    const Replay& r = *replays[c];
    const model::Model& m = *r.model;
    each_verdict(r, [&](const Record& rec, const std::string&) {
      const std::string basis = m.cite(rec.clause);
      Line& line = lines[{basis, m[rec.bearer].name}];
      if (line.clause) return;
      line.clause = rec.clause;
      line.act = act_of(m, m[rec.clause]);
      line.cells.resize(replays.size());
      if (std::find(order.begin(), order.end(), basis) == order.end()) order.push_back(basis);
    });
    for (auto& [key, text] : verdicts_of(r)) lines[key].cells[c] = std::move(text);
  }
  Comparison out;
  out.columns = columns;
  std::map<std::pair<std::string, std::vector<std::string>>, size_t> rows;
  for (const std::string& basis : order) {
    for (const auto& [key, line] : lines) {
      if (key.first != basis) continue;
      std::vector<std::string> verdicts;
      for (const std::string& cell : line.cells) verdicts.push_back(cell.empty() ? "–" : cell);
      const auto [it, fresh] = rows.try_emplace({basis, verdicts}, out.rows.size());
      if (fresh) {
        ComparedRow row;
        row.clause = line.clause;
        row.basis = basis;
        row.act = line.act;
        row.differs = std::any_of(verdicts.begin(), verdicts.end(),
                                  [&](const std::string& v) { return v != verdicts.front(); });
        row.verdicts = verdicts;
        out.rows.push_back(std::move(row));
      }
      out.rows[it->second].bearers.push_back(key.second);
    }
  }
  std::stable_sort(out.rows.begin(), out.rows.end(),
                   [](const ComparedRow& a, const ComparedRow& b) { return a.differs > b.differs; });
  out.different = static_cast<size_t>(
      std::count_if(out.rows.begin(), out.rows.end(), [](const ComparedRow& r) { return r.differs; }));
  return out;
}

}  // namespace casus::replay
