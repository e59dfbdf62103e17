// SPDX-License-Identifier: Apache-2.0
// casus check library: it finds by itself each clash for which the texts are known, at the articles that clash, and calls
// nothing a clash that is none; on clean treaties it is silent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/harness.h"

namespace casus::app {
namespace {

using Json = nlohmann::json;
using ::testing::HasSubstr;

const Json& found_in_the_library() {
  static const Json all = [] {
    ::setenv("CASUS_LIBRARY", CASUS_SOURCE_DIR "/library", 1);
    const auto r = test::casus({"check", CASUS_SOURCE_DIR "/library", "--json", "--notes"});
    EXPECT_EQ(r.code, 1);
    return Json::parse(r.out, nullptr, false);
  }();
  return all;
}

std::string short_name(const Json& path) {
  const std::string p = path.get<std::string>(), name = p.substr(p.rfind('/') + 1);
  return name.substr(0, name.find('.'));
}

// Whether one of the findings stands there: "CAS0928 istanbul_communique:art_5__para_1", with a message that holds
// `words`, beside a place in `other`.
struct Clash {
  const char *name, *code, *file, *article, *other, *words;
};
bool is(const Json& f, const Clash& c) {
  if (f["code"] != c.code || short_name(f["file"]) != c.file) return false;
  if (f["instrument"].get<std::string>().empty()) return false;
  if (f["eId"] != c.article || f["message"].get<std::string>().find(c.words) == std::string::npos)
    return false;
  if (!*c.other) return true;
  return std::any_of(f["related"].begin(), f["related"].end(),
                     [&](const Json& r) { return short_name(r["file"]) == c.other; });
}

class ClashOfTheLibrary : public ::testing::TestWithParam<Clash> {};

TEST_P(ClashOfTheLibrary, IsFound) {
  const Json& all = found_in_the_library()["findings"];
  std::string those;
  for (const Json& f : all) {
    if (f["code"] == GetParam().code)
      those += short_name(f["file"]) + ':' + f["eId"].get<std::string>() + ' ' +
               f["message"].get<std::string>() + '\n';
  }
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const Json& f) { return is(f, GetParam()); })) << those;
}

INSTANTIATE_TEST_SUITE_P(
    All, ClashOfTheLibrary,
    ::testing::Values(
        Clash{"a_guarantor_may_be_the_attacker", "CAS0905", "istanbul_communique", "art_5__para_1", "",
              "the actor of `armed_attack` may be in `guarantor`"},
        Clash{"budapest_on_nuclear_aggression_alone", "CAS0926", "budapest_memorandum", "art_4__para_3", "",
              "`armed_attack` on UKR obliges nobody where not `reading paragraph_4 = any_aggression`"},
        Clash{"consensus_against_72_hours", "CAS0929", "kyiv_security_compact", "art_Activation", "",
              "must be decided within 72 h, and any one member can stop it"},
        Clash{"the_acting_party_may_block", "CAS0906", "kyiv_security_compact", "art_Activation__para_1",
              "kyiv_security_compact", "whoever acted may be a member that can block it"},
        Clash{"24_hours_against_3_days", "CAS0928", "istanbul_communique", "art_5__para_1",
              "kyiv_security_compact",
              "Istanbul.5 leaves 72 h for `consult`, and KyivCompact.Consultation asks the same actor for it "
              "within 24 h"},
        Clash{"open_door_against_the_ban", "CAS0902", "north_atlantic_treaty", "art_10__para_1",
              "russian_drafts_2021",
              "NATO.10 lets somebody `ratify_accession`, and DraftWithNATO.6 may forbid it"},
        Clash{"open_door_against_the_other_draft", "CAS0902", "north_atlantic_treaty", "art_10__para_1",
              "russian_drafts_2021", "DraftWithUSA.4 may forbid it"},
        Clash{"freedom_of_alliance_against_indivisibility", "CAS0902", "north_atlantic_treaty",
              "art_10__para_1", "helsinki", "EuropeanSecurityCharter.8 (3) may forbid it"},
        Clash{"neutrality_against_accession", "CAS0902", "north_atlantic_treaty", "art_10__para_5",
              "istanbul_communique", "Istanbul.4 may forbid it"},
        Clash{"restraint_against_reinforcement", "CAS0934", "nato_russia_founding_act",
              "art_IV__para_2__point_2", "nato_russia_founding_act",
              "may `reinforce` and shall not `station_forces`"},
        Clash{"article_8_against_new_guarantees", "CAS0933", "north_atlantic_treaty", "art_8__para_1", "",
              "`KyivCompact`"},
        Clash{"self_defence_for_a_disputed_entity", "CAS0932", "un_charter", "art_51__para_3", "un_charter",
              "whether UNCharter.51 (3) permits `use_force`, which UNCharter.2(4) forbids"},
        Clash{"the_charter_prevails", "CAS0925", "un_charter", "art_51__para_1", "un_charter",
              "UNCharter.51 and UNCharter.2(4) meet in `use_force`, and UNCharter.51 prevails"},
        Clash{"a_reading_of_one_side", "CAS0942", "un_charter", "art_51__para_3", "",
              "Moscow alone holds the reading `self_defence_of = any_recognised_state`"}),
    [](const auto& p) { return std::string(p.param.name); });

// What looks like a clash and is none.
TEST(Library, IsNotAccusedOfWhatItDoesNotSay) {
  for (const Json& f : found_in_the_library()["findings"]) {
    const std::string message = f["message"], at = short_name(f["file"]) + ':' + message;
    EXPECT_FALSE(f["code"] == "CAS0933" && message.find("`VCLT`") != std::string::npos) << at;  // procedure
    EXPECT_FALSE(f["code"] == "CAS0905" && short_name(f["file"]) == "open_skies") << at;        // a notice
    EXPECT_FALSE(f["code"] == "CAS0932" && short_name(f["file"]) == "montreux") << at;  // a war of others
    EXPECT_FALSE(f["code"] == "CAS0902" && message.find("UnionGuarantees.5") != std::string::npos)
        << at;  // a member
    EXPECT_NE(f["code"], "CAS0919") << at;
    for (const Json& note : f["notes"])
      EXPECT_THAT(note.get<std::string>(), Not(HasSubstr("AtopScheme"))) << at;
  }
}

class CleanTreaty : public ::testing::TestWithParam<const char*> {};

TEST_P(CleanTreaty, IsSilent) {
  ::setenv("CASUS_LIBRARY", CASUS_SOURCE_DIR "/library", 1);
  const auto r =
      test::casus({"check", std::string(CASUS_SOURCE_DIR "/tests/check/") + GetParam() + ".casus.md"});
  EXPECT_EQ(r.code, 0);
  EXPECT_THAT(r.out, ::testing::StartsWith("0 errors, 0 warnings, "));
}
INSTANTIATE_TEST_SUITE_P(All, CleanTreaty,
                         ::testing::Values("valley", "alliance", "arms_limits", "confidence"),
                         [](const auto& p) { return std::string(p.param); });

// Together with the library they clash with nothing either: their states are others.
TEST(CleanTreaties, BesideTheLibrary) {
  ::setenv("CASUS_LIBRARY", CASUS_SOURCE_DIR "/library", 1);
  const std::string folder = CASUS_SOURCE_DIR "/tests/check/";
  const auto r = test::casus({"check", folder + "alliance.casus.md", CASUS_SOURCE_DIR "/library", "--json"});
  const Json all = Json::parse(r.out, nullptr, false);
  for (const Json& f : all["findings"]) EXPECT_NE(short_name(f["file"]), "alliance") << f["message"];
}

}  // namespace
}  // namespace casus::app
