// SPDX-License-Identifier: Apache-2.0
// Internal to the room. One Resolver makes one Model, in this order: declare every name
// (resolve_declarations.cc); give types to what was declared; resolve the bodies of everything (one file for
// each topic); what needs all clauses (targets of outcomes); strata.
//
// An expression that can not be resolved is an ExprId that is not valid. Whoever made it has reported why;
// whoever receives it says nothing and passes it on.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/choose.h"
#include "model/resolve.h"

namespace casus::model {

using syntax::NodeId;
using syntax::NodeKind;

inline constexpr Type poison_type{TypeKind::entity,
                                  Id<void>::none_value};  // of a parameter whose type was reported
inline constexpr Type truth_type{TypeKind::truth, Id<void>::none_value};
inline constexpr Type count_type{TypeKind::count, Id<void>::none_value};
inline constexpr Type text_type{TypeKind::text, Id<void>::none_value};
inline constexpr Type instant_type{TypeKind::instant, Id<void>::none_value};
inline constexpr Type entity_type(KindId kind) { return {TypeKind::entity, kind.value}; }
inline constexpr Type event_type(EventTypeId event) { return {TypeKind::event, event.value}; }

// The variables of one clause, decision, derived rule or expectation.
struct Frame {
  struct Visible {
    std::string_view name;
    VarIndex var = no_var;
  };
  std::vector<Named> vars;
  std::vector<Type> types;
  std::vector<Visible> visible;  // a quantifier's variable leaves this list at its end
  std::vector<VarIndex>
      captured;  // occurrences at hand when their pattern matches: engines need not remember them
  VarIndex it = no_var;
  VarIndex bound = 0;                   // variables below this have a value once the last pattern has matched
  VarIndex act_begin = 0, act_end = 0;  // variables bound by the act
  bool act_hidden = false;              // the act has not happened yet: they have no value
  bool overflow = false;                // reported once
  std::string_view no_it = "`it` is the event after `when`, or the act";  // said where there is none
};

class Resolver {
 public:
  Resolver(std::span<const Input> inputs, const Sources& sources, Diagnostics& diagnostics)
      : inputs_(inputs), sources_(sources), diagnostics_(diagnostics) {}
  Model run();

 private:
  using Names = std::unordered_map<std::string, uint32_t>;  // to the index in the table of its sort
  struct Decl {                                             // a declaration that was accepted
    uint32_t input = 0;
    NodeId node;
    uint32_t index = 0;  // in the table of its sort
  };
  struct Slots {  // arguments by parameter; not valid where none is given
    std::vector<NodeId> values;
    NodeId motion;  // of propose
  };
  enum class Mode : uint8_t { binds, past };  // whether a pattern's arguments may bind variables
  struct DecisionParts {
    NodeId pattern;
    std::span<const NodeId> modifiers;
    NodeId while_;  // a condition; not valid when there is none
    NodeId rule;
  };
  struct Pending {  // an outcome's targets, known when all clauses are
    ClauseId clause;
    ClauseRef ref;
    Span span;
    std::string where;
  };
  struct Decimal {
    int64_t mantissa = 0;
    int scale = 0;  // digits after the point
  };
  struct UnitRef {
    QuantityId quantity;
    int64_t factor = 1;
  };
  struct Linear;  // resolve_rules.cc

  // resolve.cc: the order of the work, the tree at hand, messages
  void resolve_item(NodeId item);
  const Decl* decl_of(NodeId item) const;
  const syntax::Tree& tree() const { return *inputs_[at_].tree; }
  NodeKind kind(NodeId n) const { return n ? tree().kind(n) : NodeKind::Error; }
  std::span<const NodeId> children(NodeId n) const;
  NodeId child(NodeId n, NodeKind k) const { return n ? tree().child(n, k) : NodeId(); }
  std::vector<NodeId> all(NodeId n, NodeKind k) const { return n ? tree().all(n, k) : std::vector<NodeId>(); }
  NodeId nth(NodeId n, size_t i) const;  // its i-th child; not valid when it has fewer
  NodeId last(NodeId n) const;
  std::string_view text(NodeId n) const { return n ? tree().text(n, sources_) : std::string_view(); }
  std::string_view name(NodeId n) const;  // of a Name, or of a node that wraps one
  NodeId name_node(NodeId n) const;
  Span span(NodeId n) const { return n ? tree().span(n) : Span(); }
  std::string title(NodeId n) const;                     // of its Title child
  std::string label(NodeId n) const;                     // of a Label: its text without spaces
  bool mentions(NodeId n, std::string_view word) const;  // whether a name below it is that word
  Named named(NodeId decl, NodeId name_leaf) const;
  void enter(uint32_t input);
  void place(InstrumentId instrument, ArticleId article = {});

