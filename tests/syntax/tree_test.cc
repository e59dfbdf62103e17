// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "parsed.h"

namespace casus::syntax {
namespace {

TEST(Tree, StringValueResolvesEscapes) {
  EXPECT_EQ(string_value(R"("plain")"), "plain");
  EXPECT_EQ(string_value(R"("")"), "");
  EXPECT_EQ(string_value(R"("a \"b\" \\ c\nd\te")"), "a \"b\" \\ c\nd\te");
  EXPECT_EQ(string_value("\"open"), "open");
  EXPECT_EQ(string_value("\"ends in a backslash\\"), "ends in a backslash\\");
}

TEST(Tree, ChildrenByKind) {
  const Parsed p("instrument I \"T\" { party A; signed 1949-04-04; party B, C; }");
  const NodeId instrument = p.tree.child(p.tree.root, NodeKind::Instrument);
  ASSERT_TRUE(instrument.valid());
  EXPECT_EQ(p.tree.text(p.tree.child(instrument, NodeKind::Title), p.sources), "\"T\"");
  EXPECT_FALSE(p.tree.child(instrument, NodeKind::Article).valid());
  const std::vector<NodeId> parties = p.tree.all(instrument, NodeKind::Parties);
  ASSERT_EQ(parties.size(), 2u);
  EXPECT_EQ(p.tree.text(parties[1], p.sources), "party B, C;");
  EXPECT_EQ(p.tree.span(parties[0]).begin, 19u);
  EXPECT_EQ(p.tree.span(parties[0]).end, 27u);
}

TEST(Tree, ANodeOfNothingHasAnEmptySpan) {
  const Parsed p("derived d() when ;");
  for (size_t i = 0; i < p.tree.nodes.size(); ++i) {
    const Span span = p.tree.span(NodeId(i));
    EXPECT_LE(span.begin, span.end);
  }
}

TEST(Tree, DumpShowsLeavesWithTheirText) {
  const Parsed p("instrument I { article 27 ( 3 ) { A shall  not go where a <= 1; } }");
  EXPECT_EQ(p.dumped(), R"(File
  Instrument
    Name I
    Article
      Label 27(3)
      Clause
        Norm
          BearerOne
            Name A
          ShallNot shall not
          Pattern
            Name go
          Where
            Compare <=
              NameRef
                Name a
              Number 1
)");
}

TEST(Tree, KindsHaveTheirNames) {
  EXPECT_EQ(name_of(NodeKind::File), "File");
  EXPECT_EQ(name_of(NodeKind::ExpArg), "ExpArg");
}

}  // namespace
}  // namespace casus::syntax
