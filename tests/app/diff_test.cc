// SPDX-License-Identifier: Apache-2.0
// casus diff on the command line: what may be named, exit codes, stories as files, scenarios under both drafts.
#include <gmock/gmock.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/harness.h"

namespace casus::app {
namespace {

using test::casus;
using test::read;
using test::write;
using ::testing::HasSubstr;
using ::testing::Not;

// Two drafts beside the harness's story, which replays an instrument of the same name.
struct Drafts {
  Drafts() {
    write("old.casus", draft("1 day"));
    write("new.casus", draft("3 days"));
  }
  static std::string draft(const std::string& time) {
    return "use places;\ninstrument Treaty \"Treaty of Help\" {\n  draft since 2000-01-01;\n  party BRAVO, "
           "CHARLIE;\n"
           "  article 1 {\n    when attack(on: party victim)\n      each party ally except victim shall "
           "help(to: victim) "
           "within " +
           time + ";\n  }\n}\n";
  }
  struct Places {
    Places() {
      write("places.casus",
            "kind state is actor;\nstate ALFA; state BRAVO; state CHARLIE;\n"
            "event attack(by: actor, on: state);\nevent help(by: actor, to: state);\n"
            "viewpoint East { accepts assertions by ALFA; }\n");
    }
  };
  test::Folder folder;
  Places places;
};

TEST(Diff, SaysWhetherTheyAreTheSame) {
  const Drafts drafts;
  EXPECT_EQ(casus({"diff", "old.casus", "old.casus"}).code, 0);
  const auto r = casus({"diff", "old.casus", "new.casus"});
  EXPECT_EQ(r.code, 1);
  EXPECT_EQ(r.err, "");
  EXPECT_THAT(r.out, HasSubstr("within 24 h → within 72 h, later by 48 h (softer)"));
  // Line breaks and remarks change nothing.
  write("spaced.casus", "// a remark\n" + Drafts::draft("1\n day"));
  EXPECT_EQ(casus({"diff", "old.casus", "spaced.casus"}).code, 0);
}

TEST(Diff, InstrumentsAreNamedInFilesOrInTheLibrary) {
  const Drafts drafts;
  write("two.casus", Drafts::draft("1 day") + Drafts::draft("3 days").substr(12).replace(11, 6, "Second"));
  EXPECT_EQ(casus({"diff", "two.casus#Treaty", "two.casus#Second"}).code, 1);
  EXPECT_EQ(casus({"diff", "two.casus#Treaty", "old.casus"}).code, 0);
  EXPECT_EQ(casus({"diff", "old.casus", "two.casus", "--instrument", "Treaty"}).code, 0);
  EXPECT_THAT(casus({"diff", "old.casus", "two.casus"}).out, HasSubstr("Second is new"));
  EXPECT_EQ(casus({"diff", "Pact", "Pact"}).code, 0);  // of the library

  const auto wrong = casus({"diff", "two.casus#Treat", "old.casus"});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("did you mean 'Treaty'?"));
  EXPECT_THAT(casus({"diff", "Pac", "Pact"}).err, HasSubstr("there is no instrument 'Pac' in the library"));
}

TEST(Diff, WhatIsWrongHasItsExitCode) {
  const Drafts drafts;
  EXPECT_EQ(casus({"diff", "old.casus"}).code, 2);
  EXPECT_EQ(casus({"diff"}).code, 2);
  EXPECT_EQ(casus({"diff", "old.casus", "none.casus"}).code, 5);
  // What is not named is not the whole library.
  const auto unnamed = casus({"diff", "", "old.casus"});
  EXPECT_EQ(unnamed.code, 2);
  EXPECT_THAT(unnamed.err, HasSubstr("is empty"));
  write("broken.casus", "instrument {");
  EXPECT_EQ(casus({"diff", "old.casus", "broken.casus"}).code, 3);
  EXPECT_EQ(casus({"diff", "broken.casus", "old.casus"}).code, 3);
  write("file", "");
  const auto no_folder = casus({"diff", "old.casus", "new.casus", "-o", "file"});
  EXPECT_EQ(no_folder.code, 5);
  EXPECT_EQ(no_folder.out, "");
  EXPECT_THAT(no_folder.err, HasSubstr("could not make the folder file/before"));
}

TEST(Diff, AnInstrumentThatIsGoneIsTheAnswer) {
  const Drafts drafts;
  write("empty.casus", "");
  write("word.casus", "event sail();\n");
  EXPECT_THAT(casus({"diff", "old.casus", "empty.casus"}).out, HasSubstr("\n\nTreaty is gone.\n"));
  EXPECT_THAT(casus({"diff", "empty.casus", "old.casus"}).out, HasSubstr("\n\nTreaty is new.\n"));
  EXPECT_THAT(casus({"diff", "word.casus", "empty.casus"}).out, HasSubstr("\n\nNo article differs.\n"));
  EXPECT_THAT(casus({"diff", "word.casus", "empty.casus"}).out, HasSubstr("  event sail is gone: ()\n"));
}

// Each side lies whole in a folder of its own, with the modules that it uses.
TEST(Diff, StoriesAreScenariosToRun) {
  const Drafts drafts;
  const auto r = casus({"diff", "old.casus", "new.casus", "-o", "stories"});
  EXPECT_EQ(r.code, 1);
  EXPECT_THAT(r.out, HasSubstr("casus run stories/after/story_1.casus"));
  EXPECT_TRUE(std::filesystem::exists("stories/before/places.casus"));
  const auto before = casus({"run", "stories/before/story_1.casus"});
  EXPECT_THAT(before.out, HasSubstr("BREACH"));
  const auto both = casus({"compare", "stories/before/story_1.casus", "stories/after/story_1.casus"});
  EXPECT_THAT(both.out, HasSubstr("1 of 1 verdicts differ"));
}

TEST(Diff, GivenScenariosAreReplayedUnderBoth) {
  const Drafts drafts;
  write("war.casus",
        "use old;\nscenario war \"A war\" {\n  under Treaty as if in force from 2002-01-01;\n  from "
        "2002-01-01;\n"
        "  until 2002-02-01;\n  2002-01-05T06:00Z attack(by: ALFA, on: BRAVO) asserted by ALFA denied by "
        "BRAVO;\n}\n");
  const auto undisputed = casus({"diff", "old.casus", "new.casus", "--scenario", "war.casus"});
  EXPECT_THAT(undisputed.out, HasSubstr("Scenario: A war\n  every verdict is the same"));
  const auto east =
      casus({"diff", "old.casus", "new.casus", "--scenario", "war.casus", "--as", "East", "--json"});
  ASSERT_EQ(east.code, 1) << east.err;
  const auto j = nlohmann::json::parse(east.out);
  const auto& verdict = j["scenarios"][0]["verdicts"][0];
  EXPECT_EQ(verdict["before"], "BREACH 6 Jan 2002 06:00");
  EXPECT_EQ(verdict["after"], "BREACH 8 Jan 2002 06:00");
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "--as", "East"}).code, 2);  // whose eyes, on what?
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "--scenario", "war.casus", "--as", "West"}).code, 2);
}

