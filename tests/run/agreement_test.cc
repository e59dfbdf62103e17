// SPDX-License-Identifier: Apache-2.0
// Both engines write the same ledger on random timelines under a model that has one of everything.
#include <algorithm>

#include "base/rng.h"
#include "run/harness.h"

namespace casus::run::test {
namespace {

constexpr std::string_view everything = R"(
group Big = { ALFA, BRAVO until 2023-07-01, CHARLIE from 2023-03-01 };
fact linked(a: state, b: state);
derived tied(a: state, b: state) when linked(a, b) or some state c where linked(a, c) and tied(c, b);
derived apart(a: state, b: state) when not tied(a, b) and a != b;
derived remote(a: state, b: state) when apart(a, b) and not linked(b, a) or some state c where linked(b, c) and remote(a, c);
event link(by: actor, a: state, b: state);
event unlink(by: actor, a: state, b: state);
event grow(by: actor);
event succeed(by: actor, to: state);
institutional event withdraw(by: actor, who: state, from: instrument) { who ceases to be party of from; }
institutional event rename(by: actor) { begins exempt(by); }
when link(a: state x, b: state y) then begins linked(x, y);
when unlink(a: state x, b: state y) then ends linked(x, y);
when grow(by: state s) where s.size > 0 then set size(s) = s.size * 2;
when grow(by: state s) where not s.size > 0 then set size(s) = 3;
when mend(by: state s) then begins disarmed(s), ends exempt(s);
when wreck(by: state s) then ends disarmed(s), begins exempt(s) after 3 d;
when begins tied_up(state s) s shall report within 1 d;
once tied(ALFA, DELTA) each state s shall report within 2 d unless remote(s, ALFA);
once ALFA.size >= 12 then ends tied_up(BRAVO), begins tied_up(ALFA);
when ends size(state s) where s in Big then begins tied_up(s);
fact tied_up(who: state);
given size(ALFA) = 4 from 2022-01-01;
given size(BRAVO) = 2; given size(CHARLIE) = 5 from 2023-02-02 until 2023-06-02;
given exempt(DELTA) from 2023-01-20 until 2023-02-20;
instrument Pact {
  in force from 2022-12-01 until 2023-11-01;
  party ALFA, BRAVO; party CHARLIE from 2022-12-20; party DELTA from 2023-02-01 until 2023-05-01;
  role keeper: BRAVO until 2023-06-01;
  reservation by ALFA to article 2 until 2023-04-01;
  body Council {
    members party; chair BRAVO; votes may change;
    rule ours: yes >= 2 and (no from Big = 0 or size of yes >= 60 % of size of members) and not absent > abstain + 2;
    decides censure(on: state s) by ours within 5 d recused v where v = s or disarmed(v);
    decides rename by consensus within 2 d;
  }
  article 1 {
    when attack(by: state a, on: party v) as blow where not exempt(a)
    each party q except v, a shall take at least 2 of { help, pay }(to: v) within 4 d until Council has decided censure(on: a)
      even if late otherwise q shall consult(about: blow) within 5 d otherwise the party together shall report within 6 d;
    when breach of article 1 by party who then counts as censure(by: ALFA, on: ALFA);
    when performance of article 1 by party who ALFA shall pay(to: who) within 2 d as it deems necessary;
    when release of article 1 by party who then begins tied_up(ALFA);
  }
  article 2 {
    each party shall ensure not exempt(ALFA) while ALFA.size < 100 otherwise BRAVO shall mend within 3 d;
    each keeper shall report within 1 month;
    the party together shall bring about disarmed(CHARLIE) within 2 months even if late;
    each party s shall enter promptly unless exempt(s) until happened attack(by: s) within 10 d;
  }
  article 3 {
    each party shall not attack(on: party);
    each party p shall not pay(to: state t) where tied(p, t) or happened attack(by: t) from 2023-02-01 until 2023-09-01;
    when attack(by: state a, on: party v) each party q except a shall not pay(to: a) until disarmed(a) otherwise q shall report within 1 d;
  }
  article 4 {
    each party p may attack(on: state s) where exempt(s) notwithstanding article 3;
    when attack(by: state a, on: party v) v may attack(on: a) until 2023-08-01;
    each party may censure(on: DELTA) while disarmed(DELTA);
    each party p may withdraw(who: p, from: Pact) takes effect 1 month after notice;
    BRAVO may rename;
  }
  article 5 {
    when enter(by: state s) then s becomes party, s becomes keeper;
    when leave(by: party p) then p ceases to be party;
    when succeed(by: party p, to: state s) then s succeeds p in Pact;
    when rejected censure(on: state s) then begins exempt(s), begins tied_up(s);
    when decided censure(on: state s) s shall report within 3 d;
    when non_performance of article 1 then begins exempt(BRAVO);
  }
}
instrument Treaty {
  in force from 2023-01-15; party ALFA, ECHO; prevails over all other instruments;
  article 1 { each party may pay(to: ECHO); when ask(by: party p) each party q shall help(to: p) within 10 d; }
  article 2 { when wreck(by: state s) then Pact is suspended for s after 1 d; when ask(by: ECHO) then Pact is suspended; when ask(by: ALFA) then Pact resumes; }
  article 3 { when ask(by: BRAVO) where happened ask(by: CHARLIE) then Pact is terminated; when mend(by: state s) then Pact resumes for s; }
}
scenario "random" { under Pact, Treaty; from 2023-01-01; until 2023-12-31; }
)";

// Some value that fits the parameter, now and then none.
Value random_value(const model::Model& m, model::Type type, OccurrenceNo known, Rng& rng) {
  if (rng.chance(1, 40)) return model::no_value;
  if (type.kind == model::TypeKind::event)
    return known == 0 ? model::no_value : static_cast<Value>(known - 1 - rng.below(std::min(known, 12u)));
  if (type.kind == model::TypeKind::category)
    return static_cast<Value>(rng.below(m.categories[type.id].values.size()));
  std::vector<Value> fitting;
  for (size_t i = 0; i < m.entities.size(); ++i) {
    if (m.entity_is(EntityId(i), model::KindId(type.id))) fitting.push_back(static_cast<Value>(i));
  }
  return fitting[rng.below(fitting.size())];
}

void random_args(const model::Model& m, EventTypeId type, OccurrenceNo known, Rng& rng,
                 std::array<Value, model::max_event_params>& args) {
  args.fill(model::no_value);
  for (size_t i = 0; i < m[type].params.size(); ++i)
    args[i] = random_value(m, m[type].params[i].type, known, rng);
}

Occurrence random_occurrence(const model::Model& m, int64_t at, OccurrenceNo known,
                             const std::vector<OccurrenceNo>& proposals, Rng& rng) {
  Occurrence o;
  o.at = at;
  o.event =
      rng.chance(1, 3) ? model::event_vote : EventTypeId(static_cast<size_t>(rng.below(m.events.size())));
  random_args(m, o.event, known, rng, o.args);
  o.content_args.fill(model::no_value);
  if (o.event == model::event_propose) {
    o.args[1] = m.bodies.front().entity.value;
    o.content = rng.chance(3, 4) ? m.find_event("censure") : m.find_event("rename");
    random_args(m, o.content, known, rng, o.content_args);
  } else if ((o.event == model::event_vote || o.event == model::event_close) && !proposals.empty()) {
    o.args[1] = proposals[proposals.size() - 1 - rng.below(std::min<size_t>(proposals.size(), 3))];
  }
  return o;
}

using Seen = std::array<size_t, static_cast<size_t>(RecordKind::fact_ends) + 1>;  // records, by kind

// False, with the difference reported, when the two part.
bool run_timeline(const model::Model& m, uint64_t seed, Seen& seen) {
  const Case c = case_of(m);
  SideBySide p(m, c);
  Rng rng(seed);
  std::vector<OccurrenceNo> proposals;
  RunStatus status = p.reference.engine.start();
  bool same = status == p.engine.engine.start() && p.agree();
  int64_t at = c.from.ms;
  for (int i = 0; i < 60 && same && status == RunStatus::done; ++i) {
    if (!rng.chance(1, 4))
      at += static_cast<int64_t>(rng.below(rng.chance(1, 5) ? 480 : 48)) * ms_per_hour / 2;
    const Occurrence o = random_occurrence(m, at, p.reference.engine.next_occurrence(), proposals, rng);
    const Stepped one = p.reference.engine.step(o), other = p.engine.engine.step(o);
    status = one.status;
    same = status == other.status && one.number == other.number && p.agree();
    if (o.event == model::event_propose) proposals.push_back(one.number);
  }
  if (same && status == RunStatus::done)
    same = p.reference.engine.finish() == p.engine.engine.finish() && p.agree();
  if (!same) {
    EXPECT_EQ(show(m, p.by_reference.kept), show(m, p.by_engine.kept))
        << "reference, then engine; seed " << seed;
    EXPECT_TRUE(same) << "seed " << seed
                      << ": the records show alike, their fields or the live duties differ";
  }
  for (const Record& r : p.by_reference.kept.records) ++seen[static_cast<size_t>(r.kind)];
  return same;
}

TEST(Agreement, both_engines_write_the_same_ledger_on_random_timelines) {
  const model::Model m = model_of(everything);
  ASSERT_FALSE(m.scenarios.empty());
  Seen seen{};
  for (uint64_t seed = 1; seed <= 300; ++seed) ASSERT_TRUE(run_timeline(m, seed, seen));
  for (size_t kind = 0; kind < seen.size(); ++kind)
    EXPECT_GT(seen[kind], 0u) << "no timeline has a record of kind " << kind;
}

}  // namespace
}  // namespace casus::run::test
