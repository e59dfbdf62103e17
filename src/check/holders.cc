// SPDX-License-Identifier: Apache-2.0
// Norms without a holder. A duty or a prohibition of which, as far as the text says who is who, nobody can ever be the
// bearer; and one whose breach nobody can claim: it is owed to the bearer alone, or the bearer is the only party that
// there is. Roles and instruments that are empty altogether are those of CAS0907 and CAS0909. What can not be
// seen: bearers and parties whom events of a file that is not loaded bring in.
#include <algorithm>

#include "check/norms.h"

namespace casus::check {

namespace {

bool bears(const Context& x, const Clause& c) {
  const bool binds = is_duty(c) || c.kind == ClauseKind::prohibition;
  return binds && x.here(c.span) && !x.of_shapes(c.instrument) && c.trigger.kind != TriggerKind::reparation;
}

// Why nobody can bear it; false where an empty role or group is told elsewhere, or nothing is known.
bool nobody(Context& x, const Range& r) {
  if (r.type.kind != model::TypeKind::entity) return false;
  for (const Domain& d : r.in) {
    if (d.fact && (x.sets.never_anybody(d) || x.sets.open(d))) return false;
  }
  size_t steps = 0;
  const bool possible = x.sets.meet(r, r, steps).possible;
  return x.spend(steps) && !possible;
}

// The only one whom it can bind.
std::optional<EntityId> only_bearer(Context& x, const Range& r) {
  if (r.value) return EntityId(static_cast<size_t>(*r.value));
  std::optional<EntityId> out;
  for (const Domain& d : r.in) {
    if (!d.fact || x.sets.open(d) || x.sets.known(d).size() != 1) continue;
    out = x.sets.known(d)[0];
  }
  return out;
}

std::string unclaimed(Context& x, const Clause& c, const Range& r) {
  const auto bearer = only_bearer(x, r);
  if (!bearer || c.owed_to_all) return {};
  if (c.owed_to) {
    const Range to = range(x, c, c.owed_to);
    return to.value == static_cast<Value>(bearer->value) ? "it is owed to the bearer alone" : std::string();
  }
  if (!c.instrument) return {};
  const Domain parties{{}, model::fact_party, x.m[c.instrument].entity};
  const auto known = x.sets.known(parties);
  const auto& roles = x.m[c.instrument].roles;  // who has a part in it without being a party can claim too
  const bool others = std::any_of(roles.begin(), roles.end(), [&](FactId role) {
    const auto who = x.sets.known({{}, role, {}});
    return x.sets.open({{}, role, {}}) || who.size() > 1 || (who.size() == 1 && who[0] != *bearer);
  });
  const bool alone = known.size() == 1 && known[0] == *bearer && !x.sets.open(parties) && !others;
  return alone ? x.m[*bearer].name + " is the only party" : std::string();
}

}  // namespace

void check_holders(Context& x) {
  for (const Clause& c : x.m.clauses) {
    if (!bears(x, c)) continue;
    const Range r = bearer_range(x, c);
    if (nobody(x, r)) {
      x.add({.kind = Diag::nobody_bears,
             .span = c.span,
             .message = "nobody can ever come under this: its bearers and its conditions leave nobody",
             .where = x.where(c),
             .notes = {"mend who shall, or whom the condition lets in"}});
      continue;
    }
    const std::string why = unclaimed(x, c, r);
    if (why.empty()) continue;
    x.add({.kind = Diag::nobody_claims,
           .span = c.span,
           .message = "nobody can claim a breach of this: " + why,
           .where = x.where(c),
           .notes = {"say to whom it is owed, or name the other parties"}});
  }
}

}  // namespace casus::check
