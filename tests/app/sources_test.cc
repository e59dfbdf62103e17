// SPDX-License-Identifier: Apache-2.0
// casus sources at the command line: lists, passages, contradictions, the matrix, and documents held to what is stated.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/harness.h"
#include "claims/documents.h"

namespace casus::app {
namespace {

namespace fs = std::filesystem;
using test::casus;
using ::testing::HasSubstr;

class SourcesTest : public ::testing::Test {
 protected:
  SourcesTest() {
    fs::create_directory("documents");
    test::write("documents/speech.txt", document_);
    write_model(claims::sha256_hex(document_), "0..23");
  }
  static void write_model(const std::string& digest, const std::string& passage) {
    test::write("claims.casus",
                "use basics;\nkind issue;\nissue bridge \"the bridge\";\nfact should_be(what: issue) "
                "contested \"should be\";\n"
                "source speech \"A speech\" { file \"speech.txt\"; sha256 \"" +
                    digest +
                    "\"; }\n"
                    "source letter \"A letter\" { file \"letter.txt\"; }\n"
                    "claim speech.1 by ALFA (Envoy) at 2002-01-01 passage " +
                    passage +
                    " demands \"a crossing\": should_be(bridge);\n"
                    "claim letter.1 by BRAVO refuses \"no crossing\": not should_be(bridge);\n");
  }

