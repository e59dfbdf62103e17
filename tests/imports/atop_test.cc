// SPDX-License-Identifier: Apache-2.0
// Alliances as coded become instruments.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "imports/models.h"

namespace casus::imports {
namespace {

using test::alliances;
using test::MadeAtop;
using test::make_atop;
using test::members;
using test::World;
using ::testing::HasSubstr;
using ::testing::Not;

// What casus makes of one member's obligation, on one line.
std::string clause_of(const std::string& coded, const std::string& article) {
  const MadeAtop made =
      make_atop(alliances({"atopid=1 begyr=1900 begmo=1 begday=1 ineffect=1"}),
                members({"atopid=1 member=2 cowsys=1 yrent=1900 moent=1 dayent=1 ineffect=1 " + coded,
                         "atopid=1 member=20 cowsys=1 yrent=1900 moent=1 dayent=1 ineffect=1 version=5"}));
  const World world({{"atop", made.text}});
  const model::Model& m = world.model();
  std::string out;
  for (const auto& c : m.clauses) {
    if (!c.instrument || !c.article || m[c.article].label != article) continue;
    std::string text;
    for (const char ch : world.sources.slice(c.span)) {
      if (ch != '\n' && !(ch == ' ' && text.ends_with(' ')))
        text += ch;
      else if (ch == '\n' && !text.ends_with(' '))
        text += ' ';
    }
    out += (out.empty() ? "" : " | ") + text;
  }
  return out;
}

TEST(Atop, obligations_are_clauses_of_those_who_owe_them) {
  EXPECT_EQ(clause_of("defense=1", "Defense"),
            "when confronts(by: actor adversary, on: party partner) as attack where attack.level >= 4 and "
            "not attack.late each defends except partner, "
            "adversary shall assist(to: partner, against: adversary) until over(attack.conflict);");
  EXPECT_EQ(clause_of("offense=1", "Offense"),
            "when confronts(by: party partner, on: actor adversary) as attack where attack.level >= 4 each "
            "attacks_with except partner, "
            "adversary shall assist(to: partner, against: adversary) until over(attack.conflict);");
  EXPECT_EQ(clause_of("nonagg=1", "Nonaggression"), "each keeps_peace shall not use_force(against: party);");
  EXPECT_THAT(clause_of("consul=1", "Consultation"),
              HasSubstr("each consults except partner, adversary shall consult(about: attack) promptly"));
  EXPECT_THAT(clause_of("neutral=1", "Neutrality"),
              HasSubstr(" | when confronts(by: party partner, on: actor adversary)"));
  EXPECT_THAT(clause_of("neutral=1 neucon=1 neucoatt=1", "Neutrality"), Not(HasSubstr(" | ")));
  EXPECT_EQ(clause_of("defense=1", "Offense"), "");
}

TEST(Atop, conditions_are_parts_of_the_clause) {
  const auto defense = [](const std::string& coded) {
    return clause_of("defense=1 defcon=1 " + coded, "Defense");
  };
  EXPECT_THAT(defense("defcoadv=1"), HasSubstr("and adversary_named(this, adversary) each"));
  EXPECT_THAT(defense("defcoadv=1 specthrt=1 statthr1=255"), HasSubstr("and adversary = cow_255 each"));
  EXPECT_THAT(defense("defcoadv=1 specthrt=4 statthr1=255 statthr2=300"),
              HasSubstr("(adversary = cow_255 or adversary = cow_300 or adversary_named(this, adversary))"));
  EXPECT_THAT(defense("defcoloc=1"), HasSubstr("place_covered(this, attack.conflict)"));
  EXPECT_THAT(defense("defcocon=1"), HasSubstr("and conflict_meant(this, attack.conflict)"));
  EXPECT_THAT(defense("defcocon=1 wartime=1 cowwar=106"),
              HasSubstr("(attack.conflict = \"war.106\" or conflict_meant(this, attack.conflict))"));
  EXPECT_THAT(defense("defconum=1"), HasSubstr("attack.opponents >= 2"));
  EXPECT_THAT(defense("defcodem=1"), HasSubstr("demand_refused("));
  EXPECT_THAT(defense("defconpr=1"), HasSubstr("unprovoked("));
  EXPECT_THAT(defense("olimob=1"), HasSubstr("limits_kept("));
  EXPECT_THAT(defense(""), HasSubstr("condition_met("));
  EXPECT_THAT(clause_of("consul=1 concon=1 concoreq=1", "Consultation"),
              HasSubstr("consultation_requested("));
}

TEST(Atop, renunciation_is_a_power) {
  EXPECT_EQ(clause_of("renounce=1", "Renunciation"), "each may_renounce may denounce(what: this);");
  EXPECT_EQ(clause_of("renounce=3", "Renunciation"),
            "each may_renounce may denounce(what: this) where may_be_renounced(this);");
  EXPECT_EQ(clause_of("renounce=2", "Renunciation"), "");
  EXPECT_EQ(clause_of("renounce=0", "Renunciation"), "");
}

TEST(Atop, members_come_and_go_and_phases_follow_one_another) {
  const MadeAtop made = make_atop(
      alliances({"atopid=7 begyr=1882 begmo=5 begday=20 endyr=1918 endmo=11 endday=3 length=60 renewlgt=72"}),
      members({"atopid=7 member=325 cowsys=1 yrent=1882 moent=5 dayent=20 yrexit=1887 moexit=2 dayexit=20 "
               "phase=1 defense=1",
               "atopid=7 member=325 cowsys=1 yrent=1887 moent=2 dayent=20 yrexit=1915 moexit=5 dayexit=23 "
               "phase=2 defense=1 neutral=1",
               "atopid=7 member=255 cowsys=1 yrent=1882 moent=5 dayent=20 yrexit=1918 moexit=11 dayexit=3 "
               "phase=1 defense=1 defcon=1 defconpr=1"}));
  EXPECT_THAT(made.text, HasSubstr("in force from 1882-05-20 until 1918-11-03;"));
  EXPECT_THAT(made.text, HasSubstr("party cow_325 from 1882-05-20 until 1915-05-23;"));
  EXPECT_THAT(made.text, HasSubstr("role keeps_neutral \"owes neutrality when a partner is in conflict\": "
                                   "cow_325 from 1887-02-20 until 1915-05-23;"));
  EXPECT_THAT(made.text, HasSubstr("role defends_2"));
  EXPECT_THAT(made.text, HasSubstr("given term_length(atop_7) = 60;"));
  EXPECT_THAT(made.text, HasSubstr("given renewal_length(atop_7) = 72;"));
  EXPECT_THAT(made.text, HasSubstr("\"Alliance of 1882: state 255, state 325\""));
}

TEST(Atop, what_could_mislead_is_reported) {
  const MadeAtop made =
      make_atop(alliances({"atopid=1 begyr=1900 begmo=1 begday=1 ineffect=1",
                           "atopid=2 begyr=1900 begmo=1 begday=NA endyr=1910 endmo=5 endday=1 ineffect=1",
                           "atopid=4 begyr=1900 begmo=1 begday=1"}),
                members({"atopid=1 member=2 yrent=1899 moent=1 dayent=1 ineffect=1 defense=1 defcoloc=1",
                         "atopid=1 member=20 yrent=1900 moent=1 dayent=1 obvary=1",
                         "atopid=2 member=20 cowsys=1 yrent=1900 moent=1 dayent=1 yrexit=1911 moexit=1 "
                         "dayexit=1 offcoadv=1 consul=1 concon=1",
                         "atopid=2 member=20 cowsys=1 yrent=1905 moent=1 dayent=1 yrexit=1905 moexit=1 "
                         "dayexit=1 neutral=1 neucon=1 neucoadv=1",
                         "atopid=3 member=20 cowsys=1 yrent=1900 moent=1 dayent=1 ineffect=1 nonagg=1"}));
  const auto times = [&](Trap t) { return made.report.of(t).count; };
  EXPECT_EQ(times(Trap::year_zero), 3u);
  EXPECT_EQ(times(Trap::no_end_told), 2u);
  EXPECT_EQ(times(Trap::in_effect_and_ended), 1u);
  EXPECT_EQ(times(Trap::day_missing), 1u);
  EXPECT_EQ(times(Trap::member_before_alliance), 1u);
  EXPECT_EQ(times(Trap::member_after_alliance), 1u);
  EXPECT_EQ(times(Trap::member_not_in_system), 2u);
  EXPECT_EQ(times(Trap::no_obligation), 1u);
  EXPECT_EQ(times(Trap::varies_by_partner), 1u);
  EXPECT_EQ(times(Trap::condition_not_marked), 1u);
  EXPECT_EQ(times(Trap::condition_not_told), 1u);
  EXPECT_EQ(times(Trap::condition_without_obligation), 1u);
  EXPECT_EQ(times(Trap::adversary_not_named), 1u);
  EXPECT_EQ(times(Trap::ends_at_once), 1u);
  EXPECT_EQ(times(Trap::spells_overlap), 1u);
  EXPECT_EQ(times(Trap::no_alliance_row), 1u);
  EXPECT_EQ(times(Trap::no_member_rows), 1u);
  EXPECT_EQ(made.report.of(Trap::member_before_alliance).first,
            (std::vector<std::string>{"members.csv:2 (1)"}));
  World world({{"atop", made.text}});
}

TEST(Atop, rows_that_contradict_themselves_are_put_aside) {
  const MadeAtop made =
      make_atop(alliances({"atopid=1 begyr=1900 begmo=1 begday=1", "atopid=1 begyr=1901 begmo=1 begday=1",
                           "atopid=0 begyr=1900"}),
                members({"atopid=1 member=2 yrent=1900 moent=1 dayent=1 yrexit=1899 moexit=1 dayexit=1",
                         "atopid=1 member=2 yrent=1900 moent=1 dayent=1 defense=2"}));
  EXPECT_EQ(
      made.rejected.reasons,
      (std::vector<std::string>{"atopid: this alliance has a row already", "atopid: 0 is not in 1 to 999999",
                                "yrexit: it leaves before it enters", "defense: it is neither 0 nor 1"}));
}

TEST(Atop, states_of_a_list_are_not_declared_again) {
  Report report;
  test::Rejected rejected;
  std::optional<Failure> failure;
  const std::string list =
      test::states({"stateabb=ALF ccode=2 statenme=Alfa styear=1816 stmonth=1 stday=1 endyear=2016 "
                    "endmonth=12 endday=31"});
  const States known = read_states(test::data("states.csv", list), report, rejected, failure);
  const MadeAtop made = make_atop(alliances({"atopid=1 begyr=1900 begmo=1 begday=1"}),
                                  members({"atopid=1 member=2 yrent=1900 moent=1 dayent=1",
                                           "atopid=1 member=8152 yrent=1900 moent=1 dayent=1"}),
                                  known);
  EXPECT_THAT(made.text, HasSubstr("use cow_states;"));
  EXPECT_THAT(made.text, HasSubstr("state cow_8152 \"state 8152\""));
  EXPECT_THAT(made.text, Not(HasSubstr("state cow_2 ")));
  EXPECT_THAT(made.text, HasSubstr("// Alfa"));
  EXPECT_EQ(made.report.of(Trap::actor_not_listed).count, 1u);
}

}  // namespace
}  // namespace casus::imports
