// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "diff/pairing.h"

namespace casus::diff {

bool ArticlePair::changed() const {
  return std::any_of(clauses.begin(), clauses.end(), [](const ClausePair& c) { return !c.same(); }) ||
         std::any_of(decisions.begin(), decisions.end(), [](const DecisionPair& d) { return !d.same(); });
}

bool InstrumentPair::same() const {
  return before.valid() == after.valid() && life.empty() && duties.empty() && blocking.empty() &&
         std::all_of(articles.begin(), articles.end(), [](const ArticlePair& a) { return a.same(); }) &&
         std::all_of(bodies.begin(), bodies.end(), [](const BodyPair& b) {
           return b.before.valid() == b.after.valid() && b.lines.empty();
         });
}

bool Difference::same() const {
  return words.empty() && std::all_of(instruments.begin(), instruments.end(),
                                      [](const InstrumentPair& p) { return p.same(); });
}

std::vector<std::pair<InstrumentId, InstrumentId>> pair_instruments(const Draft& before, const Draft& after) {
  const auto own = [](const Draft& d) {
    std::vector<InstrumentId> out;
    for (size_t i = 0; i < d.model->instruments.size(); ++i) {
      if (is_in(d, d.model->instruments[i].span)) out.emplace_back(i);
    }
    return out;
  };
  std::vector<std::pair<InstrumentId, InstrumentId>> out;
  std::vector<InstrumentId> right = own(after);
  std::vector<size_t> left;  // places in `out`
  for (InstrumentId i : own(before)) {
    const auto it = std::find_if(right.begin(), right.end(), [&](InstrumentId other) {
      return (*after.model)[other].name == (*before.model)[i].name;
    });
    if (it == right.end()) left.push_back(out.size());
    out.emplace_back(i, it == right.end() ? InstrumentId() : *it);
    if (it != right.end()) right.erase(it);
  }
  if (left.size() == 1 && right.size() == 1) {
    out[left.front()].second = right.front();
    return out;
  }
  for (InstrumentId i : right) out.emplace_back(InstrumentId(), i);
  return out;
}

namespace {

InstrumentPair compare_one(const Draft& before, const Draft& after) {
  InstrumentPair out;
  out.before = before.instrument;
  out.after = after.instrument;
  if (before.instrument.valid() != after.instrument.valid()) return out;
  Names names{Former(*before.model, before.instrument), Former(*after.model, after.instrument)};
  out.bodies = pair_bodies(before, after, names);
  out.articles = pair_articles(before, after, out.bodies, names);
  for (BodyPair& b : out.bodies) body_lines(before, after, names, b);
  out.life = life_changes(before, after);
  out.duties = duty_changes(before, after, out.articles);
  out.blocking = blocking_changes(before, after, out.articles);
  return out;
}

}  // namespace

Difference compare(const Draft& before, const Draft& after,
                   const std::vector<std::pair<InstrumentId, InstrumentId>>& pairs) {
  Difference out;
  Draft a = before, b = after;
  for (const auto& [one, other] : pairs) {
    a.instrument = one;
    b.instrument = other;
    out.instruments.push_back(compare_one(a, b));
  }
  if (before.model == after.model) return out;  // one text, two of its instruments: their words are the same
  out.words = word_changes(before, after);
  a.instrument = b.instrument = InstrumentId();
  InstrumentPair rules = compare_one(a, b);
  if (!rules.same()) out.instruments.push_back(std::move(rules));
  return out;
}

}  // namespace casus::diff
