// SPDX-License-Identifier: Apache-2.0
// Run ids: what is kept, how it is found again, and what is said when it does not come out again.
#include "app/runs.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/harness.h"

namespace casus::app {
namespace {

namespace fs = std::filesystem;
using test::casus;
using Json = nlohmann::ordered_json;

class RunsTest : public ::testing::Test {
 protected:
  // Replays the war, and gives its run id.
  std::string run(std::vector<std::string> more = {}) {
    std::vector<std::string> args{"run", "story.casus", "--scenario", "war", "--json"};
    args.insert(args.end(), more.begin(), more.end());
    const auto r = casus(args);
    EXPECT_EQ(r.err, "");
    const Json j = Json::parse(r.out, nullptr, false);
    EXPECT_TRUE(j.is_object()) << r.out;
    return j.is_object() && j.contains("run") ? j["run"].get<std::string>() : std::string();
  }
  std::string kept(const std::string& id) const {
    return folder_.path() + "/../state/casus/runs/" + id + ".json";
  }
  size_t count() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder_.path() + "/../state/casus/runs"),
                                             fs::directory_iterator()));
  }

  test::Folder folder_;
};

TEST_F(RunsTest, ARunComesOutAgainFromItsIdAlone) {
  const std::string id = run();
  ASSERT_EQ(id.size(), 12u);
  const auto again = casus({"show", id});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_NE(again.out.find(id), std::string::npos);
  const auto json = casus({"show", id.substr(0, 4), "--json"});
  EXPECT_EQ(Json::parse(json.out)["run"], id);
}

TEST_F(RunsTest, TheFlagsComeBackToo) {
  const std::string plain = run(), east = run({"--as", "East", "--until", "2002-01-05T06:30Z"});
  EXPECT_NE(plain, east);
  fs::create_directory("elsewhere");
  fs::current_path("elsewhere");
  const auto again = casus({"show", east, "--json"});
  fs::current_path(folder_.path());
  ASSERT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(Json::parse(again.out)["view"], "East");
  EXPECT_EQ(Json::parse(again.out)["run"], east);
}

TEST_F(RunsTest, LinesThatWerePutAsideAreNotPutAsideAgain) {
  test::write("more.ndjson", "{]\n");
  const auto first =
      casus({"run", "story.casus", "--scenario", "war", "--json", "--events", "more.ndjson", "--keep-going"});
  const Json j = Json::parse(first.out, nullptr, false);
  ASSERT_TRUE(j.is_object()) << first.err;
  ASSERT_TRUE(fs::remove("more.rejects.ndjson"));
  const auto again = casus({"show", j["run"].get<std::string>(), "--json"});
  EXPECT_EQ(again.out, first.out);
  EXPECT_EQ(again.err, "");
  EXPECT_FALSE(fs::exists("more.rejects.ndjson"));
}

TEST_F(RunsTest, EventFilesAreNamedFromTheCurrentFolder) {
  test::write("more.ndjson",
              R"({"at":"2002-01-05T08:00Z","event":"help","args":{"by":"CHARLIE","to":"BRAVO"}})"
              "\n");
  fs::create_directory("deep");
  fs::rename("story.casus", "deep/story.casus");
  fs::copy("../library", "library");
  const auto r = casus({"run", "deep/story.casus", "--scenario", "war", "--json", "--events", "more.ndjson"});
  const Json j = Json::parse(r.out, nullptr, false);
  ASSERT_TRUE(j.is_object()) << r.err;
  EXPECT_EQ(j["events"].size(), 3u);
  fs::current_path("deep");
  EXPECT_EQ(casus({"show", j["run"].get<std::string>()}).code, 0);
}

TEST_F(RunsTest, AChangedModelIsToldByItsFile) {
  const std::string id = run();
  std::string text = test::read("../library/basics.casus");
  text.replace(text.find("within 1 day"), 12, "within 2 days");
  test::write("../library/basics.casus", text);
  const auto r = casus({"show", id});
  EXPECT_EQ(r.code, 1);
  EXPECT_EQ(r.out, "");
  EXPECT_NE(r.err.find("run " + id + " does not come out again: the model has changed: "), std::string::npos)
      << r.err;
  EXPECT_NE(r.err.find("library/basics.casus"), std::string::npos) << r.err;
  EXPECT_EQ(r.err.find("story.casus,"), std::string::npos) << r.err;
}

TEST_F(RunsTest, AnotherVersionIsTold) {
  const std::string id = run();
  Json j = Json::parse(test::read(kept(id)));
  j["casus"] = "0.0.1";
  j["run"] = "0123456789ab";
  test::write(kept("0123456789ab"), j.dump());
  const auto r = casus({"show", "0123456789ab"});
  EXPECT_EQ(r.code, 1);
  EXPECT_NE(r.err.find("it was made by casus 0.0.1"), std::string::npos) << r.err;
}

