// SPDX-License-Identifier: Apache-2.0
#include "explore/properties.h"

#include <algorithm>

#include "replay/judge.h"

namespace casus::explore {

using model::Property;
using model::PropertyMode;
using model::StandardProperty;
using model::Verdict;
using run::Record;
using run::RecordKind;

Properties::Properties(const Ground& ground) : p_(ground.problem()), m_(*ground.problem().model) {}

void Properties::note(State& state, uint32_t property) const {
  state.notes[property / 64] |= static_cast<int64_t>(uint64_t{1} << property % 64);
  for (size_t i = state.watches.size(); i-- > 0;) {
    if (state.watches[i].property == property) drop_watch(state, i);
  }
}

bool under(const model::Model& m, const model::Expectation& e, model::ClauseId clause) {
  const model::Clause& c = m[clause];
  return (!e.instrument || c.instrument == e.instrument) && (!e.article || c.article == e.article);
}

bool concerns(const model::Model& m, const Property& p, model::ClauseId clause, EntityId bearer,
              EventTypeId what) {
  const model::Expectation& e = *p.verdict;
  if (e.verdict == Verdict::adopted || e.verdict == Verdict::rejected) return !p.content || what == p.content;
  if (e.bearer && bearer != e.bearer) return false;
  if (e.verdict == Verdict::void_act) return !e.act || what == e.act;
  if (!e.instrument && !e.article) return true;
  return clause && under(m, e, clause);
}

bool concerns(const model::Model& m, const Property& p, const Record& r, std::span<const run::Told> known) {
  const Verdict asked = p.verdict->verdict;
  if (replay::record_of(asked) != r.kind) return false;
  EventTypeId what;
  if (asked == Verdict::adopted || asked == Verdict::rejected) what = known[r.occurrence].content;
  if (asked == Verdict::void_act) what = known[r.occurrence].event;
  return concerns(m, p, r.clause, r.bearer, what);
}

bool Properties::recorded(const Property& p, const Observed& observed) const {
  return std::any_of(observed.records.begin(), observed.records.end(),
                     [&](const Record& r) { return concerns(m_, p, r, observed.known); });
}

bool Properties::live(Steps& steps, const Property& p) const {
  const model::Expectation& e = *p.verdict;
  for (const run::LiveDuty& d : steps.engine().live()) {
    if (e.bearer && d.bearer != e.bearer) continue;
    if (!under(m_, e, d.clause)) continue;
    if (e.verdict == Verdict::duty ||
        (e.verdict == Verdict::pending && d.state == run::LiveDuty::State::pending) ||
        (e.verdict == Verdict::suspended && d.state == run::LiveDuty::State::suspended))
      return true;
  }
  return false;
}

// Whether what the property speaks of is so: in the state that the engine is in, or by the last move.
bool Properties::met(Steps& steps, uint32_t property, const Observed* observed) const {
  const Property& p = p_.properties[property];
  if (!p.verdict) return steps.engine().ask(static_cast<uint32_t>(p_.condition[property])) == 1;
  if (is_state(p.verdict->verdict)) return live(steps, p);
  return observed && recorded(p, *observed);
}

void Properties::begin(Steps& steps, State& state, std::vector<Hit>& hits) const {
  state.notes.assign(p_.properties.size() / 64 + 1, 0);
  for (uint32_t i = 0; i < p_.properties.size(); ++i) {
    const Property& p = p_.properties[i];
    if (p.standard == StandardProperty::guarantors_fight) {
      if (std::string why = fighting(steps); !why.empty()) hits.push_back({i, std::move(why)});
    }
    if (p.standard == StandardProperty::single_blocker) {
      if (std::string why = blocker_at_beginning(steps, state); !why.empty()) {
        hits.push_back({i, std::move(why)});
        steps.enter(state);
      }
    }
    if (p.standard != StandardProperty::none || p.at_the_end) continue;
    const bool now = met(steps, i, nullptr);
    if (p.mode == PropertyMode::eventually) {
      if (now)
        note(state, i);
      else if (p.within)
        add_watch(state, {int64_t{i}, 0}, p_.seconds(*p.within), zone_last);
    } else if (now != (p.mode == PropertyMode::always)) {
      hits.push_back(
          {i, std::string(now ? "it is" : "it is not") + " so at the beginning, before anything happens"});
    }
  }
}

void Properties::after(Steps& steps, const State& before, const Move& move, State& next,
                       const Observed& observed, const std::vector<uint8_t>& open,
                       std::vector<Hit>& hits) const {
  const bool over = move.kind == Move::Kind::end;
  const bool there = over || lasts(next, before, move);
  const auto of_state = [](const Property& p) { return !p.verdict || is_state(p.verdict->verdict); };
  // Conditions first: the standard properties try what would come of other moves, and leave the engine elsewhere.
  for (uint32_t i = 0; i < p_.properties.size(); ++i) {
    const Property& p = p_.properties[i];
    if (!open[i] || p.standard != StandardProperty::none) continue;
    const bool asked = there || !of_state(p);
    if (p.mode == PropertyMode::eventually) {
      if (noted(before, i)) continue;
      const bool missed = move.kind == Move::Kind::watch && before.watches[move.index].property == i;
      if (!missed && asked && met(steps, i, &observed))
        note(next, i);
      else if (missed || (over && !p.within))
        hits.push_back({i, {}});
      continue;
    }
    if (p.at_the_end && !over) continue;
    if (asked && met(steps, i, &observed) != (p.mode == PropertyMode::always)) hits.push_back({i, {}});
  }
  for (uint32_t i = 0; i < p_.properties.size(); ++i) {
    if (open[i] && p_.properties[i].standard != StandardProperty::none)
      standard(steps, before, move, next, observed, i, hits);
  }
}

}  // namespace casus::explore
