// SPDX-License-Identifier: Apache-2.0
// The five obligations and their conditions.
#include "coding/atop_coder.h"

#include <algorithm>

namespace casus::coding {

void Coder::the_five() {
  for (const Obligation& o : obligations) {
    const Fits& f = fits_[o.variable];
    if (!f.known)
      never({o.variable}, "the scheme has no words for it");
    else if (f.matches.empty())
      put(o.variable, {0}, std::string("no clause with ") + o.words);
    else
      put(o.variable, {1}, noted(f), clauses_of(f));
  }
  const auto active = {"DEFENSE", "OFFENSE"};
  const bool any =
      std::any_of(active.begin(), active.end(), [&](const char* v) { return !fits_[v].matches.empty(); });
  put("ACTIVE", {any}, any ? "DEFENSE or OFFENSE" : "neither DEFENSE nor OFFENSE");
}

Coder::Asked Coder::asked(const Fits& f) const {
  Asked out;
  size_t free = 0;
  for (const Match& match : f.matches) {
    bool other = false;
    for (const Condition& c : match.conditions) {
      if (c.about == About::number)
        out.number.push_back(match.clause);
      else if (c.about != About::role)
        other = true;
      else if (c.role == "adversary")
        out.adversary.push_back(match.clause);
      else if (c.role == "location")
        out.location.push_back(match.clause);
    }
    free += !other;
    if (other) out.other.push_back(match.clause);
  }
  if (free > 0) out.other.clear();
  return out;
}

void Coder::conditions() {
  std::vector<Coded> parts;  // of members in the data: told after the alliance's own
  std::vector<model::ClauseId> limited;
  for (const Obligation& o : obligations) {
    const Asked a = asked(fits_[o.variable]);
    limited.insert(limited.end(), a.other.begin(), a.other.end());
    const std::string prefix = o.prefix;
    if (prefix.empty()) continue;
    const auto part = [&](const char* suffix, const std::vector<model::ClauseId>& clauses, const char* what) {
      Coded c{prefix + suffix, Certainty::derived, {!clauses.empty()}, "", clauses};
      c.why = fits_[o.variable].matches.empty() ? std::string("no ") + o.words
              : clauses.empty()                 ? std::string("no condition on ") + what
                                : std::string("a condition on ") + what + ": " + cited(clauses);
      parts.push_back(std::move(c));
    };
    part("COADV", a.adversary, "who the adversary is");
    part("COLOC", a.location, "the place");
    if (prefix != "CON") part("CONUM", a.number, "a number");
    shaped(prefix + "COCON", fits_[o.variable], a.other, parts);
    if (prefix != "CON") shaped(prefix + "CODEM", fits_[o.variable], a.other, parts);
    if (prefix == "DEF" || prefix == "NEU") shaped(prefix + "CONPR", fits_[o.variable], a.other, parts);
    if (prefix == "NEU") shaped("NEUCOATT", fits_[o.variable], a.other, parts);
    if (prefix == "CON") shaped("CONCOREQ", fits_[o.variable], a.other, parts);
  }
  const auto holds = [&](const std::string& prefix) {
    return std::any_of(parts.begin(), parts.end(), [&](const Coded& c) {
      return c.variable.starts_with(prefix) && c.certainty == Certainty::derived &&
             c.codes == std::vector<int64_t>{1};
    });
  };
  bool any = !limited.empty();
  std::vector<std::pair<std::string, bool>> sums;
  for (const Obligation& o : obligations) {
    if (*o.prefix == '\0') continue;
    sums.emplace_back(std::string(o.prefix) + "CON", holds(std::string(o.prefix) + "CO"));
    any |= sums.back().second;
  }
  put("CONDITIO", {any}, any ? "some obligation has a condition" : "no obligation has a condition");
  for (const auto& [variable, yes] : sums)
    put(variable, {yes}, yes ? "a condition below" : "no condition below");
  for (Coded& c : parts) out_.variables.push_back(std::move(c));
  put("OLIMOB", {!limited.empty()},
      limited.empty() ? "no other limit on an obligation" : "other limits: " + cited(limited), limited);
  asymmetry();
}

// A kind of condition that needs words: by shapes of its own. Without them: 0 where no condition is left that could be meant.
void Coder::shaped(const std::string& variable, const Fits& obligation,
                   const std::vector<model::ClauseId>& other, std::vector<Coded>& to) const {
  const Fits f = fits(m_, id_, scheme_, variable);
  Coded c{variable, Certainty::derived, {0}, "no such condition", {}};
  if (!f.matches.empty() && !obligation.matches.empty()) {
    c.codes = {1};
    c.clauses = clauses_of(f);
    c.why = noted(f);
  } else if (!other.empty() && !f.known) {
    c = {variable,
         Certainty::not_derivable,
         {},
         "a limit that is neither of place, adversary nor number: " + cited(other),
         other};
  }
  to.push_back(std::move(c));
}

void Coder::asymmetry() {
  std::vector<model::ClauseId> some;
  bool any = false;
  for (const Obligation& o : obligations) {
    const Fits& f = fits_[o.variable];
    any |= !f.matches.empty();
    const bool all = std::any_of(f.matches.begin(), f.matches.end(),
                                 [&](const Match& x) { return of_all(m_[x.clause].bearer); });
    const auto clauses = clauses_of(f);
    if (!all) some.insert(some.end(), clauses.begin(), clauses.end());
  }
  const std::string why = !any           ? "none of the five obligations"
                          : some.empty() ? "each obligation is of all parties"
                                         : "of some parties only: " + cited(some);
  put("ASYMM", {!some.empty()}, why, some);
  put("OBVARY", {!some.empty()}, why, some);
}

bool Coder::of_all(const model::Bearer& b) const {
  if (b.kind == model::BearerKind::one || b.kind == model::BearerKind::none) return false;
  if (!b.domain.fact || b.domain.fact == model::fact_party) return true;
  const auto holders = life_.holders(b.domain.fact);
  return std::includes(holders.begin(), holders.end(), life_.members.begin(), life_.members.end());
}

}  // namespace casus::coding
