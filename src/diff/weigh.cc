// SPDX-License-Identifier: Apache-2.0
// What differs between two clauses, part by part, and whether it asks more or less of those whom it binds. Where the text alone does
// not tell, the weight is `other`.
#include <algorithm>

#include "diff/pairing.h"

namespace casus::diff {

using model::Clause;
using model::ClauseKind;
using model::DeadlineKind;

namespace {

Weight turned(Weight w) {
  return w == Weight::harder ? Weight::softer : w == Weight::softer ? Weight::harder : w;
}

// `more`: the weight when the second has all that the first has, and more.
template <class T>
Weight growth(const std::vector<T>& a, const std::vector<T>& b, Weight more) {
  if (std::includes(b.begin(), b.end(), a.begin(), a.end())) return more;
  return std::includes(a.begin(), a.end(), b.begin(), b.end()) ? turned(more) : Weight::other;
}

// How much a modal binds: may, must.
int force(ClauseKind k) {
  return k == ClauseKind::permission || k == ClauseKind::power ? 0 : k == ClauseKind::consequence ? 2 : 1;
}

class Weigher {
 public:
  Weigher(const Model& before, ClauseId a, const Model& after, ClauseId b, const Names& names)
      : m_(before),
        n_(after),
        a_(a),
        b_(b),
        names_(names),
        form_a_(names.before.clause(a)),
        form_b_(names.after.clause(b)) {}

  std::vector<PartChange> run() const {
    std::vector<PartChange> out;
    for (size_t p = 0; p < part_count; ++p) {
      const auto part = static_cast<Part>(p);
      if (form_a_[p] == form_b_[p]) continue;
      PartChange& change = out.emplace_back(PartChange{part, weight(part), {}, {}});
      if (part == Part::where) tell(a().where, b().where, change);
      if (part == Part::act_where) tell(a().act_where, b().act_where, change);
      if (part == Part::while_) tell(a().while_, b().while_, change);
    }
    return out;
  }

 private:
  const Clause& a() const { return m_[a_]; }
  const Clause& b() const { return n_[b_]; }

  void tell(ExprId one, ExprId other, PartChange& change) const {
    const auto then = names_.before.conditions(a_, one), now = names_.after.conditions(b_, other);
    const auto only = [](const auto& some, const auto& others, std::vector<ExprId>& out) {
      for (const auto& part : some) {
        const bool kept = std::any_of(others.begin(), others.end(),
                                      [&part](const auto& o) { return o.first == part.first; });
        if (!kept) out.push_back(part.second);
      }
      return out.size() < some.size();
    };
    if (only(then, now, change.gone) && only(now, then, change.added)) return;
    change.gone.clear();
    change.added.clear();
  }

  // A condition under which the clause applies at all: the more is asked, the less it reaches.
  Weight narrower() const { return is_freedom(b()) ? Weight::harder : Weight::softer; }
  Weight conditions(ExprId one, ExprId other, Weight more) const {
    return growth(names_.before.conjuncts(a_, one), names_.after.conjuncts(b_, other), more);
  }
  // Added or taken away; changed is `other`.
  Weight presence(Part p, Weight added) const {
    const bool there = !part_of(form_a_, p).empty(), here = !part_of(form_b_, p).empty();
    return there == here ? Weight::other : here ? added : turned(added);
  }

  Weight kind() const {
    const int one = force(a().kind), other = force(b().kind);
    if (one == other || one == 2 || other == 2) return Weight::other;
    return one < other ? Weight::harder : Weight::softer;
  }

  Weight deadline() const {
    const model::Deadline& one = a().deadline;
    const model::Deadline& other = b().deadline;
    const auto fixed = [](const model::Deadline& d) {
      return d.kind == DeadlineKind::within || d.kind == DeadlineKind::by;
    };
    if (fixed(one) != fixed(other)) return fixed(other) ? Weight::harder : Weight::softer;
    if (one.kind != other.kind || one.open || other.open || one.anchor.valid() != other.anchor.valid())
      return Weight::other;
    if (one.kind == DeadlineKind::by) return other.by < one.by ? Weight::harder : Weight::softer;
    const Instant from = from_civil({2024, 1, 1});
    const Instant then = add(from, one.within), now = add(from, other.within);
    return now == then ? Weight::other : now < then ? Weight::harder : Weight::softer;
  }

