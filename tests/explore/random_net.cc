// SPDX-License-Identifier: Apache-2.0
#include "explore/nets.h"
#include "run/random_model.h"

namespace casus::explore::test {

std::optional<Net> random_net(uint64_t seed) {
  return net_of(run::test::print(run::test::random_model(seed)), 1 + static_cast<uint32_t>(seed % 3),
                seed % 4 == 0 ? seed % 13 : 0);
}

}  // namespace casus::explore::test
