// SPDX-License-Identifier: Apache-2.0
// Deadlines against each other. Two duties that ask one actor for the same act after the same event by different
// deadlines; a body that must decide within days while any one member can stop it; a duty whose time runs from an
// earlier event than the one that gives birth to it; and what waits for an act that may come only when its own time is
// over. Durations are compared where both run from the same sort of event. What can not be seen: that two
// events never come so far apart, and time that acts themselves take.
#include <algorithm>
#include <set>

#include "check/deadlines.h"
#include "check/heard.h"
#include "check/priority.h"
#include "check/votes.h"

namespace casus::check {

using model::DeadlineKind;
using model::EventTypeId;
using model::Op;

namespace {

constexpr int64_t short_time = 7 * ms_per_day;

// From when the time of a clause or a decision runs: the sort of event; none when it is another moment.
EventTypeId runs_from(const Model& m, const model::Deadline& d, const std::vector<Type>& types,
                      EventTypeId otherwise) {
  if (!d.anchor) return otherwise;
  const model::Expr& e = m[d.anchor];
  if (e.op != Op::event_time || m[e.args[0]].op != Op::var) return {};
  const Type t = types[m[e.args[0]].a];
  return t.kind == model::TypeKind::event ? EventTypeId(t.id) : EventTypeId();
}

EventTypeId runs_from(const Model& m, const Clause& c) {
  const bool event = c.trigger.kind == TriggerKind::event;
  return runs_from(m, c.deadline, c.var_types, event ? m[c.trigger.pattern].event : EventTypeId());
}

std::string within(const model::Deadline& d) { return "within " + format_duration(d.within); }

// ---- two deadlines for one act ----
class Differing {
 public:
  explicit Differing(Context& x) : x_(x), apart_(x) {}

  void find() {
    for (size_t i = 0; i < x_.m.clauses.size(); ++i) {
      const Clause& c = x_.m.clauses[i];
      const bool asks = c.kind == ClauseKind::obligation && c.acts.size() == 1 &&
                        c.trigger.kind == TriggerKind::event && !c.discretion &&
                        c.deadline.kind == DeadlineKind::within && !c.deadline.open &&
                        !x_.of_shapes(c.instrument);
      if (asks) duties_.push_back({norm_of(x_, ClauseId(i)), struck(x_, c)});
    }
    for (size_t i = 0; i < duties_.size(); ++i) {
      if (!x_.spend(duties_.size() - i)) return;
      for (size_t k = i + 1; k < duties_.size(); ++k) pair(duties_[i], duties_[k]);
    }
  }

 private:
  struct Duty {
    Norm norm;
    std::vector<Struck> on;
  };

  void pair(const Duty& a, const Duty& b) {
    const Clause &one = x_.m[a.norm.id], &other = x_.m[b.norm.id];
    if (one.deadline.within == other.deadline.within || a.norm.acts[0].event != b.norm.acts[0].event ||
        (!x_.here(one.span) && !x_.here(other.span)))
      return;
    if (contradict(a.norm.conditions, b.norm.conditions) || apart_(one, other)) return;
    size_t steps = 0;
    const Meeting who = x_.sets.meet(a.norm.bearer, b.norm.bearer, steps);
    const bool same =
        who.possible && same_act(a.norm.acts[0], b.norm.acts[0], steps) && same_event(a, b, steps);
    if (!x_.spend(steps) || !same) return;
    const bool first = as_long(one.deadline.within, other.deadline.within);
    const Clause &longer = first ? one : other, &shorter = first ? other : one;
    if (!told_.insert({longer.instrument, longer.article, shorter.instrument, shorter.article}).second)
      return;
    const Duty &long_one = first ? a : b, &short_one = first ? b : a;
    if (!resolved(longer, long_one.norm.id, shorter, short_one.norm.id))
      report(longer, long_one.norm.id, shorter, short_one.norm.id, who.example);
  }

