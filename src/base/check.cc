// SPDX-License-Identifier: Apache-2.0
#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace casus {

void check_failed(const char* condition, const char* file, int line, const char* what) {
  std::fprintf(stderr, "casus: internal error: %s (%s) at %s:%d\n", what, condition, file, line);
  std::fflush(stderr);
#ifdef CASUS_FUZZ
  std::abort();  // libFuzzer keeps the input of a signal, and loses that of an exit
#else
  // _Exit and not exit: destructors and atexit handlers would run over a state that is known to be wrong.
  std::_Exit(70);
#endif
}

}  // namespace casus
