// SPDX-License-Identifier: Apache-2.0
#include "replay/replay.h"

#include "replay/stream.h"
#include "replay/world.h"

namespace casus::replay {
namespace {

using evidence::Acceptance;
using test::World;

constexpr const char* pact = R"(
kind state is actor;
state ALFA; state BRAVO; state CHARLIE;
event attack(by: actor, on: state);
event help(by: actor, to: state);
viewpoint East { accepts assertions by ALFA; }
viewpoint West { accepts assertions by BRAVO; }
instrument Pact {
  in force from 2000-01-01;
  party BRAVO, CHARLIE;
  article 1 {
    when attack(on: party victim)
    each party ally except victim shall help(to: victim) within 1 day;
  }
}
)";

class NoSink final : public run::Sink {
 public:
  void record(std::span<const run::Record> some) override { records += some.size(); }
  void occurred(OccurrenceNo, const run::Occurrence&) override {}
  void fact_changed(uint32_t, const run::FactChange&) override {}
  size_t records = 0;
};

TEST(ReplayTest, WhatLiesOutsideThePeriodIsSaidToLieThere) {
  World w(std::string(pact) +
          R"(scenario S "A story" { under Pact; from 2002-01-01; until 2002-01-31; events "e.ndjson"; })");
  w.files.texts["e.ndjson"] =
      R"({"at":"2001-12-31T23:59:59Z","event":"attack","args":{"on":"BRAVO"}})"
      "\n"
      R"({"at":"2002-01-01T00:00:00Z","event":"attack","args":{"on":"BRAVO"}})"
      "\n"
      R"({"at":"2002-01-10","event":"attack","args":{"on":"BRAVO"},"known":"2002-01-20"})"
      "\n"
      R"({"at":"2002-01-31T23:59:59Z","event":"attack","args":{"on":"BRAVO"}})"
      "\n"
      R"({"at":"2002-02-01T00:00:00Z","event":"attack","args":{"on":"BRAVO"},"denied_by":["CHARLIE"]})"
      "\n";
  Options options;
  options.known_at = Instant{parse_instant("2002-01-15")->at};
  const Replay r = w.run(options);
  const std::vector<Acceptance> expected{Acceptance::outside_period, Acceptance::accepted,
                                         Acceptance::not_yet_known, Acceptance::accepted,
                                         Acceptance::outside_period};
  ASSERT_EQ(r.events.size(), expected.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(r.events[i].acceptance, expected[i]) << i;
    EXPECT_EQ(r.events[i].number == run::no_number, expected[i] != Acceptance::accepted) << i;
  }
}

// A stream takes the same events, and writes as many records.
TEST(ReplayTest, AStreamHasTheSamePeriod) {
  World w(std::string(pact) +
          R"(scenario S "A story" { under Pact; from 2002-01-01; until 2002-01-31; events "e.ndjson"; })");
  for (const char* at : {"2001-12-31", "2002-01-01", "2002-01-31T23:00Z", "2002-02-01", "2003-01-01"}) {
    w.files.texts["e.ndjson"] += std::string(R"({"at":")") + at +
                                 R"(","event":"attack","args":{"on":"BRAVO"}})"
                                 "\n";
  }
  const Replay r = w.run();
  class Never final : public evidence::RejectSink {
    bool reject(std::string_view, uint64_t, const Diagnostic&) override { return false; }
  } never;
  auto opened = open_events(w.model(), r.scenario, {}, w.files, {}, never);
  ASSERT_TRUE(opened.ok());
  NoSink sink;
  const auto streamed = stream(w.model(), r.scenario, {}, *opened.value().reader, sink);
  ASSERT_TRUE(streamed.ok());
  EXPECT_EQ(streamed.value().taken, 2u);
  EXPECT_EQ(streamed.value().outside, 3u);
  EXPECT_EQ(sink.records, r.ledger.records.size());
  EXPECT_EQ(streamed.value().live.size(), r.live.size());
}

TEST(ReplayTest, ATextThatOnlyAFileKnowsIsShown) {
  World w(R"(kind state is actor; state ALFA; event say(by: actor, what: text);
scenario S "A story" { 2002-01-01 say(by: ALFA, what: "known"); events "e.ndjson"; })");
  w.files.texts["e.ndjson"] = R"({"at":"2002-01-02","event":"say","args":{"what":"new"}})"
                              "\n"
                              R"({"at":"2002-01-03","event":"say","args":{"what":"known"}})"
                              "\n";
  const Replay r = w.run();
  const model::Type text{model::TypeKind::text};
  ASSERT_EQ(r.events.size(), 3u);
  for (size_t i = 0; i < 3; ++i)
    EXPECT_EQ(show_value(r, r.events[i].occurrence.args[1], text), i == 1 ? "new" : "known");
}

TEST(ReplayTest, ExpectationsOfSeveralEyesReadTheEventsOnce) {
  World w(std::string(pact) + R"(
scenario S "A story" {
  under Pact; from 2002-01-01; until 2002-01-31; events "e.ndjson";
  expect as West breach(by: CHARLIE, of: Pact.1);
  expect as East never breach(by: CHARLIE, of: Pact.1);
  expect never breach(by: CHARLIE, of: Pact.1);
  expect as East breach(by: CHARLIE, of: Pact.1);
})");
  w.files.texts["e.ndjson"] =
      R"({"at":"2002-01-10","event":"attack","args":{"on":"BRAVO"},"asserted_by":["BRAVO"],"denied_by":["ALFA"]})"
      "\n";
  const auto judged = judge(w.model(), model::ScenarioId(size_t{0}), {}, w.files, w.diagnostics);
  ASSERT_TRUE(judged.ok() && !w.diagnostics.has_errors()) << w.shown();
  ASSERT_EQ(judged.value().judgements.size(), 4u);
  for (uint32_t i = 0; i < 4; ++i) {
    EXPECT_EQ(judged.value().judgements[i].expectation, i);
    EXPECT_EQ(judged.value().judgements[i].met, i != 3) << i;
  }
  EXPECT_EQ(w.files.opened["e.ndjson"], 1u);
}

}  // namespace
}  // namespace casus::replay
