// SPDX-License-Identifier: Apache-2.0
// Wars: rows of pairs and years become one confrontation for each pair and war.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "imports/cow_pairs.h"

namespace casus::imports {

using namespace pairs;

namespace {

namespace wars_file {
enum Column : size_t { number, one, two, year, sidea1, sidea2, initiator1, initiator2 };
constexpr std::string_view names[] = {"warnum", "ccode1", "ccode2",     "year",
                                      "sidea1", "sidea2", "initiator1", "initiator2"};
}  // namespace wars_file

// The beginnings of disputes that became wars, by pair and year.
using WarDates = std::map<std::pair<Key, int64_t>, std::vector<Instant>>;

WarDates dates_of_wars(const Conflicts& disputes) {
  WarDates out;
  for (const Confrontation& c : disputes.confrontations) {
    if (std::max(c.level, c.answer) >= war && c.dated == "month" && c.name_ending.empty())
      out[{std::minmax(c.by, c.on), year_of(c.at)}].push_back(c.at);
  }
  return out;
}

Pairs read_war_rows(DataFile file, Report& report, evidence::RejectSink& rejects,
                    std::optional<Failure>& failure) {
  using namespace wars_file;
  Pairs pairs;
  Rows rows(std::move(file), names, report, rejects);
  while (rows.next()) {
    Row r = read_pair(rows, {number, one, two, year}, "a state is at war with itself");
    r.side = {rows.within(sidea1, 1, 2), rows.within(sidea2, 1, 2)};
    r.level = {war, war};
    r.began = {rows.within(initiator1, 0, 1) == 1, rows.within(initiator2, 0, 1) == 1};
    if (rows.take()) add_row(pairs, r, rows.line());
  }
  failure = rows.failure();
  return pairs;
}

// The side that has the initiator; of two such sides or none, that of the pair's own initiator, else side 1.
size_t beginner(const Pair& p, const std::array<bool, 2>& sides_began, const std::string& file,
                Report& report) {
  const auto began = [&](size_t i) { return sides_began[static_cast<size_t>(p.side[i] - 1)]; };
  if (began(0) != began(1)) return began(0) ? 0 : 1;
  if (p.began[0] != p.began[1]) return p.began[0] ? 0 : 1;
  report.met(Trap::initiator_unclear, file, p.line);
  return p.side[0] == 1 ? 0 : 1;
}

// One war: who entered when, which side began.
class WarEvents {
 public:
  WarEvents(int64_t id, const std::map<Key, Pair>& pairs, const WarDates& by_dispute, std::string file,
            Report& report)
      : conflict_("war." + std::to_string(id)),
        pairs_(pairs),
        opponents_(pairs),
        file_(std::move(file)),
        report_(report) {
    for (const auto& [key, p] : pairs) {
      enter(p.a, p.side[0], p.began[0], p.first);
      enter(p.b, p.side[1], p.began[1], p.first);
      first_ = std::min(first_, p.first);
      last_ = std::max(last_, p.last);
      const auto dispute = by_dispute.find({key, p.first});
      if (dispute == by_dispute.end() || dispute->second.size() != 1) continue;
      dated_[key] = dispute->second.front();
      const auto [it, fresh] = earliest_.try_emplace(p.first, dispute->second.front());
      if (!fresh) it->second = std::min(it->second, dispute->second.front());
    }
  }

  void tell(const States& states, Conflicts& out) {
    for (const auto& [key, p] : pairs_) {
      note_pair(p, file_, report_);
      if (p.side[0] == p.side[1])
        report_.met(Trap::same_side, file_, p.line);
      else if (known(states, p, file_, report_))
        out.confrontations.push_back(confront(key, p));
    }
    out.ends.push_back({first_of(last_ + 1, 1, 1), conflict_, "year"});
  }

 private:
  void enter(int64_t code, int64_t side, bool began, int64_t year) {
    if (began) sides_began_[static_cast<size_t>(side - 1)] = true;
    const auto [it, fresh] = entered_.try_emplace(code, year);
    if (!fresh) it->second = std::min(it->second, year);
  }

  Confrontation confront(const Key& key, const Pair& p) {
    const size_t by = beginner(p, sides_began_, file_, report_);
    const int64_t codes[] = {p.a, p.b};
    Confrontation c;
    c.conflict = conflict_;
    c.by = codes[by];
    c.on = codes[1 - by];
    c.level = c.answer = war;
    c.opponents = opponents_.of(c.on, p.first);
    c.late = entered_[c.on] > first_;
    date(key, p, c);
    return c;
  }

  void date(const Key& key, const Pair& p, Confrontation& c) {
    if (const auto own = dated_.find(key); own != dated_.end()) {
      c.at = own->second;
      c.dated = "month";
      report_.met(Trap::war_dated_by_dispute, file_, p.line);
      return;
    }
    const auto other = earliest_.find(p.first);
    c.at = other == earliest_.end() ? first_of(p.first, 1, 1) : other->second;
    c.dated = "year";
    report_.met(other == earliest_.end() ? Trap::dated_by_year : Trap::war_dated_by_another, file_, p.line);
  }

  std::string conflict_;
  const std::map<Key, Pair>& pairs_;
  Opponents opponents_;
  std::string file_;
  Report& report_;
  std::array<bool, 2> sides_began_{};
  std::map<int64_t, int64_t> entered_;  // by state: its first year
  std::map<Key, Instant> dated_;
  std::map<int64_t, Instant> earliest_;  // by year: of the pairs that are dated
  int64_t first_ = INT64_MAX, last_ = 0;
};

}  // namespace

Conflicts read_wars(DataFile file, const Conflicts& disputes, const States& states, Report& report,
                    evidence::RejectSink& rejects, std::optional<Failure>& failure) {
  Conflicts out;
  const std::string name = file.name;
  const Pairs wars = read_war_rows(std::move(file), report, rejects, failure);
  const WarDates by_dispute = dates_of_wars(disputes);
  for (const auto& [id, pairs] : wars) WarEvents(id, pairs, by_dispute, name, report).tell(states, out);
  report.made("wars", wars.size());
  return out;
}

}  // namespace casus::imports
