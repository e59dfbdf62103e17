// SPDX-License-Identifier: Apache-2.0
// Bits as they are found, strands, timers, refusals.
#include "explore/net_compile.h"

#include <algorithm>

#include "base/check.h"
#include "explore/net_reasons.h"
#include "explore/net_run.h"

namespace casus::explore {

using model::no_value;

Compiled compile_net(const program::Program& program, const run::Case& c, std::span<const MayOccur> events,
                     const NetLimits& limits, const std::optional<Story>& story, bool asks_motions) {
  return NetCompiler(program, c, events, limits).run(story, asks_motions);
}

NetCompiler::NetCompiler(const program::Program& p, const run::Case& c, std::span<const MayOccur> events,
                         const NetLimits& limits)
    : p_(p), case_(c), events_(events), limits_(limits), from_(c.from.ms) {
  slots_of_.resize(p.clauses.size());
}

Compiled NetCompiler::run(const std::optional<Story>& story, bool asks_motions) {
  asks_motions_ = asks_motions;
  if (story) find_times(*story);
  initial_facts();
  if (passes() && story) {
    tell(*story);
    if (!refusal_) passes();
  }
  if (refusal_) return {std::nullopt, *refusal_};
  return {finish(), {}};
}

// All rules again, until nothing new is found. False: refused.
bool NetCompiler::passes() {
  constexpr int most_passes = 100;
  for (int i = 0; i < most_passes && !refusal_; ++i) {
    more_ = false;
    pass();
    if (!more_) break;
  }
  if (more_) refuse("what may happen in it grows without an end in sight");
  return !refusal_;
}

// Follows the story on the net of all that may happen in it. Where it ends the net begins: what nothing changes from there on is a constant.
void NetCompiler::tell(const Story& story) {
  const Net net = finish();
  NetRun run(net);
  at_ = ClauseId();
  for (const Told& t : story.events) {
    CASUS_CHECK(t.event < events_.size(), "a story tells of events in the list");
    if (!run.go_to(t.at, false) || !run.take(net.rules[t.event])) {
      at_ = run.beyond().clause;
      return refuse(run.beyond().why);
    }
  }
  if (!run.go_to(story.until, true)) {
    at_ = run.beyond().clause;
    return refuse(run.beyond().why);
  }
  uint32_t number = 0;
  for (Known& k : bits_) {
    if (!k.varying) continue;
    k.initial = run.is(number++);
    k.ever = true;
    k.varying = false;
  }
  first_timers_ = run.agenda();
  from_ = story.until;
  told_ = true;
}

// ---- bits ----

NetCompiler::Key NetCompiler::key_of(const Bit& b) {
  Key k;
  k.v[0] = static_cast<int64_t>(b.kind) << 32 | b.slot;
  k.v[1] = b.fact.value;
  k.v[2] = b.party.value;
  std::copy(b.args.begin(), b.args.end(), k.v.begin() + 3);
  k.v[11] = b.value;
  return k;
}

uint32_t NetCompiler::find(const Bit& b) const {
  const auto it = bit_index_.find(key_of(b));
  return it == bit_index_.end() ? none : it->second;
}

bool NetCompiler::before(const Bit& b) const {
  if (b.kind != BitKind::fact) return false;
  Bit fact = b;
  fact.value = 0;
  const auto it = first_facts_.find(key_of(fact));
  return it != first_facts_.end() && it->second == b.value;
}

uint32_t NetCompiler::known(const Bit& b) {
  const auto [it, fresh] = bit_index_.try_emplace(key_of(b), static_cast<uint32_t>(bits_.size()));
  if (!fresh) return it->second;
  Known k;
  k.bit = b;
  k.before = k.initial = before(b);
  bits_.push_back(k);
  if (b.kind == BitKind::fact || b.kind == BitKind::happened) {
    const auto kept = [&](Value v) {
      uses(v, b);
      tell_apart(v, v);
    };
    for (const Value v : b.args) kept(v);
    if (b.kind == BitKind::fact) kept(b.value);
  }
  now_.push_back(k.before ? always : never);
  inputs_.push_back(circuit_.input());
  if (bits_.size() > limits_.bits) refuse("its state takes too many bits");
  return it->second;
}

bool NetCompiler::ever_varies(const Bit& b) const {
  const uint32_t i = find(b);
  return i != none && (bits_[i].varying || bits_[i].ever);
}

Literal NetCompiler::read(const Bit& b) {
  ++work_;
  const uint32_t i = find(b);
  if (i == none) return before(b) ? always : never;
  return read(i);
}

Literal NetCompiler::read(uint32_t bit) {
  touch(false, bit);
  return now_[bit];
}

void NetCompiler::write(const Bit& b, Literal guard, Literal value) {
  if (guard == never) return;
  const Literal old = read(b);
  const Literal next = circuit_.ite(guard, value, old);
  if (next == old) return;
  const uint32_t i = known(b);
  touch(true, i);
  if (!starting_ && !bits_[i].varying) {
    bits_[i].varying = true;
    more_ = true;
  }
  now_[i] = next;
  ++changed_;
}

void NetCompiler::touch(bool writes, uint32_t bit) {
  for (const uint32_t s : active_) {
    auto& set = writes ? strands_[s].writes : strands_[s].reads;
    if (set.size() <= bit / 64) set.resize(bit / 64 + 1);
    set[bit / 64] |= uint64_t{1} << (bit % 64);
  }
}

// ---- what is out of the fragment, or of the room there is ----

void NetCompiler::refuse(std::string why) {
  if (!refusal_) refusal_ = Refusal{at_, std::move(why)};
}

bool NetCompiler::spend() {
  if (limits_.stop && limits_.stop->load(std::memory_order_relaxed)) {
    at_ = ClauseId();
    refuse(interrupted);
  }
  if (++work_ > limits_.work || circuit_.size() > limits_.gates) refuse("it is too large");
  return !refusal_;
}

void NetCompiler::beyond(Literal guard, ClauseId clause, const char* why) {
  if (guard == never) return;
  for (Beyond& b : rule_.reasons) {
    if (b.clause == clause && b.why == why) {
      b.when = either(b.when, guard);
      return;
    }
  }
  rule_.reasons.push_back({clause, why, guard});
}

void NetCompiler::record(RecordKind kind, ClauseId clause, EntityId bearer, Literal when, EventTypeId what,
                         Value name) {
  if (when != never) rule_.records.push_back({kind, clause, bearer, when, what, name});
}

// ---- strands ----

uint32_t NetCompiler::open_batch() {
  batches_.emplace_back();
  return static_cast<uint32_t>(batches_.size() - 1);
}

// What enters the queue from here on belongs to this one of the batch.
void NetCompiler::strand(uint32_t batch, uint64_t which) {
  const auto [it, fresh] = batches_[batch].try_emplace(which, static_cast<uint32_t>(strands_.size()));
  if (fresh) strands_.emplace_back();
  strand_now_ = it->second;
}

namespace {

bool meet(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if ((a[i] & b[i]) != 0) return true;
  }
  return false;
}

}  // namespace

