// SPDX-License-Identifier: Apache-2.0
// What is due at future instants: docs/semantics.md §2, §3. Two agendas, dated changes and deadlines, each in order of instant and then of entry.
// A deadline or a delay is nearly always "now plus a constant", so those of one clause come in order by themselves: each clause has a queue
// (O(1) in and out), and only what comes out of order goes to a heap. Entries of duties that ended stay until their turn, or
// until most of a queue is dead; the owner says what is dead.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace casus::run {

struct Due {
  int64_t at = 0;
  uint64_t order = 0;           // of entry
  uint32_t kind = 0;            // the owner's
  uint32_t index = 0;           // the owner's: a duty's place, a motion, a dated change
  uint32_t number = 0;          // the owner's: tells a later tenant of the same place apart
  uint32_t clause = no_clause;  // whose queue it belongs to

  static constexpr uint32_t no_clause = 0xFFFFFFFFu;
};

// A binary heap by (at, order).
class DueHeap {
 public:
  void push(const Due& due) {
    heap_.push_back(due);
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
  bool empty() const { return heap_.empty(); }
  const Due& top() const { return heap_.front(); }
  void pop() {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    heap_.pop_back();
  }
  template <class Dead>
  void sweep(Dead dead) {
    std::erase_if(heap_, dead);
    std::make_heap(heap_.begin(), heap_.end(), later);
  }
  size_t size() const { return heap_.size(); }
  void clear() { heap_.clear(); }
  template <class F>
  void for_each(F f) const {
    for (const Due& due : heap_) f(due);
  }

 private:
  static bool later(const Due& a, const Due& b) { return a.at != b.at ? a.at > b.at : a.order > b.order; }
  std::vector<Due> heap_;
};

// First in, first out, in a ring that grows by doubling.
class DueQueue {
 public:
  bool empty() const { return head_ == tail_; }
  size_t size() const { return tail_ - head_; }
  const Due& front() const { return ring_[head_ & mask()]; }
  const Due& back() const { return ring_[(tail_ - 1) & mask()]; }
  void pop() { ++head_; }
  void clear() { head_ = tail_ = 0; }
  template <class F>
  void for_each(F f) const {
    for (size_t at = head_; at != tail_; ++at) f(ring_[at & mask()]);
  }
  void push(const Due& due) {
    if (size() == ring_.size()) grow();
    ring_[tail_++ & mask()] = due;
  }
  template <class Dead>
  void sweep(Dead dead) {
    size_t to = head_;
    for (size_t at = head_; at != tail_; ++at) {
      if (!dead(ring_[at & mask()])) ring_[to++ & mask()] = ring_[at & mask()];
    }
    tail_ = to;
  }

 private:
  size_t mask() const { return ring_.size() - 1; }
  void grow() {
    std::vector<Due> bigger(ring_.empty() ? 16 : ring_.size() * 2);
    const size_t n = size();
    for (size_t i = 0; i < n; ++i) bigger[i] = ring_[(head_ + i) & mask()];
    ring_.swap(bigger);
    head_ = 0;
    tail_ = n;
  }
  std::vector<Due> ring_;
  size_t head_ = 0, tail_ = 0;
};

// One agenda.
class Agenda {
 public:
  explicit Agenda(size_t clauses) : queues_(clauses), listed_(clauses) {}

  void push(Due due) {
    due.order = order_++;
    earliest_ = std::min(earliest_, due.at);
    if (due.clause == Due::no_clause) {
      heap_.push(due);
      return;
    }
    DueQueue& queue = queues_[due.clause];
    if (queue.empty()) {
      if (!listed_[due.clause]) used_.push_back(due.clause);
      listed_[due.clause] = 1;
    } else if (queue.back().at > due.at) {
      heap_.push(due);
      return;
    }
    queue.push(due);
  }
  void clear() {
    for (uint32_t clause : used_) queues_[clause].clear();
    heap_.clear();
    order_ = 0;
    earliest_ = std::numeric_limits<int64_t>::max();
  }
  // A lower bound of the next due instant; exact after next().
  int64_t earliest() const { return earliest_; }

  // The first entry that is not dead; dead ones before it are dropped. nullptr when nothing is due. O(clauses that ever had one).
  template <class Dead>
  const Due* next(Dead dead) {
    while (!heap_.empty() && dead(heap_.top())) heap_.pop();
    const Due* best = heap_.empty() ? nullptr : &heap_.top();
    from_ = Due::no_clause;
    for (uint32_t clause : used_) {
      DueQueue& queue = queues_[clause];
      while (!queue.empty() && dead(queue.front())) queue.pop();
      if (queue.empty()) continue;
      const Due& due = queue.front();
      if (!best || due.at < best->at || (due.at == best->at && due.order < best->order)) {
        best = &due;
        from_ = clause;
      }
    }
    earliest_ = best ? best->at : std::numeric_limits<int64_t>::max();
    return best;
  }
  // Takes out what next() gave.
  void pop() {
    if (from_ == Due::no_clause)
      heap_.pop();
    else
      queues_[from_].pop();
  }

  // Every entry, dead ones too, in no order.
  template <class F>
  void for_each(F f) const {
    heap_.for_each(f);
    for (uint32_t clause : used_) queues_[clause].for_each(f);
  }

  // A duty of the clause ended before its time: drops the dead when they are most of the queue. Amortised O(1).
  template <class Dead>
  void ended(uint32_t clause, size_t live, Dead dead) {
    DueQueue& queue = queues_[clause];
    if (queue.size() > 1024 && queue.size() > 4 * live) queue.sweep(dead);
    if (heap_.size() > heap_limit_) {
      heap_.sweep(dead);
      heap_limit_ = std::max<size_t>(4096, heap_.size() * 2);
    }
  }

 private:
  std::vector<DueQueue> queues_;
  std::vector<uint8_t> listed_;
  std::vector<uint32_t> used_;  // clauses that ever had one
  DueHeap heap_;
  size_t heap_limit_ = 4096;
  uint64_t order_ = 0;
  uint32_t from_ = Due::no_clause;
  int64_t earliest_ = std::numeric_limits<int64_t>::max();
};

}  // namespace casus::run
