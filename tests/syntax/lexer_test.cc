// SPDX-License-Identifier: Apache-2.0
#include "syntax/lexer.h"

#include <gtest/gtest.h>

namespace casus::syntax {
namespace {

// The tokens, each with a letter for its kind: n name, # number, @ instant, " string, ' punctuation,
// ? error.
std::string lexed(std::string text) {
  Sources sources;
  Diagnostics diagnostics;
  const SourceId id = sources.add("test.casus", std::move(text));
  std::string out;
  for (const Token& token : lex(id, sources, {}, diagnostics)) {
    if (token.kind == TokenKind::end) continue;
    if (!out.empty()) out += ' ';
    out += std::string_view("n#@\"'?")[static_cast<size_t>(token.kind)];
    out += sources.slice({id, token.begin, token.end});
  }
  return out;
}

TEST(Lexer, Names) {
  EXPECT_EQ(lexed("a A1 _b each"), "na nA1 n_b neach");
  EXPECT_EQ(lexed(""), "");
  EXPECT_EQ(lexed("// only a comment"), "");
}

TEST(Lexer, NumbersAndPoints) {
  EXPECT_EQ(lexed("123 1_000_000 2.5"), "#123 #1_000_000 #2.5");
  EXPECT_EQ(lexed("10..25"), "#10 '.. #25");
  EXPECT_EQ(lexed("2(4)"), "#2 '( #4 ')");
  EXPECT_EQ(lexed("NATO.5"), "nNATO '. #5");
  EXPECT_EQ(lexed("NATO.5.2"), "nNATO '. #5.2");
  EXPECT_EQ(lexed("5.x"), "#5 '. nx");
  EXPECT_EQ(lexed("2.5.3"), "#2.5 '. #3");
  EXPECT_EQ(lexed("5."), "#5 '.");
  EXPECT_EQ(lexed("1...2"), "#1 '.. '. #2");
}

TEST(Lexer, InstantsComeBeforeNumbers) {
  EXPECT_EQ(lexed("2022-02-24"), "@2022-02-24");
  EXPECT_EQ(lexed("2022-02-24T06:00Z"), "@2022-02-24T06:00Z");
  EXPECT_EQ(lexed("2022-02-24T06:00:30.250Z"), "@2022-02-24T06:00:30.250Z");
  EXPECT_EQ(lexed("2022-02-24T06:00+02:00"), "@2022-02-24T06:00+02:00");
  EXPECT_EQ(lexed("2022-02-24T06:00-05:00: x"), "@2022-02-24T06:00-05:00 ': nx");
  EXPECT_EQ(lexed("2022-02-24: x"), "@2022-02-24 ': nx");
  EXPECT_EQ(lexed("2022-02-24;"), "@2022-02-24 ';");
  EXPECT_EQ(lexed("2022 - 02 - 24"), "#2022 '- #02 '- #24");
  EXPECT_EQ(lexed("20222-02-24"), "#20222 '- #02 '- #24");
  EXPECT_EQ(lexed("2022-024-1"), "#2022 '- #024 '- #1");
}

TEST(Lexer, ABadInstantIsOneToken) {
  EXPECT_EQ(lexed("2022-02-30 x"), "@2022-02-30 nx");
  EXPECT_EQ(lexed("2022-2-3"), "@2022-2-3");
  EXPECT_EQ(lexed("2022-02-24T06:00 x"), "@2022-02-24T06:00 nx");
  EXPECT_EQ(lexed("2022-02-24abc"), "@2022-02-24abc");
}

TEST(Lexer, Strings) {
  EXPECT_EQ(lexed(R"("a" "" "b \"c\" \\")"), R"(""a" """ ""b \"c\" \\")");
  EXPECT_EQ(lexed("\"open\nnext"), "\"\"open nnext");
  EXPECT_EQ(lexed("\"open;\nnext"), "\"\"open '; nnext");
  EXPECT_EQ(lexed("\"open {  \nnext"), "\"\"open '{ nnext");
  EXPECT_EQ(lexed("\"ends in a backslash\\"), "\"\"ends in a backslash\\");
  EXPECT_EQ(lexed("\"// no comment\" x"), "\"\"// no comment\" nx");
  EXPECT_EQ(lexed("“curly” x"), "\"“curly” nx");
}

TEST(Lexer, Punctuation) {
  EXPECT_EQ(lexed("{}(),;:"), "'{ '} '( ') ', '; ':");
  EXPECT_EQ(lexed("= != < <= > >= + - * / %"), "'= '!= '< '<= '> '>= '+ '- '* '/ '%");
  EXPECT_EQ(lexed("a<=b"), "na '<= nb");
  EXPECT_EQ(lexed("a/b//c"), "na '/ nb");
}

TEST(Lexer, ErrorsAreRuns) {
  EXPECT_EQ(lexed("a ##$ b"), "na ?##$ nb");
  EXPECT_EQ(lexed("a#b"), "na ?# nb");
  EXPECT_EQ(lexed("€"), "?€");
  EXPECT_EQ(lexed("Österreich"), "nÖsterreich");
  EXPECT_EQ(lexed("! ="), "?! '=");
}

TEST(Lexer, ByteOrderMarkIsNoToken) {
  EXPECT_EQ(lexed("\xEF\xBB\xBF"
                  "kind"),
            "nkind");
}

TEST(Lexer, OnlyFencesOfLiterateFilesAreRead) {
  Sources sources;
  Diagnostics diagnostics;
  const SourceId id = sources.add("test.casus.md", "kind x;\n```casus\nkind y;\n```\nkind z;\n");
  const std::vector<Token> tokens = lex(id, sources, {}, diagnostics);
  ASSERT_EQ(tokens.size(), 4u);
  EXPECT_EQ(sources.slice({id, tokens[1].begin, tokens[1].end}), "y");
}

}  // namespace
}  // namespace casus::syntax
