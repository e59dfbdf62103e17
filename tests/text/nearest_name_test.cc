// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/rng.h"
#include "text/diagnostic.h"

namespace casus {
namespace {

TEST(NearestName, FindsOneSlip) {
  const std::vector<std::string_view> known = {"consult", "armed_attack", "armed_force", "notify"};
  EXPECT_EQ(nearest_name("armed_atack", known), "armed_attack");
  EXPECT_EQ(nearest_name("armed_attaack", known), "armed_attack");
  EXPECT_EQ(nearest_name("armed_attark", known), "armed_attack");
  EXPECT_EQ(nearest_name("armed_attakc", known), "armed_attack");
  EXPECT_EQ(nearest_name("consutl", known), "consult");
}

TEST(NearestName, IsEmptyWhenNoneIsNear) {
  EXPECT_EQ(nearest_name("sanction", {"consult", "notify"}), "");
  EXPECT_EQ(nearest_name("armed_attack", {}), "");
  EXPECT_EQ(nearest_name("", {"a"}), "");
  EXPECT_EQ(nearest_name("p", {"q"}), "");
  EXPECT_EQ(nearest_name("consult", {""}), "");
}

TEST(NearestFirst, ListsTheNearestEight) {
  EXPECT_EQ(nearest_first("x", {}), "");
  EXPECT_EQ(nearest_first("ob", {"by"}), "`by`");
  EXPECT_EQ(nearest_first("onn", {"by", "at", "on"}), "`on`, `by` and `at`");
  std::vector<std::string_view> many(9, "other");
  many.back() = "near";
  EXPECT_TRUE(nearest_first("nearr", many).starts_with("`near`, `other`, "));
  EXPECT_TRUE(nearest_first("nearr", many).ends_with("`other` and 1 other"));
}

TEST(NearestName, AThirdOfTheLengthIsTheLimit) {
  EXPECT_EQ(nearest_name("abcdef", {"abcdxy"}), "abcdxy");
  EXPECT_EQ(nearest_name("abcdef", {"abcxyz"}), "");
  EXPECT_EQ(nearest_name("ab", {"ax"}), "ax");
  EXPECT_EQ(nearest_name("ab", {"xy"}), "");
  EXPECT_EQ(nearest_name("P", {"P5"}), "P5");
}

TEST(NearestName, ASwapOfNeighboursIsOneEdit) {
  EXPECT_EQ(nearest_name("abc", {"acb"}), "acb");
  EXPECT_EQ(nearest_name("abc", {"cab"}), "");
  // Restricted: the swapped pair is not edited again, so "ca" to "abc" is three edits and not two.
  EXPECT_EQ(nearest_name("ca____", {"abc____"}), "");
}

TEST(NearestName, CaseIsTheSmallerDifference) {
  EXPECT_EQ(nearest_name("ukr", {"UKX", "UKR"}), "UKR");
  EXPECT_EQ(nearest_name("nato", {"nat", "NATO"}), "NATO");
  EXPECT_EQ(nearest_name("Consul", {"CONSULT", "consult", "Consult"}), "Consult");
}

TEST(NearestName, OfEqualsTheFirst) {
  EXPECT_EQ(nearest_name("article_3", {"article_1", "article_2"}), "article_1");
  EXPECT_EQ(nearest_name("article_3", {"article_2", "article_1"}), "article_2");
}

TEST(NearestName, NeverProposesTheSameWord) {
  EXPECT_EQ(nearest_name("consult", {"consult"}), "");
  EXPECT_EQ(nearest_name("consult", {"consult", "consults"}), "consults");
}

TEST(NearestName, StopsAtAbsurdLengths) {
  const std::string huge(1'000'000, 'a');
  EXPECT_EQ(nearest_name(huge, {"aaaa"}), "");
  EXPECT_EQ(nearest_name("aaaa", {huge}), "");
}

// The definition, with the whole table and no shortcut.
size_t plain_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] =
          std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

TEST(NearestName, ShortcutsDoNotChangeTheAnswer) {
  Rng rng(17);
  const auto word = [&](uint64_t least) {
    std::string out(least + rng.below(9), 'a');
    for (char& c : out) c = static_cast<char>('a' + rng.below(3));
    return out;
  };
  for (int round = 0; round < 20'000; ++round) {
    const std::string wrong = word(2);
    const std::string known = word(2);
    const bool near = wrong != known && plain_distance(wrong, known) <= std::max<size_t>(1, wrong.size() / 3);
    ASSERT_EQ(nearest_name(wrong, {known}), near ? known : "") << wrong << " " << known;
  }
}

}  // namespace
}  // namespace casus
