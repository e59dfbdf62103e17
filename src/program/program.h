// SPDX-License-Identifier: Apache-2.0
// The compact tables that the fast engine runs: a model narrowed to one case (instruments under replay, one viewpoint's readings), with
// names gone, conditions flattened, sets as bit masks over actors, and everything an event can touch listed under its type. Built once,
// then read only; any number of engines may share one.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/model.h"

namespace casus::program {

using model::ClauseId;
using model::EntityId;
using model::EventTypeId;
using model::FactId;
using model::InstrumentId;
using model::Value;
using model::VarIndex;

using Node = uint32_t;  // index of an expression node
inline constexpr Node no_node = 0xFFFFFFFFu;

enum class NodeOp : uint8_t {
  constant,  // value
  var,       // a
  field,     // a = child (an occurrence's number), b = parameter: from the remembered occurrences
  time_of,   // a = child: instant of a remembered occurrence
  now,
  fact,     // a = fact slot, b = first child in `children`, n = how many: truth or value
  fact1,    // the same with one argument: b = the child itself
  is_kind,  // a = child, b = kind set
  eq,
  ne,
  lt,
  le,
  gt,
  ge,  // a, b = children
  both,
  either,
  negation,  // a, b
  add,
  sub,
  mul,
  div,
  neg,
  some,
  every,
  count,     // a = quantifier, b = condition (no_node: true); every: b = where, c = has
  happened,  // a = history index, b = first child, n; value = ms within which, or no_value
};
struct ExprNode {
  NodeOp op{};
  uint8_t n = 0;
  uint16_t unused = 0;
  uint32_t a = 0, b = 0, c = 0;
  Value value = 0;
};

enum class StoreKind : uint8_t {
  bits,     // relation over one entity: a bit set over entities
  party,    // party(who, of): a bit set over entities for each instrument
  column,   // function of one entity: a dense column
  matrix,   // relation over two entities, small enough to be dense
  table,    // anything else: a hash table
  derived,  // not stored
};
struct FactSlot {
  StoreKind kind{};
  uint8_t arity = 0;
  bool relation = true;
  uint32_t rules_begin = 0, rules_end = 0;  // derived: in Program::rules
  bool recursive = false;
  std::vector<uint32_t> depends;  // recursive: the stored facts that it rests on
  bool timeless = true;           // recursive: rests on no history and not on the present instant
};

struct DomainPlan {
  enum class Kind : uint8_t { entities, fact, party } kind{};
  uint32_t index = 0;  // entities: kind set; fact: slot; party: the instrument's index
};

enum class StepOp : uint8_t {
  present,   // the argument is given (a bind)
  in_kind,   // index = kind set
  in_fact,   // index = slot of a one-place fact
  in_party,  // index = instrument
  is_value,  // value
  is_var,    // index = variable
  is_expr,   // index = node
};
struct MatchStep {
  StepOp op{};
  uint8_t param = 0;
  uint32_t index = 0;
  Value value = 0;
};
struct Capture {  // variable ← argument (param), or the occurrence's number (0xFE), or its instant (0xFF)
  VarIndex var = 0;
  uint8_t param = 0;
};
inline constexpr uint8_t capture_number = 0xFE, capture_time = 0xFF;
// A frame holds a clause's variables (below model::max_vars), then what is captured of occurrences, so that a duty needs no old occurrence.
inline constexpr uint16_t first_hidden = model::max_vars, frame_limit = 64;

struct PatternPlan {
  EventTypeId event;
  bool decided = false;
  EntityId decided_by;
  std::vector<Capture> captures;  // made first
  std::vector<MatchStep> steps;   // then tested, in order
  std::vector<Capture> content_captures;
  std::vector<MatchStep> content_steps;
  EventTypeId content;  // of propose; none: not asked
  bool has_content = false;
};

struct FactPatternPlan {
  uint32_t slot = 0;
  std::vector<Capture> captures;
  std::vector<MatchStep> steps;
};

struct ActPlan {
  PatternPlan pattern;
  int by = -1;          // parameter that must be the bearer; -1: the pattern says who, asked for each bearer
  bool by_key = false;  // an act by the bearer with this key is the one: nothing else is asked of it
  std::vector<uint8_t> key_params;  // arguments fixed at birth: the index of live duties is keyed by them
  std::vector<Node> key_values;     // and how their values are had at birth
};

struct EffectPlan {
  model::EffectKind kind{};
  EventTypeId event;
  uint32_t slot = 0;
  std::vector<Node> args;  // no_node: not given
  Node value = no_node;
};

// One clause of the model; the index in Program::clauses is the ClauseId.
struct ClausePlan {
  bool active = false;  // in the case, under its readings
  model::ClauseKind kind{};
  InstrumentId instrument;
  Value instrument_entity = 0;  // when there is one
  model::TriggerKind trigger_kind{};
  PatternPlan trigger;  // event triggers; the content of rejected motions
  FactPatternPlan fact_trigger;
  model::OutcomeKind outcome{};
  VarIndex outcome_var = model::no_var;
  std::vector<MatchStep> outcome_steps;  // over the bearer as argument 0
  Node moment = no_node;                 // becomes_true
  Node where = no_node;

