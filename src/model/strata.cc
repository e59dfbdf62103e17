// SPDX-License-Identifier: Apache-2.0
// Strata of derived facts. Facts that rest on one another form a component of the graph of what rests on
// what; inside one, a fact may not rest on the absence or the number of another: then no order of working
// them out exists. Components come out of Tarjan's algorithm (SIAM J. Comput. 1, 1972) after all that they
// rest on; it is iterative here, since a text may chain as many facts as it likes.
#include <algorithm>

#include "model/resolver.h"

namespace casus::model {

namespace {

struct Edge {
  uint32_t to = 0;
  bool through_not = false;
  Span at;
};

// The derived facts that an expression rests on. Only `and`, `or`, `some` and the fact itself let truth
// through unchanged: more facts can then only make it truer.
void collect(const Model& m, ExprId root, std::vector<Edge>& out) {
  std::vector<std::pair<ExprId, bool>> open{{root, false}};
  while (!open.empty()) {
    const auto [id, negative] = open.back();
    open.pop_back();
    if (!id) continue;
    const Expr& e = m[id];
    if (e.op == Op::fact && m.facts[e.a].role == FactRole::derived) out.push_back({e.a, negative, e.span});
    const bool transparent = e.op == Op::logical_and || e.op == Op::logical_or || e.op == Op::some;
    for (ExprId arg : e.args) open.emplace_back(arg, negative || !transparent);
    if (e.op == Op::happened) {
      for (const PatternArg& a : m.patterns[e.a].args) open.emplace_back(a.match, true);
    }
  }
}

class Components {
 public:
  explicit Components(const std::vector<std::vector<Edge>>& graph) : graph_(graph), info_(graph.size()) {}

  // Each component after all that it rests on.
  std::vector<std::vector<uint32_t>> run() {
    for (uint32_t n = 0; n < graph_.size(); ++n) {
      if (info_[n].index == 0) visit(n);
    }
    return std::move(out_);
  }

 private:
  struct Info {
    uint32_t index = 0, low = 0;  // index 0: not seen
    bool stacked = false;
  };

  void visit(uint32_t root) {
    std::vector<std::pair<uint32_t, size_t>> calls;
    push(root, calls);
    while (!calls.empty()) {
      const uint32_t n = calls.back().first;
      if (calls.back().second < graph_[n].size()) {
        const uint32_t to = graph_[n][calls.back().second++].to;
        if (info_[to].index == 0)
          push(to, calls);
        else if (info_[to].stacked)
          info_[n].low = std::min(info_[n].low, info_[to].index);
        continue;
      }
      calls.pop_back();
      if (!calls.empty())
        info_[calls.back().first].low = std::min(info_[calls.back().first].low, info_[n].low);
      if (info_[n].low == info_[n].index) pop(n);
    }
  }

  void push(uint32_t n, std::vector<std::pair<uint32_t, size_t>>& calls) {
    info_[n] = {++next_, next_, true};
    stack_.push_back(n);
    calls.emplace_back(n, 0);
  }

  void pop(uint32_t n) {
    std::vector<uint32_t> component;
    uint32_t top = 0;
    do {
      top = stack_.back();
      stack_.pop_back();
      info_[top].stacked = false;
      component.push_back(top);
    } while (top != n);
    std::sort(component.begin(), component.end());
    out_.push_back(std::move(component));
  }

  const std::vector<std::vector<Edge>>& graph_;
  std::vector<Info> info_;
  std::vector<uint32_t> stack_;
  std::vector<std::vector<uint32_t>> out_;
  uint32_t next_ = 0;
};

}  // namespace

void Resolver::strata() {
  std::vector<std::vector<Edge>> graph(m_.facts.size());
  for (size_t i = 0; i < m_.facts.size(); ++i) {
    for (const DerivedRule& r : m_.facts[i].rules) collect(m_, r.condition, graph[i]);
  }
  where_.clear();
  for (const auto& component : Components(graph).run()) {
    uint32_t stratum = 0;
    bool recursive = false, negated = false;
    for (uint32_t n : component) {
      for (const Edge& e : graph[n]) {
        const bool inside = std::binary_search(component.begin(), component.end(), e.to);
        if (!inside) {
          stratum = std::max(stratum, m_.facts[e.to].stratum + 1);
          continue;
        }
        recursive = true;
        if (!e.through_not || negated) continue;
        negated = true;  // one message for one cycle
        std::string cycle;
        for (uint32_t member : component)
          cycle += (cycle.empty() ? "`" : ", `") + m_.facts[member].name + '`';
        error(Diag::negation_in_recursion, e.at,
              "whether `" + m_.facts[n].name + "` holds depends on `" + m_.facts[e.to].name +
                  "` not holding or on its number, and that in turn on `" + m_.facts[n].name + '`',
              "take the `not`, `no`, `every` or `count` out of the cycle: " + cycle,
              declared(m_.facts[e.to].span));
      }
    }
    for (uint32_t n : component) {
      m_.facts[n].stratum = stratum;
      m_.facts[n].recursive = recursive;
    }
  }
}

}  // namespace casus::model
