// SPDX-License-Identifier: Apache-2.0
// Two clashes that no comparison of acts shows. A ban on concluding what conflicts with an instrument meets every
// later guarantee that shares a party with one's own: both oblige it to something after an attack. Unless somebody says
// whether the two conflict, the question is open. And an article that permits one act and forbids another of the
// same form (the same parameters) to the same actors: where no rule tells the two apart, each side can call one deed by
// the word that suits it. What can not be seen: whether two instruments do conflict, and definitions in prose.
#include <algorithm>
#include <set>

#include "check/heard.h"

namespace casus::check {

using model::Op;

namespace {

// ---- a ban on conflicting engagements ----

// The fact between the engagement and the ban's own instrument that the ban asks for; none where it asks for no such.
FactId conflict_fact(const Context& x, const Clause& c) {
  std::vector<std::pair<ExprId, bool>> parts;
  for (ExprId e : {c.where, c.act_where}) conjuncts(x.m, e, true, parts);
  for (const auto& [id, wanted] : parts) {
    const model::Expr& e = x.m[id];
    if (!wanted || e.op != Op::fact || e.args.size() != 2 || !x.m[FactId(e.a)].contested) continue;
    const Range one = range(x, c, e.args[0]), other = range(x, c, e.args[1]);
    const auto own = static_cast<Value>(x.m[c.instrument].entity.value);
    const Range& engagement = one.value == own ? other : one;
    const bool open = (one.value == own || other.value == own) && !engagement.value &&
                      engagement.type.kind == model::TypeKind::entity &&
                      x.m.is_kind(model::KindId(engagement.type.id), model::kind_instrument);
    if (open) return FactId(e.a);
  }
  return {};
}

Instant begins(const Model& m, InstrumentId id) {
  const model::Instrument& i = m[id];
  if (i.signed_on) return *i.signed_on;
  if (i.draft_since) return *i.draft_since;
  Instant out = Instant::far_future();
  for (const model::GivenFact& g : m.givens) {
    if (g.fact == model::fact_in_force && g.instrument == id) out = std::min(out, g.from);
  }
  return out;
}

bool spoken_of(const Model& m, FactId fact, EntityId a, EntityId b) {
  const auto about = [&](const std::vector<model::GivenFact>& list) {
    return std::any_of(list.begin(), list.end(), [&](const model::GivenFact& g) {
      const auto x = static_cast<Value>(a.value), y = static_cast<Value>(b.value);
      return g.fact == fact && ((g.args[0] == x && g.args[1] == y) || (g.args[0] == y && g.args[1] == x));
    });
  };
  return about(m.givens) ||
         std::any_of(m.scenarios.begin(), m.scenarios.end(),
                     [&](const auto& s) { return about(s.givens); }) ||
         std::any_of(m.viewpoints.begin(), m.viewpoints.end(), [&](const auto& v) { return about(v.holds); });
}

// It obliges somebody of `bearers` to something after what falls on another.
bool guarantees(Context& x, InstrumentId id, const Range& bearers) {
  size_t steps = 0;
  bool out = false;
  for (ClauseId c : x.m[id].clauses) {
    ++steps;
    if (!is_duty(x.m[c]) || !for_another(x, x.m[c])) continue;
    if (x.sets.meet(bearer_range(x, x.m[c]), bearers, steps).possible) {
      out = true;
      break;
    }
  }
  return x.spend(steps) && out;
}

void engagement(Context& x, ClauseId id) {
  const Clause& c = x.m[id];
  const FactId fact = conflict_fact(x, c);
  if (!fact) return;
  const Range bearers = bearer_range(x, c);
  if (!guarantees(x, c.instrument, bearers)) return;
  std::vector<std::string> names;
  Span at = x.here(c.span) ? c.span : Span{};
  for (size_t i = 0; i < x.m.instruments.size(); ++i) {
    const InstrumentId other(i);
    const model::Instrument& engaged = x.m[other];
    if (other == c.instrument || begins(x.m, other) <= begins(x.m, c.instrument) || x.of_shapes(other) ||
        !x.spend(x.m.givens.size()) || spoken_of(x.m, fact, engaged.entity, x.m[c.instrument].entity) ||
        !guarantees(x, other, bearers))
      continue;
    if (!x.here(c.span) && !x.here(engaged.span)) continue;
    names.push_back('`' + engaged.name + '`');
    if (!at.valid()) at = engaged.span;
  }
  if (names.empty()) return;
  const std::string word = x.m[fact].name, own = x.m[c.instrument].name;
  Diagnostic d{.kind = Diag::engagement_open,
               .span = at,
               .message = x.m.cite(id) + " forbids engagements that `" + word +
                          "` it, and nothing says whether " + join(names, 8) +
                          (names.size() == 1 ? " does" : " do"),
               .where = x.where(c)};
  if (at.begin != c.span.begin || at.source != c.span.source) d.related.push_back({c.span, "forbidden here"});
  d.notes.push_back("say so, and who holds it: `given " + word + "(…, " + own +
                    ") asserted by … denied by …;`");
  x.add(std::move(d));
}

// ---- two words for one act ----
bool same_form(const model::EventType& a, const model::EventType& b) {
  return a.params.size() > 2 && a.params.size() == b.params.size() && a.institutional == b.institutional &&
         std::equal(a.params.begin(), a.params.end(), b.params.begin(),
                    [](const auto& p, const auto& q) { return p.label == q.label && p.type == q.type; });
}

bool told_apart(const Model& m, model::EventTypeId a, model::EventTypeId b) {
  return std::any_of(m.clauses.begin(), m.clauses.end(), [&](const Clause& c) {
    if (c.trigger.kind != TriggerKind::event) return false;
    const model::EventTypeId from = m[c.trigger.pattern].event;
    return std::any_of(c.effects.begin(), c.effects.end(), [&](const model::Effect& e) {
      return e.kind == model::EffectKind::counts_as &&
             ((from == a && e.event == b) || (from == b && e.event == a));
    });
  });
}

void words_of_article(Context& x, const model::Article& article) {
  std::set<std::pair<model::EventTypeId, model::EventTypeId>> told;
  for (ClauseId p : article.clauses) {
    const Clause& may = x.m[p];
    if (may.kind != ClauseKind::permission && may.kind != ClauseKind::power) continue;
    for (ClauseId b : article.clauses) {
      const Clause& ban = x.m[b];
      if (ban.kind != ClauseKind::prohibition || may.acts.empty() || ban.acts.empty()) continue;
      const auto one = x.m[may.acts[0]].event, other = x.m[ban.acts[0]].event;
      if (one == other || !same_form(x.m[one], x.m[other]) || told.contains({one, other})) continue;
      size_t steps = x.m.clauses.size();
      const bool meet = x.sets.meet(bearer_range(x, may), bearer_range(x, ban), steps).possible;
      if (!x.spend(steps) || !meet || told_apart(x.m, one, other)) continue;
      told.insert({one, other});
      x.add({.kind = Diag::two_words,
             .span = may.span,
             .message = "the same actor may `" + x.m[one].name + "` and shall not `" + x.m[other].name +
                        "`, and no rule tells the two apart",
             .where = x.where(may),
             .related = {{ban.span, "forbidden here"}},
             .notes = {
                 "each side can call one deed by the word that suits it; say when the one `counts as` the "
                 "other, or what makes the difference"}});
    }
  }
}

}  // namespace

void check_engagements(Context& x) {
  for (size_t i = 0; i < x.m.clauses.size(); ++i) {
    const Clause& c = x.m.clauses[i];
    if (c.kind == ClauseKind::prohibition && c.instrument) engagement(x, ClauseId(i));
  }
  for (const model::Article& a : x.m.articles) {
    if (x.here(a.span) && x.spend(a.clauses.size() * a.clauses.size())) words_of_article(x, a);
  }
}

}  // namespace casus::check
