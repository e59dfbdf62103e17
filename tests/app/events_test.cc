// SPDX-License-Identifier: Apache-2.0
// Files of events at the command line: --events, --stream, --sort, --keep-going with --rejects; whatever is wrong
// with them is named with its line, and nothing is left out in silence.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/harness.h"

namespace casus::app {
namespace {

namespace fs = std::filesystem;
using test::casus;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Json = nlohmann::ordered_json;

std::string help_line(const std::string& at, const std::string& by, const std::string& more = "") {
  return R"({"at":")" + at + R"(","event":"help","args":{"by":")" + by + R"("})" + more + "}\n";
}
const std::string good_1 = help_line("2002-01-05T08:00Z", "BRAVO"),
                  good_2 = help_line("2002-01-06T08:00Z", "BRAVO");
const std::string misspelt = R"({"at":"2002-01-05T09:00Z","event":"helpp"})"
                             "\n";

// Standard input from a text, while it lives.
class Stdin {
 public:
  explicit Stdin(const std::string& text) : before_(::dup(STDIN_FILENO)) {
    test::write("stdin", text);
    const int fd = ::open("stdin", O_RDONLY);
    ::dup2(fd, STDIN_FILENO);
    ::close(fd);
  }
  ~Stdin() {
    ::dup2(before_, STDIN_FILENO);
    ::close(before_);
  }

 private:
  int before_;
};

class EventsTest : public ::testing::Test {
 protected:
  // casus run story.casus --scenario war --events e.ndjson …
  static test::Ran run(const std::string& events, std::vector<std::string> more = {}) {
    test::write("e.ndjson", events);
    return on("e.ndjson", std::move(more));
  }
  static test::Ran on(const std::string& file, const std::vector<std::string>& more = {}) {
    std::vector<std::string> args{"run", "story.casus", "--scenario", "war", "--events", file};
    args.insert(args.end(), more.begin(), more.end());
    return casus(args);
  }
  // How many events are in the document: the story has two of its own.
  static size_t events_in(const test::Ran& r) {
    EXPECT_EQ(r.code, 0) << r.err;
    const Json j = Json::parse(r.out, nullptr, false);
    EXPECT_TRUE(j.is_object()) << r.out;
    return j.is_object() ? j["events"].size() : 0;
  }
  // What lies in the folder, apart from `known`.
  static std::vector<std::string> left(const std::vector<std::string>& known) {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(".")) {
      const std::string name = entry.path().filename().string();
      if (std::find(known.begin(), known.end(), name) == known.end()) out.push_back(name);
    }
    return out;
  }
  test::Folder folder_;
};

TEST_F(EventsTest, WhatEveryFileMayBe) {
  EXPECT_EQ(events_in(run("", {"--json"})), 2u);
  EXPECT_EQ(events_in(run("\n \n# nothing\n", {"--json"})), 2u);
  EXPECT_EQ(events_in(run(good_1 + good_2, {"--json"})), 4u);
  std::string open = good_1 + good_2;
  open.pop_back();
  EXPECT_EQ(events_in(run(open, {"--json"})), 4u) << "the last line has no end";
  std::string dos = open + "\n";
  for (size_t i = 0; (i = dos.find('\n', i)) != std::string::npos; i += 2) dos.insert(i, "\r");
  EXPECT_EQ(events_in(run(dos, {"--json"})), 4u) << "CRLF";
}

TEST_F(EventsTest, ABadLineIsNamedWithItsNumberAndReasonAndNothingIsRun) {
  for (const char* flag : {"--plain", "--stream", "--sort"}) {
    const auto r = run(good_1 + misspelt + good_2 + "{]\n", {flag});
    EXPECT_EQ(r.code, 5) << flag;
    EXPECT_EQ(r.out, "") << flag;
    EXPECT_THAT(r.err, HasSubstr("e.ndjson, line 2")) << flag;
    EXPECT_THAT(r.err, HasSubstr("did you mean `help`?")) << flag;
    EXPECT_THAT(r.err, HasSubstr("e.ndjson, line 4")) << flag;
    EXPECT_THAT(r.err, HasSubstr("--keep-going")) << flag;
  }
}

TEST_F(EventsTest, ALineOverTheLimitIsNamed) {
  const std::string endless =
      R"({"at":"2002-01-05","event":"help","source":")" + std::string((1u << 20) + 1, 'x') + "\"}\n";
  const auto r = run(good_1 + endless + good_2);
  EXPECT_EQ(r.code, 5);
  EXPECT_THAT(r.err, HasSubstr("e.ndjson, line 2"));
  EXPECT_THAT(r.err, HasSubstr("longer than 1048576 bytes"));
  EXPECT_LT(r.err.size(), 2000u);
  EXPECT_EQ(events_in(run(good_1 + endless + good_2, {"--keep-going", "--json"})), 4u);
}

