// SPDX-License-Identifier: Apache-2.0
// The fast engine: docs/semantics.md over the tables of a Program. Its records equal the reference interpreter's, one for one.
//
// Where the time goes: an occurrence touches only the lists of its event type; duties are found through an index by the act's fixed
// arguments; a duty of many bearers is one place with bit masks; deadlines are queues by clause; nothing is allocated once warm. Conditions of
// live duties are asked again only when a fact that they rest on changes.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "program/program.h"
#include "run/agenda.h"
#include "run/duties.h"
#include "run/facts.h"
#include "run/ledger.h"
#include "run/motions.h"

namespace casus::run {

// Looks on while an occurrence is asked about: in the state, and at the instant, in which the engine asks. Changes nothing.
class Onlooker {
 public:
  virtual ~Onlooker() = default;
  virtual void triggering(const Occurrence& occurrence,
                          OccurrenceNo number) = 0;  // before any of its clauses is asked
  virtual void forbidding(const Occurrence& occurrence,
                          OccurrenceNo number) = 0;  // the same of prohibitions of such acts
};

class Engine {
 public:
  // `program` must be compiled for the case's instruments and view, and outlive the engine, as must the sink.
  Engine(const program::Program& program, const Case& c, Sink& sink);

  RunStatus start();  // state at the case's `from`
  // Advances the clock to the occurrence, then takes it. Precondition: its instant is not before the present one.
  Stepped step(const Occurrence& occurrence);
  RunStatus advance(int64_t ms);  // everything due up to and including ms
  RunStatus finish();             // up to the case's `until`
  void look_on(Onlooker& onlooker) { onlooker_ = &onlooker; }
  void flush();                        // gives the sink the records that step() has kept back
  std::vector<LiveDuty> live() const;  // by number, then bearer
  Value ask(uint32_t question);        // Program::questions, in the present state
  Value ask(uint32_t question, std::span<const Value> vars);  // one with variables
  bool in(const model::Domain& domain, Value who) const;      // in the present state
  int64_t now() const { return now_; }
  OccurrenceNo next_occurrence() const { return next_; }
  std::vector<ClauseId> at_work()
      const;  // of a run that stopped: the clauses that bring each other about, in order

 private:
  friend class Inquiry;
  friend class Snapshots;
  using Node = program::Node;
  using ClausePlan = program::ClausePlan;
  static constexpr uint32_t no_stratum = 0xFFFFFFFFu;
  static constexpr uint32_t frame_size = program::frame_limit;

  struct ReadyEffect {  // an effect with its arguments evaluated
    model::EffectKind kind{};
    EventTypeId event;
    uint32_t slot = 0;
    std::array<Value, model::max_event_params> args{};
    Value value = 0;
    ClauseId clause;
    uint32_t cause = no_number;
  };
  enum class ChangeKind : uint8_t { dated_fact, effect, births, succession };
  struct Change {  // on the agenda
    ChangeKind kind{};
    uint32_t slot = 0;
    std::array<Value, model::max_fact_params> args{};
    Value value = 0;
    ReadyEffect effect;
    ClauseId clause;
  };
  enum class DueKind : uint32_t { deadline, expiry, motion, question };
  enum class ItemKind : uint8_t { occurrence, rejected, outcome, clause };
  struct Item {  // of the queue
    ItemKind kind{};
    model::OutcomeKind outcome{};
    uint32_t duty = no_number;
    uint32_t cause = no_number;
    uint32_t frame = 0xFFFFFFFFu;  // in frames_
    ClauseId clause;
    EntityId bearer;
    int64_t anchor = 0;
    uint32_t occurrence = 0xFFFFFFFFu;  // in queued_
  };
  struct Candidate {
    uint32_t number = 0, clause = 0, act = 0, at = 0;
    bool by_key = false;  // as in program::DutyUse
  };

