// SPDX-License-Identifier: Apache-2.0
#include "app/harness.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/cli.h"

namespace casus::app::test {
namespace fs = std::filesystem;

namespace {

constexpr const char* basics = R"(
kind state is actor;
state ALFA "Alfa"; state BRAVO "Bravo"; state CHARLIE "Charlie";
event attack(by: actor, on: state) "Armed attack";
event help(by: actor, to: state);
viewpoint East { accepts assertions by ALFA; }
instrument Pact "Pact of Help" {
  in force from 2000-01-01;
  party BRAVO, CHARLIE;
  article 1 "Help" {
    when attack(on: party victim)
    each party ally except victim shall help(to: victim) within 1 day;
  }
}
)";

constexpr const char* story = R"(
use basics;
scenario war "A war" {
  under Pact;
  2002-01-05T06:00Z attack(by: ALFA, on: BRAVO) asserted by BRAVO denied by ALFA;
  2002-01-05T07:00Z attack(by: ALFA, on: BRAVO);
  until 2002-02-01;
  expect breach(by: CHARLIE, of: Pact.1);
}
scenario peace "A peace" {
  under Pact;
  from 2002-01-01;
  until 2002-02-01;
  expect never breach(by: CHARLIE, of: Pact.1);
}
)";

}  // namespace

Ran casus(std::vector<std::string> args) {
  args.insert(args.begin(), "casus");
  std::vector<char*> argv;
  for (std::string& a : args) argv.push_back(a.data());
  argv.push_back(nullptr);
  Ran r;
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  r.code = run_command_line(static_cast<int>(args.size()), argv.data());
  r.out = ::testing::internal::GetCapturedStdout();
  r.err = ::testing::internal::GetCapturedStderr();
  return r;
}

Folder::Folder() : before_(fs::current_path().string()) {
  std::string path = (fs::temp_directory_path() / "casus-test-XXXXXX").string();
  EXPECT_NE(::mkdtemp(path.data()), nullptr);
  root_ = fs::canonical(path).string();
  path_ = root_ + "/work";
  fs::create_directory(path_);
  fs::create_directory(root_ + "/library");
  fs::current_path(path_);
  write("../library/basics.casus", basics);
  write("story.casus", story);
  ::setenv("XDG_STATE_HOME", (root_ + "/state").c_str(), 1);
  ::setenv("CASUS_LIBRARY", (root_ + "/library").c_str(), 1);
  ::setenv("COLUMNS", "80", 1);
}

Folder::~Folder() {
  std::error_code error;
  fs::current_path(before_, error);
  fs::remove_all(root_, error);
}

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

std::string read(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

}  // namespace casus::app::test
