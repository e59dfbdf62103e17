// SPDX-License-Identifier: Apache-2.0
// --json and -o: one document and nothing else on standard output; messages on standard error; the usual exit
// codes.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/harness.h"

namespace casus::app {
namespace {

using test::casus;
using Json = nlohmann::ordered_json;

class JsonOutputTest : public ::testing::Test {
 protected:
  static Json document(const test::Ran& r) {
    Json j = Json::parse(r.out, nullptr, false);
    EXPECT_TRUE(j.is_object()) << r.out << r.err;
    EXPECT_EQ(r.err, "");
    return j;
  }
  test::Folder folder_;
};

TEST_F(JsonOutputTest, SeveralReplaysAreAnArray) {
  const Json j = document(casus({"run", "story.casus", "--json"}));
  EXPECT_EQ(j["schema"], "casus/replays/1");
  ASSERT_EQ(j["replays"].size(), 2u);
  EXPECT_EQ(j["replays"][0]["scenario"]["name"], "war");
  EXPECT_EQ(j["replays"][1]["scenario"]["name"], "peace");
  EXPECT_EQ(document(casus(
                {"run", "story.casus", "--json", "--scenario", "war", "--as", "East,undisputed"}))["replays"]
                .size(),
            2u);
}

TEST_F(JsonOutputTest, EachScenarioIsComparedInEveryEye) {
  std::string story = test::read("story.casus");
  const std::string undenied = "  2002-01-05T07:00Z attack(by: ALFA, on: BRAVO);\n";
  story.erase(story.find(undenied), undenied.size());
  test::write("eyes.casus", story + "viewpoint West { accepts assertions by BRAVO; }\n");
  const Json j = document(casus({"compare", "eyes.casus", "--as", "all", "--json"}));
  EXPECT_EQ(j["schema"], "casus/replays/1");
  ASSERT_EQ(j["replays"].size(), 2u);
  const Json& war = j["replays"][0];
  EXPECT_EQ(war["schema"], "casus/compare/1");
  ASSERT_EQ(war["columns"].size(), 2u);
  EXPECT_EQ(war["columns"][0]["title"], "undisputed");
  EXPECT_EQ(war["columns"][0]["alike"], Json::array({"East"}));  // they come to the same in everything
  EXPECT_EQ(war["columns"][1]["title"], "West");
  EXPECT_EQ(war["decisions"]["questions"].size(), 1u);
  EXPECT_EQ(war["decisions"]["turns"].size(), 2u * war["different"].get<size_t>());
  // In peace nothing parts them.
  EXPECT_EQ(j["replays"][1]["columns"][0]["scenario"]["name"], "peace");
  ASSERT_EQ(j["replays"][1]["columns"].size(), 1u);
  EXPECT_EQ(j["replays"][1]["columns"][0]["alike"], Json::array({"East", "West"}));
  // Who is named has a column.
  EXPECT_EQ(
      document(casus({"compare", "eyes.casus", "--as", "East,undisputed", "--json"}))["replays"][0]["columns"]
          .size(),
      2u);
  // Scenarios side by side differ in more than eyes.
  EXPECT_TRUE(document(casus({"compare", "story.casus", "--json"}))["decisions"].is_null());
}

TEST_F(JsonOutputTest, OneReplayIsOneDocument) {
  const Json j = document(casus({"run", "story.casus", "--json", "--scenario", "war"}));
  EXPECT_EQ(j["schema"], "casus/run/1");
  EXPECT_EQ(j["events"][0]["acceptance"], "undecided");
  EXPECT_EQ(j["events"][1]["acceptance"], "accepted");
}

TEST_F(JsonOutputTest, EachVerbNamesItsSchema) {
  EXPECT_EQ(document(casus({"explain", "story.casus", "Pact.1", "--scenario", "war", "--json"}))["schema"],
            "casus/explain/1");
  EXPECT_EQ(document(casus({"explain", "story.casus", "--json"}))["schema"], "casus/replays/1");
  EXPECT_EQ(document(casus({"compare", "story.casus", "--json"}))["schema"], "casus/compare/1");
  EXPECT_EQ(document(casus({"test", "story.casus", "--json"}))["schema"], "casus/test/1");
  EXPECT_EQ(document(casus({"list", "story.casus", "--json"}))["schema"], "casus/list/1");
  EXPECT_EQ(document(casus({"list", "--json"}))["instruments"][0]["name"], "Pact");
  EXPECT_EQ(document(casus({"show", "Pact", "--json"}))["schema"], "casus/show/1");
}

TEST_F(JsonOutputTest, OutputGoesToTheFile) {
  const auto to_screen = casus({"run", "story.casus", "--json"});
  const auto to_file = casus({"run", "story.casus", "--json", "-o", "out.json"});
  EXPECT_EQ(to_file.code, 0);
  EXPECT_EQ(to_file.out, "");
  EXPECT_EQ(test::read("out.json"), to_screen.out);
  EXPECT_EQ(casus({"list", "story.casus", "-o", "list.txt"}).out, "");
  EXPECT_EQ(test::read("list.txt"), casus({"list", "story.casus"}).out);
  const auto nowhere = casus({"run", "story.casus", "--json", "-o", "no/such/folder/out.json"});
  EXPECT_EQ(nowhere.code, 5);
  EXPECT_NE(nowhere.err.find("could not write"), std::string::npos);
}

TEST_F(JsonOutputTest, FailedExpectationsAndErrorsKeepTheirCodes) {
  std::string text = test::read("story.casus");
  text.replace(text.find("expect breach"), 13, "expect never breach");
  test::write("wrong.casus", text);
  const auto failing = casus({"run", "wrong.casus", "--json", "--scenario", "war"});
  EXPECT_EQ(failing.code, 1);
  EXPECT_FALSE(document(failing)["expectations"][0]["met"].get<bool>());
  const auto tested = casus({"test", "wrong.casus", "--json"});
  EXPECT_EQ(tested.code, 1);
  EXPECT_EQ(document(tested)["failed"], 1);
  test::write("broken.casus", "instrument {");
  const auto broken = casus({"run", "broken.casus", "--json"});
  EXPECT_EQ(broken.code, 3);
  EXPECT_EQ(broken.out, "");
  EXPECT_NE(broken.err.find("error[CAS"), std::string::npos);
}

}  // namespace
}  // namespace casus::app