  Weight acts() const {
    if (a().acts.empty() || b().acts.empty()) return Weight::other;
    const auto events = [](const Model& m, const Clause& c) {
      std::vector<std::string> out;
      for (model::PatternId p : c.acts) out.push_back(m[m[p].event].name);
      std::sort(out.begin(), out.end());
      return out;
    };
    const auto one = events(m_, a()), other = events(n_, b());
    if (one == other && a().at_least != b().at_least)
      return a().at_least < b().at_least ? Weight::harder : Weight::softer;
    if (one == other || a().at_least != b().at_least) return Weight::other;
    // Of a duty, more acts to choose among; of a prohibition or a freedom, more that it covers.
    return growth(one, other, b().kind == ClauseKind::prohibition ? Weight::harder : Weight::softer);
  }

  // The same event, with fewer or more particulars asked for.
  Weight trigger() const {
    const model::Trigger& one = a().trigger;
    const model::Trigger& other = b().trigger;
    if (one.kind == other.kind && one.kind == model::TriggerKind::event) {
      const model::Pattern& p = m_[one.pattern];
      const model::Pattern& q = n_[other.pattern];
      if (m_[p.event].name != n_[q.event].name || p.decided != q.decided || p.args.size() != q.args.size())
        return Weight::other;
      std::vector<std::string> asked, now;
      for (size_t i = 0; i < p.args.size(); ++i) {
        ask(asked, p.args[i], names_.before, a_, i);
        ask(now, q.args[i], names_.after, b_, i);
      }
      return growth(asked, now, narrower());
    }
    return Weight::other;
  }
  // In order: first that it is told at all, then what it must be.
  static void ask(std::vector<std::string>& to, const model::PatternArg& a, const Former& f, ClauseId clause,
                  size_t place) {
    const std::string at(1, static_cast<char>('a' + place));
    if (a.mode == model::ArgMode::any) return;
    to.push_back(at);
    if (a.mode == model::ArgMode::match)
      to.push_back(at + " " + f.conjuncts(clause, a.match).front());
    else if (a.filter)
      to.push_back(at + " " + f.domain(*a.filter));
  }

  Weight bearer() const {
    const model::Bearer& one = a().bearer;
    const model::Bearer& other = b().bearer;
    const auto excepted = [](const Former& f, ClauseId c, const model::Bearer& bearer) {
      std::vector<std::string> out;
      for (ExprId e : bearer.except) out.push_back(f.conjuncts(c, e).front());
      std::sort(out.begin(), out.end());
      return out;
    };
    if (one.kind != other.kind || one.kind == model::BearerKind::one ||
        names_.before.domain(one.domain) != names_.after.domain(other.domain))
      return Weight::other;
    return growth(excepted(names_.before, a_, one), excepted(names_.after, b_, other), narrower());
  }

  Weight weight(Part p) const {
    switch (p) {
      case Part::kind:
        return kind();
      case Part::who:
        return bearer();
      case Part::what:
        return acts();
      case Part::act_where: {
        const bool duty = b().kind != ClauseKind::prohibition && !is_freedom(b());
        return conditions(a().act_where, b().act_where,
                          duty || is_freedom(b()) ? Weight::harder : Weight::softer);
      }
      case Part::trigger:
        return trigger();
      case Part::where:
        return conditions(a().where, b().where, narrower());
      case Part::while_:
        return conditions(a().while_, b().while_, narrower());
      case Part::deadline:
        return deadline();
      case Part::discretion:
        return presence(p, Weight::softer);
      case Part::unless:
      case Part::until:
      case Part::dates:
        return presence(p, narrower());
      case Part::late:
      case Part::otherwise:
      case Part::notice:
        return presence(p, Weight::harder);
      default:
        return Weight::other;
    }
  }

  const Model& m_;
  const Model& n_;
  ClauseId a_, b_;
  const Names& names_;
  ClauseForm form_a_, form_b_;
};

}  // namespace

bool is_freedom(const Clause& c) { return force(c.kind) == 0; }

std::vector<PartChange> changes(const Model& before, ClauseId a, const Model& after, ClauseId b,
                                const Names& names) {
  return Weigher(before, a, after, b, names).run();
}

}  // namespace casus::diff