  void error(Diag diag, Span at, std::string message, std::string hint = {},
             std::vector<RelatedSpan> related = {}, std::string replacement = {});
  void unknown(Diag diag, NodeId at, std::string_view sort, const std::vector<std::string_view>& known);
  void unknown_part(Diag diag, NodeId at, std::string message, const Named& whole,
                    const std::vector<std::string_view>& known);
  std::string meant(Diag diag, std::string_view wrong, const std::vector<std::string_view>& known) const;
  std::string remedy_for(Type wanted) const;  // what to write for it
  std::vector<RelatedSpan> declared(Span s) const;
  std::string type_name(Type type) const;  // "a state", "a length"
  std::string article_name(std::string_view word) const;
  // What else bears this name ("a group"), or empty.
  std::string other_sort(std::string_view name, Span* where) const;

  // resolve_declarations.cc
  void builtins();
  void declare_all();
  void declare(NodeId item);
  void remember(NodeId item, uint32_t index);
  void duplicate(NodeId leaf, std::string_view sort, Span first);
  template <class T>
  T* declare_in(Names& names, std::vector<T>& table, NodeId item, NodeId leaf, std::string_view sort);
  bool type_name_taken(NodeId leaf, std::string_view sort);
  void category_value_decl(CategoryId id, Category& c, NodeId v);
  bool declare_entity(NodeId item, NodeId leaf, InstrumentId instrument);
  void declare_event(NodeId item, NodeId leaf);
  void declare_derived(NodeId item, NodeId leaf);
  void declare_scenario(NodeId item, NodeId leaf);
  void declare_reading(NodeId item, InstrumentId instrument);
  void declare_parts(InstrumentId id, NodeId item);
  void declare_article(InstrumentId id, NodeId part);
  void declare_role(InstrumentId id, NodeId part);
  void declare_body(InstrumentId id, NodeId part);
  void name_bodies();

  // resolve_types.cc
  void type_declarations();
  void type_kinds();
  void type_units(QuantityId id, NodeId decl);
  void type_entity(EntityId id, NodeId decl);
  std::vector<Param> params(NodeId decl, size_t most, std::string_view sort);
  void type_event(EventTypeId id, NodeId decl);
  void type_fact(FactId id, NodeId decl);
  void type_derived(FactId id, NodeId decl);
  void type_group(FactId id, NodeId decl);
  std::optional<Type> type(NodeId n);
  std::vector<std::string_view> known_types() const;
  bool fits(Type actual, Type wanted) const;
  bool expr_fits(ExprId e, Type wanted) const;  // a constant entity must be of the kind outright
  bool expect_type(ExprId e, Type wanted, Span at, std::string_view what);

  // resolve_names.cc. With `report` false nothing is said when nothing is found.
  EntityId find_entity(NodeId at, bool report);
  EntityId entity(NodeId at) { return find_entity(at, true); }
  void ambiguous(NodeId leaf, std::string_view sort, const std::string& remedy, Span one, Span two);
  InstrumentId instrument(NodeId at);
  EventTypeId event(NodeId at);
  FactId find_fact(NodeId at, bool report);
  FactId fact(NodeId at) { return find_fact(at, true); }
  ReadingId reading(NodeId at);
  std::optional<uint32_t> reading_option(ReadingId id, NodeId at);
  ViewpointId viewpoint(NodeId at);
  SourceRefId source(NodeId ref);
  TextId source_text(NodeId parent);  // as its SourceRef names it; none when it has none
  ClauseRef article_ref(NodeId n, bool needs_article);
  EntityId this_instrument(NodeId at, std::string_view what, std::string remedy);
  std::optional<Domain> find_domain(NodeId at, bool report);
  KindId domain_kind(const Domain& d) const;
  std::vector<std::string_view> known_entities() const;
  std::vector<std::string_view> known_facts() const;
  std::vector<std::string_view> known_domains() const;
  TextId intern(std::string_view text);

