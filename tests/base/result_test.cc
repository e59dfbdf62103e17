// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

#include <gtest/gtest.h>

#include "base/ids.h"

namespace casus {
namespace {

TEST(Check, EndsWithExitCode70AndSaysWhere) {
  const auto fail = [] { CASUS_CHECK(1 + 1 == 3, "sums add up"); };
  EXPECT_EXIT(fail(), testing::ExitedWithCode(70),
              "internal error: sums add up .1 \\+ 1 == 3. at .*result_test.cc:");
}

TEST(Result, HoldsOneOrTheOther) {
  const Result<int> value(7);
  const Result<int> failure(Failure{"cannot read a.casus", "check the path"});
  EXPECT_TRUE(value.ok());
  EXPECT_EQ(value.value(), 7);
  EXPECT_FALSE(failure);
  EXPECT_EQ(failure.failure().what, "cannot read a.casus");
  EXPECT_EXIT((void)failure.value(), testing::ExitedWithCode(70), "value of a failure");
  EXPECT_EXIT((void)value.failure(), testing::ExitedWithCode(70), "failure of a value");
}

TEST(Id, NoneIsNotAnIndexAndSortsLast) {
  struct Tag;
  const Id<Tag> none;
  const Id<Tag> first(size_t{0});
  EXPECT_FALSE(none);
  EXPECT_TRUE(first);
  EXPECT_EQ(first.index(), 0u);
  EXPECT_LT(first, none);
}

}  // namespace
}  // namespace casus
