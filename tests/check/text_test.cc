// SPDX-License-Identifier: Apache-2.0
// Gaps, dead text, open terms, wording, prose, dates.
#include "check/lint.h"

namespace casus::check::test {
namespace {

using ::testing::HasSubstr;

TEST(EmptyRole, NobodyIsEverInIt) {
  const std::string clause = " article 1 { each guarantor shall not attack; } }";
  EXPECT_EQ(lint_only("CAS0907", "instrument One { party ALFA; role guarantor;" + clause),
            "1: nobody is ever in the role `guarantor`\n");
  EXPECT_EQ(lint_only("CAS0907", "instrument One { party ALFA; role guarantor: BRAVO;" + clause), "");
  EXPECT_EQ(lint_only("CAS0907",
                      "instrument One { party ALFA; role guarantor; article 2 { when pay(by: state s) s "
                      "becomes guarantor; }" +
                          clause),
            "");
}

TEST(NoParty, ItBindsNobody) {
  const std::string clause = " article 1 { each party shall not attack; } }";
  EXPECT_EQ(lint_only("CAS0909", "instrument One {" + clause),
            "1: nobody is ever party to `One`, or in a role of it\n");
  EXPECT_EQ(lint_only("CAS0909", "instrument One { party ALFA;" + clause), "");
  EXPECT_EQ(lint_only("CAS0909", "instrument One { role guarantor: ALFA;" + clause), "");
}

// The shapes of a coding scheme bind nobody, wait for decisions of bodies that others have, and quote nothing.
TEST(NoParty, ShapesAreMeantToBindNobody) {
  const auto shapes = [](const std::string& head) {
    return "institutional event admit_all(by: actor); instrument One { " + head +
           " article 1 { when decided admit_all() each party shall attack; } }";
  };
  for (const char* code : {"CAS0908", "CAS0909", "CAS0916"}) {
    EXPECT_NE(lint_only(code, shapes("")), "") << code;
    EXPECT_EQ(lint_only(code, shapes("binding none;")), "") << code;
  }
  EXPECT_NE(lint_only("CAS0916", shapes("binding none; party ALFA;")), "");
}

TEST(EmptyArticle, ChangesNothing) {
  EXPECT_EQ(lint_only("CAS0910", "instrument One { party ALFA; article 3 \"Review\" { wording V; } }"),
            "1: article 3 has no clause, so it changes nothing\n");
  EXPECT_EQ(lint_only("CAS0910",
                      "instrument One { party ALFA; body B { members party; } article 3 { B may admit(state "
                      "s) by consensus; } }"),
            "");
}

TEST(UnheldReading, TheClauseNeverExists) {
  const auto text = [](const std::string& held) {
    return "reading r { wide; strict; }\n" + held +
           "\ninstrument One { party ALFA; article 1 { under reading r = strict each party shall not attack; "
           "} }";
  };
  EXPECT_EQ(lint_only("CAS0911", text("viewpoint V { reading r = wide; }")),
            "3: no viewpoint holds the reading `r = strict`, so this clause never exists\n");
  EXPECT_EQ(lint_only("CAS0911", text("viewpoint V { reading r = strict; }")), "");
  EXPECT_EQ(lint_only("CAS0911", text("")), "");  // viewpoints are elsewhere
}

TEST(Unused, EventsFactsAndRoles) {
  const std::string instrument =
      "instrument One { party ALFA; role guarantor: BRAVO; article 1 { each party shall not attack%; } }\n";
  const std::string unused = "event visit(by: actor);\nderived far(s: state) when not disarmed(s);\n";
  const auto text = [&](const std::string& with) {
    return unused + std::string(instrument).replace(instrument.find('%'), 1, with);
  };
  const Found f = lint(text(""));
  EXPECT_EQ(f.only("CAS0912"), "1: nothing is triggered by `visit`, asks for it or tells of it\n");
  EXPECT_EQ(f.only("CAS0913"), "2: nothing asks whether `far` holds\n");
  EXPECT_EQ(f.only("CAS0914"), "3: no clause and no body refers to the role `guarantor`\n");
  const Found g = lint(text("(on: guarantor g) where far(g) and happened visit"));
  EXPECT_EQ(g.only("CAS0912") + g.only("CAS0913") + g.only("CAS0914"), "");
  EXPECT_EQ(lint(unused).only("CAS0912"), "");  // a vocabulary, used elsewhere
}

TEST(OpenTerms, PromptlyAndSelfJudging) {
  const Found f = lint(R"(instrument One { party ALFA;
  article 1 { // promptly is the treaty's word
    each party shall pay(to: ECHO)
      promptly; }
  article 2 { each party shall help(to: ECHO) as it deems necessary; }
  article 3 { each party shall help(to: BRAVO) within 1 day; } })");
  EXPECT_EQ(f.only("CAS0915"),
            "4: `promptly` is open-textured: no date makes the bearer late\n"
            "5: this is self-judging: the bearer alone says what it owes\n");
}

TEST(Wording, ListsWhatIsUnverified) {
  const auto text = [](const std::string& mark) {
    return "instrument One { party ALFA; " + mark +
           " article 1 { wording U; each party shall not attack; }\narticle 2 { each party shall not help; } "
           "article 3 { wording V \"read\"; each party shall not pay; } }";
  };
  EXPECT_EQ(lint_only("CAS0916", text("")), "1: the wording is not verified of article 1, 2\n");
  EXPECT_EQ(lint_only("CAS0916", text("wording S;")), "1: the wording is not verified of article 1\n");
}

constexpr std::string_view sections =
    "# What this model covers\n## Sources\n### modelling choices\n# Limits\n";
std::string literate(std::string_view prose, std::string_view code) {
  return std::string(prose) + "```casus\n" + std::string(code) + "\n```\n";
}
std::string lint_literate(std::string_view code, std::string_view text) {
  return lint(text, "test.casus.md").only(code);
}

TEST(Prose, SectionsThatReadersNeed) {
  const std::string_view code = "instrument One { party ALFA; article 1 { each party shall not attack; } }";
  EXPECT_EQ(lint_literate("CAS0917", literate("# Sources\nText.\n", code)),
            "4: the prose about `One` has no section \"What this model covers\", \"Modelling choices\", "
            "\"Limits\"\n");
  EXPECT_EQ(lint_literate("CAS0917", literate(sections, code)), "");
  EXPECT_NE(lint_literate("CAS0917", literate("```text\n" + std::string(sections) + "```\n", code)),
            "");  // an example is no heading
  EXPECT_EQ(lint_only("CAS0918", code), "1: `One` stands in a file without prose\n");
  EXPECT_EQ(lint_literate("CAS0918", literate(sections, code)), "");
}

TEST(ImpossibleDate, BeforeEntryIntoForce) {
  const auto text = [](const std::string& clause) {
    return "instrument One { in force from 2000-01-01 until 2010-01-01; party ALFA; article 1 { " + clause +
           " } }";
  };
  EXPECT_EQ(lint_only("CAS0923", text("each party shall help(to: ECHO) by 1999-06-01;")),
            "1: this is due by 1999-06-01, and the instrument is in force from 2000-01-01\n");
  EXPECT_EQ(lint_only("CAS0923", text("each party shall not attack until 1999-06-01;")),
            "1: this ends on 1999-06-01, and the instrument is in force from 2000-01-01\n");
  EXPECT_EQ(lint_only("CAS0923", text("each party shall not attack from 2010-01-01;")),
            "1: this begins on 2010-01-01, and the instrument is in force until 2010-01-01 only\n");
  EXPECT_EQ(lint_only("CAS0923", text("each party shall help(to: ECHO) by 2000-06-01; each party shall not "
                                      "attack from 2001-01-01 until 2011-01-01;")),
            "");
}

TEST(ImpossibleDate, ReparationDueBeforeTheBreach) {
  const auto text = [](const std::string& date) {
    return "instrument One { party ALFA; article 1 { each party shall help(to: ECHO) by 2001-01-01 otherwise "
           "ALFA shall pay(to: ECHO) by " +
           date + "; } }";
  };
  EXPECT_EQ(lint_only("CAS0923", text("2000-12-01")),
            "1: this follows a breach on 2001-01-01, and is due by 2000-12-01\n");
  EXPECT_EQ(lint_only("CAS0923", text("2001-02-01")), "");
}

TEST(Check, OnlyTheFilesAskedFor) {
  Sources sources;
  Diagnostics diagnostics;
  const model::ReadModule none =
      [](const std::string&, const std::string&) -> std::optional<model::ModuleText> { return std::nullopt; };
  const auto loaded = model::load("a.casus", "instrument One { }", none, sources, diagnostics);
  const std::string other = "b.casus";
  check(loaded.model, sources, std::span(&other, 1), diagnostics, diagnostics);
  EXPECT_TRUE(diagnostics.all().empty());
}

TEST(Check, ManyNormsStopAtTheBudget) {
  std::string text = "instrument One { party ALFA; article 1 {\n";
  for (int i = 0; i < 3000; ++i)
    text += "when attack(on: ECHO) each party shall help(to: BRAVO) within 1 day prevails over Two;\n";
  text += "} }\ninstrument Two { party ALFA; article 1 {\n";
  for (int i = 0; i < 3000; ++i) text += "each party shall not help;\n";
  const Found f = lint(text + "} }\n");
  EXPECT_THAT(f.only("CAS0999"), HasSubstr("too large to compare"));
}

}  // namespace
}  // namespace casus::check::test
