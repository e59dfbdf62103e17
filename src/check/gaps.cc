// SPDX-License-Identifier: Apache-2.0
// Gaps: what the text promises and nobody can ever owe, decide or be held to. A duty that waits for a
// decision which the acting party may block; something that waits for a decision which no body takes; roles
// and instruments with nobody in them; articles without clauses. What can not be seen: members who come in by
// events of a file that is not loaded, and acts that nobody would ever do.
#include <algorithm>

#include "check/votes.h"

namespace casus::check {

using model::Pattern;
using model::TypeKind;

namespace {

// Whether the event that the decision is about may be the act of `member`; false when it is about no event.
bool may_be_actor(const Model& m, const Pattern& content, EntityId member) {
  const model::EventType& decided = m[content.event];
  return std::any_of(decided.params.begin(), decided.params.end(), [&](const model::Param& p) {
    if (p.type.kind != TypeKind::event) return false;
    const model::EventTypeId about(p.type.id);
    if (!about) return true;
    if (m[about].by == 0xFF) return false;
    return m.entity_is(member, model::KindId(m[about].params[m[about].by].type.id));
  });
}

void veto_of_actor(Context& x, ClauseId id) {
  const Clause& c = x.m[id];
  const Pattern& p = x.m[c.trigger.pattern];
  const auto decisions = x.decisions_of(p.event);
  if (decisions.size() != 1) return;  // another body may decide it too
  const auto& [body, d] = decisions[0];
  if (d->recused) return;
  const Blocking* b = blocking(x, *body, *d);
  if (!b || !b->adoptable) return;
  std::vector<std::string> names;
  for (EntityId e : b->blockers) {
    if (may_be_actor(x.m, p, e)) names.push_back(x.m[e].name);
  }
  if (names.empty()) return;
  x.add({.kind = Diag::veto_of_actor,
         .span = c.span,
         .message = "this arises only when `" + body->name +
                    "` decides, and whoever acted may be a member that can block it",
         .where = x.where(c),
         .related = {{d->span, "decided here"}},
         .notes = {"can block alone: " + join(names),
                   "take the acting party out of the vote with `recused v where v = ….by`, or let the duty "
                   "arise from the act itself"}});
}

void no_body(Context& x, const Pattern& p, const std::string& where) {
  const auto decisions = x.decisions_of(p.event);
  const bool decided = std::any_of(decisions.begin(), decisions.end(), [&](const auto& d) {
    return !p.decided_by || d.first->entity == p.decided_by;
  });
  if (decided || !x.here(p.span)) return;
  const std::string who =
      p.decided_by ? '`' + x.m[p.decided_by].name + "` does not decide" : std::string("no body decides");
  x.add({.kind = Diag::nobody_decides,
         .span = p.span,
         .message = who + " `" + x.m[p.event].name + "`, so this never comes about",
         .where = where,
         .notes = {"let a body decide it: `decides " + x.m[p.event].name + "(…) by …;`"}});
}

void decided_things(Context& x) {
  std::vector<bool> told(x.m.patterns.size());
  for (size_t i = 0; i < x.m.clauses.size(); ++i) {
    const Clause& c = x.m.clauses[i];
    if (!c.trigger.pattern) continue;
    const Pattern& p = x.m[c.trigger.pattern];
    if (!p.decided && c.trigger.kind != TriggerKind::rejected) continue;
    told[c.trigger.pattern.index()] = true;
    if (x.of_shapes(c.instrument)) continue;
    no_body(x, p, x.where(c));
    if (p.decided && is_duty(c) && x.here(c.span)) veto_of_actor(x, ClauseId(i));
  }
  for (size_t i = 0; i < x.m.patterns.size(); ++i) {
    if (x.m.patterns[i].decided && !told[i]) no_body(x, x.m.patterns[i], {});
  }
}

void roles(Context& x, const model::Instrument& i) {
  for (FactId f : i.roles) {
    const model::Fact& role = x.m[f];
    if (!x.here(role.span) || !x.sets.never_anybody({{}, f, {}})) continue;
    x.add({.kind = Diag::empty_role,
           .span = role.span,
           .message = "nobody is ever in the role `" + role.name + '`',
           .label = "nobody owes anything as such",
           .where = x.where(role.instrument),
           .notes = {"name somebody: `role " + role.name + ": …;`, or let a clause say who `becomes " +
                     role.name + '`'}});
  }
}

void parties(Context& x, InstrumentId id) {
  const model::Instrument& i = x.m[id];
  if (i.clauses.empty() || x.of_shapes(id) || !x.sets.never_anybody({{}, model::fact_party, i.entity}))
    return;
  const bool somebody = std::any_of(i.roles.begin(), i.roles.end(), [&](FactId f) {
    return !x.sets.never_anybody({{}, f, {}});
  });
  if (somebody) return;
  x.add({.kind = Diag::no_party,
         .span = i.span,
         .message = "nobody is ever party to `" + i.name + "`, or in a role of it",
         .label = "it binds nobody",
         .where = x.where(id),
         .notes = {"add `party …;`, or a role with members"}});
}

void articles(Context& x, const std::vector<bool>& decided_in) {
  for (size_t a = 0; a < x.m.articles.size(); ++a) {
    const model::Article& article = x.m.articles[a];
    if (!x.here(article.span) || !article.clauses.empty() || decided_in[a]) continue;
    x.add({.kind = Diag::empty_article,
           .span = article.span,
           .message = "article " + article.label + " has no clause, so it changes nothing",
           .where = x.where(article.instrument, ArticleId(a)),
           .notes = {"say in the prose why it needs none"}});
  }
}

}  // namespace

void check_gaps(Context& x) {
  decided_things(x);
  for (size_t i = 0; i < x.m.instruments.size(); ++i) {
    if (!x.here(x.m.instruments[i].span)) continue;
    roles(x, x.m.instruments[i]);
    parties(x, InstrumentId(i));
  }
  std::vector<bool> decided_in(x.m.articles.size());
  for (const model::Body& b : x.m.bodies) {
    for (const Decision& d : b.decisions) {
      if (d.article) decided_in[d.article.index()] = true;
    }
  }
  articles(x, decided_in);
}

}  // namespace casus::check