const char* const question =
    "explore \"Help in time\" {\n  under Treaty as if in force; from 2002-01-01;\n  may happen attack(by: "
    "ALFA, on: "
    "BRAVO), help(by: CHARLIE, to: BRAVO);\n  within 30 days, at most 2 events;\n  possible fulfilled(by: "
    "CHARLIE);\n"
    "  eventually within 48 h breach(by: CHARLIE);\n  possible late(by: CHARLIE);\n}\n";

TEST(DiffAsks, ExplorationsOfADraftArePutToBoth) {
  const Drafts drafts;
  write("old.casus", Drafts::draft("1 day") + question);
  const auto r = casus({"diff", "old.casus", "new.casus"});
  EXPECT_EQ(r.code, 1);
  EXPECT_EQ(r.err, "");
  EXPECT_THAT(r.out, HasSubstr("Of 3 answers about properties none changes."));
  write("new.casus", Drafts::draft("3 days as it deems necessary"));
  const auto j = nlohmann::json::parse(casus({"diff", "old.casus", "new.casus", "--json"}).out);
  EXPECT_EQ(j["questions"][0]["asked_by"], "old.casus");
  EXPECT_EQ(j["properties"].size(), 0u);
}

TEST(DiffAsks, FilesOfQuestionsUseEitherDraft) {
  const Drafts drafts;
  write("asks.casus", std::string("use old;\n") + question);
  write("asks_new.casus", std::string("use \"new.casus\";\n") + question);
  for (const char* file : {"asks.casus", "asks_new.casus"}) {
    const auto r = casus({"diff", "old.casus", "new.casus", "--ask", file, "--json"});
    ASSERT_EQ(r.code, 1) << r.err;
    const auto j = nlohmann::json::parse(r.out);
    EXPECT_EQ(j["questions"][0]["answers"], 3) << r.out;
  }
}

