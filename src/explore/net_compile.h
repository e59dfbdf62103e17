// SPDX-License-Identifier: Apache-2.0
// How compile_net() works. It follows the step of src/run once for each event and each timer, as docs/semantics.md orders it, but
// on literals: every micro-step has a guard that says in which states it is taken, a write under a guard keeps the old
// value where the guard does not hold, and what enters the queue enters with its guard. Frames, arguments and
// bindings stay concrete: where a value depends on the state, the step forks, one branch for each value. So the order of
// the queue, which the semantics fixes by clauses and entities, is the order of one list.
//
// What bits there are is found on the way: a bit is one that some rule writes. All rules are compiled again until no new bit and no new
// question shows: a least fixpoint, so what nothing changes is a constant and folds away (docs/decisions/0019).
//
// One order is not fixed by the text: that of duties, by number of birth. Outcomes of two duties that end in one check may enter the queue
// either way round. A strand is one of them with all that it brings about; where two strands of one batch touch the same bit,
// one of them writing, the order may matter, and the rule is `beyond` where both are there.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <unordered_map>

#include "base/hash.h"
#include "explore/net.h"

namespace casus::explore {

using program::ClausePlan;
using program::Node;
using run::Occurrence;
using Args = std::array<Value, model::max_event_params>;
using Frame = std::array<Value, program::frame_limit>;

// Values that stand for what a net does not keep.
inline constexpr Value present_instant = model::no_value + 1, past_instant = model::no_value + 2,
                       first_motion = model::no_value + 16, first_content = first_motion + (Value{1} << 31);
inline bool stands_for(Value v) { return v > model::no_value && v < model::no_value + (Value{1} << 33); }
inline bool is_instant(Value v) { return v == present_instant || v == past_instant; }
inline bool is_occurrence(Value v) { return stands_for(v) && v >= first_motion; }

struct
    Choice {  // a value where `when` holds; the choices of one expression exclude each other, and one of them holds
  Value value = 0;
  Literal when;
};
using Choices = std::vector<Choice>;

class NetCompiler {
 public:
  NetCompiler(const program::Program& p, const run::Case& c, std::span<const MayOccur> events,
              const NetLimits& limits);
  Compiled run(const std::optional<Story>& story, bool asks_motions);

 private:
  struct Key {
    std::array<int64_t, 12> v{};
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    size_t operator()(const Key& k) const {
      uint64_t h = golden64;
      for (const int64_t w : k.v)
        h = (h ^ static_cast<uint64_t>(w)) * UINT64_C(0x9E3779B97F4A7C15) + (h >> 29);
      return mix64(h);
    }
  };
  struct Known {  // a bit
    Bit bit;
    bool before = false;  // before the start
    bool initial = false;
    bool varying = false;
    bool ever = false;  // or before the end of the story
  };
  struct Slot : DutySlot {
    Frame frame{};        // as loaded
    bool shared = false;  // its bearers have one deadline, or bear it together
  };
  enum class ChangeKind : uint8_t { dated, succession, effect, births };
  struct ReadyEffect {  // with its arguments
    model::EffectKind kind{};
    EventTypeId event;
    uint32_t slot = 0;
    Args args{};
    Value value = 0;
    ClauseId clause;
    Literal guard;
  };
  struct Change {
    ChangeKind kind{};
    uint32_t fact = 0;
    std::array<Value, model::max_fact_params> args{};
    Value value = 0;
    ReadyEffect effect;
    ClauseId clause;
    uint32_t place = 0;  // of equal effects that are due
  };
  enum class ItemKind : uint8_t { occurrence, rejected, outcome, clause };
  struct Item {
    ItemKind kind{};
    model::OutcomeKind outcome{};
    Literal guard;
    ClauseId clause;
    EntityId bearer;
    bool has_frame = false;
    Frame frame{};
    Occurrence occurrence;
    Value number = model::no_value;  // of the proposal that was rejected
    bool refers = false;             // something in it is an occurrence
    uint32_t depth = 0;
    std::vector<uint32_t> strands;
  };
  struct Strand {
    Literal guard;
    bool agenda = false;  // starts a timer
    std::vector<uint64_t> reads, writes;
  };
  struct Delay {  // of an act's own effects, by the power that was used
    Literal when;
    Duration delay;
  };
  struct Bearer {
    uint32_t actor = 0;  // its bit in Program::actors
    Literal when;
  };
  using Bearers = std::vector<Bearer>;
  struct Tuple {
    uint32_t slot = 0;
    std::array<Value, model::max_fact_params> args{};
    Literal holds;
  };
  struct Table {  // of the recursive facts of one stratum, for as long as nothing changes
    uint64_t stamp = 0;
    std::vector<Tuple> tuples;
    std::unordered_map<Key, size_t, KeyHash> known;
  };
  struct Sure {
    Literal yes, no;
  };

