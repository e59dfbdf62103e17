// SPDX-License-Identifier: Apache-2.0
// A rule of which much hangs on one wide condition (a vote that may decide a motion, and all that follows from the decision) is several
// ways to go on: one where the condition holds, one where it does not. In each of them what is written is plain, and the wide
// condition is asked once instead of for each bit that is written.
#pragma once

#include <span>
#include <vector>

#include "explore/symbolic_order.h"

namespace casus::explore {

struct Way {
  uint32_t rule = 0;
  Literal enabled;
  std::vector<Write> writes;  // of bits that do not stay as they are
  std::vector<Literal> asked;
};

// Divides ways. Together they are enabled where the whole is, at most one of them at a time, and do the same there. Adds gates.
class Ways {
 public:
  explicit Ways(Circuit& circuit) : circuit_(circuit) {}
  void divide(Way whole, std::vector<Way>& into);

 private:
  static constexpr size_t worth = 3;       // writes for which it is worth it
  static constexpr size_t most_ways = 64;  // of one rule
  void extend();
  bool stays(const Write& w) const;
  uint32_t condition(const Way& way);
  bool assume(uint32_t node, bool value, const Way& way, Way& out);
  Literal under(Literal l);

  Circuit& circuit_;
  Supports supports_;
  std::vector<uint32_t> place_;  // by node, while a condition is sought: its place in `cone`, plus one
  std::vector<Literal> made_;    // by node: what it is under the condition, where `when_` says so
  std::vector<uint32_t> when_;
  uint32_t round_ = 0;
};

}  // namespace casus::explore
