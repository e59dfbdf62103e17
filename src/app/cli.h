// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace casus::app {

// Reads the command line, runs the verb, returns the process's exit code (0 done, 1 findings, 2 usage, 3 model, 4 a limit
// was reached, 5 input/output, 70 bug).
int run_command_line(int argc, char** argv);

}  // namespace casus::app
