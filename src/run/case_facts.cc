// SPDX-License-Identifier: Apache-2.0
#include "run/case_facts.h"

#include <algorithm>

namespace casus::run {

using model::FactRole;
using model::no_value;

namespace {

const model::Under* under_of(const Case& c, InstrumentId id) {
  for (const auto& u : c.under) {
    if (u.instrument == id) return &u;
  }
  return nullptr;
}

}  // namespace

std::vector<DatedChange> dated_facts(const model::Model& model, const Case& c) {
  struct Ordered {
    DatedChange change;
    int rank;  // at one instant: ends, begins, successions
  };
  std::vector<Ordered> all;
  for (const auto& g : c.givens) {
    int64_t from = g.from.ms;
    if (g.instrument) {
      const model::Under* u = under_of(c, g.instrument);
      if (!u) continue;
      if (u->as_if_from) {
        if (g.fact == model::fact_in_force) continue;
        const FactRole role = model[g.fact].role;
        if (role == FactRole::party || role == FactRole::role) {
          from = g.from == Instant::far_past() ? u->as_if_from->ms : std::min(from, u->as_if_from->ms);
        }
      }
    }
    if (g.until.ms <= from) continue;  // a membership, say, that ended before the as-if date
    const bool relation = model[g.fact].result.kind == model::TypeKind::truth;
    DatedChange d;
    d.fact = g.fact;
    d.args = g.args;
    d.at = from;
    d.value = g.value;
    all.push_back({d, 1});
    if (g.until == Instant::far_future()) continue;
    d.at = g.until.ms;
    d.value = relation ? (g.value == 1 ? 0 : 1) : no_value;
    all.push_back({d, 0});
  }
  for (const auto& u : c.under) {
    if (!u.as_if_from) continue;
    DatedChange d;
    d.at = u.as_if_from->ms;
    d.fact = model::fact_in_force;
    d.args = {Value{model[u.instrument].entity.value}, no_value, no_value, no_value};
    d.value = 1;
    all.push_back({d, 1});
  }
  for (const auto& s : model.successions) {
    if (!under_of(c, s.instrument)) continue;
    DatedChange d;
    d.at = s.at.ms;
    d.is_succession = true;
    d.args = {Value{s.successor.value}, Value{s.predecessor.value}, Value{model[s.instrument].entity.value},
              no_value};
    all.push_back({d, 2});
  }
  std::stable_sort(all.begin(), all.end(), [](const Ordered& a, const Ordered& b) {
    return a.change.at != b.change.at ? a.change.at < b.change.at : a.rank < b.rank;
  });
  std::vector<DatedChange> out;
  for (auto& o : all) out.push_back(o.change);
  return out;
}

}  // namespace casus::run
