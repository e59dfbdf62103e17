// SPDX-License-Identifier: Apache-2.0
// Random instruments: their life, parties, roles, bodies, articles.
#include "run/model_generator.h"

namespace casus::run::test {

Part ModelGenerator::instrument(int index) {
  const Instrument& i = instruments_[static_cast<size_t>(index)];
  Scope s;
  s.instrument = index;
  std::vector<Part> items{force(s), parties()};
  if (chance(1, 2)) items.push_back(parties());
  if (chance(1, 8))
    items.push_back(optional(
        word("party " + lands_.front() + " from " + date() + " as successor of " + lands_.back() + ";")));
  if (chance(1, 6))
    items.push_back(optional(
        list("ends once ", " ",
             {asked_fact(s, 1), optional(word(chance(1, 2) ? "after " + length_of_time() : ""))}, ";")));
  if (chance(1, 8))
    items.push_back(optional(word("provisionally applied from 2023-01-04 until " + date(true) + ";")));
  if (chance(1, 20)) items.push_back(optional(word("draft since 2022-12-01;")));
  if (chance(1, 5)) items.push_back(optional(word("prevails over all other instruments;")));
  for (const std::string& r : i.roles) items.push_back(role(r));
  if (chance(1, 4))
    items.push_back(
        optional(word("reservation by " + one_of(lands_) + " to article " +
                      std::to_string(1 + below(static_cast<uint64_t>(i.articles))) + dates() + ";")));
  for (const std::string& b : i.bodies) items.push_back(body(index, b));
  for (int a = 1; a <= i.articles; ++a) items.push_back(article(index, a));
  if (chance(1, 4)) items.push_back(clause(index, false));
  return optional(list("instrument " + i.name + " {\n", "\n", std::move(items), "\n}"));
}

Part ModelGenerator::force(const Scope& s) {
  switch (below(12)) {
    case 0:
      return optional(list("in force once ", " ",
                           {condition(s, 1), optional(word(chance(1, 2) ? "after " + length_of_time() : ""))},
                           ";"));
    case 1:
      return optional(word("in force from " + early_date() + ";"));
    case 2:
      return word("");
    case 3: {
      Part dated = word("in force from 2022-12-15 until " + date(true) + ";");
      dated.plain = "in force from 2022-12-15;";
      return dated;
    }
    default:
      return optional(word("in force from 2022-12-15;"));
  }
}

Part ModelGenerator::parties() {
  std::vector<Part> names;
  for (const std::string& land : lands_) {
    if (chance(3, 4)) names.push_back(optional(word(land)));
  }
  if (chance(1, 6)) names.push_back(optional(word(one_of(leagues_))));
  if (names.empty()) names.push_back(word(one_of(lands_)));
  return optional(list("party ", ", ", std::move(names), (chance(3, 4) ? "" : dates()) + ";"));
}

Part ModelGenerator::role(const std::string& name) {
  std::vector<Part> names;
  for (const std::string& land : lands_) {
    if (chance(1, 2)) names.push_back(optional(word(land)));
  }
  if (names.empty()) return optional(word("role " + name + ";"));
  return optional(list("role " + name + ": ", ", ", std::move(names), (chance(1, 2) ? "" : dates()) + ";"));
}

// ---- bodies ----

Part ModelGenerator::body(int index, const std::string& name) {
  const Instrument& i = instruments_[static_cast<size_t>(index)];
  std::string members = "party";
  if (!i.roles.empty() && chance(1, 4)) members = one_of(i.roles);
  if (chance(1, 4)) members = one_of(groups_);
  std::vector<Part> items{word("members " + members + ";")};
  if (chance(1, 2)) items.push_back(optional(word("chair " + one_of(lands_) + ";")));
  if (chance(1, 2)) items.push_back(optional(word("votes may change;")));
  std::vector<std::string> rules{"consensus", "unanimity", "simple_majority", "absolute_majority",
                                 "two_thirds"};
  for (int r = 1; r <= 2; ++r) {
    rules.insert(rules.end(), 4, "rule" + std::to_string(r));
    items.push_back(optional(list("rule " + rules.back() + ": ", " ", {rule(2, index)}, ";")));
  }
  for (uint64_t d = 0, n = 1 + below(3); d < n; ++d)
    items.push_back(
        decides(index, rules, {members == "inner" || members == "outer" ? Of::land : Of::actor, -1}));
  return optional(list("body " + name + " {\n", "\n", std::move(items), "\n}"));
}

Part ModelGenerator::decides(int index, const std::vector<std::string>& rules, Type member) {
  variables_ = 0;
  Scope s;
  s.instrument = index;
  const int event = chance(5, 6) ? 0 : 1;
  std::vector<Part> parts{pattern(s, event, Patterns::bind, true), word("by " + one_of(rules))};
  if (chance(3, 4)) parts.push_back(optional(word("within " + length_of_time())));
  if (chance(1, 3)) {
    s.vars.push_back({fresh(), member});
    parts.push_back(optional(phrase({word("recused " + s.vars.back().name + " where"), condition(s, 1)})));
  }
  return optional(list("decides ", " ", std::move(parts), ";"));
}

Part ModelGenerator::rule(int depth, int index) {
  if (depth > 0 && chance(1, 2)) {
    Part out =
        list("(", chance(1, 2) ? " and " : " or ", {rule(depth - 1, index), rule(depth - 1, index)}, ")");
    out.sort = Sort::condition;
    return out;
  }
  if (chance(1, 6)) {
    Part out = list("not (", " ", {rule(0, index)}, ")");
    out.sort = Sort::condition;
    return out;
  }
  constexpr std::string_view orders[] = {">=", ">", "<", "=", "<=", "!="};
  Part out;
  out.sort = Sort::condition;
  const std::string order(one_of(orders));
  if (chance(1, 6)) {
    out.parts = {word("n1 of yes"), word(order),
                 word(chance(1, 2) ? "60 % of n1 of members" : std::to_string(below(9)))};
  } else {
    out.parts = {tally(index), word(order), chance(1, 2) ? tally(index) : word(std::to_string(below(4)))};
  }
  return out;
}

Part ModelGenerator::tally(int index) {
  constexpr std::string_view counts[] = {"yes",    "yes",     "no",     "abstain",
                                         "absent", "present", "voting", "members"};
  const std::string which(one_of(counts));
  const Instrument& i = instruments_[static_cast<size_t>(index)];
  switch (below(6)) {
    case 0:
      return word(which + " from " + (i.roles.empty() || chance(1, 2) ? one_of(groups_) : one_of(i.roles)));
    case 1:
      return word((chance(1, 2) ? "55 % of " : "2 * ") + which);
    case 2:
      return word("(" + which + " - " + std::string(one_of(counts)) + ")");
    default:
      return word(which);
  }
}

// ---- articles ----

Part ModelGenerator::article(int index, int number) {
  std::vector<Part> clauses{clause(index, true)};
  for (uint64_t i = 0, n = below(4); i < n; ++i) clauses.push_back(clause(index, false));
  const Instrument& in = instruments_[static_cast<size_t>(index)];
  if (!in.bodies.empty() && chance(1, 8)) {
    variables_ = 0;
    Scope s;
    s.instrument = index;
    Part act = pattern(s, 0, Patterns::bind);
    clauses.push_back(optional(list(one_of(in.bodies) + " may ", " ",
                                    {std::move(act), word("by simple_majority within 2 d"),
                                     optional(phrase({word("where"), condition(s, 1)}))},
                                    ";")));
  }
  return optional(list("article " + std::to_string(number) + " {\n", "\n", std::move(clauses), "\n}"));
}

}  // namespace casus::run::test