  // engine_eval.cc: conditions
  Value eval(Node node, const Value* frame);
  bool holds(Node node, const Value* frame) { return node == program::no_node || eval(node, frame) == 1; }
  Value eval_fact(uint32_t slot, const Value* args);
  Value eval_recursive(uint32_t slot, const Value* args);
  bool eval_rules(uint32_t slot, const Value* args);
  uint64_t stamp(uint32_t slot) const;
  Value eval_quantifier(const program::ExprNode& n, const Value* frame);
  Value eval_happened(const program::ExprNode& n, const Value* frame);
  bool in_domain(const program::DomainPlan& d, Value who) const;
  // Calls f(entity) in order of entity until it returns false; for_each_member calls it for all.
  template <class F>
  void for_each_in(const program::DomainPlan& d, F f) const {
    if (d.kind == program::DomainPlan::Kind::entities) {
      for (EntityId e : p_.kind_members[d.index]) {
        if (!f(Value{e.value})) return;
      }
      return;
    }
    const uint64_t* words =
        d.kind == program::DomainPlan::Kind::party ? facts_.party_words(d.index) : facts_.words(d.index);
    for (uint32_t w = 0; w < p_.entity_words; ++w) {
      for (uint64_t rest = words[w]; rest != 0; rest &= rest - 1) {
        if (!f(Value{w * 64 + static_cast<uint32_t>(std::countr_zero(rest))})) return;
      }
    }
  }
  template <class F>
  void for_each_member(const program::DomainPlan& d, F f) const {
    for_each_in(d, [&](Value who) {
      f(who);
      return true;
    });
  }
  bool match_steps(const std::vector<program::MatchStep>& steps, const Value* args, const Value* frame);
  bool match(const program::PatternPlan& p, const Occurrence& o, OccurrenceNo number, Value* frame);

  // engine_acts.cc: an occurrence
  OccurrenceNo take(const Occurrence& o, ClauseId by, uint32_t cause, bool authorised);
  Reason builtin_refusal(const Occurrence& o, uint32_t actor_bit, RecordKind& vote_note);
  Reason proposal_refusal(const Occurrence& o);
  const program::DecisionPlan* decision_for(const program::BodyPlan& body, const Occurrence& o, Value* frame);
  void builtin_effect(const Occurrence& o, OccurrenceNo number, uint32_t actor_bit);
  const ClausePlan* find_power(const program::EventPlan& e, const Occurrence& o, OccurrenceNo n, Value actor,
                               uint32_t bit);
  bool standing_covers(program::ActUse use, const Occurrence& o, OccurrenceNo n, Value actor, Value* frame);
  uint32_t next_instance(program::ActUse use, uint32_t at, const Occurrence& o, OccurrenceNo n, Value actor,
                         uint32_t bit, Value* frame);
  bool covers(program::ActUse use, const Occurrence& o, OccurrenceNo n, Value actor, uint32_t bit);
  void prohibitions(const program::EventPlan& e, const Occurrence& o, OccurrenceNo n, Value actor,
                    uint32_t bit);
  void violated(ClauseId id, uint32_t duty, const program::EventPlan& e, const Occurrence& o, OccurrenceNo n,
                Value actor, uint32_t bit, const Value* frame);
  void perform(const program::EventPlan& e, const Occurrence& o, OccurrenceNo n, uint32_t bit);
  [[gnu::always_inline]] inline uint32_t first_for(const program::DutyUse& use, const Occurrence& o) const;
  bool perform_single(const program::DutyUse& use, const Occurrence& o, OccurrenceNo n, uint32_t bit);
  void perform_one(const Candidate& c, const Occurrence& o, OccurrenceNo n, uint32_t bit);
  // For one bearer: takes it out of the duty, and records it. The outcome is the caller's.
  void fulfil(ClauseId id, uint32_t at, uint32_t bit, OccurrenceNo n) {
    DutyPool& duties = pool(id);
    const uint32_t number = duties.duty(at).number;
    const bool late = duties.strike(at, bit) == Hold::breached;
    write(late ? RecordKind::late : RecordKind::fulfilled, number, id, p_.actors[bit], n);
  }
  void performed(ClauseId id, uint32_t at, uint32_t bit, uint32_t act, OccurrenceNo n);
  void triggers(const program::EventPlan& e, const Occurrence& o, OccurrenceNo n, Duration delay);
  void history(const program::EventPlan& e, const Occurrence& o);

