// SPDX-License-Identifier: Apache-2.0
// Norms against norms: conflicts, permissions, self-guarantee, circles.
#include "check/lint.h"

namespace casus::check::test {
namespace {

using ::testing::HasSubstr;

TEST(Conflict, DutyAndProhibitionOfTheSameActor) {
  const Found f = lint(R"(instrument One { party ALFA, BRAVO;
  article 1 { when attack(on: party v) each party except v shall help(to: v) within 1 day; } }
instrument Two { party BRAVO, CHARLIE;
  article 7 { each party shall not help; } })");
  EXPECT_EQ(f.only("CAS0901"),
            "2: One.1 may ask somebody for `help`, and Two.7 may forbid it the same actor\n");
  EXPECT_THAT(f.notes("CAS0901"), HasSubstr("for example BRAVO may come under both"));
  EXPECT_THAT(f.notes("CAS0901"), HasSubstr("`prevails over Two.7`"));
}

struct Apart {
  const char* why;
  const char* duty;
  const char* ban;
};
class HeldApart : public ::testing::TestWithParam<Apart> {};

TEST_P(HeldApart, NoConflict) {
  const auto text = [](const std::string& duty, const std::string& ban) {
    return "reading r { wide; strict; }\nviewpoint V { reading r = wide; } viewpoint W { reading r = strict; "
           "}\n"
           "instrument One { party ALFA, BRAVO; article 1 { " +
           duty +
           " } }\n"
           "instrument Two { party BRAVO, CHARLIE; article 7 { " +
           ban + " } }\n";
  };
  const std::string duty = "when attack(on: state v) each party shall help(to: v) within 1 day;",
                    ban = "each party shall not help;";
  EXPECT_NE(lint_only("CAS0901", text(duty, ban)), "");
  EXPECT_EQ(lint_only("CAS0901", text(GetParam().duty, GetParam().ban)), "");
}

INSTANTIATE_TEST_SUITE_P(
    All, HeldApart,
    ::testing::Values(
        Apart{"another event", "when attack(on: state v) each party shall pay(to: v) within 1 day;",
              "each party shall not help;"},
        Apart{"it prevails",
              "when attack(on: state v) each party shall help(to: v) within 1 day prevails over Two.7;",
              "each party shall not help;"},
        Apart{"the other prevails", "when attack(on: state v) each party shall help(to: v) within 1 day;",
              "each party shall not help prevails over One;"},
        Apart{"fixed arguments", "when attack(on: state v) each party shall help(to: ALFA) within 1 day;",
              "each party shall not help(to: ECHO);"},
        Apart{"a fixed variable",
              "when attack(on: state v) where v = ALFA each party shall help(to: v) within 1 day;",
              "each party shall not help(to: ECHO);"},
        Apart{"another actor", "when attack(on: state v) ALFA shall help(to: v) within 1 day;",
              "each party shall not help;"},
        Apart{"an exception", "when attack(on: state v) each party shall help(to: v) within 1 day;",
              "each party except BRAVO shall not help;"},
        Apart{"a choice of acts",
              "when attack(on: state v) each party shall take one of { help, pay }(to: v) within 1 day;",
              "each party shall not help;"},
        Apart{"opposite conditions",
              "when attack(on: state v) each party p shall help(to: v) within 1 day unless disarmed(ALFA);",
              "while disarmed(ALFA) each party shall not help;"},
        Apart{"conditions of the act",
              "when attack(on: state v) where disarmed(v) each party shall help(to: v) within 1 day;",
              "each party shall not help(to: state s) where not disarmed(s);"},
        Apart{"dates", "each party shall help(to: ALFA) within 1 day until 2000-01-01;",
              "each party shall not help from 2001-01-01;"},
        Apart{"readings", "under reading r = wide each party shall help(to: ALFA) within 1 day;",
              "under reading r = strict each party shall not help;"}),
    [](const auto& param_info) {
      std::string name = param_info.param.why;
      std::replace(name.begin(), name.end(), ' ', '_');
      return name;
    });

TEST(Conflict, ArticlesOfDifferentDraftsNeverMeet) {
  const auto text = [](const std::string& one, const std::string& two) {
    return "choice c { x; y; z(days: 1 .. 9); }\ninstrument One { party ALFA, BRAVO; article 1 when " + one +
           " { each party shall help(to: ECHO) within c.days days; } article 2 when " + two +
           " { each party shall not help; } }";
  };
  EXPECT_EQ(lint_only("CAS0901", text("c = x", "c = y")), "");
  EXPECT_EQ(lint_only("CAS0901", text("c = x or c = z", "not (c = x) and c != z")), "");
  EXPECT_NE(lint_only("CAS0901", text("c = x", "c = x")), "");
  EXPECT_NE(lint_only("CAS0901", text("c != z", "c = x or c = z")), "");
}

TEST(Conflict, AllChoicesForbidden) {
  EXPECT_EQ(lint_only("CAS0901", R"(instrument One { party ALFA;
  article 1 { each party shall take at least 2 of { help, pay }(to: ECHO) within 1 day; }
  article 2 { each party shall not help; } })"),
            "2: One.1 may ask somebody for `help`, and One.2 may forbid it the same actor\n");
}

TEST(Conflict, PrecedenceOfOneInstrumentOverAllOthers) {
  const char* const text = R"(instrument One { party ALFA; %s
  article 1 { each party shall help(to: ECHO) within 1 day; } }
instrument Two { party ALFA; article 1 { each party shall not help; } })";
  const std::string with = text, all = "prevails over all other instruments;";
  EXPECT_EQ(lint_only("CAS0901", std::string(with).replace(with.find("%s"), 2, all)), "");
  EXPECT_NE(lint_only("CAS0901", std::string(with).replace(with.find("%s"), 2, "")), "");
}

