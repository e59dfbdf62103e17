// SPDX-License-Identifier: Apache-2.0
// Internal to the room: stories made from clauses. A story is a scenario of the model in which the clause stands: events and facts
// that bring its occasion about. Nothing here decides whether it does: the replay shows.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "diff/cast.h"

namespace casus::diff {

using model::Domain;
using model::PatternId;
using model::Value;
using model::VarIndex;

// One of the ways to tell a story: each number gives another sequence of choices, 0 the first of each.
class Choices {
 public:
  explicit Choices(size_t number) : left_(number) {}
  size_t pick(size_t n) {
    if (n < 2) return 0;
    const size_t out = left_ % n;
    left_ /= n;
    return out;
  }
  bool exhausted() const {
    return left_ > 0;
  }  // there were fewer choices than the number asks for: told before

 private:
  size_t left_;
};

// What happens once the occasion is there.
enum class Turn : uint8_t {
  silence,    // nobody does anything, and time passes
  act,        // a bearer does what the clause speaks of
  exception,  // `unless` holds beforehand
  end,        // `until` comes true, or what is to be maintained ends
  all_yes,
  one_no,
  one_abstains,
  all_no,
  no_vote,  // of a motion
};

class Maker {
 public:
  // Events begin on the day after `from`.
  Maker(const Model& m, InstrumentId own, const Cast& cast, Instant from, Choices& choices)
      : m_(m), own_(own), cast_(cast), choices_(choices) {
    begin(from);
  }
  model::Scenario clause(ClauseId id, Turn turn);
  model::Scenario decision(BodyId body, size_t index, Turn turn, EntityId against);

 private:
  // Values of a clause's variables as they are found.
  struct Scene {
    std::vector<model::Type> types;
    std::vector<Value> vars;
    std::vector<std::optional<Domain>> domains;
    std::map<std::pair<VarIndex, uint32_t>, Value> fields;  // of an event that is a variable: its arguments
    std::map<std::pair<VarIndex, uint32_t>, Domain> field_domains;
    std::map<VarIndex, PatternId> told_by;  // of one that is named by `as`
  };
  void begin(Instant from);
  Scene scene(const std::vector<model::Type>& types, PatternId trigger) const;
  void hear(Scene& s, PatternId p) const;

  // maker_facts.cc
  void make_true(Scene& s, ExprId e, bool wanted = true);
  bool settled(Scene& s, ExprId id, bool so);
  void make_fact(Scene& s, const model::Expr& e);
  void compare(Scene& s, const model::Expr& e, bool wanted);
  void quantified(Scene& s, const model::Expr& e);
  void narrow(Scene& s, ExprId e, const Domain& d);
  bool known(const Scene& s, ExprId e) const;
  Value value(Scene& s, ExprId e);
  void assign(Scene& s, ExprId e, Value v);
  Value field(Scene& s, VarIndex var, uint32_t place);
  Value variable(Scene& s, VarIndex var);
  Value some(model::Type type, const std::optional<Domain>& d);
  EntityId somebody(const std::optional<Domain>& d, model::KindId kind);
  std::vector<EntityId> in(const Domain& d) const;
  void give(FactId fact, const std::vector<Value>& args, Value value);

  // maker.cc
  size_t emit(Scene& s, PatternId p);
  size_t emit_variable(Scene& s, VarIndex var);
  size_t put(model::ScenarioEvent e);
  bool occasion(Scene& s, const model::Clause& c);
  bool outcome(Scene& s, const model::Trigger& t);
  void fact_turns(Scene& s, const model::Trigger& t);
  void decide(Scene& s, PatternId p, Turn turn);
  void motion(BodyId body, const model::Decision& d, Scene& s, Turn turn, EntityId against);
  void bearer(Scene& s, const model::Clause& c);
  void act(Scene& s, const model::Clause& c);
  void pass(const model::Clause& c);  // beyond its deadline

  const Model& m_;
  InstrumentId own_;
  const Cast& cast_;
  Choices& choices_;
  model::Scenario out_;
  int64_t now_ = 0;
  std::optional<Instant> given_from_;  // facts that turn true during the story
  std::set<EntityId> used_;
  int depth_ = 0;
};

}  // namespace casus::diff
