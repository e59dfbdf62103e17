// SPDX-License-Identifier: Apache-2.0
// For scenarios that name no event files.
#pragma once

#include <memory>
#include <string>

#include "replay/replay.h"

namespace casus::replay::test {

class NoFiles final : public Files {
 public:
  Result<std::unique_ptr<evidence::Input>> open(const std::string& name) override {
    return Failure{"no file " + name, {}};
  }
};

}  // namespace casus::replay::test
