// SPDX-License-Identifier: Apache-2.0
// Disputes: rows of pairs and years become one confrontation for each pair and dispute, and the events file of all conflicts.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "imports/cow_pairs.h"

namespace casus::imports {

using namespace pairs;

namespace {

namespace disputes_file {
enum Column : size_t { number, styear, stmon, maxdur };
constexpr std::string_view names[] = {"dispnum", "styear", "stmon", "maxdur"};
}  // namespace disputes_file
namespace pairs_file {
enum Column : size_t { number, one, two, year, sidea1, sidea2, hostlev1, hostlev2, orig1, orig2 };
constexpr std::string_view names[] = {"dispnum", "ccode1",   "ccode2",   "year",  "sidea1",
                                      "sidea2",  "hostlev1", "hostlev2", "orig1", "orig2"};
}  // namespace pairs_file

struct Dispute {
  int64_t year = 0, month = 0;  // 0: missing
  int64_t days = 0;
  uint64_t line = 0;
};

std::map<int64_t, Dispute> read_dispute_rows(DataFile file, Report& report, evidence::RejectSink& rejects,
                                             std::optional<Failure>& failure) {
  using namespace disputes_file;
  std::map<int64_t, Dispute> out;
  Rows rows(std::move(file), names, report, rejects);
  while (rows.next()) {
    const int64_t id = rows.within(number, 1, most_number);
    Dispute d{rows.within(styear, first_year, last_year), rows.number(stmon).value_or(0),
              rows.number(maxdur).value_or(0), rows.line()};
    if (d.month > 12) rows.wrong(stmon, "it is not in 1 to 12");
    if (d.days > 200'000) rows.wrong(maxdur, "no dispute lasts so long");
    if (out.contains(id)) rows.wrong(number, "this dispute has a row already");
    if (rows.take()) out.emplace(id, d);
  }
  failure = rows.failure();
  return out;
}

Pairs read_pair_rows(DataFile file, Report& report, evidence::RejectSink& rejects,
                     std::optional<Failure>& failure) {
  using namespace pairs_file;
  Pairs pairs;
  Rows rows(std::move(file), names, report, rejects);
  while (rows.next()) {
    Row r = read_pair(rows, {number, one, two, year}, "a state has a dispute with itself");
    r.side = {rows.within(sidea1, 0, 1), rows.within(sidea2, 0, 1)};
    r.level = {rows.number(hostlev1).value_or(0), rows.number(hostlev2).value_or(0)};
    r.began = {rows.within(orig1, 0, 1) == 1, rows.within(orig2, 0, 1) == 1};
    if (rows.take()) add_row(pairs, r, rows.line());
  }
  failure = rows.failure();
  return pairs;
}

class DisputeEvents {
 public:
  DisputeEvents(const States& states, std::string file, Report& report)
      : states_(states), file_(std::move(file)), report_(report) {}

  void take(int64_t id, const Dispute* d, const std::map<Key, Pair>& pairs, Conflicts& out) {
    const std::string name = "mid." + std::to_string(id);
    int64_t last = 0;
    bool any = false;
    const Opponents opponents(pairs);
    for (const auto& [key, p] : pairs) {
      note_pair(p, file_, report_);
      if (p.side[0] == p.side[1]) {
        report_.met(Trap::same_side, file_, p.line);
        continue;
      }
      last = std::max(last, p.last);
      if (!known(states_, p, file_, report_)) continue;
      any = true;
      confront(name, d, opponents, p, out);
    }
    if (any) out.ends.push_back(end_of_dispute(name, d, last));
  }

 private:
  void confront(const std::string& name, const Dispute* d, const Opponents& opponents, const Pair& p,
                Conflicts& out) {
    const size_t by = p.side[0] == 1 ? 0 : 1, on = 1 - by;
    const int64_t codes[] = {p.a, p.b};
    Confrontation c;
    c.conflict = name;
    date(d, p, c);
    c.by = codes[by];
    c.on = codes[on];
    c.level = p.level[by];
    c.answer = p.level[on];
    c.opponents = opponents.of(c.on, p.first);
    c.late = !p.began[on];
    out.confrontations.push_back(c);
    if (c.level >= force || c.answer < force) return;
    report_.met(Trap::first_force_by_target, file_, p.line);
    std::swap(c.by, c.on);
    std::swap(c.level, c.answer);
    c.opponents = opponents.of(c.on, p.first);
    c.late = !p.began[by];
    c.name_ending = "_answer";
    out.confrontations.push_back(c);
  }

  // The month is that of the dispute: it is known for those who were in it from the beginning.
  void date(const Dispute* d, const Pair& p, Confrontation& c) {
    if (d != nullptr && p.first < d->year) report_.met(Trap::before_its_dispute, file_, p.line);
    const bool with_it = d != nullptr && p.first <= d->year && d->month != 0;
    if (!d) report_.met(Trap::no_dispute_row, file_, p.line);
    const bool by_month = with_it && p.began[0] && p.began[1];
    c.at =
        with_it ? first_of(d->year, d->month, 1) : first_of(d ? std::max(p.first, d->year) : p.first, 1, 1);
    c.dated = by_month ? "month" : "year";
    report_.met(by_month ? Trap::dated_by_month : Trap::dated_by_year, file_, p.line);
  }

  // The latest day that the months and days leave open, and no earlier than the last year of a pair.
  static ConflictEnd end_of_dispute(const std::string& name, const Dispute* d, int64_t last) {
    const Instant year_end = first_of(last + 1, 1, 1);
    if (!d || d->month == 0) return {year_end, name, "year"};
    const Instant end = add(month_after(first_of(d->year, d->month, 1)), {0, d->days * ms_per_day});
    if (year_of(end) < last) return {year_end, name, "year"};
    return {end, name, "month"};
  }

  const States& states_;
  std::string file_;
  Report& report_;
};

}  // namespace

Conflicts read_disputes(DataFile disputes, DataFile pairs, const States& states, Report& report,
                        evidence::RejectSink& rejects, std::optional<Failure>& failure) {
  Conflicts out;
  const std::string names[] = {disputes.name, pairs.name};
  const auto known_disputes = read_dispute_rows(std::move(disputes), report, rejects, failure);
  if (failure) return out;
  const Pairs found = read_pair_rows(std::move(pairs), report, rejects, failure);
  DisputeEvents events(states, names[1], report);
  for (const auto& [id, its] : found) {
    const auto d = known_disputes.find(id);
    events.take(id, d == known_disputes.end() ? nullptr : &d->second, its, out);
  }
  for (const auto& [id, d] : known_disputes) {
    if (!found.contains(id)) report.met(Trap::no_pairs, names[0], d.line, std::to_string(id));
  }
  report.made("disputes", found.size());
  return out;
}

std::string events_ndjson(const std::vector<const Conflicts*>& conflicts, Report& report) {
  std::vector<std::pair<Instant, std::string>> lines;
  uint64_t confrontations = 0;
  for (const Conflicts* all : conflicts) {
    for (const Confrontation& c : all->confrontations) {
      std::string id = c.conflict;
      id.erase(std::remove(id.begin(), id.end(), '.'), id.end());
      lines.emplace_back(
          c.at,
          fmt::format(
              R"({{"at":"{}","event":"confronts","id":"{}_{}_{}{}","args":{{"by":"{}","on":"{}","conflict":"{}",)"
              R"("level":{},"answer":{},"opponents":{},"late":{},"dated":"{}"}}}})",
              day_words(c.at), id, c.by, c.on, c.name_ending, state_name(c.by), state_name(c.on), c.conflict,
              c.level, c.answer, c.opponents, c.late, c.dated));
    }
    confrontations += all->confrontations.size();
  }
  for (const Conflicts* all : conflicts) {
    for (const ConflictEnd& e : all->ends)
      lines.emplace_back(
          e.at,
          fmt::format(R"({{"at":"{}","event":"conflict_ends","args":{{"conflict":"{}","dated":"{}"}}}})",
                      day_words(e.at), e.conflict, e.dated));
  }
  report.made("confrontations", confrontations);
  std::stable_sort(lines.begin(), lines.end(),
                   [](const auto& x, const auto& y) { return x.first < y.first; });
  std::string out;
  for (const auto& [at, line] : lines) out += line + '\n';
  return out;
}

}  // namespace casus::imports
