// SPDX-License-Identifier: Apache-2.0
// Motions and their tallies: docs/semantics.md §8. Each comparison of the rule keeps what the votes cast add up to and the lowest and highest
// that the missing ones could add, so that a vote costs O(comparisons), however many members there are.
#pragma once

#include <unordered_map>
#include <vector>

#include "base/wide.h"
#include "program/program.h"
#include "run/facts.h"
#include "run/ledger.h"

namespace casus::run {

// Whether the votes that are still out can change it.
enum class Standing : uint8_t { open, sure_yes, sure_no };

struct Motion {
  uint32_t body = 0;
  uint32_t rule = 0;
  OccurrenceNo proposal = no_number;
  EventTypeId content;
  std::array<Value, model::max_event_params> args{};
  int64_t deadline = model::no_value;
  bool open = true;
  bool asked = false;  // whether it is decided is on the agenda of this instant
  int64_t decided_at = 0;
  uint32_t tally = 0;  // in the pool, while it is open
};

class Motions {
 public:
  Motions(const program::Program& program, const Facts& facts) : program_(program), facts_(facts) {}

  // Opens it: electorate as bits over actors, those recused among them. Returns its index.
  uint32_t open(const Motion& motion, const uint64_t* electorate, const uint64_t* recused);
  Motion& operator[](uint32_t i) { return motions_[i]; }
  const Motion& operator[](uint32_t i) const { return motions_[i]; }
  // By the number of its proposal; no_number when that opened none.
  uint32_t find(Value proposal) const { return proposal == last_asked_ ? last_found_ : look_up(proposal); }

  struct Cast {
    Reason refused = Reason::none;  // when it does not count
    bool contradictory = false;
  };
  // Whether a vote would count; then count(), which must be asked for no other.
  Cast ask(uint32_t motion, uint32_t actor_bit, Value ballot, int64_t at) const;
  void count(uint32_t motion, uint32_t actor_bit, Value ballot, int64_t at);
  Standing standing(uint32_t motion) const;
  bool adopted_with_absent(uint32_t motion) const;  // as it is, the missing being absent
  void close(uint32_t motion, int64_t at);

  // For whoever keeps states of a run (snapshot.h): open motions in order of proposal; the words of a motion's electorate, recused, voted, no,
  // abstaining; forgetting all; and taking one back.
  std::vector<uint32_t> open_ones() const;
  std::vector<uint64_t> votes(uint32_t motion) const;
  void clear();
  void restore(const Motion& motion, const uint64_t* votes);

 private:
  struct Sum {
    Wide cast = 0, low = 0, high = 0, absent = 0;  // low, high, absent: what the missing could add
    std::vector<Wide>
        shares;  // what a member adds, by choice; for a rule with groups or weights by actor and choice
  };
  struct Tally {
    std::vector<uint64_t> electorate, recused, voted, no, abstain;
    std::vector<int64_t> last_vote;  // by actor
    std::vector<Sum> sums;           // by comparison
  };
  const program::RulePlan& rule(const Motion& m) const { return program_.rule_plans[m.rule]; }
  Wide share(const program::ComparisonPlan& c, uint32_t actor_bit, uint32_t choice) const;
  void fill_shares(const program::ComparisonPlan& c, const uint64_t* electorate, Sum& sum) const;
  static const Wide* shares_of(const program::ComparisonPlan& c, const Sum& sum, uint32_t actor_bit) {
    return sum.shares.data() + (c.uniform ? 0 : size_t{actor_bit} * 4);
  }
  uint32_t look_up(Value proposal) const;
  static uint32_t choice_before(const Tally& tally, uint32_t actor_bit);
  void missing(Tally& tally, const program::RulePlan& plan, uint32_t actor_bit, int sign);
  void cast(Tally& tally, const program::RulePlan& plan, uint32_t actor_bit, uint32_t choice, int sign);
  Standing leaf(const program::ComparisonPlan& c, const Sum& sum, bool absent) const;
  Standing node(const program::RulePlan& plan, const Tally& tally, uint32_t at, bool absent) const;
  static bool has(const std::vector<uint64_t>& set, uint32_t b) { return (set[b / 64] >> (b % 64)) & 1; }

  const program::Program& program_;
  const Facts& facts_;
  std::vector<Motion> motions_;
  std::unordered_map<Value, uint32_t> by_proposal_;
  mutable Value last_asked_ = model::no_value;  // votes on one motion come together
  mutable uint32_t last_found_ = no_number;
  std::vector<Tally> tallies_;
  std::vector<uint32_t> free_;
};

}  // namespace casus::run