  // Which of them goes first, by the words of the text, told as a note.
  bool resolved(const Clause& a, ClauseId a_id, const Clause& b, ClauseId b_id) {
    std::string winner = x_.m.cite(a_id), rule = prevails(x_.m, a, b);
    if (rule.empty()) winner = x_.m.cite(b_id), rule = prevails(x_.m, b, a);
    if (rule.empty()) return false;
    const Clause &at = x_.here(a.span) ? a : b, &other = &at == &a ? b : a;
    x_.add({.kind = Diag::priority_named,
            .span = at.span,
            .message = x_.m.cite(a_id) + " and " + x_.m.cite(b_id) + " ask for `" +
                       x_.event_of(a.acts[0]).name + "` by different deadlines, and " + winner + " prevails",
            .where = x_.where(at),
            .related = {{other.span, "the other deadline"}},
            .notes = {"the rule: " + rule}});
    return true;
  }

  bool same_act(const Act& a, const Act& b, size_t& steps) const {
    for (size_t i = 0; i < a.args.size(); ++i) {
      if (!x_.sets.meet(a.args[i], b.args[i], steps).possible) return false;
    }
    return true;
  }

  // The same attack, on somebody whom both mean; or the same event that falls on nobody, told of the same.
  bool same_event(const Duty& a, const Duty& b, size_t& steps) const {
    for (const Struck& s : a.on) {
      for (const Struck& t : b.on) {
        if (s.event == t.event && x_.sets.meet(s.who, t.who, steps).possible) return true;
      }
    }
    const model::Pattern &p = x_.m[x_.m[a.norm.id].trigger.pattern],
                         &q = x_.m[x_.m[b.norm.id].trigger.pattern];
    if (p.event != q.event || p.decided != q.decided || !a.on.empty()) return false;
    for (size_t i = 0; i < p.args.size(); ++i) {
      const Type type = x_.m[p.event].params[i].type;
      const Range one = range(x_, x_.m[a.norm.id], p.args[i], type),
                  other = range(x_, x_.m[b.norm.id], q.args[i], type);
      if (!x_.sets.meet(one, other, steps).possible) return false;
    }
    return true;
  }

  void report(const Clause& longer, ClauseId longer_id, const Clause& shorter, ClauseId shorter_id,
              EntityId example) {
    const Clause &at = x_.here(longer.span) ? longer : shorter, &other = &at == &longer ? shorter : longer;
    Diagnostic d{.kind = Diag::deadlines_differ,
                 .span = at.span,
                 .message = x_.m.cite(longer_id) + " leaves " + format_duration(longer.deadline.within) +
                            " for `" + x_.event_of(longer.acts[0]).name + "`, and " + x_.m.cite(shorter_id) +
                            " asks the same actor for it " + within(shorter.deadline),
                 .where = x_.where(at),
                 .related = {{other.span, "the other deadline"}}};
    if (example) d.notes.push_back("for example " + x_.m[example].name + " may come under both");
    d.notes.push_back("who acts " + within(shorter.deadline) +
                      " keeps both if their time runs from the same moment; say which prevails, or tell "
                      "their cases apart");
    x_.add(std::move(d));
  }

