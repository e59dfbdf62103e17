// SPDX-License-Identifier: Apache-2.0
// Drafts with choices on the command line: which draft is read, and what is said when that is open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/harness.h"

namespace casus::app {
namespace {

using test::casus;
using test::write;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::ordered_json;

// The war under a draft: helping is owed within so many days as the package says, or forbidden.
std::string draft(const std::string& with) {
  return R"(
use basics;
choice path "which way" { aid(days: 1 .. 30 step 1) "help"; ban "no help"; }
instrument Draft "A draft" {
  in force from 2000-01-01;
  party BRAVO, CHARLIE;
  choice pace { quick; slow; }
  article 1 when path = aid {
    when attack(on: party victim)
    each party ally except victim shall help(to: victim) within path.days days;
  }
  article 2 "No help" when path = ban { each party shall not help(to: any) unless pace = slow; }
}
scenario war "A war" {
  )" + with +
         R"(
  under Draft;
  from 2002-01-01;
  2002-01-05 attack(by: ALFA, on: BRAVO);
  2002-01-10 help(by: CHARLIE, to: BRAVO);
  until 2002-02-01;
  expect never breach(by: CHARLIE);
}
explore "What happens" { from scenario war; may happen help(by: party, to: BRAVO); never breach(by: CHARLIE); }
)";
}

class PackagesTest : public ::testing::Test {
 protected:
  void told(const std::string& with) { write("draft.casus", draft(with)); }
  test::Folder folder_;
};

