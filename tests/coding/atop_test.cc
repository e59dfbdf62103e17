// SPDX-License-Identifier: Apache-2.0
// What dates, members, bodies and references say; and the files of people's coding.
#include "coding/atop.h"

#include <map>

#include "coding/coded.h"
#include "evidence/text_input.h"

namespace casus::coding {
namespace {

using test::treaty;
using test::World;

TEST(Atop, BeginsWithItsSignatureAndHasNoEnd) {
  const World w(
      "instrument T { signed 1999-05-04; in force from 2000-02-03; party ALFA, BRAVO from 2000-02-03; "
      "party CHARLIE from 2001-01-01; } given atop(T) = 7;");
  EXPECT_EQ(w.of("T", "BEGYR") + "-" + w.of("T", "BEGMO") + "-" + w.of("T", "BEGDAY"), "1999-5-4");
  EXPECT_EQ(w.of("T", "ENDYR"), "0");
  EXPECT_EQ(w.of("T", "INEFFECT"), "1");
  EXPECT_EQ(w.of("T", "ESTMODE"), "1");  // in force later than it was signed
  EXPECT_EQ(w.of("T", "BILAT"), "1");
  EXPECT_EQ(w.of("T", "MEMBERS"), "3");
  EXPECT_EQ(w.code("T").number, 7);
  EXPECT_EQ(w.of("T", "PUBSECR"), "–");
}

TEST(Atop, AsOfADayLeavesLaterDatesOut) {
  const World w(
      "instrument T { in force from 2000-01-01 until 2010-06-05; party ALFA, BRAVO from 2000-01-01; party "
      "CHARLIE from 2005-01-01; }");
  EXPECT_EQ(w.of("T", "ENDYR"), "2010");
  EXPECT_EQ(w.of("T", "INEFFECT"), "0");
  const Coding then = w.code("T", parse_instant("2004-01-01")->at);
  EXPECT_EQ(code_words(*then.find("ENDYR")), "0");
  EXPECT_EQ(code_words(*then.find("MEMBERS")), "2");
}

TEST(Atop, ADraftHasNoDates) {
  const World w("instrument T { binding politics; draft since 2000-01-01; party ALFA, BRAVO; }");
  EXPECT_EQ(w.of("T", "BEGYR"), "–");
  EXPECT_EQ(w.of("T", "INEFFECT"), "–");
  EXPECT_EQ(w.of("T", "ESTMODE"), "0");
}

// A power to leave that opens only at a date makes a term of the time before.
TEST(Atop, ATermIsTheTimeBeforeAnybodyMayLeave) {
  const World term(treaty("article 1 { each party may leave(what: this) from 2019-12-31; }"));
  EXPECT_EQ(term.of("T", "SPECLGTH"), "1");
  EXPECT_EQ(term.of("T", "LENGTH"), "239");  // the last month is not whole
  EXPECT_EQ(term.of("T", "RENOUNCE"), "0");
  EXPECT_EQ(term.of("T", "PROREN"), "2");
  const World open(treaty("article 1 { each party may leave(what: this); }"));
  EXPECT_EQ(open.of("T", "SPECLGTH"), "0 or 3");
  EXPECT_EQ(open.of("T", "RENOUNCE"), "1");
  const World reasons(treaty("article 1 { each party may leave(what: this) where wicked(DELTA); }"));
  EXPECT_EQ(reasons.of("T", "RENOUNCE"), "3");
  EXPECT_EQ(World(treaty("")).of("T", "RENOUNCE"), "0");
  EXPECT_EQ(World(treaty("ends once wicked(DELTA);")).of("T", "SPECLGTH"), "2");
}

TEST(Atop, ObligationsOfSomeMakeItAsymmetric) {
  const std::string norm = " shall aid(to: y); }";
  EXPECT_EQ(World(treaty("article 1 { when strike(on: party y) each party" + norm)).of("T", "ASYMM"), "0");
  EXPECT_EQ(World(treaty("article 1 { when strike(on: party y) each ward" + norm)).of("T", "ASYMM"), "1");
  EXPECT_EQ(World(treaty("role all: ALFA, BRAVO; article 1 { when strike(on: party y) each all" + norm))
                .of("T", "ASYMM"),
            "0");
}

TEST(Atop, BodiesAreOrganisations) {
  EXPECT_EQ(World(treaty("")).of("T", "ORGAN1"), "0");
  const std::string members = "body Board { members party; decides find(about: strike s) by consensus; } ";
  const World w(treaty(members + "article 1 { when strike(on: party y) each party shall aid(to: y); }"));
  EXPECT_EQ(w.of("T", "ORGAN1"), "2");
  EXPECT_EQ(w.of("T", "ORGPURP1"), "1 or 4");  // it decides about strikes, on which the help rests
  EXPECT_EQ(World(treaty(members)).of("T", "ORGPURP1"), "–");
  EXPECT_EQ(World(treaty("body Board { members party; chair DELTA; }")).of("T", "ORGAN1"), "3");
  EXPECT_EQ(World(treaty("body Board { members party; chair ALFA; }")).of("T", "ORGAN1"), "2");
}

TEST(Atop, WhatItsClausesNameIsAReference) {
  const std::string others =
      "fact universal_organisation(what: thing); instrument U { body Assembly { members party; } } "
      "given universal_organisation(Assembly); instrument V { body Bench { members party; } } ";
  const auto names = [&](const char* who) {
    return World(others +
                 treaty(std::string("article 1 { when call each party shall arm(to: ") + who + "); }"));
  };
  EXPECT_EQ(names("Assembly").of("T", "REFLNUN"), "2");
  EXPECT_EQ(names("Assembly").of("T", "REFOTHIO"), "0");
  EXPECT_EQ(names("Bench").of("T", "REFLNUN"), "0");
  EXPECT_EQ(names("Bench").of("T", "REFOTHIO"), "1");
  EXPECT_EQ(World(others + treaty("article 1 { each party may leave(what: V); }")).of("T", "NATREFAL"),
            "not 0");
  EXPECT_EQ(World(others + treaty("article 1 { each party may leave(what: this); }")).of("T", "NATREFAL"),
            "0");
}

// Nothing is 0 for want of a word.
TEST(Atop, WithoutWordsAVariableIsNotDerivable) {
  const World w(treaty(""));
  for (const char* v : {"INTCOM", "BASE", "MEDARB", "ECAID", "HINST"}) EXPECT_EQ(w.of("T", v), "–") << v;
  EXPECT_EQ(w.of("T", "MILAID"), "0");
}

TEST(Atop, EveryDerivedValueSaysWhy) {
  const World w(treaty("article 1 { when strike(on: party y) each party shall aid(to: y); }"));
  for (const Coded& c : w.code("T").variables) {
    EXPECT_FALSE(c.why.empty()) << c.variable;
    EXPECT_EQ(c.codes.empty(), c.certainty != Certainty::derived) << c.variable;
  }
  const Coding coding = w.code("T");
  ASSERT_EQ(coding.find("DEFENSE")->clauses.size(), 1u);
  EXPECT_EQ(coding.find("DEFENSE")->why, "T.1");
}

HumanCodes read(const std::string& text, const std::set<int64_t>& numbers, HumanCodes codes = {}) {
  const Outcome done = read_human("data.csv", std::make_unique<evidence::TextInput>(text), numbers, codes);
  EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.failure().what);
  return codes;
}

TEST(Against, TheRowsOfAnAllianceAreTaken) {
  const HumanCodes codes = read(
      "\xEF\xBB\xBF"
      "atopid,defense,length,mem1,mem2,mem3\r\n1,1,60,2,20,\r\n2,0,,2,,\r\n",
      {1, 2});
  EXPECT_EQ(codes.rows, 2u);
  EXPECT_EQ(codes.broken, 0u);
  EXPECT_EQ(codes.of.at(1).at("DEFENSE").code, 1);
  EXPECT_EQ(codes.of.at(1).at("MEMBERS").code, 2);
  EXPECT_EQ(codes.of.at(2).at("LENGTH").rows, 0u);  // missing is not 0
  EXPECT_EQ(codes.of.at(2).at("LENGTH").missing, 1u);
}

TEST(Against, OfMembersTheMostThatWasPromisedIsTaken) {
  const HumanCodes codes = read("atopid,member,defcoloc\n1,2,0\n1,20,1\n1,2,0\n3,4,1\n", {1});
  EXPECT_EQ(codes.of.at(1).at("DEFCOLOC").code, 1);
  EXPECT_EQ(codes.of.at(1).at("DEFCOLOC").lowest, 0);
  EXPECT_EQ(codes.of.at(1).at("MEMBERS").code, 2);
  EXPECT_FALSE(codes.of.contains(3));
  // What the first file says stays.
  EXPECT_EQ(read("atopid,defcoloc\n1,0\n", {1}, codes).of.at(1).at("DEFCOLOC").code, 1);
}

// A text that is one phase of an alliance is held against that phase's rows, which the file of alliances does not have.
TEST(Against, OfAPhaseItsOwnRowsAreTaken) {
  const World w(treaty("article 1 { when strike(on: party y) each party shall aid(to: y); }") +
                " given atop(T) = 5; given atop_phase(T) = 2;");
  HumanCodes codes = read("atopid,defense,bilat\n5,1,1\n", {5});
  codes = read("atopid,member,phase,defense\n5,2,1,1\n5,20,1,1\n5,200,1,1\n5,2,2,0\n5,20,2,0\n5,2,,1\n", {5},
               codes);
  const Coding coding = w.code("T");
  EXPECT_EQ(coding.phase, 2);
  std::map<std::string, Compared> got;
  for (const Compared& c : against(coding, codes)) got[c.ours->variable] = c;
  EXPECT_EQ(got["DEFENSE"].human->code, 0);
  EXPECT_EQ(got["MEMBERS"].human->code, 2);
  EXPECT_EQ(got["BILAT"].agreement, Agreement::not_coded);
  EXPECT_EQ(codes.of.at(5).at("DEFENSE").code, 1);
}

TEST(Against, RowsThatAreWrongAreCounted) {
  const HumanCodes codes = read("atopid,defense\n1,1,1\n\"1,1\n1,x\n1\n", {1});
  EXPECT_EQ(codes.broken, 3u);
  EXPECT_EQ(codes.first_broken, 2u);
  EXPECT_EQ(codes.of.at(1).at("DEFENSE").missing, 1u);
}

TEST(Against, AnotherFileIsAFailure) {
  HumanCodes codes;
  for (const char* text : {"", "year,dispute\n1914,1\n"})
    EXPECT_FALSE(read_human("data.csv", std::make_unique<evidence::TextInput>(text), {1}, codes).ok())
        << text;
}

TEST(Against, AgreementIsOfWhatIsDerivedAndCoded) {
  const World w(treaty("article 1 { when strike(on: party y) each party shall aid(to: y); }") +
                " given atop(T) = 5;");
  const Coding coding = w.code("T");
  const HumanCodes codes = read("atopid,defense,offense,speclgth,intcom,consul\n5,1,1,3,1,\n", {5});
  std::map<std::string, Agreement> got;
  for (const Compared& c : against(coding, codes)) got[c.ours->variable] = c.agreement;
  EXPECT_EQ(got.size(), coding.variables.size());
  EXPECT_EQ(got["DEFENSE"], Agreement::agree);
  EXPECT_EQ(got["OFFENSE"], Agreement::differ);
  EXPECT_EQ(got["SPECLGTH"], Agreement::agree);  // 0 or 3
  EXPECT_EQ(got["INTCOM"], Agreement::not_derivable);
  EXPECT_EQ(got["CONSUL"], Agreement::not_coded);   // missing
  EXPECT_EQ(got["NEUTRAL"], Agreement::not_coded);  // no such column
}

}  // namespace
}  // namespace casus::coding
