// SPDX-License-Identifier: Apache-2.0
// Gaps in protection (CAS0926, CAS0927), guarantors against themselves (CAS0905), engagements (CAS0933).
#include "check/lint.h"

namespace casus::check::test {
namespace {

using ::testing::HasSubstr;

constexpr const char* places =
    "kind area; area Isles; event raid(by: actor, on: state, at: area) \"Raid\"; event call_on(by: actor, "
    "about: event "
    "raid) \"Call\";\n";

std::string guarantee(const std::string& clauses, const std::string& head = {}) {
  return places + head + "instrument One { party ALFA, BRAVO, CHARLIE; article 1 {\n" + clauses + " } }\n";
}
std::string gaps(const std::string& clauses, const std::string& head = {}) {
  return lint_only("CAS0926", guarantee(clauses, head));
}
constexpr const char* helps = " each party except v, a shall help(to: v) within 1 day;";

TEST(ProtectionGap, ACaseThatNoClauseHears) {
  EXPECT_EQ(gaps(std::string("when raid(by: actor a, on: party v, at: area p) where p != Isles") + helps),
            "3: `raid` on ALFA, BRAVO, CHARLIE obliges nobody where not `p != Isles`\n");
  EXPECT_EQ(gaps(std::string("when raid(by: actor a, on: party v)") + helps), "");
}

TEST(ProtectionGap, TwoClausesThatAreEachOthersComplement) {
  const std::string one = std::string("when raid(by: actor a, on: party v, at: area p) where disarmed(v)") +
                          helps,
                    other =
                        std::string("when raid(by: actor a, on: party v, at: area q) where not disarmed(v)") +
                        helps;
  EXPECT_EQ(gaps(one), "3: `raid` on ALFA, BRAVO, CHARLIE obliges nobody where not `disarmed(v)`\n");
  EXPECT_EQ(gaps(one + other), "");
  EXPECT_NE(gaps(one + one), "");
}

TEST(ProtectionGap, UnderAReadingOrFromACertainActor) {
  EXPECT_THAT(gaps(std::string("when raid(by: actor a, on: party v) under reading r = wide") + helps,
                   "reading r { wide; strict; }\n"),
              HasSubstr("obliges nobody where not `reading r = wide`"));
  EXPECT_THAT(gaps("when raid(by: DELTA, on: party v) each party except v shall help(to: v) within 1 day;"),
              HasSubstr("obliges nobody where not `by: DELTA`"));
}

// Whoever reads the text holds one of its readings: where each has its clause there is no gap.
TEST(ProtectionGap, ReadingsOfWhichEachHasItsClause) {
  const std::string two = "reading r { wide; strict; }\n", three = "reading r { wide; strict; none; }\n",
                    clause = "when raid(by: actor a, on: party v) under reading r = ",
                    wide = clause + "wide" + helps, strict = clause + "strict" + helps;
  EXPECT_EQ(gaps(wide + strict, two), "");
  EXPECT_THAT(gaps(wide + strict, three),
              HasSubstr("where not `reading r = wide` and not `reading r = strict`"));
  const std::string otherwise =
      std::string("when raid(by: actor a, on: party v) where not (reading r = wide)") + helps;
  EXPECT_EQ(gaps(wide + otherwise, three), "");
  EXPECT_NE(gaps(strict + otherwise, three), "");
}

TEST(ProtectionGap, RaidsThatSomebodyMustSpeakOf) {
  const std::string call = "when call_on(by: party v, about: raid r) where r.on = v";
  EXPECT_EQ(gaps(call + " each party except v shall help(to: v) within 1 day;"), "");
  EXPECT_EQ(gaps(call + " and r.at != Isles each party except v shall help(to: v) within 1 day;"),
            "3: `raid` on ALFA, BRAVO, CHARLIE obliges nobody where not `r.at != Isles`\n");
}

// One condition in the words of two clauses is one: on the raid itself, and on what was called about.
TEST(ProtectionGap, OneConditionInOtherWords) {
  EXPECT_EQ(gaps(std::string("when raid(by: actor a, on: party v, at: area p) where p != Isles") + helps +
                 "\nwhen call_on(by: party v, about: raid r) where r.on = v and r.at != Isles each party "
                 "except v shall "
                 "pay(to: v) within 1 day;"),
            "3: `raid` on ALFA, BRAVO, CHARLIE obliges nobody where not `p != Isles`\n");
  EXPECT_EQ(gaps(std::string("when raid(by: actor a, on: party v) where disarmed(v)") + helps +
                 "\nwhen call_on(by: party w, about: raid r) where r.on = w and disarmed(w) each party "
                 "except w shall "
                 "pay(to: w) within 1 day;"),
            "3: `raid` on ALFA, BRAVO, CHARLIE obliges nobody where not `disarmed(v)`\n");
}

// Nobody helps against itself: that is no gap.
TEST(ProtectionGap, TheOnlyHelperMayBeTheAttacker) {
  EXPECT_EQ(
      gaps("when raid(by: actor a, on: ALFA) where a != BRAVO BRAVO shall help(to: ALFA) within 1 day;"), "");
  EXPECT_EQ(
      gaps("when raid(by: actor a, on: ALFA) where not (a = BRAVO) BRAVO shall help(to: ALFA) within 1 day;"),
      "");
  EXPECT_NE(
      gaps("when raid(by: actor a, on: ALFA) where a != CHARLIE BRAVO shall help(to: ALFA) within 1 day;"),
      "");
}

// A decision may not be taken, and so does not count as protection or as a gap.
TEST(ProtectionGap, DecisionsDoNotCount) {
  EXPECT_EQ(lint_only("CAS0926", R"(instrument One { party ALFA, BRAVO; body C { members party; }
  article 1 { C may measures(on: attack a) by consensus;
    when decided measures(on: attack a) where a.by != ECHO each party except a.by shall help(to: a.on) within 1 day; } })"),
            "");
}

TEST(ProtectionGap, DerivedFactsAndRoles) {
  const std::string head = "derived far(at: area) when at = Isles;\n";
  EXPECT_THAT(
      gaps(std::string("when raid(by: actor a, on: party v, at: area p) where not far(p)") + helps, head),
      HasSubstr("where `far(p)`"));
  EXPECT_EQ(lint_only("CAS0926",
                      std::string(places) + R"(instrument One { role ward: ALFA; role guard: BRAVO, CHARLIE;
  article 1 { when raid(on: ward v) each guard shall help(to: v) within 1 day; } })"),
            "");
}

