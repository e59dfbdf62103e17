// SPDX-License-Identifier: Apache-2.0
#include "run/motions.h"

#include <algorithm>

#include "run/duties.h"

namespace casus::run {

using program::DomainPlan;

namespace {
// Choices in the order of model::Choice's bits: yes, no, abstain, absent. A ballot's value is its choice.
constexpr uint32_t choice_yes = 0, choice_no = 1, choice_abstain = 2, choice_absent = 3, choices = 4;
void set_bit(std::vector<uint64_t>& set, uint32_t b, bool on) {
  const uint64_t mask = uint64_t{1} << (b % 64);
  if (on)
    set[b / 64] |= mask;
  else
    set[b / 64] &= ~mask;
}
}  // namespace

Wide Motions::share(const program::ComparisonPlan& c, uint32_t actor_bit, uint32_t choice) const {
  const Value who = program_.actors.empty() ? 0 : Value{program_.actors[actor_bit].value};
  Wide sum = 0;
  for (const program::TallyPlan& term : c.terms) {
    if ((term.choices >> choice & 1) == 0) continue;
    if (!term.everybody) {
      const uint32_t i = term.from.index;
      const auto w = static_cast<size_t>(who);
      const bool in = term.from.kind == DomainPlan::Kind::party ? facts_.is_party(who, i)
                      : term.from.kind == DomainPlan::Kind::fact
                          ? facts_.has(i, who)
                          : (program_.kind_sets[i][w / 64] >> (w % 64) & 1) != 0;
      if (!in) continue;
    }
    int64_t weight = 1;
    if (term.weighted) {
      weight = facts_.get(term.weight, &who);
      if (weight == model::no_value) weight = 0;
    }
    sum += Wide{term.coefficient} * weight;
  }
  return sum;
}

// Groups and weights are taken as they are at the proposal.
void Motions::fill_shares(const program::ComparisonPlan& c, const uint64_t* electorate, Sum& sum) const {
  sum.cast = sum.low = sum.high = sum.absent = 0;
  sum.shares.assign(c.uniform ? choices : size_t{program_.actor_words} * 64 * choices, 0);
  if (c.uniform) {
    for (uint32_t k = 0; k < choices; ++k) sum.shares[k] = share(c, 0, k);
    return;
  }
  for_each_bit(electorate, program_.actor_words, [&](uint32_t b) {
    for (uint32_t k = 0; k < choices; ++k) sum.shares[size_t{b} * choices + k] = share(c, b, k);
  });
}

void Motions::missing(Tally& tally, const program::RulePlan& plan, uint32_t actor_bit, int sign) {
  for (size_t i = 0; i < plan.comparisons.size(); ++i) {
    Sum& sum = tally.sums[i];
    const Wide* s = shares_of(plan.comparisons[i], sum, actor_bit);
    sum.low += sign * *std::min_element(s, s + choices);
    sum.high += sign * *std::max_element(s, s + choices);
    sum.absent += sign * s[choice_absent];
  }
}

void Motions::cast(Tally& tally, const program::RulePlan& plan, uint32_t actor_bit, uint32_t choice,
                   int sign) {
  for (size_t i = 0; i < plan.comparisons.size(); ++i) {
    tally.sums[i].cast += sign * shares_of(plan.comparisons[i], tally.sums[i], actor_bit)[choice];
  }
}

uint32_t Motions::open(const Motion& motion, const uint64_t* electorate, const uint64_t* recused) {
  const auto index = static_cast<uint32_t>(motions_.size());
  motions_.push_back(motion);
  Motion& m = motions_.back();
  if (free_.empty()) {
    free_.push_back(static_cast<uint32_t>(tallies_.size()));
    tallies_.emplace_back();
  }
  m.tally = free_.back();
  free_.pop_back();
  by_proposal_[m.proposal] = index;

  Tally& t = tallies_[m.tally];
  const uint32_t words = program_.actor_words;
  t.electorate.assign(electorate, electorate + words);
  t.recused.assign(recused, recused + words);
  t.voted.assign(words, 0);
  t.no.assign(words, 0);
  t.abstain.assign(words, 0);
  t.last_vote.resize(size_t{words} * 64);
  const program::RulePlan& plan = rule(m);
  t.sums.resize(plan.comparisons.size());
  for (size_t i = 0; i < plan.comparisons.size(); ++i)
    fill_shares(plan.comparisons[i], electorate, t.sums[i]);
  for_each_bit(electorate, words, [&](uint32_t b) {
    if (has(t.recused, b))
      cast(t, plan, b, choice_abstain, 1);
    else
      missing(t, plan, b, 1);
  });
  return index;
}

std::vector<uint32_t> Motions::open_ones() const {
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < motions_.size(); ++i) {
    if (motions_[i].open) out.push_back(i);
  }
  return out;
}

std::vector<uint64_t> Motions::votes(uint32_t motion) const {
  const Tally& t = tallies_[motions_[motion].tally];
  std::vector<uint64_t> out;
  for (const auto* set : {&t.electorate, &t.recused, &t.voted, &t.no, &t.abstain})
    out.insert(out.end(), set->begin(), set->end());
  return out;
}

void Motions::clear() {
  motions_.clear();
  by_proposal_.clear();
  last_asked_ = model::no_value;
  free_.clear();
  for (uint32_t i = 0; i < tallies_.size(); ++i) free_.push_back(i);
}

