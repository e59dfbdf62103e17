// SPDX-License-Identifier: Apache-2.0
#include "explore/solve.h"

#include <algorithm>

#include "explore/follow.h"
#include "explore/net_invariants.h"
#include "explore/net_reasons.h"
#include "explore/net_slice.h"
#include "explore/packed.h"
#include "explore/symbolic.h"

namespace casus::explore {

namespace {

constexpr uint32_t most_alike =
    4;  // live duties of one clause about the same, and such, for which room is made
constexpr size_t few_gates = 5'000;  // for so many what can not come about is always looked for

using Report = std::function<void(const Progress&)>;

Outcome by_general(const Ground& ground, const Limits& limits, const Report& progress, std::string why_not) {
  Outcome out = search(ground, limits, progress);
  out.why_not = std::move(why_not);
  return out;
}

bool cut_short(Ended e) { return e == Ended::states || e == Ended::memory; }

// What does not matter for what is asked. Without showing first that there is room for whatever comes it is little, as all that might be `beyond`
// matters; which takes a while on large nets.
struct LeftOut {
  uint32_t bits = 0, events = 0;
  bool all = false;  // that can be told
};
uint32_t events_of(const NetProblem& problem) {
  return static_cast<uint32_t>(
      std::count_if(problem.net.rules.begin(), problem.net.rules.end(),
                    [](const Rule& r) { return !r.is_timer && r.enabled != never; }));
}
void leave_out(NetProblem& problem, bool all, LeftOut& out) {
  out.all = all || problem.net.circuit.size() <= few_gates;
  if (out.all) drop_impossible(problem.net, problem.stop);
  NetProblem part = slice(problem);
  const auto bits = static_cast<uint32_t>(problem.net.bits.size() - part.net.bits.size());
  const uint32_t events = events_of(problem) - events_of(part);
  if (bits == 0 && events == 0) return;
  out.bits += bits;
  out.events += events;
  problem = std::move(part);
}

// By state, and when there are too many of them by sets of states; or as it is wished.
NetOutcome once_on_net(NetProblem& problem, const Limits& limits, const Report& progress, Engine& engine) {
  engine = limits.engine.value_or(Engine::packed);
  if (engine == Engine::symbolic) return explore_symbolically(problem, limits, progress);
  NetOutcome out = explore_packed(problem, limits, progress);
  if (limits.engine || !out.beyond.empty() || !cut_short(out.ended)) return out;
  NetOutcome symbolic = explore_symbolically(problem, limits, progress);
  if (!symbolic.beyond.empty() || cut_short(symbolic.ended)) return out;
  engine = Engine::symbolic;
  return symbolic;
}

NetOutcome on_net(NetProblem& problem, const Limits& limits, const Report& progress, Engine& engine,
                  LeftOut& left_out) {
  if (limits.engine != Engine::symbolic && limits.reductions.small != 0) {
    Limits little = limits;
    little.states = std::min(limits.states, limits.reductions.small);
    little.reductions = {false, false, false, 0};
    little.threads = std::min(limits.threads, 2u);  // that is all that so few states keep busy
    NetOutcome out = explore_packed(problem, little, progress);
    if (!out.beyond.empty() || !cut_short(out.ended)) return out;
  }
  const bool slices = limits.reductions.slice && !problem.asked.empty();
  if (slices) leave_out(problem, false, left_out);
  NetOutcome out = once_on_net(problem, limits, progress, engine);
  if (!slices || left_out.all || !out.beyond.empty() || !cut_short(out.ended)) return out;
  const LeftOut before = left_out;
  leave_out(problem, true, left_out);
  if (left_out.bits == before.bits && left_out.events == before.events) return out;
  return once_on_net(problem, limits, progress, engine);
}

// What the net found, each story gone again by the engine. None: a story is not confirmed.
std::optional<Outcome> confirmed(const Ground& ground, const NetProblem& problem, const NetOutcome& found) {
  Outcome out;
  out.ended = found.ended;
  out.states = found.states;
  out.states_written = found.states_written;
  out.moves = found.moves;
  out.moves_left_out = found.moves_left_out;
  out.events = found.events;
  out.bytes = found.bytes;
  out.bits = found.bits;
  for (const auto& parties : found.exchanged) {
    auto& names = out.exchanged.emplace_back();
    for (const EntityId party : parties) names.push_back((*problem.model)[party].name);
  }
  out.event_ways = ground.events().templates();
  const auto& properties = ground.problem().properties;
  out.properties.resize(properties.size());
  const bool all = found.ended == Ended::complete || found.ended == Ended::at_most;
  for (size_t i = 0; i < problem.asked.size(); ++i) {
    const uint32_t property = problem.asked[i].property;
    PropertyOutcome& p = out.properties[property];
    const bool possible = properties[property].mode == model::PropertyMode::possible;
    if (!found.stories[i]) {
      if (all) p.answer = possible ? Answer::violated : Answer::holds;
      continue;
    }
    std::optional<Decided> story = follow(ground, problem, *found.stories[i], property);
    if (!story) return std::nullopt;
    p.stories.push_back(std::move(*story));
    p.answer = possible ? Answer::holds : Answer::violated;
  }
  return out;
}

// What no net says is asked of the general explorer.
void ask_the_rest(const Ground& ground, const NetProblem& problem, const Limits& limits,
                  const Report& progress, Outcome& out) {
  std::vector<uint8_t> open(out.properties.size(), 0);
  for (const NetUnasked& u : problem.unasked) open[u.property] = 1;
  Outcome rest = search(ground, limits, progress, open);
  for (const NetUnasked& u : problem.unasked)
    out.properties[u.property] = std::move(rest.properties[u.property]);
  out.by_general = problem.unasked.size();
  out.why_not = problem.unasked.front().why;
  out.obstacles = std::move(rest.obstacles);
  const bool whole =
      rest.ended == Ended::complete || rest.ended == Ended::at_most || rest.ended == Ended::decided;
  if (out.ended != Ended::decided && whole) return;
  // What is said of how far it went is then what the general explorer has seen: all that is known of every question.
  if (!is_unfinished(out.ended)) out.ended = rest.ended;
  out.states = rest.states;
  out.states_written.clear();
  out.exchanged.clear();
  out.moves = rest.moves;
  out.moves_left_out = 0;
  out.events = rest.events;
  out.bytes = std::max(out.bytes, rest.bytes);
}

}  // namespace

Outcome solve(const Ground& ground, const Limits& limits, const Report& progress) {
  if (limits.engine == Engine::general) return search(ground, limits, progress);
  if (limits.stories > 1) return by_general(ground, limits, progress, "further stories are asked for");
  for (uint32_t capacity = 1;; capacity *= 2) {
    const NetMade made = net_problem(ground, {.capacity = capacity, .stop = limits.stop});
    if (!made.problem && capacity < most_alike && more_room_helps(made.why_not)) continue;
    if (!made.problem) return by_general(ground, limits, progress, made.why_not);
    NetProblem& problem = *made.problem;
    if (problem.asked.empty() && !problem.unasked.empty())
      return by_general(ground, limits, progress, problem.unasked.front().why);
    Engine engine = Engine::packed;
    LeftOut left_out;
    const NetOutcome found = on_net(problem, limits, progress, engine, left_out);
    if (!found.beyond.empty()) {
      if (capacity < most_alike && more_room_helps(found.beyond)) continue;
      return by_general(ground, limits, progress, found.beyond);
    }
    std::optional<Outcome> out = confirmed(ground, problem, found);
    if (!out) {
      return by_general(
          ground, limits, progress,
          "a story that was found on the net was not confirmed: this is a mistake of the program");
    }
    out->engine = engine;
    out->bits_left_out = left_out.bits;
    out->events_left_out = left_out.events;
    if (!problem.unasked.empty()) ask_the_rest(ground, problem, limits, progress, *out);
    return std::move(*out);
  }
}

}  // namespace casus::explore
