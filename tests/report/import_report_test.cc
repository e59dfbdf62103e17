// SPDX-License-Identifier: Apache-2.0
// Reports of imports, comparisons and tables keep to their schemas.
#include "report/import_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/schema.h"
#include "report/table_report.h"

namespace casus::report {
namespace {

using test::misfit_of_text;
using ::testing::HasSubstr;

imports::Report some_report() {
  imports::Report r;
  r.files.push_back({"members.csv", 10, 2, 1, "0123456789abcdef"});
  r.made("instruments", 3);
  for (uint64_t line = 2; line < 20; ++line) r.met(imports::Trap::year_zero, "members.csv", line, "yrexit");
  r.written = {"atop.casus"};
  return r;
}

TEST(ImportReport, gives_counts_and_the_first_places) {
  const auto r = some_report();
  EXPECT_EQ(r.of(imports::Trap::year_zero).count, 18u);
  EXPECT_EQ(r.of(imports::Trap::year_zero).first.size(), imports::Report::places);
  EXPECT_EQ(import_text(r, 120, false),
            "READ         ROWS  REJECTED  HASH\n"
            "members.csv  2     1         0123456789abcdef\n"
            "\n"
            "MADE\n"
            "3     instruments\n"
            "\n"
            "TIMES  MET ON THE WAY\n"
            "18     the year of an end is 0: taken as: not ended when the file was closed; first at "
            "members.csv:2 (yrexit)\n"
            "\n"
            "written: atop.casus\n");
  EXPECT_EQ(misfit_of_text(import_json(r, "atop"), "import.schema.json"), "");
}

TEST(ImportReport, a_comparison_names_its_classes) {
  imports::Comparison c;
  c.first_year = 1815, c.last_year = 2018, c.model_last_year = 2016;
  imports::compare_pair_years({{{2, 20, 1900}, 1}, {{20, 2, 1900}, 1}}, {{{2, 20, 1900}, 1}}, {}, c, nullptr);
  c.report = some_report();
  const std::string text = comparison_text(c, 120, false);
  EXPECT_THAT(
      text,
      HasSubstr(
          "directed pair-years: 2 in the model, 1 in the table, 1 in both, of which 1 (100.0 %) agree"));
  EXPECT_THAT(text, HasSubstr("such as: 20 to 2, 1900, Defense"));
  EXPECT_EQ(misfit_of_text(comparison_json(c), "import-compare.schema.json"), "");
}

TEST(TableReport, keeps_to_its_schema) {
  const model::Model model;
  const Sources sources;
  const replay::Table table(model, sources);
  TableOf of;
  of.run_id = "0123456789ab";
  of.models = {{"a.casus", "0123456789abcdef"}};
  EXPECT_EQ(misfit_of_text(table_json(of, table), "table.schema.json"), "");
}

}  // namespace
}  // namespace casus::report
