// SPDX-License-Identifier: Apache-2.0
#include "imports/dyads.h"

#include <fmt/format.h>

#include <algorithm>

namespace casus::imports {

namespace {

using Spells = std::map<uint32_t, std::vector<Spell>>;  // by entity

// When a relation of the instrument holds, by its first argument.
Spells spells_of(const std::vector<const model::GivenFact*>& givens, model::FactId fact) {
  Spells out;
  for (const model::GivenFact* g : givens) {
    if (g->fact == fact && g->value == 1)
      out[static_cast<uint32_t>(g->args[0])].push_back({g->from, g->until});
  }
  return out;
}

// Codes of entities, by the fact `cow_code`.
std::map<uint32_t, int64_t> codes_of(const model::Model& m) {
  std::map<uint32_t, int64_t> out;
  for (const model::GivenFact& g : m.givens) {
    if (m[g.fact].name == "cow_code") out[static_cast<uint32_t>(g.args[0])] = g.value;
  }
  return out;
}

constexpr Owed bit(size_t obligation) { return static_cast<Owed>(1u << obligation); }

class Derivation {
 public:
  Derivation(const model::Model& m, int first_year, int last_year)
      : m_(m), codes_(codes_of(m)), first_(first_year), last_(last_year) {
    for (const model::GivenFact& g : m.givens) {
      if (g.instrument) givens_[g.instrument.value].push_back(&g);
    }
  }

  PairYears run() {
    for (size_t i = 0; i < m_.instruments.size(); ++i) instrument(model::InstrumentId(i));
    return std::move(out_);
  }

 private:
  void instrument(model::InstrumentId id) {
    const auto& givens = givens_[id.value];
    const Spells parties = spells_of(givens, model::fact_party);
    const Spells in_force = spells_of(givens, model::fact_in_force);
    if (in_force.empty()) return;
    for (const model::ClauseId c : m_[id].clauses) {
      const model::Clause& clause = m_[c];
      if (!clause.article || clause.bearer.kind != model::BearerKind::each || !clause.bearer.domain.fact)
        continue;
      const auto name =
          std::find(std::begin(obligation_names), std::end(obligation_names), m_[clause.article].label);
      if (name == std::end(obligation_names)) continue;
      const size_t obligation = static_cast<size_t>(name - std::begin(obligation_names));
      for (const auto& [bearer, bound] : spells_of(givens, clause.bearer.domain.fact)) {
        for (const auto& [partner, member] : parties) {
          if (bearer != partner) pair(bearer, partner, obligation, bound, member, in_force.begin()->second);
        }
      }
    }
  }

  void pair(uint32_t from, uint32_t to, size_t obligation, const std::vector<Spell>& bound,
            const std::vector<Spell>& member, const std::vector<Spell>& in_force) {
    const auto one = codes_.find(from), two = codes_.find(to);
    if (one == codes_.end() || two == codes_.end()) return;
    for (const Spell& a : bound) {
      for (const Spell& b : member) {
        for (const Spell& c : in_force) {
          const Instant begin = std::max({a.from, b.from, c.from}),
                        end = std::min({a.until, b.until, c.until});
          if (begin >= end) continue;
          const int begin_year = std::max(first_, year_of(begin));
          const int end_year = end >= first_of(last_ + 1, 1, 1) ? last_ : year_of(Instant{end.ms - 1});
          for (int year = begin_year; year <= end_year; ++year)
            out_[{one->second, two->second, year}] |= bit(obligation);
        }
      }
    }
  }

  const model::Model& m_;
  std::map<uint32_t, int64_t> codes_;
  std::map<uint32_t, std::vector<const model::GivenFact*>> givens_;
  int first_, last_;
  PairYears out_;
};

enum Column : size_t { one, two, year, defense, offense, neutral, nonagg, consul };
constexpr std::string_view columns[] = {"ccode1",       "ccode2",       "year",        "atop_defense",
                                        "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul"};

}  // namespace

PairYears owed_under(const model::Model& model, int first_year, int last_year) {
  return Derivation(model, first_year, last_year).run();
}

PairYears read_pair_years(DataFile file, Report& report, evidence::RejectSink& rejects,
                          std::optional<Failure>& failure) {
  PairYears out;
  Rows rows(std::move(file), columns, report, rejects);
  while (rows.next()) {
    PairYear key{rows.within(one, 1, most_code), rows.within(two, 1, most_code),
                 rows.within(year, 1500, 2998)};
    Owed owed = 0;
    for (size_t i = 0; i < obligations; ++i) {
      const int64_t value = rows.number(defense + i).value_or(0);
      if (value > 1) rows.wrong(defense + i, "it is neither 0 nor 1");
      if (value == 1) owed |= bit(i);
    }
    if (!rows.take()) continue;
    if (owed == 0) rows.met(Trap::no_obligation, year);
    out[key] |= owed;
  }
  for (const auto& [key, owed] : out) {
    if (!out.contains({key.to, key.from, key.year}))
      report.met(Trap::one_direction, fmt::format("{} to {}, {}", key.from, key.to, key.year));
  }
  failure = rows.failure();
  return out;
}

States states_of(const model::Model& m) {
  States out;
  const auto codes = codes_of(m);
  for (const auto& [entity, code] : codes) out[code].title = m.entities[entity].title;
  for (const model::GivenFact& g : m.givens) {
    if (m[g.fact].name != "in_state_system") continue;
    const auto code = codes.find(static_cast<uint32_t>(g.args[0]));
    if (code != codes.end()) out[code->second].in_system.push_back({g.from, g.until});
  }
  return out;
}

namespace {

// What a side knows of pairs beyond single years: ever allied, in either direction; ever owing each obligation.
class Side {
 public:
  explicit Side(const PairYears& all) : all_(all) {
    for (const auto& [key, owed] : all) ever_[{key.from, key.to}] |= owed;
  }
  Owed at(const PairYear& key) const {
    const auto it = all_.find(key);
    return it == all_.end() ? 0 : it->second;
  }
  bool allied(const PairYear& key) const { return at(key) != 0 || at({key.to, key.from, key.year}) != 0; }
  Owed ever(int64_t from, int64_t to) const {
    const auto it = ever_.find({from, to});
    return it == ever_.end() ? 0 : it->second;
  }