TEST_F(EventsTest, OnlyTheFirstBadLinesAreTold) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += misspelt;
  const auto r = run(text, {"--stream"});
  EXPECT_EQ(r.code, 5);
  EXPECT_LT(r.err.size(), 8000u);
}

TEST_F(EventsTest, BadLinesArePutAsideMendedAndReadAgain) {
  for (const std::string flag : {"--plain", "--stream", "--sort"}) {
    const auto r = run(good_1 + misspelt + "{]\n" + good_2, {"--keep-going", flag});
    EXPECT_EQ(r.code, 0) << r.err;
    const std::string place = fs::current_path().string() + "/e.rejects.ndjson";
    EXPECT_EQ(r.err, "casus: 2 event lines could not be read; they are in " + place + "\n") << flag;
    std::string aside = test::read(place);
    EXPECT_THAT(aside, StartsWith("# ")) << flag;
    EXPECT_THAT(aside, HasSubstr("e.ndjson, line 2: CAS07")) << flag;
    EXPECT_THAT(aside, HasSubstr("e.ndjson, line 3")) << flag;
    // Comments apart, they are exactly the bad lines.
    std::istringstream lines(aside);
    std::string line, bare;
    while (std::getline(lines, line)) bare += line.starts_with('#') ? "" : line + "\n";
    EXPECT_EQ(bare, misspelt + "{]\n") << flag;

    aside.replace(aside.rfind("helpp"), 5, "help");
    aside.replace(aside.rfind("{]"), 3, "");
    test::write("mended.ndjson", aside);
    const auto again = on("mended.ndjson", {"--json"});
    EXPECT_EQ(events_in(again), 3u) << again.err;
    fs::remove(place);
  }
}

TEST_F(EventsTest, RejectedRowsOfACsvFileKeepTheirHeader) {
  test::write("e.csv",
              "at,event,by,to\n2002-01-05T08:00Z,help,BRAVO,CHARLIE\n2002-01-06T08:00Z,help,BRAVO,CHARLE\n");
  const auto r = on("e.csv", {"--keep-going", "--rejects", "bad.csv"});
  EXPECT_EQ(r.err, "casus: 1 event line could not be read; it is in bad.csv\n");
  std::string aside = test::read("bad.csv");
  EXPECT_THAT(aside, StartsWith("at,event,by,to\n# "));
  EXPECT_THAT(aside, HasSubstr("did you mean `CHARLIE`?\n2002-01-06T08:00Z,help,BRAVO,CHARLE\n"));
  aside.replace(aside.rfind("CHARLE"), 6, "CHARLIE");
  test::write("mended.csv", aside);
  EXPECT_EQ(events_in(on("mended.csv", {"--json"})), 3u);
}

// No line of the file can be read without its header: there is nothing to go on with.
TEST_F(EventsTest, AWrongHeaderIsAnErrorAlsoWithKeepGoing) {
  test::write("e.csv", "at,evnt\n2002-01-05,help\n");
  const auto r = on("e.csv", {"--keep-going"});
  EXPECT_EQ(r.code, 5);
  EXPECT_EQ(r.out, "");
  EXPECT_THAT(r.err, HasSubstr("did you mean `event`?"));
  EXPECT_TRUE(left({"story.casus", "e.csv"}).empty());
}

