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
  write("broken.casus", "instrument {");
  EXPECT_EQ(casus({"diff", "old.casus", "broken.casus"}).code, 3);
  EXPECT_EQ(casus({"diff", "broken.casus", "old.casus"}).code, 3);
  write("file", "");
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "-o", "file"}).code, 5);
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
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "--as", "East"}).code, 2);
  EXPECT_EQ(casus({"diff", "old.casus", "new.casus", "--scenario", "war.casus", "--as", "West"}).code, 2);
}

}  // namespace
}  // namespace casus::app
