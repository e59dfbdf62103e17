// SPDX-License-Identifier: Apache-2.0
#include "report/json.h"

#include <gtest/gtest.h>

#include "base/unicode.h"
#include "replay/no_files.h"
#include "report/card.h"
#include "report/compare_text.h"
#include "report/results_json.h"
#include "report/run_json.h"
#include "report/schema.h"
#include "report/sources.h"
#include "report/world.h"

namespace casus::report {
namespace {

using model::ClauseId;
using model::EntityId;
using run::Record;
using run::RecordKind;
using test::misfit;
using test::misfit_of_text;

class JsonTest : public ::testing::Test {
 protected:
  void SetUp() override { test::load_pact(world_); }
  std::string run(const replay::Replay& r) { return run_json(r, digest(r), world_.sources); }
  Json parsed(const replay::Replay& r) { return Json::parse(run(r)); }
  const model::Model& m() { return world_.model(); }

  test::World world_;
};

// The checker itself must be able to say no.
TEST_F(JsonTest, TheCheckerRejects) {
  const Json good = parsed(test::replay_of(world_, "war"));
  ASSERT_EQ(misfit(good, "run.schema.json"), "");
  Json bad = good;
  bad["surplus"] = 1;
  EXPECT_EQ(misfit(bad, "run.schema.json"), "$ has a surplus surplus");
  bad = good;
  bad.erase("view");
  EXPECT_EQ(misfit(bad, "run.schema.json"), "$ has no view");
  bad = good;
  bad["events"][0]["accepted"] = "yes";
  EXPECT_NE(misfit(bad, "run.schema.json").find("$.events[0].accepted is no"), std::string::npos);
  bad = good;
  bad["ledger"][0]["kind"] = "odd";
  EXPECT_NE(misfit(bad, "run.schema.json").find("$.ledger[0].kind is none of"), std::string::npos);
  bad = good;
  bad["run"] = "XYZ";
  EXPECT_NE(misfit(bad, "run.schema.json").find("$.run does not match"), std::string::npos);
  EXPECT_EQ(misfit_of_text("{", "run.schema.json"), "no JSON");
}

TEST_F(JsonTest, RunFitsItsSchemaInEveryEye) {
  for (const char* view : {"", "East", "West"}) {
    EXPECT_EQ(misfit_of_text(run(test::replay_of(world_, "war", view)), "run.schema.json"), "") << view;
  }
}

TEST_F(JsonTest, EventsSayWhoAssertsAndWhatBecameOfThem) {
  const Json j = parsed(test::replay_of(world_, "war"));
  const Json& first = j["events"][0];
  EXPECT_EQ(first["at"], "2002-01-05T06:00Z");
  EXPECT_EQ(first["event"], "attack");
  EXPECT_EQ(first["args"], Json({{"by", "DELTA"}, {"on", "ALFA"}, {"at", "Coast"}}));
  EXPECT_EQ(first["label"], "first");
  EXPECT_EQ(first["asserted_by"], Json::array({"ALFA"}));
  EXPECT_EQ(first["denied_by"], Json::array({"DELTA"}));
  EXPECT_EQ(first["source"], "paper");
  EXPECT_TRUE(first["accepted"].get<bool>());
  EXPECT_EQ(first["number"], 0);
  const Json& second = j["events"][1];
  EXPECT_FALSE(second["accepted"].get<bool>());
  EXPECT_EQ(second["acceptance"], "rejected");
  EXPECT_TRUE(second["number"].is_null());
  EXPECT_EQ(j["events"][2]["args"]["about"], 0);  // by the number of the occurrence
  EXPECT_EQ(j["events"][4]["args"], Json({{"by", "BRAVO"}, {"load", "3 t"}, {"sky", "foul"}, {"count", 7}}));
  EXPECT_EQ(j["events"][6]["motion"], Json({{"event", "expel"}, {"args", {{"whom", "CHARLIE"}}}}));
}

TEST_F(JsonTest, TheLedgerCitesArticlesAndDeadlines) {
  const Json j = parsed(test::replay_of(world_, "war"));
  const auto find = [&](const char* kind, const char* clause, const char* bearer) {
    for (const Json& r : j["ledger"]) {
      if (r["kind"] == kind && r.value("clause", "") == clause && r.value("bearer", "") == bearer) return r;
    }
    return Json();
  };
  const Json born = find("born", "Pact.1", "CHARLIE");
  EXPECT_EQ(born["eId"], "art_1__para_1");
  EXPECT_EQ(born["instrument"], "Pact");
  EXPECT_EQ(born["at"], "2002-01-05T06:00:00Z");
  EXPECT_EQ(born["deadline"], "2002-01-08T06:00:00Z");
  EXPECT_EQ(find("breach", "Pact.1", "CHARLIE")["at"], "2002-01-08T06:00:00Z");
  EXPECT_EQ(find("breach", "Pact.2(1)", "CHARLIE")["eId"], "art_2__para_1");
  const Json& motion = j["motions"].at(0);
  EXPECT_EQ(motion["result"], "adopted");
  EXPECT_EQ(motion["votes"]["yes"], Json::array({"ALFA", "BRAVO"}));
  EXPECT_EQ(motion["body"], "Board");
  ASSERT_EQ(j["expectations"].size(), 2u);
  EXPECT_EQ(j["expectations"][0]["text"], "expect breach(by: CHARLIE, of: Pact.1);");
  EXPECT_TRUE(j["expectations"][0]["met"].get<bool>());
  EXPECT_FALSE(j["expectations"][1]["met"].get<bool>());
  EXPECT_FALSE(j["expectations"][1]["got"].get<std::string>().empty());
}

// By hand: each kind of record with each reason, whether a replay of the pact brings it about or not.
TEST_F(JsonTest, EveryKindOfRecordFitsTheSchema) {
  replay::Replay r = test::replay_of(world_, "war");
  r.ledger.records.clear();
  for (int kind = 0; kind <= static_cast<int>(RecordKind::fact_ends); ++kind) {
    for (int reason = 0; reason <= static_cast<int>(run::Reason::not_in_force); ++reason) {
      Record rec;
      rec.kind = static_cast<RecordKind>(kind);
      rec.reason = static_cast<run::Reason>(reason);
      rec.at = 1'000'000'000'000;
      rec.clause = ClauseId(size_t{0});
      rec.bearer = m().find_entity("ALFA");
      rec.duty = 3;
      rec.occurrence = 0;
      r.ledger.records.push_back(rec);
    }
  }
  ASSERT_FALSE(r.ledger.fact_changes.empty());
  const std::string text = run_json(r, Digest{}, world_.sources);
  EXPECT_EQ(misfit_of_text(text, "run.schema.json"), "");
  EXPECT_EQ(Json::parse(text)["ledger"].size(), r.ledger.records.size());
}

TEST_F(JsonTest, BytesThatAreNotUtf8AreReplaced) {
  replay::Replay r = test::replay_of(world_, "war");
  Digest d = digest(r);
  d.findings.push_back({FindingKind::race, "broken \xff\xc3 text", 0});
  r.events.front().source = "\xed\xa0\x80";
  const std::string text = run_json(r, d, world_.sources);
  EXPECT_TRUE(is_valid_utf8(text));
  EXPECT_EQ(misfit_of_text(text, "run.schema.json"), "");
  EXPECT_NE(text.find("broken \uFFFD"), std::string::npos);
}

TEST_F(JsonTest, InstantsBeyondEveryDateAreNull) {
  EXPECT_TRUE(json_instant(Instant::far_past().ms).is_null());
  EXPECT_TRUE(json_instant(Instant::far_future().ms).is_null());
  EXPECT_TRUE(json_instant(model::no_value).is_null());
  EXPECT_EQ(json_instant(0), "1970-01-01T00:00:00Z");
}

TEST_F(JsonTest, IdentifiersFollowTheLabelThenTheNumber) {
  model::Article a;
  const auto of = [&](const char* label) {
    a.label = label;
    return eid(a);
  };
  EXPECT_EQ(of("5"), "art_5");
  EXPECT_EQ(of("27(3)"), "art_27__para_3");
  EXPECT_EQ(of("5(1)(a)"), "art_5__para_1__point_a");
  EXPECT_EQ(of("5(1)(a)(ii)(x)"), "art_5__para_1__point_a__item_ii__item_x");
  EXPECT_EQ(of("42.7"), "art_42.7");
  std::vector<std::string> ids;
  for (size_t i = 0; i < m().clauses.size(); ++i)
    ids.push_back(m().cite(ClauseId(i)) + " " + eid(m(), ClauseId(i)));
  const auto has = [&](const char* id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
  EXPECT_TRUE(has("Pact.1 art_1__para_1"));
  EXPECT_TRUE(has("Pact.2(1) art_2__para_1"));
  EXPECT_TRUE(has("Pact.2(1) (2) art_2__para_1__point_2"));
  EXPECT_TRUE(has("event expel event_expel"));
}

TEST_F(JsonTest, SeveralReplaysAreOneDocument) {
  const std::string east = run(test::replay_of(world_, "war", "East")),
                    west = run(test::replay_of(world_, "war", "West"));
  EXPECT_EQ(replays_json({east}), east);
  const std::string both = replays_json({east, west});
  EXPECT_EQ(misfit_of_text(both, "replays.schema.json"), "");
  EXPECT_EQ(Json::parse(both)["replays"][0], Json::parse(east));
  EXPECT_EQ(Json::parse(both)["replays"][1]["view"], "West");
}

TEST_F(JsonTest, ExplanationsKeepTheirTree) {
  const replay::Replay r = test::replay_of(world_, "war");
  replay::Question q;
  for (size_t i = 0; i < m().clauses.size(); ++i) q.clauses.push_back(ClauseId(i));
  const auto explanations = replay::explain(r, q, world_.sources);
  ASSERT_FALSE(explanations.empty());
  const std::string text = explain_json(r, explanations);
  EXPECT_EQ(misfit_of_text(text, "explain.schema.json"), "");
  const Json j = Json::parse(text);
  ASSERT_EQ(j["explanations"].size(), explanations.size());
  EXPECT_EQ(j["explanations"][0]["headline"], explanations[0].headline);
  EXPECT_EQ(j["explanations"][0]["reasons"].size(), explanations[0].reasons.size());
  for (const Json& e : j["explanations"]) {
    const bool full = e["clause"].get<std::string>().starts_with("Pact.1");
    EXPECT_EQ(e["wording"]["mark"], full ? "V" : e["instrument"].is_null() ? "U" : "S") << e["clause"];
  }
}

TEST_F(JsonTest, ComparisonsHaveAVerdictForEachColumn) {
  const replay::Replay east = test::replay_of(world_, "war", "East"),
                       west = test::replay_of(world_, "war", "West");
  const std::vector<const replay::Replay*> replays{&east, &west};
  const auto comparison = replay::compare(replays, {"East", "West"});
  const std::string text = compare_json(replays, comparison, std::nullopt);
  EXPECT_EQ(misfit_of_text(text, "compare.schema.json"), "");
  const Json j = Json::parse(text);
  EXPECT_EQ(j["columns"][0]["title"], "East");
  EXPECT_EQ(j["columns"][1]["run"], west.run_id);
  ASSERT_GT(j["rows"].size(), 0u);
  EXPECT_EQ(j["different"], comparison.different);
  for (const Json& row : j["rows"]) EXPECT_EQ(row["verdicts"].size(), 2u);
}

TEST_F(JsonTest, DecisionsSayTheQuestionAndEachAnswer) {
  const replay::Replay east = test::replay_of(world_, "war", "East"),
                       west = test::replay_of(world_, "war", "West");
  const std::vector<const replay::Replay*> replays{&east, &west};
  const auto comparison = replay::compare(replays, {"East", "West"});
  replay::test::NoFiles files;
  const auto decisions = replay::decisive(replays, comparison, {}, files, {});
  ASSERT_TRUE(decisions.ok());
  const std::string text = compare_json(replays, comparison, decisions.value());
  EXPECT_EQ(misfit_of_text(text, "compare.schema.json"), "");
  const Json j = Json::parse(text)["decisions"];
  EXPECT_FALSE(j["cut_short"].get<bool>());
  bool reading = false, attack = false, held = false;
  for (const Json& q : j["questions"]) {
    reading |= q["kind"] == "reading" && q["answers"] == Json::array({"wide", "narrow"});
    attack |= q["kind"] == "event" && q["answers"] == Json::array({"not accepted", "accepted"}) &&
              q["question"].get<std::string>().find("Armed attack by DELTA · on ALFA · at Coast") !=
                  std::string::npos;
    held |= q["kind"] == "held" && q["answers"] == Json::array({"owns (of Coast, is DELTA)", "nothing held"});
  }
  EXPECT_TRUE(reading && attack && held) << j.dump(1);
  ASSERT_FALSE(j["turns"].empty());
  for (const Json& t : j["turns"]) {
    const size_t row = t["row"];
    EXPECT_TRUE(comparison.rows.at(row).differs);
    EXPECT_NE(t["from"], t["to"]);
  }
  const std::string page = compare_text(replays, comparison, decisions.value(), 80, false);
  EXPECT_NE(page.find("  alone: Armed attack by DELTA · on BRAVO, 5 Jan 2002 07:00 (asserted DELTA ·"),
            std::string::npos)
      << page;
}

TEST_F(JsonTest, TestsCountAsTheTextDoes) {
  TestReport report;
  report.files = {{"a.casus", "the model is wrong", {}},
                  {"b.casus",
                   "",
                   {{"story",
                     "",
                     {{"expect  x\n y source \"s\";", true, "it holds", "s", 3},
                      {"expect z;", false, "it did not happen", "", 4}}},
                    {"odd", "no events", {}}}}};
  const std::string text = test_json(report);
  EXPECT_EQ(misfit_of_text(text, "test.schema.json"), "");
  const Json j = Json::parse(text);
  EXPECT_EQ(j["passed"], 1);
  EXPECT_EQ(j["failed"], 3);
  EXPECT_EQ(j["files"][1]["scenarios"][0]["expectations"][0]["text"], "expect x y source \"s\";");
  EXPECT_EQ(j["files"][1]["scenarios"][0]["expectations"][0]["source"], "s");
  EXPECT_TRUE(j["files"][1]["scenarios"][0]["expectations"][1]["source"].is_null());
}

TEST_F(JsonTest, HistoryIsWhatHasASource) {
  TestReport report;
  report.files = {{"a.casus",
                   "",
                   {{"story",
                     "",
                     {{"expect  2001-01-01\n y source \"s\";", true, "it holds", "s", 3},
                      {"expect z;", false, "no", "", 4}}},
                    {"other", "", {{"expect z;", false, "no", "", 4}}}}}};
  const TestReport history = with_source(report);
  EXPECT_EQ(history_text(history, 80, false),
            "   EXPECTED      GOT       SOURCE\n"
            "story\n"
            "✓  2001-01-01 y  it holds  s\n"
            "\n"
            "1 case: 1 outcome reproduced, 0 not\n");
}

TEST_F(JsonTest, ClaimsWithWhatWasVerified) {
  const auto all = claims::find(m(), {});
  ASSERT_GT(all.size(), 0u);
  Verified v{m().claims[all[0]].source, "it is not there", {{all[0], "its passage is empty"}}, 1};
  const std::string text = sources_json(m(), world_.sources, all, {}, {v});
  EXPECT_EQ(misfit_of_text(text, "sources.schema.json"), "");
  const Json j = Json::parse(text);
  EXPECT_EQ(j["claims"][0]["id"], "paper.1");
  EXPECT_EQ(j["claims"][0]["passage"], Json::array({10, 20}));
  EXPECT_EQ(j["claims"][0]["matter"]["args"]["is"], "DELTA");
  EXPECT_EQ(j["claims"][0]["place"]["path"], "pact.casus.md");
  EXPECT_TRUE(j["claims"][0]["value"].is_null());
  EXPECT_EQ(j["matters"][0]["positions"][0]["says"][0]["claims"][0], "paper.1");
  EXPECT_FALSE(j["verified"][0]["good"]);
  EXPECT_EQ(j["verified"][0]["faults"][0]["claim"], "paper.1");
}

TEST_F(JsonTest, ListsWhatStandsInTheFiles) {
  const std::string text = list_json(m(), world_.sources, {"pact.casus.md"});
  EXPECT_EQ(misfit_of_text(text, "list.schema.json"), "");
  const Json j = Json::parse(text);
  ASSERT_EQ(j["instruments"].size(), 1u);
  const Json& pact = j["instruments"][0];
  EXPECT_EQ(pact["cite"], "1 TS 1");
  EXPECT_EQ(pact["signed"], "1999-06-01T00:00:00Z");
  EXPECT_EQ(pact["in_force"], Json::array({{{"from", "2000-01-01T00:00:00Z"}, {"until", nullptr}}}));
  EXPECT_EQ(pact["articles"].size(), 4u);
  EXPECT_EQ(pact["articles"][1]["eId"], "art_2__para_1");
  EXPECT_EQ(j["viewpoints"].size(), 2u);
  EXPECT_EQ(j["scenarios"][0]["expectations"], 2);
  for (const Json& f : j["facts"]) EXPECT_NE(f["name"], "keeper");  // a role is part of its instrument
  const Json none = Json::parse(list_json(m(), world_.sources, {"other.casus"}));
  EXPECT_TRUE(none["instruments"].empty());
  EXPECT_TRUE(none["facts"].empty());
}

TEST_F(JsonTest, EveryCardFitsTheSchema) {
  for (const std::string& name : card_names(m())) {
    const auto found = cards(m(), world_.sources, name);
    ASSERT_FALSE(found.empty()) << name;
    EXPECT_EQ(misfit_of_text(cards_json(found), "show.schema.json"), "") << name;
  }
}

}  // namespace
}  // namespace casus::report
