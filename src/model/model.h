// SPDX-License-Identifier: Apache-2.0
// The resolved model: every name bound, every type and unit checked, all sugar removed. It is what the text means, still in the
// text's own terms; both engines, the lints and the reports read it. Immutable once built. Tables are indexed by typed ids;
// declaration order is kept, and where an engine must choose an order it is the order of these tables.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "text/source.h"

namespace casus::model {

using KindId = Id<struct KindTag>;
using CategoryId = Id<struct CategoryTag>;
using QuantityId = Id<struct QuantityTag>;
using EventTypeId = Id<struct EventTypeTag>;
using FactId = Id<struct FactTag>;
using EntityId = Id<struct EntityTag>;
using InstrumentId = Id<struct InstrumentTag>;
using ArticleId = Id<struct ArticleTag>;
using ClauseId = Id<struct ClauseTag>;
using BodyId = Id<struct BodyTag>;
using RuleId = Id<struct RuleTag>;
using ReadingId = Id<struct ReadingTag>;
using ViewpointId = Id<struct ViewpointTag>;
using SourceRefId = Id<struct SourceRefTag>;
using ScenarioId = Id<struct ScenarioTag>;
using ChoiceId = Id<struct ChoiceTag>;
using ExplorationId = Id<struct ExplorationTag>;
using ExprId = Id<struct ExprTag>;
using PatternId = Id<struct PatternTag>;
using TextId = Id<struct TextTag>;  // interned text
using VarIndex = uint16_t;
inline constexpr VarIndex no_var = 0xFFFF;

// Every value is 64 bits: an entity's id, a count, a quantity in its base unit, an instant's ms, an interned text, a category's
// value number, a truth (0, 1), or an occurrence's number. Static types say which.
using Value = int64_t;
inline constexpr Value no_value = std::numeric_limits<int64_t>::min();

enum class TypeKind : uint8_t { truth, count, quantity, instant, text, category, event, entity };
struct Type {
  TypeKind kind = TypeKind::truth;
  uint32_t id = Id<void>::none_value;  // QuantityId, CategoryId, EventTypeId (none: any event), KindId
  friend bool operator==(const Type&, const Type&) = default;
};

inline constexpr size_t max_event_params = 8;
inline constexpr size_t max_fact_params = 4;
inline constexpr size_t max_vars = 32;
inline constexpr size_t max_acts = 64;  // of one clause: which are done is a bit each

struct Named {
  std::string name;
  std::string title;  // empty when none was given
  Span span;          // the name, where it is declared
};

struct Kind : Named {
  KindId parent;  // none only for `thing`
};
// Built-in kinds, always the first four.
inline constexpr KindId kind_thing{0u}, kind_actor{1u}, kind_body{2u}, kind_instrument{3u};

struct Category : Named {
  std::vector<Named> values;
};
inline constexpr CategoryId category_ballot{0u};  // yes, no, abstain
inline constexpr Value ballot_yes = 0, ballot_no = 1, ballot_abstain = 2;

struct Unit {
  std::string name;
  int64_t factor = 1;  // in base units
};
struct Quantity : Named {
  std::vector<Unit> units;  // the first is the base unit
};

struct Entity : Named {
  KindId kind;
  InstrumentId instrument;  // when it stands for one
  BodyId body;              // when it stands for one
};

struct Param {
  std::string label;
  Type type;
};

struct EventType : Named {
  std::vector<Param> params;
  bool institutional = false;  // has effect only by somebody's power; otherwise it is a brute fact
  uint8_t by = 0xFF;           // index of the parameter labelled `by`; 0xFF when there is none
  bool remembered = false;  // a later expression reads its occurrences' arguments or time: engines keep them
};
// Built-in events, always the first three.
//   propose(by: actor, in: body) with a content (Pattern::content, Occurrence content)
//   vote(by: actor, on: event propose, as: ballot)
//   close(by: actor, on: event propose)
inline constexpr EventTypeId event_propose{0u}, event_vote{1u}, event_close{2u};

enum class FactRole : uint8_t { declared, derived, party, in_force, suspended, terminated, role, group };
struct DerivedRule {
  std::vector<Type> vars;  // the fact's parameters first, then the rule's own
  ExprId condition;
  Span span;
};
struct Fact : Named {
  std::vector<Param> params;
  Type result;  // truth: a relation; else a function with at most one value
  bool contested = false;
  FactRole role = FactRole::declared;
  InstrumentId instrument;         // of a role
  std::vector<DerivedRule> rules;  // of a derived fact: holds when any of them does
  uint32_t stratum =
      0;  // derived facts: rules read only facts of lower strata, or of their own without `not`
  bool recursive = false;
};
// Built-in facts, always the first four.
//   party(who: actor, of: instrument)   in_force(what: instrument)   terminated(what: instrument)
//   suspended(what: instrument, whom: thing): `whom` is the instrument itself when it is suspended for all
inline constexpr FactId fact_party{0u}, fact_in_force{1u}, fact_suspended{2u}, fact_terminated{3u};

// A set of entities: of a kind, or those for which a fact of one place holds (a role, a group), or parties of an instrument.
struct Domain {
  KindId kind;      // set unless `fact` is
  FactId fact;      // fact(x) or, for party, party(x, second)
  EntityId second;  // the instrument, when fact is `party`
};

enum class Op : uint8_t {
  constant,     // value
  var,          // a = variable
  event_field,  // args[0] an occurrence of a known type; a = parameter index
  event_time,   // args[0] an occurrence: when it happened
  now,          // the instant of evaluation
  fact,         // a = FactId, args: truth of a relation or value of a function (no_value when it has none)
  is_kind,      // args[0]; a = KindId
  eq,
  ne,
  lt,
  le,
  gt,
  ge,  // a comparison with no_value is false (ne too)
  logical_and,
  logical_or,
  logical_not,
  add,
  sub,
  mul,
  div,
  neg,  // no_value in, no_value out; division by zero and overflow give no_value
  some,
  every,
  count,  // a = index in Model::quantifiers; args[0] = condition (none: true); every: args[0] where, args[1] has
  happened,          // a = PatternId (no bindings); value = ms within which, or no_value for ever
  reading,           // a = ReadingId, value = option: whether the viewpoint holds it
  chosen,            // a = ChoiceId, value = option: whether the package takes it; gone after choose()
  choice_parameter,  // a = ChoiceId, value = option * 256 + index of its parameter; likewise
};
struct Expr {
  Op op{};
  Type type;
  uint32_t a = 0;
  Value value = 0;
  std::vector<ExprId> args;
  Span span;
};
struct Quantifier {
  VarIndex var = no_var;
  Domain domain;
};

enum class ArgMode : uint8_t { any, bind, match };
struct PatternArg {
  ArgMode mode = ArgMode::any;
  VarIndex var = no_var;  // bind
  std::optional<Domain>
      filter;    // bind: the entity must be in it (a kind wider than the parameter's is left out)
  ExprId match;  // match
};
// Matching: an argument that is missing (no_value) matches only `any`. All binds are made first, then filters and matches tested.
struct Pattern {
  EventTypeId event;
  std::vector<PatternArg> args;  // one for each parameter of the event
  PatternId content;             // of propose
  VarIndex as = no_var;          // the occurrence itself (`as attack`, `it`)
  bool decided = false;          // only when it came about by a body's decision
  EntityId decided_by;           // and by this body (has decided)
  Span span;
};
struct FactPattern {
  FactId fact;
  std::vector<PatternArg> args;
};

enum class OutcomeKind : uint8_t { breach, performance, non_performance, release };
enum class TriggerKind : uint8_t {
  none,         // standing: for as long as the instrument binds
  event,        // pattern
  rejected,     // pattern = content of the motion
  outcome,      // outcome of a duty under one of `targets`; its bearer → outcome_bearer
  fact_begins,  // fact_pattern starts to hold (a relation turns true; a function takes a value)
  fact_ends,
  becomes_true,  // condition turns from false to true
  reparation,    // the otherwise of clause `parent`; has the parent's variables
};
struct Trigger {
  TriggerKind kind = TriggerKind::none;
  PatternId pattern;
  FactPattern fact_pattern;
  OutcomeKind outcome{};
  std::vector<ClauseId> targets;
  PatternArg outcome_bearer;
  ExprId condition;  // becomes_true
  ClauseId parent;   // reparation
};

enum class BearerKind : uint8_t { none, each, together, one };
struct Bearer {
  BearerKind kind = BearerKind::none;
  Domain domain;               // each, together
  ExprId entity;               // one
  VarIndex var = no_var;       // every norm has one: the bearer
  std::vector<ExprId> except;  // entities
};

enum class DeadlineKind : uint8_t { none, within, by, promptly };
// `within enlargement.years years`: so many units as the package says. choose() makes a plain duration of it.
struct OpenDuration {
  ExprId count;
  Duration unit;
};
struct Deadline {
  DeadlineKind kind = DeadlineKind::none;
  Duration within;
  std::optional<OpenDuration> open;  // then `within` is not known before choose()
  ExprId
      anchor;  // within … of X: an instant; none: the trigger's instant (for a reparation, the missed deadline)
  Instant by;  // inclusive
};

enum class EffectKind : uint8_t {
  counts_as,  // event, args
  begin_fact,
  end_fact,
  set_fact,  // fact, args, value
  enters_into_force,
  terminated,  // args[0] = instrument
  suspended,
  resumes,   // args[0] = instrument, args[1] = for whom (none: all)
  succeeds,  // args[0] successor, args[1] predecessor, args[2] instrument
};
struct Effect {
  EffectKind kind{};
  EventTypeId event;
  FactId fact;
  std::vector<ExprId> args;  // an invalid id: argument not given
  ExprId value;
  Span span;
};

struct ClauseRef {  // whom a clause prevails over
  InstrumentId instrument;
  ArticleId article;  // none: every article of it
};

enum class ClauseKind : uint8_t {
  obligation,
  bring_about,
  maintenance,
  prohibition,
  permission,
  power,
  consequence
};
struct Clause {
  ClauseKind kind{};
  InstrumentId instrument;  // none: a rule outside any instrument, always in force
  ArticleId article;        // none: directly in the instrument
  uint32_t number = 1;      // its place in the article, from 1
  Span span;
  std::vector<Named> vars;
  std::vector<Type> var_types;  // same length
  VarIndex trigger_vars =
      0;  // vars below this are bound by the trigger (with `now`, what an instance stores)