TEST(DiffAsks, WhatItComesToIsTheExitCode) {
  const Drafts drafts;
  write("same.casus", "// the same\n" + Drafts::draft("1 day"));
  write("asks.casus", std::string("use old;\n") + question);
  EXPECT_EQ(casus({"diff", "old.casus", "same.casus", "--ask", "asks.casus"}).code, 0);
  // A budget leaves answers open; a word that neither draft has leaves the question unasked.
  const auto cut = casus({"diff", "old.casus", "same.casus", "--ask", "asks.casus", "--states", "1"});
  EXPECT_EQ(cut.code, 4);
  EXPECT_THAT(cut.out, HasSubstr("unknown"));
  write("odd.casus",
        std::string("use old;\nexplore \"Odd\" { under Treaty; from 2002-01-01; may happen sail(by: "
                    "ALFA); at most 1 event; never breach(by: BRAVO); }\n") +
            question);
  const auto odd = casus({"diff", "old.casus", "same.casus", "--ask", "odd.casus"});
  EXPECT_EQ(odd.code, 4);
  EXPECT_THAT(odd.out, HasSubstr("both drafts: no event is called `sail`"));
  EXPECT_THAT(odd.out, HasSubstr("All 3 answers are the same under both drafts."));
  // Whatever else: what differs is found.
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "--ask", "odd.casus", "--states", "1"}).code, 1);
}

TEST(DiffAsks, WhatIsWrongWithAFileOfQuestions) {
  const Drafts drafts;
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "--ask", "none.casus"}).code, 5);
  write("empty.casus", "use old;\n");
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "--ask", "empty.casus"}).code, 2);
  write("broken.casus", "explore \"What\" {");
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "--ask", "broken.casus"}).code, 3);
  write("twice.casus", std::string("use old;\nstate ALFA;\n") + question);
  const auto twice = casus({"diff", "old.casus", "new.casus", "--ask", "twice.casus"});
  EXPECT_EQ(twice.code, 3);
  EXPECT_THAT(twice.err, HasSubstr("twice.casus:2:7"));
  write("asks.casus", std::string("use old;\n") + question);
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "--ask", "asks.casus", "--memory", "much"}).code, 2);
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "--ask", "asks.casus", "--as", "West"}).code, 2);
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "--ask", "asks.casus", "--as", "East"}).code, 1);
}

// With the words that the questions declare themselves, and the module that they use.
TEST(DiffAsks, StoriesOfPropertiesAreScenariosToRun) {
  const Drafts drafts;
  write("new.casus", Drafts::draft("1 day as it deems necessary"));
  write("more.casus", "state OUT;\n");
  write(
      "asks.casus",
      "use old, more;\nstate FAR;\nexplore \"From outside\" { under Treaty as if in force; from 2002-01-01; "
      "may "
      "happen attack(by: OUT, on: BRAVO), attack(by: FAR, on: BRAVO); within 9 days, at most 2 events; never "
      "breach(by: CHARLIE); }\n");
  const auto r = casus({"diff", "old.casus", "new.casus", "--ask", "asks.casus", "-o", "stories"});
  EXPECT_EQ(r.code, 1) << r.err;
  EXPECT_THAT(r.out, HasSubstr("casus run stories/before/property_1.casus"));
  const auto before = casus({"test", "stories/before/property_1.casus"});
  EXPECT_EQ(before.code, 0) << before.out << before.err;
  EXPECT_THAT(before.out, HasSubstr("1 passed"));
  EXPECT_THAT(casus({"run", "stories/after/property_1.casus"}).out, HasSubstr("self-judging"));
}

