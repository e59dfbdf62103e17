// SPDX-License-Identifier: Apache-2.0
// Questions to a running engine about one clause and one occurrence, part by part, with the engine's own eyes: for whoever tells why
// something is owed or not. For an Onlooker, at the moment at which it is told of the occurrence.
#pragma once

#include "run/engine.h"

namespace casus::run {

class Inquiry {
 public:
  using Frame = std::array<Value, program::frame_limit>;

  explicit Inquiry(Engine& engine) : e_(engine) {}

  bool in_force(ClauseId clause) const { return e_.instrument_on(e_.plan(clause)); }
  // Whether the pattern fits the occurrence; binds its variables.
  bool fits(const program::PatternPlan& pattern, const Occurrence& o, OccurrenceNo n, Frame& frame) {
    return e_.match(pattern, o, n, frame.data());
  }
  Value value(program::Node node, const Frame& frame) { return e_.eval(node, frame.data()); }
  bool in_domain(ClauseId clause, Value who, const Frame& frame) {
    const program::ClausePlan& c = e_.plan(clause);
    return c.bearer_kind == model::BearerKind::one ? e_.eval(c.bearer, frame.data()) == who
                                                   : e_.in_domain(c.domain, who);
  }
  // Actors that the clause could bind, in order of entity: those it excepts are left out. The bearer is in the frame.
  template <class F>
  void for_each_bearer(ClauseId clause, Frame& frame, F f) {
    const program::ClausePlan& c = e_.plan(clause);
    const auto ask = [&](Value who) {
      if (e_.bit_of(who) == program::Program::no_bit) return;
      frame[c.bearer_var] = who;
      for (const program::Node except : c.except) {
        if (e_.eval(except, frame.data()) == who) return;
      }
      f(EntityId(static_cast<size_t>(who)));
    };
    if (c.bearer_kind == model::BearerKind::one)
      ask(e_.eval(c.bearer, frame.data()));
    else
      e_.for_each_member(c.domain, ask);
  }
  // What stands in the way of binding that bearer, apart from conditions.
  enum class Bar : uint8_t { none, reserved, suspended, not_begun, ended };
  Bar bar(ClauseId clause, EntityId who) const {
    const program::ClausePlan& c = e_.plan(clause);
    if (e_.reserved(c, who.value)) return Bar::reserved;
    if (e_.suspended(c.instrument, who.value)) return Bar::suspended;
    if (e_.now_ < c.from) return Bar::not_begun;
    return e_.now_ > c.until_instant ? Bar::ended : Bar::none;
  }

 private:
  Engine& e_;
};

}  // namespace casus::run
