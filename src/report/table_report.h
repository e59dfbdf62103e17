// SPDX-License-Identifier: Apache-2.0
// What a table of a run comes to, and its sidecar: which run it is of, from which inputs, and what its columns mean
// (docs/schema/table.schema.json).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "replay/table.h"

namespace casus::report {

struct TableOf {
  std::string run_id, file;
  std::string scenario, view, package;
  size_t instruments = 0;
  std::vector<std::pair<std::string, std::string>> models;  // path, hash
  std::vector<std::string> events;                          // files
  replay::StreamResult read;
};

std::string table_text(const TableOf& of, const replay::Table& table, size_t width, bool colour);
std::string table_json(const TableOf& of, const replay::Table& table);

}  // namespace casus::report