void NetCompiler::uncertain_orders() {
  constexpr const char* why = "several duties end at once, and it may matter which was born first";
  for (const auto& batch : batches_) {
    std::vector<const Strand*> at_work;
    for (const auto& [which, s] : batch) {
      if (strands_[s].guard != never) at_work.push_back(&strands_[s]);
    }
    if (at_work.size() > 200) {
      std::vector<Literal> guards;
      for (const Strand* s : at_work) guards.push_back(s->guard);
      beyond(circuit_.at_least(2, guards), ClauseId(), why);
      continue;
    }
    for (size_t i = 0; i < at_work.size(); ++i) {
      for (size_t k = 0; k < i; ++k) {
        const Strand &a = *at_work[i], &b = *at_work[k];
        if ((a.agenda && b.agenda) || meet(a.writes, b.writes) || meet(a.writes, b.reads) ||
            meet(a.reads, b.writes))
          beyond(both(a.guard, b.guard), ClauseId(), why);
      }
    }
  }
  batches_.clear();
  strands_.clear();
  active_.clear();
}

// ---- timers ----

uint32_t NetCompiler::timer(TimerKind kind, uint32_t slot, ClauseId clause) {
  const auto [it, fresh] = timer_index_.try_emplace({kind, slot}, static_cast<uint32_t>(timers_.size()));
  if (!fresh) return it->second;
  Timer t;
  t.kind = kind;
  t.slot = slot;
  t.clause = clause;
  timers_.push_back(t);
  return it->second;
}

void NetCompiler::start_timer(uint32_t index, Literal starts, Due due) {
  if (starts == never) return;
  if (timers_[index].kind > TimerKind::reached) {
    for (const uint32_t s : active_) strands_[s].agenda = true;
  }
  if (starting_ && !due.absolute) due = {true, {}, add(case_.from, due.after).ms};
  (starting_ ? first_timers_ : rule_.timers).push_back({index, starts, due});
}

// Whether the present instant is not before this one.
Literal NetCompiler::reached(int64_t instant) {
  if (instant <= case_.from.ms) return always;  // from a story's end on its bits say so
  if (instant >= Instant::far_future().ms) return never;
  Bit b;
  b.kind = BitKind::reached;
  b.value = instant;
  if (find(b) == none) {
    const uint32_t i = known(b);
    bits_[i].varying = more_ = true;
    timer(TimerKind::reached, i, ClauseId());
  }
  return read(b);
}

}  // namespace casus::explore
