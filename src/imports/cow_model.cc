// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "imports/cow.h"

namespace casus::imports {

namespace {

constexpr std::string_view head = "// SPDX-License-Identifier: Apache-2.0\n// Written by casus import cow.\n";

namespace majors_file {
enum Column : size_t { code, styear, stmonth, stday, endyear, endmonth, endday };
constexpr std::string_view names[] = {"ccode", "styear", "stmonth", "stday", "endyear", "endmonth", "endday"};
}  // namespace majors_file

namespace capabilities_file {
enum Column : size_t { code, year, milex, milper, irst, pec, tpop, upop, cinc };
constexpr std::string_view names[] = {"ccode", "year", "milex", "milper", "irst",
                                      "pec",   "tpop", "upop",  "cinc"};
constexpr std::string_view facts[] = {"military_expenditure", "military_personnel", "iron_and_steel",
                                      "energy_consumption",   "total_population",   "urban_population"};
}  // namespace capabilities_file

// "0.039697491" in millionths; nothing when it is no such number.
std::optional<int64_t> millionths(std::string_view text) {
  const std::string copy(text);
  char* end = nullptr;
  const double value = std::strtod(copy.c_str(), &end);
  if (copy.empty() || end != copy.c_str() + copy.size() || !(value >= 0 && value <= 1)) return std::nullopt;
  return std::llround(value * 1e6);
}

}  // namespace

std::vector<MajorSpell> read_majors(DataFile file, Report& report, evidence::RejectSink& rejects,
                                    std::optional<Failure>& failure) {
  using namespace majors_file;
  std::vector<MajorSpell> out;
  std::vector<uint64_t> lines;
  Rows rows(std::move(file), names, report, rejects);
  Instant last{INT64_MIN};
  while (rows.next()) {
    const int64_t number = rows.within(code, 1, most_code);
    const Spell spell{beginning_of(rows, {styear, stmonth, stday}),
                      end_of(rows, {endyear, endmonth, endday}, true)};
    if (spell.until < spell.from) rows.wrong(endyear, "it ends before it begins");
    if (!rows.take()) continue;
    out.push_back({number, spell});
    lines.push_back(rows.line());
    if (spell.until != Instant::far_future()) last = std::max(last, spell.until);
  }
  const auto at_last =
      std::count_if(out.begin(), out.end(), [&](const MajorSpell& m) { return m.spell.until == last; });
  for (size_t i = 0; i < out.size() && at_last > 1; ++i) {
    if (out[i].spell.until != last) continue;
    out[i].spell.until = Instant::far_future();
    report.met(Trap::coverage_ends, rows.file(), lines[i]);
  }
  failure = rows.failure();
  return out;
}

Result<std::string> states_model(const States& states, const std::vector<MajorSpell>& majors,
                                 Report& report) {
  std::string out = std::string(head) + "use conflict_data;\n\n";
  uint64_t given = 0;
  for (const auto& [code, s] : states) {
    out += fmt::format("state {} {} {{ cow_code {}; cow_abbreviation {}; }}\n", state_name(code),
                       text_literal(state_title(states, code)), code, text_literal(s.abbreviation));
  }
  out += '\n';
  for (const auto& [code, s] : states) {
    for (const Spell& spell : s.in_system) {
      if (spell.from == spell.until) continue;
      out += fmt::format("given in_state_system({}){};\n", state_name(code), dates(spell.from, spell.until));
      ++given;
    }
  }
  out += '\n';
  for (const MajorSpell& m : majors) {
    if (!states.contains(m.code)) {
      report.met(Trap::actor_not_listed, std::to_string(m.code));
      continue;
    }
    if (m.spell.from == m.spell.until) continue;
    out += fmt::format("given major_power({}){};\n", state_name(m.code), dates(m.spell.from, m.spell.until));
    ++given;
  }
  report.made("states", states.size());
  report.made("spells of states and major powers", given);
  return canonical(std::move(out));
}

Result<std::string> capabilities_model(DataFile file, const States& states, Report& report,
                                       evidence::RejectSink& rejects) {
  using namespace capabilities_file;
  std::string out = std::string(head) + "use cow_states;\nuse conflict_data;\n\n";
  uint64_t given = 0;
  Rows rows(std::move(file), names, report, rejects);
  while (rows.next()) {
    const int64_t number = rows.within(code, 1, most_code);
    const int64_t in = rows.within(year, 1500, 2998);
    std::array<std::optional<int64_t>, std::size(facts)> values;
    for (size_t i = 0; i < values.size(); ++i) values[i] = rows.amount(milex + i);
    const auto share = millionths(rows.text(cinc));
    if (!share && !rows.text(cinc).empty() && rows.text(cinc) != "NA" && rows.text(cinc) != "-9")
      rows.wrong(cinc, "it is no share between 0 and 1");
    if (!rows.take()) continue;
    if (!states.contains(number)) {
      report.met(Trap::actor_not_listed, rows.file(), rows.line(), std::to_string(number));
      continue;
    }
    const std::string when = dates(first_of(in, 1, 1), first_of(in + 1, 1, 1));
    const auto give = [&](std::string_view fact, int64_t value) {
      out += fmt::format("given {}({}) = {}{};\n", fact, state_name(number), value, when);
      ++given;
    };
    for (size_t i = 0; i < values.size(); ++i) {
      if (!values[i]) continue;
      if (*values[i] == 0) rows.met(Trap::zero_may_be_missing, milex + i);
      give(facts[i], *values[i]);
    }
    if (share)
      give("capability_share", *share);
    else
      rows.met(Trap::blank, cinc);
  }
  if (rows.failure()) return *rows.failure();
  report.made("dated facts of capabilities", given);
  return canonical(std::move(out));
}

}  // namespace casus::imports
