// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>

#include "base/check.h"
#include "evidence/events.h"
#include "evidence/name_table.h"

namespace casus::evidence {

// The bytes of the names lie in blocks that never move, so that a view of a name stays good.
struct Labels::Table {
  static constexpr size_t block_bytes = size_t{1} << 16;

  std::string_view keep(std::string_view name) {
    if (name.size() > left) {
      const size_t bytes = std::max(block_bytes, name.size());
      blocks.push_back(std::make_unique_for_overwrite<char[]>(bytes));
      next = blocks.back().get();
      left = bytes;
    }
    std::copy(name.begin(), name.end(), next);
    const std::string_view kept(next, name.size());
    next += name.size();
    left -= name.size();
    return kept;
  }

  NameTable names;
  std::vector<std::unique_ptr<char[]>> blocks;
  char* next = nullptr;
  size_t left = 0;
};

Labels::Labels() : table_(std::make_unique<Table>()) {}
Labels::~Labels() = default;

LabelNo Labels::intern(std::string_view name) {
  return table_->names.intern(name, [this](std::string_view fresh) { return table_->keep(fresh); });
}

LabelNo Labels::find(std::string_view name) const { return table_->names.find(name); }

void Labels::expect(std::string_view name) const { table_->names.expect(name); }

std::string_view Labels::name(LabelNo label) const {
  CASUS_CHECK(label < table_->names.size(), "a label is asked for by its own number");
  return table_->names.name(label);
}

size_t Labels::size() const { return table_->names.size(); }

static_assert(NameTable::none == no_label);

}  // namespace casus::evidence