  // net_compile.cc: bits, strands, refusals
  static Key key_of(const Bit& b);
  uint32_t find(const Bit& b) const;
  uint32_t known(const Bit& b);
  bool before(const Bit& b) const;
  bool ever_varies(const Bit& b) const;
  Literal read(const Bit& b);
  Literal read(uint32_t bit);
  void write(const Bit& b, Literal guard, Literal value);
  void set(const Bit& b, Literal guard) { write(b, guard, always); }
  void clear(const Bit& b, Literal guard) { write(b, guard, never); }
  Literal both(Literal a, Literal b) { return circuit_.land(a, b); }
  Literal either(Literal a, Literal b) { return circuit_.lor(a, b); }
  Literal without(Literal a, Literal b) { return circuit_.land(a, !b); }
  void refuse(std::string why);
  void beyond(Literal guard, ClauseId clause, const char* why);
  bool spend();
  // One level deeper in a condition. False: it is too deep, which is refused.
  class Level {
   public:
    explicit Level(NetCompiler& of) : of_(of) { ++of_.level_; }
    ~Level() { --of_.level_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    explicit operator bool() const {
      if (of_.level_ > most_levels) of_.refuse("what it rests on is very deep");
      return of_.spend();
    }

   private:
    NetCompiler& of_;
  };
  void record(RecordKind kind, ClauseId clause, EntityId bearer, Literal when, EventTypeId what = {},
              Value name = 0);
  uint32_t open_batch();
  void strand(uint32_t batch, uint64_t which);
  void no_strand() { strand_now_ = none; }
  void uncertain_orders();
  void touch(bool writes, uint32_t bit);
  uint32_t timer(TimerKind kind, uint32_t slot, ClauseId clause);
  void start_timer(uint32_t timer, Literal starts, Due due);
  Literal reached(int64_t instant);

  // net_compile_conditions.cc
  Literal holds(Node node, Frame& frame) { return node == program::no_node ? always : truth(node, frame); }
  Literal truth(Node node, Frame& frame);
  Choices choices(Node node, Frame& frame);
  struct Linear {
    std::vector<Weighted> of;
    int64_t constant = 0;
  };
  bool linear(Node at, Frame& frame, int64_t factor, Linear& sum);
  Literal comparison(const program::ExprNode& n, Frame& frame);
  Literal compare(program::NodeOp op, Value a, Value b);
  Literal compare_now(program::NodeOp op, int64_t date);
  std::vector<Literal> counted(const program::ExprNode& n, Frame& frame);
  Literal quantifier(const program::ExprNode& n, Frame& frame);
  Choices count_choices(const program::ExprNode& n, Frame& frame);
  Choices arithmetic(const program::ExprNode& n, Frame& frame);
  Choices fields(const program::ExprNode& n, Frame& frame);
  Choices times(const program::ExprNode& n, Frame& frame);
  Literal happened(const program::ExprNode& n, Frame& frame);

