// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app/harness.h"

namespace casus::app {
namespace {

using test::casus;

class ShowTest : public ::testing::Test {
 protected:
  test::Folder folder_;
};

TEST_F(ShowTest, ANameInAFileAndWhatItUses) {
  const auto r = casus({"show", "story.casus", "Pact.1"});
  EXPECT_EQ(r.code, 0);
  EXPECT_EQ(r.err, "");
  EXPECT_EQ(r.out, R"(Pact.1 · Help
article · ../library/basics.casus:10

  instrument  Pact of Help

Who
  Pact.1  each party to Pact must help within 24 h

Text of the model
  when attack(on: party victim)
  each party ally except victim shall help(to: victim) within 1 day;
)");
}

TEST_F(ShowTest, ANameAloneIsSoughtInTheLibrary) {
  const auto r = casus({"show", "Pact of Help"});
  EXPECT_EQ(r.code, 0);
  EXPECT_EQ(r.out.substr(0, r.out.find('\n')), "Pact · Pact of Help");
  EXPECT_EQ(casus({"show", "war"}).code, 2);  // stands in no library
}

TEST_F(ShowTest, UnknownNamesAreToldWithTheNearest) {
  const auto near = casus({"show", "story.casus", "ALFFA"});
  EXPECT_EQ(near.code, 2);
  EXPECT_EQ(near.out, "");
  EXPECT_EQ(near.err, "casus: nothing in story.casus is called 'ALFFA'\n       did you mean 'ALFA'?\n");
  const auto far = casus({"show", "story.casus", "something else"});
  EXPECT_EQ(far.err,
            "casus: nothing in story.casus is called 'something else'\n       casus list story.casus shows "
            "what there is\n");
}

TEST_F(ShowTest, UsageIsTold) {
  EXPECT_EQ(casus({"show"}).code, 2);
  EXPECT_NE(casus({"show", "story.casus"}).err.find("needs the name of what to show"), std::string::npos);
  EXPECT_NE(casus({"show", "story.casus", "Pact", "1"}).err.find("a file and one name"), std::string::npos);
  EXPECT_EQ(casus({"show", "nowhere.casus", "Pact"}).code, 5);
}

}  // namespace
}  // namespace casus::app
