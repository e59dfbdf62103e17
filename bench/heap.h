// SPDX-License-Identifier: Apache-2.0
// How much the benchmark program holds on the heap: every new and delete is counted, by what the allocator really set aside.
#pragma once

#include <cstdint>

namespace casus::bench {

int64_t heap_bytes();  // held now
int64_t heap_peak();   // the most since the last heap_mark()
void heap_mark();      // the peak starts again from what is held now

}  // namespace casus::bench
