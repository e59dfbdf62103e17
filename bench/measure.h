// SPDX-License-Identifier: Apache-2.0
// What several benchmarks use.
#pragma once

#include <ctime>

#include "evidence/events.h"

namespace casus::bench {

// CPU time of this thread: others may have the processor meanwhile.
inline double cpu_nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

// A stream for a benchmark has no bad line: reading stops at one, and the count of events tells.
class NoRejects final : public evidence::RejectSink {
 public:
  bool reject(std::string_view, uint64_t, const Diagnostic&) override { return false; }
};

}  // namespace casus::bench