  // engine_norms.cc: birth and life of duties
  bool instrument_on(const ClausePlan& c) const;  // in force
  bool suspended(InstrumentId instrument, Value who) const;
  bool reserved(const ClausePlan& c, Value who) const;
  bool binds(const ClausePlan& c, Value who) const;
  bool eligible(const ClausePlan& c, Value who, Value* frame, bool ask_suspension);
  void bearers(const ClausePlan& c, Value* frame, bool ask_suspension, std::vector<uint64_t>& out);
  void birth(ClauseId id, Value* frame, uint32_t trigger, int64_t instant,
             const std::vector<uint64_t>* given = nullptr);
  void after_birth(ClauseId id, uint32_t at, Value* frame);
  int64_t deadline_of(const ClausePlan& c, const Value* frame, int64_t instant);
  int64_t bearer_deadline(ClauseId id, uint32_t at, uint32_t bit) const;
  void end_if_empty(ClauseId id, uint32_t at) {
    if (!pool(id).any(at)) end(id, at);
  }
  void end(ClauseId id, uint32_t at);
  void check_duties(const std::vector<ClauseId>& clauses);
  void check_duty(ClauseId id, uint32_t at);
  bool check_bearer(ClauseId id, uint32_t at, uint32_t bit, Value* frame);
  void standing_births(const std::vector<ClauseId>& clauses);
  void standing_birth(ClauseId id);
  void births_at_start();
  void outcome(model::OutcomeKind kind, ClauseId id, uint32_t duty, EntityId bearer, int64_t anchor,
               uint32_t cause, const Value* frame) {
    const ClausePlan& c = plan(id);
    if ((c.heard >> static_cast<uint32_t>(kind) & 1) != 0 ||
        (kind == model::OutcomeKind::breach && c.otherwise)) {
      enter_outcome(kind, id, duty, bearer, anchor, cause, frame);
    } else {
      ++entered_;  // it is an item all the same, with nothing to do
    }
  }
  void enter_outcome(model::OutcomeKind kind, ClauseId id, uint32_t duty, EntityId bearer, int64_t anchor,
                     uint32_t cause, const Value* frame);
  void run_outcome(const Item& item);
  void clause_met(ClauseId id, Value* frame, uint32_t trigger, Duration delay);
  void run_effects() {
    if (!ready_.empty()) run_all_effects();
  }
  void run_all_effects();
  void run_effect(const ReadyEffect& e);
  void succeed(Value successor, Value predecessor, Value instrument);

  // engine_facts.cc: changes
  void change_fact(uint32_t slot, const Value* args, Value value);
  struct Changed {
    uint32_t slot = 0;
    std::array<Value, model::max_fact_params> args{};
    bool begins = false;
  };
  // Makes a change and records it; follow() does what follows from it.
  void make_change(uint32_t slot, const Value* args, Value value, std::vector<Changed>& changes);
  void follow(const Changed& c);
  void ask_again(const std::vector<ClauseId>& duties, const std::vector<ClauseId>& births);
  void enter_triggers(const std::vector<ClauseId>& moments, const std::vector<ClauseId>& facts,
                      const Value* args);
  bool moment(ClauseId id);

