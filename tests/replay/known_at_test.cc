// SPDX-License-Identifier: Apache-2.0
// What became known late, on both engines: docs/semantics.md §1.4.
#include "replay/replay.h"

#include <gtest/gtest.h>

#include "replay/no_files.h"
#include "run/harness.h"

namespace casus::replay {
namespace {

template <class On>
class KnownAt : public ::testing::Test {};
TYPED_TEST_SUITE(KnownAt, run::test::Engines);

constexpr std::string_view story = R"(
kind state is actor;
state ALFA; state BRAVO; state CHARLIE; state DELTA;
event attack(by: actor, on: state);
event help(by: actor, to: state);
fact exempt(who: state);
instrument Pact {
  in force from 2020-01-01;
  party ALFA, BRAVO, CHARLIE;
  article 1 {
    when attack(on: party v) each party q except v shall help(to: v) within 10 d unless exempt(q);
  }
}
scenario "late" {
  under Pact; from 2023-01-01; until 2023-01-31;
  given exempt(BRAVO) known 2023-01-20;
  2023-01-02T06:00Z attack(by: DELTA, on: ALFA) known 2023-01-03;
  2023-01-04T06:00Z help(by: CHARLIE, to: ALFA) known 2023-01-20T00:01Z;
}
)";

// Who was in breach, as known at that instant, on the engine.
template <class On>
std::vector<std::string> in_breach(std::string_view known_at) {
  Sources sources;
  Diagnostics diagnostics;
  const SourceId source = sources.add("late.casus", std::string(story));
  const syntax::Tree tree = syntax::parse(source, sources, diagnostics);
  const model::Input input{&tree, "late"};
  const model::Model model = model::resolve(std::span(&input, 1), sources, diagnostics);
  test::NoFiles files;
  Options options;
  if (const auto known = parse_instant(known_at)) options.known_at = known->at;
  const auto replayed = replay(model, model::ScenarioId(0u), options, files, {}, diagnostics);
  if (!replayed || diagnostics.has_errors()) {
    ADD_FAILURE() << render(diagnostics, sources, {});
    return {};
  }
  run::Ledger ledger;
  On on(model, replayed.value().kase, ledger);
  EXPECT_EQ(on.engine.start(), run::RunStatus::done);
  for (const EventNote& note : replayed.value().events) {
    if (note.acceptance == evidence::Acceptance::accepted) on.engine.step(note.occurrence);
  }
  EXPECT_EQ(on.engine.finish(), run::RunStatus::done);
  std::vector<std::string> out;
  for (const run::Record& r : ledger.records) {
    if (r.kind == run::RecordKind::breach) out.push_back(model[r.bearer].name);
  }
  return out;
}

TYPED_TEST(KnownAt, late_events_and_facts_count_from_the_instant_at_which_they_became_known) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(in_breach<TypeParam>("2023-01-02T23:59Z"), Names{});  // not even the attack is known
  EXPECT_EQ(in_breach<TypeParam>("2023-01-03"), (Names{"BRAVO", "CHARLIE"}));
  EXPECT_EQ(in_breach<TypeParam>("2023-01-20"), Names{"CHARLIE"});  // BRAVO was exempt all the time
  EXPECT_EQ(in_breach<TypeParam>("2023-01-20T00:01Z"), Names{});    // and CHARLIE had helped in time
  EXPECT_EQ(in_breach<TypeParam>(""), Names{});
}

}  // namespace
}  // namespace casus::replay
