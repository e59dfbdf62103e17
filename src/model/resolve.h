// SPDX-License-Identifier: Apache-2.0
// From syntax trees to the resolved model: names bound, types and units checked, sugar removed.
#pragma once

#include <span>
#include <string>

#include "model/model.h"
#include "syntax/tree.h"
#include "text/diagnostic.h"

namespace casus::model {

struct Input {
  const syntax::Tree* tree = nullptr;
  std::string module;
};

// The inputs are in order of use: used modules before their users. The order of declarations never changes
// what they mean. Never fails: what is wrong is in `diagnostics`, one message for one cause; with errors the
// model must not be run. Trees with errors of syntax are taken too; what they lack is then reported as
// missing. Cost: linear in the text and in the number of names for each one that is not found. Deterministic.
Model resolve(std::span<const Input> inputs, const Sources& sources, Diagnostics& diagnostics);

}  // namespace casus::model
