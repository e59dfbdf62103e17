// SPDX-License-Identifier: Apache-2.0
// casus explore on the command line: what is printed, exit codes, stories as files, an end before the end and going on from there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "app/harness.h"
#include "explore/council.h"
#include "report/schema.cc"

namespace casus::app {
namespace {

namespace fs = std::filesystem;
using test::casus;
using test::read;
using test::write;
using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::ordered_json;

std::string question(const std::string& name, const std::string& lines) {
  return "explore " + name + " \"Question " + name + "\" { under Pact; from 2002-01-01; " + lines + " }\n";
}

constexpr const char* events =
    "may happen attack(by: ALFA, on: party), help(by: party, to: party v); within 10 d, at most 2 events; ";

class ExploreVerbTest : public ::testing::Test {
 protected:
  ExploreVerbTest() {
    write("help.casus",
          "use basics;\n" +
              question("help", std::string(events) +
                                   "never breach(by: CHARLIE, of: Pact.1); "
                                   "possible fulfilled(by: CHARLIE); always party(BRAVO, Pact);"));
    write("safe.casus",
          "use basics;\n" + question("safe", std::string(events) + "always party(BRAVO, Pact);"));
  }
  static void expect_golden(const std::string& text, const std::string& name) {
    const std::string path = CASUS_SOURCE_DIR "/tests/app/golden/" + name;
    if (std::getenv("CASUS_UPDATE_GOLDEN"))
      std::ofstream(path) << text;
    else
      EXPECT_EQ(text, read(path)) << "./dev golden writes " << path << " anew";
  }
  static void expect_fails(const std::vector<std::string>& args, int code, const std::string& message,
                           const std::string& remedy) {
    const auto r = casus(args);
    EXPECT_EQ(r.code, code) << message;
    EXPECT_EQ(r.out, "");
    EXPECT_THAT(r.err, HasSubstr(message));
    EXPECT_THAT(r.err, HasSubstr(remedy));
  }
  test::Folder folder_;
};

TEST_F(ExploreVerbTest, PrintsAnswersAndStoriesInTheWidthThereIs) {
  const auto narrow = casus({"explore", "help.casus"});
  EXPECT_EQ(narrow.err, "");
  expect_golden(narrow.out, "explore_80.txt");
  expect_golden(casus({"explore", "help.casus", "--width", "120"}).out, "explore_120.txt");
}

TEST_F(ExploreVerbTest, JsonIsOneDocumentByItsSchema) {
  write("both.casus",
        read("help.casus") + question("other", std::string(events) + "never terminated(Pact);"));
  for (const char* file : {"help.casus", "safe.casus", "both.casus"}) {
    const auto r = casus({"explore", file, "--json"});
    EXPECT_EQ(report::test::misfit_of_text(r.out, "explore.schema.json"), "") << file;
    EXPECT_EQ(r.err, "");
  }
  const Json both = Json::parse(casus({"explore", "both.casus", "--json"}).out);
  ASSERT_EQ(both["explorations"].size(), 2u);
  const Json& first = both["explorations"][0]["packages"][0];
  EXPECT_EQ(first["properties"][0]["answer"], "violated");
  EXPECT_EQ(first["properties"][0]["stories"][0]["file"], "story-1.casus");
  EXPECT_EQ(both["explorations"][1]["exploration"], "Question other");
  const Json cut = Json::parse(casus({"explore", "safe.casus", "--json", "--states", "1"}).out);
  EXPECT_EQ(cut["explorations"][0]["packages"][0]["ended"], "state_budget");
}

TEST_F(ExploreVerbTest, TheExitCodeIsTheWorstAnswer) {
  EXPECT_EQ(casus({"explore", "safe.casus"}).code, 0);
  EXPECT_EQ(casus({"explore", "help.casus"}).code, 1);
  const auto cut = casus({"explore", "safe.casus", "--states", "1", "--engine", "explicit"});
  EXPECT_EQ(cut.code, 4);
  EXPECT_THAT(cut.out, HasSubstr("unknown   \"always party(BRAVO, Pact)\""));
  EXPECT_THAT(cut.out, HasSubstr("the budget of 1 state is reached"));
  EXPECT_THAT(cut.out, HasSubstr("`--save FILE` keeps what was seen"));
  EXPECT_THAT(casus({"explore", "safe.casus", "--memory", "1K", "--engine", "explicit"}).out,
              HasSubstr("the budget of 1K of memory"));
  // What is violated is so, whatever is unknown; in whichever order they stand.
  for (const bool violated_first : {true, false}) {
    const std::string violated = question("one", std::string(events) + "never party(BRAVO, Pact);");
    const std::string open = question("two", std::string(events) + "always party(BRAVO, Pact);");
    write("both.casus", "use basics;\n" + (violated_first ? violated + open : open + violated));
    EXPECT_EQ(casus({"explore", "both.casus", "--states", "1", "--engine", "explicit"}).code, 1);
  }
}

TEST_F(ExploreVerbTest, AWrongCommandLineIsSaidWithItsRemedy) {
  expect_fails({"explore"}, 2, "casus explore needs FILE", "for example");
  expect_fails({"explore", "nowhere.casus"}, 5, "nowhere.casus", "check the path");
  expect_fails({"explore", "story.casus"}, 2, "there is no exploration in story.casus",
               "one begins: explore");
  expect_fails({"explore", "help.casus", "--only", "helb"}, 2, "there is no exploration 'helb'",
               "did you mean 'help'?");
  expect_fails({"explore", "help.casus", "--as", "Eest"}, 2, "Eest", "did you mean 'East'?");
  expect_fails({"explore", "help.casus", "--package", "pace=slow"}, 2, "pace", "");
  expect_fails({"explore", "help.casus", "--nex", "2"}, 2, "has no flag '--nex'", "did you mean `--next`?");
  for (const char* size : {"", "M", "2GB", "2T", "-1", "99999999999999999999G"})
    expect_fails({"explore", "help.casus", std::string("--memory=") + size}, 2, "--memory", "");
  for (const char* flag :
       {"--states=0", "--states=many", "--threads=0", "--threads=257", "--next=-1", "--width=39"})
    expect_fails({"explore", "help.casus", flag}, 2, std::string(flag, 6),
                 "casus explore --help lists the flags");
  EXPECT_FALSE(fs::exists("story-1.casus"));
}

TEST_F(ExploreVerbTest, ADraftThatIsNotInForceIsSaidToBindNobody) {
  const auto explored = [](const std::string& life, const std::string& under) {
    write("draft.casus", "use basics;\ninstrument Deal { " + life +
                             " party BRAVO; article 1 { BRAVO shall not attack; } }\n" +
                             "explore \"q\" { under Deal" + under +
                             "; from 2002-01-01; may happen attack(by: BRAVO, on: "
                             "ALFA); within 9 d, at most 1 event; never breach(by: BRAVO); }\n");
    return casus({"explore", "draft.casus"});
  };
  const auto idle = explored("draft since 2000-01-01;", "");
  EXPECT_EQ(idle.code, 0) << idle.err;
  EXPECT_THAT(idle.out,
              HasSubstr("Deal is not in force here, and binds nobody: `under Deal as if in force`"));
  for (const auto& r :
       {explored("draft since 2000-01-01;", " as if in force"), explored("in force from 2000-01-01;", "")}) {
    EXPECT_EQ(r.code, 1) << r.err;
    EXPECT_THAT(r.out, Not(HasSubstr("not in force")));
  }
}

// The first package comes to its end within the budget that cuts the second short.
TEST_F(ExploreVerbTest, TheBudgetThatIsNamedIsThePackagesOwn) {
  write("family.casus",
        "use basics;\nchoice size { little; big; }\ninstrument Deal { in force from 2000-01-01; party BRAVO, "
        "CHARLIE; article 1 when size = big { when attack(by: actor x, on: party v) each party except v "
        "shall help(to: v) within 72 h; } }\n"
        "explore \"q\" { under Deal; from 2002-01-01; may happen attack(by: any, on: party), help(by: party, "
        "to: party v); within 90 d, at most 9 events; never late(by: CHARLIE); }\n");
  const auto r = casus({"explore", "family.casus", "--memory", "4M", "--engine", "explicit"});
  EXPECT_EQ(r.code, 4) << r.err;
  EXPECT_THAT(r.out, HasSubstr("little  holds"));
  EXPECT_THAT(r.out, HasSubstr("size = big: the budget of 4M of memory is reached"));
}

// Before anything is explored.
TEST_F(ExploreVerbTest, WhatCanNotBeWrittenIsSaidAtOnce) {
  fs::create_directory("folder");
  expect_fails({"explore", "help.casus", "--save", "folder"}, 5, "could not write folder: it is a folder",
               "name a file");
  expect_fails({"explore", "help.casus", "--save", "none/kept"}, 5, "could not write none/kept",
               "check the path");
  expect_fails({"explore", "help.casus", "-o", "help.casus"}, 5, "could not make the folder help.casus",
               "name another one");
  EXPECT_FALSE(fs::exists("story-1.casus"));
  for (const std::vector<std::string>& late : {std::vector<std::string>{"run", "story.casus", "-o"},
                                               {"run", "story.casus", "--table"},
                                               {"run", "story.casus", "--keep-going", "--rejects"},
                                               {"test", "story.casus", "--junit"},
                                               {"check", "story.casus", "-o"}}) {
    auto args = late;
    args.push_back("folder");
    expect_fails(args, 5, "could not write folder: it is a folder", "name a file");
  }
}

TEST_F(ExploreVerbTest, WhatNeedNotBeExploredIsSaidAndCanBeExplored) {
  write("council.casus", explore::test::council_question(
                             4, 2, "never attacked(RIVAL); never blockaded() at the end;", "within 4 d"));
  const auto less = casus({"explore", "council.casus"}),
             all = casus({"explore", "council.casus", "--without", "slice,symmetry"});
  EXPECT_THAT(less.out, HasSubstr("up to exchange of S1, S2"));
  EXPECT_THAT(less.out, HasSubstr("27 bits and 26 events left out"));
  EXPECT_THAT(all.out, Not(HasSubstr("up to exchange")));
  EXPECT_THAT(all.out, Not(HasSubstr("left out")));
  EXPECT_THAT(all.out, HasSubstr(" moves not made"));
  EXPECT_EQ(less.code, all.code);
  const auto package = [](std::vector<std::string> flags) {
    flags.insert(flags.begin(), {"explore", "council.casus", "--json"});
    const auto r = casus(flags);
    EXPECT_EQ(report::test::misfit_of_text(r.out, "explore.schema.json"), "");
    return Json::parse(r.out)["explorations"][0]["packages"][0];
  };
  EXPECT_EQ(package({})["reductions"], (Json{"slice", "symmetry"}));
  EXPECT_EQ(package({"--without", "slice"})["reductions"], Json{"symmetry"});
  EXPECT_EQ(package({"--without", "symmetry"})["reductions"], Json{"slice"});
  EXPECT_EQ(package({"--without", "slice,symmetry"})["reductions"], Json{"order"});
  EXPECT_EQ(package({"--without", "slice,symmetry,order"})["reductions"], Json::array());
  expect_fails({"explore", "council.casus", "--without", "time"}, 2, "--without",
               "casus explore --help lists the flags");
}

TEST_F(ExploreVerbTest, HelpSaysWhatTheCodesAre) {
  const auto r = casus({"explore", "--help"});
  EXPECT_EQ(r.code, 0);
  EXPECT_THAT(r.out, HasSubstr("--resume FILE"));
  EXPECT_THAT(r.out, HasSubstr("4 something is unknown"));
}

TEST_F(ExploreVerbTest, StoriesAreWrittenWhereTheyAreAskedAndReplay) {
  const auto r = casus({"explore", "help.casus", "-o", "found/here"});
  EXPECT_THAT(r.out, HasSubstr("written to found/here/story-1.casus"));
  EXPECT_THAT(read("found/here/story-1.casus"), HasSubstr("use \"../../help.casus\";"));
  EXPECT_EQ(casus({"test", "found/here"}).code, 0);
  EXPECT_FALSE(fs::exists("story-1.casus"));
}

TEST_F(ExploreVerbTest, AStoryThatCanNotBeWrittenIsNoHalfFile) {
  // A file where the folder should be: said before anything is explored.
  expect_fails({"explore", "help.casus", "-o", "safe.casus/in"}, 5, "could not make the folder safe.casus/in",
               "name another one");
  fs::create_directory("story-2.casus");
  const auto r = casus({"explore", "help.casus"});
  EXPECT_EQ(r.code, 5);
  EXPECT_THAT(r.err, HasSubstr("could not write story-2.casus"));
  EXPECT_THAT(r.out, HasSubstr("violated  \"never breach(by: CHARLIE, of: Pact.1)\""));
  EXPECT_THAT(r.out, Not(HasSubstr("written to")));
  for (const auto& entry : fs::directory_iterator(".")) {
    const std::string name = entry.path().filename().string();
    EXPECT_TRUE(name.ends_with(".casus")) << name;  // nothing under a temporary name
  }
}

TEST_F(ExploreVerbTest, OnlyNextAndViewAsk) {
  write("both.casus",
        read("help.casus") + question("other", std::string(events) + "never terminated(Pact);"));
  EXPECT_THAT(casus({"explore", "both.casus", "--only", "other"}).out, Not(HasSubstr("Question help")));
  EXPECT_THAT(casus({"explore", "both.casus", "--only", "Question help"}).out,
              Not(HasSubstr("Question other")));
  // Another story has other events: an attack on the other party, or an act besides.
  const Json next = Json::parse(casus({"explore", "help.casus", "--next", "2", "--json"}).out);
  const Json& stories = next["explorations"][0]["packages"][0]["properties"][0]["stories"];
  ASSERT_EQ(stories.size(), 3u);
  EXPECT_NE(stories[0]["course"], stories[1]["course"]);
  EXPECT_NE(stories[1]["course"], stories[2]["course"]);
  EXPECT_THAT(casus({"explore", "help.casus", "--as", "East"}).out, HasSubstr("view: East"));
}

TEST_F(ExploreVerbTest, EventsOfAnotherFilesScenarioLieBesideThat) {
  fs::create_directory("crisis");
  write("crisis/told.casus",
        "use basics;\nscenario told \"Told\" { under Pact; from 2002-01-01; until 2002-02-01; "
        "events \"told.ndjson\"; }\n");
  write("crisis/told.ndjson",
        "{\"at\": \"2002-01-05T06:00Z\", \"event\": \"attack\", \"args\": {\"by\": \"ALFA\", \"on\": "
        "\"BRAVO\"}}\n");
  write("on.casus",
        "use \"crisis/told.casus\";\nexplore on \"And then\" { from scenario told at 2002-01-05T12:00Z; "
        "may happen help(by: CHARLIE, to: BRAVO); within 10 d, at most 1 event; never breach(by: CHARLIE); "
        "}\n");
  const auto r = casus({"explore", "on.casus"});
  EXPECT_EQ(r.code, 1) << r.err;
  EXPECT_THAT(r.out, HasSubstr("Before\n  5 Jan 06:00   ALFA Armed attack on BRAVO\n"));
  EXPECT_EQ(casus({"test", "story-1.casus"}).code, 0);
}

constexpr const char* draft = R"(
choice pace "how soon" { quick; slow; }
instrument Draft "A draft" {
  in force from 2000-01-01;
  party BRAVO, CHARLIE;
  article 1 when pace = quick {
    when attack(on: party victim) each party ally except victim shall help(to: victim) within 1 day;
  }
  article 2 when pace = slow {
    when attack(on: party victim) each party ally except victim shall help(to: victim) within 20 days;
  }
}
explore drafts "Who is late" {
  under Draft; from 2002-01-01; may happen attack(by: ALFA, on: BRAVO); within 10 d, at most 1 event;
  never breach(by: CHARLIE);
}
)";

TEST_F(ExploreVerbTest, ADraftIsATableOfItsPackages) {
  write("draft.casus", std::string("use basics;") + draft);
  const auto all = casus({"explore", "draft.casus"});
  EXPECT_EQ(all.code, 1);
  EXPECT_THAT(all.out, HasSubstr("pace   1\nquick  violated\nslow   holds\n"));
  EXPECT_THAT(all.out, HasSubstr("Everything holds in 1 of 2 packages: pace = slow."));
  EXPECT_THAT(all.out, HasSubstr("Story of \"never breach(by: CHARLIE)\" · story-1.casus\npace = quick\n"));
  const auto one = casus({"explore", "draft.casus", "--package", "pace=slow"});
  EXPECT_EQ(one.code, 0);
  EXPECT_THAT(one.out, HasSubstr("package:\npace = slow"));
  EXPECT_EQ(
      report::test::misfit_of_text(casus({"explore", "draft.casus", "--json"}).out, "explore.schema.json"),
      "");
}

TEST_F(ExploreVerbTest, ThreadsChangeNoByte) {
  const auto one = casus({"explore", "help.casus", "--next", "3", "--threads", "1"});
  const std::string story = read("story-4.casus");
  for (const char* threads : {"2", "5"}) {
    EXPECT_EQ(casus({"explore", "help.casus", "--next", "3", "--threads", threads}).out, one.out);
    EXPECT_EQ(read("story-4.casus"), story);
  }
}

TEST_F(ExploreVerbTest, WhatWasSeenIsKeptAndGoneOnWith) {
  const auto whole = casus({"explore", "help.casus", "--next", "3", "--save", "none"});
  const std::string story = read("story-5.casus");
  const auto cut = casus({"explore", "help.casus", "--next", "3", "--states", "1", "--save", "seen"});
  EXPECT_THAT(cut.err, HasSubstr("the same command with --resume seen goes on"));
  EXPECT_THAT(cut.out, Not(HasSubstr("`--save FILE`")));
  fs::remove("story-5.casus");
  const std::string kept = read("seen");
  const auto rest = casus({"explore", "help.casus", "--next", "3", "--resume", "seen"});
  EXPECT_EQ(rest.out, whole.out);
  EXPECT_EQ(rest.code, whole.code);
  EXPECT_EQ(rest.err, "");
  EXPECT_EQ(read("story-5.casus"), story);
  EXPECT_EQ(read("seen"), kept);
  // What is finished leaves no file.
  casus({"explore", "help.casus", "--save", "none"});
  EXPECT_FALSE(fs::exists("none"));
}

TEST_F(ExploreVerbTest, WhatCanNotBeGoneOnWithIsSaid) {
  casus({"explore", "safe.casus", "--states", "1", "--save", "seen"});
  expect_fails({"explore", "safe.casus", "--resume", "nowhere"}, 5, "could not open nowhere",
               "check the path");
  expect_fails({"explore", "safe.casus", "--resume", "help.casus"}, 5,
               "could not go on with help.casus: it was not written", "name the file that --save named");
  for (const char* endless : {"/dev/zero", "."})
    expect_fails({"explore", "safe.casus", "--resume", endless}, 5, "it is no file",
                 "name the file that --save named");
  expect_fails({"explore", "help.casus", "--resume", "seen"}, 2, "it is of another question", "explore anew");
  expect_fails({"explore", "safe.casus", "--resume", "seen", "--next", "1"}, 2, "it is of another question",
               "");
  std::string text = read("safe.casus");
  write("safe.casus", text.replace(text.find("at most 2"), 9, "at most 3"));
  expect_fails({"explore", "safe.casus", "--resume", "seen"}, 2, "it is of another question", "put back");
  write("half", read("seen").substr(0, 60));
  expect_fails({"explore", "safe.casus", "--resume", "half"}, 5, "damaged", "explore anew");
  expect_fails({"explore", "safe.casus", "--save", "no/such/folder/seen"}, 5,
               "could not write no/such/folder/seen", "check the path");
  EXPECT_FALSE(fs::exists("no"));
  expect_fails({"explore", "safe.casus", "--save", "safe.casus"}, 2, "safe.casus is there already",
               "name another file");
}

// Whether the process would catch the signal.
bool catches(pid_t child, int number) {
  std::ifstream status("/proc/" + std::to_string(child) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("SigCgt:"))
      return (std::stoull(line.substr(8), nullptr, 16) >> (number - 1) & 1) != 0;
  }
  return false;
}

TEST_F(ExploreVerbTest, AnInterruptEndsItWithWhatWasFound) {
  write("endless.casus",
        "use basics;\n" +
            question("endless",
                     "may happen attack(by: any, on: any), help(by: any, to: any); within 3000 d; "
                     "possible fulfilled(by: CHARLIE); always party(BRAVO, Pact);"));
  for (const int number : {SIGINT, SIGTERM}) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      const auto r = casus({"explore", "endless.casus", "--save", "seen"});
      write("out", r.out);
      write("err", r.err);
      ::_exit(r.code);
    }
    for (int i = 0; i < 1000 && !catches(child, number); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    ::kill(child, number);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 4) << read("err");
    EXPECT_THAT(read("out"), HasSubstr("holds     \"possible fulfilled(by: CHARLIE)\""));
    EXPECT_THAT(read("out"), HasSubstr("interrupted; "));
    EXPECT_EQ(casus({"explore", "endless.casus", "--resume", "seen", "--states", "1"}).code, 4);
    fs::remove("seen");
  }
}

}  // namespace
}  // namespace casus::app
