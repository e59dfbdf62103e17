// SPDX-License-Identifier: Apache-2.0
#include "explore/plain_search.h"

#include <unordered_set>

namespace casus::explore::test {

Searched plain_search(const Net& net, const std::vector<Goal>& goals, const PlainLimits& limits,
                      const Which& which, const Canonical& canonical) {
  Searched out;
  out.goals.resize(goals.size());
  std::unordered_set<std::vector<bool>> known;
  std::vector<std::vector<bool>> layer, next;
  const auto add = [&](std::vector<bool> state) {
    if (canonical) canonical(state);
    if (known.size() >= limits.states) {
      out.whole = known.contains(state) && out.whole;
    } else if (known.insert(state).second) {
      next.push_back(std::move(state));
    }
  };
  add(net.initial);
  std::vector<uint8_t> values;
  std::vector<uint32_t> may;
  for (uint32_t moves = 0; !next.empty(); ++moves) {
    layer.swap(next);
    next.clear();
    out.by_moves.push_back(layer.size());
    for (const std::vector<bool>& state : layer) {
      net.circuit.evaluate(state, values);
      const auto holds = [&](Literal l) { return Circuit::value(l, values); };
      may.clear();
      for (uint32_t r = 0; r < net.rules.size(); ++r) {
        if (holds(net.rules[r].enabled) && !holds(net.rules[r].beyond)) may.push_back(r);
      }
      for (size_t g = 0; g < goals.size(); ++g) {
        if (!out.goals[g] && holds(goals[g].state)) out.goals[g] = moves;
      }
      if (moves >= limits.moves) continue;
      if (which) which(state, values, may);
      for (const uint32_t r : may) {
        for (size_t g = 0; g < goals.size(); ++g) {
          if (!out.goals[g] && r < goals[g].taking.size() && holds(goals[g].taking[r]))
            out.goals[g] = moves + 1;
        }
        std::vector<bool> after = state;
        for (const Write& w : net.rules[r].writes) after[w.bit] = holds(w.next);
        add(std::move(after));
      }
    }
  }
  out.states = known.size();
  return out;
}

}  // namespace casus::explore::test
