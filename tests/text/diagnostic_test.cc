// SPDX-License-Identifier: Apache-2.0
#include "text/diagnostic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace casus {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

TEST(DiagnosticKinds, CodesAreUniqueAndWellFormed) {
  std::set<std::string_view> codes;
  ASSERT_GT(diag_kind_count(), 0u);
  for (size_t i = 0; i < diag_kind_count(); ++i) {
    const DiagInfo& kind = info(static_cast<Diag>(i));
    EXPECT_TRUE(kind.code.size() == 7 && kind.code.starts_with("CAS")) << kind.code;
    EXPECT_TRUE(std::all_of(kind.code.begin() + 3, kind.code.end(), is_digit)) << kind.code;
    EXPECT_TRUE(codes.insert(kind.code).second) << kind.code << " is used twice";
    EXPECT_FALSE(kind.title.empty()) << kind.code;
    EXPECT_FALSE(kind.title.ends_with('.')) << kind.code;
    for (const std::string_view word : {"legal", "valid", "allowed"}) {
      EXPECT_EQ(kind.title.find(word), std::string_view::npos) << kind.code << ": of law, not of syntax";
    }
  }
}

TEST(DiagnosticKinds, InfoIsTheDeclaredLine) {
  EXPECT_EQ(info(Diag::not_utf8).code, "CAS0001");
  EXPECT_EQ(info(Diag::expected_item).code, "CAS0105");
  EXPECT_EQ(info(Diag::expected_item).severity, Severity::error);
}

TEST(DiagnosticKindsDeathTest, AnUndeclaredKindIsABug) {
  EXPECT_EXIT(info(static_cast<Diag>(diag_kind_count())), testing::ExitedWithCode(70), "is declared");
}

TEST(Diagnostics, StopAtTheLimitAndCountTheRest) {
  Diagnostics list;
  EXPECT_FALSE(list.has_errors());
  for (size_t i = 0; i < Diagnostics::limit + 3; ++i) {
    EXPECT_EQ(list.full(), i >= Diagnostics::limit);
    list.add({.kind = Diag::bad_number, .message = std::to_string(i)});
  }
  EXPECT_EQ(list.all().size(), Diagnostics::limit);
  EXPECT_EQ(list.all().back().message, std::to_string(Diagnostics::limit - 1));
  EXPECT_EQ(list.dropped(), 3u);
  EXPECT_EQ(list.errors(), Diagnostics::limit + 3);
  EXPECT_TRUE(list.has_errors());
}

}  // namespace
}  // namespace casus
