// SPDX-License-Identifier: Apache-2.0
// Documents lead somewhere: each link to a file of the project, and each file that a recipe names, is there.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

#include "diagnostics/loaded.h"

namespace casus::test {
namespace {

namespace fs = std::filesystem;

// Of the whole project, as paths from its root.
std::vector<std::string> documents() {
  std::vector<std::string> out{"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"};
  for (const char* folder : {"docs", "library", "scenarios"}) {
    for (const auto& file : fs::recursive_directory_iterator(source_path(folder))) {
      if (file.path().extension() == ".md")
        out.push_back(fs::relative(file.path(), source_path("")).generic_string());
    }
  }
  return out;
}

// The parts of the prose that stand between the two marks on one line; fenced blocks show what others print.
std::vector<std::string> between(const std::string& path, const std::string& begin, const std::string& end) {
  const std::string text = file_text(source_path(path)).value_or("");
  EXPECT_FALSE(text.empty()) << path;
  std::vector<std::string> out;
  bool fenced = false;
  for (size_t at = 0; at < text.size();) {
    const std::string line = text.substr(at, text.find('\n', at) - at);
    at += line.size() + 1;
    if (line.starts_with("```")) fenced = !fenced;
    for (size_t from = line.find(begin); !fenced && from != line.npos; from = line.find(begin, from)) {
      from += begin.size();
      const size_t to = line.find(end, from);
      if (to == line.npos) break;
      out.push_back(line.substr(from, to - from));
      from = to + end.size();
    }
  }
  return out;
}

TEST(Documents, EachLinkLeadsToAFile) {
  size_t followed = 0;
  for (const std::string& document : documents()) {
    for (const std::string& link : between(document, "](", ")")) {
      if (link.find("://") != link.npos || link.starts_with('#')) continue;
      const fs::path to = fs::path(source_path(document)).parent_path() / link.substr(0, link.find('#'));
      EXPECT_TRUE(fs::exists(to)) << document << " links to " << link;
      ++followed;
    }
  }
  EXPECT_GT(followed, 50u);
}

// A name with NAME, TARGET, * or … in it stands for many.
TEST(Documents, EachFileThatARecipeOrTheArchitectureNamesIsThere) {
  size_t found = 0;
  for (const char* document : {"CONTRIBUTING.md", "ARCHITECTURE.md"}) {
    for (const std::string& name : between(document, "`", "`")) {
      const auto of_a_path = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '/' || c == '.' || c == '-';
      };
      const bool path = name.find('/') != name.npos && std::all_of(name.begin(), name.end(), of_a_path);
      if (!path || name.starts_with("build/")) continue;
      bool stands_for_many = false;
      for (const char* word : {"NAME", "TARGET", "nnnn"}) stands_for_many |= name.find(word) != name.npos;
      if (stands_for_many) continue;
      EXPECT_TRUE(fs::exists(source_path(name)) || fs::exists(source_path("src/" + name)))
          << document << " names " << name;
      ++found;
    }
  }
  EXPECT_GT(found, 60u);
}

}  // namespace
}  // namespace casus::test
