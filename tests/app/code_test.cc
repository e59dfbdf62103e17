// SPDX-License-Identifier: Apache-2.0
// casus code on the library that is shipped, on a model with words of its own, and against the data where it lies.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "app/harness.h"

namespace casus::app {
namespace {

using test::casus;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::ordered_json;

class CodeTest : public ::testing::Test {
 protected:
  void SetUp() override { ::setenv("CASUS_LIBRARY", CASUS_SOURCE_DIR "/library", 1); }
  static std::string codes(const Json& instrument, const std::string& variable) {
    for (const Json& v : instrument["variables"]) {
      if (v["variable"] == variable) return v["codes"].dump();
    }
    return "?";
  }
  test::Folder folder_;
};

TEST_F(CodeTest, AnInstrumentOfTheLibraryByItsName) {
  const auto r = casus({"code", "--scheme", "atop", "NATO", "--json"});
  ASSERT_EQ(r.code, 0) << r.err;
  const Json j = Json::parse(r.out);
  ASSERT_EQ(j["instruments"].size(), 1u);
  const Json& nato = j["instruments"][0];
  EXPECT_EQ(nato["number"], 3180);
  EXPECT_EQ(codes(nato, "DEFENSE"), "[1]");
  EXPECT_EQ(codes(nato, "DEFCOLOC"), "[1]");
  EXPECT_EQ(codes(nato, "CONSUL"), "[1]");
  EXPECT_EQ(codes(nato, "LENGTH"), "[240]");
  EXPECT_EQ(codes(nato, "NOOTHALL"), "[1]");
}

// Assurances, and arms or money without forces, are no promise of defence.
TEST_F(CodeTest, NotEveryGuaranteeIsDefence) {
  const Json j = Json::parse(casus({"code", "--scheme", "atop", "Budapest", "KyivCompact", "TEU", "Istanbul",
                                    "CST", "UnionGuarantees", "UnionState", "--json"})
                                 .out);
  ASSERT_EQ(j["instruments"].size(), 7u);
  for (const Json& i : j["instruments"]) {
    const std::set<std::string> defence{"TEU", "Istanbul", "CST", "UnionGuarantees"};
    EXPECT_EQ(codes(i, "DEFENSE"), defence.contains(i["instrument"]) ? "[1]" : "[0]") << i["instrument"];
  }
}

TEST_F(CodeTest, AFileWithWordsOfItsOwn) {
  test::write(
      "own.casus",
      "use states;\n"
      "event come_to_the_aid_of(by: actor, whom: actor);\n"
      "instrument Own { in force from 2000-01-01; party FRA, ITA;\n"
      "  article 1 { when armed_attack(on: party v) each party shall come_to_the_aid_of(whom: v); } }\n");
  test::write("my_words.casus",
              "use own;\n"
              "instrument MyShapes { binding none;\n"
              "  article DEFENSE { when armed_attack(on: party partner)\n"
              "    each party shall come_to_the_aid_of(whom: partner); } }\n");
  const auto without = casus({"code", "--scheme", "atop", "own.casus", "--json"});
  ASSERT_EQ(without.code, 0) << without.err;
  EXPECT_EQ(codes(Json::parse(without.out)["instruments"][0], "DEFENSE"), "[0]");
  const auto with = casus({"code", "--scheme", "atop", "own.casus", "--words", "my_words.casus", "--json"});
  ASSERT_EQ(with.code, 0) << with.err;
  ASSERT_EQ(Json::parse(with.out)["instruments"].size(), 1u);  // shapes are not coded themselves
  EXPECT_EQ(codes(Json::parse(with.out)["instruments"][0], "DEFENSE"), "[1]");
}

TEST_F(CodeTest, TheTableGoesToAFileToo) {
  const auto r = casus({"code", "--scheme", "atop", "NATO", "--csv", "nato.csv"});
  EXPECT_EQ(r.out, casus({"code", "--scheme", "atop", "NATO"}).out);
  EXPECT_THAT(test::read("nato.csv"), HasSubstr("\nNATO,3180,DEFENSE,1,,,\"NATO.5, NATO.5 (3)\"\n"));
}

TEST_F(CodeTest, UsageIsTold) {
  EXPECT_EQ(casus({"code", "NATO"}).code, 2);
  EXPECT_THAT(casus({"code", "--scheme", "cow", "NATO"}).err, HasSubstr("there is no scheme 'cow'"));
  EXPECT_THAT(casus({"code", "--scheme", "atop", "NATOO"}).err, HasSubstr("did you mean 'NATO'?"));
  EXPECT_THAT(casus({"code", "--scheme", "atop", "NATO", "--at", "soon"}).err,
              HasSubstr("'soon' is not a date"));
  EXPECT_EQ(casus({"code", "--scheme", "atop", "NATO", "--csv", "no/such/folder/a.csv"}).code, 5);
  EXPECT_EQ(casus({"code", "--scheme", "atop", "NATO", "--against", "no-such.csv"}).code, 5);
  test::write("other.csv", "year,war\n1914,1\n");
  EXPECT_THAT(casus({"code", "--scheme", "atop", "--against", "other.csv", "NATO"}).err,
              HasSubstr("has no column atopid"));
}

// The coding never looks at the answer: it is the same with the file and without.
TEST_F(CodeTest, TheAnswerDoesNotChangeTheCoding) {
  test::write("data.csv", "atopid,defense,consul,length\n3180,0,0,12\n");
  Json with = Json::parse(
      casus({"code", "--scheme", "atop", "NATO", "--json", "--against", "data.csv"}).out)["instruments"][0];
  const Json without =
      Json::parse(casus({"code", "--scheme", "atop", "NATO", "--json"}).out)["instruments"][0];
  ASSERT_EQ(with["variables"].size(), without["variables"].size());
  for (size_t i = 0; i < with["variables"].size(); ++i) {
    EXPECT_EQ(with["variables"][i]["codes"], without["variables"][i]["codes"]);
    EXPECT_EQ(with["variables"][i]["why"], without["variables"][i]["why"]);
  }
  EXPECT_EQ(with["totals"]["differ"], 3);
}

// Every difference with the data is one that docs/methods/atop_coding.md explains.
TEST_F(CodeTest, TheLibraryAgainstTheData) {
  const std::string data = CASUS_SOURCE_DIR "/../shared/data/atop/atop-";
  if (!std::filesystem::exists(data + "alliance-level.csv"))
    GTEST_SKIP() << "no data in " << data << "alliance-level.csv";
  const std::vector<std::string> command{"code",
                                         "--scheme",
                                         "atop",
                                         "--at",
                                         "2018-12-31",
                                         "--against",
                                         data + "alliance-level.csv",
                                         "--against",
                                         data + "member-level.csv"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), command.begin(), command.end());
    return casus(more);
  };
  const auto r = with({"--json"});
  ASSERT_EQ(r.code, 0) << r.err;
  const Json j = Json::parse(r.out);
  EXPECT_EQ(j["rows_broken"], 0);
  std::string names;
  const std::string explained = test::read(CASUS_SOURCE_DIR "/docs/methods/atop_coding.md");
  const std::string text = with({"--width", "200"}).out;
  size_t differences = 0;
  for (const Json& i : j["instruments"]) {
    names += i["instrument"].get<std::string>() + " ";
    EXPECT_FALSE(i["number"].is_null());
    const size_t at = text.find("\n" + i["instrument"].get<std::string>() + ": ");
    ASSERT_NE(at, std::string::npos) << text;
    EXPECT_THAT(explained, HasSubstr(text.substr(at, text.find('\n', at + 1) - at + 1)));
    for (const Json& v : i["variables"]) {
      if (v["agreement"] != "differ") continue;
      const std::string row =
          "| " + i["instrument"].get<std::string>() + " | " + v["variable"].get<std::string>() + " |";
      EXPECT_THAT(explained, HasSubstr(row)) << v.dump();
      ++differences;
    }
  }
  EXPECT_EQ(names, "CST HelsinkiFinalAct NATO UnionState ");
  // No row of the page is left from a difference that is gone.
  size_t rows = 0;
  std::istringstream page(explained);
  for (std::string line; std::getline(page, line);) {
    for (const Json& i : j["instruments"])
      rows += line.starts_with("| " + i["instrument"].get<std::string>() + " | ");
  }
  EXPECT_EQ(rows, differences);
}

}  // namespace
}  // namespace casus::app
