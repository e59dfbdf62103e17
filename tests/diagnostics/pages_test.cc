// SPDX-License-Identifier: Apache-2.0
// The pages of docs/diagnostics are true: every code has one, its example brings about that message and no
// other error, and its mended example does not.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "diagnostics/loaded.h"
#include "evidence/events.h"
#include "evidence/merge.h"
#include "evidence/text_input.h"

namespace casus::test {
namespace {

namespace fs = std::filesystem;

struct Page {
  std::string code;
  std::string document;
  std::vector<Block> blocks;
};

std::string document_of(const std::string& name) {
  auto text = file_text(source_path("docs/diagnostics/" + name));
  EXPECT_TRUE(text.has_value()) << name;
  return text.value_or("");
}

const std::vector<Page>& pages() {
  static const std::vector<Page> all = [] {
    std::vector<Page> out;
    for (const auto& file : fs::directory_iterator(source_path("docs/diagnostics"))) {
      const std::string name = file.path().filename().string();
      if (!name.starts_with("CAS")) continue;
      const std::string document = document_of(name);
      out.push_back({file.path().stem().string(), document, blocks_of(document)});
    }
    std::sort(out.begin(), out.end(), [](const Page& a, const Page& b) { return a.code < b.code; });
    return out;
  }();
  return all;
}

const Block* mended(const Page& page) {
  for (const Block& b : page.blocks) {
    if (b.heading == "Mended") return &b;
  }
  return nullptr;
}

std::map<std::string, DiagInfo> kinds() {
  std::map<std::string, DiagInfo> out;
  for (size_t i = 0; i < diag_kind_count(); ++i) {
    const DiagInfo& kind = info(static_cast<Diag>(i));
    out.emplace(kind.code, kind);
  }
  return out;
}

Loaded checked_block(const Block& block) {
  Loaded out = checked(block.info == "casus literate" ? "example.casus.md" : "example.casus", block.text);
  add_stops(out);
  return out;
}

// What is said about a block of events, read with the model of the pages about event files.
class EventBlocks : public evidence::RejectSink {
 public:
  explicit EventBlocks(const model::Model& model) : model_(model) {}

  std::vector<Diagnostic> rejected(const Block& block) {
    said_.clear();
    evidence::Labels labels;
    const auto open = block.info == "csv" ? &evidence::read_csv : &evidence::read_ndjson;
    std::vector<std::unique_ptr<evidence::EventReader>> readers;
    readers.push_back(
        open("events", std::make_unique<evidence::TextInput>(block.text), model_, labels, *this, {}));
    const auto events = evidence::merge(std::move(readers), model_, labels, *this);
    evidence::TimedEvent event;
    while (events->next(event) == evidence::ReadStatus::event) {
    }
    return said_;
  }
  bool reject(std::string_view, uint64_t, const Diagnostic& why) override {
    said_.push_back(why);
    return true;
  }

 private:
  const model::Model& model_;
  std::vector<Diagnostic> said_;
};

TEST(DiagnosticPages, EveryCodeHasAPageAndEveryPageACode) {
  std::set<std::string> with_page;
  for (const Page& p : pages()) with_page.insert(p.code);
  const std::string index = document_of("README.md");
  const auto known = kinds();
  for (const auto& [code, kind] : known) {
    EXPECT_TRUE(with_page.contains(code)) << code << " has no page";
    EXPECT_NE(index.find("| [" + code + "](" + code + ".md) |"), std::string::npos)
        << code << " is not in the index";
  }
  for (const Page& p : pages()) {
    const auto kind = known.find(p.code);
    ASSERT_NE(kind, known.end()) << p.code << " has a page, and is no code";
    EXPECT_NE(p.document.find("# " + p.code + ": " + std::string(kind->second.title) + '\n'),
              std::string::npos)
        << p.code << " has another title";
  }
}

TEST(DiagnosticPages, ExamplesOfModelsFireTheirCode) {
  size_t examples = 0;
  const auto known = kinds();
  for (const Page& p : pages()) {
    SCOPED_TRACE(p.code);
    ASSERT_FALSE(p.blocks.empty());
    const Block& example = p.blocks.front();
    if (!example.info.starts_with("casus")) continue;  // `text`: it takes more than a small file
    ++examples;
    const Loaded wrong = checked_block(example);
    const auto found = wrong.with(p.code);
    ASSERT_EQ(found.size(), 1u) << wrong.messages();
    const bool error = known.at(p.code).severity == Severity::error;
    EXPECT_EQ(wrong.diagnostics.errors(), error ? 1u : 0u) << wrong.messages();
    EXPECT_NE(p.document.find("[" + p.code + "]: " + found[0]->message + '\n'), std::string::npos)
        << "the page shows another message than\n"
        << wrong.messages();
    const Block* right = mended(p);
    if (known.at(p.code).severity == Severity::note && right == nullptr) continue;  // nothing is wrong
    ASSERT_NE(right, nullptr) << "no mended example";
    const Loaded good = checked_block(*right);
    EXPECT_FALSE(good.diagnostics.has_errors()) << good.messages();
    EXPECT_TRUE(good.with(p.code).empty()) << good.messages();
  }
  EXPECT_GE(examples, 100u);
}

TEST(DiagnosticPages, ExamplesOfEventFilesFireTheirCode) {
  const std::vector<Block> index = blocks_of(document_of("README.md"));
  ASSERT_EQ(index.size(), 1u);
  const Loaded base = checked_block(index[0]);
  ASSERT_FALSE(base.diagnostics.has_errors()) << base.messages();
  EventBlocks events(base.loaded.model);
  size_t examples = 0;
  for (const Page& p : pages()) {
    SCOPED_TRACE(p.code);
    const Block& example = p.blocks.front();
    if (example.info != "ndjson" && example.info != "csv") continue;
    ++examples;
    const auto said = events.rejected(example);
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(info(said[0].kind).code, p.code);
    EXPECT_NE(p.document.find("[" + p.code + "]: " + said[0].message + '\n'), std::string::npos)
        << said[0].message;
    const Block* right = mended(p);
    ASSERT_NE(right, nullptr) << "no mended example";
    EXPECT_TRUE(events.rejected(*right).empty());
  }
  EXPECT_GE(examples, 15u);
}

}  // namespace
}  // namespace casus::test