  Trigger trigger;
  ExprId where;       // at the trigger
  ReadingId reading;  // only under this reading of the viewpoint
  uint32_t reading_option = 0;
  ExprId only_if;         // only in packages for which this holds: a truth over choices
  bool left_out = false;  // by choose(): `only_if` does not hold in the package

  // norms
  Bearer bearer;
  std::vector<PatternId> acts;  // one; several for `take one of`
  uint32_t at_least = 1;        // how many different acts
  ExprId act_where;             // at the act; sees the act's variables
  ExprId condition;             // maintenance, bring_about
  ExprId while_;                // instance lapses when false; standing norms: asked at the act
  ExprId until;                 // instance is released when true
  ExprId unless;                // no instance when true at the trigger; standing norms: asked at the act
  std::optional<Instant> from;  // not before
  std::optional<Instant> until_instant;  // lapses after this instant
  Deadline deadline;
  bool discretion = false;    // self-judging
  bool even_if_late = false;  // performance after the deadline is still recorded and ends the duty
  bool owed_to_all = false;
  ExprId owed_to;
  std::vector<ClauseRef> prevails_over;
  ClauseId otherwise;     // its reparation, a clause of its own
  TextId breach_word;     // `otherwise breach material`
  Duration takes_effect;  // power: delay of the event's effects

