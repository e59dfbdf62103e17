// SPDX-License-Identifier: Apache-2.0
// What the changes come to for each party: duties and freedoms that appear, vanish, weigh more or less; and who can block.
#include <algorithm>
#include <iterator>
#include <map>

#include "check/votes.h"
#include "diff/pairing.h"
#include "text/words.h"

namespace casus::diff {

namespace {

// members() by domain: asked once.
class Members {
 public:
  explicit Members(const Model& m) : m_(m) {}
  const std::vector<std::string>& operator()(const model::Domain& d) {
    const auto [it, fresh] = known_.try_emplace({d.fact, d.second});
    if (fresh) it->second = members(m_, d);
    return it->second;
  }
  const Model& model() const { return m_; }

 private:
  const Model& m_;
  std::map<std::pair<FactId, EntityId>, std::vector<std::string>> known_;
};

struct Bearers {
  std::vector<std::string> who;
  std::string others;  // whom the text does not name
};

void of_domain(Members& of, const model::Domain& d, const std::string& article, Bearers& out) {
  if (d.fact)
    out.who = of(d);
  else
    out.others = article + spaced(of.model()[d.kind].name);
}

// A variable is who the trigger says it is.
void of_variable(Members& of, const model::Clause& c, model::VarIndex var, Bearers& out) {
  const Model& m = of.model();
  const auto bound = [&](const model::PatternArg& a) {
    if (a.mode != model::ArgMode::bind || a.var != var) return false;
    if (a.filter) of_domain(of, *a.filter, "the ", out);
    return true;
  };
  if (c.trigger.pattern) {
    for (const model::PatternArg& a : m[c.trigger.pattern].args) {
      if (bound(a)) break;
    }
  }
  for (const model::PatternArg& a : c.trigger.fact_pattern.args) bound(a);
  bound(c.trigger.outcome_bearer);
  if (out.who.empty() && out.others.empty()) out.others = "the " + spaced(c.vars[var].name);
}

Bearers bearers(Members& of, ClauseId id) {
  const Model& m = of.model();
  Bearers out;
  const model::Clause& c = m[id];
  const model::Bearer& b = c.bearer;
  if (b.kind == model::BearerKind::each || b.kind == model::BearerKind::together) {
    of_domain(of, b.domain, "each ", out);
    for (ExprId e : b.except) {
      if (m[e].op == model::Op::constant) std::erase(out.who, m.show(m[e].value, m[e].type));
    }
  } else if (b.kind == model::BearerKind::one && b.entity) {
    const model::Expr& e = m[b.entity];
    if (e.op == model::Op::constant)
      out.who = {m.show(e.value, e.type)};
    else if (e.op == model::Op::var && e.a < c.vars.size())
      of_variable(of, c, static_cast<model::VarIndex>(e.a), out);
    else
      out.others = "whom the event names";
  }
  return out;
}

Weight together(const std::vector<PartChange>& parts) {
  Weight out = Weight::none;
  for (const PartChange& p : parts) {
    if (out != Weight::none && out != p.weight) return Weight::other;
    out = p.weight;
  }
  return out;
}

std::vector<std::string> difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

void add_clause(Members& m, Members& n, const ClausePair& p, std::vector<DutyChange>& out) {
  const auto binds = [](const Model& model, ClauseId c) {
    return c && model[c].kind != model::ClauseKind::consequence;
  };
  const Bearers a = binds(m.model(), p.before) ? bearers(m, p.before) : Bearers();
  const Bearers b = binds(n.model(), p.after) ? bearers(n, p.after) : Bearers();
  const auto add = [&](std::vector<std::string> who, std::string others, Weight weight, bool all,
                       std::vector<PartChange> parts = {}) {
    if (who.empty() && others.empty()) return;
    out.push_back({p.before, p.after, weight, std::move(who), std::move(others), all, std::move(parts)});
  };
  std::vector<std::string> both;
  std::set_intersection(a.who.begin(), a.who.end(), b.who.begin(), b.who.end(), std::back_inserter(both));
  const bool same_others = a.others == b.others;
  add(difference(a.who, b.who), same_others ? "" : a.others, Weight::vanishes, both.empty());
  add(difference(b.who, a.who), same_others ? "" : b.others, Weight::appears, both.empty());
  if (!p.parts.empty()) {
    std::vector<PartChange> parts = p.parts;
    // Who bears it is told already, but for those whom only the event makes out.
    const auto by_event = [](const Model& model, ClauseId c) {
      return std::count_if(model[c].bearer.except.begin(), model[c].bearer.except.end(),
                           [&](ExprId e) { return model[e].op != model::Op::constant; });
    };
    if ((a.who != b.who || !same_others) && by_event(m.model(), p.before) == by_event(n.model(), p.after))
      std::erase_if(parts, [](const PartChange& c) { return c.part == Part::who; });
    const bool all = both.size() == a.who.size() && both.size() == b.who.size();
    if (!parts.empty()) add(both, same_others ? a.others : "", together(parts), all, parts);
  }
}

// ---- blocking ----

bool members_count_alike(const model::Rule& rule) {
  for (const model::Comparison& c : rule.comparisons) {
    for (const model::TallyTerm& t : c.terms) {
      if (t.from || t.weight) return false;
    }
  }
  return true;
}

// The smallest groups whose no is enough, though all others say yes.
class Groups {
 public:
  Groups(check::VoteCount& votes, size_t& left) : votes_(votes), left_(left) {}

