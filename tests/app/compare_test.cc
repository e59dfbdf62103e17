// SPDX-License-Identifier: Apache-2.0
// casus compare on the crises that are shipped: where views part, and which answer decides.
#include <gmock/gmock.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "app/harness.h"

namespace casus::app {
namespace {

using test::casus;
using ::testing::HasSubstr;
using Json = nlohmann::ordered_json;

// The folder of the tests, and the library that is shipped.
struct Shipped {
  Shipped() { ::setenv("CASUS_LIBRARY", CASUS_SOURCE_DIR "/library", 1); }
  test::Folder folder;
};

Json compared(const std::string& scenario, const std::string& views) {
  const Shipped shipped;
  const auto r = casus({"compare", CASUS_SOURCE_DIR "/scenarios/" + scenario, "--as", views, "--json"});
  EXPECT_EQ(r.code, 0) << r.err;
  return Json::parse(r.out);
}

// The questions that turn the verdict on a clause, a text for each turn; together joined by " + ".
std::vector<std::string> turns(const Json& j, const std::string& basis, const std::string& bearer,
                               const std::string& from, const std::string& to) {
  std::vector<std::string> out;
  for (const Json& t : j["decisions"]["turns"]) {
    const Json& row = j["rows"][t["row"].get<size_t>()];
    const Json& bearers = row["bearers"];
    if (row["basis"] != basis || std::find(bearers.begin(), bearers.end(), bearer) == bearers.end()) continue;
    if (t["from"] != from || t["to"] != to) continue;
    std::string text;
    for (const Json& q : t["questions"])
      text += (text.empty() ? "" : " + ") +
              j["decisions"]["questions"][q.get<size_t>()]["question"].get<std::string>();
    out.push_back(text);
  }
  return out;
}

// Kyiv and Washington accept the same attack: a reading alone parts them. Kyiv and Moscow part in both, so that either
// answer ends the duty in Kyiv's eyes, and only both together bring it about in Moscow's.
TEST(Compare, ParagraphFourOfBudapestTurnsOnAReading) {
  const Json j = compared("as_if_budapest.casus.md", "Kyiv,Moscow,Washington");
  const auto reading = turns(j, "Budapest.4 (3)", "USA", "Kyiv", "Washington");
  ASSERT_EQ(reading.size(), 1u);
  EXPECT_THAT(reading[0], HasSubstr("the reading paragraph 4"));
  EXPECT_EQ(turns(j, "Budapest.4 (3)", "USA", "Washington", "Kyiv"), reading);
  EXPECT_EQ(turns(j, "Budapest.4 (3)", "USA", "Kyiv", "Moscow").size(), 2u);
  const auto both = turns(j, "Budapest.4 (3)", "USA", "Moscow", "Kyiv");
  ASSERT_EQ(both.size(), 1u);
  EXPECT_THAT(both[0], HasSubstr("armed attack by RUS"));
  EXPECT_THAT(both[0], HasSubstr(" + the reading paragraph 4"));
}

TEST(Compare, TheGuaranteeOfIstanbulTurnsOnWhetherThereWasAnAttack) {
  const Shipped shipped;
  const std::string file = CASUS_SOURCE_DIR "/scenarios/as_if_istanbul.casus.md";
  const auto r = casus({"compare", file, "--as", "Kyiv,Moscow"});
  ASSERT_EQ(r.code, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("  alone: armed attack by RUS · on UKR · at Kharkiv, 24 Feb 2022 03:00"));
  EXPECT_THAT(r.out, HasSubstr("      Kyiv ⇄ Moscow: Istanbul.5 "));
  // The same question needs no replay where nothing parts.
  EXPECT_THAT(casus({"compare", file, "--as", "Kyiv,Kyiv"}).out, ::testing::Not(HasSubstr("What decides")));
}

// Every scenario that is shipped is decided within the limits, in every eye.
TEST(Compare, NoShippedScenarioReachesTheLimit) {
  const Shipped shipped;
  const auto r = casus({"compare", CASUS_SOURCE_DIR "/scenarios", "--as", "all"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_THAT(r.out, ::testing::Not(HasSubstr("ended at its limit")));
}

}  // namespace
}  // namespace casus::app
