// SPDX-License-Identifier: Apache-2.0
// casus check: what is read together, exit codes, the last line, JSON and SARIF.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/harness.h"

namespace casus::app {
namespace {

using test::casus;
using ::testing::EndsWith;
using ::testing::HasSubstr;

constexpr const char* clean =
    "kind state is actor;\nstate ALFA; state BRAVO;\nevent attack(by: actor) \"Attack\";\n"
    "instrument One { party ALFA, BRAVO; article 1 { wording V; each party shall not attack; } }\n";
constexpr const char* warned =
    "kind state is actor;\nstate ALFA; state BRAVO;\nevent attack(by: actor) \"Attack\";\n"
    "instrument One { party ALFA, BRAVO; role guarantor; article 1 { each guarantor shall not attack; } }\n";

class CheckTest : public ::testing::Test {
 protected:
  test::Folder folder_;
};

TEST_F(CheckTest, NotesAlonePass) {
  test::write("a.casus", clean);
  const auto quiet = casus({"check", "a.casus"});
  EXPECT_EQ(quiet.code, 0);
  EXPECT_EQ(quiet.out, "0 errors, 0 warnings, 1 note (--notes shows it)\n");
  const auto r = casus({"check", "a.casus", "--notes"});
  EXPECT_EQ(r.code, 0);
  EXPECT_THAT(r.out, HasSubstr("note[CAS0918]"));
  EXPECT_THAT(r.out, EndsWith("\n0 errors, 0 warnings, 1 note\n"));
}

TEST_F(CheckTest, ClausesOfSeveralFilesAreCompared) {
  test::write("words.casus", "kind country is actor;\ncountry ALFA;\nevent strike(by: actor);\n");
  test::write("a.casus", "use words;\ninstrument One { party ALFA; article 1 { each party may strike; } }\n");
  test::write("b.casus",
              "use words;\ninstrument Two { party ALFA; article 1 { each party shall not strike; } }\n");
  EXPECT_THAT(casus({"check", "a.casus"}).out, Not(HasSubstr("CAS0902")));
  const auto r = casus({"check", "a.casus", "b.casus", "a.casus"});  // the same file is read once
  EXPECT_EQ(r.code, 1);
  EXPECT_THAT(r.out, HasSubstr("warning[CAS0902]: One.1 lets somebody `strike`, and Two.1 may forbid it"));
  EXPECT_THAT(r.out, Not(HasSubstr("by itself")));
}

TEST_F(CheckTest, EachFileByItself) {
  test::write("a.casus", clean);
  test::write("b.casus", warned);  // declares the same names
  const auto r = casus({"check", "a.casus", "b.casus"});
  EXPECT_EQ(r.code, 1);
  EXPECT_THAT(r.out, HasSubstr("warning[CAS0907]: nobody is ever in the role `guarantor`"));
  EXPECT_THAT(r.out, HasSubstr("Each file was checked by itself, and clauses of one were not compared"));
  EXPECT_THAT(r.out, HasSubstr("0 errors, 1 warning, "));
}

TEST_F(CheckTest, ErrorsAreCountedAndTheOtherFilesStillChecked) {
  test::write("a.casus", "instrument One { party NOBODY; }\n");
  test::write("b.casus", warned);
  const auto r = casus({"check", "a.casus", "b.casus"});
  EXPECT_EQ(r.code, 3);
  EXPECT_THAT(r.err, HasSubstr("`NOBODY`"));
  EXPECT_THAT(r.out, HasSubstr("warning[CAS0907]"));
  EXPECT_THAT(r.out, HasSubstr("1 error, 1 warning, "));
}

TEST_F(CheckTest, AFileOverTheLimitHasACode) {
  test::write("a.casus", "kind k;\n" + std::string(17u << 20, ' '));
  const auto r = casus({"check", "a.casus"});
  EXPECT_EQ(r.code, 3);
  EXPECT_THAT(r.err, HasSubstr("error[CAS0003]: the file is larger than the limit of 16777216 bytes"));
  EXPECT_THAT(casus({"fmt", "a.casus"}).err, HasSubstr("error[CAS0003]"));
}

TEST_F(CheckTest, JsonGoesToAFile) {
  test::write("b.casus", warned);
  const auto r = casus({"check", "b.casus", "--json", "-o", "found.json"});
  EXPECT_EQ(r.code, 1);
  EXPECT_EQ(r.out, "");
  const std::string text = test::read("found.json");
  EXPECT_EQ(casus({"check", "b.casus", "--format", "json"}).out, text);
  const auto found = nlohmann::json::parse(text, nullptr, false);
  ASSERT_TRUE(found.is_object()) << text;
  EXPECT_EQ(found["schema"], "casus/check/1");
  EXPECT_EQ(found["warnings"], 1);
  ASSERT_EQ(found["findings"].size(), 1u);  // notes are asked for
  EXPECT_EQ(found["findings"][0]["code"], "CAS0907");
  EXPECT_EQ(found["findings"][0]["instrument"], "One");
  const auto all =
      nlohmann::json::parse(casus({"check", "b.casus", "--json", "--notes"}).out, nullptr, false);
  EXPECT_EQ(all["findings"].size(), 1u + all["notes"].get<size_t>());
  EXPECT_EQ(casus({"check", "b.casus", "--json", "-o", "no/such/folder/found.json"}).code, 5);
  EXPECT_EQ(casus({"check", "b.casus", "--format", "xml"}).code, 2);
}

TEST_F(CheckTest, SarifHoldsErrorsAndLints) {
  test::write("a.casus", "instrument One { party NOBODY; }\n");
  test::write("b.casus", warned);
  const auto r = casus({"check", "a.casus", "b.casus", "--format", "sarif"});
  EXPECT_EQ(r.code, 3);
  const auto log = nlohmann::json::parse(r.out, nullptr, false);
  ASSERT_TRUE(log.is_object()) << r.out;
  const auto& results = log["runs"][0]["results"];
  EXPECT_EQ(results[0]["level"], "error");
  EXPECT_EQ(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a.casus");
  EXPECT_EQ(results[1]["ruleId"], "CAS0907");
  EXPECT_EQ(results[1]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "One");
}

// A rule holds the page about its code, and nothing points to a file of this machine.
TEST_F(CheckTest, SarifForReadersElsewhere) {
  test::write("b.casus",
              "state ALD;\ninstrument One { party ALD; role guarantor; article 1 { each guarantor shall not "
              "use_force; } }\n");
  ::setenv("CASUS_LIBRARY", CASUS_SOURCE_DIR "/library", 1);
  const auto r = casus({"check", "./b.casus", "--format", "sarif"});
  EXPECT_EQ(r.code, 1);
  EXPECT_THAT(r.out, Not(HasSubstr("file:")));
  EXPECT_THAT(r.out, Not(HasSubstr(CASUS_SOURCE_DIR)));
  const auto run = nlohmann::json::parse(r.out, nullptr, false)["runs"][0];
  const auto& rule = run["tool"]["driver"]["rules"][0];
  EXPECT_THAT(rule["help"]["markdown"].get<std::string>(),
              ::testing::StartsWith("# CAS0907: Nobody is ever in a role\n"));
  EXPECT_THAT(rule["help"]["text"].get<std::string>(),
              HasSubstr(rule["fullDescription"]["text"].get<std::string>()));
  EXPECT_FALSE(rule.contains("helpUri"));
  EXPECT_EQ(run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "b.casus");
  test::write("b.casus", warned);
  ::setenv("CASUS_LIBRARY", "../library", 1);  // without pages
  EXPECT_THAT(casus({"check", "b.casus", "--format", "sarif"}).out, HasSubstr("Nobody is ever in a role."));
}

// The answer takes the place of what stood there at once and whole, in each form; nothing is left beside it.
TEST_F(CheckTest, OutputTakesThePlaceOfTheFile) {
  namespace fs = std::filesystem;
  test::write("b.casus", warned);
  test::write("out", std::string(100'000, 'x'));
  const auto files = [] { return std::distance(fs::directory_iterator("."), fs::directory_iterator()); };
  const auto before = files();
  for (const char* format : {"text", "json", "sarif"}) {
    const std::string shown = casus({"check", "b.casus", "--format", format}).out;
    const auto r = casus({"check", "b.casus", "--format", format, "-o", "out"});
    EXPECT_EQ(r.code, 1) << format;
    EXPECT_EQ(r.out, "") << format;
    EXPECT_EQ(test::read("out"), shown) << format;
    EXPECT_EQ(files(), before) << format;
  }
  test::write("wrong.casus", "instrument One { party NOBODY; }\n");
  EXPECT_EQ(casus({"check", "wrong.casus", "-o", "out"}).code, 3);  // an answer, too
  EXPECT_THAT(test::read("out"), HasSubstr("1 error, 0 warnings"));
  fs::create_directory("folder");
  EXPECT_EQ(casus({"check", "b.casus", "-o", "folder"}).code, 5);
  EXPECT_TRUE(fs::is_empty("folder"));
}

TEST_F(CheckTest, NotesInEachForm) {
  test::write("a.casus", clean);
  const auto count = [](const std::string& out) {
    return nlohmann::json::parse(out, nullptr, false)["runs"][0]["results"].size();
  };
  EXPECT_EQ(count(casus({"check", "a.casus", "--format", "sarif"}).out), 0u);
  EXPECT_EQ(count(casus({"check", "a.casus", "--format", "sarif", "--notes"}).out), 1u);
  const auto json = nlohmann::json::parse(casus({"check", "a.casus", "--json"}).out, nullptr, false);
  EXPECT_EQ(json["notes"], 1);
  EXPECT_TRUE(json["findings"].empty());
}

TEST_F(CheckTest, HostileFiles) {
  const std::string model = clean;
  struct Case {
    std::string text;
    int code;
  };
  for (const Case& c :
       {Case{"", 0}, Case{std::string("\0", 1), 3}, Case{"\xFF\xFE", 3}, Case{"\xEF\xBB\xBF" + model, 0},
        Case{model + "//", 0}, Case{model.substr(0, model.size() / 2), 3}, Case{"// \xC3", 3},
        Case{std::string(100'000, '{'), 3}, Case{"instrument " + std::string(100'000, 'x'), 3}}) {
    test::write("x.casus", c.text);
    for (const char* format : {"text", "json", "sarif"})
      EXPECT_EQ(casus({"check", "x.casus", "--format", format, "--notes"}).code, c.code)
          << c.text.substr(0, 40);
  }
  test::write("x.casus.md", "```casus\n" + model);
  EXPECT_EQ(casus({"check", "x.casus.md"}).code, 3);  // the block is not closed
  EXPECT_EQ(casus({"check", "."}).code, 3);
  EXPECT_EQ(casus({"check"}).code, 2);
}

TEST_F(CheckTest, AMissingFileIsNoFinding) { EXPECT_EQ(casus({"check", "nowhere.casus"}).code, 5); }

}  // namespace
}  // namespace casus::app
