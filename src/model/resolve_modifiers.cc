// SPDX-License-Identifier: Apache-2.0
// What modifies a norm: deadlines, conditions, priorities, reparations; and which of them say something about
// which norms.
#include "model/resolver.h"

namespace casus::model {

namespace {

constexpr unsigned bit(ClauseKind k) { return 1u << static_cast<unsigned>(k); }
constexpr unsigned achieved = bit(ClauseKind::obligation) | bit(ClauseKind::bring_about);
constexpr unsigned duties = achieved | bit(ClauseKind::maintenance);
constexpr unsigned all_norms =
    duties | bit(ClauseKind::prohibition) | bit(ClauseKind::permission) | bit(ClauseKind::power);
constexpr unsigned with_act = bit(ClauseKind::obligation) | bit(ClauseKind::prohibition) |
                              bit(ClauseKind::permission) | bit(ClauseKind::power);

// Which norms a modifier says something about.
unsigned meant_for(NodeKind modifier) {
  switch (modifier) {
    case NodeKind::Within:
    case NodeKind::By:
    case NodeKind::Promptly:
    case NodeKind::EvenIfLate:
      return achieved;
    case NodeKind::Discretion:
      return duties;
    case NodeKind::Otherwise:
      return duties | bit(ClauseKind::prohibition);
    case NodeKind::OwedTo:
      return duties | bit(ClauseKind::prohibition);
    case NodeKind::TakesEffect:
      return bit(ClauseKind::power);
    case NodeKind::Where:
      return with_act;
    case NodeKind::ByRule:
    case NodeKind::Recused:
      return 0;
    default:
      return all_norms;
  }
}

std::string_view name_of(ClauseKind k) {
  switch (k) {
    case ClauseKind::obligation:
      return "a duty to act";
    case ClauseKind::bring_about:
      return "a duty to bring something about";
    case ClauseKind::maintenance:
      return "a duty to keep something true";
    case ClauseKind::prohibition:
      return "a prohibition";
    case ClauseKind::permission:
      return "a permission";
    case ClauseKind::power:
      return "a power";
    case ClauseKind::consequence:
      break;
  }
  return "a consequence";
}

std::string_view remedy(NodeKind modifier, ClauseKind k) {
  switch (modifier) {
    case NodeKind::Within:
    case NodeKind::By:
    case NodeKind::Promptly:
      if (k == ClauseKind::maintenance) return "write `bring about` for what must be true by a date";
      return k == ClauseKind::prohibition ? "for how long it lasts write `until` or `while`"
                                          : "for how long it lasts write `until`; a body decides `by` a rule";
    case NodeKind::EvenIfLate:
      return "only what has a deadline can be late";
    case NodeKind::Where:
      return "put the condition into `when … where` or `while`";
    case NodeKind::ByRule:
    case NodeKind::Recused:
      return "only a body decides by a rule, and only what it `may` do";
    case NodeKind::TakesEffect:
      return "only a power has an effect that can wait";
    default:
      return "take it away";
  }
}

}  // namespace

bool Resolver::modifiers(ClauseId id, Clause& c, NodeId n) {
  const auto parts = children(n);
  bool good = true;
  std::vector<NodeKind> seen;
  // Standing prohibitions, permissions and powers are asked at the act, so that all of their conditions see
  // it.
  const bool asked_at_act = c.trigger.kind == TriggerKind::none && (bit(c.kind) & duties) == 0;
  for (size_t i = 3; i < parts.size(); ++i) {
    const NodeId m = parts[i];
    if ((meant_for(kind(m)) & bit(c.kind)) == 0) {
      error(Diag::modifier_not_for, span(m),
            std::string(name_of(c.kind)) + " takes no `" + first_word(m) + '`',
            std::string(remedy(kind(m), c.kind)));
      good = false;
      continue;
    }
    if (!once_only(m, seen)) {
      good = false;
      continue;
    }
    if (kind(m) == NodeKind::Otherwise) continue;  // last: it has the variables of all the others
    frame_->act_hidden = kind(m) != NodeKind::Where && !asked_at_act;
    good = modifier(c, m) && good;
    frame_->act_hidden = false;
  }
  if (good) good = deadline_is_meant(c, n);
  const NodeId otherwise = child(n, NodeKind::Otherwise);
  if (good && otherwise) reparation(id, c, otherwise);
  return good;
}

std::string Resolver::first_word(NodeId n) const {
  const syntax::Token& t = tree().tokens[tree()[n].first_token];
  return std::string(sources_.slice({tree().source, t.begin, t.end}));
}

// A deadline, a condition of one sort and the like are said once.
bool Resolver::once_only(NodeId m, std::vector<NodeKind>& seen) {
  NodeKind k = kind(m);
  if (k == NodeKind::Notwithstanding) return true;
  if (k == NodeKind::By || k == NodeKind::Promptly) k = NodeKind::Within;
  for (NodeKind before : seen) {
    if (before != k) continue;
    const bool both = k == NodeKind::Where || k == NodeKind::While;
    const bool either = k == NodeKind::Unless || k == NodeKind::UntilCond;
    error(Diag::modifier_twice, span(m),
          k == NodeKind::Within ? "the duty has a deadline already"
                                : '`' + first_word(m) + "` stands here for the second time",
          both     ? "join the two conditions with `and`"
          : either ? "join the two conditions with `or`"
                   : "take one of the two away");
    return false;
  }
  seen.push_back(k);
  return true;
}

bool Resolver::modifier(Clause& c, NodeId m) {
  const auto cond = [this, m](ExprId& place) {
    const ExprId e = condition(nth(m, 0));
    place = both(place, e);
    return e.valid();
  };
  switch (kind(m)) {
    case NodeKind::Within:
    case NodeKind::By:
    case NodeKind::Promptly:
      return deadline(c.deadline, m);
    case NodeKind::Where:
      return cond(c.act_where);
    case NodeKind::While:
      return cond(c.while_);
    case NodeKind::UntilCond:
      return cond(c.until);
    case NodeKind::Unless:
      return cond(c.unless);
    case NodeKind::Until: {
      const auto w = instant_of(m);
      if (w) c.until_instant = last_of(*w);
      return w.has_value();
    }
    case NodeKind::From: {
      const auto w = instant_of(m);
      if (w) c.from = w->at;
      return w.has_value();
    }
    case NodeKind::Discretion:
      return c.discretion = true;
    case NodeKind::EvenIfLate:
      return c.even_if_late = true;
    case NodeKind::Notwithstanding:
      for (NodeId ref_node : children(m)) {
        const ClauseRef ref = article_ref(ref_node, false);
        if (!ref.instrument) return false;
        c.prevails_over.push_back(ref);
      }
      return true;
    case NodeKind::OwedTo: {
      const NodeId whom = nth(m, 0);
      if (!whom) return c.owed_to_all = true;
      c.owed_to = actor(whom, "whom it is owed to");
      return c.owed_to.valid();
    }
    case NodeKind::TakesEffect: {
      const auto d = duration(child(m, NodeKind::Duration));
      if (d) c.takes_effect = *d;
      return d.has_value();
    }
    default:
      return true;
  }
}

// `within D [of X]`, `by` a date (which includes its last instant), `promptly`.
bool Resolver::deadline(Deadline& d, NodeId m) {
  if (kind(m) == NodeKind::Promptly) {
    d.kind = DeadlineKind::promptly;
    return true;
  }
  if (kind(m) == NodeKind::By) {
    d.kind = DeadlineKind::by;
    const auto w = instant_of(m);
    if (w) d.by = last_of(*w);
    return w.has_value();
  }
  d.kind = DeadlineKind::within;
  if (const NodeId open = child(m, NodeKind::OpenDuration)) {
    if (!open_duration(d, open)) return false;
  } else {
    const auto length = duration(child(m, NodeKind::Duration));
    if (!length) return false;
    d.within = *length;
  }
  const NodeId of = child(m, NodeKind::OfName);
  if (!of || name(of) == "notice") return true;
  const ExprId from = name_ref(of, instant_type);
  if (!from) return false;
  const Type t = m_[from].type;
  if (t == instant_type)
    d.anchor = from;
  else if (t.kind == TypeKind::event)
    d.anchor = occurrence_part(from, Op::event_time, 0, instant_type, span(of));
  if (d.anchor) return true;
  error(Diag::type_mismatch, span(name_node(of)),
        "a deadline runs from an event or an instant, and this is " + type_name(t),
        "name the event with `as`, and write `within … of` that name");
  return false;
}

// Dates and deadlines that contradict one another.
bool Resolver::deadline_is_meant(const Clause& c, NodeId n) {
  const bool by = c.deadline.kind == DeadlineKind::by;
  if (by && c.from && c.deadline.by < *c.from) {
    error(Diag::deadline_before_start, span(child(n, NodeKind::By)),
          "the deadline lies before the duty begins, on " + format_iso(*c.from, Precision::day),
          "give a later date");
    return false;
  }
  if (c.from && c.until_instant && *c.until_instant < *c.from) {
    error(Diag::dates_reversed, span(child(n, NodeKind::Until)),
          "the end is not after the beginning, " + format_iso(*c.from, Precision::day), "give a later date");
    return false;
  }
  if (c.even_if_late &&
      (c.deadline.kind == DeadlineKind::none || c.deadline.kind == DeadlineKind::promptly)) {
    error(Diag::modifier_not_for, span(child(n, NodeKind::EvenIfLate)),
          "a duty without a deadline is never late", "add `within …` or `by …`");
    return false;
  }
  return true;
}

// `otherwise breach WORD`, or a norm that is born from the breach and knows what its parent knew.
void Resolver::reparation(ClauseId parent, Clause& c, NodeId otherwise) {
  const NodeId norm_node = child(otherwise, NodeKind::Norm);
  if (!norm_node) {
    const NodeId word = child(otherwise, NodeKind::Name);
    c.breach_word = intern(word ? name(word) : "breach");
    return;
  }
  if (is_decision(norm_node)) {
    return error(Diag::modifier_not_for, span(norm_node), "a body's power to decide is no reparation",
                 "give it in a clause of its own");
  }
  Clause r;
  const ClauseId id = new_clause(r, norm_node);
  c.otherwise = id;
  r.trigger.kind = TriggerKind::reparation;
  r.trigger.parent = parent;
  r.reading = c.reading;
  r.reading_option = c.reading_option;
  Frame frame = *frame_;
  Frame* const outer = frame_;
  frame_ = &frame;
  // An act that was not done has left no values behind. Its variables keep their places, so that no place
  // means two things.
  const VarIndex known =
      c.kind == ClauseKind::prohibition ? frame.act_end : static_cast<VarIndex>(c.bearer.var + 1);
  forget(frame, known);
  r.trigger_vars = known;
  norm(id, r, norm_node);
  frame_ = outer;
  put(id, std::move(r), std::move(frame));
}

void Resolver::forget(Frame& frame, VarIndex from) {
  std::erase_if(frame.visible, [&](const Frame::Visible& v) { return v.var >= from; });
  std::erase_if(frame.captured, [&](VarIndex v) { return v >= from; });
  if (frame.it != no_var && frame.it >= from) frame.it = no_var;
}

}  // namespace casus::model
