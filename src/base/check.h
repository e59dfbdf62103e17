// SPDX-License-Identifier: Apache-2.0
// Assertions that are always on. A failed one is a bug of ours: it prints where and why and ends with exit
// code 70.
#pragma once

namespace casus {
[[noreturn]] void check_failed(const char* condition, const char* file, int line, const char* what);
}  // namespace casus

#define CASUS_CHECK(cond, what)                               \
  do {                                                        \
    if (!(cond)) [[unlikely]]                                 \
      ::casus::check_failed(#cond, __FILE__, __LINE__, what); \
  } while (false)
