// SPDX-License-Identifier: Apache-2.0
// Random conditions, values and patterns.
#include <fmt/format.h>

#include "run/model_generator.h"

namespace casus::run::test {

namespace {

Part as_condition(Part p) {
  p.sort = Sort::condition;
  p.plain = "true";
  return p;
}

// What no narrower than itself may be put in its place would change the types around it.
Part as_value(Part p, std::string plain) {
  if (print(p) != plain) p.plain = std::move(plain);
  return p;
}

}  // namespace

Part ModelGenerator::condition(const Scope& s, int depth) {
  if (depth <= 0 || chance(1, 2)) return as_condition(atom(s, depth));
  if (chance(1, 4))
    return as_condition(phrase({word("not"), list("(", " ", {condition(s, depth - 1)}, ")")}));
  std::vector<Part> parts;
  for (uint64_t i = 0, n = 2 + below(2); i < n; ++i) parts.push_back(condition(s, depth - 1));
  return as_condition(list("(", chance(1, 2) ? " and " : " or ", std::move(parts), ")"));
}

Part ModelGenerator::atom(const Scope& s, int depth) {
  switch (below(12)) {
    case 0:
    case 1:
    case 2:
      return asked_fact(s, depth);
    case 3:
    case 4:
      return comparison(s, depth);
    case 5:
    case 6:
      return list("(", " ", {quantified(s, depth)}, ")");
    case 7:
    case 8:
      return happened(s);
    case 9:
      return life_fact(s, depth);
    case 10:
      return identity(s, depth);
    default:
      if (chance(1, 4)) return word(chance(1, 2) ? "true" : "false");
      return word(chance(1, 2) ? "reading sense = narrow" : "reading sense = wide");
  }
}

// Who somebody is. What is surely a land is no league, and not compared with one.
Part ModelGenerator::identity(const Scope& s, int depth) {
  std::vector<std::string> open;
  for (const Variable& v : s.vars) {
    if (v.type.of == Of::actor) open.push_back(v.name);
  }
  const bool party = s.instrument >= 0 && chance(1, 2);
  if (open.empty() || chance(1, 2)) {
    Part who = value(s, {Of::land, -1}, depth);
    if (chance(1, 2))
      return phrase({std::move(who), word(chance(2, 3) ? "=" : "!="), value(s, {Of::land, -1}, depth)});
    return phrase({std::move(who), word("in"), word(party ? "party" : one_of(groups_))});
  }
  const Part who = word(one_of(open));
  if (chance(1, 3)) return phrase({who, word(chance(1, 2) ? "is land" : "is not league")});
  if (chance(1, 2)) return phrase({who, word(chance(2, 3) ? "=" : "!="), value(s, {Of::actor, -1}, depth)});
  return phrase({who, word("in"), word(party ? "party" : one_of(groups_))});
}

Part ModelGenerator::comparison(const Scope& s, int depth) {
  constexpr std::string_view orders[] = {"=", "!=", "<", "<=", ">", ">="};
  const Part order = word(std::string(one_of(orders)));
  switch (below(6)) {
    case 0:
    case 1:
      return phrase({number(s, depth), order, number(s, 0)});
    case 2: {
      const Part subject = value(s, {Of::length, -1}, depth);
      if (chance(1, 3)) return phrase({subject, word("in 500 m .. 2 km")});
      return phrase({subject, order, literal({Of::length, -1})});
    }
    case 3:
      return phrase(
          {function_of(s, {Of::mood, -1}, depth), word(chance(1, 2) ? "=" : "!="), literal({Of::mood, -1})});
    case 4:
      return phrase({value(s, {Of::land, -1}, depth), word("="), function_of(s, {Of::land, -1}, depth)});
    default: {
      std::string other;
      if (!from_variable(s, {Of::instant, -1}, other)) other = "now";
      return phrase({word(other), word(chance(1, 2) ? "<" : ">="), literal({Of::instant, -1})});
    }
  }
}

Part ModelGenerator::quantified(const Scope& s, int depth) {
  Type member;
  std::string over;
  domain(s, {Of::actor, -1}, member, over);
  if (chance(1, 8)) {
    over = "region";
    member = {Of::region, -1};
  }
  Scope inside = s;
  inside.vars.push_back({fresh(), member});
  const Part head = word(over + " " + inside.vars.back().name);
  switch (below(4)) {
    case 0:
      return phrase({word("some"), head, word("where"), condition(inside, depth - 1)});
    case 1:
      return phrase({word("no"), head, word("where"), condition(inside, depth - 1)});
    case 2:
      return phrase({word("every"), head, optional(phrase({word("where"), condition(inside, depth - 1)})),
                     word("has"), condition(inside, depth - 1)});
    default:
      return phrase({list("(count of ", " ",
                          {head, optional(phrase({word("where"), condition(inside, depth - 1)}))}, ")"),
                     word(chance(1, 2) ? ">=" : "<"), word(std::to_string(1 + below(3)))});
  }
}

Part ModelGenerator::asked_fact(const Scope& s, int depth) {
  std::vector<const Fact*> known;
  for (const Fact& f : facts_) {
    if (f.result.of == Of::truth) known.push_back(&f);
  }
  for (size_t i = 0; i < derived_.size() && static_cast<int>(i) < s.derived; ++i) {
    known.push_back(&derived_[i]);
    known.push_back(&derived_[i]);
  }
  const Fact& f = *one_of(known);
  if (f.params.size() == 2 && chance(1, 3))
    return phrase({value(s, f.params[0], depth - 1), word(f.name), value(s, f.params[1], depth - 1)});
  return fact_call(s, f, depth - 1);
}

Part ModelGenerator::life_fact(const Scope& s, int depth) {
  const std::string of = instrument_name(s);
  switch (below(5)) {
    case 0:
      return list("party(", ", ", {value(s, {Of::actor, -1}, depth), word(of)}, ")");
    case 1:
      return word("in_force(" + of + ")");
    case 2:
      return word("terminated(" + of + ")");
    case 3:
      if (s.instrument >= 0 && !instruments_[static_cast<size_t>(s.instrument)].roles.empty())
        return list(one_of(instruments_[static_cast<size_t>(s.instrument)].roles) + "(", ", ",
                    {value(s, {Of::actor, -1}, depth)}, ")");
      [[fallthrough]];
    default:
      return list("suspended(" + of + ", ", ", ",
                  {chance(1, 3) ? word(of) : value(s, {Of::actor, -1}, depth)}, ")");
  }
}

Part ModelGenerator::happened(const Scope& s) {
  std::vector<std::string> bodies;
  for (const Instrument& i : instruments_) {
    for (const std::string& b : i.bodies) bodies.push_back(b);
  }
  if (chance(1, 20))
    return phrase({list("happened vote(by: ", ", ",
                        {value(s, {Of::actor, -1}, 0), word(chance(1, 2) ? "as: yes" : "as: no")}, ")")});
  Scope past = s;
  const bool decided = !bodies.empty() && chance(1, 4);
  const int event = decided ? 0 : some_event();
  const Part asked = pattern(past, event, Patterns::past);
  if (decided) return phrase({word(one_of(bodies) + " has decided"), asked});
  return phrase(
      {word("happened"), asked, optional(word(chance(1, 2) ? "" : "within " + length_of_time(true)))});
}

// ---- values ----

bool ModelGenerator::fits(Type have, Type want) {
  if (want.of == Of::event) return have.of == Of::event && (want.event < 0 || have.event == want.event);
  if (have.of == want.of) return true;
  return want.of == Of::actor && (have.of == Of::land || have.of == Of::league || have.of == Of::body);
}

// A variable that fits, or a part of an event that is one.
bool ModelGenerator::from_variable(const Scope& s, Type want, std::string& out) {
  std::vector<std::string> known;
  for (const Variable& v : s.vars) {
    if (fits(v.type, want)) known.insert(known.end(), 2, v.name);
    if (v.type.of != Of::event) continue;
    if (want.of == Of::instant) known.push_back(v.name + ".time");
    if (v.type.event < 0) continue;
    for (const Param& p : events_[static_cast<size_t>(v.type.event)].params) {
      if (fits(p.type, want)) known.push_back(v.name + "." + p.label);
    }
  }
  if (known.empty()) return false;
  out = one_of(known);
  return true;
}

Part ModelGenerator::value(const Scope& s, Type want, int depth) {
  if (want.of == Of::count) return number(s, depth);
  std::string known;
  const Part plain = literal(want);
  if (chance(4, 5) && from_variable(s, want, known)) return as_value(word(known), print(plain));
  if (depth > 0 && chance(1, 5)) {
    Part made = function_of(s, want, depth - 1);
    if (!print(made).empty()) return as_value(std::move(made), print(plain));
  }
  if (want.of == Of::instrument) return word(instrument_name(s));
  if (want.of == Of::instant && chance(1, 3)) return word("now");
  return plain;
}

Part ModelGenerator::number(const Scope& s, int depth) {
  const Part plain = literal({Of::count, -1});
  std::string known;
  if (chance(1, 3) && from_variable(s, {Of::count, -1}, known)) return as_value(word(known), print(plain));
  if (chance(1, 12))
    return as_value(list("(-", " ", {function_of(s, {Of::count, -1}, 0)}, ")"), print(plain));
  if (depth <= 0 || chance(1, 3)) return plain;
  if (chance(1, 2)) return as_value(function_of(s, {Of::count, -1}, depth - 1), print(plain));
  if (chance(1, 4)) return as_value(list("count of ", " ", {word(one_of(groups_))}, ""), print(plain));
  constexpr std::string_view signs[] = {" + ", " - ", " * ", " / "};
  Part sum = list("(", std::string(one_of(signs)), {number(s, depth - 1), number(s, depth - 1)}, ")");
  return as_value(std::move(sum), print(plain));
}

Part ModelGenerator::function_of(const Scope& s, Type want, int depth) {
  std::vector<const Fact*> known;
  for (const Fact& f : facts_) {
    if (f.result.of != Of::truth && fits(f.result, want)) known.push_back(&f);
  }
  if (known.empty()) return literal(want);
  return fact_call(s, *one_of(known), depth);
}

Part ModelGenerator::literal(Type want) {
  switch (want.of) {
    case Of::actor:
      if (!leagues_.empty() && chance(1, 6)) return word(one_of(leagues_));
      [[fallthrough]];
    case Of::land:
      return word(one_of(lands_));
    case Of::league:
      return word(leagues_.empty() ? "" : one_of(leagues_));
    case Of::region:
      return word(one_of(regions_));
    case Of::instrument:
      return word(one_of(instruments_).name);
    case Of::count:
      return word(std::to_string(below(6)));
    case Of::length:
      return word(chance(1, 2) ? "500 m" : "2 km");
    case Of::mood:
      return word(chance(1, 2) ? "calm" : "tense");
    case Of::instant:
      return word(date());
    default:
      return word("");
  }
}

std::string ModelGenerator::instrument_name(const Scope& s) {
  if (s.instrument >= 0 && chance(1, 2))
    return chance(1, 2) ? "this" : instruments_[static_cast<size_t>(s.instrument)].name;
  return one_of(instruments_).name;
}

Part ModelGenerator::fact_call(const Scope& s, const Fact& f, int depth) {
  std::vector<Part> args;
  for (Type t : f.params) args.push_back(value(s, t, depth));
  return list(f.name + "(", ", ", std::move(args), ")");
}

// ---- patterns ----

// Somebody of a set that lies within the type.
Part ModelGenerator::domain(const Scope& s, Type within, Type& member, std::string& name) {
  struct Set {
    std::string name;
    Type member;
  };
  std::vector<Set> sets;
  if (within.of == Of::actor) {
    sets.push_back({"actor", {Of::actor, -1}});
    sets.push_back({"league", {Of::league, -1}});
    if (s.instrument >= 0) {
      sets.insert(sets.end(), 4, {"party", {Of::actor, -1}});
      for (const std::string& r : instruments_[static_cast<size_t>(s.instrument)].roles)
        sets.insert(sets.end(), 2, {r, {Of::actor, -1}});
    }
  }
  sets.insert(sets.end(), 3, {"land", {Of::land, -1}});
  for (const std::string& g : groups_) sets.push_back({g, {Of::land, -1}});
  for (const Fact& f : facts_) {
    if (f.params.size() == 1 && f.result.of == Of::truth && fits(f.params[0], within))
      sets.push_back({f.name, f.params[0]});
  }
  const Set& set = one_of(sets);
  member = set.member;
  name = set.name;
  return word(name);
}

// `open`: more is left out, `by` nearly always.
Part ModelGenerator::pattern(Scope& s, int event, Patterns how, bool open) {
  const Event& e = events_[static_cast<size_t>(event)];
  std::vector<Part> args;
  for (const Param& p : e.params) {
    const std::string label = p.label + ": ";
    const bool by = p.label == "by";
    if (open && (by ? chance(9, 10) : chance(1, 2))) continue;
    const uint64_t draw = below(10);
    if (draw < 4) continue;
    const bool entity = p.type.of == Of::actor || p.type.of == Of::land;
    if (draw < 8 && how == Patterns::bind &&
        (entity || p.type.of == Of::event || p.type.of == Of::region || p.type.of == Of::count)) {
      Type member = p.type;
      std::string set = p.type.of == Of::event && p.type.event >= 0
                            ? events_[static_cast<size_t>(p.type.event)].name
                            : type_name(p.type);
      if (entity) domain(s, p.type, member, set);
      if (p.type.of == Of::event && p.type.event < 0) continue;
      if (entity && chance(1, 3)) {
        args.push_back(optional(word(label + set)));
        continue;
      }
      const std::string name = fresh();
      Part arg = word(label + set + " " + name);
      arg.plain = label + (p.type.of == Of::event ? set : type_name(p.type)) + " " + name;
      if (print(arg) == *arg.plain) arg.plain = "";
      args.push_back(std::move(arg));
      s.vars.push_back({name, member});
      continue;
    }
    if (p.type.of == Of::event) {
      std::string known;
      if (from_variable(s, p.type, known)) args.push_back(optional(word(label + known)));
      continue;
    }
    args.push_back(draw == 8 ? optional(word(label + "any"))
                             : optional(list(label, " ", {value(s, p.type, 1)}, "")));
  }
  return list(e.name + "(", ", ", std::move(args), ")");
}

Part ModelGenerator::fact_pattern(Scope& s, const Fact& f) {
  std::vector<Part> args;
  for (Type t : f.params) {
    const uint64_t draw = below(4);
    if (draw == 0) {
      args.push_back(word("any"));
    } else if (draw == 1) {
      args.push_back(value(s, t, 0));
    } else {
      Type member = t;
      std::string set = type_text(t);
      if ((t.of == Of::actor || t.of == Of::land) && chance(1, 2)) domain(s, t, member, set);
      s.vars.push_back({fresh(), member});
      args.push_back(word(set + " " + s.vars.back().name));
    }
  }
  return list(f.name + "(", ", ", std::move(args), ")");
}

}  // namespace casus::run::test
