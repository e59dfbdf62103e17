// SPDX-License-Identifier: Apache-2.0
// Duties that wait for each other. A duty waits when it arises only after somebody has done what another duty asks
// for (`where happened …`), or after a decision that waits so. Beginning with those that wait for nothing, the lint asks which duties can be the first
// to arise; the others stand in circles in which nobody has to begin. An act that no duty asks for can always be
// done, and so can one that a duty outside the circle asks for. What can not be seen: that somebody begins
// without having to. Circles of triggers are those of CAS0922.
#include <algorithm>
#include <map>
#include <set>

#include "check/norms.h"

namespace casus::check {

using model::EventTypeId;

namespace {

class Waiting {
 public:
  explicit Waiting(Context& x) : x_(x), arises_(x.m.clauses.size()) {
    for (size_t i = 0; i < x.m.clauses.size(); ++i) {
      const Clause& c = x.m.clauses[i];
      if (c.kind != ClauseKind::obligation) continue;
      for (PatternId p : c.acts) asked_[x.m[p].event].push_back(ClauseId(i));
    }
  }

  void find() {
    bool forward = true;  // to and fro: a chain in either order is done in two rounds
    for (bool again = true; again; forward = !forward) {
      again = false;
      if (!x_.spend(arises_.size())) return;
      for (size_t k = 0; k < arises_.size(); ++k) {
        const size_t i = forward ? k : arises_.size() - 1 - k;
        if (arises_[i] || x_.m.clauses[i].kind != ClauseKind::obligation || held_by(ClauseId(i))) continue;
        arises_[i] = again = true;
      }
    }
    std::set<ClauseId> told;
    for (size_t i = 0; i < arises_.size(); ++i) {
      const Clause& c = x_.m.clauses[i];
      if (!arises_[i] && c.kind == ClauseKind::obligation && x_.here(c.span)) circle(ClauseId(i), told);
    }
  }

 private:
  // A duty that must come before it and can not arise either; none when it waits for nothing.
  ClauseId held_by(ClauseId id) const {
    const Clause& c = x_.m[id];
    for (ExprId e : {c.where, c.while_}) {
      if (const ClauseId other = held_by(e)) return other;
    }
    const bool by_decision = c.trigger.kind == TriggerKind::event && x_.m[c.trigger.pattern].decided;
    ClauseId first;
    if (!by_decision) return first;
    for (const auto& [body, d] : x_.decisions_of(x_.m[c.trigger.pattern].event)) {
      const ClauseId other = held_by(d->where);
      if (!other) return {};
      if (!first) first = other;
    }
    return first;
  }

  ClauseId held_by(ExprId condition) const {
    if (!condition) return {};
    for (EventTypeId e : required(x_.m, condition)) {
      const auto it = asked_.find(e);
      if (it == asked_.end()) continue;
      const bool some = std::any_of(it->second.begin(), it->second.end(),
                                    [&](ClauseId other) { return arises_[other.index()]; });
      if (!some) return it->second.front();
    }
    return {};
  }

  void circle(ClauseId from, std::set<ClauseId>& told) {
    std::vector<ClauseId> way;
    ClauseId at = from;
    while (std::find(way.begin(), way.end(), at) == way.end()) {
      if (told.contains(at)) return;
      way.push_back(at);
      at = held_by(at);
    }
    way.erase(way.begin(), std::find(way.begin(), way.end(), at));
    if (!x_.spend(way.size() * way.size())) return;
    Diagnostic d{.kind = Diag::waiting_circle, .span = x_.m[at].span, .where = x_.where(x_.m[at])};
    std::string names;
    constexpr size_t shown = 8;
    for (size_t i = 0; i < way.size(); ++i) {
      told.insert(way[i]);
      if (i < shown) names += x_.m.cite(way[i]) + " → ";
      if (i > 0 && i < shown) d.related.push_back({x_.m[way[i]].span, "which waits in turn"});
    }
    d.message = "these wait for each other, and nobody has to begin: " + names +
                (way.size() > shown ? "… → " : "") + x_.m.cite(at);
    d.notes.push_back("let one of them arise without the other");
    x_.add(std::move(d));
  }

  Context& x_;
  std::vector<bool> arises_;
  std::map<EventTypeId, std::vector<ClauseId>> asked_;
};

}  // namespace

void check_waiting(Context& x) { Waiting(x).find(); }

}  // namespace casus::check
