// SPDX-License-Identifier: Apache-2.0
// The documents are true: each file that the tutorial shows is written, each command that it or the README
// shows is run, and what is printed is what stands there. A line that is `…` stands for any lines.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace casus {
namespace {

namespace fs = std::filesystem;

struct Block {
  std::string info;  // what stands behind the opening fence
  std::vector<std::string> lines;
  size_t line = 0;  // of the fence, from 1
};

struct Command {
  std::string text;  // "casus run …"
  std::vector<std::string> expected;
  size_t line = 0;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::string text_of(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + '\n';
  return out;
}

// Fenced blocks; a fence closes only one that is no longer, so that a shown file may hold fences itself.
std::vector<Block> blocks_of(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path).rdbuf();
  std::vector<Block> out;
  size_t open = 0, number = 0;
  for (const std::string& line : lines_of(bytes.str())) {
    ++number;
    const size_t marks = std::min(line.find_first_not_of('`'), line.size());
    if (open == 0 && marks >= 3) {
      open = marks;
      out.push_back({line.substr(marks), {}, number});
    } else if (open != 0 && marks >= open && marks == line.size()) {
      open = 0;
    } else if (open != 0) {
      out.back().lines.push_back(line);
    }
  }
  EXPECT_EQ(open, 0u) << path << ": a fence is not closed";
  return out;
}

// The commands `$ casus …` of a console block, each with the lines up to the next `$`. Others are not run.
std::vector<Command> commands_of(const Block& block) {
  std::vector<Command> out;
  bool ours = false;
  for (size_t i = 0; i < block.lines.size(); ++i) {
    const std::string& line = block.lines[i];
    if (line.starts_with("$ ")) {
      ours = line.starts_with("$ casus ");
      if (ours) out.push_back({line.substr(2), {}, block.line + i + 1});
    } else if (ours) {
      out.back().expected.push_back(line);
    }
  }
  return out;
}

// Whether lines [j, …) are what expected [i, …) says.
bool matches(const std::vector<std::string>& expected, const std::vector<std::string>& lines) {
  size_t i = 0, j = 0, wild = expected.size(), resume = 0;
  while (j < lines.size()) {
    if (i < expected.size() && expected[i] == "…") {
      wild = i++;
      resume = j;
    } else if (i < expected.size() && expected[i] == lines[j]) {
      ++i;
      ++j;
    } else if (wild != expected.size()) {
      i = wild + 1;
      j = ++resume;
    } else {
      return false;
    }
  }
  while (i < expected.size() && expected[i] == "…") ++i;
  return i == expected.size();
}

// The program under test: built with this test, else the release.
std::string binary() {
#ifdef CASUS_BINARY
  return CASUS_BINARY;
#else
  const fs::path beside = fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "casus";
  return fs::is_regular_file(beside) ? beside.string() : CASUS_SOURCE_DIR "/build/release/casus";
#endif
}

class Docs : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string path = (fs::temp_directory_path() / "casus-docs-XXXXXX").string();
    ASSERT_NE(::mkdtemp(path.data()), nullptr);
    folder_ = path;
    fs::create_directory(folder_ + "/work");
    ::setenv("CASUS_LIBRARY", CASUS_SOURCE_DIR "/library", 1);
    ::setenv("XDG_STATE_HOME", (folder_ + "/state").c_str(), 1);
    ::setenv("COLUMNS", "80", 1);
    ASSERT_TRUE(fs::is_regular_file(binary())) << "build the program first: there is no " << binary();
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::string work() const { return folder_ + "/work"; }

  void run(const Command& command, const std::string& in, const std::string& document) const {
    const std::string line = "cd '" + in + "' && '" + binary() + "'" + command.text.substr(5) + " 2>&1";
    FILE* pipe = ::popen(line.c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    std::string printed;
    char buffer[4096];
    while (const size_t n = std::fread(buffer, 1, sizeof buffer, pipe)) printed.append(buffer, n);
    const int status = ::pclose(pipe);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) < 70) << command.text;
    EXPECT_TRUE(matches(command.expected, lines_of(printed)))
        << document << ':' << command.line << ": $ " << command.text << "\nshown:\n"
        << text_of(command.expected) << "printed:\n"
        << printed;
  }

  // Writes the files and runs the commands of a document, in order. Returns how many commands were run.
  size_t follow(const std::string& document, const std::string& in) const {
    size_t count = 0;
    for (const Block& block : blocks_of(CASUS_SOURCE_DIR "/" + document)) {
      if (const size_t at = block.info.find(" file="); at != std::string::npos)
        std::ofstream(in + '/' + block.info.substr(at + 6)) << text_of(block.lines);
      if (block.info != "console") continue;
      for (const Command& command : commands_of(block)) {
        run(command, in, document);
        ++count;
      }
    }
    return count;
  }

 private:
  std::string folder_;
};

TEST(Lines, AnEllipsisStandsForAnyLines) {
  EXPECT_TRUE(matches({"a", "…", "c"}, {"a", "b", "b", "c"}));
  EXPECT_TRUE(matches({"…", "c", "…"}, {"c"}));
  EXPECT_TRUE(matches({"…", "b", "c"}, {"b", "b", "c"}));
  EXPECT_FALSE(matches({"a", "…", "c"}, {"a", "c", "d"}));
  EXPECT_FALSE(matches({"a"}, {"a", "b"}));
  EXPECT_FALSE(matches({"a", "b"}, {"a"}));
  EXPECT_FALSE(matches({}, {"a"}));
}

TEST_F(Docs, TutorialPrintsWhatItShows) { EXPECT_GE(follow("docs/tutorial.md", work()), 10u); }

TEST_F(Docs, HowToModelATreatyPrintsWhatItShows) {
  EXPECT_GE(follow("docs/howto/model_a_treaty.md", work()), 4u);
}

TEST_F(Docs, HowToTraceAClaimPrintsWhatItShows) {
  EXPECT_EQ(follow("docs/howto/trace_a_claim.md", work()), 6u);
}

TEST_F(Docs, HowToCompareTwoDraftsPrintsWhatItShows) {
  EXPECT_EQ(follow("docs/howto/compare_two_drafts.md", work()), 7u);
}

TEST_F(Docs, HowToFindTheLoopholePrintsWhatItShows) {
  EXPECT_EQ(follow("docs/howto/find_the_loophole.md", work()), 7u);
}

TEST_F(Docs, ReadmePrintsWhatItShows) { EXPECT_GE(follow("README.md", CASUS_SOURCE_DIR), 8u); }

TEST_F(Docs, CodingPrintsWhatItShows) { EXPECT_GE(follow("docs/methods/atop_coding.md", work()), 1u); }

}  // namespace
}  // namespace casus
