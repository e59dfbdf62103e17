// SPDX-License-Identifier: Apache-2.0
// Binary decision diagrams: boolean functions of numbered variables, and so sets of truths, as shared graphs in one order of the
// variables. BuDDy does the work; its state is the process's, so one `Diagrams` lives at a time. (R. Bryant, "Graph-based algorithms for
// boolean function manipulation", 1986; J. Lind-Nielsen, BuDDy 2.4.)
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace casus::explore {

// A function. Equal ones have equal numbers. Lives no longer than the `Diagrams` that made it.
class Diagram {
 public:
  Diagram() = default;  // false
  Diagram(const Diagram& other);
  Diagram(Diagram&& other) noexcept : root_(std::exchange(other.root_, 0)) {}
  Diagram& operator=(Diagram other) noexcept {
    std::swap(root_, other.root_);
    return *this;
  }
  ~Diagram();

  static Diagram truth() { return Diagram(1); }
  bool is_false() const { return root_ == 0; }
  bool is_true() const { return root_ == 1; }
  friend bool operator==(const Diagram&, const Diagram&) = default;

 private:
  friend class Diagrams;
  explicit Diagram(int root);
  int root_ = 0;
};

// A number without bound.
class Natural {
 public:
  Natural(uint64_t n = 0);
  Natural& operator+=(const Natural& other);
  Natural shifted(size_t bits) const;  // times 2^bits
  bool fits() const { return words_.size() <= 2; }
  uint64_t small() const;  // precondition: fits()
  std::string decimal() const;
  friend bool operator==(const Natural&, const Natural&) = default;

 private:
  std::vector<uint32_t> words_;  // from the lowest on; the highest is not 0
};

class Diagrams {
 public:
  // Variables 0, 1, … in this order from the root on. `bytes`: of all nodes and tables. `stop`, when it is set, ends it as the end of memory
  // does, amid an operation. Waits until no other one lives: a thread that has one must not make a second.
  Diagrams(size_t variables, size_t bytes, const std::atomic<bool>* stop = nullptr);
  ~Diagrams();
  Diagrams(const Diagrams&) = delete;
  Diagrams& operator=(const Diagrams&) = delete;

  void allow(size_t bytes);  // more than before
  // The memory was used up, or it was stopped. From then on every result is false, and means nothing.
  bool exhausted() const { return exhausted_; }

  Diagram variable(size_t v);
  Diagram negation(const Diagram& a);
  Diagram both(const Diagram& a, const Diagram& b);
  Diagram either(const Diagram& a, const Diagram& b);
  Diagram without(const Diagram& a, const Diagram& b);  // a and not b
  Diagram same(const Diagram& a, const Diagram& b);
  // Of all: pairs of neighbours first. Takes what it is given apart.
  Diagram any_of(std::vector<Diagram> of);
  // These variables, each true or false, and nothing about others.
  Diagram cube(const std::vector<std::pair<size_t, bool>>& literals);
  // Whether for some values of the cube's variables (all true in it) it holds: of a; of a and b.
  Diagram exists(const Diagram& a, const Diagram& cube);
  Diagram both_exist(const Diagram& a, const Diagram& b, const Diagram& cube);
  // Variable 2i in the place of 2i + 1, which a must not ask.
  Diagram odd_as_even(const Diagram& a);

  // The first in the order of the variables, false before true; those that are not asked are false. Precondition: not false.
  std::vector<bool> first(const Diagram& a) const;
  // How many values of the even variables satisfy it. Precondition: it asks no odd ones. Cost: of nodes.
  Natural count_even(const Diagram& a) const;
  size_t nodes(const Diagram& a) const;
  std::vector<size_t> asked_by(const Diagram& a) const;  // variables, in order
  size_t bytes() const;  // of all nodes and tables, as many as there are places for

 private:
  template <class F>
  Diagram guarded(F f);
  size_t variables_;
  bool exhausted_ = false;
  std::unique_lock<std::mutex> only_;
  struct Pairs;
  Pairs* pairs_ = nullptr;
};

}  // namespace casus::explore
