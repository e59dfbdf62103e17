// SPDX-License-Identifier: Apache-2.0
// Seventy treaties, each with one mistake that an author would make: one message, at the place of the mistake,
// that says what is wrong and in which article.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "diagnostics/loaded.h"

namespace casus::test {
namespace {

namespace fs = std::filesystem;

struct Broken {
  std::string file;
  std::string code;
  std::string place;  // "9:10"
  std::string word;   // that the message holds
  std::string where;  // the instrument and article, or the scenario
};

std::vector<Broken> expected() {
  std::istringstream in(file_text(source_path("tests/broken/expected.txt")).value_or(""));
  std::vector<Broken> out;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    Broken b;
    const size_t bar = line.rfind(" |");
    EXPECT_NE(bar, std::string::npos) << line;
    if (bar == std::string::npos) continue;
    std::istringstream words(line.substr(0, bar));
    words >> b.file >> b.code >> b.place >> std::ws;
    std::getline(words, b.word);
    b.where = line.substr(std::min(bar + 3, line.size()));
    out.push_back(std::move(b));
  }
  return out;
}

TEST(BrokenTreaties, EachHasOneMessageAtItsPlace) {
  for (const Broken& b : expected()) {
    SCOPED_TRACE(b.file);
    const auto text = file_text(source_path("tests/broken/" + b.file));
    ASSERT_TRUE(text.has_value());
    const Loaded model = checked(b.file, *text);
    ASSERT_EQ(model.diagnostics.all().size(), 1u) << model.messages();
    const Diagnostic& d = model.diagnostics.all().front();
    EXPECT_EQ(info(d.kind).code, b.code) << model.messages();
    ASSERT_TRUE(d.span.valid()) << model.messages();
    const auto at = model.sources.locate(d.span.source, d.span.begin);
    EXPECT_EQ(std::to_string(at.line) + ':' + std::to_string(at.column), b.place) << model.messages();
    EXPECT_FALSE(b.word.empty());
    EXPECT_NE(d.message.find(b.word), std::string::npos) << d.message;
    EXPECT_EQ(d.where, b.where);
  }
}

TEST(BrokenTreaties, EveryFileIsExpected) {
  std::set<std::string> listed, there;
  for (const Broken& b : expected()) listed.insert(b.file);
  for (const auto& file : fs::directory_iterator(source_path("tests/broken"))) {
    if (file.path().extension() == ".casus") there.insert(file.path().filename().string());
  }
  EXPECT_EQ(listed, there);
  EXPECT_EQ(there.size(), 70u);
}

}  // namespace
}  // namespace casus::test
