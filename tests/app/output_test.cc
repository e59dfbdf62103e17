// SPDX-License-Identifier: Apache-2.0
// What is written, and where: whole or not at all. Exit codes of answers that a limit cut short.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdio_ext.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/cli.h"
#include "app/harness.h"

namespace casus::app {
namespace {

namespace fs = std::filesystem;
using test::casus;
using ::testing::HasSubstr;

class OutputTest : public ::testing::Test {
 protected:
  static size_t files() {
    return static_cast<size_t>(std::distance(fs::directory_iterator("."), fs::directory_iterator()));
  }
  test::Folder folder_;
};

// While it lives no file can grow beyond `bytes`: like a disk that is full.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit now = before_;
    now.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_F(OutputTest, WhatStoodThereStaysWhenTheDiskIsFull) {
  test::write("out.json", "before");
  test::write("ugly.casus", "kind  state   is actor ;" + std::string(300, '\n') + "state ALFA;\nstate " +
                                std::string(200, 'B') + ";\n");
  const std::string ugly = test::read("ugly.casus");
  const size_t count = files();
  {
    const FullDisk full(200);
    const auto r = casus({"run", "story.casus", "--json", "-o", "out.json"});
    EXPECT_EQ(r.code, 5);
    EXPECT_THAT(r.err, HasSubstr("could not write out.json: File too large"));
    EXPECT_EQ(casus({"test", "story.casus", "--junit", "out.json"}).code, 5);
    EXPECT_EQ(casus({"fmt", "ugly.casus"}).code, 5);
  }
  EXPECT_EQ(test::read("out.json"), "before");
  EXPECT_EQ(test::read("ugly.casus"), ugly);
  EXPECT_EQ(files(), count);
}

TEST_F(OutputTest, PlacesWhereNothingCanBeWritten) {
  fs::create_directory("folder");
  const size_t count = files();
  for (const char* place :
       {"folder", "no/such/folder/out", "story.casus/out", "/proc/casus.out", "/dev/full"}) {
    const auto r = casus({"run", "story.casus", "--scenario", "war", "-o", place});
    EXPECT_EQ(r.code, 5) << place;
    EXPECT_THAT(r.err, HasSubstr(std::string("could not write ") + place + ": ")) << place;
  }
  EXPECT_EQ(files(), count);
}

TEST_F(OutputTest, ADeviceStaysADeviceAndALinkALink) {
  EXPECT_EQ(casus({"list", "story.casus", "-o", "/dev/null"}).code, 0);
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  test::write("real.txt", "before");
  fs::permissions("real.txt", fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("real.txt", "link.txt");
  EXPECT_EQ(casus({"list", "story.casus", "-o", "link.txt"}).code, 0);
  EXPECT_TRUE(fs::is_symlink("link.txt"));
  EXPECT_THAT(test::read("real.txt"), HasSubstr("Scenarios"));
  EXPECT_EQ(fs::status("real.txt").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(OutputTest, AStandardOutputThatIsFullIsAFailure) {
  for (const char* verb : {"run", "list", "test", "check"}) {
    std::fflush(stdout);
    const int before = ::dup(STDOUT_FILENO), full = ::open("/dev/full", O_WRONLY);
    ASSERT_GE(full, 0);
    ::dup2(full, STDOUT_FILENO);
    ::close(full);
    std::string args[] = {"casus", verb, "story.casus"};
    char* argv[] = {args[0].data(), args[1].data(), args[2].data(), nullptr};
    ::testing::internal::CaptureStderr();
    const int code = run_command_line(3, argv);
    const std::string err = ::testing::internal::GetCapturedStderr();
    ::__fpurge(stdout);
    ::dup2(before, STDOUT_FILENO);
    ::close(before);
    EXPECT_EQ(code, 5) << verb;
    EXPECT_THAT(err, HasSubstr("could not write to standard output: No space left on device")) << verb;
  }
}

// ---- limits: an answer that is a part is no clean bill ----

constexpr const char* ends =
    "scenario s \"A story\" { 2002-01-05 attack(by: ALFA, on: BRAVO); until 2002-02-01; expect never "
    "duty(of: BRAVO); }\n";

TEST_F(OutputTest, ARunThatTooManyFactsStopIsInconclusive) {
  std::string text = "use basics;\nfact friendly(who: state);\nderived d0(who: state) when friendly(who);\n";
  for (int i = 1; i <= 1600; ++i) {
    text += "derived d" + std::to_string(i) + "(who: state) when d" + std::to_string(i - 1) + "(who);\n";
  }
  text += "when attack(on: state victim) where d1600(victim) victim shall help;\n";
  test::write("deep.casus", text + ends);
  for (const char* verb : {"run", "explain"}) {
    const auto r = casus({verb, "deep.casus"});
    EXPECT_EQ(r.code, 4) << verb << r.err;
    EXPECT_THAT(r.err, HasSubstr("derived facts rest on one another in a chain")) << verb;
  }
  EXPECT_EQ(casus({"run", "deep.casus", "--stream"}).code, 4);
  EXPECT_EQ(casus({"compare", "deep.casus", "--as", "undisputed,East"}).code, 4);
  const auto json = casus({"run", "deep.casus", "--json"});
  EXPECT_EQ(json.code, 4);
  EXPECT_EQ(json.out, "");  // a part would be taken for the whole
  EXPECT_EQ(casus({"test", "deep.casus"}).code, 1);
}

TEST_F(OutputTest, ArticlesThatBringEachOtherAboutWithoutEndAreWrong) {
  test::write("loop.casus",
              std::string("use basics;\nevent ping(n: count);\nwhen attack() counts as ping(n: 1);\n"
                          "when ping(n: count k) counts as ping(n: k + 1);\n") +
                  ends);
  for (const char* verb : {"run", "explain"}) {
    const auto r = casus({verb, "loop.casus"});
    EXPECT_EQ(r.code, 3) << verb << r.err;
    EXPECT_THAT(r.err, HasSubstr("what follows from one event has no end")) << verb;
  }
}

TEST_F(OutputTest, ACheckThatDidNotCompareEverythingIsInconclusive) {
  std::string text =
      "kind state is actor;\nstate BRAVO;\nstate CHARLIE;\nevent attack(by: actor, on: state);\n"
      "event help(by: actor, to: state);\ninstrument One { in force from 2000-01-01; wording V; party BRAVO, "
      "CHARLIE; "
      "article 1 {\n";
  for (int i = 0; i < 3000; ++i)
    text += "when attack(on: CHARLIE) each party shall help(to: CHARLIE) within 1 day prevails over Two;\n";
  text += "} }\ninstrument Two { in force from 2000-01-01; wording V; party BRAVO, CHARLIE; article 1 {\n";
  for (int i = 0; i < 3000; ++i) text += "each party shall not help;\n";
  text += "} }\n";
  test::write("large.casus", text);
  const auto r = casus({"check", "large.casus"});
  EXPECT_EQ(r.code, 4) << r.out.substr(0, 600) << r.err.substr(0, 600);
  EXPECT_THAT(r.out, HasSubstr("note[CAS0999]"));
}

}  // namespace
}  // namespace casus::app
