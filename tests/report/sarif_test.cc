// SPDX-License-Identifier: Apache-2.0
#include "report/sarif.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace casus::report {
namespace {

nlohmann::json log_of(std::string path, std::string text, Diagnostic d) {
  Sources sources;
  Diagnostics diagnostics;
  d.span.source = sources.add(std::move(path), std::move(text));
  for (RelatedSpan& r : d.related) r.span.source = d.span.source;
  diagnostics.add(std::move(d));
  const SarifInput input{&sources, &diagnostics};
  return nlohmann::json::parse(sarif(std::span(&input, 1)))["runs"][0];
}

TEST(Sarif, PlacesAreLinesAndCodePoints) {
  const auto run = log_of("a b/é.casus", "// x\n\"é\" kid;\n",
                          {.kind = Diag::expected_item,
                           .span = {{}, 10, 13},
                           .message = "what is this",
                           .label = "did you mean `kind`?",
                           .where = "One",
                           .notes = {"so"},
                           .replacement = "kind"});
  EXPECT_EQ(run["columnKind"], "unicodeCodePoints");
  const auto& result = run["results"][0];
  EXPECT_EQ(result["ruleId"], "CAS0105");
  EXPECT_EQ(result["level"], "error");
  EXPECT_EQ(result["message"]["text"], "One: what is this (did you mean `kind`?); so");
  const auto& place = result["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "a%20b/%C3%A9.casus");
  const auto region = nlohmann::json{{"startLine", 2}, {"startColumn", 5}, {"endLine", 2}, {"endColumn", 8}};
  EXPECT_EQ(place["region"], region);
  const auto& change = result["fixes"][0]["artifactChanges"][0]["replacements"][0];
  EXPECT_EQ(change["deletedRegion"], region);
  EXPECT_EQ(change["insertedContent"]["text"], "kind");
}

TEST(Sarif, RulesThatOccurAndTheirPages) {
  const auto run = log_of(
      "/x.casus", "abc",
      {.kind = Diag::empty_role, .span = {{}, 0, 1}, .message = "m", .related = {{{{}, 1, 2}, "here"}}});
  const auto& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.size(), 1u);
  EXPECT_EQ(rules[0]["id"], "CAS0907");
  EXPECT_EQ(rules[0]["defaultConfiguration"]["level"], "warning");
  EXPECT_EQ(rules[0]["help"]["text"], "See docs/diagnostics/CAS0907.md");
  const auto& result = run["results"][0];
  EXPECT_EQ(result["ruleIndex"], 0);
  EXPECT_EQ(result["relatedLocations"][0]["message"]["text"], "here");
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "file:///x.casus");
  EXPECT_FALSE(result.contains("fixes"));
}

TEST(Sarif, NothingFoundAndBytesThatAreNoText) {
  const auto empty = nlohmann::json::parse(sarif({}));
  EXPECT_EQ(empty["version"], "2.1.0");
  EXPECT_TRUE(empty["runs"][0]["results"].is_array() && empty["runs"][0]["results"].empty());
  const auto run = log_of("x", "a", {.kind = Diag::empty_role, .span = {{}, 0, 1}, .message = "a\xFF"});
  EXPECT_EQ(run["results"][0]["message"]["text"], "a\xEF\xBF\xBD");
}

}  // namespace
}  // namespace casus::report
