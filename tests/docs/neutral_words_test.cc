// SPDX-License-Identifier: Apache-2.0
// tools/neutral_words finds a loaded term in names, titles and prose, and leaves alone what is somebody's word.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace casus {
namespace {

namespace fs = std::filesystem;

class NeutralWords : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "neutral_XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    root_ = name;
    for (const char* folder : {"/library", "/scenarios", "/tools"}) fs::create_directory(root_ + folder);
    std::ofstream(root_ + "/tools/loaded_terms.txt")
        << "invasion*\npolice action\nregime* in straits\nregime*\n";
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  void write(const std::string& path, const std::string& text) const {
    std::ofstream(root_ + '/' + path) << text;
  }

  // What is printed for the file with this text, without the last line, which counts.
  std::string found(const std::string& path, const std::string& text) {
    write(path, text);
    const std::string line = CASUS_SOURCE_DIR "/tools/neutral_words '" + root_ + "' 2>&1";
    FILE* pipe = ::popen(line.c_str(), "r");
    std::string printed;
    char buffer[4096];
    while (const size_t n = std::fread(buffer, 1, sizeof buffer, pipe)) printed.append(buffer, n);
    const int status = ::pclose(pipe);
    EXPECT_TRUE(WIFEXITED(status));
    const size_t last = printed.rfind('\n', printed.size() - 2);
    const std::string faults = last == std::string::npos ? "" : printed.substr(0, last + 1);
    EXPECT_EQ(WEXITSTATUS(status), faults.empty() ? 0 : 1) << printed;
    return faults;
  }

 private:
  std::string root_;
};

TEST_F(NeutralWords, AreAskedOfNamesTitlesRemarksAndProse) {
  EXPECT_EQ(
      found("library/a.casus", "event Border_invasion(by: actor);\n").find("library/a.casus:1: \"invasion\""),
      0u);
  EXPECT_NE(
      found("library/a.casus", "event x(by: actor)\n  \"the INVASIONS\";\n").find("a.casus:2: \"invasions\""),
      std::string::npos);
  EXPECT_NE(found("library/a.casus", "event x(); // an invasion\n"), "");
  EXPECT_NE(found("library/a.casus", "event InvasionBegins();\n"), "");
  EXPECT_EQ(found("library/a.casus", "event police_station();\n"), "");
  EXPECT_NE(
      found("library/b.casus.md", "The police\naction began.\n").find("b.casus.md:1: \"police action\""),
      std::string::npos);
  EXPECT_NE(found("library/b.casus.md", "\n```casus\nevent regime();\n```\n").find("b.casus.md:3"),
            std::string::npos);
}

TEST_F(NeutralWords, AreNotAskedOfSomebodysWords) {
  EXPECT_EQ(
      found("library/a.casus",
            "source s \"The invasion\" { outlet \"Regime Watch\"; }\n"
            "claim s.1 by A (Minister)\n  passage 1..2 holds \"no invasion; \\\"no\\\" regime\": f(x);\n"
            "given f(x) source \"On the invasion\";\n"
            "instrument I \"I\" { cite \"Regime of it\"; wording V \"regime.org\"; }\n"),
      "");
  EXPECT_EQ(found("library/b.casus.md", "A speaks of an \"invasion,\n a regime\" and of peace.\n"), "");
  EXPECT_NE(found("library/b.casus.md", "A speaks of an \"invasion\n\nand of a regime.\n"), "");
  EXPECT_EQ(found("library/b.casus.md", "Peace.\n"), "");
  EXPECT_EQ(found("scenarios/c.ndjson",
                  "{\"at\":\"2020-01-01\",\"event\":\"x\",\"source\":\"the \\\"invasion\\\"\"}\n"),
            "");
  EXPECT_NE(found("scenarios/c.ndjson", "{\"at\":\"2020-01-01\",\"event\":\"x\",\"id\":\"invasion\"}\n"), "");
}

TEST_F(NeutralWords, ATreatyMayKeepItsTermInItsOwnModel) {
  EXPECT_EQ(found("library/straits.casus.md", "The regime of the straits.\n"), "");
  EXPECT_NE(found("library/others.casus.md", "The regime of the straits.\n"), "");
}

TEST_F(NeutralWords, AnExceptionToNoTermIsAFault) {
  EXPECT_NE(
      found("tools/loaded_terms.txt", "invasion*\nregime* in straits\n").find("an exception to no term"),
      std::string::npos);
}

}  // namespace
}  // namespace casus