// What the other draft has no word for is answered for the draft that has it.
TEST(DiffAsks, AQuestionForOneDraftIsAnsweredForThatOne) {
  const Drafts drafts;
  write("new.casus", Drafts::draft("1 day") + "event blockade(by: actor);\n");
  write("asks.casus", std::string("use \"new.casus\";\n") + question +
                          "explore \"Blockade\" { under Treaty as if in force; from 2002-01-01; may happen "
                          "blockade(by: ALFA); at most 1 event; never happened blockade(by: ALFA); }\n");
  const auto r = casus({"diff", "old.casus", "new.casus", "--ask", "asks.casus", "--width", "120"});
  EXPECT_EQ(r.code, 1) << r.err;  // the draft has a new word
  EXPECT_THAT(r.out, HasSubstr("never happened blockade(by: ALFA)    not answered  violated"));
  EXPECT_THAT(r.out, HasSubstr("Blockade (asks.casus:10)  old.casus: no event is called `blockade`"));
  EXPECT_THAT(r.out, HasSubstr("The other 3 answers are the same"));
  const auto j =
      nlohmann::json::parse(casus({"diff", "old.casus", "new.casus", "--ask", "asks.casus", "--json"}).out);
  EXPECT_EQ(j["questions"][1]["answered_alone"][0]["answer"], "violated");
  EXPECT_EQ(j["questions"][1]["answers"], 0);
}

// Files of questions of one name in two folders, and one of the name of a draft: each has its own copy.
TEST(DiffAsks, CopiesBesideStoriesHaveNamesOfTheirOwn) {
  const Drafts drafts;
  write("new.casus", Drafts::draft("1 day as it deems necessary"));
  const auto asks = [](const std::string& path, const std::string& actor) {
    write(path + "more.casus", "state MORE_" + actor + ";\n");
    const std::string name = actor == "FAR" ? "old" : "q";
    write(path + name + ".casus",
          "use \"../old.casus\", more;\nstate " + actor + ";\nexplore \"From " + actor +
              "\" { under Treaty as if in force; from 2002-01-01; may happen attack(by: " + actor +
              ", on: BRAVO), attack(by: MORE_" + actor +
              ", on: BRAVO); within 9 days, at most 1 event; never breach(by: CHARLIE); }\n");
    return path + name + ".casus";
  };
  for (const char* folder : {"a", "b", "c"}) std::filesystem::create_directory(folder);
  const auto r = casus({"diff", "old.casus", "new.casus", "--ask", asks("a/", "OUT"), "--ask",
                        asks("b/", "ODD"), "--ask", asks("c/", "FAR"), "-o", "stories"});
  EXPECT_EQ(r.code, 1) << r.err;
  EXPECT_EQ(read("stories/before/old.casus"), Drafts::draft("1 day"));
  for (const char* story : {"1", "2", "3"}) {
    for (const char* side : {"before", "after"}) {
      const auto ran = casus({"run", std::string("stories/") + side + "/property_" + story + ".casus"});
      EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
      EXPECT_THAT(ran.out, HasSubstr("CHARLIE must help by 3 Jan"));
    }
  }
}

// Drafts that lie where the stories go, and one that is called like a story.
TEST(Diff, WhatWasReadIsNotWrittenOver) {
  const Drafts drafts;
  std::filesystem::create_directory("before");
  const std::string old = "use \"../places.casus\"" + Drafts::draft("1 day").substr(10);
  write("before/story_1.casus", old);
  const auto r = casus({"diff", "before/story_1.casus", "new.casus", "-o", "."});
  EXPECT_EQ(r.code, 1) << r.err;
  EXPECT_EQ(read("before/story_1.casus"), old);
  EXPECT_THAT(r.out, HasSubstr("casus run ./after/story_2.casus"));
  EXPECT_EQ(casus({"run", "before/story_2.casus"}).code, 0) << casus({"run", "before/story_2.casus"}).err;
}

// One model, two of its instruments: a question about one is put to the other in its name.
TEST(DiffAsks, TwoInstrumentsOfOneFile) {
  const Drafts drafts;
  write("two.casus",
        Drafts::draft("1 day") +
            Drafts::draft("1 day as it deems necessary").substr(12).replace(11, 6, "Second") +
            "explore \"Help\" { under Second as if in force; from 2002-01-01; may happen attack(by: ALFA, "
            "on: BRAVO); within 9 days, at most 1 event; never breach(by: CHARLIE, under: Second.1); }\n");
  const auto r = casus({"diff", "two.casus#Treaty", "two.casus#Second", "--json"});
  ASSERT_EQ(r.code, 1) << r.err;
  const auto j = nlohmann::json::parse(r.out);
  ASSERT_EQ(j["properties"].size(), 1u) << r.out;
  EXPECT_EQ(j["properties"][0]["before"], "violated");
  EXPECT_EQ(j["properties"][0]["after"], "holds");
}

