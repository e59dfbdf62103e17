// SPDX-License-Identifier: Apache-2.0
// What refers to occurrences. The engine numbers them; a net has no numbers, but names an occurrence by what it was: its event and its arguments, and a
// proposal by its body and content. Where nothing asks which of equal occurrences is meant, that is all that matters. Else there are places: an
// occurrence takes the first place in which no equal one is that a live duty, an open motion, a delayed effect or what waits in the queue
// refers to; where none is left, the rule is `beyond`. So equal names are equal numbers. Later events may name what is referred to, and the last.
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

Value NetCompiler::number_of(const Occurrence& o, uint32_t place) {
  if (o.event == model::event_propose && o.content &&
      static_cast<uint64_t>(o.args[1]) < p_.model->entities.size())
    return motion_number({EntityId(static_cast<size_t>(o.args[1])), o.content, o.content_args, place});
  std::vector<Value> key{Value{o.event.value}, Value{o.content.value}, Value{place}};
  key.insert(key.end(), o.args.begin(), o.args.end());
  key.insert(key.end(), o.content_args.begin(), o.content_args.end());
  const auto [it, fresh] = content_index_.try_emplace(key, contents_.size());
  if (fresh) contents_.push_back({o, place});
  return first_content + static_cast<Value>(it->second);
}

// Of its equals, the one in this place.
Value NetCompiler::placed(Value name, uint32_t place) {
  if (name < first_content) {
    MotionName motion = names_[static_cast<size_t>(name - first_motion)];
    motion.place = place;
    return motion_number(motion);
  }
  const OccurrenceName known = contents_[static_cast<size_t>(name - first_content)];
  return known.place == place ? name : number_of(known.occurrence, place);
}

// Whether two values are the same is asked: of equal occurrences it matters then which is which.
void NetCompiler::tell_apart(Value a, Value b) {
  if (!is_occurrence(a) || !is_occurrence(b) || placed(a, 0) != placed(b, 0)) return;
  if (told_apart_.insert(placed(a, 0)).second) more_ = true;
}

bool NetCompiler::told_apart(Value name) const {
  return name < first_content || told_apart_.count(name) != 0;
}

// While the bit holds, something refers to what has this name, and to what that names. A bit `pending` stands for the whole duty.
void NetCompiler::uses(Value name, const Bit& bit) {
  if (!is_occurrence(name)) return;
  users_[name].push_back(bit);
  const bool motion = name < first_content;
  const Args empty{}, args = motion ? names_[static_cast<size_t>(name - first_motion)].args
                                    : contents_[static_cast<size_t>(name - first_content)].occurrence.args;
  const Args content =
      motion ? empty : contents_[static_cast<size_t>(name - first_content)].occurrence.content_args;
  for (const Args& some : {args, content}) {
    for (const Value v : some) uses(v, bit);
  }
}

// What a state keeps it for, so that later events may name it.
Literal NetCompiler::referred_to(Value name) {
  std::vector<Literal> any;
  for (const Bit& b : std::vector<Bit>(users_[name])) {
    if (b.kind == BitKind::fact || b.kind == BitKind::happened) continue;
    any.push_back(b.kind == BitKind::pending ? any_live(b.slot) : read(b));
  }
  return circuit_.any_of(any);
}

Literal NetCompiler::in_use(Value name) {
  std::vector<Literal> any{referred_to(name)};
  for (size_t i = head_ + 1; i < queue_.size(); ++i) {
    const Item& waits = queue_[i];
    const auto refers = [&](const auto& values) {
      return std::find(values.begin(), values.end(), name) != values.end();
    };
    if (waits.number == name || (waits.refers && (refers(waits.frame) || refers(waits.occurrence.args))))
      any.push_back(waits.guard);
  }
  return circuit_.any_of(any);
}

// Of its equals it is now the last.
void NetCompiler::now_last(Value name, Literal guard) {
  for (uint32_t place = 0; place < (told_apart(placed(name, 0)) ? limits_.capacity : 1); ++place) {
    Bit b;
    b.kind = BitKind::occurred;
    b.args[0] = placed(name, place);
    if (referred_to_.count(b.args[0]) != 0) write(b, guard, b.args[0] == name ? always : never);
  }
}

