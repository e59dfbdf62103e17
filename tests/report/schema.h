// SPDX-License-Identifier: Apache-2.0
// A document against its published schema: as much of JSON Schema 2020-12 as docs/schema uses. A keyword that
// is not known here is an error.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace casus::report::test {

// Empty when the document fits docs/schema/FILE; else the first place that does not, and why.
std::string misfit(const nlohmann::ordered_json& document, const std::string& file);
// The same for a text: it must be one JSON document.
std::string misfit_of_text(const std::string& text, const std::string& file);

}  // namespace casus::report::test