// Without any exploration: of what the articles speak of.
TEST(DiffAsks, StandardPropertiesNeedNoQuestion) {
  const Drafts drafts;
  write("new.casus", Drafts::draft("1 day as it deems necessary"));
  const auto r = casus({"diff", "old.casus", "new.casus", "--standard", "-o", "stories", "--json"});
  ASSERT_EQ(r.code, 1) << r.err;
  const auto j = nlohmann::json::parse(r.out);
  EXPECT_EQ(j["questions"][0]["asked_by"], "--standard");
  EXPECT_EQ(j["questions"][0]["answers"], 7);
  ASSERT_EQ(j["properties"].size(), 2u) << r.out;
  EXPECT_EQ(j["properties"][1]["property"], "always every protected party is owed a hard duty");
  EXPECT_EQ(j["properties"][1]["after"], "violated");
  const std::string file = j["properties"][1]["story"]["file"];
  EXPECT_EQ(file, "stories/after/property_2.casus");
  EXPECT_THAT(casus({"run", file}).out, HasSubstr("Outsider"));
  EXPECT_EQ(casus({"diff", "old.casus", "old.casus", "--standard"}).code, 0);
}

// ---- drafts with choices ----

struct Families {
  Families() {
    write("old.casus", draft("all; most;", "1 day", "2 days"));
    write("new.casus", draft("all; most;", "1 day", "3 days"));
    write("asks.casus",
          "use old;\nexplore \"Help in time\" { under Treaty as if in force; from 2002-01-01; may happen "
          "attack(by: "
          "ALFA, on: BRAVO); within 60 h, at most 1 event; never breach(by: CHARLIE); }\n");
  }
  static std::string draft(const std::string& options, const std::string& one, const std::string& other) {
    const std::string norm =
        "{ when attack(on: party victim) each party ally except victim shall help(to: victim) within ";
    return "use places;\nchoice rule { " + options +
           " }\ninstrument Treaty \"Treaty of Help\" {\n  draft since 2000-01-01;\n  party BRAVO, CHARLIE;\n "
           " article "
           "1 when rule = all " +
           norm + one + "; }\n  article 2 when rule = most " + norm + other + "; }\n}\n";
  }
  Drafts drafts;
};

TEST(DiffPackages, WhatIsLeftOpenIsSaidAndAskedByPackage) {
  const Families families;
  const auto r = casus({"diff", "old.casus", "new.casus", "--ask", "asks.casus"});
  EXPECT_EQ(r.code, 1);
  EXPECT_THAT(r.out, HasSubstr("old.casus leaves open: rule; in words it is compared as it stands."));
  EXPECT_THAT(r.out, HasSubstr("never breach(by: CHARLIE) · rule = most    violated  holds"));
}

TEST(DiffPackages, APackageOfBothIsComparedAlone) {
  const Families families;
  const auto all = casus({"diff", "old.casus", "new.casus", "--package", "rule=all", "--ask", "asks.casus"});
  EXPECT_EQ(all.code, 0) << all.out << all.err;
  EXPECT_THAT(all.out, HasSubstr("new.casus: package rule = all"));
  const auto most = casus({"diff", "old.casus", "new.casus", "--package", "rule=most", "-o", "stories"});
  EXPECT_EQ(most.code, 1);
  EXPECT_THAT(most.out, HasSubstr("later by 24 h"));
  const auto run = casus({"run", "stories/before/story_1.casus"});
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("rule = most"));
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "--package", "rle=most"}).code, 2);
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "--package", "rule=mst"}).code, 2);
}

// What only one of the drafts leaves open.
TEST(DiffPackages, AChoiceOfOneDraftIsNoMistakeOfTheOther) {
  const Families families;
  write("settled.casus", Drafts::draft("2 days"));
  const auto r = casus({"diff", "old.casus", "settled.casus", "--package", "rule=most"});
  EXPECT_EQ(r.code, 1);
  EXPECT_EQ(r.err, "");
  EXPECT_EQ(casus({"diff", "settled.casus", "old.casus", "--package", "rule=most"}).err, "");
}

}  // namespace
}  // namespace casus::app
