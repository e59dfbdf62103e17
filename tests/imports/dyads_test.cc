// SPDX-License-Identifier: Apache-2.0
// Pairs and years from a model, and how a table can differ from them.
#include <gtest/gtest.h>

#include "imports/dyads.h"
#include "imports/models.h"

namespace casus::imports {
namespace {

using test::alliances;
using test::csv;
using test::data;
using test::make_atop;
using test::members;
using test::Rejected;
using test::World;

constexpr Owed defense = 1, nonagg = 8;

std::string two_members() {
  return make_atop(alliances({"atopid=1 begyr=1900 begmo=7 begday=1 endyr=1903 endmo=1 endday=1"}),
                   members({"atopid=1 member=2 cowsys=1 yrent=1900 moent=7 dayent=1 yrexit=1903 moexit=1 "
                            "dayexit=1 defense=1 nonagg=1",
                            "atopid=1 member=20 cowsys=1 yrent=1900 moent=7 dayent=1 yrexit=1903 moexit=1 "
                            "dayexit=1 nonagg=1"}))
      .text;
}

TEST(Dyads, follow_from_roles_and_parties_on_common_days) {
  const World world({{"atop", two_members()}});
  const PairYears owed = owed_under(world.model(), 1800, 2000);
  PairYears expected;
  for (int64_t year = 1900; year <= 1902; ++year) {  // until 1903-01-01: over at its first instant
    expected[{2, 20, year}] = defense | nonagg;
    expected[{20, 2, year}] = nonagg;
  }
  EXPECT_EQ(owed, expected);
  EXPECT_EQ(owed_under(world.model(), 1901, 1901).size(), 2u);
}

TEST(Dyads, of_members_who_never_met_there_are_none) {
  const std::string text =
      make_atop(
          alliances({"atopid=1 begyr=1900 begmo=1 begday=1"}),
          members({"atopid=1 member=2 yrent=1900 moent=1 dayent=1 yrexit=1901 moexit=1 dayexit=1 defense=1",
                   "atopid=1 member=20 yrent=1901 moent=1 dayent=1 defense=1"}))
          .text;
  const World world({{"atop", text}});
  EXPECT_TRUE(owed_under(world.model(), 1800, 2000).empty());
}

Difference one_difference(const PairYears& model, const PairYears& table, const States& states = {}) {
  Comparison c;
  c.model_last_year = 1950;
  std::string each;
  compare_pair_years(model, table, states, c, &each);
  Difference found = Difference::none;
  uint64_t all = 0;
  for (size_t i = 1; i < difference_count; ++i) {
    all += c.classes[i].count;
    if (c.classes[i].count != 0) found = static_cast<Difference>(i);
  }
  EXPECT_EQ(all, 1u) << each;
  EXPECT_EQ(std::count(each.begin(), each.end(), '\n'), 2);
  return found;
}

TEST(Dyads, each_difference_has_one_class) {
  const PairYear key{2, 20, 1900};
  EXPECT_EQ(one_difference({}, {{{2, 20, 1951}, defense}}), Difference::table_after_coverage);
  EXPECT_EQ(one_difference({}, {{key, defense}}), Difference::table_pair_unknown);
  EXPECT_EQ(one_difference({{{20, 2, 1900}, defense}}, {{key, defense}, {{20, 2, 1900}, defense}}),
            Difference::table_other_direction);
  EXPECT_EQ(one_difference({{key, nonagg}}, {{key, Owed{defense | nonagg}}}),
            Difference::table_coded_otherwise);
  EXPECT_EQ(one_difference({{{2, 20, 1901}, defense}}, {{key, defense}, {{2, 20, 1901}, defense}}),
            Difference::table_edge_year);
  EXPECT_EQ(one_difference({{{2, 20, 1905}, defense}}, {{key, defense}, {{2, 20, 1905}, defense}}),
            Difference::table_dates);
  EXPECT_EQ(one_difference({{{2, 20, 1905}, nonagg}}, {{key, defense}, {{2, 20, 1905}, nonagg}}),
            Difference::table_other_years);
  EXPECT_EQ(one_difference({{key, defense}}, {}), Difference::model_pair_unknown);
  EXPECT_EQ(
      one_difference({{key, defense}}, {}, {{2, {"", "", {{first_of(1950, 1, 1), Instant::far_future()}}}}}),
      Difference::model_not_in_system);
  EXPECT_EQ(one_difference({{key, Owed{defense | nonagg}}}, {{key, nonagg}}),
            Difference::model_coded_otherwise);
  EXPECT_EQ(one_difference({{key, defense}, {{2, 20, 1899}, defense}}, {{{2, 20, 1899}, defense}}),
            Difference::model_edge_year);
}

TEST(Dyads, a_whole_comparison_counts_both_sides) {
  const World world({{"atop", two_members()}});
  const std::string table =
      csv("ccode1 ccode2 year atop_defense atop_offense atop_neutral atop_nonagg atop_consul",
          {"ccode1=2 ccode2=20 year=1900 atop_defense=1 atop_nonagg=1",
           "ccode1=20 ccode2=2 year=1900 atop_nonagg=1", "ccode1=2 ccode2=20 year=1901 atop_nonagg=1",
           "ccode1=2 ccode2=20 year=1904"});
  Rejected rejected;
  std::optional<Failure> failure;
  const Comparison c =
      compare_with_table(world.model(), data("table.csv", table), rejected, failure, nullptr);
  EXPECT_FALSE(failure.has_value());
  EXPECT_EQ(std::tuple(c.first_year, c.last_year, c.model_last_year), std::tuple(1900, 1904, 1903));
  EXPECT_EQ(std::tuple(c.model_pair_years, c.table_pair_years, c.pair_years_in_both, c.pair_years_alike),
            std::tuple(6u, 3u, 3u, 2u));
  EXPECT_EQ(std::tuple(c.tallies[0].both, c.tallies[0].model_only, c.tallies[0].table_only),
            std::tuple(1u, 2u, 0u));
  EXPECT_EQ(std::tuple(c.tallies[3].both, c.tallies[3].model_only, c.tallies[3].table_only),
            std::tuple(3u, 3u, 0u));
  EXPECT_EQ(c.report.of(Trap::one_direction).count, 2u);
  EXPECT_EQ(c.report.of(Trap::no_obligation).count, 1u);
}

}  // namespace
}  // namespace casus::imports
