// SPDX-License-Identifier: Apache-2.0
// What `check` found, for machines: SARIF and our own JSON, by their published shapes.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "check/check.h"
#include "model/loader.h"
#include "report/check_report.h"
#include "report/schema.h"

namespace casus::report {
namespace {

using Json = nlohmann::ordered_json;

Json run_of(std::span<const Checked> inputs, const PageOf& page_of = {}) {
  const std::string text = sarif(inputs, page_of);
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
  EXPECT_EQ(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
  EXPECT_TRUE(run["originalUriBaseIds"].contains("%SRCROOT%"));
  EXPECT_EQ(run["artifacts"][0]["location"]["uri"], "a%20b/%C3%A9.casus");
  const auto region = Json{{"startLine", 2}, {"startColumn", 5}, {"endLine", 2}, {"endColumn", 8}};
  EXPECT_EQ(place["region"], region);
  const auto& change = result["fixes"][0]["artifactChanges"][0]["replacements"][0];
  EXPECT_EQ(change["deletedRegion"], region);
  EXPECT_EQ(change["insertedContent"]["text"], "kind");
}

TEST(Sarif, RulesThatOccur) {
  const auto run = run_of(
      "/x.casus", "abc",
      {.kind = Diag::empty_role, .span = {{}, 0, 1}, .message = "m", .related = {{{{}, 1, 2}, "here"}}});
  const auto& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.size(), 1u);
  EXPECT_EQ(rules[0]["id"], "CAS0907");
  EXPECT_EQ(rules[0]["name"], "EmptyRole");
  EXPECT_EQ(rules[0]["defaultConfiguration"]["level"], "warning");
  EXPECT_EQ(rules[0]["help"]["text"], "Nobody is ever in a role.");  // the page is not at hand
  EXPECT_FALSE(rules[0]["help"].contains("markdown"));
  const auto& result = run["results"][0];
  EXPECT_EQ(result["ruleIndex"], 0);
  EXPECT_EQ(result["relatedLocations"][0]["message"]["text"], "here");
  const auto& file = result["locations"][0]["physicalLocation"]["artifactLocation"];
  EXPECT_EQ(file["uri"], "file:///x.casus");
  EXPECT_FALSE(file.contains("uriBaseId"));  // it is no relative reference
  EXPECT_FALSE(result.contains("fixes"));
}

TEST(Sarif, ThePageIsInTheRule) {
  Sources sources;
  Diagnostics diagnostics;
  const SourceId file = sources.add("./sub/x.casus", "abc");
  diagnostics.add({.kind = Diag::empty_role, .span = {file, 0, 1}, .message = "m"});
  const Checked input{&sources, &diagnostics, nullptr};
  const std::string page =
      "<!-- SPDX -->\n# CAS0907: Nobody\n\n*Warning.* Nobody is\n  in it.\n\n## Example\n\nx\n\n## How to "
      "mend "
      "it\n\nName\nsomebody.\n";
  const auto run = run_of(std::span(&input, 1), [&](std::string_view code) {
    EXPECT_EQ(code, "CAS0907");
    return page;
  });
  const auto& rule = run["tool"]["driver"]["rules"][0];
  EXPECT_EQ(rule["fullDescription"]["text"], "Nobody is in it.");
  EXPECT_EQ(rule["help"]["text"], "Nobody is in it. Name somebody.");
  EXPECT_EQ(rule["help"]["markdown"], page.substr(page.find("# ")));
  EXPECT_EQ(run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "sub/x.casus");
  for (const char* broken : {"", "#", "# ", "\n# ", "# x\n## How to mend it"}) {
    const auto rules = run_of(std::span(&input, 1), [&](std::string_view) { return std::string(broken); });
    EXPECT_EQ(rules["tool"]["driver"]["rules"][0]["fullDescription"]["text"], "Nobody is ever in a role.")
        << broken;
  }
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
  const Json run = run_of(std::span(&input_, 1));
  EXPECT_EQ(names(run, "CAS0901"), "Pact/art_5__para_2 ");
  EXPECT_EQ(names(run, "CAS0919"), "Pact/art_5__para_2 ");  // it stands in the prose
  EXPECT_EQ(names(run, "CAS0907"), "Pact ");
  EXPECT_EQ(names(run, "CAS0903"), "Pact ");
}

// What SARIF 2.1.0 asks for beyond shapes: indices that lead to what they name, regions that are not empty the wrong way,
// ids of related places that are their own, references that are relative where a base is named.
TEST_F(FoundInAModel, TheRulesOfTheStandard) {
  const Json run = run_of(std::span(&input_, 1));
  const Json &rules = run["tool"]["driver"]["rules"], &artifacts = run["artifacts"];
  ASSERT_GE(run["results"].size(), 5u);
  std::set<std::string> ids;
  for (const Json& rule : rules) EXPECT_TRUE(ids.insert(rule["id"]).second);
  const auto place = [&](const Json& location) {
    const Json& file = location["physicalLocation"]["artifactLocation"];
    EXPECT_EQ(artifacts[file["index"].get<size_t>()]["location"]["uri"], file["uri"]);
    EXPECT_EQ(file.contains("uriBaseId"), file["uri"].get<std::string>().find(':') == std::string::npos);
    const Json& r = location["physicalLocation"]["region"];
    EXPECT_GE(r["startLine"].get<int>(), 1);
    EXPECT_GE(r["startColumn"].get<int>(), 1);
    EXPECT_LE(std::pair(r["startLine"].get<int>(), r["startColumn"].get<int>()),
              std::pair(r["endLine"].get<int>(), r["endColumn"].get<int>()));
  };
  for (const Json& result : run["results"]) {
    EXPECT_EQ(rules[result["ruleIndex"].get<size_t>()]["id"], result["ruleId"]);
    EXPECT_EQ(rules[result["ruleIndex"].get<size_t>()]["defaultConfiguration"]["level"], result["level"]);
    EXPECT_FALSE(result["message"]["text"].get<std::string>().empty());
    for (const Json& l : result["locations"]) place(l);
    std::set<int> related;
    if (result.contains("relatedLocations")) {
      for (const Json& l : result["relatedLocations"]) {
        place(l);
        EXPECT_TRUE(related.insert(l["id"].get<int>()).second);
      }
    }
  }
  EXPECT_TRUE(run["invocations"][0]["executionSuccessful"].get<bool>());
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