TEST_F(EventsTest, EachFileHasItsOwnRejectsAndEachLineIsThereOnce) {
  fs::create_directory("data");
  test::write("data/a.ndjson", good_1 + misspelt);
  test::write("data/b.ndjson", "nonsense\n");
  const auto r = casus({"run", "story.casus", "--as", "undisputed,East", "--keep-going", "--events",
                        "data/a.ndjson", "--events", "data/b.ndjson"});
  EXPECT_EQ(r.code, 0) << r.err;
  const std::string a = test::read("data/a.rejects.ndjson"), b = test::read("data/b.rejects.ndjson");
  EXPECT_EQ(std::count(a.begin(), a.end(), '\n'), 2) << a;
  EXPECT_EQ(std::count(b.begin(), b.end(), '\n'), 2) << b;
  EXPECT_THAT(r.err, HasSubstr("casus: 2 event lines could not be read; they are in "));
}

TEST_F(EventsTest, RejectsThatCanNotBeWrittenFailTheRun) {
  fs::create_directory("folder");
  for (const char* place : {"no/such/folder/bad", "folder", "story.casus/bad", "/dev/full"}) {
    for (const char* flag : {"--plain", "--stream"}) {
      const auto r = run(misspelt, {"--keep-going", "--rejects", place, flag});
      EXPECT_EQ(r.code, 5) << place;
      EXPECT_EQ(r.out, "") << place;
      EXPECT_THAT(r.err, HasSubstr(std::string("could not write ") + place)) << place;
    }
  }
  EXPECT_TRUE(left({"story.casus", "e.ndjson", "folder"}).empty());
  EXPECT_EQ(run(good_1, {"--rejects", "bad"}).code, 2);  // without --keep-going
}

TEST_F(EventsTest, DisorderIsToldAndSorted) {
  const std::string text = good_2 + good_1;
  const auto unsorted = run(text);
  EXPECT_EQ(unsorted.code, 5);
  EXPECT_THAT(unsorted.err, HasSubstr("e.ndjson, line 2"));
  EXPECT_THAT(unsorted.err, HasSubstr("stands after one at"));
  EXPECT_THAT(unsorted.err, HasSubstr("--sort"));
  EXPECT_EQ(run(text, {"--stream"}).code, 5);
  const auto sorted = run(text, {"--sort", "--json"});
  ASSERT_EQ(events_in(sorted), 4u);
  Json in_order = Json::parse(run(good_1 + good_2, {"--json"}).out), now = Json::parse(sorted.out);
  EXPECT_EQ(now["ledger"], in_order["ledger"]);
  EXPECT_THAT(run(text, {"--sort", "--stream"}).out, HasSubstr("3 events taken of 2 lines"));
}

TEST_F(EventsTest, AStreamCountsWhatARunFinds) {
  const auto charlie = [](const std::string& at) {
    return R"({"at":")" + at +
           R"(","event":"help","args":{"by":"CHARLIE","to":"BRAVO"}})"
           "\n";
  };
  std::string text;
  for (int day = 1; day <= 20; ++day) {
    const std::string date = "2002-01-" + std::string(day < 10 ? "0" : "") + std::to_string(day);
    text += R"({"at":")" + date +
            R"(T10:00Z","event":"attack","args":{"by":"ALFA","on":"BRAVO"}})"
            "\n";
    if (day % 4 == 0) text += charlie(date + "T11:00Z");
  }
  text += charlie("2002-02-20") + help_line("2002-02-21", "ALFA", R"(,"denied_by":["ALFA"])");
  test::write("e.ndjson", text);
  std::vector<std::string> args{"run", "story.casus", "--scenario", "peace", "--events", "e.ndjson"};
  auto streamed = args;
  streamed.emplace_back("--stream");
  args.emplace_back("--json");
  const Json j = Json::parse(casus(args).out);
  size_t born = 0, kept = 0, breached = 0;
  for (const Json& rec : j["ledger"]) {
    born += rec["kind"] == "born";
    kept += rec["kind"] == "fulfilled";
    breached += rec["kind"] == "breach";
  }
  const auto r = casus(streamed);
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(r.err, "");
  EXPECT_THAT(r.out, HasSubstr("25 events taken of 27 lines · 0 undecided · 0 not accepted · 2 outside the"));
  EXPECT_THAT(r.out,
              ::testing::ContainsRegex("Pact.1 +help +" + std::to_string(born) + " +" + std::to_string(kept) +
                                       " +" + std::to_string(breached) + " +0"));
  EXPECT_EQ(breached + kept, born);
}

