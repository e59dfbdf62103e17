// SPDX-License-Identifier: Apache-2.0
#include "base/hash.h"

#include <gtest/gtest.h>

#include <bit>
#include <set>

namespace casus {
namespace {

uint64_t of(std::string_view text) { return Hasher().add(text).digest(); }

TEST(Hash, IsTheSameEverywhereAndForever) {
  // Run ids are printed and kept by users; a change of these numbers is a change of the format.
  EXPECT_EQ(mix64(golden64),
            UINT64_C(0xE220A8397B1DCDAF));  // the published first output of SplitMix64 with seed 0
  EXPECT_EQ(of(""), UINT64_C(0x6E789E6AA1B965F4));
  EXPECT_EQ(of("Kyiv Security Compact"), UINT64_C(0x829FA649E778CDFE));
  EXPECT_EQ(Hasher(5).add(uint64_t{1}).add("UKR").digest(), UINT64_C(0x21E6C40993398B44));
}

TEST(Hash, FieldsDoNotRunTogether) {
  EXPECT_NE(Hasher().add("ab").add("c").digest(), Hasher().add("a").add("bc").digest());
  EXPECT_NE(Hasher().add("").add("a").digest(), Hasher().add("a").add("").digest());
  EXPECT_NE(Hasher().add(uint64_t{1}).add(uint64_t{2}).digest(),
            Hasher().add(uint64_t{2}).add(uint64_t{1}).digest());
  EXPECT_NE(of("a"), of(std::string_view("a\0", 2)));
  EXPECT_NE(Hasher(1).digest(), Hasher(2).digest());
}

TEST(Hash, EveryByteCountsAtEveryLength) {
  std::set<uint64_t> seen;
  size_t count = 0;
  for (size_t length = 0; length <= 33; ++length) {
    std::string text(length, 'x');
    seen.insert(of(text));
    ++count;
    for (char& c : text) {
      c = 'y';
      seen.insert(of(text));
      ++count;
      c = 'x';
    }
  }
  EXPECT_EQ(seen.size(), count);
}

TEST(Hash, OneBitChangesAboutHalfOfTheDigest) {
  int changed = 0;
  for (unsigned bit = 0; bit < 64; ++bit) {
    const uint64_t a = Hasher().add(uint64_t{0}).digest();
    const uint64_t b = Hasher().add(uint64_t{1} << bit).digest();
    changed += std::popcount(a ^ b);
  }
  EXPECT_NEAR(changed / 64.0, 32.0, 2.0);
}

TEST(ShortHex, TakesTheFirstDigits) {
  EXPECT_EQ(short_hex(UINT64_C(0x7f3a9c0123456789)), "7f3a9c");
  EXPECT_EQ(short_hex(UINT64_C(0x00000000000000ff), 16), "00000000000000ff");
  EXPECT_EQ(short_hex(UINT64_C(0xabcdef), 99), "0000000000abcdef");
  EXPECT_EQ(short_hex(1, 0), "");
}

}  // namespace
}  // namespace casus
