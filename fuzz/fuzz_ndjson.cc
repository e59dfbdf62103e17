// SPDX-License-Identifier: Apache-2.0
// Any bytes as an NDJSON events file: no crash, the same for every size of pieces, and no event from a line that another
// parser of JSON does not take.
#include <nlohmann/json.hpp>

#include "event_reading.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  casus::evidence::read_both_ways(&casus::evidence::read_ndjson, data, size, [](std::string_view line) {
    CASUS_CHECK(nlohmann::json::accept(line), "an event comes from a line of JSON");
  });
  return 0;
}
