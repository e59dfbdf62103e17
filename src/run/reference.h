// SPDX-License-Identifier: Apache-2.0
// The reference interpreter: docs/semantics.md as code, written to be read beside it. It steps over the
// resolved model itself, with maps, sets and scans over all clauses and all live duties; the fast engine
// must write the same records.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "base/wide.h"
#include "run/ledger.h"

namespace casus::run {

class Reference {
 public:
  // The model (resolved without errors) and the sink outlive it.
  Reference(const model::Model& model, const Case& c, Sink& sink);
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;

  RunStatus start();  // the state at the case's `from`
  // Advances the clock to the occurrence, then takes it. Precondition: its instant is not before the
  // present one.
  Stepped step(const Occurrence& occurrence);
  RunStatus approach(int64_t ms);      // the state that an occurrence of that instant would find
  RunStatus advance(int64_t ms);       // everything due up to and including ms
  RunStatus finish();                  // up to the case's `until`
  std::vector<LiveDuty> live() const;  // by number, then bearer

  // Evaluation in the present state, for explanations. `vars`: the clause's variables by index; those left
  // out have no value.
  Value evaluate(model::ExprId expr, std::span<const Value> vars) const;
  // Occurrences by number that conditions may ask about before they are taken; they must outlive it.
  void foresee(std::span<const Occurrence> occurrences) { foreseen_ = occurrences; }
  bool holds(FactId fact, std::span<const Value> args) const;
  Value value_of(FactId fact, std::span<const Value> args) const;  // of a relation: 1 or 0
  int64_t now() const { return now_; }
  OccurrenceNo next_occurrence() const { return static_cast<OccurrenceNo>(occurrences_.size()); }

 private:
  using Vars = std::array<Value, model::max_vars>;
  using Args = std::vector<Value>;   // a fact's arguments
  using Entities = std::set<Value>;  // in order of id
  using State = LiveDuty::State;

  struct Part {  // of one bearer in a duty
    State state = State::pending;
    int64_t deadline = model::no_value;  // while suspended: the time that was left
    std::set<uint32_t> done;             // acts done, of `at least n of`
  };
  struct Duty {
    ClauseId clause;
    Vars vars{};
    uint32_t trigger = no_number;
    int64_t born = 0;
    std::map<Value, Part> bearers;
    std::set<uint32_t> done_together;
  };
  enum Choice : uint32_t { choice_yes, choice_no, choice_abstain, choice_absent, choice_count };
  struct Member {  // of an electorate
    bool recused = false;
    bool voted = false;
    uint32_t choice = choice_absent;
    int64_t voted_at = 0;
    std::vector<std::array<Wide, choice_count>> shares;  // by comparison: what each choice adds
  };
  struct Motion {
    const model::Body* body = nullptr;
    const model::Rule* rule = nullptr;
    OccurrenceNo proposal = no_number;
    std::map<Value, Member> electorate;
    bool open = true;
    bool asked = false;  // whether it is decided is on the agenda of this instant
    int64_t decided_at = 0;
  };
  enum class Sure : uint8_t { yes, no, open };
  struct Act {  // an occurrence as its steps see it
    const Occurrence& occurrence;
    OccurrenceNo number = 0;
    Value actor = model::no_value;  // no_value: nobody, or no actor
  };
  struct Reads {  // what a condition rests on
    std::set<FactId> facts;
    std::set<model::PatternId> histories;
  };
  struct Changed {  // a fact, or the history by an occurrence
    FactId fact;
    Args args;
    Value value = 0;
    bool begins = false;
    const Occurrence* occurrence = nullptr;
  };
  struct Effect {  // with its arguments evaluated
    const model::Effect* effect = nullptr;
    Args args;
    Value value = 1;
    ClauseId clause;
    uint32_t cause = no_number;
  };
  struct Met {  // a clause whose trigger was met
    ClauseId clause;
    Vars vars{};
  };
  struct Fixpoint {  // of one stratum: the questions asked so far, and whether they are true yet
    uint32_t stratum = 0;
    std::map<std::pair<FactId, Args>, bool> answers;
    bool changed = false;
  };

