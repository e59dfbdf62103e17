// SPDX-License-Identifier: Apache-2.0
#include "evidence/merge.h"

#include <gtest/gtest.h>

#include "evidence/scenario_events.h"
#include "reading.h"

namespace casus::evidence {
namespace {

using Lines = std::vector<std::string>;

std::string consult(std::string_view at, std::string_view id = {}, std::string_view about = {}) {
  std::string out = R"({"at":")" + std::string(at) + R"(","event":"consult")";
  if (!id.empty()) out += R"(,"id":")" + std::string(id) + '"';
  if (!about.empty()) out += R"(,"args":{"about":")" + std::string(about) + R"("})";
  return out + "}\n";
}

struct World {
  model::Model m = small_model();
  Labels labels;
  Rejects rejects;
  model::Scenario scenario;
  std::vector<std::unique_ptr<EventReader>> readers;

  void file(const std::string& name, std::string_view text) {
    readers.push_back(read_ndjson(name, std::make_unique<TextInput>(text), m, labels, rejects));
  }
  void tell(std::string_view at, model::EventTypeId event, std::array<model::Value, 2> args,
            std::string label = {}) {
    model::ScenarioEvent e;
    e.at = *parse_instant(at);
    e.event = event;
    e.args.fill(model::no_value);
    e.args[0] = args[0];
    e.args[1] = args[1];
    e.label = std::move(label);
    scenario.events.push_back(std::move(e));
  }
  Reading merged() {
    const auto reader = merge(std::move(readers), m, labels, rejects);
    return drain(*reader, rejects, m, labels);
  }
};

constexpr model::Value none = model::no_value;

TEST(Merge, ScenarioFirstThenFilesInOrderAtOneInstant) {
  World w;
  w.tell("2022-02-25", event_consult, {0, none}, "own");
  w.readers.push_back(read_scenario(w.scenario, w.m, w.labels));
  const std::string a =
      consult("2022-02-24", "a1") + consult("2022-02-25", "a2") + consult("2022-02-25", "a3");
  const std::string b = consult("2022-02-25", "b1") + consult("2022-02-26", "b2");
  w.file("a", a);
  w.file("b", b);
  const Reading r = w.merged();
  EXPECT_EQ(r.events, (Lines{"2022-02-24 consult() id=a1 line 1", "2022-02-25 consult(by:RUS) id=own line 0",
                             "2022-02-25 consult() id=a2 line 2", "2022-02-25 consult() id=a3 line 3",
                             "2022-02-25 consult() id=b1 line 1", "2022-02-26 consult() id=b2 line 2"}));
  EXPECT_TRUE(r.rejects.empty());
  EXPECT_EQ(r.status, ReadStatus::end);
  EXPECT_EQ(r.lines, 5U);
}

TEST(Merge, OfNothingIsNothing) {
  World w;
  EXPECT_EQ(w.merged().status, ReadStatus::end);
}

TEST(Merge, AnEventOutOfOrderIsRejectedAndTheOrderGoesOn) {
  for (const bool alone : {true, false}) {
    World w;
    const std::string text =
        consult("2022-02-25", "a") + consult("2022-02-24", "b") + consult("2022-02-25", "c");
    w.file("events.ndjson", text);
    if (!alone) w.file("empty", "");
    const Reading r = w.merged();
    EXPECT_EQ(r.events, (Lines{"2022-02-25 consult() id=a line 1", "2022-02-25 consult() id=c line 3"}));
    ASSERT_EQ(r.rejects.size(), 1U);
    const Reject& reject = r.rejects[0];
    EXPECT_EQ(reject.why.kind, Diag::event_out_of_order);
    EXPECT_EQ(reject.why.message,
              "the event at 2022-02-24T00:00:00Z stands after one at 2022-02-25T00:00:00Z");
    EXPECT_EQ(reject.why.label, "sort the file by `at`, or have it sorted with --sort");
    EXPECT_EQ(reject.why.where, "events.ndjson, line 2");
    EXPECT_EQ(reject.line + "\n", consult("2022-02-24", "b"));
    EXPECT_EQ(reject.number, 2U);
  }
}

TEST(Merge, AScenariosOwnEventOutOfOrderIsShownInItsText) {
  World w;
  w.tell("2022-02-25", event_consult, {0, none});
  w.tell("2022-02-24", event_consult, {0, none});
  w.scenario.events[1].span = {SourceId(0u), 10, 20};
  w.readers.push_back(read_scenario(w.scenario, w.m, w.labels));
  const Reading r = w.merged();
  ASSERT_EQ(r.rejects.size(), 1U);
  EXPECT_EQ(r.rejects[0].why.kind, Diag::event_out_of_order);
  EXPECT_EQ(r.rejects[0].why.span.begin, 10U);
  EXPECT_EQ(r.rejects[0].why.label, "put the events in order of time");
}

TEST(Merge, ReferencesReachAcrossReaders) {
  World w;
  const std::string a = consult("2022-02-25", "a1") + consult("2022-02-27", "a2", "b1");
  const std::string b = consult("2022-02-26", "b1", "a1");
  w.file("a", a);
  w.file("b", b);
  const Reading r = w.merged();
  EXPECT_EQ(r.events,
            (Lines{"2022-02-25 consult() id=a1 line 1", "2022-02-26 consult(about:@a1) id=b1 line 1",
                   "2022-02-27 consult(about:@b1) id=a2 line 2"}));
}

TEST(Merge, AReferenceToWhatWasNotGivenBefore) {
  World w;
  const std::string text = consult("2022-02-24", "attack_1") + consult("2022-02-25", "x", "atack_1") +
                           consult("2022-02-25", "self", "self") + consult("2022-02-25", "early", "late") +
                           consult("2022-02-26", "late");
  w.file("a", text);
  const Reading r = w.merged();
  EXPECT_EQ(r.events,
            (Lines{"2022-02-24 consult() id=attack_1 line 1", "2022-02-26 consult() id=late line 5"}));
  ASSERT_EQ(r.rejects.size(), 3U);
  EXPECT_EQ(r.rejects[0].why.kind, Diag::event_unknown_reference);
  EXPECT_EQ(r.rejects[0].why.message,
            "`about` of `consult` refers to `atack_1`, and no event before has that name");
  EXPECT_EQ(r.rejects[0].why.label, "did you mean `attack_1`?");
  EXPECT_EQ(r.rejects[0].why.where, "a, line 2");
  EXPECT_EQ(r.rejects[1].number, 3U);
  EXPECT_EQ(r.rejects[2].number, 4U);
}

TEST(Merge, AReferenceToAnEventOfAnotherSort) {
  World w;
  const std::string text =
      consult("2022-02-24", "c") +
      R"({"at":"2022-02-25","event":"vote","args":{"on":"c"}})"
      "\n"
      R"({"at":"2022-02-25","event":"propose","motion":{"event":"condemn","args":{"what":"c"}}})"
      "\n";
  w.file("a", text);
  const Reading r = w.merged();
  EXPECT_EQ(r.events.size(), 1U);
  ASSERT_EQ(r.rejects.size(), 2U);
  EXPECT_EQ(r.rejects[0].why.kind, Diag::event_wrong_reference);
  EXPECT_EQ(r.rejects[0].why.message,
            "`on` of `vote` refers to an event `propose`, and `c` is an event `consult`");
  EXPECT_EQ(r.rejects[1].why.message,
            "`what` of `condemn` refers to an event `armed_attack`, and `c` is an event `consult`");
}

TEST(Merge, ANameGivenTwice) {
  World w;
  const std::string a = consult("2022-02-24", "x");
  const std::string b = consult("2022-02-25", "x") + consult("2022-02-26", "y");
  w.file("a", a);
  w.file("b", b);
  const Reading r = w.merged();
  EXPECT_EQ(r.events.size(), 2U);
  ASSERT_EQ(r.rejects.size(), 1U);
  EXPECT_EQ(r.rejects[0].why.kind, Diag::event_duplicate_id);
  EXPECT_EQ(r.rejects[0].why.message, "an event before is called `x` already");
  EXPECT_EQ(r.rejects[0].why.where, "b, line 1");
}

TEST(Merge, StopsWhenTheSinkSaysSo) {
  for (const bool alone : {true, false}) {
    World w;
    w.rejects = Rejects(1);
    const std::string text = consult("2022-02-25") + consult("2022-02-24") + consult("2022-02-26");
    w.file("a", text);
    if (!alone) w.file("empty", "");
    const Reading r = w.merged();
    EXPECT_EQ(r.status, ReadStatus::stopped);
    EXPECT_EQ(r.events.size(), 1U);
  }
}

TEST(Merge, PassesOnAFailure) {
  World w;
  const std::string text = consult("2022-02-25");
  w.file("a", text);
  w.readers.push_back(read_ndjson("b", std::make_unique<TextInput>(text, 1, 10), w.m, w.labels, w.rejects));
  const auto reader = merge(std::move(w.readers), w.m, w.labels, w.rejects);
  TimedEvent event;
  EXPECT_EQ(reader->next(event), ReadStatus::failed);
  EXPECT_EQ(reader->failure().what, "the pipe broke");
}

TEST(Scenario, NamesTheEventsThatAreReferredTo) {
  World w;
  w.tell("2022-02-24", event_attack, {0, 1});
  w.tell("2022-02-25", event_consult, {2, 0});
  w.tell("2022-02-25", model::event_propose, {2, none}, "#1");
  w.scenario.events[2].content = event_condemn;
  w.scenario.events[2].content_args.fill(none);
  w.scenario.events[2].content_args[1] = 0;
  w.scenario.events[2].assertion.asserted_by = {w.m.find_entity("USA")};
  w.scenario.events[2].assertion.source = model::TextId(0u);
  w.readers.push_back(read_scenario(w.scenario, w.m, w.labels));
  const Reading r = w.merged();
  EXPECT_EQ(
      r.events,
      (Lines{"2022-02-24 armed_attack(by:RUS on:UKR) id=##1 line 0",
             "2022-02-25 consult(by:USA about:@##1) line 0",
             "2022-02-25 propose(by:USA) motion condemn(what:@##1) id=#1 +USA source=known text line 0"}));
  EXPECT_TRUE(r.rejects.empty()) << r.all();
}

TEST(Sorted, PutsEventsInOrderOfTimeAndKeepsTheOrderOfOneInstant) {
  World w;
  const std::string text =
      consult("2022-02-26", "c", "b") + consult("2022-02-25", "a") + consult("2022-02-25", "b", "a");
  w.file("a", text);
  w.readers[0] = sorted(std::move(w.readers[0]), 3);
  const Reading r = w.merged();
  EXPECT_EQ(r.events, (Lines{"2022-02-25 consult() id=a line 2", "2022-02-25 consult(about:@a) id=b line 3",
                             "2022-02-26 consult(about:@b) id=c line 1"}));
  EXPECT_TRUE(r.rejects.empty()) << r.all();
}

// What the merger finds wrong after sorting is put aside as it stands in the file.
TEST(Sorted, RejectedLinesAreStillKnown) {
  World w;
  const std::string twice = consult("2022-02-25", "a"), lost = consult("2022-02-24", {}, "nobody");
  const std::string text = consult("2022-02-26") + twice + consult("2022-02-24", "a") + lost;
  w.file("f.ndjson", text);
  w.readers[0] = sorted(std::move(w.readers[0]), 9);
  const Reading r = w.merged();
  ASSERT_EQ(r.rejects.size(), 2U) << r.all();
  EXPECT_EQ(r.rejects[0].line + "\n", lost);
  EXPECT_EQ(r.rejects[0].number, 4U);
  EXPECT_EQ(r.rejects[1].line + "\n", twice);
  EXPECT_EQ(r.rejects[1].number, 2U);
  EXPECT_EQ(w.rejects.origins, (Lines{"f.ndjson|", "f.ndjson|"}));
}

TEST(Sorted, HoldsNoMoreThanItsLimit) {
  World w;
  const std::string text = consult("2022-02-26") + consult("2022-02-25") + consult("2022-02-25");
  w.file("events.ndjson", text);
  const auto reader = sorted(std::move(w.readers[0]), 2);
  EXPECT_EQ(drain(*reader, w.rejects, w.m, w.labels).status, ReadStatus::failed);
  EXPECT_EQ(reader->failure().what, "events.ndjson holds more than the 2 events that are sorted in memory");
}

}  // namespace
}  // namespace casus::evidence
