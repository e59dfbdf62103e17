// SPDX-License-Identifier: Apache-2.0
// Disputes and wars: rows of pairs and years become one confrontation for each pair and conflict.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "imports/cow.h"

namespace casus::imports {

namespace {

constexpr int64_t most_number = 999'999, first_year = 1500, last_year = 2998;
constexpr int64_t force = 4, war = 5;

// One pair in one conflict, from whichever rows tell of it. `a` is the lower code.
struct Pair {
  int64_t a = 0, b = 0;
  int64_t first = 0, last = 0;             // years
  std::array<int64_t, 2> level{}, side{};  // of a, of b
  std::array<bool, 2> began{};  // was in it from the beginning; of wars: is marked as having begun it
  std::array<bool, 2> told{};   // whether the rows from a to b and from b to a are there
  uint64_t line = 0;
};
struct Row {
  int64_t conflict = 0, one = 0, two = 0, year = 0;
  std::array<int64_t, 2> level{}, side{};
  std::array<bool, 2> began{};
};
using Key = std::pair<int64_t, int64_t>;
using Pairs = std::map<int64_t, std::map<Key, Pair>>;  // by conflict

void add_row(Pairs& pairs, Row r, uint64_t line) {
  const bool turned = r.one > r.two;
  if (turned) {
    std::swap(r.one, r.two);
    std::swap(r.level[0], r.level[1]);
    std::swap(r.side[0], r.side[1]);
    std::swap(r.began[0], r.began[1]);
  }
  auto [it, fresh] = pairs[r.conflict].try_emplace({r.one, r.two});
  Pair& p = it->second;
  if (fresh) p = {r.one, r.two, r.year, r.year, r.level, r.side, r.began, {}, line};
  p.told[turned] = true;
  p.first = std::min(p.first, r.year);
  p.last = std::max(p.last, r.year);
  for (size_t i = 0; i < 2; ++i) {
    p.level[i] = std::max(p.level[i], r.level[i]);
    p.began[i] = p.began[i] || r.began[i];
  }
}

bool in_system(const States& states, int64_t code, Instant from, Instant until) {
  const auto it = states.find(code);
  return it != states.end() && std::any_of(it->second.in_system.begin(), it->second.in_system.end(),
                                           [&](const Spell& s) { return s.from < until && from < s.until; });
}

// States that the list does not have can not be told of.
bool known(const States& states, const Pair& p, const std::string& file, Report& report) {
  bool all = true;
  for (const int64_t code : {p.a, p.b}) {
    if (!states.contains(code)) {
      report.met(Trap::actor_not_listed, file, p.line, std::to_string(code));
      all = false;
    } else if (!in_system(states, code, first_of(p.first, 1, 1), first_of(p.first + 1, 1, 1))) {
      report.met(Trap::not_in_system, file, p.line, fmt::format("{} in {}", code, p.first));
    }
  }
  return all;
}

void note_pair(const Pair& p, const std::string& file, Report& report) {
  if (!p.told[0] || !p.told[1])
    report.met(Trap::one_direction, file, p.line, fmt::format("{} and {}", p.a, p.b));
}

// How many states each state faces by a year, in one conflict.
class Opponents {
 public:
  explicit Opponents(const std::map<Key, Pair>& pairs) {
    for (const auto& [key, p] : pairs) {
      if (p.side[0] == p.side[1]) continue;
      years_[p.a].push_back(p.first);
      years_[p.b].push_back(p.first);
    }
    for (auto& [code, years] : years_) std::sort(years.begin(), years.end());
  }
  int64_t of(int64_t code, int64_t year) const {
    const auto& years = years_.at(code);
    return std::upper_bound(years.begin(), years.end(), year) - years.begin();
  }

 private:
  std::map<int64_t, std::vector<int64_t>> years_;
};

namespace disputes_file {
enum Column : size_t { number, styear, stmon, maxdur };
constexpr std::string_view names[] = {"dispnum", "styear", "stmon", "maxdur"};
}  // namespace disputes_file
namespace pairs_file {
enum Column : size_t { number, one, two, year, sidea1, sidea2, hostlev1, hostlev2, orig1, orig2 };
constexpr std::string_view names[] = {"dispnum", "ccode1",   "ccode2",   "year",  "sidea1",
                                      "sidea2",  "hostlev1", "hostlev2", "orig1", "orig2"};
}  // namespace pairs_file
namespace wars_file {
enum Column : size_t { number, one, two, year, sidea1, sidea2, initiator1, initiator2 };
constexpr std::string_view names[] = {"warnum", "ccode1", "ccode2",     "year",
                                      "sidea1", "sidea2", "initiator1", "initiator2"};
}  // namespace wars_file

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
    Row r;
    r.conflict = rows.within(number, 1, most_number);
    r.one = rows.within(one, 1, most_code);
    r.two = rows.within(two, 1, most_code);
    if (r.one == r.two) rows.wrong(two, "a state has a dispute with itself");
    r.year = rows.within(year, first_year, last_year);
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

namespace {

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
    Row r;
    r.conflict = rows.within(number, 1, most_number);
    r.one = rows.within(one, 1, most_code);
    r.two = rows.within(two, 1, most_code);
    if (r.one == r.two) rows.wrong(two, "a state is at war with itself");
    r.year = rows.within(year, first_year, last_year);
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
