// SPDX-License-Identifier: Apache-2.0
// What an import read, made and met, for readers and for machines (docs/schema/import.schema.json).
#pragma once

#include <string>

#include "imports/dyads.h"
#include "imports/report.h"

namespace casus::report {

std::string import_text(const imports::Report& report, size_t width, bool colour);
std::string import_json(const imports::Report& report, std::string_view what);

std::string comparison_text(const imports::Comparison& comparison, size_t width, bool colour);
std::string comparison_json(const imports::Comparison& comparison);

}  // namespace casus::report