  // resolve_values.cc
  static bool is_time_unit(std::string_view word);
  std::optional<Decimal> decimal(NodeId number);
  std::optional<int64_t> whole(NodeId number);
  std::optional<int64_t> in_units(NodeId number, int64_t factor, Span at, std::string_view base);
  void unknown_time_unit(NodeId leaf);
  std::optional<Duration> duration(NodeId n);
  std::optional<Duration> unit_length(NodeId leaf);
  static bool short_enough(int64_t count, Duration unit, Duration before = {});
  void duration_too_long(NodeId n);
  std::optional<WrittenInstant> instant_of(NodeId n);
  void dates(NodeId n, Instant& from, Instant& until);
  std::optional<Value> constant(NodeId expr, Type wanted, std::string_view what);

  // resolve_expressions.cc
  ExprId make(Op op, Type t, Span at, std::vector<ExprId> args = {}, uint32_t a = 0, Value value = 0);
  ExprId make_constant(Type t, Value value, Span at) { return make(Op::constant, t, at, {}, 0, value); }
  ExprId make_var(VarIndex var, Span at);
  ExprId entity_constant(EntityId id, Span at);
  ExprId both(ExprId a, ExprId b);  // either may be none
  ExprId expr(NodeId n, std::optional<Type> wanted = {});
  ExprId expr_at_depth(NodeId n, std::optional<Type> wanted);
  void too_deep(NodeId n);
  ExprId condition(NodeId n);
  ExprId actor(NodeId n, std::string_view what);
  ExprId name_ref(NodeId n, std::optional<Type> wanted);
  ExprId category_value(NodeId n, std::optional<Type> wanted, bool report);
  void not_a_condition(NodeId n, ExprId e, NodeId before);
  ExprId junction(NodeId n, Op op);
  std::string_view operator_of(NodeId n) const;
  bool known_by_value_only(NodeId n);
  ExprId compare(NodeId n);
  ExprId member(ExprId subject, const Domain& d, Span at);
  ExprId in_domain(NodeId n, NodeId subject, NodeId domain_name, bool negated);
  ExprId in_range(NodeId n);
  ExprId field(NodeId n);
  ExprId field_of_event(ExprId of, NodeId n);
  ExprId occurrence_part(ExprId of, Op op, uint32_t param, Type t, Span at);

  // resolve_numbers.cc
  ExprId arithmetic(NodeId n, Op op);
  ExprId negative(NodeId n);
  ExprId percent(NodeId n);
  ExprId quantity(NodeId n);

  // resolve_quantifiers.cc
  ExprId quantifier(NodeId n);
  ExprId fact_of(FactId id, std::vector<ExprId> args, Span at);
  ExprId call(NodeId n);
  std::optional<std::vector<ExprId>> fact_args(FactId id, NodeId call);
  ExprId infix(NodeId n);
  ExprId happened(NodeId n);
  ExprId has_decided(NodeId n);
  ExprId reading_is(NodeId n);

