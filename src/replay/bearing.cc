// SPDX-License-Identifier: Apache-2.0
// Whom a clause binds, and why not: docs/semantics.md §6.1 and §6.2.
#include <algorithm>

#include "replay/trace.h"
#include "text/words.h"

namespace casus::replay {

using model::BearerKind;
using model::no_value;
using model::Value;

namespace {

constexpr model::Type actor{model::TypeKind::entity, model::kind_actor.value};
constexpr size_t most_candidates = 64;  // for the nearest; the others are alike

Value entity_of(const model::Model& m, model::InstrumentId instrument) { return m[instrument].entity.value; }

}  // namespace

std::optional<Reason> absent(const Replay& replay, const model::Clause& c, const Sources& sources) {
  const model::Model& m = *replay.model;
  const auto& under = replay.kase.under;
  if (c.instrument && std::none_of(under.begin(), under.end(),
                                   [&c](const auto& u) { return u.instrument == c.instrument; })) {
    const std::string& name = m[c.instrument].name;
    return Reason{Mark::no,
                  name + " is among the instruments of this case",
                  "",
                  {{Mark::info, "it would change with --under " + name, "a replay under it", {}}}};
  }
  if (c.left_out) {
    return Reason{Mark::no,
                  one_line(sources.slice(m[c.only_if].span)),
                  "so it is not in this draft",
                  {{Mark::info, "it would change with another --package", "this is " + replay.package, {}}}};
  }
  const auto holds = [&c](const model::Viewpoint& v) {
    return std::find(v.readings.begin(), v.readings.end(), std::pair(c.reading, c.reading_option)) !=
           v.readings.end();
  };
  if (!c.reading || (replay.view && holds(m[replay.view]))) return std::nullopt;
  const model::Reading& reading = m[c.reading];
  Reason r{Mark::no,
           "the reading " + spaced(reading.name) + " = " + spaced(reading.options[c.reading_option].name) +
               " is taken",
           "not in these eyes",
           {}};
  for (const auto& v : m.viewpoints) {
    if (holds(v))
      r.below.push_back({Mark::info, "it would change under --as " + v.name, "which takes it", {}});
  }
  return r;
}

bool Tracer::in_domain(const model::Domain& d, Value who) const {
  if (!d.fact)
    return static_cast<uint64_t>(who) < m_.entities.size() &&
           m_.entity_is(model::EntityId(static_cast<size_t>(who)), d.kind);
  if (d.fact == model::fact_party) {
    const Value args[2] = {who, Value{d.second.value}};
    return at_.holds(d.fact, args);
  }
  return at_.holds(d.fact, std::span(&who, 1));
}

std::string Tracer::domain_words(const model::Domain& d) const {
  if (!d.fact) return m_[d.kind].name;
  if (d.fact == model::fact_party) return "party to " + m_[d.second].name;
  return spaced(m_[d.fact].name);
}

Reason Tracer::membership(const model::Domain& d, Value who, model::Type type, size_t& failed) const {
  const bool in = in_domain(d, who);
  failed += !in;
  Reason r{in ? Mark::yes : Mark::no, m_.show(who, type) + " is " + domain_words(d), "", {}};
  if (in || !d.fact) return r;
  std::vector<Value> args{who};
  if (d.fact == model::fact_party) args.push_back(Value{d.second.value});
  r.answer = other_times(d.fact, args);
  r.below = ways(d.fact, args);
  return r;
}

Reason Tracer::in_force(model::InstrumentId instrument, size_t& failed) const {
  const Value entity = entity_of(m_, instrument);
  const std::span args(&entity, 1);
  const bool on = at_.holds(model::fact_in_force, args);
  failed += !on;
  Reason r{on ? Mark::yes : Mark::no, m_[instrument].name + " in force", "", {}};
  if (on) return r;
  r.answer = other_times(model::fact_in_force, args);
  r.below = ways(model::fact_in_force, args);
  return r;
}

// Mark::yes: it stands in no way.
Reason Tracer::suspension(const model::Clause& c, Value who) const {
  const model::Instrument& i = m_[c.instrument];
  for (const Value whom : {Value{i.entity.value}, who}) {
    const Value args[2] = {i.entity.value, whom};
    if (!at_.holds(model::fact_suspended, args)) continue;
    Reason r{Mark::no,
             i.name + " applies to " + m_[model::EntityId(static_cast<size_t>(who))].name,
             (whom == who ? "it is suspended for this party" : "it is suspended for all") +
                 since(model::fact_suspended, args),
             {}};
    for (size_t n = 0; n < m_.clauses.size() && r.below.size() < 4; ++n) {
      const auto& effects = m_.clauses[n].effects;
      const bool resumes = std::any_of(effects.begin(), effects.end(),
                                       [](const auto& e) { return e.kind == model::EffectKind::resumes; });
      if (resumes && !m_.clauses[n].left_out && m_.clauses[n].instrument == c.instrument)
        r.below.push_back({Mark::info, "it would change by " + m_.cite(model::ClauseId(n)), "", {}});
    }
    return r;
  }
  return {Mark::yes, "", "", {}};
}

Reason Tracer::reservation(const model::Clause& c, Value who) const {
  for (const model::Reservation& r : m_[c.instrument].reservations) {
    const bool covers = std::find(r.articles.begin(), r.articles.end(), c.article) != r.articles.end();
    if (!covers || Value{r.party.value} != who || at_.now() < r.from.ms || r.until.ms <= at_.now()) continue;
    const std::string begun = r.from == Instant::far_past() ? "" : " since " + format_short(r.from);
    const std::string way =
        r.until == Instant::far_future() ? "withdrawing it" : "its end on " + format_short(r.until);
    return {Mark::no,
            "article " + m_[c.article].label + " binds " + m_[r.party].name,
            "it has a reservation to this article" + begun,
            {{Mark::info, "it would change by", way, {}}}};
  }
  return {Mark::yes, "", "", {}};
}

std::vector<Reason> Tracer::excepted(const model::Clause& c, const Vars& vars) const {
  std::vector<Reason> out;
  for (const model::ExprId except : c.bearer.except) {
    const Value who = at_.evaluate(except, vars);
    if (who == no_value || !in_domain(c.bearer.domain, who)) continue;
    out.push_back({Mark::info,
                   value_words(who, m_[except].type) + " is excepted by the article",
                   one_line(sources_.slice(m_[except].span)),
                   {}});
  }
  return out;
}

std::vector<Reason> Tracer::bearing(const model::Clause& c, Value who, Vars vars, size_t& failed) const {
  std::vector<Reason> out;
  const std::string name = m_[model::EntityId(static_cast<size_t>(who))].name;
  const auto against = [&](Reason r) {
    if (r.mark == Mark::yes) return;
    ++failed;
    out.push_back(std::move(r));
  };
  const auto unless = [&](model::ExprId id, const char* word) {
    if (!id) return;
    size_t ignored = 0;
    Reason r = condition(id, vars, ignored);
    const bool stands_in_the_way = r.mark == Mark::yes;
    failed += stands_in_the_way;
    r.mark = stands_in_the_way ? Mark::no : Mark::yes;
    r.text = word + r.text;
    r.answer = stands_in_the_way ? "it holds already" : "it does not hold";
    out.push_back(std::move(r));
  };
  if (c.bearer.kind == BearerKind::one) {
    const Value bearer = at_.evaluate(c.bearer.entity, vars);
    if (bearer != who)
      against({Mark::no,
               name + " bears it",
               "it is borne by " + value_words(bearer, m_[c.bearer.entity].type),
               {}});
  } else {
    out.push_back(membership(c.bearer.domain, who, actor, failed));
  }
  if (c.bearer.var != model::no_var) vars[c.bearer.var] = who;
  for (const model::ExprId except : c.bearer.except) {
    if (at_.evaluate(except, vars) == who)
      against({Mark::no,
               name + " is among those bound",
               name + " is excepted by the article: " + one_line(sources_.slice(m_[except].span)),
               {}});
  }
  if (c.instrument) {
    against(suspension(c, who));
    against(reservation(c, who));
  }
  if (c.from && at_.now() < c.from->ms)
    against({Mark::no, "it has begun", "it binds from " + format_short(*c.from) + " on", {}});
  if (c.until_instant && at_.now() > c.until_instant->ms)
    against({Mark::no, "it has not ended", "it bound until " + format_short(*c.until_instant), {}});
  unless(c.unless, "unless: ");
  if (c.while_) out.push_back(condition(c.while_, vars, failed));
  unless(c.until, "until: ");
  return out;
}

std::vector<Reason> Tracer::nearest_bearing(const model::Clause& c, const Vars& vars, size_t& failed) const {
  std::vector<Value> candidates;
  if (c.bearer.kind == BearerKind::one) {
    const Value who = at_.evaluate(c.bearer.entity, vars);
    if (who != no_value) candidates.push_back(who);
  }
  for (size_t i = 0;
       i < m_.entities.size() && c.bearer.kind != BearerKind::one && candidates.size() < most_candidates;
       ++i) {
    const auto who = static_cast<Value>(i);
    if (m_.entity_is(model::EntityId(i), model::kind_actor) && in_domain(c.bearer.domain, who))
      candidates.push_back(who);
  }
  if (candidates.empty()) {
    ++failed;
    return {{Mark::no,
             "somebody is there to bear it",
             c.bearer.kind == BearerKind::one ? "the event does not say who"
                                              : "nobody is " + domain_words(c.bearer.domain),
             {}}};
  }
  size_t least = SIZE_MAX;
  std::vector<Reason> best;
  for (const Value who : candidates) {
    size_t n = 0;
    auto reasons = bearing(c, who, vars, n);
    if (n >= least) continue;
    least = n;
    best = std::move(reasons);
  }
  failed += least;
  return best;
}

}  // namespace casus::replay