 private:
  const PairYears& all_;
  std::map<std::pair<int64_t, int64_t>, Owed> ever_;
};

// Why `other` does not have the obligation: the classes of one side lie in one order, beginning with `first`.
Difference why_missing(const Side& other, const PairYear& key, Owed mask, Difference first) {
  const auto nth = [first](unsigned n) { return static_cast<Difference>(static_cast<unsigned>(first) + n); };
  if (other.ever(key.from, key.to) == 0 && other.ever(key.to, key.from) == 0) return nth(0);
  if ((other.at({key.to, key.from, key.year}) & mask) != 0) return nth(1);
  if (other.allied(key)) return nth(2);
  if (((other.at({key.from, key.to, key.year - 1}) | other.at({key.from, key.to, key.year + 1})) & mask) != 0)
    return nth(3);
  return (other.ever(key.from, key.to) & mask) != 0 ? nth(4) : nth(5);
}

bool in_system(const States& states, int64_t code, int64_t year) {
  const auto it = states.find(code);
  if (it == states.end()) return false;
  return std::any_of(it->second.in_system.begin(), it->second.in_system.end(), [&](const Spell& s) {
    return s.from < first_of(year + 1, 1, 1) && first_of(year, 1, 1) < s.until;
  });
}

}  // namespace

void compare_pair_years(const PairYears& model, const PairYears& table, const States& states, Comparison& out,
                        std::string* each) {
  const Side ours(model), theirs(table);
  const bool know_system =
      std::any_of(states.begin(), states.end(), [](const auto& s) { return !s.second.in_system.empty(); });
  if (each) *each = "from,to,year,obligation,in,class\n";
  const auto compare = [&](const PairYear& key, Owed mine, Owed their) {
    out.pair_years_in_both += mine != 0 && their != 0;
    out.pair_years_alike += mine != 0 && mine == their;
    for (size_t i = 0; i < obligations; ++i) {
      const Owed mask = bit(i);
      if (((mine | their) & mask) == 0) continue;
      Comparison::Tally& t = out.tallies[i];
      if ((mine & their & mask) != 0) {
        ++t.both;
        continue;
      }
      const bool model_only = (mine & mask) != 0;
      ++(model_only ? t.model_only : t.table_only);
      Difference d;
      if (model_only && know_system &&
          !(in_system(states, key.from, key.year) && in_system(states, key.to, key.year)))
        d = Difference::model_not_in_system;
      else if (model_only)
        d = why_missing(theirs, key, mask, Difference::model_pair_unknown);
      else if (key.year > out.model_last_year)
        d = Difference::table_after_coverage;
      else
        d = why_missing(ours, key, mask, Difference::table_pair_unknown);
      Comparison::Class& c = out.classes[static_cast<size_t>(d)];
      ++c.by[i];
      if (c.count++ % 997 == 0 && c.examples.size() < 3)  // not three of one alliance
        c.examples.push_back(
            fmt::format("{} to {}, {}, {}", key.from, key.to, key.year, obligation_names[i]));
      if (each)
        *each += fmt::format("{},{},{},{},{},{}\n", key.from, key.to, key.year, obligation_names[i],
                             model_only ? "model" : "table", differences[static_cast<size_t>(d)].name);
    }
  };
  auto a = model.begin();
  auto b = table.begin();
  while (a != model.end() || b != table.end()) {
    if (b == table.end() || (a != model.end() && a->first < b->first)) {
      compare(a->first, a->second, 0);
      ++a;
    } else if (a == model.end() || b->first < a->first) {
      compare(b->first, 0, b->second);
      ++b;
    } else {
      compare(a->first, a->second, b->second);
      ++a, ++b;
    }
  }
  out.model_pair_years = model.size();
  out.table_pair_years = static_cast<uint64_t>(
      std::count_if(table.begin(), table.end(), [](const auto& t) { return t.second != 0; }));
}

Comparison compare_with_table(const model::Model& model, DataFile table, evidence::RejectSink& rejects,
                              std::optional<Failure>& failure, std::string* each) {
  Comparison out;
  const PairYears theirs = read_pair_years(std::move(table), out.report, rejects, failure);
  if (failure || theirs.empty()) return out;
  const auto [first, last] = std::minmax_element(
      theirs.begin(), theirs.end(), [](const auto& x, const auto& y) { return x.first.year < y.first.year; });
  out.first_year = static_cast<int>(first->first.year);
  out.last_year = static_cast<int>(last->first.year);
  // The last date of anybody's entry or exit: what came after is not in the model's data.
  for (const model::GivenFact& g : model.givens) {
    if (g.fact != model::fact_party) continue;
    for (const Instant t : {g.from, g.until}) {
      if (t != Instant::far_past() && t != Instant::far_future())
        out.model_last_year = std::max(out.model_last_year, year_of(t));
    }
  }
  out.model_last_year = std::min(out.model_last_year, out.last_year);
  compare_pair_years(owed_under(model, out.first_year, out.model_last_year), theirs, states_of(model), out,
                     each);
  return out;
}

}  // namespace casus::imports