void Motions::restore(const Motion& motion, const uint64_t* votes) {
  const uint32_t words = program_.actor_words;
  const uint32_t at = open(motion, votes, votes + words);
  const uint64_t *voted = votes + 2 * words, *no = votes + 3 * words, *abstain = votes + 4 * words;
  for_each_bit(voted, words, [&](uint32_t b) {
    const bool against = (no[b / 64] >> (b % 64) & 1) != 0, apart = (abstain[b / 64] >> (b % 64) & 1) != 0;
    count(at, b, against ? choice_no : apart ? choice_abstain : choice_yes, INT64_MIN);
  });
}

uint32_t Motions::look_up(Value proposal) const {
  const auto it = by_proposal_.find(proposal);
  if (it == by_proposal_.end()) return no_number;  // may be opened yet
  last_asked_ = proposal;
  return last_found_ = it->second;
}

Motions::Cast Motions::ask(uint32_t motion, uint32_t actor_bit, Value ballot, int64_t at) const {
  const Motion& m = motions_[motion];
  if (!m.open) return {Reason::motion_not_open, false};
  const Tally& t = tallies_[m.tally];
  if (actor_bit == program::Program::no_bit || !has(t.electorate, actor_bit))
    return {Reason::not_a_member, false};
  if (has(t.recused, actor_bit)) return {Reason::recused, false};
  if (!has(t.voted, actor_bit)) return {};
  const bool contradictory =
      choice_before(t, actor_bit) != static_cast<uint32_t>(ballot) && t.last_vote[actor_bit] == at;
  return {program_.bodies[m.body].votes_may_change ? Reason::none : Reason::already_voted, contradictory};
}

uint32_t Motions::choice_before(const Tally& t, uint32_t actor_bit) {
  return has(t.no, actor_bit) ? choice_no : has(t.abstain, actor_bit) ? choice_abstain : choice_yes;
}

void Motions::count(uint32_t motion, uint32_t actor_bit, Value ballot, int64_t at) {
  const Motion& m = motions_[motion];
  Tally& t = tallies_[m.tally];
  const auto choice = static_cast<uint32_t>(ballot);
  if (has(t.voted, actor_bit))
    cast(t, rule(m), actor_bit, choice_before(t, actor_bit), -1);
  else
    missing(t, rule(m), actor_bit, -1);
  cast(t, rule(m), actor_bit, choice, 1);
  set_bit(t.voted, actor_bit, true);
  set_bit(t.no, actor_bit, choice == choice_no);
  set_bit(t.abstain, actor_bit, choice == choice_abstain);
  t.last_vote[actor_bit] = at;
}

Standing Motions::leaf(const program::ComparisonPlan& c, const Sum& sum, bool absent) const {
  const Wide base = c.constant + sum.cast;
  const Wide low = base + (absent ? sum.absent : sum.low), high = base + (absent ? sum.absent : sum.high);
  const auto range = [](bool surely, bool never) {
    return surely ? Standing::sure_yes : never ? Standing::sure_no : Standing::open;
  };
  switch (c.compare) {
    case model::Compare::eq:
      return range(low == 0 && high == 0, low > 0 || high < 0);
    case model::Compare::ne:
      return range(low > 0 || high < 0, low == 0 && high == 0);
    case model::Compare::lt:
      return range(high < 0, low >= 0);
    case model::Compare::le:
      return range(high <= 0, low > 0);
    case model::Compare::gt:
      return range(low > 0, high <= 0);
    case model::Compare::ge:
      return range(low >= 0, high < 0);
  }
  return Standing::open;
}

Standing Motions::node(const program::RulePlan& plan, const Tally& tally, uint32_t at, bool absent) const {
  const model::RuleNode& n = plan.nodes[at];
  if (n.op == model::RuleOp::leaf) return leaf(plan.comparisons[n.leaf], tally.sums[n.leaf], absent);
  if (n.op == model::RuleOp::negation) {
    const Standing s = node(plan, tally, n.children[0], absent);
    return s == Standing::open ? s : s == Standing::sure_yes ? Standing::sure_no : Standing::sure_yes;
  }
  // `both` is settled by one part that is surely false, `either` by one that is surely true.
  const Standing deciding = n.op == model::RuleOp::both ? Standing::sure_no : Standing::sure_yes;
  const Standing other = n.op == model::RuleOp::both ? Standing::sure_yes : Standing::sure_no;
  bool any_open = false;
  for (uint32_t child : n.children) {
    const Standing s = node(plan, tally, child, absent);
    if (s == deciding) return deciding;
    any_open |= s == Standing::open;
  }
  return any_open ? Standing::open : other;
}

Standing Motions::standing(uint32_t motion) const {
  const Motion& m = motions_[motion];
  return node(rule(m), tallies_[m.tally], rule(m).root, false);
}

bool Motions::adopted_with_absent(uint32_t motion) const {
  const Motion& m = motions_[motion];
  return node(rule(m), tallies_[m.tally], rule(m).root, true) == Standing::sure_yes;
}

void Motions::close(uint32_t motion, int64_t at) {
  Motion& m = motions_[motion];
  m.open = false;
  m.decided_at = at;
  free_.push_back(m.tally);
}

}  // namespace casus::run