  // resolve_patterns.cc
  VarIndex add_var(std::string_view word, Type t, Span at);
  VarIndex find_var(std::string_view word) const;
  bool slots(NodeId call, const std::vector<Param>& params, bool of_event, const Named& of, Slots& out);
  bool label_with_equals(NodeId value, const std::vector<Param>& params, const Named& of);
  PatternId pattern(NodeId n, Mode mode);
  PatternId pattern_of(EventTypeId id, NodeId n, Mode mode);
  PatternId content_pattern(NodeId n, Mode mode);
  bool bind_args(const std::vector<Param>& params, const Slots& given, Mode mode,
                 std::vector<PatternArg>& out, std::vector<size_t>& rest);
  bool match_args(const std::vector<Param>& params, const Slots& given, const std::vector<size_t>& rest,
                  std::vector<PatternArg>& out);
  bool bind_arg(NodeId value, const Param& param, Mode mode, PatternArg& out, bool& bound);
  bool bind(NodeId set, NodeId var, Type param_type, PatternArg& out);
  std::optional<Type> named_type(NodeId set, Type param_type);
  std::string type_word(Type t) const;
  std::optional<FactPattern> fact_pattern(NodeId n);

  // resolve_clauses.cc
  ClauseId new_clause(Clause& c, NodeId n);
  void put(ClauseId id, Clause c, Frame frame);
  void clause(NodeId n);
  void heads(Clause& c, NodeId n);
  bool trigger(ClauseId id, Clause& c, NodeId clause_node, NodeId when);
  bool name_occurrence(VarIndex& as, EventTypeId event, std::string_view word, Span at);
  bool decidable(PatternId id, Span at);
  bool outcome_trigger(ClauseId id, Clause& c, NodeId n);
  void outcome_targets();

  // resolve_norms.cc
  bool norm(ClauseId id, Clause& c, NodeId n);
  bool bearer(Clause& c, NodeId n);
  bool excepted(Clause& c, NodeId n);
  ExprId actor_named(NodeId leaf);
  bool act(Clause& c, NodeId n, NodeId modal);
  bool act_count(Clause& c, NodeId n);
  bool act_kind(Clause& c, NodeId n, bool shall, bool may);
  bool act_pattern(Clause& c, EventTypeId id, NodeId n, NodeId leaf);
  bool says_by(NodeId n) const;

  // resolve_modifiers.cc
  bool modifiers(ClauseId id, Clause& c, NodeId n);
  std::string first_word(NodeId n) const;
  bool once_only(NodeId m, std::vector<NodeKind>& seen);
  bool modifier(Clause& c, NodeId m);
  bool deadline(Deadline& d, NodeId m);
  bool deadline_is_meant(const Clause& c, NodeId n);
  void reparation(ClauseId parent, Clause& c, NodeId otherwise);
  static void forget(Frame& frame, VarIndex from);

  // resolve_effects.cc
  void consequence(Clause& c, NodeId n);
  std::optional<Effect> effect(NodeId n);
  bool counts_as(Effect& e, NodeId n);
  bool changeable(FactId id, Span at);
  bool fact_effect(Effect& e, NodeId n);
  ExprId instrument_expr(NodeId n);
  bool becomes(Effect& e, NodeId n);
  bool succeeds(Effect& e, NodeId n);
  bool life(Effect& e, NodeId n);
  void event_effects(const Decl& d);

  // resolve_bodies.cc
  void body(BodyId id, NodeId n);
  bool twice(bool& before, NodeId item);
  bool is_decision(NodeId norm_node);
  void decision_clause(NodeId n, NodeId norm_node);
  void decision(BodyId body, Decision d, const DecisionParts& parts);
  bool decision_part(Decision& d, NodeId p, KindId member, std::vector<NodeKind>& seen);

  // resolve_rules.cc
  RuleId rule(BodyId body, NodeId at);
  RuleId builtin_rule(std::string_view word);
  void make_rule(BodyId body, NodeId n);
  std::optional<uint32_t> rule_node(Rule& r, NodeId n, int depth);
  std::optional<uint32_t> rule_leaf(Rule& r, NodeId n);
  std::optional<Linear> linear(NodeId n, int depth);
  std::optional<Linear> product(NodeId n, int depth);
  std::optional<Linear> tally(NodeId choice, std::optional<Domain> from, FactId weight);
  FactId weight(NodeId leaf);
  bool sum(Linear& to, const Linear& other, int sign, Span at);
  bool too_large(Span at);
  bool scale(Linear& l, int64_t num, int64_t den, Span at, bool reduce = true);

