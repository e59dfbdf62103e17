// SPDX-License-Identifier: Apache-2.0
#include "explore/packed_tape.h"

#include <algorithm>

#include "base/check.h"

namespace casus::explore {

size_t Tape::ask(const std::vector<Literal>& literals) {
  asked_.push_back(literals);
  return asked_.size() - 1;
}

void Tape::finish() {
  // In which point each node is computed, in order, and where it is last used: as a step's number, then a point's.
  const size_t nodes = circuit_.size();
  std::vector<uint8_t> made(nodes);
  std::vector<uint32_t> order;
  std::vector<size_t> ends;  // in `order`
  for (const auto& literals : asked_) {
    for (const Literal l : literals) {
      std::vector<uint32_t> stack{l.node()};
      while (!stack.empty()) {
        const uint32_t n = stack.back();
        if (made[n]) {
          stack.pop_back();
          continue;
        }
        const bool leaf = n == 0 || circuit_.is_input(n);
        const Circuit::Gate g = circuit_.gate(n);
        if (!leaf && !made[g.a.node()]) {
          stack.push_back(g.a.node());
        } else if (!leaf && !made[g.b.node()]) {
          stack.push_back(g.b.node());
        } else {
          made[n] = 1;
          if (!leaf) order.push_back(n);
          stack.pop_back();
        }
      }
    }
    ends.push_back(order.size());
  }
  // Times: steps and points are numbered together, a point after its steps.
  constexpr size_t for_ever = SIZE_MAX;
  std::vector<size_t> last(nodes, 0);
  for (size_t p = 0, i = 0; p < asked_.size(); ++p) {
    for (; i < ends[p]; ++i) {
      const Circuit::Gate& g = circuit_.gate(order[i]);
      last[g.a.node()] = last[g.b.node()] = i + p;
    }
    for (const Literal l : asked_[p]) last[l.node()] = ends[p] + p;
  }
  last[0] = for_ever;

  std::vector<uint32_t> place(nodes, UINT32_MAX), free;
  const auto take = [&] {
    if (free.empty()) return static_cast<uint32_t>(places_++);
    const uint32_t p = free.back();
    free.pop_back();
    return p;
  };
  place[0] = take();  // all zeros
  input_places_.assign(circuit_.inputs(), UINT32_MAX);
  for (uint32_t n = 1; n < nodes; ++n) {
    if (!made[n] || !circuit_.is_input(n)) continue;
    place[n] = input_places_[circuit_.gate(n).b.code] = take();
    last[n] = for_ever;  // successors are told from what the inputs were
  }
  // What is used last at each point, to be freed after it.
  std::vector<std::vector<uint32_t>> after(asked_.size());
  for (size_t p = 0; p < asked_.size(); ++p) {
    for (const Literal l : asked_[p]) {
      if (last[l.node()] == ends[p] + p) after[p].push_back(l.node());
    }
    std::sort(after[p].begin(), after[p].end());
    after[p].erase(std::unique(after[p].begin(), after[p].end()), after[p].end());
  }
  size_t i = 0;
  for (size_t p = 0; p < asked_.size(); ++p) {
    for (; i < ends[p]; ++i) {
      const Circuit::Gate& g = circuit_.gate(order[i]);
      const uint32_t a = g.a.node(), b = g.b.node();
      Step s{0, place[a], place[b], (g.a.negated() ? 1u : 0u) | (g.b.negated() ? 2u : 0u)};
      if (last[a] == i + p) free.push_back(place[a]);
      if (b != a && last[b] == i + p) free.push_back(place[b]);
      s.to = place[order[i]] = take();
      steps_.push_back(s);
    }
    auto& held = held_.emplace_back();
    for (const Literal l : asked_[p]) held.push_back({place[l.node()], l.negated() ? ~uint64_t{0} : 0});
    for (const uint32_t n : after[p]) free.push_back(place[n]);
    ends_.push_back(steps_.size());
  }
}

CASUS_EACH_WIDTH
void Tape::run(size_t point, Slice* values) const {
  const Step* const end = steps_.data() + ends_[point];
  for (const Step* s = steps_.data() + (point == 0 ? 0 : ends_[point - 1]); s != end; ++s) {
    const uint64_t* const a = values[s->a].data();
    const uint64_t* const b = values[s->b].data();
    uint64_t* const to = values[s->to].data();
    uint64_t out[lane_words];
    switch (s->negations) {
      case 0:
        for (size_t k = 0; k < lane_words; ++k) out[k] = a[k] & b[k];
        break;
      case 1:
        for (size_t k = 0; k < lane_words; ++k) out[k] = ~a[k] & b[k];
        break;
      case 2:
        for (size_t k = 0; k < lane_words; ++k) out[k] = a[k] & ~b[k];
        break;
      default:
        for (size_t k = 0; k < lane_words; ++k) out[k] = ~(a[k] | b[k]);
        break;
    }
    for (size_t k = 0; k < lane_words; ++k) to[k] = out[k];
  }
}

namespace {

template <int width>
inline void exchange(uint64_t rows[64], uint64_t mask) {
  for (int at = 0; at < 64; at += 2 * width) {
    for (int i = at; i < at + width; ++i) {
      const uint64_t swap = ((rows[i] >> width) ^ rows[i + width]) & mask;
      rows[i] ^= swap << width;
      rows[i + width] ^= swap;
    }
  }
}

}  // namespace

CASUS_EACH_WIDTH
void transpose(uint64_t rows[64]) {
  exchange<32>(rows, 0x00000000FFFFFFFF);
  exchange<16>(rows, 0x0000FFFF0000FFFF);
  exchange<8>(rows, 0x00FF00FF00FF00FF);
  exchange<4>(rows, 0x0F0F0F0F0F0F0F0F);
  exchange<2>(rows, 0x3333333333333333);
  exchange<1>(rows, 0x5555555555555555);
}

}  // namespace casus::explore