TEST_F(RunsTest, ABeginningMustBeOfOneRun) {
  const std::string id = run();
  fs::copy_file(kept(id), kept("abcd00000000"));
  fs::copy_file(kept(id), kept("abcd11111111"));
  const auto two = casus({"show", "abcd"});
  EXPECT_EQ(two.code, 2);
  EXPECT_NE(two.err.find("several runs begin with abcd: abcd00000000, abcd11111111"), std::string::npos)
      << two.err;
  const auto none = casus({"show", "00ff00"});
  EXPECT_EQ(none.code, 2);
  EXPECT_NE(none.err.find("no run 00ff00 is kept here"), std::string::npos) << none.err;
}

TEST_F(RunsTest, ExplainTakesARunForAFile) {
  const std::string id = run();
  const auto by_run = casus({"explain", id, "Pact.1", "CHARLIE", "--json"});
  const auto by_file = casus({"explain", "story.casus", "Pact.1", "CHARLIE", "--scenario", "war", "--json"});
  EXPECT_EQ(by_run.code, 0) << by_run.err;
  EXPECT_EQ(by_run.out, by_file.out);
  EXPECT_EQ(Json::parse(by_run.out)["run"], id);
  EXPECT_EQ(casus({"explain", "00ff00", "Pact.1"}).code, 2);
}

// `casus show ID` ends with what to ask next, and names the run.
TEST_F(RunsTest, CompareTakesARunForAFile) {
  const std::string id = run();
  const auto r = casus({"compare", id, "--as", "undisputed,East", "--json"});
  ASSERT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(Json::parse(r.out)["columns"][0]["run"], id);
}

TEST_F(RunsTest, EveryVerbTakesARunThatWasMadeFromAFolder) {
  fs::create_directory("crisis");
  fs::rename("story.casus", "crisis/story.casus");
  fs::copy("../library", "library");
  const auto made = casus({"run", "crisis", "--scenario", "war", "--json"});
  ASSERT_EQ(made.code, 0) << made.err;
  const std::string id = Json::parse(made.out)["run"];
  const auto same = [&](const char* verb) {
    const auto again = casus({verb, id, "--json"});
    EXPECT_EQ(again.code, 0) << verb << again.err;
    EXPECT_EQ(again.err, "") << verb;
    EXPECT_EQ(again.out, made.out) << verb;
  };
  same("show");
  same("run");
  EXPECT_EQ(casus({"explain", id, "Pact.1"}).code, 0);
  const auto views = casus({"compare", id, "--as", "undisputed,East"});
  EXPECT_EQ(views.code, 0) << views.err;
  EXPECT_EQ(casus({"compare", "crisis", "--scenario", "war", "--as", "undisputed,East"}).out, views.out);
  // What is put beside it later, right or wrong, is no part of the run.
  test::write("crisis/another.casus",
              "use basics;\nstate DELTA;\nscenario war \"Another war\" { 2003-01-01 attack(by: DELTA, on: "
              "BRAVO); }\n");
  same("show");
  test::write("crisis/broken.casus", "instrument {");
  same("run");
  EXPECT_EQ(casus({"compare", id, "--as", "undisputed,East"}).out, views.out);
}

TEST_F(RunsTest, SeveralRunsAreCompared) {
  const std::string plain = run(), east = run({"--as", "East"});
  const auto r = casus({"compare", plain, east, "--json"});
  ASSERT_EQ(r.code, 0) << r.err;
  const Json j = Json::parse(r.out);
  EXPECT_EQ(j["columns"][0]["run"], plain);
  EXPECT_EQ(j["columns"][1]["run"], east);
  EXPECT_EQ(j["columns"][1]["view"], "East");
  EXPECT_EQ(casus({"compare", plain, "story.casus", "--scenario", "war", "--json"}).code, 0);
  EXPECT_EQ(casus({"compare", plain, "00ff00"}).code, 2);
  EXPECT_EQ(casus({"compare", plain}).code, 2);
}

// Two runs of one id read alike: also what is still owed, and whose word an event is.
TEST_F(RunsTest, WhatReadsOtherwiseHasAnotherId) {
  const std::string until = "2002-01-05T12:00Z";
  const std::string id = run({"--until", until}), story = test::read("story.casus");
  const auto changed = [&](const std::string& file, const std::string& from, const std::string& to) {
    const std::string before = test::read(file);
    std::string text = before;
    text.replace(text.find(from), from.size(), to);
    test::write(file, text);
    const std::string now = run({"--until", until});
    EXPECT_NE(now, id) << to;
    test::write(file, before);
  };
  changed("../library/basics.casus", "within 1 day", "within 2 days");
  changed("story.casus", "asserted by BRAVO", "asserted by BRAVO, CHARLIE");
  changed("story.casus", "under Pact", "under Pact as if in force from 2000-01-02");
  EXPECT_EQ(run({"--until", until}), id);
}

