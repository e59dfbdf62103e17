// SPDX-License-Identifier: Apache-2.0
#include "check/votes.h"

#include <algorithm>
#include <map>
#include <utility>

namespace casus::check {

using model::Choice;
using model::Compare;
using model::GivenFact;
using model::RuleOp;

namespace {

constexpr Choice all_choices[] = {Choice::yes, Choice::no, Choice::abstain, Choice::absent};

bool concerns(const GivenFact& g, const Domain& d) {
  return g.fact == d.fact && g.value == 1 &&
         (d.fact != model::fact_party || g.args[1] == static_cast<Value>(d.second.value));
}

EntityId second_of(const Domain& d) { return d.fact == model::fact_party ? d.second : EntityId(); }

// The weight of a member: the value that is given for that instant, the last one told when there are several.
std::map<EntityId, int64_t> weights_at(const World& w, FactId fact, Instant at,
                                       std::span<const GivenFact> more) {
  std::map<EntityId, int64_t> out;
  const auto add = [&](const GivenFact& g) {
    if (g.from <= at && at < g.until) out[EntityId(static_cast<size_t>(g.args[0]))] = g.value;
  };
  for (const GivenFact* g : w.about(fact)) add(*g);
  for (const GivenFact& g : more) {
    if (g.fact == fact) add(g);
  }
  return out;
}

std::optional<bool> negated(std::optional<bool> b) { return b ? std::optional<bool>(!*b) : std::nullopt; }

}  // namespace

Told World::about(FactId fact, EntityId of) const {
  if (x_) {
    const auto known = x_->givens_of(fact, of);
    return {known.begin(), known.end()};
  }
  Told out;
  for (const GivenFact& g : m_.givens) {
    if (g.fact == fact && (!of || g.args[1] == static_cast<Value>(of.value))) out.push_back(&g);
  }
  return out;
}

namespace {

// Who is in it, and when. A successor takes the place that its predecessor has among the parties, or in a role.
std::multimap<EntityId, Times> memberships(const World& w, const Domain& d,
                                           std::span<const GivenFact> more = {}) {
  std::multimap<EntityId, Times> out;
  const auto add = [&](const GivenFact& g) {
    if (concerns(g, d) && g.from < g.until)
      out.emplace(EntityId(static_cast<size_t>(g.args[0])), Times{g.from, g.until});
  };
  for (const GivenFact* g : w.about(d.fact, second_of(d))) add(*g);
  for (const GivenFact& g : more) add(g);
  const Model& m = w.model();
  const bool party = d.fact == model::fact_party;
  if (!party && m[d.fact].role != model::FactRole::role) return out;
  std::vector<model::SuccessionGiven> successions;
  for (const model::SuccessionGiven& s : m.successions) {
    const bool here = party ? m[s.instrument].entity == d.second : s.instrument == m[d.fact].instrument;
    if (here) successions.push_back(s);
  }
  std::stable_sort(successions.begin(), successions.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  for (const model::SuccessionGiven& s : successions) {
    auto [it, end] = out.equal_range(s.predecessor);
    std::vector<Times> left;
    for (; it != end; ++it) {
      if (it->second.until <= s.at || it->second.from > s.at) continue;
      left.push_back({s.at, std::exchange(it->second.until, s.at)});
    }
    for (const Times& t : left) out.emplace(s.successor, t);
  }
  return out;
}

}  // namespace

std::vector<EntityId> members_at(const World& w, const Domain& d, Instant at,
                                 std::span<const GivenFact> more) {
  std::vector<EntityId> out;
  if (!d.fact) {
    for (size_t i = 0; i < w.model().entities.size(); ++i) {
      if (w.model().entity_is(EntityId(i), d.kind)) out.emplace_back(i);
    }
    return out;
  }
  for (const auto& [who, times] : memberships(w, d, more)) {
    if (times.from <= at && at < times.until) out.push_back(who);
  }
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

namespace {

// Each instant at which it changes, with how many are in it from then on.
std::vector<std::pair<Instant, size_t>> sizes_over_time(const World& w, const Domain& d) {
  struct Change {
    Instant at;
    int by = 0;  // ends come before beginnings
    EntityId who;
  };
  std::vector<Change> changes;
  for (const auto& [who, times] : memberships(w, d)) {
    if (times.from >= times.until) continue;
    changes.push_back({times.from, 1, who});
    changes.push_back({times.until, -1, who});
  }
  std::sort(changes.begin(), changes.end(),
            [](const Change& a, const Change& b) { return std::tie(a.at, a.by) < std::tie(b.at, b.by); });
  std::map<EntityId, int> times;  // a member may be told twice
  size_t members = 0;
  std::vector<std::pair<Instant, size_t>> out;
  for (size_t i = 0; i < changes.size(); ++i) {
    int& n = times[changes[i].who];
    if (changes[i].by > 0 ? n++ == 0 : n-- == 1) changes[i].by > 0 ? ++members : --members;
    if (i + 1 == changes.size() || changes[i + 1].at != changes[i].at)
      out.emplace_back(changes[i].at, members);
  }
  return out;
}

}  // namespace

std::optional<Instant> fullest(const World& w, const Domain& d) {
  if (!d.fact) return Instant::far_past();
  size_t most = 1;
  std::optional<Instant> best;
  for (const auto& [at, members] : sizes_over_time(w, d)) {
    if (members < most) continue;
    most = members;
    best = at;
  }
  return best;
}

std::set<size_t> sizes_of(const World& w, const Domain& d) {
  std::set<size_t> out;
  if (!d.fact) return out;
  for (const auto& [at, members] : sizes_over_time(w, d)) {
    if (members != 0) out.insert(members);
  }
  return out;
}

VoteCount::VoteCount(const World& w, const model::Rule& rule, std::vector<EntityId> members, Instant at,
                     std::span<const GivenFact> more)
    : rule_(rule), members_(std::move(members)), votes_(members_.size()), sums_(rule.comparisons.size()) {
  for (const model::Comparison& c : rule.comparisons) {
    auto& by_term = weights_.emplace_back();
    for (const model::TallyTerm& t : c.terms) {
      std::vector<int64_t>& weights = by_term.emplace_back(members_.size(), 1);
      if (t.weight) {
        const auto known = weights_at(w, t.weight, at, more);
        for (size_t i = 0; i < members_.size(); ++i) {
          const auto it = known.find(members_[i]);
          weights[i] = it == known.end() ? 0 : it->second;
        }
      }
      if (!t.from) continue;
      const auto group = members_at(w, *t.from, at, more);
      for (size_t i = 0; i < members_.size(); ++i) {
        if (!std::binary_search(group.begin(), group.end(), members_[i])) weights[i] = 0;
      }
    }
  }
  for (size_t c = 0; c < sums_.size(); ++c) {
    for (size_t i = 0; i < members_.size(); ++i) {
      const Bounds b = share(c, i);
      sums_[c].low += b.low;
      sums_[c].high += b.high;
    }
  }
}

VoteCount::Bounds VoteCount::share(size_t comparison, size_t member) const {
  const auto& terms = rule_.comparisons[comparison].terms;
  const auto with = [&](Choice choice) {
    Wide out = 0;
    for (size_t t = 0; t < terms.size(); ++t) {
      if (terms[t].choices & static_cast<uint8_t>(choice))
        out += static_cast<Wide>(terms[t].coefficient) * weights_[comparison][t][member];
    }
    return out;
  };
  if (votes_[member]) return {with(*votes_[member]), with(*votes_[member])};
  Bounds out{with(Choice::yes), with(Choice::yes)};
  for (Choice choice : all_choices) {
    out.low = std::min(out.low, with(choice));
    out.high = std::max(out.high, with(choice));
  }
  return out;
}

void VoteCount::cast(size_t member, Choice choice) {
  for (size_t c = 0; c < sums_.size(); ++c) {
    const Bounds before = share(c, member);
    sums_[c].low -= before.low;
    sums_[c].high -= before.high;
  }
  votes_[member] = choice;
  for (size_t c = 0; c < sums_.size(); ++c) {
    const Bounds after = share(c, member);
    sums_[c].low += after.low;
    sums_[c].high += after.high;
  }
}

void VoteCount::cast_all(Choice choice) {
  for (size_t i = 0; i < members_.size(); ++i) cast(i, choice);
}

std::optional<bool> VoteCount::adopted() const { return node(rule_.root); }

std::optional<bool> VoteCount::compare(size_t comparison) const {
  const model::Comparison& c = rule_.comparisons[comparison];
  const Wide low = sums_[comparison].low + c.constant, high = sums_[comparison].high + c.constant;
  const auto settled = [](bool surely, bool surely_not) -> std::optional<bool> {
    if (surely) return true;
    return surely_not ? std::optional<bool>(false) : std::nullopt;
  };
  const bool zero = low == 0 && high == 0, never_zero = low > 0 || high < 0;
  switch (c.compare) {
    case Compare::eq:
      return settled(zero, never_zero);
    case Compare::ne:
      return settled(never_zero, zero);
    case Compare::lt:
      return settled(high < 0, low >= 0);
    case Compare::le:
      return settled(high <= 0, low > 0);
    case Compare::gt:
      return settled(low > 0, high <= 0);
    case Compare::ge:
      break;
  }
  return settled(low >= 0, high < 0);
}

std::optional<bool> VoteCount::node(uint32_t index) const {
  const model::RuleNode& n = rule_.nodes[index];
  if (n.op == RuleOp::leaf) return compare(n.leaf);
  if (n.op == RuleOp::negation) return negated(node(n.children.front()));
  const bool stops = n.op == RuleOp::either;  // the part that settles it
  std::optional<bool> out = !stops;
  for (uint32_t child : n.children) {
    const std::optional<bool> part = node(child);
    if (part == stops) return stops;
    if (!part) out.reset();
  }
  return out;
}

namespace {

// All are for it but those who must be against it to make it fail. Leaves everybody in favour.
std::vector<EntityId> coalition(VoteCount& votes) {
  const size_t n = votes.members().size();
  std::vector<size_t> against;
  for (size_t i = 0; i < n && votes.adopted() == true; ++i) {
    votes.cast(i, Choice::no);
    against.push_back(i);
  }
  std::vector<EntityId> out;
  for (size_t i : against) {
    const bool fails = votes.adopted() == false;
    votes.cast(i, Choice::yes);
    if (!fails || votes.adopted() == false) continue;  // superfluous
    votes.cast(i, Choice::no);
    out.push_back(votes.members()[i]);
  }
  votes.cast_all(Choice::yes);
  return out;
}

std::optional<Blocking> ask(Context& x, const Domain& members, const model::Rule& rule) {
  const auto at = fullest(x, members);
  if (!at) return std::nullopt;
  Blocking out;
  out.at = *at;
  out.members = members_at(x, members, *at);
  size_t work =
      x.givens_of(members.fact, second_of(members)).size() * 2 + out.members.size() * rule.nodes.size();
  for (const model::Comparison& c : rule.comparisons) {
    for (const model::TallyTerm& t : c.terms) {
      if (t.from) work += x.givens_of(t.from->fact, second_of(*t.from)).size();
      if (t.weight) work += x.givens_of(t.weight).size();
    }
  }
  if (out.members.empty() || !x.spend(work)) return std::nullopt;
  VoteCount votes(x, rule, out.members, *at);
  votes.cast_all(Choice::yes);
  out.adoptable = votes.adopted() == true;
  if (!out.adoptable) return out;
  out.by_staying_away = true;
  for (size_t i = 0; i < out.members.size(); ++i) {
    votes.cast(i, Choice::no);
    if (votes.adopted() == false) {
      out.blockers.push_back(out.members[i]);
      votes.cast(i, Choice::absent);
      out.by_staying_away = out.by_staying_away && votes.adopted() == false;
    }
    votes.cast(i, Choice::yes);
  }
  if (out.blockers.empty()) out.coalition = coalition(votes);
  const bool turns = std::any_of(rule.comparisons.begin(), rule.comparisons.end(), turns_on_a_tie);
  if (turns && out.members.size() % 2 == 0) {
    for (size_t i = 0; i < out.members.size(); ++i)
      votes.cast(i, i < out.members.size() / 2 ? Choice::yes : Choice::no);
    const auto even = votes.adopted();
    votes.cast(even == true ? 0 : out.members.size() / 2, even == true ? Choice::no : Choice::yes);
    if (even && votes.adopted() == !*even) out.tie = even;
  }
  return out;
}

}  // namespace

bool turns_on_a_tie(const model::Comparison& c) {
  int64_t yes = 0, no = 0;
  for (const model::TallyTerm& t : c.terms) {
    if (t.from || t.weight) return false;
    if (t.choices & static_cast<uint8_t>(Choice::yes)) yes += t.coefficient;
    if (t.choices & static_cast<uint8_t>(Choice::no)) no += t.coefficient;
  }
  return c.constant == 0 && yes != 0 && yes == -no;
}

bool adopts_on_a_tie(const model::Rule& rule) {
  const bool one = rule.comparisons.size() == 1 && rule.nodes[rule.root].op == RuleOp::leaf;
  if (!one || !turns_on_a_tie(rule.comparisons[0])) return false;
  const Compare c = rule.comparisons[0].compare;
  return c == Compare::ge || c == Compare::le;
}

const Blocking* blocking(Context& x, const model::Body& body, const Decision& d) {
  const Domain& members = body.members;
  const auto [it, fresh] = x.blockings.try_emplace(
      {members.kind.value, members.fact.value, members.second.value, d.rule.value}, nullptr);
  if (fresh) {
    if (auto found = ask(x, members, x.m[d.rule])) it->second = std::make_shared<Blocking>(std::move(*found));
  }
  return it->second.get();
}

std::vector<ClauseId> duties_waiting(Context& x, const model::Body& body, const Decision& d) {
  std::vector<ClauseId> out;
  const auto all = x.duties_on(x.m[d.content].event);
  if (!x.spend(all.size() + 1)) return out;
  for (ClauseId id : all) {
    const model::Pattern& p = x.m[x.m[id].trigger.pattern];
    if (!p.decided_by || p.decided_by == body.entity) out.push_back(id);
  }
  return out;
}

}  // namespace casus::check
