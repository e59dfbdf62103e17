// SPDX-License-Identifier: Apache-2.0
// How random_model() draws: first the vocabulary, then what is said with it. Everything that a construct may name is known
// before the construct is drawn; a scope holds the variables that it sees.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "base/time.h"
#include "run/text_parts.h"

namespace casus::run::test {

class ModelGenerator {
 public:
  explicit ModelGenerator(uint64_t seed) : rng_(seed) {}
  Part model();

 private:
  enum class Of : uint8_t {
    actor,
    land,
    league,
    body,
    region,
    instrument,
    count,
    length,
    mood,
    instant,
    event,
    truth
  };
  struct Type {
    Of of = Of::actor;
    int event = -1;  // which; any, when there is none
  };
  struct Variable {
    std::string name;
    Type type;
  };
  struct Param {
    std::string label;
    Type type;
  };
  struct Event {
    std::string name;
    std::vector<Param> params;
    bool institutional = false;
    bool act = true;  // has a `by`
  };
  struct Fact {
    std::string name;
    std::vector<Type> params;
    Type result{Of::truth, -1};
  };
  struct Instrument {
    std::string name;
    int articles = 0;
    std::vector<std::string> roles, bodies;
  };
  struct Scope {
    int instrument = -1;
    std::vector<Variable> vars;
    int derived = 1000;  // only derived facts below this one are asked
  };
  enum class Patterns : uint8_t { bind, past };

  // model_generator.cc: the vocabulary, the scenario
  Part vocabulary();
  Part fact_declaration(const Fact& f);
  Part derived_rule(int index);
  Part event_declaration(const Event& e);
  Part entity(const std::string& kind, const std::string& name);
  Part group(int index);
  Part given();
  void plan();
  void plan_facts();
  void plan_events();
  Part scenario();
  Part happening(int64_t at, int index);
  Part constants(const std::vector<Param>& params);
  int64_t next_instant(int64_t now);

  // generate_instruments.cc
  Part instrument(int index);
  Part life(int index);
  Part force(const Scope& s);
  Part parties();
  Part role(const std::string& name);
  Part body(int index, const std::string& name);
  Part decides(int index, const std::vector<std::string>& rules, Type member);
  Part rule(int depth, int index);
  Part tally(int index);
  Part article(int index, int number);

  // generate_clauses.cc
  Part clause(int instrument, bool plain_duty);
  Part trigger(Scope& s);
  Part procedure_trigger(Scope& s);
  Part event_trigger(Scope& s, std::string_view word);
  Part outcome_trigger(Scope& s);
  Part fact_trigger(Scope& s);
  Part norm(Scope s, bool standing, int depth, bool duty);
  Part bearer(Scope& s, bool may);
  Part take_of(Scope& s);
  std::vector<Part> modifiers(const Scope& s, const Scope& at_act, char modal, bool act, bool standing,
                              int depth);
  void add_deadline(std::vector<Part>& out, const Scope& s, bool from);
  Part consequence(const Scope& s);
  Part effect(const Scope& s);
  Part life_effect(const Scope& s);
  Part membership_effect(const Scope& s);
  Part counts_as(const Scope& s);
  Part article_ref(const Scope& s);

  // generate_conditions.cc
  Part condition(const Scope& s, int depth);
  Part atom(const Scope& s, int depth);
  Part identity(const Scope& s, int depth);
  Part comparison(const Scope& s, int depth);
  Part quantified(const Scope& s, int depth);
  Part asked_fact(const Scope& s, int depth);
  Part life_fact(const Scope& s, int depth);
  Part happened(const Scope& s);
  Part value(const Scope& s, Type want, int depth);
  Part number(const Scope& s, int depth);
  Part literal(Type want);
  bool from_variable(const Scope& s, Type want, std::string& out);
  Part function_of(const Scope& s, Type want, int depth);
  Part fact_call(const Scope& s, const Fact& f, int depth);
  Part pattern(Scope& s, int event, Patterns how, bool open = false);
  Part fact_pattern(Scope& s, const Fact& f);
  Part domain(const Scope& s, Type within, Type& member, std::string& name);
  std::string instrument_name(const Scope& s);

  uint64_t below(uint64_t n) { return rng_.below(n); }
  bool chance(uint64_t num, uint64_t den) { return rng_.chance(num, den); }
  template <class List>
  const auto& one_of(const List& list) {
    return list[below(std::size(list))];
  }
  // Some more often than others, so that clauses and what happens meet.
  int some_event() {
    return chance(1, 3) ? focus_ : static_cast<int>(chance(1, 2) ? 1 + below(4) : below(events_.size()));
  }
  std::string fresh() { return "v" + std::to_string(++variables_); }
  static bool fits(Type have, Type want);
  static std::string type_name(Type t);
  std::string type_text(Type t) const;
  std::string date(bool late = false);
  std::string early_date();
  std::string length_of_time(bool exact = false);
  std::string dates();  // perhaps a from, perhaps an until

  Rng rng_;
  int variables_ = 0;
  int focus_ = 2;
  std::vector<std::string> lands_, leagues_, regions_;
  std::vector<std::string> groups_;
  std::vector<Fact> facts_;  // stored
  std::vector<Fact> derived_;
  std::vector<Event> events_;
  std::vector<Instrument> instruments_;
  std::vector<int64_t> instants_;  // of the scenario's events so far
  std::vector<int> happened_;      // their event types; -1 for a motion, -2 for a vote or a closing
  int64_t stride_ = 0;
};

}  // namespace casus::run::test