TEST(OneSided, SomePartiesAloneAreProtected) {
  EXPECT_EQ(
      lint_only("CAS0927",
                guarantee("when raid(by: actor a, on: ALFA) each party except ALFA, a shall help(to: ALFA) "
                          "within 1 day;")),
      "3: `raid` on BRAVO, CHARLIE obliges nobody: ALFA alone is protected\n");
  EXPECT_EQ(lint_only("CAS0927", guarantee(std::string("when raid(by: actor a, on: party v)") + helps)), "");
  EXPECT_EQ(lint_only("CAS0927", guarantee("each party shall not raid;")), "");
}

TEST(OneSided, TwoClausesProtectBothSides) {
  EXPECT_EQ(lint_only("CAS0927",
                      "instrument One { party ALFA, BRAVO; article 1 {\n"
                      "when attack(by: CHARLIE, on: ALFA) BRAVO shall help(to: ALFA) within 1 day;\n"
                      "when attack(by: CHARLIE, on: BRAVO) ALFA shall help(to: BRAVO) within 1 day; } }"),
            "");
}

// A notice falls on nobody: a depositary who gives one owes its own duty.
TEST(SelfGuarantee, ANoticeIsNoActAgainstAnybody) {
  const auto text = [](const std::string& event) {
    return "event notice(by: actor, what: state); event raid(by: actor, on: state);\ninstrument One { party "
           "ALFA, BRAVO; "
           "article 1 { when " +
           event + " each party shall tell within 1 day; } }";
  };
  EXPECT_EQ(lint_only("CAS0905", text("notice(what: ECHO)")), "");
  EXPECT_NE(lint_only("CAS0905", text("raid(on: ECHO)")), "");
}