  test::Folder folder_;
  const std::string document_ = "We want a bridge today. They do not want it.\n";
};

TEST_F(SourcesTest, AreListedWithHowManyClaims) {
  EXPECT_EQ(casus({"sources", "claims.casus"}).out,
            "SOURCE  CLAIMS  PUBLISHED  OUTLET  TITLE\n"
            "speech  1                          A speech\n"
            "letter  1                          A letter\n"
            "\n"
            "2 claims in 2 sources\n");
}

TEST_F(SourcesTest, AClaimIsShownInItsPassageAndWithWhatOthersSay) {
  EXPECT_EQ(casus({"sources", "claims.casus", "speech.1", "--documents", "documents"}).out,
            "speech · A speech\n"
            "  file speech.txt\n"
            "  speech.1 ALFA (Envoy), 2002-01-01\n"
            "    demands “a crossing”\n"
            "    for: the bridge should be · passage 0..23\n"
            "    the opposite: letter.1 BRAVO\n"
            "    │ »We want a bridge today.« They do not want it.\n"
            "\n"
            "1 claim\n");
}

TEST_F(SourcesTest, AreNarrowedByWhoWhatHowAndWhen) {
  const auto found = [](std::vector<std::string> more) {
    more.insert(more.begin(), {"sources", "claims.casus"});
    const auto r = casus(more);
    EXPECT_EQ(r.code, 0) << r.err;
    return std::string(r.out.find("\n  speech.1") != std::string::npos ? "speech " : "") +
           (r.out.find("\n  letter.1") != std::string::npos ? "letter" : "");
  };
  EXPECT_EQ(found({"--by", "BRAVO"}), "letter");
  EXPECT_EQ(found({"--by", "ALFA,BRAVO"}), "speech letter");
  EXPECT_EQ(found({"--about", "bridge"}), "speech letter");
  EXPECT_EQ(found({"--about", "should_be", "--stance", "demands,offers"}), "speech ");
  EXPECT_EQ(found({"--since", "2002-01-01"}), "speech ");
  EXPECT_EQ(found({"--until", "2001-12-31"}), "");
  EXPECT_THAT(casus({"sources", "claims.casus", "--by", "CHARLIE"}).out, HasSubstr("no claim fits"));
}

TEST_F(SourcesTest, WhoContradictsWhom) {
  EXPECT_EQ(casus({"sources", "claims.casus", "contradictions"}).out,
            "the bridge should be\n"
            "         WHO    WHEN        HOW      CLAIMS\n"
            "for      ALFA   2002-01-01  demands  speech.1\n"
            "against  BRAVO              refuses  letter.1\n"
            "\n"
            "1 of 1 matter disputed between claims\n");
}

TEST_F(SourcesTest, WhoContradictsItself) {
  test::write("more.casus", test::read("claims.casus") +
                                "claim letter.2 by ALFA at 2002-05-01: not should_be(bridge);\n"
                                "claim letter.3 by CHARLIE: not should_be(bridge);\n"
                                "claim letter.4 by CHARLIE at 2002-02-01: not should_be(bridge);\n"
                                "claim letter.5 by CHARLIE at 2002-02-03: not should_be(bridge);\n");
  EXPECT_EQ(casus({"sources", "more.casus", "contradictions"}).out,
            "the bridge should be\n"
            "         WHO      WHEN                      HOW      CLAIMS\n"
            "for      ALFA     2002-01-01                demands  speech.1\n"
            "against  ALFA     2002-05-01                         letter.2\n"
            "against  BRAVO                              refuses  letter.1\n"
            "against  CHARLIE  2002-02-01 to 2002-02-03           letter.3 letter.4 letter.5\n"
            "  against itself: ALFA\n"
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
            "A claim in full: casus sources ID\n"
            "2 speakers, 1 matter\n");
  EXPECT_EQ(test::read("m.csv"),
            "matter,fact,ALFA,BRAVO\nthe bridge should be,should_be,for: speech.1,against: letter.1\n");
  EXPECT_THAT(test::read("m.csv.json"), HasSubstr("\"schema\": \"casus/sources/1\""));
}

TEST_F(SourcesTest, AMatrixOfManyPartiesCountsClaims) {
  std::string text =
      "use basics;\nkind issue;\nissue bridge \"the bridge over the river, with all its lanes\";\nissue "
      "tower;\n"
      "fact should_be(what: issue) contested;\nsource s {}\nkind person is actor;\n";
  for (const char* name : {"Ann", "Ben", "Cleo", "TheThirdMinister"}) {
    text += "person " + std::string(name) + ";\n";
    text += "claim s." + std::string(name) + " by " + name + " requires \"so\": should_be(bridge);\n";
  }
  test::write("many.casus",
              text + "claim s.5 by Ann: not should_be(bridge);\nclaim s.6 by Ben: should_be(tower);\n");
  EXPECT_EQ(casus({"sources", "many.casus", "matrix"}).out,
            "MATTER                                         Ann     Ben  Cleo  The Third\n"
            "                                                                  Minister\n"
            "should be\n"
            "the bridge over the river, with all its lanes  +1 −1*  +1*  +1*   +1*\n"
            "\n"
            "+2: for it, in 2 claims · −: against it · *: on condition. With the claims: --by\n"
            "for a few of them\n"
            "4 speakers, 1 matter; 1 more, on which one speaker is alone: --all\n");
  EXPECT_THAT(casus({"sources", "many.casus", "matrix", "--all"}).out, HasSubstr("4 speakers, 2 matters\n"));
  EXPECT_THAT(casus({"sources", "many.casus", "matrix", "--by", "Ben"}).out,
              HasSubstr("1 speaker, 2 matters\n"));
}

TEST_F(SourcesTest, AMatrixBeyondMeasureIsRefused) {
  std::string text = "use basics;\nkind issue;\nfact should_be(what: issue) contested;\nsource s {}\n";
  for (int i = 0; i < 2001; ++i) {
    const std::string n = std::to_string(i);
    text += "issue i" + n + ";\nstate S" + n + ";\nclaim s." + n + " by S" + n + ": should_be(i" + n + ");\n";
  }
  test::write("large.casus", text);
  const auto r = casus({"sources", "large.casus", "matrix", "--all"});
  EXPECT_EQ(r.code, 4);
  EXPECT_THAT(r.err, HasSubstr("the matrix would have 4004001 cells; the limit is 4000000"));
  EXPECT_EQ(casus({"sources", "large.casus", "matrix", "--by", "S7"}).code, 0);
}

TEST_F(SourcesTest, AFactWithValuesHasAsManySides) {
  test::write("values.casus",
              "use basics;\nfact length(of: state) is count \"length of the border\";\nsource s {}\n"
              "claim s.1 by ALFA: length(ALFA) = 4;\nclaim s.2 by BRAVO: length(ALFA) = 5;\n"
              "claim s.3 by CHARLIE: not length(ALFA) = 5;\n");
  EXPECT_EQ(casus({"sources", "values.casus", "contradictions"}).out,
            "the length of the border of Alfa\n"
            "       WHO      WHEN  HOW  CLAIMS\n"
            "4      ALFA                s.1\n"
            "5      BRAVO               s.2\n"
            "not 5  CHARLIE             s.3\n"
            "\n"
            "1 of 1 matter disputed between claims\n");
  EXPECT_THAT(casus({"sources", "values.casus", "matrix", "--width", "60"}).out,
              HasSubstr("4 (1)  5 (1)  not 5 (1)"));
  EXPECT_THAT(casus({"sources", "values.casus", "matrix"}).out, HasSubstr("4: s.1  5: s.2  not 5: s.3"));
}

TEST_F(SourcesTest, DocumentsAreHeldToWhatIsStated) {
  const auto verify = [](const char* what) {
    return casus({"sources", "claims.casus", what, "--verify", "--documents", "documents"});
  };
  EXPECT_EQ(verify("speech").code, 0);
  EXPECT_EQ(verify("speech").out,
            "✓ speech · speech.txt: the text that was read; 1 of 1 passage found\n"
            "\n"
            "1 claim of 1 source: nothing found\n");
  const auto missing = verify("letter");
  EXPECT_EQ(missing.code, 1);
  EXPECT_THAT(missing.out,
              HasSubstr("letter · letter.txt (claims.casus:6): could not open documents/letter.txt"));
  write_model(std::string(64, '0'), "0..99");
  const auto wrong = verify("speech");
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.out, HasSubstr("another text: its SHA-256 is"));
  EXPECT_THAT(wrong.out, HasSubstr("claims.casus:7"));
  EXPECT_THAT(wrong.out, HasSubstr("ends beyond the document"));
  const auto shown = casus({"sources", "claims.casus", "speech.1", "--documents", "documents"});
  EXPECT_EQ(shown.code, 1);
  EXPECT_THAT(shown.out, HasSubstr("✗ the document: another text"));
  EXPECT_THAT(shown.out, HasSubstr("✗ its passage 0..99 ends beyond"));
  test::write("documents/speech.txt", "a\xff");
  EXPECT_THAT(verify("speech").out, HasSubstr("not UTF-8 from byte 1 on"));
}

TEST_F(SourcesTest, WhatIsNoDocumentIsNotReadAsOne) {
  const auto wrong = [] {
    return casus({"sources", "claims.casus", "speech", "--verify", "--documents", "documents", "--width",
                  "200"})
        .out;
  };
  fs::remove("documents/speech.txt");
  fs::create_directory("documents/speech.txt");
  EXPECT_THAT(wrong(), HasSubstr("documents/speech.txt is not a file"));
  fs::remove("documents/speech.txt");
  ASSERT_EQ(::mkfifo("documents/speech.txt", 0600),
            0);  // nobody writes: whoever opened it would wait for ever
  EXPECT_THAT(wrong(), HasSubstr("documents/speech.txt is not a file"));
  fs::remove("documents/speech.txt");
  test::write("documents/speech.txt", "x");
  fs::resize_file("documents/speech.txt", 100u << 20);
  EXPECT_THAT(wrong(), HasSubstr("documents/speech.txt is longer than 16 MiB"));
  test::write("speech.txt", document_);
  const std::string model = test::read("claims.casus");
  test::write("claims.casus", "use basics;\nsource speech { file \"../speech.txt\"; }\n");
  EXPECT_THAT(wrong(), HasSubstr("`../speech.txt` is not the plain name of a file"));
  test::write("claims.casus", "use basics;\nsource speech { file \"..\"; }\n");
  EXPECT_THAT(wrong(), HasSubstr("documents/.. is not a file"));
}

TEST_F(SourcesTest, ADocumentThatMayNotBeReadIsAFinding) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  fs::permissions("documents/speech.txt", fs::perms::none);
  const auto r = casus({"sources", "claims.casus", "speech", "--verify", "--documents", "documents"});
  EXPECT_EQ(r.code, 1);
  EXPECT_THAT(r.out, HasSubstr("Permission denied"));
}

