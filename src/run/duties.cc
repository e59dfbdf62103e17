// SPDX-License-Identifier: Apache-2.0
#include "run/duties.h"

namespace casus::run {

DutyPool::DutyPool(const program::ClausePlan& plan, uint32_t actor_words, uint32_t actors)
    : plan_(plan), actor_words_(actor_words), actors_(actors), indices_(plan.acts.size()) {
  uint32_t at = static_cast<uint32_t>(plan.stored.size());
  keys_ = at;
  for (size_t k = 0; k < plan.acts.size(); ++k) {
    const auto arity = static_cast<uint32_t>(plan.acts[k].key_params.size());
    key_at_.push_back(at);
    at += arity;
    indices_[k].arity = arity;
    indices_[k].map = TupleMap(arity == 0 ? 1 : arity);
  }
  sets_ = at;
  at += 3 * actor_words_;
  links_ = at;
  at += static_cast<uint32_t>(plan.acts.size());
  done_ = at;
  if (plan.at_least > 1) at += actors_ == 0 ? 1 : actors_;
  stride_ = at;
}

uint32_t DutyPool::make(uint32_t number) {
  uint32_t at;
  if (free_.empty()) {
    at = static_cast<uint32_t>(duties_.size());
    duties_.emplace_back();
    alive_.push_back(0);
    words_.resize(words_.size() + stride_);
  } else {
    at = free_.back();
    free_.pop_back();
    duties_[at] = Duty{};
    std::fill(words(at), words(at) + stride_, 0);
  }
  alive_[at] = 1;
  duties_[at].number = number;
  return at;
}

void DutyPool::set_link(uint32_t at, uint32_t act, Link l) {
  words(at)[links_ + act] = pack(l.previous, l.next);
}

const Value* DutyPool::key(uint32_t at, uint32_t act) const {
  return reinterpret_cast<const Value*>(words(at) + key_at_[act]);
}

void DutyPool::enter(uint32_t at, const Value* frame, const Value* keys) {
  uint64_t* w = words(at);
  for (size_t i = 0; i < plan_.stored.size(); ++i) w[i] = static_cast<uint64_t>(frame[plan_.stored[i]]);
  for (uint32_t i = 0; i < sets_ - keys_; ++i) w[keys_ + i] = static_cast<uint64_t>(keys[i]);
  list(at);
}

void DutyPool::restore(uint32_t at, const Value* stored) {
  for (uint32_t i = 0; i < sets_; ++i) words(at)[i] = static_cast<uint64_t>(stored[i]);
  list(at);
}

// Into the clause's list and the indices.
void DutyPool::list(uint32_t at) {
  Duty& d = duties_[at];
  d.previous = last_;
  if (last_ == nowhere)
    first_ = at;
  else
    duties_[last_].next = at;
  last_ = at;
  ++live_;
  for (uint32_t act = 0; act < indices_.size(); ++act) {
    Index& index = indices_[act];
    uint64_t ends = index.all;
    Value* cell = nullptr;
    if (index.arity > 0) {
      cell = &index.map.at(key(at, act), static_cast<Value>(pack(nowhere, nowhere)));
      ends = static_cast<uint64_t>(*cell);
    }
    const auto head = static_cast<uint32_t>(ends), tail = static_cast<uint32_t>(ends >> 32);
    set_link(at, act, {tail, nowhere});
    if (tail != nowhere) set_link(tail, act, {link(tail, act).previous, at});
    const uint64_t now = pack(head == nowhere ? at : head, at);
    if (cell)
      *cell = static_cast<Value>(now);
    else
      index.all = now;
  }
}

void DutyPool::index_out(uint32_t at, uint32_t act) {
  Index& index = indices_[act];
  const Link l = link(at, act);
  Value* cell = index.arity > 0 ? index.map.find(key(at, act)) : nullptr;
  const uint64_t ends = cell ? static_cast<uint64_t>(*cell) : index.all;
  auto head = static_cast<uint32_t>(ends), tail = static_cast<uint32_t>(ends >> 32);
  if (l.previous == nowhere)
    head = l.next;
  else
    set_link(l.previous, act, {link(l.previous, act).previous, l.next});
  if (l.next == nowhere)
    tail = l.previous;
  else
    set_link(l.next, act, {l.previous, link(l.next, act).next});
  if (cell && head == nowhere)
    index.map.erase(key(at, act));
  else if (cell)
    *cell = static_cast<Value>(pack(head, tail));
  else
    index.all = pack(head, tail);
}

void DutyPool::drop(uint32_t at) {
  for (uint32_t act = 0; act < indices_.size(); ++act) index_out(at, act);
  const Duty& d = duties_[at];
  if (d.previous == nowhere)
    first_ = d.next;
  else
    duties_[d.previous].next = d.next;
  if (d.next == nowhere)
    last_ = d.previous;
  else
    duties_[d.next].previous = d.previous;
  alive_[at] = 0;
  --live_;
  free_.push_back(at);
}

std::vector<uint32_t> DutyPool::bearers(uint32_t at) const {
  std::vector<uint32_t> out;
  for (uint32_t w = 0; w < actor_words_; ++w) {
    uint64_t rest = set(at, Hold::pending)[w] | set(at, Hold::suspended)[w] | set(at, Hold::breached)[w];
    for (; rest != 0; rest &= rest - 1) out.push_back(w * 64 + static_cast<uint32_t>(std::countr_zero(rest)));
  }
  return out;
}

}  // namespace casus::run