TEST_F(RunsTest, AChangeThatChangesNothingIsNoted) {
  const std::string id = run();
  test::write("story.casus", "// a comment\n" + test::read("story.casus"));
  for (const char* verb : {"show", "run"}) {  // which keeps it as it is now
    const auto r = casus({verb, id});
    EXPECT_EQ(r.code, 0) << verb;
    EXPECT_EQ(r.err, "casus: since run " + id + " was made, the model has changed: " + folder_.path() +
                         "/story.casus\n");
    EXPECT_NE(r.out.find(id), std::string::npos) << verb;
  }
}

TEST_F(RunsTest, AFileOfThatNameIsAFile) {
  fs::copy_file("story.casus", "beef");
  EXPECT_FALSE(looks_like_run("beef"));
  EXPECT_TRUE(looks_like_run("beefe"));
  EXPECT_FALSE(looks_like_run("bee"));
  EXPECT_FALSE(looks_like_run("0123456789abc"));
  EXPECT_FALSE(looks_like_run("BEEF"));
  EXPECT_EQ(casus({"explain", "beef", "--scenario", "war"}).code, 0);
}

TEST_F(RunsTest, OnlyTheLastRunsAreKept) {
  const std::string id = run();
  const auto old = fs::file_time_type::clock::now() - std::chrono::hours(1);
  for (size_t i = 0; i < most_kept_runs + 20; ++i) {
    const std::string name = "f" + std::to_string(10'000'000'000 + i);
    test::write(kept(name), "{}");
    fs::last_write_time(kept(name), old + std::chrono::seconds(i));
  }
  run();
  EXPECT_EQ(count(), most_kept_runs);
  EXPECT_TRUE(fs::exists(kept(id)));
  EXPECT_FALSE(fs::exists(kept("f10000000000")));
  EXPECT_TRUE(fs::exists(kept("f10000000519")));
}

TEST_F(RunsTest, AStateFolderThatCannotBeWrittenIsNoFailure) {
  test::write("../state", "a file where the folder would be");
  const auto r = casus({"run", "story.casus"});
  EXPECT_EQ(r.code, 0);
  EXPECT_EQ(r.err, "");
}

// The file may be anybody's.
TEST_F(RunsTest, AKeptFileOfAnotherShapeIsTold) {
  run();
  for (const char* text : {"", "{", "[]", "7", R"({"schema":"casus/kept-run/1"})",
                           R"({"schema":"casus/kept-run/1","path":7})", "\xff\xfe"}) {
    test::write(kept("123456789abc"), text);
    const auto r = casus({"show", "123456789abc"});
    EXPECT_EQ(r.code, 2) << text;
    EXPECT_NE(r.err.find("does not tell of a run"), std::string::npos) << r.err;
  }
  test::write(kept("123456789abc"),
              R"({"schema":"casus/kept-run/1","path":"story.casus","scenario":"war","sort":"no",)"
              R"("under":[1,{}],"files":[1,{"hash":"x"},{"path":1,"hash":2}]})");
  EXPECT_EQ(casus({"show", "123456789abc"}).code, 1);
}

TEST_F(RunsTest, CompareKeepsEachColumn) {
  const auto r = casus({"compare", "story.casus", "--scenario", "war", "--as", "undisputed,East", "--json"});
  ASSERT_EQ(r.code, 0) << r.err;
  const Json j = Json::parse(r.out);
  ASSERT_EQ(j["columns"].size(), 2u);
  for (const Json& column : j["columns"])
    EXPECT_EQ(casus({"show", column["run"].get<std::string>()}).code, 0);
}

// Two files in different folders whose names are the same would be one module: the second is not left out in silence.
TEST_F(RunsTest, TwoFilesOfOneNameAreToldApart) {
  fs::create_directory("a");
  fs::create_directory("b");
  test::write("a/pact.casus", "use basics;\nstate DELTA \"Delta\";\n");
  test::write("b/pact.casus", "use basics;\nstate ECHO \"Echo\";\n");
  test::write("both.casus", "use \"a/pact.casus\", \"b/pact.casus\";\n");
  const auto r = casus({"check", "both.casus", "--width", "120"});
  EXPECT_EQ(r.code, 3);
  EXPECT_NE(r.err.find("another file is called `pact` too: a/pact.casus"), std::string::npos)
      << r.err << r.out;
  // One file by two paths is one module.
  test::write("twice.casus", "use \"a/pact.casus\", \"./a/../a/pact.casus\";\n");
  EXPECT_EQ(casus({"check", "twice.casus"}).code, 0);
}

}  // namespace
}  // namespace casus::app