TEST_F(SourcesTest, FilesAreThoseNamedAndWithoutAnyTheLibrarys) {
  EXPECT_EQ(casus({"sources"}).out, "SOURCE  CLAIMS  PUBLISHED  OUTLET  TITLE\n\n0 claims in 0 sources\n");
  EXPECT_THAT(casus({"sources", "claims.casus", "claims.casus", "../library"}).out,
              HasSubstr("2 claims in 2 sources\n"));
  EXPECT_THAT(casus({"sources", "claims.casus", "speech", "speech.1"}).out, HasSubstr("1 claim\n"));
  EXPECT_EQ(casus({"sources", "nowhere.casus"}).code, 5);
}

TEST_F(SourcesTest, AViewpointHasTheClaimsOfThoseWhomItAccepts) {
  const auto r = casus({"sources", "claims.casus", "--as", "East"});
  EXPECT_THAT(r.out, HasSubstr("speech.1"));
  EXPECT_THAT(r.out, HasSubstr("\n1 claim\n"));
  EXPECT_THAT(casus({"sources", "claims.casus", "--as", "Eats"}).err, HasSubstr("did you mean 'East'?"));
}

TEST_F(SourcesTest, WhatIsAskedWronglyIsSaid) {
  EXPECT_THAT(casus({"sources", "claims.casus", "speach"}).err, HasSubstr("did you mean 'speech'?"));
  EXPECT_THAT(casus({"sources", "claims.casus", "speech.7"}).err, HasSubstr("there is no claim 'speech.7'"));
  EXPECT_THAT(casus({"sources", "claims.casus", "--by", "ALFFA"}).err, HasSubstr("did you mean 'ALFA'?"));
  EXPECT_THAT(casus({"sources", "claims.casus", "--stance", "demand"}).err,
              HasSubstr("did you mean 'demands'?"));
  EXPECT_EQ(casus({"sources", "claims.casus", "--verify"}).code, 2);
  EXPECT_EQ(casus({"sources", "claims.casus", "--documents", "nowhere"}).code, 5);
  EXPECT_EQ(casus({"sources", "claims.casus", "--since", "yesterday"}).code, 2);
  EXPECT_EQ(casus({"sources", "claims.casus", "matrix", "--documents", "documents"}).code, 2);
  EXPECT_EQ(casus({"sources", "claims.casus", "--csv", "m.csv"}).code, 2);
}

