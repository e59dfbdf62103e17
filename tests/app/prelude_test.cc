// SPDX-License-Identifier: Apache-2.0
// What the shipped vocabulary says of an attack, told with and without its place.
#include <gtest/gtest.h>

#include "app/harness.h"

namespace casus::app {
namespace {

constexpr const char* story = R"(
state ALD; state BRE; state COR;
area Ford;
instrument Pact {
  in force from 2024-01-01;
  party ALD, BRE, COR;
  article 1 { each party shall not use_force(against: party); }
}
scenario told "Told once each" {
  under Pact;
  from 2024-02-01;
  2024-03-01 armed_attack(by: ALD, on: BRE);
  2024-03-02 self_defence(by: BRE, of: BRE, against: ALD);
  2024-03-03 armed_attack(by: COR, on: ALD, at: Ford);
  expect 2024-03-01 breach(by: ALD, under: Pact.1);
  expect 2024-03-02 breach(by: BRE, under: Pact.1);
  expect 2024-03-03 breach(by: COR, under: Pact.1);
}
)";

size_t times(const std::string& text, const std::string& word) {
  size_t n = 0;
  for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++n;
  return n;
}

TEST(Prelude, AnAttackIsOneUseOfForceWithAPlaceOrWithout) {
  test::Folder folder;
  test::write("prelude.casus.md", test::read(std::string(CASUS_SOURCE_DIR) + "/library/prelude.casus.md"));
  test::write("told.casus", story);
  const auto r = test::casus({"run", "told.casus", "--json"});
  EXPECT_EQ(r.code, 0) << r.out << r.err;
  EXPECT_EQ(times(r.out, "\"event\": \"use_force\""), 3u) << r.out;
}

}  // namespace
}  // namespace casus::app
