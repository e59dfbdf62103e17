// SPDX-License-Identifier: Apache-2.0
#include "explore/net_invariants.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "base/rng.h"
#include "explore/propagation.h"

namespace casus::explore {

namespace {

constexpr size_t most_bits = 1'000, most_clauses = 20'000;
constexpr uint64_t most_work = 1'000'000'000, most_sampling = 100'000'000;  // gates and clauses looked at
constexpr int most_cases = 2, most_moves = 4'000, enough_moves = 250;  // after the last that told something

// 64 random courses at once, each of which begins again now and then: in a state that was worth keeping.
class Courses {
 public:
  explicit Courses(const Net& net)
      : bits(net.bits.size()), net_(net), values_(net.circuit.size()), kept_{net.initial}, rng_(1) {
    for (int i = 0; i < 64; ++i) begin(i);
  }
  std::vector<uint64_t> bits;  // by bit: in which of them it is set
  uint64_t cost() const { return values_.size() + 64 * net_.rules.size(); }

  void move() {
    for (int i = 0; i < 64; ++i) {
      if (rng_.below(16) == 0) begin(i);
    }
    for (uint32_t n = 1; n < values_.size(); ++n) {
      const Circuit::Gate& g = net_.circuit.gate(n);
      values_[n] = net_.circuit.is_input(n) ? bits[g.b.code] : value(g.a) & value(g.b);
    }
    for (int i = 0; i < 64; ++i) {
      may_.clear();
      for (const Rule& r : net_.rules) {
        if ((value(r.enabled) & ~value(r.beyond)) >> i & 1) may_.push_back(&r);
      }
      if (may_.empty()) continue;
      for (const Write& w : may_[rng_.below(may_.size())]->writes) set(w.bit, i, value(w.next) >> i & 1);
    }
  }
  void keep(uint64_t which) {
    for (int i = 0; which >> i != 0 && i < 64; ++i) {
      if ((which >> i & 1) == 0) continue;
      auto& state = kept_.emplace_back();
      for (const uint64_t b : bits) state.push_back((b >> i & 1) != 0);
    }
  }

 private:
  uint64_t value(Literal l) const { return l.negated() ? ~values_[l.node()] : values_[l.node()]; }
  void set(uint32_t bit, int i, uint64_t value) {
    bits[bit] = (bits[bit] & ~(uint64_t{1} << i)) | value << i;
  }
  void begin(int i) {
    const auto& state = kept_[rng_.below(kept_.size())];
    for (uint32_t b = 0; b < state.size(); ++b) set(b, i, state[b]);
  }
  const Net& net_;
  std::vector<uint64_t> values_;
  std::vector<std::vector<bool>> kept_;
  std::vector<const Rule*> may_;
  Rng rng_;
};

class Invariants {
 public:
  Invariants(Net& net, const std::atomic<bool>* stop)
      : net_(net),
        stop_(stop),
        propagation_(net.circuit),
        inputs_(net.circuit.input_literals()),
        todo_(net.rules.size()) {}

  size_t run() {
    if (net_.bits.size() > most_bits) return 0;
    suppose();
    needed_.assign(clauses_.size(), false);
    for (uint32_t r = 0; r < net_.rules.size(); ++r) {
      for (uint32_t i = 0; i < net_.rules[r].reasons.size(); ++i) todo_[r].insert(reason_of(i));
    }
    for (bool more = true; more && !is_over();) {
      more = false;
      for (uint32_t r = 0; r < net_.rules.size(); ++r) {
        more = more || !todo_[r].empty();
        try_rule(r);
      }
    }
    return is_over() ? 0 : drop();
  }

 private:
  struct Clause {
    uint32_t a = 0, b = 0;  // bits
    bool not_a = false, not_b = false;
    bool given_up = false;
  };
  // What is to be shown of a rule: that a clause holds after it, by its number; or that a reason can not come about.
  using Claim = uint32_t;
  Claim reason_of(uint32_t place) const { return static_cast<Claim>(clauses_.size()) + place; }
  bool is_over() const {
    return propagation_.work >= most_work || (stop_ && stop_->load(std::memory_order_relaxed));
  }

