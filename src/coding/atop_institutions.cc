// SPDX-License-Identifier: Apache-2.0
// Organs, references, and sums as Leeds and Anac (2005) make them.
#include "coding/atop_coder.h"

#include <algorithm>
#include <set>

namespace casus::coding {

// A body of its own is a named organisation; one that a standing officer chairs, who is no member, has an apparatus.
void Coder::organisations() {
  const model::Body* best = nullptr;
  bool standing = false;
  for (model::BodyId b : m_[id_].bodies) {
    const model::Body& body = m_.bodies[b.index()];
    const bool officer = body.chair && !life_.members.contains(body.chair);
    if (!best || (officer && !standing)) best = &body;
    standing |= officer;
  }
  if (!best) {
    put("ORGAN1", {0}, "no body");
    put("ORGPURP1", {0}, "no body");
    put("ORGAN2", {0}, "no body");
    return never({"ORGPURP2"}, "purposes of second bodies are not told apart");
  }
  const std::string name = best->title.empty() ? best->name : best->title;
  put("ORGAN1", {standing ? 3 : 2},
      name + (standing ? ", chaired by a standing officer" : ", with members only"));
  const bool military = std::any_of(m_[id_].bodies.begin(), m_[id_].bodies.end(),
                                    [&](model::BodyId b) { return of_attacks(b); });
  if (military)
    put("ORGPURP1", {1, 4}, name + " acts upon what the obligations rest on");
  else
    never({"ORGPURP1"}, "what " + name + " is for beyond its decisions is not in the norms");
  const bool two = m_[id_].bodies.size() > 1;
  if (two)
    never({"ORGAN2"}, "which bodies are organisations of their own is not in the norms");
  else
    put("ORGAN2", {0}, "one body only");
  never({"ORGPURP2"}, "purposes of second bodies are not told apart");
}

// Whether the body decides on, or takes part in what is owed upon, the events that the obligations wait for.
bool Coder::of_attacks(model::BodyId id) const {
  const model::Body& body = m_.bodies[id.index()];
  std::set<uint32_t> events;
  for (const auto& [variable, f] : fits_) {
    for (const Match& match : f.matches) {
      const model::Clause& c = m_[match.clause];
      if (c.trigger.pattern) events.insert(m_[c.trigger.pattern].event.value);
      for (model::PatternId a : c.acts) {
        for (const model::PatternArg& arg : m_[a].args) {
          if (arg.match && m_[arg.match].op == model::Op::constant &&
              m_[arg.match].type.kind == model::TypeKind::entity &&
              m_[arg.match].value == static_cast<model::Value>(body.entity.value))
            return true;
        }
      }
    }
  }
  for (const model::Decision& d : body.decisions) {
    if (d.left_out) continue;
    for (const model::Param& p : m_[m_[d.content].event].params) {
      if (p.type.kind == model::TypeKind::event && events.contains(p.type.id)) return true;
    }
  }
  return false;
}

void Coder::references() {
  const auto universal = [&](model::EntityId e) {
    return std::any_of(m_.givens.begin(), m_.givens.end(), [&](const model::GivenFact& g) {
      return m_[g.fact].name == "universal_organisation" && g.args[0] == static_cast<model::Value>(e.value);
    });
  };
  std::string of_all, bodies, instruments;
  for (model::EntityId e : life_.mentioned) {
    const model::Entity& entity = m_[e];
    const bool own =
        entity.instrument == id_ || (entity.body && m_.bodies[entity.body.index()].instrument == id_);
    std::string& list = universal(e) ? of_all : entity.instrument ? instruments : bodies;
    if (!own && (universal(e) || entity.instrument || entity.body))
      list += (list.empty() ? "" : ", ") + entity.name;
  }
  if (of_all.empty())
    put("REFLNUN", {0}, "its clauses name no universal organisation");
  else
    put("REFLNUN", {2}, "its clauses name " + of_all);
  put("REFOTHIO", {!bodies.empty()},
      bodies.empty() ? "its clauses name no other body" : "its clauses name " + bodies);
  if (instruments.empty())
    put("NATREFAL", {0}, "its clauses name no other instrument");
  else
    provided("NATREFAL", "its clauses name " + instruments, {});
}

// Sums of variables as Leeds and Anac (2005) make them.
void Coder::institutions() {
  const auto is = [&](const char* v, auto test) -> std::optional<bool> {
    const Coded* c = out_.find(v);
    if (!c || c->certainty == Certainty::not_derivable) return std::nullopt;
    if (c->certainty == Certainty::provided)
      return test(int64_t{1}) && test(int64_t{2}) && test(int64_t{3}) ? std::optional(true) : std::nullopt;
    const bool first = test(c->codes.front());
    for (int64_t code : c->codes) {
      if (test(code) != first) return std::nullopt;
    }
    return first;
  };
  const auto some = [](int64_t c) { return c != 0; };
  const auto sum = [&](const char* variable, std::initializer_list<std::optional<bool>> parts,
                       const char* why) {
    const bool yes = std::any_of(parts.begin(), parts.end(), [](const auto& p) { return p && *p; });
    const bool unknown = std::any_of(parts.begin(), parts.end(), [](const auto& p) { return !p; });
    if (yes || !unknown)
      put(variable, {yes}, why);
    else
      never({variable}, std::string("not all is derivable of: ") + why);
  };
  sum("HINST", {is("MILCON", [](int64_t c) { return c == 3; }), is("INTCOM", some), is("BASE", some)},
      "MILCON 3, INTCOM or BASE");
  sum("MILORG", {is("ORGPURP1", [](int64_t c) { return c == 1 || c == 4; })}, "ORGPURP1 1 or 4");
  sum("FORMORG", {is("ORGAN1", [](int64_t c) { return c >= 2; })}, "ORGAN1 2 or 3");
  never({"MINST", "MILINST", "PUBTREAT", "FORMAL"}, "sums of what is not derivable");
}

}  // namespace casus::coding
