// SPDX-License-Identifier: Apache-2.0
// casus sources at the command line: lists, passages, contradictions, the matrix, and documents held to what is stated.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "app/harness.h"
#include "claims/documents.h"

namespace casus::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using test::casus;

class SourcesTest : public ::testing::Test {
 protected:
  SourcesTest() {
    fs::create_directory("documents");
    test::write("documents/speech.txt", document_);
    write_model(claims::sha256_hex(document_), "0..23");
  }
  static void write_model(const std::string& digest, const std::string& passage) {
    test::write("claims.casus", "use basics;\nkind issue;\nissue bridge \"the bridge\";\nfact should_be(what: issue) contested \"should be\";\n"
                                "source speech \"A speech\" { file \"speech.txt\"; sha256 \"" + digest + "\"; }\n"
                                "source letter \"A letter\" { file \"letter.txt\"; }\n"
                                "claim speech.1 by ALFA (Envoy) at 2002-01-01 passage " + passage +
                                    " demands \"a crossing\": should_be(bridge);\n"
                                    "claim letter.1 by BRAVO refuses \"no crossing\": not should_be(bridge);\n");
  }

  test::Folder folder_;
  const std::string document_ = "We want a bridge today. They do not want it.\n";
};

TEST_F(SourcesTest, AClaimIsShownInItsPassage) {
  EXPECT_EQ(casus({"sources", "claims.casus", "speech.1", "--documents", "documents"}).out,
            "speech · A speech\n"
            "  file speech.txt\n"
            "  speech.1 ALFA (Envoy), 2002-01-01\n"
            "    demands “a crossing”\n"
            "    the bridge should be · passage 0–23\n"
            "    │ »We want a bridge today.« They do not want it.\n"
            "\n"
            "1 claim\n");
}

TEST_F(SourcesTest, WhoContradictsWhom) {
  EXPECT_EQ(casus({"sources", "claims.casus", "contradictions"}).out,
            "the bridge should be\n"
            "         WHO             CLAIMS\n"
            "for      ALFA   demands  speech.1\n"
            "against  BRAVO  refuses  letter.1\n"
            "\n"
            "1 of 1 matter disputed between claims\n");
}

TEST_F(SourcesTest, TheMatrixHasPartiesAndMatters) {
  const auto r = casus({"sources", "claims.casus", "matrix", "--csv", "m.csv"});
  EXPECT_EQ(r.out,
            "MATTER      ALFA           BRAVO\n"
            "… should be\n"
            "the bridge  for: speech.1  against: letter.1\n"
            "\n"
            "2 speakers, 1 matter. A claim in full: casus sources ID\n");
  EXPECT_EQ(test::read("m.csv"), "matter,fact,ALFA,BRAVO\nthe bridge should be,should_be,+speech.1,-letter.1\n");
}

TEST_F(SourcesTest, DocumentsAreHeldToWhatIsStated) {
  const auto verify = [](const char* what) {
    return casus({"sources", "claims.casus", what, "--verify", "--documents", "documents"});
  };
  EXPECT_EQ(verify("speech").code, 0);
  const auto missing = verify("letter");
  EXPECT_EQ(missing.code, 1);
  EXPECT_THAT(missing.out, HasSubstr("could not open documents/letter.txt"));
  write_model(std::string(64, '0'), "0..99");
  const auto wrong = verify("speech");
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.out, HasSubstr("another text: its SHA-256 is"));
  EXPECT_THAT(wrong.out, HasSubstr("claims.casus:7"));
  EXPECT_THAT(wrong.out, HasSubstr("ends beyond the document"));
  test::write("documents/speech.txt", "a\xff");
  EXPECT_THAT(verify("speech").out, HasSubstr("not UTF-8 from byte 1 on"));
}

TEST_F(SourcesTest, WhatIsAskedWronglyIsSaid) {
  EXPECT_THAT(casus({"sources", "claims.casus", "speach"}).err, HasSubstr("did you mean 'speech'?"));
  EXPECT_THAT(casus({"sources", "claims.casus", "speech.7"}).err, HasSubstr("there is no claim 'speech.7'"));
  EXPECT_THAT(casus({"sources", "claims.casus", "--by", "ALFFA"}).err, HasSubstr("did you mean 'ALFA'?"));
  EXPECT_THAT(casus({"sources", "claims.casus", "--stance", "demand"}).err, HasSubstr("did you mean 'demands'?"));
  EXPECT_EQ(casus({"sources", "claims.casus", "--verify"}).code, 2);
  EXPECT_EQ(casus({"sources", "claims.casus", "--documents", "nowhere"}).code, 5);
  EXPECT_EQ(casus({"sources", "claims.casus", "--since", "yesterday"}).code, 2);
}

}  // namespace
}  // namespace casus::app
