// SPDX-License-Identifier: Apache-2.0
#include "explore/net_asked.h"

#include <algorithm>

#include "explore/net_rebuild.h"
#include "explore/properties.h"
#include "replay/judge.h"

namespace casus::explore {

using model::PropertyMode;
using model::Verdict;

bool asks_motions(const model::Property& p) {
  return p.standard == model::StandardProperty::single_blocker ||
         p.standard == model::StandardProperty::motion_in_time;
}

namespace {

class Asked {
 public:
  Asked(const Problem& p, Net& net) : p_(p), net_(net) {}

  void run(NetProblem& out) {
    for (uint32_t i = 0; i < p_.properties.size(); ++i) {
      NetAsked asked;
      asked.property = i;
      std::string why = literals(p_.properties[i], asked);
      if (why.empty())
        out.asked.push_back(std::move(asked));
      else
        out.unasked.push_back({i, std::move(why)});
    }
  }

 private:
  std::string literals(const model::Property& p, NetAsked& out) {
    if (p.standard == model::StandardProperty::breach_has_consequence) {
      by_records(out, [&](const Observation& o) {
        return o.kind == run::RecordKind::breach && !breach_has_consequence(p_, o.clause);
      });
      return "";
    }
    if (asks_motions(p)) return of_motions(p, out);
    if (p.standard != model::StandardProperty::none)
      return "it asks what would come of acts that are not done";
    if (p.mode == PropertyMode::eventually)
      return "`eventually` asks for the whole course, not for one state";
    out.at_the_end = p.at_the_end;
    const bool negated = p.mode == PropertyMode::always;
    if (!p.verdict || is_state(p.verdict->verdict)) {
      const Literal holds =
          p.verdict ? live(*p.verdict) : net_.conditions[static_cast<size_t>(p_.condition[out.property])];
      out.state = negated ? !holds : holds;
      std::vector<uint8_t> values;
      net_.circuit.evaluate(net_.initial, values);
      out.at_first = !p.at_the_end && Circuit::value(out.state, values);
      return "";
    }
    const auto kind = replay::record_of(p.verdict->verdict);
    if (!kind || p.at_the_end) return "what is recorded is no state, of which the end could be asked";
    out.at_first = negated;
    by_records(out, [&](const Observation& o) {
      return o.kind == *kind && concerns(*p_.model, p, o.clause, o.bearer, o.what);
    });
    if (negated) {
      for (Literal& l : out.by) l = !l;
    }
    return "";
  }
  // What would come of votes on a motion as it is opened, or open at the beginning.
  std::string of_motions(const model::Property& p, NetAsked& out) {
    if (p_.gap > 0) return "it asks what would come of votes, and between events there is some time";
    if (votes_come_about())
      return "it asks what would come of votes, and a clause brings about votes or closings";
    if (votes_for_long()) return "it asks what would come of votes, for which there is very long";
    const bool blocker = p.standard == model::StandardProperty::single_blocker;
    Circuit& c = net_.circuit;
    Substitution after(c, c);
    const std::vector<Literal> inputs = c.input_literals();
    for (const Rule& rule : net_.rules) {
      std::vector<Literal> next = inputs, any;
      for (const Write& w : rule.writes) next[w.bit] = w.next;
      after.with(next);
      for (uint32_t m = 0; m < net_.motions.size(); ++m) {
        const Literal opened = recorded(rule, run::RecordKind::motion_opened, m);
        if (opened == never) continue;
        const auto is = [&](MotionAsk what) { return after(asked(m, what)); };
        const Literal hit = blocker ? is(MotionAsk::blocked)
                                    : c.lor(recorded(rule, run::RecordKind::rejected, m),
                                            c.land(is(MotionAsk::open), !is(MotionAsk::carried)));
        any.push_back(c.land(opened, hit));
      }
      out.by.push_back(c.any_of(any));
    }
    std::vector<uint8_t> values;
    c.evaluate(net_.initial, values);
    for (uint32_t m = 0; blocker && m < net_.motions.size(); ++m)
      out.at_first = out.at_first || Circuit::value(asked(m, MotionAsk::blocked), values);
    return "";
  }
  Literal asked(uint32_t motion, MotionAsk what) const {
    return net_.conditions[p_.program.questions.size() + motion * motion_asks + static_cast<size_t>(what)];
  }
  Literal recorded(const Rule& rule, run::RecordKind kind, uint32_t motion) {
    const MotionName& name = net_.motions[motion].name;
    std::vector<Literal> any;
    for (const Observation& o : rule.records) {
      if (o.kind != kind) continue;
      const auto& [proposal, place] = net_.names.at(o.name);
      if (MotionName{EntityId(static_cast<size_t>(proposal.args[1])), proposal.content, proposal.content_args,
                     place} == name)
        any.push_back(o.when);
    }
    return net_.circuit.any_of(any);
  }
  // Votes and closings that a clause brings about: a vote may do more to its motion than count.
  bool votes_come_about() const {
    const auto& clauses = p_.program.clauses;
    return std::any_of(clauses.begin(), clauses.end(), [](const program::ClausePlan& c) {
      return c.active && std::any_of(c.effects.begin(), c.effects.end(), [](const program::EffectPlan& e) {
               return e.kind == model::EffectKind::counts_as &&
                      (e.event == model::event_vote || e.event == model::event_close);
             });
    });
  }
  // The general explorer waits for what comes of votes until a year after the end.
  bool votes_for_long() const {
    const int64_t most = add(Instant{p_.kase.until.ms}, {.months = 12}).ms;
    const auto is_long = [&](const TimerStart& s) {
      if (net_.timers[s.timer].kind != TimerKind::motion) return false;
      return s.due.absolute ? s.due.at > most
                            : s.due.after.months * 31 * ms_per_day + s.due.after.ms > 360 * ms_per_day;
    };
    return std::any_of(net_.running_at_first.begin(), net_.running_at_first.end(), is_long) ||
           std::any_of(net_.rules.begin(), net_.rules.end(),
                       [&](const Rule& r) { return std::any_of(r.timers.begin(), r.timers.end(), is_long); });
  }
  template <class Meant>
  void by_records(NetAsked& out, Meant meant) {
    for (const Rule& rule : net_.rules) {
      std::vector<Literal> any;
      for (const Observation& o : rule.records) {
        if (meant(o)) any.push_back(o.when);
      }
      out.by.push_back(net_.circuit.any_of(any));
    }
  }
  Literal live(const model::Expectation& e) {
    const auto meant = [&](const Bit& b) {
      const bool kind = b.kind == BitKind::pending     ? e.verdict != Verdict::suspended
                        : b.kind == BitKind::suspended ? e.verdict != Verdict::pending
                        : b.kind == BitKind::breached  ? e.verdict == Verdict::duty
                                                       : false;
      return kind && (!e.bearer || b.party == e.bearer) && under(*p_.model, e, net_.duties[b.slot].clause);
    };
    if (std::any_of(net_.always_so.begin(), net_.always_so.end(), meant)) return always;
    std::vector<Literal> any;
    const std::vector<Literal> inputs = net_.circuit.input_literals();
    for (size_t i = 0; i < inputs.size(); ++i) {
      if (meant(net_.bits[i])) any.push_back(inputs[i]);
    }
    return net_.circuit.any_of(any);
  }

  const Problem& p_;
  Net& net_;
};

}  // namespace

void ask(const Problem& problem, NetProblem& of) {
  Asked(problem, of.net).run(of);
  of.split({});
  if (Timings(of.net, of.groups, of.span).event_may_come(Timings::beginning())) return;
  // Nobody can vote at the beginning where something falls due before any event.
  for (NetAsked& a : of.asked) a.at_first = a.at_first && !asks_motions(problem.properties[a.property]);
}

}  // namespace casus::explore