  // net_compile_patterns.cc: facts, sets, patterns
  std::span<const Node> arguments_of(const program::ExprNode& n) const;
  Literal fact_truth(uint32_t slot, const Value* args);
  Literal any_rule(uint32_t slot, const Value* args);
  Literal recursive(uint32_t slot, const Value* args);
  Choices fact_choices(uint32_t slot, const Value* args);
  Literal stored(uint32_t slot, const Value* args);  // a relation
  Literal in_domain(const program::DomainPlan& d, Value who);
  bool domain_varies(const program::DomainPlan& d, Value who) const;
  std::vector<Choice> members(const program::DomainPlan& d);  // in order of entity
  Literal match_steps(const std::vector<program::MatchStep>& steps, const Value* args, Frame& frame);
  Literal match(const program::PatternPlan& p, const Occurrence& o, Value number, Frame& frame);
  void for_each_tuple(std::span<const Node> nodes, Frame& frame,
                      const std::function<void(const Args&, Literal)>& f);

  // net_compile_acts.cc
  void take(const Occurrence& o, ClauseId by, bool authorised, Literal guard);
  void take_as(Value name, const Occurrence& o, ClauseId by, bool authorised, Literal guard);
  Literal power(const program::EventPlan& e, const Occurrence& o, uint32_t actor, std::vector<Delay>& delays);
  Literal standing_covers(program::ActUse use, const Occurrence& o, uint32_t actor, Frame& frame);
  Literal instance_covers(program::ActUse use, uint32_t slot, const Occurrence& o, uint32_t actor,
                          Frame& frame);
  Literal covers(program::ActUse use, const Occurrence& o, uint32_t actor);
  void prohibitions(const program::EventPlan& e, const Occurrence& o, uint32_t actor, Literal guard);
  void violated(ClauseId id, const program::EventPlan& e, const Occurrence& o, uint32_t actor, Literal guard,
                const Frame& frame);
  bool keys_meet(const program::ActPlan& act, const Slot& slot, const Occurrence& o);
  void perform(const program::EventPlan& e, const Occurrence& o, uint32_t actor, Literal guard);
  void perform_act(uint32_t batch, uint32_t slot, uint32_t act, const Occurrence& o, uint32_t actor,
                   Literal guard);
  void performed(uint32_t slot, uint32_t actor, uint32_t act, Literal guard);
  void triggers(const program::EventPlan& e, const Occurrence& o, const std::vector<Delay>& delays,
                Literal guard);
  void history(const program::EventPlan& e, const Occurrence& o, Literal guard);
  void remember(const Bit& b, Literal guard);

  // net_compile_norms.cc
  Literal instrument_on(const ClausePlan& c);
  Literal in_force(const ClausePlan& c);
  Literal suspended(model::InstrumentId instrument, Value who);
  Literal reserved(const ClausePlan& c, Value who);
  Literal eligible(const ClausePlan& c, Value who, Frame& frame, bool ask_suspension);
  Bearers bearers(const ClausePlan& c, Frame& frame, bool ask_suspension);
  bool timed(const ClausePlan& c) const;
  bool due_of(const ClausePlan& c, Frame& frame, std::optional<int64_t> instant, std::optional<Due>& due);
  uint32_t slot_of(ClauseId id, const Frame& frame, uint32_t place);
  void birth(ClauseId id, Frame& frame, Literal guard);
  void birth_of(ClauseId id, Frame& frame, const Bearers& who, uint32_t first_place,
                std::optional<int64_t> instant = {});
  void birth_in(uint32_t slot, Frame& frame, const Bearers& who, const std::optional<Due>& due);
  void after_birth(uint32_t slot, Frame& frame, const Bearers& who);
  void breach_of_condition(uint32_t slot, uint32_t actor, const Frame& frame, Literal guard);
  void standing_birth(ClauseId id, Literal guard);
  Bit hold(uint32_t slot, BitKind kind, uint32_t actor) const;
  Literal live(uint32_t slot, uint32_t actor);
  Literal any_live(uint32_t slot);
  void strike(uint32_t slot, uint32_t actor, Literal guard);

  // net_compile_checks.cc
  void check_duties(const std::vector<ClauseId>& clauses, Literal guard);
  void check_bearer(uint32_t slot, uint32_t actor, Frame& frame, Literal guard);
  Literal check_suspension(uint32_t slot, uint32_t actor, Literal guard);