  // reference_conditions.cc: facts, expressions, patterns, and what conditions rest on
  bool is_actor(Value entity) const;
  Value stored(FactId fact, const Args& args) const;
  bool derived(FactId fact, const Args& args) const;
  bool some_rule(FactId fact, const Args& args) const;
  Value eval(model::ExprId id, const Vars& vars) const;
  Value eval_fact(const model::Expr& e, const Vars& vars) const;
  Value eval_part(const model::Expr& e, const Vars& vars) const;
  Value eval_quantifier(const model::Expr& e, const Vars& vars) const;
  Value eval_happened(const model::Expr& e, const Vars& vars) const;
  bool met(model::ExprId id, const Vars& vars) const { return !id || eval(id, vars) == 1; }
  bool surely(model::ExprId id, const Vars& vars) const { return id && eval(id, vars) == 1; }
  bool reading_held(model::ReadingId reading, uint32_t option) const;
  bool in_domain(const model::Domain& domain, Value entity) const;
  Entities members(const model::Domain& domain) const;
  void bind(std::span<const model::PatternArg> args, std::span<const Value> values, Vars& vars) const;
  bool fits(std::span<const model::PatternArg> args, std::span<const Value> values, const Vars& vars) const;
  bool matches(model::PatternId pattern, const Occurrence& o, Value number, Vars& vars) const;
  void add_reads(model::ExprId id, Reads& out) const;
  void add_reads(FactId fact, Reads& out) const;
  bool rests_on(const Reads& reads, const Changed& changed) const;
  bool concerned(ClauseId clause, const Reads& reads, const Changed& changed) const;

  // reference_acts.cc: an occurrence
  OccurrenceNo take(const Occurrence& o, ClauseId by, uint32_t cause, bool authorised);
  bool covers(ClauseId clause, model::PatternId act, const Act& a, const Duty* instance, Vars& vars) const;
  bool norm_covers(ClauseId clause, const Act& a) const;
  ClauseId power_for(const Act& a) const;
  void ask_prohibitions(const Act& a);
  void violate(ClauseId prohibition, uint32_t duty, const Act& a, const Vars& vars);
  bool prevails(ClauseId norm, ClauseId prohibition) const;
  void ask_performance(const Act& a);
  void perform(DutyNo number, Value bearer, uint32_t act, uint32_t occurrence);
  std::vector<Met> find_triggered(const Act& a) const;
  void enter_history(const Act& a);

  // reference_norms.cc: whom norms bind, their birth and life
  bool in_force(InstrumentId instrument) const;
  bool suspended(InstrumentId instrument, Value whom) const;
  bool reserved(const model::Clause& c, Value who) const;
  bool is_final_clause(const model::Clause& c) const;
  bool applies(const model::Clause& c) const;
  bool eligible(const model::Clause& c, Value who, Vars vars, bool suspension_bars) const;
  Entities bearers(const model::Clause& c, const Vars& vars, bool suspension_bars) const;
  int64_t deadline(const model::Clause& c, const Vars& vars, int64_t instant) const;
  void birth(ClauseId clause, const Vars& vars, uint32_t trigger, int64_t instant, const Entities& whom);
  void first_look(DutyNo number);
  void breach(DutyNo number, Value bearer, int64_t deadline, bool stays);
  void end(DutyNo number, Value bearer, RecordKind how, Reason why);
  void strike(DutyNo number, Value bearer);
  Vars vars_of(DutyNo number, Value bearer) const;
  void check_duties(const Changed& changed);
  void check(DutyNo number, Value bearer);
  bool check_end(DutyNo number, Value bearer);
  void check_suspension(DutyNo number, Value bearer);
  void check_condition(DutyNo number, Value bearer);
  void standing_birth(ClauseId clause);
  void births_at_start(ClauseId clause);
  int64_t began_to_bind(const model::Clause& c, Value who) const;
  void outcome(model::OutcomeKind kind, ClauseId clause, Value bearer, int64_t anchor, uint32_t cause,
               const Vars& vars);
  void handle_outcome(model::OutcomeKind kind, ClauseId clause, Value bearer, int64_t anchor, uint32_t cause,
                      const Vars& vars);
  void carry_out(const std::vector<Met>& all, uint32_t trigger);
  // The births; the effects are what is left to run. `delay`: of the power that was used.
  std::vector<Effect> carry_out_births(const std::vector<Met>& all, uint32_t trigger, Duration delay);

