// SPDX-License-Identifier: Apache-2.0
// Laws over every text of the corpus, over its pieces, and over random tokens.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/rng.h"
#include "parsed.h"

namespace casus::syntax {
namespace {

struct Text {
  std::string path;
  std::string bytes;
};

std::vector<Text> corpus() {
  std::vector<Text> texts;
  for (const auto& entry : std::filesystem::directory_iterator(CASUS_SOURCE_DIR "/tests/syntax/corpus")) {
    std::ostringstream bytes;
    bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    texts.push_back({entry.path().filename().string(), bytes.str()});
  }
  std::sort(texts.begin(), texts.end(), [](const Text& a, const Text& b) { return a.path < b.path; });
  return texts;
}

// Trivia and tokens in turn give the file; every token lies in the root; children lie in their parents, in
// order.
void expect_lossless(const Parsed& p, const std::string& bytes) {
  std::string rebuilt;
  uint32_t at = 0;
  for (const Token& token : p.tree.tokens) {
    ASSERT_GE(token.begin, at);
    rebuilt += bytes.substr(at, token.begin - at) + bytes.substr(token.begin, token.end - token.begin);
    at = token.end;
  }
  ASSERT_EQ(rebuilt, bytes);
  const Node& root = p.tree[p.tree.root];
  ASSERT_EQ(root.first_token, 0u);
  ASSERT_EQ(root.end_token + 1, p.tree.tokens.size());
  for (size_t i = 0; i < p.tree.nodes.size(); ++i) {
    const Node& node = p.tree.nodes[i];
    uint32_t next = node.first_token;
    for (const NodeId child : p.tree.children_of(NodeId(i))) {
      ASSERT_GE(p.tree[child].first_token, next);
      ASSERT_LE(p.tree[child].end_token, std::max(node.end_token, p.tree[child].first_token));
      next = p.tree[child].end_token;
    }
  }
}

void expect_format_laws(const Parsed& p, const std::string& path) {
  const std::string once = p.formatted();
  const Parsed again(once, path);
  ASSERT_EQ(again.shown(), "") << once;
  ASSERT_EQ(again.dumped(), p.dumped()) << once;
  ASSERT_EQ(again.formatted(), once);
}

// What lies between two tokens is white space and comments, and in literate files prose.
TEST(Laws, TriviaHoldNoCode) {
  for (const Text& text : corpus()) {
    const Parsed p(text.bytes, text.path);
    const std::string& code = p.sources[p.id].code;
    uint32_t at = code.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    for (const Token& token : p.tree.tokens) {
      std::istringstream lines(code.substr(at, token.begin - at));
      for (std::string line; std::getline(lines, line);) {
        const size_t first = line.find_first_not_of(" \t\r");
        EXPECT_TRUE(first == std::string::npos || line.compare(first, 2, "//") == 0)
            << text.path << ": " << line;
      }
      at = token.end;
    }
  }
}

TEST(Laws, CorpusParsesLosslessly) {
  for (const Text& text : corpus()) {
    SCOPED_TRACE(text.path);
    const Parsed p(text.bytes, text.path);
    EXPECT_EQ(p.shown(), "");
    expect_lossless(p, text.bytes);
  }
}

TEST(Laws, CorpusKeepsItsShapeWhenFormatted) {
  ASSERT_GE(corpus().size(), 15u);
  for (const Text& text : corpus()) {
    SCOPED_TRACE(text.path);
    expect_format_laws(Parsed(text.bytes, text.path), text.path);
  }
}

// Comments are neither lost nor changed nor moved to another place among the tokens.
TEST(Laws, FormattingKeepsComments) {
  const auto comments = [](const Parsed& p) {
    std::vector<std::string> found;
    const std::string& code = p.sources[p.id].code;
    uint32_t at = 0;
    for (const Token& token : p.tree.tokens) {
      std::istringstream lines(code.substr(at, token.begin - at));
      for (std::string line; std::getline(lines, line);) {
        const size_t first = line.find("//");
        if (first != std::string::npos)
          found.push_back(line.substr(first, line.find_last_not_of(" \r") + 1 - first));
      }
      at = token.end;
    }
    return found;
  };
  for (const Text& text : corpus()) {
    const Parsed p(text.bytes, text.path);
    EXPECT_EQ(comments(p), comments(Parsed(p.formatted(), text.path))) << text.path;
  }
}

TEST(Laws, CorpusCoversEveryKindOfNode) {
  std::set<NodeKind> seen;
  for (const Text& text : corpus()) {
    for (const Node& node : Parsed(text.bytes, text.path).tree.nodes) seen.insert(node.kind);
  }
  const NodeKind all[] = {
#define CASUS_NODE(name) NodeKind::name,
#include "syntax/node_kinds.def"
#undef CASUS_NODE
  };
  for (const NodeKind kind : all) {
    if (kind == NodeKind::Error) continue;
    EXPECT_TRUE(seen.contains(kind)) << name_of(kind);
  }
}

// A text that is cut off anywhere, or misses any one token, is still covered by its tree.
TEST(Laws, EveryPieceOfTheCorpusIsCovered) {
  for (const Text& text : corpus()) {
    SCOPED_TRACE(text.path);
    for (size_t cut = 0; cut < text.bytes.size(); cut += 7) {
      const std::string head = text.bytes.substr(0, cut);
      expect_lossless(Parsed(head, text.path), head);
    }
    const Parsed whole(text.bytes, text.path);
    for (const Token& token : whole.tree.tokens) {
      std::string without = text.bytes;
      without.erase(token.begin, token.end - token.begin);
      const Parsed p(without, text.path);
      expect_lossless(p, without);
      if (!p.diagnostics.has_errors()) expect_format_laws(p, text.path);
    }
  }
}

// Tokens of the corpus in any order, some of them broken.
class Soup {
 public:
  explicit Soup(uint64_t seed) : rng_(seed) {
    std::set<std::string> words = {"#",  "\"open", "1__0",         "2022-13-01", "…", "&&",
                                   "\n", "\n\n",   "// comment\n", "{",          "}", ";"};
    for (const Text& text : corpus()) {
      const Parsed p(text.bytes, text.path);
      for (const Token& token : p.tree.tokens)
        words.insert(std::string(p.sources.slice({p.id, token.begin, token.end})));
    }
    words_.assign(words.begin(), words.end());
  }

  std::string next() {
    std::string text;
    const uint64_t length = rng_.below(60);
    for (uint64_t i = 0; i < length; ++i) {
      text += words_[rng_.below(words_.size())];
      if (rng_.chance(3, 4)) text += rng_.chance(1, 8) ? '\n' : ' ';
    }
    return text;
  }

 private:
  Rng rng_;
  std::vector<std::string> words_;
};

TEST(Laws, RandomTokensAreCovered) {
  Soup soup(20220224);
  for (int run = 0; run < 20'000; ++run) {
    const std::string text = soup.next();
    SCOPED_TRACE(text);
    const Parsed p(text);
    ASSERT_NO_FATAL_FAILURE(expect_lossless(p, text));
    if (p.diagnostics.has_errors()) continue;
    ASSERT_NO_FATAL_FAILURE(expect_format_laws(p, "test.casus"));
  }
}

}  // namespace
}  // namespace casus::syntax
