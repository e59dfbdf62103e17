// SPDX-License-Identifier: Apache-2.0
// Judged expectations: as text that ends `N passed, N failed`, and as JUnit XML.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace casus::report {

struct TestCase {
  std::string text;  // the expectation as written
  bool met = false;
  std::string got;     // what the replay says
  std::string source;  // where it is known from that it was so; may be empty
  uint32_t line = 0;
};
struct TestScenario {
  std::string title;
  std::string broken;  // why it could not be replayed; counts as one failure
  std::vector<TestCase> cases;
};
struct TestFile {
  std::string path;
  std::string broken;
  std::vector<TestScenario> scenarios;
};
struct TestReport {
  std::vector<TestFile> files;
};

size_t passed(const TestReport& report);
size_t failed(const TestReport& report);
// What history knows: the expectations that have a source. One row each: what is expected, what came out, and the source.
TestReport with_source(const TestReport& report);
std::string history_text(const TestReport& report, size_t width, bool colour);
std::string test_text(const TestReport& report, size_t width, bool colour);
std::string junit(const TestReport& report);

}  // namespace casus::report