TEST_F(EventsTest, AStreamOfSeveralEyesIsOneAnswer) {
  const auto r = run(good_1, {"--stream", "--as", "undisputed,East", "-o", "out.txt"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(r.out, "");
  const std::string out = test::read("out.txt");
  EXPECT_THAT(out, HasSubstr("2 events taken of 1 lines · 1 undecided"));
  EXPECT_THAT(out, HasSubstr("2 events taken of 1 lines · 0 undecided · 1 not accepted"));
  EXPECT_EQ(run(good_1, {"--stream", "--json"}).code, 2);
}

TEST_F(EventsTest, StandardInputIsReadOnce) {
  {
    const Stdin in(good_1 + good_2);
    EXPECT_EQ(events_in(on("-", {"--json"})), 4u);
  }
  {
    const Stdin in(good_1);
    EXPECT_THAT(on("-", {"--stream"}).out, HasSubstr("2 events taken of 1 lines"));
  }
  {
    const Stdin in(misspelt);
    EXPECT_THAT(on("-", {"--keep-going"}).err, HasSubstr("in casus.rejects.ndjson"));
  }
  const Stdin in(good_1);
  const auto twice = on("-", {"--as", "undisputed,East"});
  EXPECT_EQ(twice.code, 2);
  EXPECT_THAT(twice.err, HasSubstr("standard input can be read once"));
  EXPECT_EQ(casus({"compare", "story.casus", "--as", "undisputed,East", "--events", "-"}).code, 2);
  EXPECT_EQ(casus({"explain", "story.casus", "--events", "-"}).code, 2);
}

TEST_F(EventsTest, WhatIsNoFileIsTold) {
  fs::create_directory("folder");
  for (const char* flag : {"--plain", "--stream"}) {
    const auto folder = on("folder", {flag});
    EXPECT_EQ(folder.code, 5);
    EXPECT_THAT(folder.err, HasSubstr("/folder: Is a directory"));
    const auto missing = on("missing.ndjson", {flag});
    EXPECT_EQ(missing.code, 5);
    EXPECT_THAT(missing.err, HasSubstr("could not open the events file"));
    EXPECT_THAT(missing.err, HasSubstr("missing.ndjson: No such file"));
  }
}

TEST_F(EventsTest, AFileThatVanishedIsToldWhenItsRunIsAskedFor) {
  const auto r = run(good_1, {"--json"});
  const std::string id = Json::parse(r.out)["run"];
  ASSERT_EQ(casus({"show", id}).code, 0);
  fs::remove("e.ndjson");
  for (const char* verb : {"show", "explain", "run"}) {
    const auto again = casus({verb, id});
    EXPECT_EQ(again.code, 5) << verb;
    EXPECT_THAT(again.err, HasSubstr("e.ndjson: No such file")) << verb;
  }
  test::write("e.ndjson", good_2);
  const auto other = casus({"show", id});
  EXPECT_EQ(other.code, 1);
  EXPECT_THAT(other.err, HasSubstr("does not come out again: the events have changed"));
}

}  // namespace
}  // namespace casus::app
