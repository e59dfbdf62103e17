// SPDX-License-Identifier: Apache-2.0
// Races. A scenario tells votes with instants. A vote on the very instant at which its motion is closed, or
// is settled by the votes before it, enters the record and not the tally, and only the order of the file says
// so; two different ballots of one member at one instant leave open which was meant. What can not be seen:
// votes of an events file, members whom consequences bring in, and deadlines that run from an event which the
// scenario does not tell.
#include <algorithm>
#include <map>

#include "check/votes.h"

namespace casus::check {

using model::ArgMode;
using model::Choice;
using model::DeadlineKind;
using model::no_value;
using model::Op;
using model::Scenario;
using model::ScenarioEvent;

namespace {

constexpr size_t vote_by = 0, vote_on = 1, vote_as = 2, close_on = 1, propose_in = 1;

std::optional<Choice> choice_of(Value ballot) {
  if (ballot == model::ballot_yes) return Choice::yes;
  if (ballot == model::ballot_no) return Choice::no;
  return ballot == model::ballot_abstain ? std::optional<Choice>(Choice::abstain) : std::nullopt;
}

struct Motion {
  const ScenarioEvent* proposed = nullptr;
  const model::Body* body = nullptr;
  const Decision* decision = nullptr;
  std::vector<const ScenarioEvent*> votes;
  std::vector<const ScenarioEvent*> closed;
};

class Races {
 public:
  Races(Context& x, const Scenario& s) : x_(x), s_(s) {}

  void find() {
    std::map<Value, Motion> motions;  // by the proposal's place among the events
    for (size_t i = 0; i < s_.events.size(); ++i) {
      const ScenarioEvent& e = s_.events[i];
      if (e.event == model::event_propose) {
        Motion& m = motions[static_cast<Value>(i)];
        m.proposed = &e;
        decide(m);
      } else if (e.event == model::event_vote && motions.contains(e.args[vote_on])) {
        motions[e.args[vote_on]].votes.push_back(&e);
      } else if (e.event == model::event_close && motions.contains(e.args[close_on])) {
        motions[e.args[close_on]].closed.push_back(&e);
      }
    }
    for (auto& [index, m] : motions) one_motion(m);
  }

 private:
  void decide(Motion& m) const {
    const Value in = m.proposed->args[propose_in];
    if (in == no_value || !x_.m.entities[static_cast<size_t>(in)].body) return;
    m.body = &x_.m[x_.m.entities[static_cast<size_t>(in)].body];
    for (const Decision& d : m.body->decisions) {
      if (x_.m[d.content].event != m.proposed->content || !matches(x_.m[d.content], *m.proposed)) continue;
      m.decision = &d;
      return;
    }
  }

  bool matches(const model::Pattern& p, const ScenarioEvent& e) const {
    for (size_t i = 0; i < p.args.size(); ++i) {
      if (p.args[i].mode != ArgMode::match) continue;
      const model::Expr& wanted = x_.m[p.args[i].match];
      if (wanted.op == Op::constant && wanted.value != e.content_args[i]) return false;
    }
    return true;
  }

  void one_motion(Motion& m) {
    std::stable_sort(m.votes.begin(), m.votes.end(),
                     [](const ScenarioEvent* a, const ScenarioEvent* b) { return a->at.at < b->at.at; });
    two_ballots(m);
    at_the_end(m);
    if (m.decision && !m.decision->recused) after_settled(m);
  }

  void two_ballots(const Motion& m) {
    std::map<std::pair<Instant, Value>, const ScenarioEvent*> first;
    for (const ScenarioEvent* v : m.votes) {
      const auto [it, fresh] = first.try_emplace({v->at.at, v->args[vote_by]}, v);
      if (fresh || it->second->args[vote_as] == v->args[vote_as] || v->args[vote_by] == no_value) continue;
      x_.add({.kind = Diag::contradictory_votes,
              .span = v->span,
              .message = x_.m.entities[static_cast<size_t>(v->args[vote_by])].name +
                         " votes two ways on one motion at " + format_short(v->at.at),
              .where = where(),
              .related = {{it->second->span, "and this way"}},
              .notes = {"take one of the two away, or give them different instants"}});
    }
  }

  // The deadline, where the text fixes it.
  std::optional<Instant> deadline(const Motion& m) const {
    if (!m.decision) return std::nullopt;
    const model::Deadline& d = m.decision->within;
    if (d.kind == DeadlineKind::by) return d.by;
    if (d.kind != DeadlineKind::within || d.open) return std::nullopt;
    if (!d.anchor) return add(m.proposed->at.at, d.within);
    const model::Expr& e = x_.m[d.anchor];
    if (e.op != Op::event_time || x_.m[e.args[0]].op != Op::var) return std::nullopt;
    const model::Pattern& p = x_.m[m.decision->content];
    for (size_t i = 0; i < p.args.size(); ++i) {
      const Value event = m.proposed->content_args[i];
      if (p.args[i].mode != ArgMode::bind || p.args[i].var != x_.m[e.args[0]].a || event == no_value)
        continue;
      return add(s_.events[static_cast<size_t>(event)].at.at, d.within);
    }
    return std::nullopt;
  }

  void at_the_end(const Motion& m) {
    const auto due = deadline(m);
    for (const ScenarioEvent* v : m.votes) {
      const auto close = std::find_if(m.closed.begin(), m.closed.end(),
                                      [&](const ScenarioEvent* c) { return c->at.at == v->at.at; });
      if (close != m.closed.end()) {
        race(*v, "this vote falls on the instant at which the motion is closed",
             {{(*close)->span, "closed here"}});
      } else if (due && *due == v->at.at) {
        race(*v, "this vote falls on the instant of the motion's deadline",
             {{m.decision->span, "the deadline"}});
      }
    }
  }

  // Votes of the instant at which the votes before them leave nothing open.
  void after_settled(const Motion& m) {
    const Instant at = m.proposed->at.at;
    const auto members = members_at(x_, m.body->members, at, s_.givens);
    if (m.votes.empty() || members.empty() ||
        !x_.spend((members.size() + m.votes.size()) * x_.m[m.decision->rule].nodes.size()))
      return;
    VoteCount count(x_, x_.m[m.decision->rule], members, at, s_.givens);
    const ScenarioEvent* settled_by = nullptr;
    for (const ScenarioEvent* v : m.votes) {
      if (settled_by) {
        if (v->at.at == settled_by->at.at) {
          race(*v, "this vote falls on the instant at which the votes before it settle the motion",
               {{settled_by->span, "settled by this vote"}});
        }
        continue;
      }
      const EntityId voter(static_cast<size_t>(v->args[vote_by]));
      const auto it = std::lower_bound(members.begin(), members.end(), voter);
      const auto choice = choice_of(v->args[vote_as]);
      if (it == members.end() || *it != voter || !choice) continue;
      count.cast(static_cast<size_t>(it - members.begin()), *choice);
      if (count.adopted()) settled_by = v;
    }
  }

  void race(const ScenarioEvent& vote, const std::string& message, std::vector<RelatedSpan> related) {
    x_.add({.kind = Diag::vote_race,
            .span = vote.span,
            .message = message,
            .where = where(),
            .related = std::move(related),
            .notes = {"whether it is counted rests on the order of the lines; give it an earlier instant if "
                      "it was cast before"}});
  }

  std::string where() const { return "scenario \"" + s_.title + '"'; }

  Context& x_;
  const Scenario& s_;
};

}  // namespace

void check_races(Context& x) {
  for (const Scenario& s : x.m.scenarios) {
    if (x.here(s.span)) Races(x, s).find();
  }
}

}  // namespace casus::check