  // resolve_instruments.cc
  void instrument_body(const Decl& d);
  void instrument_item(InstrumentId id, NodeId item);
  void binding(Instrument& i, NodeId leaf);
  std::optional<Wording> wording(NodeId item);
  void in_force(InstrumentId id, NodeId item);
  void once(NodeId item, EffectKind effect);
  void parties(InstrumentId id, NodeId item);
  void role_members(NodeId item);
  void reservation(InstrumentId id, NodeId item);
  void article_body(ArticleId id, NodeId item);

  // resolve_facts.cc
  bool may_be_given(FactId id, Span at);
  std::optional<GivenFact> given_fact(NodeId pattern_node, NodeId value, Span at);
  bool given_value(GivenFact& g, NodeId value, Span at);
  std::optional<GivenFact> given(NodeId n);
  std::vector<EntityId> entities(NodeId n);
  EntityId actor_entity(NodeId leaf);
  Assertion assertion(NodeId n);
  void entity_attributes(const Decl& d);
  bool fits_entity(EntityId e, Type wanted) const;
  void group_members(const Decl& d);
  void derived_rule(const Decl& d);

  // resolve_claims.cc
  void source_record(const Decl& d);
  void claim(NodeId n);
  bool claimed_value(Claim& c, NodeId n, NodeId pattern_node);
  void viewpoint_body(const Decl& d);
  void negate(GivenFact& g, NodeId item);
  void chooses(Viewpoint& v, NodeId item);

  // resolve_choices.cc
  void declare_choice(NodeId item, InstrumentId instrument);
  void choice_option_decl(DraftChoice& c, NodeId n);
  bool choice_parameter_decl(const DraftChoice& c, const ChoiceOption& option, ChoiceParameter& out,
                             NodeId n);
  void choice_names_are_free();
  ChoiceId find_choice(NodeId at, bool report);
  ChoiceId choice_of(InstrumentId of, NodeId at, bool report);
  std::vector<std::string_view> known_choices() const;
  ChoiceId asked_choice(NodeId n);
  std::optional<uint32_t> choice_option(ChoiceId id, NodeId at);
  ExprId chosen(ChoiceId id, NodeId n);
  std::string first_option(ChoiceId id) const;
  ExprId chosen_number(ChoiceId id, NodeId n);
  ExprId only_if(NodeId n);
  bool about_choices(NodeId n);
  bool open_duration(Deadline& d, NodeId n);
  Package package(NodeId n);
  bool chosen_values(Chosen& c, NodeId item);

  // resolve_scenarios.cc
  void scenario(const Decl& d);
  void story(Scenario& s, NodeId n);
  void under(Scenario& s, NodeId n);
  void happens(Scenario& s, NodeId n);
  bool event_values(NodeId call, EventTypeId id, std::array<Value, max_event_params>& out, ScenarioEvent* of);
  std::optional<Value> event_value(NodeId value, const Param& param, const std::string& event_name);
  std::optional<Value> event_reference(NodeId value, Type wanted, const std::string& what);
  void expect(Scenario& s, NodeId n);
  static bool is_verdict(std::string_view word);
  static void add_verdicts(std::vector<std::string_view>& known);
  bool verdict_of(const Scenario& s, Expectation& e, NodeId n);
  bool expectation_arg(const Scenario& s, Expectation& e, NodeId n);
  bool expectation_name(const Scenario& s, Expectation& e, NodeId at, std::string_view word);
  bool expected_motion(const Scenario& s, Expectation& e, NodeId leaf);

  // resolve_explorations.cc
  void declare_exploration(NodeId item, NodeId leaf);
  void exploration(const Decl& d);
  bool beginning(Exploration& e, NodeId n);
  ScenarioId scenario_named(NodeId from);
  bool go_on_from(Exploration& e, NodeId from);
  void told_until(Scenario& s, Instant at);
  void bounds(Exploration& e, NodeId n, bool (&before)[2]);
  std::string words_of(NodeId n) const;
  void property(Exploration& e, NodeId n);
  bool property_body(Property& p, NodeId n);
  bool property_motion(NodeId leaf);

