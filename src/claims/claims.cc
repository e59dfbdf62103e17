// SPDX-License-Identifier: Apache-2.0
#include "claims/claims.h"

#include <algorithm>

namespace casus::claims {
namespace {

bool speaks_of(const model::Model& m, const model::Claim& c, model::EntityId entity) {
  const auto& params = m[c.fact].params;
  for (size_t i = 0; i < c.args.size(); ++i) {
    if (params[i].type.kind == model::TypeKind::entity && c.args[i] == static_cast<model::Value>(entity.value)) return true;
  }
  return false;
}

}  // namespace

std::vector<Index> find(const model::Model& m, const Wanted& w) {
  std::vector<Index> out;
  for (size_t i = 0; i < m.claims.size(); ++i) {
    const model::Claim& c = m.claims[i];
    if (w.source && c.source != w.source) continue;
    if (!w.number.empty() && c.number != w.number) continue;
    if (w.by && std::find(c.by.begin(), c.by.end(), w.by) == c.by.end()) continue;
    if (w.about_entity && !speaks_of(m, c, w.about_entity)) continue;
    if (w.about_fact && c.fact != w.about_fact) continue;
    if (w.stance && (c.words.empty() || c.stance != *w.stance)) continue;
    if (w.since && (!c.at || last_of(*c.at) < *w.since)) continue;
    if (w.until && (!c.at || c.at->at > *w.until)) continue;
    out.push_back(static_cast<Index>(i));
  }
  return out;
}

std::string id_of(const model::Model& m, const model::Claim& c) { return m[c.source].name + "." + c.number; }

bool Positions::disputed() const {
  const auto some = [this](auto side) {
    return std::any_of(of.begin(), of.end(), [side](const auto& p) { return !(p.second.*side).empty(); });
  };
  return some(&Position::in_favour) && some(&Position::against);
}

std::vector<Positions> positions(const model::Model& m, const std::vector<Index>& claims) {
  std::map<Matter, Positions> by_matter;
  for (Index i : claims) {
    const model::Claim& c = m.claims[i];
    const Matter matter{c.fact, c.args};
    Positions& p = by_matter[matter];
    p.matter = matter;
    for (model::EntityId who : c.by) {
      Position& position = p.of[who];
      (c.negated ? position.against : position.in_favour).push_back(i);
      position.conditional_ |= !c.words.empty() && c.stance == model::Stance::requires_;
    }
  }
  std::vector<Positions> out;
  for (auto& [matter, p] : by_matter) out.push_back(std::move(p));
  return out;
}

}  // namespace casus::claims