// The library's own claims, against the documents where these are at hand.
class LibrarysClaims : public ::testing::Test {
 protected:
  LibrarysClaims() { ::setenv("CASUS_LIBRARY", CASUS_SOURCE_DIR "/library", 1); }
};

TEST_F(LibrarysClaims, AreManyAndEachHasItsPassageAndWords) {
  const auto j = nlohmann::json::parse(casus({"sources", "--json"}).out);
  EXPECT_EQ(j["sources"].size(), 5u);
  EXPECT_GE(j["claims"].size(), 120u);
  for (const auto& claim : j["claims"]) {
    EXPECT_FALSE(claim["passage"].is_null()) << claim;
    EXPECT_FALSE(claim["stance"].is_null()) << claim;
    EXPECT_FALSE(claim["by"].empty()) << claim;
  }
}

TEST_F(LibrarysClaims, StandInTheirDocuments) {
  const std::string documents = CASUS_SOURCE_DIR "/../shared/seeds";
  if (!fs::is_directory(documents)) GTEST_SKIP() << "the five documents are not in " << documents;
  const auto r = casus({"sources", "--verify", "--documents", documents});
  EXPECT_EQ(r.code, 0) << r.out;
  EXPECT_THAT(r.out, HasSubstr("of 5 sources: nothing found\n"));
}

}  // namespace
}  // namespace casus::app
