// SPDX-License-Identifier: Apache-2.0
// Any bytes as a CSV events file: no crash, and the same for every size of pieces.
#include "event_reading.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  casus::evidence::read_both_ways(&casus::evidence::read_csv, data, size, [](std::string_view) {});
  return 0;
}
