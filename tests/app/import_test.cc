// SPDX-License-Identifier: Apache-2.0
// casus import and casus run --table, from data files to a table; on invented data, and on the real ones where they are at hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/harness.h"
#include "imports/data.h"

namespace casus::app {
namespace {

namespace fs = std::filesystem;
using imports::test::csv;
using test::casus;
using test::Folder;
using test::Ran;
using ::testing::HasSubstr;
using ::testing::Not;

using Lines = std::vector<std::string>;

// The library's own words where they are looked for: the prelude beside the current folder, others beside the model's.
void use_library() {
  fs::create_directory("library");
  for (const std::string file : {"../library/prelude.casus.md", "library/conflict_data.casus.md"})
    test::write(file,
                test::read(std::string(CASUS_SOURCE_DIR) + "/library/" + fs::path(file).filename().string()));
}

class Import : public ::testing::Test {
 protected:
  Import() {
    use_library();
    test::write("states.csv",
                imports::test::states({"stateabb=ALF ccode=2 statenme=Alfa styear=1816 stmonth=1 stday=1 "
                                       "endyear=2016 endmonth=12 endday=31",
                                       "stateabb=BRA ccode=20 statenme=Bravo styear=1816 stmonth=1 stday=1 "
                                       "endyear=2016 endmonth=12 endday=31",
                                       "stateabb=CHA ccode=200 statenme=Charlie styear=1816 stmonth=1 "
                                       "stday=1 endyear=2016 endmonth=12 endday=31"}));
    test::write("alliances.csv",
                imports::test::alliances({"atopid=1 begyr=1900 begmo=1 begday=1 ineffect=1"}));
    test::write("members.csv",
                imports::test::members({"atopid=1 member=2 cowsys=1 yrent=1900 moent=1 dayent=1 ineffect=1 "
                                        "defense=1 defcon=1 defcoloc=1 version=4",
                                        "atopid=1 member=20 cowsys=1 yrent=1900 moent=1 dayent=1 ineffect=1 "
                                        "defense=1 consul=1 version=4"}));
    test::write("disputes.csv",
                csv("dispnum styear stmon maxdur",
                    {"dispnum=5 styear=1914 stmon=7 maxdur=9", "dispnum=6 styear=1920 stmon=1 maxdur=1"}));
    test::write(
        "pairs.csv",
        csv("dispnum ccode1 ccode2 year sidea1 sidea2 hostlev1 hostlev2 orig1 orig2",
            {"dispnum=5 ccode1=200 ccode2=2 year=1914 sidea1=1 hostlev1=4 hostlev2=1 orig1=1 orig2=1",
             "dispnum=6 ccode1=200 ccode2=20 year=1920 sidea1=1 hostlev1=4 hostlev2=1 orig1=1 orig2=1"}));
  }
  static Ran cow(Lines more = {}) {
    Lines args{"import",       "cow",     "--states",  "states.csv", "--disputes",
               "disputes.csv", "--dyads", "pairs.csv", "-o",         "out"};
    args.insert(args.end(), more.begin(), more.end());
    return casus(args);
  }
  static Ran atop(Lines more = {}) {
    Lines args{"import",     "atop", "--alliances", "alliances.csv", "--members", "members.csv", "--states",
               "states.csv", "-o",   "out"};
    args.insert(args.end(), more.begin(), more.end());
    return casus(args);
  }