void NetCompiler::find_times(const Story& story) {
  const auto brought_about = [&](EventTypeId event) {
    const auto by_effect = [&](const ClausePlan& c) {
      return c.active && std::any_of(c.effects.begin(), c.effects.end(), [&](const program::EffectPlan& e) {
               return e.kind == model::EffectKind::counts_as && e.event == event;
             });
    };
    const auto by_decision = [&](const program::BodyPlan& b) {
      return std::any_of(b.decisions.begin(), b.decisions.end(),
                         [&](const program::DecisionPlan& d) { return d.content.event == event; });
    };
    return std::any_of(p_.clauses.begin(), p_.clauses.end(), by_effect) ||
           std::any_of(p_.bodies.begin(), p_.bodies.end(), by_decision);
  };
  // By name: the same motion is put by several.
  std::map<Value, size_t> times;
  const auto name = [&](size_t event) { return number_of(occurrence_of(event), 0); };
  for (size_t i = 0; i < events_.size(); ++i) {
    if (!events_[i].only_told) times[name(i)] = 2;
  }
  for (const Told& t : story.events) ++times[name(t.event)];
  for (const Told& t : story.events) {
    if (times[name(t.event)] == 1 && !brought_about(events_[t.event].occurrence.event))
      times_[name(t.event)] = t.at;
  }
}

// An event that may happen, with names for the indices of the events that it refers to.
Occurrence NetCompiler::occurrence_of(size_t event) {
  const MayOccur& given = events_[event];
  Occurrence o = given.occurrence;
  const auto name = [&](EventTypeId type, Args& args) {
    for (size_t k = 0; type && k < p_.model->events[type.index()].params.size(); ++k) {
      if ((p_.events[type.index()].event_params >> k & 1) == 0 || args[k] == no_value) continue;
      if (event_of(args[k]) >= event) return refuse("an event that may happen refers to none before it");
      args[k] = number_of(occurrence_of(event_of(args[k])), place_of(args[k]));
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

// Whether what it refers to has occurred, and is the last of its equals or something refers to it. A vote on a motion that never was is void.
Literal NetCompiler::referred_to_ones(const Occurrence& o) {
  Literal all = always;
  const bool procedure = o.event == model::event_vote || o.event == model::event_close;
  const auto ask = [&](Value v) {
    if (!is_occurrence(v)) return;
    Bit b;
    b.kind = BitKind::occurred;
    b.args[0] = v;
    if (referred_to_.insert(v).second) {
      more_ = true;
      const OccurrenceName* known =
          v < first_content ? nullptr : &contents_[static_cast<size_t>(v - first_content)];
      const Args names = known ? known->occurrence.args : Args{};
      for (const Value inner : names) uses(inner, b);
    }
    all = both(all, told_apart(placed(v, 0)) ? either(read(b), referred_to(v)) : read(b));
  };
  for (size_t k = 0; k < o.args.size(); ++k) {
    if (!procedure || k != 1) ask(o.args[k]);
  }
  if (o.content) std::for_each(o.content_args.begin(), o.content_args.end(), ask);
  return all;
}

// Whether it is about one of several that are alike, and not about the first place.
bool NetCompiler::names_places(const MayOccur& e) const {
  const auto any = [&](EventTypeId type, const Args& args) {
    for (size_t k = 0; type && k < args.size(); ++k) {
      if ((p_.events[type.index()].event_params >> k & 1) != 0 && args[k] != no_value &&
          place_of(args[k]) != 0)
        return true;
    }
    return false;
  };
  return (e.motion && e.motion->place != 0) || any(e.occurrence.event, e.occurrence.args) ||
         any(e.occurrence.content, e.occurrence.content_args);
}

Literal NetCompiler::may_happen(size_t event, const Occurrence& o) {
  const MayOccur& given = events_[event];
  if (given.only_told && told_) return never;
  Literal out = referred_to_ones(o);
  for (const MayOccur::Member& m : given.members) out = both(out, in_domain(m.domain, m.who));
  if (given.on_kept_motion) out = both(out, referred_to(o.args[1]));  // an open motion refers to its proposal
  if (!given.only_if) return out;
  Frame frame;
  frame.fill(no_value);
  std::copy_n(given.vars.begin(), std::min(given.vars.size(), frame.size()), frame.begin());
  CASUS_CHECK(*given.only_if < p_.questions.size(), "a condition of an event is a question of the program");
  return both(out, truth(p_.questions[*given.only_if], frame));
}

}  // namespace casus::explore
