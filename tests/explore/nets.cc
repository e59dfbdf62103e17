// SPDX-License-Identifier: Apache-2.0
#include "explore/nets.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "explore/council.h"
#include "explore/net_fold.h"
#include "explore/net_walk.h"
#include "run/harness.h"

namespace casus::explore::test {

namespace {

std::optional<Net> net_of_model(const model::Model& m, const NetLimits& limits, size_t told) {
  if (m.scenarios.empty()) return std::nullopt;
  run::Case c = run::test::case_of(m);
  c.agenda_limit = 500;
  std::vector<model::ExprId> questions;
  for (const model::Expectation& e : m.scenarios.front().expectations) questions.push_back(e.condition);
  const program::Program program = program::compile(m, c.under, c.view, questions);
  const Events events = events_of(m, told);
  return compile_net(program, c, events.may, limits, events.story).net;
}

}  // namespace

std::optional<Net> net_of(const std::string& text, uint32_t capacity, size_t told) {
  std::string messages;
  const std::optional<model::Model> m = run::test::resolved(text, messages);
  NetLimits limits;
  limits.capacity = capacity;
  limits.gates = 300'000;
  limits.work = 3'000'000;
  return m ? net_of_model(*m, limits, told) : std::nullopt;
}

Net council_net(int parties, int vetoes) {
  std::string messages;
  const std::optional<model::Model> m = run::test::resolved(council_model(parties, vetoes), messages);
  return net_of_model(m.value(), {}, 0).value();
}

NetProblem problem_of(Net net, int64_t days) {
  NetProblem out;
  out.span = {net.from, net.from + days * ms_per_day, 0};
  out.net = std::move(net);
  out.split({});
  return out;
}

Literal bit_of(const Net& net, std::string_view name) {
  uint32_t node = 0;
  for (const Bit& b : net.bits) {
    while (!net.circuit.is_input(++node)) continue;
    if (b.name == name) return {node * 2};
  }
  throw std::runtime_error("no bit of that name");
}

Course::Course(const Net& net)
    : net_(&net), rule_of_(net.timers.size()), state_(net.initial), agenda_(net.running_at_first) {
  for (const Rule& r : net.rules) {
    if (r.is_timer) rule_of_[r.index] = &r;
  }
  net.circuit.evaluate(state_, values_);
  if (!settle()) throw std::runtime_error("a net that is beyond its room at first");
  seen.clear();
}

bool Course::take(const Rule& rule) {
  if (rule.is_timer) std::erase_if(agenda_, [&](const TimerStart& s) { return s.timer == rule.index; });
  return step(rule) && settle();
}

bool Course::step(const Rule& rule) {
  if (holds(rule.beyond)) return false;
  for (const Observation& o : rule.records) {
    if (holds(o.when)) ++seen[{o.kind, o.clause.value, o.bearer.value}];
  }
  for (const TimerStart& start : rule.timers) {
    if (!holds(start.starts)) continue;
    std::erase_if(agenda_, [&](const TimerStart& s) { return s.timer == start.timer; });
    agenda_.push_back(start);
  }
  for (const Write& w : rule.writes) state_[w.bit] = holds(w.next);
  net_->circuit.evaluate(state_, values_);
  std::erase_if(agenda_, [&](const TimerStart& s) { return !holds(net_->timers[s.timer].running); });
  return true;
}

bool Course::settle() {
  for (int passed = 0; passed < 1000; ++passed) {
    size_t first = agenda_.size();
    const auto key = [&](const TimerStart& s) {
      const TimerKind k = net_->timers[s.timer].kind;
      return std::tuple(s.due.absolute ? s.due.at : INT64_MAX, k < TimerKind::change    ? 0
                                                               : k == TimerKind::change ? 1
                                                                                        : 2);
    };
    for (size_t i = 0; i < agenda_.size(); ++i) {
      if (at_once(*net_, agenda_[i].due) &&
          (first == agenda_.size() || key(agenda_[i]) < key(agenda_[first])))
        first = i;
    }
    if (first == agenda_.size()) return true;
    const Rule& rule = *rule_of_[agenda_[first].timer];
    agenda_.erase(agenda_.begin() + static_cast<std::ptrdiff_t>(first));
    if (!step(rule)) return false;
  }
  return false;
}

}  // namespace casus::explore::test
