// SPDX-License-Identifier: Apache-2.0
// Claims: found by what they say, set against each other, held to documents.
#include "claims/claims.h"

#include <gtest/gtest.h>

#include "claims/documents.h"
#include "model/loader.h"

namespace casus::claims {
namespace {

constexpr const char* model_text = R"(
kind state is actor; kind issue;
state ALD "Aldia"; state BRE "Brenia"; state COR "Corland";
issue bridge "a bridge over the river";
issue tower "a tower";
fact should_be(what: issue) contested "should be";
source a "Speeches" { published 2023-01-01; }
source b "Letters" {}
claim a.1 by ALD at 2023-01-02 passage 0..5 demands "a bridge": should_be(bridge);
claim a.2 by ALD, BRE at 2023-02-10 passage 5..9 holds "a tower, too": should_be(tower);
claim b.1 by BRE (Envoy) at 2023-03-01 refuses "no bridge": not should_be(bridge);
claim b.2 by COR requires "only with a ferry": should_be(bridge);
claim b.3 by ALD: not should_be(bridge);
fact length(of: issue) is count contested "length in yards";
source v {}
claim v.four by ALD: length(bridge) = 4;
claim v.five by BRE: length(bridge) = 5;
claim v.not_four by BRE: not length(bridge) = 4;
claim v.no by COR: should_be(tower) = false;
claim v.not_five by BRE: not length(bridge) = 5;
)";

class Claims : public ::testing::Test {
 protected:
  Claims() {
    const model::ReadModule none = [](const std::string& name, const std::string&) {
      return std::optional(model::ModuleText{name, ""});
    };
    loaded_ = model::load("claims.casus", model_text, none, sources_, diagnostics_);
    EXPECT_FALSE(diagnostics_.has_errors()) << render(diagnostics_, sources_, {});
  }
  const model::Model& m() const { return loaded_.model; }
  model::FactId fact(std::string_view name) const {
    for (size_t i = 0; i < m().facts.size(); ++i) {
      if (m().facts[i].name == name) return model::FactId(i);
    }
    return {};
  }
  std::string found(const Wanted& w) const {
    std::string out;
    for (Index i : find(m(), w)) out += (out.empty() ? "" : " ") + id_of(m(), m().claims[i]);
    return out;
  }

