// SPDX-License-Identifier: Apache-2.0
// Diagnostics as a SARIF 2.1.0 log (OASIS, 2020), which code-scanning services and editors read.
#pragma once

#include <span>
#include <string>

#include "text/diagnostic.h"

namespace casus::report {

// The diagnostics of one run over one set of sources.
struct SarifInput {
  const Sources* sources = nullptr;
  const Diagnostics* diagnostics = nullptr;
};

// One run with all of them. Columns are counted from 1 in Unicode code points. Bytes that are not UTF-8
// become U+FFFD. Cost: linear.
std::string sarif(std::span<const SarifInput> inputs);

}  // namespace casus::report