TEST(SelfGuarantee, WhoeverSucceedsAGuarantor) {
  EXPECT_NE(
      lint_only("CAS0905",
                "instrument One { party ALFA; party BRAVO from 2000-01-01 as successor of ALFA; article "
                "1 { when attack(by: BRAVO, on: ECHO) each party shall help(to: ECHO) within 1 day; } }"),
      "");
  EXPECT_EQ(lint_only("CAS0905",
                      "instrument One { party ALFA; article 1 { when attack(by: BRAVO, on: ECHO) each party "
                      "shall help(to: ECHO) within 1 day; } }"),
            "");
}

// ---- engagements ----

std::string pact(const std::string& later, const std::string& head = {}) {
  return "event conclude(by: actor, what: instrument); fact clashes(one: instrument, other: instrument) "
         "contested;\n" +
         head + R"(instrument Pact { signed 1990-01-01; party ALFA, BRAVO;
  article 1 { when attack(by: actor a, on: party v) each party except v, a shall help(to: v) within 1 day; }
  article 8 { each party shall not conclude(what: instrument i) where clashes(i, this); } }
)" + later;
}
std::string later(const std::string& parties, const std::string& clause,
                  const std::string& date = "2000-01-01") {
  return "instrument Later { signed " + date + "; party " + parties + "; article 1 { " + clause + " } }\n";
}
constexpr const char* guards = "when attack(on: ECHO) each party shall help(to: ECHO) within 1 day;";

TEST(Engagements, ALaterGuaranteeOfWhichNothingIsSaid) {
  EXPECT_EQ(lint_only("CAS0933", pact(later("BRAVO, ECHO", guards))),
            "4: Pact.8 forbids engagements that `clashes` it, and nothing says whether `Later` does\n");
}

TEST(Engagements, NearMisses) {
  EXPECT_EQ(lint_only("CAS0933", pact(later("BRAVO, ECHO", guards, "1980-01-01"))), "");  // earlier
  EXPECT_EQ(lint_only("CAS0933", pact(later("DELTA, ECHO", guards))), "");                // nobody in common
  EXPECT_EQ(lint_only("CAS0933", pact(later("BRAVO, ECHO", "each party shall not attack;"))),
            "");  // no guarantee
  EXPECT_EQ(lint_only("CAS0933",
                      pact(later("BRAVO, ECHO", guards), "given clashes(Later, Pact) asserted by ECHO;\n")),
            "");
  EXPECT_EQ(
      lint_only("CAS0933", pact(later("BRAVO, ECHO", guards), "viewpoint V { not clashes(Later, Pact); }\n")),
      "");
}

// What falls on who acts, or on who is hit, guarantees nobody anything: procedure, as in the law of treaties.
TEST(Engagements, ProcedureIsNoGuarantee) {
  const std::string head = "event object(by: actor, against: actor);\n";
  EXPECT_EQ(lint_only("CAS0933",
                      pact(later("BRAVO, ECHO",
                                 "when object(by: state o, against: state s) s shall tell within 1 day;\n"
                                 "when object(by: state o, against: state s) o shall tell within 1 day;"),
                           head)),
            "");
  EXPECT_NE(lint_only("CAS0933",
                      pact(later("BRAVO, ECHO",
                                 "when object(by: state o, against: state s) each party shall help(to: s) "
                                 "within 1 day;"),
                           head)),
            "");
}

}  // namespace
}  // namespace casus::check::test
