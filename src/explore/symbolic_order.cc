// SPDX-License-Identifier: Apache-2.0
#include "explore/symbolic_order.h"

#include <numeric>
#include <tuple>

namespace casus::explore {

void Supports::extend(const Circuit& circuit) {
  for (auto n = static_cast<uint32_t>(of_.size()); n < circuit.size(); ++n) {
    Support s;
    const Circuit::Gate& g = circuit.gate(n);
    if (circuit.is_input(n)) {
      s.size = 1;
      s.bits[0] = g.b.code;
    } else if (n != 0) {
      const Support &a = of_[g.a.node()], &b = of_[g.b.node()];
      s.size = few + 1;
      if (a.size <= few && b.size <= few) {
        uint32_t both[2 * few];
        const auto* end = std::set_union(a.bits, a.bits + a.size, b.bits, b.bits + b.size, both);
        s.size = std::min(static_cast<uint32_t>(end - both), few + 1);
        std::copy_n(both, std::min(s.size, few), s.bits);
      }
    }
    of_.push_back(s);
  }
}

namespace {

// Bits of one duty stand together, and so do those of one motion.
int family(BitKind kind) {
  return kind < BitKind::pending ? 0 : kind <= BitKind::done ? 1 : kind < BitKind::open ? 2 : 3;
}

}  // namespace

std::vector<uint32_t> order_of_bits(const Net& net, BitOrder by) {
  std::vector<uint32_t> order(net.bits.size());
  std::iota(order.begin(), order.end(), 0u);
  const auto key = [&](uint32_t bit) {
    const Bit& b = net.bits[bit];
    const size_t party = b.party ? b.party.index() + 1 : 0;
    return std::tuple(b.party ? 1 : 0, by == BitOrder::party ? party : 0, family(b.kind), b.slot, party,
                      b.kind, bit);
  };
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
  return order;
}

}  // namespace casus::explore
