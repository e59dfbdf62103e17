// SPDX-License-Identifier: Apache-2.0
// The language reference is one model, which the program accepts.
#include <gtest/gtest.h>

#include "diagnostics/loaded.h"

namespace casus::test {
namespace {

TEST(LanguageReference, IsAModelWithoutErrors) {
  const auto text = file_text(source_path("docs/language/reference.md"));
  ASSERT_TRUE(text.has_value());
  const Loaded model = checked("reference.casus.md", *text);
  EXPECT_FALSE(model.diagnostics.has_errors()) << model.messages();
  EXPECT_TRUE(model.loaded.model.find_entity("Pact").valid());
}

}  // namespace
}  // namespace casus::test