  // net_compile_effects.cc
  void outcome(model::OutcomeKind kind, ClauseId id, EntityId bearer, const Frame* frame, Literal guard);
  void run_outcome(const Item& item);
  void clause_met(ClauseId id, Frame& frame, const std::vector<Delay>& delays, Literal guard);
  void ready(ClauseId id, const program::EffectPlan& e, Frame& frame, Duration delay, Literal guard);
  void run_effects();
  void run_effect(const ReadyEffect& e);

  // net_compile_facts.cc
  void change_fact(uint32_t slot, const Value* args, Value value, Literal guard);
  void change_relation(uint32_t slot, const Value* args, bool value, Literal guard);
  void change_function(uint32_t slot, const Value* args, Value value, Literal guard);
  void follow(uint32_t slot, const Value* args, bool begins, Literal guard);
  void ask_again(const std::vector<ClauseId>& duties, const std::vector<ClauseId>& births, Literal guard);
  void enter_triggers(const std::vector<ClauseId>& moments, const std::vector<ClauseId>& facts,
                      const Value* args, Literal guard);
  void moment(ClauseId id, Literal guard);
  Bit fact_bit(uint32_t slot, const Value* args, Value value) const;

  // net_compile_succession.cc
  void succeed(Value successor, Value predecessor, Value entity, Literal guard);
  void pass_on(uint32_t slot, uint32_t from, uint32_t to, Literal guard);

  // net_compile_bodies.cc
  Literal proposal_accepted(const Occurrence& o);
  Literal decided_by(const program::BodyPlan& body, size_t decision, const Occurrence& o, Frame& frame);
  const program::BodyPlan* body_of(const Occurrence& o) const;
  void propose(const Occurrence& o, Literal guard);
  void open_motion(uint32_t slot, const program::DecisionPlan& d, Frame& frame, Literal guard);
  std::optional<Due> motion_due(const program::DecisionPlan& d, Frame& frame);
  Literal carried(uint32_t slot, uint32_t against);
  void ask_motions();
  Literal accepted(const Occurrence& o, uint32_t actor);
  Literal accepted_by(uint32_t slot, const Occurrence& o, uint32_t actor);
  void vote_or_close(const Occurrence& o, uint32_t actor, Literal guard);
  void ask_if_settled(uint32_t slot, Literal guard);
  void decide(uint32_t slot, Literal adopted, Literal guard);
  Sure settled(uint32_t slot, uint32_t node, bool absent);
  Sure comparison_settled(uint32_t slot, const program::ComparisonPlan& c, bool absent);
  void shares(uint32_t slot, const program::ComparisonPlan& c, uint32_t actor, bool absent,
              std::vector<Weighted>& low, std::vector<Weighted>& high);
  Bit motion_bit(uint32_t slot, BitKind kind, uint32_t actor) const;
  Bit group_bit(uint32_t slot, const program::DomainPlan& d, uint32_t actor) const;
  Literal member(uint32_t slot, uint32_t actor);
  Literal flag(uint32_t slot, BitKind kind) { return read(motion_bit(slot, kind, program::Program::no_bit)); }
  const program::BodyPlan& body(uint32_t slot) const;
  const program::DecisionPlan& decision(uint32_t slot) const {
    return body(slot).decisions[motions_[slot].decision];
  }
  std::vector<uint32_t> variants(Value reference) const;

  // net_compile_start.cc
  void initial_facts();
  void start();
  void start_births(ClauseId id);

  // net_compile_clock.cc
  bool passes();
  void pass();
  void tell(const Story& story);
  void find_times(const Story& story);
  void begin_rule(bool is_timer, uint32_t index);
  void end_rule();
  void settle();
  void run_item(const Item& item);
  void enter(Item item);
  void run_timer(uint32_t timer);
  void run_deadline(uint32_t slot);
  void run_expiry(uint32_t slot);
  Literal running(uint32_t timer);
  uint32_t change_of(const Change& change);
  void schedule(Change change, Duration delay, Literal guard);