  // consequences
  std::vector<Effect> effects;
  Duration after;
  bool of_event = false;  // stands in an event's own declaration: delayed by the power that was used
};

// ---- bodies ----
enum class Choice : uint8_t { yes = 1, no = 2, abstain = 4, absent = 8 };  // bits
struct TallyTerm {
  int64_t coefficient = 0;
  uint8_t choices = 0;         // bits of Choice: which members it counts
  std::optional<Domain> from;  // only these
  FactId weight;               // sum of this one-place function instead of a count
};
enum class Compare : uint8_t { eq, ne, lt, le, gt, ge };
// Σ terms + constant  (compare)  0, in whole numbers: percentages and fractions are multiplied out.
struct Comparison {
  std::vector<TallyTerm> terms;
  int64_t constant = 0;
  Compare compare{};
};
enum class RuleOp : uint8_t { leaf, both, either, negation };
struct RuleNode {
  RuleOp op{};
  uint32_t leaf = 0;               // index in Rule::comparisons
  std::vector<uint32_t> children;  // indices in Rule::nodes
};
struct Rule : Named {
  std::vector<Comparison> comparisons;
  std::vector<RuleNode> nodes;
  uint32_t root = 0;
};
struct Decision {
  PatternId content;  // which motions; may bind variables for `where` and `recused`
  std::vector<Named> vars;
  std::vector<Type> var_types;
  ExprId where;  // else the body has no power to decide it
  RuleId rule;
  Deadline within;  // anchor none: the proposal
  VarIndex recused_var = no_var;
  ExprId recused;     // members for whom it is true at the proposal take no part: counted as abstaining
  ArticleId article;  // where it stands; may be none
  ExprId only_if;     // as of a clause
  bool left_out = false;
  Span span;
};
struct Body : Named {
  EntityId entity;
  InstrumentId instrument;  // may be none
  Domain members;
  EntityId chair;  // may be none
  std::vector<Decision> decisions;
  bool votes_may_change = false;
};

// ---- instruments ----
enum class Binding : uint8_t { law, politics, none };
struct Wording {
  char mark = 'U';  // V the article's text was read; S a secondary source was read; U unverified
  std::string where;
};
struct Article : Named {
  InstrumentId instrument;
  std::string label;  // "27(3)"
  std::optional<Wording> wording;
  std::vector<SourceRefId> sources;
  std::vector<ClauseId> clauses;
};
struct Reservation {
  EntityId party;
  std::vector<ArticleId> articles;
  Instant from, until;
};
struct Instrument : Named {
  EntityId entity;
  std::string cite;
  Binding binding = Binding::law;
  std::optional<Instant> signed_on, draft_since;
  std::optional<Wording> wording;
  std::vector<SourceRefId> sources;
  std::vector<ArticleId> articles;
  std::vector<ClauseId> clauses;  // all, in order; those of articles too
  std::vector<FactId> roles;
  std::vector<BodyId> bodies;
  std::vector<Reservation> reservations;
  bool prevails_over_all = false;
};

// ---- facts given with dates, assertions, viewpoints ----
struct Assertion {
  std::vector<EntityId> asserted_by, denied_by;
  std::optional<Instant> known;
  TextId source;
};
// A relation (value 1; 0: does not hold) or a function's value, over [from, until).
struct GivenFact {
  FactId fact;
  std::array<Value, max_fact_params> args{no_value, no_value, no_value, no_value};
  Value value = 1;
  Instant from = Instant::far_past();
  Instant until = Instant::far_future();
  InstrumentId
      instrument;  // it is part of this one's life (parties, roles, in force): only where that is under replay
  Assertion assertion;
  Span span;
};
struct SuccessionGiven {  // `party RUS from D as successor of SUN`
  InstrumentId instrument;
  EntityId successor, predecessor;
  Instant at;
};

struct SourceRecord : Named {
  std::vector<std::pair<std::string, std::string>> properties;
};
// In what way somebody claims: as a fact, a position, a demand, a refusal, a condition, an offer, a forecast.
enum class Stance : uint8_t { asserts, holds, demands, refuses, requires_, offers, expects };
inline constexpr std::array<std::string_view, 7> stance_words{"asserts",  "holds",  "demands", "refuses",
                                                              "requires", "offers", "expects"};
struct Claim {
  SourceRefId source;
  std::string number;
  std::vector<EntityId> by;
  std::string speaker;
  std::optional<WrittenInstant> at;
  std::optional<std::pair<uint32_t, uint32_t>> passage;  // characters of the document
  Stance stance = Stance::asserts;
  std::string words;  // our own; may be empty
  bool negated = false;
  FactId fact;
  std::vector<Value> args;
  Value value = 1;  // of a function; of a relation always 1
  Span span;
};
struct Reading : Named {
  InstrumentId instrument;  // may be none
  std::vector<Named> options;
};
struct Viewpoint : Named {
  std::vector<EntityId> accepts;
  std::vector<std::pair<ReadingId, uint32_t>> readings;
  std::vector<GivenFact> holds;  // override what is given
};

// ---- choices: a draft is a family ----
struct ChoiceParameter : Named {
  int64_t low = 0, high = 0, step = 1;  // low, low + step, … up to high
};
struct ChoiceOption : Named {
  std::vector<ChoiceParameter> parameters;
};
struct DraftChoice : Named {
  InstrumentId instrument;  // may be none
  std::vector<ChoiceOption> options;
};
// What a package says of one choice.
struct Chosen {
  ChoiceId choice;
  uint32_t option = 0;
  std::vector<int64_t> parameters;  // one for each of the option's; empty: not said (every value)
  friend bool operator==(const Chosen&, const Chosen&) = default;
};
using Package = std::vector<Chosen>;  // in order of choice

// ---- scenarios ----
struct Under {
  InstrumentId instrument;
  std::optional<Instant> as_if_from;  // replayed as if in force from then on
};
struct ScenarioEvent {
  WrittenInstant at;
  EventTypeId event;
  std::array<Value, max_event_params>
      args{};           // constants; an event reference is the index of an earlier ScenarioEvent
  EventTypeId content;  // of propose
  std::array<Value, max_event_params> content_args{};
  std::string label;
  Assertion assertion;
  Span span;
};
enum class Verdict : uint8_t {
  duty,
  fulfilled,
  breach,
  unperformed,
  released,
  lapsed,
  suspended,
  pending,
  void_act,
  adopted,
  rejected,
  holds,
  late
};
// How things stand, and not something that happens once.
inline bool is_state(Verdict v) {
  return v == Verdict::duty || v == Verdict::pending || v == Verdict::suspended;
}
struct Expectation {
  Verdict verdict{};
  ViewpointId as;
  std::optional<WrittenInstant> at;
  bool never = false;
  EntityId bearer;          // none: anybody
  InstrumentId instrument;  // none: any
  ArticleId article;        // none: any
  EntityId to;
  EventTypeId act;     // void(of: denounce)
  std::string motion;  // label of the event that proposed it
  ExprId condition;    // holds
  TextId source;       // where it is known from that it was so; may be none
  Span span;
};
struct Scenario : Named {  // title is its story
  std::vector<Under> under;
  std::optional<WrittenInstant> from, until;
  ViewpointId view;
  Package with;                          // what it says of choices
  std::vector<std::string> event_files;  // as written
  std::vector<GivenFact> givens;
  std::vector<ScenarioEvent> events;  // in the order of the file
  std::vector<Expectation> expectations;
};

// ---- explorations: every course of the events that may happen ----
// One argument of an event that may happen.
struct MayArg {
  enum class Kind : uint8_t {
    missing,     // not given
    value,       // this one
    in_domain,   // any entity of a kind, a role, a group, the parties of an instrument
    any_value,   // every value of the parameter's type: of a category, of the entities of its kind
    occurrence,  // any earlier occurrence of `event` (none: of any that fits); of a motion: with this content
  } kind = Kind::missing;
  Value value = no_value;
  Domain domain;
  EventTypeId event;
  VarIndex var = no_var;  // a name for `where`
};
struct MayHappen {
  EventTypeId event;
  std::vector<MayArg> args;  // one for each parameter of the event
  EventTypeId content;       // of propose
  std::vector<MayArg> content_args;
  std::vector<Named> vars;
  std::vector<Type> var_types;
  ExprId where;  // only such; over `vars`, asked in the state before the event
  Span span;
};
enum class PropertyMode : uint8_t { never, always, possible, eventually };
// Properties that every arrangement is asked about.
enum class StandardProperty : uint8_t {
  none,
  obliged_and_forbidden,   // no party both obliged and forbidden
  breach_has_consequence,  // every breach has a consequence
  protected_has_duty,      // every protected party is owed a hard duty [within D]
  single_blocker,          // no single party can block
  guarantors_fight,        // no two guarantors bound to fight each other
  motion_in_time,          // every motion can be adopted in time
  duty_can_be_kept,        // every duty can lawfully be kept
};
struct Property {
  PropertyMode mode = PropertyMode::never;
  StandardProperty standard = StandardProperty::none;
  ExprId condition;                    // a truth without variables, or
  std::optional<Expectation> verdict;  // what is recorded, or which duty is live (duty, pending, suspended)
  EventTypeId content;                 // of `adopted`, `rejected`: motions with this content
  std::optional<Duration> within;      // of `eventually`, and of protected_has_duty
  bool at_the_end = false;             // asked when the time is over, not before
  std::string words;                   // as written, blanks made one
  Span span;
};
struct Exploration : Named {  // title is its question
  Scenario start;             // its own, or the one that it goes on from, with the events up to `at`
  ScenarioId from_scenario;   // none: its own
  std::optional<Instant> at;  // the story before is told up to and including it; none: its beginning
  Package with;               // choices that it fixes; over the others it ranges
  std::vector<MayHappen> may_happen;
  std::optional<Duration> within;
  std::optional<uint32_t> at_most;  // events
  std::vector<Property> properties;
};

class Model {
 public:
  std::vector<Kind> kinds;
  std::vector<Category> categories;
  std::vector<Quantity> quantities;
  std::vector<EventType> events;
  std::vector<Fact> facts;
  std::vector<Entity> entities;
  std::vector<Instrument> instruments;
  std::vector<Article> articles;
  std::vector<Clause> clauses;
  std::vector<Body> bodies;
  std::vector<Rule> rules;
  std::vector<Reading> readings;
  std::vector<Viewpoint> viewpoints;
  std::vector<SourceRecord> sources;
  std::vector<Claim> claims;
  std::vector<Scenario> scenarios;
  std::vector<DraftChoice> choices;
  std::vector<Exploration> explorations;
  std::vector<GivenFact> givens;
  std::vector<SuccessionGiven> successions;
  std::vector<Expr> exprs;
  std::vector<Quantifier> quantifiers;
  std::vector<Pattern> patterns;
  std::vector<std::string> texts;  // interned

