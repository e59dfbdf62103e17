// SPDX-License-Identifier: Apache-2.0
#include "coding/atop_shapes.h"

#include <algorithm>
#include <charconv>

namespace casus::coding {

using model::Model;

namespace {

// "MILCON(2)" → MILCON, 2.
std::pair<std::string_view, int64_t> variable_of(std::string_view label) {
  const size_t open = label.find('(');
  if (open == std::string_view::npos) return {label, 1};
  int64_t code = 1;
  std::from_chars(label.data() + open + 1, label.data() + label.size(), code);
  return {label.substr(0, open), code};
}

}  // namespace

Fits fits(const Model& m, model::InstrumentId treaty, const Scheme& scheme, std::string_view variable) {
  Fits out;
  for (model::InstrumentId s : scheme.instruments) {
    for (model::ArticleId a : m[s].articles) {
      const auto [name, code] = variable_of(m[a].label);
      if (name != variable) continue;
      for (model::ClauseId shape : m[a].clauses) {
        out.known = true;
        for (model::ClauseId clause : m[treaty].clauses) {
          auto match = fit(m, clause, shape);
          if (!match) continue;
          out.code = std::max(out.code, code);
          out.matches.push_back(std::move(*match));
        }
      }
    }
  }
  return out;
}

Life::Life(const Model& m, model::InstrumentId instrument, Instant at)
    : m_(m), instrument_(instrument), at_(at) {
  const model::Instrument& i = m[instrument];
  signed_on = i.signed_on;
  Instant first = Instant::far_future();
  for (const model::GivenFact& g : m.givens) {
    if (g.instrument != instrument || g.from > at || g.value == 0) continue;
    if (g.fact == model::fact_in_force) {
      if (!in_force_from || g.from < *in_force_from) in_force_from = g.from;
      if (g.until <= at && g.until < Instant::far_future() && (!ended || *ended < g.until)) ended = g.until;
    } else if (g.fact == model::fact_party) {
      const model::EntityId who(static_cast<size_t>(g.args[0]));
      members.insert(who);
      if (g.from < first) first_members.clear();
      first = std::min(first, g.from);
      if (g.from == first) first_members.push_back(who);
    }
  }
  for (model::ClauseId c : i.clauses) {
    mention(m[c]);
    for (const model::Effect& e : m[c].effects)
      ends_by_condition |=
          e.kind == model::EffectKind::terminated && m[c].trigger.kind == model::TriggerKind::becomes_true;
  }
  for (model::BodyId b : i.bodies) {
    for (const model::Decision& d : m.bodies[b.index()].decisions) {
      if (d.left_out) continue;
      mention(d.content);
      mention(d.where);
      mention(d.recused);
    }
  }
}

std::set<model::EntityId> Life::holders(model::FactId role) const {
  std::set<model::EntityId> out;
  for (const model::GivenFact& g : m_.givens) {
    if (g.fact == role && g.from <= at_ && g.value != 0)
      out.insert(model::EntityId(static_cast<size_t>(g.args[0])));
  }
  return out;
}

void Life::mention(model::ExprId id) {
  if (!id) return;
  const model::Expr& e = m_[id];
  if (e.op == model::Op::constant && e.type.kind == model::TypeKind::entity && e.value != model::no_value)
    mentioned.insert(model::EntityId(static_cast<size_t>(e.value)));
  if (e.op == model::Op::happened) mention(model::PatternId(e.a));
  for (model::ExprId a : e.args) mention(a);
}

void Life::mention(model::PatternId id) {
  if (!id) return;
  const model::Pattern& p = m_[id];
  for (const model::PatternArg& a : p.args) mention(a.match);
  if (p.decided_by) mentioned.insert(p.decided_by);
  mention(p.content);
}

void Life::mention(const model::Clause& c) {
  mention(c.trigger.pattern);
  mention(c.trigger.condition);
  for (const model::PatternArg& a : c.trigger.fact_pattern.args) mention(a.match);
  for (model::PatternId p : c.acts) mention(p);
  for (model::ExprId e :
       {c.where, c.act_where, c.condition, c.while_, c.until, c.unless, c.owed_to, c.bearer.entity})
    mention(e);
  for (const model::Effect& e : c.effects) {
    for (model::ExprId a : e.args) mention(a);
  }
  for (const model::ClauseRef& r : c.prevails_over) {
    if (r.instrument && r.instrument != instrument_) mentioned.insert(m_[r.instrument].entity);
  }
}

}  // namespace casus::coding
