// SPDX-License-Identifier: Apache-2.0
#include "explore/zone.h"

#include <algorithm>

#include "base/check.h"

namespace casus::explore {

namespace {

int64_t sum(int64_t a, int64_t b) {
  return a >= Zone::unbounded || b >= Zone::unbounded ? Zone::unbounded : a + b;
}

}  // namespace

Zone::Zone(size_t size) : size_(size), bounds_(size * size, unbounded) {
  for (size_t i = 0; i < size; ++i) bounds_[i * size + i] = 0;
}

Zone::Zone(size_t size, const int64_t* words) : size_(size), bounds_(words, words + size * size) {}

bool Zone::at_most(size_t i, size_t j, int64_t c) {
  if (bound(i, j) <= c) return true;
  if (bound(j, i) < -c) return false;
  bounds_[i * size_ + j] = c;
  // Only ways through the new bound can have become shorter.
  for (size_t a = 0; a < size_; ++a) {
    const int64_t to = sum(bound(a, i), c);
    if (to >= unbounded) continue;
    for (size_t b = 0; b < size_; ++b) {
      int64_t& old = bounds_[a * size_ + b];
      old = std::min(old, sum(to, bound(j, b)));
    }
  }
  return true;
}

size_t Zone::add() {
  Zone wider(size_ + 1);
  for (size_t i = 0; i < size_; ++i) {
    for (size_t j = 0; j < size_; ++j) wider.bounds_[i * wider.size_ + j] = bound(i, j);
  }
  *this = std::move(wider);
  return size_ - 1;
}

Zone Zone::only(const std::vector<size_t>& kept) const {
  Zone out(kept.size());
  for (size_t i = 0; i < kept.size(); ++i) {
    for (size_t j = 0; j < kept.size(); ++j) out.bounds_[i * out.size_ + j] = bound(kept[i], kept[j]);
  }
  return out;
}

std::vector<int64_t> Zone::earliest(int64_t first) const {
  std::vector<int64_t> out(size_);
  for (size_t i = 0; i < size_; ++i) {
    CASUS_CHECK(bound(0, i) < unbounded, "every instant of a zone is bounded from its first");
    out[i] = first - bound(0, i);  // x_0 - x_i is at most so much
  }
  return out;
}

}  // namespace casus::explore
