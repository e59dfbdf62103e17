// SPDX-License-Identifier: Apache-2.0
// What `casus check` found, for machines: our own JSON, and SARIF 2.1.0 (OASIS, 2020), which code-scanning services
// and editors read.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "model/model.h"
#include "text/diagnostic.h"

namespace casus::report {

// The diagnostics of one reading of some files.
struct Checked {
  const Sources* sources = nullptr;
  const Diagnostics* diagnostics = nullptr;
  const model::Model* model = nullptr;  // null: it is wrong, so that nothing is known of its articles
};

// Where in which instrument something stands: "NATO", "art_5", "art_5__para_2". Either of the last may be empty.
struct LegalPlace {
  std::string instrument, article, clause;
};
LegalPlace legal_place(const model::Model& model, const Diagnostic& d);

struct CheckSummary {
  bool together = true;  // every clause of these files was compared with every other
  bool limited = false;  // a limit cut the work short
  size_t errors = 0, warnings = 0, notes = 0;
};
std::string check_json(std::span<const Checked> inputs, const CheckSummary& summary);

// The page about a code, as docs/diagnostics has it; empty when it is not at hand.
using PageOf = std::function<std::string(std::string_view code)>;

// One run with all of them. Columns are counted from 1 in Unicode code points. Bytes that are not UTF-8
// become U+FFFD. Relative paths are relative to %SRCROOT%, which is where the program ran. The pages are in the rules
// themselves: a log is read where the program is not installed, so that it links to none of its files.
// Cost: linear, times the number of diagnostics for their articles.
std::string sarif(std::span<const Checked> inputs, const PageOf& page_of = {});

// A path as a URI: relative to where the program ran, or file:// when it is absolute.
std::string path_uri(std::string_view path);

}  // namespace casus::report