  Folder folder_;
};

TEST_F(Import, from_data_to_a_table) {
  ASSERT_EQ(cow().code, 0) << cow().err;
  const Ran made = atop();
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("written: atop.casus\nwritten: replay.casus\nwritten: atop.report.json\n"));
  EXPECT_EQ(casus({"fmt", "--check", "out/atop.casus", "out/replay.casus", "out/cow_states.casus"}).code, 0);
  EXPECT_EQ(casus({"check", "out/replay.casus"}).code, 0);
  const Ran run = casus({"run", "out/replay.casus", "--table", "table.csv"});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_EQ(test::read("table.csv"),
            "event,date,member,partner,adversary,alliance,article,obligation,condition,owed,outcome,why\n"
            "mid5_200_2,1914-07-01,cow_20,cow_2,cow_200,atop_1,Defense,shall assist,met,yes,released,\n"
            "mid5_200_2,1914-07-01,cow_20,cow_2,cow_200,atop_1,Consultation,shall consult,met,yes,released,\n"
            "mid6_200_20,1920-01-01,cow_2,cow_20,cow_200,atop_1,Defense,shall assist,open,no,,not told: the "
            "obligation covers the place\n");
}

TEST_F(Import, what_the_data_leave_open_can_be_told) {
  cow(), atop();
  test::write("out/known.casus", "use atop;\ngiven place_covered(atop_1, \"mid.6\");\n");
  const Ran run = casus({"run", "out", "--table", "table.csv"});
  ASSERT_EQ(run.code, 0) << run.err;
  EXPECT_THAT(
      test::read("table.csv"),
      HasSubstr(
          "mid6_200_20,1920-01-01,cow_2,cow_20,cow_200,atop_1,Defense,shall assist,met,yes,released,\n"));
}

TEST_F(Import, comes_out_the_same_twice) {
  cow(), atop();
  casus({"run", "out/replay.casus", "--table", "one.csv", "--json"});
  const std::string model = test::read("out/atop.casus"), events = test::read("out/cow_events.ndjson");
  cow(), atop();
  casus({"run", "out/replay.casus", "--table", "two.csv"});
  EXPECT_EQ(test::read("out/atop.casus"), model);
  EXPECT_EQ(test::read("out/cow_events.ndjson"), events);
  EXPECT_EQ(test::read("one.csv"), test::read("two.csv"));
}

TEST_F(Import, prints_its_report_for_machines) {
  const Ran made = cow({"--json"});
  EXPECT_EQ(made.out.substr(0, made.out.find("\"written\"")),
            test::read("out/cow.report.json").substr(0, made.out.find("\"written\"")));
}

TEST_F(Import, bad_lines_stop_it_or_are_put_aside) {
  test::write("pairs.csv", test::read("pairs.csv") + "x,1,2,1914,1,0,4,1,1,1\n");
  const Ran stopped = cow();
  EXPECT_EQ(stopped.code, 5);
  EXPECT_THAT(stopped.err, HasSubstr("pairs.csv, line 4"));
  EXPECT_THAT(stopped.err, HasSubstr("nothing was written"));
  EXPECT_FALSE(fs::exists("out/cow_states.casus"));
  const Ran went_on = cow({"--keep-going"});
  EXPECT_EQ(went_on.code, 0) << went_on.err;
  EXPECT_THAT(went_on.err, HasSubstr("1 line could not be read; it is in out/import.rejects.csv"));
  EXPECT_THAT(test::read("out/import.rejects.csv"),
              HasSubstr("CAS0712: dispnum: `x` is no number\nx,1,2,1914,1,0,4,1,1,1\n"));
  test::write("pairs.csv", "dispnum,ccode1\n");
  EXPECT_EQ(cow({"--keep-going"}).code, 5);
}

TEST_F(Import, says_what_it_needs) {
  EXPECT_EQ(casus({"import", "atop", "-o", "out"}).code, 2);
  EXPECT_EQ(
      casus({"import", "cow", "--states", "states.csv", "--disputes", "disputes.csv", "-o", "out"}).code, 2);
  EXPECT_THAT(casus({"import", "atpo"}).err, HasSubstr("did you mean 'atop'?"));
  EXPECT_EQ(casus({"import", "compare", "x.casus"}).code, 2);
  EXPECT_EQ(casus({"import", "cow", "--states", "none.csv", "-o", "out"}).code, 5);
  EXPECT_EQ(casus({"import", "cow", "out", "--states", "states.csv", "-o", "out"}).code, 2);
}

TEST_F(Import, a_table_is_of_one_replay) {
  fs::remove("../library/prelude.casus.md");  // the story has words of its own
  EXPECT_EQ(casus({"run", "story.casus", "--table", "t.csv"}).code, 2);
  EXPECT_EQ(casus({"run", "story.casus", "--scenario", "war", "--table", "t.csv", "--stream"}).code, 2);
  EXPECT_EQ(casus({"run", "story.casus", "--scenario", "war", "--table", "t.csv"}).code, 0);
  EXPECT_EQ(casus({"run", "story.casus", "--scenario", "war", "--table", "no/folder/t.csv"}).code, 5);
}

TEST_F(Import, compares_with_a_table_of_pairs_and_years) {
  cow(), atop();
  test::write(
      "pair_years.csv",
      csv("ccode1 ccode2 year atop_defense atop_offense atop_neutral atop_nonagg atop_consul",
          {"ccode1=2 ccode2=20 year=1900 atop_defense=1", "ccode1=20 ccode2=2 year=1900 atop_defense=1"}));
  const Ran told =
      casus({"import", "compare", "out/atop.casus", "--with", "pair_years.csv", "-o", "each.csv"});
  EXPECT_EQ(told.code, 0) << told.err;
  EXPECT_THAT(told.out, HasSubstr("1      only the model: the table has them allied that year"));
  EXPECT_EQ(test::read("each.csv"),
            "from,to,year,obligation,in,class\n20,2,1900,Consultation,model,model_coded_otherwise\n");
}

// The real data, which are not part of the project: $CASUS_DATA, else ../shared/data beside the sources.
class RealData : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* set = std::getenv("CASUS_DATA");
    data_ = set ? fs::path(set) : fs::path(CASUS_SOURCE_DIR) / "../shared/data";
    if (!fs::exists(data_ / "atop/atop-member-level.csv"))
      GTEST_SKIP() << "no data at " << data_ << "; set CASUS_DATA";
    data_ = fs::canonical(data_);
    use_library();
    const auto at = [this](const char* name) { return (data_ / name).string(); };
    ASSERT_EQ(
        casus({"import", "cow", "--states", at("cow/cow_states.csv"), "--majors", at("cow/cow_majors.csv"),
               "--disputes", at("cow/cow_mid_disps.csv"), "--dyads", at("cow/cow_mid_dirdisps.csv"), "--wars",
               at("cow/cow_war_inter.csv"), "--capabilities", at("cow/cow_nmc.csv"), "-o", "out"})
            .code,
        0);
    ASSERT_EQ(casus({"import", "atop", "--alliances", at("atop/atop-alliance-level.csv"), "--members",
                     at("atop/atop-member-level.csv"), "--states", at("cow/cow_states.csv"), "-o", "out"})
                  .code,
              0);
  }

  Folder folder_;
  fs::path data_;
};

