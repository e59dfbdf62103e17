// SPDX-License-Identifier: Apache-2.0
// Time for nets. A state of a net explorer is its bits and a timing: all the ways in which the instants of the end, of the last move and of what
// will fall due can lie (zone.h), by the rules of instants.h. Timings are kept once and have numbers, so a state carries one number.
//
// Timers that are started together for equally long fall due together; an instant for each of them would make a timing for each set of those that
// still run. So they are a group with one instant, which is forgotten when none of them runs. At that instant they pass one after the other,
// the first first. When one of a group is started while another still runs from before, they would differ: `apart` says when; whoever meets such
// a state makes the groups again with this one split into single timers, and starts again.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>

#include "explore/instants.h"
#include "explore/net.h"

namespace casus::explore {

struct TimerGroup {
  TimerKind kind{};
  ClauseId clause;
  std::vector<uint32_t> timers;  // in order; the first is its name
  Rank rank() const { return kind == TimerKind::change ? Rank::change : Rank::due; }
};
struct GroupStart {
  uint32_t group = 0;
  Due due;
  Literal starts;  // in the state before the rule
};
struct GroupAfter {
  uint32_t group = 0;
  Literal runs;  // in the state before the rule: whether one of its timers runs after it
};
struct GroupApart {
  uint32_t group = 0;
  Literal when;
};
// A rule as time sees it. What of it holds in a state, `starts` then `after`, from bit 0 on, is its signature there.
struct RuleTiming {
  static constexpr uint32_t none = 0xFFFFFFFFu;
  uint32_t passes = none;  // the group of which it is a timer; none: an event
  Literal enabled;         // the rule's, and no companion that comes before it runs
  std::vector<GroupStart> starts;
  std::vector<GroupAfter> after;  // of those that it may change; the others stay as they are
  std::vector<GroupApart> apart;
  size_t signature_bits() const { return starts.size() + after.size(); }
};
struct Groups {
  std::vector<TimerGroup> groups;
  std::vector<RuleTiming> rules;   // as Net::rules
  std::vector<uint32_t> of_timer;  // its group
  std::string too_many;            // a rule on which more time limits hang than a signature has room for
  uint32_t name(uint32_t group) const { return groups[group].timers[0]; }
};
// Adds gates to the net's circuit. `split`: timers whose groups are single timers. Deterministic.
Groups group_timers(Net& net, const std::set<uint32_t>& split = {});

using TimingId = uint32_t;

// The timings met so far. May be asked by several threads; a new one takes the lock.
class Timings {
 public:
  static constexpr TimingId most = (1u << 24) - 1;
  struct Span {
    int64_t start = 0, until = 0;  // ms
    int64_t gap = 0;               // seconds
  };
  // `groups` outlives it.
  Timings(const Net& net, const Groups& groups, Span span);

  static constexpr TimingId beginning() { return 0; }
  bool event_may_come(TimingId id) const { return at(id).event; }
  bool may_pass(TimingId id, uint32_t group) const;
  bool may_end(TimingId id) const { return at(id).end; }
  // Whether such a state lasts: one in which something more falls due at the same instant is only on the way.
  bool lasts(TimingId id) const { return at(id).lasts; }
  // What is so after a rule with this signature. None: by no timing can it come next; or there are `most` already, so that who explores has to ask
  // full() before it says anything.
  std::optional<TimingId> after(TimingId id, uint32_t rule, uint64_t signature);
  // The same for all threads and runs, unlike the number.
  uint64_t hash(TimingId id) const { return at(id).hash; }
  size_t size() const { return size_.load(std::memory_order_acquire); }
  bool full() const { return size() >= most; }
  // A timer was started by a date that may have passed before: there is no room for that, as where a rule is `beyond`.
  bool overdue() const { return overdue_; }
  size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  struct Timing {
    Zone zone;
    std::vector<uint32_t> groups;  // that have an instant, in order: places from zone_moments on
    bool after_due = false, lasts = false, event = false, end = false;
    std::vector<uint8_t> passes;  // by place of the zone: may come next
    uint64_t hash = 0;
  };
  const Timing& at(TimingId id) const { return blocks_[id >> block_bits][id & block_mask]; }
  auto rank_in(const Timing& t) const;
  std::optional<Timing> make(const Timing& t, uint32_t rule, uint64_t signature);
  TimingId put(Timing t, bool after_change);
  int64_t second_of(const TimerGroup& group, int64_t ms) const;

  static constexpr uint32_t block_bits = 10, block_mask = (1u << block_bits) - 1;
  struct KeyHash {
    size_t operator()(const std::vector<int64_t>& key) const;
  };
  struct Asked {
    TimingId id = 0;
    uint32_t rule = 0;
    uint64_t signature = 0;
    friend bool operator==(const Asked&, const Asked&) = default;
  };
  struct AskedHash {
    size_t operator()(const Asked& a) const;
  };
  const Groups& groups_;
  Span span_;
  std::mutex lock_;
  std::unique_ptr<std::unique_ptr<Timing[]>[]> blocks_;  // room for `most`
  std::atomic<size_t> size_{0}, bytes_{0};
  std::atomic<bool> overdue_{false};
  std::unordered_map<std::vector<int64_t>, TimingId, KeyHash> known_;
  std::unordered_map<Asked, std::optional<TimingId>, AskedHash> memo_;
};

}  // namespace casus::explore
