// SPDX-License-Identifier: Apache-2.0
#include "imports/states.h"

#include <algorithm>

#include "base/check.h"
#include "syntax/tree.h"

namespace casus::imports {

namespace {

enum Column : size_t { abbreviation, code, name, styear, stmonth, stday, endyear, endmonth, endday };
constexpr std::string_view columns[] = {"stateabb", "ccode",   "statenme", "styear", "stmonth",
                                        "stday",    "endyear", "endmonth", "endday"};

}  // namespace

std::string state_name(int64_t code) { return "cow_" + std::to_string(code); }

std::string state_title(const States& states, int64_t code) {
  const auto it = states.find(code);
  return it == states.end() || it->second.title.empty() ? "state " + std::to_string(code) : it->second.title;
}

std::string text_literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  }
  return out + "\"";
}

std::string dates(Instant from, Instant until) {
  std::string out;
  if (from != Instant::far_past()) out += " from " + day_words(from);
  if (until != Instant::far_future()) out += " until " + day_words(until);
  return out;
}

Result<std::string> canonical(std::string text) {
  constexpr size_t most = size_t{14} << 20;  // so many bytes are fewer tokens than the parser takes
  if (text.size() > most)
    return Failure{
        "the data makes a model of more than " + std::to_string(most >> 20) + " MiB, which no model may be",
        "import it in parts"};
  Sources sources;
  Diagnostics diagnostics;
  const SourceId id = sources.add("generated.casus", std::move(text));
  const syntax::Tree tree = syntax::parse(id, sources, diagnostics);
  CASUS_CHECK(!diagnostics.has_errors(), diagnostics.all().front().message.c_str());
  return syntax::format(tree, sources);
}

States read_states(DataFile file, Report& report, evidence::RejectSink& rejects,
                   std::optional<Failure>& failure) {
  States states;
  Rows rows(std::move(file), columns, report, rejects);
  struct End {
    int64_t state;
    size_t spell;
    uint64_t line;
  };
  std::vector<End> ends;
  Instant last{INT64_MIN};
  while (rows.next()) {
    const int64_t number = rows.within(code, 1, most_code);
    const Instant from = beginning_of(rows, {styear, stmonth, stday});
    const Instant until = end_of(rows, {endyear, endmonth, endday}, true);
    if (until < from) rows.wrong(endyear, "it ends before it begins");
    if (!rows.take()) continue;
    if (until == Instant::far_future()) rows.met(Trap::year_zero, endyear);
    State& s = states[number];
    s.abbreviation = rows.text(abbreviation);
    s.title = rows.text(name);
    for (const Spell& other : s.in_system) {
      if (from < other.until && other.from < until) rows.met(Trap::spells_overlap, code);
    }
    ends.push_back({number, s.in_system.size(), rows.line()});
    s.in_system.push_back({from, until});
    if (until != Instant::far_future()) last = std::max(last, until);
  }
  // The last day of the file is no end of anything, if many states end on it.
  std::vector<End> at_last;
  std::copy_if(ends.begin(), ends.end(), std::back_inserter(at_last),
               [&](const End& e) { return states[e.state].in_system[e.spell].until == last; });
  if (at_last.size() > 1) {
    for (const End& e : at_last) {
      states[e.state].in_system[e.spell].until = Instant::far_future();
      report.met(Trap::coverage_ends, rows.file(), e.line, day_words(add(last, {0, -ms_per_day})));
    }
  }
  failure = rows.failure();
  return states;
}

}  // namespace casus::imports
