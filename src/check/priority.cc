// SPDX-License-Identifier: Apache-2.0
#include "check/priority.h"

#include <algorithm>
#include <set>

#include "model/choose.h"

namespace casus::check {

namespace {

// When it was made: signed, or else first in force.
std::optional<Instant> made(const Context& x, InstrumentId id) {
  if (x.m[id].signed_on) return x.m[id].signed_on;
  const Times life = x.life(id);
  return life.from > Instant::far_past() ? std::optional<Instant>(life.from) : std::nullopt;
}

// Party to it, or in a role of it, at or after `from`. A successor stands for its predecessor.
std::set<EntityId> bound(const Context& x, InstrumentId id, Instant from) {
  std::set<EntityId> out;
  const model::Instrument& i = x.m[id];
  for (const model::GivenFact& g : x.m.givens) {
    const bool party = g.fact == model::fact_party && g.args[1] == static_cast<Value>(i.entity.value);
    const bool role = x.m[g.fact].role == model::FactRole::role && x.m[g.fact].instrument == id;
    if ((party || role) && g.value == 1 && g.until > from) out.emplace(static_cast<size_t>(g.args[0]));
  }
  for (const model::SuccessionGiven& s : x.m.successions) {
    if (s.instrument != id) continue;
    out.erase(s.predecessor);
    out.insert(s.successor);
  }
  return out;
}

}  // namespace

std::string prevails(const Model& m, const Clause& over, const Clause& under) {
  for (const model::ClauseRef& r : over.prevails_over) {
    if (r.instrument == under.instrument && (!r.article || r.article == under.article))
      return "`prevails over " + (r.instrument ? m[r.instrument].name : std::string("…")) +
             (r.article ? '.' + m[r.article].label : std::string()) + "` stands in it";
  }
  const bool all =
      over.instrument && over.instrument != under.instrument && m[over.instrument].prevails_over_all;
  return all ? "`" + m[over.instrument].name + "` prevails over all other instruments" : std::string();
}

std::optional<LaterTreaty> later_treaty(const Context& x, InstrumentId a, InstrumentId b) {
  if (!a || !b || a == b) return std::nullopt;
  for (InstrumentId id : {a, b}) {
    if (x.m[id].binding != model::Binding::law || x.m[id].draft_since) return std::nullopt;
  }
  const auto one = made(x, a), other = made(x, b);
  if (!one || !other || *one == *other) return std::nullopt;
  LaterTreaty out{*one > *other ? a : b, *one > *other ? b : a, {}, {}};
  const Instant from = std::max(*one, *other);
  const std::set<EntityId> later = bound(x, out.later, from), earlier = bound(x, out.earlier, from);
  for (EntityId e : earlier) (later.contains(e) ? out.both : out.earlier_alone).push_back(e);
  return out.both.empty() ? std::nullopt : std::optional<LaterTreaty>(std::move(out));
}

std::string in_words(const Context& x, const LaterTreaty& t) {
  const std::string later = '`' + x.m[t.later].name + '`', earlier = '`' + x.m[t.earlier].name + '`',
                    rule = "the later treaty (Vienna Convention on the Law of Treaties, Article 30";
  if (t.both.size() == 1)
    return rule + "(4)(b)) decides nothing: " + x.names(t.both) +
           " alone is bound by both, and owes each to the parties of each";
  if (t.earlier_alone.empty())
    return rule + "(3)): everybody bound by " + earlier + " is bound by the later " + later;
  return rule + "(4)) governs in part: " + later + " between " + x.names(t.both) + "; toward " +
         x.names(t.earlier_alone) + " they stay bound by " + earlier;
}

bool Apart::operator()(const Clause& a, const Clause& b) {
  const bool by_reading = a.reading && a.reading == b.reading && a.reading_option != b.reading_option;
  return by_reading || by_time(a, b) || by_choice(a, b);
}

bool Apart::by_time(const Clause& a, const Clause& b) const {
  const Times one = x_.times_of(a), other = x_.times_of(b);
  return one.until <= other.from || other.until <= one.from;
}

bool Apart::by_choice(const Clause& a, const Clause& b) {
  if (!a.only_if || !b.only_if) return false;
  const auto [known, fresh] = known_.try_emplace({a.only_if.value, b.only_if.value}, false);
  if (fresh && x_.spend(1000)) known->second = model::exclude_each_other(x_.m, a.only_if, b.only_if);
  return known->second;
}

}  // namespace casus::check
