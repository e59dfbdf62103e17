// SPDX-License-Identifier: Apache-2.0
// What refers to occurrences. The engine numbers them; a net has no numbers, but names an occurrence by what it was: its event and its arguments, and a
// proposal by its body and content. A name means the last occurrence that was so. As long as nothing that is live refers to an earlier one, which
// rule by rule is seen to, equal names are equal numbers: so when something occurs that a live duty, a fact, a history or what waits in the queue
// refers to by this name, the rule is `beyond`.
#include <algorithm>

#include "base/check.h"
#include "explore/net_compile.h"

namespace casus::explore {

using model::no_value;

Value NetCompiler::motion_number(const MotionName& name) {
  const auto it = std::find(names_.begin(), names_.end(), name);
  const Value number = first_motion + (it - names_.begin());
  if (it == names_.end()) names_.push_back(name);
  return number;
}

Value NetCompiler::number_of(const Occurrence& o) {
  if (o.event == model::event_propose && o.content &&
      static_cast<uint64_t>(o.args[1]) < p_.model->entities.size())
    return motion_number({EntityId(static_cast<size_t>(o.args[1])), o.content, o.content_args});
  std::vector<Value> key{Value{o.event.value}, Value{o.content.value}};
  key.insert(key.end(), o.args.begin(), o.args.end());
  key.insert(key.end(), o.content_args.begin(), o.content_args.end());
  const auto [it, fresh] = content_index_.try_emplace(key, contents_.size());
  if (fresh) contents_.push_back(o);
  return first_content + static_cast<Value>(it->second);
}

// While the bit holds, something refers to what has this name. A bit `pending` stands for the whole duty.
void NetCompiler::uses(Value name, const Bit& bit) {
  if (is_occurrence(name)) users_[name].push_back(bit);
}

void NetCompiler::again(Value number, Literal guard) {
  constexpr const char* why = "something refers to an occurrence, and the same occurs again";
  if (referred_to_.count(number) != 0) {
    Bit b;
    b.kind = BitKind::occurred;
    b.args[0] = number;
    set(b, guard);
  }
  const auto it = users_.find(number);
  if (it != users_.end()) {
    for (const Bit& b : std::vector<Bit>(it->second))
      beyond(both(guard, b.kind == BitKind::pending ? any_live(b.slot) : read(b)), ClauseId(), why);
  }
  for (size_t i = head_ + 1; i < queue_.size(); ++i) {
    const Item& waits = queue_[i];
    const auto refers = [&](const auto& values) {
      return std::find(values.begin(), values.end(), number) != values.end();
    };
    if (waits.refers && (refers(waits.frame) || refers(waits.occurrence.args)))
      beyond(both(guard, waits.guard), ClauseId(), why);
  }
}

// An event that may happen, with names for the indices of the events that it refers to.
Occurrence NetCompiler::occurrence_of(size_t event) {
  const MayOccur& given = events_[event];
  Occurrence o = given.occurrence;
  const auto name = [&](EventTypeId type, Args& args) {
    for (size_t k = 0; type && k < p_.model->events[type.index()].params.size(); ++k) {
      if ((p_.events[type.index()].event_params >> k & 1) == 0 || args[k] == no_value) continue;
      if (static_cast<uint64_t>(args[k]) >= event)
        return refuse("an event that may happen refers to none before it");
      args[k] = number_of(occurrence_of(static_cast<size_t>(args[k])));
    }
  };
  const bool on_motion = given.motion && (o.event == model::event_vote || o.event == model::event_close);
  if (on_motion) o.args[1] = no_value;
  name(o.event, o.args);
  name(o.content, o.content_args);
  if (!on_motion) return o;
  MotionName motion = *given.motion;
  name(motion.content, motion.args);
  o.args[1] = motion_number(motion);
  return o;
}

// Whether what it refers to has occurred at all. A vote on a motion that never was is void.
Literal NetCompiler::referred_to_ones(const Occurrence& o) {
  Literal all = always;
  const bool procedure = o.event == model::event_vote || o.event == model::event_close;
  const auto ask = [&](Value v) {
    if (!is_occurrence(v)) return;
    if (referred_to_.insert(v).second) more_ = true;
    Bit b;
    b.kind = BitKind::occurred;
    b.args[0] = v;
    all = both(all, read(b));
  };
  for (size_t k = 0; k < o.args.size(); ++k) {
    if (!procedure || k != 1) ask(o.args[k]);
  }
  if (o.content) std::for_each(o.content_args.begin(), o.content_args.end(), ask);
  return all;
}

Literal NetCompiler::may_happen(size_t event, const Occurrence& o) {
  const MayOccur& given = events_[event];
  if (given.only_told && told_) return never;
  Literal out = referred_to_ones(o);
  for (const MayOccur::Member& m : given.members) out = both(out, in_domain(m.domain, m.who));
  if (given.while_open) {
    std::vector<Literal> open;
    for (const uint32_t m : variants(o.args[1])) open.push_back(flag(m, BitKind::open));
    out = both(out, circuit_.any_of(open));
  }
  if (!given.only_if) return out;
  Frame frame;
  frame.fill(no_value);
  std::copy_n(given.vars.begin(), std::min(given.vars.size(), frame.size()), frame.begin());
  CASUS_CHECK(*given.only_if < p_.questions.size(), "a condition of an event is a question of the program");
  return both(out, truth(p_.questions[*given.only_if], frame));
}

}  // namespace casus::explore
