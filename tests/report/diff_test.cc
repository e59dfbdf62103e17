// SPDX-License-Identifier: Apache-2.0
// Drafts compared, as they read: real pairs of the library, at the widths of a terminal and of a page; and by the schema.
#include <gmock/gmock.h>

#include <fstream>
#include <memory>
#include <sstream>

#include "base/unicode.h"
#include "report/diff_report.h"
#include "report/schema.h"
#include "report/world.h"

namespace casus::report {
namespace {

using test::expect_golden;
using test::misfit_of_text;
using ::testing::HasSubstr;

std::string read(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

std::string library(const std::string& module) { return CASUS_SOURCE_DIR "/library/" + module + ".casus.md"; }

// A draft with the modules of the library that it uses.
std::unique_ptr<test::World> load(const std::string& path, const std::string& text) {
  auto out = std::make_unique<test::World>();
  const model::ReadModule modules = [](const std::string& name,
                                       const std::string&) -> std::optional<model::ModuleText> {
    std::string found = read(library(name));
    if (found.empty()) return std::nullopt;
    return model::ModuleText{library(name), std::move(found)};
  };
  out->loaded = model::load(path, text, modules, out->sources, out->diagnostics);
  EXPECT_FALSE(out->diagnostics.has_errors()) << render(out->diagnostics, out->sources, {});
  return out;
}

// Two files, or two instruments of one.
struct Compared {
  std::unique_ptr<test::World> before, after;
  DiffReport report;

  Compared(const std::string& a, const std::string& text_a, const std::string& b, const std::string& text_b)
      : before(load(a, text_a)), after(load(b, text_b)) {
    report.before = {&before->model(), &before->sources, {a}, {}};
    report.after = {&after->model(), &after->sources, {b}, {}};
    finish(a, b, diff::pair_instruments(report.before, report.after));
  }
  Compared(const std::string& module, const std::string& one, const std::string& other)
      : before(load(library(module), read(library(module)))) {
    const model::Model& m = before->model();
    report.before = {&m, &before->sources, {library(module)}, m.find_instrument(one)};
    report.after = {&m, &before->sources, {library(module)}, m.find_instrument(other)};
    finish(one, other, {{report.before.instrument, report.after.instrument}});
  }
  void finish(const std::string& a, const std::string& b,
              const std::vector<std::pair<model::InstrumentId, model::InstrumentId>>& pairs) {
    report.before_name = a.substr(a.rfind('/') + 1);
    report.after_name = b.substr(b.rfind('/') + 1);
    report.difference = diff::compare(report.before, report.after, pairs);
    report.stories = diff::tell_stories(report.before, report.after, report.difference);
  }
  std::string text(size_t width) const { return diff_text(report, {width, false, {}}); }
};

std::string compact() { return read(library("kyiv_security_compact")); }

TEST(DiffText, FiveAmendments) {
  const Compared c("compact.casus.md", compact(), "amended.casus",
                   read(CASUS_SOURCE_DIR "/tests/report/kyiv_amended.casus"));
  expect_golden(c.text(80), "diff_amendments_80.txt");
  expect_golden(c.text(120), "diff_amendments_120.txt");
  EXPECT_EQ(misfit_of_text(diff_json(c.report), "diff.schema.json"), "");
}

TEST(DiffText, TwoInstrumentsOfOneText) {
  const Compared c("russian_drafts_2021", "DraftWithNATO", "DraftWithUSA");
  expect_golden(c.text(80), "diff_two_drafts_80.txt");
  expect_golden(c.text(120), "diff_two_drafts_120.txt");
  EXPECT_EQ(misfit_of_text(diff_json(c.report), "diff.schema.json"), "");
}

TEST(DiffText, ARenumberingIsOnlyThat) {
  std::string other = compact();
  size_t number = 4;
  for (const std::string label : {"Consultation", "Activation", "Sanctions", "Accession"}) {
    const std::string word = "article " + label;
    other.replace(other.find(word), word.size(), "article " + std::to_string(number++));
  }
  const Compared c("compact.casus.md", compact(), "numbered.casus.md", other);
  expect_golden(c.text(80), "diff_renumbered_80.txt");
  EXPECT_TRUE(c.report.stories.of.empty());
}

TEST(DiffText, AFileAgainstItself) {
  const Compared c("compact.casus.md", compact(), "compact.casus.md", compact());
  EXPECT_EQ(c.text(80), "compact.casus.md → compact.casus.md\n\nThe two drafts say the same.\n");
  EXPECT_EQ(misfit_of_text(diff_json(c.report), "diff.schema.json"), "");
}

class NoFiles final : public replay::Files {
 public:
  Result<std::unique_ptr<evidence::Input>> open(const std::string&) override {
    return Failure{"no files here", ""};
  }
};

// The amended compact, asked; without stories of its articles, which other tests show.
TEST(DiffText, PropertiesThatChangeHaveTheirStories) {
  Compared c("compact.casus.md", compact(), "amended.casus",
             read(CASUS_SOURCE_DIR "/tests/report/kyiv_amended.casus"));
  c.report.stories.of.clear();
  const auto stand = [](const diff::Draft& draft, const test::World& world) {
    const model::ReadModule modules = [](const std::string& name,
                                         const std::string&) -> std::optional<model::ModuleText> {
      return model::ModuleText{library(name), read(library(name))};
    };
    return diff::Stand{draft, &world.loaded, modules, diff::module_of(draft.files.front())};
  };
  const diff::Stand before = stand(c.report.before, *c.before), after = stand(c.report.after, *c.after);
  std::string text = read(CASUS_SOURCE_DIR "/tests/report/kyiv_questions.casus");
  text.replace(text.find("use kyiv_security_compact"), 25, "use compact");
  diff::Put put =
      diff::put(diff::questions_in("questions.casus", false, text), before, after, c.report.difference);
  ASSERT_FALSE(put.wrong);
  std::vector<std::string> known;
  NoFiles files;
  c.report.asked = diff::ask(put, before, after, c.report.difference, {}, known, files);
  expect_golden(c.text(80), "diff_properties_80.txt");
  expect_golden(c.text(120), "diff_properties_120.txt");
  EXPECT_EQ(misfit_of_text(diff_json(c.report), "diff.schema.json"), "");
}

// The widths hold: no line is longer, apart from words that can not be broken.
TEST(DiffText, FitsTheWidth) {
  const Compared c("compact.casus.md", compact(), "amended.casus",
                   read(CASUS_SOURCE_DIR "/tests/report/kyiv_amended.casus"));
  for (const size_t width : {60u, 80u, 120u}) {
    std::istringstream lines(c.text(width));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), width) << line;
  }
}

}  // namespace
}  // namespace casus::report
