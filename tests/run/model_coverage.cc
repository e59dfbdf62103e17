// SPDX-License-Identifier: Apache-2.0
#include "run/model_coverage.h"

#include <array>
#include <string_view>
#include <vector>

namespace casus::run::test {

namespace {

using model::Clause;
using model::Model;

constexpr std::string_view clause_kinds[] = {"obligation", "bring about", "maintenance", "prohibition",
                                             "permission", "power",       "consequence"};
constexpr std::string_view trigger_kinds[] = {"standing", "event", "rejected", "outcome",
                                              "begins",   "ends",  "once",     "otherwise"};
constexpr std::string_view outcomes[] = {"breach of", "performance of", "non_performance of", "release of"};
constexpr std::string_view bearers[] = {"no bearer", "each", "together", "one"};
constexpr std::string_view deadlines[] = {"no deadline", "within", "by", "promptly"};
constexpr std::string_view effects[] = {"counts as",  "begins F",  "ends F",  "set F",   "enters into force",
                                        "terminated", "suspended", "resumes", "succeeds"};
constexpr std::string_view operations[] = {"constant", "variable", "field", "time of", "now",   "fact",
                                           "is kind",  "=",        "!=",    "<",       "<=",    ">",
                                           ">=",       "and",      "or",    "not",     "+",     "-",
                                           "*",        "/",        "minus", "some",    "every", "count of",
                                           "happened", "reading"};

constexpr size_t record_kinds = static_cast<size_t>(RecordKind::fact_ends) + 1;
constexpr size_t reasons = static_cast<size_t>(Reason::not_in_force) + 1;
std::string record_name(size_t kind) {
  return std::string("record ") + name_of(static_cast<RecordKind>(kind));
}
std::string reason_name(size_t reason) {
  return std::string("reason ") + name_of(static_cast<Reason>(reason));
}

struct Trait {
  std::string_view name;
  bool (*has)(const Model& m, const Clause& c);
};
constexpr Trait traits[] = {
    {"under reading", [](const Model&, const Clause& c) { return c.reading.valid(); }},
    {"where at the trigger", [](const Model&, const Clause& c) { return c.where.valid(); }},
    {"where at the act", [](const Model&, const Clause& c) { return c.act_where.valid(); }},
    {"while", [](const Model&, const Clause& c) { return c.while_.valid(); }},
    {"until a condition", [](const Model&, const Clause& c) { return c.until.valid(); }},
    {"until a date", [](const Model&, const Clause& c) { return c.until_instant.has_value(); }},
    {"unless", [](const Model&, const Clause& c) { return c.unless.valid(); }},
    {"from", [](const Model&, const Clause& c) { return c.from.has_value(); }},
    {"except", [](const Model&, const Clause& c) { return !c.bearer.except.empty(); }},
    {"within … of", [](const Model&, const Clause& c) { return c.deadline.anchor.valid(); }},
    {"within months", [](const Model&, const Clause& c) { return c.deadline.within.months != 0; }},
    {"as it deems necessary", [](const Model&, const Clause& c) { return c.discretion; }},
    {"even if late", [](const Model&, const Clause& c) { return c.even_if_late; }},
    {"owed to all parties", [](const Model&, const Clause& c) { return c.owed_to_all; }},
    {"notwithstanding", [](const Model&, const Clause& c) { return !c.prevails_over.empty(); }},
    {"otherwise a norm", [](const Model&, const Clause& c) { return c.otherwise.valid(); }},
    {"otherwise twice",
     [](const Model& m, const Clause& c) { return c.otherwise && m[c.otherwise].otherwise; }},
    {"otherwise breach", [](const Model&, const Clause& c) { return c.breach_word.valid(); }},
    {"takes effect", [](const Model&, const Clause& c) { return !c.takes_effect.zero(); }},
    {"take one of", [](const Model&, const Clause& c) { return c.acts.size() > 1 && c.at_least == 1; }},
    {"take at least 2 of", [](const Model&, const Clause& c) { return c.at_least > 1; }},
    {"decided",
     [](const Model& m, const Clause& c) { return c.trigger.pattern && m[c.trigger.pattern].decided; }},
    {"as", [](const Model& m,
              const Clause& c) { return c.trigger.pattern && m[c.trigger.pattern].as != model::no_var; }},
    {"outside instruments", [](const Model&, const Clause& c) { return !c.instrument.valid(); }},
};

void cover_clause(Coverage& covered, const Model& m, const Clause& c) {
  ++covered[std::string(clause_kinds[static_cast<size_t>(c.kind)])];
  ++covered[std::string(trigger_kinds[static_cast<size_t>(c.trigger.kind)])];
  ++covered[std::string(bearers[static_cast<size_t>(c.bearer.kind)])];
  ++covered[std::string(deadlines[static_cast<size_t>(c.deadline.kind)])];
  if (c.trigger.kind == model::TriggerKind::outcome)
    ++covered[std::string(outcomes[static_cast<size_t>(c.trigger.outcome)])];
  for (const Trait& t : traits) covered[std::string(t.name)] += t.has(m, c);
}

void cover_life(Coverage& covered, const Model& m) {
  for (const model::Instrument& i : m.instruments) {
    covered["draft since"] += i.draft_since.has_value();
    covered["reservation"] += !i.reservations.empty();
    covered["prevails over all"] += i.prevails_over_all;
  }
  for (const model::Body& b : m.bodies) {
    covered["chair"] += b.chair.valid();
    covered["votes may change"] += b.votes_may_change;
    for (const model::Decision& d : b.decisions) covered["recused"] += d.recused.valid();
    for (const model::Decision& d : b.decisions) covered["decision with a condition"] += d.where.valid();
  }
  for (const model::Rule& r : m.rules) {
    covered["rule of parts"] += r.comparisons.size() > 1;
    for (const model::Comparison& c : r.comparisons) {
      for (const model::TallyTerm& t : c.terms) covered["votes from a group"] += t.from.has_value();
      for (const model::TallyTerm& t : c.terms) covered["votes with a weight"] += t.weight.valid();
    }
  }
  for (const model::Fact& f : m.facts) covered["recursive fact"] += f.recursive;
  for (const model::Under& u : m.scenarios.front().under)
    covered["as if in force"] += u.as_if_from.has_value();
  covered["successor of"] += m.successions.size();
  std::array<size_t, std::size(operations)> asked{};
  for (const model::Expr& e : m.exprs) ++asked[static_cast<size_t>(e.op)];
  for (size_t i = 0; i < asked.size(); ++i) covered[std::string(operations[i])] += asked[i];
}

}  // namespace

Coverage nothing_covered() {
  Coverage out;
  for (const auto name : clause_kinds) out[std::string(name)];
  for (const auto name : trigger_kinds) out[std::string(name)];
  for (const auto name : outcomes) out[std::string(name)];
  for (const auto name : bearers) out[std::string(name)];
  for (const auto name : deadlines) out[std::string(name)];
  for (const auto name : effects) out[std::string(name)];
  for (const auto name : operations) out[std::string(name)];
  for (const Trait& t : traits) out[std::string(t.name)];
  for (size_t k = 0; k < record_kinds; ++k) out[record_name(k)];
  for (size_t r = 0; r < reasons; ++r) out[reason_name(r)];
  return out;
}

void cover(Coverage& covered, const Model& m, const Ledger& ledger) {
  std::vector<bool> at_work(m.clauses.size());
  std::array<size_t, record_kinds> kinds{};
  std::array<size_t, reasons> whys{};
  for (const Record& r : ledger.records) {
    ++kinds[static_cast<size_t>(r.kind)];
    ++whys[static_cast<size_t>(r.reason)];
    if (r.clause) at_work[r.clause.index()] = true;
    if (r.kind == RecordKind::defeated || r.kind == RecordKind::clash)
      at_work[static_cast<size_t>(r.extra)] = true;
  }
  for (size_t k = 0; k < record_kinds; ++k) covered[record_name(k)] += kinds[k];
  for (size_t r = 0; r < reasons; ++r) covered[reason_name(r)] += whys[r];
  for (size_t i = 0; i < at_work.size(); ++i) {
    if (at_work[i]) cover_clause(covered, m, m.clauses[i]);
    for (const model::Effect& e : m.clauses[i].effects)
      ++covered[std::string(effects[static_cast<size_t>(e.kind)])];
  }
  cover_life(covered, m);
}

}  // namespace casus::run::test