TEST_F(RealData, two_hundred_years_in_under_a_minute) {
  const std::clock_t begun = std::clock();
  const Ran run = casus({"run", "out/replay.casus", "--table", "table.csv", "--json"});
  EXPECT_EQ(run.code, 0) << run.err;
  EXPECT_LT(static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC, 60.0);
  const std::string table = test::read("table.csv");
  EXPECT_GT(std::count(table.begin(), table.end(), '\n'), 100'000);
  // Every dispute and every war is among the events, and every event was taken.
  const auto document = nlohmann::json::parse(run.out);
  EXPECT_EQ(document["events"]["taken"], document["events"]["lines"]);
  EXPECT_EQ(document["events"]["rejected"], 0);
  EXPECT_EQ(document["instruments"], 745);
}

// The first line of `text` that is not as it is expected; `…` stands for one line, which depends on the version.
std::string unlike(const std::string& text, const std::string& expected) {
  std::istringstream printed(text), wanted(expected);
  std::string line, want;
  while (std::getline(wanted, want)) {
    if (!std::getline(printed, line)) return "nothing, and not " + want;
    if (want != "…" && want != line) return line + ", and not " + want;
  }
  return std::getline(printed, line) ? line : "";
}

// Each command of docs/methods/atop.md prints what stands there.
TEST_F(RealData, the_methods_page_is_true) {
  fs::create_directory_symlink(data_, "data");
  std::istringstream page(test::read(std::string(CASUS_SOURCE_DIR) + "/docs/methods/atop.md"));
  size_t commands = 0;
  bool inside = false;
  Lines args;
  std::string expected;
  const auto judge = [&] {
    if (args.empty()) return;
    EXPECT_EQ(unlike(casus(args).out, expected), "") << "casus " << args[0] << " " << args[1];
    ++commands;
    args.clear();
  };
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("```")) {
      if (inside) judge();
      inside = line == "```console";
    } else if (inside && line.starts_with("$ casus ")) {
      judge();
      expected.clear();
      std::istringstream words(line.substr(8));
      for (std::string word; words >> word;) args.push_back(word);
    } else if (inside) {
      expected += line + "\n";
    }
  }
  EXPECT_EQ(commands, 4u);
}

TEST_F(RealData, pairs_and_years_agree_with_atops_own_table) {
  const Ran told = casus({"import", "compare", "out/atop.casus", "--with",
                          (data_ / "cow/atop_alliance.csv").string(), "--json"});
  ASSERT_EQ(told.code, 0) << told.err;
  const auto c = nlohmann::json::parse(told.out);
  const double both = c["pair_years"]["both"], alike = c["pair_years"]["alike"];
  EXPECT_GT(both, 250'000);
  EXPECT_GT(alike / both, 0.995);
}

}  // namespace
}  // namespace casus::app