  // net_compile_references.cc
  Value motion_number(const MotionName& name);
  Value number_of(const Occurrence& o, uint32_t place);
  Value placed(Value name, uint32_t place);
  void tell_apart(Value a, Value b);
  bool told_apart(Value name) const;
  void uses(Value name, const Bit& bit);
  Literal referred_to(Value name);
  Literal in_use(Value name);
  void now_last(Value name, Literal guard);
  Occurrence occurrence_of(size_t event);
  Literal referred_to_ones(const Occurrence& o);
  Literal may_happen(size_t event, const Occurrence& o);
  bool names_places(const MayOccur& e) const;

  // net_finish.cc
  Net finish();
  void finish_names(Net& net) const;
  EntityId whose(const Bit& b) const;
  std::string name_of(const Bit& b) const;
  std::string show(Value v, model::Type type) const;
  std::string described(EventTypeId event, const Args& args) const;
  std::string slot_name(uint32_t slot) const;
  std::string motion_name(uint32_t slot) const;
  std::string change_name(uint32_t change) const;

  const ClausePlan& plan(ClauseId id) const { return p_.clauses[id.index()]; }
  uint32_t bit_of(Value entity) const {
    return static_cast<uint64_t>(entity) < p_.actor_bit.size() ? p_.actor_bit[static_cast<size_t>(entity)]
                                                               : program::Program::no_bit;
  }

  static constexpr uint32_t none = 0xFFFFFFFFu, most_levels = 2000;
  const program::Program& p_;
  const run::Case& case_;
  std::span<const MayOccur> events_;
  const NetLimits limits_;
  int64_t from_ = 0;  // of the first state
  Circuit circuit_;

  // What is known so far; grows from pass to pass.
  std::vector<Known> bits_;
  std::unordered_map<Key, uint32_t, KeyHash> bit_index_;
  std::unordered_map<Key, std::vector<Value>, KeyHash> function_values_;  // those that have a bit
  std::unordered_map<Key, Value, KeyHash> first_facts_;
  std::unordered_map<Key, bool, KeyHash> asked_;  // of histories
  std::vector<Slot> slots_;
  std::map<std::vector<Value>, uint32_t> slot_index_;
  std::vector<std::vector<uint32_t>> slots_of_;  // by clause
  std::vector<MotionSlot> motions_;
  std::vector<MotionName> names_;         // of proposals
  std::vector<OccurrenceName> contents_;  // what occurrences were
  std::map<std::vector<Value>, size_t> content_index_;
  std::unordered_map<Value, std::vector<Bit>> users_;
  std::set<Value> told_apart_;      // names of the first place: of their equals it is asked which is which
  std::set<Value> referred_to_;     // by events that may happen
  std::map<Value, int64_t> times_;  // of what has been in the story, once, and can not be again
  std::vector<Timer> timers_;
  std::map<std::pair<TimerKind, uint32_t>, uint32_t> timer_index_;
  std::vector<Change> changes_;
  std::map<std::vector<Value>, uint32_t> change_index_;
  bool more_ = false;  // another pass is needed
  bool asks_motions_ = false;

  // The rule at hand.
  bool starting_ = false, told_ = false;
  std::vector<Literal> now_, inputs_;  // by bit
  Rule rule_;
  std::vector<Item> queue_;
  size_t head_ = 0;
  std::vector<ReadyEffect> ready_;
  Value number_ = model::no_value;  // of the occurrence that is being taken
  uint32_t depth_ = 0;
  std::vector<Strand> strands_;
  std::vector<std::map<uint64_t, uint32_t>> batches_;
  std::vector<uint32_t> active_;
  uint32_t strand_now_ = none;
  std::map<uint32_t, Table> tables_;
  uint32_t tabling_ = none;  // the stratum whose fixpoint is under way
  uint64_t changed_ = 0;     // grows with each change of what a condition may read

  std::vector<Rule> rules_;
  std::vector<Literal> conditions_;
  std::vector<TimerStart> first_timers_;
  std::map<std::pair<uint32_t, std::array<Value, model::max_fact_params>>, int64_t> since_;
  ClauseId at_;  // of whom a refusal speaks
  std::optional<Refusal> refusal_;
  uint64_t work_ = 0;
  uint32_t level_ = 0;
};

}  // namespace casus::explore
