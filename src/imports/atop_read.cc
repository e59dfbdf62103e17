// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "imports/atop.h"

namespace casus::imports {

namespace {

constexpr int64_t most_id = 999'999, most_months = 12'000;

namespace alliance_file {
enum Column : size_t { id, begyr, begmo, begday, endyr, endmo, endday, ineffect, length, renewlgt };
constexpr std::string_view columns[] = {"atopid", "begyr",  "begmo",    "begday", "endyr",
                                        "endmo",  "endday", "ineffect", "length", "renewlgt"};
}  // namespace alliance_file

namespace member_file {
enum Column : size_t {
  id,
  member,
  cowsys,
  yrent,
  moent,
  dayent,
  yrexit,
  moexit,
  dayexit,
  ineffect,
  phase,
  wartime,
  cowwar,
  renounce,
  defense,
  offense,
  neutral,
  nonagg,
  consul,
  defcon,
  offcon,
  neucon,
  concon,
  defcoadv,
  defcoloc,
  defcocon,
  defconum,
  defcodem,
  defconpr,
  offcoadv,
  offcoloc,
  offcocon,
  offconum,
  offcodem,
  neucoadv,
  neucoloc,
  neucocon,
  neuconum,
  neucodem,
  neuconpr,
  neucoatt,
  concoadv,
  concoloc,
  concocon,
  concoreq,
  olimob,
  obvary,
  specthrt,
  statthr1,
  statthr2,
  version
};
constexpr std::string_view columns[] = {
    "atopid",   "member",   "cowsys",   "yrent",    "moent",    "dayent",   "yrexit",   "moexit",
    "dayexit",  "ineffect", "phase",    "wartime",  "cowwar",   "renounce", "defense",  "offense",
    "neutral",  "nonagg",   "consul",   "defcon",   "offcon",   "neucon",   "concon",   "defcoadv",
    "defcoloc", "defcocon", "defconum", "defcodem", "defconpr", "offcoadv", "offcoloc", "offcocon",
    "offconum", "offcodem", "neucoadv", "neucoloc", "neucocon", "neuconum", "neucodem", "neuconpr",
    "neucoatt", "concoadv", "concoloc", "concocon", "concoreq", "olimob",   "obvary",   "specthrt",
    "statthr1", "statthr2", "version"};

struct Coded {
  Obligation of;
  Column column;
  Term term;
};
constexpr Coded conditions[] = {{Obligation::defense, defcoadv, Term::adversary},
                                {Obligation::defense, defcoloc, Term::place},
                                {Obligation::defense, defcocon, Term::conflict},
                                {Obligation::defense, defconum, Term::number},
                                {Obligation::defense, defcodem, Term::demand},
                                {Obligation::defense, defconpr, Term::provocation},
                                {Obligation::offense, offcoadv, Term::adversary},
                                {Obligation::offense, offcoloc, Term::place},
                                {Obligation::offense, offcocon, Term::conflict},
                                {Obligation::offense, offconum, Term::number},
                                {Obligation::offense, offcodem, Term::demand},
                                {Obligation::neutrality, neucoadv, Term::adversary},
                                {Obligation::neutrality, neucoloc, Term::place},
                                {Obligation::neutrality, neucocon, Term::conflict},
                                {Obligation::neutrality, neuconum, Term::number},
                                {Obligation::neutrality, neucodem, Term::demand},
                                {Obligation::neutrality, neuconpr, Term::provocation},
                                {Obligation::neutrality, neucoatt, Term::attacked},
                                {Obligation::consultation, concoadv, Term::adversary},
                                {Obligation::consultation, concoloc, Term::place},
                                {Obligation::consultation, concocon, Term::conflict},
                                {Obligation::consultation, concoreq, Term::request}};
struct Marked {
  Obligation of;
  Column owed;
  std::optional<Column> conditional;
};
constexpr Marked coded[] = {{Obligation::defense, defense, defcon},
                            {Obligation::offense, offense, offcon},
                            {Obligation::neutrality, neutral, neucon},
                            {Obligation::nonaggression, nonagg, std::nullopt},
                            {Obligation::consultation, consul, concon}};

bool yes(Rows& rows, size_t column) {
  const int64_t value = rows.number(column).value_or(0);
  if (value > 1) rows.wrong(column, "it is neither 0 nor 1");
  return value == 1;
}

// Conditions of one obligation, and whether they agree with the mark that it is conditional.
void read_duty(Rows& rows, const Marked& mark, bool limits, Duty& duty) {
  duty.owed = yes(rows, mark.owed);
  for (const Coded& c : conditions) {
    if (c.of != mark.of || !yes(rows, c.column)) continue;
    if (duty.owed)
      duty.terms.push_back(c.term);
    else
      rows.met(Trap::condition_without_obligation, c.column);
  }
  if (!duty.owed || !mark.conditional) return;
  const bool marked = yes(rows, *mark.conditional);
  if (limits) duty.terms.push_back(Term::limits);
  if (marked && duty.terms.empty()) {
    duty.terms.push_back(Term::untold);
    rows.met(Trap::condition_not_told, *mark.conditional);
  } else if (!marked && !duty.terms.empty()) {
    rows.met(Trap::condition_not_marked, *mark.conditional);
  }
}

void read_threats(Rows& rows, Member& m) {
  m.threats = {rows.number(statthr1).value_or(0), rows.number(statthr2).value_or(0)};
  if (m.threats[0] == 0) std::swap(m.threats[0], m.threats[1]);
  const int64_t kind = rows.number(specthrt).value_or(0);
  m.threats_are_all = kind == 1 && m.threats[0] != 0 && m.threats[1] == 0;
  if (m.threats[0] != 0) return;
  for (const Duty& d : m.duties) {
    if (std::find(d.terms.begin(), d.terms.end(), Term::adversary) == d.terms.end()) continue;
    rows.met(Trap::adversary_not_named, statthr1);
    return;
  }
}

// When an end is told; `mark` says that it was still in effect.
Instant end_told(Rows& rows, DateColumns date, size_t mark) {
  const Instant until = end_of(rows, date, false);
  const bool in_effect = rows.number(mark, false).value_or(0) == 1;
  if (until != Instant::far_future()) {
    if (in_effect) rows.met(Trap::in_effect_and_ended, mark);
  } else {
    rows.met(in_effect ? Trap::year_zero : Trap::no_end_told, date.year);
  }
  return until;
}

Member read_member(Rows& rows) {
  Member m;
  m.alliance = rows.within(id, 1, most_id);
  m.code = rows.within(member, 1, most_code);
  m.from = beginning_of(rows, {yrent, moent, dayent});
  m.until = end_told(rows, {yrexit, moexit, dayexit}, ineffect);
  if (m.until < m.from) rows.wrong(yrexit, "it leaves before it enters");
  m.phase = rows.number(phase).value_or(0);
  const bool limits = yes(rows, olimob);
  for (const Marked& mark : coded) read_duty(rows, mark, limits, m.duties[static_cast<size_t>(mark.of)]);
  read_threats(rows, m);
  m.renounce = rows.number(renounce).value_or(0);
  if (yes(rows, wartime)) m.war = rows.number(cowwar).value_or(0);
  m.line = rows.line();
  return m;
}

void note_member(Rows& rows, const Member& m) {
  if (m.from == m.until) rows.met(Trap::ends_at_once, yrexit);
  if (rows.number(cowsys, false).value_or(1) == 0) rows.met(Trap::member_not_in_system, cowsys);
  const bool owes = std::any_of(m.duties.begin(), m.duties.end(), [](const Duty& d) { return d.owed; });
  if (rows.number(obvary, false).value_or(0) == 1) rows.met(Trap::varies_by_partner, obvary);
  if (!owes) rows.met(Trap::no_obligation, member);
}

}  // namespace member_file

void read_alliances(DataFile file, Atop& atop, Report& report, evidence::RejectSink& rejects,
                    std::optional<Failure>& failure) {
  using namespace alliance_file;
  Rows rows(std::move(file), columns, report, rejects);
  while (rows.next()) {
    const int64_t number = rows.within(id, 1, most_id);
    Alliance a;
    a.from = beginning_of(rows, {begyr, begmo, begday});
    a.until = member_file::end_told(rows, {endyr, endmo, endday}, ineffect);
    if (a.until < a.from) rows.wrong(endyr, "it ends before it begins");
    a.length = std::min(rows.number(length).value_or(0), most_months);
    a.renewal = std::min(rows.number(renewlgt).value_or(0), most_months);
    a.has_row = true;
    a.line = rows.line();
    if (atop.alliances.contains(number)) rows.wrong(id, "this alliance has a row already");
    if (rows.take()) atop.alliances.emplace(number, std::move(a));
  }
  failure = rows.failure();
}

// Members in order of code, then of time; the order of the file decides between equals.
void sort_members(Alliance& a, const std::string& file, Report& report) {
  std::stable_sort(a.members.begin(), a.members.end(), [](const Member& x, const Member& y) {
    return std::pair(x.code, x.from) < std::pair(y.code, y.from);
  });
  for (size_t i = 1; i < a.members.size(); ++i) {
    const Member& before = a.members[i - 1];
    const Member& m = a.members[i];
    if (before.code == m.code && m.from < before.until)
      report.met(Trap::spells_overlap, file, std::max(before.line, m.line));
  }
}

void settle_dates(Atop& atop, const std::string& alliances, const std::string& members, Report& report) {
  for (auto& [id, a] : atop.alliances) {
    sort_members(a, members, report);
    if (a.members.empty()) report.met(Trap::no_member_rows, alliances, a.line, std::to_string(id));
    if (!a.has_row) {
      report.met(Trap::no_alliance_row, members, a.members.front().line, std::to_string(id));
      a.from = Instant::far_future();
      a.until = Instant::far_past();
      for (const Member& m : a.members) {
        a.from = std::min(a.from, m.from);
        a.until = std::max(a.until, m.until);
      }
    }
    for (const Member& m : a.members) {
      if (m.from < a.from) report.met(Trap::member_before_alliance, members, m.line, std::to_string(id));
      if (m.until > a.until) report.met(Trap::member_after_alliance, members, m.line, std::to_string(id));
    }
  }
}

}  // namespace

Atop read_atop(DataFile alliances, DataFile members, Report& report, evidence::RejectSink& rejects,
               std::optional<Failure>& failure) {
  Atop atop;
  const std::string names[] = {alliances.name, members.name};
  read_alliances(std::move(alliances), atop, report, rejects, failure);
  if (failure) return atop;
  Rows rows(std::move(members), member_file::columns, report, rejects);
  while (rows.next()) {
    Member m = member_file::read_member(rows);
    if (!rows.take()) continue;
    member_file::note_member(rows, m);
    if (atop.version.empty()) atop.version = rows.text(member_file::version);
    atop.alliances[m.alliance].members.push_back(std::move(m));
  }
  failure = rows.failure();
  settle_dates(atop, names[0], names[1], report);
  return atop;
}

}  // namespace casus::imports