TEST(Permission, MeetsAProhibition) {
  EXPECT_EQ(lint_only("CAS0902", R"(instrument One { party ALFA;
  article 1 { each party may help; }
  article 2 { each party shall not help; } })"),
            "2: One.1 lets somebody `help`, and One.2 may forbid it the same actor\n");
  EXPECT_EQ(lint_only("CAS0902", R"(instrument One { party ALFA;
  article 1 { each party may help notwithstanding article 2; }
  article 2 { each party shall not help; } })"),
            "");
}

TEST(SelfGuarantee, TheGuarantorMayBeTheAttacker) {
  const Found f = lint(R"(instrument One { role guarantor: ALFA, BRAVO;
  article 1 { when attack(on: ECHO) each guarantor shall help(to: ECHO) within 1 day; }
  article 2 { when attack(on: ECHO) each guarantor shall pay(to: ECHO) within 1 day; } })");
  EXPECT_EQ(
      f.only("CAS0905"),
      "2: the actor of `attack` may be in `guarantor`, and would then bear this duty about its own act\n");
  EXPECT_THAT(f.notes("CAS0905"), HasSubstr("the same holds of One.2"));
}

TEST(SelfGuarantee, TheActorOfWhatTheTriggerIsAbout) {
  const char* const text = R"(event call_on(by: actor, about: event attack);
instrument One { role guarantor: ALFA, BRAVO;
  article 1 { when call_on(by: ECHO, about: attack a)
    each guarantor%s shall help(to: ECHO) within 1 day; } })";
  const std::string with = text;
  EXPECT_NE(lint_only("CAS0905", std::string(with).replace(with.find("%s"), 2, "")), "");
  EXPECT_EQ(lint_only("CAS0905", std::string(with).replace(with.find("%s"), 2, " except a.by")), "");
}

TEST(SelfGuarantee, Answered) {
  for (const char* const article :
       {"when attack(by: actor a, on: ECHO) each guarantor except a shall help(to: ECHO) within 1 day;",
        "when attack(by: CHARLIE, on: ECHO) each guarantor shall help(to: ECHO) within 1 day;",
        "when attack(on: ECHO) as it_all where not it_all.by in guarantor each guarantor shall help(to: "
        "ECHO) within 1 day;",
        "when attack(by: actor a, on: ECHO) each guarantor g shall help(to: ECHO) within 1 day unless g = a;",
        "when attack(by: guarantor g) each guarantor shall help(to: ECHO) within 1 day;",
        "each guarantor shall help(to: ECHO) within 1 day;"}) {
    EXPECT_EQ(lint_only("CAS0905", std::string("instrument One { role guarantor: ALFA, BRAVO; article 1 { ") +
                                       article + " } }"),
              "")
        << article;
  }
}

TEST(Circular, CountsAs) {
  EXPECT_EQ(lint_only("CAS0922", R"(instrument One { party ALFA;
  article 1 { when help(by: actor a, to: state s) counts as pay(by: a, to: s); }
  article 2 { when pay(by: actor a, to: state s) counts as help(by: a, to: s); } })"),
            "2: these bring each other about without end: One.1 → One.2 → One.1\n");
  EXPECT_EQ(lint_only("CAS0922", R"(instrument One { party ALFA;
  article 1 { when help(by: actor a, to: ALFA) counts as pay(by: a, to: BRAVO); }
  article 2 { when pay(by: actor a, to: ECHO) counts as help(by: a, to: ALFA); } })"),
            "");
}

TEST(Circular, DutyThatItsOwnPerformanceBringsAbout) {
  EXPECT_EQ(lint_only("CAS0922", R"(instrument One { party ALFA, BRAVO;
  article 1 { when tell(by: party p) each party except p shall tell(of: it) within 1 day; } })"),
            "2: these bring each other about without end: One.1 → One.1\n");
  EXPECT_EQ(lint_only("CAS0922", R"(instrument One { party ALFA, BRAVO;
  article 1 { when tell(by: party p) each party except p shall ask(about: it) within 1 day; } })"),
            "");
}

TEST(Circular, BreachesOfReparations) {
  const std::string text = R"(instrument One { party ALFA, BRAVO;
  article 1 { each party shall help(to: ECHO) within 1 day; }
  article 2 { when breach of article 1 by party p p shall pay(to: ECHO) within 1 day;
              when breach of article 2 by party p p shall pay(to: ECHO) within 1 day;
              when breach of article 2 by party p p shall help(to: ECHO) within 1 day; } })";
  EXPECT_EQ(lint_only("CAS0922", text),
            "4: these bring each other about without end: One.2 (2) → One.2 (3) → One.2 (2)\n");
  EXPECT_EQ(lint_only("CAS0922", R"(instrument One { party ALFA, BRAVO;
  article 1 { each party shall help(to: ECHO) within 1 day otherwise ECHO may ask; }
  article 2 { when breach of article 1 by party p p shall pay(to: ECHO) within 1 day; } })"),
            "");
}

TEST(Circular, FactsThatBeginAndEndEachOther) {
  const std::string text = R"(instrument One { party ALFA;
  article 1 { when begins disarmed(state s) ends disarmed(s); }
  article 2 { when ends disarmed(state s) begins disarmed(s); } })";
  EXPECT_EQ(lint_only("CAS0922", text),
            "2: these bring each other about without end: One.1 → One.2 → One.1\n");
  EXPECT_EQ(lint_only("CAS0922", R"(fact calm(who: state);
instrument One { party ALFA;
  article 1 { when begins disarmed(state s) begins calm(s); }
  article 2 { when begins calm(state s) begins disarmed(s); } })"),
            "");
}

}  // namespace
}  // namespace casus::check::test