  Sources sources_;
  Diagnostics diagnostics_;
  model::Loaded loaded_;
};

TEST_F(Claims, AreFoundByWhoWhatHowAndWhen) {
  EXPECT_EQ(found({}), "a.1 a.2 b.1 b.2 b.3 v.four v.five v.not_four v.no v.not_five");
  Wanted w;
  w.by = {m().find_entity("BRE")};
  EXPECT_EQ(found(w), "a.2 b.1 v.five v.not_four v.not_five");
  w.about_entity = m().find_entity("bridge");
  EXPECT_EQ(found(w), "b.1 v.five v.not_four v.not_five");
  w.about_fact = fact("length");
  EXPECT_EQ(found(w), "v.five v.not_four v.not_five");
  Wanted stance;
  stance.stances = {model::Stance::asserts};  // what is not said in any way is not asserted either
  EXPECT_EQ(found(stance), "");
  stance.stances = {model::Stance::requires_};
  EXPECT_EQ(found(stance), "b.2");
  stance.stances.push_back(model::Stance::refuses);
  EXPECT_EQ(found(stance), "b.1 b.2");
  Wanted two;
  two.by = {m().find_entity("COR"), m().find_entity("BRE")};
  EXPECT_EQ(found(two), "a.2 b.1 b.2 v.five v.not_four v.no v.not_five");
  Wanted dated;
  dated.since = parse_instant("2023-02-10T12:00Z")->at;  // a day that is not over by then counts
  EXPECT_EQ(found(dated), "a.2 b.1");
  dated.until = parse_instant("2023-02-20")->at;
  EXPECT_EQ(found(dated), "a.2");
}

TEST_F(Claims, ContradictEachOtherWhereOneDeniesWhatAnotherSays) {
  const auto all = positions(m(), find(m(), {}));
  ASSERT_EQ(all.size(), 3u);
  const Positions& bridge = all[0];
  EXPECT_TRUE(contradict(bridge));
  const auto at = [&](const char* who) { return bridge.of.at(m().find_entity(who)); };
  const Side yes{}, no{true, 1};
  EXPECT_TRUE(contradict(at("ALD")));  // itself, in another claim
  EXPECT_EQ(at("ALD").says.at(yes).size(), 1u);
  EXPECT_EQ(at("ALD").says.at(no).size(), 1u);
  EXPECT_FALSE(contradict(at("BRE")));
  EXPECT_FALSE(at("BRE").says.contains(yes));
  EXPECT_TRUE(at("COR").conditional);
  EXPECT_FALSE(at("BRE").conditional);
  EXPECT_TRUE(contradict(all[1]));  // `= false` denies
  EXPECT_TRUE(all[1].of.at(m().find_entity("COR")).says.contains(no));
  Wanted speeches;
  speeches.source = m().claims[0].source;
  EXPECT_FALSE(contradict(positions(m(), find(m(), speeches))[1]));
  EXPECT_EQ(cells(all), 9u);
}

TEST_F(Claims, ContradictEachOtherWhereTheyGiveOneFactTwoValues) {
  const auto values = [&](std::initializer_list<const char*> numbers) {
    std::vector<Index> some;
    for (const char* number : numbers) {
      Wanted w;
      w.number = number;
      for (Index i : find(m(), w)) some.push_back(i);
    }
    return positions(m(), some).at(0);
  };
  EXPECT_FALSE(contradict(values({"four"})));
  EXPECT_TRUE(contradict(values({"four", "five"})));
  EXPECT_TRUE(contradict(values({"four", "not_four"})));
  EXPECT_FALSE(contradict(values({"four", "not_five"})));
  EXPECT_FALSE(contradict(values({"not_four", "not_five"})));
}

TEST_F(Claims, OfOthersThanThePartiesAskedForAreLeftOut) {
  const auto all = positions(m(), find(m(), {}), {m().find_entity("BRE")});
  for (const Positions& p : all) EXPECT_LE(p.of.size(), 1u);
  EXPECT_EQ(all[1].of.begin()->first, m().find_entity("BRE"));  // a claim of two
}

TEST(Documents, PassagesCountCharactersAndNotBytes) {
  size_t at = 0;
  const auto d = Document::of("„Ja“, sagt er.", at);
  ASSERT_TRUE(d);
  EXPECT_EQ(d->characters(), 14u);
  EXPECT_EQ(d->text(0, 4), "„Ja“");
  EXPECT_EQ(d->text(6, 99), "sagt er.");
  EXPECT_FALSE(Document::of("ab\xff", at));
  EXPECT_EQ(at, 2u);
}

TEST(Documents, WhatIsWrongWithAPassageIsSaid) {
  size_t at = 0;
  const auto d = *Document::of("one  two", at);
  model::Claim c;
  EXPECT_EQ(fault(c, d), "it names no passage");
  c.passage = {0, 8};
  EXPECT_EQ(fault(c, d), "");
  c.passage = {0, 9};
  EXPECT_EQ(fault(c, d), "its passage 0..9 ends beyond the document, which has 8 characters");
  c.passage = {3, 3};
  EXPECT_EQ(fault(c, d), "its passage 3..3 is empty");
  c.passage = {3, 5};
  EXPECT_EQ(fault(c, d), "its passage 3..5 is blank");
  c.passage = {1, 3};
  EXPECT_EQ(fault(c, d), "its passage 1..3 begins within a word");
  c.passage = {0, 6};
  EXPECT_EQ(fault(c, d), "its passage 0..6 ends within a word");
}

// FIPS 180-2, appendix B.1.
TEST(Documents, DigestsAreSha256) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace casus::claims
