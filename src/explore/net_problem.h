// SPDX-License-Identifier: Apache-2.0
// A question as the fast explorers take it: a net that begins where the story before ends, its rules as time sees them, and each property as
// literals. What they can not answer is left to the general explorer, each with its reason.
#pragma once

#include "explore/steps.h"
#include "explore/timing.h"

namespace casus::explore {

// A property is decided (`possible` that it holds, the others that they do not) in a state that lasts, or at the end, where `state` holds; or by a
// rule that is taken where its literal holds.
struct NetAsked {
  uint32_t property = 0;    // in Problem::properties
  bool at_first = false;    // decided at the beginning
  bool at_the_end = false;  // asked only where the time may end
  Literal state = never;    // in a state
  std::vector<Literal> by;  // by rule, in the state before it; empty: no rule decides
};
struct NetUnasked {
  uint32_t property = 0;
  std::string why;  // no net says that
};
struct NetProblem {
  const model::Model* model = nullptr;
  Net net;                       // folded; rules of events are numbered as `events`
  std::vector<MayOccur> events;  // those that are only told are among them, and never enabled
  Groups groups;
  Timings::Span span;
  std::optional<uint32_t> at_most;  // events
  std::vector<NetAsked> asked;
  std::vector<NetUnasked> unasked;
  const std::atomic<bool>* stop = nullptr;  // as NetLimits::stop, for what is made of it

  // Groups with one of these timers become single timers.
  void split(const std::set<uint32_t>& timers) { groups = group_timers(net, timers); }
};
struct NetMade {
  std::unique_ptr<NetProblem> problem;
  std::string why_not;  // when there is none
};
// Refused is what a net has no room for; the reason names the place.
NetMade net_problem(const Ground& ground, const NetLimits& limits = {});

// Why there is no room for what comes of the rule where the circuit has these values, and since which article. Empty: there is room.
std::string why_beyond_room(const NetProblem& problem, uint32_t rule, const std::vector<uint8_t>& values);

// Whether an occurrence of a state is that event of a net problem. `known`: the state's occurrences by number.
bool is_event(const NetProblem& problem, const model::Model& model, uint32_t event,
              const run::Occurrence& occurrence, std::span<const run::Told> known);

}  // namespace casus::explore
