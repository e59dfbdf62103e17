// SPDX-License-Identifier: Apache-2.0
#include "explore/net_problem.h"

#include <algorithm>
#include <map>
#include <set>

#include "explore/net_asked.h"
#include "explore/net_fold.h"

namespace casus::explore {

using model::MayArg;
using model::no_value;
using Args = std::array<Value, model::max_event_params>;

namespace {

bool is_event_type(const model::Param& p) { return p.type.kind == model::TypeKind::event; }
bool is_procedure(EventTypeId e) { return e == model::event_vote || e == model::event_close; }

// The events that may happen and those of the story before, each of them once, those that others name before them.
class EventList {
 public:
  EventList(const Ground& ground, uint32_t places)
      : g_(ground), p_(ground.problem()), m_(*p_.model), places_(places), named_(referable(p_)) {}

  bool run() {
    for (size_t i = 0; i < p_.before.size() && why.empty(); ++i) tell(i);
    story.until = p_.start;
    std::vector<std::vector<const Template*>> patterns(p_.may_happen.size());
    for (const Template& t : g_.events().all()) patterns[t.pattern].push_back(&t);
    std::erase_if(patterns, [](const auto& templates) { return templates.empty(); });
    while (!patterns.empty() && why.empty()) {
      std::vector<std::vector<const Template*>> later;
      for (const auto& templates : patterns) {
        if (waits(*templates.front(), patterns)) {
          later.push_back(templates);
          continue;
        }
        for (size_t i = 0; i < templates.size() && why.empty(); ++i) fill(*templates[i]);
      }
      if (later.size() == patterns.size())
        refuse(*later.front().front(), "events name one another in a circle");
      patterns = std::move(later);
    }
    return why.empty();
  }

  std::vector<MayOccur> events;
  Story story;
  std::string why;

 private:
  void refuse(const Template& t, const std::string& what) {
    if (why.empty()) why = "`may happen " + m_[t.occurrence.event].name + "`: " + what;
  }

  // ---- the story before ----

  // An engine's number of an earlier occurrence, as events name it. None: a clause brought it about, or it is one of several that are alike, of which
  // it is not known here which place they have.
  std::optional<Value> told(Value number) {
    const auto& of_number = g_.event_of_number();
    if (static_cast<uint64_t>(number) < of_number.size()) {
      const uint32_t at = of_number[static_cast<size_t>(number)];
      if (at < told_at_.size()) {
        // With one place it has the last of them; but a proposal may be void, while an equal motion is open.
        const auto later = told_at_.begin() + at + 1;
        const bool last = std::find(later, told_at_.end(), told_at_[at]) == told_at_.end();
        const bool proposal = events[told_at_[at]].occurrence.event == model::event_propose;
        if (proposal ? proposals_like(events[told_at_[at]].occurrence) == 1
                     : last && (places_ == 1 || std::count(told_at_.begin(), later, told_at_[at]) == 1))
          return Value{told_at_[at]};
        why = "an event of the story before names one of several that are alike";
        return std::nullopt;
      }
    }
    why = "an event of the story before names what a clause brought about";
    return std::nullopt;
  }
  // Of the story so far: the same put to the same body, by whomever.
  std::ptrdiff_t proposals_like(const run::Occurrence& one) const {
    return std::count_if(told_at_.begin(), told_at_.end(), [&](uint32_t at) {
      const run::Occurrence& o = events[at].occurrence;
      return o.event == one.event && o.args[1] == one.args[1] && o.content == one.content &&
             o.content_args == one.content_args;
    });
  }
  void name(EventTypeId type, Args& args) {
    for (size_t k = 0; type && k < m_[type].params.size(); ++k) {
      if (!is_event_type(m_[type].params[k]) || args[k] == no_value) continue;
      if (const auto at = told(args[k])) args[k] = *at;
    }
  }
  void tell(size_t i) {
    MayOccur e;
    e.occurrence = p_.before[i];
    e.occurrence.at = 0;
    e.only_told = true;
    name(e.occurrence.event, e.occurrence.args);
    name(e.occurrence.content, e.occurrence.content_args);
    if (!why.empty()) return;
    if (is_procedure(e.occurrence.event) && e.occurrence.args[1] != no_value) on_motion(e, 0);
    const auto [it, fresh] = first_.try_emplace(key_of(e), events.size());
    const size_t at = it->second;
    if (fresh) events.push_back(e);
    told_at_.push_back(static_cast<uint32_t>(at));
    story.events.push_back({static_cast<uint32_t>(at), p_.before[i].at});
  }
  // What it is, apart from when it may happen.
  static std::vector<Value> key_of(const MayOccur& e) {
    const run::Occurrence& o = e.occurrence;
    std::vector<Value> out{Value{o.event.value}, Value{o.content.value}};
    out.insert(out.end(), o.args.begin(), o.args.end());
    out.insert(out.end(), o.content_args.begin(), o.content_args.end());
    if (!e.motion) return out;
    out.insert(out.end(),
               {Value{e.motion->in.value}, Value{e.motion->content.value}, Value{e.motion->place}});
    out.insert(out.end(), e.motion->args.begin(), e.motion->args.end());
    return out;
  }
  // A vote or a closing says by the motion what it is on.
  void on_motion(MayOccur& e, uint32_t place) const {
    const run::Occurrence& proposal = events[event_of(e.occurrence.args[1])].occurrence;
    e.motion = MotionName{EntityId(static_cast<size_t>(proposal.args[1])), proposal.content,
                          proposal.content_args, place};
    e.occurrence.args[1] = no_value;
  }

