// SPDX-License-Identifier: Apache-2.0
// The lints of `casus check`: what is wrong with a model before anything happens. They read the resolved
// model and, in literate files, the prose beside it; they replay nothing, so that each can only see what the
// text alone shows. Each lint's file says what it misses.
#pragma once

#include <span>
#include <string>

#include "model/model.h"
#include "text/diagnostic.h"

namespace casus::check {

// About what stands in `files`, paths as in `sources`; the other files are read only as what these rest on. Adds
// warnings (to be mended or justified) to `findings`, and to `notes` what is worth knowing and no fault: every honest
// treaty has such. That a limit cut the work short is among the findings. Precondition: the model was resolved
// without errors. Deterministic. Cost: about linear in the text, but for the comparison of norms with each
// other, which stops at a fixed budget and says so.
void check(const model::Model& model, const Sources& sources, std::span<const std::string> files,
           Diagnostics& findings, Diagnostics& notes);

}  // namespace casus::check