  // reference_facts.cc: effects, changes of facts and what follows
  std::vector<Effect> ready(const Met& m, uint32_t cause) const;
  void run(const Effect& e);
  void succeed(Value successor, Value predecessor, Value instrument);
  void pass_duties(InstrumentId instrument, Value successor, Value predecessor);
  void change(FactId fact, const Args& args, Value value);
  bool put(FactId fact, const Args& args, Value value, std::vector<Changed>& changes);
  void follow(const Changed& changed);
  void notice(ClauseId clause, const Changed& changed);

  // reference_bodies.cc: motions and votes
  Reason refusal(const Act& a) const;
  Reason vote_refusal(const Motion& m, Value voter) const;
  void report_vote(const Act& a);
  const model::Decision* decision_for(const model::Body& body, const Occurrence& o, Vars& vars) const;
  void body_act(const Act& a);
  void open_motion(const Act& a);
  Wide share(const model::Comparison& c, Value member, uint32_t choice) const;
  Sure compare(const Motion& m, size_t comparison, bool absent) const;
  Sure node(const Motion& m, uint32_t node, bool absent) const;
  void decide_if_sure(OccurrenceNo proposal);
  void close(OccurrenceNo proposal);
  void decide(OccurrenceNo proposal, bool adopted);
  void rejected(OccurrenceNo proposal);

  // reference_clock.cc: the start, the agenda, the queue
  bool instrument_in_case(InstrumentId i) const;
  bool in_case(ClauseId id) const;
  void load_dated_facts();
  void put_on_agenda(std::multimap<int64_t, std::function<void()>>& agenda, int64_t at,
                     std::function<void()> item);
  void go_to(int64_t t, bool deadlines_too);
  void settle();
  void enter(std::function<void()> item);
  void run_deadline(DutyNo number, int64_t instant);
  void run_expiry(DutyNo number);
  void write(RecordKind kind, uint32_t duty, ClauseId clause, Value bearer, uint32_t occurrence,
             int64_t extra = 0, Reason reason = Reason::none);

  Value entity_of(InstrumentId i) const { return model_[i].entity.value; }
  const model::Clause& clause_of(DutyNo number) const { return model_[duties_.at(number).clause]; }

  const model::Model& model_;
  const Case case_;
  Sink& sink_;
  std::vector<ClauseId> clauses_;  // those in the case, in order
  std::map<ClauseId, Reads> duty_reads_, birth_reads_, moment_reads_;

  int64_t now_ = 0;
  std::map<FactId, std::map<Args, Value>> facts_;    // stored: relations (1) and functions
  std::map<FactId, std::map<Args, int64_t>> since_;  // dated facts from before the start: when they began
  std::map<DutyNo, Duty> duties_;                    // live
  std::map<ClauseId, Entities> bound_;               // standing duties: for whom they were born
  std::map<ClauseId, bool> moments_;                 // whether the condition was true when last asked
  std::map<OccurrenceNo, Motion> motions_;           // by proposal
  std::deque<Occurrence> occurrences_;               // all; references into it stay
  std::span<const Occurrence> foreseen_;
  std::vector<OccurrenceNo> history_;  // those that count as having happened
  std::multimap<int64_t, std::function<void()>> changes_,
      deadlines_;           // the agenda; equal instants in order of entry
  bool by_agenda_ = false;  // an item of the agenda is being handled
  uint32_t self_made_ = 0;  // entries made meanwhile, since the last occurrence of the timeline
  std::deque<std::function<void()>> queue_;
  uint32_t entered_ = 0;  // in the queue, in this settling
  DutyNo next_duty_ = 0;
  uint32_t fact_changes_ = 0;
  bool silent_ = false;  // while the facts from before the start are loaded
  mutable RunStatus status_ = RunStatus::done;
  mutable uint32_t depth_ = 0;
  mutable std::vector<Fixpoint*> fixpoints_;  // under way, the innermost last
};

}  // namespace casus::run