  // Clauses that hold at first, and in the states of random courses.
  void suppose() {
    for (uint32_t a = 0; a < net_.bits.size(); ++a) {
      for (uint32_t b = 0; b < a; ++b) {
        for (const bool not_a : {false, true}) {
          for (const bool not_b : {false, true}) {
            if (net_.initial[a] != not_a || net_.initial[b] != not_b)
              clauses_.push_back({a, b, not_a, not_b});
          }
        }
      }
    }
    Courses courses(net_);
    uint64_t spent = 0;
    int last = 0;
    for (int moves = 0; moves < std::min(most_moves, last + enough_moves) && spent < most_sampling && !is_over();
         ++moves) {
      spent += courses.cost() + clauses_.size();
      courses.move();
      uint64_t news = 0;  // the courses that do not keep to a clause
      std::erase_if(clauses_, [&](const Clause& c) {
        const uint64_t a = courses.bits[c.a], b = courses.bits[c.b];
        const uint64_t fails = (c.not_a ? a : ~a) & (c.not_b ? b : ~b);
        news |= fails;
        return fails != 0;
      });
      courses.keep(news);
      if (news != 0) last = moves;
    }
    if (clauses_.size() > most_clauses) clauses_.clear();
    for (uint32_t i = 0; i < clauses_.size(); ++i)
      propagation_.clause(of_a(clauses_[i], inputs_), of_b(clauses_[i], inputs_), i);
  }
  static Literal of_a(const Clause& c, const std::vector<Literal>& bits) {
    return c.not_a ? !bits[c.a] : bits[c.a];
  }
  static Literal of_b(const Clause& c, const std::vector<Literal>& bits) {
    return c.not_b ? !bits[c.b] : bits[c.b];
  }

  bool writes(const Rule& r, uint32_t bit) const {
    return std::any_of(r.writes.begin(), r.writes.end(), [&](const Write& w) { return w.bit == bit; });
  }
  // From here on it has to hold after each rule.
  void need(uint32_t clause) {
    if (needed_[clause]) return;
    needed_[clause] = true;
    for (uint32_t r = 0; r < net_.rules.size(); ++r) {
      const Rule& rule = net_.rules[r];
      if (rule.enabled != never && (writes(rule, clauses_[clause].a) || writes(rule, clauses_[clause].b)))
        todo_[r].insert(clause);
    }
  }
  // What has been shown by it is to be shown again.
  void give_up(uint32_t clause) {
    clauses_[clause].given_up = true;
    propagation_.give_up(clause);
    for (auto it = shown_.begin(); it != shown_.end();) {
      const auto& [claim, by] = *it;
      if (std::find(by.begin(), by.end(), clause) != by.end()) {
        todo_[claim.first].insert(claim.second);
        it = shown_.erase(it);
      } else {
        ++it;
      }
    }
  }

  void try_rule(uint32_t rule) {
    if (todo_[rule].empty()) return;
    const Rule& r = net_.rules[rule];
    std::vector<Literal> next = inputs_, roots{r.enabled, r.beyond};
    for (const Beyond& b : r.reasons) roots.push_back(b.when);
    for (const Write& w : r.writes) {
      next[w.bit] = w.next;
      roots.push_back(w.next);
    }
    propagation_.only(roots);
    while (!todo_[rule].empty() && !is_over()) {
      const Claim claim = *todo_[rule].begin();
      todo_[rule].erase(todo_[rule].begin());
      std::vector<Literal> otherwise{r.enabled};
      if (claim >= clauses_.size()) {
        otherwise.push_back(r.reasons[claim - clauses_.size()].when);
      } else {
        const Clause& c = clauses_[claim];
        if (c.given_up) continue;
        otherwise.insert(otherwise.end(), {!r.beyond, !of_a(c, next), !of_b(c, next)});
      }
      propagation_.used.clear();
      if (propagation_.contradict(otherwise, most_cases)) {
        shown_[{rule, claim}] = propagation_.used;
        for (const uint32_t clause : propagation_.used) need(clause);
      } else if (claim < clauses_.size()) {
        give_up(claim);
      }
    }
  }

  size_t drop() {
    size_t out = 0;
    std::vector<std::vector<Literal>> left(net_.rules.size());
    for (uint32_t r = 0; r < net_.rules.size(); ++r) {
      auto& reasons = net_.rules[r].reasons;
      for (size_t i = reasons.size(); i-- > 0;) {
        if (!shown_.contains({r, reason_of(static_cast<uint32_t>(i))})) continue;
        reasons.erase(reasons.begin() + static_cast<std::ptrdiff_t>(i));
        ++out;
      }
      for (const Beyond& b : reasons) left[r].push_back(b.when);
    }
    for (size_t r = 0; r < left.size(); ++r) net_.rules[r].beyond = net_.circuit.any_of(left[r]);
    return out;
  }

  Net& net_;
  const std::atomic<bool>* stop_;
  Propagation propagation_;
  std::vector<Literal> inputs_;
  std::vector<Clause> clauses_;
  std::vector<bool> needed_;
  std::vector<std::set<Claim>> todo_;                                  // by rule
  std::map<std::pair<uint32_t, Claim>, std::vector<uint32_t>> shown_;  // by which clauses
};

}  // namespace

size_t drop_impossible(Net& net, const std::atomic<bool>* stop) { return Invariants(net, stop).run(); }

}  // namespace casus::explore