  const Kind& operator[](KindId i) const { return kinds[i.index()]; }
  const Category& operator[](CategoryId i) const { return categories[i.index()]; }
  const Quantity& operator[](QuantityId i) const { return quantities[i.index()]; }
  const EventType& operator[](EventTypeId i) const { return events[i.index()]; }
  const Fact& operator[](FactId i) const { return facts[i.index()]; }
  const Entity& operator[](EntityId i) const { return entities[i.index()]; }
  const Instrument& operator[](InstrumentId i) const { return instruments[i.index()]; }
  const Article& operator[](ArticleId i) const { return articles[i.index()]; }
  const Clause& operator[](ClauseId i) const { return clauses[i.index()]; }
  const Body& operator[](BodyId i) const { return bodies[i.index()]; }
  const Rule& operator[](RuleId i) const { return rules[i.index()]; }
  const Reading& operator[](ReadingId i) const { return readings[i.index()]; }
  const Viewpoint& operator[](ViewpointId i) const { return viewpoints[i.index()]; }
  const SourceRecord& operator[](SourceRefId i) const { return sources[i.index()]; }
  const Scenario& operator[](ScenarioId i) const { return scenarios[i.index()]; }
  const DraftChoice& operator[](ChoiceId i) const { return choices[i.index()]; }
  const Exploration& operator[](ExplorationId i) const { return explorations[i.index()]; }
  const Expr& operator[](ExprId i) const { return exprs[i.index()]; }
  const Pattern& operator[](PatternId i) const { return patterns[i.index()]; }
  const std::string& operator[](TextId i) const { return texts[i.index()]; }

  bool is_kind(KindId kind, KindId ancestor) const;  // reflexive
  bool entity_is(EntityId entity, KindId kind) const { return is_kind((*this)[entity].kind, kind); }
  EntityId find_entity(std::string_view name) const;  // none when there is none; O(1)
  InstrumentId find_instrument(std::string_view name) const;
  EventTypeId find_event(std::string_view name) const;
  ViewpointId find_viewpoint(std::string_view name) const;
  ArticleId find_article(InstrumentId instrument, std::string_view label) const;
  // "NATO.5" or "NATO.5 (2)" for the second clause of the article; "rule 3" outside instruments.
  std::string cite(ClauseId clause) const;
  std::string type_words(
      Type type) const;  // "count", "event armed_attack", "state"; "?" for what was not resolved
  // A value as its type reads: "UKR", "500 km", "12", "yes".
  std::string show(Value value, Type type) const;

  std::unordered_map<std::string, EntityId> entity_by_name;
  std::unordered_map<std::string, EventTypeId> event_by_name;
};

// The parameter that an Op::choice_parameter means.
const ChoiceParameter& choice_parameter(const Model& model, const Expr& e);

}  // namespace casus::model