  // Groups of `size` from `first` on; false: too many to ask.
  bool ask(size_t size, size_t first) {
    if (size == 0) {
      if (left_ == 0) return false;
      --left_;
      if (votes_.adopted() == false) ++found;
      return true;
    }
    bool whole = true;
    for (size_t i = first; whole && i + size <= votes_.members().size(); ++i) {
      votes_.cast(i, model::Choice::no);
      whole = ask(size - 1, i + 1);
      votes_.cast(i, model::Choice::yes);
    }
    return whole;
  }
  size_t found = 0;

 private:
  check::VoteCount& votes_;
  size_t& left_;
};

constexpr size_t most_groups = 1'000'000;  // that are asked, of all decisions
constexpr size_t most_members = 2'000;     // of a body whose members are asked one by one

void find_groups(check::VoteCount& votes, bool alike, size_t& left, Blocking& out) {
  const size_t n = votes.members().size();
  if (alike) {  // it is enough to count
    for (size_t i = 0; i < n; ++i) {
      votes.cast(i, model::Choice::no);
      if (votes.adopted() == false) {
        out.together = i + 1;
        return;
      }
    }
    out.together = 0;
    return;
  }
  Groups groups(votes, left);
  for (size_t size = 1; size <= n; ++size) {
    if (!groups.ask(size, 0)) return;
    if (groups.found == 0) continue;
    out.together = size;
    out.groups = groups.found;
    return;
  }
  out.together = 0;
}

std::optional<Blocking> blocking(const Model& m, BodyId body, const model::Decision& d, size_t& left) {
  const auto at = check::fullest(m, m[body].members);
  if (!at) return std::nullopt;
  const model::Rule& rule = m[d.rule];
  check::VoteCount votes(m, rule, check::members_at(m, m[body].members, *at), *at);
  if (votes.members().empty() || votes.members().size() > std::min(most_members, left)) return std::nullopt;
  left -= votes.members().size();
  Blocking out;
  for (EntityId e : votes.members()) out.members.push_back(m[e].name);
  votes.cast_all(model::Choice::yes);
  out.adoptable = votes.adopted() == true;
  if (!out.adoptable) return out;
  for (size_t i = 0; i < votes.members().size(); ++i) {
    votes.cast(i, model::Choice::no);
    if (votes.adopted() == false) out.alone.push_back(m[votes.members()[i]].name);
    votes.cast(i, model::Choice::yes);
  }
  std::sort(out.members.begin(), out.members.end());
  std::sort(out.alone.begin(), out.alone.end());
  find_groups(votes, members_count_alike(rule), left, out);
  return out;
}

}  // namespace

std::vector<std::string> members(const Model& m, const model::Domain& d) {
  std::vector<std::string> out;
  const auto at = check::fullest(m, d);
  if (!at || !d.fact) return out;
  for (EntityId e : check::members_at(m, d, *at)) out.push_back(m[e].name);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<DutyChange> duty_changes(const Draft& before, const Draft& after,
                                     const std::vector<ArticlePair>& articles) {
  std::vector<DutyChange> out;
  Members m(*before.model), n(*after.model);
  for (const ArticlePair& a : articles) {
    for (const ClausePair& p : a.clauses) add_clause(m, n, p, out);
  }
  return out;
}

std::vector<BlockingChange> blocking_changes(const Draft& before, const Draft& after,
                                             const std::vector<ArticlePair>& articles) {
  std::vector<BlockingChange> out;
  size_t left = most_groups;
  for (const ArticlePair& a : articles) {
    for (const DecisionPair& d : a.decisions) {
      BlockingChange c{d, {}, {}};
      if (d.before)
        c.before =
            blocking(*before.model, d.body_before, (*before.model)[d.body_before].decisions[*d.before], left);
      if (d.after)
        c.after =
            blocking(*after.model, d.body_after, (*after.model)[d.body_after].decisions[*d.after], left);
      if (c.before != c.after || !d.before || !d.after) out.push_back(std::move(c));
    }
  }
  return out;
}

}  // namespace casus::diff
