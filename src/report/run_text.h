// SPDX-License-Identifier: Apache-2.0
// A replay as text: the answer first told event by event, then who owes what, decisions, findings, how to go on.
#pragma once

#include <string>

#include "report/digest.h"

namespace casus::report {

struct TextOptions {
  size_t width = 80;
  bool colour = false;
  std::string again;  // how the user named the scenario on the command line, for the `Next:` line
};

std::string run_text(const replay::Replay& replay, const Digest& digest, const TextOptions& options);

}  // namespace casus::report
