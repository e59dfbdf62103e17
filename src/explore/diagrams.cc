// SPDX-License-Identifier: Apache-2.0
#include "explore/diagrams.h"

#include <bdd.h>

#include <algorithm>
#include <csetjmp>
#include <unordered_map>
#include <unordered_set>

#include "base/check.h"

// The header's C++ half renames these; the plain functions are meant.
#undef bdd_init
#undef bdd_ithvar

namespace casus::explore {

namespace {

// The library counts nodes in an int, and a percentage of them in another.
constexpr size_t most_nodes = 1u << 30;
constexpr size_t bytes_a_node = 20, bytes_an_entry = 24, tables = 6, nodes_an_entry = 4;
constexpr size_t bytes_in_all = bytes_a_node + tables * bytes_an_entry / nodes_an_entry;
constexpr size_t fewest_nodes = 1u << 12, first_nodes = 1u << 21;

std::mutex one_at_a_time;
// Where to go on when the memory is used up: set by each operation, of the one `Diagrams` that lives.
std::jmp_buf used_up;

// Called amid an operation; it can not be finished, and what it leaves behind is only good for being thrown away.
void on_error(int code) {
  CASUS_CHECK(code == BDD_NODENUM || code == BDD_MEMORY, "the diagrams were asked for what they can not do");
  std::longjmp(used_up, 1);
}

const std::atomic<bool>* asked_to_stop = nullptr;  // of the one that lives

// Before nodes are collected, which may come amid an operation that takes very long.
void on_collection(int before, bddGbcStat*) {
  if (before != 0 && asked_to_stop && asked_to_stop->load()) std::longjmp(used_up, 1);
}

}  // namespace

// ---- numbers ----

Natural::Natural(uint64_t n) {
  for (; n != 0; n >>= 32) words_.push_back(static_cast<uint32_t>(n));
}

Natural& Natural::operator+=(const Natural& other) {
  words_.resize(std::max(words_.size(), other.words_.size()));
  uint64_t carry = 0;
  for (size_t i = 0; i < words_.size(); ++i) {
    carry += uint64_t{words_[i]} + (i < other.words_.size() ? other.words_[i] : 0);
    words_[i] = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  if (carry != 0) words_.push_back(static_cast<uint32_t>(carry));
  return *this;
}

Natural Natural::shifted(size_t bits) const {
  Natural out;
  if (words_.empty()) return out;
  out.words_.assign(bits / 32, 0);
  uint64_t carry = 0;
  for (const uint32_t w : words_) {
    carry |= uint64_t{w} << bits % 32;
    out.words_.push_back(static_cast<uint32_t>(carry));
    carry >>= 32;
  }
  if (carry != 0) out.words_.push_back(static_cast<uint32_t>(carry));
  return out;
}

uint64_t Natural::small() const {
  CASUS_CHECK(fits(), "a number too large for 64 bits");
  uint64_t out = 0;
  for (size_t i = words_.size(); i-- > 0;) out = out << 32 | words_[i];
  return out;
}

std::string Natural::decimal() const {
  std::string out;
  for (std::vector<uint32_t> rest = words_; !rest.empty();) {
    uint64_t left = 0;
    for (size_t i = rest.size(); i-- > 0;) {
      left = left << 32 | rest[i];
      rest[i] = static_cast<uint32_t>(left / 10);
      left %= 10;
    }
    out += static_cast<char>('0' + left);
    while (!rest.empty() && rest.back() == 0) rest.pop_back();
  }
  std::reverse(out.begin(), out.end());
  return out.empty() ? "0" : out;
}

// ---- values ----

Diagram::Diagram(int root) : root_(root) {
  if (root_ > 1) bdd_addref(root_);
}
Diagram::Diagram(const Diagram& other) : Diagram(other.root_) {}
Diagram::~Diagram() {
  if (root_ > 1) bdd_delref(root_);
}

// ---- the library ----

struct Diagrams::Pairs : bddPair {};

Diagrams::Diagrams(size_t variables, size_t bytes, const std::atomic<bool>* stop)
    : variables_(variables), only_(one_at_a_time) {
  asked_to_stop = stop;
  const size_t fewest = fewest_nodes + 8 * variables_;
  const size_t most = std::clamp(bytes / bytes_in_all, fewest, most_nodes);
  // A prime number of nodes is made, the next one.
  const size_t first = std::min(variables_ < 64 ? first_nodes / 16 : first_nodes, most / 2);
  if (setjmp(used_up) != 0) {
    exhausted_ = true;
    return;
  }
  bdd_error_hook(on_error);
  if (bdd_init(static_cast<int>(first), static_cast<int>(first / nodes_an_entry)) != 0) on_error(BDD_MEMORY);
  bdd_error_hook(on_error);
  bdd_gbc_hook(on_collection);  // its own would print
  bdd_resize_hook(nullptr);
  bdd_setmaxnodenum(static_cast<int>(most));
  bdd_setmaxincrease(static_cast<int>(most));
  bdd_setcacheratio(static_cast<int>(nodes_an_entry));
  bdd_autoreorder(BDD_REORDER_NONE);
  // Without any, what the one before it had would be given away twice.
  bdd_setvarnum(std::max(static_cast<int>(variables_), 1));
  pairs_ = static_cast<Pairs*>(bdd_newpair());
  for (int v = 0; v + 1 < static_cast<int>(variables_); v += 2) bdd_setpair(pairs_, v + 1, v);
}

Diagrams::~Diagrams() {
  if (bdd_isrunning() != 0) bdd_done();
}

void Diagrams::allow(size_t bytes) {
  if (exhausted_ || setjmp(used_up) != 0) return;
  const size_t most = std::min(bytes / bytes_in_all, most_nodes);
  // Not for more than there is room for already would be an error.
  if (most > static_cast<size_t>(bdd_getallocnum())) bdd_setmaxnodenum(static_cast<int>(most));
}

template <class F>
Diagram Diagrams::guarded(F f) {
  if (exhausted_) return Diagram();
  if (setjmp(used_up) != 0) {
    exhausted_ = true;
    return Diagram();
  }
  return Diagram(f());
}

Diagram Diagrams::variable(size_t v) {
  CASUS_CHECK(v < variables_, "a variable that there is not");
  return guarded([v] { return ::bdd_ithvar(static_cast<int>(v)); });
}
Diagram Diagrams::negation(const Diagram& a) {
  return guarded([r = a.root_] { return ::bdd_not(r); });
}
Diagram Diagrams::both(const Diagram& a, const Diagram& b) {
  return guarded([r = a.root_, s = b.root_] { return ::bdd_apply(r, s, bddop_and); });
}
Diagram Diagrams::either(const Diagram& a, const Diagram& b) {
  return guarded([r = a.root_, s = b.root_] { return ::bdd_apply(r, s, bddop_or); });
}
Diagram Diagrams::without(const Diagram& a, const Diagram& b) {
  return guarded([r = a.root_, s = b.root_] { return ::bdd_apply(r, s, bddop_diff); });
}
Diagram Diagrams::same(const Diagram& a, const Diagram& b) {
  return guarded([r = a.root_, s = b.root_] { return ::bdd_apply(r, s, bddop_biimp); });
}

Diagram Diagrams::any_of(std::vector<Diagram> of) {
  if (of.empty()) return Diagram();
  while (of.size() > 1) {
    size_t to = 0;
    for (size_t i = 0; i < of.size(); i += 2)
      of[to++] = i + 1 < of.size() ? either(of[i], of[i + 1]) : std::move(of[i]);
    of.resize(to);
  }
  return of[0];
}

Diagram Diagrams::cube(const std::vector<std::pair<size_t, bool>>& literals) {
  std::vector<std::pair<size_t, bool>> sorted = literals;
  std::sort(sorted.begin(), sorted.end());
  Diagram out = Diagram::truth();
  for (size_t i = sorted.size(); i-- > 0;) {
    const Diagram v = variable(sorted[i].first);
    out = both(sorted[i].second ? v : negation(v), out);
  }
  return out;
}

Diagram Diagrams::exists(const Diagram& a, const Diagram& cube) {
  return guarded([r = a.root_, c = cube.root_] { return ::bdd_exist(r, c); });
}
Diagram Diagrams::both_exist(const Diagram& a, const Diagram& b, const Diagram& cube) {
  return guarded([r = a.root_, s = b.root_, c = cube.root_] { return ::bdd_appex(r, s, bddop_and, c); });
}
Diagram Diagrams::odd_as_even(const Diagram& a) {
  return guarded([this, r = a.root_] { return ::bdd_replace(r, pairs_); });
}

std::vector<bool> Diagrams::first(const Diagram& a) const {
  std::vector<bool> out(variables_);
  for (int n = a.root_; n > 1;) {
    const int low = ::bdd_low(n);
    if (low == 0) out[static_cast<size_t>(::bdd_var(n))] = true;
    n = low != 0 ? low : ::bdd_high(n);
  }
  return out;
}

Natural Diagrams::count_even(const Diagram& a) const {
  if (a.root_ == 0 || exhausted_) return 0;
  // Of the even variables from the node's own on.
  const size_t all = (variables_ + 1) / 2;
  std::unordered_map<int, Natural> known{{0, 0}, {1, 1}};
  const auto place = [&](int n) { return n <= 1 ? all : static_cast<size_t>(::bdd_var(n)) / 2; };
  std::vector<int> stack{a.root_};
  while (!stack.empty()) {
    const int n = stack.back();
    if (known.count(n) != 0) {
      stack.pop_back();
      continue;
    }
    const int children[] = {::bdd_low(n), ::bdd_high(n)};
    const size_t waiting = stack.size();
    for (const int c : children) {
      if (known.count(c) == 0) stack.push_back(c);
    }
    if (stack.size() > waiting) continue;
    Natural sum;
    for (const int c : children) sum += known.at(c).shifted(place(c) - place(n) - 1);
    known.emplace(n, std::move(sum));
    stack.pop_back();
  }
  return known.at(a.root_).shifted(place(a.root_));
}

size_t Diagrams::nodes(const Diagram& a) const {
  return exhausted_ ? 0 : static_cast<size_t>(::bdd_nodecount(a.root_));
}
// The library's own function for this keeps a table that bdd_done() gives away.
std::vector<size_t> Diagrams::asked_by(const Diagram& a) const {
  std::vector<bool> asked(variables_);
  std::unordered_set<int> met;
  std::vector<int> stack{a.root_};
  while (!stack.empty() && !exhausted_) {
    const int n = stack.back();
    stack.pop_back();
    if (n <= 1 || !met.insert(n).second) continue;
    asked[static_cast<size_t>(::bdd_var(n))] = true;
    stack.push_back(::bdd_low(n));
    stack.push_back(::bdd_high(n));
  }
  std::vector<size_t> out;
  for (size_t v = 0; v < variables_; ++v) {
    if (asked[v]) out.push_back(v);
  }
  return out;
}
size_t Diagrams::bytes() const { return static_cast<size_t>(bdd_getallocnum()) * bytes_in_all; }

}  // namespace casus::explore