  model::BearerKind bearer_kind{};
  DomainPlan domain;
  Node bearer = no_node;
  VarIndex bearer_var = model::no_var;
  std::vector<Node> except;
  bool alike =
      false;  // nothing is asked of each bearer by itself: no reservation, no condition, no exception that names the bearer
  uint16_t model_vars = 0;  // the first so many are the clause's own trigger variables: what LiveDuty shows
  std::vector<VarIndex> stored;  // frame variables that an instance keeps
  std::vector<ActPlan> acts;
  uint32_t at_least = 1;
  Node act_where = no_node;
  Node condition = no_node;
  Node while_ = no_node, until = no_node, unless = no_node;
  int64_t from = INT64_MIN, until_instant = INT64_MAX;
  model::DeadlineKind deadline{};
  Duration within;
  Node anchor = no_node;
  int64_t by = 0;
  bool discretion = false;
  bool even_if_late = false;
  ClauseId otherwise;
  uint8_t heard = 0;  // bits: outcomes on which some clause is triggered
  Duration takes_effect;
  std::vector<EffectPlan> effects;
  Duration after;
  bool of_event = false;
  bool final_clause =
      false;  // applies before its instrument's entry into force: semantics §10 "Consequences"
  std::vector<uint32_t> reservations;   // in Program::reservations
  std::vector<ClauseId> prevails_over;  // every prohibition in the case that it prevails over, sorted
  bool is_duty() const {
    return kind == model::ClauseKind::obligation || kind == model::ClauseKind::bring_about ||
           kind == model::ClauseKind::maintenance;
  }
  bool standing() const { return trigger_kind == model::TriggerKind::none; }
};

struct ReservationPlan {
  EntityId party;
  int64_t from = INT64_MIN, until = INT64_MAX;  // [from, until)
};

struct ActUse {  // act number `act` of clause `clause`
  ClauseId clause;
  uint32_t act = 0;
};

// An act that performs a duty, with what is asked of every occurrence, close together.
struct DutyUse {
  ClauseId clause;
  uint32_t act = 0;
  bool by_bearer = false;  // ActPlan::by is given
  bool by_key = false;     // as in ActPlan
  bool quiet = false;      // one such act performs the duty, and nobody waits for that
  uint8_t keys = 0;
  std::array<uint8_t, model::max_event_params> key_params{};
};

// What may happen when an event of one type occurs; each list in clause order.
struct EventPlan {
  bool institutional = false;
  uint8_t params = 0;
  int by = -1;
  bool remembered = false;
  bool plain = false;        // can not be void, forbidden or remembered: only performs and triggers
  uint8_t event_params = 0;  // bits: parameters that hold an occurrence
  bool single = false;       // `only` is all of `duties`, with by_bearer, by_key and quiet
  DutyUse only;
  std::vector<ActUse> prohibitions;
  std::vector<ActUse> covering;  // permissions, powers and obligations
  std::vector<ActUse> powers;
  std::vector<DutyUse> duties;  // obligations
  std::vector<ClauseId> triggers;
  std::vector<uint32_t> histories;  // `happened` patterns that it may meet
};

// Which clauses to ask again when something changes; each list in clause order.
struct Watch {
  std::vector<ClauseId> duties;   // live duties: conditions, membership
  std::vector<ClauseId> births;   // standing clauses
  std::vector<ClauseId> moments;  // becomes_true
};

struct HistoryPlan {    // one `happened` pattern: remembered by the arguments that it asks for
  PatternPlan pattern;  // steps that need no evaluation; the rest are the key
  std::vector<uint8_t> key_params;
  Watch watch;
};

struct TallyPlan {
  int64_t coefficient = 0;
  uint8_t choices = 0;
  bool everybody = true;  // else only those in `from`
  DomainPlan from;
  bool weighted = false;
  uint32_t weight = 0;  // slot of a column
};
struct ComparisonPlan {
  std::vector<TallyPlan> terms;
  int64_t constant = 0;
  model::Compare compare{};
  bool uniform = true;  // every member counts alike: no `from`, no weights
};
struct RulePlan {
  std::vector<ComparisonPlan> comparisons;
  std::vector<model::RuleNode> nodes;
  uint32_t root = 0;
};
struct DecisionPlan {
  PatternPlan content;
  Node where = no_node;
  uint32_t rule = 0;
  model::DeadlineKind deadline{};
  Duration within;
  Node anchor = no_node;
  int64_t by = 0;
  VarIndex recused_var = model::no_var;
  Node recused = no_node;
};
struct BodyPlan {
  bool active = false;
  EntityId entity;
  InstrumentId instrument;
  DomainPlan members;
  EntityId chair;
  std::vector<DecisionPlan> decisions;
  bool votes_may_change = false;
};

struct DerivedRulePlan {
  Node condition = no_node;  // over a frame of its own: the fact's arguments first
};

struct QuantifierPlan {
  VarIndex var = 0;
  DomainPlan domain;
};

struct Program {
  const model::Model* model = nullptr;  // for names and citations; outlives the program
  std::vector<ExprNode> nodes;
  std::vector<Node> children;
  std::vector<FactSlot> facts;  // the index is the FactId
  std::vector<DerivedRulePlan> rules;
  std::vector<QuantifierPlan> quantifiers;
  std::vector<Node> questions;                      // what compile() was asked to keep besides, in that order
  std::vector<std::vector<uint64_t>> kind_sets;     // bit sets over entities
  std::vector<std::vector<EntityId>> kind_members;  // the same, listed
  std::vector<ClausePlan> clauses;
  std::vector<ReservationPlan> reservations;
  std::vector<EventPlan> events;
  std::vector<Watch> fact_watch;        // by fact
  std::vector<Watch> instrument_watch;  // by instrument: party, in_force, suspended, terminated
  std::vector<std::vector<ClauseId>> begin_triggers, end_triggers;  // by fact
  std::vector<std::vector<ClauseId>> outcome_triggers;              // by clause whose outcome it is
  std::vector<ClauseId> rejected_triggers;
  std::vector<ClauseId> standing;  // standing duties
  std::vector<HistoryPlan> histories;
  std::vector<BodyPlan> bodies;
  std::vector<RulePlan> rule_plans;
  std::vector<uint32_t> actor_bit;  // by entity: its place among actors, or none
  std::vector<EntityId> actors;     // by that place
  std::vector<uint8_t> in_case;     // by instrument
  uint32_t entity_words = 0;        // 64-bit words of a set of entities
  uint32_t actor_words = 0;         // of a set of actors

  static constexpr uint32_t no_bit = 0xFFFFFFFFu;
};

// Cost: linear in the model, but for prevails_over (prohibitions × norms with priority). Deterministic. Precondition: the model
// was resolved without errors.
// `questions`: conditions without variables that somebody will ask of the running state (expectations).
Program compile(const model::Model& model, std::span<const model::Under> under, model::ViewpointId view,
                std::span<const model::ExprId> questions = {});

}  // namespace casus::program