  // engine_clock.cc
  void go_to(int64_t t, bool deadlines_at_t);
  void run_change(uint32_t index);
  void run_due(const Due& due);
  void run_deadline(ClauseId id, uint32_t at, int64_t instant);
  void run_expiry(ClauseId id, uint32_t at);
  void decide_if_settled(uint32_t motion);
  void decide_now(uint32_t motion);
  void decide(uint32_t motion, bool adopted);
  void settle() {
    if (queue_.empty())
      entered_ = 0;
    else
      empty_queue();
  }
  void empty_queue();
  // Counts who is at work once a run looks as if it had no end.
  void count_work(ClauseId clause) {
    if ((entered_ > cascade_limit / 4 || self_made_ > case_.agenda_limit / 2) && clause)
      ++work_[clause.index()];
  }
  void enter(const Item& item) {
    ++entered_;
    queue_.push_back(item);
  }
  void schedule(int64_t at, Change change);
  void put_on_agenda(Agenda& agenda, const Due& due) {
    self_made_ += by_agenda_;
    agenda.push(due);
  }
  // Of a duty: `index` is its place, and its number and clause are given; of a motion: `index` is the motion.
  void put_deadline(int64_t at, DueKind kind, uint32_t index, uint32_t number = 0, ClauseId clause = {}) {
    Due due;
    due.at = at;
    due.kind = static_cast<uint32_t>(kind);
    due.index = index;
    due.number = number;
    due.clause = clause.value;
    put_on_agenda(deadlines_, due);
  }
  bool dead(const Due& due) const;

  void write(RecordKind kind, uint32_t duty, ClauseId clause, EntityId bearer, uint32_t occurrence,
             int64_t extra = 0, Reason reason = Reason::none) {
    if (buffered_ == buffer_.size()) flush();
    Record& r = buffer_[buffered_++];
    r.at = now_;
    r.extra = extra;
    r.kind = kind;
    r.reason = reason;
    r.duty = duty;
    r.clause = clause;
    r.bearer = bearer;
    r.occurrence = occurrence;
  }
  uint32_t keep_frame(const Value* frame);
  DutyPool& pool(ClauseId id) { return pools_[id.index()]; }
  const ClausePlan& plan(ClauseId id) const { return p_.clauses[id.index()]; }
  uint32_t bit_of(Value entity) const {
    return static_cast<uint64_t>(entity) < p_.actor_bit.size() ? p_.actor_bit[static_cast<size_t>(entity)]
                                                               : program::Program::no_bit;
  }

  const program::Program& p_;
  Case case_;
  Sink& sink_;
  Onlooker* onlooker_ = nullptr;
  Facts facts_;
  std::array<Record, 128> buffer_;  // records on their way to the sink
  size_t buffered_ = 0;
  std::vector<DutyPool> pools_;
  Motions motions_;
  Agenda deadlines_;
  Agenda changes_;
  std::vector<Change> change_pool_;
  std::vector<uint32_t> change_free_;
  std::vector<Item> queue_;
  size_t queue_head_ = 0;
  uint32_t entered_ = 0;  // items of this settling
  std::vector<Occurrence> queued_;
  std::vector<Value> frames_;
  std::vector<ReadyEffect> ready_;
  std::vector<Candidate> candidates_;
  std::vector<uint64_t> scratch_;
  std::vector<Changed> changes_made_;
  std::vector<std::vector<uint64_t>> standing_;  // by clause: for whom it was born
  std::vector<uint8_t> truth_;                   // by clause: the moment's condition
  std::vector<TupleMap> history_;                // by pattern: last instant
  std::unordered_map<Value, Occurrence> remembered_;
  struct Table {
    TupleMap known{1};
    uint64_t stamp = UINT64_MAX;
  };
  std::unordered_map<uint32_t, Table> tables_;  // recursive facts
  uint32_t depth_ = 0;
  Value pass_ = 0;
  Value last_pass_ = 0;
  uint32_t tabling_ = no_stratum;  // the stratum whose fixpoint is under way
  bool found_new_ = false;
  std::unordered_map<uint64_t, int64_t> odd_;  // (number, bearer) → deadline; while suspended: what was left
  int64_t now_ = INT64_MIN;
  OccurrenceNo next_ = 0;
  DutyNo next_duty_ = 0;
  uint32_t fact_changes_ = 0;
  size_t live_ = 0;
  std::vector<uint32_t> work_;  // by clause
  bool silent_ = false;
  bool by_agenda_ = false;  // an item of the agenda is being handled
  uint32_t self_made_ = 0;  // entries of the agenda made meanwhile, since the last occurrence of the timeline
  RunStatus status_ = RunStatus::done;
};

}  // namespace casus::run
