// SPDX-License-Identifier: Apache-2.0
#include "report/coding_report.h"

#include <gtest/gtest.h>

#include "report/json.h"
#include "report/schema.h"
#include "report/world.h"

namespace casus::report {
namespace {

class CodingReportTest : public ::testing::Test {
 protected:
  void SetUp() override {
    test::load(world_, "t.casus", R"(
kind state is actor; state ALFA; state BRAVO;
event strike(by: actor, on: actor); event aid(by: actor, to: actor);
instrument Scheme { binding none;
  article DEFENSE { when strike(on: party partner) each party member shall aid(to: partner); }
  article CONSUL { when strike(on: party partner) each party member shall strike; } }
instrument T "A treaty, with a comma" { signed 2000-01-02; in force from 2000-01-02; party ALFA, BRAVO;
  article 1 { when strike(on: party y) each party shall aid(to: y); } }
)");
    const model::Model& m = world_.model();
    const coding::Scheme scheme{{m.find_instrument("Scheme")}};
    report_.scheme = "atop";
    report_.instruments.push_back(
        {coding::code_atop(m, m.find_instrument("T"), scheme, Instant::far_future()), {}});
    report_.instruments[0].coding.number = 9;
  }
  void compare() {
    report_.files = {"data.csv"};
    report_.human.of[9] = {{"DEFENSE", {1, 0, 2, 0}}, {"CONSUL", {1, 1, 2, 0}}, {"WARTIME", {0, 0, 2, 0}}};
    report_.instruments[0].compared = coding::against(report_.instruments[0].coding, report_.human);
  }
  test::World world_;
  CodingReport report_;
};

TEST_F(CodingReportTest, JsonFitsItsSchema) {
  EXPECT_EQ(test::misfit_of_text(coding_json(world_.model(), report_), "code.schema.json"), "");
  compare();
  const std::string text = coding_json(world_.model(), report_);
  EXPECT_EQ(test::misfit_of_text(text, "code.schema.json"), "");
  const Json j = Json::parse(text)["instruments"][0];
  EXPECT_TRUE(j["phase"].is_null());
  EXPECT_EQ(j["totals"]["agree"], 1);
  EXPECT_EQ(j["totals"]["agree_on_zero"], 0);
  EXPECT_EQ(j["totals"]["differ"], 1);
  EXPECT_EQ(j["totals"]["not_derivable"], 1);
  for (const Json& v : j["variables"]) {
    if (v["variable"] != "DEFENSE") continue;
    EXPECT_EQ(v["clauses"], Json::array({"T.1"}));
    EXPECT_EQ(v["human_lowest"], 0);
  }
}

TEST_F(CodingReportTest, TheTextSaysWhereTheyDiffer) {
  compare();
  const std::string text = coding_text(world_.model(), report_, 80, false);
  EXPECT_NE(text.find("A treaty, with a comma (T), atop 9"), std::string::npos) << text;
  EXPECT_NE(text.find("DEFENSE   1        1 (from 0)  yes    T.1"), std::string::npos) << text;
  EXPECT_NE(text.find("CONSUL    0        1           NO     no clause with consultation in a crisis"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("T: 1 agree (0 of them 0), 1 differ, 1 not derivable, "), std::string::npos) << text;
}

TEST_F(CodingReportTest, APhaseIsNamed) {
  report_.instruments[0].coding.phase = 2;
  EXPECT_NE(coding_text(world_.model(), report_, 80, false).find("(T), atop 9, phase 2\n"),
            std::string::npos);
  const std::string text = coding_json(world_.model(), report_);
  EXPECT_EQ(test::misfit_of_text(text, "code.schema.json"), "");
  EXPECT_EQ(Json::parse(text)["instruments"][0]["phase"], 2);
}

TEST_F(CodingReportTest, CsvHasARowAVariable) {
  compare();
  const std::string text = coding_csv(world_.model(), report_);
  EXPECT_EQ(text.substr(0, text.find('\n')), "instrument,number,variable,derived,human,agreement,why");
  EXPECT_NE(text.find("\nT,9,CONSUL,0,1,differ,no clause with consultation in a crisis\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("\nT,9,WARTIME,,0,not_derivable,"), std::string::npos) << text;
  EXPECT_EQ(static_cast<size_t>(std::count(text.begin(), text.end(), '\n')),
            report_.instruments[0].coding.variables.size() + 1);
}

}  // namespace
}  // namespace casus::report
