// SPDX-License-Identifier: Apache-2.0
// Explorations that are put to both drafts: in whose words, what is missing, which answers change, and the story under both.
#include <gmock/gmock.h>

#include <deque>
#include <set>

#include "diff/drafts.h"
#include "diff/properties.h"

namespace casus::diff {
namespace {

using explore::Answer;
using test::pact;
using test::Two;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class NoFiles final : public replay::Files {
 public:
  Result<std::unique_ptr<evidence::Input>> open(const std::string&) override {
    return Failure{"no files here", ""};
  }
};

// Two drafts, asked by their own explorations and by texts in the words of the old one.
struct Session {
  Two two;
  std::deque<Put> puts;
  std::vector<Asked> asked;
  NoFiles files;
  std::vector<std::string> known;
  Asking how;

  Session(const std::string& a, const std::string& b) : two(a, b) {}
  Stand stand(const test::One& one) const {
    const model::ReadModule none = [](const std::string&, const std::string&) { return std::nullopt; };
    Draft draft = one.draft();
    draft.instrument = {};
    return {draft, &one.loaded, none, "draft"};
  }
  Put& ask(Asker asker) {
    const Stand before = stand(*two.before), after = stand(*two.after);
    puts.push_back(put(std::move(asker), before, after, two.difference));
    for (Asked& a : diff::ask(puts.back(), before, after, two.difference, how, known, files))
      asked.push_back(std::move(a));
    return puts.back();
  }
  Put& ask(const std::string& text) { return ask(questions_in("ask.casus", false, text)); }
  void ask_own() {
    ask(own_questions(stand(*two.after), true, "new"));
    ask(own_questions(stand(*two.before), false, "old"));
  }
  // "0: violated → holds"
  std::vector<std::string> changes(size_t question = 0) const {
    std::vector<std::string> out;
    for (const PropertyChange& c : asked.at(question).changes) {
      out.push_back(std::to_string(c.property) + ": " + std::string(answer_word(c.before)) + " → " +
                    std::string(answer_word(c.after)));
    }
    return out;
  }
};

std::string help(const std::string& number, const std::string& more) {
  return "  article " + number +
         " { when attack(by: actor a, on: party v) each party except v shall help(to: v) " + more + "; }\n";
}
const char* const quitting = "  article 1 { each party may quit; }\n";

std::string explore(const std::string& rest, const std::string& title = "What follows") {
  return "explore \"" + title +
         "\" { under Pact as if in force; from 2024-01-01; may happen attack(by: ALD, on: "
         "BRE); within 10 days, at most 1 event; " +
         rest + " }\n";
}

TEST(Questions, AnAnswerThatChangesHasAStoryUnderBoth) {
  Session s(pact(help("1", "within 1 day")), pact(help("1", "within 1 day as it deems necessary")));
  s.ask(explore("never breach(by: COR); possible duty(by: COR); never duty(by: BRE);"));
  EXPECT_EQ(s.asked.at(0).compared, 3u);
  ASSERT_THAT(s.changes(), ElementsAre("0: violated → holds"));
  const Shown& shown = s.asked[0].changes[0].shown.value();
  EXPECT_FALSE(shown.by_after);
  EXPECT_TRUE(shown.story->confirmed);
  ASSERT_EQ(shown.verdicts.size(), 1u);
  EXPECT_THAT(shown.verdicts[0].who, ElementsAre("ALD", "COR", "DEL"));
  EXPECT_THAT(shown.verdicts[0].before, HasSubstr("BREACH"));
  EXPECT_THAT(shown.verdicts[0].after, HasSubstr("unperformed"));
}

// The other way round the new draft tells it.
TEST(Questions, TheDraftThatHasTheStoryTellsIt) {
  Session s(pact(help("1", "within 1 day as it deems necessary")), pact(help("1", "within 1 day")));
  s.ask(explore("never breach(by: COR);"));
  ASSERT_THAT(s.changes(), ElementsAre("0: holds → violated"));
  EXPECT_TRUE(s.asked[0].changes[0].shown.value().by_after);
  EXPECT_THAT(s.asked[0].changes[0].shown.value().verdicts.at(0).after, HasSubstr("BREACH"));
}

// What the old draft calls article 1 is article 2 of the new one, and what it calls so now is something else.
TEST(Questions, ArticlesAreAskedAboutUnderTheirNewNumber) {
  Session s(pact(help("1", "within 1 day")), pact(quitting + help("2", "within 1 day")));
  s.ask(explore("never breach(by: COR, under: Pact.1);"));
  EXPECT_THAT(s.changes(), IsEmpty());
  EXPECT_EQ(s.asked.at(0).compared, 1u);
  const model::Exploration& there = s.puts[0].after->loaded.model[s.asked[0].question.after];
  EXPECT_EQ(there.properties.at(0).words, "never breach(by: COR, under: Pact.2)");
}

TEST(Questions, AnInstrumentUnderAnotherNameIsAskedAboutByThatName) {
  Session s(pact(help("1", "within 1 day")), pact(help("1", "within 9 days"), "Treaty"));
  s.ask(explore("never breach(by: COR, under: Pact.1); always party(COR, Pact) at the end;"));
  EXPECT_EQ(s.asked.at(0).compared, 2u);
  EXPECT_THAT(s.asked[0].question.missing_after, IsEmpty());
}

TEST(Questions, WhatIsMissingIsSaidAndTheOthersAreAsked) {
  Session s(pact(help("1", "within 1 day") + "  article 2 \"Leaving\" { each party may quit; }\n"),
            pact(help("1", "within 1 day")) + "event blockade(by: state);\n");
  s.ask(explore("never breach(by: COR, under: Pact.2);", "Gone") +
        explore("never happened blockade();", "New") + explore("never breach(by: COR);", "Both"));
  ASSERT_EQ(s.asked.size(), 3u);
  EXPECT_THAT(s.asked[0].question.missing_before, IsEmpty());
  EXPECT_THAT(s.asked[0].question.missing_after, ElementsAre("there is no article like article 2 of Pact"));
  EXPECT_THAT(s.asked[1].question.missing_before, ElementsAre(HasSubstr("`blockade`")));
  EXPECT_THAT(s.asked[1].question.missing_after, IsEmpty());
  EXPECT_EQ(s.asked[0].compared + s.asked[1].compared, 0u);
  EXPECT_EQ(s.asked[2].compared, 1u);
}

// A scenario that can not be told takes along what goes on from it, and nothing else.
TEST(Questions, AScenarioThatCanNotBeToldIsTheReason) {
  const std::string war =
      "scenario war \"A war\" { under Pact as if in force; from 2024-01-01; until 2024-02-01; "
      "2024-01-02 strike(by: ALD); expect breach(by: COR, under: Pact.7); }\n";
  Session s(pact(help("1", "within 1 day")) + "event strike(by: state);\n", pact(help("1", "within 1 day")));
  s.ask(war +
        "explore \"After the war\" { from scenario war at 2024-01-03; may happen quit(by: COR); within 1 "
        "day; never breach(by: COR); }\n" +
        explore("never breach(by: COR);"));
  ASSERT_EQ(s.asked.size(), 2u);
  EXPECT_THAT(s.asked[0].question.missing_after, ElementsAre(HasSubstr("`strike`")));
  EXPECT_EQ(s.asked[1].compared, 1u);
}

// Two copies of one draft ask the same; a question that one of them changed is asked as each has it.
TEST(Questions, WhatBothDraftsAskIsAskedOnce) {
  const std::string scenario =
      "scenario war \"A war\" { under Pact as if in force; from 2024-01-01; until "
      "2024-02-01; 2024-01-02 attack(by: ALD, on: BRE); }\n";
  const std::string after =
      "explore \"After the war\" { from scenario \"A war\" at 2024-01-02; may happen help(by: "
      "COR, to: BRE); within 3 days; never breach(by: COR, under: Pact.";
  Session s(
      pact(help("1", "within 1 day")) + scenario + after + "1); }\n" + explore("never breach(by: COR);"),
      pact(quitting + help("2", "within 9 days")) + scenario + after + "2); }\n" +
          explore("never breach(by: DEL);"));
  s.ask_own();
  ASSERT_EQ(s.asked.size(), 3u);
  EXPECT_THAT(s.changes(0), ElementsAre("0: violated → holds"));
  EXPECT_EQ(s.asked[1].exploration().properties[0].words, "never breach(by: DEL)");
  EXPECT_EQ(s.asked[2].exploration().properties[0].words, "never breach(by: COR)");
}

TEST(Questions, WhatIsWrongBesideThemIsNoMissingWord) {
  Session s(pact(help("1", "within 1 day")), pact(help("1", "within 1 day")));
  EXPECT_TRUE(s.ask("state ALD \"again\";\n" + explore("never breach(by: COR);")).wrong);
  EXPECT_FALSE(s.ask("state OUT \"Outland\";\n" + explore("never breach(by: COR);")).wrong);
}

TEST(Questions, WhatABudgetCutsShortIsNotKnown) {
  Session s(pact(help("1", "within 1 day")), pact(help("1", "within 1 day")));
  s.how.limits.states = 1;
  s.how.limits.engine = explore::Engine::general;
  s.ask(explore("never duty(by: BRE);"));
  ASSERT_THAT(s.changes(), ElementsAre("0: unknown → unknown"));
  EXPECT_FALSE(s.asked[0].changes[0].changed());
}

TEST(Questions, StandardPropertiesAreAskedOnDemand) {
  const std::string council =
      "  body Council { members party; rule all: no = 0 and yes >= 1; rule most: yes >= 2;\n";
  Session s(pact(council + "decides activate(about: attack a) by all within 2 days; }\n"),
            pact(council + "decides activate(about: attack a) by most within 2 days; }\n"));
  s.how.standard = true;
  s.ask(
      "explore \"The council\" { under Pact as if in force; from 2024-01-01; 2024-01-02 attack(by: ALD, on: "
      "BRE) "
      "as raid; may happen propose(by: COR, in: Pact.Council, motion: activate(about: raid)); within 10 "
      "days, at "
      "most 1 event; always every breach has a consequence; }\n");
  EXPECT_EQ(s.asked.at(0).compared, 7u);
  ASSERT_EQ(s.changes().size(), 1u);
  const PropertyChange& c = s.asked[0].changes[0];
  EXPECT_EQ(s.asked[0].exploration().properties[c.property].words, "always no single party can block");
  EXPECT_EQ(answer_word(c.before), "violated");
  EXPECT_EQ(answer_word(c.after), "holds");
}

// ---- what nobody asks ----

std::string council(const std::string& rule) {
  return "  body Council { members party; rule all: no = 0 and yes >= 1; rule most: yes >= 2;\n"
         "    decides activate(about: attack a) by " +
         rule + " within 2 days; }\n";
}

struct Standard : Session {
  Standard(const std::string& a, const std::string& b) : Session(a, b) {
    how.standard = true;
    const Stand before = stand(*two.before), after = stand(*two.after);
    puts.push_back(standard_questions(before, after, two.difference));
    for (Asked& one : diff::ask(puts.back(), before, after, two.difference, how, known, files))
      asked.push_back(std::move(one));
  }
  // "attack(Outsider, ALD)", of one of the drafts
  std::set<std::string> may_happen(const Model& m) const {
    std::set<std::string> out;
    for (const model::MayHappen& may : m.explorations.back().may_happen) {
      std::string words;
      for (size_t i = 0; i < may.args.size(); ++i) {
        if (may.args[i].kind == model::MayArg::Kind::value)
          words += (words.empty() ? "" : ", ") + m.show(may.args[i].value, m[may.event].params[i].type);
      }
      out.insert(m[may.event].name + "(" + words + ")");
    }
    return out;
  }
};

TEST(Standard, WhatTheArticlesSpeakOfMayHappen) {
  const Standard s(pact(council("all")), pact(council("most")));
  ASSERT_EQ(s.asked.size(), 1u);
  EXPECT_EQ(s.asked[0].compared, 7u);
  ASSERT_EQ(s.changes(), std::vector<std::string>{"3: violated → holds"});
  EXPECT_EQ(s.asked[0].exploration().properties[3].words, "always no single party can block");
  const PropertyChange& c = s.asked[0].changes[0];
  EXPECT_TRUE(c.shown.value().story->confirmed);
  EXPECT_TRUE(c.shown->other.has_value());
}

// An article of one draft brings its events into both.
TEST(Standard, BothDraftsAreAskedOfTheSameEvents) {
  const std::string article =
      "  article 1 { when attack(by: actor a, on: party v) each party except v shall help(to: v) "
      "within 1 day; }\n";
  const Standard s(pact("  article 9 { when ask(by: BRE) COR shall pay(to: BRE) within 1 day; }\n"),
                   pact(article, "Treaty"));
  const auto before = s.may_happen(s.puts[0].before->loaded.model);
  EXPECT_EQ(before, s.may_happen(s.puts[0].after->loaded.model));
  EXPECT_TRUE(before.contains("attack(Outsider, BRE)"));
  EXPECT_TRUE(before.contains("ask(BRE)"));
  EXPECT_TRUE(before.contains("pay(COR, BRE)"));
}

TEST(Standard, NobodyRealDoesWhatIsForbidden) {
  const Standard s(
      pact("  article 1 { each party shall not attack(on: party v); }\n"
           "  article 2 { when attack(by: actor a, on: party v) each party except v shall help(to: v) within "
           "1 day; }\n"),
      pact(""));
  const auto events = s.may_happen(s.puts[0].before->loaded.model);
  EXPECT_TRUE(events.contains("attack(Outsider, ALD)"));
  for (const std::string& e : events)
    EXPECT_FALSE(e.starts_with("attack(") && !e.starts_with("attack(Outsider")) << e;
}

TEST(Standard, AnEmptyDraftIsAskedNothing) { EXPECT_TRUE(Standard(pact(""), pact("")).asked.empty()); }

// ---- families ----

std::string family(const std::string& options, const std::string& time) {
  const std::string norm =
      "{ when attack(by: actor a, on: party v) each party except v shall help(to: v) within ";
  return "choice rule { " + options + " }\n" +
         pact("  article 1 when rule = hard " + norm + "1 day; }\n  article 2 when rule = soft " + norm +
              time + "; }\n");
}

std::vector<std::string> packages(const Asked& a) {
  std::vector<std::string> out;
  for (const PropertyChange& c : a.changes) out.push_back(c.package_before + " → " + c.package_after);
  return out;
}

TEST(Families, PackagesOfOneNameAreCompared) {
  Session s(family("hard; soft;", "1 day"), family("hard; soft; none;", "20 days"));
  s.ask(explore("never breach(by: COR);"));
  ASSERT_THAT(packages(s.asked.at(0)), ElementsAre("rule = soft → rule = soft"));
  EXPECT_THAT(s.changes(), ElementsAre("0: violated → holds"));
  EXPECT_THAT(s.asked[0].only_after, ElementsAre("rule = none"));
  EXPECT_THAT(s.asked[0].only_before, IsEmpty());
}

TEST(Families, ADraftThatHasSettledIsHeldAgainstEachPackage) {
  Session s(family("hard; soft;", "20 days"), pact(help("1", "within 20 days")));
  s.ask(explore("never breach(by: COR);"));
  EXPECT_THAT(packages(s.asked.at(0)), ElementsAre("rule = hard → "));
  EXPECT_THAT(s.changes(), ElementsAre("0: violated → holds"));
  EXPECT_EQ(s.asked[0].compared, 2u);
}

// A question that fixes what the other draft has settled.
TEST(Families, WhatAQuestionFixesNeedsNoChoiceOnTheOtherSide) {
  Session s(family("hard; soft;", "20 days"), pact(help("1", "within 20 days")));
  s.ask(explore("with rule = hard; never breach(by: COR);"));
  EXPECT_THAT(packages(s.asked.at(0)), ElementsAre("rule = hard → "));
  EXPECT_EQ(s.asked[0].compared, 1u);
}

TEST(Families, APackageFromOutsideHoldsForBoth) {
  Session s(family("hard; soft;", "1 day"), family("hard; soft;", "20 days"));
  const model::Package hard{{model::ChoiceId(0u), 0, {}}};
  s.how.package_before = s.how.package_after = hard;
  s.ask(explore("never breach(by: COR);"));
  EXPECT_EQ(s.asked.at(0).compared, 1u);
  EXPECT_THAT(s.changes(), IsEmpty());
}

}  // namespace
}  // namespace casus::diff
