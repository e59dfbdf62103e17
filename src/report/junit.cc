// SPDX-License-Identifier: Apache-2.0
#include "report/junit.h"

#include "report/layout.h"
#include "report/phrases.h"
#include "text/words.h"

namespace casus::report {

namespace {

size_t count(const TestReport& report, bool met) {
  size_t n = 0;
  for (const auto& f : report.files) {
    n += !met && !f.broken.empty();
    for (const auto& s : f.scenarios) {
      n += !met && !s.broken.empty();
      for (const auto& c : s.cases) n += c.met == met;
    }
  }
  return n;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
    }
  }
  return out;
}

}  // namespace

size_t passed(const TestReport& report) { return count(report, true); }
size_t failed(const TestReport& report) { return count(report, false); }

std::string test_text(const TestReport& report, size_t width, bool colour) {
  Page page(width, colour);
  for (const auto& f : report.files) {
    if (f.scenarios.empty() && f.broken.empty()) continue;
    page.line("", f.path, Ink::bold);
    if (!f.broken.empty()) page.line("  ✗ ", f.broken, Ink::red);
    for (const auto& s : f.scenarios) {
      size_t met = 0;
      for (const auto& c : s.cases) met += c.met;
      page.line("  ",
                s.title + " – " + std::to_string(met) + " of " + std::to_string(s.cases.size()) + " met");
      if (!s.broken.empty()) page.line("    ✗ ", s.broken, Ink::red);
      for (const auto& c : s.cases) {
        if (!c.met)
          page.line("    ✗ ", "line " + std::to_string(c.line) + ": " + one_line(c.text) + " – " + c.got,
                    Ink::red);
      }
    }
  }
  page.blank();
  page.line("", std::to_string(passed(report)) + " passed, " + std::to_string(failed(report)) + " failed");
  return page.take();
}

TestReport with_source(const TestReport& report) {
  TestReport out;
  for (TestFile f : report.files) {
    for (TestScenario& s : f.scenarios)
      std::erase_if(s.cases, [](const TestCase& c) { return c.source.empty(); });
    std::erase_if(f.scenarios, [](const TestScenario& s) { return s.cases.empty() && s.broken.empty(); });
    if (!f.scenarios.empty() || !f.broken.empty()) out.files.push_back(std::move(f));
  }
  return out;
}

namespace {

// `expect 2019-08-02 … source "…"` without its first word and its source.
std::string what_is_expected(const TestCase& c) {
  std::string text = one_line(c.text);
  if (text.starts_with("expect ")) text.erase(0, 7);
  if (const size_t at = text.rfind(" source "); at != std::string::npos) text.resize(at);
  if (text.ends_with(";")) text.pop_back();
  return text;
}

}  // namespace

std::string history_text(const TestReport& report, size_t width, bool colour) {
  Page page(width, colour);
  std::vector<std::vector<std::string>> rows;
  std::vector<Ink> inks;
  const auto add = [&](std::vector<std::string> row, Ink ink) {
    rows.push_back(std::move(row));
    inks.push_back(ink);
  };
  size_t cases = 0;
  for (const TestFile& f : report.files) {
    if (!f.broken.empty()) add({"✗", f.path, f.broken, ""}, Ink::red);
    for (const TestScenario& s : f.scenarios) {
      ++cases;
      add({s.title}, Ink::bold);
      if (!s.broken.empty()) add({"✗", "a replay", s.broken, ""}, Ink::red);
      for (const TestCase& c : s.cases) {
        std::string got = c.got;
        if (constexpr std::string_view it = "it happened "; got.starts_with(it)) got.erase(0, it.size());
        add({c.met ? "✓" : "✗", what_is_expected(c), std::move(got), c.source},
            c.met ? Ink::plain : Ink::red);
      }
    }
  }
  page.table({"", "EXPECTED", "GOT", "SOURCE"}, rows, inks);
  page.blank();
  page.line("", counted(cases, "case") + ": " + counted(passed(report), "outcome") + " reproduced, " +
                    std::to_string(failed(report)) + " not");
  return page.take();
}

std::string junit(const TestReport& report) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"" +
                    std::to_string(passed(report) + failed(report)) + "\" failures=\"" +
                    std::to_string(failed(report)) + "\">\n";
  for (const auto& f : report.files) {
    const TestReport alone{{f}};
    out += "  <testsuite name=\"" + escaped(f.path) + "\" tests=\"" +
           std::to_string(passed(alone) + failed(alone)) + "\" failures=\"" + std::to_string(failed(alone)) +
           "\">\n";
    const auto broken = [&](const std::string& name, const std::string& why) {
      out += "    <testcase classname=\"" + escaped(f.path) + "\" name=\"" + escaped(name) +
             "\"><failure message=\"" + escaped(why) + "\"/></testcase>\n";
    };
    if (!f.broken.empty()) broken("model", f.broken);
    for (const auto& s : f.scenarios) {
      if (!s.broken.empty()) broken(s.title, s.broken);
      for (const auto& c : s.cases) {
        out += "    <testcase classname=\"" + escaped(s.title) + "\" name=\"" + escaped(one_line(c.text)) +
               "\" file=\"" + escaped(f.path) + "\" line=\"" + std::to_string(c.line) + "\"";
        out += c.met ? "/>\n" : "><failure message=\"" + escaped(c.got) + "\"/></testcase>\n";
      }
    }
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace casus::report
