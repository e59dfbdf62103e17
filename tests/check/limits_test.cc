// SPDX-License-Identifier: Apache-2.0
// Large and hostile models: the lints end, in time, and say where they stopped.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "check/lint.h"

namespace casus::check::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Far beyond what it takes, and far below what comparing everything with everything would.
constexpr double patience = 10;

// Two hundred instruments of ten articles, with bodies, remarks and events of their own: clean.
std::string wide(size_t instruments) {
  std::string out;
  for (size_t i = 0; i < instruments; ++i) {
    const std::string n = std::to_string(i);
    out +=
        "event raid" + n + "(by: actor, on: state) \"R\"; event aid" + n + "(by: actor, to: state) \"A\";\n";
    out += "instrument I" + n + " { signed 19" + std::to_string(10 + i % 90) +
           "-01-01; party ALFA, BRAVO, CHARLIE, DELTA, ECHO from 1950-01-01;\n body B" + n +
           " { members party; rule r: 3 * yes >= 2 * members; }\n";
    for (size_t a = 1; a <= 10; ++a) {
      const std::string k = std::to_string(a);
      out += " // within " + k + " days\n article " + k + " { when raid" + n +
             "(by: actor x, on: party v) each party except x, v shall aid" + n + "(to: v) within " + k +
             " days; }\n";
    }
    out += "}\n";
  }
  return out;
}

TEST(Limits, TwoThousandArticles) {
  const std::string text = wide(200);
  std::string found;
  const double seconds = seconds_of([&] {
    const Found f = lint(text);
    for (const char* code : {"CAS0999", "CAS0901", "CAS0919", "CAS0926"}) found += f.only(code);
  });
  EXPECT_EQ(found, "");
  EXPECT_LT(seconds, patience);
}

// All about one event, so that everything could meet everything: what is beyond the budget is said.
TEST(Limits, TwoThousandArticlesAboutOneEvent) {
  std::string text = "instrument One { party ALFA, BRAVO, CHARLIE;\n";
  for (size_t i = 0; i < 2000; ++i) {
    text += "article " + std::to_string(i) +
            " { when attack(by: actor x, on: party v) each party except x, v shall help(to: v) within " +
            std::to_string(i + 1) +
            " days; each party may pay(to: any); each party shall not pay(to: ALFA); }\n";
  }
  Found f;
  EXPECT_LT(seconds_of([&] { f = lint(text + "}\n"); }), patience);
  EXPECT_TRUE(f.diagnostics.dropped() > 0 ||
              !f.only("CAS0999").empty());  // more than is kept, or than is compared
}

TEST(Limits, ManyDecisionsOfOneBody) {
  std::string text = "instrument One { party ALFA, BRAVO, CHARLIE; body C { members party; }\n";
  for (size_t i = 0; i < 2000; ++i) {
    text += "article " + std::to_string(i) +
            " { C may measures(on: attack a) by consensus within 3 days of a; when decided measures(on: "
            "attack a) each "
            "party shall help(to: ECHO) within 9 days; }\n";
  }
  EXPECT_LT(seconds_of([&] { lint(text + "}\n"); }), patience);
}

TEST(Limits, ManyMembershipsOfOneState) {
  std::string text = "instrument One { ";
  for (size_t i = 0; i < 4000; ++i) {
    const std::string year = std::to_string(1000 + i);
    text += "party ALFA from " + year + "-01-01 until " + year + "-02-01;\n";
  }
  text += "article 1 { each party shall help(to: ECHO) within 1 day; } }\ninstrument Two { ";
  for (size_t i = 0; i < 4000; ++i) {
    const std::string year = std::to_string(1000 + i);
    text += "party ALFA from " + year + "-03-01 until " + year + "-04-01;\n";
  }
  Found f;
  EXPECT_LT(seconds_of([&] { f = lint(text + "article 1 { each party shall not help; } }"); }), patience);
  EXPECT_EQ(f.only("CAS0901"), "");  // never both at once
}

// Derived facts that ask each other as deep as the file is long are no recursion of ours.
TEST(Limits, DeepDerivedFacts) {
  std::string text = "fact f0(who: state) contested;\ngiven f0(ALFA) asserted by ALFA denied by BRAVO;\n";
  constexpr size_t depth = 20'000;
  for (size_t i = 0; i < depth; ++i)
    text += "derived f" + std::to_string(i + 1) + "(who: state) when f" + std::to_string(i) + "(who);\n";
  const std::string last = "f" + std::to_string(depth);
  const Found f =
      lint(text +
           "instrument One { party ALFA, BRAVO; article 1 { each party shall not attack; each party p may "
           "attack where " +
           last + "(p) prevails over article 1; when pay() where " + last +
           "(ALFA) each party shall help(to: ECHO) within 3 days; } }");
  EXPECT_THAT(f.notes("CAS0932"), HasSubstr("that `f0(ALFA)` is asserted by ALFA"));
}

TEST(Limits, OddRemarks) {
  for (const char* const remark : {"//", "///////", "// \xC3\xA9 24 hours", "// 24 hours\r", "//\t1 of",
                                   "// \"24 hours", "// 99999999999999999999 days"})
    lint(std::string("instrument One { party ALFA;\r\n ") + remark +
         "\n article 1 { each party shall help within 1 day; " + remark + "\n } } " + remark);
  lint("// 24 hours");
  lint("");
}

// Models of the library with a line or a word taken away, doubled or exchanged: whatever still has a meaning is checked.
TEST(Limits, MutatedModels) {
  const auto read_file = [](const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
  };
  const fs::path library = fs::path(CASUS_SOURCE_DIR) / "library";
  const model::ReadModule read = [&](const std::string& name,
                                     const std::string&) -> std::optional<model::ModuleText> {
    const fs::path path = library / (name + ".casus.md");
    if (!fs::exists(path)) return std::nullopt;
    return model::ModuleText{path.string(), read_file(path)};
  };
  std::mt19937 random(7);
  size_t checked = 0;
  for (const char* const name :
       {"tests/check/alliance", "tests/check/arms_limits", "library/kyiv_security_compact",
        "library/budapest_memorandum", "library/vienna_document"}) {
    const std::string text = read_file(fs::path(CASUS_SOURCE_DIR) / (std::string(name) + ".casus.md"));
    for (int round = 0; round < 60; ++round) {
      std::string mutated = text;
      for (int k = 0; k < 2; ++k) {
        const size_t begin = mutated.find('\n', random() % mutated.size());
        if (begin == std::string::npos) continue;
        const size_t end = mutated.find('\n', begin + 1);
        if (end == std::string::npos) continue;
        const std::string line = mutated.substr(begin, end - begin);
        if (random() % 2 == 0)
          mutated.erase(begin, end - begin);
        else
          mutated.insert(mutated.find('\n', random() % begin), line);
      }
      Sources sources;
      Diagnostics diagnostics;
      const std::string path = "mutated.casus.md";
      const model::Loaded loaded = model::load(path, mutated, read, sources, diagnostics);
      if (diagnostics.has_errors()) continue;
      check(loaded.model, sources, std::span(&path, 1), diagnostics, diagnostics);
      EXPECT_FALSE(render(diagnostics, sources, RenderOptions{}).empty() && !diagnostics.all().empty());
      ++checked;
    }
  }
  EXPECT_GT(checked, 20u);
}

}  // namespace
}  // namespace casus::check::test
