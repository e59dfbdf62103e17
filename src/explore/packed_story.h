// SPDX-License-Identifier: Apache-2.0
// Stories of the bit-packed search, found backwards: whence a state of a level came is what of the levels that it was found from has it for a
// successor, the first in order. So no state carries its origin.
#pragma once

#include "base/check.h"
#include "explore/net_symmetry.h"
#include "explore/packed_layers.h"
#include "explore/packed_step.h"

namespace casus::explore {

template <size_t W>
class PackedStory {
 public:
  // All outlive it.
  PackedStory(const NetProblem& problem, const Symmetry& symmetry, const PackedRules& due,
              const PackedRules& events, const PackedLayers<W>& layers, PackedStep& step)
      : p_(problem), symmetry_(symmetry), due_(due), events_(events), layers_(layers), step_(step) {}

  // The events that lead to the state, which is in one of the levels from this one on, and by the rule of the hit.
  std::vector<uint32_t> tell(const PackedHit& hit, PackedState<W> state, size_t level) {
    std::vector<Taken> course;
    for (level = level_of(state, level); level > 0;) {
      const auto& l = layers_.levels()[level];
      const auto before = origin(state, rules(l.by_event), layers_.range(l.from, level, unit_states));
      CASUS_CHECK(before.has_value(), "every state of a level was found from one before it");
      course.push_back({l.by_event, before->first, state});
      state = before->second;
      level = level_of(state, l.from);
    }
    std::reverse(course.begin(), course.end());
    const uint32_t last = symmetry_.classes.empty() ? hit.rule : told_again(course, state, hit);
    std::vector<uint32_t> events;
    for (const Taken& t : course) {
      if (t.by_event) events.push_back(p_.net.rules[t.rule].index);
    }
    if (last != RuleTiming::none && !p_.net.rules[last].is_timer) events.push_back(p_.net.rules[last].index);
    return events;
  }

 private:
  static constexpr size_t unit_states = 4096;  // that are gone through at once
  // A move of a course, and the state after it.
  struct Taken {
    bool by_event = false;
    uint32_t rule = 0;
    PackedState<W> after{};
  };
  const PackedRules& rules(bool by_event) const { return by_event ? events_ : due_; }

  // From class to class: from each state on, the first rule that leads into the next one's class; then the one that decides.
  uint32_t told_again(std::vector<Taken>& course, PackedState<W> state, const PackedHit& hit) {
    std::vector<uint8_t> asked(p_.asked.size(), 0);
    PackedFound found;
    for (Taken& t : course) {
      bool told = false;
      const auto take = [&](uint32_t rule, size_t) {
        const PackedState<W> next = packed_state<W>(step_.state<W>(0));
        PackedState<W> kept = next;
        symmetry_.canonical(kept);
        if (told || kept != t.after) return;
        told = true;
        t.rule = rule;
        t.after = next;
      };
      step_.run<W>(rules(t.by_event), state.data(), nullptr, 1, asked, found, take);
      CASUS_CHECK(told, "what one of a class can do, each can");
      state = t.after;
    }
    if (hit.rule == RuleTiming::none) return hit.rule;
    asked[hit.asked] = 1;
    step_.run<W>(rules(!p_.net.rules[hit.rule].is_timer), state.data(), nullptr, 1, asked, found,
                 [](uint32_t, size_t) {});
    CASUS_CHECK(!found.hits.empty(), "what is asked holds for each of a class or for none");
    return found.hits.front().rule;
  }
  // A rule and a state of the range after which, by it, there is this one: the first in order.
  std::optional<std::pair<uint32_t, PackedState<W>>> origin(const PackedState<W>& state,
                                                            const PackedRules& rules,
                                                            const typename PackedLayers<W>::Range& r) {
    const std::vector<uint8_t> none(p_.asked.size(), 0);
    std::optional<std::pair<uint32_t, PackedState<W>>> found;
    for (size_t u = 0; u < r.units() && !found; ++u) {
      layers_.gather(r, u, unit_);
      for (size_t at = 0; at < unit_.size() && !found; at += lanes) {
        PackedFound ignored;
        const auto look = [&](uint32_t rule, size_t n) {
          for (size_t i = 0; i < n && !found; ++i) {
            symmetry_.canonical({step_.state<W>(i), W});
            if (PackedShard<W>::same(state.data(), step_.state<W>(i)))
              found = {rule, packed_state<W>(unit_[at + step_.lane(i)])};
          }
        };
        step_.run<W>(rules, unit_[at], nullptr, std::min(lanes, unit_.size() - at), none, ignored, look);
      }
    }
    return found;
  }
  size_t level_of(const PackedState<W>& state, size_t from) {
    uint64_t hash = 0;
    step_.hash(state.data(), 1, &hash);
    return layers_.level_of(state, hash, from);
  }

  const NetProblem& p_;
  const Symmetry& symmetry_;
  const PackedRules &due_, &events_;
  const PackedLayers<W>& layers_;
  PackedStep& step_;
  PackedQueue<W> unit_;
};

}  // namespace casus::explore
