// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "evidence/events.h"
#include "evidence/name_table.h"

namespace casus::evidence {
namespace {

TEST(Labels, GiveNumbersInOrderAndTheSameOneAgain) {
  Labels labels;
  EXPECT_EQ(labels.intern("a"), 0U);
  EXPECT_EQ(labels.intern(""), 1U);
  EXPECT_EQ(labels.intern("a"), 0U);
  EXPECT_EQ(labels.find(""), 1U);
  EXPECT_EQ(labels.find("b"), no_label);
  EXPECT_EQ(labels.size(), 2U);
}

// Long and short names, over many blocks of bytes and many sizes of the table.
TEST(Labels, KeepEveryNameWhereItIs) {
  Labels labels;
  std::vector<std::string> names;
  for (size_t i = 0; i < 20'000; ++i) names.push_back(std::string(i % 40, 'x') + std::to_string(i));
  names.push_back(std::string(200'000, 'y'));
  names.emplace_back("after it");
  std::vector<std::string_view> kept;
  for (const std::string& name : names) {
    std::string passing = name;
    kept.push_back(labels.name(labels.intern(passing)));
    passing.assign(passing.size(), '?');
  }
  for (size_t i = 0; i < names.size(); ++i) {
    ASSERT_EQ(labels.find(names[i]), i);
    ASSERT_EQ(labels.name(static_cast<LabelNo>(i)), names[i]);
    ASSERT_EQ(kept[i].data(), labels.name(static_cast<LabelNo>(i)).data());
  }
}

// Every byte of a name counts, wherever it stands.
TEST(NameTable, TellsNamesApartThatDifferInOneByte) {
  NameTable table;
  std::vector<std::string> names;
  for (size_t size = 1; size <= 50; ++size) {
    names.emplace_back(size, 'a');
    for (size_t at = 0; at < size; ++at) {
      names.emplace_back(size, 'a');
      names.back()[at] = 'b';
    }
  }
  for (size_t i = 0; i < names.size(); ++i) {
    ASSERT_EQ(table.find(names[i]), NameTable::none) << names[i];
    ASSERT_EQ(table.intern(names[i], [](std::string_view same) { return same; }), i);
  }
  for (size_t i = 0; i < names.size(); ++i) ASSERT_EQ(table.find(names[i]), i);
}

}  // namespace
}  // namespace casus::evidence