  // resolve_may_happen.cc
  void may_happen(Exploration& e, NodeId n);
  bool may_motion(MayHappen& m, NodeId propose, NodeId motion);
  bool may_args(NodeId call, EventTypeId id, std::vector<MayArg>& out, NodeId* motion);
  bool may_arg(NodeId value, const Param& param, const Named& of, MayArg& out);
  bool may_range(NodeId value, const Param& param, const std::string& what, MayArg& out);
  std::optional<Domain> may_set(NodeId at);
  std::optional<Domain> domain_of(NodeId n);
  bool may_domain(const Domain& d, NodeId set, NodeId var, Type wanted, MayArg& out);
  bool may_event(NodeId value, Type wanted, const std::string& what, MayArg& out);
  EventTypeId may_event_sort(NodeId at, const std::string& what);

  void strata();  // strata.cc

  std::span<const Input> inputs_;
  const Sources& sources_;
  Diagnostics& diagnostics_;
  Model m_;

  Names kinds_, categories_, quantities_, facts_, readings_, viewpoints_, source_names_, scenario_names_,
      choices_, exploration_names_;
  std::map<std::string, std::vector<FactId>> roles_;  // by name, over all instruments
  std::map<std::string, std::vector<BodyId>> bodies_;
  std::map<std::string, std::vector<ReadingId>> own_readings_;                  // of instruments
  std::map<std::string, std::vector<ChoiceId>> own_choices_;                    // likewise
  std::map<std::string, std::vector<std::pair<CategoryId, uint32_t>>> values_;  // of categories
  std::map<std::string, UnitRef> units_;
  std::map<std::string, RuleId> builtin_rules_;
  std::vector<std::map<std::string, RuleId>> body_rules_;             // by body
  std::vector<std::unordered_map<std::string, ArticleId>> articles_;  // by instrument, then label
  std::unordered_map<std::string, TextId> texts_;
  std::unordered_map<std::string, SourceRefId> source_texts_;
  std::set<std::pair<uint32_t, std::string>> claims_;          // source, number
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> numbers_;  // clauses so far, by instrument and article
  std::vector<Decl> decls_;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> decl_at_;  // input, node → its place in decls_
  std::vector<Pending> pending_;
  std::set<std::pair<Diag, std::string>> unknown_;  // names reported

  // where we are
  uint32_t at_ = 0;  // input
  InstrumentId instrument_;
  ArticleId article_;
  std::string where_;
  Frame* frame_ = nullptr;                  // none: only constants
  Instant in_force_from_;                   // of the instrument at hand
  std::map<std::string, uint32_t> labels_;  // events of the scenario at hand
  const Scenario* scenario_ = nullptr;
  const Exploration* exploration_ = nullptr;
  Property* property_ = nullptr;  // whose verdict is read
  ExprId only_if_;                // of the article at hand
  int depth_ = 0, ranges_ = 0;
  bool depth_reported_ = false;
  bool rebinding_ = false;     // further acts of one list bind the same variables
  bool act_named_it_ = false;  // the norm at hand calls its act `it`
};

// Adds a record to `table` under the name at `leaf`; nullptr when the name is taken.
template <class T>
T* Resolver::declare_in(Names& names, std::vector<T>& table, NodeId item, NodeId leaf,
                        std::string_view sort) {
  const auto [it, fresh] = names.try_emplace(std::string(name(leaf)), static_cast<uint32_t>(table.size()));
  if (!fresh) {
    duplicate(leaf, sort, table[it->second].span);
    return nullptr;
  }
  remember(item, static_cast<uint32_t>(table.size()));
  T& record = table.emplace_back();
  static_cast<Named&>(record) = named(item, leaf);
  return &record;
}

// nullopt when the product, or its opposite, does not fit.
inline std::optional<int64_t> times(int64_t a, int64_t b) {
  int64_t out = 0;
  if (__builtin_mul_overflow(a, b, &out) || out == INT64_MIN) return std::nullopt;
  return out;
}

}  // namespace casus::model