  Context& x_;
  Apart apart_;
  std::vector<Duty> duties_;
  std::set<std::tuple<InstrumentId, ArticleId, InstrumentId, ArticleId>> told_;
};

// ---- a short time, and one member who can let it pass ----
void stopped_in_time(Context& x) {
  for (const model::Body& body : x.m.bodies) {
    for (const Decision& d : body.decisions) {
      if (!x.here(d.span) || d.within.kind != DeadlineKind::within || d.within.within.months != 0 ||
          d.within.within.ms > short_time)
        continue;
      const Blocking* b = blocking(x, body, d);
      if (!b || !b->adoptable || b->blockers.empty()) continue;
      const auto duties = duties_waiting(x, body, d);
      if (duties.empty()) continue;
      const bool any = b->blockers.size() == b->members.size();
      std::vector<std::string> cited;
      for (ClauseId c : duties) cited.push_back(cited.size() < joined ? x.m.cite(c) : std::string());
      std::vector<std::string> names;
      for (EntityId e : b->blockers) names.push_back(x.m[e].name);
      x.add({.kind = Diag::one_can_stop,
             .span = d.span,
             .message = '`' + x.event_of(d.content).name + "` must be decided " + within(d.within) +
                        ", and " + (any ? "any one member" : join(names, 5) + " alone") + " can stop it",
             .where = x.where(body.instrument, d.article),
             .notes = {"without it nothing is owed under " + join(cited),
                       "let fewer decide, let the duty arise without the decision when the time is over, or "
                       "say in the prose that it is meant"}});
    }
  }
}

// ---- a duty that comes too late to be kept ----
bool bounds_time(const Model& m, const Clause& c) {
  bool out = false;
  for (ExprId root : conditions_of(c)) {
    visit(m, root, [&](ExprId e) {
      const Op op = m[e].op;
      out = out || op == Op::event_time || op == Op::now ||
            (op == Op::happened && m[e].value != model::no_value);
    });
  }
  return out;
}

void overdue(Context& x, const Clause& c) {
  if (c.deadline.kind != DeadlineKind::within || !c.deadline.anchor || c.trigger.kind != TriggerKind::event)
    return;
  const model::Pattern& p = x.m[c.trigger.pattern];
  const model::Expr& from = x.m[c.deadline.anchor];
  if (p.decided || from.op != Op::event_time || x.m[from.args[0]].op != Op::var ||
      x.m[from.args[0]].a == p.as)
    return;
  const EventTypeId event = runs_from(x.m, c);
  if (!event || bounds_time(x.m, c)) return;
  const std::string begins = '`' + x.m[event].name + '`', trigger = '`' + x.m[p.event].name + '`';
  x.add({.kind = Diag::overdue_at_birth,
         .span = c.span,
         .message = "this is due " + within(c.deadline) + " of " + begins + ", and " + trigger +
                    ", from which it arises, may come later than that",
         .where = x.where(c),
         .notes = {"let the time run from " + trigger + ", or say in the prose until when it may come"}});
}

// ---- waiting for what may come too late ----
struct Timed {
  EventTypeId act, from;
  Duration within;
  Span span;
};

std::vector<Timed> producers(const Model& m) {
  std::vector<Timed> out;
  for (const Clause& c : m.clauses) {
    if (c.kind != ClauseKind::obligation || c.deadline.kind != DeadlineKind::within) continue;
    for (PatternId p : c.acts) out.push_back({m[p].event, runs_from(m, c), c.deadline.within, c.span});
  }
  for (const model::Body& b : m.bodies) {
    for (const Decision& d : b.decisions) {
      if (d.within.kind == DeadlineKind::within)
        out.push_back({m[d.content].event, runs_from(m, d.within, d.var_types, {}), d.within.within, d.span});
    }
  }
  return out;
}

void race(Context& x, ExprId where, const Timed& own, const std::vector<Timed>& acts,
          const std::string& place) {
  if (!where || !own.from) return;
  for (EventTypeId waited : required(x.m, where)) {
    if (!x.spend(acts.size())) return;
    const auto late = std::find_if(acts.begin(), acts.end(), [&](const Timed& t) {
      return t.act == waited && t.from == own.from && as_long(t.within, own.within);
    });
    if (late == acts.end()) continue;
    x.add({.kind = Diag::deadline_race,
           .span = own.span,
           .message = "the time for this is " + format_duration(own.within) + " from `" + x.m[own.from].name +
                      "`, and `" + x.m[waited].name + "`, for which it waits, may take " +
                      format_duration(late->within),
           .where = place,
           .related = {{late->span, "its own deadline"}},
           .notes = {"shorten the one, or lengthen the other"}});
  }
}

}  // namespace

bool as_long(const Duration& a, const Duration& b) {
  for (unsigned month : {2u, 7u}) {
    const Instant start = from_civil({2001, month, 1});
    if (add(start, a) < add(start, b)) return false;
  }
  return true;
}

void check_deadlines(Context& x) {
  Differing(x).find();
  stopped_in_time(x);
  const auto acts = producers(x.m);
  for (const Clause& c : x.m.clauses) {
    if (!is_duty(c) || !x.here(c.span)) continue;
    overdue(x, c);
    if (c.deadline.kind == DeadlineKind::within)
      race(x, c.where, {{}, runs_from(x.m, c), c.deadline.within, c.span}, acts, x.where(c));
  }
  for (const model::Body& b : x.m.bodies) {
    for (const Decision& d : b.decisions) {
      if (!x.here(d.span) || d.within.kind != DeadlineKind::within) continue;
      race(x, d.where, {{}, runs_from(x.m, d.within, d.var_types, {}), d.within.within, d.span}, acts,
           x.where(b.instrument, d.article));
    }
  }
}

}  // namespace casus::check
