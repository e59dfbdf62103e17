// SPDX-License-Identifier: Apache-2.0
// The semantics is true: every numbered rule of docs/semantics.md has an example, and each example is in the
// formatter's form, finds what it expects, and leaves the same ledger on both engines. The page's first block
// stands before every other. Behind an opening fence, `known-at=…` says when it is asked, and `stops` that
// the run ends in a cycle.
#include <gtest/gtest.h>

#include <set>

#include "diagnostics/loaded.h"
#include "replay/no_files.h"
#include "replay/replay.h"
#include "run/reference.h"
#include "syntax/tree.h"

namespace casus::test {
namespace {

struct Heading {
  size_t depth = 0;
  std::string text;
};

std::vector<Heading> headings_of(const std::string& document) {
  std::vector<Heading> out;
  std::string line;
  for (std::istringstream in(document); std::getline(in, line);) {
    const size_t depth = std::min(line.find_first_not_of('#'), line.size());
    if (depth != 0) out.push_back({depth, line.substr(line.find_first_not_of("# "))});
  }
  return out;
}

class Semantics : public ::testing::Test {
 protected:
  void SetUp() override {
    document_ = file_text(source_path("docs/semantics.md")).value_or("");
    blocks_ = blocks_of(document_);
    ASSERT_GE(blocks_.size(), 2u);
  }
  std::span<const Block> examples() const { return std::span(blocks_).subspan(1); }

  std::string document_;
  std::vector<Block> blocks_;
};

// The reference on the case and the events that the replay took.
void expect_reference_agrees(const replay::Replay& r) {
  run::Ledger ledger;
  run::Reference reference(*r.model, r.kase, ledger);
  run::RunStatus status = reference.start();
  for (const replay::EventNote& note : r.events) {
    if (note.number != run::no_number && status == run::RunStatus::done)
      status = reference.step(note.occurrence).status;
  }
  if (status == run::RunStatus::done) status = reference.finish();
  EXPECT_EQ(status, r.stop.status);
  EXPECT_TRUE(ledger.records == r.ledger.records && ledger.occurrences == r.ledger.occurrences &&
              ledger.fact_changes == r.ledger.fact_changes)
      << "the engines disagree";
}

// Through every pair of eyes. Returns how many expectations were judged.
size_t judge(const Loaded& example, model::ScenarioId id, const Block& block) {
  const model::Model& model = example.loaded.model;
  const model::Scenario& scenario = model[id];
  std::set<model::ViewpointId> views{scenario.view};
  for (size_t i = 0; i < model.viewpoints.size(); ++i) views.insert(model::ViewpointId(i));
  replay::Options options;
  if (const size_t at = block.info.find("known-at="); at != std::string::npos) {
    const auto known = parse_instant(block.info.substr(at + 9));
    EXPECT_TRUE(known.has_value()) << block.info;
    options.known_at = known->at;
  }
  const bool stops = block.info.find("stops") != std::string::npos;
  size_t judged = 0;
  for (const model::ViewpointId view : views) {
    options.view = view;
    replay::test::NoFiles files;
    Diagnostics diagnostics;
    const auto r = replay::replay(model, id, options, files, {}, diagnostics);
    if (!r || diagnostics.has_errors()) {
      ADD_FAILURE() << "no replay";
      continue;
    }
    EXPECT_EQ(r.value().stop.status, stops ? run::RunStatus::cascade_too_long : run::RunStatus::done);
    for (const replay::Judgement& j : r.value().judgements) {
      ++judged;
      EXPECT_TRUE(j.met) << example.sources.slice(scenario.expectations[j.expectation].span) << ": " << j.got;
    }
    expect_reference_agrees(r.value());
  }
  return judged;
}

TEST_F(Semantics, EveryNumberedRuleHasAnExample) {
  std::set<std::string> with_example;
  for (const Block& b : examples()) with_example.insert(b.heading);
  const std::vector<Heading> headings = headings_of(document_);
  size_t rules = 0;
  for (size_t i = 0; i < headings.size(); ++i) {
    const bool numbered = std::isdigit(static_cast<unsigned char>(headings[i].text[0])) != 0;
    const bool divided = i + 1 < headings.size() && headings[i + 1].depth > headings[i].depth;
    if (!numbered || divided) continue;
    ++rules;
    EXPECT_TRUE(with_example.contains(headings[i].text)) << headings[i].text << " has no example";
  }
  EXPECT_GE(rules, 50u);
}

TEST_F(Semantics, ExamplesFindWhatTheyExpectOnBothEngines) {
  for (const Block& block : examples()) {
    SCOPED_TRACE(block.heading);
    const Loaded example = checked("example.casus", blocks_[0].text + block.text);
    EXPECT_FALSE(example.diagnostics.has_errors()) << example.messages();
    size_t judged = 0, expected = 0;
    for (size_t i = 0; i < example.loaded.model.scenarios.size(); ++i) {
      const model::ScenarioId id(i);
      expected += example.loaded.model[id].expectations.size();
      judged += judge(example, id, block);
    }
    const bool stops = block.info.find("stops") != std::string::npos;  // which is what it shows
    EXPECT_EQ(judged >= 1, !stops) << "the example expects nothing";
    EXPECT_EQ(judged, expected);
  }
}

TEST_F(Semantics, ExamplesAreInTheFormattersForm) {
  for (const Block& block : blocks_) {
    SCOPED_TRACE(block.heading);
    Sources sources;
    Diagnostics diagnostics;
    const syntax::Tree tree = syntax::parse(sources.add("example.casus", block.text), sources, diagnostics);
    EXPECT_EQ(syntax::format(tree, sources), block.text);
  }
}

}  // namespace
}  // namespace casus::test