  // ---- what may happen ----

  struct Named {  // an argument that is an earlier occurrence
    const MayArg* arg = nullptr;
    const model::Param* param = nullptr;
    uint8_t k = 0;
    bool content = false;
    bool motion() const { return param->type.id == model::event_propose.value; }
  };
  std::vector<Named> named(const Template& t) const {
    const model::MayHappen& may = p_.may_happen[t.pattern];
    std::vector<Named> out;
    for (const uint8_t k : t.names) out.push_back({&may.args[k], &m_[may.event].params[k], k, false});
    for (const uint8_t k : t.content_names)
      out.push_back({&may.content_args[k], &m_[may.content].params[k], k, true});
    return out;
  }
  bool fits(const Named& n, const run::Occurrence& earlier) const {
    if (n.param->type.id != Id<void>::none_value && earlier.event.value != n.param->type.id) return false;
    return !n.arg->event || (n.motion() ? earlier.content : earlier.event) == n.arg->event;
  }
  bool waits(const Template& t, const std::vector<std::vector<const Template*>>& left) const {
    for (const Named& n : named(t)) {
      if (std::any_of(left.begin(), left.end(),
                      [&](const auto& others) { return fits(n, others.front()->occurrence); }))
        return true;
    }
    return false;
  }
  // As Events has it: told by what it says but for the occurrences that it names.
  bool is_like(const run::Occurrence& o, const run::Occurrence& before) const {
    if (o.event != before.event || o.content != before.content) return false;
    const auto& params = m_[o.event].params;
    for (size_t i = 0; i < params.size(); ++i) {
      if (!is_event_type(params[i]) && o.args[i] != before.args[i]) return false;
    }
    return true;
  }
  // A clause or a decision may bring about what is named so; events can only name what is told.
  bool brought_about(const Named& n) const {
    const auto is = [&](EventTypeId e) {
      return n.param->type.id == Id<void>::none_value || n.param->type.id == e.value;
    };
    for (size_t i = 0; i < m_.clauses.size(); ++i) {
      if (!p_.program.clauses[i].active) continue;
      for (const model::Effect& e : m_.clauses[i].effects) {
        if (e.kind == model::EffectKind::counts_as && is(e.event)) return true;
      }
    }
    const auto proposes = [&](EventTypeId event, EventTypeId content) {
      return event == model::event_propose && content && is(content);
    };
    return std::any_of(p_.may_happen.begin(), p_.may_happen.end(),
                       [&](const model::MayHappen& may) { return proposes(may.event, may.content); }) ||
           std::any_of(p_.before.begin(), p_.before.end(),
                       [&](const run::Occurrence& o) { return proposes(o.event, o.content); });
  }

  void fill(const Template& t) {
    MayOccur plain;
    plain.occurrence = t.occurrence;
    for (const Template::Member& x : t.members) plain.members.push_back({plan_of(x.domain), x.who});
    std::vector<MayOccur> all{plain};
    if (places_ > 1 && !named(t).empty() &&
        std::find(named_.begin(), named_.end(), t.occurrence.event) != named_.end())
      return refuse(t, "it names one of several that are alike, and is named itself");
    for (const Named& n : named(t)) {
      const bool motion = n.motion() && !n.content && n.k == 1 && is_procedure(t.occurrence.event);
      if (n.motion() && !motion) return refuse(t, "it names a motion, and is no vote on it");
      if (brought_about(n)) return refuse(t, "it names an event that may also come about by itself");
      std::vector<MayOccur> next;
      std::set<std::vector<Value>> motions;
      for (const MayOccur& base : all) {
        for (size_t e = 0; e < events.size(); ++e) {
          const run::Occurrence& earlier = events[e].occurrence;
          if (!fits(n, earlier) || first_.at(key_of(events[e])) != e) continue;
          if (n.arg->kind == MayArg::Kind::value &&
              !is_like(earlier, p_.before[static_cast<size_t>(n.arg->value)]))
            continue;
          for (uint32_t place = 0; place < places_; ++place) {
            MayOccur made = base;
            (n.content ? made.occurrence.content_args : made.occurrence.args)[n.k] =
                explore::earlier(e, place);
            if (motion) {
              on_motion(made, place);
              made.on_kept_motion = true;
              // By whomever it is proposed, it is one motion.
              if (!motions.insert(key_of(made)).second) continue;
            }
            if (next.size() + events.size() >= Events::most)
              return refuse(t, "it may happen in very many ways");
            next.push_back(std::move(made));
          }
        }
      }
      all = std::move(next);
    }
    for (MayOccur& made : all) add(t, std::move(made));
  }
  void add(const Template& t, MayOccur made) {
    const int where = p_.where[t.pattern];
    const model::MayHappen& may = p_.may_happen[t.pattern];
    if (where >= 0) {
      made.only_if = static_cast<uint32_t>(where);
      made.vars.assign(may.vars.size(), no_value);
      const auto bind = [&](const std::vector<MayArg>& args, EventTypeId event, const Args& given) {
        for (size_t k = 0; k < args.size(); ++k) {
          if (args[k].var == model::no_var) continue;
          if (is_event_type(m_[event].params[k]))
            return refuse(t, "its `where` speaks of an earlier event that it names");
          made.vars[args[k].var] = given[k];
        }
      };
      bind(may.args, may.event, made.occurrence.args);
      bind(may.content_args, may.content, made.occurrence.content_args);
    }
    const auto [it, fresh] = first_.try_emplace(key_of(made), events.size());
    if (!fresh && events[it->second].only_told)
      events[it->second] = std::move(made);  // as in the story
    else
      events.push_back(std::move(made));
  }
  program::DomainPlan plan_of(const model::Domain& d) const {
    using Kind = program::DomainPlan::Kind;
    if (d.fact != model::fact_party) return {Kind::fact, d.fact.value};
    return {Kind::party, m_[d.second].instrument.value};
  }

