// SPDX-License-Identifier: Apache-2.0
#include "claims/claims.h"

#include <algorithm>
#include <set>

namespace casus::claims {
namespace {

template <typename T>
bool among(const std::vector<T>& some, const T& one) {
  return std::find(some.begin(), some.end(), one) != some.end();
}

bool speaks_of(const model::Model& m, const model::Claim& c, model::EntityId entity) {
  const auto& params = m[c.fact].params;
  for (size_t i = 0; i < c.args.size(); ++i) {
    if (params[i].type.kind == model::TypeKind::entity &&
        c.args[i] == static_cast<model::Value>(entity.value))
      return true;
  }
  return false;
}

bool fits(const model::Model& m, const model::Claim& c, const Wanted& w) {
  const auto is_wanted = [&](model::EntityId e) { return among(w.by, e); };
  return (!w.source || c.source == w.source) && (w.number.empty() || c.number == w.number) &&
         (w.by.empty() || std::any_of(c.by.begin(), c.by.end(), is_wanted)) &&
         (!w.about_entity || speaks_of(m, c, w.about_entity)) && (!w.about_fact || c.fact == w.about_fact) &&
         (w.stances.empty() || (!c.words.empty() && among(w.stances, c.stance))) &&
         (!w.since || (c.at && last_of(*c.at) >= *w.since)) && (!w.until || (c.at && c.at->at <= *w.until));
}

bool contradict(const std::set<Side>& said) {
  size_t held = 0;
  for (const Side& s : said) {
    if (s.denied) continue;
    if (++held == 2 || said.contains({true, s.value})) return true;
  }
  return false;
}

void add_sides(const Position& position, std::set<Side>& to) {
  for (const auto& [side, claims] : position.says) to.insert(side);
}

}  // namespace

std::vector<Index> find(const model::Model& m, const Wanted& w) {
  std::vector<Index> out;
  for (size_t i = 0; i < m.claims.size(); ++i) {
    if (fits(m, m.claims[i], w)) out.push_back(static_cast<Index>(i));
  }
  return out;
}

std::string id_of(const model::Model& m, const model::Claim& c) { return m[c.source].name + "." + c.number; }

std::vector<Positions> positions(const model::Model& m, const std::vector<Index>& claims,
                                 const std::vector<model::EntityId>& parties) {
  std::map<Matter, Positions> by_matter;
  for (Index i : claims) {
    const model::Claim& c = m.claims[i];
    const Matter matter{c.fact, c.args};
    Positions& p = by_matter[matter];
    p.matter = matter;
    for (model::EntityId who : c.by) {
      if (!parties.empty() && !among(parties, who)) continue;
      Position& position = p.of[who];
      std::vector<Index>& list = position.says[{c.negated, c.value}];
      if (list.empty() || list.back() != i) list.push_back(i);  // whoever is named twice says it once
      position.conditional |= !c.words.empty() && c.stance == model::Stance::requires_;
    }
  }
  std::vector<Positions> out;
  for (auto& [matter, p] : by_matter) out.push_back(std::move(p));
  return out;
}

size_t cells(const std::vector<Positions>& positions) {
  std::set<model::EntityId> parties;
  for (const Positions& p : positions) {
    for (const auto& [who, position] : p.of) parties.insert(who);
  }
  return positions.size() * parties.size();
}

bool contradict(const Position& position) {
  std::set<Side> said;
  add_sides(position, said);
  return contradict(said);
}

bool contradict(const Positions& positions) {
  std::set<Side> said;
  for (const auto& [who, position] : positions.of) add_sides(position, said);
  return contradict(said);
}

}  // namespace casus::claims
