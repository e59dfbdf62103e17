// SPDX-License-Identifier: Apache-2.0
// What `check` found, for machines: SARIF and our own JSON, by their published shapes.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "check/check.h"
#include "model/loader.h"
#include "report/check_report.h"
#include "report/schema.h"

namespace casus::report {
namespace {

using Json = nlohmann::ordered_json;

Json run_of(std::span<const Checked> inputs, std::string_view pages = {}) {
  const std::string text = sarif(inputs, pages);
  EXPECT_EQ(test::misfit_of_text(text, "sarif.schema.json"), "");
  return Json::parse(text)["runs"][0];
}

Json run_of(std::string path, std::string text, Diagnostic d) {
  Sources sources;
  Diagnostics diagnostics;
  d.span.source = sources.add(std::move(path), std::move(text));
  for (RelatedSpan& r : d.related) r.span.source = d.span.source;
  diagnostics.add(std::move(d));
  const Checked input{&sources, &diagnostics, nullptr};
  return run_of(std::span(&input, 1));
}

TEST(Sarif, PlacesAreLinesAndCodePoints) {
  const auto run = run_of("a b/é.casus", "// x\n\"é\" kid;\n",
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
  EXPECT_EQ(run["artifacts"][0]["location"]["uri"], "a%20b/%C3%A9.casus");
  const auto region = Json{{"startLine", 2}, {"startColumn", 5}, {"endLine", 2}, {"endColumn", 8}};
  EXPECT_EQ(place["region"], region);
  const auto& change = result["fixes"][0]["artifactChanges"][0]["replacements"][0];
  EXPECT_EQ(change["deletedRegion"], region);
  EXPECT_EQ(change["insertedContent"]["text"], "kind");
}

TEST(Sarif, RulesThatOccurAndTheirPages) {
  const auto run = run_of(
      "/x.casus", "abc",
      {.kind = Diag::empty_role, .span = {{}, 0, 1}, .message = "m", .related = {{{{}, 1, 2}, "here"}}});
  const auto& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.size(), 1u);
  EXPECT_EQ(rules[0]["id"], "CAS0907");
  EXPECT_EQ(rules[0]["name"], "EmptyRole");
  EXPECT_EQ(rules[0]["defaultConfiguration"]["level"], "warning");
  EXPECT_NE(rules[0]["help"]["text"].get<std::string>().find("docs/diagnostics/CAS0907.md"),
            std::string::npos);
  EXPECT_FALSE(rules[0].contains("helpUri"));  // where the pages lie is not known here
  const auto& result = run["results"][0];
  EXPECT_EQ(result["ruleIndex"], 0);
  EXPECT_EQ(result["relatedLocations"][0]["message"]["text"], "here");
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "file:///x.casus");
  EXPECT_FALSE(result.contains("fixes"));
}

TEST(Sarif, NothingFoundAndBytesThatAreNoText) {
  const auto empty = run_of({});
  EXPECT_TRUE(empty["results"].is_array() && empty["results"].empty());
  const auto run = run_of("x", "a", {.kind = Diag::empty_role, .span = {{}, 0, 1}, .message = "a\xFF"});
  EXPECT_EQ(run["results"][0]["message"]["text"], "a\xEF\xBF\xBD");
}

TEST(Sarif, MoreThanIsKeptIsSaid) {
  Sources sources;
  Diagnostics diagnostics;
  for (size_t i = 0; i < Diagnostics::limit + 2; ++i)
    diagnostics.add({.kind = Diag::check_limit, .message = "m"});
  const Checked input{&sources, &diagnostics, nullptr};
  const auto run = run_of(std::span(&input, 1));
  EXPECT_EQ(run["results"].size(), Diagnostics::limit);
  EXPECT_EQ(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"],
            "2 more were found than are kept");
}

// A literate file with findings in its prose, in an article with parts, at a role and at a body.
class FoundInAModel : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string path = "pact.casus.md", text = R"(# Pact

Everybody helps within 24 hours.

```casus
kind state is actor;
state ALFA; state BRAVO;
event help(by: actor);
instrument Pact {
  party ALFA, BRAVO;
  role guest;
  body Council { members party; decides help by consensus; }
  article 5(2) { each party shall help within 72 h; each party shall not help; }
}
```
)";
    const model::ReadModule none = [](const std::string&, const std::string&) {
      return std::optional<model::ModuleText>(model::ModuleText{"prelude.casus", ""});
    };
    loaded_ = model::load(path, text, none, sources_, diagnostics_);
    EXPECT_FALSE(diagnostics_.has_errors()) << render(diagnostics_, sources_, {});
    check::check(loaded_.model, sources_, std::span(&path, 1), diagnostics_, diagnostics_);
    input_ = {&sources_, &diagnostics_, &loaded_.model};
  }

  static std::string names(const Json& run, const std::string& rule) {
    std::string out;
    for (const Json& result : run["results"]) {
      if (result["ruleId"] != rule) continue;
      for (const Json& l : result["locations"][0]["logicalLocations"])
        out += l["fullyQualifiedName"].get<std::string>() + ' ';
    }
    return out;
  }

  Sources sources_;
  Diagnostics diagnostics_;
  model::Loaded loaded_;
  Checked input_;
};

TEST_F(FoundInAModel, ArticlesAsInAkomaNtoso) {
  const Json run = run_of(std::span(&input_, 1), "file:///usr/share/casus/docs/diagnostics/");
  EXPECT_EQ(names(run, "CAS0901"), "Pact/art_5__para_2 ");
  EXPECT_EQ(names(run, "CAS0919"), "Pact/art_5__para_2 ");  // it stands in the prose
  EXPECT_EQ(names(run, "CAS0907"), "Pact ");
  EXPECT_EQ(names(run, "CAS0903"), "Pact ");
  EXPECT_EQ(run["tool"]["driver"]["rules"][0]["helpUri"],
            "file:///usr/share/casus/docs/diagnostics/" +
                run["tool"]["driver"]["rules"][0]["id"].get<std::string>() + ".md");
}

TEST_F(FoundInAModel, OwnJsonByItsSchema) {
  const std::string text = check_json(std::span(&input_, 1), {.warnings = 3, .notes = 4});
  EXPECT_EQ(test::misfit_of_text(text, "check.schema.json"), "");
  const Json found = Json::parse(text);
  const auto conflict = std::find_if(found["findings"].begin(), found["findings"].end(),
                                     [](const Json& f) { return f["code"] == "CAS0901"; });
  ASSERT_NE(conflict, found["findings"].end());
  EXPECT_EQ((*conflict)["name"], "conflict");
  EXPECT_EQ((*conflict)["eId"], "art_5__para_2");
  EXPECT_EQ((*conflict)["line"], 13);
  EXPECT_EQ((*conflict)["related"][0]["message"], "forbidden here");
}

}  // namespace
}  // namespace casus::report
