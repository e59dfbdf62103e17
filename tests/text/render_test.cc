// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "base/rng.h"
#include "base/unicode.h"
#include "text/diagnostic.h"

namespace casus {
namespace {

struct Story {
  Sources sources;
  SourceId file;
  Diagnostic d{.kind = Diag::expected_item, .message = "wrong"};

  Story(std::string path, std::string text) : file(sources.add(std::move(path), std::move(text))) {}
  void mark(std::string_view word) {
    const size_t at = sources[file].text.find(word);
    d.span = {file, static_cast<uint32_t>(at), static_cast<uint32_t>(at + word.size())};
  }
  std::string show(int width = 80, bool colour = false) const { return render(d, sources, {colour, width}); }
};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

TEST(Render, HasTheFormOfTheManual) {
  Story s("treaties/compact.casus", std::string(30, '\n') + "    when armed_atack(on: beneficiary)\n");
  s.mark("armed_atack");
  s.d.message = "no event 'armed_atack' in this vocabulary";
  s.d.where = "Kyiv Security Compact, article Consultation";
  s.d.label = "did you mean `armed_attack`?";
  s.d.notes = {"declared in library/prelude.casus:12"};
  EXPECT_EQ(s.show(), R"(error[CAS0105]: no event 'armed_atack' in this vocabulary
  ┌─ treaties/compact.casus:31:10   Kyiv Security Compact, article Consultation
31│     when armed_atack(on: beneficiary)
  │          ^^^^^^^^^^^ did you mean `armed_attack`?
  = declared in library/prelude.casus:12
)");
}

TEST(Render, TheGutterFitsTheLongestLineNumber) {
  Story s("a.casus", "kind a;\n" + std::string(998, '\n') + "kind a;");
  s.mark("a");
  s.d.related = {{{s.file, 1011, 1012}, "declared here first"}};
  EXPECT_EQ(s.show(), R"(error[CAS0105]: wrong
    ┌─ a.casus:1:6
   1│ kind a;
    │      ^
    ┌─ a.casus:1000:6
1000│ kind a;
    │      ^ declared here first
)");
}

TEST(Render, AMatterWithoutAPlaceHasNoExcerpt) {
  Story s("a.casus", "");
  s.d.label = "why";
  s.d.where = "the whole run";
  s.d.notes = {"more"};
  EXPECT_EQ(s.show(), "error[CAS0105]: wrong\n  ┌─ the whole run\n  = why\n  = more\n");
}

TEST(Render, AnEmptySpanHasOneCaret) {
  Story s("a.casus", "kind a\n\n");
  s.d.span = {s.file, 6, 6};
  s.d.label = "`;` is missing here";
  EXPECT_EQ(s.show(),
            "error[CAS0105]: wrong\n  ┌─ a.casus:1:7\n 1│ kind a\n  │       ^ `;` is missing here\n");
  s.d.span = {s.file, 7, 7};
  EXPECT_EQ(s.show(), "error[CAS0105]: wrong\n  ┌─ a.casus:2:1\n 2│\n  │ ^ `;` is missing here\n");
  s.d.span = {s.file, 8, 8};
  EXPECT_EQ(lines_of(s.show())[1], "  ┌─ a.casus:3:1");
}

TEST(Render, AMultiLineSpanIsMarkedToTheFirstLinesEnd) {
  Story s("a.casus", "article 5 {\r\n  shall\r\n}\r\n");
  s.mark("5 {\r\n  shall\r\n}");
  EXPECT_EQ(s.show(), "error[CAS0105]: wrong\n  ┌─ a.casus:1:9\n 1│ article 5 {\n  │         ^^^\n");
}

TEST(Render, CaretsStandUnderWideAndCombiningCharacters) {
  Story s("a.casus", "\"北京\" Київ e\u0301x \"市\";");
  s.mark("e\u0301x");
  EXPECT_EQ(lines_of(s.show())[3], "  │             ^^");
  s.mark("\"市\"");
  EXPECT_EQ(lines_of(s.show())[1], "  ┌─ a.casus:1:15");
  EXPECT_EQ(lines_of(s.show())[3], "  │                ^^^^");
}

TEST(Render, ShowsNoControlCharacter) {
  Story s("a\x1b[2J.casus", "\tkind\x07 \x1b[31mstate\x9b;");
  s.mark("state");
  s.d.message = "no \x1b[31m 'state'\n";
  s.d.label = "la\rbel";
  s.d.where = "art\x08icle";
  s.d.notes = {"a\u202Eb"};
  EXPECT_EQ(s.show(), R"(error[CAS0105]: no ·[31m 'state' 
  ┌─ a·[2J.casus:1:13   art·icle
 1│  kind· ·[31mstate·;
  │             ^^^^^ la·bel
  = a·b
)");
}

TEST(Render, ALongLineIsCutAroundTheSpan) {
  Story s("a.casus", std::string(200, 'a') + " here " + std::string(200, 'b'));
  s.mark("here");
  EXPECT_EQ(s.show(44),
            "error[CAS0105]: wrong\n  ┌─ a.casus:1:202\n"
            " 1│ …aaaaaaaaaaaaaaaa here bbbbbbbbbbbbbbbb…\n"
            "  │                   ^^^^\n");
}

TEST(Render, ALongLineIsCutOnlyWhereItMust) {
  Story s("a.casus", "here " + std::string(200, 'b') + " there");
  s.mark("here");
  EXPECT_EQ(lines_of(s.show(34))[2], " 1│ here bbbbbbbbbbbbbbbbbbbbbbb…");
  EXPECT_EQ(lines_of(s.show(34))[3], "  │ ^^^^");
  s.mark("there");
  EXPECT_EQ(lines_of(s.show(34))[2], " 1│ …bbbbbbbbbbbbbbbbbbbbbb there");
  EXPECT_EQ(lines_of(s.show(34))[3], "  │                         ^^^^^");
}

TEST(Render, ASpanWiderThanTheWindowIsMarkedToTheCut) {
  Story s("a.casus", "x " + std::string(100, 'b') + " y");
  s.mark(std::string(100, 'b'));
  EXPECT_EQ(lines_of(s.show(34))[2], " 1│ …bbbbbbbbbbbbbbbbbbbbbbbbbbbb…");
  EXPECT_EQ(lines_of(s.show(34))[3], "  │  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^");
}

TEST(Render, ALabelWrapsUnderItself) {
  Story s("a.casus", "kind state;");
  s.mark("state");
  s.d.label = "a kind with this name is declared in the prelude already";
  EXPECT_EQ(s.show(48), R"(error[CAS0105]: wrong
  ┌─ a.casus:1:6
 1│ kind state;
  │      ^^^^^ a kind with this name is declared
  │            in the prelude already
)");
}

TEST(Render, ALabelWithoutRoomBesideTheCaretsStandsBelowThem) {
  Story s("a.casus", std::string(30, ' ') + "state;");
  s.mark("state");
  s.d.label = "a kind with this name is declared already";
  EXPECT_EQ(s.show(44), R"(error[CAS0105]: wrong
  ┌─ a.casus:1:31
 1│                               state;
  │                               ^^^^^
  │                 a kind with this name is
  │                 declared already
)");
}

TEST(Render, ANoteWrapsUnderItself) {
  Story s("a.casus", "");
  s.d.notes = {"declared in library/prelude.casus:12 and again in states.casus:4", "short"};
  EXPECT_EQ(s.show(40), R"(error[CAS0105]: wrong
  = declared in library/prelude.casus:12
    and again in states.casus:4
  = short
)");
}

TEST(Render, ColourChangesNothingButTheColour) {
  Story s("a.casus", "kind state;");
  s.mark("state");
  s.d.label = "a label";
  s.d.notes = {"a note"};
  s.d.related = {{s.d.span, "there"}};
  std::string coloured = s.show(80, true);
  EXPECT_NE(coloured.find("\x1b[1;31merror[CAS0105]\x1b[0m"), std::string::npos);
  for (size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b')) {
    coloured.erase(at, coloured.find('m', at) - at + 1);
  }
  EXPECT_EQ(coloured, s.show());
}

TEST(Render, SortsByPlaceAndKeepsTiesInOrder) {
  Sources sources;
  const SourceId a = sources.add("a", "xyz");
  const SourceId b = sources.add("b", "xyz");
  Diagnostics list;
  list.add({.kind = Diag::bad_number, .message = "six"});
  list.add({.kind = Diag::bad_number, .span = {b, 0, 1}, .message = "five"});
  list.add({.kind = Diag::bad_number, .span = {a, 2, 3}, .message = "three"});
  list.add({.kind = Diag::bad_number, .span = {a, 2, 2}, .message = "four"});
  list.add({.kind = Diag::bad_number, .span = {a, 0, 3}, .message = "one"});
  list.add({.kind = Diag::bad_number, .span = {a, 1, 2}, .message = "two"});
  std::string order;
  for (const std::string& line : lines_of(render(list, sources, {}))) {
    if (line.starts_with("error[CAS0104]: ")) order += line.substr(16) + " ";
  }
  EXPECT_EQ(order, "one two three four five six ");
}

TEST(Render, ABlankLineSeparatesAndTheRestIsCounted) {
  const Sources sources;
  Diagnostics list;
  EXPECT_EQ(render(list, sources, {}), "");
  list.add({.kind = Diag::bad_number, .message = "x"});
  list.add({.kind = Diag::bad_number, .message = "y"});
  EXPECT_EQ(render(list, sources, {}), "error[CAS0104]: x\n\nerror[CAS0104]: y\n");
  while (!list.full()) list.add({.kind = Diag::bad_number, .message = "z"});
  list.add({.kind = Diag::bad_number, .message = "z"});
  EXPECT_TRUE(render(list, sources, {}).ends_with("z\n\n1 more is not shown: the list ends after 500\n"));
  list.add({.kind = Diag::bad_number, .message = "z"});
  EXPECT_TRUE(render(list, sources, {}).ends_with("z\n\n2 more are not shown: the list ends after 500\n"));
}

TEST(Render, AHundredKilobytesOnOneLineStayOneWindow) {
  for (const std::string_view filler : {"a", "北", "\u0301", "\xFF", "\x80"}) {
    std::string text;
    while (text.size() < 100'000) text += filler;
    text += "here" + text;
    Story s("a.casus", text);
    s.mark("here");
    const std::string shown = s.show(60);
    EXPECT_LT(shown.size(), 3'000u) << filler;
    const std::vector<std::string> lines = lines_of(shown);
    const size_t at = lines[2].find("here");
    ASSERT_NE(at, std::string::npos) << filler;
    EXPECT_LE(display_width(lines[2]), 60u);
    // "  │" and " 1│" are equally wide, so that the carets begin where the word begins.
    EXPECT_EQ(lines[3].find('^') - std::string("│").size() + 1, display_width(lines[2].substr(0, at)))
        << filler;
  }
}

TEST(Render, KeepsTheWidthAndMarksTheSpanWhateverTheBytes) {
  constexpr std::string_view pieces[] = {"a",    " ",    "word", "北", "\u0301", "\t",
                                         "\xFF", "\xE5", "\n",   "Ї",  "\x1b"};
  Rng rng(23);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (uint64_t n = rng.below(80); n > 0; --n) text += pieces[rng.below(std::size(pieces))];
    Story s("a", text);
    const auto begin = static_cast<uint32_t>(rng.below(text.size() + 3));
    s.d.span = {s.file, begin, static_cast<uint32_t>(rng.below(text.size() + 3))};
    for (uint64_t n = rng.below(20); n > 0; --n) s.d.label += pieces[rng.below(std::size(pieces))];
    const int width = static_cast<int>(rng.below(60));
    const std::vector<std::string> lines = lines_of(s.show(width));
    ASSERT_GE(lines.size(), 4u);
    for (const std::string& line : lines)
      ASSERT_LE(display_width(line), static_cast<size_t>(std::max(width, 24))) << line;
    ASSERT_NE(lines[3].find('^'), std::string::npos);
  }
}

TEST(Render, AbsurdWidthsAreBroughtIntoRange) {
  Story s("a.casus", "kind state;");
  s.mark("state");
  EXPECT_EQ(s.show(-5), s.show(24));
  EXPECT_EQ(s.show(0), s.show(24));
  EXPECT_EQ(s.show(2'000'000'000), s.show(1000));
}

}  // namespace
}  // namespace casus
