// SPDX-License-Identifier: Apache-2.0
#include "explore/symbolic_layers.h"

#include <algorithm>

#include "base/check.h"

namespace casus::explore {

SymbolicLayers::SymbolicLayers(SymbolicSpace& space, std::vector<uint8_t> open)
    : s_(space), open_(std::move(open)), stories_(open_.size()) {}

Ended SymbolicLayers::run(std::optional<uint32_t> at_most,
                          const std::function<void(const Progress&)>& progress) {
  add(true, {s_.moves.state(s_.problem.net.initial)});
  for (;; ++events_) {
    close();
    if (!s_.goes_on()) return s_.ended;
    if (std::none_of(open_.begin(), open_.end(), [](uint8_t o) { return o != 0; })) return Ended::decided;
    if (at_most && events_ == *at_most) return Ended::at_most;
    if (progress) progress({0, 0, events_, s_.full()});
    SymbolicSets fresh = after(true, layer(), first_);
    if (!s_.goes_on()) return s_.ended;
    if (is_empty(fresh)) return Ended::complete;
    add(true, std::move(fresh));
  }
}

// Whatever can come about without a further event.
void SymbolicLayers::close() {
  while (s_.goes_on()) {
    SymbolicSets fresh = after(false, steps_.back().fresh, steps_.size() - 1);
    if (is_empty(fresh)) return;
    add(false, std::move(fresh));
  }
}

SymbolicSets SymbolicLayers::layer() const {
  SymbolicSets out = steps_[first_].fresh;
  for (size_t step = first_ + 1; step < steps_.size(); ++step) {
    const SymbolicSets& fresh = steps_[step].fresh;
    for (TimingId t = 0; t < fresh.size(); ++t) {
      Diagram& there = set_at(out, t);
      there = s_.diagrams.either(there, fresh[t]);
    }
  }
  return out;
}

// What is new after one move from these states, which came about at the step or after it.
SymbolicSets SymbolicLayers::after(bool events, const SymbolicSets& from, size_t step) {
  std::vector<std::vector<Diagram>> made;  // by timing
  std::vector<SymbolicSpace::Part> parts;
  for (TimingId timing = 0; timing < from.size(); ++timing) {
    if (from[timing].is_false()) continue;
    for (const SymbolicMove& m : s_.moves.all()) {
      if (s_.is_timer(m) == events) continue;
      if (!s_.goes_on()) return {};
      parts.clear();
      s_.divide(m, timing, from[timing], parts);
      for (const SymbolicSpace::Part& part : parts) {
        for (size_t i = 0; i < open_.size(); ++i) {
          if (open_[i]) decide(i, step, timing, s_.deciding(part, i), &m);
        }
        if (made.size() <= part.after) made.resize(part.after + 1);
        made[part.after].push_back(s_.moves.after(m, part.from));
      }
    }
  }
  SymbolicSets fresh;
  for (TimingId t = 0; t < made.size(); ++t)
    set_at(fresh, t) = s_.diagrams.without(s_.diagrams.any_of(std::move(made[t])), set_at(reached_, t));
  return fresh;
}

void SymbolicLayers::add(bool by_event, SymbolicSets fresh) {
  const size_t step = steps_.size();
  if (by_event) first_ = step;
  for (TimingId t = 0; t < fresh.size(); ++t)
    set_at(reached_, t) = s_.diagrams.either(set_at(reached_, t), fresh[t]);
  steps_.push_back({by_event, std::move(fresh)});
  for (size_t i = 0; i < open_.size(); ++i) {
    for (TimingId t = 0; t < steps_[step].fresh.size() && open_[i]; ++t)
      decide(i, step, t, s_.deciding(t, steps_[step].fresh[t], i, step == 0), nullptr);
  }
}

// By any of the states, and the move, if there is one.
void SymbolicLayers::decide(size_t property, size_t step, TimingId timing, const Diagram& states,
                            const SymbolicMove* last) {
  if (states.is_false() || s_.diagrams.exhausted()) return;
  for (; step < steps_.size(); ++step) {
    if (timing >= steps_[step].fresh.size()) continue;
    const Diagram here = s_.diagrams.both(states, steps_[step].fresh[timing]);
    if (here.is_false()) continue;
    std::vector<uint32_t> story = story_to({step, timing, s_.moves.some_of(here)});
    if (last && !s_.is_timer(*last)) story.push_back(last->rule);
    if (s_.diagrams.exhausted()) return;
    stories_[property] = std::move(story);
    open_[property] = 0;
    return;
  }
}

std::vector<uint32_t> SymbolicLayers::story_to(Place place) {
  std::vector<uint32_t> out;
  while (place.step > 0 && !s_.diagrams.exhausted()) {
    const bool by_event = steps_[place.step].by_event;
    const uint32_t rule = step_back(place);
    if (by_event) out.push_back(rule);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

// To a state of an earlier step, and by which rule it leads here.
uint32_t SymbolicLayers::step_back(Place& place) {
  const bool by_event = steps_[place.step].by_event;
  std::vector<SymbolicSpace::Part> parts;
  for (size_t step = place.step; step-- > 0;) {
    for (TimingId timing = 0; timing < steps_[step].fresh.size(); ++timing) {
      const Diagram& from = steps_[step].fresh[timing];
      if (from.is_false()) continue;
      for (const SymbolicMove& m : s_.moves.all()) {
        if (s_.is_timer(m) == by_event) continue;
        parts.clear();
        s_.divide(m, timing, s_.diagrams.both(s_.moves.before(m, place.state), from), parts);
        for (const SymbolicSpace::Part& part : parts) {
          if (part.after != place.timing) continue;
          place = {step, timing, s_.moves.some_of(part.from)};
          return m.rule;
        }
      }
    }
    // By what falls due it is one step; by an event it may be any of the layer before.
    CASUS_CHECK(by_event || s_.diagrams.exhausted(), "a state that nothing led to");
  }
  CASUS_CHECK(s_.diagrams.exhausted(), "a state that nothing led to");
  place.step = 0;
  return 0;
}

}  // namespace casus::explore
