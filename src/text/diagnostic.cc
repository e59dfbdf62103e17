// SPDX-License-Identifier: Apache-2.0
#include "text/diagnostic.h"

#include <array>
#include <utility>

#include "base/check.h"

namespace casus {
namespace {

constexpr auto kinds = std::to_array<DiagInfo>({
#define CASUS_DIAGNOSTIC(name, code, severity, title) {code, severity, title, #name},
#include "text/diagnostic_kinds.def"
#undef CASUS_DIAGNOSTIC
});

}  // namespace

const DiagInfo& info(Diag kind) {
  const auto index = static_cast<size_t>(kind);
  CASUS_CHECK(index < kinds.size(), "a kind of diagnostic is declared");
  return kinds[index];
}

size_t diag_kind_count() { return kinds.size(); }

void Diagnostics::add(Diagnostic d) {
  if (info(d.kind).severity == Severity::error) ++errors_;
  if (full()) {
    ++dropped_;
  } else {
    list_.push_back(std::move(d));
  }
}

}  // namespace casus
