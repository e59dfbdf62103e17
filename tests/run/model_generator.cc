// SPDX-License-Identifier: Apache-2.0
// A random vocabulary, and a scenario whose instants fall upon, just before and just after deadlines and dates.
#include "run/model_generator.h"

#include <fmt/format.h>

#include <algorithm>

#include "run/random_model.h"

namespace casus::run::test {

Part random_model(uint64_t seed) { return ModelGenerator(seed).model(); }

Part ModelGenerator::model() {
  plan();
  std::vector<Part> items{vocabulary()};
  for (size_t i = 0; i < instruments_.size(); ++i) items.push_back(instrument(static_cast<int>(i)));
  for (uint64_t i = 0, n = below(4); i < n; ++i) items.push_back(clause(-1, false));
  items.push_back(scenario());
  return list("", "\n", std::move(items), "\n");
}

// ---- what there is ----

void ModelGenerator::plan() {
  constexpr std::string_view names[] = {"ALFA", "BRAVO", "CHARLIE", "DELTA", "ECHO"};
  lands_.assign(std::begin(names), std::begin(names) + 3 + below(2) * below(3));
  leagues_ = {"UNION"};
  regions_ = {"NORTH", "SOUTH"};
  groups_ = {"inner", "outer"};
  plan_facts();
  plan_events();
  for (uint64_t i = 0, n = 1 + below(3); i < n; ++i) {
    Instrument in;
    in.name = "P" + std::to_string(i + 1);
    in.articles = static_cast<int>(1 + below(4));
    for (uint64_t r = 0, of = below(3); r < of; ++r)
      in.roles.push_back(fmt::format("role{}{}", i + 1, r + 1));
    if (chance(2, 3)) in.bodies.push_back("B" + std::to_string(i + 1));
    instruments_.push_back(std::move(in));
  }
}

void ModelGenerator::plan_facts() {
  const auto some_type = [this] {
    return Type{chance(2, 3) ? Of::land : chance(2, 3) ? Of::actor : Of::region, -1};
  };
  facts_ = {{"f1", {{Of::land, -1}}},
            {"f2", {{Of::land, -1}, {Of::land, -1}}},
            {"n1", {{Of::actor, -1}}, {Of::count, -1}}};
  for (uint64_t i = 3, n = 4 + below(4); i < n; ++i) {
    Fact f{"f" + std::to_string(i), {}};
    for (uint64_t p = 0, of = below(4); p < of; ++p) f.params.push_back(some_type());
    facts_.push_back(std::move(f));
  }
  constexpr Of results[] = {Of::count, Of::length, Of::mood, Of::land};
  for (uint64_t i = 2, n = 3 + below(3); i < n; ++i) {
    Fact f{"n" + std::to_string(i), {}, {one_of(results), -1}};
    for (uint64_t p = 0, of = below(3); p < of; ++p) f.params.push_back(some_type());
    facts_.push_back(std::move(f));
  }
  for (uint64_t i = 1, n = 1 + below(4); i <= n; ++i) {
    Fact f{"d" + std::to_string(i), {}};
    for (uint64_t p = 0, of = below(3); p < of; ++p)
      f.params.push_back({chance(3, 4) ? Of::land : Of::actor, -1});
    derived_.push_back(std::move(f));
  }
}

// The first two are institutional, and what bodies decide on.
void ModelGenerator::plan_events() {
  constexpr Of types[] = {Of::land,  Of::land, Of::actor, Of::region,
                          Of::count, Of::mood, Of::event, Of::event};
  for (uint64_t i = 0, n = 5 + below(4); i < n; ++i) {
    Event e;
    e.institutional = i < 2;
    e.name = (e.institutional ? "i" : "e") + std::to_string(i + 1);
    e.act = i < 3 || chance(7, 8);
    if (e.act) e.params.push_back({"by", {Of::actor, -1}});
    e.params.push_back({"to", {Of::land, -1}});
    constexpr std::string_view labels[] = {"on", "with"};
    for (uint64_t p = 0, of = below(3); p < of; ++p) {
      Type t{one_of(types), -1};
      if (t.of == Of::event && chance(3, 4)) t.event = static_cast<int>(below(i + 1));
      e.params.push_back({std::string(labels[p]), t});
    }
    if (events_.size() < 3)
      std::erase_if(e.params, [&](const Param& p) { return p.type.event == static_cast<int>(i); });
    events_.push_back(std::move(e));
  }
}

std::string ModelGenerator::type_name(Type t) {
  constexpr std::string_view names[] = {"actor", "land",   "league", "body",    "region", "instrument",
                                        "count", "length", "mood",   "instant", "event",  "truth"};
  return std::string(names[static_cast<size_t>(t.of)]);
}

std::string ModelGenerator::type_text(Type t) const {
  if (t.of == Of::event && t.event >= 0) return "event " + events_[static_cast<size_t>(t.event)].name;
  return type_name(t);
}

// ---- declarations ----

Part ModelGenerator::vocabulary() {
  std::vector<Part> items;
  for (const char* line : {"kind land is actor;", "kind league is actor;", "kind region;",
                           "category mood { calm; tense; }", "quantity length { m; km = 1000 m; }",
                           "reading sense { narrow; wide; }", "viewpoint Narrow { reading sense = narrow; }"})
    items.push_back(optional(word(line)));
  for (const std::string& n : lands_) items.push_back(entity("land", n));
  for (const std::string& n : leagues_) items.push_back(entity("league", n));
  for (const std::string& n : regions_) items.push_back(entity("region", n));
  for (int i = 0; i < 2; ++i) items.push_back(group(i));
  for (const Fact& f : facts_) items.push_back(fact_declaration(f));
  for (size_t i = 0; i < derived_.size(); ++i) {
    for (uint64_t r = 0, n = 1 + below(2); r < n; ++r) items.push_back(derived_rule(static_cast<int>(i)));
  }
  for (const Event& e : events_) items.push_back(event_declaration(e));
  for (uint64_t i = 0, n = 3 + below(8); i < n; ++i) items.push_back(given());
  return list("", "\n", std::move(items), "");
}

Part ModelGenerator::entity(const std::string& kind, const std::string& name) {
  return optional(word(kind + " " + name + ";"));
}

Part ModelGenerator::group(int index) {
  std::vector<Part> members;
  for (const std::string& land : lands_) {
    if (chance(1, 2)) members.push_back(optional(word(land + (chance(1, 2) ? "" : dates()))));
  }
  return optional(
      list("group " + groups_[static_cast<size_t>(index)] + " = { ", ", ", std::move(members), " };"));
}

Part ModelGenerator::fact_declaration(const Fact& f) {
  std::vector<Part> params;
  for (size_t i = 0; i < f.params.size(); ++i)
    params.push_back(word(fmt::format("x{}: {}", i + 1, type_text(f.params[i]))));
  return optional(list("fact " + f.name + "(", ", ", std::move(params),
                       f.result.of == Of::truth ? ");" : ") is " + type_name(f.result) + ";"));
}

// A rule asks for derived facts before its own, and perhaps, without `not`, for its own.
Part ModelGenerator::derived_rule(int index) {
  const Fact& f = derived_[static_cast<size_t>(index)];
  variables_ = 0;
  Scope s;
  s.derived = index;
  std::vector<Part> params;
  for (size_t i = 0; i < f.params.size(); ++i) {
    params.push_back(word(fmt::format("x{}: {}", i + 1, type_text(f.params[i]))));
    s.vars.push_back({"x" + std::to_string(i + 1), f.params[i]});
  }
  Part when = condition(s, 2);
  if (!f.params.empty() && chance(1, 2)) {
    const std::string rest = f.params.size() == 2 ? ", x2" : "";
    const std::string reached = f.params[0].of == Of::land ? "f2(x1, z)" : "n1(z) < n1(x1)";
    const std::string step = f.params.size() == 2 && chance(1, 3) ? f.name + "(x1, z) and " : "";
    const bool doubled = !step.empty() && f.params[1].of == Of::land;
    Part more =
        word("some land z where " + (doubled ? step : reached + " and ") + f.name + "(z" + rest + ")");
    if (chance(1, 3)) more.after = " and not f1(z)";
    when = list("(", " or ", {std::move(when), list("(", " ", {std::move(more)}, ")")}, ")");
    when.sort = Sort::condition;
  }
  return optional(list("derived " + f.name, " ",
                       {list("(", ", ", std::move(params), ")"), word("when"), std::move(when)}, ";"));
}

Part ModelGenerator::event_declaration(const Event& e) {
  std::vector<Part> params;
  for (const Param& p : e.params) params.push_back(word(p.label + ": " + type_text(p.type)));
  Part head = list((e.institutional ? "institutional event " : "event ") + e.name + "(", ", ",
                   std::move(params), ")");
  Part effects = word(";");
  if (chance(1, 2)) {
    Scope s;
    for (const Param& p : e.params) {
      if (p.label != "by") s.vars.push_back({p.label, p.type});
    }
    effects =
        list("{ ", "; ", {optional(effect(s)), optional(chance(1, 3) ? life_effect(s) : effect(s))}, "; }");
    effects.plain = ";";
  }
  return optional(phrase({std::move(head), std::move(effects)}));
}

Part ModelGenerator::given() {
  const Fact& f = one_of(facts_);
  std::vector<Part> args;
  for (Type t : f.params) args.push_back(literal(t));
  std::string rest = f.result.of == Of::truth ? "" : " = " + print(literal(f.result));
  if (chance(3, 4)) rest += dates();
  return optional(list("given " + f.name + "(", ", ", std::move(args), ")" + rest + ";"));
}

// ---- dates and lengths of time ----

namespace {
constexpr std::string_view early_dates[] = {"2022-12-31",        "2023-01-01", "2023-01-05", "2023-01-10",
                                            "2023-01-10T12:00Z", "2023-01-31", "2023-02-01"};
constexpr std::string_view late_dates[] = {"2023-02-10", "2023-02-28", "2023-03-01", "2023-03-31",
                                           "2023-03-31T12:00Z"};
struct Length {
  std::string_view text;
  Duration length;
};
constexpr Length exact_lengths[] = {{"1 d", {0, ms_per_day}},
                                    {"2 d", {0, 2 * ms_per_day}},
                                    {"24 h", {0, ms_per_day}},
                                    {"5 d", {0, 5 * ms_per_day}},
                                    {"1 week", {0, 7 * ms_per_day}},
                                    {"36 h", {0, 36 * ms_per_hour}},
                                    {"1 ms", {0, 1}},
                                    {"0 d", {0, 0}}};
constexpr Length calendar_lengths[] = {
    {"1 month", {1, 0}}, {"1 month 1 d", {1, ms_per_day}}, {"2 months", {2, 0}}};
}  // namespace

std::string ModelGenerator::date(bool late) {
  return std::string(late || chance(1, 3) ? one_of(late_dates) : one_of(early_dates));
}

std::string ModelGenerator::early_date() { return std::string(one_of(early_dates)); }

std::string ModelGenerator::length_of_time(bool exact) {
  return std::string(exact || chance(4, 5) ? one_of(exact_lengths).text : one_of(calendar_lengths).text);
}

std::string ModelGenerator::dates() {
  std::string out;
  if (chance(2, 3)) out += " from " + early_date();
  if (chance(1, 2)) out += " until " + std::string(one_of(late_dates));
  return out;
}

// ---- the scenario ----

Part ModelGenerator::scenario() {
  std::vector<Part> under;
  for (const Instrument& i : instruments_) {
    Part one = word(i.name);
    if (chance(1, 8)) {
      one = word(i.name + " as if in force" + (chance(1, 2) ? "" : " from " + date()));
      one.plain = i.name;
    }
    if (under.empty() || chance(9, 10)) under.push_back(std::move(one));
  }
  for (Part& u : under) {
    if (under.size() > 1 && !u.plain) u = optional(std::move(u));
  }
  std::vector<Part> items{list("under ", ", ", std::move(under), ";"), word("from 2023-01-01;")};
  if (chance(2, 3)) items.push_back(optional(word("until 2023-04-30;")));
  if (chance(1, 2)) items.push_back(optional(word("view Narrow;")));
  if (chance(1, 3)) items.push_back(given());
  stride_ = chance(1, 2) ? ms_per_day : 8 * ms_per_day;
  int64_t at = parse_instant("2023-01-01")->at.ms;
  for (int i = 0, n = static_cast<int>(5 + below(56)); i < n; ++i) {
    at = next_instant(at);
    items.push_back(optional(happening(at, i)));
  }
  return list("scenario random \"A random course of events\" {\n", "\n", std::move(items), "\n}");
}

// At the same instant as the one before; at a date, or where something that was due from an event before may end, or one
// millisecond beside it; or some time later.
int64_t ModelGenerator::next_instant(int64_t now) {
  if (!instants_.empty() && chance(1, 3)) return now;
  int64_t at = 0;
  for (int tries = 0; tries < 4; ++tries) {
    if (chance(1, 3) || instants_.empty()) {
      at = parse_instant(chance(1, 2) ? one_of(late_dates) : one_of(early_dates))->at.ms;
    } else {
      const Duration d = chance(1, 4) ? one_of(calendar_lengths).length : one_of(exact_lengths).length;
      at = add(Instant{instants_[instants_.size() - 1 - below(std::min<size_t>(instants_.size(), 6))]}, d).ms;
    }
    at += static_cast<int64_t>(below(4)) / 2 * (chance(1, 2) ? 1 : -1);
    if (at >= now && at <= now + 2 * stride_) return at;
  }
  return now + static_cast<int64_t>(below(static_cast<uint64_t>(stride_ / ms_per_hour))) * ms_per_hour;
}

Part ModelGenerator::happening(int64_t at, int index) {
  std::vector<std::string> bodies;
  for (const Instrument& i : instruments_) {
    for (const std::string& b : i.bodies) bodies.push_back(i.name + "." + b);
  }
  std::vector<int> motions;
  for (size_t i = 0; i < happened_.size(); ++i) {
    if (happened_[i] == -1) motions.push_back(static_cast<int>(i));
  }
  const std::string when = format_iso(Instant{at}, Precision::millisecond);
  const std::string by = "by: " + (chance(1, 20) ? one_of(leagues_) : one_of(lands_));
  const std::string label = " as o" + std::to_string(index);
  instants_.push_back(at);
  if (!bodies.empty() && chance(1, 7)) {
    const Event& content = events_[chance(5, 6) ? 0 : 1];
    Part args = constants(content.params);
    happened_.push_back(-1);
    return list(when + " propose(" + by + ", in: " + one_of(bodies) + ", motion: " + content.name, " ",
                {std::move(args)}, ")" + label + ";");
  }
  if (!motions.empty() && chance(index - motions.back() < 6 ? 3 : 1, 5)) {
    happened_.push_back(-2);
    const std::string on =
        ", on: o" + std::to_string(motions[motions.size() - 1 - below(std::min<size_t>(motions.size(), 2))]);
    if (chance(1, 8)) return word(when + " close(" + by + on + ");");
    constexpr std::string_view ballots[] = {"yes", "yes", "yes", "no", "abstain"};
    return word(when + " vote(" + by + on + ", as: " + std::string(one_of(ballots)) + ");");
  }
  const int event = some_event();
  const Event& e = events_[static_cast<size_t>(event)];
  Part args = constants(e.params);
  happened_.push_back(event);
  return list(when + " " + e.name, " ", {std::move(args)}, label + ";");
}

// What is named outright; now and then nothing.
Part ModelGenerator::constants(const std::vector<Param>& params) {
  std::vector<Part> args;
  for (const Param& p : params) {
    if (chance(1, 15)) continue;
    if (p.type.of != Of::event) {
      args.push_back(optional(word(p.label + ": " + print(literal(p.type)))));
      continue;
    }
    std::vector<size_t> fitting;
    for (size_t i = 0; i < happened_.size(); ++i) {
      if (happened_[i] == p.type.event || (p.type.event < 0 && happened_[i] >= -1)) fitting.push_back(i);
    }
    if (!fitting.empty()) args.push_back(optional(word(p.label + ": o" + std::to_string(one_of(fitting)))));
  }
  return list("(", ", ", std::move(args), ")");
}

}  // namespace casus::run::test