  const Ground& g_;
  const Problem& p_;
  const model::Model& m_;
  const uint32_t places_;                       // of occurrences that are alike
  const std::vector<EventTypeId> named_;        // types of occurrences that events may name
  std::vector<uint32_t> told_at_;               // by place in Problem::before
  std::map<std::vector<Value>, size_t> first_;  // in `events`, of those that are alike
};

std::string words_of(const model::Model& m, const Refusal& r) {
  return r.clause ? m.cite(r.clause) + ": " + r.why : r.why;
}

}  // namespace

std::string why_beyond_room(const NetProblem& problem, uint32_t rule, const std::vector<uint8_t>& values) {
  for (const Beyond& b : problem.net.rules[rule].reasons) {
    if (!Circuit::value(b.when, values)) continue;
    return b.clause && problem.model ? problem.model->cite(b.clause) + ": " + b.why : b.why;
  }
  return {};
}

NetMade net_problem(const Ground& ground, const NetLimits& limits) {
  const Problem& p = ground.problem();
  if (ground.status() != run::RunStatus::done) return {nullptr, "what happens before has no end"};
  if (!ground.obstacles().empty()) return {nullptr, ground.obstacles().front()};
  EventList list(ground, limits.capacity);
  if (!list.run()) return {nullptr, list.why};
  const bool motions = std::any_of(p.properties.begin(), p.properties.end(), asks_motions);
  Compiled raw = compile_net(p.program, p.kase, list.events, limits, list.story, motions);
  if (!raw.net) return {nullptr, words_of(*p.model, raw.refusal)};
  Compiled folded = fold(*raw.net, limits.stop);
  if (!folded.net) return {nullptr, words_of(*p.model, folded.refusal)};
  auto out = std::make_unique<NetProblem>();
  out->model = p.model;
  out->net = std::move(*folded.net);
  out->events = std::move(list.events);
  out->span = {p.start, p.kase.until.ms, p.gap};
  out->at_most = p.at_most;
  out->stop = limits.stop;
  ask(p, *out);
  if (!out->groups.too_many.empty())
    return {nullptr, "very many time limits hang on one event: " + out->groups.too_many};
  return {std::move(out), ""};
}

bool is_event(const NetProblem& problem, const model::Model& m, uint32_t event, const run::Occurrence& o,
              std::span<const run::Told> known) {
  const MayOccur& e = problem.events[event];
  if (o.event != e.occurrence.event || o.content != e.occurrence.content) return false;
  const auto named = [&](Value number) {
    return static_cast<uint64_t>(number) < known.size() ? &known[static_cast<size_t>(number)] : nullptr;
  };
  const auto same = [&](EventTypeId type, const Args& ours, const Args& theirs) {
    for (size_t k = 0; type && k < m[type].params.size(); ++k) {
      if (!is_event_type(m[type].params[k]) || ours[k] == no_value) {
        if (ours[k] != theirs[k]) return false;
        continue;
      }
      const run::Told* earlier = named(theirs[k]);
      if (!earlier || !is_event(problem, m, static_cast<uint32_t>(event_of(ours[k])), *earlier, known))
        return false;
    }
    return true;
  };
  Args theirs = o.args;
  if (e.motion) {
    const run::Told* proposal = named(o.args[1]);
    if (!proposal || proposal->content != e.motion->content || proposal->args[1] != e.motion->in.value ||
        !same(e.motion->content, e.motion->args, proposal->content_args))
      return false;
    theirs[1] = no_value;
  }
  return same(o.event, e.occurrence.args, theirs) &&
         same(o.content, e.occurrence.content_args, o.content_args);
}

}  // namespace casus::explore