TEST_F(PackagesTest, AScenarioSaysWhichDraftItIsAbout) {
  told("with path = aid(days: 10), pace = quick;");
  const auto r = casus({"run", "draft.casus", "--width", "200"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_THAT(r.out, HasSubstr("view: undisputed · package: path = aid(days: 10), pace = quick · run "));
  EXPECT_THAT(r.out, HasSubstr("CHARLIE kept: help"));
  EXPECT_EQ(casus({"test", "draft.casus"}).code, 0);
}

TEST_F(PackagesTest, AnOpenChoiceIsAnErrorThatListsTheOptions) {
  told("with path = aid;");
  for (const char* verb : {"run", "explain", "test"}) {
    const auto r = casus({verb, "draft.casus", "--width", "200"});
    EXPECT_NE(r.code, 0);
    EXPECT_THAT(r.err, HasSubstr("CAS0607")) << verb;
    EXPECT_THAT(r.err, HasSubstr("`path`: aid (days from 1 to 30), ban"));
    EXPECT_THAT(r.err, HasSubstr("`pace`: quick, slow"));
    EXPECT_THAT(r.err, HasSubstr("--package 'path = aid(days: 1), pace = quick'"));
  }
}

TEST_F(PackagesTest, TestsAndHistoryTakeAPackage) {
  told("with path = aid;");
  EXPECT_EQ(casus({"test", "draft.casus", "--package", "path=aid(days:10),pace=quick"}).code, 0);
  EXPECT_EQ(casus({"test", "draft.casus", "--package", "path=aid(days:3),pace=quick"}).code, 1);
  const auto other = casus({"test", "draft.casus", "--package", "road=short"});
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.out, HasSubstr("it has no such choices"));
  std::string known = test::read("draft.casus");
  const std::string expected = "expect never breach(by: CHARLIE)";
  known.insert(known.find(expected) + expected.size(), " source \"the log\"");
  write("draft.casus", known);
  EXPECT_EQ(casus({"history", "draft.casus", "--package", "path=aid(days:10),pace=quick"}).code, 0);
}

TEST_F(PackagesTest, TheCommandLineGoesBeforeTheScenario) {
  told("with path = aid(days: 10), pace = quick;");
  const auto late = casus({"run", "draft.casus", "--package", "path=aid(days:3)"});
  EXPECT_THAT(late.out, HasSubstr("CHARLIE BREACH"));
  const auto ban = casus({"run", "draft.casus", "--package", " path = ban , Draft.pace = quick "});
  EXPECT_THAT(ban.out, HasSubstr("CHARLIE BREACH"));
  EXPECT_THAT(ban.out, HasSubstr("Draft.2"));
  EXPECT_THAT(ban.out, Not(HasSubstr("Draft.1")));
}

TEST_F(PackagesTest, ExplainSaysThatAnArticleIsNotInTheDraft) {
  told("with path = aid(days: 10), pace = quick;");
  const auto r = casus({"explain", "draft.casus", "Draft.2", "--width", "200"});
  EXPECT_THAT(r.out, HasSubstr("path = ban? NO – so it is not in this draft"));
}

TEST_F(PackagesTest, StreamsAndTablesAreOfOneDraft) {
  told("");
  EXPECT_NE(casus({"run", "draft.casus", "--stream"}).code, 0);
  const auto stream = casus({"run", "draft.casus", "--stream", "--package", "path=aid(days:3),pace=slow"});
  EXPECT_EQ(stream.code, 0) << stream.err;
  EXPECT_THAT(stream.out, HasSubstr("Draft.1"));
  const auto table =
      casus({"run", "draft.casus", "--table", "t.csv", "--json", "--package", "path=ban,pace=slow"});
  EXPECT_EQ(table.code, 0) << table.err;
  EXPECT_EQ(Json::parse(table.out)["package"], "path = ban, pace = slow");
}

TEST_F(PackagesTest, RunsAreToldApartAndKeepTheirPackage) {
  told("");
  const auto run = [](const std::string& package) {
    return Json::parse(casus({"run", "draft.casus", "--json", "--package", package}).out);
  };
  const Json one = run("path=aid(days:20),pace=slow"), other = run("path=aid(days:20),pace=quick");
  EXPECT_EQ(one["package"], "path = aid(days: 20), pace = slow");
  EXPECT_NE(one["run"], other["run"]);
  const auto shown = casus({"show", one["run"].get<std::string>(), "--json"});
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_EQ(Json::parse(shown.out)["package"], one["package"]);
}

TEST_F(PackagesTest, AnArrangementWithoutChoicesNeedsNoPackage) {
  told("");
  const auto r = casus({"run", "draft.casus", "--under", "Pact"});
  EXPECT_EQ(r.err, "");
  EXPECT_THAT(r.out, Not(HasSubstr("package")));
}

TEST_F(PackagesTest, MistakesInAPackageAreTold) {
  told("");
  const auto said = [](const std::string& package) {
    const auto r = casus({"run", "draft.casus", "--package", package});
    EXPECT_EQ(r.code, 2);
    return r.err;
  };
  EXPECT_THAT(said("pth=ban"), HasSubstr("did you mean 'path'?"));
  EXPECT_THAT(said("path=bann"), HasSubstr("did you mean 'ban'?"));
  EXPECT_THAT(said("path=aid(dys:3)"), HasSubstr("did you mean 'days'?"));
  EXPECT_THAT(said("path=aid(days:31)"), HasSubstr("it goes from 1 to 30"));
  EXPECT_THAT(said("path=aid(days:3"), HasSubstr("ends too early"));
  EXPECT_THAT(said("path=aid(days:999999999999999999999)"), HasSubstr("does not take"));
  EXPECT_THAT(said("path=ban,path=ban"), HasSubstr("twice"));
  EXPECT_THAT(said("path"), HasSubstr("ends too early"));
  EXPECT_THAT(said("path=ban;"), HasSubstr("can not be read from ';' on"));
}

TEST_F(PackagesTest, ShowAndListTellOfChoicesAndExplorations) {
  told("");
  const auto instrument = casus({"show", "draft.casus", "Draft"});
  EXPECT_THAT(instrument.out, HasSubstr("path  aid (days from 1 to 30), ban"));
  EXPECT_THAT(instrument.out, HasSubstr("Article 2: No help · only when path = ban"));
  const auto page = casus({"show", "draft.casus", "Draft", "--page"});
  EXPECT_THAT(page.out, HasSubstr("| path | aid (days from 1 to 30), ban |"));
  EXPECT_THAT(page.out, HasSubstr("Only when `path = ban`."));
  EXPECT_THAT(page.out, HasSubstr("within path.days days"));
  EXPECT_THAT(casus({"show", "draft.casus", "path"}).out,
              HasSubstr("Option ban: no help\n  articles  Draft.2"));
  EXPECT_THAT(casus({"show", "draft.casus", "What happens"}).out,
              HasSubstr("Asked\n  never breach(by: CHARLIE)"));
  const auto listed = casus({"list", "draft.casus"});
  EXPECT_THAT(listed.out, HasSubstr("path  which way  aid (days from 1 to 30), ban"));
  EXPECT_THAT(listed.out, HasSubstr("What happens  1"));
}

}  // namespace
}  // namespace casus::app
